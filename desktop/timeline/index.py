"""Look-ups over sorted marks whose cost follows the answer, not the number of marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from desktop.timeline.ranking import descending

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.integer[Any]]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]

THIN = 4
"""So many times as high as their number may ids be that a table of them is worth its room."""

WALKED_BY_PLACE = 20_000
"""So many of the most important marks are looked up one by one; who walks on wants all of them
side by side.
"""

SHORTEST = 1e-4
"""Durations below this many days count as one class."""


class ClaimIndex:
    """The mark of each claim id: arrays, for a dictionary of millions is too large."""

    def __init__(self, claim_ids: Ids) -> None:
        """``claim_ids`` by mark; -1 where a mark has no claim."""
        marks = np.flatnonzero(claim_ids >= 0).astype(np.int32)
        ids = claim_ids.take(marks)
        last = int(ids.max()) if len(ids) else -1
        self._ids: Ids | None = None
        self._numbers: npt.NDArray[np.int32] | None = None
        if last <= THIN * len(ids):
            # Ids with few gaps, as nearly always: a table, for which nothing is sorted.
            self._marks = np.full(last + 1, -1, np.int32)
            self._marks[ids] = marks
        else:
            order = np.argsort(ids, kind="stable")
            self._marks, self._ids = marks[order], ids[order]

    def select(self, numbers: npt.NDArray[np.int32]) -> ClaimIndex:
        """Of the marks that are left; ``numbers`` gives each its new index, -1 to those gone."""
        found = copy(self)
        before = self._numbers
        found.__dict__["_numbers"] = (
            numbers if before is None else np.where(before >= 0, numbers.take(before), -1)
        )
        return found

    def followed(
        self, shift: Callable[[Ids], Ids], gone: Ids, come: Ids, marks: Ids
    ) -> ClaimIndex | None:
        """Without the claims ``gone``, with those that ``come`` at ``marks``; ``shift`` gives the
        new numbers of the others. ``None`` where one comes of which nothing was known.
        """
        named = come >= 0
        come, marks = come[named], marks[named]
        lost, left = self._slots(gone[gone >= 0])
        known, new = self._slots(come)
        if not known.all() or not lost.all():
            return None
        found = copy(self)
        if self._numbers is None:
            table, name = shift(self._marks), "_marks"
        else:
            left, new = self._marks[left], self._marks[new]
            if (new < 0).any():
                return None
            table, name = shift(self._numbers), "_numbers"
        table[left] = -1
        table[new] = marks
        found.__dict__[name] = table
        return found

    def _slots(self, claim_ids: Ids) -> tuple[Bools, Ids]:
        """Which claims there may be a mark of, and where that is kept."""
        if not len(self._marks):
            return np.zeros(len(claim_ids), np.bool_), np.zeros(len(claim_ids), np.int64)
        if self._ids is None:
            known = (claim_ids >= 0) & (claim_ids < len(self._marks))
            return known, np.where(known, claim_ids, 0)
        at = np.minimum(np.searchsorted(self._ids, claim_ids), len(self._ids) - 1)
        known = self._ids[at] == claim_ids
        return known, np.where(known, at, 0)

    def places(self, claim_ids: Ids) -> Ids:
        """The mark of each claim; -1 where it has none."""
        wanted = np.asarray(claim_ids)
        if not len(self._marks):
            return np.full(len(wanted), -1, np.int32)
        known, at = self._slots(wanted)
        found = np.where(known, self._marks[at], -1)
        if self._numbers is not None and len(self._numbers):
            found = np.where(found >= 0, self._numbers[found], -1)
        return found

    def get(self, claim_id: int) -> int | None:
        found = int(self.places(np.array([claim_id]))[0])
        return found if found >= 0 else None

    def __contains__(self, claim_id: int) -> bool:
        return self.get(claim_id) is not None

    def __getitem__(self, claim_id: int) -> int:
        found = self.get(claim_id)
        if found is None:
            raise KeyError(claim_id)
        return found


def class_of(durations: Floats) -> Ids:
    """The order of magnitude of each duration, in days."""
    found: Ids = np.floor(np.log2(np.maximum(durations, SHORTEST))).astype(np.int64)
    return found


class ZoneIndex:
    """The marks of one zone. All indices are into the arrays of the whole timeline."""

    def __init__(
        self,
        members: Ids,
        start: Floats,
        end: Floats,
        disputed: Bools,
        importance: npt.NDArray[np.float32],
    ) -> None:
        """``members`` are ascending indices; the arrays are those of the whole timeline."""
        self.members = members.astype(np.int32)
        self._all_starts, self._all_ends, self._importance = start, end, importance
        self.starts = start[members]
        self.ends = np.sort(end[members])
        self.disputed_starts = self.starts[disputed[members]]
        self.make_classes: Callable[[], list[tuple[float, Ids, Floats]]] | None = None

    def select(
        self,
        numbers: npt.NDArray[np.int32],
        start: Floats,
        end: Floats,
        disputed: Bools,
        importance: npt.NDArray[np.float32],
    ) -> ZoneIndex:
        """Of the marks that are left, whose arrays are given; ``numbers`` gives each of all marks
        its new index, -1 to those gone. Nothing is sorted anew, so that a filter is quick.
        """

        def left(members: Ids) -> npt.NDArray[np.int32]:
            new = numbers.take(members)
            # Far quicker than by the mask itself.
            return new.take(np.flatnonzero(new >= 0))

        found = ZoneIndex(left(self.members), start, end, disputed, importance)
        found.__dict__["by_importance"] = left(self.by_importance)

        def classes() -> list[tuple[float, Ids, Floats]]:
            return [
                (longest, members, start.take(members))
                for longest, every, _ in self._classes
                if len(members := left(every))
            ]

        found.make_classes = classes
        return found

    @property
    def importance(self) -> npt.NDArray[np.float32]:
        """Of all marks of the timeline."""
        return self._importance

    def __len__(self) -> int:
        return len(self.members)

    def __contains__(self, index: int) -> bool:
        # A number of another width would have all members copied.
        at = int(self.members.searchsorted(np.int32(index)))
        return at < len(self.members) and int(self.members[at]) == index

    @cached_property
    def _classes(self) -> list[tuple[float, Ids, Floats]]:
        """Marks by order of duration: (longest, indices, their starts).

        Within a class only the marks that begin less than its longest before the view can reach
        into it, so that one bar of thirty years does not make all others be looked at.
        """
        if self.make_classes is not None:
            return self.make_classes()
        if not len(self):
            return []
        durations = self._all_ends[self.members] - self._all_starts[self.members]
        order = class_of(durations)
        found = []
        for value in np.unique(order):
            part = order == value
            members = self.members[part]
            found.append((float(durations[part].max()), members, self._all_starts[members]))
        return found

    @cached_property
    def by_importance(self) -> Ids:
        """All members, the most important first; equal ones by time."""
        return self.members.take(descending(self._importance.take(self.members)))

    @cached_property
    def _ranks(self) -> npt.NDArray[np.int32]:
        """The place of each member in ``by_importance``."""
        last = int(self.members[-1]) + 1 if len(self) else 0
        places = np.empty(last, np.int32)
        places[self.by_importance] = np.arange(len(self), dtype=np.int32)
        return places[self.members]

    @cached_property
    def _walk(self) -> tuple[Floats, Floats]:
        """Starts and ends in the order of ``by_importance``: to be walked side by side."""
        order = self.by_importance
        return self._all_starts.take(order), self._all_ends.take(order)

    def count(self, start: float, end: float) -> int:
        """How many marks meet ``[start, end]``."""
        begun = self.starts.searchsorted(end, "right")
        return int(begun - self.ends.searchsorted(start, "left"))

    def visible(self, start: float, end: float) -> Ids:
        """The marks that meet ``[start, end]``, ascending."""
        parts = []
        for longest, members, starts in self._classes:
            first = starts.searchsorted(start - longest, "left")
            last = starts.searchsorted(end, "right")
            part = members[first:last]
            parts.append(part[self._all_ends[part] >= start])
        if not parts:
            return np.empty(0, np.int64)
        return np.sort(np.concatenate(parts), kind="stable")

    def most_important(self, start: float, end: float, most: int) -> Ids:
        """Up to ``most`` marks that meet ``[start, end]``, the most important first.

        Few marks are looked at one by one; among many the list by importance is walked until
        enough are found, which takes ``most * all / those in view`` steps.
        """
        count = self.count(start, end)
        if count * count < 4 * most * len(self):
            found = self.visible(start, end)
            ranks = self._ranks[self.members.searchsorted(found)]
            first = np.arange(len(found))
            if len(found) > most:
                first = np.argpartition(ranks, most)[:most]
            return found[first[np.argsort(ranks[first])]]
        parts: list[Ids] = []
        found_so_far, at, step = 0, 0, most * 4
        while at < len(self) and found_so_far < most:
            marks = self.by_importance[at : at + step]
            if at + step <= WALKED_BY_PLACE and "_walk" not in self.__dict__:
                starts, ends = self._all_starts.take(marks), self._all_ends.take(marks)
            else:
                starts, ends = (times[at : at + step] for times in self._walk)
            inside = (starts <= end) & (ends >= start)
            parts.append(marks[inside])
            found_so_far += len(parts[-1])
            at, step = at + step, step * 2
        return np.concatenate(parts)[:most] if parts else np.empty(0, np.int64)

    def warm(self) -> None:
        """Make now all that questions about any stretch would else wait for."""
        _ = self._classes, self._ranks, self._walk

    def density(self, edges: Floats, *, disputed: bool = False) -> Ids:
        """How many marks begin between each two of the ``edges`` (sorted, in days)."""
        starts = self.disputed_starts if disputed else self.starts
        at = starts.searchsorted(edges, "left")
        found: Ids = at[1:] - at[:-1]
        return found


@dataclass(frozen=True, slots=True)
class Link:
    """Between two claims by id; ``relation`` is an index into ``RELATIONS``."""

    source: int
    target: int
    relation: int
    possible: bool = False


class Links(Sequence[Link]):
    """Links as arrays: a large dossier has hundreds of thousands, of which a few are drawn."""

    def __init__(self, source: Ids, target: Ids, relation: Ids, possible: Bools) -> None:
        self.source, self.target = np.asarray(source, np.int32), np.asarray(target, np.int32)
        self.relation = np.asarray(relation, np.int8)
        self.possible = np.asarray(possible, np.bool_)

    @classmethod
    def of(cls, links: Iterable[Link]) -> Links:
        rows = list(links)
        return cls(
            np.array([link.source for link in rows], np.int64),
            np.array([link.target for link in rows], np.int64),
            np.array([link.relation for link in rows], np.int64),
            np.array([link.possible for link in rows], np.bool_),
        )

    def __len__(self) -> int:
        return len(self.source)

    @overload
    def __getitem__(self, at: int) -> Link: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Link]: ...
    def __getitem__(self, at: int | slice) -> Link | Sequence[Link]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        return Link(
            int(self.source[at]),
            int(self.target[at]),
            int(self.relation[at]),
            bool(self.possible[at]),
        )

    @cached_property
    def _by_end(self) -> tuple[Ids, Ids]:
        """The claims at either end, sorted, and where their links stand."""
        ends = np.concatenate((self.source, self.target))
        order = np.argsort(ends, kind="stable").astype(np.int32)
        return ends[order], order % max(len(self), 1)

    def warm(self) -> None:
        """Make the look-up now that the first question would else wait for."""
        _ = self._by_end

    def of_claim(self, claim: int) -> list[Link]:
        """All links from or to a claim, in the order of all links."""
        return self.of_claims([claim])

    def of_claims(self, claims: Sequence[int]) -> list[Link]:
        """All links from or to any of the claims, in the order of all links."""
        ends, at = self._by_end
        wanted = np.asarray(claims, np.int32)
        first, last = (np.searchsorted(ends, wanted, side) for side in ("left", "right"))
        some = np.flatnonzero(last > first)
        found = {i for own in some.tolist() for i in at[first[own] : last[own]].tolist()}
        return [self[i] for i in sorted(found)]
