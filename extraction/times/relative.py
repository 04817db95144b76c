"""Durations, repeated times, streaks and periods counted from an anchor."""

from __future__ import annotations

from dataclasses import replace

from extraction.times import dates
from extraction.times import words as W
from extraction.times.numbers import Number, is_figure, number, ordinal
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, RUNNING, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None

_POINT_UNITS = {
    "day": Unit.DAY,
    "weekend": Unit.WEEKEND,
    "week": Unit.WEEK,
    "month": Unit.MONTH,
    "quarter": Unit.QUARTER,
    "year": Unit.YEAR,
    "decade": Unit.DECADE,
    "century": Unit.CENTURY,
}


def unit_word(p: Pieces, at: int) -> tuple[str, bool] | None:
    """Unit and whether it stands in the plural."""
    unit = W.UNITS.get(p.lower[at])
    return None if unit is None else (unit, p.lower[at] in W.PLURALS)


def period_value(amount: float | None, unit: str) -> str:
    """``P3D``, ``PT2H``, ``PXM``, ``P1.5Y``."""
    code = W.UNIT_CODES[unit]
    if code == "2W":
        code, amount = "W", None if amount is None else 2 * amount
    number_text = "X" if amount is None else f"{amount:g}" if amount < 1e6 else f"{amount:.0f}"
    return f"PT{number_text}{code[1]}" if code[0] == "T" else f"P{number_text}{code}"


def _amount(p: Pieces, at: int) -> tuple[float | None, int, bool] | None:
    """How many units: (number or ``None`` for some, piece after it, whether ``a``)."""
    piece = p.lower[at]
    if piece in ("a", "an"):
        vague = p.lower[at + 1]
        if vague in W.VAGUE and vague != "some":
            end = at + 3 if p.lower[at + 2] in ("of", "a", "an") else at + 2
            return W.VAGUE[vague] or None, end, False
        if vague in W.NUMBER_SCALES:
            return float(W.NUMBER_SCALES[vague]), at + 2, False
        return 1.0, at + 1, True
    counted = number(p, at)
    if counted is not None:
        return _half(p, counted)
    if piece in W.VAGUE:
        end = at + 2 if p.lower[at + 1] in ("a", "an", "of", "more", "-") else at + 1
        return W.VAGUE[piece] or None, end, False
    return None


def _half(p: Pieces, counted: Number) -> tuple[float, int, bool]:
    value, end = counted.value, counted.end
    dash = p.lower[end] == "-"
    start = end + 1 if dash else end
    if p.lower[start] == "and":
        start += 1 if p.lower[start + 1] != "-" else 2
        if p.lower[start] in ("a", "-"):
            start += 1
        if p.lower[start] == "-":
            start += 1
        if p.lower[start] == "half":
            return value + 0.5, start + 1, False
    return value, end, False


def _unit_after(p: Pieces, at: int, *, article: bool) -> tuple[str, int] | None:
    """The unit after a number, over a hyphen or one adjective ("two bloody weeks")."""
    start = at + 1 if p.lower[at] == "-" and (p.glued(at) or p.glued(at + 1)) else at
    unit = unit_word(p, start)
    if unit is not None:
        return unit[0], start + 1
    if not article and start == at and p.lower[start] in W.RELATIVE:
        unit = unit_word(p, start + 1)
        if unit is not None and unit[1]:
            return unit[0], start + 2
    if article or start > at:
        return None
    unit = unit_word(p, start + 1)
    word = p.lower[start]
    describes = word.isalpha() and word not in W.FUNCTION_WORDS and word not in W.RELATIVE
    if unit is not None and unit[1] and describes:
        return unit[0], start + 2
    return None


def duration(p: Pieces, at: int) -> Read:
    """``three days``, ``ten-day``, ``a week ago``, ``two years later``, ``five times a day``."""
    amount = _amount(p, at)
    if amount is None:
        return _bare_units(p, at)
    count, after, article = amount
    if p.lower[after] == "or" and p.lower[after + 1] in ("so", "more"):
        after += 2
    if p.lower[after] in ("full", "more", "whole", "consecutive", "straight"):
        after += 1
    unit = _unit_after(p, after, article=article)
    if unit is None:
        return None
    name, end = unit
    if name == "quarter" and not (p.lower[end - 1] == "quarters" and not p.glued(end - 1)):
        return None
    if p.lower[end] == "and" and p.lower[end + 1] == "a" and p.lower[end + 2] == "half":
        count, end = (count or 0) + 0.5, end + 3
    age = _age(p, name, end)
    if age is not None:
        return Sketch(Kind.AGE, value=period_value(count, name)), age
    if p.lower[end] == "-" and p.lower[end + 1] in ("long", "plus", "period"):
        end += 2
    elif p.lower[end] in ("long", "period") or (p.lower[end] == "straight"):
        end += 1
    sketch = Sketch(
        Kind.DURATION,
        _POINT_UNITS.get(name, Unit.DAY),
        value=period_value(count, name),
        amount=count,
        part="" if name in _POINT_UNITS else name,
    )
    counted = _counted_from(p, sketch, end)
    if counted is not None:
        return counted
    spans = p.lower[at - 1] in _SPAN_PREPOSITIONS or _begins(p, at)
    if article and not spans and name in _POINT_UNITS and _is_rate(p, at):
        return replace(sketch, kind=Kind.REPEATED), end
    if p.lower[at] == "one" and name in ("day", "night") and _begins(p, at):
        return None
    if name in ("second", "minute", "night") and article and p.lower[at - 1] != "for":
        return None
    return sketch, end


