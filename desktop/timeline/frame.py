"""One composed picture of the timeline in pixels: what is where, before anything is painted."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from desktop.timeline.axis import AxisTicks
from desktop.timeline.data import Zone
from desktop.timeline.index import Ids
from desktop.timeline.layout import Placed
from desktop.timeline.scale import TimeScale


class Rect(NamedTuple):
    """Edges in pixels. A tuple, for hundreds are made for each frame."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack

    def meets(self, other: Rect) -> bool:
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


class Mark(NamedTuple):
    """A drawn mark: ``bar`` from earliest to latest with tails, ``core0``..``core1`` the sure part.

    ``text`` is the form of the label that fits, empty where there is none.
    """

    index: int  # type: ignore[assignment]  # a tuple finds by value too, which nobody asks here
    zone: Zone
    placed: Placed
    bar: Rect
    core0: float
    core1: float
    text: str
    label: Rect

    @property
    def middle(self) -> float:
        return (self.bar.y0 + self.bar.y1) / 2


@dataclass(frozen=True, slots=True)
class Counter:
    """Marks that found no room, as "+12" where they begin: from ``start`` to ``end``, in days.

    The first counter of a view also counts what began before it.
    """

    zone: Zone
    count: int
    start: float
    end: float
    rect: Rect
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Density of a zone: counts in columns of equal width from ``x0`` on.

    Columns stand on ``base`` and grow to at most ``height`` pixels (downwards where negative).
    """

    zone: Zone
    x0: float
    column: float
    counts: Ids
    disputed: Ids
    base: float
    height: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """All of both sides that begin in one unit of the axis, while columns show how many."""

    x0: float
    x1: float
    above: int
    below: int
    disputed: int

    @property
    def count(self) -> int:
        return self.above + self.below


@dataclass(frozen=True, slots=True)
class Curve:
    """A link from mark to mark; the four points of a cubic. ``pill`` holds its ``word``."""

    source: int
    target: int
    relation: int
    possible: bool
    points: tuple[tuple[float, float], ...]
    strong: bool
    word: str = ""
    pill: Rect | None = None

    def at(self, t: float) -> tuple[float, float]:
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        parts = tuple(zip((a, b, c, d), self.points, strict=True))
        return sum(k * p[0] for k, p in parts), sum(k * p[1] for k, p in parts)


@dataclass(frozen=True, slots=True)
class Caption:
    """A word at a fixed place: a side's name, "2 earlier".

    ``text`` may have lines; where it is elided, ``whole`` is all of it.
    """

    text: str
    rect: Rect
    zone: Zone | None = None
    whole: str = ""


class Target(Enum):
    """What a point in the picture belongs to."""

    NOTHING = "nothing"
    MARK = "mark"
    COUNTER = "counter"
    EARLIER = "earlier"
    LATER = "later"
    COLUMN = "column"
    SIDE = "side"
    LANE = "lane"
    CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class Hit:
    target: Target
    mark: Mark | None = None
    counter: Counter | None = None
    zone: Zone | None = None
    start: float = 0.0
    end: float = 0.0
    count: int = 0
    disputed: int = 0
    cluster: Cluster | None = None
    text: str = ""
    """The whole of a name that is elided."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """``in_view`` and ``drawn`` count marks by zone; the difference is what is counted."""

    scale: TimeScale
    height: float
    band: Rect
    rows: tuple[float, float]
    """Tops of the upper and the lower row of ticks."""
    row_height: float
    ticks: AxisTicks
    marks: tuple[Mark, ...]
    counters: tuple[Counter, ...]
    columns: tuple[Columns, ...]
    curves: tuple[Curve, ...]
    names: tuple[Caption, ...]
    shares: tuple[Caption, ...]
    """"12 of 45 shown", beside the names."""
    earlier: Caption | None
    later: Caption | None
    now: float | None
    known: float | None = None
    clusters: tuple[Cluster, ...] = ()
    groups: tuple[Caption, ...] = ()
    """Names of the lanes inside the sides, each at the top of its rows; ``rect`` is all of them."""
    gutter: float = 0.0
    """Pixels at the left that are kept for those names."""
    in_view: dict[Zone, int] = field(default_factory=dict)
    drawn: dict[Zone, int] = field(default_factory=dict)

    @property
    def lanes(self) -> dict[int, int]:
        """The lane of each drawn mark, to be kept in the next frame."""
        return {mark.index: mark.placed.lane for mark in self.marks}

    def mark_of(self, index: int) -> Mark | None:
        return next((mark for mark in self.marks if mark.index == index), None)

    def hit(self, x: float, y: float) -> Hit:
        """What is at a point: the smallest bar first, then labels, counters, columns."""
        for caption, target in ((self.earlier, Target.EARLIER), (self.later, Target.LATER)):
            if caption is not None and caption.rect.holds(x, y, 2):
                return Hit(target)
        for name in (*self.names, *self.shares):
            if name.rect.holds(x, y):
                return Hit(Target.SIDE, zone=name.zone, text=name.whole)
        bars = [mark for mark in self.marks if mark.bar.holds(x, y, 3)]
        if bars:
            return Hit(Target.MARK, mark=min(bars, key=lambda mark: mark.bar.width))
        for mark in self.marks:
            if mark.text and mark.label.holds(x, y, 2):
                return Hit(Target.MARK, mark=mark)
        for counter in self.counters:
            if counter.rect.holds(x, y, 2):
                return Hit(Target.COUNTER, counter=counter)
        if self.rows[1] <= y <= self.rows[1] + self.row_height:
            for cluster in self.clusters:
                if cluster.x0 <= x < cluster.x1:
                    return Hit(
                        Target.CLUSTER,
                        start=self.scale.days(cluster.x0),
                        end=self.scale.days(cluster.x1),
                        count=cluster.count,
                        disputed=cluster.disputed,
                        cluster=cluster,
                    )
        return self._behind(x, y)

    def _behind(self, x: float, y: float) -> Hit:
        """What lies behind marks: the name of a lane that is cut, columns."""
        for group in self.groups:
            if group.whole and group.rect.holds(x, y):
                return Hit(Target.LANE, zone=group.zone, text=group.whole)
        for columns in self.columns:
            top = columns.base - columns.height
            if not min(top, columns.base) <= y <= max(top, columns.base):
                continue
            at = int((x - columns.x0) // columns.column)
            if 0 <= at < len(columns.counts) and columns.counts[at]:
                left = columns.x0 + at * columns.column
                return Hit(
                    Target.COLUMN,
                    zone=columns.zone,
                    start=self.scale.days(left),
                    end=self.scale.days(left + columns.column),
                    count=int(columns.counts[at]),
                    disputed=int(columns.disputed[at]),
                )
        return Hit(Target.NOTHING)
