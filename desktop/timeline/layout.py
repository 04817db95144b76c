"""Lanes and labels for the marks in view: arithmetic on pixels, no Qt.

The most important mark chooses first. A mark takes one stretch of one lane: its bar and, where
there is room, its label beside or inside the bar. What finds no lane is left for a counter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import IntEnum

GAP = 18.0
"""Least distance between two marks of a lane, in pixels: a label is nearer to its own bar."""

CHIP_GAP = 8.0
"""Least distance between two counters, in pixels."""

BESIDE = 8.0
"""From a bar to its label."""

PADDING = 8.0
"""From the end of a bar to a label inside it, and from the view's edge to a label."""


LONGER = 1.6
"""How much longer than its label a bar must be that the label's ground may hide a part of."""

PATIENCE = 24
"""When only labelled marks are wanted, so many that find no room in a row end the search."""


class Place(IntEnum):
    """Where a label stands."""

    NOWHERE = 0
    INSIDE = 1
    RIGHT = 2
    LEFT = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A mark to be placed: its bar from ``x0`` to ``x1``.

    ``core0`` to ``core1`` is the part that does not fade. Where it is ``filled`` a label inside
    it reads best; on any other fill a label needs a ground of its own, which hides the bar, so
    it stands inside only where the bar is much longer, or where there is no room beside it.
    """

    key: int
    x0: float
    x1: float
    core0: float
    core1: float
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in its lane (0 is next to the axis). ``form`` is an index into ``widths``."""

    key: int
    lane: int
    x0: float
    x1: float
    place: Place
    form: int
    label_x: float
    label_width: float

    @property
    def left(self) -> float:
        return min(self.x0, self.label_x) if self.place is not Place.NOWHERE else self.x0

    @property
    def right(self) -> float:
        if self.place is Place.NOWHERE:
            return self.x1
        return max(self.x1, self.label_x + self.label_width)


@dataclass(frozen=True, slots=True)
class Layout:
    """``left_over`` are the boxes that found no lane, in the order they were offered."""

    placed: tuple[Placed, ...]
    left_over: tuple[Box, ...]


class _Lane:
    """The taken stretches of a lane, sorted."""

    __slots__ = ("ends", "starts")

    def __init__(self) -> None:
        self.starts: list[float] = []
        self.ends: list[float] = []

    def take(self, x0: float, x1: float) -> None:
        at = bisect_left(self.starts, x0)
        self.starts.insert(at, x0)
        self.ends.insert(at, x1)


def place(
    boxes: Sequence[Box],
    lanes: int,
    width: float,
    widths: Callable[[int], Sequence[float]],
    *,
    previous: Mapping[int, int] | None = None,
    labelled_only: bool = False,
    always: Set[int] = frozenset(),
) -> Layout:
    """Place ``boxes``, which come most important first, in ``lanes`` lanes of a view.

    ``widths`` gives the widths of a key's label, from the whole to its shortest form.
    ``previous`` gives the lane that a key had in the frame before: it is kept where that is as
    good as any other. With ``labelled_only`` a mark whose label finds no room is left over,
    except those in ``always``. Labels stay within ``[0, width]``; bars may reach out of it.
    """
    rows = [_Lane() for _ in range(lanes)]
    placed: list[Placed] = []
    left_over: list[Box] = []
    remembered = previous or {}
    failures = 0
    for box in boxes:
        wanted = box.key in always
        if failures > PATIENCE and not wanted:
            left_over.append(box)
            continue
        bare = wanted or not labelled_only
        found = _best(box, rows, width, widths, remembered.get(box.key, 0), bare=bare)
        if found is None:
            left_over.append(box)
            failures += labelled_only
            continue
        failures = 0
        rows[found.lane].take(found.left - GAP / 2, found.right + GAP / 2)
        placed.append(found)
    return Layout(tuple(placed), tuple(left_over))


