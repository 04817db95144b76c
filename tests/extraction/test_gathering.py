"""Which event the claims go with that name neither time nor place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.test_events import DISPUTE, claim, dossier, event

STRUCK = "Velmora said Tashkari jets had bombed the grain market in Orlen on May 3."


@pytest.mark.parametrize(
    "more",
    [
        'It said the wounded were in cellars. "The roof is gone," it added.',
        "Tashkar said the pilot had been given a wrong map.",
    ],
)
def test_what_is_said_next_goes_with_the_event(more: str) -> None:
    reading = dossier(DISPUTE + STRUCK + " Tashkar denied bombing the market. " + more)
    last = reading.claims[-1]
    assert last.event == claim(reading, "grain market").event


def test_an_account_of_ones_own_is_of_the_same_event() -> None:
    reading = dossier(
        DISPUTE + STRUCK + " Tashkar denied bombing the market. "
        "It said a Velmoran rocket had gone astray."
    )
    assert claim(reading, "astray").event == claim(reading, "grain market").event


def test_the_dead_are_those_of_the_one_event_of_these_days() -> None:
    reading = dossier(DISPUTE + STRUCK, "Velmora said the number of dead had risen to 19.")
    assert claim(reading, "risen").event == claim(reading, "grain market").event


def test_where_there_were_two_the_dead_are_of_neither() -> None:
    reading = dossier(
        DISPUTE + STRUCK + "\nVelmora said Tashkari jets had bombed a school in Pell on May 4.",
        "Velmora said the number of dead had risen to 19.",
    )
    events = {claim(reading, words).event for words in ("grain market", "school", "risen")}
    assert len(events) == 3


@pytest.mark.parametrize("second", ["in Orlen on May 4", "in Pell on May 3"])
def test_loose_words_never_make_two_strikes_one(second: str) -> None:
    reading = dossier(
        DISPUTE + STRUCK + f"\nVelmora said Tashkari jets had bombed a school {second}.",
        "Velmora condemned the strike. It said the jets had come in low.",
        "Tashkar said the strike was a mistake.",
    )
    assert claim(reading, "grain market").event != claim(reading, "school").event


def test_ones_own_deed_is_not_what_one_suffered() -> None:
    reading = dossier(
        DISPUTE + "On May 3, Velmora said two rockets had hit the town of Orlen in the evening. "
        "Its police said three residents were hurt by one of them. "
        "Velmora said it had wounded Tashkari governor Ilo Brand to pay that back. "
        "Brand caught a splinter in his office, said Dell Aumar, who advises Velmora's president."
    )
    assert claim(reading, "rockets").event != claim(reading, "pay that back").event


@pytest.mark.parametrize(
    "general",
    [
        "The League of River States condemned reports of bombing in towns and markets.",
        "Both armies put the number of dead since the war broke out at 310.",
        '"We see more attacks on markets and schools," the League of River States said.',
    ],
)
def test_what_is_said_of_many_deeds_is_of_none_of_them(general: str) -> None:
    reading = dossier(
        DISPUTE + STRUCK + "\nVelmora said Tashkari jets had bombed a school in Pell on May 4.",
        general,
    )
    events = {claim(reading, words).event for words in ("grain market", "school in Pell")}
    assert reading.claims[-1].event not in events


def test_a_war_long_ago_is_not_what_is_told_of_now() -> None:
    reading = dossier(
        DISPUTE + "The two fought a war at Orlen that ended in 1994.\n"
        "Velmora said fighting was raging along the front."
    )
    told = event(reading, "raging")
    assert told.when is None or told.when.latest.year == 2031


def test_more_of_the_same_kind_are_others() -> None:
    reading = dossier(
        DISPUTE
        + STRUCK
        + " It accused Tashkar of bombing two more markets in the district since March."
    )
    assert claim(reading, "grain market").event != claim(reading, "two more").event


def test_a_strike_that_lasts_is_one() -> None:
    reading = dossier(
        "The Dockers' Union said 900 workers had joined the walkout at Port Amsel on May 1.",
        "The Dockers' Union said on May 5 that the walkout would go on.",
    )
    assert claim(reading, "joined").event == claim(reading, "go on").event


def test_a_running_total_is_of_no_single_event() -> None:
    reading = dossier(
        DISPUTE + STRUCK + "\nVelmora said 90 civilians had been killed since April 1."
    )
    assert claim(reading, "90").event != claim(reading, "grain market").event


def test_an_event_says_why_loose_words_are_with_it() -> None:
    reading = dossier(DISPUTE + STRUCK + ' "The roof is gone," it added.')
    assert any("goes on" in reason for reason in event(reading, "grain market").reasons)


def test_statements_do_not_come_together_over_what_others_said() -> None:
    reading = dossier(
        "Orla Fenn said copper wire mattered.",
        "Sten Hall said copper wire mattered to brass hooks and oak beams.",
        "Ida Marsh said brass hooks and oak doors sold badly.",
    )
    assert claim(reading, "sold badly").event != claim(reading, "wire mattered").event


SENTENCES = st.lists(
    st.sampled_from(
        [
            STRUCK,
            "Velmora said Tashkari jets had bombed the grain market in Orlen on May 4.",
            "Velmora said Tashkari jets had bombed the grain market in Pell on May 3.",
            "Tashkar denied bombing the market.",
            "It said a rocket had gone astray.",
            "Velmora condemned the attack.",
            "Velmora put the number of dead at nine.",
            "Tashkar said two people had died.",
            '"The roof is gone," a doctor said.',
            "Tashkar blamed Velmora for the blast.",
        ]
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=40, deadline=None)
@given(SENTENCES)
def test_two_days_and_two_places_stay_apart_in_any_order(sentences: list[str]) -> None:
    reading = dossier(DISPUTE + " ".join(sentences))
    known: dict[tuple[str, str], set[int | None]] = {}
    for found in reading.claims:
        words = " ".join(c.exact for c in found.attribution.contents)
        for place in ("Orlen", "Pell"):
            for day in ("May 3", "May 4"):
                if place in words and day in words:
                    known.setdefault((place, day), set()).add(found.event)
    told = [events for events in known.values()]
    assert all(one.isdisjoint(other) for n, one in enumerate(told) for other in told[n + 1 :])
    assert sorted(c for e in reading.events for c in e.claims) == [c.id for c in reading.claims]
