from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from db.columns import STARRED, Columns
from db.packing import of_rows
from desktop.timeline.builder import from_packed
from desktop.timeline.data import COLUMNS, TimelineData, Zone
from desktop.timeline.renewing import renewed
from tests.desktop.timeline.samples import claims, events, relations


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
    for zone in Zone:
        mine, theirs = one.zones[zone], other.zones[zone]
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
        "review": st.integers(0, 2),
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
@given(st.lists(st.tuples(st.integers(0, 60), values), min_size=1, max_size=4))
def test_a_change_leads_to_what_all_anew_leads_to(
    steps: list[tuple[int, dict[str, int]]],
) -> None:
    before = packed()
    data = from_packed(before, label)
    data.warm()
    for at, new in steps:
        after = changed(before, at % len(before.claims), **new)
        found = renewed(data, before, after, data.labels)
        anew = from_packed(after, label)
        if found is not None:
            agree(found, anew)
        else:
            assert new.keys() & {"side", "event", "when_start"}
            found = anew
        before, data = after, found


def test_what_moves_none_is_placed_by_its_row_alone() -> None:
    before = packed()
    data = from_packed(before, label)
    after = changed(before, 2, review=2, status=3, disputed_by=2)
    found = renewed(data, before, after, data.labels)
    assert found is not None
    assert found.start is data.start
    assert found.importance.tolist() != data.importance.tolist()


def test_a_claim_that_moves_in_time_has_all_sorted_anew() -> None:
    before = packed()
    data = from_packed(before, label)
    after = changed(before, 2, when_start=1_500_000_000_000_000)
    assert renewed(data, before, after, data.labels) is None
