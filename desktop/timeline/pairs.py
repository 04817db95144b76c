"""Two bars of one and the same time in one lane: half as high each, a label on either side.

A time known only by its day makes a bar as long as the day, of which a lane holds one alone.
"""

from __future__ import annotations

from collections import defaultdict

from desktop.timeline.layout import (
    BESIDE,
    INFINITE,
    LABEL_PAD,
    PADDING,
    Box,
    Half,
    Layout,
    Place,
    Placed,
    Widths,
)

SHORTEST = 16.0
"""Pixels from which on a bar may share its lane: a shorter one is no more than a sign."""

MOST = 60
"""So many of those left over are looked at, the most important ones."""


def paired(layout: Layout, width: float, widths: Widths, left: float = 0.0) -> Layout:
    """Seat what found no lane beside a bar of its own time whose label leaves a side free.

    The arguments are those of ``place``. Whoever was there first is the half next to the top.
    """
    if not layout.left_over:
        return layout
    placed = {item.key: item for item in layout.placed}
    lanes: dict[int, list[Placed]] = defaultdict(list)
    for item in layout.placed:
        lanes[item.lane].append(item)
    alone: dict[tuple[float, float], list[Placed]] = defaultdict(list)
    for item in layout.placed:
        if _may_share(item):
            alone[item.x0, item.x1].append(item)
    over: list[Box] = list(layout.left_over[MOST:])
    for box in layout.left_over[:MOST]:
        best: tuple[int, Placed, Placed] | None = None
        for item in alone.get((box.x0, box.x1), ()) if box.slide < 1 else ():
            found = _beside(box, item, lanes[item.lane], widths, width, left)
            if found is not None and (best is None or found.form < best[0]):
                best = found.form, item, found
        if best is None:
            over.append(box)
            continue
        _, item, found = best
        alone[item.x0, item.x1].remove(item)
        lanes[item.lane].append(found)
        placed[item.key] = item._replace(half=Half.UPPER)
        placed[found.key] = found
    kept = {box.key for box in over}
    rest = tuple(box for box in layout.left_over if box.key in kept)
    return Layout(tuple(placed.values()), rest)


def _may_share(item: Placed) -> bool:
    return item.place in (Place.LEFT, Place.RIGHT) and item.x1 - item.x0 >= SHORTEST


def _beside(
    box: Box, item: Placed, lane: list[Placed], widths: Widths, width: float, left: float
) -> Placed | None:
    """The box under ``item``, with the longest form that fits on the side that is free."""
    spans = [other.taken for other in lane if other.key != item.key]
    first, last = left + PADDING, width - PADDING
    to_right = item.place is Place.LEFT
    if to_right:
        begin = box.x1 + BESIDE
        end = min((start for start, _ in spans if start >= item.x1), default=INFINITE)
        room = min(end - LABEL_PAD, last) - begin if begin >= first else -1.0
    else:
        end = box.x0 - BESIDE
        begin = max((stop for _, stop in spans if stop <= item.x0), default=-INFINITE)
        room = end - max(begin + LABEL_PAD, first) if end <= last else -1.0
    for form, label in enumerate(widths(box.key)):
        if label <= room:
            at, place = (begin, Place.RIGHT) if to_right else (end - label, Place.LEFT)
            return Placed(box.key, item.lane, item.x0, item.x1, place, form, at, label, Half.LOWER)
    return None
