"""A split view on an invented dispute."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.comparison import ComparisonView
from desktop.session import Session
from tests.desktop.comparison.dispute import Dispute, Paper, dispute


@pytest.fixture
def made() -> Dispute:
    return dispute()


@pytest.fixture
def paper(session: Session, made: Dispute) -> Paper:
    """The session shows the dispute; decisions are noted here."""
    paper = Paper(made)
    dossier: Any = paper
    session.dossier = dossier
    session.show_rows(made.rows())
    return paper


@pytest.fixture
def view(qtbot: Any, session: Session, paper: Paper) -> ComparisonView:
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 1400)
    view.show()
    qtbot.waitExposed(view)
    QApplication.processEvents()
    return view
