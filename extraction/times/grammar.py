"""Where expressions of time stand in a text and what each of them says.

One pass over the pieces of a text: at each piece that an expression can begin with, the longest
reading is taken. No reading looks further than a few pieces ahead, so the time is linear.
"""

from __future__ import annotations

from dataclasses import replace

from extraction.times import clocks, dates, relative
from extraction.times import words as W
from extraction.times.numbers import is_figure
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, Found, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None


def find(p: Pieces) -> list[Found]:
    """All expressions, in order, without overlap."""
    found: list[Found] = []
    at = 0
    lower, starts = p.lower, W.STARTS
    while at < p.count:
        piece = lower[at]
        if piece in starts or piece.isdecimal():
            read = phrase(p, at)
            if read is not None:
                found.append(Found(at, read[1], read[0]))
                at = _extend_range(p, found)
                continue
        at += 1
    return _inherit(p, found)


# ------------------------------------------------------------------------------- composition


def phrase(p: Pieces, at: int) -> Read:
    """The expression that begins exactly there."""
    return (
        _with_approximation(p, at)
        or _clock_first(p, at)
        or _part_first(p, at)
        or _modified(p, at)
        or _core_with_tail(p, at)
    )


def _with_approximation(p: Pieces, at: int) -> Read:
    """``about 1910``, ``more than three years``, ``some eight years``."""
    match = W.match_phrase(W.APPROXIMATIONS, p.lower, at)
    if match is None:
        return None
    mod, after = match
    if p.lower[after] == "." and p.lower[at] in ("ca", "c"):
        after += 1
    if p.lower[at] == "c" and not is_figure(p.lower[after]):
        return None
    read = relative.duration(p, after)
    if read is not None and read[0].kind in (Kind.DURATION, Kind.SHIFT, Kind.REFERENCE):
        return replace(read[0], mod=mod), read[1]
    if mod != "APPROX" or p.lower[at] in ("some", "shortly"):
        return None
    year = dates.year_number(p, after)
    if year is not None and not _counts(p, year[1]):
        return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0], mod=mod), year[1]
    return None