_SPAN_PREPOSITIONS = frozenset(
    "for in within over after during than about nearly almost around lasted least took last "
    "every only just under through".split()
)


def _begins(p: Pieces, at: int) -> bool:
    return at == 0 or p.lower[at - 1] in ("\n", ".", '"', "“")


def _is_rate(p: Pieces, at: int) -> bool:
    """ "200 rounds a day", "five times a week": a figure stands a few pieces before."""
    return any(
        is_figure(p.lower[back]) or p.lower[back] in W.NUMBER_UNITS or p.lower[back] == "times"
        for back in range(max(0, at - 4), at)
    ) or p.lower[at - 1] in ("once", "twice", "%", "percent")


def _age(p: Pieces, unit: str, end: int) -> int | None:
    start = end + 1 if p.lower[end] == "-" else end
    if unit not in ("year", "month", "week", "day"):
        return None
    if p.lower[start] in ("old", "olds"):
        return start + 1
    return start + 2 if p.lower[start] == "of" and p.lower[start + 1] == "age" else None


def _counted_from(p: Pieces, sketch: Sketch, end: int) -> Read:
    """``... ago``, ``... later``, ``... before``: the duration becomes a date."""
    word = p.lower[end]
    link = end + 1 if word == "-" and p.glued(end) else end
    if p.lower[link] in W.AFTER_DURATION:
        direction, base = W.AFTER_DURATION[p.lower[link]]
        return _shifted(sketch, direction, base), link + 1
    if word == "from" and p.lower[end + 1] in ("now", "today"):
        return _shifted(sketch, 1, PUBLISHED), end + 2
    if word in ("before", "after", "prior", "beforehand"):
        direction = 1 if word == "after" else -1
        following = p.lower[end + 1]
        if not following.isalpha() or following in ("and", "but", "when", "in", "on", "at"):
            return _shifted(sketch, direction, RUNNING), end + 1
        inner = _named_day(p, end + 1)
        if inner is not None:
            shifted = _shifted(sketch, direction, RUNNING)
            return replace(shifted, inner=inner[0]), inner[1]
    return None


def _named_day(p: Pieces, at: int) -> Read:
    return (
        dates.weekday_first(p, at)
        or dates.month_first(p, at)
        or dates.day_first(p, at)
        or _year(p, at)
    )


def _year(p: Pieces, at: int) -> Read:
    year = dates.year_number(p, at)
    return None if year is None else (Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0]), year[1])


def _shifted(sketch: Sketch, direction: int, base: str) -> Sketch:
    """A duration counted from an anchor; without a number it is only past or future."""
    if sketch.amount is None or sketch.part in ("second", "minute", "hour", "night"):
        small = sketch.part in ("second", "minute", "hour")
        value = "PAST_REF" if direction < 0 else "FUTURE_REF"
        return Sketch(
            Kind.REFERENCE,
            value=value,
            base=base,
            part=sketch.part,
            amount=sketch.amount if small else None,
            side=direction,
        )
    unit, amount = sketch.unit, sketch.amount
    if amount != int(amount):
        unit, amount = (Unit.MONTH, 12 * amount) if unit is Unit.YEAR else (Unit.DAY, 7 * amount)
    count = round(amount)
    if sketch.part == "fortnight":
        unit, count = Unit.WEEK, 2 * count
    return Sketch(
        Kind.SHIFT, unit, count=direction * min(count, 100_000), base=base, side=direction
    )


def _bare_units(p: Pieces, at: int) -> Read:
    """``for months``, ``weeks later``: plural units without a number."""
    unit = unit_word(p, at)
    if unit is None or not unit[1] or unit[0] in ("second", "quarter", "season"):
        return None
    before = p.lower[at - 1]
    sketch = Sketch(
        Kind.DURATION,
        _POINT_UNITS.get(unit[0], Unit.DAY),
        value=period_value(None, unit[0]),
        part="" if unit[0] in _POINT_UNITS else unit[0],
    )
    counted = _counted_from(p, sketch, at + 1)
    if counted is not None:
        return counted
    if p.lower[at + 1] == "-" and p.lower[at + 2] == "long":
        return sketch, at + 3
    if before in ("for", "within", "in", "over", "after") and unit[0] not in ("night", "weekend"):
        return sketch, at + 1
    if p.lower[at + 1] in ("of", "after", "before") and (
        before in W.FUNCTION_WORDS or before == "," or _begins(p, at)
    ):
        return sketch, at + 1
    return None


