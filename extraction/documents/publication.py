"""When an article was published, and what that rests on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from extraction.documents.base import Parsed
from extraction.documents.metadata import date_in_line
from extraction.model import DateBasis, Document, Precision, Published
from extraction.times import latest_named_day, parse_date


def published_of(parsed: Parsed, document: Document, decided: date | None) -> Published:
    """Decide the date of publication, in the order of trust.

    A person's word; the file's metadata; a date line; then the latest day that the text itself
    names, with its year taken from the file's time stamp and marked as assumed.
    """
    if decided is not None:
        return _day(decided, DateBasis.USER, "decided by a person")
    if parsed.date:
        found = parse_date(date_in_line(parsed.date))
        if found is not None:
            basis = DateBasis.DATELINE if parsed.date_origin == "date line" else DateBasis.METADATA
            return _day(found, basis, f"{parsed.date_origin}: {parsed.date}")
    return _from_text(parsed, document)


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
    year = _year_before(named.month, named.day, stamp.date())
    return _day(
        date(year, named.month, named.day),
        DateBasis.TEXT,
        words,
        f"year {year} assumed: the text names none, the file's time stamp is "
        f"{stamp.date().isoformat()}",
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
