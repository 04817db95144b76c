"""The marks after a small change that moves none in time: only what was touched is placed anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from db.columns import Columns, Packed
from desktop.timeline.builder import claim_marks, links_of, narrated_importance
from desktop.timeline.data import COLUMNS, TimelineData
from desktop.timeline.index import Bools, Ids

MOST = 500
"""Claims up to which it is worth it."""

SAME = ("start", "end", "zone", "point", "claim_id")
"""What must be as before, or else the order of the marks may be another."""


def renewed(
    data: TimelineData, before: Columns, after: Columns, labels: Sequence[str]
) -> TimelineData | None:
    """``data``, which is of ``before``, as of ``after``; ``None`` where it has to be made anew.

    Rests on rows of one state being taken over by the next as the very same arrays.
    """
    claims, events = after.claims, after.events
    if data.rows is None or claims.id is not before.claims.id or events.id is not before.events.id:
        return None
    if claims.side is not before.claims.side or _differing(after.mentions, before.mentions).any():
        return None
    retold = _differing(events, before.events, but=("type", "where"))
    if (retold & after.is_narrated).any():
        return None
    louder = after.voices != before.voices
    passed = ("article", "position", "actor", "where", "review")
    touched = _differing(claims, before.claims, but=passed)
    other = retold | louder
    if other.any():
        touched |= after.of_events(other)
    at = np.flatnonzero(touched)
    if len(at) > MOST:
        return None
    found = claim_marks(after, only=at)
    marks = data.index_of_claim.places(claims.id[at])
    if ((marks >= 0) != found["dated"]).any():
        return None
    # Those in the tray show what is drawn of none.
    if not found["dated"].all() and claims.event is not before.claims.event:
        return None
    kept = np.flatnonzero(marks >= 0)
    marks = marks[kept]
    new = {name: np.asarray(found[name][kept], COLUMNS[name]) for name in COLUMNS}
    if any((getattr(data, name)[marks] != new[name]).any() for name in SAME):
        return None
    told = _told(data, louder) if (louder & after.is_narrated).any() else marks[:0]
    arrays = {name: _put(getattr(data, name), marks, new[name]) for name in COLUMNS}
    if len(told):
        values = narrated_importance(after)[data.rows[told]].astype(np.float32)
        arrays["importance"] = _put(arrays["importance"], told, values)
    links = data.links
    if after.relations is not before.relations and _other_links(after, before):
        links = links_of(after)
    result = replace(data, **arrays, labels=labels, links=links)
    moved = np.concatenate((marks, told))
    moved = moved[arrays["importance"][moved] != data.importance[moved]]
    contested = arrays["disputed"] is not data.disputed
    result.__dict__.update(
        {
            name: data.__dict__[name]
            for name in ("index_of_claim", "extent", "dense")
            if name in data.__dict__
        }
    )
    result.__dict__["zones"] = {
        zone: index.renewed(arrays["disputed"], arrays["importance"], moved, contested=contested)
        for zone, index in data.zones.items()
    }
    return result


def _differing(one: Packed, other: Packed, but: tuple[str, ...] = ()) -> Bools:
    found = np.zeros(len(one), np.bool_)
    for (name, mine), (_, theirs) in zip(one.arrays(), other.arrays(), strict=True):
        if mine is theirs or name in but:
            continue
        if len(mine) != len(theirs):
            return np.ones(max(len(one), 1), np.bool_)
        found |= mine != theirs
    return found


def _other_links(after: Columns, before: Columns) -> bool:
    return bool(_differing(after.relations, before.relations).any()) or (
        len(after.relations) != len(before.relations)
    )


def _told(data: TimelineData, events: Bools) -> Ids:
    """The marks of these events in an outlet's own voice."""
    assert data.rows is not None
    own = np.flatnonzero(data.claim_id < 0)
    return own[events[data.rows[own]]]


def _put(old: Any, at: Ids, values: Any) -> Any:
    if not len(at) or (old[at] == values).all():
        return old
    changed = old.copy()
    changed[at] = values
    return changed
