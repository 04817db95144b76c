"""What a stretch without white space is cut into, whatever stands behind it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.text.tokens import plain_cut, token_spans


@given(
    st.text(alphabet="abNOtcnéÉ", min_size=1, max_size=8),
    st.sampled_from(["", *',;:!?"”)', ".", "'s", "-", "/b"]),
    st.sampled_from([" a", " 1", "\n\nB", ' "C', ""]),
)
def test_a_plain_word_is_cut_as_the_long_way_would(word: str, mark: str, after: str) -> None:
    stretch = word + mark
    cut = plain_cut(stretch)
    if cut:
        pieces = [(0, cut), (cut, len(stretch))] if cut < len(stretch) else [(0, cut)]
        assert pieces == token_spans(stretch + after, 0, len(stretch))
        assert stretch[:cut] == word


@pytest.mark.parametrize("stretch", ["cannot", "cannot,", "U.S.", "don't", "10am", ",", "x@y.com"])
def test_what_takes_a_closer_look_is_no_plain_word(stretch: str) -> None:
    assert plain_cut(stretch) == 0
