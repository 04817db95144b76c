from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.library.actors import actors_to_mime
from desktop.session import Rows, Session
from desktop.sides.editor import COLUMNS, SidesEditor
from extraction.model import SideKey

A, B, THIRD, NONE = SideKey.A, SideKey.B, SideKey.THIRD, SideKey.NONE


@pytest.fixture
def editor(filled: Session, qtbot: QtBot) -> SidesEditor:
    editor = SidesEditor(filled)
    qtbot.addWidget(editor)
    editor.show()
    return editor


def names(editor: SidesEditor, key: SideKey) -> list[str]:
    model = editor.lists[key].model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_four_columns(editor: SidesEditor, qtmodeltester: ModelTester) -> None:
    assert {key: names(editor, key) for key in COLUMNS} == {
        A: ["Velmark's ministry"],
        THIRD: ["The union"],
        B: ["Ostrana's army"],
        NONE: [],
    }
    qtmodeltester.check(editor.lists[A].model())


def test_who_speaks_for_both_is_not_lost(editor: SidesEditor, filled: Session, rows: Rows) -> None:
    filled.show_rows(replace(rows, actors=(replace(rows.actors[0], side=SideKey.BOTH),)))
    assert names(editor, NONE) == ["Velmark's ministry"]


def test_a_name_is_taken_when_it_is_done_and_an_empty_one_is_not(
    editor: SidesEditor, qtbot: QtBot
) -> None:
    field = editor._names[A]
    field.selectAll()
    with qtbot.waitSignal(editor.rename_asked) as told:
        qtbot.keyClicks(field, "Norvia")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [A, "Norvia"]
    with qtbot.assertNotEmitted(editor.rename_asked):
        field.clear()
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "Velmark"


def test_views_follow_at_once(editor: SidesEditor, filled: Session, rows: Rows) -> None:
    moved = replace(rows.actors[0], side=B)
    sides = (replace(rows.sides[0], name="Norvia"), *rows.sides[1:])
    filled.show_rows(replace(rows, actors=(moved, *rows.actors[1:]), sides=sides))
    assert names(editor, A) == []
    assert names(editor, B) == ["Velmark's ministry", "Ostrana's army"]
    assert editor._names[A].text() == "Norvia"
    assert editor.lists[A].accessibleName() == "Actors of Norvia"


@pytest.mark.parametrize(("key", "side"), [(Qt.Key.Key_2, B), (Qt.Key.Key_0, NONE)])
def test_keys_move_the_chosen_actor(
    editor: SidesEditor, qtbot: QtBot, key: Qt.Key, side: SideKey
) -> None:
    editor.lists[A].setCurrentIndex(editor.lists[A].model().index(0, 0))
    with qtbot.waitSignal(editor.move_asked) as told:
        qtbot.keyClick(editor.lists[A], key)
    assert told.args == [[1], side]
    with qtbot.assertNotEmitted(editor.move_asked):
        qtbot.keyClick(editor.lists[A], Qt.Key.Key_1)  # it is there already


def test_dropping_an_actor_on_another_column_moves_it(editor: SidesEditor, qtbot: QtBot) -> None:
    model = editor.lists[NONE].model()
    mime = actors_to_mime([3])
    with qtbot.waitSignal(editor.move_asked) as told:
        assert not model.dropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
    assert told.args == [[3], NONE]
    own = editor.lists[THIRD].model()
    with qtbot.assertNotEmitted(editor.move_asked):
        own.dropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, QModelIndex())


def test_colours_from_the_menu_are_readable_in_both_themes(
    editor: SidesEditor, qtbot: QtBot
) -> None:
    actions = {action.text(): action for action in editor.color_menu(A).actions()}
    with qtbot.waitSignal(editor.recolor_asked) as told:
        actions["Green"].trigger()
    key, light, dark = told.args
    assert key is A
    assert QColor(light).isValid()
    assert QColor(dark).lightness() > QColor(light).lightness()
    with qtbot.waitSignal(editor.recolor_asked) as told:
        actions["As the &theme has it"].trigger()
    assert told.args == [A, "", ""]


def test_colours_that_look_alike_are_named(
    editor: SidesEditor, filled: Session, rows: Rows
) -> None:
    assert not editor._warning.isVisible()
    alike = replace(rows.sides[1], color_light="#1B5EBE", color_dark="#82B4FF")
    filled.show_rows(replace(rows, sides=(rows.sides[0], alike, rows.sides[2])))
    assert editor._warning.isVisible()


def test_swap_is_asked_for(editor: SidesEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.swap_asked):
        editor._swap.click()


def test_it_closes_with_its_dossier(editor: QWidget, filled: Session) -> None:
    filled.open(None)
    assert not editor.isVisible()


def test_a_long_name_is_shown_by_its_beginning(filled: Session, rows: Rows, qtbot: QtBot) -> None:
    name = "The Provisional Government of the Upper and the Lower Provinces of Velmark"
    sides = [replace(row, name=name) for row in filled.sides().values()]
    filled.show_rows(replace(rows, sides=tuple(sides)))
    editor = SidesEditor(filled)
    qtbot.addWidget(editor)
    field = editor._names[SideKey.A]
    assert (field.text(), field.cursorPosition(), field.toolTip()) == (name, 0, name)
