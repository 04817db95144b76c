"""Dates in EDTF, the extended format of ISO 8601-2, as stretches of days on the axis.

Specification: Library of Congress, EDTF, https://www.loc.gov/standards/datetime/.
"""

from __future__ import annotations

import re
from datetime import datetime

from desktop.timeline.scale import MINUTE, day_number, to_days
from extraction.times.typed import edtf_days

_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d(?::?\d\d)?)?[?~%]?")
_SHAPE = re.compile(r"[Y\dX?~%./:TZ+-]*\d{3}[\dX][Y\dX?~%./:TZ+ -]*")
_DATE = re.compile(r"Y?-?\d+[-\dX]*[?~%]?")
_OPEN = ("", "..")
_LARGEST_YEAR = 9_999_999

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
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        try:
            moment = to_days(datetime.fromisoformat(f"{clock[1]} {clock[2]}"))
        except ValueError:
            return None
        return moment, moment + MINUTE
    bounds = edtf_days(text) if _DATE.fullmatch(text) else None
    if bounds is None or max(abs(day[0]) for day in bounds) > _LARGEST_YEAR:
        return None
    first, last = bounds
    begin, end = (float(day_number(year, month) + day - 1) for year, month, day in (first, last))
    return (begin, end + 1) if begin <= end else None
