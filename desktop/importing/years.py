"""The year of an article that names none, taken from the other articles of its dossier.

A file's time stamp tells the year of what was saved when it came out. Of what was saved long after,
it tells nothing: an article of 19 September among others of September 2034 is from then.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop.importing.reading import read_anew
from desktop.importing.workers import Pool
from extraction.model import Article, ArticleReading, Document, Published

FRESH = timedelta(days=14)
"""A file saved so soon after the day that its article names was saved when it came out."""

NEAR = timedelta(days=31)
"""Articles about one matter lie no further apart, as far as a year is guessed by it."""


def certain_days(articles: Iterable[Article]) -> frozenset[date]:
    """The days of publication of which no part is assumed."""
    return frozenset(
        one.published.start.date()
        for one in articles
        if one.published.start is not None and not one.published.assumed
    )


def with_likelier_years(
    new: Sequence[tuple[Document, ArticleReading]], days: frozenset[date], pool: Pool | None
) -> tuple[tuple[Document, ArticleReading], ...]:
    """Read again, with the year of the nearest other article, what has its year from an old file.

    ``days`` are those on which other articles were certainly published; those of ``new`` itself
    count as well. The year stays marked as assumed, with the reason for it.
    """
    known = sorted(days | certain_days(reading.article for _, reading in new))
    found = {
        at: near
        for at, (document, reading) in enumerate(new)
        if (near := _likelier(document, reading.article.published, known)) is not None
    }
    grounds = {at: _grounds(new[at][1].article.published, *days) for at, days in found.items()}
    likelier = {at: day for at, (day, _) in found.items()}
    return read_anew(new, likelier, pool, grounds)


def _grounds(published: Published, likelier: date, other: date) -> Published:
    reason = (
        f"year {likelier.year} assumed: the text names none, "
        f"another article of the dossier is of {other.isoformat()}"
    )
    return replace(published, reasons=(*published.reasons[:-1], reason))


def _likelier(
    document: Document, published: Published, known: Sequence[date]
) -> tuple[date, date] | None:
    """A better day for an article, and that of the other article that tells it."""
    if published.assumed != ("year",) or published.start is None or document.modified is None:
        return None
    day = published.start.date()
    saved = document.modified.date()
    if saved - day <= FRESH or _nearest(day, known)[0] <= NEAR:
        return None
    fits = []
    for year in {other.year + more for other in known for more in (-1, 0, 1)}:
        try:
            fits.append((*_nearest(day.replace(year=year), known), day.replace(year=year)))
        except ValueError:
            continue  # the 29th of February, or a year that no calendar has
    apart, other, likelier = min(fits, default=(timedelta.max, day, day))
    # No article came out after it was saved, unless the whole matter is set in the future.
    late = likelier > saved + FRESH and known[-1] <= date.today()
    return (likelier, other) if apart <= NEAR and not late else None


def _nearest(day: date, known: Sequence[date]) -> tuple[timedelta, date]:
    """How far the nearest of the sorted days is, and which one it is."""
    at = bisect_left(known, day)
    around = known[max(0, at - 1) : at + 1]
    return min(((abs(day - other), other) for other in around), default=(timedelta.max, day))
