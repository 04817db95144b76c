"""What goes back to what was told before: tolls, denials, orders, origins, and other deeds."""

from __future__ import annotations

import pytest

from extraction.model import Reading, RelationType, SideKey, SpeechAct
from tests.extraction.test_events import DISPUTE, claim, dossier

STRIKE = (
    "Velmora said Tashkari shells had hit the town of Orlen on May 3, "
    "killing three civilians and wounding at least eleven.\n"
)


def related(reading: Reading, source: str, target: str) -> set[tuple[RelationType, bool]]:
    """Types of the relations from one claim to another, each with whether it is sure."""
    one, other = claim(reading, source).id, claim(reading, target).id
    return {
        (r.type, not r.possible)
        for r in reading.relations
        if (r.source, r.target) in ((one, other), (other, one))
    }


def test_a_count_of_the_dead_joins_the_event_told_before() -> None:
    reading = dossier(DISPUTE + STRIKE + "A hospital in Kolm put the number of dead at six.")
    assert claim(reading, "dead at six").event == claim(reading, "shells").event


def test_figures_of_an_ing_form_are_counted() -> None:
    reading = dossier("Velmora said guards had fired, killing four and wounding at least a dozen.")
    figures = claim(reading, "guards").attribution.quantities
    assert [(q.measure, q.low, q.high) for q in figures] == [
        ("killed", 4, 4),
        ("injured", 12, None),
    ]


def test_a_figure_counts_what_was_counted_before() -> None:
    reading = dossier(
        "Velmora said 300 of the 900 miners went back to work. The union put the figure at 20."
    )
    (figure,) = claim(reading, "figure at").attribution.quantities
    assert (figure.measure, figure.low) == ("miner", 20)


def test_all_the_dead_cannot_be_fewer_than_some_of_them() -> None:
    reading = dossier(DISPUTE + STRIKE + "Tashkar said only one person had been killed.")
    assert related(reading, "only one", "shells") == {(RelationType.CONTRADICTS, True)}


def test_a_count_of_one_kind_may_be_part_of_a_count_of_all() -> None:
    reading = dossier(
        DISPUTE + "Velmora said five people had been killed in the town of Orlen on May 3.\n"
        "Tashkar said two soldiers had been killed in Orlen on May 3."
    )
    assert (RelationType.CONTRADICTS, True) not in related(reading, "five", "two soldiers")


def test_running_totals_are_no_single_event() -> None:
    reading = dossier(
        DISPUTE + "Velmora said 90 civilians had been killed since April 1. "
        "It said two civilians had been killed in the town of Orlen on May 3."
    )
    assert claim(reading, "90").event != claim(reading, "two civilians").event


def test_where_fire_comes_from_is_told_and_the_event_stays_one() -> None:
    reading = dossier(
        DISPUTE + "Velmora said Tashkari forces were shelling the city of Orlen. "
        "It said the fire had come from the Berl district in northern Tashkar."
    )
    origin = claim(reading, "Berl")
    assert "Berl" in origin.attribution.places
    assert origin.event == claim(reading, "were shelling").event


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("On Friday he ordered a halt to all raids.", SpeechAct.ANNOUNCES),
        ("He later ordered Tashkari forces to leave the town.", SpeechAct.DEMANDS),
    ],
)
def test_what_ones_own_are_ordered_is_announced(said: str, act: SpeechAct) -> None:
    reading = dossier(DISPUTE + "Velmora's president, Sten Hallory, spoke on Monday. " + said)
    assert claim(reading, "halt" if "halt" in said else "leave").speech_act is act


def test_an_admission_of_something_else_is_never_sure() -> None:
    reading = dossier(
        "Velmora accused Tashkari forces of shelling houses in the town of Orlen on May 3.\n"
        "Tashkar said its forces had fired only at military targets in Orlen."
    )
    assert claim(reading, "only at").speech_act is not SpeechAct.ADMITS
    assert related(reading, "only at", "houses") == {(RelationType.DENIES, False)}


@pytest.mark.parametrize("word", ["absurd", "a lie", "baseless"])
def test_who_calls_a_claim_false_denies_it(word: str) -> None:
    reading = dossier(
        "Velmora said Tashkari jets had bombed a school in the town of Orlen on May 3.\n"
        f"Tashkar said the claim was {word}."
    )
    assert related(reading, word, "jets") == {(RelationType.DENIES, True)}


def test_to_say_that_nothing_was_there_is_to_deny() -> None:
    reading = dossier(
        DISPUTE + "Velmora said an air strike had hit a hospital in the town of Orlen on May 3.\n"
        "Tashkar's air force said it carried out no missions over Orlen."
    )
    assert related(reading, "no missions", "hospital") == {(RelationType.DENIES, True)}


def test_a_denial_of_figures_denies_who_gave_them() -> None:
    reading = dossier(
        DISPUTE + "Velmora said the attack was cowardly. It said 31 people had been killed in it.\n"
        "Tashkar disputed the figure."
    )
    assert related(reading, "figure", "31") == {(RelationType.DENIES, True)}
    assert not related(reading, "figure", "cowardly")


def test_a_loss_of_arms_is_denied_and_no_shelling_with_it() -> None:
    reading = dossier(
        DISPUTE + "Velmora's air force said it had shot down two Tashkari jets. "
        "Tashkar said none of its aircraft had been lost."
    )
    assert related(reading, "none of its", "two Tashkari jets") == {(RelationType.DENIES, True)}
    assert not related(reading, "none of its", "shelling its towns")
    assert claim(reading, "two Tashkari jets").speech_act is not SpeechAct.ADMITS


def test_two_causes_of_one_fire_contradict() -> None:
    reading = dossier(
        "The Safety Board accused Calder Ltd. of hiding a fault. Calder Ltd. denied the charge.\n"
        "The Safety Board said the heater had caused 17 house fires.\n"
        "Calder Ltd. said the fires were caused by faulty wiring."
    )
    assert related(reading, "wiring", "heater had") == {(RelationType.CONTRADICTS, True)}


def test_others_are_other_targets() -> None:
    reading = dossier(
        DISPUTE + "Velmora said Tashkari jets had bombed a clinic in the town of Orlen on Monday. "
        "It accused Tashkar of bombing two more clinics in Orlen since December."
    )
    assert claim(reading, "two more").event != claim(reading, "a clinic").event


def test_they_in_a_quotation_are_the_others() -> None:
    reading = dossier(
        DISPUTE + '"They shelled a school at night," Velmoran Foreign Minister Rhea Tolland said.'
    )
    assert claim(reading, "They").speech_act is SpeechAct.ALLEGES


def test_the_republic_of_a_name_is_the_name() -> None:
    reading = dossier(
        "The Republic of Velmora accused Tashkar of shelling the town of Orlen.\n"
        "Tashkar denied it. Velmora said it would go to court."
    )
    assert claim(reading, "shelling").actor == claim(reading, "court").actor
    assert claim(reading, "court").side is SideKey.A


def test_a_ministry_in_a_town_is_that_of_the_state_told_of() -> None:
    reading = dossier(
        "Velmora accused Tashkar's Defence Ministry of a raid on the town of Orlen.\n"
        "Tashkar's Defence Ministry denied it. The ministry in Port Amber urged Velmora to wait."
    )
    assert claim(reading, "wait").side is claim(reading, "it").side


def test_bystanders_are_no_party() -> None:
    reading = dossier(
        "Civilians accused the army of doing nothing on the front. The army denied it. "
        "Soldiers killed two civilians, residents said."
    )
    assert reading.sides == ()
    assert not [a for a in reading.actors if a.name.lower() == "front"]
