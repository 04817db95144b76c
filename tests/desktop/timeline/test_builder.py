from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from db.rows import Status
from desktop.timeline.builder import claim_importance, from_rows, interval
from desktop.timeline.data import ACTS, NARRATED, STATUSES, Zone
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


def test_filters_take_marks_and_undated_away() -> None:
    found = from_rows(
        samples.claims(),
        samples.events(),
        accepts=lambda row: row.id == 3,
        narrates=lambda event: False,
    )
    assert found.claim_id.tolist() == [3]
    assert not found.undated


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


def test_importance_grows_with_voices_dispute_and_figures() -> None:
    claim = replace(samples.claims()[0], disputed_by=0)
    event = samples.events()[0]
    alone = claim_importance(claim, None)
    assert claim_importance(claim, event) > alone
    assert claim_importance(replace(claim, disputed_by=2), None) > alone
    denial = replace(claim, speech_act=SpeechAct.DENIES)
    assert claim_importance(denial, None) > alone


def test_without_a_time_of_its_own_a_claim_stands_at_that_of_its_event() -> None:
    claim = replace(samples.claims()[2], when=None)
    event = replace(samples.events()[0], when=samples.day(5, 12))
    found = from_rows([claim], [event])
    assert not found.point[0]
    assert found.start[0] == to_days(datetime(2031, 5, 12))
    assert from_rows([claim], []).point[0]
