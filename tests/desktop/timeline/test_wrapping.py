from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.timeline.wrapping import elided, in_lines

NAME = "The harbour masters of Tolmar"


def test_a_name_is_cut_at_a_word() -> None:
    assert elided(NAME, len, 29) == NAME
    assert elided(NAME, len, 20) == "The harbour masters…"
    assert elided("Incomprehensibility", len, 5) == "Inco…"


def test_a_name_goes_on_in_the_next_line() -> None:
    assert in_lines(NAME, len, 20, 2) == "The harbour masters\nof Tolmar"
    assert in_lines(NAME, len, 12, 2) == "The harbour\nmasters of…"
    assert in_lines(NAME, len, 12, 1) == "The harbour…"


@given(st.text("ab ", min_size=1, max_size=60), st.integers(3, 30), st.integers(1, 4))
def test_no_line_is_too_long(text: str, room: int, most: int) -> None:
    lines = in_lines(text, len, room, most).split("\n")
    assert len(lines) <= most
    assert all(len(line) <= room for line in lines)
