"""Reviewing by keyboard, from the key to the dossier and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from db import Dossier
from db.rows import ReviewState
from desktop.comparison import ComparisonView
from desktop.comparison.menus import ACT_KEYS, with_access_keys
from desktop.session import Filter, Selection, Session
from desktop.vocabulary import name_of
from extraction.model import RelationType, SideKey, SpeechAct
from tests.desktop.comparison.dispute import Paper, long_dispute

Key = Qt.Key
Shift, Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def real(qtbot: Any, opened: Session) -> ComparisonView:
    view = ComparisonView(opened)
    qtbot.addWidget(view)
    view.resize(900, 900)
    view.show()
    QApplication.processEvents()
    return view


def dossier_of(view: ComparisonView) -> Dossier:
    assert view.session.dossier is not None
    return view.session.dossier


def states(view: ComparisonView) -> list[ReviewState]:
    return [claim.review for claim in view.session.claims()]


def in_order(view: ComparisonView) -> list[int]:
    return [claim.id for claim in view.canvas.choice.reading(0, len(view.canvas.rows))]


def press(qtbot: Any, view: ComparisonView, *keys: Qt.Key, modifier: Any = None) -> int | None:
    for key in keys:
        qtbot.keyClick(view.canvas, key, modifier or Qt.KeyboardModifier.NoModifier)
    return view.session.selection.claim_id


def item(menu: QMenu, words: str) -> Any:
    (found,) = [
        action
        for action in menu.actions()
        if action.text().replace("&", "").partition("\t")[0] == words
    ]
    return found


def test_each_suggestion_comes_once_and_the_count_falls(qtbot: Any, real: ComparisonView) -> None:
    ids = in_order(real)
    assert real.next_button.text() == f"{len(ids)} to review"
    seen = [press(qtbot, real, Key.Key_N)]
    for left in range(len(ids) - 1, 0, -1):
        seen.append(press(qtbot, real, Key.Key_A))
        assert real.next_button.text() == f"{left} to review"
    assert seen == ids
    press(qtbot, real, Key.Key_A)
    assert real.next_button.text() == "all reviewed"
    assert set(states(real)) == {ReviewState.ACCEPTED}
    chosen = real.session.selection.claim_id
    assert press(qtbot, real, Key.Key_N) == chosen


def test_next_goes_round_and_back(qtbot: Any, real: ComparisonView) -> None:
    ids = in_order(real)
    assert [press(qtbot, real, Key.Key_N) for _ in range(len(ids) + 1)] == [*ids, ids[0]]
    assert press(qtbot, real, Key.Key_N, modifier=Shift) == ids[-1]


def test_undo_goes_back_to_where_it_was(qtbot: Any, real: ComparisonView) -> None:
    first = press(qtbot, real, Key.Key_N)
    press(qtbot, real, Key.Key_R)
    second = press(qtbot, real, Key.Key_A)
    assert press(qtbot, real, Key.Key_U) not in (None, second)
    assert press(qtbot, real, Key.Key_U) == first
    assert set(states(real)) == {ReviewState.SUGGESTED}
    label = dossier_of(real).undo_label
    assert label is not None
    assert label.startswith("Import")


def test_taking_back_knows_what_ctrl_z_took_back_before(qtbot: Any, real: ComparisonView) -> None:
    first = press(qtbot, real, Key.Key_N)
    press(qtbot, real, Key.Key_R)
    press(qtbot, real, Key.Key_A)
    dossier_of(real).undo()
    assert press(qtbot, real, Key.Key_U) == first
    assert set(states(real)) == {ReviewState.SUGGESTED}


def test_one_key_never_takes_an_import_back(qtbot: Any, real: ComparisonView) -> None:
    count = len(real.session.claims())
    with qtbot.waitSignal(real.failed) as told:
        press(qtbot, real, Key.Key_U)
    assert "no decision left" in str(told.args[0])
    assert len(real.session.claims()) == count


def test_several_at_once_are_one_step(qtbot: Any, real: ComparisonView) -> None:
    first = press(qtbot, real, Key.Key_N)
    press(qtbot, real, Key.Key_Down, modifier=Shift)
    assert len(real.canvas.choice.marked) == 2
    assert real.canvas.choice.marked[0] == first
    press(qtbot, real, Key.Key_R)
    assert states(real).count(ReviewState.REJECTED) == 2
    assert real.canvas.choice.marked == []
    assert dossier_of(real).undo_label == "Reject 2 claims"
    press(qtbot, real, Key.Key_U)
    assert set(states(real)) == {ReviewState.SUGGESTED}
    assert len(real.canvas.choice.marked) == 2


def test_marks_by_mouse(qtbot: Any, view: ComparisonView, paper: Paper) -> None:
    def click(claim_id: int, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        rect = view.canvas.hits.claim_rect(claim_id)
        assert rect is not None
        at = rect.center().toPoint()
        qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    click(1)
    click(3, Control)
    assert view.canvas.choice.marked == [1, 3]
    click(1, Control)
    assert view.canvas.choice.marked == [3]
    click(5, Shift)
    assert view.canvas.choice.marked[-1] == 5 or 5 in view.canvas.choice.marked
    press(qtbot, view, Key.Key_Escape)
    assert view.canvas.choice.marked == []
    click(1)
    click(5, Shift)
    assert view.canvas.choice.marked == [1, 2, 3, 5]
    QApplication.processEvents()
    assert view._marks.text() == "4 marked (Esc clears)"
    press(qtbot, view, Key.Key_A)
    assert paper.decided == [([1, 2, 3, 5], ReviewState.ACCEPTED)]
    click(2)
    assert view.canvas.choice.targets() == [2]


def test_an_event_that_is_chosen_stands_for_its_claims(
    qtbot: Any, view: ComparisonView, paper: Paper
) -> None:
    view.session.select(Selection(event_id=1))
    press(qtbot, view, Key.Key_A)
    assert paper.decided == [([1, 2, 3], ReviewState.ACCEPTED)]


def test_act_and_side_are_put_right_by_key(qtbot: Any, real: ComparisonView) -> None:
    chosen = press(qtbot, real, Key.Key_N)
    assert chosen is not None
    before = real.session.claim(chosen)
    with qtbot.waitSignal(real.canvas.act_requested):
        press(qtbot, real, Key.Key_E)
    menu = real.menus.of_acts()
    assert item(menu, name_of(before.speech_act)).isChecked()
    item(menu, "threatens").trigger()
    edited = real.session.claim(chosen)
    assert (edited.speech_act, edited.review) == (SpeechAct.THREATENS, ReviewState.EDITED)
    assert press(qtbot, real, Key.Key_3) == chosen
    assert real.session.claim(chosen).side is SideKey.THIRD
    assert real.canvas.hits.claim_rect(chosen) is not None
    press(qtbot, real, Key.Key_U, Key.Key_U)
    assert real.session.claim(chosen) == before


def test_stars_and_notes_by_key(qtbot: Any, real: ComparisonView) -> None:
    chosen = press(qtbot, real, Key.Key_N, Key.Key_S)
    assert chosen is not None
    assert real.session.claim(chosen).starred
    dialog = real.ask_note()
    assert dialog is not None
    qtbot.keyClicks(dialog.field, "ask")
    qtbot.keyClick(dialog.field, Key.Key_Return, Shift)
    qtbot.keyClicks(dialog.field, "the clerk")
    qtbot.keyClick(dialog.field, Key.Key_Return)
    assert real.session.claim(chosen).note == "ask\nthe clerk"
    again = real.ask_note()
    assert again is not None
    again.field.setPlainText("ask the clerk")
    again._keep()
    index = real.canvas.index_of(chosen, None)
    assert index is not None
    placed = real.canvas.layout_of(index).card_of(chosen)
    assert placed is not None
    words = [piece.block.text for piece in placed.card.pieces]
    assert "✎ ask the clerk" in words
    assert "★ ○" in words
    press(qtbot, real, Key.Key_S)
    assert not real.session.claim(chosen).starred
    press(qtbot, real, Key.Key_U, Key.Key_U, Key.Key_U, Key.Key_U)
    assert real.session.claim(chosen).note == ""
    assert not real.session.claim(chosen).starred


def test_who_says_it_is_put_right_by_key(qtbot: Any, real: ComparisonView) -> None:
    chosen = press(qtbot, real, Key.Key_N)
    assert chosen is not None
    before = real.session.claim(chosen)
    other = next(
        actor
        for actor in real.session.actors()
        if actor.id != before.actor_id and actor.side not in (before.side, SideKey.NONE)
    )
    with qtbot.waitSignal(real.canvas.source_requested):
        press(qtbot, real, Key.Key_W)
    dialog = real.ask_source()
    assert dialog is not None
    assert dialog.field.name == before.speaker
    dialog.field.setEditText(other.name.upper())
    dialog._keep()
    after = real.session.claim(chosen)
    assert (after.speaker, after.side) == (other.name, other.side)
    assert after.review is ReviewState.EDITED
    press(qtbot, real, Key.Key_U)
    assert real.session.claim(chosen) == before


def test_a_relation_is_rejected_changed_and_made(qtbot: Any, real: ComparisonView) -> None:
    session = real.session
    relation = next(row for row in session.relations() if row.type is RelationType.DENIES)
    menu = real.menus.of_relations([relation.id])
    item(menu, "Reject this relation").trigger()
    assert relation.id not in {row.id for row in session.relations()}
    press(qtbot, real, Key.Key_U)
    assert relation in session.relations()
    kinds = item(real.menus.of_relations([relation.id]), "Change to").menu()
    item(kinds, "answers").trigger()
    kept = session.relations_of(relation.source_id)
    assert RelationType.ANSWERS in {row.type for row in kept}
    press(qtbot, real, Key.Key_U)
    assert relation in session.relations()
    one, other = relation.target_id, relation.source_id
    real.canvas.choose(session.claim(one))
    real.canvas.choice.toggle(other)
    with qtbot.waitSignal(real.canvas.relate_requested) as asked:
        press(qtbot, real, Key.Key_L)
    assert asked.args[:2] == [one, other]
    item(real.menus.of_kinds(one, other), "updates").trigger()
    made = [row for row in session.relations() if row.type is RelationType.UPDATES]
    assert (made[0].source_id, made[0].target_id) == (one, other)
    press(qtbot, real, Key.Key_U)
    assert RelationType.UPDATES not in {row.type for row in session.relations()}


def test_a_right_click_on_a_link_asks_for_its_menu(qtbot: Any, view: ComparisonView) -> None:
    index = view.canvas.index_of(1, None)
    assert index is not None
    link = view.canvas.layout_of(index).links[0]
    top = dict(view.canvas.visible_rows())[index]
    at = link.pill.translated(0, top).center().toPoint()
    from PySide6.QtGui import QContextMenuEvent

    with qtbot.waitSignal(view.canvas.link_menu_requested) as asked:
        viewport = view.canvas.viewport()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at))
        QApplication.sendEvent(viewport, event)
    assert asked.args[0] == list(link.relations)


def test_only_what_passes_the_filter_is_reviewed(qtbot: Any, real: ComparisonView) -> None:
    first = press(qtbot, real, Key.Key_N)
    assert first is not None
    side = real.session.claim(first).side
    real.session.set_filter(Filter(sides=frozenset({side})))
    wanted = [claim.id for claim in real.session.claims() if claim.side is side]
    assert real.next_button.text() == f"{len(wanted)} to review"
    seen = {press(qtbot, real, Key.Key_N) for _ in range(len(wanted) + 2)}
    assert seen == set(wanted)


def test_nothing_is_decided_in_a_dossier_for_reading(
    qtbot: Any, view: ComparisonView, paper: Paper
) -> None:
    paper.read_only = True
    view.canvas.choose(view.session.claim(1))
    press(qtbot, view, Key.Key_A, Key.Key_R, Key.Key_U, Key.Key_1)
    assert paper.decided == []
    assert not any(action.isEnabled() for action in view.menus.of_acts().actions())


def test_the_commonest_acts_take_one_key(qtbot: Any, real: ComparisonView) -> None:
    chosen = press(qtbot, real, Key.Key_N)
    assert chosen is not None
    for key, act in ACT_KEYS.items():
        press(qtbot, real, key)
        assert real.session.claim(chosen).speech_act is act
        press(qtbot, real, Key.Key_U)
    press(qtbot, real, Key.Key_4)
    assert real.session.claim(chosen).side is SideKey.BOTH


def test_keys_of_acts_are_free_and_shown(qtbot: Any, real: ComparisonView) -> None:
    press(qtbot, real, Key.Key_N)
    menu = real.menus.of_acts()
    qtbot.addWidget(menu)
    shown = {action.text().replace("&", "").partition("\t")[::2] for action in menu.actions()}
    assert {(name_of(act), chr(key)) for key, act in ACT_KEYS.items()} <= shown
    assert not set("ARESMWNUOL01234") & {chr(key) for key in ACT_KEYS}


def test_access_keys_are_unique_while_letters_last() -> None:
    keyed = with_access_keys([name_of(act) for act in SpeechAct])
    letters = [name[name.index("&") + 1].lower() for name in keyed if "&" in name]
    assert len(letters) == len(set(letters)) >= len(SpeechAct) - 1
    assert with_access_keys(["a", "a"]) == ["&a", "a"]
    assert with_access_keys(["asks", "tasks", "ends"], ["", "S", "Q"]) == [
        "&asks",
        "ta&sks",
        "&ends",
    ]


def test_the_last_suggestion_of_many_is_found_far_away(qtbot: Any, session: Session) -> None:
    rows = long_dispute(600).rows()
    waiting = {rows.claims[3].id, rows.claims[700].id}
    claims = tuple(
        claim if claim.id in waiting else replace(claim, review=ReviewState.ACCEPTED)
        for claim in rows.claims
    )
    session.show_rows(replace(rows, claims=claims))
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    first, second = sorted(waiting)
    assert press(qtbot, view, Key.Key_N) == first
    assert press(qtbot, view, Key.Key_N) == second
    assert press(qtbot, view, Key.Key_N) == first
    assert press(qtbot, view, Key.Key_N, modifier=Shift) == second
    assert press(qtbot, view, Key.Key_N, modifier=Shift) == first
