"""Dates in figures alone: ``2020-10-05``, ``5/10/2020``, ``05.10.2020``, ``10/30/89``."""

from __future__ import annotations

from extraction.times.numbers import is_figure
from extraction.times.scan import Pieces
from extraction.times.sketch import Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None


def in_figures(p: Pieces, at: int) -> Read:
    """``2020-10-05``, ``2020-10``, ``5/10/2020``, ``05.10.2020``."""
    first = p.lower[at]
    mark = p.lower[at + 1]
    if mark not in ("-", "/", ".") or mark == "" or not p.glued(at + 1) or not p.glued(at + 2):
        return None
    second = p.lower[at + 2]
    if not is_figure(second) or len(second) > 2 or p.lower[at - 1] in ("$", "£", "€", "-", "/"):
        return None
    whole = p.lower[at + 3] == mark and p.glued(at + 3) and p.glued(at + 4)
    third = p.lower[at + 4] if whole and is_figure(p.lower[at + 4]) else ""
    if len(first) == 4 and mark in "-/" and len(second) == 2:
        return _year_first(p, at, first, second, third)
    short = len(third) == 2 and mark == "/" and _is_short_date(p, at, first, second)
    if not third or len(first) > 2:
        return None
    if not short and (len(third) != 4 or not 1000 <= int(third) <= 2199):
        return None
    if p.lower[at + 5] == mark and p.glued(at + 6) and is_figure(p.lower[at + 6]):
        return None
    figures = f"{first}{mark}{second}"
    sketch = Sketch(Kind.CALENDAR, Unit.DAY, year=int(third), short_year=short, numeric=figures)
    return sketch, at + 5


def _is_short_date(p: Pieces, at: int, first: str, second: str) -> bool:
    """``10/30/89``, which no fourth figure follows and whose figures can be a day and a month."""
    if p.lower[at + 5] == "/" and p.glued(at + 5):
        return False
    one, other = int(first), int(second)
    return 1 <= min(one, other) <= 12 and max(one, other) <= 31 and min(one, other) > 0


def _year_first(p: Pieces, at: int, first: str, second: str, third: str) -> Read:
    if not 1000 <= int(first) <= 2199 or not 1 <= int(second) <= 12:
        return None
    if third and len(third) == 2 and 1 <= int(third) <= 31:
        sketch = Sketch(
            Kind.CALENDAR, Unit.DAY, year=int(first), number=int(second), day=int(third)
        )
        return sketch, at + 5
    # "2007-08" is a span of years, "2007-03" a month.
    if third or p.lower[at + 1] == "/" or int(second) > int(first) % 100:
        return None
    return Sketch(Kind.CALENDAR, Unit.MONTH, year=int(first), number=int(second)), at + 3
