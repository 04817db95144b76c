"""Dates by name and in figures: months, days, years, decades, centuries, seasons, quarters."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.times import words as W
from extraction.times.numbers import is_figure, ordinal, year_in_words
from extraction.times.scan import Pieces
from extraction.times.sketch import RUNNING, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None


def is_capital(p: Pieces, at: int) -> bool:
    return p.words[at][:1].isupper()


def month_name(p: Pieces, at: int) -> tuple[int, int] | None:
    """Month and the piece after it (an abbreviation takes its full stop along)."""
    piece = p.lower[at]
    if not is_capital(p, at):
        return None
    if piece in W.MONTHS:
        return W.MONTHS[piece], at + 1
    if piece in W.MONTHS_SHORT:
        if p.lower[at + 1] == "." and p.glued(at + 1):
            return W.MONTHS_SHORT[piece], at + 2
        day_at = at - 2 if p.lower[at - 1] == "-" and p.glued(at) else at - 1
        if is_figure(p.lower[at + 1]) or is_figure(p.lower[day_at]):
            return W.MONTHS_SHORT[piece], at + 1
    return None


def day_number(p: Pieces, at: int) -> tuple[int, int] | None:
    """A day of the month, ``5`` or ``5th``, that is no part of a longer figure."""
    piece = p.lower[at]
    if not is_figure(piece) or len(piece) > 2 or not 1 <= int(piece) <= 31:
        return None
    end = at + 1
    if p.lower[end] in W.ORDINAL_SUFFIXES and p.glued(end):
        return int(piece), end + 1
    following = p.lower[end]
    if following in (",", ".", ":", "/") and p.glued(end) and p.glued(end + 1):
        if is_figure(p.lower[end + 1]) and not (following == "," and len(p.lower[end + 1]) == 4):
            return None
    elif following in ("%", "°") or (p.glued(end) and following.isalpha()):
        return None
    return int(piece), end


def era(p: Pieces, at: int) -> tuple[int, int] | None:
    """-1 for BC, 1 for AD, and the piece after it; the last full stop is left to the sentence."""
    piece = p.lower[at]
    if piece in ("bc", "bce"):
        return -1, at + 1
    if piece in ("ad", "ce") and p.words[at].isupper():
        return 1, at + 1
    if piece in ("b", "a") and p.lower[at + 1] == "." and p.lower[at + 2] in ("c", "d"):
        if not (p.glued(at + 1) and p.glued(at + 2)) or not p.words[at].isupper():
            return None
        end = at + 3
        if p.lower[end] == "." and p.lower[end + 1] == "e" and p.glued(end + 1):
            end += 2
        if p.lower[end] == "." and p.glued(end):
            end += 1
        return (-1 if piece == "b" else 1), end
    return None


def year_number(p: Pieces, at: int) -> tuple[int, int, bool] | None:
    """A year in figures with its era: (year, piece after it, whether written in two figures)."""
    piece = p.lower[at]
    if piece == "'" and is_figure(p.lower[at + 1]) and len(p.lower[at + 1]) == 2:
        if p.glued(at + 1) and not p.glued(at):
            return int(p.lower[at + 1]), at + 2, True
        return None
    if piece in W.NUMBER_UNITS:
        said = year_in_words(p, at)
        return (said[0], said[1], False) if said and p.lower[said[1]] not in W.UNITS else None
    if not is_figure(piece) or len(piece) > 4:
        return None
    end = at + 1
    sign = era(p, end)
    if sign is not None:
        return (sign[0] * int(piece), sign[1], False) if int(piece) else None
    if len(piece) != 4 or not 1000 <= int(piece) <= 2199:
        return None
    following = p.lower[end]
    if p.glued(end) and (
        following.isalpha()
        or (following in ".,:" and p.glued(end + 1) and is_figure(p.lower[end + 1]))
    ):
        return None
    return int(piece), end, False


def year_tail(p: Pieces, at: int, sketch: Sketch) -> tuple[Sketch, int]:
    """The year after a day or month: ``, 1990``, ``of 1990``, ``of that year``."""
    after = at
    if p.lower[after] == ",":
        after += 1
    year = year_number(p, after)
    if year is not None and not _is_amount(p, year[1]):
        return replace(sketch, year=year[0], short_year=year[2]), year[1]
    if p.lower[at] in ("of", "in"):
        fiscal = p.lower[at + 1] in ("fiscal", "financial")
        year = year_number(p, at + 2 if fiscal else at + 1)
        if year is not None:
            return replace(sketch, year=year[0], short_year=year[2]), year[1]
    if p.lower[at] == "of":
        inner = relative_year(p, at + 1)
        if inner is not None:
            return replace(sketch, inner=inner[0]), inner[1]
    relative = p.lower[after] in ("last", "this", "next", "that") and p.lower[after + 1] == "year"
    if relative or (p.lower[after] == "the" and p.lower[after + 1] in ("same", "following")):
        inner = relative_year(p, after)
        if inner is not None:
            return replace(sketch, inner=inner[0]), inner[1]
    return sketch, at


def _is_amount(p: Pieces, end: int) -> bool:
    return p.lower[end] in ("%", "°", "percent") or p.lower[end] in W.UNITS


def relative_year(p: Pieces, at: int) -> Read:
    """``that year``, ``the same year``, ``last year``, ``the previous year``."""
    end = at
    while p.lower[end] in ("the", "that", "this", "very") and end < at + 2:
        if p.lower[end + 1] == "year" and p.lower[end] != "very":
            break
        end += 1
    word = p.lower[end]
    if word == "the" and p.lower[end + 1] == "year":
        return Sketch(Kind.SHIFT, Unit.YEAR, count=0), end + 2
    if word in W.RELATIVE and p.lower[end + 1] == "year":
        count, base = W.RELATIVE[word]
        if end > at and word in ("next", "last"):
            base = RUNNING
        return Sketch(Kind.SHIFT, Unit.YEAR, count=count, base=base), end + 2
    return None


def _ends_phrase(p: Pieces, at: int) -> bool:
    """Whether no noun follows: "May second" is a day, "in May second place went to" is none."""
    following = p.lower[at]
    return following in W.FUNCTION_WORDS or not (following.isalpha() or following == "-")


def month_first(p: Pieces, at: int) -> Read:
    """``October 4, 2020``, ``October 2020``, ``October``."""
    name = month_name(p, at)
    if name is None:
        return None
    month, after = name
    if p.lower[after] in ("times", "mirror") or (
        p.lower[after] in W.NAME_FOLLOWERS and is_capital(p, after)
    ):
        return None
    day_at = after + 1 if p.lower[after] == "the" else after
    day = day_number(p, day_at)
    if day is None and day_at > after:
        word = None if is_capital(p, day_at) else ordinal(p, day_at)
        day = word if word and word[0] <= 31 else None
    elif day is None and p.lower[after] in W.ORDINAL_STARTS and not is_capital(p, after):
        word = ordinal(p, after)
        day = word if word and word[0] <= 31 and _ends_phrase(p, word[1]) else None
    if day is not None and year_number(p, after) is None and not counts_noun(p, day[1]):
        sketch = Sketch(Kind.CALENDAR, Unit.DAY, number=month, day=day[0])
        remembered = W.REMEMBERED.get((month, day[0]))
        if remembered is not None and p.lower[day[1]] in remembered[1]:
            return replace(sketch, year=remembered[0]), day[1]
        return year_tail(p, day[1], sketch)
    return year_tail(p, after, Sketch(Kind.CALENDAR, Unit.MONTH, number=month))


def counts_noun(p: Pieces, end: int) -> bool:
    """Whether a scale or a unit follows the figure: "in October 5 million people"."""
    return p.lower[end] in ("million", "billion", "percent", "per", "thousand", "hundred")


def day_first(p: Pieces, at: int) -> Read:
    """``4 October 2020``, ``4th of October``, ``fourth of July``."""
    day = day_number(p, at)
    if day is None:
        word = ordinal(p, at)
        if word is None or word[0] > 31 or p.lower[word[1]] != "of":
            return None
        day = word
    after = day[1] + 1 if p.lower[day[1]] == "of" else day[1]
    if after == day[1] and p.lower[after] == "-" and p.glued(after):
        after += 1
    name = month_name(p, after)
    if name is None:
        if p.lower[day[1]] == "of":
            return _day_of_relative(p, day[0], after)
        return None
    sketch = Sketch(Kind.CALENDAR, Unit.DAY, number=name[0], day=day[0])
    if p.lower[name[1]] == "-" and p.lower[after - 1] == "-" and p.glued(name[1] + 1):
        year = year_number(p, name[1] + 1)
        if year is not None:
            return replace(sketch, year=year[0]), year[1]
    return year_tail(p, name[1], sketch)


def _day_of_relative(p: Pieces, day: int, at: int) -> Read:
    """``the 15th of that month``, ``the 3rd of this month``."""
    end = at
    while p.lower[end] in ("the", "that", "this") and p.lower[end + 1] != "month":
        end += 1
        if end > at + 2:
            return None
    if p.lower[end + 1] != "month" or p.lower[end] not in (*W.RELATIVE, "the"):
        return None
    count, base = W.RELATIVE.get(p.lower[end], (0, ""))
    inner = Sketch(Kind.SHIFT, Unit.MONTH, count=count, base=base)
    return Sketch(Kind.CALENDAR, Unit.DAY, day=day, inner=inner), end + 2


def weekday_name(p: Pieces, at: int) -> tuple[int, int] | None:
    piece = p.lower[at]
    if not is_capital(p, at):
        return None
    if piece in W.WEEKDAYS:
        return W.WEEKDAYS[piece], at + 1
    if piece in W.WEEKDAYS_SHORT:
        if p.lower[at + 1] == "." and p.glued(at + 1):
            return W.WEEKDAYS_SHORT[piece], at + 2
        if p.lower[at + 1] == "," or month_name(p, at + 1) or is_figure(p.lower[at + 1]):
            return W.WEEKDAYS_SHORT[piece], at + 1
    return None


def weekday_first(p: Pieces, at: int) -> Read:
    """``Sunday``, ``Sunday, October 4``, ``Sunday 4 October 2020``, ``Sunday the 4th``."""
    name = weekday_name(p, at)
    if name is None:
        return None
    weekday, after = name
    if p.lower[at - 1] in W.NAME_LEADERS and is_capital(p, at - 1):
        return None
    follower = after + 1 if p.lower[after] == "night" else after
    if p.lower[follower] in W.NAME_FOLLOWERS and is_capital(p, follower):
        return None
    day_at = after + 1 if p.lower[after] == "," else after
    dated = month_first(p, day_at) or day_first(p, day_at)
    if dated is None and p.lower[day_at] == "the":
        dated = day_first(p, day_at + 1)
        plain = day_number(p, day_at + 1)
        if dated is None and plain and p.lower[plain[1] - 1] in W.ORDINAL_SUFFIXES:
            dated = Sketch(Kind.CALENDAR, Unit.DAY, day=plain[0]), plain[1]
    if dated is not None and dated[0].unit is Unit.DAY and dated[0].day:
        return replace(dated[0], weekday=weekday), dated[1]
    if p.lower[after] in ("last", "next") and p.lower[after + 1] == "week":
        count = W.RELATIVE[p.lower[after]][0]
        inner = Sketch(Kind.SHIFT, Unit.WEEK, count=count, base="published")
        return Sketch(Kind.CALENDAR, Unit.DAY, weekday=weekday, inner=inner), after + 2
    if p.lower[after] in ("last", "next") and p.lower[after + 1] not in W.UNITS:
        count, base = W.RELATIVE[p.lower[after]]
        if not p.lower[after + 1].isalpha() or p.lower[after + 1] in W.FUNCTION_WORDS:
            sketch = Sketch(Kind.SHIFT, Unit.DAY, weekday=weekday, count=count, base=base)
            return sketch, after + 1
    return Sketch(Kind.CALENDAR, Unit.DAY, weekday=weekday), after


def season(p: Pieces, at: int) -> Read:
    """``summer of 1914``, ``winter 1941-42``, ``spring``."""
    name = W.SEASONS.get(p.lower[at])
    if name is None:
        return None
    sketch = Sketch(Kind.CALENDAR, Unit.SEASON, season=name)
    return year_tail(p, at + 1, sketch)


def decade(p: Pieces, at: int) -> Read:
    """``1990s``, ``'90s``, ``480s BC``, ``nineties``; ``1800s`` is a century."""
    piece = p.lower[at]
    if piece in W.DECADE_WORDS:
        return Sketch(Kind.CALENDAR, Unit.DECADE, year=W.DECADE_WORDS[piece], short_year=True), (
            at + 1
        )
    if piece == "nineteen" and p.lower[at + 1] in W.DECADE_WORDS:
        return Sketch(
            Kind.CALENDAR, Unit.DECADE, year=1900 + W.DECADE_WORDS[p.lower[at + 1]]
        ), at + 2
    start = at
    if piece == "'" and p.glued(at + 1):
        start, piece = at + 1, p.lower[at + 1]
    if not is_figure(piece) or int(piece) % 10 or len(piece) not in (2, 3, 4):
        return None
    end = start + 1
    if p.lower[end] == "'" and p.glued(end):
        end += 1
    if p.lower[end] != "s" or not p.glued(end):
        return None
    end += 1
    year = int(piece)
    sign = era(p, end)
    if sign is not None:
        year, end = sign[0] * year, sign[1]
    elif len(piece) == 2:
        if start == at and p.lower[at - 1] not in ("the", "early", "late", "mid", "-"):
            return None
        if p.lower[at - 2] in W.OWNERS or p.lower[at - 3] in W.OWNERS:
            return None
        return Sketch(Kind.CALENDAR, Unit.DECADE, year=year, short_year=True), end
    elif not 1000 <= year <= 2190:
        return None
    unit = Unit.CENTURY if year % 100 == 0 and year != 2000 else Unit.DECADE
    return Sketch(Kind.CALENDAR, unit, year=year), end


