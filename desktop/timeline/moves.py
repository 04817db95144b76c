"""Walking from mark to mark, and back and forward through views: no Qt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop.timeline.data import RELATIONS, TimelineData, Zone
from extraction.model import RelationType

NEAREST_FIRST = (
    RelationType.DENIES,
    RelationType.CONTRADICTS,
    RelationType.ADMITS,
    RelationType.ANSWERS,
    RelationType.COUNTER_ACCUSES,
)
"""Which link leads to "the" opposing claim where there are several."""

DISPUTES = frozenset({RelationType.DENIES, RelationType.CONTRADICTS})


def walk(data: TimelineData, index: int, step: int) -> int | None:
    """The mark ``step`` places on in the same zone by time; ``None`` at either end."""
    members = data.zones[Zone(int(data.zone[index]))].members
    at = int(np.searchsorted(members, index)) + step
    return int(members[at]) if 0 <= at < len(members) else None


def place_in_zone(data: TimelineData, index: int) -> tuple[int, int]:
    """(12, 80): the twelfth of eighty in its zone, by time."""
    members = data.zones[Zone(int(data.zone[index]))].members
    return int(np.searchsorted(members, index)) + 1, len(members)


def opposite(data: TimelineData, index: int, zone: Zone) -> int | None:
    """The mark of ``zone`` that faces this one: linked, else on the same event, else nearest."""
    claim = int(data.claim_id[index])
    linked = []
    for link in data.links.of_claim(claim):
        other = data.index_of_claim.get(link.target if link.source == claim else link.source)
        if other is not None and data.zone[other] == zone:
            relation = RELATIONS[link.relation]
            rank = NEAREST_FIRST.index(relation) if relation in NEAREST_FIRST else 9
            linked.append((link.possible, rank, other))
    if linked:
        return min(linked)[2]
    members = data.zones[zone].members
    if not len(members):
        return None
    event = int(data.event_id[index])
    if event >= 0:
        same = members[data.event_id[members] == event]
        if len(same):
            return int(same[0])
    middles = (data.start[members] + data.end[members]) / 2
    middle = (data.start[index] + data.end[index]) / 2
    return int(members[int(np.abs(middles - middle).argmin())])


def around(data: TimelineData, chosen: Sequence[int]) -> tuple[float, float]:
    """From begin to end of marks and of what is linked to them, in days, with a margin."""
    marks = list(chosen)
    known = data.index_of_claim
    for index in chosen:
        for link in data.links.of_claim(int(data.claim_id[index])):
            marks += [known[claim] for claim in (link.source, link.target) if claim in known]
    start, end = float(data.start[marks].min()), float(data.end[marks].max())
    margin = (end - start) * 0.15
    return start - margin, end + margin


def dispute(data: TimelineData, index: int | None, step: int) -> int | None:
    """The next (1) or previous (-1) mark that a shown claim denies or contradicts; goes round."""
    links, known = data.links, data.index_of_claim
    kinds = [RELATIONS.index(kind) for kind in DISPUTES]
    at = np.flatnonzero(np.isin(links.relation, kinds))
    sources, targets = (known.places(ends.take(at)) for ends in (links.source, links.target))
    order: list[int] = np.unique(targets[(sources >= 0) & (targets >= 0)]).tolist()
    if not order:
        return None
    if index is None:
        return order[0 if step > 0 else -1]
    if step > 0:
        return next((mark for mark in order if mark > index), order[0])
    return next((mark for mark in reversed(order) if mark < index), order[-1])


class ViewHistory:
    """Views in the order they were settled on, as (start, end) in days."""

    MOST = 100

    def __init__(self) -> None:
        self._views: list[tuple[float, float]] = []
        self._at = -1

    def clear(self) -> None:
        self._views.clear()
        self._at = -1

    def settle(self, start: float, end: float) -> None:
        """Remember a view; what was ahead is forgotten. A view like the last one is not new."""
        if self._at >= 0:
            before, after = self._views[self._at]
            near = 0.02 * min(after - before, end - start)
            if abs(before - start) <= near and abs(after - end) <= near:
                return
        self._views = [*self._views[: self._at + 1], (start, end)][-self.MOST :]
        self._at = len(self._views) - 1

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at + 1 < len(self._views)

    def back(self) -> tuple[float, float] | None:
        """The view before, or ``None``."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self._views[self._at]

    def forward(self) -> tuple[float, float] | None:
        """The view after, or ``None``."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self._views[self._at]
