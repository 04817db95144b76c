"""The anchor: rows in view are measured, nothing jumps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.comparison.scroll import Anchor

HEIGHTS = st.lists(st.integers(20, 400), min_size=1, max_size=60)


class Rows:
    def __init__(self, heights: list[int]) -> None:
        self.heights = heights
        self.asked: set[int] = set()

    def measure(self, index: int) -> float:
        self.asked.add(index)
        return float(self.heights[index])


@given(HEIGHTS, st.lists(st.integers(-900, 900), max_size=30), st.integers(50, 700))
def test_scrolling_by_pixels_is_exact(heights: list[int], moves: list[int], view: int) -> None:
    rows = Rows(heights)
    anchor = Anchor([100.0] * len(heights), rows.measure)
    anchor.visible(view)
    truth = 0.0
    for move in moves:
        anchor.move_by(move)
        visible = anchor.visible(view)
        truth = min(max(truth + move, 0.0), max(0.0, float(sum(heights) - view)))
        index, top = visible[0]
        assert sum(heights[:index]) - top == truth
        assert visible == [
            (place, sum(heights[:place]) - truth)
            for place in range(visible[0][0], visible[-1][0] + 1)
        ]
        last, top = visible[-1]
        assert top < view
        assert last == len(heights) - 1 or top + heights[last] >= view


def test_a_jump_measures_only_what_it_lands_on() -> None:
    rows = Rows([150] * 50_000)
    anchor = Anchor([100.0] * 50_000, rows.measure)
    anchor.visible(800)
    anchor.jump(2_500_000)
    anchor.visible(800)
    anchor.jump_to_end(800)
    visible = anchor.visible(800)
    assert visible[-1] == (49_999, 650.0)
    assert len(rows.asked) < 40


def test_no_rows_no_view() -> None:
    anchor = Anchor([], lambda _: 0.0)
    anchor.jump(10)
    anchor.jump_to_end(10)
    assert anchor.visible(100) == []
    assert anchor.position == 0
