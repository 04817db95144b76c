"""Days that have a name of their own: ``Christmas Eve``, ``Labor Day 1997``."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.times import dates
from extraction.times import words as W
from extraction.times.scan import Pieces
from extraction.times.sketch import Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None


def holiday(p: Pieces, at: int) -> Read:
    match = W.match_phrase(W.HOLIDAYS, p.lower, at)
    if match is None or not dates.is_capital(p, at) or p.lower[at - 1] == "white":
        return None
    rule, end = match
    year = dates.year_number(p, end)
    if year is None and p.lower[end] == ",":
        year = dates.year_number(p, end + 1)
    sketch = Sketch(Kind.HOLIDAY, Unit.DAY, value=rule)
    if year is not None:
        return replace(sketch, year=year[0], short_year=year[2]), year[1]
    return sketch, end
