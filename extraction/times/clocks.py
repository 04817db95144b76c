"""Times of day: clock times with their zone, and parts of the day."""

from __future__ import annotations

from extraction.times import words as W
from extraction.times.numbers import is_figure, number
from extraction.times.scan import Pieces

_HALF_A_DAY = 12
# "Four at night" is after midnight, "eight at night" before it.
_LATE = 5

Clock = tuple[int, bool, str, int]


def clock(p: Pieces, at: int) -> Clock | None:
    """Minutes after midnight, whether minutes were said, zone, and the piece after it."""
    piece = p.lower[at]
    if piece in W.INSTANTS:
        return _instant(p, at)
    if not is_figure(piece) and not (
        piece in W.NUMBER_UNITS
        and (_oclock(p, at + 1) or p.lower[at + 1 : at + 3] in (["in", "the"], ["at", "night"]))
    ):
        return None
    joined = p.lower[at - 1] in ("$", "£", "€", "/", "-") and p.glued(at)
    if joined and p.lower[at - 2] not in ("am", "pm", "m", "."):
        return None
    if len(piece) == 4 and is_figure(piece):
        return _military(p, at)
    return _hour(p, at)


def _instant(p: Pieces, at: int) -> Clock | None:
    minutes = 60 * W.INSTANTS[p.lower[at]]
    before = p.lower[at - 1]
    if minutes == 1440 and before in ("after", "past", "from", "since"):
        minutes = 0
    zone = _zone(p, at + 1)
    return minutes, True, zone[0], zone[1]


def _oclock(p: Pieces, at: int) -> bool:
    return p.lower[at] == "o" and p.lower[at + 1] == "'" and p.lower[at + 2] == "clock"


def _half_of_day(p: Pieces, at: int) -> tuple[str, int] | None:
    """``a.m.``, ``AM``, ``pm``: (half, piece after it)."""
    piece = p.lower[at]
    if piece in ("am", "pm"):
        return piece[0], at + 1
    if piece in ("a", "p") and p.lower[at + 1] == "." and p.lower[at + 2] == "m":
        if not (p.glued(at + 1) and p.glued(at + 2)):
            return None
        end = at + 4 if p.lower[at + 3] == "." and p.glued(at + 3) else at + 3
        return piece, end
    return None


def _zone(p: Pieces, at: int) -> tuple[str, int]:
    """The offset that follows a clock time, and the piece after it."""
    start = at + 1 if p.lower[at] == "(" else at
    piece = p.lower[start]
    if piece in W.ZONES and p.words[start].isupper():
        end = start + 1
        if start > at:
            if p.lower[end] != ")":
                return "", at
            end += 1
        return W.ZONES[piece], end
    if piece == "local" and p.lower[start + 1] == "time" and start == at:
        return "", at + 2
    if p.words[at][:1].isupper() and p.lower[at + 1] == "time":
        return "", at + 2
    return "", at


def _military(p: Pieces, at: int) -> Clock | None:
    """``1435 GMT``, ``0200 hours``."""
    piece = p.lower[at]
    hour, minute = int(piece[:2]), int(piece[2:])
    zone = _zone(p, at + 1)
    end = zone[1]
    if end == at + 1:
        if p.lower[at + 1] not in ("hours", "hrs"):
            return None
        end = at + 2
    if hour > 24 or minute > 59:
        return None
    return 60 * hour + minute, True, zone[0], end


def _hour(p: Pieces, at: int) -> Clock | None:
    word = number(p, at) if not is_figure(p.lower[at]) else None
    hour = int(word.value) if word else int(p.lower[at])
    if len(p.lower[at]) > 2 and word is None:
        return None
    end, minute, exact = at + 1, 0, False
    mark = p.lower[end]
    if mark in (":", ".") and p.glued(end) and p.glued(end + 1) and is_figure(p.lower[end + 1]):
        if len(p.lower[end + 1]) != 2 or int(p.lower[end + 1]) > 59:
            return None
        minute, exact, end = int(p.lower[end + 1]), True, end + 2
    half = _half_of_day(p, end)
    if half is None and p.lower[end] == ":" and p.glued(end) and len(p.lower[end + 1]) == 2:
        end += 2
    told = half is not None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour, end = hour % 12 + (12 if half[0] == "p" else 0), half[1]
    elif _oclock(p, end):
        end, told = end + 3, True
    part = _part_of_clock(p, end, hour) if half is None else None
    if part is not None:
        hour, end, told = part[0], part[1], True
    zone = _zone(p, end)
    if not told and zone[1] == end and not (exact and mark == ":" and _may_be_clock(p, at, hour)):
        return None
    if not told and not exact and zone[0] == "":
        return None
    if hour > 24:
        return None
    return 60 * hour + minute, exact, zone[0], zone[1]


def _part_of_clock(p: Pieces, at: int, hour: int) -> tuple[int, int] | None:
    """``in the morning``, ``in the afternoon``, ``at night`` after an hour: the hour of 24."""
    exact = p.lower[at - 2] in (":", ".")
    if not 1 <= hour <= _HALF_A_DAY or not (exact or p.lower[at - 2] in W.CLOCK_PREPOSITIONS):
        return None
    if p.lower[at] == "at" and p.lower[at + 1] == "night":
        return (hour + 12 if hour > _LATE else hour) % 24, at + 2
    if p.lower[at] != "in" or p.lower[at + 1] != "the":
        return None
    part = p.lower[at + 2]
    if part == "morning":
        return hour % 12, at + 3
    return (hour % 12 + 12, at + 3) if part in ("afternoon", "evening") else None


def _may_be_clock(p: Pieces, at: int, hour: int) -> bool:
    """A bare ``14:35`` needs a preposition, a line of its own or two figures for the hour."""
    before = p.lower[at - 1] if at else "\n"
    return hour <= 24 and (
        before in W.CLOCK_PREPOSITIONS or before in ("\n", "(", "[", ",") or len(p.lower[at]) == 2
    )


def part_of_day(p: Pieces, at: int) -> tuple[str, int] | None:
    """``evening``, ``morning hours``: (part, piece after it)."""
    part = W.PARTS.get(p.lower[at])
    if p.lower[at] in ("small", "wee", "early") and p.lower[at + 1] == "hours":
        return "MO", at + 2
    if p.lower[at] == "pre" and p.lower[at + 1] == "-" and p.lower[at + 2] == "dawn":
        return "MO", at + 3
    if part is None or (p.words[at][0].isupper() and p.words[at + 1][:1].isupper()):
        return None
    if p.lower[at + 1] in W.AFTER_PART:
        return None
    end = at + 1
    if p.lower[end] == "hours":
        end += 1
    elif p.lower[end] == "-" and p.lower[end + 1] == "time":
        end += 2
    return part, end
