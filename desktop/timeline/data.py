"""What the timeline draws, as sorted arrays: no rows, no database, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from math import log
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from db.rows import Status
from desktop.timeline.index import Bools, ClaimIndex, Floats, Ids, Link, Links, ZoneIndex
from desktop.timeline.ranking import ranked
from desktop.timeline.split import Group, Grouping, groups
from extraction.model import RelationType, SpeechAct

Bytes = npt.NDArray[np.int8]

STATUSES = tuple(Status)
ACTS = tuple(SpeechAct)
RELATIONS = tuple(RelationType)
NARRATED = len(ACTS)
"""The code of an event in the outlet's own voice, in place of a speech act."""


SOLID = frozenset({Status.ASSERTED, Status.ADMITTED})
"""Statuses whose certain part is filled with the side's colour: text on it is in the panel's."""


class Zone(IntEnum):
    """Where a mark stands: above the axis, below it, or in the band on it."""

    ABOVE = 0
    BELOW = 1
    BAND = 2


NO_ZONE = len(Zone)
"""The zone of a rejected claim: it keeps its place among the marks, and nothing finds it there.

So that a claim is rejected, and taken back, without all others being numbered anew.
"""


@dataclass(frozen=True, slots=True)
class Undated:
    """A claim or event with no known time, or with one that the axis cannot show."""

    claim_id: int
    event_id: int
    zone: Zone


class Labels(Sequence[str]):
    """Texts of which most are never shown: each is made when it is first asked for.

    ``make`` gives the text of a claim, or of an event where the claim is -1; ``fetch`` is told
    the claims and events of a lot that is about to be asked for.
    """

    def __init__(
        self,
        claims: Ids,
        events: Ids,
        make: Callable[[int, int], str],
        made: dict[tuple[int, int], str] | None = None,
        fetch: Callable[[list[int], list[int]], None] | None = None,
    ) -> None:
        self._claims, self._events, self._make, self._fetch = claims, events, make, fetch
        self._made = {} if made is None else made

    def __len__(self) -> int:
        return len(self._claims)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        return self.of(int(self._claims[at]), int(self._events[at]))

    def of(self, claim: int, event: int) -> str:
        """The text of a claim or an event, whether it is a mark or not."""
        found = self._made.get((claim, event))
        if found is None:
            if len(self._made) > MOST_LABELS:
                self._made.clear()
            found = self._made[claim, event] = self._make(claim, event)
        return found

    def prepare(self, marks: Iterable[int]) -> None:
        """Fetch what the texts of these marks need, which in a lot costs far less."""
        if self._fetch is None:
            return
        keys = [(int(self._claims[at]), int(self._events[at])) for at in marks]
        missing = [key for key in keys if key not in self._made]
        if missing:
            self._fetch(
                [claim for claim, _ in missing if claim >= 0],
                [event for _, event in missing if event >= 0],
            )

    def pick(self, order: npt.NDArray[Any]) -> Labels:
        """Those at ``order``; what one of both has made, the other has too."""
        return self.over(self._claims[order], self._events[order])

    def over(self, claims: Ids, events: Ids) -> Labels:
        """The same texts of other marks."""
        return Labels(claims, events, self._make, self._made, self._fetch)


def _picked(labels: Sequence[str], order: Ids) -> Sequence[str]:
    """Those at ``order``, by the labels' own ``pick`` where they have one."""
    pick = getattr(labels, "pick", None)
    if pick is not None:
        found: Sequence[str] = pick(order)
        return found
    return [labels[i] for i in order.tolist()]


NO_LINKS = Links.of(())

MOST_LABELS = 50_000
"""Texts kept; beyond that the store starts anew."""

COLUMNS: dict[str, Any] = {
    "start": np.float64,
    "end": np.float64,
    "core_start": np.float64,
    "core_end": np.float64,
    "open_start": np.bool_,
    "open_end": np.bool_,
    "between": np.bool_,
    "point": np.bool_,
    "zone": np.int8,
    "status": np.int8,
    "act": np.int8,
    "disputed": np.bool_,
    "importance": np.float32,
    "claim_id": np.int32,
    "event_id": np.int32,
}
"""The arrays of ``TimelineData`` with their types."""


FOUND_OUT = ("index_of_claim", "zones", "extent", "dense")
"""What is found out about marks when it is first asked for."""


