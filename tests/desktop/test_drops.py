from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import places
from desktop.drops import DropCatcher, DropOverlay, paths_of
from desktop.session import Session

MOVE, COPY = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_only_local_files_once_and_in_order(tmp_path: Path) -> None:
    a, b = tmp_path / "b c.txt", tmp_path / "a.txt"
    mime = mime_of(a, b, a)
    mime.setUrls([*mime.urls(), QUrl("https://example.org/x.html"), QUrl("")])
    assert paths_of(mime) == [a, b]
    assert paths_of(QMimeData()) == []


class Top(QWidget):
    """A window that is full of a child that would take any text."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)
        self.resize(300, 200)
        self.overlay = DropOverlay(session, self)
        self.catcher = DropCatcher(self.overlay)


@pytest.fixture
def top(session: Session, qtbot: QtBot) -> Top:
    top = Top(session)
    qtbot.addWidget(top)
    top.show()
    top.catcher.watch(top.windowHandle())
    return top


def over_line(top: Top) -> QPoint:
    return top.line.geometry().center()


def enter(top: Top, mime: QMimeData, actions: Qt.DropAction) -> QDragEnterEvent:
    event = QDragEnterEvent(over_line(top), actions, mime, LEFT, NO_KEYS)
    QCoreApplication.sendEvent(top.windowHandle(), event)
    return event


def drop(top: Top, mime: QMimeData, actions: Qt.DropAction) -> QDropEvent:
    event = QDropEvent(QPointF(over_line(top)), actions, mime, LEFT, NO_KEYS)
    QCoreApplication.sendEvent(top.windowHandle(), event)
    return event


@pytest.mark.parametrize("offered", [COPY, COPY | MOVE])
def test_files_are_taken_over_any_child_and_always_copied(
    top: Top, tmp_path: Path, qtbot: QtBot, offered: Qt.DropAction
) -> None:
    mime = mime_of(tmp_path / "a.txt", tmp_path)
    entered = enter(top, mime, offered)
    assert entered.isAccepted()
    assert entered.dropAction() == COPY
    assert top.overlay.isVisible()
    moved = QDragMoveEvent(over_line(top), offered, mime, LEFT, NO_KEYS)
    QCoreApplication.sendEvent(top.windowHandle(), moved)
    assert moved.isAccepted()
    assert moved.dropAction() == COPY
    with qtbot.waitSignal(top.catcher.dropped) as told:
        dropped = drop(top, mime, offered)
        assert not told.args  # the work starts after the drop was answered
    assert dropped.isAccepted()
    assert dropped.dropAction() == COPY
    assert told.args == [[tmp_path / "a.txt", tmp_path]]
    assert not top.overlay.isVisible()
    assert top.line.text() == ""


def test_a_source_that_only_moves_keeps_its_files(top: Top, tmp_path: Path, qtbot: QtBot) -> None:
    mime = mime_of(tmp_path / "a.txt")
    assert enter(top, mime, MOVE).isAccepted()
    with qtbot.waitSignal(top.catcher.dropped):
        assert drop(top, mime, MOVE).dropAction() == Qt.DropAction.IgnoreAction


def test_leaving_hides_the_target(top: Top, tmp_path: Path) -> None:
    mime = mime_of(tmp_path)
    enter(top, mime, COPY)
    QCoreApplication.sendEvent(top.windowHandle(), QDragLeaveEvent())
    assert not top.overlay.isVisible()


def test_text_over_a_line_to_type_in_belongs_into_the_line(top: Top, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setText("only words")
    with qtbot.assertNotEmitted(top.catcher.dropped, wait=50):
        enter(top, mime, COPY)
        drop(top, mime, COPY)
    assert not top.overlay.isVisible()
    assert not top.catcher.eventFilter(top, QEvent(QEvent.Type.DragMove))


def test_text_from_elsewhere_becomes_a_document(
    top: Top, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "pasted_folder", lambda: tmp_path / "pasted")
    mime = QMimeData()
    mime.setText("The mill burned down.")
    corner = QPointF(2, 2)
    enter(top, mime, COPY)
    moved = QDragMoveEvent(corner.toPoint(), COPY, mime, LEFT, NO_KEYS)
    QCoreApplication.sendEvent(top.windowHandle(), moved)
    assert moved.isAccepted()
    assert "this text" in top.overlay._words
    with qtbot.waitSignal(top.catcher.dropped) as told:
        event = QDropEvent(corner, COPY, mime, LEFT, NO_KEYS)
        QCoreApplication.sendEvent(top.windowHandle(), event)
    ((path,),) = told.args
    assert path.read_text("utf-8-sig") == "The mill burned down."
    assert not top.overlay.isVisible()


def test_a_text_that_cannot_be_written_is_told(
    top: Top, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pasted").write_text("in the way")
    monkeypatch.setattr(places, "pasted_folder", lambda: tmp_path / "pasted")
    mime = QMimeData()
    mime.setText("The mill burned down.")
    enter(top, mime, COPY)
    with qtbot.waitSignal(top.catcher.failed):
        event = QDropEvent(QPointF(2, 2), COPY, mime, LEFT, NO_KEYS)
        QCoreApplication.sendEvent(top.windowHandle(), event)


def test_the_target_says_what_would_be_read(top: Top, tmp_path: Path) -> None:
    top.overlay.offer([tmp_path / "dam.txt"])
    assert not top.overlay.grab().isNull()
    assert "dam.txt" in top.overlay._words
    top.overlay.offer([tmp_path] * 3)
    assert "3 files" in top.overlay._words