_QUARTER_WORDS = {"quarter": Unit.QUARTER, "half": Unit.HALF}


def period_by_number(p: Pieces, at: int) -> Read:
    """``third quarter of 1989``, ``second half of 1964``, ``nineteenth century``, ``Q3 2020``."""
    if p.lower[at] == "q" and p.glued(at + 1) and p.lower[at + 1] in ("1", "2", "3", "4"):
        sketch = Sketch(Kind.CALENDAR, Unit.QUARTER, number=int(p.lower[at + 1]))
        return year_tail(p, at + 2, sketch)
    if p.lower[at] == "h" and p.glued(at + 1) and p.lower[at + 1] in ("1", "2"):
        tail = year_tail(p, at + 2, Sketch(Kind.CALENDAR, Unit.HALF, number=int(p.lower[at + 1])))
        return tail if tail[1] > at + 2 else None
    if p.lower[at] == "latter" and p.lower[at + 1] == "half":
        return _period_tail(p, at + 2, Sketch(Kind.CALENDAR, Unit.HALF, number=2))
    place = ordinal(p, at)
    if place is None:
        return None
    count, after = place
    if p.lower[after] in ("and", "or", "to"):
        right = ordinal(p, after + 1)
        if right is not None and p.lower[right[1]] == "centuries":
            return _century(p, count, after)
    if p.lower[after] == "-" and p.glued(after):
        after += 1
    word = p.lower[after]
    if word == "fiscal":
        after, word = after + 1, p.lower[after + 1]
    if word in ("century", "centuries"):
        return _century(p, count, after + 1)
    unit = _QUARTER_WORDS.get(word)
    if unit is None or count > (4 if unit is Unit.QUARTER else 2):
        return None
    if unit is Unit.HALF and p.lower[after + 1] not in ("of", "in") and place[1] == after:
        year = year_number(p, after + 1)
        if year is None:
            return None
    return _period_tail(p, after + 1, Sketch(Kind.CALENDAR, unit, number=count))