def _date(p: Pieces, at: int) -> Read:
    """A date that a part of the day or a clock time can belong to."""
    start = at + 1 if p.lower[at] == "the" else at
    read = (
        dates.weekday_first(p, start)
        or dates.month_first(p, start)
        or dates.day_first(p, start)
        or dates.in_figures(p, start)
        or (_deictic(p, at) if p.lower[at] in W.DEICTIC else None)
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


def _link_to_date(p: Pieces, at: int) -> Read:
    """The date after a part of the day or a clock time: directly, after a comma, ``of``, ``on``."""
    start = at + 1 if p.lower[at] in (",", "of", "on", "in") else at
    if start > at and p.lower[start] in ("of", "on"):
        start += 1
    return _date(p, start)


def _clock_first(p: Pieces, at: int) -> Read:
    """``3 a.m.``, ``noon Saturday``, ``9 a.m. EST Tuesday``, ``14:35 GMT on October 4``."""
    time = clocks.clock(p, at)
    if time is None:
        return None
    clock, minutes, zone, end = time
    inner = None
    if p.lower[end] in ("on", "in") and p.lower[end + 1] in ("the", "that", "this"):
        part = clocks.part_of_day(p, end + 2)
        if part is not None:
            end = part[1]
    dated = _link_to_date(p, end)
    if dated is not None:
        inner, end = dated
        tail = p.lower[end]
        if tail in W.ZONES and p.words[end].isupper() and not zone:
            zone, end = W.ZONES[tail], end + 1
    sketch = inner or Sketch(Kind.SHIFT, Unit.DAY, base="")
    return replace(sketch, clock=clock, minutes=minutes, zone=zone), end


def _part_first(p: Pieces, at: int) -> Read:
    """``the evening of October 4``, ``late on Sunday``, ``early in the morning of 10 April``."""
    end = at
    mod = ""
    if p.lower[end] == "the":
        end += 1
    if p.lower[end] in ("early", "late", "mid"):
        mod = W.MODIFIERS[p.lower[end]]
        end += 1
        if p.lower[end] == "-":
            end += 1
    while p.lower[end] in ("in", "on", "at", "the") and end < at + 4:
        if mod == "" and end == at:
            return None
        end += 1
    if p.lower[end] in ("early", "late") and not mod:
        mod, end = W.MODIFIERS[p.lower[end]], end + 1
    part = clocks.part_of_day(p, end)
    if part is not None:
        return _part_of(p, at, part[0], mod, part[1])
    if mod in ("START", "END"):
        return _early_day(p, at, mod)
    return None


def _part_of(p: Pieces, at: int, part: str, mod: str, end: int) -> Read:
    dated = _link_to_date(p, end)
    if dated is None and p.lower[end] == "of":
        day = dates.day_number(p, end + 1)
        if day is not None and p.lower[day[1]] in (*W.RANGE_LINKS, "/"):
            dated = Sketch(Kind.CALENDAR, Unit.DAY, day=day[0]), day[1]
    if dated is not None and not dated[0].part and dated[0].clock is None:
        return replace(dated[0], part=part, mod=mod), dated[1]
    plural = p.lower[end - 1] in ("mornings", "evenings", "nights", "afternoons")
    bare = p.lower[at] in W.PARTS and not mod
    if bare and p.lower[at - 1] not in _BEFORE_PART:
        return None
    if p.lower[at] == "the" and p.lower[at - 1] not in (
        "in",
        "during",
        "by",
        "until",
        "through",
        "throughout",
        "into",
        "late",
        "early",
    ):
        return None
    if plural:
        return Sketch(Kind.REPEATED, value=f"XXXX-XX-XXT{part}"), end
    before = p.lower[at - 1] if p.lower[at] in W.PARTS else ""
    if (before in ("at", "by") and part == "NI") or p.lower[end] in ("-", "shift"):
        return Sketch(Kind.REFERENCE, value=f"XXXX-XX-XXT{part}", mod=mod), end
    return Sketch(Kind.SHIFT, Unit.DAY, part=part, mod=mod, base="same-day"), end


_BEFORE_PART = frozenset("the in by at before until after every".split())


def _early_day(p: Pieces, at: int, mod: str) -> Read:
    """``late on Sunday``, ``early Tuesday``, ``late yesterday``."""
    end = at + 1 if p.lower[at] != "the" else at + 2
    if p.lower[end] == "on":
        end += 1
    dated = _date(p, end) if p.lower[end] != "the" or p.lower[end - 1] == "on" else None
    if dated is None:
        return None
    sketch, end = dated
    tail = clocks.part_of_day(p, end)
    if tail is not None:
        return replace(sketch, part=tail[0], mod=mod), tail[1]
    if sketch.kind is Kind.SHIFT and not (sketch.weekday or sketch.day or sketch.base):
        return replace(sketch, mod=mod), end
    return replace(sketch, part="MO" if mod == "START" else "EV", mod=mod), end


def _modified(p: Pieces, at: int) -> Read:
    """``early 1913``, ``mid-1990s``, ``the end of the year``, ``late last week``, ``year-end``."""
    end = at + 1 if p.lower[at] in ("the", "its", "very") else at
    word = p.lower[end]
    if word in ("year", "month", "week", "mid") and p.lower[end + 1] in ("-", "'"):
        ending = _year_end(p, end)
        if ending is not None:
            return ending
    if word in ("midweek", "midyear"):
        unit = Unit.WEEK if word == "midweek" else Unit.YEAR
        return Sketch(Kind.SHIFT, unit, mod="MID"), end + 1
    if word in ("later", "earlier"):
        return _later_in(p, end)
    mod = W.MODIFIERS.get(word)
    if mod is None:
        return None
    end += 1
    if p.lower[end] == "-":
        end += 1
    if p.lower[end] == "part" or p.lower[end] in ("years", "months", "days", "weeks"):
        if p.lower[end + 1] != "of":
            return None
        end += 1
    of = p.lower[end] in ("of", "in", "to")
    if of:
        end += 1
    elif word in _NOUNS:
        return None
    if of and p.lower[end] in ("early", "late"):
        return None
    inner = _whole(p, end)
    if inner is None or inner[0].kind in (Kind.DURATION, Kind.REPEATED, Kind.REFERENCE, Kind.AGE):
        return None
    return replace(inner[0], mod=mod or inner[0].mod), inner[1]


_NOUNS = frozenset(
    "beginning start outset opening onset middle midst end close ending closing rest remainder "
    "entirety course final waning".split()
)


def _year_end(p: Pieces, at: int) -> Read:
    """``year-end``, ``mid-year``, ``year's end``."""
    if p.lower[at] == "mid":
        if p.lower[at + 1] == "-" and p.lower[at + 2] in ("year", "week", "month"):
            return Sketch(Kind.SHIFT, Unit(p.lower[at + 2]), mod="MID"), at + 3
        return None
    unit = Unit(p.lower[at])
    if p.lower[at + 1] == "-" and p.lower[at + 2] == "end":
        return Sketch(Kind.SHIFT, unit, mod="END"), at + 3
    if p.lower[at + 1] == "'" and p.lower[at + 2] == "s" and p.lower[at + 3] == "end":
        return Sketch(Kind.SHIFT, unit, mod="END"), at + 4
    return None


def _later_in(p: Pieces, at: int) -> Read:
    """``earlier this month``, ``later that year``, ``later in the day``, ``earlier in 1990``."""
    end = at + 1
    if p.lower[end] in ("in", "on"):
        end += 1
    if p.lower[end] == "the":
        unit = relative.unit_word(p, end + 1)
        if unit is None or unit[1] or unit[0] not in ("day", "week", "month", "year", "decade"):
            return None
        return Sketch(Kind.SHIFT, Unit(unit[0])), end + 2
    if p.lower[end] not in ("this", "that", "today"):
        return None
    if p.lower[end] == "today":
        return Sketch(Kind.SHIFT, Unit.DAY, base=PUBLISHED), end + 1
    inner = relative.related(p, end)
    return inner if inner is not None and inner[0].kind is Kind.SHIFT else None


def _whole(p: Pieces, at: int) -> Read:
    """A period that can have an early part, a middle and an end."""
    start = at + 1 if p.lower[at] == "the" else at
    if start > at and p.lower[start] in ("year", "month", "week", "day", "decade", "century"):
        if p.lower[start + 1] in ("-", "of"):
            return None
        return Sketch(Kind.SHIFT, Unit(p.lower[start])), start + 1
    if p.lower[start] in W.MONTHS or p.lower[start] in W.MONTHS_SHORT:
        read = dates.month_first(p, start)
        return read if read is not None and not read[0].day else None
    year = dates.year_number(p, start)
    if year is not None:
        return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0], short_year=year[2]), year[1]
    return (
        dates.decade(p, start)
        or dates.season(p, start)
        or dates.period_by_number(p, start)
        or relative.related(p, at)
    )


