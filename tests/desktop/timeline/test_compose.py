from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.timeline.axis import ENGLISH
from desktop.timeline.builder import from_rows
from desktop.timeline.compose import Phrases, Request, compose
from desktop.timeline.counters import counted
from desktop.timeline.data import RELATIONS, TimelineData, Zone, bulk
from desktop.timeline.frame import Frame, Rect, Target
from desktop.timeline.index import Link, Links
from desktop.timeline.labels import forms
from desktop.timeline.scale import TimeScale, to_days
from desktop.timeline.split import Grouping
from tests.desktop.timeline import samples


class Ruler:
    """Seven pixels a letter."""

    def body(self, text: str) -> float:
        return 7.0 * len(text)

    caption = body
    heading = body

    def forms(self, label: str) -> list[tuple[str, float]]:
        return [(form, self.body(form)) for form in forms(label)]


NAMES = {Zone.ABOVE: "Tolmar", Zone.BELOW: "Veshny"}
WORDS = Phrases(relations=tuple(relation.value for relation in RELATIONS))


def picture(
    data: TimelineData,
    start: float,
    end: float,
    width: float = 1000,
    height: float = 500,
    **more: Any,
) -> Frame:
    scale = TimeScale(start, end, width)
    return compose(Request(data, scale, height, ENGLISH, Ruler(), NAMES, WORDS, **more))


@pytest.fixture(scope="module")
def dispute() -> TimelineData:
    return from_rows(samples.claims(), samples.events(), samples.relations())


def overlaps(rects: list[Rect]) -> list[tuple[Rect, Rect]]:
    return [
        (first, second)
        for number, first in enumerate(rects)
        for second in rects[number + 1 :]
        if first.meets(second)
    ]


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 600),
    st.integers(0, 30),
    st.floats(17_950, 21_600),
    st.floats(0, 1).map(lambda share: 0.01 * (4000 / 0.01) ** share),
    st.sampled_from([(400, 180), (850, 320), (1400, 700), (2400, 1200)]),
    st.sampled_from([0, 0, 1, 3, 40]),
)
def test_nothing_overlaps_and_all_is_drawn_or_counted(
    count: int, seed: int, start: float, span: float, size: tuple[int, int], lanes: int
) -> None:
    data = samples.many(count, seed=seed)
    if lanes:
        names = tuple(f"Harbour guard number {number}" for number in range(lanes))
        codes = (np.arange(count) ** 2 % lanes).astype(np.int32)
        data = data.grouped(Grouping(codes, names))
    frame = picture(data, start, start + span, *size)
    for zone in Zone:
        marks = [mark for mark in frame.marks if mark.zone is zone]
        assert frame.drawn[zone] == len(marks)
        hidden = frame.in_view[zone] - frame.drawn[zone]
        assert hidden >= 0
        counters = [counter for counter in frame.counters if counter.zone is zone]
        if any(columns.zone is zone for columns in frame.columns):
            # Columns hold all that begin in view; how many there are stands beside the name.
            assert any(f"{frame.in_view[zone]}" in caption.text for caption in frame.shares)
        elif zone is not Zone.BAND or frame.band.height > 40:
            assert sum(counter.count for counter in counters) == hidden
            for counter in counters:
                assert len(counted(data, frame, counter)) == counter.count
        assert not overlaps([mark.bar for mark in marks])
    labels = [mark.label for mark in frame.marks if mark.text]
    assert not overlaps(labels)
    assert not overlaps([counter.rect for counter in frame.counters])
    groups = [caption.rect for caption in frame.groups]
    assert not overlaps(groups)
    for rect in groups:
        assert 0 < rect.x0 < rect.x1 < frame.scale.width / 3
        assert not [label for label in labels if label.meets(rect)]
    for zone in (Zone.ABOVE, Zone.BELOW):
        assert len([caption for caption in frame.groups if caption.zone is zone]) <= max(lanes, 1)
    for label in labels:
        assert label.x0 >= 0
        assert label.x1 <= frame.scale.width
    for mark in frame.marks:
        assert 0 <= mark.bar.y0 < mark.bar.y1 <= frame.height
    names = [caption.rect for caption in (*frame.names, *frame.shares)]
    assert not overlaps([*names, *(counter.rect for counter in frame.counters)])


def test_sides_lie_on_their_side_of_the_axis(dispute: TimelineData) -> None:
    frame = picture(dispute, *(bulk(dispute) or (0, 1)))
    places = {zone: [m.middle for m in frame.marks if m.zone is zone] for zone in Zone}
    assert places[Zone.ABOVE]
    assert max(places[Zone.ABOVE]) < frame.band.y0
    assert min(places[Zone.BELOW]) > frame.band.y1
    assert all(frame.band.y0 < middle < frame.band.y1 for middle in places[Zone.BAND])


