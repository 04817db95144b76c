"""Rival accounts of one deed, and what led up to it."""

from __future__ import annotations

import pytest

from extraction.model import Claim, Reading, Relation, RelationType, SpeechAct
from extraction.pipeline import assemble, read_article
from tests.golden.scoring import article

DISPUTE = "Velmora and Tashkar have been at war since March. "


def dossier(*texts: str, day: str = "2031-05-20") -> Reading:
    return assemble([read_article(article(f"{n}.txt", text, day)) for n, text in enumerate(texts)])


def claim(reading: Reading, words: str) -> Claim:
    return next(c for c in reading.claims if any(words in s.exact for s in c.attribution.contents))


def same(reading: Reading, *words: str) -> bool:
    return len({claim(reading, each).event for each in words}) == 1


def between(reading: Reading, one: str, other: str) -> Relation | None:
    pair = {claim(reading, one).id, claim(reading, other).id}
    return next((r for r in reading.relations if {r.source, r.target} == pair), None)


def kind(reading: Reading, one: str, other: str) -> RelationType | None:
    found = between(reading, one, other)
    return found.type if found is not None else None


OLDER = (
    "\nVelmora said on Tuesday that its jets had struck a depot of the Red Lantern group inside "
    "Tashkar.\nTashkar said the jets hit an empty field.\n"
    "The raid followed an attack on May 3 in Orlen that killed 12 soldiers. "
    "The Red Lantern group claimed responsibility for that attack."
)


def test_news_without_a_date_is_no_event_of_days_ago_told_below_it() -> None:
    reading = dossier(DISPUTE + OLDER)
    assert not same(reading, "struck a depot", "responsibility")
    assert same(reading, "struck a depot", "empty field")


def test_words_tie_an_undated_telling_to_the_older_event() -> None:
    reading = dossier(
        DISPUTE + "\nVelmora said that Tashkar had bombed the grain market.\n"
        "Tashkar denied bombing the grain market.\n"
        "Velmora said the grain market had been bombed in Orlen on May 3."
    )
    assert same(reading, "that Tashkar had bombed", "bombed in Orlen")


def test_each_side_blames_the_other_for_the_bridge() -> None:
    reading = dossier(
        "Velmora accused Tashkar on Tuesday of blowing up the Sarn bridge, while Tashkar said "
        "Velmoran shelling had wrecked the structure.\n"
        "The bridge was breached at about 3:10 a.m., Velmora's army said.\n"
        "Tashkar's minister Ilan Breck said Velmora had destroyed the bridge to stop its troops."
    )
    assert same(reading, "blowing up", "wrecked", "had destroyed", "was breached")
    assert kind(reading, "blowing up", "wrecked") is RelationType.COUNTER_ACCUSES
    assert kind(reading, "blowing up", "had destroyed") is RelationType.COUNTER_ACCUSES


@pytest.mark.parametrize("second", ["a bridge in Pell", "two of its bridges", "its village"])
def test_two_things_are_two_deeds(second: str) -> None:
    reading = dossier(
        DISPUTE + "\nVelmora accused Tashkar of blowing up the Sarn bridge.\n"
        f"Tashkar accused Velmora of shelling {second}."
    )
    assert not same(reading, "blowing up", "shelling")


def test_rival_causes_corroborate_nothing() -> None:
    reading = dossier(
        DISPUTE + "\nDozens were killed in a Tashkari air strike on the hospital in Orlen, "
        "Velmora's health ministry said.\n"
        'Tashkar denied responsibility. "A barrage of rockets was fired by gunmen in Orlen when '
        'the hospital was hit," its army said.'
    )
    found = kind(reading, "air strike", "barrage")
    assert found in (RelationType.COUNTER_ACCUSES, RelationType.CONTRADICTS)


STRUCK = DISPUTE + "\nVelmora said its jets had struck a depot in Tashkar, killing 80 fighters.\n"


def test_who_denies_casualties_denies_the_dead() -> None:
    reading = dossier(STRUCK + "Tashkar denied there had been any casualties.")
    assert kind(reading, "killing 80", "any casualties") is RelationType.DENIES


def test_nobody_dead_is_said_of_those_counted_right_before() -> None:
    reading = dossier(
        DISPUTE + "\nTashkar said it had shot down two Velmoran jets.\n"
        "A day earlier, Velmora said it had killed 80 fighters in Orlen. "
        "A local doctor said no one had been brought in dead."
    )
    assert same(reading, "killed 80", "brought in")
    assert kind(reading, "killed 80", "brought in") is RelationType.CONTRADICTS


