"""Days that a part of the day or a clock time can belong to."""

from __future__ import annotations

from extraction.times import dates, figures, relative
from extraction.times import words as W
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None


def dated(p: Pieces, at: int) -> Read:
    """A date that a part of the day or a clock time can belong to."""
    start = at + 1 if p.lower[at] == "the" else at
    read = (
        dates.weekday_first(p, start)
        or dates.month_first(p, start)
        or dates.day_first(p, start)
        or figures.in_figures(p, start)
        or (deictic(p, at) if p.lower[at] in W.DEICTIC else None)
        or _related_day(p, at)
    )
    if read is not None and (read[0].unit is not Unit.DAY or read[0].kind is Kind.DURATION):
        return None
    if read is None and start > at:
        day = dates.day_number(p, start)
        if day is not None and p.lower[start + 1] in W.ORDINAL_SUFFIXES:
            return Sketch(Kind.CALENDAR, Unit.DAY, day=day[0]), day[1]
    return read


def _related_day(p: Pieces, at: int) -> Read:
    read = relative.related(p, at)
    if read is None or read[0].kind is not Kind.SHIFT or read[0].part:
        return None
    return read


def deictic(p: Pieces, at: int) -> Read:
    count = W.DEICTIC[p.lower[at]]
    end = at + 1
    if p.lower[end] == "'" and p.lower[end + 1] == "s" and p.lower[end + 2] in W.PARTS:
        return None
    return Sketch(Kind.SHIFT, Unit.DAY, count=count, base=PUBLISHED, value="deictic"), end
