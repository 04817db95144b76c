"""The rows of the split view: events and loose claims that pass the filter, in time order.

A dossier may hold a hundred thousand events. So the list holds no more than the places of its
rows in the session's arrays; what a row is called and what stands in it is found when it is
looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import overload

import numpy as np
from numpy.typing import NDArray

from db.columns import (
    NEVER,
    OPEN_END,
    OPEN_START,
    PRECISIONS,
    SAID_OPEN_START,
    SUGGESTED,
    Columns,
)
from desktop.filter import overlaps
from desktop.session import Session
from desktop.wording import day_in_words, interval_in_words
from extraction.model import FuzzyInterval, Precision


class RowKind(Enum):
    EVENT = "event"
    CLAIM = "claim"  # a claim that belongs to no event


@dataclass(frozen=True, slots=True)
class Row:
    """``id`` is that of the event or claim, ``size`` how many claims it holds.

    ``day`` is the heading that the row stands under; ``heads`` says that it is the first to.
    """

    kind: RowKind
    id: int
    day: str
    size: int = 0
    heads: bool = False


_EPOCH = datetime(1970, 1, 1)
Times = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Entries:
    """Parallel arrays, one element a row; ``loose`` are claims, the others events."""

    ids: NDArray[np.int32]
    loose: NDArray[np.bool_]
    sizes: NDArray[np.int64]
    starts: Times
    ends: Times
    precisions: NDArray[np.int8]
    opens: NDArray[np.int8]


class Listing(Sequence[Row]):
    """Rows by their place. ``passing`` counts the claims that pass the filter, ``to_review`` those
    of them that wait for a decision."""

    def __init__(self, session: Session | None = None) -> None:
        columns = Columns.empty() if session is None else session.columns
        self.to_review = 0
        self.passing = 0
        if session is None:
            self._entries = _entries(columns, np.zeros(0, np.intp), np.zeros(0, np.intp))
        else:
            self._entries = self._fill(session)
        self._headings = Headings(columns)
        ids, loose = self._entries.ids, self._entries.loose
        self.sizes = self._entries.sizes
        """Claims of each row."""
        self._places: dict[RowKind, tuple[NDArray[np.int32], NDArray[np.intp]]] = {}
        for kind, mask in ((RowKind.EVENT, ~loose), (RowKind.CLAIM, loose)):
            places = np.flatnonzero(mask)
            order = np.argsort(ids[places])
            self._places[kind] = ids[places][order], places[order]

    @property
    def year(self) -> int | None:
        """The year that goes without saying: most events lie in it."""
        return self._headings.year

    @property
    def events(self) -> int:
        """How many rows are events."""
        return len(self._places[RowKind.EVENT][0])

    def place_of(self, kind: RowKind, row_id: int) -> int | None:
        """Where the row of an event or a loose claim stands, if it is listed."""
        ids, places = self._places[kind]
        at = int(np.searchsorted(ids, row_id))
        return int(places[at]) if at < len(ids) and ids[at] == row_id else None

    def key_at(self, place: int) -> tuple[RowKind, int]:
        """Kind and id of the row at a place."""
        entries = self._entries
        kind = RowKind.CLAIM if entries.loose[place] else RowKind.EVENT
        return kind, int(entries.ids[place])

    def first_within(self, start: datetime, end: datetime) -> int | None:
        """The first event that begins in a time; both ends belong to it."""
        starts = self._entries.starts
        inside = (starts >= _micros(start)) & (starts <= _micros(end)) & ~self._entries.loose
        return int(inside.argmax()) if inside.any() else None

    def __len__(self) -> int:
        return len(self._entries.ids)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        day = self._headings.of(self._when(place))
        heads = place == 0 or self._headings.of(self._when(place - 1)) != day
        return Row(*self.key_at(place), day, int(self.sizes[place]), heads)

    def __iter__(self) -> Iterator[Row]:
        return (self[place] for place in range(len(self)))

    def _when(self, place: int) -> FuzzyInterval | None:
        entries = self._entries
        start = int(entries.starts[place])
        if start == NEVER:
            return None
        is_open = int(entries.opens[place])
        return FuzzyInterval(
            _moment(start),
            _moment(int(entries.ends[place])),
            PRECISIONS[entries.precisions[place]],
            bool(is_open & OPEN_START),
            bool(is_open & OPEN_END),
        )

    # ------------------------------------------------------------------ making it

    def _fill(self, session: Session) -> _Entries:
        columns = session.columns
        accepted = session.accepted()
        self.passing = int(np.count_nonzero(accepted))
        self.to_review = int(np.count_nonzero(accepted & (columns.claims.review == SUGGESTED)))
        listed = (columns.count_by_event(accepted) > 0) | _narrated(session)
        events = columns.event_order[listed[columns.event_order]]
        loose = np.flatnonzero(accepted & (columns.claims.event == 0))
        return _entries(columns, events, loose)


def _entries(columns: Columns, events: NDArray[np.intp], loose: NDArray[np.intp]) -> _Entries:
    """The events are in time order; each loose claim goes behind its equals."""
    claims, told = columns.claims, columns.events
    own = claims.when_start[loose] != NEVER
    flags = claims.flags[loose]
    starts, ends, precisions, opens = (
        np.concatenate((of_events, np.where(own, when, said)))
        for of_events, when, said in (
            (told.when_start[events], claims.when_start[loose], claims.said_start[loose]),
            (told.when_end[events], claims.when_end[loose], claims.said_end[loose]),
            (
                told.when_precision[events],
                claims.when_precision[loose],
                claims.said_precision[loose],
            ),
            (told.flags[events], flags, flags // SAID_OPEN_START),
        )
    )
    is_loose = np.concatenate((np.zeros(len(events), np.bool_), np.ones(len(loose), np.bool_)))
    entries = _Entries(
        np.concatenate((told.id[events], claims.id[loose])),
        is_loose,
        np.concatenate((columns.voices[events], np.ones(len(loose), np.intp))).astype(np.int64),
        starts,
        ends,
        precisions,
        opens & (OPEN_START | OPEN_END),
    )
    if not len(loose):
        return entries
    # The events stand in order already; claims keep the dossier's own order among equals.
    own_order = np.lexsort((claims.position[loose], claims.article[loose]))
    rank = np.empty(len(loose), np.intp)
    rank[own_order] = np.arange(len(loose))
    ranks = np.concatenate((np.arange(len(events)), rank))
    order = np.lexsort((ranks, is_loose, ends, starts, starts == NEVER))
    return _Entries(
        *(
            getattr(entries, name)[order]
            for name in ("ids", "loose", "sizes", "starts", "ends", "precisions", "opens")
        )
    )


def _narrated(session: Session) -> NDArray[np.bool_]:
    """Events that an outlet's own telling puts on the list."""
    events = session.columns.events
    told = session.narrated()
    visible = session.visible_range
    if session.filter.in_visible_range and visible is not None:
        told = told & overlaps(events.when_start, events.when_end, visible)
    return told


