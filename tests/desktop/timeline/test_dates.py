from __future__ import annotations

from datetime import datetime

import pytest

from desktop.timeline.dates import room_around, stretch
from desktop.timeline.scale import to_days

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


def test_words_are_read_from_where_the_view_is() -> None:
    found = stretch("last week", ANCHOR)
    assert found is not None
    assert to_days(datetime(2031, 5, 3)) <= found[0] < found[1] <= to_days(datetime(2031, 5, 13))


@pytest.mark.parametrize("text", ["", "   ", "nothing of the kind", "2020-13", "2020-02-30"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert stretch(text, ANCHOR) is None


def test_a_view_around_a_date_shows_what_is_near() -> None:
    start, end = room_around(100.0, 101.0)
    assert (start, end) == (98.5, 102.5)
    assert room_around(100.0, 100.0) == pytest.approx((100 - 4 / 24, 100 + 4 / 24))
