from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.timeline.layout import BESIDE, PADDING, Box, Half, Place, place
from desktop.timeline.pairs import paired
from tests.desktop.timeline.test_layout import WIDTH, boxes, widths_of


def of_one_day(count: int) -> list[Box]:
    return [Box(key, 450, 520, 460, 510) for key in range(count)]


def test_two_of_one_day_share_a_lane_with_a_label_on_either_side() -> None:
    layout = place(of_one_day(7), 3, WIDTH, widths_of)
    assert len(layout.placed) == 3
    both = paired(layout, WIDTH, widths_of)
    assert len(both.placed) == 6
    assert [box.key for box in both.left_over] == [6]
    for lane in range(3):
        upper, lower = sorted(
            (item for item in both.placed if item.lane == lane), key=lambda item: item.half
        )
        assert (upper.half, lower.half) == (Half.UPPER, Half.LOWER)
        assert {upper.place, lower.place} == {Place.LEFT, Place.RIGHT}


def test_a_sign_or_another_time_shares_none() -> None:
    signs = [Box(key, 450, 462, 450, 462) for key in range(3)]
    layout = place(signs, 1, WIDTH, widths_of)
    assert paired(layout, WIDTH, widths_of) == layout
    other = [Box(0, 450, 520, 450, 520), Box(1, 470, 560, 470, 560)]
    layout = place(other, 1, WIDTH, widths_of)
    assert len(paired(layout, WIDTH, widths_of).placed) == 1


def test_without_room_on_the_other_side_there_is_no_pair() -> None:
    near = [Box(key, 20, 90, 20, 90) for key in range(3)]
    layout = place(near, 1, WIDTH, widths_of)
    assert len(paired(layout, WIDTH, widths_of).placed) == 1


@settings(max_examples=200, deadline=None)
@given(boxes(), st.integers(1, 6), st.integers(0, 8))
def test_nothing_overlaps_and_nothing_is_lost(offered: list[Box], lanes: int, more: int) -> None:
    offered = [*offered, *(box._replace(key=box.key + 100) for box in of_one_day(more))]
    layout = place(offered, lanes, WIDTH, widths_of)
    both = paired(layout, WIDTH, widths_of)
    keys = [item.key for item in both.placed] + [box.key for box in both.left_over]
    assert sorted(keys) == sorted(box.key for box in offered)
    before = {item.key: item for item in layout.placed}
    for item in both.placed:
        assert item == before.get(item.key, item)._replace(half=item.half)
        if item.half is not Half.LOWER:
            continue
        assert item.label_x >= PADDING - 1e-6
        assert item.label_x + item.label_width <= WIDTH - PADDING + 1e-6
        for other in both.placed:
            if other.lane == item.lane and other.key != item.key and other.x0 != item.x0:
                assert other.left - item.right >= BESIDE or item.left - other.right >= BESIDE
