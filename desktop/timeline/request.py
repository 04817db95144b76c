"""What is asked of a composition, and how text is measured for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop.timeline.axis import CalendarWords
from desktop.timeline.data import TimelineData, Zone
from desktop.timeline.labelforms import LabelForms
from desktop.timeline.scale import TimeScale


class Measure(Protocol):
    """Widths of text in pixels."""

    def body(self, text: str) -> float: ...

    def caption(self, text: str) -> float: ...

    def heading(self, text: str) -> float: ...

    def forms(self, label: str) -> Sequence[tuple[str, float]]:
        """The forms of a label, the longest first, with their widths as body text."""
        ...


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words in the picture, in the user's language."""

    earlier: str = "{count} earlier"
    later: str = "{count} later"
    shown: str = "{drawn} of {count} shown"
    folded: str = "{count} folded away"
    relations: tuple[str, ...] = ()
    """In the order of ``RELATIONS``."""
    number: Callable[[int], str] = "{:,}".format
    """A number with the locale's separators."""


@dataclass(frozen=True)
class Request:
    """What to compose. ``previous`` holds the lanes of the frame before."""

    data: TimelineData
    scale: TimeScale
    height: float
    words: CalendarWords
    measure: Measure
    names: Mapping[Zone, str]
    phrases: Phrases = Phrases()
    selected_claim: int | None = None
    selected_event: int | None = None
    hovered: int | None = None
    now: float | None = None
    known: float | None = None
    """What is shown had been published by then."""
    previous: Mapping[int, int] = field(default_factory=dict)
    pinned: frozenset[int] = frozenset()
    """Marks that come before all others, with their labels."""
    folded: frozenset[Zone] = frozenset()
    """Sides of which only the name and the number of their marks are shown."""
    lanes: Mapping[Zone, int] | None = None
    """Lanes of each zone, where they are not to follow from the marks."""
    hints: bool = True
    labels: LabelForms | None = None
    """Of ``data`` in ``measure``, where they are kept for the frames that follow."""