# ------------------------------------------------------------------------------------ cores


def _core_with_tail(p: Pieces, at: int) -> Read:
    """A date with a part of the day or a clock time after it."""
    core = _core(p, at)
    if core is None:
        return None
    sketch, end = core
    if sketch.kind not in (Kind.CALENDAR, Kind.SHIFT, Kind.HOLIDAY) or sketch.unit is not Unit.DAY:
        return core
    if sketch.part or sketch.clock is not None or (sketch.inner is not None and not sketch.weekday):
        return core
    return _tail(p, sketch, end) or core


def _tail(p: Pieces, sketch: Sketch, end: int) -> Read:
    mod, start = "", end
    if p.lower[start] in ("early", "late"):
        mod, start = W.MODIFIERS[p.lower[start]], start + 1
    if p.lower[start] == "in" and p.lower[start + 1] == "the":
        start += 2
        if p.lower[start] in ("early", "late"):
            mod, start = W.MODIFIERS[p.lower[start]], start + 1
    part = clocks.part_of_day(p, start)
    if part is None and p.lower[start] == "overnight":
        part = "NI", start + 1
    if part is not None and p.lower[part[1]] not in ("-",):
        sketch, end = replace(sketch, part=part[0], mod=mod), part[1]
    after = end + 1 if p.lower[end] in (",", "at", "around", "about", "by") else end
    if p.lower[after] in ("at", "around", "about", "just"):
        after += 1
    if p.lower[after] in ("around", "about", "exactly", "precisely"):
        after += 1
    time = clocks.clock(p, after)
    if time is not None and (after > end or p.lower[after] in W.INSTANTS or time[1]):
        if p.lower[end] == "by" and p.lower[after] not in W.INSTANTS and not time[1]:
            return (sketch, end) if part else None
        return replace(sketch, clock=time[0], minutes=time[1], zone=time[2]), time[3]
    return (sketch, end) if part is not None else None


