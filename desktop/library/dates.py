"""The day of publication in words."""

from __future__ import annotations

from db.rows import ArticleRow
from desktop.wording import interval_in_words
from extraction.model import FuzzyInterval


def published_in_words(row: ArticleRow) -> str:
    """``5 Oct 2020``, or an empty string where nothing is known."""
    if row.published_start is None:
        return ""
    end = row.published_end or row.published_start
    return interval_in_words(
        FuzzyInterval(row.published_start, end, row.published_precision), short=True
    )
