"""For the tests of the window: one application in the light theme, an empty session."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.session import Session


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["claimline"]


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    """The application, themed as at a first start."""
    if not qapp.styleSheet():
        theme.apply(qapp, theme.load("light"))
    return qapp


@pytest.fixture
def session(app: QApplication) -> Session:
    return Session(theme.load("light"))
