from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from db.columns import NEVER, REJECTED, STARRED, Columns
from db.packing import of_rows
from desktop.timeline.builder import from_packed
from desktop.timeline.data import COLUMNS, Labels, TimelineData, Zone
from desktop.timeline.patching import FEW, Patch
from desktop.timeline.renewing import renewed, reselected
from tests.desktop.timeline.samples import claims, events, many, relations


def packed() -> Columns:
    return of_rows(claims(), events(), relations())


def label(claim: int, event: int) -> str:
    return f"{claim} {event}"


def changed(before: Columns, at: int, **values: int) -> Columns:
    """One claim is other than before; all columns that are not touched are the same arrays."""
    old = before.claims
    one = old.take(np.array([at]))
    new = replace(
        one,
        **{
            name: np.array([value], getattr(one, name).dtype)
            for name, value in values.items()
        },
    )  # fmt: skip
    return replace(before, claims=old.with_rows(new, new.id))


def agree(one: TimelineData, other: TimelineData) -> None:
    for name in (*COLUMNS, "rows"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
    assert one.undated == other.undated
    assert list(one.links) == list(other.links)
    assert one.extent == other.extent
    assert one.dense == other.dense
    for zone in Zone:
        mine, theirs = one.zones[zone], other.zones[zone]
        for name in ("members", "starts", "ends"):
            assert getattr(mine, name).tolist() == getattr(theirs, name).tolist()
        for begin in (-1e6, 15_000.0, 22_400.0):
            found = [item.visible(begin, begin + 90).tolist() for item in (mine, theirs)]
            assert found[0] == found[1]
        assert mine.by_importance.tolist() == theirs.by_importance.tolist()
        assert mine.disputed_starts.tolist() == theirs.disputed_starts.tolist()
        for most in (3, 500):
            found = [item.most_important(-1e6, 1e6, most).tolist() for item in (mine, theirs)]
            assert found[0] == found[1]
    for claim in one.claim_id.tolist():
        assert one.index_of_claim.get(claim) == other.index_of_claim.get(claim)


values = st.fixed_dictionaries(
    {},
    optional={
        "review": st.sampled_from([REJECTED, 0, 1]),
        "status": st.integers(0, 4),
        "act": st.integers(0, 5),
        "disputed_by": st.integers(0, 3),
        "flags": st.sampled_from([0, STARRED]),
        "event": st.integers(0, 6),
        "side": st.integers(0, 2),
        "when_start": st.sampled_from([1_500_000_000_000_000, 1_600_000_000_000_000]),
    },
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6) | st.integers(0, 60), values), min_size=1, max_size=4))
def test_a_change_leads_to_what_all_anew_leads_to(
    steps: list[tuple[int, dict[str, int]]],
) -> None:
    before = packed()
    data = from_packed(before, label)
    data.warm()
    for at, new in steps:
        after = changed(before, at % len(before.claims), **new)
        patch = renewed(data, before, after, data.labels)
        assert patch is not None
        agree(patch.data, from_packed(after, label))
        before, data = after, patch.data


def told(before: Columns, step: tuple[str, int, int]) -> Columns:
    """An event or a telling is other than before: moved in time, gone, new or of another event."""
    what, at, value = step
    events, mentions = before.events, before.mentions
    time = 1_900_000_000_000_000 + value * 86_400_000_000
    if what == "mention":
        one = mentions.take(np.array([at % len(mentions)]))
        event = np.array([int(events.id[value % len(events)])], one.event.dtype)
        start = np.array([NEVER if value % 3 == 0 else time])
        new = replace(one, event=event, when_start=start, when_end=start)
        return replace(before, mentions=mentions.with_rows(new, new.id))
    one = events.take(np.array([at % len(events)]))
    if what == "time":
        start = np.array([NEVER if value % 4 == 0 else time])
        new = replace(one, when_start=start, when_end=start)
        return replace(before, events=events.with_rows(new, new.id))
    if what == "new":
        new = replace(one, id=np.array([100 + value], one.id.dtype))
        claim = before.claims.take(np.array([value % len(before.claims)]))
        moved = replace(claim, event=new.id.astype(claim.event.dtype))
        claims = before.claims.with_rows(moved, moved.id)
        return replace(before, events=events.with_rows(new, new.id), claims=claims)
    # Gone: its claims and tellings go to another event, as where two are made one.
    left = events.with_rows(events.take(np.array([], int)), one.id)
    heir, claims = int(left.id[value % len(left)]), before.claims
    own = claims.take(np.flatnonzero(claims.event == one.id[0]))
    own = replace(own, event=np.full(len(own), heir, claims.event.dtype))
    tellings = mentions.take(np.flatnonzero(mentions.event == one.id[0]))
    tellings = replace(tellings, event=np.full(len(tellings), heir, mentions.event.dtype))
    return replace(
        before,
        events=left,
        claims=claims.with_rows(own, own.id),
        mentions=mentions.with_rows(tellings, tellings.id),
    )


