"""The labels of marks as they can be written: forms and widths, kept from frame to frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.timeline.boxes import glyph_room
from desktop.timeline.data import TimelineData

MOST = 20_000
"""Labels kept; beyond that the store starts anew."""


class Forms(Protocol):
    """Measures the forms of a label, the longest first, in pixels."""

    def forms(self, label: str) -> Sequence[tuple[str, float]]: ...


class LabelForms:
    """Of one ``TimelineData`` in one font: by the index of a mark, for layouts ask thousands of
    times a frame.
    """

    def __init__(self, data: TimelineData, measure: Forms) -> None:
        self.data, self.measure = data, measure
        self._kept: dict[int, tuple[float, ...]] = {}

    def widths(self, index: int) -> tuple[float, ...]:
        """From the longest form to the shortest, with the sign of the speech act at the head."""
        found = self._kept.get(index)
        if found is None:
            if len(self._kept) > MOST:
                self._kept.clear()
            extra = glyph_room(self.data, index)
            forms = self.measure.forms(self.data.labels[index])
            found = self._kept[index] = tuple(width + extra for _, width in forms)
        return found

    def text(self, index: int, form: int) -> str:
        return self.measure.forms(self.data.labels[index])[form][0]