class Headings:
    """Headings of days. ``year`` goes without saying on the cards: most events lie in it.

    The headings themselves leave it out only where the dossier has no other.
    """

    def __init__(self, columns: Columns) -> None:
        starts = columns.events.when_start[columns.event_order]
        dated = starts[starts != NEVER].astype("datetime64[us]").astype("datetime64[Y]")
        counts = np.bincount(dated.astype(np.int64) + 1970)
        years = np.flatnonzero(counts)
        self.year: int | None = None
        if len(years):
            year = int(counts.argmax())
            self.year = year if 2 * int(counts[year]) > len(dated) else None
        self._single = len(years) == 1
        self._made: dict[object, str] = {}

    def of(self, when: FuzzyInterval | None) -> str:
        if when is None:
            return ""
        key = when if when.precision in _COARSE else when.earliest.date()
        heading = self._made.get(key)
        if heading is None:
            heading = self._made[key] = self._make(when)
        return heading

    def _make(self, when: FuzzyInterval) -> str:
        if when.precision in _COARSE:
            words = interval_in_words(when)
            return words[:1].upper() + words[1:]
        told = not self._single or when.earliest.year != self.year
        return day_in_words(when.earliest.date(), year=told)


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


_COARSE = frozenset(
    {
        Precision.WEEK,
        Precision.MONTH,
        Precision.SEASON,
        Precision.YEAR,
        Precision.DECADE,
        Precision.CENTURY,
    }
)
