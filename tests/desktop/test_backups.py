"""Backups are listed and put back from the window; what they replace is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from db import Dossier
from db.backups import Reason, back_up, backups
from desktop.backups import BackupsDialog
from desktop.dossiers import Dossiers
from desktop.messagebar import MessageBar
from desktop.session import Session
from desktop.settings import Settings
from desktop.tasks import Tasks

MADE = datetime(2031, 5, 4, 9, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier with one copy, made when it had another title."""
    with Dossier.create(tmp_path / "dam.claimline", "Before") as dossier:
        with dossier._connections.reading() as database:
            back_up(database, dossier.path, Reason.DAILY, now=MADE)
        dossier.title = "After"
        return dossier.path


@pytest.fixture
def dossiers(app: QApplication, session: Session, tmp_path: Path, qtbot: Any) -> Iterator[Dossiers]:
    window = QWidget()
    qtbot.addWidget(window)
    bar = MessageBar(window)
    yield Dossiers(window, session, Settings(tmp_path / "settings.ini"), Tasks(), bar)
    session.open(None)


def title_of(session: Session) -> str:
    assert session.dossier is not None
    return session.dossier.title


def message_of(dossiers: Dossiers) -> str:
    return str(dossiers._bar.message)


def shown(dossiers: Dossiers) -> BackupsDialog:
    (dialog,) = dossiers._window.findChildren(BackupsDialog)
    return dialog


def test_a_copy_is_put_back_once_it_was_asked(
    dossiers: Dossiers, session: Session, path: Path, qtbot: Any
) -> None:
    assert dossiers.open(path)
    assert title_of(session) == "After"
    dossiers.show_backups()
    dialog = shown(dossiers)
    assert dialog.list.topLevelItemCount() == 1
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert "4 May 2031" in item.text(0)
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert "Put the dossier back" in dialog.words.text()
    assert title_of(session) == "After"
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert not dialog.confirm.isVisible()
    assert title_of(session) == "After"
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert title_of(session) == "Before"
    assert "was restored" in message_of(dossiers)
    # What it replaced can be put back in turn.
    (replaced,) = [one for one in backups(path) if one.reason is Reason.REPLACED]
    dossiers.restore(path, replaced.path)
    assert title_of(session) == "After"


def test_a_dossier_without_copies_says_so(path: Path, qtbot: Any, app: QApplication) -> None:
    dialog = BackupsDialog(path.with_name("other.claimline"))
    qtbot.addWidget(dialog)
    assert "no backups" in dialog.words.text()
    assert not dialog.restore.isEnabled()


def test_one_that_is_only_read_is_not_replaced(path: Path, qtbot: Any, app: QApplication) -> None:
    dialog = BackupsDialog(path, may_write=False)
    qtbot.addWidget(dialog)
    assert not dialog.restore.isEnabled()


def test_a_damaged_dossier_leads_to_its_copies(
    dossiers: Dossiers, session: Session, path: Path
) -> None:
    path.write_bytes(b"nothing of a dossier" * 100)
    assert not dossiers.open(path)
    assert dossiers._bar._action.text() == "Backups…"
    dossiers._bar._action.click()
    dialog = shown(dossiers)
    dialog.restore_asked.emit(backups(path)[0].path)
    assert title_of(session) == "Before"


def test_a_copy_that_is_no_dossier_leaves_the_dossier_open(
    dossiers: Dossiers, session: Session, path: Path
) -> None:
    assert dossiers.open(path)
    copy = backups(path)[0].path
    copy.write_bytes(b"damaged" * 1000)
    dossiers.restore(path, copy)
    assert title_of(session) == "After"
    assert dossiers._bar.message is not None
    assert "was restored" not in message_of(dossiers)
