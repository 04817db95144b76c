"""Offsets between code points, which records count in, and UTF-16 units, which Qt counts in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_BEYOND = re.compile("[\U00010000-\U0010ffff]")

LONGEST_LINE = 4000
"""Qt lays a paragraph out as a whole at every touch: one of a megabyte takes 12 s a frame."""


def breaks_for(text: str, longest: int = LONGEST_LINE) -> list[int]:
    """Where lines that are too long are broken for the screen: after a blank if there is one."""
    breaks = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        while end - start > 2 * longest:
            blank = text.find(" ", start + longest, start + 2 * longest)
            start = blank + 1 if blank >= 0 else start + longest
            breaks.append(start)
        start = end + 1
    return breaks


def broken_at(text: str, breaks: Sequence[int]) -> str:
    """The text with a line break put in at each of the places."""
    pieces = [text[a:b] for a, b in zip((0, *breaks), (*breaks, len(text)), strict=True)]
    return "\n".join(pieces)


class Offsets:
    """Both ways for one text, of which the screen shows ``broken_at(text, breaks)``.

    ``units`` is the length of what is shown in UTF-16 units.
    """

    def __init__(self, text: str, breaks: Sequence[int] = ()) -> None:
        self._length = len(text)
        self._points = [match.start() for match in _BEYOND.finditer(text)]
        self._breaks = breaks
        self.units = len(text) + len(self._points) + len(breaks)

    def to_units(self, point: int) -> int:
        """UTF-16 offset of a code point offset."""
        return point + bisect_left(self._points, point) + bisect_right(self._breaks, point)

    def to_points(self, unit: int) -> int:
        """Code point offset of a UTF-16 offset; between the halves of a pair, of its character."""
        if not self._points and not self._breaks:
            return unit
        return max(bisect_right(range(self._length + 1), unit, key=self.to_units) - 1, 0)
