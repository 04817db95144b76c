"""An event that very many speak of: each side shows some of them and counts the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from desktop.comparison import ComparisonView, rowlayout
from desktop.comparison.rowlayout import MOST
from desktop.comparison.rows import Column
from desktop.session import Selection, Session
from extraction.model import FuzzyInterval, Precision, RelationType, SideKey, SpeechAct
from tests.desktop.comparison.dispute import Dispute

PAIRS = 150


def crowded(pairs: int) -> Dispute:
    made = Dispute()
    made.add_article()
    day = FuzzyInterval(datetime(2031, 3, 9), datetime(2031, 3, 9, 23, 59), Precision.DAY)
    event = made.add_event("Shots at the dam", day)
    for number in range(pairs):
        words = f"that shot number {number} hit the dam"
        left = made.add_claim(SideKey.A, "Norland", SpeechAct.ALLEGES, words, event, when=day)
        right = made.add_claim(SideKey.B, "Vessia", SpeechAct.DENIES, words, event, when=day)
        made.relate(RelationType.DENIES, right, left)
        if number:
            made.relate(RelationType.DENIES, right, left - 2)
    return made


@pytest.fixture
def view(qtbot: Any) -> ComparisonView:
    session = Session()
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    session.show_rows(crowded(PAIRS).rows())
    QApplication.processEvents()
    return view


def shown(view: ComparisonView, column: Column) -> list[int]:
    return [
        placed.card.claim_id for placed in view.canvas.layout_of(0).cards if placed.column is column
    ]


def words_of_toggle(view: ComparisonView) -> str:
    toggle = view.canvas.layout_of(0).toggle
    assert toggle is not None
    return toggle.words.block.text


def test_each_side_shows_its_first_and_the_rest_is_counted(view: ComparisonView) -> None:
    for column, first in ((Column.LEFT, 1), (Column.RIGHT, 2)):
        assert shown(view, column) == list(range(first, first + 2 * MOST, 2))
    assert words_of_toggle(view) == f"{2 * (PAIRS - MOST)} more statements"


def test_links_lead_to_what_is_shown_and_the_rest_is_told_on_the_cards(
    view: ComparisonView,
) -> None:
    layout = view.canvas.layout_of(0)
    there = {placed.card.claim_id for placed in layout.cards}
    assert layout.links
    assert all(set(link.claims) <= there for link in layout.links)


def test_what_is_chosen_is_shown_with_what_stands_around_it(view: ComparisonView) -> None:
    view.session.select(Selection(claim_id=201))
    left = shown(view, Column.LEFT)
    assert 201 in left
    assert len(left) == MOST
    assert left[0] < 201 < left[-1]
    rect = view.canvas.hits.claim_rect(201)
    assert rect is not None
    assert view.canvas.viewport().rect().contains(rect.center().toPoint())
    assert len(shown(view, Column.RIGHT)) == MOST
    view.session.select(Selection(claim_id=1))
    assert shown(view, Column.LEFT)[0] == 1


def test_keys_go_on_beyond_what_is_shown(view: ComparisonView, qtbot: Any) -> None:
    last = 2 * MOST - 1
    view.session.select(Selection(claim_id=last))
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down)
    assert view.session.selection.claim_id == last + 2
    assert last + 2 in shown(view, Column.LEFT)


def test_all_of_them_can_be_shown(view: ComparisonView, qtbot: Any) -> None:
    canvas = view.canvas
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
    toggle = canvas.layout_of(0).toggle
    assert toggle is not None
    at = toggle.rect.center() + QPointF(0, dict(canvas.visible_rows())[0])
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert len(shown(view, Column.LEFT)) == len(shown(view, Column.RIGHT)) == PAIRS
    assert words_of_toggle(view) == "Show fewer"
    canvas.expand(0, False)
    assert len(shown(view, Column.LEFT)) == MOST


def test_a_row_costs_no_more_than_what_it_shows(
    view: ComparisonView, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    lay_out = rowlayout.lay_out_card

    def counted(claim_id: int, *more: Any, **named: Any) -> Any:
        made.append(claim_id)
        return lay_out(claim_id, *more, **named)

    monkeypatch.setattr(rowlayout, "lay_out_card", counted)
    view.canvas.reload()
    assert len(made) == 2 * MOST
