"""Fuzzy times of claims, events and tellings as arrays, and the part of them that is certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from db.columns import (
    BETWEEN,
    NEVER,
    OPEN_END,
    OPEN_START,
    PRECISIONS,
    Claims,
    Columns,
    Events,
    Mentions,
    Places,
)
from db.rows import ArticleRow
from desktop.timeline.index import Bools
from desktop.timeline.scale import HOUR, MINUTE, YEAR
from extraction.model import Precision

UNIT_DAYS = {
    Precision.MINUTE: 0.0,
    Precision.HOUR: HOUR,
    Precision.PART_OF_DAY: 6 * HOUR,
    Precision.DAY: 1.0,
    Precision.WEEK: 7.0,
    Precision.MONTH: YEAR / 12,
    Precision.SEASON: YEAR / 4,
    Precision.YEAR: YEAR,
    Precision.DECADE: 10 * YEAR,
    Precision.CENTURY: 100 * YEAR,
}
_UNITS = np.array([UNIT_DAYS[precision] for precision in PRECISIONS])

UNSURE_SHARE = 0.22
"""How much of a unit of precision fades at either end: all of it is known only as that unit."""

_FADES = _UNITS * UNSURE_SHARE

WORST = 0.42
"""What fades at one end never takes more than this share of the whole."""

_MICROSECONDS = 86_400e6

Times = npt.NDArray[np.int64]

NAMES = ("start", "end", "precision", "open_start", "open_end", "between")
"""The columns of fuzzy times."""


@dataclass(frozen=True, eq=False)
class Whens:
    """Fuzzy times as arrays: microseconds (``NEVER`` where unknown), precision, open ends."""

    start: Times
    end: Times
    precision: npt.NDArray[np.int8]
    open_start: Bools
    open_end: Bools
    between: Bools

    @property
    def known(self) -> Bools:
        found: Bools = self.start != NEVER
        return found

    def otherwise(self, other: Whens, places: Places | None = None) -> Whens:
        """These where they are known, else the others: of each the one at its place."""
        missing = np.flatnonzero(~self.known)
        if not len(missing):
            return self
        rest = other.take(missing if places is None else places.take(missing))
        found = []
        for name in NAMES:
            column = getattr(self, name).copy()
            column[missing] = getattr(rest, name)
            found.append(column)
        return Whens(*found)

    def take(self, at: npt.NDArray[Any]) -> Whens:
        """Those at ``at``; where that is -1, none is known."""
        if not len(self.start):
            return nowhere(len(at))
        found = [getattr(self, name).take(at, mode="wrap") for name in NAMES]
        missing = np.flatnonzero(at < 0)
        for column, nothing in zip(found, (NEVER, 0, 0, False, False, False), strict=True):
            column[missing] = nothing
        return Whens(*found)

    def columns(self) -> dict[str, Any]:
        """Days: start, end (exclusive) and the certain part within them."""
        start = self.start / _MICROSECONDS
        end = self.end / _MICROSECONDS
        np.maximum(end, start, out=end)
        end += MINUTE
        fade = end - start
        fade *= WORST
        np.minimum(_FADES.take(self.precision), fade, out=fade)
        return {
            "start": start,
            "end": end,
            "core_start": start + fade,
            "core_end": end - fade,
            "open_start": self.open_start,
            "open_end": self.open_end,
            "between": self.between,
        }


def nowhere(count: int) -> Whens:
    none, never = np.zeros(count, np.bool_), np.full(count, NEVER, np.int64)
    return Whens(never, never, np.zeros(count, np.int8), none, none, none)


def when_of(table: Claims | Events | Mentions) -> Whens:
    """The ``when`` of a table of packed arrays."""
    none = np.zeros(len(table), np.bool_)
    return Whens(
        table.when_start,
        table.when_end,
        table.when_precision,
        (table.flags & OPEN_START) != 0,
        (table.flags & OPEN_END) != 0,
        none if isinstance(table, Claims) else (table.flags & BETWEEN) != 0,
    )


def published_of(columns: Columns, articles: Sequence[ArticleRow]) -> tuple[Whens, Whens]:
    """When the article of each claim and of each mention was published."""
    rows = sorted(articles, key=lambda row: row.id)
    ids = np.array([row.id for row in rows], np.int64)
    starts = [row.published_start for row in rows]
    ends = [row.published_end or row.published_start for row in rows]
    none = np.zeros(len(rows), np.bool_)
    whens = Whens(
        np.array(starts, "datetime64[us]").astype(np.int64),
        np.array(ends, "datetime64[us]").astype(np.int64),
        np.array([PRECISIONS.index(row.published_precision) for row in rows], np.int8),
        none,
        none,
        none,
    )

    def at(article: npt.NDArray[Any]) -> npt.NDArray[Any]:
        if not len(ids):
            return np.full(len(article), -1)
        found = np.minimum(np.searchsorted(ids, article), len(ids) - 1)
        return np.where(ids[found] == article, found, -1)

    return whens.take(at(columns.claims.article)), whens.take(at(columns.mentions.article))
