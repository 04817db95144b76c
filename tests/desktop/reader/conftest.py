"""A reader and an inspector on an invented dispute."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.reader import InspectorView, ReaderView
from desktop.session import Session
from tests.desktop.comparison.dispute import Paper


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
