"""Acts that content or the dispute gives away, each with a near miss; all parties are invented."""

from __future__ import annotations

import pytest

from extraction.model import SpeechAct
from tests.extraction.reading import attributions
from tests.extraction.test_relations import claim, dossier

FEUD = "Velmora accused Tashkari forces of shelling the town of Orlen. Tashkar denied it. "


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("“This is piracy, plain and simple,” the skipper said.", "alleges"),
        ("“This is not piracy,” the skipper said.", "asserts"),
        ("The lawyer said the letter amounted to a confession.", "alleges"),
        ("Voss said the ballot had been rigged.", "alleges"),
        ("Voss said no ballot had been rigged.", "denies"),
        ("“They aimed at people asleep in a tent,” the baker said.", "alleges"),
        ("“They sang for people asleep in a tent,” the baker said.", "asserts"),
        ("“They called us liars,” the nurse said.", "alleges"),
        ("“They called a plumber,” the nurse said.", "asserts"),
        ("The lender said a merger was out of the question.", "rejects"),
        ("The lender said a merger was likely.", "asserts"),
        ("The ministry said no payment would be forthcoming.", "rejects"),
        ("The mayor repeated her demand that the quarry be closed.", "demands"),
        ("“What we told parents on Friday was wrong,” the head teacher said.", "admits"),
        ("“What they told parents on Friday was wrong,” the head teacher said.", "asserts"),
        ("“We regret any inconvenience to our passengers,” the airline said.", "expresses"),
        ("“We regret our mistake,” the airline said.", "admits"),
        ("The general said the answer would not be long in coming.", "threatens"),
        ("The postman said the letter would not be long in coming.", "asserts"),
        ("Orr described the proposal as “well meant but absurd”.", "rejects"),
        ("Orr described the weather as “absurd”.", "condemns"),
        ("Orr dismissed those samples as worthless.", "denies"),
        ("Orr dismissed both demands as theatre.", "rejects"),
        ("The minister insisted that no one on board had been mistreated.", "denies"),
        ("Her solicitor said his clients would press on.", "announces"),
        ("The clerk said his clients had pressed on.", "asserts"),
        ("“I walked through the house. There was no workshop,” the president said.", "denies"),
        ("“I walked through the house. There was no time,” the president said.", "asserts"),
    ],
)
def test_act_by_content(text: str, act: str) -> None:
    found = [a for a in attributions(text) if a.nested_in is None]
    assert [a.act for a in found[:1]] == [SpeechAct(act)], found[0].reasons


def test_who_names_the_other_side_with_a_wrong_blames_it() -> None:
    reading = dossier(
        FEUD + "Velmora said the siege was a betrayal of the accord that Tashkar had signed."
    )
    assert claim(reading, "betrayal").speech_act in (SpeechAct.ALLEGES, SpeechAct.CONDEMNS)


def test_who_names_the_other_side_without_a_wrong_blames_nobody() -> None:
    reading = dossier(FEUD + "Velmora said Tashkar had a border of 300 kilometres.")
    assert claim(reading, "border").speech_act is SpeechAct.ASSERTS


def test_an_insult_turns_down_what_was_just_offered() -> None:
    reading = dossier(FEUD + "Tashkar offered to swap two islands. Velmora called that an insult.")
    assert claim(reading, "an insult").speech_act is SpeechAct.REJECTS


def test_an_insult_where_nothing_was_offered_condemns() -> None:
    reading = dossier(FEUD + "Tashkar said its islands were green. Velmora called that an insult.")
    assert claim(reading, "an insult").speech_act is SpeechAct.CONDEMNS


SHELLED = (
    "Velmora accused Tashkari forces of shelling the town of Orlen. Tashkar denied it. "
    "Velmora accused Ostmar, an ally of Tashkar, of arming it. "
)


def test_an_ally_owns_up_to_nothing_by_telling_of_it() -> None:
    reading = dossier(SHELLED + "Ostmar said Tashkari forces were hitting houses in Kolm.")
    assert claim(reading, "hitting houses").speech_act is not SpeechAct.ADMITS


def test_who_did_it_owns_up() -> None:
    reading = dossier(SHELLED + "Tashkar said Tashkari forces had hit houses in Kolm.")
    assert claim(reading, "had hit houses").speech_act is SpeechAct.ADMITS
