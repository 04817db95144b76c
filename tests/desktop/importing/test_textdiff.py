"""Two versions as one text: nothing of either is lost, and nothing of it is markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importing import textdiff
from desktop.importing.textdiff import ADDED, EQUAL, GONE, compared, compared_html
from desktop.theme import load

TEXT = st.text("ab <&\n", max_size=60)


@given(TEXT, TEXT)
def test_each_text_can_be_read_off(old: str, new: str) -> None:
    parts = compared(old, new)
    assert "".join(text for kind, text in parts if kind != ADDED) == f"{old}\n"
    assert "".join(text for kind, text in parts if kind != GONE) == f"{new}\n"


def test_only_the_words_that_differ_are_marked() -> None:
    old = "A mill burned.\n\nThree people fell.\n\nIt rained."
    new = "A mill burned.\n\nNine people fell.\n\nIt rained."
    marked = [(kind, text.strip()) for kind, text in compared(old, new) if kind != EQUAL]
    assert marked == [(GONE, "Three"), (ADDED, "Nine")]


def test_a_long_stretch_is_not_compared_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textdiff, "MOST_WORDS", 3)
    assert [kind for kind, _ in compared("a b c", "a b d")] == [GONE, ADDED]


def test_nothing_of_an_article_is_markup() -> None:
    html = compared_html("<b>a</b>", "<i>c</i>", load("light"))
    assert "<b>" not in html
    assert "<i>" not in html
