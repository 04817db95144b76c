"""What events are called: short, in an editor's words, never cut in the middle of a thing."""

from __future__ import annotations

import re

import pytest

from tests.extraction.test_events import DISPUTE, claim, dossier

# (what is told, words of the claim, label)
TABLE = [
    ("Velmora said Tashkari forces had shelled the town of Orlen.", "shelled", "Shelling of Orlen"),
    ("Velmora said Tashkari jets had bombed the port of Amsel.", "bombed", "Air strike on Amsel"),
    (
        "Velmora said 19 civilians had been killed in the town of Orlen.",
        "19 civilians",
        "19 civilians killed in Orlen",
    ),
    (
        "Velmora said at least 12 miners had been injured.",
        "12 miners",
        "At least 12 miners injured",
    ),
    ("Velmora put the number of dead at nine.", "dead at nine", "9 people killed"),
    ("Tashkar said it had wounded General Hallory.", "wounded", "Wounding of General Hallory"),
    (
        "Tashkar announced a ban on strikes in the province of Quell.",
        "ban on strikes",
        "Ban on strikes in Quell",
    ),
    (
        "The League of River States called for a full cease-fire.",
        "cease-fire",
        "Demand: cease-fire",
    ),
    (
        "Velmora demanded that Tashkar withdraw from the town of Kolm.",
        "withdraw",
        "Demand: withdraw from Kolm",
    ),
    (
        "Ilar Breck, an aide to Hallory, said he had ordered a halt to all patrols.",
        "a halt",
        "Halt to patrols",
    ),
    (
        "Velmora's coast guard said it had seen two lights on the ferry.",
        "two lights",
        "Velmora's coast guard: seen two lights on the ferry",
    ),
    (
        "Velmora's governor said it was too early to judge.",
        "too early",
        "Velmora's governor: it was too early to judge",
    ),
    (
        "Tashkar denied that it had seen nothing.",
        "seen nothing",
        "Denial by Tashkar: it had seen nothing",
    ),
    (
        "The League of River States said the ruling was a fault.",
        "a fault",
        "Ruling was a fault",
    ),
    (
        "Velmora said Tashkari forces had launched an air and artillery attack on the region.",
        "artillery attack",
        "Shelling",
    ),
    ('"There is no flaw in the lift," Hallory said.', "no flaw", "Fault in lift"),
]


@pytest.mark.parametrize(("told", "words", "label"), TABLE, ids=[row[2] for row in TABLE])
def test_label(told: str, words: str, label: str) -> None:
    reading = dossier(told)
    number = claim(reading, words).event
    assert next(e for e in reading.events if e.id == number).label == label


LAST = re.compile(r"\b(?:the|an?|of|to|and|in|on|that|its|was|had|been|from|for|with)(?:…|$)")


@pytest.mark.parametrize(
    "told",
    [
        "Velmora said that the bridge over the river had been mined by men who came at night.",
        "Hallory said: 'We know what they are up to, and we shall tell the world of it.'",
        'Hallory said the plan was "a cheap trick of those who have nothing to offer" to anyone.',
        "Velmora urged Tashkar to name the day on which its men would leave the hills.",
        "Hallory called it a lie.",
        "They said U was not the problem.",
    ],
)
def test_a_label_ends_on_a_word_that_says_something(told: str) -> None:
    for event in dossier(DISPUTE + told).events:
        assert not LAST.search(event.label), event.label
        assert event.label.count('"') % 2 == 0
        assert len(event.label) > 2
        assert event.label.lower() not in {"that", "it", "this"}


def test_a_label_goes_on_where_its_first_clause_says_too_little() -> None:
    reading = dossier(
        DISPUTE + '"So which is it? Yesterday they had no mines," said Ilo Brand, a baker.'
    )
    told = claim(reading, "So which")
    label = next(e.label for e in reading.events if e.id == told.event)
    assert label == "Ilo Brand: so which is it? Yesterday they…"
