from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.timeline.scale import (
    MINUTE,
    NARROWEST,
    WIDEST,
    YEAR,
    TimeScale,
    civil,
    day_number,
    of_date,
    to_datetime,
    to_days,
)

moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))


@given(st.dates())
def test_day_numbers_agree_with_the_calendar(day: date) -> None:
    number = (day - date(1970, 1, 1)).days
    assert of_date(day) == number
    assert civil(number) == (day.year, day.month, day.day)


@given(st.integers(-4_000_000, 4_000_000))
def test_day_numbers_of_any_year_come_back(number: int) -> None:
    assert day_number(*civil(number)) == number
    assert civil(number + 1) > civil(number)


@given(moments)
def test_moments_come_back_to_the_second(moment: datetime) -> None:
    assert abs(to_datetime(to_days(moment)) - moment) < timedelta(seconds=1)


def test_what_a_datetime_cannot_hold_stays_at_its_ends() -> None:
    assert to_datetime(-5000 * YEAR) == datetime.min
    assert to_datetime(9000 * YEAR).year == 9999


@given(
    st.floats(-800_000, 800_000),
    st.floats(NARROWEST, WIDEST),
    st.floats(0.05, 20),
    st.floats(0, 1400),
)
def test_zoom_keeps_what_is_under_the_cursor(
    start: float, span: float, factor: float, at: float
) -> None:
    scale = TimeScale(start, start + span, 1400)
    zoomed = scale.zoomed(factor, at)
    assert zoomed.days(at) == pytest.approx(scale.days(at), abs=max(span, zoomed.span) * 1e-6)
    assert NARROWEST * 0.999 <= zoomed.span <= WIDEST * 1.001


def test_pixels_and_days_are_inverse() -> None:
    scale = TimeScale(100, 110, 1000)
    assert scale.x(105) == 500
    assert scale.days(scale.x(102.5)) == pytest.approx(102.5)
    assert scale.moved(100).start == pytest.approx(101)
    assert scale.pixels_per_day * MINUTE == pytest.approx(100 / 1440)
