"""Periods of business reports: ``the latest quarter``, ``the year-earlier period``, ``first half``.

They lean on the quarter that the report is about, which is the one last named, else the one that
ended last before publication.
"""

from __future__ import annotations

from msgspec.structs import replace

from extraction.times import dates
from extraction.times import words as W
from extraction.times.numbers import is_figure, ordinal
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, REPORTED, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None

_UNITS = {
    "quarter": Unit.QUARTER,
    "half": Unit.HALF,
    "period": Unit.QUARTER,
    "month": Unit.MONTH,
    "week": Unit.WEEK,
    "year": Unit.YEAR,
}
_NEAR = 16


def period(p: Pieces, at: int) -> Read:
    """The period of a report that begins there, with or without its determiner."""
    if p.lower[at] == "this":
        return _of_relative_year(p, at)
    start = at + 1 if p.lower[at] in W.DETERMINERS else at
    word = p.lower[start]
    if word == "latest":
        return _latest(p, start + 1)
    if word == "most" and p.lower[start + 1] == "recent":
        return _latest(p, start + 2)
    if word == "year":
        return _year_earlier(p, start)
    if word == "quarter" and start > at and p.lower[start + 1] in W.ENDED:
        return _ended(p, start + 1)
    if word in W.COMPARED:
        return _compared(p, start + 1)
    if word in ("last", "this", "next"):
        return _of_relative_year(p, start)
    if is_figure(word):
        return _of_year(p, start)
    if word in ("first", "second"):
        return _half(p, start)
    return None


def _latest(p: Pieces, at: int) -> Read:
    """``the latest quarter``, ``the latest fiscal year``."""
    noun = at + 1 if p.lower[at] == "fiscal" else at
    unit = _UNITS.get(p.lower[noun])
    if unit is None or unit is Unit.HALF:
        return None
    return Sketch(Kind.SHIFT, unit, count=-1, base=REPORTED), noun + 1


def _year_earlier(p: Pieces, at: int) -> Read:
    """``year-earlier quarter``, ``year-ago period``, ``the year before period``."""
    link = at + 2 if p.lower[at + 1] == "-" else at + 1
    if p.lower[link] not in ("earlier", "ago", "before"):
        return None
    if p.lower[link + 1] == "-" and p.glued(link + 1):
        return None
    noun = p.lower[link + 1]
    if link == at + 1 and noun not in _UNITS:
        return None
    end = link + 2 if noun in _UNITS else link + 1
    return _year_before(noun), end


def _year_before(noun: str) -> Sketch:
    unit = _UNITS.get(noun, Unit.YEAR)
    vague = noun if noun == "period" else ""
    return Sketch(Kind.SHIFT, unit, count=-1, base=REPORTED, side=-1, value=vague)


def _ended(p: Pieces, at: int) -> Read:
    """``the quarter`` of "the quarter ended Sept. 30"."""
    day = dates.month_first(p, at + 1) or dates.day_first(p, at + 1)
    if day is None or not day[0].number:
        return None
    return Sketch(Kind.CALENDAR, Unit.QUARTER, inner=day[0]), at


def _compared(p: Pieces, at: int) -> Read:
    """``the like period of 1988``, ``the same quarter last year``, ``a year earlier``."""
    word = p.lower[at]
    if word not in ("quarter", "period", "month", "half", "week"):
        return None
    after = at + 2 if p.lower[at + 1] in ("of", "in") else at + 1
    if p.lower[after] == "a" and p.lower[after + 1] == "year":
        if p.lower[after + 2] in ("earlier", "ago", "before"):
            return _year_before(word), after + 3
        return None
    vague = word if word == "period" else ""
    told = Sketch(Kind.CALENDAR, _UNITS[word], base=REPORTED, value=vague)
    year = dates.year_number(p, after)
    if year is not None:
        return replace(told, year=year[0], short_year=year[2]), year[1]
    relative = dates.relative_year(p, after)
    return (replace(told, inner=relative[0]), relative[1]) if relative else None


def _of_relative_year(p: Pieces, at: int) -> Read:
    """``last year's third quarter``."""
    if p.lower[at + 1] != "year" or p.lower[at + 2 : at + 4] != ["'", "s"]:
        return None
    named = _numbered(p, at + 4)
    if named is None:
        return None
    inner = Sketch(Kind.SHIFT, Unit.YEAR, count=W.RELATIVE[p.lower[at]][0], base=PUBLISHED)
    return replace(named[0], inner=inner), named[1]


def _of_year(p: Pieces, at: int) -> Read:
    """``the 1988 quarter``, ``1989's first half``, ``the 1988 third quarter``."""
    year = dates.year_number(p, at)
    if year is None:
        return None
    start = year[1]
    if p.lower[start : start + 2] == ["'", "s"]:
        start += 2
    named = _numbered(p, start)
    if named is not None:
        return replace(named[0], year=year[0]), named[1]
    unit = _UNITS.get(p.lower[start])
    if start > year[1] or unit not in (Unit.QUARTER, Unit.HALF):
        return None
    return Sketch(Kind.CALENDAR, unit, year=year[0], base=REPORTED), start + 1


def _numbered(p: Pieces, at: int) -> Read:
    start = at + 1 if p.lower[at] == "fiscal" else at
    place = ordinal(p, start)
    if place is None:
        return None
    noun = place[1] + 1 if p.lower[place[1]] == "-" else place[1]
    unit = _UNITS.get(p.lower[noun]) if p.lower[noun] in ("quarter", "half") else None
    if unit is None or place[0] > (4 if unit is Unit.QUARTER else 2):
        return None
    return Sketch(Kind.CALENDAR, unit, number=place[0]), noun + 1


def _half(p: Pieces, at: int) -> Read:
    """``the first half`` where the words around it are of business, not of a match."""
    noun = at + 2 if p.lower[at + 1] == "-" else at + 1
    if p.lower[noun] != "half" or p.lower[noun + 1] in ("of", "hour", "century", "-"):
        return None
    around = p.lower[max(0, at - _NEAR) : noun + _NEAR]
    if not any(word in W.BUSINESS for word in around) or any(w in W.SPORT for w in around):
        return None
    number = 1 if p.lower[at] == "first" else 2
    sketch = Sketch(Kind.CALENDAR, Unit.HALF, number=number)
    return dates.year_tail(p, noun + 1, sketch)


def is_of_sport(p: Pieces, at: int) -> bool:
    """Whether the words around a quarter or half are of a match."""
    return any(word in W.SPORT for word in p.lower[max(0, at - _NEAR) : at + _NEAR])
