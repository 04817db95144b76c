"""A time as a person types it: in words, in figures, or in EDTF (ISO 8601-2:2019)."""

from __future__ import annotations

import re
from calendar import isleap
from datetime import datetime, timedelta
from typing import Any

from extraction.model import Block, BlockKind, DateBasis, FuzzyInterval, Precision, Published
from extraction.text import analyse
from extraction.times import find_times

Day = tuple[int, int, int]

_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::\d\d)?")
_EDTF = re.compile(r"[-0-9XYZ~?%/.,\[\]{}]*[0-9X][-0-9XYZ~?%/.,\[\]{}]*")
_WINTER = re.compile(r"(\d{4})-24[?~%]?")
_OPEN = ("", "..")
_LONGEST = 200
_END_OF_DAY = timedelta(hours=23, minutes=59)
# The widest stretch, in days, that each precision still names.
_WIDTHS = (
    (1, Precision.DAY),
    (7, Precision.WEEK),
    (31, Precision.MONTH),
    (92, Precision.SEASON),
    (366, Precision.YEAR),
    (3653, Precision.DECADE),
)


def typed_interval(words: str, anchor: datetime) -> FuzzyInterval | None:
    """What a person means by "early March 2021", "last Sunday", "2021-03/2021-05", "199X", "1984~".

    Words are read as in an article published at ``anchor``; of several times the stretch from the
    first to the last is taken. ``None`` where nothing is understood, or where it lies outside of
    the years 1 to 9999.
    """
    words = " ".join(words.split())[:_LONGEST]
    clock = _CLOCK.fullmatch(words)
    if clock is not None:
        return _clock(clock)
    if _EDTF.fullmatch(words):
        return _edtf(words)
    return words_interval(words, anchor)


def _clock(found: re.Match[str]) -> FuzzyInterval | None:
    try:
        moment = datetime.fromisoformat(f"{found[1]} {found[2]}:{found[3]}")
    except ValueError:
        return None
    return FuzzyInterval(moment, moment, Precision.MINUTE, basis=found[0])


def words_interval(words: str, anchor: datetime) -> FuzzyInterval | None:
    """``typed_interval`` of what is known to be in words: "last week", "4 October", "1994".

    ``None`` too where a figure is left that belongs to no time: half of a date would be another
    one, without a word.
    """
    if not words:
        return None
    published = Published(anchor, anchor, Precision.DAY, DateBasis.USER)
    whole = Block(0, len(words), BlockKind.PARAGRAPH)
    times = [
        time
        for time in find_times(analyse(words, (whole,)), published)
        if time.interval is not None
    ]
    read = {at for time in times for at in range(time.span.start, time.span.end)}
    found = [time.interval for time in times if time.interval is not None]
    if not found or any(c.isdigit() and at not in read for at, c in enumerate(words)):
        return None
    if len(found) == 1:
        one = found[0]
        return FuzzyInterval(
            one.earliest, one.latest, one.precision, one.open_start, one.open_end, words
        )
    first = min(found, key=lambda interval: interval.earliest)
    last = max(found, key=lambda interval: interval.latest)
    return FuzzyInterval(
        first.earliest, last.latest, first.precision, first.open_start, last.open_end, words
    )


def _edtf(words: str) -> FuzzyInterval | None:
    first, slash, last = words.partition("/")
    sides = (first, last) if slash else (first, first)
    read = [None if side in _OPEN else _side(side) for side in sides]
    if any(side not in _OPEN and bounds is None for side, bounds in zip(sides, read, strict=True)):
        return None
    known = [bounds for bounds in read if bounds is not None]
    if not known:
        return None
    # An open end reaches no further than what is named: the record says that it is open.
    start, end = known[0][0], known[-1][1]
    if end < start:
        return None
    return FuzzyInterval(
        start, end, _precision(start, end), read[0] is None, read[-1] is None, words
    )


def _side(words: str) -> tuple[datetime, datetime] | None:
    bounds = edtf_days(words)
    if bounds is None:
        return None
    try:
        first, last = (datetime(*day) for day in bounds)
    except (ValueError, OverflowError):
        return None
    return first, last + _END_OF_DAY


def edtf_days(words: str) -> tuple[Day, Day] | None:
    """First and last day of a single EDTF date, each as (year, month, day); no interval.

    Years may lie outside of what a ``datetime`` holds; -1 is 2 BCE. ``None`` for anything else.
    """
    import edtf  # its grammar takes a tenth of a second to build

    winter = _WINTER.fullmatch(words)
    if winter is not None:
        # The library ends a winter with its year; in news it goes on until spring.
        year = int(winter[1]) + 1
        return (year - 1, 12, 1), (year, 2, 29 if isleap(year) else 28)
    try:
        parsed = edtf.parse_edtf(words)
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (edtf.EDTFParseException, ValueError, OverflowError, TypeError, AttributeError):
        return None


def _day(moment: Any) -> Day:
    return moment.tm_year, moment.tm_mon, moment.tm_mday


def _precision(start: datetime, end: datetime) -> Precision:
    days = (end - start).days + 1
    return next((name for widest, name in _WIDTHS if days <= widest), Precision.CENTURY)
