"""A few rows taken out of long arrays and others put in: the rest is copied in long runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop.timeline.index import Ids

AnyArray = npt.NDArray[Any]

MOST_RUNS = 12
"""Runs up to which adding to all that is behind each is quicker than looking each place up."""


@dataclass(frozen=True, eq=False)
class Splice:
    """What changes in arrays of ``length``: the places ``gone`` go, then each of ``come`` comes
    before the place of what is left that it names. Both ascend.
    """

    length: int
    gone: Ids
    come: Ids

    @classmethod
    def of_sorted(cls, values: AnyArray, gone: AnyArray, come: AnyArray) -> Splice:
        """Of an ascending array of which the values ``gone`` go, each once, and ``come`` come."""
        lost, new = np.sort(gone), np.sort(come)
        at = values.searchsorted(lost)
        # Equal ones stand one after the other.
        at = at + (np.arange(len(lost)) - lost.searchsorted(lost))
        places = values.searchsorted(new)
        return cls(len(values), at, places - at.searchsorted(places))

    @property
    def new_length(self) -> int:
        return self.length - len(self.gone) + len(self.come)

    @cached_property
    def new(self) -> Ids:
        """Where what comes stands in the end."""
        return self.come + np.arange(len(self.come))

    @cached_property
    def _runs(self) -> list[tuple[int, int, int]]:
        """What is left: from where, to where, and where that stands in the end."""
        left = self.gone - np.arange(len(self.gone))
        last = self.length - len(self.gone)
        cuts = np.unique(np.concatenate(([0, last], left, self.come))).astype(np.int64)
        first, end = cuts[:-1], cuts[1:]
        source = first + left.searchsorted(first, "right")
        target = first + self.come.searchsorted(first, "right")
        return list(
            zip(source.tolist(), (source + end - first).tolist(), target.tolist(), strict=True)
        )

    @cached_property
    def before(self) -> Ids:
        """By its old number the mark before which each of what comes stands."""
        return self.come + (self.gone - np.arange(len(self.gone))).searchsorted(self.come, "right")

    def shifted(self, places: AnyArray) -> AnyArray:
        """The new places of old ones in any order; of those gone it is any number. -1 stays."""
        if len(self._runs) > MOST_RUNS:
            return np.where(places >= 0, self.numbers.take(places), -1).astype(places.dtype)
        found, moved = places.copy(), 0
        for begin, _, at in self._runs:
            if at - begin != moved:
                found += (places >= begin) * places.dtype.type(at - begin - moved)
                moved = at - begin
        return found

    def shifted_rising(self, places: AnyArray) -> AnyArray:
        """The same for places that ascend."""
        found = places.copy()
        for begin, end, at in self._runs:
            if at != begin:
                first, last = places.searchsorted(np.array([begin, end], places.dtype))
                found[first:last] += at - begin
        return found

    def apply(self, old: AnyArray, values: AnyArray) -> AnyArray:
        """``old`` with ``values`` for what comes."""
        found = np.empty(self.new_length, old.dtype)
        for begin, end, at in self._runs:
            found[at : at + end - begin] = old[begin:end]
        found[self.new] = values
        return found

    @cached_property
    def numbers(self) -> npt.NDArray[np.int32]:
        """The new place of each old one, -1 of those gone."""
        found = np.arange(self.length, dtype=np.int32)
        for begin, end, at in self._runs:
            found[begin:end] += at - begin
        found[self.gone] = -1
        return found

    def old(self, places: Ids) -> Ids:
        """Where what stands at ``places`` in the end stood before, -1 for what comes."""
        left = places - self.new.searchsorted(places, "left")
        found = left + (self.gone - np.arange(len(self.gone))).searchsorted(left, "right")
        return np.where(np.isin(places, self.new), -1, found)
