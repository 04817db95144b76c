"""A timeline of which a few marks go and a few come: sorted look-ups follow, none is made anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from desktop.timeline.data import COLUMNS, Labels, TimelineData
from desktop.timeline.index import Ids, ZoneIndex, class_of
from desktop.timeline.splicing import AnyArray, Splice

FEW = 600
"""Marks up to which following a change costs less than making all anew."""


@dataclass(frozen=True, eq=False)
class Patch:
    """What became of a timeline: ``gone`` by their old numbers, ``come`` by their new ones.

    Without a ``splice`` all marks have the numbers that they had, and both are the same.
    """

    data: TimelineData
    gone: Ids
    come: Ids
    splice: Splice | None = None
    event_rows: Ids | None = None
    """By the place where an event stood the one where it stands; ``None`` where all stay."""


def key(data: TimelineData, at: Any) -> AnyArray:
    """In which order marks of one time stand: claims by their rows, then events."""
    assert data.rows is not None
    return order_key(data.rows[at], data.claim_id[at])


def order_key(rows: AnyArray, claim_ids: AnyArray) -> AnyArray:
    """The same for marks whose rows and claims are given."""
    return np.where(claim_ids < 0, rows.astype(np.int64) + 2**32, rows)


def patched(data: TimelineData, gone: Ids, new: Mapping[str, AnyArray], labels: Labels) -> Patch:
    """Without the marks ``gone`` (ascending) and with ``new`` ones: ``COLUMNS`` and ``rows``.

    A mark that is other than before goes and comes. ``labels`` gives the texts of all.
    """
    assert data.rows is not None
    keys = order_key(new["rows"], new["claim_id"])
    order = np.lexsort((keys, new["end"], new["start"]))
    values = {name: np.asarray(new[name])[order].astype(kind) for name, kind in COLUMNS.items()}
    rows = np.asarray(new["rows"])[order].astype(np.int32)
    splice = None
    if _in_place(data, gone, values, rows):
        arrays = {name: put(getattr(data, name), gone, values[name]) for name in COLUMNS}
        come, all_rows = gone, put(data.rows, gone, rows)
    else:
        places = _places(data, values, keys[order])
        splice = Splice(len(data), gone, places - gone.searchsorted(places))
        arrays = {name: splice.apply(getattr(data, name), values[name]) for name in COLUMNS}
        come, all_rows = splice.new, splice.apply(data.rows, rows)
    result = replace(
        data,
        **arrays,
        rows=all_rows,
        grouping=None,
        labels=labels.over(arrays["claim_id"], arrays["event_id"]),
    )
    patch = Patch(result, gone, come, splice)
    _follow(data, patch)
    return patch


def _in_place(
    data: TimelineData, gone: Ids, values: Mapping[str, AnyArray], rows: AnyArray
) -> bool:
    """Whether what comes stands where what goes stood."""
    if len(gone) != len(rows):
        return False
    same = all((getattr(data, n)[gone] == values[n]).all() for n in ("start", "end", "claim_id"))
    assert data.rows is not None
    return same and bool((data.rows[gone] == rows).all())


def _places(data: TimelineData, values: Mapping[str, AnyArray], keys: AnyArray) -> Ids:
    """Before which mark each new one comes."""
    found = []
    for start, end, own in zip(values["start"], values["end"], keys, strict=True):
        first, last = (int(data.start.searchsorted(start, side)) for side in ("left", "right"))
        ends = data.end[first:last]
        low, high = (first + int(ends.searchsorted(end, side)) for side in ("left", "right"))
        found.append(low + int(key(data, slice(low, high)).searchsorted(own)))
    return np.array(found, np.int64)


def put(old: AnyArray, at: Ids, values: AnyArray) -> AnyArray:
    """``old`` with other values at a few places; itself where they are the same."""
    if not len(at) or (old[at] == values).all():
        return old
    changed = old.copy()
    changed[at] = values
    return changed


def _follow(before: TimelineData, patch: Patch) -> None:
    """Take over what was found out about the marks before."""
    known, now = patch.data.__dict__, patch.data
    if "index_of_claim" in before.__dict__:
        come = zip(now.claim_id[patch.come].tolist(), patch.come.tolist(), strict=True)
        known["index_of_claim"] = before.index_of_claim.followed(
            None if patch.splice is None else patch.splice.numbers,
            {claim: mark for claim, mark in come if claim >= 0},
        )
    if patch.splice is None:
        known.update({n: before.__dict__[n] for n in ("extent", "dense") if n in before.__dict__})
    if "zones" in before.__dict__:
        known["zones"] = {
            zone: _zone_after(
                index,
                before,
                patch,
                patch.gone[before.zone[patch.gone] == zone],
                patch.come[now.zone[patch.come] == zone],
            )
            for zone, index in before.zones.items()
        }


def _zone_after(
    index: ZoneIndex, before: TimelineData, patch: Patch, gone: Ids, come: Ids
) -> ZoneIndex:
    """The look-ups of a zone that the marks ``gone`` leave and ``come`` enter."""
    now = patch.data
    numbers = None if patch.splice is None else patch.splice.numbers
    found = copy(index)
    known = found.__dict__
    known["_all_starts"], known["_all_ends"] = now.start, now.end
    known["_importance"] = now.importance
    known["make_classes"] = None
    ranked = known.pop("by_importance", None)
    walk, classes = known.pop("_walk", None), known.pop("_classes", None)
    if len(gone) or len(come):
        known.pop("_ranks", None)
        splice = _of_members(index.members, gone, come, numbers)
        known["members"] = _renumbered(index.members, splice, come, numbers)
        known["starts"] = splice.apply(index.starts, now.start[come])
        known["ends"] = _sorted_after(index.ends, before.end[gone], now.end[come])
        known["disputed_starts"] = _sorted_after(
            index.disputed_starts,
            before.start[gone[before.disputed[gone]]],
            now.start[come[now.disputed[come]]],
        )
    elif numbers is not None:
        known["members"] = numbers.take(index.members)
    if ranked is not None:
        splice, ordered = _ranking(ranked, index.importance, gone, now.importance, come, numbers)
        known["by_importance"] = _renumbered(ranked, splice, ordered, numbers)
        if walk is not None:
            if len(gone) or len(come):
                walk = (
                    splice.apply(walk[0], now.start[ordered]),
                    splice.apply(walk[1], now.end[ordered]),
                )
            known["_walk"] = walk
    if classes is not None:
        known["_classes"] = _classes_after(classes, patch, gone, come, numbers)
    return found


def _of_members(members: Ids, gone: Ids, come: Ids, numbers: Ids | None) -> Splice:
    """``members`` ascend; ``come`` are new numbers."""
    at = members.searchsorted(gone.astype(np.int32))
    left = np.delete(members, at)
    if numbers is not None:
        left = numbers.take(left)
    return Splice(len(members), at, left.searchsorted(come.astype(np.int32)))


def _renumbered(members: Ids, splice: Splice, come: Ids, numbers: Ids | None) -> Ids:
    if numbers is not None:
        members = numbers.take(members)
    if not len(splice.gone) and not len(splice.come):
        return members
    return splice.apply(members, come)


def _sorted_after(values: AnyArray, gone: AnyArray, come: AnyArray) -> AnyArray:
    """An ascending array without some values and with others."""
    if not len(gone) and not len(come):
        return values
    return Splice.of_sorted(values, gone, come).apply(values, np.sort(come))


def _ranking(
    ranked: Ids,
    was: AnyArray,
    gone: Ids,
    importance: AnyArray,
    come: Ids,
    numbers: Ids | None,
) -> tuple[Splice, Ids]:
    """What changes in an order by importance, and ``come`` in that order."""

    def rank(values: AnyArray, mark: int) -> tuple[float, int]:
        return -float(values[mark]), int(mark)

    at = np.sort(
        np.array(
            [
                bisect_left(ranked, rank(was, mark), key=lambda item: rank(was, item))
                for mark in gone.tolist()
            ],
            np.int64,
        )
    )
    ordered = come[np.lexsort((come, -importance[come]))]
    if not len(ordered):
        return Splice(len(ranked), at, at[:0]), ordered
    left = np.delete(ranked, at)

    def now(item: int) -> tuple[float, int]:
        return rank(importance, item if numbers is None else int(numbers[item]))

    places = [bisect_left(left, rank(importance, mark), key=now) for mark in ordered.tolist()]
    return Splice(len(ranked), at, np.array(places, np.int64)), ordered


def _classes_after(
    classes: list[tuple[float, Ids, AnyArray]],
    patch: Patch,
    gone: Ids,
    come: Ids,
    numbers: Ids | None,
) -> list[tuple[float, Ids, AnyArray]]:
    """The classes of duration; a longest one may be longer than need be."""
    data = patch.data
    lengths = data.end[come] - data.start[come]
    own = class_of(lengths)
    found = []
    missing = set(own.tolist())
    for longest, members, starts in classes:
        code = int(class_of(np.array([longest]))[0])
        missing.discard(code)
        new, lost = come[own == code], gone
        if len(lost):
            at = np.minimum(members.searchsorted(lost.astype(np.int32)), len(members) - 1)
            lost = lost[members[at] == lost] if len(members) else lost[:0]
        if len(new) or len(lost):
            splice = _of_members(members, lost, new, numbers)
            starts = splice.apply(starts, data.start[new])
            members = _renumbered(members, splice, new, numbers)
            longest = max(longest, float(lengths[own == code].max(initial=0.0)))
        elif numbers is not None:
            members = numbers.take(members)
        found.append((longest, members, starts))
    for code in sorted(missing):
        new = come[own == code]
        found.append((float(lengths[own == code].max()), new.astype(np.int32), data.start[new]))
    return found
