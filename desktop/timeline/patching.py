"""A timeline of which a few marks go and a few come: sorted look-ups follow, none is made anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from desktop.timeline.data import COLUMNS, NO_ZONE, Labels, TimelineData
from desktop.timeline.index import ClaimIndex, Ids, ZoneIndex, class_of
from desktop.timeline.splicing import AnyArray, Splice

FEW = 3000
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
        at = places(data, values, keys[order])
        splice = Splice(len(data), gone, at - gone.searchsorted(at))
        arrays = {name: splice.apply(getattr(data, name), values[name]) for name in COLUMNS}
        come, all_rows = splice.new, splice.apply(data.rows, rows)
    result = replace(
        data,
        **arrays,  # type: ignore[arg-type]
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


def places(data: TimelineData, values: Mapping[str, AnyArray], keys: AnyArray) -> Ids:
    """Before which mark each of others comes: of one that is a mark itself its own place."""
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
    gone = patch.gone[before.zone[patch.gone] != NO_ZONE]
    come = patch.come[now.zone[patch.come] != NO_ZONE]
    same = patch.splice is None and np.array_equal(gone, come)
    if "index_of_claim" in before.__dict__:
        index: ClaimIndex | None = before.index_of_claim
        if index is not None and not same:
            shift = np.copy if patch.splice is None else patch.splice.shifted
            index = index.followed(shift, before.claim_id[gone], now.claim_id[come], come)
        if index is not None:
            known["index_of_claim"] = index
    if same:
        known.update({n: before.__dict__[n] for n in ("extent", "dense") if n in before.__dict__})
    if "zones" in before.__dict__:
        known["zones"] = {
            zone: _zone_after(index, before, patch, zone) for zone, index in before.zones.items()
        }


def _zone_after(index: ZoneIndex, before: TimelineData, patch: Patch, zone: int) -> ZoneIndex:
    """The look-ups of a zone after a patch; arrays in which nothing is other are shared."""
    now = patch.data
    gone = patch.gone[before.zone[patch.gone] == zone]
    come = patch.come[now.zone[patch.come] == zone]
    contested = reranked = gone[:0]
    if patch.splice is None:
        stay = np.intersect1d(gone, come)
        gone, come = np.setdiff1d(gone, stay), np.setdiff1d(come, stay)
        contested = stay[before.disputed[stay] != now.disputed[stay]]
        reranked = stay[before.importance[stay] != now.importance[stay]]
    found = copy(index)
    known = found.__dict__
    known["_all_starts"], known["_all_ends"] = now.start, now.end
    known["_importance"] = now.importance
    known["make_classes"] = None
    if (classes := known.pop("_classes", None)) is not None:
        known["_classes"] = _classes_after(classes, patch, gone, come)
    known["members"], splice = _members_after(index.members, patch, gone, come)
    if len(gone) or len(come):
        known["starts"] = splice.apply(index.starts, now.start[come])
        known["ends"] = _sorted_after(index.ends, before.end[gone], now.end[come])
    lost, new = np.concatenate((gone, contested)), np.concatenate((come, contested))
    known["disputed_starts"] = _sorted_after(
        index.disputed_starts,
        before.start[lost[before.disputed[lost]]],
        now.start[new[now.disputed[new]]],
    )
    _rank_after(
        found, index, patch, np.concatenate((gone, reranked)), np.concatenate((come, reranked))
    )
    return found


def _rank_after(found: ZoneIndex, index: ZoneIndex, patch: Patch, gone: Ids, come: Ids) -> None:
    """Bring the order by importance up to date, with what was made in that order."""
    known, now = found.__dict__, patch.data
    ranked, walk = known.pop("by_importance", None), known.pop("_walk", None)
    if not len(gone) and not len(come):
        if ranked is not None:
            shifted = ranked if patch.splice is None else patch.splice.shifted(ranked)
            known["by_importance"] = shifted
        if walk is not None:
            known["_walk"] = walk
        return
    known.pop("_ranks", None)
    if ranked is None:
        return
    splice, ordered = _ranking(ranked, index.importance, patch, gone, come)
    if patch.splice is not None:
        ranked = patch.splice.shifted(ranked)
    known["by_importance"] = splice.apply(ranked, ordered)
    if walk is not None:
        known["_walk"] = (
            splice.apply(walk[0], now.start[ordered]),
            splice.apply(walk[1], now.end[ordered]),
        )


def _members_after(members: Ids, patch: Patch, gone: Ids, come: Ids) -> tuple[Ids, Splice]:
    """Ascending marks of which some go and some come, and what changes in what is parallel."""
    at = members.searchsorted(gone.astype(np.int32))
    places = at[:0]
    if len(come):
        stand = come
        if patch.splice is not None:
            stand = patch.splice.before[patch.come.searchsorted(come)]
        places = members.searchsorted(stand.astype(np.int32))
        places = places - at.searchsorted(places)
    splice = Splice(len(members), at, places)
    if patch.splice is not None:
        members = patch.splice.shifted_rising(members)
    return (splice.apply(members, come) if len(at) or len(come) else members), splice


def _sorted_after(values: AnyArray, gone: AnyArray, come: AnyArray) -> AnyArray:
    """An ascending array without some values and with others."""
    if not len(gone) and not len(come):
        return values
    return Splice.of_sorted(values, gone, come).apply(values, np.sort(come))


def _ranking(ranked: Ids, was: AnyArray, patch: Patch, gone: Ids, come: Ids) -> tuple[Splice, Ids]:
    """What changes in an order by importance, and ``come`` in that order."""
    importance = patch.data.importance

    def rank(values: AnyArray, mark: int) -> tuple[float, int]:
        return -float(values[mark]), int(mark)

    def old(mark: int) -> tuple[float, int]:
        return rank(was, mark)

    at = sorted(bisect_left(ranked, old(mark), key=old) for mark in gone.tolist())
    ordered = come[np.lexsort((come, -importance[come]))]
    stand = ordered
    if patch.splice is not None and len(ordered):
        stand = patch.splice.before[patch.come.searchsorted(ordered)]
    # Among the old ones: before the one that stands where it comes.
    places = np.array(
        [
            bisect_left(ranked, (-float(importance[mark]), int(place)), key=old)
            for mark, place in zip(ordered.tolist(), stand.tolist(), strict=True)
        ],
        np.int64,
    )
    lost = np.array(at, np.int64)
    return Splice(len(ranked), lost, places - lost.searchsorted(places)), ordered


def _classes_after(
    classes: list[tuple[float, Ids, AnyArray]], patch: Patch, gone: Ids, come: Ids
) -> list[tuple[float, Ids, AnyArray]]:
    """The classes of duration; a longest one may be longer than need be."""
    data = patch.data
    lengths = data.end[come] - data.start[come]
    own = class_of(lengths)
    missing = set(own.tolist())
    found = []
    for longest, members, starts in classes:
        code = int(class_of(np.array([longest]))[0])
        missing.discard(code)
        new, lost = come[own == code], gone
        if len(lost):
            at = np.minimum(members.searchsorted(lost.astype(np.int32)), len(members) - 1)
            lost = lost[members[at] == lost] if len(members) else lost[:0]
        left, splice = _members_after(members, patch, lost, new)
        if len(new) or len(lost):
            starts = splice.apply(starts, data.start[new])
            longest = max(longest, float(lengths[own == code].max(initial=0.0)))
        found.append((longest, left, starts))
    for code in sorted(missing):
        new = come[own == code]
        found.append((float(lengths[own == code].max()), new.astype(np.int32), data.start[new]))
    return found
