"""Offsets between code points, which records count in, and UTF-16 units, which Qt counts in."""

from __future__ import annotations

import re
from bisect import bisect_left

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """Both ways for one text; free where the text holds nothing beyond the basic plane.

    ``units`` is the length of the text in UTF-16 units.
    """

    def __init__(self, text: str) -> None:
        self._points = [match.start() for match in _BEYOND.finditer(text)]
        self._starts = [place + index for index, place in enumerate(self._points)]
        self.units = len(text) + len(self._points)

    def to_units(self, point: int) -> int:
        """UTF-16 offset of a code point offset."""
        return point + bisect_left(self._points, point) if self._points else point

    def to_points(self, unit: int) -> int:
        """Code point offset of a UTF-16 offset; between the halves of a pair, of its character."""
        return unit - bisect_left(self._starts, unit) if self._starts else unit
