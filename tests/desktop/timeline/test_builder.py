from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from db.columns import is_between
from db.rows import ClaimRow, EventRow, Status
from desktop.timeline.builder import Made, from_rows, labeller
from desktop.timeline.data import ACTS, NARRATED, STATUSES, Zone
from desktop.timeline.labels import Wording
from desktop.timeline.scale import to_days
from extraction.model import FuzzyInterval, Precision, SpeechAct
from tests.desktop.timeline import samples


def test_every_claim_and_narrated_event_is_there() -> None:
    found = from_rows(samples.claims(), samples.events(), samples.relations())
    dated = sum(1 for row in samples.claims() if row.when or row.said)
    assert len(found) == dated + 3
    assert len(found.undated) == len(samples.claims()) - dated == 1
    assert (found.start[1:] >= found.start[:-1]).all()
    assert (found.core_start >= found.start).all()
    assert (found.core_end <= found.end).all()
    assert (found.core_end >= found.core_start).all()
    assert int((found.act == NARRATED).sum()) == 3


def test_sides_statuses_and_labels() -> None:
    acts = {SpeechAct.DENIES: "Denies", SpeechAct.REJECTS: "Rejects"}
    found = from_rows(samples.claims(), samples.events(), acts=acts)
    at = found.index_of_claim
    assert found.zone[at[1]] == Zone.ABOVE
    assert found.zone[at[3]] == Zone.BELOW
    assert found.zone[at[16]] == found.zone[at[20]] == Zone.BAND
    assert STATUSES[found.status[at[1]]] is Status.DISPUTED
    assert ACTS[found.act[at[3]]] is SpeechAct.DENIES
    assert found.labels[at[3]] == "Denies crossing into Tolmari waters"
    assert found.labels[at[13]] == "Rejects Orrin's demands"
    assert found.disputed[at[1]]
    assert not found.disputed[at[3]]


def interval(when: FuzzyInterval) -> tuple[float, float, float, float]:
    found = from_rows([replace(samples.claims()[0], when=when)], [])
    return tuple(float(found_[0]) for found_ in (
        found.start, found.end, found.core_start, found.core_end
    ))  # type: ignore[return-value]  # fmt: skip


def test_a_day_ends_where_the_next_begins() -> None:
    start, end, core_start, core_end = interval(samples.day(5, 12))
    assert start == to_days(datetime(2031, 5, 12))
    assert end == pytest.approx(to_days(datetime(2031, 5, 13)))
    assert start < core_start < core_end < end


def test_a_minute_is_certain_and_a_year_is_not() -> None:
    moment = datetime(2031, 5, 12, 18, 5)
    start, end, core_start, core_end = interval(FuzzyInterval(moment, moment, Precision.MINUTE))
    assert (start, end) == (core_start, core_end)
    start, end, core_start, core_end = interval(samples.years(1994, 1994))
    assert (core_start - start) / (end - start) == pytest.approx(0.22, abs=0.01)
    assert end - start == pytest.approx(365)


def test_importance_grows_with_voices_dispute_figures_and_a_star() -> None:
    claim = replace(samples.claims()[0], disputed_by=0, speech_act=SpeechAct.ASSERTS)
    event = samples.events()[0]

    def importance(*rows: ClaimRow, events: Sequence[EventRow] = ()) -> float:
        return float(from_rows(rows, events).importance[0])

    alone = importance(claim)
    other = replace(claim, id=900)
    assert importance(claim, other, events=[event]) > alone
    assert importance(replace(claim, disputed_by=2)) > alone
    assert importance(replace(claim, speech_act=SpeechAct.DENIES)) > alone
    assert importance(replace(claim, starred=True)) > importance(replace(claim, disputed_by=3))


def test_outlets_that_date_an_event_differently_have_a_mark_each() -> None:
    event = samples.events()[-1]
    early, late = samples.day(5, 12), samples.day(5, 14)
    first = event.mentions[0]
    mentions = (
        replace(first, when=late),
        replace(first, when=early, article_id=2),
        replace(first, when=late, article_id=2),
        replace(first, when=None),
    )
    found = from_rows([], [replace(event, mentions=mentions)])
    assert found.event_id.tolist() == [event.id] * 2
    assert found.start.tolist() == [to_days(early.earliest), to_days(late.earliest)]
    alone = from_rows([], [replace(event, mentions=(replace(first, when=None),))])
    assert alone.start.tolist() == [to_days(event.when.earliest)] if event.when else False


def test_without_a_time_of_its_own_a_claim_stands_at_that_of_its_event() -> None:
    claim = replace(samples.claims()[2], when=None)
    event = replace(samples.events()[0], when=samples.day(5, 12))
    found = from_rows([claim], [event])
    assert not found.point[0]
    assert found.start[0] == to_days(datetime(2031, 5, 12))
    assert from_rows([claim], []).point[0]


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("between the landing and the truce", True),
        ("after 4 May and before 9 May", True),
        ("After the landing, before the truce", True),
        ("after 4 May", False),
        ("the week before", False),
        ("", False),
    ],
)
def test_what_lies_between_two_others_is_told_from_a_long_time(basis: str, expected: bool) -> None:
    assert is_between(basis) is expected
    event = replace(samples.events()[0], when=replace(samples.day(5, 12), basis=basis))
    claim = replace(samples.claims()[0], when=None, event_id=event.id)
    found = from_rows([claim], [event])
    assert bool(found.between[found.index_of_claim[claim.id]]) is expected
    # Both ends are named, in the label too where there is room.
    assert (basis in found.labels[found.index_of_claim[claim.id]]) is (expected or not basis)
    own = from_rows([replace(claim, when=samples.day(5, 12))], [event])
    assert not own.between[own.index_of_claim[claim.id]]


def test_labels_are_made_anew_only_where_their_rows_are_others() -> None:
    claims = {row.id: row for row in samples.claims()}
    events = {row.id: row for row in samples.events()}
    asked: list[int] = []

    def wording(claim: ClaimRow) -> Wording:
        asked.append(claim.id)
        return Wording()

    made: Made = {}
    for _ in range(2):
        label = labeller(claims.__getitem__, events.__getitem__, {}, wording, made)
        first = label(1, claims[1].event_id or -1)
    assert asked == [1]
    claims[1] = replace(claims[1], content="the harbour was closed")
    label = labeller(claims.__getitem__, events.__getitem__, {}, wording, made)
    assert label(1, claims[1].event_id or -1) == "The harbour was closed" != first
    assert asked == [1, 1]
