"""A reader and an inspector on an invented dispute."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.reader import InspectorView, ReaderView
from desktop.session import Session
from tests.desktop.comparison.dispute import Dispute, Paper, dispute


@pytest.fixture
def made() -> Dispute:
    return dispute()


@pytest.fixture
def paper(session: Session, made: Dispute) -> Paper:
    """The session shows the dispute; texts come from here, decisions are noted here."""
    paper = Paper(made)
    dossier: Any = paper
    session.dossier = dossier
    session.show_rows(made.rows())
    return paper


@pytest.fixture
def reader(qtbot: Any, session: Session, paper: Paper) -> ReaderView:
    view = ReaderView(session)
    qtbot.addWidget(view)
    view.resize(340, 500)
    view.show()
    qtbot.waitExposed(view)
    QApplication.processEvents()
    return view


@pytest.fixture
def inspector(qtbot: Any, session: Session, paper: Paper) -> InspectorView:
    view = InspectorView(session)
    qtbot.addWidget(view)
    view.resize(300, 420)
    view.show()
    qtbot.waitExposed(view)
    return view
