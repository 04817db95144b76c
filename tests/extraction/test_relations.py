"""What claims have to do with each other, on invented parties."""

from __future__ import annotations

import pytest

from extraction.model import Claim, Reading, Relation, RelationType, SpeechAct
from extraction.pipeline import assemble, read_article
from tests.golden.scoring import article

ACCUSED = "Velmora accused Tashkari forces of shelling the town of Orlen on May 3."


def dossier(*texts: str, days: tuple[str, ...] = ()) -> Reading:
    published = days or tuple("2031-05-05" for _ in texts)
    return assemble(
        [
            read_article(article(f"{n}.txt", text, day))
            for n, (text, day) in enumerate(zip(texts, published, strict=True))
        ]
    )


def claim(reading: Reading, words: str) -> Claim:
    return next(
        c
        for c in reading.claims
        if any(words in s.exact for s in c.attribution.contents) and c.nested_in is None
    )


def between(reading: Reading, source: str, target: str) -> Relation | None:
    one, other = claim(reading, source).id, claim(reading, target).id
    return next((r for r in reading.relations if {r.source, r.target} == {one, other}), None)


def kinds(reading: Reading) -> set[RelationType]:
    return {r.type for r in reading.relations}


def test_denial_over_articles() -> None:
    reading = dossier(ACCUSED, "Tashkar denied shelling the town of Orlen.")
    denied = next(c for c in reading.claims if c.speech_act is SpeechAct.DENIES)
    relation = next((r for r in reading.relations if r.source == denied.id), None)
    assert relation is not None
    assert relation.type is RelationType.DENIES
    assert not relation.possible
    assert any("orlen" in reason.lower() for reason in relation.reasons)


def test_a_denial_of_one_town_is_none_of_another() -> None:
    reading = dossier(ACCUSED, "Tashkar denied shelling the town of Kolm.")
    assert RelationType.DENIES not in kinds(reading)


@pytest.mark.parametrize(
    "denial",
    ["Tashkar denied the accusation.", "Tashkar denied the claim.", "Tashkar rejected the report."],
)
def test_a_denial_that_only_points_back(denial: str) -> None:
    reading = dossier(f"{ACCUSED} {denial}")
    assert RelationType.DENIES in kinds(reading)


def test_a_general_denial_covers_claims_in_every_article() -> None:
    reading = dossier(
        "Velmora said Tashkari rockets had hit the port of Orlen on May 3.",
        "Velmora said Tashkari rockets had hit the port of Kolm on May 3.",
        "Velmora blamed Tashkari forces for the fires in its ports. Tashkar denied reports that "
        "any rockets had been launched at the cities of Orlen and Kolm.",
    )
    denied = {
        next(c for c in reading.claims if c.id == r.target).attribution.contents[0].exact
        for r in reading.relations
        if r.type is RelationType.DENIES
    }
    assert any("Orlen" in words for words in denied)
    assert any("Kolm" in words for words in denied)


def test_a_statement_that_it_did_not_happen_is_a_denial() -> None:
    reading = dossier(f"{ACCUSED} Tashkar said its forces had not shelled the town of Orlen.")
    assert claim(reading, "had not shelled").speech_act is SpeechAct.DENIES
    assert RelationType.DENIES in kinds(reading)


def test_admission_of_what_the_other_side_alleges() -> None:
    reading = dossier(
        ACCUSED,
        "Tashkari General Oda Merrin said Tashkari forces had shelled the town of Orlen on May 3.",
    )
    assert claim(reading, "had shelled").speech_act is SpeechAct.ADMITS
    relation = between(reading, "had shelled", "shelling the town")
    assert relation is not None
    assert relation.type is RelationType.ADMITS


def test_blaming_the_other_side_alleges() -> None:
    reading = dossier(
        f"{ACCUSED} Velmora said Tashkari forces had attacked the town of Kolm. "
        "Tashkar denied the accusation."
    )
    assert claim(reading, "Kolm").speech_act is SpeechAct.ALLEGES


