"""How the rows of a side are shared out to its groups; those that find none share the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from desktop.timeline.index import Ids, ZoneIndex

ROWS = 2
"""Rows of a group that there are to be at least."""


@dataclass(frozen=True, eq=False)
class Grouping:
    """The group of each mark, as an index into ``names``."""

    codes: npt.NDArray[np.int32]
    names: tuple[str, ...]
    more: str = "{count} more"
    """What the groups without rows of their own are called together."""
    kept: dict[tuple[int, int], list[Group]] = field(default_factory=dict)
    """Groups by zone and by how many there are."""


@dataclass(frozen=True, eq=False)
class Group:
    """``folded`` is how many groups without rows of their own it stands for; its name is empty
    then.
    """

    name: str
    index: ZoneIndex
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A group with its rows: ``count`` of them from ``base`` on, counted from the axis."""

    group: Group
    base: int
    count: int


def groups(
    grouping: Grouping, zone: int, members: Ids, most: int, make: Callable[[Ids], ZoneIndex]
) -> list[Group]:
    """Up to ``most`` groups of a zone, those with most marks first, the rest as one."""
    key = (zone, most)
    found = grouping.kept.get(key)
    if found is None:
        codes = grouping.codes[members]
        counts = np.bincount(codes, minlength=len(grouping.names))
        order = [int(at) for at in np.argsort(-counts, kind="stable") if counts[at]]
        own = order if len(order) <= most else order[: most - 1]
        found = [Group(grouping.names[at], make(members[codes == at])) for at in own]
        rest = order[len(own) :]
        if rest:
            found.append(Group("", make(members[np.isin(codes, rest)]), len(rest)))
        grouping.kept[key] = found
    return found


def shares(found: Sequence[Group], rows: int) -> list[Share]:
    """``rows`` shared out by the root of the marks in each group, one at least."""
    if not found:
        return []
    counts = [1] * len(found)
    weights = [len(group.index) ** 0.5 for group in found]
    for _ in range(rows - len(found)):
        # The method of highest averages, as for the zones.
        best = max(range(len(found)), key=lambda at: weights[at] / (counts[at] + 0.5))
        counts[best] += 1
    result, base = [], 0
    for group, count in zip(found, counts, strict=True):
        if base + count > rows:
            break
        result.append(Share(group, base, count))
        base += count
    return result


def most_groups(rows: int) -> int:
    """How many groups so many rows are shared by at most."""
    return max(rows // ROWS, min(rows, 2), 1)
