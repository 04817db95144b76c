"""Dates that stand alone, and the latest day that a text names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.times import latest_named_day, parse_date


@pytest.mark.parametrize(
    "text",
    [
        "2023-11-08",
        "2023-11-08T14:35:11+02:00",
        "2023-11-08 14:35 UTC",
        "20231108",
        "Wed, 08 Nov 2023 18:25:11 +0000",
        "november 8th, 2023",
        "8 nov 2023",
        "8th of November 2023",
        "8.11.2023",
        "11/08/2023",
        "2023/11/08",
        "Nov 8 2023 6:30PM EDT",
        "Published: Wednesday, November 8, 2023 at 6:30 p.m.",
        "Wednesday 8th November 2023 09:12 BST",
    ],
)
def test_reads_a_written_date(text: str) -> None:
    assert parse_date(text) == date(2023, 11, 8)


def test_day_comes_first_where_it_can_be_no_month() -> None:
    assert parse_date("25/12/2023") == date(2023, 12, 25)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023",
        "yesterday",
        "November 8",
        "2023-02-30",
        "8 Nov 2023, updated 9 Nov 2023",
        "x" * 999,
    ],
)
def test_gives_none_where_no_one_date_is_told(text: str) -> None:
    assert parse_date(text) is None


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31)))
def test_reads_back_every_iso_date(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day} {day:%B} {day.year}") == day


@settings(deadline=None)
@given(st.text(max_size=300))
def test_never_fails(text: str) -> None:
    parse_date(text)
    named = latest_named_day(text)
    assert named is None or named.span.holds_in(text)


def test_latest_day_without_a_year() -> None:
    text = "On March 2 the bridge fell. On March 4 it was shut. It opened on May 9, 1960."
    named = latest_named_day(text)
    assert named is not None
    assert (named.month, named.day, named.year) == (3, 4, None)
    assert named.span.exact == "March 4"


def test_january_follows_december() -> None:
    named = latest_named_day("On December 30 the town fell; on January 2 it was retaken.")
    assert named is not None
    assert (named.month, named.day) == (1, 2)


def test_announced_day_does_not_count() -> None:
    named = latest_named_day("The court met on 4 June. It will rule on 20 June.")
    assert named is not None
    assert (named.month, named.day) == (6, 4)


def test_year_decides_where_all_days_have_one() -> None:
    named = latest_named_day("Built on 3 May 1931, it burned on 2 February 1999.")
    assert named is not None
    assert (named.month, named.day, named.year) == (2, 2, 1999)


def test_no_day_named() -> None:
    assert latest_named_day("In May the river rose. In 1999 it froze.") is None
