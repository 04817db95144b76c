"""Durations, what is counted with them, repeated times, and streaks of days."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.times import dates
from extraction.times import words as W
from extraction.times.holidays import holiday
from extraction.times.numbers import Number, is_figure, number, ordinal
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, RUNNING, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None

# Pieces between "from" and "a year ago".
_COMPARISON = 8
# Into so many parts a year is cut ("2 3/4 years").
_PARTS = 9
POINT_UNITS = {
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
    if unit == "hour" and amount is not None and 0 < amount < 1:
        code, amount = "TM", 60 * amount
    if code == "2W":
        code, amount = "W", None if amount is None else 2 * amount
    if code == "D" and amount is not None and 0 < amount < 1:
        code, amount = "TH", 24 * amount
    if amount is not None and amount != int(amount) and code in ("DE", "CE"):
        code, amount = "Y", amount * (10 if code == "DE" else 100)
    number_text = "X" if amount is None else f"{amount:g}" if amount < 1e6 else f"{amount:.0f}"
    return f"PT{number_text}{code[1]}" if code[0] == "T" else f"P{number_text}{code}"


def amount(p: Pieces, at: int) -> tuple[float | None, int, bool] | None:
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
        if p.glued(counted.end) and p.lower[counted.end] in W.ORDINAL_SUFFIXES:
            return None
        return _half(p, counted)
    if piece in W.VAGUE:
        end = at + 2 if p.lower[at + 1] in ("a", "an", "of", "more", "-") else at + 1
        return W.VAGUE[piece] or None, end, False
    return None


def _half(p: Pieces, counted: Number) -> tuple[float, int, bool]:
    value, end = counted.value, counted.end
    part = end + 1 if p.lower[end] == "-" else end
    if p.lower[part + 1] == "/" and p.glued(part + 1) and p.glued(part + 2):
        above, below = p.lower[part], p.lower[part + 2]
        if is_figure(above) and is_figure(below) and 0 < int(above) < int(below) < _PARTS:
            return value + int(above) / int(below), part + 3, False
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


def unit_after(p: Pieces, at: int, *, article: bool) -> tuple[str, int] | None:
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
    told = amount(p, at)
    if told is None:
        return _bare_units(p, at)
    count, after, article = told
    if p.lower[after] == "or" and p.lower[after + 1] in ("so", "more"):
        after += 2
    if p.lower[after] in ("full", "more", "whole", "consecutive", "straight"):
        after += 1
    unit = unit_after(p, after, article=article)
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
        POINT_UNITS.get(name, Unit.DAY),
        value=period_value(count, name),
        amount=count,
        part="" if name in POINT_UNITS else name,
    )
    counted = _counted_from(p, sketch, end)
    if counted is not None:
        return _compared(p, at, counted)
    spans = p.lower[at - 1] in W.SPAN_WORDS or _begins(p, at)
    if article and not spans and name in POINT_UNITS and _is_rate(p, at):
        return replace(sketch, kind=Kind.REPEATED), end
    if p.lower[at] == "one" and name in ("day", "night") and p.lower[at - 1] not in W.BEFORE_ONE:
        return None
    if name in ("second", "minute", "night") and article and p.lower[at - 1] != "for":
        return None
    return sketch, end


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
    if unit not in ("year", "month", "week", "day", "decade", "century"):
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
        shifted = _shifted(sketch, direction, base)
        if p.lower[link] == "ago" and p.lower[link + 1] in W.DEICTIC:
            count = W.DEICTIC[p.lower[link + 1]]
            inner = Sketch(Kind.SHIFT, Unit.DAY, count=count, base=PUBLISHED)
            return replace(shifted, inner=inner, value="same-day"), link + 2
        return shifted, link + 1
    if word == "from" and p.lower[end + 1] in ("now", "today"):
        return _shifted(sketch, 1, PUBLISHED), end + 2
    if word in ("before", "after", "prior", "beforehand"):
        direction = 1 if word == "after" else -1
        following = p.lower[end + 1]
        if not following.isalpha() or following in ("and", "but", "when", "in", "on", "at"):
            return _shifted(sketch, direction, RUNNING), end + 1
        day = named_day(p, end + 1) if sketch.amount is not None else None
        if day is not None:
            return replace(_shifted(sketch, direction, RUNNING), inner=day[0]), day[1]
    return None


def _compared(p: Pieces, at: int, counted: tuple[Sketch, int]) -> Read:
    """ "From $3 million a year ago" means the same quarter of that year."""
    sketch = counted[0]
    if sketch.unit is not Unit.YEAR or sketch.base != PUBLISHED or sketch.count != -1:
        return counted
    if not any(word in W.COMPARING for word in p.lower[max(0, at - _COMPARISON) : at]):
        return counted
    return replace(sketch, value="compared"), counted[1]


def named_day(p: Pieces, at: int) -> Read:
    return (
        dates.weekday_first(p, at)
        or dates.month_first(p, at)
        or dates.day_first(p, at)
        or holiday(p, at)
        or plain_year(p, at)
    )


def plain_year(p: Pieces, at: int) -> Read:
    year = dates.year_number(p, at)
    return None if year is None else (Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0]), year[1])


# What a fraction of a unit is counted in.
_SMALLER = {
    Unit.YEAR: (Unit.MONTH, 12),
    Unit.DECADE: (Unit.YEAR, 10),
    Unit.CENTURY: (Unit.YEAR, 100),
}


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
        smaller, times = _SMALLER.get(unit, (Unit.DAY, 7))
        unit, amount = smaller, times * amount
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
        POINT_UNITS.get(unit[0], Unit.DAY),
        value=period_value(None, unit[0]),
        part="" if unit[0] in POINT_UNITS else unit[0],
    )
    counted = _counted_from(p, sketch, at + 1)
    if counted is not None:
        return counted
    if p.lower[at + 1] == "-" and p.lower[at + 2] == "long":
        return sketch, at + 3
    if before in ("for", "within", "in", "over", "after") and unit[0] not in ("night", "weekend"):
        return sketch, at + 1
    if before in W.TAKING or p.lower[at + 1] in ("after", "before"):
        return sketch, at + 1
    if p.lower[at + 1] == "of" and (before in W.FUNCTION_WORDS or before == "," or _begins(p, at)):
        return sketch, at + 1
    return None


def repeated(p: Pieces, at: int) -> Read:
    """``every day``, ``each Monday``, ``per month``, ``daily``, ``Mondays``."""
    piece = p.lower[at]
    if piece in W.REPEATED:
        if dates.is_capital(p, at) and dates.is_capital(p, at + 1):
            return None
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
        part = W.PARTS.get(p.lower[weekday[1]], "")
        value, end = f"XXXX-WXX-{weekday[0]}", weekday[1]
        return Sketch(Kind.REPEATED, value=f"{value}T{part}" if part else value), end + bool(part)
    if p.lower[at + 1] in W.PARTS:
        return Sketch(Kind.REPEATED, value=f"XXXX-XX-XXT{W.PARTS[p.lower[at + 1]]}"), at + 2
    if p.lower[at + 1] in W.SEASONS:
        return Sketch(Kind.REPEATED, value=f"XXXX-{W.SEASONS[p.lower[at + 1]]}"), at + 2
    other = p.lower[at + 1] == "other"
    start = at + 2 if other or p.lower[at + 1] == "single" else at + 1
    unit = unit_word(p, start)
    if unit is not None:
        if other:
            return Sketch(Kind.REPEATED, value=period_value(2, unit[0])), start + 1
        return Sketch(Kind.REPEATED, value=_every(unit[0])), start + 1
    told = amount(p, at + 1)
    if told is not None:
        unit = unit_word(p, told[1])
        if unit is not None:
            return Sketch(Kind.REPEATED, value=period_value(told[0], unit[0])), told[1] + 1
    return None


def _every(unit: str) -> str:
    values = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}
    return values.get(unit) or period_value(1, unit)


def streak(p: Pieces, at: int) -> Read:
    """``a second day``, ``the sixth day in a row``, ``a third straight night``."""
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
    entered = start > at and (before in W.ENTERED or p.lower[at - 2] in W.ENTERED)
    if not (told or lasting or entered) or count < 2 or count > 1000:
        return None
    name = "day" if unit[0] == "night" else unit[0]
    return Sketch(
        Kind.STREAK, POINT_UNITS[name], count=count, part="NI" if unit[0] == "night" else ""
    ), end
