"""Where a long list of rows stands, when only the rows that are seen have a known height.

The truth is an anchor: the row at the top of the view and how far it is scrolled. Heights above
the anchor may be guesses; correcting one never moves what is on the screen.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Anchor:
    """``measure(index)`` gives a row's true height in pixels; it is asked only for rows in view."""

    def __init__(self, estimates: ArrayLike, measure: Callable[[int], float]) -> None:
        self._heights: NDArray[np.float64] = np.array(estimates, dtype=np.float64)
        self._measure = measure
        self.measured: set[int] = set()
        """Rows whose height is known and no guess."""
        self.row = 0
        self.into = 0.0
        """How many pixels of the row lie above the view."""

    @property
    def total(self) -> float:
        """Height of all rows, as far as it is known."""
        return float(self._heights.sum())

    @property
    def position(self) -> float:
        """Pixels above the view, as far as they are known."""
        return float(self._heights[: self.row].sum()) + self.into

    def height_of(self, row: int) -> float:
        """A row's height, as far as it is known."""
        return float(self._heights[row])

    def move_to(self, row: int, into: float = 0.0) -> None:
        self.row, self.into = row, into

    def move_by(self, distance: float) -> None:
        """Scroll by pixels that the eye can follow: exact, whatever the guesses above are."""
        self.into += distance

    def jump(self, position: float) -> None:
        """Scroll to a place on the scroll bar, by what is known of the heights."""
        ends = np.cumsum(self._heights)
        if not len(ends):
            return
        self.row = min(int(np.searchsorted(ends, position, side="right")), len(ends) - 1)
        above = float(ends[self.row] - self._heights[self.row])
        self.into = min(max(position - above, 0.0), max(self._height(self.row) - 1, 0.0))

    def jump_to_end(self, view: float) -> None:
        count = len(self._heights)
        if count:
            self.row = count - 1
            self.into = self._height(self.row) - view

    def visible(self, view: float) -> list[tuple[int, float]]:
        """Rows in a view of that height with the top of each; settles the anchor on the way."""
        count = len(self._heights)
        if not count:
            self.row, self.into = 0, 0.0
            return []
        self.row = min(self.row, count - 1)
        self._climb()
        rows, bottom = self._downwards(view)
        if bottom < view and (self.row or self.into > 0):
            # The end of the list has come above the bottom of the view.
            self.into -= view - bottom
            self._climb()
            rows, _ = self._downwards(view)
        return rows

    def _height(self, index: int) -> float:
        height = self._measure(index)
        self._heights[index] = height
        self.measured.add(index)
        return height

    def _climb(self) -> None:
        while self.into < 0 and self.row > 0:
            self.row -= 1
            self.into += self._height(self.row)
        self.into = max(self.into, 0.0)
        while self.row < len(self._heights) - 1 and self.into >= self._height(self.row):
            self.into -= self._height(self.row)
            self.row += 1

    def _downwards(self, view: float) -> tuple[list[tuple[int, float]], float]:
        rows = []
        top = -self.into
        index = self.row
        while top < view and index < len(self._heights):
            rows.append((index, top))
            top += self._height(index)
            index += 1
        return rows, top