def repeated(p: Pieces, at: int) -> Read:
    """``every day``, ``each Monday``, ``per month``, ``daily``, ``Mondays``."""
    piece = p.lower[at]
    if piece in W.REPEATED:
        return Sketch(Kind.REPEATED, value=W.REPEATED[piece]), at + 1
    if piece == "per":
        unit = unit_word(p, at + 1)
        return (
            None
            if unit is None
            else (Sketch(Kind.REPEATED, value=period_value(1, unit[0])), at + 2)
        )
    if piece == "/" and p.lower[at + 1] in ("day", "month", "year", "week", "hour"):
        if is_figure(p.lower[at - 1]) and p.glued(at) and p.glued(at + 1):
            return Sketch(Kind.REPEATED, value=period_value(1, p.lower[at + 1])), at + 2
        return None
    if piece not in ("every", "each"):
        return None
    weekday = dates.weekday_name(p, at + 1)
    if weekday is not None:
        return Sketch(Kind.REPEATED, value=f"XXXX-WXX-{weekday[0]}"), weekday[1]
    if p.lower[at + 1] in W.PARTS:
        return Sketch(Kind.REPEATED, value=f"XXXX-XX-XXT{W.PARTS[p.lower[at + 1]]}"), at + 2
    if p.lower[at + 1] in W.SEASONS:
        return Sketch(Kind.REPEATED, value=f"XXXX-{W.SEASONS[p.lower[at + 1]]}"), at + 2
    start = at + 2 if p.lower[at + 1] in ("single", "other") else at + 1
    unit = unit_word(p, start)
    if unit is not None:
        return Sketch(Kind.REPEATED, value=_every(unit[0])), start + 1
    amount = _amount(p, at + 1)
    if amount is not None:
        unit = unit_word(p, amount[1])
        if unit is not None:
            return Sketch(Kind.REPEATED, value=period_value(amount[0], unit[0])), amount[1] + 1
    return None


def _every(unit: str) -> str:
    values = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}
    return values.get(unit) or period_value(1, unit)


def streak(p: Pieces, at: int) -> Read:
    """``a second day``, ``the fourth day in a row``, ``a third straight night``."""
    start = at + 1 if p.lower[at] in ("a", "the", "its", "their") else at
    place = ordinal(p, start)
    if place is None:
        return None
    count, after = place
    told = p.lower[after] in W.STREAK_TAILS
    unit = unit_word(p, after + 1 if told else after)
    if unit is None or unit[1] or unit[0] not in ("day", "night", "week", "month", "year"):
        return None
    end = after + 2 if told else after + 1
    if p.lower[end] in W.STREAK_TAILS:
        end, told = end + 1, True
    elif tuple(p.lower[end : end + 3]) == ("in", "a", "row"):
        end, told = end + 3, True
    before = p.lower[at - 1]
    lasting = before == "for" and start > at
    entered = start > at and (before in _ENTERED or p.lower[at - 2] in _ENTERED)
    if not (told or lasting or entered) or count < 2 or count > 1000:
        return None
    name = "day" if unit[0] == "night" else unit[0]
    return Sketch(
        Kind.STREAK, _POINT_UNITS[name], count=count, part="NI" if unit[0] == "night" else ""
    ), end


_ENTERED = frozenset("entered enter enters entering into".split())


def related(p: Pieces, at: int) -> Read:
    """``last week``, ``the previous day``, ``the past 24 hours``, ``that night``, ``next May``."""
    article = p.lower[at] in ("the", "its", "their", "his", "her", "a", "these", "those")
    start = at + 1 if article else at
    if p.lower[start] in ("this", "that", "the") and p.lower[start + 1] in ("very", "same", "past"):
        start += 1 if p.lower[start + 1] != "very" else 2
    word = p.lower[start]
    if word == "first" or (word in ("final", "opening", "closing", "waning", "intervening")):
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
    early = ""
    if p.lower[after] in ("early", "late", "mid"):
        early, after = W.MODIFIERS[p.lower[after]], after + 1
        if p.lower[after] == "-":
            after += 1
    period = _period(p, after, count, base)
    if period is not None:
        sketch, end = period
        if word == "past" and sketch.unit is not Unit.DAY and not sketch.part:
            amount = Sketch(
                Kind.DURATION,
                sketch.unit,
                value=period_value(1, str(sketch.unit)),
                amount=1,
                side=-1,
                base=PUBLISHED,
            )
            return (amount, end) if sketch.unit in _POINT_UNITS.values() else period
        return replace(sketch, mod=early), end
    return _stretch(p, start, count) if count or word in ("same", "that") else None


