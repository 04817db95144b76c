"""Expressions that the end of a line cuts in two."""

from __future__ import annotations

import pytest

from tests.extraction.times.helpers import read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "Rockets hit the harbour of Marn and two ships in it early\nFriday morning.",
            "2021-06-11TMO",
        ),
        ("The chairman joined the firm in 1971. He became its treasurer two years\nlater.", "1973"),
        ("The bridge over the Lenn in the north was hit and closed on Sept.\n30.", "2020-09-30"),
        (
            "The inspectors had asked to see the books and returned the following\nMonday.",
            "2021-06-21",
        ),
    ],
)
def test_a_line_that_goes_on_is_read_with_the_next(text: str, value: str) -> None:
    found = read(text)
    assert found[-1].value == value
    assert text[found[-1].span.start : found[-1].span.end] == found[-1].span.exact


@pytest.mark.parametrize(
    "text",
    ["# Monday\n5 October", "A year\n14:35 It rained.", "The vote in May\n\n2019 was quiet."],
)
def test_a_heading_is_not(text: str) -> None:
    assert all("\n" not in expression.span.exact for expression in read(text))
