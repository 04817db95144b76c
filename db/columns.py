"""A dossier's claims, events, mentions and relations as packed arrays: what views count,
sort and filter by, some 70 bytes a claim, where rows take a kilobyte.

Words are codes into the tuples below, times are microseconds since 1970 (``NEVER`` where
unknown), ids are the dossier's own (0 where there is none). Each table is in order of its ids;
mentions are in order of their event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from db.rows import ReviewState, Status
from extraction.model import EventType, Precision, RelationType, SideKey, SpeechAct

SIDES = tuple(SideKey)
ACTS = tuple(SpeechAct)
REVIEWS = tuple(ReviewState)
STATUSES = tuple(Status)
PRECISIONS = tuple(Precision)
EVENT_TYPES = tuple(EventType)
RELATION_TYPES = tuple(RelationType)

REJECTED = REVIEWS.index(ReviewState.REJECTED)
SUGGESTED = REVIEWS.index(ReviewState.SUGGESTED)
NEVER = int(np.iinfo(np.int64).min)

OPEN_START, OPEN_END = 1, 2
SAID_OPEN_START, SAID_OPEN_END = 4, 8
HAS_QUANTITIES, IS_NESTED, STARRED = 16, 32, 64
BETWEEN = 4
"""Of an event or a mention: it is only known to lie between two others, or between two days."""

Bools = npt.NDArray[np.bool_]
Ids = npt.NDArray[np.int32]
Codes = npt.NDArray[np.int8]
Times = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]

_FEWEST, _MOST = np.iinfo(np.int32).min, np.iinfo(np.int32).max

Self = TypeVar("Self", bound="Packed")


def is_between(basis: str | None) -> bool:
    """Whether a time rests on words such as "between A and B" or "after A and before B"."""
    words = (basis or "").casefold()
    return words.startswith("between ") or (words.startswith("after ") and " before " in words)


_ID, _CODE, _TIME = np.int32, np.int8, np.int64
TYPES: dict[str, Any] = {
    "id": _ID, "article": _ID, "position": _ID, "event": _ID, "actor": _ID, "where": _ID,
    "source": _ID, "target": _ID, "disputed_by": _ID,
    "side": _CODE, "act": _CODE, "review": _CODE, "status": _CODE, "flags": _CODE, "type": _CODE,
    "when_precision": _CODE, "said_precision": _CODE, "possible": _CODE,
    "when_start": _TIME, "when_end": _TIME, "said_start": _TIME, "said_end": _TIME,
}  # fmt: skip
"""The type of each column, whatever the table."""

LIMITS: dict[tuple[str, str], int] = {
    ("Claims", "side"): len(SIDES),
    ("Claims", "act"): len(ACTS),
    ("Claims", "review"): len(REVIEWS),
    ("Claims", "status"): len(STATUSES),
    ("Claims", "when_precision"): len(PRECISIONS),
    ("Claims", "said_precision"): len(PRECISIONS),
    ("Events", "type"): len(EVENT_TYPES),
    ("Events", "when_precision"): len(PRECISIONS),
    ("Mentions", "when_precision"): len(PRECISIONS),
    ("Relations", "type"): len(RELATION_TYPES),
}
"""How many words a code may stand for; arrays from a file are held to it."""


@dataclass(frozen=True, eq=False)
class Packed:
    """Parallel arrays, one element a row."""

    id: Ids

    def __len__(self) -> int:
        return len(self.id)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(field.name for field in fields(cls))

    @classmethod
    def of(cls: type[Self], columns: dict[str, Any]) -> Self:
        """From columns in any order of rows; sorted by id here (mentions by event)."""
        arrays = {name: np.asarray(columns[name], dtype=TYPES[name]) for name in cls.names()}
        key = arrays["id"]
        if len(key) > 1 and not (key[1:] > key[:-1]).all():
            order = np.argsort(key, kind="stable")
            arrays = {name: array[order] for name, array in arrays.items()}
        return cls(**arrays)

    @classmethod
    def empty(cls: type[Self]) -> Self:
        return cls.of({name: () for name in cls.names()})

    def arrays(self) -> Iterator[tuple[str, npt.NDArray[Any]]]:
        for name in self.names():
            yield name, getattr(self, name)

    def map(self: Self, act: Callable[[npt.NDArray[Any]], npt.NDArray[Any]]) -> Self:
        """Each column changed in the same way."""
        return type(self)(**{name: act(array) for name, array in self.arrays()})

    def take(self: Self, keep: npt.NDArray[Any]) -> Self:
        """The rows of a mask or of places."""
        return self.map(lambda array: array[keep])

    def place(self, row_id: int) -> int:
        """Where the row with this id stands. Raises ``KeyError``."""
        at = int(self.places([row_id])[0])
        if at < 0:
            raise KeyError(row_id)
        return at

    def places(self, ids: npt.ArrayLike) -> Places:
        """The same for many ids; -1 where there is none."""
        wanted = np.asarray(ids)
        if not len(self.id):
            return np.full(len(wanted), -1, np.intp)
        first, last = int(self.id[0]), int(self.id[-1])
        if last - first + 1 == len(self.id):
            # Without a gap, as nearly always: no search is needed.
            at = wanted.astype(np.intp) - first
            return np.where((at >= 0) & (at < len(self.id)), at, -1)
        # Of the ids' own type: else all of them would be converted for each search.
        fits = np.clip(wanted, _FEWEST, _MOST).astype(np.int32)
        found = np.minimum(np.searchsorted(self.id, fits), len(self.id) - 1)
        return np.where(self.id[found] == wanted, found, -1)

    def with_rows(self: Self, new: Self, gone: npt.ArrayLike) -> Self:
        """With the rows of ``new`` in the place of those with the ids ``gone``."""
        if not len(self) and not len(new):
            return self
        keep = np.ones(len(self), np.bool_)
        held = self.places(np.asarray(gone, np.int64))
        held = held[held >= 0]
        if len(held) == len(new) and (np.sort(self.id[held]) == new.id).all():
            at = self.places(new.id)

            def put(old: npt.NDArray[Any], values: npt.NDArray[Any]) -> npt.NDArray[Any]:
                if (old[at] == values).all():
                    return old
                changed = old.copy()
                changed[at] = values
                return changed

            return type(self)(
                **{name: put(array, getattr(new, name)) for name, array in self.arrays()}
            )
        keep[held] = False
        return self.of(
            {
                name: np.concatenate((array[keep], getattr(new, name)))
                for name, array in self.arrays()
            }
        )


@dataclass(frozen=True, eq=False)
class Claims(Packed):
    """``position`` is the place in the article, ``where`` an index into ``Columns.places``.

    ``flags`` joins ``OPEN_START OPEN_END SAID_OPEN_START SAID_OPEN_END HAS_QUANTITIES IS_NESTED
    STARRED``.
    """

    article: Ids
    position: Ids
    event: Ids
    actor: Ids
    where: Ids
    side: Codes
    act: Codes
    review: Codes
    status: Codes
    flags: Codes
    disputed_by: Ids
    when_start: Times
    when_end: Times
    when_precision: Codes
    said_start: Times
    said_end: Times
    said_precision: Codes

    @cached_property
    def shown(self) -> Bools:
        """Those that are not rejected."""
        return np.not_equal(self.review, REJECTED)

    @cached_property
    def order(self) -> Places:
        """As ``Dossier.claims`` gives them: by article, then by place in it."""
        article, position = self.article, self.position
        later = article[1:] > article[:-1]
        follows = (article[1:] == article[:-1]) & (position[1:] >= position[:-1])
        if (later | follows).all():
            return np.arange(len(self))
        return np.lexsort((position, article))


@dataclass(frozen=True, eq=False)
class Events(Packed):
    """``flags`` joins ``OPEN_START OPEN_END BETWEEN``."""

    type: Codes
    flags: Codes
    where: Ids
    when_start: Times
    when_end: Times
    when_precision: Codes


@dataclass(frozen=True, eq=False)
class Mentions(Packed):
    """``id`` is the mention's own; they are in order of id, an event's in order of telling."""

    event: Ids
    article: Ids
    flags: Codes
    when_start: Times
    when_end: Times
    when_precision: Codes


@dataclass(frozen=True, eq=False)
class Relations(Packed):
    """Only those that count: neither the relation nor one of its claims is rejected."""

    type: Codes
    source: Ids
    target: Ids
    possible: Codes


def _speaking(sides: Codes) -> list[Bools]:
    """Which claims speak for each of the two parties."""
    both = sides == SIDES.index(SideKey.BOTH)
    return [both | (sides == SIDES.index(side)) for side in (SideKey.A, SideKey.B)]


@dataclass(frozen=True, eq=False)
class Columns:
    """All of a dossier that is packed, as of a stamp (see ``db.touched``)."""

    claims: Claims
    events: Events
    mentions: Mentions
    relations: Relations
    places: tuple[tuple[str, ...], ...] = ((),)
    """Lists of place names, each once; the first is empty."""
    stamp: int = 0

    @classmethod
    def empty(cls) -> Columns:
        return cls(Claims.empty(), Events.empty(), Mentions.empty(), Relations.empty())

    def stamped(self, stamp: int) -> Columns:
        return replace(self, stamp=stamp)

    # ------------------------------------------------------------------ from claims to events

    @cached_property
    def event_of_claim(self) -> Places:
        """Where each claim's event stands among the events; -1 for none."""
        return self.slots - 1

    @cached_property
    def event_of_mention(self) -> Places:
        return self.events.places(self.mentions.event)

    def count_by_event(self, claims: Bools) -> npt.NDArray[np.intp]:
        """How many of the claims of a mask each event has."""
        counts = np.bincount(self.slots, weights=claims, minlength=len(self.events) + 1)
        return counts[1:].astype(np.intp)

    def of_events(self, events: Bools) -> Bools:
        """What holds of each claim's event; nothing does of claims without one."""
        return np.concatenate((np.zeros(1, np.bool_), events)).take(self.slots)

    @cached_property
    def slots(self) -> Places:
        """Where each claim's event stands, counted from 1; 0 for none."""
        return self.events.places(self.claims.event) + 1

    @cached_property
    def voices(self) -> npt.NDArray[np.intp]:
        """How many claims of each event are not rejected."""
        return self.count_by_event(self.claims.shown)

    @cached_property
    def is_narrated(self) -> Bools:
        """Events that an outlet tells of in its own voice."""
        at = self.event_of_mention
        return np.bincount(at[at >= 0], minlength=len(self.events)) > 0

    @cached_property
    def is_told(self) -> Bools:
        """Events that views know: a claim that is not rejected or a narration tells of them."""
        return (self.voices > 0) | self.is_narrated

    @cached_property
    def heard(self) -> Places:
        """How often each of the two parties is heard on each event: two columns."""
        a, b = (
            self.count_by_event(self.claims.shown & speaks)
            for speaks in _speaking(self.claims.side)
        )
        return np.column_stack((a, b))

    def heard_of(self, claims: Places) -> Places:
        """The same for each of some claims: whether it lets the one and the other be heard."""
        return np.column_stack(_speaking(self.claims.side[claims])).astype(np.intp)

    @cached_property
    def is_one_sided(self) -> Bools:
        """Events on which exactly one of the two parties is heard, rejected claims aside."""
        a, b = (self.heard > 0).T
        one_sided: Bools = a ^ b
        return one_sided

    @cached_property
    def event_order(self) -> Places:
        """The told events as ``Dossier.events`` gives them: in order of time, undated last."""
        events = self.events
        undated = events.when_start == NEVER
        order = np.lexsort((events.when_end, events.when_start, undated))
        return order[self.is_told[order]]

    def places_with(self, names: frozenset[str]) -> Bools:
        """Which entries of ``places`` hold one of the names."""
        return np.fromiter((not names.isdisjoint(each) for each in self.places), np.bool_)
