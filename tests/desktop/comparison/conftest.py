"""A split view on an invented dispute."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.comparison import ComparisonView
from desktop.session import Session
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
