from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.palette import CommandModel, Palette, score


def test_letters_in_order_fit_and_starts_of_words_come_first() -> None:
    assert score("xyz", "Import files") is None
    assert score("", "Import files") == 0
    first, second = score("imf", "Import files"), score("imf", "Time in the far view")
    assert first is not None
    assert second is not None
    assert first < second


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    window.resize(800, 600)
    window.setCentralWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def actions(window: QMainWindow) -> list[QAction]:
    made = [QAction(text, window) for text in ("&Import files…", "&Export timeline…", "&Undo")]
    made[2].setEnabled(False)
    return made


def test_the_model_offers_what_can_be_done(
    actions: list[QAction], qtmodeltester: ModelTester
) -> None:
    model = CommandModel()
    model.offer(actions)
    qtmodeltester.check(model)
    assert [model.index(n).data() for n in range(model.rowCount())] == [
        "Import files…",
        "Export timeline…",
    ]
    model.narrow("tim")
    assert model.action(0) is actions[1]


def test_typing_and_enter_run_a_command_and_the_focus_comes_back(
    window: QMainWindow, actions: list[QAction], qtbot: QtBot
) -> None:
    palette = Palette(window)
    window.centralWidget().setFocus()
    palette.open(actions)
    qtbot.keyClicks(palette.line, "exp")
    with qtbot.waitSignal(palette.chosen) as told:
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert told.args == [actions[1]]
    assert not palette.isVisible()
    assert window.focusWidget() is window.centralWidget()


def test_arrows_go_round_and_escape_leaves(
    window: QMainWindow, actions: list[QAction], qtbot: QtBot
) -> None:
    palette = Palette(window)
    palette.open(actions)
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0
    with qtbot.assertNotEmitted(palette.chosen):
        qtbot.keyClicks(palette.line, "zzz")
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
