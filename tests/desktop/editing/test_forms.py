"""All that is said of a claim or an event can be put right, in one step that undo takes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from db.rows import ClaimRow, Reliability, ReviewState
from desktop.comparison import ComparisonView
from desktop.comparison.facts import card_facts
from desktop.comparison.listing import RowKind
from desktop.comparison.source import ActorField
from desktop.editing.claimform import ClaimForm
from desktop.editing.eventform import EventForm
from desktop.messages import counted
from desktop.session import Filter, Selection, Session
from desktop.vocabulary import credibility_in_words, name_of
from extraction.model import SideKey, SpeechAct
from tests.db.tables import all_rows

Key = Qt.Key


@pytest.fixture
def view(qtbot: Any, opened: Session) -> Iterator[ComparisonView]:
    view = ComparisonView(opened)
    qtbot.addWidget(view)
    view.resize(900, 1400)
    view.show()
    qtbot.waitExposed(view)
    QApplication.processEvents()
    yield view
    for kind in (ClaimForm, EventForm):
        for form in view.findChildren(kind):
            form.let_go()


def first(session: Session, words: str) -> ClaimRow:
    return next(claim for claim in session.claims() if words in claim.content)


def form_of(view: ComparisonView, claim: ClaimRow) -> ClaimForm:
    form = view.edit(claim.id)
    assert form is not None
    return form


def typed(qtbot: Any, field: Any, words: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Key.Key_Delete)
    qtbot.keyClicks(field, words)


def test_enter_opens_the_form_and_enter_keeps_it(qtbot: Any, view: ComparisonView) -> None:
    session = view.session
    assert session.dossier is not None
    before = all_rows(session.dossier)
    claim = first(session, "shelled the town")
    view.canvas.choose(claim)
    qtbot.keyClick(view.canvas, Key.Key_Return)
    (form,) = view.findChildren(ClaimForm)
    typed(qtbot, form.when.edit, "2 to 3 March 2031")
    typed(qtbot, form.where, "Veln,  the mill ")
    qtbot.keyClick(form.where, Key.Key_Return)
    edited = session.claim(claim.id)
    assert edited.when is not None
    assert (edited.when.earliest, edited.when.latest) == (
        datetime(2031, 3, 2),
        datetime(2031, 3, 3, 23, 59),
    )
    assert edited.places == ("Veln", "the mill")
    assert edited.review is ReviewState.EDITED
    assert session.dossier.undo_label == "Edit claim"
    qtbot.keyClick(view.canvas, Key.Key_U)
    assert all_rows(session.dossier) == before


def test_a_form_left_as_it_was_writes_nothing(qtbot: Any, view: ComparisonView) -> None:
    session = view.session
    assert session.dossier is not None
    label = session.dossier.undo_label
    for claim in session.claims():
        form = form_of(view, claim)
        assert form.edits() == []
        qtbot.mouseClick(form.keep_button, Qt.MouseButton.LeftButton)
    assert session.dossier.undo_label == label


def test_side_act_and_ratings(qtbot: Any, view: ComparisonView) -> None:
    session = view.session
    claim = first(session, "shelled the town")
    form = form_of(view, claim)
    form.side.setCurrentText(session.side_name(SideKey.THIRD))
    form.act.setCurrentText(name_of(SpeechAct.CONDEMNS))
    form.credibility.setCurrentText(credibility_in_words(2))
    form.reliability.setCurrentText(name_of(Reliability.USUALLY))
    qtbot.mouseClick(form.keep_button, Qt.MouseButton.LeftButton)
    edited = session.claim(claim.id)
    assert (edited.side, edited.speech_act) == (SideKey.THIRD, SpeechAct.CONDEMNS)
    assert edited.credibility == 2
    assert edited.actor_id is not None
    assert session.actor(edited.actor_id).reliability is Reliability.USUALLY
    assert "rated B2" in card_facts(session, edited).chain


def test_what_is_not_understood_is_not_kept(qtbot: Any, view: ComparisonView) -> None:
    claim = first(view.session, "shelled the town")
    form = form_of(view, claim)
    typed(qtbot, form.when.edit, "some time or other")
    assert not form.keep_button.isEnabled()
    assert form.when.hint.text().startswith("Not understood")
    typed(qtbot, form.when.edit, "")
    assert form.keep_button.isEnabled()
    qtbot.mouseClick(form.keep_button, Qt.MouseButton.LeftButton)
    assert view.session.claim(claim.id).when is None


def test_figures_are_added_changed_and_removed(qtbot: Any, view: ComparisonView) -> None:
    session = view.session
    claim = first(session, "shelled the town")
    form = form_of(view, claim)
    typed(qtbot, form.figures.new_words, "no such words")
    assert not form.figures.add_button.isEnabled()
    typed(qtbot, form.figures.new_words, "the town")
    qtbot.mouseClick(form.figures.add_button, Qt.MouseButton.LeftButton)
    line = form.figures._lines[-1]
    typed(qtbot, line.measure, "shells")
    typed(qtbot, line.low, "12")
    typed(qtbot, line.high, "3")
    assert not form.keep_button.isEnabled()
    typed(qtbot, line.high, "")
    qtbot.mouseClick(form.keep_button, Qt.MouseButton.LeftButton)
    (figure,) = session.claim(claim.id).quantities
    assert (figure.measure, figure.low, figure.high) == ("shells", 12.0, None)
    assert session.dossier is not None
    assert figure.span.holds_in(session.dossier.article_text(claim.article_id))
    form = form_of(view, session.claim(claim.id))
    qtbot.mouseClick(form.figures._lines[0].widgets[-1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.keep_button, Qt.MouseButton.LeftButton)
    assert session.claim(claim.id).quantities == ()


def test_a_claim_gets_an_event_of_its_own_and_goes_back(view: ComparisonView) -> None:
    session = view.session
    claim = first(session, "shelled the town")
    home = claim.event_id
    assert home is not None
    view.canvas.choose(claim)
    view.review.split()
    apart = session.claim(claim.id).event_id
    assert apart not in (home, None)
    assert view.canvas.rows.place_of(RowKind.EVENT, apart) is not None
    assert apart is not None
    view.review.merge([home, apart], home)
    assert session.claim(claim.id).event_id == home
    assert session.dossier is not None
    session.dossier.undo()
    session.dossier.undo()
    assert session.claim(claim.id).event_id == home


def test_an_event_is_named_and_dated_by_hand(qtbot: Any, view: ComparisonView) -> None:
    session = view.session
    claim = first(session, "shelled the town")
    assert claim.event_id is not None
    session.select(Selection(event_id=claim.event_id))
    qtbot.keyClick(view.canvas, Key.Key_Return)
    (form,) = view.findChildren(EventForm)
    typed(qtbot, form.name, "The morning at Veln")
    typed(qtbot, form.when.edit, "2031-03-04 05:00")
    qtbot.mouseClick(form.keep_button, Qt.MouseButton.LeftButton)
    event = session.event_row(claim.event_id)
    assert event.label == "The morning at Veln"
    assert event.when is not None
    assert event.when.earliest == datetime(2031, 3, 4, 5)
    assert session.dossier is not None
    assert session.dossier.undo_label == "Edit event"


def test_the_menus_offer_what_is_near(view: ComparisonView) -> None:
    session = view.session
    claim = first(session, "shelled the town")
    view.canvas.choose(claim)
    view.review.split()
    event = session.claim(claim.id).event_id
    assert event is not None
    menu = view.menus.of_event(event)
    (merge,) = menu.findChildren(QMenu)
    assert merge.isEnabled()
    label = merge.actions()[0].text().split("\t")[0]
    merge.actions()[0].trigger()
    assert event not in {row.id for row in session.events()}
    assert label.rstrip(" …") in session.event_row(session.claim(claim.id).event_id or 0).label
    menu.close()


def test_a_right_click_on_a_title_asks_for_the_event_s_menu(
    qtbot: Any, view: ComparisonView
) -> None:
    layout = view.canvas.layout_of(0)
    top = view.canvas.visible_rows()[0][1]
    at = layout.title_rect.translated(0, top).center().toPoint()
    asked: list[tuple[int, QPoint]] = []
    view.canvas.event_menu_requested.disconnect()
    view.canvas.event_menu_requested.connect(lambda *args: asked.append(args))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    view.canvas.pointing.asked_for_menu(event)
    assert [row for row, _ in asked] == [layout.row.id]
    qtbot.mouseDClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.findChildren(EventForm)


def test_enter_after_the_words_of_a_figure_adds_it(qtbot: Any, view: ComparisonView) -> None:
    form = form_of(view, first(view.session, "shelled the town"))
    form.figures.new_words.setFocus()
    qtbot.keyClicks(form.figures.new_words, "the town")
    assert not form.keep_button.isEnabled()
    qtbot.keyClick(form.figures.new_words, Key.Key_Return)
    assert form.isVisible()
    assert len(form.figures._lines) == 1
    assert not form.figures.hint.isVisibleTo(form)
    typed(qtbot, form.figures._lines[0].low, "twelve-ish")
    assert form.figures.hint.text().startswith("At least and at most are numbers")


def test_escape_lets_go_of_what_was_typed_only_when_asked_twice(
    qtbot: Any, view: ComparisonView
) -> None:
    session = view.session
    claim = first(session, "shelled the town")
    form = form_of(view, claim)
    qtbot.keyClick(form, Key.Key_Escape)
    assert not form.isVisible()
    form = form_of(view, claim)
    typed(qtbot, form.where, "the mill")
    qtbot.keyClick(form.where, Key.Key_Escape)
    assert form.isVisible()
    assert form.notice.isVisibleTo(form)
    qtbot.keyClicks(form.where, " at Veln")
    qtbot.keyClick(form.where, Key.Key_Escape)
    assert form.isVisible()
    qtbot.keyClick(form.where, Key.Key_Escape)
    assert not form.isVisible()
    assert session.claim(claim.id).places == claim.places


def test_a_note_half_written_survives_escape(qtbot: Any, view: ComparisonView) -> None:
    view.canvas.choose(first(view.session, "shelled the town"))
    dialog = view.ask_note()
    assert dialog is not None
    qtbot.keyClicks(dialog.field, "ask the clerk")
    qtbot.keyClick(dialog.field, Key.Key_Escape)
    assert dialog.isVisible()
    dialog.let_go()


def test_the_wheel_changes_no_choice(view: ComparisonView) -> None:
    form = form_of(view, first(view.session, "shelled the town"))
    for box in (form.speaker, form.side, form.act, form.event_, form.credibility):
        before = box.currentIndex(), box.currentText()
        middle = QPointF(box.rect().center())
        turn = QWheelEvent(
            middle,
            box.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, turn)
        assert (box.currentIndex(), box.currentText()) == before


def test_each_field_has_an_access_key_of_its_own(view: ComparisonView) -> None:
    form = form_of(view, first(view.session, "shelled the town"))
    texts = [found.text() for found in form.findChildren(QLabel)]
    texts += [found.text() for found in form.findChildren(QPushButton)]
    keys = [QKeySequence.mnemonic(text).toString() for text in texts if "&" in text]
    assert len(keys) == len(set(keys))
    buddies = [found.buddy() for found in form.findChildren(QLabel) if "&" in found.text()]
    assert buddies
    for buddy in buddies:
        assert buddy is not None
        assert buddy.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_menu_is_asked_for_by_key(qtbot: Any, view: ComparisonView) -> None:
    claims: list[int] = []
    events: list[int] = []
    canvas = view.canvas
    canvas.menu_requested.disconnect()
    canvas.menu_requested.connect(lambda claim, _: claims.append(claim))
    canvas.event_menu_requested.disconnect()
    canvas.event_menu_requested.connect(lambda event, _: events.append(event))
    claim = first(view.session, "shelled the town")
    canvas.choose(claim)
    qtbot.keyClick(canvas, Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert claims == [claim.id]
    assert claim.event_id is not None
    canvas.choose_event(claim.event_id)
    qtbot.keyClick(canvas, Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert events == [claim.event_id]


def test_events_of_one_name_are_told_apart_by_their_time(view: ComparisonView) -> None:
    claim = first(view.session, "shelled the town")
    view.canvas.choose(claim)
    view.review.split()
    assert claim.event_id is not None
    menu = view.menus.of_event(claim.event_id)
    (merge,) = menu.findChildren(QMenu)
    assert any("\t" in action.text() for action in merge.actions())
    menu.close()


def test_what_can_be_done_with_a_claim_is_offered_as_commands(view: ComparisonView) -> None:
    session = view.session
    claim = first(session, "shelled the town")
    assert claim.event_id is not None
    view.canvas.choose_event(claim.event_id)
    assert [command.text() for command in view.menus.offered()] == ["Event: Edit…"]
    view.canvas.choose(claim)
    commands = {command.text(): command for command in view.menus.offered()}
    assert commands["Claim: Accept"].shortcut().toString() == "A"
    assert commands["Claim: Speech act"].shortcut().toString() == "E"
    commands["Claim: Star"].trigger()
    assert session.claim(claim.id).starred
    session.set_filter(Filter(starred=True))
    assert [one.id for one in session.claims() if session.accepts(one)] == [claim.id]
    assert session.count(Filter(starred=True)) == 1
    session.set_filter(Filter())


def test_the_heading_counts_what_a_search_finds(view: ComparisonView) -> None:
    session = view.session
    session.set_filter(Filter(text="shelled"))
    passing = int(session.accepted().sum())
    assert 0 < passing < len(session.columns.claims)
    assert view._count.text().endswith(f", {counted(passing, 'claim')}")
    session.set_filter(Filter(text="zebra"))
    assert "No claim holds “zebra”" in view._empty.text()
    session.set_filter(Filter())


def test_tab_goes_through_the_form_from_above(qtbot: Any, view: ComparisonView) -> None:
    form = form_of(view, first(view.session, "shelled the town"))
    typed(qtbot, form.figures.new_words, "the town")
    qtbot.keyClick(form.figures.new_words, Key.Key_Return)
    (line,) = form.figures._lines
    reached: list[QWidget] = [form.speaker]
    for _ in range(60):
        following = reached[-1].nextInFocusChain()
        assert following is not None
        reached.append(following)
    expected = [
        *(form.speaker, form.side, form.act, form.when.edit, form.where, form.event_),
        *(line.measure, line.low, line.high, form.figures.new_words, form.credibility),
    ]
    places = [reached.index(widget) for widget in expected]
    assert places == sorted(places)


def test_a_long_name_is_chosen_with_its_beginning_in_view(qtbot: Any, filled: Session) -> None:
    field = ActorField(filled, "Brigadier General Maximilian von Hohenberg, deputy spokesman")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    edit = field.lineEdit()
    assert edit is not None
    field.choose_all()
    assert edit.selectedText() == edit.text()
    assert edit.cursorPosition() == 0
    qtbot.keyClicks(field, "x")
    assert field.currentText() == "x"
