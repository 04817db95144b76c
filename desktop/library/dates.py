"""The day of publication in words."""

from __future__ import annotations

from collections.abc import Iterable

from db.rows import ArticleRow
from desktop.wording import interval_in_words
from extraction.model import FuzzyInterval


def published_in_words(row: ArticleRow, year: int | None = None) -> str:
    """``5 Oct 2020``, or an empty string where nothing is known.

    ``year`` is the year that goes without saying.
    """
    if row.published_start is None:
        return ""
    end = row.published_end or row.published_start
    return interval_in_words(
        FuzzyInterval(row.published_start, end, row.published_precision), short=True, year=year
    )


def common_year(rows: Iterable[ArticleRow]) -> int | None:
    """The year in which all dated articles were published, if it is one."""
    years = {row.published_start.year for row in rows if row.published_start is not None}
    return years.pop() if len(years) == 1 else None
