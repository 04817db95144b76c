"""Dates in EDTF, the extended format of ISO 8601-2, levels 0 and 1, as stretches of days.

A small parser rather than the ``edtf`` package: that brings two more packages and a fifth of a
second of import for one field, and gives no minutes. Specification: Library of Congress, EDTF,
https://www.loc.gov/standards/datetime/.
"""

from __future__ import annotations

import re

from desktop.timeline.scale import MINUTE, day_number

SEASONS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
"""First month and length in months; a winter reaches into the next year."""

_DATE = re.compile(
    r"(?P<year>Y?-?\d{4,7}|-?\d{1,3}[X\d]{1,3}|-?\d{2}XX)"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
    r"[?~%]?"
)
_SHAPE = re.compile(r"[Y\dX?~%./:TZ+-]*\d{3}[\dX][Y\dX?~%./:TZ+ -]*")
_OPEN = ("", "..")

Stretch = tuple[float, float]


def stretch(text: str) -> Stretch | None:
    """Begin and end (exclusive), in days, of a date or an interval; ``None`` if it is neither.

    Of an interval with an open or unknown end the known end is given. What is marked uncertain or
    approximate is taken as it stands.
    """
    first, slash, last = (part.strip() for part in text.strip().partition("/"))
    if not slash:
        return _date(first)
    ends = [_date(part) for part in (first, last) if part not in _OPEN]
    if not ends or None in ends:
        return None
    known = [end for end in ends if end is not None]
    begin, end = known[0][0], known[-1][1]
    return (begin, end) if begin < end else None


def is_like(text: str) -> bool:
    """Whether a text is written as these dates are, though it may name a day that is none."""
    return _SHAPE.fullmatch(text.strip()) is not None


def _date(text: str) -> Stretch | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    years = _years(found["year"])
    if years is None:
        return None
    month, day = found["month"], found["day"]
    if month is None or month == "XX":
        return float(day_number(years[0])), float(day_number(years[1] + 1))
    if years[0] != years[1]:
        return None
    return _in_year(years[0], int(month), day, found["hour"], found["minute"])


def _years(text: str) -> tuple[int, int] | None:
    """The first and the last year of "1994", "199X", "-0043" or "Y-17000"."""
    plain = text.removeprefix("Y")
    negative, digits = plain.startswith("-"), plain.removeprefix("-")
    if not re.fullmatch(r"\d{4}|\d{3}X|\d{2}XX", digits) and not text.startswith("Y"):
        return None
    first, last = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return (-last, -first) if negative else (first, last)


def _in_year(
    year: int, month: int, day: str | None, hour: str | None, minute: str | None
) -> Stretch | None:
    if month in SEASONS and day is None:
        first, months = SEASONS[month]
        return float(day_number(year, first)), float(_month_after(year, first, months))
    if not 1 <= month <= 12:
        return None
    begin, end = day_number(year, month), _month_after(year, month, 1)
    if day is None or day == "XX":
        return float(begin), float(end)
    at = begin + int(day) - 1
    if not begin <= at < end:
        return None
    if hour is None or minute is None:
        return float(at), at + 1.0
    if int(hour) > 23 or int(minute) > 59:
        return None
    moment = at + (int(hour) * 60 + int(minute)) * MINUTE
    return moment, moment + MINUTE


def _month_after(year: int, month: int, months: int) -> int:
    """The day on which a month begins that is ``months`` after another one."""
    index = month - 1 + months
    return day_number(year + index // 12, index % 12 + 1)
