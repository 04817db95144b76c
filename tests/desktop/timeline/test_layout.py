from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.timeline.counters import CHIP_GAP, chips
from desktop.timeline.layout import (
    BAR_PAD,
    BESIDE,
    PADDING,
    Box,
    Place,
    Placed,
    place,
)

WIDTH = 1000.0


@st.composite
def boxes(draw: st.DrawFn) -> list[Box]:
    found = []
    for key in range(draw(st.integers(0, 60))):
        x0 = draw(st.floats(-400, 1400))
        length = draw(st.floats(8, 900))
        fade = draw(st.floats(0, 0.4)) * length
        filled, slide = draw(st.booleans()), draw(st.sampled_from([0.0, 0.0, 80.0]))
        found.append(Box(key, x0, x0 + length, x0 + fade, x0 + length - fade, filled, slide))
    return found


def widths_of(key: int) -> Sequence[float]:
    longest = 40.0 + key * 37 % 260
    return [longest, longest * 0.6, longest * 0.35]


def stretches(placed: Sequence[Placed]) -> dict[int, list[Placed]]:
    lanes: dict[int, list[Placed]] = {}
    for item in placed:
        lanes.setdefault(item.lane, []).append(item)
    return lanes


@settings(max_examples=300, deadline=None)
@given(boxes(), st.integers(1, 8), st.booleans())
def test_nothing_overlaps_and_nothing_is_lost(
    offered: list[Box], lanes: int, labelled_only: bool
) -> None:
    layout = place(offered, lanes, WIDTH, widths_of, labelled_only=labelled_only)
    keys = sorted([item.key for item in layout.placed] + [box.key for box in layout.left_over])
    assert keys == [box.key for box in offered]
    for taken in stretches(layout.placed).values():
        taken.sort(key=lambda item: item.left)
        for one, other in itertools.pairwise(taken):
            assert other.left - one.right >= 2 * BAR_PAD - 1e-6
            # A label is nearer to its own bar than to any other.
            if one.place is Place.RIGHT or other.place is Place.LEFT:
                assert other.left - one.right > BESIDE + BAR_PAD
    for item in layout.placed:
        assert 0 <= item.lane < lanes
        if item.place is not Place.NOWHERE:
            assert item.label_x >= PADDING - 1e-6
            assert item.label_x + item.label_width <= WIDTH - PADDING + 1e-6
            assert item.label_width == widths_of(item.key)[item.form]
        if item.place is Place.INSIDE:
            assert item.x0 <= item.label_x
            assert item.label_x + item.label_width <= item.x1
        if item.place is Place.RIGHT:
            assert item.label_x >= item.x1
        if item.place is Place.LEFT:
            assert item.label_x + item.label_width <= item.x0


def test_what_may_be_moved_stands_beside_others_of_its_time() -> None:
    same = [Box(key, 494, 506, 494, 506, slide=120) for key in range(6)]
    assert len(place(same, 1, WIDTH, lambda key: [90.0]).placed) > 1
    layout = place(same, 1, WIDTH, lambda key: [990.0])
    assert len(layout.placed) == 6
    for item in layout.placed:
        assert item.x0 >= 374
        assert item.x1 <= 626
    fixed = place([box._replace(slide=0.0) for box in same], 1, WIDTH, lambda key: [90.0])
    assert len(fixed.placed) == 1


def test_a_label_does_not_stay_behind_where_its_bar_is_moved() -> None:
    first, second = Box(0, 0, 204, 0, 204), Box(1, 153, 213, 153, 213, filled=False, slide=80)
    placed = place([first, second], 1, WIDTH, widths_of).placed
    assert len(placed) == 2
    assert placed[1].place is not Place.INSIDE or placed[1].label_x >= placed[1].x0


def test_labels_grow_only_into_what_is_free() -> None:
    pair = [Box(0, 100, 110, 100, 110), Box(1, 300, 310, 300, 310)]
    placed = place(pair, 1, WIDTH, lambda key: [400.0, 160.0, 50.0]).placed
    assert [(item.place, item.form) for item in placed] == [(Place.RIGHT, 1), (Place.RIGHT, 0)]


def test_the_most_important_comes_first() -> None:
    same = [Box(key, 100, 200, 100, 200) for key in range(5)]
    layout = place(same, 2, WIDTH, widths_of)
    assert [item.key for item in layout.placed] == [0, 1]
    assert [item.lane for item in layout.placed] == [0, 1]


def test_a_lane_is_kept_from_frame_to_frame() -> None:
    lone = [Box(7, 100, 200, 100, 200)]
    assert place(lone, 4, WIDTH, widths_of, previous={7: 3}).placed[0].lane == 3
    assert place(lone, 2, WIDTH, widths_of, previous={7: 3}).placed[0].lane == 0


def test_what_is_wanted_is_drawn_without_its_label_too() -> None:
    filled = [Box(0, 0, 950, 0, 950), Box(1, 974, 1200, 980, 1200)]
    bare = place(filled, 1, WIDTH, lambda key: [300.0], labelled_only=True)
    assert [item.key for item in bare.placed] == [0]
    wanted = place(filled, 1, WIDTH, lambda key: [300.0], labelled_only=True, always={1})
    assert [item.key for item in wanted.placed] == [0, 1]


def test_a_label_hides_no_pattern_where_there_is_room_beside() -> None:
    hatched = Box(0, 400, 560, 400, 560, filled=False)
    assert place([hatched], 1, WIDTH, lambda key: [130.0]).placed[0].place is Place.RIGHT
    filled = Box(0, 400, 560, 400, 560)
    assert place([filled], 1, WIDTH, lambda key: [130.0]).placed[0].place is Place.INSIDE


@settings(max_examples=200)
@given(st.lists(st.integers(0, 2000), max_size=60), st.floats(300, 1500))
def test_counters_do_not_touch_and_count_everything(counts: list[int], width: float) -> None:
    bucket = width / max(len(counts), 1)
    found = chips(counts, bucket, 100, width - 8, lambda number: 14 + 7 * len(str(number)))
    assert sum(chip.count for chip in found) == sum(counts)
    for first, second in itertools.pairwise(found):
        assert second.left - first.right >= CHIP_GAP - 1e-6
        assert first.last <= second.first + 1e-6
    for chip in found:
        assert chip.left >= 100 - 1e-6
        assert chip.right <= width - 8 + 1e-6
        inside = counts[round(chip.first / bucket) : round(chip.last / bucket)]
        assert sum(inside) == chip.count


def test_a_shorter_label_is_better_than_one_that_hides_the_bar() -> None:
    # Wall to wall, so that there is no room beside it; the whole label would cover the bar.
    bar = Box(0, 20, 900, 300, 700)
    placed = place([bar], 1, WIDTH, lambda key: [850.0, 300.0]).placed[0]
    assert (placed.place, placed.form) == (Place.INSIDE, 1)
    assert placed.label_x >= 300
