"""Times in words."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QLocale

from db.rows import ReviewState, Status
from desktop.vocabulary import name_of, relation_seen_from_target
from desktop.wording import (
    day_in_words,
    interval_in_words,
)
from extraction.model import (
    DateBasis,
    FuzzyInterval,
    Precision,
    RelationType,
    Scope,
    SpeechAct,
    Verification,
)

ENGLISH = QLocale(QLocale.Language.English)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2031-03-04T00:00", "2031-03-04T23:59", "day", "4 March 2031"),
        ("2031-03-04T00:00", "2031-03-05T23:59", "day", "4 to 5 March 2031"),
        ("2031-02-27T00:00", "2031-03-05T23:59", "day", "27 February to 5 March 2031"),
        ("2030-12-27T00:00", "2031-01-05T23:59", "day", "27 December 2030 to 5 January 2031"),
        ("2031-03-03T00:00", "2031-03-09T23:59", "week", "3 to 9 March 2031"),
        ("1994-01-01T00:00", "1994-12-31T23:59", "year", "in 1994"),
        ("1992-01-01T00:00", "1994-12-31T23:59", "year", "1992 to 1994"),
        ("1990-01-01T00:00", "1999-12-31T23:59", "decade", "in the 1990s"),
        ("1990-01-01T00:00", "1993-12-31T23:59", "decade", "in the early 1990s"),
        ("1997-01-01T00:00", "1999-12-31T23:59", "decade", "in the late 1990s"),
        ("1994-01-01T00:00", "1996-12-31T23:59", "decade", "in the mid-1990s"),
        ("1901-01-01T00:00", "2000-12-31T23:59", "century", "in the 20th century"),
        ("2031-03-01T00:00", "2031-03-31T23:59", "month", "March 2031"),
        ("2031-03-01T00:00", "2031-04-30T23:59", "month", "March to April 2031"),
        ("2031-06-01T00:00", "2031-08-31T23:59", "season", "in the summer of 2031"),
        ("2030-12-01T00:00", "2031-02-28T23:59", "season", "in the winter of 2030 to 2031"),
        ("2031-03-04T14:05", "2031-03-04T14:05", "minute", "14:05 on 4 March 2031"),
        ("2031-03-04T14:00", "2031-03-04T14:59", "hour", "14:00 to 15:00 on 4 March 2031"),
        (
            "2031-03-04T21:00",
            "2031-03-04T23:59",
            "part-of-day",
            "late in the evening of 4 March 2031",
        ),
        ("2031-03-04T06:00", "2031-03-04T11:59", "part-of-day", "in the morning of 4 March 2031"),
        ("2031-03-04T12:00", "2031-03-04T17:59", "part-of-day", "in the afternoon of 4 March 2031"),
        ("2031-03-04T18:00", "2031-03-04T23:59", "part-of-day", "in the evening of 4 March 2031"),
        ("2031-03-04T22:00", "2031-03-05T05:59", "part-of-day", "in the night of 4 March 2031"),
    ],
)
def test_an_interval_is_said_as_exactly_as_it_is_known(
    start: str, end: str, precision: str, words: str
) -> None:
    interval = FuzzyInterval(moment(start), moment(end), Precision(precision))
    assert interval_in_words(interval, ENGLISH) == words


def test_open_ends_are_said() -> None:
    start, end = moment("2031-03-04T00:00"), moment("2031-03-09T23:59")
    since = FuzzyInterval(start, end, Precision.DAY, open_end=True)
    until = FuzzyInterval(start, end, Precision.DAY, open_start=True)
    both = FuzzyInterval(start, end, Precision.DAY, open_start=True, open_end=True)
    assert interval_in_words(since, ENGLISH) == "since 4 March 2031"
    assert interval_in_words(until, ENGLISH) == "by 9 March 2031"
    assert interval_in_words(both, ENGLISH) == "4 to 9 March 2031, perhaps longer"


def test_the_year_that_goes_without_saying_is_left_out() -> None:
    evening = FuzzyInterval(
        moment("2031-03-04T20:00"), moment("2031-03-04T23:59"), Precision.PART_OF_DAY
    )
    assert interval_in_words(evening, ENGLISH, year=2031) == "late in the evening of 4 March"
    assert interval_in_words(evening, ENGLISH, year=2030).endswith("4 March 2031")


def test_days_and_months_follow_the_locale() -> None:
    german = QLocale(QLocale.Language.German)
    interval = FuzzyInterval(moment("2031-03-04T00:00"), moment("2031-03-04T23:59"), Precision.DAY)
    assert "März" in interval_in_words(interval, german)
    assert day_in_words(interval.earliest.date(), ENGLISH, year=False) == "4 Mar, Tuesday"


@pytest.mark.parametrize(
    "kind",
    [
        SpeechAct,
        RelationType,
        Status,
        ReviewState,
        Verification,
        Precision,
        Scope,
        DateBasis,
    ],
)
def test_every_code_has_a_word(kind: type) -> None:
    assert all(name_of(code) for code in kind)


def test_every_relation_can_be_told_from_its_target() -> None:
    assert all(relation_seen_from_target(kind).strip() for kind in RelationType)
    assert relation_seen_from_target(RelationType.DENIES) == "denied by"
