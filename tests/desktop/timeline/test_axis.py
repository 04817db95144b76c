from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.timeline.axis import ENGLISH, GAP, AxisTicks, CalendarWords, Tick, ticks
from desktop.timeline.scale import MINUTE, YEAR, TimeScale, day_number

AMERICAN = CalendarWords(ENGLISH.months, ENGLISH.months_short, ENGLISH.weekdays_short, False, True)


def measure(text: str) -> float:
    return 6.3 * len(text)


def wide(text: str) -> float:
    return 11.0 * len(text)


def labelled(row: tuple[Tick, ...]) -> list[Tick]:
    return [tick for tick in row if tick.label]


def at(year: int, month: int, day: int, span: float, width: float = 850) -> AxisTicks:
    start = float(day_number(year, month, day))
    return ticks(TimeScale(start, start + span, width), ENGLISH, measure)


@settings(max_examples=400, deadline=None)
@given(
    st.floats(-1_800_000, 1_800_000),
    st.floats(0, 1).map(lambda share: (10 * MINUTE) * (3000 * YEAR / (10 * MINUTE)) ** share),
    st.floats(240, 3000),
    st.sampled_from([ENGLISH, AMERICAN]),
    st.sampled_from([measure, wide]),
    st.floats(0, 100),
    st.floats(0, 100),
)
def test_ticks_never_collide(
    start: float,
    span: float,
    width: float,
    words: CalendarWords,
    measuring: object,
    left: float,
    right: float,
) -> None:
    assert callable(measuring)
    scale = TimeScale(start, start + span, width)
    found = ticks(scale, words, measuring, left=left, right=right)
    for row in (found.lower, found.upper):
        shown = labelled(row)
        for first, second in itertools.pairwise(shown):
            assert second.label_x - first.label_end >= GAP - 1e-6
        for tick in shown:
            assert tick.label_x >= 0
            assert tick.label_end <= width + 1e-6
    for tick in labelled(found.upper):
        assert tick.label_x >= left
        assert tick.label_end <= width - right + 1e-6
    xs = [tick.x for tick in found.lower]
    assert xs == sorted(xs)
    assert len(found.lower) >= 1


@settings(max_examples=200, deadline=None)
@given(
    st.floats(-600_000, 600_000),
    st.floats(0, 1).map(lambda share: (10 * MINUTE) * (3000 * YEAR / (10 * MINUTE)) ** share),
)
def test_an_ordinary_view_always_has_labels(start: float, span: float) -> None:
    found = ticks(TimeScale(start, start + span, 850), ENGLISH, measure)
    assert len(labelled(found.lower)) >= 2


@pytest.mark.parametrize(
    ("span", "lower", "upper"),
    [
        (10 * MINUTE, "00:01", "Sun 27 Sep 2020"),
        (0.4, "01:00", "Sun 27 Sep 2020"),
        (9, "Mon 28", "October 2020"),
        (60, "28 Sep", "October 2020"),
        (400, "Oct", "2021"),
        (4000, "2021", "2020s"),
        (40_000, "2030", "2000s"),
        (400_000, "2200", None),
    ],
)
def test_rows_name_a_unit_and_the_one_around_it(span: float, lower: str, upper: str | None) -> None:
    found = at(2020, 9, 27, span)
    assert lower in [tick.label for tick in found.lower]
    names = [tick.label for tick in found.upper if tick.label]
    assert (upper in names) if upper else not names


def test_weeks_begin_on_monday() -> None:
    # 28 September 2020 was one.
    assert "28 Sep" in [tick.label for tick in at(2020, 9, 27, 60).lower]


def test_the_unit_that_began_before_the_view_keeps_its_name() -> None:
    found = at(2020, 9, 28, 2)
    first = labelled(found.upper)[0]
    assert first.label_x < 10
    assert "Sep" in first.label


def test_years_before_the_first_are_named_so() -> None:
    labels = [tick.label for tick in at(-300, 1, 1, 800 * YEAR).lower]
    assert "101 BCE" in labels or "201 BCE" in labels
    assert "200" in labels


def test_american_dates_and_times() -> None:
    start = float(day_number(2020, 9, 27)) + 0.5
    found = ticks(TimeScale(start, start + 0.2, 850), AMERICAN, measure)
    assert any("PM" in tick.label for tick in found.lower)
    assert "Sep 27" in labelled(found.upper)[0].label
