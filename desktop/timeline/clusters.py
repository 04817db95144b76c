"""Clusters at middle distance: how both sides share what begins in each unit of the axis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from desktop.timeline.axis import Tick
from desktop.timeline.data import TimelineData, Zone
from desktop.timeline.frame import Cluster
from desktop.timeline.scale import TimeScale

LEAST = 36.0
"""Units of fewer pixels say nothing that the columns do not say."""


def clusters(data: TimelineData, scale: TimeScale, lower: Sequence[Tick]) -> tuple[Cluster, ...]:
    """One for each unit between two ticks in which anything begins."""
    xs = [tick.x for tick in lower]
    if len(xs) < 2 or min(b - a for a, b in pairwise(xs)) < LEAST:
        return ()
    # The units that are cut by the view's edges are counted as wide as the others.
    xs = [xs[0] - (xs[1] - xs[0]), *xs, xs[-1] + (xs[-1] - xs[-2])]
    edges = np.array([scale.days(x) for x in xs])
    sides = data.zones[Zone.ABOVE], data.zones[Zone.BELOW]
    above, below = (side.density(edges).tolist() for side in sides)
    against = [side.density(edges, disputed=True) for side in sides]
    disputed = (against[0] + against[1]).tolist()
    return tuple(
        Cluster(x0, x1, a, b, d)
        for (x0, x1), a, b, d in zip(pairwise(xs), above, below, disputed, strict=True)
        if a + b
    )
