"""Counted things: bounds, measures, bearers, scope and parts. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.model import Quantity, Scope
from extraction.quantities import find_quantities
from extraction.times import find_times
from tests.extraction.times.helpers import analysis, published_on


def read(text: str) -> tuple[Quantity, ...]:
    analysed = analysis(text)
    return find_quantities(analysed, find_times(analysed, published_on("2021-06-16")))


def brief(text: str) -> list[tuple[str, float | None, float | None]]:
    return [(q.measure, q.low, q.high) for q in read(text)]


Brief = list[tuple[str, float | None, float | None]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The raid killed at least 21 civilians.", [("killed", 21, None)]),
        ("More than 2,500 soldiers have died.", [("killed", 2500, None)]),
        (
            "The ministry lowered its count of the dead to 471, with 314 wounded.",
            [("killed", 471, 471), ("injured", 314, 314)],
        ),
        (
            "Doctors reported the illness of 23 children, four of whom died.",
            [("child", 23, 23), ("killed", 4, 4)],
        ),
        ("Up to 200 houses were destroyed.", [("houses", None, 200)]),
        ("Three in ten nurses joined the walkout.", [("percent", 30, 30)]),
        ("Three villagers in Orle were hurt.", [("injured", 3, 3)]),
        ("Fewer than ten villagers were hurt.", [("injured", None, 10)]),
        ("An estimated 4,800 people were displaced.", [("displaced", 4800, 4800)]),
        ("Between 5 and 7 rockets fell on Marn.", [("rockets", 5, 7)]),
        ("Police arrested 5 to 7 students.", [("arrested", 5, 7)]),
        ("Two or three drones were seen.", [("drones", 2, 3)]),
        ("Dozens of tanks crossed the river.", [("tanks", 24, None)]),
        ("Hundreds of thousands of people fled.", [("displaced", 200_000, None)]),
        ("Twenty-one miners are missing.", [("missing", 21, 21)]),
        (
            "Rebels shot down 12 warplanes and two helicopters.",
            [("aircraft", 12, 12), ("helicopters", 2, 2)],
        ),
        ("The army took nine villages.", [("villages", 9, 9)]),
        ("More than 60 others were wounded.", [("injured", 60, None)]),
        (
            "A rocket hit a barn, killing a night watchman and injuring six other people.",
            [("killed", 1, 1), ("injured", 6, 6)],
        ),
        (
            "One of its sergeants was killed and two soldiers were wounded near Orlo.",
            [("killed", 1, 1), ("injured", 2, 2)],
        ),
        ("A 16-year-old boy died of burns overnight.", [("killed", 1, 1)]),
        ("A man of 70 on a home ventilator has died, Marland said.", [("killed", 1, 1)]),
        ("A woman was shot and killed by an officer in Pell.", [("killed", 1, 1)]),
        (
            "A guard was killed and another soldier wounded.",
            [("killed", 1, 1), ("injured", 1, 1)],
        ),
        ("A soldier killed two farmers.", [("killed", 2, 2)]),
        ("A doctor said 12 people were killed.", [("killed", 12, 12)]),
        ("A driver could be killed.", []),
        ("A farmer was not hurt.", []),
        ("Both pilots were killed.", [("killed", 2, 2)]),
        ("The dam released 4,000 cubic metres of water.", [("volume", 4000, 4000)]),
        ("The fire burned 2,000,000 square metres.", [("area", 2, 2)]),
        ("One in five nurses has left.", [("percent", 20, 20)]),
        ("Among the dead were three aid workers.", [("killed", 3, 3)]),
        (
            "About 600 people marched, police said; organisers put the number at 2,000.",
            [("people", 600, 600), ("people", 2000, 2000)],
        ),
        ("A couple in their seventies were killed.", [("killed", 2, 2)]),
        ("Police shot dead two men.", [("killed", 2, 2)]),
        ("A guard shot dead a man.", [("killed", 1, 1)]),
        ("Three of the wounded died.", [("killed", 3, 3)]),
        (
            "The number of people killed has risen to 45, with 12 still missing.",
            [("killed", 45, 45), ("missing", 12, 12)],
        ),
        (
            "One person was killed and another seriously hurt.",
            [("killed", 1, 1), ("injured", 1, 1)],
        ),
        ("More than a dozen soldiers were taken prisoner.", [("captured", 12, None)]),
        ("Over half a million people marched.", [("people", 500_000, None)]),
        ("They want to kill a man.", []),
        ("One of them, a student, died.", [("killed", 1, 1)]),
        ("At least seven of the attackers were eliminated.", [("killed", 7, None)]),
        (
            "The death toll from an explosion in a market hall in the west of Orlia rose to 12.",
            [("killed", 12, 12)],
        ),
        ("She had given the number of dead as nine.", [("killed", 9, 9)]),
        ("At least 47 miners were brought in with burns.", [("injured", 47, None)]),
        ("Sixty others were taken to hospital.", [("injured", 60, 60)]),
        (
            "12 miners died and dozens were treated for burns.",
            [("killed", 12, 12), ("injured", 24, None)],
        ),
        ("The dead include six nurses.", [("killed", 6, 6)]),
        ("A toll of at least 12 was given.", [("killed", 12, None)]),
        ("The shelling killed 14 miners.", [("killed", 14, 14)]),
        ("None of the 40 passengers was hurt.", [("injured", 0, 0)]),
        ("Six of the 40 passengers were hurt.", [("injured", 6, 6)]),
        ("Two out of three shops were shut.", []),
        (
            "Five officers and seven marchers were hurt.",
            [("injured", 5, 5), ("injured", 7, 7)],
        ),
        (
            "Police said 14 miners had been arrested. The union said the number was over 50.",
            [("arrested", 14, 14), ("arrested", 50, None)],
        ),
        ("Ostral captured 17 soldiers.", [("captured", 17, 17)]),
        ("Shelling killed three and wounded 11 others.", [("killed", 3, 3), ("injured", 11, 11)]),
        (
            "The blast left three people dead and 11 wounded.",
            [("killed", 3, 3), ("injured", 11, 11)],
        ),
        ("The death toll rose to 45.", [("killed", 45, 45)]),
        ("No one was killed in the raid.", [("killed", 0, 0)]),
        ("The blast wounded nobody.", [("injured", 0, 0)]),
        ("There were no casualties.", [("casualties", 0, 0)]),
        ("No deaths were reported on the island.", [("killed", 0, 0)]),
        ("No one claimed the blast that killed six miners.", [("killed", 6, 6)]),
        ("There were no reports of casualties.", []),
        ("No doubt the bridge was closed.", []),
        ("No more than five miners died.", [("killed", None, 5)]),
        ("The clinic was one of 20 told to evacuate.", []),
        ("They put the number of wounded at nine.", [("injured", 9, 9)]),
        (
            "One civilian was killed and at least four were wounded.",
            [("killed", 1, 1), ("injured", 4, None)],
        ),
        ("Five members of one family were killed.", [("killed", 5, 5)]),
        ("About 2,300 conscripts had been killed or wounded.", [("casualties", 2300, 2300)]),
        ("Gunmen killed or wounded 60 soldiers.", [("casualties", 60, 60)]),
        ("The depot lies 30 miles from Tarn.", [("distance", 48.28032, 48.28032)]),
        ("Repairs cost $4.5 million.", [("dollars", 4_500_000, 4_500_000)]),
        ("Repairs cost 300 euros.", [("euros", 300, 300)]),
        ("About 60 percent of workers walked out.", [("percent", 60, 60)]),
        ("84 per cent of its members joined.", [("percent", 84, 84)]),
        ("41% of doctors were absent.", [("percent", 41, 41)]),
        ("It had counted fewer than half.", [("percent", None, 50)]),
        ("Two thirds of the drivers stayed at home.", [("percent", 66.7, 66.7)]),
        ("More than half of the miners walked out.", [("percent", 50, None)]),
        ("They left after half an hour.", []),
        ("Half a dozen people were hurt.", [("injured", 6, 6)]),
        (
            "Some 1,900 visits were called off. The true number was closer to 1,200.",
            [("visit", 1900, 1900), ("visit", 1200, 1200)],
        ),
        ("The party won 51 seats.", [("seats", 51, 51)]),
        ("100 or more complaints came in.", [("complaints", 100, None)]),
    ],
)
def test_measure_and_bounds(text: str, wanted: Brief) -> None:
    found = brief(text)
    assert [(m, pytest.approx(low), pytest.approx(high)) for m, low, high in found] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The council met on 5 May 2019 at 10:30 a.m.",
        "Captain Oru, 52, has a 19-year-old son.",
        "It is the second-largest city and the third in age.",
        "A T-72 and an Su-25 were on show.",
        "Resolution 1701 and Article 5 apply.",
        "Call 555-1234 for help.",
        "The two sides and the three ministers agreed.",
        "One of the guards spoke.",
        "The game ended 3-1.",
        "Talks lasted four hours.",
    ],
)
def test_counts_nothing(text: str) -> None:
    assert brief(text) == []


def test_part_is_inside_the_whole() -> None:
    whole, part = read("Clinics report 187 deaths since the fever broke out, including 42 nurses.")
    assert (whole.measure, part.measure) == ("killed", "killed")
    assert part.part_of == 0
    assert part.bearer == "nurses"
    assert whole.scope is Scope.CUMULATIVE


def test_part_before_the_predicate() -> None:
    whole, part = read("As many as 15 people, including four children, were killed.")
    assert (whole.measure, whole.low, whole.high) == ("killed", None, 15)
    assert (part.measure, part.low, part.part_of) == ("killed", 4, 0)


def test_part_in_the_next_sentence() -> None:
    whole, part = read("Nine farmers were killed on Friday. Two of them were brothers.")
    assert (whole.low, part.low, part.measure, part.part_of) == (9, 2, "killed", 0)


def test_others_are_what_was_counted_first() -> None:
    found = read("One shell injured six miners, and three others failed to go off.")
    assert [(q.measure, q.low) for q in found] == [("shells", 1), ("injured", 6), ("shells", 3)]


def test_bearer_says_whose() -> None:
    assert read("Twelve Ostrali soldiers were killed.")[0].bearer == "Ostrali soldiers"
    assert read("There were 21 civilian deaths.")[0].bearer == "civilian"
    assert read("Twelve people were killed.")[0].bearer is None
    share = read("Ostral said 16 of its gunners had been killed.")[0]
    assert (share.bearer, share.span.exact) == ("gunners", "16 of its gunners")


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Fourteen soldiers were killed.", Scope.EVENT),
        ("In the past 24 hours 14 soldiers were killed.", Scope.DAY),
        ("Fourteen soldiers have been killed since March.", Scope.CUMULATIVE),
        ("Fourteen soldiers have been killed so far.", Scope.CUMULATIVE),
        ("A total of 14 soldiers were killed.", Scope.CUMULATIVE),
    ],
)
def test_scope(text: str, scope: Scope) -> None:
    assert [q.scope for q in read(text)] == [scope]


def test_approximate() -> None:
    assert read("Some 40 people were hurt.")[0].approximate
    assert not read("At least 40 people were hurt.")[0].approximate


_WORDS = st.sampled_from(
    "5 12 1,200 3.5 three dozen hundreds of thousands at least between and to or killed wounded "
    "people soldiers others them including among - , . ( ) $ % million a the".split()
)


@settings(deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
def test_spans_hold_in_any_text(text: str) -> None:
    for index, quantity in enumerate(read(text)):
        assert quantity.span.holds_in(text)
        assert quantity.low is not None or quantity.high is not None
        assert quantity.part_of is None or quantity.part_of < index
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("Ten miners, three of them women, were killed.", [None, 0]),
        ("Ten miners died, among them six women and four boys.", [None, 0, 0]),
        ("At least 47 miners were hurt. One of them, a boy of 19, died later.", [None, 0]),
    ],
)
def test_parts_are_inside_the_whole(text: str, wholes: list[int | None]) -> None:
    assert [q.part_of for q in read(text)] == wholes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The morgue received the bodies of 12 people.", [("killed", 12, 12)]),
        (
            "It received the bodies of 12 people. Seven of them were children.",
            [("killed", 12, 12), ("killed", 7, 7)],
        ),
        ("The number of injured it knew of was 38.", [("injured", 38, 38)]),
        ("Vestia admitted the loss of one MiG-21.", [("aircraft", 1, 1)]),
        (
            "It had lost one Su-25 and two tanks.",
            [("aircraft", 1, 1), ("tanks", 2, 2)],
        ),
        ("Gunners downed 34 of 36 drones.", [("drones", 34, 34)]),
        ("The ministry raised the toll from 14 to 31.", [("killed", 31, 31)]),
        ("From 14 to 31 people were hurt.", [("injured", 14, 31)]),
        ("At least 11 people were feared trapped.", [("trapped", 11, None)]),
        ("Police put the crowd at 900.", [("people", 900, 900)]),
        (
            "One said 212 people were hurt; the other put the figure at 35.",
            [("injured", 212, 212), ("injured", 35, 35)],
        ),
    ],
)
def test_what_news_counts_in_passing(text: str, wanted: Brief) -> None:
    assert brief(text) == wanted


def test_some_of_the_dead_are_a_part_of_the_toll() -> None:
    toll, part = read("Nine people were killed in Pell. It was dark. Two of the dead are children.")
    assert (toll.part_of, part.low, part.part_of) == (None, 2, 0)
