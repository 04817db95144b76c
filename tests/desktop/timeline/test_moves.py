from __future__ import annotations

import pytest

from desktop.timeline import moves
from desktop.timeline.builder import from_rows
from desktop.timeline.data import TimelineData, Zone
from tests.desktop.timeline import samples


@pytest.fixture(scope="module")
def data() -> TimelineData:
    return from_rows(samples.claims(), samples.events(), samples.relations())


def test_a_walk_passes_every_claim_of_a_side_once(data: TimelineData) -> None:
    at = int(data.zones[Zone.BELOW].members[0])
    seen = [at]
    while (following := moves.walk(data, at, 1)) is not None:
        at = following
        seen.append(at)
    assert seen == data.zones[Zone.BELOW].members.tolist()
    assert moves.walk(data, seen[0], -1) is None
    assert moves.walk(data, seen[3], -1) == seen[2]
    assert moves.place_in_zone(data, seen[2]) == (3, len(seen))


def test_crossing_over_goes_to_the_denial(data: TimelineData) -> None:
    at = data.index_of_claim
    assert moves.opposite(data, at[1], Zone.BELOW) == at[3]
    assert moves.opposite(data, at[3], Zone.ABOVE) == at[1]
    assert moves.opposite(data, at[9], Zone.ABOVE) == at[7]


def test_without_a_link_the_same_event_or_the_nearest_faces_it(data: TimelineData) -> None:
    at = data.index_of_claim
    # Claim 8 is linked to nothing, but its event is that of the denial 9.
    assert moves.opposite(data, at[8], Zone.BELOW) == at[9]
    nearest = moves.opposite(data, at[2], Zone.BELOW)
    assert nearest is not None
    assert data.zone[nearest] == Zone.BELOW


def test_disputes_go_round(data: TimelineData) -> None:
    at = data.index_of_claim
    disputed = sorted([at[1], at[7], at[14]])
    found = [moves.dispute(data, None, 1)]
    for _ in range(3):
        found.append(moves.dispute(data, found[-1], 1))
    assert found == [*disputed, disputed[0]]
    assert moves.dispute(data, disputed[0], -1) == disputed[-1]
    assert moves.dispute(from_rows(samples.claims(), samples.events()), None, 1) is None


def test_history_goes_back_and_forward() -> None:
    history = moves.ViewHistory()
    assert history.back() is None
    for start in (0.0, 100.0, 200.0):
        history.settle(start, start + 10)
    history.settle(200.01, 210.01)
    assert history.back() == (100.0, 110.0)
    assert history.back() == (0.0, 10.0)
    assert not history.can_go_back
    assert history.forward() == (100.0, 110.0)
    history.settle(500.0, 510.0)
    assert not history.can_go_forward
    assert history.back() == (100.0, 110.0)
    history.clear()
    assert not history.can_go_back
