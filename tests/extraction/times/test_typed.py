"""Times as a person types them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.model import Precision
from extraction.times.typed import typed_interval

ANCHOR = datetime(2031, 5, 7)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "precision"),
    [
        ("2031", (2031, 1, 1), (2031, 12, 31), Precision.YEAR),
        ("2031-03", (2031, 3, 1), (2031, 3, 31), Precision.MONTH),
        ("2031-03-04", (2031, 3, 4), (2031, 3, 4), Precision.DAY),
        ("2031-03-04/2031-03-06", (2031, 3, 4), (2031, 3, 6), Precision.WEEK),
        ("199X", (1990, 1, 1), (1999, 12, 31), Precision.DECADE),
        ("19XX", (1900, 1, 1), (1999, 12, 31), Precision.CENTURY),
        ("1984~", (1984, 1, 1), (1984, 12, 31), Precision.YEAR),
        ("2031-21", (2031, 3, 1), (2031, 5, 31), Precision.SEASON),
        ("2031-06-XX", (2031, 6, 1), (2031, 6, 30), Precision.MONTH),
        ("4 October 2030", (2030, 10, 4), (2030, 10, 4), Precision.DAY),
        ("last Sunday", (2031, 5, 4), (2031, 5, 4), Precision.DAY),
        ("yesterday", (2031, 5, 6), (2031, 5, 6), Precision.DAY),
        ("between 3 March 2030 and 9 March 2030", (2030, 3, 3), (2030, 3, 9), Precision.DAY),
    ],
)
def test_what_is_meant(
    words: str, earliest: tuple[int, ...], latest: tuple[int, ...], precision: Precision
) -> None:
    found = typed_interval(words, ANCHOR)
    assert found is not None
    assert found.earliest == datetime(*earliest)  # type: ignore[arg-type]
    assert found.latest == datetime(*latest, 23, 59)  # type: ignore[arg-type]
    assert found.precision is precision


def test_a_minute() -> None:
    found = typed_interval("2031-03-04 05:06", ANCHOR)
    assert found is not None
    assert found.earliest == found.latest == datetime(2031, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("words", "is_open"),
    [("2031-03/..", (False, True)), ("../2031-03", (True, False)), ("2031-03/", (False, True))],
)
def test_open_ends(words: str, is_open: tuple[bool, bool]) -> None:
    found = typed_interval(words, ANCHOR)
    assert found is not None
    assert (found.open_start, found.open_end) == is_open
    assert found.earliest == datetime(2031, 3, 1)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "soon enough",
        "..",
        "/",
        "2031-13",
        "2031-02-30 10:00",
        "4 October 2030 or 77",
        "31 Septober 2030 77",
        "-0480",
        "Y17000",
        "2031/1",
    ],
)
def test_what_means_nothing_here(words: str) -> None:
    assert typed_interval(words, ANCHOR) is None


@given(st.text(max_size=40) | st.text("0123456789-/.X~?[]{},YTZ: ", max_size=20))
def test_nothing_typed_breaks_it(words: str) -> None:
    found = typed_interval(words, ANCHOR)
    assert found is None or found.earliest <= found.latest
