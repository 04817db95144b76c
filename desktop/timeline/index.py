"""Look-ups over sorted marks whose cost follows the answer, not the number of marks."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SHORTEST = 1e-4
"""Durations below this many days count as one class."""


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
        self.members = members
        self._all_starts, self._all_ends, self._importance = start, end, importance
        self.starts = start[members]
        self.ends = np.sort(end[members])
        self.disputed_starts = self.starts[disputed[members]]

    def __len__(self) -> int:
        return len(self.members)

    @cached_property
    def _classes(self) -> list[tuple[float, Ids, Floats]]:
        """Marks by order of duration: (longest, indices, their starts).

        Within a class only the marks that begin less than its longest before the view can reach
        into it, so that one bar of thirty years does not make all others be looked at.
        """
        if not len(self):
            return []
        durations = self._all_ends[self.members] - self._all_starts[self.members]
        order = np.floor(np.log2(np.maximum(durations, SHORTEST))).astype(np.int64)
        found = []
        for value in np.unique(order):
            part = order == value
            members = self.members[part]
            found.append((float(durations[part].max()), members, self._all_starts[members]))
        return found

    @cached_property
    def by_importance(self) -> Ids:
        """All members, the most important first; equal ones by time."""
        return self.members[np.argsort(-self._importance[self.members], kind="stable")]

    @cached_property
    def _ranks(self) -> npt.NDArray[np.int32]:
        """The place of each member in ``by_importance``."""
        ranks: npt.NDArray[np.int32] = np.empty(len(self), np.int32)
        ranks[np.searchsorted(self.members, self.by_importance)] = np.arange(len(self))
        return ranks

    def count(self, start: float, end: float) -> int:
        """How many marks meet ``[start, end]``."""
        begun = int(np.searchsorted(self.starts, end, side="right"))
        return begun - int(np.searchsorted(self.ends, start, side="left"))

    def visible(self, start: float, end: float) -> Ids:
        """The marks that meet ``[start, end]``, ascending."""
        parts = []
        for longest, members, starts in self._classes:
            first = int(np.searchsorted(starts, start - longest, side="left"))
            last = int(np.searchsorted(starts, end, side="right"))
            part = members[first:last]
            parts.append(part[self._all_ends[part] >= start])
        if not parts:
            return np.empty(0, np.int64)
        return np.sort(np.concatenate(parts), kind="stable")

    def most_important(self, start: float, end: float, most: int) -> Ids:
        """Up to ``most`` marks that meet ``[start, end]``, the most important first.

        Few marks are sorted; among many the list by importance is walked until enough are found.
        """
        if self.count(start, end) * 4 < max(len(self), most * 4):
            found = self.visible(start, end)
            ranks = self._ranks[np.searchsorted(self.members, found)]
            first = np.arange(len(found))
            if len(found) > most:
                first = np.argpartition(ranks, most)[:most]
            return found[first[np.argsort(ranks[first])]]
        parts: list[Ids] = []
        count, step = 0, most * 4
        for at in range(0, len(self), step):
            part = self.by_importance[at : at + step]
            part = part[(self._all_starts[part] <= end) & (self._all_ends[part] >= start)]
            parts.append(part)
            count += len(part)
            if count >= most:
                break
        return np.concatenate(parts)[:most] if parts else np.empty(0, np.int64)

    def density(self, edges: Floats, *, disputed: bool = False) -> Ids:
        """How many marks begin between each two of the ``edges`` (sorted, in days)."""
        starts = self.disputed_starts if disputed else self.starts
        return np.diff(np.searchsorted(starts, edges, side="left")).astype(np.int64)
