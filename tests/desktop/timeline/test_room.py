from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.timeline.data import Zone
from desktop.timeline.room import shared_out, zones

COUNTS = st.fixed_dictionaries({zone: st.integers(0, 3000) for zone in Zone})


@given(COUNTS, st.integers(2, 40))
def test_lanes_go_where_the_marks_are(counts: dict[Zone, int], lanes: int) -> None:
    found = shared_out(counts, lanes)
    assert sum(found.values()) <= max(lanes, 5)
    for zone in Zone:
        assert bool(found[zone]) >= bool(counts[zone])
    assert found[Zone.BAND] <= counts[Zone.BAND]
    assert found[Zone.BAND] <= max(found[Zone.ABOVE] + found[Zone.BELOW], 1)


def test_a_crowd_of_third_parties_gets_its_lanes() -> None:
    few = shared_out({Zone.ABOVE: 13, Zone.BELOW: 8, Zone.BAND: 2}, 12)
    many = shared_out({Zone.ABOVE: 13, Zone.BELOW: 8, Zone.BAND: 28}, 12)
    assert few[Zone.BAND] == 2
    assert many[Zone.BAND] >= 5
    assert min(many.values()) >= 2


@given(COUNTS, st.floats(160, 2000))
def test_the_zones_share_the_whole_height(counts: dict[Zone, int], height: float) -> None:
    room = zones(height, 1000, counts)
    if height < 220:
        return
    sides = room.heights[Zone.ABOVE] + room.heights[Zone.BELOW]
    used = sides + room.band.height + 2 * (room.margin + room.header)
    assert abs(used - height) < 1e-6
    for zone in (Zone.ABOVE, Zone.BELOW):
        assert room.lanes[zone] * room.pitch <= room.heights[zone] + 1e-6
    assert room.band.height >= 2 * room.row + room.lanes[Zone.BAND] * room.pitch - 1e-6


def test_a_picture_gets_just_the_lanes_it_needs() -> None:
    counts = dict.fromkeys(Zone, 40)
    room = zones(800, 1000, counts, {Zone.ABOVE: 3, Zone.BELOW: 2, Zone.BAND: 1})
    assert room.pitch == 30
    assert room.lanes == {Zone.ABOVE: 3, Zone.BELOW: 2, Zone.BAND: 1}
