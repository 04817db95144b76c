"""Where expressions of time stand in a text and what each of them says.

One pass over the pieces of a text: at each piece that an expression can begin with, the longest
reading is taken. No reading looks further than a few pieces ahead, so the time is linear.
"""

from __future__ import annotations

from msgspec.structs import replace

from extraction.times import clocks, cores, dates, days, durations, ranges, relative
from extraction.times import words as W
from extraction.times.numbers import is_figure
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, Found, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None

# All other pieces but figures are passed over at once.
_OPENERS = W.STARTS | W.DETERMINERS | W.SECONDS.keys() | {"'"}
_POINTS = (Kind.CALENDAR, Kind.SHIFT, Kind.HOLIDAY)


def find(p: Pieces) -> list[Found]:
    """All expressions, in order, without overlap."""
    found: list[Found] = []
    free = 0
    lower, starts, determiners, seconds = p.lower, W.STARTS, W.DETERMINERS, W.SECONDS
    pieces = lower[: p.count]
    for at in [i for i, piece in enumerate(pieces) if piece in _OPENERS or piece.isdecimal()]:
        if at < free:
            continue
        piece = lower[at]
        if piece in determiners:
            following = lower[at + 1]
            may_begin = (
                following in starts or following.isdecimal() or following in W.AFTER_DETERMINER
            )
        else:
            may_begin = (
                lower[at + 1] in seconds[piece]
                if piece in seconds
                else piece in starts or piece.isdecimal()
            )
            if piece == "'":  # "'98"
                may_begin = lower[at + 1].isdecimal()
        if may_begin:
            read = phrase(p, at)
            if read is not None:
                found.append(Found(at, read[1], read[0]))
                free = ranges.extend(p, found)
    return ranges.inherit(p, found)


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
    read = durations.duration(p, after)
    if read is not None and read[0].kind in (Kind.DURATION, Kind.SHIFT, Kind.REFERENCE):
        return replace(read[0], mod=mod), read[1]
    if p.lower[at] == "as":
        told = _modified(p, after) or _core_with_tail(p, after)
        return told if told is not None and told[0].kind in _POINTS else None
    if mod != "APPROX" or p.lower[at] in ("some", "shortly"):
        return None
    year = dates.year_number(p, after)
    if year is not None and not cores.counts(p, year[1]):
        return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0], mod=mod), year[1]
    return None


def _link_to_date(p: Pieces, at: int) -> Read:
    """The date after a part of the day or a clock time: directly, after a comma, ``of``, ``on``."""
    start = at + 1 if p.lower[at] in (",", "of", "on", "in") else at
    if start > at and p.lower[start] in ("of", "on"):
        start += 1
    return days.dated(p, start)


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
    """``the evening of March 8``, ``late on Sunday``, ``early in the morning of 10 April``."""
    end = at
    mod = ""
    if p.lower[end] == "the":
        end += 1
    if p.lower[end] in ("early", "late", "mid") and p.lower[end + 1] != "hours":
        mod = W.MODIFIERS[p.lower[end]]
        end += 1
        if p.lower[end] == "-":
            end += 1
    while p.lower[end] in ("in", "on", "at", "the") and end < at + 4:
        if mod == "" and end == at:
            return None
        end += 1
    if p.lower[end] in ("early", "late") and not mod and p.lower[end + 1] != "hours":
        mod, end = W.MODIFIERS[p.lower[end]], end + 1
    part = clocks.part_of_day(p, end)
    if part is not None:
        if p.lower[end] in W.EARLY or p.lower[end : end + 2] == ["early", "hours"]:
            mod = "START"
        return _part_of(p, at, part[0], mod, part[1])
    if mod in ("START", "END"):
        return _early_day(p, at, mod)
    return None


def _part_of(p: Pieces, at: int, part: str, mod: str, end: int) -> Read:
    dated = _link_to_date(p, end)
    if dated is None and p.lower[end] == "of":
        dated = cores.days_before_month(p, end + 1)
    if dated is not None and not dated[0].part and dated[0].clock is None:
        return replace(dated[0], part=part, mod=mod), dated[1]
    plural = p.lower[end - 1] in ("mornings", "evenings", "nights", "afternoons")
    bare = p.lower[at] in W.PARTS and not mod
    if bare and p.lower[at - 1] not in W.BEFORE_PART:
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
    edge = p.lower[at] in W.EDGES_OF_DAY and before in W.CLOCK_PREPOSITIONS
    base = "that-day" if edge else "same-day"
    return Sketch(Kind.SHIFT, Unit.DAY, part=part, mod=mod, base=base), end


def _early_day(p: Pieces, at: int, mod: str) -> Read:
    """``late on Sunday``, ``early Tuesday``, ``late yesterday``."""
    end = at + 1 if p.lower[at] != "the" else at + 2
    if p.lower[end] == "on":
        end += 1
    dated = days.dated(p, end) if p.lower[end] != "the" or p.lower[end - 1] == "on" else None
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
    elif word in W.EDGE_NOUNS:
        return None
    if of and p.lower[end] in ("early", "late"):
        return None
    inner = _whole(p, end)
    if inner is None or inner[0].kind in (Kind.DURATION, Kind.REPEATED, Kind.REFERENCE, Kind.AGE):
        return None
    return replace(inner[0], mod=mod or inner[0].mod), inner[1]


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
        unit = durations.unit_word(p, end + 1)
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
    decade = dates.decade(p, start)
    if decade is not None:
        return decade
    year = dates.year_number(p, start)
    if year is not None:
        return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0], short_year=year[2]), year[1]
    return dates.season(p, start) or dates.period_by_number(p, start) or relative.related(p, at)


def _core_with_tail(p: Pieces, at: int) -> Read:
    """A date with a part of the day or a clock time after it."""
    core = cores.core(p, at)
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
    stamp = p.lower[end] == "t" and p.glued(end) and p.glued(end + 1)
    after = end + 1 if stamp or p.lower[end] in (",", "at", "around", "about", "by") else end
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
