"""The marks after a small change of the dossier, and after one of what is shown of them: only what
was touched is placed anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from db.columns import REJECTED, Columns, Packed, Places
from desktop.timeline.builder import claim_marks, links_of, told_marks
from desktop.timeline.data import COLUMNS, NO_ZONE, Labels, TimelineData, Undated, Zone
from desktop.timeline.index import Bools, Ids
from desktop.timeline.patching import FEW, Patch, order_key, patched, places
from desktop.timeline.splicing import AnyArray

PASSED = ("article", "position", "actor", "where")
"""Columns of a claim that its mark does not show."""


def renewed(data: TimelineData, before: Columns, after: Columns, labels: Labels) -> Patch | None:
    """``data``, which is of ``before``, as of ``after``; ``None`` where it has to be made anew.

    Quickest where arrays of one state are taken over by the next as the very same.
    """
    if data.rows is None or not np.array_equal(after.claims.id, before.claims.id):
        return None
    events = _Events.of(before, after)
    touched = _differing(after.claims, before.claims, but=PASSED)
    if events.other.any():
        touched |= after.of_events(events.other)
    at = np.flatnonzero(touched)
    told = events.marks(data)
    is_told = events.other & (after.is_narrated | events.were_narrated)
    if len(at) + len(told) + int(np.count_nonzero(is_told)) > FEW:
        return None
    marks = _marks(data, before, at)
    gone = np.sort(np.concatenate((marks[marks >= 0], told))).astype(np.int64)
    new = claim_marks(after, only=at)
    if is_told.any():
        own = told_marks(after, only=is_told)
        new = {name: np.concatenate((new[name], own[name])) for name in new}
    dated = new["dated"]
    links = data.links
    if after.relations is not before.relations and _other_links(after, before):
        links = links_of(after)
    undated = data.undated
    if not dated.all() or (marks < 0).any() or is_told.any() or len(events.gone):
        undated = _waiting(data.undated, after.claims.id[at], events.ids, new)
    data = events.with_rows(data).other(links=links, undated=undated)
    columns = {name: np.asarray(new[name])[dated] for name in (*COLUMNS, "row")}
    columns["rows"] = columns.pop("row")
    return replace(patched(data, gone, columns, labels), event_rows=events.rows)


def reselected(shown: TimelineData, kept: Bools, patch: Patch, keep: Bools) -> TimelineData | None:
    """``shown``, which are the marks ``kept`` before a patch, as those to ``keep`` after it.

    ``None`` where too many come or go.
    """
    data, splice = patch.data, patch.splice
    if shown.rows is None or data.rows is None or not isinstance(data.labels, Labels):
        return None
    was = kept
    if splice is not None:
        was = splice.apply(kept, np.zeros(len(splice.come), np.bool_))
    switched = was != keep
    switched[patch.come] = False
    other = np.flatnonzero(switched)
    if len(other) + len(patch.gone) + len(patch.come) > FEW:
        return None
    off: Ids = other[was[other]]
    if splice is not None:
        off = splice.old(off)
    lost = np.sort(np.concatenate((off, patch.gone[kept[patch.gone]])))
    gone = np.array([np.count_nonzero(kept[:at]) for at in lost.tolist()], np.int64)
    come = np.concatenate((other[keep[other]], patch.come[keep[patch.come]]))
    columns = {name: getattr(data, name)[come] for name in (*COLUMNS, "rows")}
    before = with_event_rows(shown, patch.event_rows).other(links=data.links)
    return patched(before, gone, columns, data.labels).data


def with_event_rows(data: TimelineData, rows: Ids | None) -> TimelineData:
    """The same, where the event that stood at a place stands at another; ``None``: at the same."""
    if rows is None or data.rows is None:
        return data
    own = np.flatnonzero(data.claim_id < 0)
    moved = data.rows.copy()
    moved[own] = rows[moved[own]]
    return data.other(rows=moved)


@dataclass(frozen=True, eq=False)
class _Events:
    """What became of the events: ``other`` are told otherwise than before, or are new;
    ``before`` has places among the events of before, ``rows`` gives each its place now.
    """

    other: Bools
    were_narrated: Bools
    gone: Ids
    touched: Bools
    ids: frozenset[int]
    rows: Ids | None

    @classmethod
    def of(cls, before: Columns, after: Columns) -> _Events:
        mine, theirs = after.events, before.events
        rows: Ids | None = None
        at: Ids | slice = slice(None)
        now: Ids | slice = slice(None)
        gone = np.empty(0, np.int64)
        old, new = theirs, mine
        if mine.id is not theirs.id:
            rows = mine.places(theirs.id)
            at, gone = np.flatnonzero(rows >= 0), np.flatnonzero(rows < 0)
            now = rows[at]
            old, new = theirs.take(at), mine.take(now)
        other = np.ones(len(mine), np.bool_)
        other[now] = _differing(new, old, but=("id", "type", "where"))
        if after.voices is not before.voices:
            other[now] |= after.voices[now] != before.voices[at]
        if after.is_narrated is not before.is_narrated:
            other[now] |= after.is_narrated[now] != before.is_narrated[at]
        for event in _retold(before, after):
            place = mine.places([event])[0]
            if place >= 0:
                other[place] = True
        narrated = np.zeros(len(mine), np.bool_)
        narrated[now] = before.is_narrated[at]
        touched = np.ones(len(theirs), np.bool_)
        touched[at] = other[now]
        ids = frozenset([*theirs.id[touched].tolist(), *mine.id[other].tolist()])
        return cls(other, narrated, gone, touched, ids, rows)

    def marks(self, data: TimelineData) -> Ids:
        """The marks of what is told otherwise, or no longer, in an outlet's own voice."""
        assert data.rows is not None
        if not self.touched.any():
            return np.empty(0, np.int64)
        own = np.flatnonzero(data.claim_id < 0)
        return own[self.touched[data.rows[own]]]

    def with_rows(self, data: TimelineData) -> TimelineData:
        return with_event_rows(data, self.rows)


