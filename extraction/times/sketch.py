"""What the words of an expression of time say, before it is known what they are counted from."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from extraction.times.values import Unit


class Kind(StrEnum):
    CALENDAR = "calendar"  # names a place on the calendar, perhaps without its year
    SHIFT = "shift"  # so many units from an anchor
    REFERENCE = "reference"  # PRESENT_REF, PAST_REF, FUTURE_REF
    DURATION = "duration"
    REPEATED = "repeated"
    STREAK = "streak"  # "for a sixth day in a row"
    HOLIDAY = "holiday"
    AGE = "age"


PUBLISHED = "published"
RUNNING = "running"
REPORTED = "reported"  # the period that a business report is about


class Sketch(msgspec.Struct, frozen=True):
    """An expression as read.

    For ``CALENDAR``: ``unit`` with ``year``, ``number`` (month, quarter, half), ``day``,
    ``weekday``, ``season``; what is not said is ``None``, 0 or empty. For ``SHIFT``: ``count``
    of ``unit`` (or of ``weekday``, ``number`` for a month, ``season``) from ``base``. ``inner``
    is the expression that this one is counted from or lies in. ``value`` holds the ready value
    of references, durations and repeated times. ``amount`` is the length of a duration in
    ``unit``, ``side`` says whether it lies behind (-1) or ahead (1) of its anchor.
    """

    kind: Kind
    unit: Unit = Unit.DAY
    year: int | None = None
    number: int = 0
    day: int = 0
    weekday: int = 0
    season: str = ""
    part: str = ""
    clock: int | None = None
    minutes: bool = True
    zone: str = ""
    count: int = 0
    base: str = ""
    value: str = ""
    mod: str = ""
    inner: Sketch | None = None
    amount: float | None = None
    side: int = 0
    short_year: bool = False
    numeric: str = ""


class Found(msgspec.Struct, frozen=True):
    """A sketch with the pieces it was read from, ``[first, last)``."""

    first: int
    last: int
    sketch: Sketch
