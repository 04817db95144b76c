from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QMimeData, QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.library.actors import (
    ACTOR,
    COUNT,
    SIDE,
    SidesModel,
    actors_in,
    actors_to_mime,
)
from desktop.session import Rows, Session
from extraction.model import SideKey

MOVE = Qt.DropAction.MoveAction


def tree(model: SidesModel) -> str:
    lines = []
    for row in range(model.rowCount()):
        side = model.index(row, 0)
        lines.append(f"{side.data()} ({side.data(COUNT)})")
        lines += [
            f"  {model.index(at, 0, side).data()} ({model.index(at, 0, side).data(COUNT)})"
            for at in range(model.rowCount(side))
        ]
    return "\n".join(lines)


def test_sides_with_their_actors(filled: Session, qtmodeltester: ModelTester) -> None:
    model = SidesModel(filled)
    qtmodeltester.check(model)
    assert tree(model) == (
        "Velmark (1 actor)\n"
        "  Velmark's ministry (2)\n"
        "Ostrana (1 actor)\n"
        "  Ostrana's army (1)\n"
        "Third parties (1 actor)\n"
        "  The union (1)"
    )
    actor = model.index_of_actor(2)
    assert actor.data(ACTOR) == 2
    assert actor.data(SIDE) == SideKey.B
    assert actor.parent() == model.index_of_side(SideKey.B)
    assert "also: the ministry" in model.index_of_actor(1).data(Qt.ItemDataRole.ToolTipRole)
    assert "accuses Ostrana" in model.index_of_side(SideKey.A).data(Qt.ItemDataRole.ToolTipRole)
    assert not model.index_of_actor(99).isValid()


def test_an_actor_without_a_side_is_shown_too(filled: Session, rows: Rows) -> None:
    model = SidesModel(filled)
    lost = replace(rows.actors[2], side=SideKey.NONE)
    filled.show_rows(replace(rows, actors=(*rows.actors[:2], lost)))
    assert tree(model).endswith("Third parties (0 actors)\nNobody named (1 actor)\n  The union (1)")


def test_nothing_is_listed_without_a_dossier(session: Session) -> None:
    assert SidesModel(session).rowCount() == 0


def test_dragging_an_actor_asks_for_a_move_and_moves_no_row(filled: Session, qtbot: QtBot) -> None:
    model = SidesModel(filled)
    before = tree(model)
    mime = model.mimeData([model.index_of_side(SideKey.A), model.index_of_actor(1)])
    assert actors_in(mime) == [1]
    target = model.index_of_actor(2)
    assert model.canDropMimeData(mime, MOVE, 0, 0, target)
    with qtbot.waitSignal(model.move_asked) as told:
        assert not model.dropMimeData(mime, MOVE, 0, 0, target)
    assert told.args == [[1], SideKey.B]
    assert tree(model) == before


def test_foreign_drags_are_refused(filled: Session, qtbot: QtBot) -> None:
    model = SidesModel(filled)
    mime = QMimeData()
    mime.setText("1,2")
    assert not model.canDropMimeData(mime, MOVE, 0, 0, model.index_of_side(SideKey.B))
    with qtbot.assertNotEmitted(model.move_asked):
        model.dropMimeData(mime, MOVE, 0, 0, model.index_of_side(SideKey.B))
        model.dropMimeData(actors_to_mime([1]), MOVE, 0, 0, QModelIndex())


def test_only_actors_can_be_dragged(filled: Session) -> None:
    model = SidesModel(filled)
    drag = Qt.ItemFlag.ItemIsDragEnabled
    assert model.flags(model.index_of_actor(1)) & drag
    assert not model.flags(model.index_of_side(SideKey.A)) & drag
