"""Articles of an invented dispute, and a dossier to read them into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Dossier
from desktop.importing import engine
from desktop.importing.workers import Pool

FIRST = """Date: 2031-03-05
Title: Dam at Orrin under fire

Velmark's defence ministry said on Tuesday that Ostrana's army had shelled the dam at Orrin
on Monday, killing at least four workers.

Ostrana's army denied shelling the dam. "We did not fire at Orrin," spokesman Teodor Haln said.
"""
SECOND = """Date: 2031-03-06
Title: Ferry held

Ostrana's foreign minister accused Velmark of seizing a ferry on Wednesday. Velmark's government
rejected the accusation.
"""
UNDATED = """The ferry strike

Velmark's government said on March 5 that Ostrana had closed the river. Ostrana's foreign ministry
denied closing it.
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    with Dossier.create(tmp_path / "my.claimline", "Mine") as dossier:
        yield dossier


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = engine.make_pool(2)
    yield pool
    pool.close()
