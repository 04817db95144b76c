"""A split view on an invented dispute."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from db import Dossier
from desktop.comparison import ComparisonView
from desktop.session import Session
from extraction.documents import read_document
from extraction.model import Document
from extraction.pipeline import assemble, read_article
from tests.desktop.comparison.dispute import Paper


@pytest.fixture
def view(qtbot: Any, session: Session, paper: Paper) -> ComparisonView:
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 1400)
    view.show()
    qtbot.waitExposed(view)
    QApplication.processEvents()
    return view


TEXT = """Published: 2031-03-05

Karsk's Defense Ministry said Dolmian forces shelled the town of Veln on March 4. Dolmia's \
Defense Ministry denied shelling Veln. "No shell was fired," Dolmia's Defense Ministry said.
"""


@pytest.fixture
def opened(session: Session, tmp_path: Path) -> Iterator[Session]:
    data = TEXT.encode()
    document = Document("veln.txt", data, hashlib.sha256(data).hexdigest(), "text/plain")
    reading = read_article(read_document(document))
    dossier = Dossier.create(tmp_path / "veln.claimline")
    dossier.record_import(
        [(document, reading)], assemble([reading]), [], started=datetime(2031, 3, 6)
    )
    session.open(dossier)
    yield session
    session.open(None)