def test_far_out_there_are_columns_and_near_there_are_none() -> None:
    data = samples.many(3000)
    start, end = data.extent or (0.0, 0.0)
    far = picture(data, start, end)
    assert {columns.zone for columns in far.columns} == {Zone.ABOVE, Zone.BELOW}
    for columns in far.columns:
        assert columns.counts.sum() == frame_begins(data, columns.zone, start, end)
    near = picture(data, start + 100, start + 102)
    assert not near.columns


def frame_begins(data: TimelineData, zone: Zone, start: float, end: float) -> int:
    begins = data.start[data.zone == zone]
    return int(((begins >= start) & (begins <= end)).sum())


def test_the_selected_claim_and_its_opponents_are_drawn() -> None:
    data = samples.many(3000, seed=5)
    start, end = data.extent or (0.0, 0.0)
    least = data.zones[Zone.ABOVE].by_importance[-1]
    claim = int(data.claim_id[least])
    assert picture(data, start, end).mark_of(int(least)) is None
    frame = picture(data, start, end, selected_claim=claim)
    assert frame.mark_of(int(least)) is not None


def test_links_of_the_selection_carry_their_names(dispute: TimelineData) -> None:
    # Wide and high enough that everything is drawn.
    frame = picture(dispute, *(bulk(dispute) or (0, 1)), width=1800, height=900, selected_claim=1)
    strong = {(curve.source, curve.target): curve.word for curve in frame.curves if curve.strong}
    assert strong == {(3, 1): "denies", (4, 1): "admits", (6, 1): "counter-accuses"}
    pills = [curve.pill for curve in frame.curves if curve.strong and curve.pill]
    assert len(pills) == 3
    assert not overlaps(pills)


def test_a_link_out_of_the_view_points_to_its_edge(dispute: TimelineData) -> None:
    # Claim 15 denies 14; only the days after both are in view for 13's neighbours.
    late = to_days(datetime(2031, 5, 13))
    frame = picture(dispute, late + 0.1, late + 0.9, selected_claim=7)
    assert all(curve.points for curve in frame.curves)


def test_what_lies_outside_is_told_at_the_edges(dispute: TimelineData) -> None:
    frame = picture(dispute, *(bulk(dispute) or (0, 1)))
    assert frame.earlier is not None
    assert frame.earlier.text == "‹ 2 earlier"
    assert frame.later is None
    assert frame.hit(frame.earlier.rect.x0 + 4, frame.earlier.rect.y0 + 4).target is Target.EARLIER


def test_a_year_is_no_mark_on_its_first_day(dispute: TimelineData) -> None:
    index = next(i for i, label in enumerate(dispute.labels) if "Grounds given up" in label)
    frame = picture(dispute, to_days(datetime(1998, 1, 1)), to_days(datetime(2006, 1, 1)))
    mark = frame.mark_of(index)
    assert mark is not None
    assert mark.bar.x0 == pytest.approx(frame.scale.x(to_days(datetime(2000, 1, 1))))
    assert mark.bar.x1 == pytest.approx(frame.scale.x(to_days(datetime(2004, 1, 1))))
    assert mark.core0 > mark.bar.x0 + 10
    assert mark.core1 < mark.bar.x1 - 10


def test_an_open_end_has_a_tail_beyond_what_is_known(dispute: TimelineData) -> None:
    frame = picture(dispute, *(bulk(dispute) or (0, 1)), width=1800, height=900)
    index = dispute.index_of_claim[14]
    mark = frame.mark_of(index)
    assert mark is not None
    assert mark.bar.x1 > frame.scale.x(float(dispute.end[index])) + 10
    assert mark.core1 == pytest.approx(frame.scale.x(float(dispute.end[index])))


def test_a_time_of_saying_is_a_point_in_its_middle(dispute: TimelineData) -> None:
    index = dispute.index_of_claim[12]
    assert dispute.point[index]
    frame = picture(dispute, *(bulk(dispute) or (0, 1)), width=1800, height=900)
    mark = frame.mark_of(index)
    assert mark is not None
    said = (dispute.start[index] + dispute.end[index]) / 2
    assert (mark.bar.x0 + mark.bar.x1) / 2 == pytest.approx(frame.scale.x(float(said)))
    assert mark.bar.width == 12


def test_hits_find_marks_labels_counters_and_columns(dispute: TimelineData) -> None:
    frame = picture(dispute, *(bulk(dispute) or (0, 1)), width=850, height=320)
    for mark in frame.marks:
        x = min(max((mark.bar.x0 + mark.bar.x1) / 2, 0), 849)
        assert frame.hit(x, mark.middle).mark is mark
    counter = frame.counters[0]
    found = frame.hit((counter.rect.x0 + counter.rect.x1) / 2, counter.rect.y0 + 8)
    assert found.counter is counter
    data = samples.many(3000)
    far = picture(data, *(data.extent or (0, 1)))
    column = far.columns[0]
    at = int(column.counts.argmax())
    hit = far.hit(column.x0 + (at + 0.5) * column.column, column.base - 2)
    assert hit.target is Target.COLUMN
    assert hit.count == column.counts[at]