def _core(p: Pieces, at: int) -> Read:
    piece = p.lower[at]
    if is_figure(piece):
        return _figures(p, at)
    if piece == "the":
        return _after_the(p, at)
    return (
        _calendar_word(p, at)
        or _special(p, at)
        or _reference(p, at)
        or relative.streak(p, at)
        or dates.period_by_number(p, at)
        or relative.related(p, at)
        or relative.repeated(p, at)
        or relative.duration(p, at)
        or dates.decade(p, at)
    )


def _after_the(p: Pieces, at: int) -> Read:
    start = at + 1
    return (
        _reference(p, at)
        or relative.streak(p, at)
        or relative.ordinal_unit(p, at)
        or relative.related(p, at)
        or _holiday(p, start)
        or dates.day_first(p, start)
        or _year_with_article(p, start)
        or dates.decade(p, start)
        or _season_after_article(p, start)
        or dates.period_by_number(p, start)
        or _month_after_article(p, start)
        or _ordinal_day(p, start)
        or relative.duration(p, start)
    )


def _year_with_article(p: Pieces, at: int) -> Read:
    if p.lower[at] == "year" or p.lower[at] == "years":
        year = dates.year_number(p, at + 1)
        if year is not None:
            return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0]), year[1]
    return None


def _month_after_article(p: Pieces, at: int) -> Read:
    """``the April election``, ``the October 4 attack``."""
    read = dates.month_first(p, at)
    if read is None:
        return None
    if read[0].day or read[0].year is not None:
        return read
    before_noun = p.lower[read[1]].isalpha() and not p.words[read[1]][:1].isupper()
    return read if before_noun and p.lower[at] not in ("march",) else None


def _season_after_article(p: Pieces, at: int) -> Read:
    """``the summer``, ``the winter of 1914``, but not "the fall of the city"."""
    read = dates.season(p, at)
    if read is None or read[0].year is not None or read[0].inner is not None:
        return read
    following = p.lower[read[1]]
    if following in ("of", "in", "from") or (
        p.lower[at] == "fall" and p.lower[at - 2] not in _BEFORE_FALL
    ):
        return None
    return read


_BEFORE_FALL = frozenset("in during since by through throughout until over".split())


def _ordinal_day(p: Pieces, at: int) -> Read:
    """``on the 12th``: a day of the month being told of."""
    if not is_figure(p.lower[at]) or p.lower[at + 1] not in W.ORDINAL_SUFFIXES:
        return None
    day = dates.day_number(p, at)
    if day is None or p.lower[at - 2] not in ("on", "by", "until", "since", "from", "before"):
        return None
    following = p.lower[day[1]]
    if following.isalpha() and following not in W.FUNCTION_WORDS:
        return None
    return Sketch(Kind.CALENDAR, Unit.DAY, day=day[0]), day[1]


def _calendar_word(p: Pieces, at: int) -> Read:
    """An expression that begins with the name of a month, a weekday or a season."""
    piece = p.lower[at]
    if piece in W.WEEKDAYS or piece in W.WEEKDAYS_SHORT:
        return dates.weekday_first(p, at)
    if piece.endswith("s") and piece[:-1] in W.WEEKDAYS and dates.is_capital(p, at):
        return Sketch(Kind.REPEATED, value=f"XXXX-WXX-{W.WEEKDAYS[piece[:-1]]}"), at + 1
    if piece in W.MONTHS or piece in W.MONTHS_SHORT:
        read = dates.month_first(p, at)
        if read is None and p.lower[at - 1] == "a":
            return None
        return read if read is not None and _month_is_meant(p, at, read[0], read[1]) else None
    if piece in W.SEASONS:
        read = dates.season(p, at)
        return read if read is not None and _season_is_meant(p, at, read[0], read[1]) else None
    return None


