from __future__ import annotations

from pathlib import Path

import pytest

from desktop import places


def test_one_folder_keeps_everything(own_home: Path) -> None:
    for path in (places.settings_file(), places.log_folder(), places.dossier_folder()):
        assert path.is_relative_to(own_home)


def test_without_it_the_places_of_the_system_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMLINE_HOME")
    for path in (places.settings_file(), places.log_folder(), places.dossier_folder()):
        assert path.is_absolute()
        assert "laimline" in str(path)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The dam", "The dam"),
        ("a/b\\c:d*e", "abcde"),
        ("../../etc", "etc"),
        ("  ", "Dossier"),
        ("Плотина", "Плотина"),
        ("x" * 200, "x" * 60),
    ],
)
def test_titles_become_names_of_files(title: str, name: str) -> None:
    assert places.safe_name(title) == name


def test_a_name_that_is_taken_is_counted_up(tmp_path: Path) -> None:
    for name in ("Dam.claimline", "Dam 2.claimline"):
        (tmp_path / name).touch()
    (tmp_path / "Dam 3.claimline-wal").touch()
    assert places.free_name(tmp_path, "Dam").name == "Dam 4.claimline"
