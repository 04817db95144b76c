"""Figures whose measure is not said again, and what else takes up the claim before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.events.counting import bare_figure
from extraction.model import RelationType
from tests.extraction.test_relations import between, claim, dossier


@pytest.mark.parametrize(
    ("content", "low", "high"),
    [
        ("the crowd at 900", 900, 900),
        ("the crowd at about 900", 765, 1035),
        ("its count to 1,250", 1250, 1250),
        ("there were at least 300", 300, float("inf")),
        ("no more than 80", float("-inf"), 80),
        ('"40,000,"', 40000, 40000),
    ],
)
def test_a_figure_without_measure(content: str, low: float, high: float) -> None:
    found = bare_figure(content)
    assert found is not None
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


@pytest.mark.parametrize(
    "content",
    ["the price at 900 crowns", "it had 40 buses", "the figure was wrong", "", "the crowd at dawn"],
)
def test_what_is_no_bare_figure(content: str) -> None:
    assert bare_figure(content) is None


@given(st.text(max_size=200))
def test_any_text_is_read(content: str) -> None:
    found = bare_figure(content)
    assert found is None or found.low <= found.value <= found.high


def test_two_counts_of_one_crowd_contradict() -> None:
    reading = dossier(
        "Some 6,400 people marched through Orlen on May 3, according to the Weavers' Union. "
        "The police estimated the crowd at 2,000."
    )
    relation = between(reading, "the crowd at 2,000", "marched through Orlen")
    assert relation is not None
    assert relation.type is RelationType.CONTRADICTS
    counted, marched = claim(reading, "the crowd at 2,000"), claim(reading, "marched through")
    assert counted.event == marched.event


def test_a_rougher_count_of_one_crowd_is_no_contradiction() -> None:
    reading = dossier(
        "Some 2,000 people marched through Orlen on May 3, according to the Weavers' Union. "
        "The police estimated the crowd at about 1,900."
    )
    relation = between(reading, "the crowd at about 1,900", "marched through Orlen")
    assert relation is None or relation.type is not RelationType.CONTRADICTS


def test_an_order_that_is_obeyed_is_answered() -> None:
    reading = dossier(
        "The Harbour Board ordered the Ostry Salt Company on May 3 to close its northern pier. "
        "The company said it would comply."
    )
    relation = between(reading, "it would comply", "to close its northern pier")
    assert relation is not None
    assert relation.type is RelationType.ANSWERS
    assert not relation.possible


def test_no_comment_on_a_strike_answers_no_demand() -> None:
    reading = dossier(
        "Velmora demanded that Tashkar withdraw from the valley. Velmora said Tashkari jets had "
        "bombed the grain market in Orlen on May 3. Tashkar has not commented on the strike."
    )
    silent = claim(reading, "the strike")
    assert not [
        r for r in reading.relations if r.source == silent.id and r.type is RelationType.ANSWERS
    ]
    assert silent.event == claim(reading, "grain market").event


def test_sabotage_is_a_rival_cause_of_the_same_spill() -> None:
    reading = dossier(
        "Brandia accused the Ostry Salt Company of polluting the river Pell on May 3. "
        'The company denied it. "This was an act of sabotage," its director, Ines Calder, said.'
    )
    assert claim(reading, "sabotage").event == claim(reading, "polluting").event


def test_a_jet_that_leaves_the_runway_has_crashed() -> None:
    reading = dossier(
        "The pilots' union said an Aurel Air jet had run off the runway at Castle Bay on May 3. "
        "Aurel Air said 29 people had been injured."
    )
    off, hurt = claim(reading, "run off the runway"), claim(reading, "injured")
    assert off.event == hurt.event


def test_a_deed_over_weeks_is_not_the_one_that_words_without_a_day_are_of() -> None:
    reading = dossier(
        "A Tashkari missile hit a boarding school in the town of Orlen on May 3, Velmora said. "
        "Velmora accuses Tashkar of having shelled the villages of Pell and Kolm since April 2.",
        "Tashkar said a missile had hit an ammunition depot. It said nobody had been killed.",
    )
    depot, school = claim(reading, "ammunition depot"), claim(reading, "boarding school")
    assert depot.event == school.event
    assert depot.event != claim(reading, "Pell and Kolm").event


def test_what_is_said_of_the_place_of_the_one_harm_belongs_to_it() -> None:
    reading = dossier(
        "A Tashkari missile hit a boarding school in the town of Orlen on May 3, Velmora said. "
        "Inspectors said they had found no sign that weapons had been kept at the school in Orlen."
    )
    assert claim(reading, "no sign").event == claim(reading, "boarding school in").event


def test_a_date_line_is_no_place_of_what_is_told() -> None:
    reading = dossier(
        "Kolm, May 4, 2031 - Velmora's army shot down a Tashkari drone over Orlen on Tuesday.\n\n"
        "Velmora said the drone had been spying."
    )
    assert all("Kolm" not in event.places for event in reading.events)


def test_police_who_burst_in_are_no_explosion() -> None:
    reading = dossier("Lina Marr said her brother was asleep when the police burst in.")
    asleep = claim(reading, "asleep")
    assert {h.family for h in asleep.attribution.happenings} == {"deed"}