event_steps = st.tuples(
    st.sampled_from(["mention", "time", "new", "gone"]), st.integers(0, 60), st.integers(0, 60)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(event_steps, min_size=1, max_size=4), st.booleans())
def test_so_does_a_change_of_events(steps: list[tuple[str, int, int]], warm: bool) -> None:
    before = packed()
    data = from_packed(before, label)
    if warm:
        data.warm()
    for step in steps:
        after = told(before, step)
        # Ids of claims stay the same array where no claim comes or goes.
        after = replace(after, claims=replace(after.claims, id=before.claims.id))
        patch = renewed(data, before, after, data.labels)
        assert patch is not None
        agree(patch.data, from_packed(after, label))
        before, data = after, patch.data


steps_of_both = st.lists(
    st.one_of(st.tuples(st.integers(0, 6) | st.integers(0, 60), values), event_steps),
    min_size=1,
    max_size=4,
)


@settings(max_examples=100, deadline=None)
@given(steps_of_both, st.integers(0, 2**32 - 1))
def test_what_is_left_by_a_filter_follows(steps: list[Any], seed: int) -> None:
    chance = np.random.default_rng(seed)
    before = packed()
    data = from_packed(before, label)
    data.warm()
    keep = chance.random(len(data)) < 0.7
    shown = data.select(keep)
    shown.warm()
    for step in steps:
        after = told(before, step) if len(step) == 3 else changed(
            before, step[0] % len(before.claims), **step[1]
        )  # fmt: skip
        after = replace(after, claims=replace(after.claims, id=before.claims.id))
        patch = renewed(data, before, after, data.labels)
        assert patch is not None
        now = chance.random(len(patch.data)) < 0.7
        found = reselected(shown, keep, patch, now)
        assert found is not None
        found = found.other(undated=patch.data.undated)
        agree(found, patch.data.select(now))
        before, data, keep, shown = after, patch.data, now, found


def test_a_change_of_much_is_left_to_who_makes_all_anew() -> None:
    data = many(FEW + 10)
    data = replace(
        data, rows=np.arange(len(data)), labels=Labels(data.claim_id, data.event_id, label)
    )
    every = np.ones(len(data), np.bool_)
    patch = Patch(data, np.empty(0, np.int64), np.empty(0, np.int64))
    assert reselected(data, every, patch, ~every) is None
    few = every.copy()
    few[3:9] = False
    found = reselected(data, every, patch, few)
    assert found is not None
    assert len(found) == len(data) - 6


def test_a_claim_rejected_and_taken_back_has_the_number_it_had() -> None:
    columns = packed()
    data = from_packed(columns, label)
    data.warm()
    claim = int(columns.claims.id[2])
    first, mark = data, data.index_of_claim[claim]
    for review in (REJECTED, 0, REJECTED, 1):
        after = changed(columns, 2, review=review)
        patch = renewed(data, columns, after, data.labels)
        assert patch is not None
        assert patch.splice is None
        columns, data = after, patch.data
        shown = review != REJECTED
        assert data.index_of_claim.get(claim) == (mark if shown else None)
        assert data.size == first.size - (not shown)
        assert data.count(-1e6, 1e6) == data.size
        assert len(data.starts) == data.size


def test_arrays_read_anew_are_compared_by_what_they_hold() -> None:
    before = packed()
    data = from_packed(before, label)
    after = replace(
        changed(before, 2, review=REJECTED),
        events=before.events.map(np.copy),
        mentions=before.mentions.map(np.copy),
        relations=before.relations.map(np.copy),
    )
    after = replace(after, claims=after.claims.map(np.copy))
    patch = renewed(data, before, after, data.labels)
    assert patch is not None
    agree(patch.data, from_packed(after, label))


def test_what_moves_none_is_placed_by_its_row_alone() -> None:
    before = packed()
    data = from_packed(before, label)
    after = changed(before, 2, review=2, status=3, disputed_by=2)
    patch = renewed(data, before, after, data.labels)
    assert patch is not None
    assert patch.splice is None
    assert patch.data.start is data.start
    assert patch.data.importance.tolist() != data.importance.tolist()