def _best(
    box: Box,
    rows: Sequence[_Lane],
    width: float,
    widths: Callable[[int], Sequence[float]],
    preferred: int,
    *,
    bare: bool,
) -> Placed | None:
    """The whole label in the best lane, else a shorter one in the best lane, else the bar."""
    if not rows:
        return None
    lanes: list[int] = []
    rooms_right: list[float] = []
    rooms_left: list[float] = []
    x0, x1 = box.x0, box.x1
    right_from, left_from = x1 + BESIDE, x0 - BESIDE
    right_edge = width - PADDING
    from_x, to_x = x0 - GAP / 2, x1 + GAP / 2
    first = preferred if preferred < len(rows) else 0
    for lane in (first, *range(first), *range(first + 1, len(rows))):
        row = rows[lane]
        after = bisect_left(row.starts, to_x)
        left = row.ends[after - 1] if after else -INFINITE
        if left > from_x:
            continue
        right = row.starts[after] if after < len(row.starts) else INFINITE
        left, right = left + GAP / 2, right - GAP / 2
        lanes.append(lane)
        rooms_right.append((right if right < right_edge else right_edge) - right_from)
        rooms_left.append(left_from - (left if left > PADDING else PADDING))
    if not lanes:
        return None
    if x1 >= 0 and x0 <= width:
        inside = _inside_at(box, width)
        may_right, may_left = right_from >= PADDING, left_from <= right_edge
        labels = widths(box.key)
        (core_at, core_room), (bar_at, bar_room) = inside
        for form, label in enumerate(labels):
            if core_room >= label and (box.filled or core_room >= LONGER * label):
                return Placed(box.key, lanes[0], x0, x1, Place.INSIDE, form, core_at, label)
            for at, lane in enumerate(lanes):
                if may_right and rooms_right[at] >= label:
                    return Placed(box.key, lane, x0, x1, Place.RIGHT, form, right_from, label)
                if may_left and rooms_left[at] >= label:
                    start = left_from - label
                    return Placed(box.key, lane, x0, x1, Place.LEFT, form, start, label)
        runs_out = x0 < 0 or x1 > width
        for form, label in enumerate(labels):
            if bar_room >= (label if runs_out else LONGER * label):
                return Placed(box.key, lanes[0], x0, x1, Place.INSIDE, form, bar_at, label)
        if not bare:
            return None
    return Placed(box.key, lanes[0], x0, x1, Place.NOWHERE, 0, x0, 0.0)


def _inside_at(box: Box, width: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a label inside begins and how wide it may be: in the certain part, in the bar."""
    core, bar = max(box.core0, 0.0), max(box.x0, 0.0)
    return (
        (core + PADDING, min(box.core1, width) - core - 2 * PADDING),
        (bar + PADDING, min(box.x1, width) - bar - 2 * PADDING),
    )


@dataclass(frozen=True, slots=True)
class Chip:
    """A counter of ``count`` marks at ``x`` (its middle), from the pixel ``first`` to ``last``."""

    x: float
    count: int
    first: float
    last: float
    width: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2


def chips(
    counts: Sequence[int],
    bucket: float,
    left: float,
    right: float,
    measure: Callable[[int], float],
) -> tuple[Chip, ...]:
    """Counters for ``counts`` of buckets that are ``bucket`` pixels wide, from pixel 0 on.

    ``measure`` gives the width of a counter for a number; counters stay in ``[left, right]``.
    Neighbours that would touch become one, so that none stands over another.
    """
    found: list[Chip] = []
    for at, count in enumerate(counts):
        if count <= 0:
            continue
        chip = _chip(
            count, (at + 0.5) * bucket, at * bucket, (at + 1) * bucket, left, right, measure
        )
        found.append(chip)
        while len(found) > 1 and found[-1].left - found[-2].right < CHIP_GAP:
            after, before = found.pop(), found.pop()
            both = before.count + after.count
            middle = (before.x * before.count + after.x * after.count) / both
            found.append(_chip(both, middle, before.first, after.last, left, right, measure))
    return tuple(found)


def _chip(
    count: int,
    x: float,
    first: float,
    last: float,
    left: float,
    right: float,
    measure: Callable[[int], float],
) -> Chip:
    width = measure(count)
    inside = min(max(x, left + width / 2), right - width / 2)
    return Chip(inside, count, first, last, width)


INFINITE = float("inf")
ELLIPSIS = "…"


SHORT = 3
"""Words of so few letters seldom end a phrase: articles, prepositions."""


def without_short_end(text: str) -> str:
    """What is left of a cut phrase without the short words and marks that it ends in."""
    words = text.split(" ")
    while len(words) > 2 and len(words[-1].strip(",;:–-")) <= SHORT:
        words.pop()
    return " ".join(words).rstrip(" ,;:–-")


def forms(label: str, lengths: Sequence[int] = (32, 18)) -> tuple[str, ...]:
    """The label and its shorter forms, each elided at a word; longest first, no two equal."""
    found = [label]
    plain = label.removesuffix(ELLIPSIS)
    for length in lengths:
        if len(found[-1]) <= length:
            continue
        cut = plain.rfind(" ", 0, length)
        if cut > 3:
            short = without_short_end(plain[:cut]) + ELLIPSIS
            if short != found[-1]:
                found.append(short)
    return tuple(found)
