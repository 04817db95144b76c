"""Periods counted from an anchor: ``last week``, ``the next day``, ``the past 24 hours``."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.times import dates
from extraction.times import words as W
from extraction.times.business import is_of_sport
from extraction.times.durations import (
    POINT_UNITS,
    amount,
    named_day,
    period_value,
    plain_year,
    unit_after,
    unit_word,
)
from extraction.times.numbers import ordinal
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, REPORTED, RUNNING, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None


def related(p: Pieces, at: int) -> Read:
    """``last week``, ``the previous day``, ``the past 24 hours``, ``that night``, ``next May``."""
    article = p.lower[at] in ("the", "its", "their", "his", "her", "a", "these", "those")
    start = at + 1 if article else at
    if p.lower[start] == "this" and p.lower[start + 1] == "past":
        return _period(p, start + 2, -1, PUBLISHED)
    if p.lower[start] in ("this", "that", "the") and p.lower[start + 1] in ("very", "same", "past"):
        start += 1 if p.lower[start + 1] != "very" else 2
    word = p.lower[start]
    if p.lower[at] == "the" and p.lower[at - 1] == "over" and word in ("years", "months", "weeks"):
        unit = word[:-1]
        return Sketch(Kind.DURATION, POINT_UNITS[unit], value=period_value(None, unit)), start + 1
    if word in W.STRETCHES:
        return _stretch(p, start, 0)
    if word == "recent":
        return _vague_stretch(p, start + 1, "PAST_REF")
    if word not in W.RELATIVE:
        return _bare_with_article(p, at) if article else None
    count, base = W.RELATIVE[word]
    after = start + 1
    if word == "same" and not article and start == at:
        return None
    if article and word == "next":
        base = RUNNING
    if word in ("coming", "upcoming", "forthcoming"):
        vague = _vague_stretch(p, after, "FUTURE_REF")
        if vague is not None:
            return vague
    if word == "last" and p.lower[after] == "night" and not article:
        return Sketch(Kind.SHIFT, Unit.DAY, count=-1, base=PUBLISHED, part="NI"), after + 1
    return _after_relative(p, start, count, base)


def _after_relative(p: Pieces, start: int, count: int, base: str) -> Read:
    word, after = p.lower[start], start + 1
    early = W.MODIFIERS[p.lower[after]] if p.lower[after] in ("early", "late", "mid") else ""
    if early:
        after += 2 if p.lower[after + 1] == "-" else 1
    period = _period(p, after, count, base)
    if period is None:
        return _stretch(p, start, count) if count or word in ("same", "that") else None
    sketch, end = period
    long = sketch.unit in POINT_UNITS.values() and sketch.unit is not Unit.DAY
    lasting = word == "last" and p.lower[start - 1] == "the" and p.lower[start - 2] in W.LASTING
    if (word == "past" or lasting) and long and not (sketch.part or early):
        value = period_value(1, str(sketch.unit))
        return Sketch(
            Kind.DURATION, sketch.unit, value=value, amount=1, side=-1, base=PUBLISHED
        ), end
    return replace(sketch, mod=early), end


def is_name(p: Pieces, at: int) -> bool:
    """Whether a month or a weekday stands there: after "that" it may begin a clause."""
    return p.lower[at] in W.MONTHS or p.lower[at] in W.WEEKDAYS


def _period(p: Pieces, at: int, count: int, base: str) -> Read:
    """What may follow ``last``, ``this``, ``the next``: a unit, weekday, month, season, part."""
    piece = p.lower[at]
    if p.lower[at] == "fiscal" and p.lower[at + 1] in ("year", "quarter"):
        at, piece = at + 1, p.lower[at + 1]
    unit = POINT_UNITS.get(piece)
    if (unit is not None or piece in W.PARTS) and dates.is_capital(p, at):
        return None
    if unit is not None:
        if p.lower[at + 1] == "'" and p.lower[at + 2] == "s":
            return Sketch(Kind.SHIFT, unit, count=count, base=base), at + 1
        part = W.PARTS.get(p.lower[at + 1]) if unit is Unit.DAY else None
        if part:
            return Sketch(Kind.SHIFT, unit, count=count, base=base, part=part), at + 2
        return Sketch(Kind.SHIFT, unit, count=count, base=base), at + 1
    if p.lower[at - 1] == "that" and p.lower[at - 2] not in W.DATE_PREPOSITIONS and is_name(p, at):
        ends = p.lower[at + 1] in (".", ",", ";", ")") and p.lower[at - 2] not in (",", ";")
        if not ends or W.MONTHS.get(p.lower[at]) is None:
            return None
    weekday = dates.weekday_name(p, at)
    if weekday is not None:
        return Sketch(Kind.SHIFT, Unit.DAY, weekday=weekday[0], count=count, base=base), weekday[1]
    month = dates.month_name(p, at)
    if month is not None:
        day = dates.day_number(p, month[1])
        if day is not None:
            return Sketch(
                Kind.SHIFT, Unit.DAY, number=month[0], day=day[0], count=count, base=base
            ), day[1]
        return Sketch(Kind.SHIFT, Unit.MONTH, number=month[0], count=count, base=base), month[1]
    if piece in W.SEASONS:
        return Sketch(
            Kind.SHIFT, Unit.SEASON, season=W.SEASONS[piece], count=count, base=base
        ), at + 1
    if piece in W.PARTS:
        return Sketch(Kind.SHIFT, Unit.DAY, count=count, base=base, part=W.PARTS[piece]), at + 1
    return None


def _stretch(p: Pieces, at: int, side: int) -> Read:
    """``the past 24 hours``, ``the first three years``, ``the following days``."""
    base = W.RELATIVE.get(p.lower[at], (0, ""))[1] or RUNNING
    told = amount(p, at + 1)
    count: float | None = None
    after = at + 1
    if told is not None and not told[2]:
        count, after = told[0], told[1]
    unit = unit_after(p, after, article=False) if told is not None else None
    if unit is None:
        plain = unit_word(p, after)
        if plain is None or not plain[1]:
            return None
        unit = plain[0], after + 1
    name, end = unit
    if p.lower[end] == "-" and p.lower[end + 1] == "old":
        return None
    if told is None and p.lower[end] == "of" and p.lower[at] in W.EDGES:
        whole = _whole(p, end + 1)
        if whole is not None:
            return replace(whole[0], mod=W.EDGES[p.lower[at]]), whole[1]
    if name == "night" and side < 0:
        return None
    return Sketch(
        Kind.DURATION,
        POINT_UNITS.get(name, Unit.DAY),
        value=period_value(count, name),
        amount=count,
        part="" if name in POINT_UNITS else name,
        side=side,
        base=base,
    ), end


def _whole(p: Pieces, at: int) -> Read:
    """A month, year, season or decade that something is the beginning or the end of."""
    start = at + 1 if p.lower[at] == "the" else at
    for read in (dates.month_first, dates.season, dates.decade, plain_year, dates.period_by_number):
        found = read(p, start)
        if found is not None and not found[0].day:
            return found
    return None


def _vague_stretch(p: Pieces, at: int, value: str) -> Read:
    """``recent weeks``, ``the coming days``."""
    after = at + 1 if p.lower[at] in ("few", "couple") else at
    unit = unit_word(p, after)
    if unit is None or not unit[1]:
        return None
    return Sketch(Kind.REFERENCE, value=value, base=PUBLISHED), after + 1


def _bare_with_article(p: Pieces, at: int) -> Read:
    """``the year``, ``the day before``, ``the morning after``: the period being told of."""
    if p.lower[at] != "the":
        return None
    piece = p.lower[at + 1]
    unit = POINT_UNITS.get(piece)
    part = W.PARTS.get(piece, "")
    if unit is None and not part:
        return None
    word, end = p.lower[at + 2], at + 3
    if word in ("before", "after", "following", "previous", "earlier"):
        count = 1 if word in ("after", "following") else -1
        if word == "before" and p.lower[at + 3] == "last" and unit is not None:
            return Sketch(Kind.SHIFT, unit, count=-2, base=PUBLISHED), at + 4
        if word == "before" and p.lower[at + 3] == "yesterday":
            return Sketch(Kind.SHIFT, Unit.DAY, count=-2, base=PUBLISHED), at + 4
        if word == "after" and p.lower[at + 3] == "tomorrow":
            return Sketch(Kind.SHIFT, Unit.DAY, count=2, base=PUBLISHED), at + 4
        sketch = Sketch(Kind.SHIFT, unit or Unit.DAY, count=count, base=RUNNING, part=part)
        inner = named_day(p, end)
        if inner is None and p.lower[end].isalpha() and p.lower[end] not in ("and", "but", "when"):
            sketch = replace(sketch, value="event")
        return (replace(sketch, inner=inner[0]), inner[1]) if inner else (sketch, end)
    if unit in (Unit.WEEK, Unit.WEEKEND) and word == "of" and (day := named_day(p, end)):
        return Sketch(Kind.SHIFT, unit, inner=day[0]), day[1]
    if unit is Unit.WEEKEND and p.lower[at - 1] in W.BEFORE_WEEKEND:
        return Sketch(Kind.SHIFT, unit, base="weekend"), end - 1
    if unit in (Unit.YEAR, Unit.MONTH, Unit.WEEK, Unit.QUARTER):
        return _told_period(p, at, unit)
    return None


def _told_period(p: Pieces, at: int, unit: Unit) -> Read:
    """``for the year``, ``in the quarter``, ``most of the month``: the one being told of."""
    before = p.lower[at - 1]
    if dates.is_capital(p, at + 1) or dates.year_number(p, at + 2):
        return None
    if unit is Unit.YEAR and p.lower[at + 2] in W.ENDED and before in W.BEFORE_PERIOD:
        return Sketch(Kind.DURATION, unit, value="P1Y", amount=1), at + 2
    if p.lower[at + 2 : at + 4] == ["'", "s"] and before not in ("of", "'"):
        return _reporting(p, at, unit)
    if before not in W.BEFORE_PERIOD:
        return None
    if p.lower[at + 2] in ("to", "ended", "ending", "of") or p.lower[at + 2] in W.UNITS:
        return None
    if before == "of":
        share = p.lower[at - 2]
        told = unit is Unit.YEAR and share not in W.OF_ANY_YEAR
        if share not in W.MODIFIERS and share not in W.SHARES and not told:
            return None
    return _reporting(p, at, unit)


def _reporting(p: Pieces, at: int, unit: Unit) -> Read:
    if unit is not Unit.QUARTER:
        return Sketch(Kind.SHIFT, unit, count=0, value="told"), at + 2
    if is_of_sport(p, at):
        return None
    return Sketch(Kind.SHIFT, unit, count=-1, base=REPORTED), at + 2


def ordinal_unit(p: Pieces, at: int) -> Read:
    """``the first week of October``, ``the last day of June``."""
    start = at + 1 if p.lower[at] == "the" else at
    last = p.lower[start] in ("last", "final")
    place = (-1, start + 1) if last else ordinal(p, start)
    if place is None:
        return None
    weekday = dates.weekday_name(p, place[1])
    if weekday is not None and p.lower[weekday[1]] in ("of", "in"):
        month = _whole(p, weekday[1] + 1)
        if month is not None and month[0].unit is Unit.MONTH:
            inner = month[0]
            return Sketch(
                Kind.CALENDAR, Unit.DAY, count=place[0], weekday=weekday[0], inner=inner
            ), month[1]
    unit = POINT_UNITS.get(p.lower[place[1]])
    if unit not in (Unit.DAY, Unit.WEEK, Unit.WEEKEND) or p.lower[place[1] + 1] != "of":
        return None
    whole = _whole(p, place[1] + 2)
    if whole is None:
        return None
    return Sketch(Kind.CALENDAR, unit, count=place[0], inner=whole[0]), whole[1]
