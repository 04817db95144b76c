"""Copies of one text are looked for among the new articles only."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Dossier
from desktop.importing import copies as looking
from desktop.importing.copies import copies
from desktop.importing.engine import import_files

WIRE = (
    "The harbour of Anholt was closed on Tuesday after two barges had struck the northern pier, "
    "the port authority said. Nobody was hurt, and the ferry to Lowick left from the old quay "
    "until the evening, when divers had looked at the foundations and found no cracks in them."
)
OTHER = (
    "The council of Merrin has put off its vote on the new bridge until the spring, because the "
    "engineers who were asked to count the lorries on the road from Tarn have not handed in "
    "their figures and will need three more weeks for what is left, the mayor told the council."
)


def files(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{name}.txt" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(f"{path.stem} of 4 March 2031\n\n{text}\n")
    return paths


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many articles were read at each look."""
    counts: list[int] = []
    held = Dossier.held_articles

    def counted(self: Dossier, ids: object = None) -> object:
        found = held(self, ids)  # type: ignore[arg-type]
        counts.append(len(found))
        return found

    monkeypatch.setattr(Dossier, "held_articles", counted)
    return counts


def test_only_new_articles_are_read(dossier: Dossier, tmp_path: Path, read: list[int]) -> None:
    import_files(dossier, files(tmp_path / "a", one=WIRE, two=OTHER))
    del read[:]
    assert copies(dossier) == {}
    import_files(dossier, files(tmp_path / "a", three=WIRE + " The pier reopens on Friday."))
    del read[:]
    first, _, third = (row.id for row in dossier.articles())
    assert copies(dossier) == {third: first}
    assert read == [1]
    assert copies(dossier) == {third: first}
    assert read == [1]


def test_what_is_taken_back_is_forgotten(dossier: Dossier, tmp_path: Path) -> None:
    import_files(dossier, files(tmp_path / "a", one=WIRE))
    import_files(dossier, files(tmp_path / "a", two=WIRE))
    assert len(copies(dossier)) == 1
    dossier.undo()
    assert copies(dossier) == {}
    import_files(dossier, files(tmp_path / "a", three=OTHER))
    assert copies(dossier) == {}
    import_files(dossier, files(tmp_path / "a", two=WIRE))
    assert len(copies(dossier)) == 1


def test_of_very_many_nothing_is_kept(
    dossier: Dossier, tmp_path: Path, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "KEPT", 1)
    import_files(dossier, files(tmp_path / "a", one=WIRE, two=WIRE))
    del read[:]
    assert len(copies(dossier)) == 1
    assert len(copies(dossier)) == 1
    assert read == [2, 2]
