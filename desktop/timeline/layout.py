"""Lanes and labels for the marks in view: arithmetic on pixels, no Qt.

The most important mark chooses first. A mark takes one stretch of one lane: its bar and, where
there is room, its label beside or inside the bar. What finds no lane is left for a counter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

LABEL_PAD, BAR_PAD = 11.0, 5.0
"""What is kept free beyond the end of a label and of a bar: a label is nearer to its own bar."""

BESIDE = 8.0
"""From a bar to its label."""

PADDING = 8.0
"""From the end of a bar to a label inside it, and from the view's edge to a label."""


LONGER = 1.6
"""How much longer than its label a bar must be that the label's ground may hide a part of."""

PATIENCE = 24
"""When only labelled marks are wanted, so many that find no room in a row end the search."""


MOST_MOVED = 60
"""Up to so many marks in a zone are moved to where their labels find more room."""

MOST_MOVES = 6
"""Places tried on either side of where a mark that may be moved stands."""

SEATED = 2
"""The form of a label with which a mark asks for its seat: shorter ones are for what is left."""

INFINITE = float("inf")


class Place(IntEnum):
    """Where a label stands."""

    NOWHERE = 0
    INSIDE = 1
    RIGHT = 2
    LEFT = 3


class Half(IntEnum):
    """Which part of its lane's height a bar takes."""

    WHOLE = 0
    UPPER = 1
    LOWER = 2


class Box(NamedTuple):
    """A mark to be placed: its bar from ``x0`` to ``x1``.

    ``core0`` to ``core1`` is the part that does not fade. Where it is ``filled`` a label inside
    it reads best; on any other fill a label needs a ground of its own, which hides the bar, so
    it stands inside only where the bar is much longer, or where there is no room beside it.
    A mark that stands anywhere in a time may be moved left and right by up to ``slide`` pixels.
    """

    key: int
    x0: float
    x1: float
    core0: float
    core1: float
    filled: bool = True
    slide: float = 0.0


class Placed(NamedTuple):
    """A mark in its lane (0 is next to the axis). ``form`` is an index into ``widths``."""

    key: int
    lane: int
    x0: float
    x1: float
    place: Place
    form: int
    label_x: float
    label_width: float
    half: Half = Half.WHOLE

    @property
    def left(self) -> float:
        return min(self.x0, self.label_x) if self.place is not Place.NOWHERE else self.x0

    @property
    def right(self) -> float:
        if self.place is Place.NOWHERE:
            return self.x1
        return max(self.x1, self.label_x + self.label_width)

    @property
    def taken(self) -> tuple[float, float]:
        """What is taken of the lane: the mark with what is kept free at its ends."""
        if self.place is Place.RIGHT:
            return self.x0 - BAR_PAD, self.label_x + self.label_width + LABEL_PAD
        if self.place is Place.LEFT:
            return self.label_x - LABEL_PAD, self.x1 + BAR_PAD
        return self.x0 - BAR_PAD, self.x1 + BAR_PAD


@dataclass(frozen=True, slots=True)
class Layout:
    """``left_over`` are the boxes that found no lane, in the order they were offered."""

    placed: tuple[Placed, ...]
    left_over: tuple[Box, ...]


Widths = Callable[[int], Sequence[float]]


def place(
    boxes: Sequence[Box],
    lanes: int,
    width: float,
    widths: Widths,
    *,
    previous: Mapping[int, int] | None = None,
    labelled_only: bool = False,
    always: Set[int] = frozenset(),
    left: float = 0.0,
) -> Layout:
    """Place ``boxes``, which come most important first, in ``lanes`` lanes of a view.

    All find a seat first, with a short form of their label or, where that finds no room,
    without; then labels grow into what is left, the most important first. ``widths`` gives the
    widths of a key's label, from the whole to its shortest form. ``previous`` gives the lane
    that a key had in the frame before: it is kept where that is as good as any other. With
    ``labelled_only`` a mark whose label finds no room is left over, except those in ``always``.
    Labels stay within ``[left, width]``; bars may reach out of it.
    """
    seats = _Seats(lanes, width, widths, previous or {}, left)
    failures = 0
    waiting: list[Box] = []
    for box in boxes:
        wanted = box.key in always
        if failures > PATIENCE and not wanted:
            break
        found = seats.labelled(box)
        if found is None and wanted:
            found = seats.bare(box)
        if found is None:
            waiting.append(box)
            failures += labelled_only
            continue
        failures = 0
        seats.sit(found)
    if not labelled_only:
        for box in waiting:
            found = seats.bare(box)
            if found is not None:
                seats.sit(found)
    seats.grow()
    if not labelled_only and len(seats.placed) <= MOST_MOVED:
        seats.spread(boxes)
    placed = seats.placed
    return Layout(tuple(placed.values()), tuple(box for box in boxes if box.key not in placed))


