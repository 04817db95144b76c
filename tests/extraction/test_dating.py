"""When the content of a claim happened: its own time, not another one of the sentence."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from extraction.documents import make_document, read_document
from extraction.pipeline import read_article

WEDNESDAY = date(2021, 6, 16)


def when(sentence: str) -> list[str | None]:
    """The first day of each claim's time, ``None`` where it has none."""
    data = f"Shelling in Marn\n\n{sentence}".encode()
    reading = read_article(read_document(make_document(data, "marn.txt"), published=WEDNESDAY))
    return [
        str(claim.when.earliest.date()) if claim.when and claim.when.earliest else None
        for claim in reading.attributions
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ostral's army said the shelling of Marn was the worst attack since April 1983.",
        "Varen said troops shelled three villages, its first such claim since May.",
        "Police said the bridge, built in 1970, was destroyed by rockets.",
        "Officials said the plant, closed since March, was shelled.",
        "Ostral said that Varen, which it fought in 1998, had bombed the dam.",
        "The ministry said that Marn, where an accord was signed in 2011, had been shelled.",
        "The ministry said two soldiers were killed, up from none last year.",
        "The army said more people were killed than in 2019.",
        "A spokesman said the drone hit the depot two days after the vote on June 10.",
        "Varen's ministry said rebels had shelled the town for three days.",
        "The ministry said rebels fired rockets at a plant that opened in 2015.",
    ],
)
def test_a_time_of_something_else_is_not_taken(sentence: str) -> None:
    assert when(sentence) == [None]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The mayor said that a missile hit a school on Sunday.", "2021-06-13"),
        ("The mayor said rockets hit the school, killing five on Sunday.", "2021-06-13"),
        ("The army said it had lost 40 soldiers in the past 24 hours.", "2021-06-15"),
        ("On Sunday, the first day of school, rockets hit Marn, the mayor said.", "2021-06-13"),
        ("The mayor said that Marn, hit by rockets on Sunday, was quiet.", "2021-06-13"),
        ("Police confirmed that they had used gas a day earlier, after denying it.", "2021-06-15"),
        ("Ten people were killed on Monday when jets struck the town, Varen said.", "2021-06-14"),
        ("He said a film showed guards carrying sealed boxes away on Monday.", "2021-06-14"),
        ("The firm admitted that a test in 2019 had found cracks in a wheel.", "2019-01-01"),
        ("The company said five people were hurt when a boiler burst on June 12.", "2021-06-12"),
        ("Orr said the raid, which took place before dawn, killed ten.", "2021-06-16"),
        ("The army said on Monday that two boats had been sunk overnight.", "2021-06-13"),
        ("The army said that two boats had been sunk overnight.", "2021-06-15"),
    ],
)
def test_its_own_time_is_taken(sentence: str, day: str) -> None:
    assert day in when(sentence)


def test_before_dawn_is_over_when_dawn_begins() -> None:
    data = b"Shelling in Marn\n\nOrr said the raid, which took place before dawn, killed ten."
    reading = read_article(read_document(make_document(data, "marn.txt"), published=WEDNESDAY))
    (claim,) = reading.attributions
    assert claim.when is not None
    assert claim.when.earliest == datetime(2021, 6, 16)
    assert claim.when.latest < datetime(2021, 6, 16, 5)
