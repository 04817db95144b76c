from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.timeline.dates import room_around, stretch
from desktop.timeline.scale import civil, of_date, to_days

ANCHOR = datetime(2031, 5, 14)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1994", datetime(1994, 1, 1), datetime(1995, 1, 1)),
        ("2020-10", datetime(2020, 10, 1), datetime(2020, 11, 1)),
        ("2020-12", datetime(2020, 12, 1), datetime(2021, 1, 1)),
        (" 2020-10-04 ", datetime(2020, 10, 4), datetime(2020, 10, 5)),
        ("2020-10-04T18:30", datetime(2020, 10, 4, 18, 30), datetime(2020, 10, 4, 18, 31)),
        ("4 October 2020", datetime(2020, 10, 4), datetime(2020, 10, 5)),
        ("October 4, 2020", datetime(2020, 10, 4), datetime(2020, 10, 5)),
    ],
)
def test_dates_in_figures_and_in_words(text: str, start: datetime, end: datetime) -> None:
    found = stretch(text, ANCHOR)
    assert found is not None
    assert found[0] == pytest.approx(to_days(start))
    assert found[1] == pytest.approx(to_days(end), abs=0.001)


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("199X", (1990, 1, 1), (2000, 1, 1)),
        ("20XX", (2000, 1, 1), (2100, 1, 1)),
        ("1984?", (1984, 1, 1), (1985, 1, 1)),
        ("2004-06~", (2004, 6, 1), (2004, 7, 1)),
        ("2004-22", (2004, 6, 1), (2004, 9, 1)),
        ("2004-24", (2004, 12, 1), (2005, 3, 1)),
        ("2004-06-XX", (2004, 6, 1), (2004, 7, 1)),
        ("2004-06/2004-08", (2004, 6, 1), (2004, 9, 1)),
        ("2004/..", (2004, 1, 1), (2005, 1, 1)),
        ("../1985-04-12", (1985, 4, 12), (1985, 4, 13)),
        ("-0043", (-43, 1, 1), (-42, 1, 1)),
        ("44 BCE", (-43, 1, 1), (-42, 1, 1)),
        ("Y-17000", (-17000, 1, 1), (-16999, 1, 1)),
        ("early March 2021", (2021, 3, 1), (2021, 3, 13)),
        ("last Sunday", (2031, 5, 11), (2031, 5, 12)),
        ("summer of 2020", (2020, 6, 1), (2020, 9, 1)),
    ],
)
def test_edtf_and_words(
    text: str, first: tuple[int, int, int], after: tuple[int, int, int]
) -> None:
    found = stretch(text, ANCHOR)
    assert found is not None
    assert civil(int(found[0] // 1)) == first
    assert civil(int((found[1] - 0.001) // 1) + 1) == after


@settings(deadline=None, max_examples=40)
@given(st.dates(), st.dates())
def test_any_day_and_any_interval_comes_back(one: date, other: date) -> None:
    assert stretch(one.isoformat(), ANCHOR) == (of_date(one), of_date(one) + 1)
    first, last = sorted((one, other))
    assert stretch(f"{first}/{last}", ANCHOR) == (of_date(first), of_date(last) + 1)


@given(st.text(alphabet="0123456789-XY/.?~ T:", max_size=16))
def test_nothing_typed_is_too_much(text: str) -> None:
    found = stretch(text, ANCHOR)
    assert found is None or found[0] < found[1]


def test_words_are_read_from_where_the_view_is() -> None:
    found = stretch("last week", ANCHOR)
    assert found is not None
    assert to_days(datetime(2031, 5, 3)) <= found[0] < found[1] <= to_days(datetime(2031, 5, 13))


@pytest.mark.parametrize(
    "text", ["", "   ", "nothing of the kind", "2020-13", "2020-02-30", "12 March 99999"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert stretch(text, ANCHOR) is None


def test_a_view_around_a_date_shows_what_is_near() -> None:
    start, end = room_around(100.0, 101.0)
    assert (start, end) == (98.5, 102.5)
    assert room_around(100.0, 100.0) == pytest.approx((100 - 4 / 24, 100 + 4 / 24))


def test_a_season_fills_the_view_and_a_day_stands_in_its_middle() -> None:
    start, end = room_around(100.0, 192.0)
    assert 92 / (end - start) > 0.7
    start, end = room_around(100.0, 107.0)
    assert 0.4 < 7 / (end - start) < 0.7