def _retold(before: Columns, after: Columns) -> set[int]:
    """The events whose tellings are other than before."""
    mine, theirs = after.mentions, before.mentions
    if mine is theirs:
        return set()
    if mine.id is theirs.id:
        other = _differing(mine, theirs)
        return {*mine.event[other].tolist(), *theirs.event[other].tolist()}
    now = mine.places(theirs.id)
    stayed = np.flatnonzero(now >= 0)
    new = np.ones(len(mine), np.bool_)
    new[now[stayed]] = False
    other = np.ones(len(theirs), np.bool_)
    other[stayed] = _differing(mine.take(now[stayed]), theirs.take(stayed))
    found = {*theirs.event[other].tolist(), *mine.event[new].tolist()}
    here = mine.places(theirs.id[other])
    return found | set(mine.event[here[here >= 0]].tolist())


def _differing(one: Packed, other: Packed, but: tuple[str, ...] = ()) -> Bools:
    found = np.zeros(len(one), np.bool_)
    for (name, mine), (_, theirs) in zip(one.arrays(), other.arrays(), strict=True):
        if mine is not theirs and name not in but:
            found |= mine != theirs
    return found


def _marks(data: TimelineData, before: Columns, at: Places) -> Ids:
    """The marks of the claims at these places, those without a zone too; -1 where there is none."""
    marks = data.index_of_claim.places(before.claims.id[at])
    rejected = np.flatnonzero(before.claims.review[at] == REJECTED)
    if len(rejected):
        # No look-up knows them, but they stand where they would be put.
        own = claim_marks(before, only=at[rejected])
        dated = np.flatnonzero(own["dated"])
        kept = {name: column[dated] for name, column in own.items()}
        marks[rejected[dated]] = places(data, kept, order_key(kept["row"], kept["claim_id"]))
    return marks


def _other_links(after: Columns, before: Columns) -> bool:
    if len(after.relations) != len(before.relations):
        return True
    return bool(_differing(after.relations, before.relations).any())


def _waiting(
    before: tuple[Undated, ...], claims: Ids, events: frozenset[int], new: Mapping[str, AnyArray]
) -> tuple[Undated, ...]:
    """Those without a time: what was touched is taken out, then what is left without one put in.

    They stand as they are listed: claims by number, then events.
    """
    touched = set(claims.tolist())
    found = [
        item
        for item in before
        if (item.claim_id not in touched if item.claim_id >= 0 else item.event_id not in events)
    ]
    waiting = np.flatnonzero(~new["dated"] & (new["zone"] != NO_ZONE))
    for claim, event, zone in zip(
        *(new[name][waiting].tolist() for name in ("claim_id", "event_id", "zone")), strict=True
    ):
        item = Undated(claim, event, Zone(zone))
        found.insert(bisect_left(found, _listed(item), key=_listed), item)
    return tuple(found)


def _listed(item: Undated) -> tuple[bool, int, int]:
    return item.claim_id < 0, item.claim_id, item.event_id