class _Seats:
    """The lanes while they fill: of each the taken stretches, sorted, as starts and as ends.

    Much of a frame's time goes here, so the inner loops call nothing that they can do without.
    """

    def __init__(
        self, lanes: int, width: float, widths: Widths, previous: Mapping[int, int], left: float
    ) -> None:
        self.rows: list[tuple[list[float], list[float]]] = [([], []) for _ in range(lanes)]
        self.width, self.widths, self.previous = width, widths, previous
        self.left = left
        self.first, self.last = left + PADDING, width - PADDING
        lanes_of = range(lanes)
        self.orders: list[Sequence[int]] = [
            (first, *lanes_of[:first], *lanes_of[first + 1 :]) if first else lanes_of
            for first in lanes_of
        ]
        self.placed: dict[int, Placed] = {}

    def sit(self, found: Placed) -> None:
        starts, ends = self.rows[found.lane]
        x0, x1 = found.taken
        at = bisect_left(starts, x0)
        starts.insert(at, x0)
        ends.insert(at, x1)
        self.placed[found.key] = found

    def order(self, key: int) -> Sequence[int]:
        """Lanes as they are tried: the one of the frame before, then from the axis outwards."""
        first = self.previous.get(key, 0)
        return self.orders[first if first < len(self.orders) else 0]

    def labelled(self, box: Box) -> Placed | None:
        """In the first lane with room for the bar and a short form of its label."""
        key, x0, x1, _, _, filled, slide = box
        width, left = self.width, self.left
        if x1 < 0 or x0 > width:
            return None
        labels = self.widths(key)
        last = min(len(labels) - 1, SEATED)
        shortest = labels[last]
        roomy = (x1 if x1 < width else width) - (x0 if x0 > left else left) >= (
            shortest + 2 * PADDING
        )
        core, bar = _inside_at(box, left, width) if roomy else ((0.0, 0.0), (0.0, 0.0))
        if roomy:
            # On its fill a label may be a little shorter than beside the bar, where it takes room.
            wanted = labels[0] if filled else LONGER * labels[0]
            if filled and last > 1:
                wanted = labels[1]
            if core[1] >= wanted:
                return self._inside(box, *core, labels)
        found = self._beside(key, x0, x1, last, shortest)
        if found is None and slide >= 1:
            for moved in _moves(box, width):
                found = self._beside(key, moved.x0, moved.x1, last, shortest)
                if found is not None:
                    break
        if found is not None or not roomy:
            return found
        runs_out = x0 < left or x1 > width
        return self._inside(box, core[0], core[1] if filled else core[1] / LONGER, labels) or (
            self._inside(box, bar[0], bar[1] if runs_out else bar[1] / LONGER, labels)
        )

    def _inside(self, box: Box, at: float, room: float, labels: Sequence[float]) -> Placed | None:
        form = next((form for form, label in enumerate(labels) if label <= room), None)
        if form is None:
            return None
        bare = self._alone(box)
        if bare is None:
            return None
        return bare._replace(place=Place.INSIDE, form=form, label_x=at, label_width=labels[form])

    def _beside(self, key: int, x0: float, x1: float, form: int, label: float) -> Placed | None:
        """``label`` is the width of the ``form``."""
        right_from, left_from = x1 + BESIDE, x0 - BESIDE
        to_right = right_from >= self.first and right_from + label <= self.last
        to_left = left_from <= self.last and left_from - label >= self.first
        if not (to_right or to_left):
            return None
        first, last = x0 - BAR_PAD, x1 + BAR_PAD
        right_end, left_end = right_from + label + LABEL_PAD, left_from - label - LABEL_PAD
        rows = self.rows
        for lane in self.order(key):
            starts, ends = rows[lane]
            after = bisect_left(starts, last)
            if after and ends[after - 1] > first:
                continue
            if to_right and (after == len(starts) or right_end <= starts[after]):
                return Placed(key, lane, x0, x1, Place.RIGHT, form, right_from, label)
            if to_left and (not after or left_end >= ends[after - 1]):
                return Placed(key, lane, x0, x1, Place.LEFT, form, left_from - label, label)
        return None

    def bare(self, box: Box) -> Placed | None:
        """In the first lane with room for the bar alone."""
        found = self._alone(box)
        if found is not None or box.slide < 1:
            return found
        moved = (self._alone(moved) for moved in _moves(box, self.width))
        return next((found for found in moved if found is not None), None)

    def _alone(self, box: Box) -> Placed | None:
        key, x0, x1 = box[:3]
        rows, first, last = self.rows, x0 - BAR_PAD, x1 + BAR_PAD
        for lane in self.order(key):
            starts, ends = rows[lane]
            after = bisect_left(starts, last)
            if not after or ends[after - 1] <= first:
                return Placed(key, lane, x0, x1, Place.NOWHERE, 0, x0, 0.0)
        return None

    def spread(self, boxes: Sequence[Box]) -> None:
        """Move what has a short label, or none, to a lane where a longer one finds room."""
        for box in boxes:
            item = self.placed.get(box.key)
            if item is None or box.x1 < 0 or box.x0 > self.width:
                continue
            labels = self.widths(box.key)
            forms = len(labels) if item.place is Place.NOWHERE else item.form
            if not forms or (item.place is Place.INSIDE and not box.filled):
                continue
            starts, ends = self.rows[item.lane]
            at = bisect_left(starts, item.taken[0] - 1e-6)
            del starts[at], ends[at]
            better = next(
                (
                    found
                    for form in range(forms)
                    if (found := self._beside(box.key, box.x0, box.x1, form, labels[form]))
                    is not None
                ),
                item,
            )
            self.sit(better)

    def grow(self) -> None:
        """Give each label beside its bar the longest form that finds room, in order of seating."""
        rows, widths, placed = self.rows, self.widths, self.placed
        for key, item in placed.items():
            _, lane, x0, x1, place, form, label_x, _, half = item
            to_right = place is Place.RIGHT
            if not form or not (to_right or place is Place.LEFT):
                continue
            starts, ends = rows[lane]
            labels = widths(key)
            if to_right:
                at = bisect_left(starts, x0 - BAR_PAD - 1e-6)
                room = self.last
                if at + 1 < len(starts) and starts[at + 1] - LABEL_PAD < room:
                    room = starts[at + 1] - LABEL_PAD
                room -= label_x
            else:
                at = bisect_left(starts, label_x - LABEL_PAD - 1e-6)
                room = self.first
                if at and ends[at - 1] + LABEL_PAD > room:
                    room = ends[at - 1] + LABEL_PAD
                room = x0 - BESIDE - room
            for longer in range(form):
                label = labels[longer]
                if label <= room:
                    if to_right:
                        ends[at] = label_x + label + LABEL_PAD
                    else:
                        label_x = x0 - BESIDE - label
                        starts[at] = label_x - LABEL_PAD
                    placed[key] = Placed(key, lane, x0, x1, place, longer, label_x, label, half)
                    break


def _moves(box: Box, width: float) -> Iterator[Box]:
    """The box moved within its slide, the nearest places first."""
    if box.slide < 1:
        return
    step = max(box.x1 - box.x0 + 2 * BAR_PAD, box.slide / MOST_MOVES)
    for number in range(1, int(box.slide / step) + 1):
        for by in (-number * step, number * step):
            if box.x0 + by >= 0 and box.x1 + by <= width:
                yield box._replace(
                    x0=box.x0 + by,
                    x1=box.x1 + by,
                    core0=box.core0 + by,
                    core1=box.core1 + by,
                    slide=0.0,
                )


def _inside_at(
    box: Box, left: float, width: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a label inside begins and how wide it may be: in the certain part, in the bar."""
    core, bar = max(box.core0, left), max(box.x0, left)
    return (
        (core + PADDING, min(box.core1, width) - core - 2 * PADDING),
        (bar + PADDING, min(box.x1, width) - bar - 2 * PADDING),
    )