def test_a_rejected_demand_is_answered_and_not_denied() -> None:
    reading = dossier(
        f"{ACCUSED} Velmora demanded that Tashkar withdraw from the town of Kolm. "
        "Tashkar rejected the demand."
    )
    relation = between(reading, "the demand", "withdraw")
    assert relation is not None
    assert relation.type is RelationType.ANSWERS


def test_mirrored_accusations_counter_accuse_and_do_not_contradict() -> None:
    reading = dossier(
        f"{ACCUSED} Tashkar accused Velmoran forces of shelling the town of Kolm on May 3."
    )
    relation = between(reading, "Kolm", "Orlen")
    assert relation is not None
    assert relation.type is RelationType.COUNTER_ACCUSES
    assert RelationType.CONTRADICTS not in kinds(reading)


def test_mirrored_accusations_at_one_place_do_not_contradict_either() -> None:
    reading = dossier(
        "Velmora said Tashkari forces had opened fire on its posts near the village of Kolm "
        "on May 3. Tashkar said Velmoran forces had opened fire on its posts near the village "
        "of Kolm on May 3."
    )
    assert RelationType.CONTRADICTS not in kinds(reading)


def test_figures_that_do_not_meet_contradict() -> None:
    reading = dossier(
        f"{ACCUSED} Velmora said 40 soldiers were killed in the town of Orlen. "
        "Tashkar said 3 soldiers were killed in the town of Orlen."
    )
    relation = between(reading, "3 soldiers", "40 soldiers")
    assert relation is not None
    assert relation.type is RelationType.CONTRADICTS
    assert not relation.possible


def test_figures_that_meet_do_not() -> None:
    reading = dossier(
        f"{ACCUSED} Velmora said at least 30 soldiers were killed in the town of Orlen. "
        "Tashkar said 34 soldiers were killed in the town of Orlen."
    )
    assert RelationType.CONTRADICTS not in kinds(reading)


def test_figures_of_others_are_not_compared() -> None:
    reading = dossier(
        f"{ACCUSED} Velmora said 40 civilians were killed in the town of Orlen. "
        "Tashkar said 3 soldiers were killed in the town of Orlen."
    )
    assert RelationType.CONTRADICTS not in kinds(reading)


def test_a_later_higher_figure_of_the_same_source_updates() -> None:
    reading = dossier(
        f"{ACCUSED} Velmora said 3 civilians were killed in the town of Orlen on May 3.",
        "Velmora said 7 civilians were killed in the town of Orlen on May 3.",
        days=("2031-05-04", "2031-05-06"),
    )
    relation = between(reading, "7 civilians", "3 civilians")
    assert relation is not None
    assert relation.type is RelationType.UPDATES
    assert relation.source == claim(reading, "7 civilians").id


def test_rivals_for_one_thing_contradict() -> None:
    reading = dossier(
        "The Harvest Party accused the Civic Union of stuffing ballot boxes. The Civic Union "
        "denied the accusation. The Harvest Party said it had won the election. The Civic Union "
        "said it had won the election."
    )
    assert RelationType.CONTRADICTS in kinds(reading)


def test_nobody_denies_or_contradicts_himself_in_one_breath() -> None:
    reading = dossier(
        f"{ACCUSED} Velmora said the town of Orlen was shelled. "
        "Velmoran spokesman Ilar Breck said the town of Orlen was shelled."
    )
    assert kinds(reading) <= {
        RelationType.RESTATES,
        RelationType.CORROBORATES,
        RelationType.SAME_EVENT,
    }


def test_every_relation_gives_its_reasons() -> None:
    reading = dossier(f"{ACCUSED} Tashkar denied the accusation.")
    assert reading.relations
    for relation in reading.relations:
        assert relation.reasons
        assert 0 < relation.score <= 1


ARGUED = "Velmora accused Tashkar of shelling Orlen. Tashkar denied the accusation.\n"


def of(reading: Reading, source: str, target: str) -> RelationType | None:
    found = between(reading, source, target)
    return found.type if found is not None and not found.possible else None


