"""The inspector with real mouse and key events."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from db.rows import ReviewState
from desktop import theme
from desktop.reader import InspectorView
from desktop.session import Rows, Selection
from extraction.model import SideKey, SpeechAct
from tests.desktop.comparison.dispute import Paper


def texts(view: InspectorView) -> str:
    body = view._scroll.widget()
    return "\n".join(label.text() for label in body.findChildren(QLabel))


def test_it_says_why_and_what_to_do_without_a_choice(inspector: InspectorView) -> None:
    assert "Choose a claim" in texts(inspector)
    assert not inspector.accept_button.isVisible()
    inspector.session.select(Selection(claim_id=1))
    assert "denied by" in texts(inspector)
    assert inspector.accept_button.isVisible()
    inspector.session.select(Selection(event_id=3))
    assert not inspector.accept_button.isVisible()


def test_buttons_and_keys_decide(qtbot: Any, inspector: InspectorView, paper: Paper) -> None:
    inspector.session.select(Selection(claim_id=2))
    qtbot.mouseClick(inspector.accept_button, Qt.MouseButton.LeftButton)
    assert paper.decided == [([2], ReviewState.ACCEPTED)]
    inspector.reject_button.setFocus()
    qtbot.keyClick(inspector.reject_button, Qt.Key.Key_R)
    assert paper.decided[-1] == ([2], ReviewState.REJECTED)


def test_the_state_and_what_undo_takes_back_are_told(
    inspector: InspectorView, paper: Paper
) -> None:
    inspector.session.select(Selection(claim_id=1))
    assert not inspector._state.isVisible()
    paper.undo_label = "accept a claim"
    inspector.session.select(Selection(claim_id=3))
    assert "accepted" in inspector._state.text()
    assert "accept a claim" in inspector._state.text()
    assert not inspector.accept_button.isEnabled()
    paper.read_only = True
    inspector.session.select(Selection(claim_id=1))
    assert not inspector.accept_button.isEnabled()


def test_a_line_leads_to_the_other_claim(qtbot: Any, inspector: InspectorView) -> None:
    inspector.session.select(Selection(claim_id=1))
    label = next(
        label
        for label in inspector._scroll.widget().findChildren(QLabel)
        if "no shell was fired" in label.text()
    )
    inspector._scroll.ensureWidgetVisible(label)
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton, pos=label.rect().topLeft() + _inside())
    assert inspector.session.selection.claim_id == 2
    assert inspector.session.selection.span is not None


def test_a_relation_is_decided_on_beside_its_reasons(
    inspector: InspectorView, paper: Paper
) -> None:
    inspector.session.select(Selection(claim_id=2))
    assert "accept:1" in texts(inspector)
    inspector.follow("accept:1")
    inspector.follow("reject:1")
    assert paper.related == [([1], ReviewState.ACCEPTED), ([1], ReviewState.REJECTED)]
    paper.read_only = True
    inspector.refresh()
    assert "accept:1" not in texts(inspector)
    inspector.follow("reject:1")
    assert len(paper.related) == 2


def test_act_and_side_are_edited(inspector: InspectorView, paper: Paper) -> None:
    inspector.session.select(Selection(claim_id=2))
    _, acts, sides = (action.menu() for action in inspector.edit_menu().actions())
    checked = [action.text().replace("&", "") for action in acts.actions() if action.isChecked()]
    assert checked == ["denies\tD"]
    next(a for a in acts.actions() if a.text().replace("&", "") == "rejects\tJ").trigger()
    next(a for a in sides.actions() if a.text().startswith("Norland")).trigger()
    assert paper.edited == [([2], {"act": SpeechAct.REJECTS}), ([2], {"side": SideKey.A})]


def test_act_and_side_take_one_key(inspector: InspectorView, paper: Paper, qtbot: Any) -> None:
    inspector.session.select(Selection(claim_id=2))
    inspector.show()
    inspector.activateWindow()
    inspector.edit_button.setFocus()
    qtbot.keyClick(inspector.edit_button, Qt.Key.Key_G)
    qtbot.keyClick(inspector.edit_button, Qt.Key.Key_3)
    assert paper.edited == [([2], {"act": SpeechAct.ALLEGES}), ([2], {"side": SideKey.THIRD})]


def _inside() -> Any:
    from PySide6.QtCore import QPoint

    return QPoint(12, 7)


def test_words_from_articles_are_never_markup(inspector: InspectorView) -> None:
    from dataclasses import replace

    session = inspector.session
    rows = session._held
    assert isinstance(rows, Rows)
    evil = "<img src='file:///etc/x'><b>bold</b> & more"
    events = tuple(replace(event, label=evil) for event in rows.events)
    session.show_rows(replace(rows, events=events))
    session.select(Selection(claim_id=1))
    shown = texts(inspector)
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_nothing_is_cut(inspector: InspectorView) -> None:
    for width in (240, 300, 500):
        inspector.resize(width, 400)
        inspector.session.select(Selection(claim_id=1 if width != 300 else 2))
        QApplication.processEvents()
        view = inspector._scroll.viewport()
        body = inspector._scroll.widget()
        assert body.width() <= view.width()
        for label in body.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width())
            right = label.mapTo(body, label.rect().topRight()).x()
            assert right <= view.width()


def test_the_theme_is_followed(inspector: InspectorView) -> None:
    inspector.session.select(Selection(claim_id=1))
    dark = theme.load("dark")
    inspector.session.set_theme(dark)
    assert dark.focus.name() in texts(inspector)
