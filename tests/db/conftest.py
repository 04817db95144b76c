from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from db import Dossier
from tests.db.samples import FIRST, SECOND, assemble


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Dossier]:
    with Dossier.create(tmp_path / "empty.claimline", "Empty") as dossier:
        yield dossier


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    """A dossier with both sample articles, imported one after the other."""
    with Dossier.create(tmp_path / "sample.claimline", "Sample") as dossier:
        for sample in (FIRST, SECOND):
            readings = [*dossier.readings(), sample[1]]
            dossier.record_import(
                [sample], assemble(readings, dossier.decisions()), [], started=datetime(2031, 5, 1)
            )
        yield dossier
