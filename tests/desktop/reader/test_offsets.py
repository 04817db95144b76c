"""Code points and UTF-16 units."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.reader.offsets import Offsets, breaks_for, broken_at

TEXT = st.text(alphabet=st.sampled_from("ab \n\u05d0\u0301\U0001f525\U00010348"), max_size=80)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXT)
def test_every_offset_goes_both_ways(text: str) -> None:
    offsets = Offsets(text)
    assert offsets.units == units(text)
    for point in range(len(text) + 1):
        unit = offsets.to_units(point)
        assert unit == units(text[:point])
        assert offsets.to_points(unit) == point


def test_the_middle_of_a_pair_belongs_to_its_character() -> None:
    assert Offsets("a\U0001f525b").to_points(2) == 1


@given(TEXT, st.integers(1, 12))
def test_lines_that_are_broken_for_the_screen_keep_every_offset(text: str, longest: int) -> None:
    breaks = breaks_for(text, longest)
    shown = broken_at(text, breaks)
    assert max(map(len, shown.split("\n"))) <= 2 * longest
    offsets = Offsets(text, breaks)
    assert offsets.units == units(shown)
    encoded = shown.encode("utf-16-le")
    for point, character in enumerate(text):
        unit = offsets.to_units(point)
        assert encoded[2 * unit :].decode("utf-16-le")[0] == character
        assert offsets.to_points(unit) == point
