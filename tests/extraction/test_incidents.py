"""What an article is about, and which of its loosely told claims bear on that."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.events.bearing import bearing_of
from tests.extraction.test_events import DISPUTE, claim, dossier

SINKING = (
    "Ferry sinks off Corran, 14 dead\n"
    "CORRAN (Tide Press) - Fourteen people were killed when the ferry Alcide sank off the port of "
    "Corran on Saturday night.\n"
)
PARTIES = (
    "The sailors' union accused Brightwater Lines of ignoring warnings about the bow door. "
    "Brightwater Lines denied the accusation.\n"
)
OTHER = "In March, a tanker sank off the port of Dell, killing two sailors, officials said.\n"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("Brightwater Lines said the sinking was caused by a freak wave.", "freak wave"),
        ("The company said human error was to blame.", "human error"),
        ('"I heard a bang and saw people running," said Ida Morn, a cook.', "a bang"),
        ("Divers said footage of the wreckage showed an open door.", "open door"),
        ('The union called the disaster "a crime".', "crime"),
        ("The coast guard said three of the dead were children.", "children"),
    ],
)
def test_what_bears_on_the_incident_belongs_to_it(told: str, words: str) -> None:
    reading = dossier(SINKING + PARTIES + told)
    narrated = [e for e in reading.events if e.mentions and "Corran" in e.places]
    assert len(narrated) == 1
    assert claim(reading, words).event == narrated[0].id


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("Brightwater Lines said it would replace the doors of all its ferries.", "replace"),
        ("The harbour office said an inquiry would begin next week.", "inquiry"),
        ("The union demanded that the company's director resign.", "resign"),
        ("The company said its ships are always inspected in May.", "inspected"),
        ("The port said ticket sales had risen by a tenth.", "ticket"),
        (OTHER, "tanker"),
    ],
)
def test_what_is_of_another_matter_stays_apart(told: str, words: str) -> None:
    reading = dossier(SINKING + PARTIES + told)
    narrated = [e for e in reading.events if e.mentions and "Corran" in e.places]
    assert len(narrated) == 1
    assert claim(reading, words).event != narrated[0].id


STRUCK = (
    "Missile strikes clinic in Orlen\n"
    "A missile struck a clinic in the town of Orlen on May 3, Velmora said.\n"
    "Velmora accused Tashkari forces of firing it. Tashkar denied the accusation.\n"
)


def test_two_articles_on_one_incident_tell_of_one_event_whatever_each_calls_it() -> None:
    reading = dossier(
        STRUCK,
        "Orlen blast: army blames stray rocket\n"
        "The Tashkari army said on Wednesday the explosion at a clinic in the town of Orlen on "
        "May 3 was caused by a Velmoran rocket that went astray.",
    )
    assert claim(reading, "struck a clinic").event == claim(reading, "went astray").event


def test_strikes_on_two_days_are_two_though_both_are_what_an_article_is_about() -> None:
    reading = dossier(
        STRUCK,
        "Missile strikes clinic in Orlen\n"
        "A missile struck a clinic in the town of Orlen on May 4, Velmora said.",
    )
    assert claim(reading, "May 3").event != claim(reading, "May 4").event


def test_the_time_of_a_month_is_not_a_series() -> None:
    reading = dossier(
        "Ferry sinks off Corran\n"
        "The ferry Alcide sank off the port of Corran on April 12, the coast guard said.",
        "Door of sunken ferry was open, report says\n"
        "The ferry Alcide sank off the port of Corran last month, the coast guard said, because "
        "its door was open.",
    )
    assert claim(reading, "April 12").event == claim(reading, "last month").event


def test_a_lead_that_names_one_time_is_told_of_then() -> None:
    reading = dossier(
        "Nine dead as stand collapses\n"
        "Nine people were killed when a stand gave way at a concert in Dell on Saturday night."
    )
    told = [e for e in reading.events if e.mentions]
    assert len(told) == 1
    assert told[0].when is not None
    assert told[0].when.earliest.isoformat() == "2031-05-03T18:00:00"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_bearing_reads_any_text(text: str) -> None:
    assert bearing_of(text) == bearing_of(text)


def test_a_deed_in_a_paragraph_on_something_else_is_not_of_the_incident() -> None:
    reading = dossier(
        "Man shot dead by Delling police\n"
        "DELLING (Tide Press) - A man was shot and killed by police in Delling on Saturday night, "
        "officials said.\n"
        "About 600 people marched to City Hall in Delling on Sunday, according to organisers. "
        "Organisers said officers used pepper spray.\n"
        'The mayor called the shooting "a tragedy".'
    )
    shot = claim(reading, "shot and killed").event
    assert claim(reading, "pepper spray").event != shot
    assert claim(reading, "tragedy").event == shot


def test_what_title_and_lead_tell_of_in_two_ways_is_one_incident() -> None:
    reading = dossier(
        "Owner tells court Corran mill leak was sabotage\n"
        "The owner of Hark Paper told a court on Monday that bleach had run into the river Dell "
        "in January, but that a worker had opened the valve.\n"
        "It was the first time that Hark Paper acknowledged the leak.\n"
        "Residents accused Hark Paper of polluting the river. Hark Paper denied the accusation."
    )
    assert claim(reading, "bleach had run").event == claim(reading, "the leak").event


@pytest.mark.parametrize("later", ["of targeting civilians deliberately", "of the atrocity"])
def test_a_general_word_for_it_is_the_incident_of_the_article(later: str) -> None:
    reading = dossier(
        STRUCK.replace("Velmora accused Tashkari forces of firing it.", "")
        + f"Velmora accused Tashkar {later}."
    )
    assert claim(reading, later[3:]).event == claim(reading, "struck a clinic").event


def test_the_toll_of_a_whole_war_is_not_that_of_the_incident() -> None:
    reading = dossier(
        STRUCK + "More than 4,000 people have been killed since the war began, the League said."
    )
    assert claim(reading, "4,000").event != claim(reading, "struck a clinic").event


@pytest.mark.parametrize(
    "told",
    [
        "Velmora asked the River Council to hold a meeting.",
        "Velmora said the truce had collapsed.",
        "Velmora said armed, masked men had been in the yard.",
        "Velmora said the ship had crossed its path.",
    ],
)
def test_words_that_tell_of_no_such_event_make_none(told: str) -> None:
    reading = dossier(DISPUTE + told)
    labels = [e.label for e in reading.events]
    silly = ("Control of", "Ground taken", "Crash", "Arms", "Advance")
    assert not [label for label in labels if label.startswith(silly)]


def test_what_only_dates_a_claim_is_not_what_it_is_about() -> None:
    reading = dossier(
        "Soldiers board tanker off Dell\n"
        "Tashkari soldiers boarded a tanker off the port of Dell on May 3, Velmora said.\n"
        "The owner said contact was lost five minutes after the collision.\n"
        "Velmora accused Tashkar of causing the collision. Tashkar denied the accusation."
    )
    assert claim(reading, "contact was lost").event != claim(reading, "causing").event


def test_one_kind_of_accident_at_one_time_is_one_event() -> None:
    reading = dossier(
        "Lorne and Vestia trade blame after the lock at Sarn opened\n"
        "Water from the Sarn dam flooded two hamlets in the lower valley on the night of March 2, "
        "and the governments of Lorne and Vestia on Tuesday blamed each other.\n"
        "Vestia's interior ministry said Lornish engineers had opened three sluices late on "
        "Sunday. Lorne's water board denied opening the sluices.\n"
        "Vestia accused Lornish guards of firing on a boat that was taking soundings below the dam "
        "on Friday afternoon. Lorne's army said it had fired two warning shots.\n",
        published="2031-03-04",
    )
    sluices, boat = claim(reading, "three sluices"), claim(reading, "boat")
    assert sluices.event != boat.event
    flood = next(e for e in reading.events if e.id == sluices.event)
    assert flood.mentions
    assert claim(reading, "opening the sluices").event == sluices.event