def _period_tail(p: Pieces, at: int, sketch: Sketch) -> Read:
    done, end = year_tail(p, at, sketch)
    if end > at or sketch.unit is Unit.QUARTER:
        return done, end
    if p.lower[at] == "of":
        after = at + 2 if p.lower[at + 1] in ("fiscal", "financial") else at + 1
        name = decade(p, after + 1) if p.lower[after] == "the" else None
        if name is not None:
            return replace(name[0], mod="START" if sketch.number == 1 else "END"), name[1]
        month = month_first(p, after)
        if month is not None and month[0].unit is Unit.MONTH:
            return replace(month[0], mod="START" if sketch.number == 1 else "END"), month[1]
        the = after + 1 if p.lower[after] == "the" else after
        count = period_by_number(p, the)
        if count is not None and count[0].unit is Unit.CENTURY:
            return replace(count[0], mod="START" if sketch.number == 1 else "END"), count[1]
    return None


def _century(p: Pieces, count: int, at: int) -> Read:
    if not 1 <= count <= 30:
        return None
    sign = era(p, at)
    if sign is not None and sign[0] < 0:
        year = -100 * (count - 1) or -1
        return Sketch(Kind.CALENDAR, Unit.CENTURY, year=year), sign[1]
    return Sketch(Kind.CALENDAR, Unit.CENTURY, year=100 * (count - 1)), at if not sign else sign[1]
