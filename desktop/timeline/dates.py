"""What a person typed to go to: a date in figures or in words, as a stretch of time."""

from __future__ import annotations

import re
from datetime import datetime

from desktop.timeline.scale import MINUTE, YEAR, day_number, to_days
from extraction.model import Block, BlockKind, DateBasis, Precision, Published
from extraction.text import analyse
from extraction.times import find_times

ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d))?)?)?"
)


def stretch(text: str, anchor: datetime) -> tuple[float, float] | None:
    """The days from begin to end of what ``text`` names, or ``None``.

    Words are read as in an article published at ``anchor``: "last week", "4 October", "1994".
    """
    words = text.strip()
    if not words:
        return None
    found = ISO.fullmatch(words)
    if found is not None:
        return _iso(found)
    published = Published(anchor, anchor, Precision.DAY, DateBasis.USER)
    whole = Block(0, len(words), BlockKind.PARAGRAPH)
    for time in find_times(analyse(words, (whole,)), published):
        if time.interval is not None:
            return to_days(time.interval.earliest), to_days(time.interval.latest) + MINUTE
    return None


def _iso(found: re.Match[str]) -> tuple[float, float] | None:
    year = int(found["year"])
    if found["month"] is None:
        return float(day_number(year)), float(day_number(year + 1))
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    if found["day"] is None:
        start = day_number(year, month)
        return float(start), float(day_number(year + month // 12, month % 12 + 1))
    try:
        moment = datetime(
            year, month, int(found["day"]), int(found["hour"] or 0), int(found["minute"] or 0)
        )
    except ValueError:
        return None
    start_at = to_days(moment)
    return start_at, start_at + (1.0 if found["hour"] is None else MINUTE)


def room_around(start: float, end: float) -> tuple[float, float]:
    """A view in which a stretch can be seen with what is near it; at least two hours."""
    length = min(max(end - start, 2 / 24), 500 * YEAR)
    middle = (start + end) / 2
    return middle - 2 * length, middle + 2 * length
