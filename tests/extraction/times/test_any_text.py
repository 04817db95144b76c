"""Whatever the text: spans hold, values have their form, and the time stays linear."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.times import find_times
from tests.extraction.times.helpers import analysis, published_on, read
from tests.growth import a_few_fast, growth

_VALUE = re.compile(
    r"(?:BC)?[\dX]{2,4}(?:-(?:[\dX]{2}(?:-[\dX]{2})?|W[\dX]{2}(?:-(?:\d|WE))?|Q[\dX]|H\d|SP|SU|FA|WI))?"
    r"(?:T(?:MO|AF|EV|NI|DT|XX|\d\d:\d\d(?:[+-]\d\d)?))?"
    r"|PT?(?:X|[\d.]+(?:e\+?\d+)?)(?:[SMHDWYQ]|DE|CE|ML|NI|WE|SE)|(?:PAST|PRESENT|FUTURE)_REF"
)

_WORDS = st.sampled_from(
    "Monday Sun. May March Oct. 4 31 1995 2020 264 99 BC B.C. AD of the a an last next this that "
    "same previous following early late mid end beginning in on at by since until from to - – , . "
    "/ : ( ) ' s ’ morning night noon midnight a.m. pm GMT EST 14 35 00 day days week months years "
    "decade century quarter half first second 3rd twelfth ago later earlier before after now "
    "yesterday tonight overnight spring fall of that year two hundred several few every each per "
    "row in straight weeklong Christmas Easter 1990 s ten million \n".split(" ")
)

_DAYS = st.sampled_from(["2021-06-16", "2024-02-29", "0001-01-01", "9999-12-31", None])


@settings(deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=200), _DAYS)
def test_spans_hold_and_values_have_their_form(text: str, published: str | None) -> None:
    found = read(text, published)
    for expression in found:
        assert expression.span.holds_in(text)
        assert expression.span.exact.strip() == expression.span.exact != ""
        assert _VALUE.fullmatch(expression.value), expression
        interval = expression.interval
        assert interval is None or interval.earliest <= interval.latest
    for left, right in pairwise(found):
        assert left.span.end <= right.span.start


@settings(deadline=None)
@given(st.text(alphabet="0123456789-/.: ,'’TZ", max_size=120))
def test_figures_of_any_shape(text: str) -> None:
    for expression in read(text):
        assert expression.span.holds_in(text)


@pytest.mark.parametrize(
    "piece",
    a_few_fast(
        ["3 a.m. on ", "of the end ", "1-", "1", "1 ", "1,111", "the ", "late ", "last last ",
         "in the ", "May ", "two hundred ", "and a half ", "12:", "'", "fifty-",
         "for the second day ", "April 6-", "(((", "a few "]
    ),
)  # fmt: skip
def test_hostile_lines_take_linear_time(piece: str) -> None:
    day = published_on("2021-06-16")
    short, long = (analysis(piece * (size // len(piece))) for size in (4_000, 32_000))
    assert growth(lambda: find_times(short, day), lambda: find_times(long, day)) < 32


def test_boilerplate_is_not_read() -> None:
    from extraction.model import Block, BlockKind
    from extraction.text import analyse

    text = "Updated June 3.\nIt fell on June 4."
    blocks = (Block(0, 15, BlockKind.BOILERPLATE), Block(16, 34, BlockKind.PARAGRAPH))
    found = find_times(analyse(text, blocks), published_on("2021-06-16"))
    assert [t.span.exact for t in found] == ["June 4"]
