from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import messagebar
from desktop.messagebar import MessageBar
from desktop.messages import Message, Severity


@pytest.fixture
def bar(app: object, qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


def test_a_note_goes_by_itself_a_warning_stays(
    bar: MessageBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messagebar, "NOTE_STAYS", 20)
    bar.show_message(Message("Done."))
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible())
    bar.show_message(Message("Not done.", "Do it again.", Severity.WARNING))
    qtbot.wait(60)
    assert bar.isVisible()
    assert bar._text.text() == "Not done. Do it again."
    assert bar.accessibleDescription() == "Not done. Do it again."


def test_the_button_does_something_about_it_and_the_bar_goes(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.show_message(Message("Not done."), "Do it", lambda: done.append("it"))
    qtbot.mouseClick(bar._action, Qt.MouseButton.LeftButton)
    assert done == ["it"]
    assert not bar.isVisible()
    bar.show_message(Message("Something else."))
    assert not bar._action.isVisible()
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_words_from_files_are_never_markup(bar: MessageBar) -> None:
    bar.show_message(Message("“<b>x</b>.txt” holds no text."))
    assert bar._text.textFormat() == Qt.TextFormat.PlainText
