"""Where an expression lies on the calendar, how precisely, and what it was counted from."""

from __future__ import annotations

from datetime import datetime

import pytest

from extraction.model import Precision, TimeExpression
from tests.extraction.times.helpers import read


def one(text: str, published: str | None = "2021-06-16") -> TimeExpression:
    (expression,) = read(text, published)
    return expression


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("Tarn fell on June 3.", "2021-06-03T00:00", "2021-06-03T23:59", Precision.DAY),
        (
            "It fell on the evening of June 3.",
            "2021-06-03T18:00",
            "2021-06-03T23:59",
            Precision.PART_OF_DAY,
        ),
        ("It fell late on Sunday.", "2021-06-13T18:00", "2021-06-13T23:59", Precision.PART_OF_DAY),
        (
            "It fell on Saturday night.",
            "2021-06-12T18:00",
            "2021-06-12T23:59",
            Precision.PART_OF_DAY,
        ),
        ("Drones came overnight.", "2021-06-15T18:00", "2021-06-16T05:59", Precision.PART_OF_DAY),
        ("It fell at 14:35 on Monday.", "2021-06-14T14:35", "2021-06-14T14:35", Precision.MINUTE),
        ("It fell at 3 p.m. on Monday.", "2021-06-14T15:00", "2021-06-14T15:59", Precision.HOUR),
        ("It fell last week.", "2021-06-07T00:00", "2021-06-13T23:59", Precision.WEEK),
        ("It fell in April.", "2021-04-01T00:00", "2021-04-30T23:59", Precision.MONTH),
        ("It fell last winter.", "2020-12-01T00:00", "2021-02-28T23:59", Precision.SEASON),
        ("It ended in 1987.", "1987-01-01T00:00", "1987-12-31T23:59", Precision.YEAR),
        ("It fell in the 1990s.", "1990-01-01T00:00", "1999-12-31T23:59", Precision.DECADE),
        ("It fell in the early 1990s.", "1990-01-01T00:00", "1993-12-31T23:59", Precision.DECADE),
        ("It fell in the late 1990s.", "1996-01-01T00:00", "1999-12-31T23:59", Precision.DECADE),
        ("It fell in the 19th century.", "1800-01-01T00:00", "1899-12-31T23:59", Precision.CENTURY),
        ("It fell in early June.", "2021-06-01T00:00", "2021-06-12T23:59", Precision.MONTH),
        ("In the past 24 hours it fell.", "2021-06-15T00:00", "2021-06-16T23:59", Precision.DAY),
    ],
)
def test_bounds(text: str, earliest: str, latest: str, precision: Precision) -> None:
    interval = one(text).interval
    assert interval is not None
    assert interval.earliest == moment(earliest)
    assert interval.latest == moment(latest)
    assert interval.precision is precision
    assert not interval.open_start
    assert not interval.open_end


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("Rain fell on Tarn for a second day.", "2021-06-15"),
        ("Rain fell on Tarn for the sixth day in a row.", "2021-06-11"),
        ("Rain fell on Tarn for a third straight night.", "2021-06-14"),
        ("The strike entered its tenth day.", "2021-06-07"),
    ],
)
def test_streak_began_before_and_goes_on(text: str, earliest: str) -> None:
    expression = one(text)
    assert expression.interval is not None
    assert expression.interval.earliest == moment(earliest)
    assert expression.interval.latest.date() == moment("2021-06-16").date()
    assert expression.interval.open_end


def test_streak_counts_from_the_day_of_its_sentence() -> None:
    streak = read("On June 10 the town was shelled for a second day.")[1]
    assert streak.value == "2021-06-10"
    assert streak.interval is not None
    assert streak.interval.earliest == moment("2021-06-09")
    before = read("Shelled for a second day, the town fell on June 10.")[0]
    assert before.value == "2021-06-10"


def test_since_reaches_to_publication() -> None:
    interval = one("They have fought since May 2.").interval
    assert interval is not None
    assert interval.earliest == moment("2021-05-02")
    assert interval.latest == moment("2021-06-16T23:59")
    assert interval.open_end


@pytest.mark.parametrize("word", ["until", "by", "before"])
def test_until_leaves_the_start_open(word: str) -> None:
    interval = one(f"The bridge will reopen {word} Friday.").interval
    assert interval is not None
    assert interval.open_start
    assert interval.latest == moment("2021-06-18T23:59")


def test_part_of_day_belongs_to_the_day_of_its_sentence() -> None:
    day, morning = read("On June 4, Ostral wrote that, early in the morning, hail fell on Marn.")
    assert day.value == "2021-06-04"
    assert morning.value == "2021-06-04TMO"
    assert morning.anchor == "the day named in the sentence"


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("It fell on June 3.", "publication date, the nearest such day"),
        ("It fell last week.", "publication date"),
        ("It fell in 1987.", "its own words"),
        ("It fell on Wednesday.", "publication date, that very day"),
        ("It fell on Monday.", "publication date, before"),
    ],
)
def test_anchor_is_stated(text: str, anchor: str) -> None:
    assert one(text).anchor == anchor


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It fell on October 5.", "XXXX-10-05"),
        ("It fell on Monday.", "XXXX-WXX-1"),
        ("It fell in October.", "XXXX-10"),
        ("It fell last week.", "PAST_REF"),
        ("It fell yesterday.", "PAST_REF"),
        ("It fell on the evening of March 8.", "XXXX-03-08TEV"),
    ],
)
def test_without_publication_nothing_is_guessed(text: str, value: str) -> None:
    expression = one(text, None)
    assert expression.value == value
    assert expression.interval is None
    assert expression.anchor == "no date of publication is known"


def test_without_publication_whole_dates_still_hold() -> None:
    first, second = read("It fell on 3 May 2019. Two days later it was retaken.", None)
    assert (first.value, second.value) == ("2019-05-03", "2019-05-05")
    assert second.anchor == "the date last named"


@pytest.mark.parametrize(
    "text", ["It is quiet now.", "They hope for the coming days.", "Recently."]
)
def test_vague_references_have_no_interval(text: str) -> None:
    assert one(text).interval is None


def test_live_blog_times_belong_to_the_head_above_them() -> None:
    text = (
        "# Monday, June 14\n22:10 GMT Sirens in Tarn.\n23:55 GMT All clear.\n"
        "# Tuesday, June 15\n00:20 GMT New sirens. They had sounded the previous day as well."
    )
    values = [t.value for t in read(text)]
    assert values == [
        "2021-06-14",
        "2021-06-14T22:10+00",
        "2021-06-14T23:55+00",
        "2021-06-15",
        "2021-06-15T00:20+00",
        "2021-06-14",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It sank on 25/12/2019.", "2019-12-25"),
        ("It sank on 12/25/2019.", "2019-12-25"),
        ("It sank on 05.10.2019.", "2019-10-05"),
        ("On 7 May it sailed. It sank on 5/10/2020.", "2020-10-05"),
        ("On May 7 it sailed. It sank on 5/10/2020.", "2020-05-10"),
        ("It left on 25/12/2019. It sank on 5/10/2020.", "2020-10-05"),
    ],
)
def test_order_of_day_and_month_follows_the_text(text: str, value: str) -> None:
    assert read(text)[-1].value == value
