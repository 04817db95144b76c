"""What was found out about packed arrays, brought up to date after a small write.

Which event each claim belongs to, who is heard on each and in which order events stand is found
out over all rows once. After a write only what it touched is looked at; the rest is copied.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from db.columns import NEVER, Bools, Columns, Packed, Places
from db.touched import Touched

FEW = 20_000
"""Claims and events touched up to which following them costs less than finding out anew."""

FEW_IN_ORDER = 64
"""Events up to which each looks for its place in time by itself."""

AnyArray = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class _Moves:
    """Where the touched rows of a table stood (``was``) and stand (``now``), and which of all
    rows stood and stand there both times (``None``: every row, at the same place)."""

    was: Places
    now: Places
    stood: Bools | None
    stands: Bools | None
    count: int

    @classmethod
    def of(cls, before: Packed, after: Packed, ids: Collection[int]) -> _Moves:
        wanted = np.fromiter(ids, np.int64, len(ids))
        was, now = before.places(wanted), after.places(wanted)
        stood = stands = None
        if after.id is not before.id:
            stood, stands = np.ones(len(before), np.bool_), np.ones(len(after), np.bool_)
            stood[was[(was >= 0) & (now < 0)]] = False
            stands[now[(now >= 0) & (was < 0)]] = False
        return cls(was[was >= 0], now[now >= 0], stood, stands, len(after))

    @property
    def is_sound(self) -> bool:
        """Whether what was touched explains all that came and went."""
        if self.stood is None or self.stands is None:
            return True
        return int(np.count_nonzero(self.stood)) == int(np.count_nonzero(self.stands))

    def follow(self, values: AnyArray) -> AnyArray:
        """Values of rows, each at the place where its row stands now; 0 for a new one."""
        if self.stood is None or self.stands is None:
            return values.copy()
        found = np.zeros((self.count, *values.shape[1:]), values.dtype)
        found[self.stands] = values[self.stood]
        return found

    def new_places(self) -> Places | None:
        """By the place where a row stood the one where it stands, -1 if it is gone; ``None``
        where all stand as they stood."""
        if self.stood is None or self.stands is None:
            return None
        found = np.full(len(self.stood), -1, np.intp)
        found[self.stood] = np.flatnonzero(self.stands)
        return found


def carry(now: Columns, before: Columns, change: Touched) -> Columns:
    """``now``, with what was found out about ``before`` where ``change`` lies between them."""
    _share(now, before)
    if len(change.claims) + len(change.events) > FEW:
        return now
    claims = _Moves.of(before.claims, now.claims, change.claims)
    events = _Moves.of(before.events, now.events, change.events)
    if claims.is_sound and events.is_sound:
        _follow_slots(now, before, claims, events)
        _follow_voices(now, before, claims, events)
        _follow_order(now, before, events)
    return now


def _share(now: Columns, before: Columns) -> None:
    """What rests on arrays that are the very same."""
    mine, theirs = now.claims, before.claims
    if mine.review is theirs.review and "shown" in theirs.__dict__:
        mine.__dict__["shown"] = theirs.__dict__["shown"]
    events = now.events.id is before.events.id
    claims = events and mine.id is theirs.id and mine.event is theirs.event
    mentions = events and now.mentions.event is before.mentions.event
    shown = claims and (mine.review is theirs.review or bool((mine.shown == theirs.shown).all()))
    for name, holds in (
        ("slots", claims),
        ("event_of_claim", claims),
        ("event_of_mention", mentions),
        ("is_narrated", mentions),
        ("voices", shown),
        ("is_told", shown and mentions),
        ("heard", shown and mine.side is theirs.side),
        ("is_one_sided", shown and mine.side is theirs.side),
        ("event_order", shown and mentions and _same_times(now, before)),
    ):
        if holds and name in before.__dict__:
            now.__dict__[name] = before.__dict__[name]


def _same_times(now: Columns, before: Columns) -> bool:
    return all(
        getattr(now.events, name) is getattr(before.events, name)
        for name in ("when_start", "when_end")
    )


def _follow_slots(now: Columns, before: Columns, claims: _Moves, events: _Moves) -> None:
    if "slots" not in before.__dict__ or "slots" in now.__dict__:
        return
    slots = before.slots
    moved = events.new_places()
    if moved is not None:
        slots = np.concatenate((np.zeros(1, np.intp), moved + 1)).take(slots)
    slots = claims.follow(slots)
    slots[claims.now] = now.events.places(now.claims.event[claims.now]) + 1
    now.__dict__["slots"] = slots


def _follow_voices(now: Columns, before: Columns, claims: _Moves, events: _Moves) -> None:
    """How many are heard on each event: less by the touched claims as they were, more by them as
    they are."""
    if "slots" not in now.__dict__:
        return
    for name in ("voices", "heard"):
        if name not in before.__dict__ or name in now.__dict__:
            continue
        counts = before.__dict__[name].copy()
        for columns, at, by in ((before, claims.was, -1), (now, claims.now, 1)):
            if by == 1:
                counts = events.follow(counts)
            shown = at[columns.claims.shown[at] & (columns.slots[at] > 0)]
            gained = columns.heard_of(shown) if name == "heard" else np.ones(len(shown), np.intp)
            np.add.at(counts, columns.slots[shown] - 1, by * gained)
        now.__dict__[name] = counts


def _follow_order(now: Columns, before: Columns, events: _Moves) -> None:
    """Take the touched events out and put those that are told in where their time says."""
    known = before.__dict__
    if not {"event_order", "is_told"} <= known.keys() or "event_order" in now.__dict__:
        return
    other = now.is_told != events.follow(before.is_told)
    other[events.now] = True
    touched = np.flatnonzero(other)
    if len(touched) > FEW_IN_ORDER:
        return
    order = before.event_order
    moved = events.new_places()
    if moved is not None:
        order = moved[order]
        order = order[order >= 0]
    order = order[~other[order]]
    starts, ends = now.events.when_start, now.events.when_end

    def key(place: int) -> tuple[bool, int, int, int]:
        start = int(starts[place])
        return start == NEVER, start, int(ends[place]), int(place)

    told = sorted(touched[now.is_told[touched]].tolist(), key=key)
    at = [bisect_left(order, key(place), key=key) for place in told]
    now.__dict__["event_order"] = np.insert(order, at, told)
