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


def test_the_whole_toll_is_not_lost_behind_its_parts() -> None:
    reading = dossier(
        "Tashkari jets bombed the grain market in Orlen on May 3, Velmora said. Twenty-seven "
        "people, among them eleven women and four children, were killed at the market in Orlen, "
        "Velmora's Health Ministry said.",
        "Velmora's Health Ministry put the death toll in Orlen at 31.",
        days=("2031-05-04", "2031-05-06"),
    )
    relation = between(reading, "31", "Twenty-seven")
    assert relation is not None
    assert relation.type is RelationType.UPDATES


def test_tear_gas_that_was_not_used() -> None:
    reading = dossier(
        "The Weavers' Union accused the police of using tear gas in Linden Square on May 3. "
        'A police spokesman said tear gas "was not used at any point".'
    )
    relation = between(reading, "not used", "of using tear gas")
    assert relation is not None
    assert relation.type in (RelationType.DENIES, RelationType.CONTRADICTS)


def test_a_statement_that_is_withdrawn_in_the_same_sentence() -> None:
    reading = dossier(
        "The Ostry Salt Company, which had blamed the drivers, withdrew that statement on May 3."
    )
    relation = between(reading, "that statement", "the drivers")
    assert relation is not None
    assert relation.type is RelationType.RETRACTS


def test_a_claim_called_absurd_right_behind_a_demand_answers_it() -> None:
    reading = dossier(
        "Velmora accused Tashkar of ramming the cutter Heron off Orlen on May 3. Tashkar denied "
        "ramming the cutter. Velmora demanded 2 million crowns for repairs. Tashkar dismissed "
        "the claim as absurd."
    )
    relation = between(reading, "the claim as absurd", "2 million crowns")
    assert relation is not None
    assert relation.type is RelationType.ANSWERS


def test_each_side_counts_its_own_dead() -> None:
    reading = dossier(
        "Velmora and Tashkar accuse each other of blowing up the Sarn dam on May 3. Tashkar said "
        "35 people had died in the flooded towns. Velmora put the death toll on its side at 17."
    )
    relation = between(reading, "on its side at 17", "35 people")
    assert relation is None or relation.type is not RelationType.CONTRADICTS


def test_a_denial_goes_on_after_it_has_pointed_back() -> None:
    reading = dossier(
        "Velmora accused Tashkar of shelling the town of Orlen on May 3. "
        '"These allegations are false. They want to hide what their own army did in the valley '
        'during the winter," Tashkar said.'
    )
    relation = between(reading, "These allegations are false", "shelling the town")
    assert relation is not None
    assert relation.type is RelationType.DENIES


def test_an_attack_that_is_imminent_has_not_happened() -> None:
    reading = dossier("Velmora said a Tashkari attack on Orlen was imminent.")
    told = claim(reading, "imminent")
    assert {h.modality for h in told.attribution.happenings} == {"feared"}


def test_the_dead_just_counted_are_not_those_of_what_is_told_next() -> None:
    reading = dossier(
        "A Tashkari missile hit a boarding school in Orlen on May 3, killing 19, Velmora said. "
        "Velmora raised the toll to 26 on Monday. Its ministry said 17 of the dead were children. "
        "Velmora denied that it was behind a drone crash in Kolm on May 2."
    )
    children, crash = claim(reading, "17 of the dead"), claim(reading, "drone crash")
    assert children.event != crash.event


def test_a_statement_in_the_words_of_the_lead_is_of_its_matter() -> None:
    reading = dossier(
        "An Aurel Air jet overshot the runway at Castle Bay on May 3 and ended in a ditch with "
        "its crew, injuring 29 people. A cafe has reopened in Kolm.\n\n"
        "The airline said the crew had come in too fast for the wet runway."
    )
    assert "Crash" in next(
        e.label for e in reading.events if claim(reading, "too fast").id in e.claims
    )


def test_idioms_tell_of_no_event() -> None:
    reading = dossier("Hallory said the drone had been thrown off course by the wind.")
    told = claim(reading, "off course")
    assert {h.family for h in told.attribution.happenings} <= {"deed"}


def test_a_deed_that_the_next_voice_says_was_done() -> None:
    reading = dossier(
        "The tenants' lawyer, Ines Hallory, said officers did not knock. "
        "Chief Ronan Breck said the officers had knocked twice."
    )
    relation = between(reading, "did not knock", "had knocked twice")
    assert relation is not None
    assert relation.type in (RelationType.DENIES, RelationType.CONTRADICTS)
    assert not relation.possible


def test_the_same_verb_of_another_thing_gainsays_nothing() -> None:
    reading = dossier(
        "Velmora said it had received a letter from Tashkar. "
        "Tashkar said it had received no warnings from Velmora."
    )
    relation = between(reading, "no warnings", "a letter")
    wrong = (RelationType.DENIES, RelationType.CONTRADICTS)
    assert relation is None or relation.type not in wrong


def test_a_claim_that_is_called_absurd_is_denied() -> None:
    reading = dossier(
        "Velmora accused Tashkar of shelling Orlen on May 3. Tashkar said: "
        '"Claims that we shelled Orlen are absurd."'
    )
    relation = between(reading, "are absurd", "shelling Orlen")
    assert relation is not None
    assert relation.type is RelationType.DENIES


def test_a_weekday_is_nothing_that_is_struck() -> None:
    reading = dossier("Velmora said it was a Tashkari strike with rockets on Friday.")
    assert [e.label for e in reading.events] == ["Missile attack"]


def test_when_a_thing_was_condemned_is_not_when_it_happened() -> None:
    reading = dossier(
        "Velmora accused Tashkar of bombing a prison in Orlen. "
        'Velmora\'s president called the attack on the prison in Orlen "a crime".'
    )
    accused = claim(reading, "bombing a prison")
    event = next(e for e in reading.events if e.id == accused.event)
    assert claim(reading, "a crime").event == event.id
    assert event.when is None
