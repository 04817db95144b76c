"""How the height of a view is shared out: names, the sides' lanes, the band with the axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop.timeline.data import Zone
from desktop.timeline.frame import Rect

ROW = 18.0
ROOMY = 5
"""From so many lanes on a side has two at least."""

WIDEST_PITCH = 30.0
CROWD = 80
"""Marks of a zone beyond which it gets no more lanes for having more."""


@dataclass(frozen=True, slots=True)
class Zones:
    """Heights from top to bottom, and the lanes of each zone."""

    pitch: float
    bar: float
    """Height of a bar."""
    margin: float
    header: float
    """Height of the rows with the sides' names, at the top and at the bottom."""
    row: float
    """Height of a row of ticks."""
    band: Rect
    lanes: Mapping[Zone, int]
    heights: Mapping[Zone, float]
    """Pixels between the axis and the row with a side's name."""
    idle: float
    """From the axis to the first lane."""


def shared_out(counts: Mapping[Zone, int], lanes: int) -> dict[Zone, int]:
    """``lanes`` shared out by the root of the marks in each zone; no zone gets more than it has.

    The band never gets more than the two sides together, and a side seldom less than two.
    """
    least = {zone: 1 if zone is Zone.BAND or lanes < ROOMY else 2 for zone in Zone}
    found = {zone: min(counts[zone], least[zone]) for zone in Zone}
    while (left := lanes - sum(found.values())) > 0:
        most = found[Zone.ABOVE] + found[Zone.BELOW]
        open_to = [
            zone
            for zone in Zone
            if found[zone] < counts[zone] and (zone is not Zone.BAND or found[zone] < most)
        ]
        if not open_to:
            more = [zone for zone in (Zone.ABOVE, Zone.BELOW) if found[zone]]
            for zone in more:
                found[zone] += left // len(more)
            break
        # The method of highest averages: the next lane goes where a lane holds the most.
        best = max(open_to, key=lambda zone: min(counts[zone], CROWD) ** 0.5 / (found[zone] + 0.5))
        found[best] += 1
    return found


def zones(
    height: float,
    width: float,
    counts: Mapping[Zone, int],
    needed: Mapping[Zone, int] | None = None,
) -> Zones:
    """Share out the height between the sides and the band by the marks that they have in all.

    ``needed`` gives the lanes of each zone instead: then they are as far apart as there is room.
    """
    # The same in all frames of a pan or zoom.
    given = tuple(sorted(needed.items())) if needed is not None else None
    return _zones(height, width, tuple(sorted(counts.items())), given)


@lru_cache(maxsize=16)
def _zones(
    height: float,
    width: float,
    of_zones: tuple[tuple[Zone, int], ...],
    needed: tuple[tuple[Zone, int], ...] | None,
) -> Zones:
    counts = dict(of_zones)
    small = height < 420
    pitch = 18.0 if small else 20.0 if height < 640 else 22.0 if height < 900 else 26.0
    margin, header, row = (2.0, 20.0, 16.0) if small else (6.0, 24.0, ROW)
    between = 3.0 if small else 4.0
    free = height - 2 * (margin + header + row) - 2 * between
    if needed is not None:
        lanes = dict(needed)
        pitch = min(max(free / max(sum(lanes.values()), 1), pitch), WIDEST_PITCH)
    else:
        # A pixel less for each lane where that makes one more.
        most = max(int(free // (pitch - 1)), 2)
        lanes = shared_out(counts, most)
        pitch = min(max(free / most, pitch - 1), pitch)
    band = 2 * row + (lanes[Zone.BAND] * pitch + 2.0 if lanes[Zone.BAND] else 0.0)
    sides = max(height - 2 * (margin + header) - band, 2 * pitch)
    over = sides - (lanes[Zone.ABOVE] + lanes[Zone.BELOW]) * pitch
    # What is left goes to the sides that have lanes: a folded one is but its name.
    shares = {zone: float(lanes[zone] > 0) for zone in (Zone.ABOVE, Zone.BELOW)}
    every = sum(shares.values())
    heights = {
        zone: lanes[zone] * pitch + over * (share / every if every else 0.5)
        for zone, share in shares.items()
    }
    top = margin + header + heights[Zone.ABOVE]
    bar = 14.0 if small else 16.0
    return Zones(
        pitch,
        bar,
        margin,
        header,
        row,
        Rect(0, top, width, top + band),
        lanes,
        heights,
        min(over / 4, 4.0),
    )
