"""Find in the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.reader.find import find_all


def test_case_and_line_breaks_do_not_matter() -> None:
    text = "The Dam. \U0001f525 the\ndam broke"
    assert [text[a:b] for a, b in find_all(text, "the dam")] == ["The Dam", "the\ndam"]
    assert find_all(text, "  ") == []
    assert find_all(text, "(") == []


@given(st.text(alphabet="ab \n.*(", max_size=60), st.text(alphabet="ab .*(", max_size=4))
def test_finds_are_in_order_and_are_what_was_asked(text: str, words: str) -> None:
    previous = 0
    for start, end in find_all(text, words):
        assert previous <= start < end <= len(text)
        assert text[start:end].split() == words.split()
        previous = end