def test_lanes_stay_while_panning(dispute: TimelineData) -> None:
    start, end = bulk(dispute) or (0.0, 1.0)
    first = picture(dispute, start, end)
    lanes = first.lanes
    second = picture(dispute, start + 0.2, end + 0.2, previous=lanes)
    both = set(lanes) & set(second.lanes)
    assert len(both) > 5
    moved = [index for index in both if lanes[index] != second.lanes[index]]
    assert len(moved) <= len(both) // 4


def test_clusters_say_how_the_sides_share_each_unit() -> None:
    data = samples.many(20_000)
    start, end = data.extent or (0.0, 1.0)
    for span in (1.0, 0.3, 0.1):
        scale = TimeScale(start + 300, start + 300 + (end - start) * span, 1400)
        frame = picture(data, scale.start, scale.end, 1400, 700)
        assert frame.columns
        assert frame.clusters
        for one, other in itertools.pairwise(frame.clusters):
            assert one.x1 <= other.x0 + 1e-6
        for cluster in frame.clusters:
            first, last = scale.days(cluster.x0), scale.days(cluster.x1)
            inside = (data.start >= first - 1e-9) & (data.start < last - 1e-9)
            assert cluster.above == int((inside & (data.zone == Zone.ABOVE)).sum())
            assert 0 <= cluster.disputed <= cluster.count
        cluster = frame.clusters[len(frame.clusters) // 2]
        hit = frame.hit((cluster.x0 + cluster.x1) / 2, frame.rows[1] + 4)
        assert hit.target is Target.CLUSTER
        assert hit.count == cluster.count


def test_a_silent_side_keeps_room_that_is_seen_to_be_empty(dispute: TimelineData) -> None:
    one = np.zeros(len(dispute), np.bool_)
    one[np.flatnonzero(dispute.zone == Zone.BELOW)[0]] = True
    lone = dispute.select(one)
    start, end = lone.extent or (0.0, 0.0)
    frame = picture(lone, start - 5, end + 5)
    assert frame.height * 0.3 < (frame.band.y0 + frame.band.y1) / 2 < frame.height * 0.7
    folded = picture(lone, start - 5, end + 5, folded=frozenset({Zone.ABOVE}))
    assert folded.band.y0 < frame.height * 0.15


def test_a_long_name_of_a_side_leaves_room_for_its_counters(dispute: TimelineData) -> None:
    long = "The united councils of the harbours and the fishing villages of the northern coast"
    names = {Zone.ABOVE: long, Zone.BELOW: "Veshny"}
    scale = TimeScale(*(bulk(dispute) or (0.0, 1.0)), 600)
    frame = compose(Request(dispute, scale, 300, ENGLISH, Ruler(), names, WORDS))
    name = frame.names[0]
    assert name.text.endswith("…")
    assert name.whole == long
    assert frame.hit(name.rect.x0 + 5, name.rect.y0 + 5).text == long
    assert frame.counters
    words = [*frame.names, *frame.shares]
    assert overlaps([item.rect for item in (*words, *frame.counters)]) == []


def test_links_of_a_claim_with_many_have_no_words(dispute: TimelineData) -> None:
    """Forty words would cover the picture, and finding places for them takes longer than it."""
    data = samples.many(400)
    marks = picture(data, *(data.extent or (0.0, 1.0))).marks
    first, *others = [int(data.claim_id[mark.index]) for mark in marks]
    for count, worded in ((12, True), (13, False)):
        links = Links.of(Link(first, other, 4) for other in others[:count])
        linked = replace(data, links=links)
        frame = picture(linked, *(data.extent or (0.0, 1.0)), selected_claim=first)
        strong = [curve for curve in frame.curves if curve.strong]
        assert len(strong) == count
        assert any(curve.word for curve in strong) is worded


def test_the_word_of_a_link_covers_nothing(dispute: TimelineData) -> None:
    start, end = bulk(dispute) or (0.0, 1.0)
    for claim in dispute.claim_id[dispute.claim_id >= 0].tolist():
        frame = picture(dispute, start, end, selected_claim=claim)
        pills = [curve.pill for curve in frame.curves if curve.pill is not None]
        fixed = [mark.bar for mark in frame.marks]
        fixed += [mark.label for mark in frame.marks if mark.text]
        fixed += [counter.rect for counter in frame.counters]
        assert overlaps(pills) == []
        assert not [pill for pill in pills for rect in fixed if pill.meets(rect)]


def test_large_numbers_have_separators() -> None:
    data = samples.many(9000)
    start, end = data.extent or (0.0, 1.0)
    middle = (start + end) / 2
    frame = picture(data, middle, end)
    assert frame.earlier is not None
    assert "," in frame.earlier.text
    assert "," in frame.shares[0].text


@pytest.mark.parametrize("height", [260, 300, 340, 420, 700])
def test_columns_leave_room_for_two_lanes(height: int) -> None:
    data = samples.many(9000)
    frame = picture(data, *(data.extent or (0.0, 1.0)), height=height)
    for columns in frame.columns:
        lanes = {mark.placed.lane for mark in frame.marks if mark.zone is columns.zone}
        assert lanes >= {0, 1}