def test_a_figure_in_place_of_one_disputed_contradicts_whatever_it_counts() -> None:
    reading = dossier(
        ARGUED + "Velmora said it had received 88 complaints. "
        "Tashkar disputed the figure, saying it knew of only 31 cases."
    )
    assert of(reading, "31 cases", "88 complaints") is RelationType.CONTRADICTS


def test_the_true_number_is_set_against_what_was_counted_before() -> None:
    reading = dossier(
        ARGUED + "Velmora said 1,900 visits had been called off. "
        "Tashkar said the true number was closer to 1,200."
    )
    assert of(reading, "true number", "1,900 visits") is RelationType.CONTRADICTS


@pytest.mark.parametrize("deed", ["shot down {} drones", "built {} barns", "destroyed {} tanks"])
def test_what_each_side_counts_of_its_own_deeds_is_not_compared(deed: str) -> None:
    reading = dossier(
        ARGUED + f"Velmora said it had {deed.format(12)}. Tashkar said it had {deed.format(9)}."
    )
    assert of(reading, "9", "12") is not RelationType.CONTRADICTS


def test_a_toll_is_no_update_of_some_of_the_dead() -> None:
    reading = dossier(
        ARGUED + "Velmora said nine people had been killed when Orlen was shelled on May 3. "
        '"Two of the dead are children," it said.',
        "Velmora said 12 people had been killed when Orlen was shelled on May 3.",
        days=("2031-05-05", "2031-05-06"),
    )
    assert of(reading, "12 people", "nine people") is RelationType.UPDATES
    assert of(reading, "12 people", "Two of the dead") is not RelationType.UPDATES


def test_a_figure_that_is_given_up_is_updated() -> None:
    reading = dossier(
        ARGUED + "Velmora said three sailors had been hurt.",
        "Velmora said five sailors were hurt in the landing, up from three.",
        days=("2031-05-05", "2031-05-08"),
    )
    assert of(reading, "five sailors", "three sailors") is RelationType.UPDATES


def test_fewer_victims_than_dead_contradict() -> None:
    reading = dossier(
        ARGUED + "Velmora said seven people had been killed when Orlen was shelled on May 3. "
        "Tashkar put the number of victims at five."
    )
    assert of(reading, "victims at five", "seven people") is RelationType.CONTRADICTS


def test_a_denial_in_other_words_right_after_denies() -> None:
    reading = dossier(
        ARGUED + "Velmora said the Tashkari captain had ignored two radio calls. "
        "Tashkar denied that any call was received."
    )
    assert of(reading, "was received", "ignored") is RelationType.DENIES


def test_shelled_towns_on_both_sides_are_thrown_back() -> None:
    reading = dossier(
        ARGUED + "Velmora reported that the town of Pell was under heavy artillery fire on May 4. "
        "Tashkar said Velmoran forces had shelled the town of Kolm on May 4."
    )
    assert of(reading, "Kolm", "Pell") is RelationType.COUNTER_ACCUSES
    assert RelationType.CONTRADICTS not in kinds(reading)


def test_an_admission_is_none_of_what_is_said_after_it_of_others() -> None:
    reading = dossier(
        ARGUED + "Tashkar admitted that its jets had bombed the market in Orlen on May 3. "
        "Velmora accused Tashkar of bombing two more markets in Orlen since March. "
        "Velmora said the admission proved that Tashkar had bombed the market."
    )
    assert of(reading, "its jets", "two more") is None
    assert of(reading, "its jets", "the admission") is None


def test_who_welcomes_a_call_answers_it() -> None:
    reading = dossier(
        ARGUED
        + "The League urged both sides to let inspectors into Orlen. Tashkar welcomed the call."
    )
    assert RelationType.ANSWERS in kinds(reading)


def test_an_admission_is_tied_to_accusations_of_its_event_in_every_article() -> None:
    reading = dossier(
        ARGUED + "Velmora said Tashkari police had opened fire on miners in Orlen on May 3.",
        "Tashkar admitted that its officers had fired on the miners in Orlen without an order.",
        days=("2031-05-05", "2031-05-06"),
    )
    assert of(reading, "without an order", "opened fire") is RelationType.ADMITS
