"""Counters: what is in view and found no room is counted where it begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from desktop.timeline.axis import AxisTicks
from desktop.timeline.data import TimelineData, Zone
from desktop.timeline.frame import Caption, Counter, Frame, Rect
from desktop.timeline.index import Ids
from desktop.timeline.scale import TimeScale

HEIGHT = 16.0
BUCKET = 24.0
"""Width in pixels of what one counter counts at least."""

CHIP_GAP = 8.0
"""Least distance between two counters, in pixels."""

LEAST_ROOM = 72.0
"""Least width of a free stretch between words that counters are put in."""


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


def hidden(
    data: TimelineData, scale: TimeScale, zone: Zone, count: int, drawn: Sequence[int]
) -> Ids:
    """Of the ``count`` marks in view those that are not ``drawn``, by buckets of equal width.

    What began before the view is counted in its first bucket.
    """
    buckets = max(int(scale.width // BUCKET), 1)
    edges = scale.start + np.arange(buckets + 1, dtype=np.float64) * (scale.span / buckets)
    edges[-1] = np.nextafter(scale.end, np.inf)
    found = data.zones[zone].density(edges)
    found[0] += count - int(found.sum())
    starts = np.maximum(data.start[np.asarray(drawn, np.int64)], scale.start)
    at = np.minimum(np.maximum(edges.searchsorted(starts, "right") - 1, 0), buckets - 1)
    return found - np.bincount(at, minlength=buckets)


def free_stretches(
    width: float, ticks: AxisTicks, hints: Sequence[Caption | None]
) -> list[tuple[float, float]]:
    """Where the upper row of ticks holds no words."""
    taken = [(tick.label_x - 4, tick.label_end + 4) for tick in ticks.upper if tick.label]
    taken += [(hint.rect.x0 - 4, hint.rect.x1 + 4) for hint in hints if hint is not None]
    found, left = [], 4.0
    for begin, end in [*sorted(taken), (width - 4, width)]:
        if begin - left >= LEAST_ROOM:
            found.append((left, begin))
        left = max(left, end)
    return found or [(4.0, width - 4)]


def counters(
    counts: Ids,
    scale: TimeScale,
    zone: Zone,
    top: float,
    stretches: Sequence[tuple[float, float]],
    measure: Callable[[str], float],
    number: Callable[[int], str] = str,
) -> list[Counter]:
    """A counter for each bucket, in the nearest of the free ``stretches``; neighbours join."""
    bucket = scale.width / len(counts)
    middles = (np.arange(len(counts)) + 0.5) * bucket
    away = [np.maximum(np.maximum(left - middles, middles - right), 0) for left, right in stretches]
    nearest = np.argmin(np.array(away), axis=0)
    found: list[Chip] = []
    for at, (left, right) in enumerate(stretches):
        part = np.where(nearest == at, counts, 0).tolist()
        found += chips(part, bucket, left, right, lambda count: measure("+" + number(count)) + 14)
    return [
        Counter(
            zone,
            chip.count,
            scale.days(chip.first),
            scale.days(chip.last),
            Rect(chip.left, top, chip.right, top + HEIGHT),
            "+" + number(chip.count),
        )
        for chip in found
    ]


def counted(data: TimelineData, frame: Frame, counter: Counter) -> Ids:
    """The marks that a counter stands for, the most important first."""
    scale = frame.scale
    drawn = {mark.index for mark in frame.marks}
    inside = data.zones[counter.zone].visible(scale.start, scale.end)
    begin = np.maximum(data.start[inside], scale.start)
    edge = 1e-9 * scale.span
    last = counter.end + (edge if counter.end >= scale.end - edge else -edge)
    part = inside[(begin >= counter.start - edge) & (begin < last)]
    found = np.array([i for i in part.tolist() if i not in drawn], np.int64)
    return found[np.argsort(-data.importance[found], kind="stable")]