def test_who_denies_a_loss_denies_that_it_was_shot_down() -> None:
    reading = dossier(
        DISPUTE + "\nVelmora said that one of its planes had shot down a Tashkari jet.\n"
        "Tashkar denied that it had lost any aircraft."
    )
    assert kind(reading, "shot down", "lost any") is RelationType.DENIES


def test_responsibility_is_denied_for_the_deed_and_not_for_the_toll() -> None:
    reading = dossier(
        DISPUTE + "\nDozens were killed in a Tashkari air strike on the hospital in Orlen, "
        "Velmora's health ministry said.\n"
        "A spokesman for the ministry, Ashar Quill, put the death toll at 90.\n"
        "Tashkar's army said it was checking the reports.\nTashkar denied responsibility."
    )
    assert kind(reading, "air strike", "responsibility") is RelationType.DENIES


def label(reading: Reading, words: str) -> str:
    wanted = claim(reading, words).event
    return next(e.label for e in reading.events if e.id == wanted)


BLOWN = "Velmora accused Tashkar on Tuesday of blowing up the Sarn bridge in the town of Orlen."


def test_the_same_thing_is_known_over_articles() -> None:
    reading = dossier(
        BLOWN,
        DISPUTE + "\nAn aid group said 40 bodies lay in Pell.\n"
        "Velmora has repeatedly said Tashkar blew up the bridge. Tashkar denies it.",
    )
    assert same(reading, "blowing up", "blew up")
    assert not same(reading, "blew up", "bodies")


def test_a_destroyed_thing_is_named() -> None:
    assert label(dossier(BLOWN), "blowing up") == "Destruction of the Sarn bridge"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("had mined the bridge and blown it up", "Destruction of the bridge"),
        ("had breached the dam", "Destruction of the dam"),
        ("had breached the treaty", "Violation of treaty"),
        ("had shot down a jet over the town of Orlen", "Downing of jet in Orlen"),
    ],
)
def test_what_a_deed_was_done_to(words: str, wanted: str) -> None:
    reading = dossier(DISPUTE + f"\nVelmora said Tashkari forces {words}.")
    assert label(reading, words.split()[-1]) == wanted


def test_a_relative_clause_is_no_subject() -> None:
    reading = dossier(
        DISPUTE + "\nThe dam, which holds back a reservoir the size of a lake, was breached at "
        "3 a.m., Velmora said."
    )
    assert "of the dam" in label(reading, "breached").lower()


def test_a_bystander_who_sees_no_risk_denies_nothing() -> None:
    reading = dossier(
        DISPUTE + f"\n{BLOWN}\nThe River Agency said there was no immediate risk to the mill."
    )
    assert claim(reading, "immediate risk").speech_act is SpeechAct.ASSERTS


def test_whoever_carries_out_an_explosion_is_blamed_for_it() -> None:
    reading = dossier(
        DISPUTE + "\nVelmora said that Tashkari forces had carried out an explosion at the mill."
    )
    assert claim(reading, "explosion").speech_act is SpeechAct.ALLEGES


def test_an_event_is_not_called_by_one_sides_account_of_it() -> None:
    reading = dossier(DISPUTE + f"\n{BLOWN}\nTashkar said Velmoran shells had hit the Sarn bridge.")
    assert same(reading, "blowing up", "shells")
    assert label(reading, "shells") == "Destruction of the Sarn bridge"


def test_that_attack_is_the_one_the_article_told_of_last() -> None:
    reading = dossier(
        DISPUTE + f"\n{BLOWN}\nThe blast came days after a bomb on a train in the town of Holt on "
        "May 3. The Grey Sickle group claimed responsibility for that attack."
    )
    assert not same(reading, "blowing up", "responsibility")


def test_a_plane_that_came_down_is_the_one_said_to_be_shot_down() -> None:
    reading = dossier(
        DISPUTE + "\nTashkar said it had shot down a Velmoran warplane.\n"
        "Velmora acknowledged that one of its aircraft had come down in the sea.\n"
        "Velmora said one of its pilots had in turn shot down a Tashkari helicopter."
    )
    assert same(reading, "shot down a Velmoran", "come down")
    assert not same(reading, "come down", "helicopter")


def test_what_a_deed_was_meant_to_prevent_is_not_what_was_done() -> None:
    reading = dossier(
        DISPUTE + f"\n{BLOWN}\nVelmora's army said the explosion was meant to prevent a Velmoran "
        "crossing of the Orle river."
    )
    assert same(reading, "blowing up", "explosion")
