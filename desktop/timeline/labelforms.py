"""The labels of marks as they can be written: forms and widths, kept from frame to frame."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Protocol

from desktop.timeline.boxes import PIN, glyph_room
from desktop.timeline.data import Labels, TimelineData

MOST = 20_000
"""Labels kept; beyond that the store starts anew."""


WAITING = (float("inf"),)
"""The widths of a label that is not made yet: it finds no room."""


class Forms(Protocol):
    """Measures the forms of a label, the longest first, in pixels."""

    def forms(self, label: str) -> Sequence[tuple[str, float]]: ...


class LabelForms(dict[int, tuple[float, ...]]):
    """Of one ``TimelineData`` in one font. By the index of a mark the widths of its label, from
    the longest form to the shortest, with room for the sign of its speech act at the head, and
    before that of a pin where it is ``pinned``.

    A dictionary that fills itself: a layout asks hundreds of times a frame.
    """

    def __init__(self, data: TimelineData, measure: Forms, pinned: Set[int] = frozenset()) -> None:
        super().__init__()
        self._pinned = pinned
        self._data, self._measure = data, measure
        self._texts: dict[int, tuple[str, ...]] = {}
        self._left: int | None = None
        self.waiting = False
        """Whether labels that were asked for wait for the next frame."""

    def allow(self, most: int | None) -> None:
        """So many labels are made in the next frame, the most important ones; ``None`` for all.

        Making one takes longer than laying out and drawing it.
        """
        self._left, self.waiting = most, False

    def prepare(self, wanted: Sequence[int]) -> None:
        """Let the labels that are not yet known be fetched at once."""
        labels = self._data.labels
        if isinstance(labels, Labels):
            missing = [index for index in wanted if index not in self]
            if missing:
                labels.prepare(missing[: self._left])

    def __missing__(self, index: int) -> tuple[float, ...]:
        if len(self) > MOST:
            self.clear()
            self._texts.clear()
        if self._left is not None:
            if not self._left:
                self.waiting = True
                return WAITING
            self._left -= 1
        extra = glyph_room(self._data, index) + (PIN if index in self._pinned else 0.0)
        forms = self._measure.forms(self._data.labels[index])
        self._texts[index] = tuple(text for text, _ in forms)
        found = self[index] = tuple(width + extra for _, width in forms)
        return found

    def text(self, index: int, form: int) -> str:
        """A form of a label whose widths were asked for."""
        if index not in self:
            self[index]
        return self._texts[index][form]
