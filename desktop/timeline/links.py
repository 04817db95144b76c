"""Curves over the axis between claims that deny, contradict, admit or answer each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from desktop.timeline.data import RELATIONS, TimelineData, Zone
from desktop.timeline.frame import Curve, Frame, Mark, Rect
from desktop.timeline.index import Floats, Link
from extraction.model import RelationType

AGAINST = frozenset(
    {RelationType.DENIES, RelationType.CONTRADICTS, RelationType.RETRACTS, RelationType.CORRECTS}
)
"""Relations of dispute."""

BULGE = 30.0
PILL_HEIGHT = 16.0
SAMPLES = 33
"""Points along a curve at which it is looked for and where its word is tried."""

_T = np.linspace(0, 1, SAMPLES)
_WEIGHTS = np.array([(1 - _T) ** 3, 3 * _T * (1 - _T) ** 2, 3 * _T * _T * (1 - _T), _T**3])

MOST_WORDS = 12
"""Links of what is selected up to which each has its word."""

SHIFTS = (0.0, 0.55, -0.55, 1.05, -1.05, 1.6, -1.6)
"""The word is tried on the curve, then right and left of it, as shares of its width."""


def with_curves(
    frame: Frame,
    data: TimelineData,
    selected: int | None,
    hovered: int | None,
    words: Sequence[str],
    measure: Callable[[str], float],
    most: int,
) -> Frame:
    """The frame with links: those of the selected or hovered claim with their words; without
    one, all disputes where there are at most ``most`` between marks that are drawn.
    """
    if not data.links:
        return frame
    by_claim = {int(data.claim_id[mark.index]): mark for mark in frame.marks}
    by_claim.pop(-1, None)
    under_mouse = int(data.claim_id[hovered]) if hovered is not None else None
    chosen = {claim for claim in (selected, under_mouse) if claim is not None and claim >= 0}
    strong = [
        link
        for link in data.links.of_claims(sorted(chosen))
        if link.source in by_claim or link.target in by_claim
    ]
    weak: list[Link] = []
    if not chosen:
        weak = [
            link
            for link in data.links.of_claims(list(by_claim))
            if RELATIONS[link.relation] in AGAINST
            and link.source in by_claim
            and link.target in by_claim
        ]
    if len(weak) > most:
        weak = []
    worded = len(weak) <= 4
    few = len(strong) <= MOST_WORDS
    curves: list[Curve] = []
    own = set(strong)
    for link in dict.fromkeys([*weak, *strong]):
        curve = _curve(frame, data, by_claim, link, strong=link in own)
        if curve is not None:
            word = words[link.relation] if link.relation < len(words) else ""
            shown = few if curve.strong else worded
            curves.append(replace(curve, word=word if shown else ""))
    return replace(frame, curves=tuple(_with_pills(frame, curves, measure)))


def _curve(
    frame: Frame, data: TimelineData, by_claim: dict[int, Mark], link: Link, *, strong: bool
) -> Curve | None:
    first = _anchor(frame, data, by_claim, link.source)
    second = _anchor(frame, data, by_claim, link.target)
    if first is None or second is None:
        return None
    (x1, y1), (x2, y2) = first, second
    lean = (y2 - y1) * 0.4
    bulge = BULGE if abs(x1 - x2) < 2 * BULGE else 0.0
    points = ((x1, y1), (x1 - bulge, y1 + lean), (x2 - bulge, y2 - lean), (x2, y2))
    return Curve(link.source, link.target, link.relation, link.possible, points, strong)


def _anchor(
    frame: Frame, data: TimelineData, by_claim: dict[int, Mark], claim: int
) -> tuple[float, float] | None:
    """The middle of a short bar, a point near the head of a long one; what finds no room is at
    its counter, others off the view.
    """
    mark = by_claim.get(claim)
    width = frame.scale.width
    if mark is not None:
        left, right = max(mark.core0, 4.0), min(mark.core1, width - 4.0)
        if right < left:
            left = right = min(max((mark.core0 + mark.core1) / 2, 4.0), width - 4.0)
        x = left + min((right - left) / 2, 24.0)
        edge = mark.bar.y1 if mark.zone is Zone.ABOVE else mark.bar.y0
        return x, edge if mark.zone is not Zone.BAND else mark.middle
    index = data.index_of_claim.get(claim)
    if index is None:
        return None
    zone = Zone(int(data.zone[index]))
    begin = max(float(data.start[index]), frame.scale.start)
    for counter in frame.counters:
        if counter.zone is zone and counter.start <= begin < counter.end:
            edge = counter.rect.y1 if zone is Zone.ABOVE else counter.rect.y0
            return (counter.rect.x0 + counter.rect.x1) / 2, edge
    y = frame.band.y0 - 24 if zone is Zone.ABOVE else frame.band.y1 + 24
    before = float(data.end[index]) < frame.scale.start
    return (-40.0 if before else width + 40.0), y


def _with_pills(
    frame: Frame, curves: Sequence[Curve], measure: Callable[[str], float]
) -> list[Curve]:
    """Put each word where it covers nothing, as near as may be to its curve and its middle."""
    if not any(curve.word for curve in curves):
        return list(curves)
    fixed = [mark.bar for mark in frame.marks] + [mark.label for mark in frame.marks if mark.text]
    for row, ticks in zip(frame.rows, (frame.ticks.upper, frame.ticks.lower), strict=True):
        fixed += [
            Rect(tick.label_x, row, tick.label_end, row + frame.row_height)
            for tick in ticks
            if tick.label
        ]
    fixed += [item.rect for item in (frame.earlier, frame.later) if item is not None]
    fixed += [counter.rect for counter in frame.counters]
    fixed += [item.rect for item in (*frame.names, *frame.shares, *frame.groups)]
    taken = np.array(fixed, np.float64).reshape(-1, 4)
    rows = sorted(
        {mark.middle for mark in frame.marks} | {row + frame.row_height / 2 for row in frame.rows}
    )
    found: list[Curve] = []
    for curve in curves:
        if not curve.word:
            found.append(curve)
            continue
        pill = _free_spot(frame, curve, measure(curve.word) + 16, np.array(rows), taken)
        if pill is not None:
            taken = np.vstack((taken, pill))
        found.append(replace(curve, pill=pill))
    return found


def _free_spot(
    frame: Frame, curve: Curve, width: float, rows: Floats, taken: Floats
) -> Rect | None:
    """Where the word of a curve covers nothing: the nearer to the curve and its middle the better.

    In the middle of a lane it touches neither neighbour. Where there is no such place the link
    goes without its word. ``rows`` are the middles of lanes, ``taken`` the edges of what is there.
    """
    x, y = curve_points(np.array([curve.points], np.float64))
    x, y = x[0], y[0]
    low, high = min(y[0], y[-1]), max(y[0], y[-1])
    tries = np.concatenate((rows[(rows >= low - 6) & (rows <= high + 6)], y[3:-3]))
    on = np.abs(y[None, :] - tries[:, None]).argmin(axis=1)
    away = np.abs(on - SAMPLES // 2) / SAMPLES
    at = x[on][:, None] + np.array(SHIFTS) * (width + 4)
    half, tall = width / 2, PILL_HEIGHT / 2
    at = np.minimum(np.maximum(at, half + 4), frame.scale.width - half - 4)
    cost = (np.abs(at - x[on][:, None]) / width + away[:, None]).ravel()
    middle, at = np.repeat(tries, len(SHIFTS)), at.ravel()
    free = (middle - tall >= 2) & (middle + tall <= frame.height - 2)
    covers = (
        (at[:, None] - half < taken[:, 2])
        & (at[:, None] + half > taken[:, 0])
        & (middle[:, None] - tall < taken[:, 3])
        & (middle[:, None] + tall > taken[:, 1])
    )
    good = np.flatnonzero(free & ~covers.any(axis=1))
    if not len(good):
        return None
    best = good[cost[good].argmin()]
    cx, cy = float(at[best]), float(middle[best])
    return Rect(cx - half, cy - tall, cx + half, cy + tall)


def curve_points(points: Floats) -> tuple[Floats, Floats]:
    """``SAMPLES`` points on each of the cubics (n, 4, 2): their x and their y, (n, SAMPLES)."""
    at = np.einsum("ncd,cs->dns", points, _WEIGHTS)
    return at[0], at[1]


class Paths:
    """Points on all curves of a frame, near enough to tell what a curve runs through."""

    def __init__(self, frame: Frame) -> None:
        points = np.array([curve.points for curve in frame.curves], np.float64)
        x, y = curve_points(points.reshape(-1, 4, 2))
        self._x, self._y = x.ravel(), y.ravel()

    def meet(self, rect: Rect) -> bool:
        """Whether a curve comes within a few pixels of ``rect``."""
        x, y = self._x, self._y
        if not len(x):
            return False
        beside = (x > rect.x0 - 6) & (x < rect.x1 + 6)
        return bool((beside & (y > rect.y0 - 4) & (y < rect.y1 + 4)).any())