def _month_is_meant(p: Pieces, at: int, sketch: Sketch, end: int) -> bool:
    if sketch.day or sketch.year is not None or sketch.inner is not None:
        return p.lower[at] != "may" or p.words[at] != "may"
    before = p.lower[at - 1]
    if dates.is_capital(p, at - 1) and before not in W.DATE_PREPOSITIONS and before != "the":
        return False
    if before in ("a", "an", "its", "their", "his", "s", "costly"):
        return p.lower[end].isalpha() and p.lower[end] not in W.FUNCTION_WORDS
    if before in W.DATE_PREPOSITIONS or before in ("last", "next", "this", "mid", "late", "early"):
        return before not in ("as", "at") and not (
            p.lower[at] in W.DOUBTFUL_MONTHS
            and before in ("with", "and", "or", "by", "to")
            and not dates.month_name(p, end + 1)
            and before not in ("by", "to", "and")
        )
    if p.lower[at] in W.DOUBTFUL_MONTHS:
        return before in ("-", "(", "/", "–") or p.lower[end] in ("-", "–")
    return True


def _season_is_meant(p: Pieces, at: int, sketch: Sketch, end: int) -> bool:
    if sketch.year is not None or sketch.inner is not None:
        return True
    before = p.lower[at - 1]
    if p.lower[end] == "of":
        return False
    if before in ("a", "an", "its", "their", "the"):
        # "a spring offensive", "the Spring Offensive", but not "a fall in prices".
        following = p.lower[end]
        return following.isalpha() and following not in W.FUNCTION_WORDS and p.lower[at] != "fall"
    if p.lower[at] in ("fall", "spring"):
        return before in ("in", "during", "until", "since", "by", "of", "and", "early", "late")
    return before in W.DATE_PREPOSITIONS or before in ("late", "early", "a", "-")


def _special(p: Pieces, at: int) -> Read:
    piece = p.lower[at]
    if piece in W.DEICTIC:
        return _deictic(p, at)
    if piece == "tonight":
        return Sketch(Kind.SHIFT, Unit.DAY, base=PUBLISHED, part="NI"), at + 1
    if piece == "overnight":
        return _overnight(p, at)
    if piece in W.LONG:
        return Sketch(Kind.DURATION, value=W.LONG[piece]), at + 1
    unit = W.UNITS.get(piece)
    if (
        unit is not None
        and p.lower[at + 1] == "-"
        and p.lower[at + 2] in ("long", "ago", "earlier")
    ):
        if p.lower[at + 2] == "long":
            return Sketch(Kind.DURATION, value=relative.period_value(1, unit)), at + 3
        if unit in ("year", "month", "week", "day"):
            base = PUBLISHED if p.lower[at + 2] == "ago" else "running"
            return Sketch(Kind.SHIFT, Unit(unit), count=-1, base=base, side=-1), at + 3
    return _holiday(p, at) or _named_day(p, at)


def _overnight(p: Pieces, at: int) -> Read:
    start = at + 2 if p.lower[at + 1] in ("on", "from") else at + 1
    day = _date(p, start)
    if day is not None:
        return replace(day[0], part="NI"), day[1]
    return Sketch(Kind.SHIFT, Unit.DAY, count=-1, base="night", part="NI"), at + 1


def _deictic(p: Pieces, at: int) -> Read:
    count = W.DEICTIC[p.lower[at]]
    end = at + 1
    if p.lower[end] == "'" and p.lower[end + 1] == "s" and p.lower[end + 2] in W.PARTS:
        return None
    return Sketch(Kind.SHIFT, Unit.DAY, count=count, base=PUBLISHED), end


def _holiday(p: Pieces, at: int) -> Read:
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


def _named_day(p: Pieces, at: int) -> Read:
    match = W.match_phrase(W.NAMED_DAYS, p.lower, at)
    if match is None:
        return None
    year, month, day = (int(part) for part in match[0].split("-"))
    return Sketch(Kind.CALENDAR, Unit.DAY, year=year, number=month, day=day), match[1]


def _reference(p: Pieces, at: int) -> Read:
    match = W.match_phrase(W.REFERENCES, p.lower, at)
    if match is not None:
        value, end = match
        following = p.lower[end]
        if p.lower[end - 1] not in W.NEEDS_END or (
            not following[:1].isalnum() or following in W.FUNCTION_WORDS
        ):
            unit = W.UNITS.get(p.lower[end])
            if unit is None:
                return Sketch(Kind.REFERENCE, value=value), end
    match = W.match_phrase(W.HISTORY_REFERENCES, p.lower, at)
    if match is not None and p.lower[match[1]] not in W.UNITS:
        return Sketch(Kind.REFERENCE, value=match[0], base="history"), match[1]
    return None


