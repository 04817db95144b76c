"""For all tests: no screen, and nothing of this machine's settings or dossiers is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the program.
settings.register_profile("claimline", deadline=None)
settings.load_profile("claimline")

# Before anything loads Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ACCESSIBILITY", "0")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder for settings, logs and dossiers of each test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CLAIMLINE_HOME", str(home))
    return home
