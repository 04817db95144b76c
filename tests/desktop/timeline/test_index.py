from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.timeline.data import COLUMNS, TimelineData, Zone, bulk
from tests.desktop.timeline.samples import many


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.integers(0, 50), st.floats(17_900, 21_700), st.floats(0.01, 4000))
def test_look_ups_agree_with_looking_at_all(
    count: int, seed: int, start: float, span: float
) -> None:
    data = many(count, seed=seed)
    end = start + span
    inside = (data.start <= end) & (data.end >= start)
    for zone in Zone:
        index = data.zones[zone]
        expected = np.flatnonzero(inside & (data.zone == zone))
        assert index.visible(start, end).tolist() == expected.tolist()
        assert index.count(start, end) == len(expected)
        best = index.most_important(start, end, 10)
        ranks = sorted(data.importance[expected].tolist(), reverse=True)[:10]
        assert data.importance[best].tolist() == pytest.approx(ranks)
        edges = np.linspace(start, end, 7)
        counts = index.density(edges)
        begins = data.start[data.zone == zone]
        assert counts.sum() == ((begins >= start) & (begins < end)).sum()
        assert (index.density(edges, disputed=True) <= counts).all()
    earlier, later = data.outside(start, end)
    assert earlier + later + data.count(start, end) == count


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 300), st.integers(0, 50), st.floats(0, 1), st.floats(17_900, 21_700))
def test_what_a_filter_leaves_is_looked_up_as_if_it_were_all(
    count: int, seed: int, share: float, start: float
) -> None:
    data = many(count, seed=seed)
    keep = np.random.default_rng(seed).random(count) < share
    left = data.select(keep)
    anew = TimelineData.from_columns(
        {name: getattr(left, name) for name in COLUMNS}, list(left.labels), data.links
    )
    assert list(left.labels) == [data.labels[at] for at in np.flatnonzero(keep)]
    assert left.count(start, start + 90) == anew.count(start, start + 90)
    assert left.outside(start, start + 90) == anew.outside(start, start + 90)
    for zone in Zone:
        one, other = left.zones[zone], anew.zones[zone]
        assert one.members.tolist() == other.members.tolist()
        assert one.by_importance.tolist() == other.by_importance.tolist()
        for most in (5, 500):
            found = [item.most_important(start, start + 90, most) for item in (one, other)]
            assert found[0].tolist() == found[1].tolist()
        assert one.visible(start, start + 90).tolist() == other.visible(start, start + 90).tolist()
    for claim in data.claim_id.tolist():
        assert left.index_of_claim.get(claim) == anew.index_of_claim.get(claim)


def test_walking_the_list_by_importance_finds_the_same() -> None:
    data = many(6000, seed=3)
    index = data.zones[Zone.ABOVE]
    start, end = data.extent or (0.0, 0.0)
    found = index.most_important(start, end, 20)
    order = np.argsort(-data.importance[index.members], kind="stable")[:20]
    assert found.tolist() == index.members[order].tolist()


def columns_at(starts: list[float], length: float = 1.0) -> TimelineData:
    start = np.array(starts)
    zeros = np.zeros(len(starts))
    return TimelineData.from_columns(
        {
            "start": start, "end": start + length, "core_start": start,
            "core_end": start + length, "open_start": zeros, "open_end": zeros, "point": zeros,
            "between": zeros,
            "zone": zeros, "status": zeros, "act": zeros, "disputed": zeros,
            "importance": zeros + 1, "claim_id": np.arange(len(starts)) + 1,
            "event_id": zeros - 1,
        },
        [f"mark {number}" for number in range(len(starts))],
    )  # fmt: skip


def test_far_ones_do_not_squash_the_dense_part() -> None:
    data = columns_at([8766.0, 9000.0, *(18_500 + number * 0.4 for number in range(30))])
    dense = bulk(data)
    assert dense is not None
    assert 18_499 < dense[0] < dense[1] < 18_520
    assert data.outside(*dense) == (2, 0)


def test_an_even_spread_is_shown_whole() -> None:
    assert bulk(columns_at([float(number * 10) for number in range(40)])) == (0.0, 391.0)
    assert bulk(columns_at([5.0])) == (5.0, 6.0)
    assert bulk(columns_at([5.0, 4000.0])) == (5.0, 4001.0)
    assert bulk(TimelineData.empty()) is None


def test_selecting_keeps_columns_and_labels_together() -> None:
    data = many(50)
    kept = data.select(data.disputed)
    assert len(kept) == int(data.disputed.sum()) == len(kept.labels)
    wanted = [label for label, keep in zip(data.labels, data.disputed, strict=True) if keep]
    assert list(kept.labels) == wanted
    assert data.select(np.ones(50, np.bool_)) is data
