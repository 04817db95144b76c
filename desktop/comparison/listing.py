"""The rows of the split view: events and loose claims that pass the filter, in time order.

A dossier may hold a hundred thousand events. So the list holds no more than the dossier's own
rows in their order; what a row is called and what stands in it is found when it is looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from operator import attrgetter
from typing import overload

import numpy as np
from numpy.typing import NDArray

from db.rows import ClaimRow, EventRow, ReviewState
from desktop.session import Filter, Session
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


_REVIEW, _CLAIM_IDS = attrgetter("review"), attrgetter("claim_ids")


class Listing(Sequence[Row]):
    """Rows by their place. ``to_review`` counts the claims that pass and wait for a decision."""

    def __init__(self, session: Session | None = None) -> None:
        self._entries: list[EventRow | ClaimRow] = []
        self._headings = Headings(session)
        self.to_review = 0
        self._loose = 0
        if session is not None:
            self._fill(session)
        ids = [entry.id for entry in self._entries]
        places = range(len(ids))
        loose = (
            set()
            if self._loose == 0
            else {n for n, entry in enumerate(self._entries) if isinstance(entry, ClaimRow)}
        )
        sizes = (
            (len(e.claim_ids) if isinstance(e, EventRow) else 1 for e in self._entries)
            if loose
            else map(len, map(_CLAIM_IDS, self._entries))
        )
        self.sizes: NDArray[np.int64] = np.fromiter(sizes, np.int64, len(self._entries))
        """Claims of each row."""
        self._of_claim = {ids[n]: n for n in loose}
        self._of_event = (
            {ids[n]: n for n in places if n not in loose}
            if loose
            else dict(zip(ids, places, strict=True))
        )

    @property
    def year(self) -> int | None:
        """The year that goes without saying: most events lie in it."""
        return self._headings.year

    @property
    def events(self) -> int:
        """How many rows are events."""
        return len(self._of_event)

    def place_of(self, kind: RowKind, row_id: int) -> int | None:
        """Where the row of an event or a loose claim stands, if it is listed."""
        return (self._of_event if kind is RowKind.EVENT else self._of_claim).get(row_id)

    def first_within(self, start: datetime, end: datetime) -> int | None:
        """The first event that begins in a time; both ends belong to it."""
        for place, entry in enumerate(self._entries):
            when = entry.when
            if when is not None and start <= when.earliest <= end and isinstance(entry, EventRow):
                return place
        return None

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        entry = self._entries[place]
        day = self._headings.of(_time_of(entry))
        heads = place == 0 or self._headings.of(_time_of(self._entries[place - 1])) != day
        kind = RowKind.EVENT if isinstance(entry, EventRow) else RowKind.CLAIM
        return Row(kind, entry.id, day, int(self.sizes[place]), heads)

    def __iter__(self) -> Iterator[Row]:
        return (self[place] for place in range(len(self)))

    # ------------------------------------------------------------------ making it

    def _fill(self, session: Session) -> None:
        claims = session.claims()
        if session.filter == Filter():
            reviews = list(map(_REVIEW, claims))
            self.to_review = reviews.count(ReviewState.SUGGESTED)
            hidden = (
                {claim.id for claim in claims if claim.review is ReviewState.REJECTED}
                if ReviewState.REJECTED in reviews
                else set()
            )
            events = [
                event
                for event in session.events()
                if event.mentions
                or (event.claim_ids and not (hidden and hidden.issuperset(event.claim_ids)))
            ]
            # One look at a million claims less, where each belongs to an event.
            bound = sum(map(len, map(_CLAIM_IDS, session.events()))) == len(claims)
            loose = (
                [] if bound else [c for c in claims if c.event_id is None and c.id not in hidden]
            )
        else:
            accepted = [claim for claim in claims if session.accepts(claim)]
            self.to_review = sum(claim.review is ReviewState.SUGGESTED for claim in accepted)
            shown = {claim.id for claim in accepted}
            told = _narration_passes(session)
            events = [
                event
                for event in session.events()
                if not shown.isdisjoint(event.claim_ids) or (event.mentions and told(event))
            ]
            loose = [claim for claim in accepted if claim.event_id is None]
        self._loose = len(loose)
        self._entries = _merged(events, loose) if loose else list(events)


def _time_of(entry: EventRow | ClaimRow) -> FuzzyInterval | None:
    return entry.when or entry.said if isinstance(entry, ClaimRow) else entry.when


def _order(entry: EventRow | ClaimRow) -> tuple[bool, datetime, datetime]:
    when = _time_of(entry)
    if when is None:
        return (True, datetime.max, datetime.max)
    return (False, when.earliest, when.latest)


def _merged(events: list[EventRow], loose: list[ClaimRow]) -> list[EventRow | ClaimRow]:
    """The dossier's events are in time order; each loose claim goes behind its equals."""
    merged: list[EventRow | ClaimRow] = []
    done = 0
    for claim in sorted(loose, key=_order):
        place = bisect_right(events, _order(claim), lo=done, key=_order)
        merged += events[done:place]
        merged.append(claim)
        done = place
    merged += events[done:]
    return merged


def _narration_passes(session: Session) -> Callable[[EventRow], bool]:
    """An event told by an outlet alone: a filter on voices leaves it out, one on time asks it."""
    chosen = session.filter
    if chosen != Filter(in_visible_range=True):
        return lambda _: False

    def passes(event: EventRow) -> bool:
        visible = session.visible_range
        if visible is None:
            return True
        when = event.when
        return when is not None and when.earliest <= visible[1] and when.latest >= visible[0]

    return passes


class Headings:
    """Headings of days. ``year`` goes without saying on the cards: most events lie in it.

    The headings themselves leave it out only where the dossier has no other.
    """

    def __init__(self, session: Session | None) -> None:
        years = _years(session.events()) if session is not None else {}
        self.year: int | None = None
        if years:
            year, count = max(years.items(), key=lambda item: item[1])
            self.year = year if 2 * count > sum(years.values()) else None
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


def _years(events: list[EventRow]) -> dict[int, int]:
    """How many events begin in each year; they are in time order, the undated last."""
    years: dict[int, int] = {}
    dated = bisect_left(events, True, key=lambda event: event.when is None)
    done = 0
    while done < dated:
        when = events[done].when
        assert when is not None
        year = when.earliest.year
        after = bisect_right(
            events,
            (False, datetime(year, 12, 31, 23, 59, 59)),
            lo=done,
            hi=dated,
            key=lambda event: _order(event)[:2],
        )
        after = max(after, done + 1)
        years[year] = years.get(year, 0) + after - done
        done = after
    return years


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
