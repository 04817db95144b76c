"""Whole dates outside of an article's reading: what its header, file or reader says."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from extraction.model import Span
from extraction.times import grammar, values
from extraction.times import words as W
from extraction.times.scan import Pieces, scan
from extraction.times.sketch import Kind, Sketch
from extraction.times.values import Point, Unit

_LONGEST = 200
_BEFORE = 9
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6})?Z?\s*\Z")


class NamedDay(msgspec.Struct, frozen=True):
    """A day that a text names; ``year`` is ``None`` where the text holds none."""

    month: int
    day: int
    year: int | None
    span: Span


def latest_named_day(text: str) -> NamedDay | None:
    """The latest day with a month that the text itself names, ``None`` where it names none.

    Days with a year count by their date. Days without one count within the twelve months that
    end after the largest gap between them, so that January follows December. If both occur,
    those without a year decide: they are the ones near the day of writing. Days that the text
    announces ("will open on May 3") do not count.
    """
    pieces = scan(text, ((0, len(text)),))
    named: list[NamedDay] = []
    for found in grammar.find(pieces):
        sketch = found.sketch
        if sketch.kind is not Kind.CALENDAR or sketch.inner is not None or not _is_day(sketch):
            continue
        if _lies_ahead(pieces, found.first):
            continue
        span = Span.cut(text, pieces.starts[found.first], pieces.ends[found.last - 1])
        named.append(NamedDay(sketch.number, sketch.day, sketch.year, span))
    yearless = [day for day in named if day.year is None]
    if yearless:
        return _latest_in_cycle(yearless)
    return max(named, key=lambda d: (d.year or 0, d.month, d.day), default=None)


def _lies_ahead(pieces: Pieces, first: int) -> bool:
    """Whether the words before the date, in its sentence, announce it: "will open on May 3"."""
    for at in range(first - 1, max(-1, first - _BEFORE), -1):
        if pieces.lower[at] in (".", "\n"):
            return False
        if pieces.lower[at] in W.AHEAD_STRONG:
            return True
    return False


def _is_day(sketch: Sketch) -> bool:
    point = Point(Unit.DAY, sketch.year, sketch.number, sketch.day)
    whole = sketch.unit is Unit.DAY and sketch.number > 0 and sketch.day > 0
    return whole and not sketch.short_year and values.is_valid(point)


def _latest_in_cycle(days: list[NamedDay]) -> NamedDay:
    """The last day before the longest stretch of the year in which none is named."""
    places = {_day_of_year(day): day for day in reversed(days)}
    order = sorted(places)
    gaps = [
        ((order[(index + 1) % len(order)] - place) % 366 or 366, place)
        for index, place in enumerate(order)
    ]
    return places[max(gaps)[1]]


def _day_of_year(day: NamedDay) -> int:
    return (date(2000, day.month, day.day) - date(2000, 1, 1)).days


def parse_date(text: str) -> date | None:
    """The date that a person, a header or a metadata field wrote, in words or in figures.

    Takes ``2020-10-05T14:35Z``, ``Mon, 5 Oct 2020 18:25``, ``October 5th, 2020``, ``5.10.2020``;
    of 5/10/2020 the month is taken first unless that gives none. ``None`` where no whole date
    with a year stands there, or where two different ones do.
    """
    text = text[:_LONGEST]
    compact = _COMPACT.match(text)
    if compact:
        return _date(*(int(part) for part in compact.groups()))
    pieces = scan(text.title(), ((0, len(text.title())),))
    dates = {day for found in grammar.find(pieces) if (day := _whole(found.sketch)) is not None}
    return dates.pop() if len(dates) == 1 else None


def _whole(sketch: Sketch) -> date | None:
    if sketch.kind is not Kind.CALENDAR or sketch.year is None or sketch.unit is not Unit.DAY:
        return None
    if sketch.numeric:
        mark = next(c for c in sketch.numeric if not c.isdecimal())
        first, second = (int(part) for part in sketch.numeric.split(mark))
        if mark == "." or first > 12:
            first, second = second, first
        return _date(sketch.year, first, second)
    year = sketch.year + 2000 if sketch.short_year else sketch.year
    return _date(year, sketch.number, sketch.day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
