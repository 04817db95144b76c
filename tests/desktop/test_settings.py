from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from desktop import settings as module
from desktop.settings import Settings
from desktop.theme import Appearance


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "claimline.ini"


def test_defaults(file: Path) -> None:
    settings = Settings(file)
    assert settings.appearance is Appearance.SYSTEM
    assert settings.last_dossier is None
    assert settings.recent == []
    assert settings.state("geometry") is None
    assert settings.hidden_panels() == frozenset()


def test_everything_is_there_at_the_next_start(file: Path, tmp_path: Path) -> None:
    dossier = tmp_path / "a b,c.claimline"
    dossier.touch()
    settings = Settings(file)
    settings.appearance = Appearance.DARK
    settings.last_dossier = dossier
    settings.remember(dossier)
    settings.set_state("geometry", QByteArray(b"\x00\x01"))
    settings.set_hidden_panels(frozenset({"reader", "library"}))
    settings.last_folder = tmp_path
    assert settings.sync()
    again = Settings(file)
    assert again.appearance is Appearance.DARK
    assert again.last_dossier == dossier
    assert again.recent == [dossier]
    assert again.state("geometry") == QByteArray(b"\x00\x01")
    assert again.hidden_panels() == {"reader", "library"}
    assert again.last_folder == tmp_path


def test_recent_dossiers_are_few_unique_and_there(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    paths = [tmp_path / f"{number}.claimline" for number in range(module.RECENT_LIMIT + 3)]
    for path in paths:
        path.touch()
        settings.remember(path)
    settings.remember(paths[5])
    paths[7].unlink()
    assert settings.recent[0] == paths[5]
    assert len(settings.recent) == module.RECENT_LIMIT - 1
    assert paths[7] not in settings.recent
    settings.forget_recent()
    assert settings.recent == []


def test_nonsense_in_the_file_counts_as_not_set(file: Path) -> None:
    file.write_text("[view]\ntheme=plaid\n[window]\nversion=banana\ngeometry=7\n")
    settings = Settings(file)
    assert settings.appearance is Appearance.SYSTEM
    assert settings.state("geometry") is None


def test_an_arrangement_of_another_version_is_not_used(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(file)
    settings.set_state("geometry", QByteArray(b"x"))
    monkeypatch.setattr(module, "STATE_VERSION", module.STATE_VERSION + 1)
    assert settings.state("geometry") is None