def _figures(p: Pieces, at: int) -> Read:
    """An expression that begins with a figure."""
    read = (
        _named_day(p, at)
        or dates.in_figures(p, at)
        or dates.day_first(p, at)
        or _days_before_month(p, at)
        or dates.decade(p, at)
        or relative.duration(p, at)
        or dates.period_by_number(p, at)
    )
    if read is not None:
        return read
    year = dates.year_number(p, at)
    if year is None:
        return _year_before_era(p, at)
    if not _year_is_meant(p, at, year[0], year[1]):
        return None
    return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0], short_year=year[2]), year[1]


def _days_before_month(p: Pieces, at: int) -> Read:
    """``5`` of "5-12 September", "28 and 29 August"."""
    day = dates.day_number(p, at)
    if day is None or (p.lower[day[1]] not in W.RANGE_LINKS and p.lower[day[1]] != "and"):
        return None
    end = day[1]
    right = dates.day_first(p, end + 1)
    if right is None or not right[0].number or right[0].day <= day[0]:
        return None
    return replace(right[0], day=day[0]), end


def _year_before_era(p: Pieces, at: int) -> Read:
    """``264`` of "264 to 241 BC"."""
    if len(p.lower[at]) not in (2, 3, 4) or p.lower[at + 1] not in (*W.RANGE_LINKS, "and"):
        return None
    right = dates.year_number(p, at + 2)
    if right is None or right[0] >= 0 or int(p.lower[at]) < -right[0]:
        return None
    return Sketch(Kind.CALENDAR, Unit.YEAR, year=-int(p.lower[at])), at + 1


def _counts(p: Pieces, end: int) -> bool:
    """Whether a noun in the plural follows: "2000 homes"."""
    following = p.lower[end]
    return (
        following in W.UNITS
        or following in ("%", "percent", "people", "men", "women")
        or (
            following.isalpha()
            and len(following) > 3
            and following.endswith("s")
            and not following.endswith("ss")
            and not p.words[end][:1].isupper()
            and following not in W.FUNCTION_WORDS
        )
    )


def _year_is_meant(p: Pieces, at: int, year: int, end: int) -> bool:
    before = p.lower[at - 1]
    if year < 0:
        return True
    if before in ("$", "£", "€", "#", "@", "+", "no", "room", "flight", "boeing", "route"):
        return False
    if before == "-" and p.glued(at) and p.glued(at - 1) and not is_figure(p.lower[at - 2]):
        return False
    if before == "." and p.glued(at) and is_figure(p.lower[at - 2]):
        return False
    temporal = before in W.DATE_PREPOSITIONS
    if _counts(p, end) and before not in ("the", "in", "its", "his", "their", "since", "s", "of"):
        return False
    if _counts(p, end) and before in ("in", "of") and not 1900 <= year <= 2060:
        return False
    if year < 1700 or year > 2060:
        return temporal or before in ("(", "-", "–", "\n", "year")
    return True


# ----------------------------------------------------------------------------------- ranges


def _extend_range(p: Pieces, found: list[Found]) -> int:
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


def _inherit(p: Pieces, found: list[Found]) -> list[Found]:
    """A date without a year takes it from the one it is paired with: "April and June 1955"."""
    for index in range(len(found) - 2, -1, -1):
        left, right = found[index], found[index + 1]
        a, b = left.sketch, right.sketch
        if right.first - left.last > 2 or a.kind is not Kind.CALENDAR or b.kind is not a.kind:
            continue
        between = p.lower[left.last : right.first]
        if not between or any(w not in (*W.RANGE_LINKS, "and", "or", ",", "the") for w in between):
            continue
        if "," in between and "and" not in between and "or" not in between:
            continue
        if b.year is None or a.year is not None or a.inner is not None or b.short_year:
            continue
        if a.unit in (Unit.DAY, Unit.MONTH) and b.unit in (Unit.DAY, Unit.MONTH) and a.number:
            year = b.year - 1 if b.number and a.number > b.number else b.year
            found[index] = replace(left, sketch=replace(a, year=year))
        elif a.unit in (Unit.SEASON, Unit.QUARTER, Unit.HALF) and b.unit is a.unit:
            found[index] = replace(left, sketch=replace(a, year=b.year))
    return found
