"""Links through the gutter."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from db.rows import RelationRow, ReviewState
from desktop.comparison.columns import Columns, columns_for
from desktop.comparison.links import route, spread
from desktop.comparison.rows import Column, Link
from extraction.model import RelationType

COLUMNS = columns_for(900, 480, 100)


def link(number: int, kind: RelationType, source: int, target: int) -> Link:
    """Odd claims stand at the left, even ones at the right."""
    row = RelationRow(number, kind, source, target, 0.8, False, ReviewState.SUGGESTED, ())
    sides = [Column.LEFT if claim % 2 else Column.RIGHT for claim in (source, target)]
    return Link(row, sides[0], sides[1])


def cards(count: int) -> dict[int, QRectF]:
    return {
        number: QRectF(
            COLUMNS.left if number % 2 else COLUMNS.right, (number - 1) // 2 * 100, 300, 92
        )
        for number in range(1, count + 1)
    }


@given(
    st.lists(st.floats(-500, 1500), min_size=1, max_size=30),
    st.floats(1, 40),
    st.floats(0, 200),
    st.floats(300, 2000),
)
def test_spread_keeps_order_distance_and_bounds(
    wanted: list[float], gap: float, low: float, high: float
) -> None:
    wanted.sort()
    places = spread(wanted, gap, low, high)
    fitting = min(gap, (high - low) / max(len(wanted) - 1, 1))
    assert all(low - 1e-6 <= place <= high + 1e-6 for place in places)
    assert all(b - a >= fitting - 1e-6 for a, b in itertools.pairwise(places))


def test_level_cards_are_joined_by_a_level_line(app: QApplication) -> None:
    placed, bottom = route([link(1, RelationType.DENIES, 2, 1)], cards(2), COLUMNS, 0, 92)
    box = placed[0].path.boundingRect()
    assert box.height() < 1
    assert (box.left(), box.right()) == (COLUMNS.gutter_left, COLUMNS.right)
    assert bottom == 92
    assert placed[0].words == "denies"


def test_a_link_leads_from_words_to_words(app: QApplication) -> None:
    words = {1: QRectF(COLUMNS.left, 24, 280, 18), 2: QRectF(COLUMNS.right, 60, 280, 18)}
    placed, _ = route([link(1, RelationType.DENIES, 2, 1)], cards(2), COLUMNS, 0, 92, words)
    ends = {strand.claim: strand.path.pointAtPercent(0).y() for strand in placed[0].strands}
    assert words[1].top() <= ends[1] <= words[1].bottom()
    assert words[2].top() <= ends[2] <= words[2].bottom()


def test_lines_too_many_for_the_words_take_the_whole_card(app: QApplication) -> None:
    many = [link(n, kind, 2, 1) for n, kind in enumerate(list(RelationType)[:5])]
    words = {n: QRectF(rect.left(), 24, 280, 18) for n, rect in cards(2).items()}
    placed, _ = route(many, cards(2), COLUMNS, 0, 92, words)
    ends = sorted(strand.path.pointAtPercent(0).y() for link in placed for strand in link.strands)
    assert ends[-1] - ends[0] > words[1].height()
    assert ends[-1] < 92


def test_one_denial_of_many_claims_has_one_name(app: QApplication) -> None:
    links = [link(number, RelationType.DENIES, 2, number) for number in (1, 3, 5, 7)]
    placed, _ = route(links, cards(8), COLUMNS, 0, 400)
    assert [one.words for one in placed] == ["denies 4"]
    assert set(placed[0].claims) == {2, 1, 3, 5, 7}
    assert len([strand for strand in placed[0].strands if strand.head]) == 4


def test_names_never_lie_on_each_other(app: QApplication) -> None:
    kinds = [RelationType.DENIES, RelationType.ADMITS, RelationType.ANSWERS]
    links = [link(n, kinds[n % 3], 2 * (n % 7) + 2, 2 * (n % 5) + 1) for n in range(40)]
    placed, bottom = route(links, cards(14), COLUMNS, 0, 700)
    pills = sorted((one.pill for one in placed), key=QRectF.top)
    assert all(a.bottom() <= b.top() + 1e-6 for a, b in itertools.pairwise(pills))
    assert pills[-1].bottom() <= bottom + 1e-6
    assert all(pill.left() >= COLUMNS.gutter_left for pill in pills)


def test_a_link_within_a_column_swings_into_the_gutter(app: QApplication) -> None:
    placed, _ = route([link(1, RelationType.UPDATES, 3, 1)], cards(4), COLUMNS, 0, 200)
    box = placed[0].path.boundingRect()
    assert box.left() == COLUMNS.gutter_left
    assert box.right() < COLUMNS.right


@given(st.floats(380, 4000), st.floats(40, 150))
def test_columns_fit_every_width(width: float, gutter: float) -> None:
    columns: Columns = columns_for(width, 480, gutter)
    assert columns.gutter_width >= gutter
    assert columns.card_width <= 480
    end = columns.right + columns.card_width
    if columns.third_width:
        assert columns.third_left > end
        end = columns.third_left + columns.third_width
    assert columns.left >= 14
    assert end <= width - 13


def test_a_link_gives_the_lines_of_one_claim(app: QApplication) -> None:
    """In a crowded row these alone are drawn: 20 denials of 20 allegations are 400 lines."""
    links = [
        link(number, RelationType.DENIES, 2 * source, 2 * target - 1)
        for number, (source, target) in enumerate(
            itertools.product(range(1, 21), range(1, 21)), start=1
        )
    ]
    placed, _ = route(links, cards(40), COLUMNS, 0, 2000)
    assert sum(len(one.strands) for one in placed) > 400
    for one in placed:
        assert {strand.claim for strand in one.strands} == set(one.claims)
        assert [strand.claim for strand in one.strands_to(())] == [one.hub]
        assert one.strands_to((one.hub,)) == one.strands
        other = next(claim for claim in one.claims if claim != one.hub)
        assert {strand.claim for strand in one.strands_to((other,))} == {one.hub, other}
