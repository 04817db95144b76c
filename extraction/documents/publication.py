"""When an article was published, and what that rests on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta

from extraction.documents.base import Parsed
from extraction.documents.metadata import DATE_LINE, date_in_line, story_dateline
from extraction.documents.saved import SAVED
from extraction.model import BlockKind, DateBasis, Document, Precision, Published
from extraction.times import NamedDay, latest_named_day, parse_date

_YEAR = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?[/-]*")
_OUTRIGHT = (DateBasis.USER, DateBasis.METADATA, DateBasis.DATELINE)
# A dateline opens the story: it may stand under a headline, a standfirst and a byline.
_OPENING_BLOCKS = 5


def published_of(
    parsed: Parsed, document: Document, decided: date | None, undated: date | None = None
) -> Published:
    """Decide the date of publication, in the order of trust.

    A person's word; what the file says of its publication; a date line; the day that a program
    noted when it made the file, or that of the last change; then the latest day that the text
    itself names, with its year taken from the file's time stamp and marked as assumed.
    """
    if decided is not None:
        return _day(decided, DateBasis.USER, "decided by a person")
    own = _own_date(parsed, document)
    if own is None and undated is not None:
        return _day(undated, DateBasis.USER, "decided by a person")
    return own or parsed.published or _from_text(parsed, document)


def _own_date(parsed: Parsed, document: Document) -> Published | None:
    """What the document says outright."""
    if parsed.published is not None:
        return parsed.published if parsed.published.basis in _OUTRIGHT else None
    return (
        _from_field(parsed.date, parsed.date_origin)
        or _from_dateline(parsed, document)
        or _coarse(parsed.date, parsed.date_origin)
        or _from_made(parsed)
        or _from_field(parsed.changed, parsed.changed_origin)
    )


def changed_of(parsed: Parsed) -> Published | None:
    """When the file says that it was last changed."""
    return _from_field(parsed.changed, parsed.changed_origin)


def _from_field(value: str | None, origin: str) -> Published | None:
    found = (_counted(value) or parse_date(date_in_line(value))) if value else None
    return _day(found, _basis(origin), f"{origin}: {value}") if found else None


def _from_made(parsed: Parsed) -> Published | None:
    """The day of making; a page that was saved may be any number of days older than that."""
    found = _from_field(parsed.made, parsed.made_origin)
    saved = found is not None and parsed.made_origin.startswith(SAVED)
    return replace(found, assumed=("day",)) if found is not None and saved else found


def _counted(value: str) -> date | None:
    """The day of a count of seconds, or thousandths of them, as many programs keep time."""
    digits = value.strip()
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", digits):
        return None
    return datetime.fromtimestamp(int(digits[:10]), UTC).date()


def _coarse(value: str | None, origin: str) -> Published | None:
    """A year, or a year and a month, as references often give it."""
    match = _YEAR.fullmatch(value.strip()) if value else None
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or 0)
    if not MINYEAR < year < MAXYEAR or month > 12:
        return None
    start = datetime(year, month or 1, 1)
    after = datetime(year + (month in (0, 12)), month % 12 + 1, 1)
    return Published(
        start,
        after - timedelta(minutes=1),
        Precision.MONTH if month else Precision.YEAR,
        _basis(origin),
        reasons=(f"{origin}: {value}",),
    )


def _basis(origin: str) -> DateBasis:
    return DateBasis.DATELINE if origin == DATE_LINE else DateBasis.METADATA


def _from_dateline(parsed: Parsed, document: Document) -> Published | None:
    """The day in the dateline that opens the story; its year may have to be assumed."""
    opening = [block for block in parsed.blocks if block.kind is not BlockKind.BOILERPLATE]
    for block in opening[:_OPENING_BLOCKS]:
        words = story_dateline(parsed.text[block.start : block.end])
        if words is None:
            continue
        found = parse_date(words)
        if found is not None:
            return _day(found, DateBasis.DATELINE, f"{DATE_LINE}: {words}")
        named = latest_named_day(words)
        if named is not None and document.modified is not None:
            return _in_assumed_year(
                named, f"{DATE_LINE}: {words}", document.modified.date(), DateBasis.DATELINE
            )
    return None


def _day(day: date, basis: DateBasis, *reasons: str, assumed: tuple[str, ...] = ()) -> Published:
    start = datetime(day.year, day.month, day.day)
    return Published(
        start, start + timedelta(hours=23, minutes=59), Precision.DAY, basis, assumed, reasons
    )


def _from_text(parsed: Parsed, document: Document) -> Published:
    named = latest_named_day(parsed.text)
    stamp = document.modified
    if named is None:
        if stamp is None:
            return Published(None, None, Precision.DAY, DateBasis.NONE, (), ("no date found",))
        reason = f"no date in the text; the file's time stamp is {stamp.date().isoformat()}"
        return _day(stamp.date(), DateBasis.FILE, reason, assumed=("year", "month", "day"))
    words = f"latest day named in the text: {named.span.exact}"
    if named.year is not None:
        return _day(date(named.year, named.month, named.day), DateBasis.TEXT, words)
    if stamp is None:
        return Published(None, None, Precision.DAY, DateBasis.NONE, (), (words, "no year is known"))
    return _in_assumed_year(named, words, stamp.date(), DateBasis.TEXT)


def _in_assumed_year(named: NamedDay, words: str, stamp: date, basis: DateBasis) -> Published:
    year = _year_before(named.month, named.day, stamp)
    return _day(
        date(year, named.month, named.day),
        basis,
        words,
        f"year {year} assumed: the text names none, the file's time stamp is {stamp.isoformat()}",
        assumed=("year",),
    )


def _year_before(month: int, day: int, stamp: date) -> int:
    """The last year in which the day did not lie after the file's time stamp."""
    for year in range(stamp.year, stamp.year - 9, -1):
        try:
            if date(year, month, day) <= stamp + timedelta(days=1):
                return year
        except ValueError:
            continue
    return stamp.year
