"""Bars in pixels for the layout: tails, least widths and the part that does not fade."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop.timeline.data import ACTS, NARRATED, SOLID, STATUSES, TimelineData
from desktop.timeline.layout import Box
from desktop.timeline.scale import TimeScale
from extraction.model import SpeechAct

POINT = 12.0
"""Width of the sign for a time of saying."""

LEAST = 8.0
"""Least width of a bar."""

TAIL = 24.0
"""How far an open end fades out beyond what is known."""

GLYPH = 17.0
"""Room for the sign of a speech act at the head of a label."""

PIN = 14.0
"""Room for a pin before that."""

PLAIN = ACTS.index(SpeechAct.ASSERTS)
"""The speech act without a sign."""

FILLED = np.array([status in SOLID for status in STATUSES])


def boxes(data: TimelineData, scale: TimeScale, order: Sequence[int]) -> list[Box]:
    """The bars of the marks ``order``, in that order.

    A time of saying is a point in its interval: in the middle, or beside others of its day. An
    open end has a tail beyond what is known; then only the tail fades. A bar of the least width
    does not fade at all.
    """
    at = np.asarray(order, np.int64)
    per_day = scale.pixels_per_day
    left = (data.start[at] - scale.start) * per_day
    right = (data.end[at] - scale.start) * per_day
    point = data.point[at]
    narrow = (right - left < LEAST) | point
    half = np.where(point, POINT / 2, LEAST / 2)
    middle = (left + right) / 2
    left = np.where(narrow, middle - half, left)
    right = np.where(narrow, middle + half, right)
    open_start, open_end = data.open_start[at] & ~point, data.open_end[at] & ~point
    core0 = np.where(narrow | open_start, left, (data.core_start[at] - scale.start) * per_day)
    core1 = np.where(narrow | open_end, right, (data.core_end[at] - scale.start) * per_day)
    x0 = np.where(open_start, left - TAIL, left)
    x1 = np.where(open_end, right + TAIL, right)
    filled = FILLED[data.status[at]] & (data.act[at] != NARRATED) & ~data.between[at]
    slide = np.where(point, (data.end[at] - data.start[at]) * per_day / 2 - POINT / 2, 0.0)
    columns = (at, x0, x1, core0, core1, filled, np.maximum(slide, 0.0))
    return list(map(Box._make, zip(*(column.tolist() for column in columns), strict=True)))


def glyph_room(data: TimelineData, index: int) -> float:
    """Pixels at the head of a label for the sign of its speech act."""
    return 0.0 if data.act[index] == PLAIN else GLYPH