def _period(p: Pieces, at: int, count: int, base: str) -> Read:
    """What may follow ``last``, ``this``, ``the next``: a unit, weekday, month, season, part."""
    piece = p.lower[at]
    if p.lower[at] == "fiscal" and p.lower[at + 1] in ("year", "quarter"):
        at, piece = at + 1, p.lower[at + 1]
    unit = _POINT_UNITS.get(piece)
    if unit is not None:
        if p.lower[at + 1] == "'" and p.lower[at + 2] == "s":
            return Sketch(Kind.SHIFT, unit, count=count, base=base), at + 1
        part = W.PARTS.get(p.lower[at + 1]) if unit is Unit.DAY else None
        if part:
            return Sketch(Kind.SHIFT, unit, count=count, base=base, part=part), at + 2
        return Sketch(Kind.SHIFT, unit, count=count, base=base), at + 1
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
    amount = _amount(p, at + 1)
    count: float | None = None
    after = at + 1
    if amount is not None and not amount[2]:
        count, after = amount[0], amount[1]
    unit = _unit_after(p, after, article=False) if amount is not None else None
    if unit is None:
        plain = unit_word(p, after)
        if plain is None or not plain[1]:
            return None
        unit = plain[0], after + 1
    name, end = unit
    if p.lower[end] == "-" and p.lower[end + 1] == "old":
        return None
    if amount is None and p.lower[end] == "of" and p.lower[at] in _EDGES:
        whole = _whole(p, end + 1)
        if whole is not None:
            return replace(whole[0], mod=_EDGES[p.lower[at]]), whole[1]
    if name == "night" and side < 0:
        return None
    return Sketch(
        Kind.DURATION,
        _POINT_UNITS.get(name, Unit.DAY),
        value=period_value(count, name),
        amount=count,
        part="" if name in _POINT_UNITS else name,
        side=side,
        base=base,
    ), end


_EDGES = {"first": "START", "opening": "START", "last": "END", "final": "END", "closing": "END"}
_EDGES |= {"waning": "END"}


def _whole(p: Pieces, at: int) -> Read:
    """A month, year, season or decade that something is the beginning or the end of."""
    start = at + 1 if p.lower[at] == "the" else at
    for read in (dates.month_first, dates.season, dates.decade, _year, dates.period_by_number):
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
    unit = _POINT_UNITS.get(piece)
    part = W.PARTS.get(piece, "")
    if unit is None and not part:
        return None
    word, end = p.lower[at + 2], at + 3
    if word in ("before", "after", "following", "previous", "earlier"):
        count = 1 if word in ("after", "following") else -1
        if word == "before" and p.lower[at + 3] == "yesterday":
            return Sketch(Kind.SHIFT, Unit.DAY, count=-2, base=PUBLISHED), at + 4
        if word == "after" and p.lower[at + 3] == "tomorrow":
            return Sketch(Kind.SHIFT, Unit.DAY, count=2, base=PUBLISHED), at + 4
        sketch = Sketch(Kind.SHIFT, unit or Unit.DAY, count=count, base=RUNNING, part=part)
        inner = _named_day(p, end)
        return (replace(sketch, inner=inner[0]), inner[1]) if inner else (sketch, end)
    if unit in (Unit.YEAR, Unit.MONTH, Unit.WEEK, Unit.QUARTER) and p.lower[at - 1] in (
        "for",
        "in",
        "during",
        "of",
        "throughout",
    ):
        if p.lower[at + 2] in ("to", "ended", "ending", "of") or p.lower[at + 2] in W.UNITS:
            return None
        if p.lower[at - 1] == "of" and p.lower[at - 2] not in W.MODIFIERS:
            return None
        return Sketch(Kind.SHIFT, unit, count=0), at + 2
    return None


def ordinal_unit(p: Pieces, at: int) -> Read:
    """``the first week of October``, ``the last day of June``."""
    start = at + 1 if p.lower[at] == "the" else at
    last = p.lower[start] in ("last", "final")
    place = (-1, start + 1) if last else ordinal(p, start)
    if place is None:
        return None
    unit = _POINT_UNITS.get(p.lower[place[1]])
    if unit not in (Unit.DAY, Unit.WEEK, Unit.WEEKEND) or p.lower[place[1] + 1] != "of":
        return None
    whole = _whole(p, place[1] + 2)
    if whole is None:
        return None
    return Sketch(Kind.CALENDAR, unit, count=place[0], inner=whole[0]), whole[1]