@dataclass(frozen=True, eq=False)
class TimelineData:
    """Parallel arrays, one element a mark, sorted by ``start``.

    ``start`` and ``end`` are days since the origin (``end`` exclusive), ``core_start`` and
    ``core_end`` the part within them that is certain. ``between`` marks what is only known to lie
    somewhere between two others, or two days. ``point`` marks claims of which only the
    time of saying is known. ``zone`` is a ``Zone`` or ``NO_ZONE``. ``status``, ``act`` are indices
    into ``STATUSES`` and ``ACTS`` (or ``NARRATED``). ``claim_id`` or ``event_id`` is -1 where there
    is none.
    """

    start: Floats
    end: Floats
    core_start: Floats
    core_end: Floats
    open_start: Bools
    open_end: Bools
    between: Bools
    point: Bools
    zone: Bytes
    status: Bytes
    act: Bytes
    disputed: Bools
    importance: npt.NDArray[np.float32]
    claim_id: Ids
    event_id: Ids
    labels: Sequence[str]
    links: Links = NO_LINKS
    undated: tuple[Undated, ...] = ()
    grouping: Grouping | None = None
    """Lanes inside the sides, if there are to be any."""
    rows: Ids | None = None
    """The place of each mark's claim, or of its event, among the rows that the arrays are from."""

    def __len__(self) -> int:
        return len(self.start)

    @property
    def size(self) -> int:
        """How many marks have a zone."""
        return sum(len(zone) for zone in self.zones.values())

    def of_event(self, event_id: int) -> Ids:
        """The marks of an event."""
        found: Ids = np.flatnonzero(self.event_id == event_id)
        seen: Ids = found[self.zone[found] != NO_ZONE]
        return seen

    @property
    def starts(self) -> Floats:
        """Of all that have a zone, in no order."""
        found: Floats = np.concatenate([zone.starts for zone in self.zones.values()])
        return found

    @classmethod
    def from_columns(
        cls,
        columns: Mapping[str, npt.ArrayLike],
        labels: Sequence[str],
        links: Iterable[Link] = (),
        undated: tuple[Undated, ...] = (),
        rows: Ids | None = None,
        only: Ids | None = None,
    ) -> TimelineData:
        """From the columns of ``COLUMNS`` in any order; sorts by ``start``, then by ``end``.

        With ``only`` of the elements at these places.
        """
        arrays = {name: np.asarray(columns[name], dtype=kind) for name, kind in COLUMNS.items()}
        starts, ends = arrays["start"], arrays["end"]
        if only is None:
            order: Ids = np.lexsort((ends, starts))
        else:
            order = only.take(np.lexsort((ends.take(only), starts.take(only))))
        return cls(
            **{name: array.take(order) for name, array in arrays.items()},  # type: ignore[arg-type]
            labels=_picked(labels, order),
            links=links if isinstance(links, Links) else Links.of(links),
            undated=undated,
            rows=None if rows is None else rows.take(order).astype(np.int32),
        )

    @classmethod
    def empty(cls) -> TimelineData:
        """No marks."""
        return cls.from_columns({name: () for name in COLUMNS}, ())

    def select(self, keep: Bools, undated: tuple[Undated, ...] | None = None) -> TimelineData:
        """The marks where ``keep`` is true; links to others are kept and lead nowhere."""
        if keep.all():
            return (
                self if undated is None or undated == self.undated else self.other(undated=undated)
            )
        kept = np.flatnonzero(keep)
        # Far quicker than by the mask itself.
        arrays = {name: getattr(self, name).take(kept) for name in COLUMNS}
        found = replace(
            self,
            **arrays,
            labels=_picked(self.labels, kept),
            grouping=None,
            rows=None if self.rows is None else self.rows.take(kept),
            undated=self.undated if undated is None else undated,
        )
        numbers = np.full(len(self), -1, np.int32)
        numbers[kept] = np.arange(len(kept), dtype=np.int32)
        columns = found.start, found.end, found.disputed, found.importance
        found.__dict__["index_of_claim"] = self.index_of_claim.select(numbers)
        found.__dict__["zones"] = {
            zone: index.select(numbers, *columns) for zone, index in self.zones.items()
        }
        return found

    def other(self, **changes: Any) -> TimelineData:
        """The same marks at the same places, with other links, lanes and so on."""
        found = replace(self, **changes)
        found.__dict__.update(
            {name: self.__dict__[name] for name in FOUND_OUT if name in self.__dict__}
        )
        return found

    def grouped(self, grouping: Grouping | None) -> TimelineData:
        """The same marks with other lanes inside the sides, or none."""
        return self if grouping is self.grouping else self.other(grouping=grouping)

    @cached_property
    def index_of_claim(self) -> ClaimIndex:
        """The mark of each claim id."""
        return ClaimIndex(np.where(self.zone == NO_ZONE, np.int32(-1), self.claim_id))

    @cached_property
    def zones(self) -> dict[Zone, ZoneIndex]:
        """Look-ups by zone."""
        return {
            zone: self._index(np.flatnonzero(self.zone == zone).astype(np.int32)) for zone in Zone
        }

    def _index(self, members: Ids) -> ZoneIndex:
        return ZoneIndex(members, self.start, self.end, self.disputed, self.importance)

    def groups(self, zone: Zone, most: int) -> list[Group]:
        """Up to ``most`` groups of a side, those with most marks first; empty without lanes."""
        if self.grouping is None or zone is Zone.BAND:
            return []
        return groups(self.grouping, zone, self.zones[zone].members, most, self._index)

    def prepare(self, marks: Iterable[int]) -> None:
        """Have the labels of these marks ready, where they are made in lots."""
        prepare = getattr(self.labels, "prepare", None)
        if prepare is not None:
            prepare(marks)

    def warm(self) -> None:
        """Make the look-ups now that the first frames would else wait for."""
        self.warm_far()
        for index in self.zones.values():
            index.warm()

    def warm_far(self) -> None:
        """Only those for frames in which much of all is in view."""
        for index in self.zones.values():
            index.most_important(-np.inf, np.inf, 1)
        self.links.warm()
        _ = self.index_of_claim, self.extent

    def count(self, start: float, end: float) -> int:
        """How many marks meet ``[start, end]``."""
        return sum(index.count(start, end) for index in self.zones.values())

    def begin_late(self, start: float, end: float) -> float:
        """Which share of the marks that begin in ``[start, end]`` does so in its last third."""
        edges = np.array([start, end - (end - start) / 3, np.nextafter(end, np.inf)])
        found = np.sum([zone.density(edges) for zone in self.zones.values()], axis=0)
        return float(found[1] / max(found.sum(), 1))

    def outside(self, start: float, end: float) -> tuple[int, int]:
        """How many marks lie wholly before and wholly after."""
        zones = self.zones.values()
        earlier = sum(int(zone.ends.searchsorted(start, "left")) for zone in zones)
        begun = sum(int(zone.starts.searchsorted(end, "right")) for zone in zones)
        return earlier, self.size - begun

    @cached_property
    def extent(self) -> tuple[float, float] | None:
        """From the first start to the last end; ``None`` without marks."""
        zones = [zone for zone in self.zones.values() if len(zone)]
        if not zones:
            return None
        return (
            min(float(zone.starts[0]) for zone in zones),
            max(float(zone.ends[-1]) for zone in zones),
        )

    @cached_property
    def dense(self) -> tuple[float, float] | None:
        """``bulk`` of these marks."""
        return bulk(self)


OUTLIER_COST = 25.0
"""How much longer (as a logarithm) the view must get before a share of marks is left out."""

CANDIDATES = 24


def bulk(data: TimelineData) -> tuple[float, float] | None:
    """The stretch that holds the dense part of the marks, in days; ``None`` without marks.

    At most a fifth of the marks is left out at either end, and only where that shortens the
    stretch by far: minimises ``log(length) + OUTLIER_COST * share left out``.
    """
    zones = data.zones.values()
    count = data.size
    if not count:
        return None
    most = max(1, count // 5) if count > 2 else 0
    trims = np.unique(np.linspace(0, most, min(most + 1, CANDIDATES)).astype(np.int64))
    starts = ranked([zone.starts for zone in zones], trims).tolist()
    ends = ranked([zone.ends for zone in zones], count - 1 - trims).tolist()
    best, found = np.inf, (starts[0], ends[0])
    for left, start in zip(trims.tolist(), starts, strict=True):
        for right, end in zip(trims.tolist(), ends, strict=True):
            if end <= start:
                continue
            share = (left + right) / count
            cost = log(max(end - start, 1.0)) + OUTLIER_COST * share
            if cost < best:
                best, found = cost, (start, end)
    return found
