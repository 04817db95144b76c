"""Both ends of a range, and what a date takes over from the one it is paired with."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.times import dates
from extraction.times import words as W
from extraction.times.numbers import is_figure
from extraction.times.scan import Pieces
from extraction.times.sketch import Found, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None


def extend(p: Pieces, found: list[Found]) -> int:
    """Adds the right end of ``April 6-7``, ``1915-17``; gives the piece to go on from."""
    left = found[-1]
    sketch, end = left.sketch, left.last
    if sketch.kind is not Kind.CALENDAR or p.lower[end] not in (*W.RANGE_LINKS, "and", ",", "/"):
        return end
    while sketch.unit is Unit.DAY and sketch.day and sketch.number:
        day = dates.day_number(p, end + 1)
        if day is None or dates.day_first(p, end + 1) or p.lower[end] == "/":
            break
        if day[0] <= sketch.day or dates.counts_noun(p, day[1]) or p.lower[day[1]] in W.UNITS:
            break
        if p.lower[end] in ("and", ",") and not _ends_list(p, day[1]):
            break
        right, last = dates.year_tail(p, day[1], replace(sketch, day=day[0], year=None, part=""))
        if right.year is None:
            right = replace(right, year=sketch.year)
        elif sketch.year is None:
            found[-1] = replace(found[-1], sketch=replace(sketch, year=right.year))
        found.append(Found(end + 1, last, right))
        sketch, end = right, last
        if p.lower[end] not in (*W.RANGE_LINKS, "and", ","):
            break
    if sketch.unit is Unit.YEAR and sketch.year and sketch.year > 0 and end == left.last:
        short = p.lower[end + 1]
        if p.lower[end] in ("-", "–", "/") and is_figure(short) and len(short) == 2:
            year = sketch.year // 100 * 100 + int(short)
            if year > sketch.year and not p.lower[end + 2].isdecimal():
                right = Sketch(Kind.CALENDAR, Unit.YEAR, year=year)
                found.append(Found(end + 1, end + 2, right))
                return end + 2
    return end


def _ends_list(p: Pieces, end: int) -> bool:
    following = p.lower[end]
    return not following.isalpha() or following in W.FUNCTION_WORDS


def inherit(p: Pieces, found: list[Found]) -> list[Found]:
    """A date without a year takes it from the one it is paired with: "April and June 1955"."""
    for index in range(len(found) - 2, -1, -1):
        left, right = found[index], found[index + 1]
        a, b = left.sketch, right.sketch
        if right.first - left.last > 2 or a.kind is not Kind.CALENDAR or b.kind is not a.kind:
            continue
        between = p.lower[left.last : right.first]
        if not between or any(
            w not in (*W.RANGE_LINKS, "and", "or", ",", "the", "from", "on", "in") for w in between
        ):
            continue
        if "," in between and "and" not in between and "or" not in between:
            continue
        if a.year is not None or a.inner is not None or b.short_year:
            continue
        if b.inner is not None and a.number and b.number and a.unit is Unit.MONTH:
            found[index] = replace(left, sketch=replace(a, inner=b.inner))
        if b.year is None:
            continue
        if a.unit in (Unit.DAY, Unit.MONTH) and b.unit in (Unit.DAY, Unit.MONTH) and a.number:
            year = b.year - 1 if b.number and a.number > b.number else b.year
            found[index] = replace(left, sketch=replace(a, year=year))
        elif a.unit in (Unit.SEASON, Unit.QUARTER, Unit.HALF) and b.unit is a.unit:
            found[index] = replace(left, sketch=replace(a, year=b.year))
    return found
