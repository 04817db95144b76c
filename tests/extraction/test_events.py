"""Which tellings are of one event, and what it is called."""

from __future__ import annotations

import pytest

from extraction.model import Claim, Event, EventType, Reading
from extraction.pipeline import assemble, read_article
from tests.golden.scoring import article

DISPUTE = "Velmora accused Tashkari forces of shelling its towns. Tashkar denied the accusation.\n"


def dossier(*texts: str, published: str = "2031-05-05") -> Reading:
    return assemble(
        [read_article(article(f"{n}.txt", text, published)) for n, text in enumerate(texts)]
    )


def claim(reading: Reading, words: str, number: int = 0) -> Claim:
    found = [
        c
        for c in reading.claims
        if any(words in s.exact for s in c.attribution.contents) and c.nested_in is None
    ]
    return found[number]


def event(reading: Reading, words: str, number: int = 0) -> Event:
    wanted = claim(reading, words, number).event
    return next(e for e in reading.events if e.id == wanted)


def test_two_sources_on_one_strike_tell_of_one_event() -> None:
    reading = dossier(
        "Velmora said Tashkari forces had shelled the town of Orlen on May 3.",
        "Officials in Orlen said the town of Orlen was bombarded on May 3.",
    )
    assert event(reading, "shelled").id == event(reading, "bombarded").id


def test_two_strikes_on_two_days_stay_two() -> None:
    reading = dossier(
        "Velmora said Tashkari forces had shelled the town of Orlen on May 3.",
        "Velmora said Tashkari forces had shelled the town of Orlen on May 4.",
    )
    assert event(reading, "May 3").id != event(reading, "May 4").id


def test_a_vague_telling_does_not_tie_two_days_together() -> None:
    reading = dossier(
        "Velmora said Tashkari forces had shelled the town of Orlen on May 3.",
        "Velmora said Tashkari forces had shelled the town of Orlen on May 4.",
        "Velmora said Tashkari forces were shelling the town of Orlen for a third day.",
    )
    assert event(reading, "May 3").id != event(reading, "May 4").id


def test_strikes_on_two_towns_stay_two() -> None:
    reading = dossier(
        "Velmora said Tashkari forces had shelled the town of Orlen on May 3. "
        "Velmora said Tashkari forces had shelled the town of Kolm on May 3."
    )
    assert event(reading, "Orlen").id != event(reading, "Kolm").id


def test_towns_that_no_word_calls_so_are_towns_where_they_are_shelled() -> None:
    reading = dossier(
        DISPUTE + "Velmora's Defence Ministry said Tashkari forces shelled Lumen on 1 May.\n"
        "Tashkar's Defence Ministry denied shelling Lumen on 1 May.\n"
        "Velmora's Foreign Ministry said Tashkari forces shelled Adda on 1 May, killing two people."
        "\nThe River Monitor said that three people were wounded in Adda on 1 May.\n"
        "Velmora's president said Tashkari forces shelled Pell on 1 May."
    )
    first, second, third = (event(reading, f"shelled {town}") for town in ("Lumen", "Adda", "Pell"))
    assert len({first.id, second.id, third.id}) == 3
    assert event(reading, "shelling Lumen").id == first.id
    assert event(reading, "wounded in Adda").id == second.id
    assert first.label == "Shelling of Lumen"


def test_accusations_that_mirror_each_other_are_two_events() -> None:
    reading = dossier(
        "Velmora accused Tashkari forces of shelling the town of Orlen on May 3. "
        "Tashkar accused Velmoran forces of shelling the town of Kolm on May 3."
    )
    assert event(reading, "Orlen").id != event(reading, "Kolm").id


def test_a_denial_stands_with_what_it_denies() -> None:
    reading = dossier(
        "Velmora accused Tashkari forces of shelling the town of Orlen on May 3. "
        "Tashkar denied shelling Orlen."
    )
    assert event(reading, "town of Orlen").id == event(reading, "shelling Orlen").id


def test_a_rejection_stands_with_the_demand() -> None:
    reading = dossier(
        DISPUTE + "Velmora demanded that Tashkar withdraw from the town of Kolm.\n"
        "Tashkar rejected the demand."
    )
    assert event(reading, "withdraw").id == event(reading, "the demand").id


def test_the_narrator_is_a_mention_and_no_claim() -> None:
    reading = dossier(
        "Mortar rounds fell on the town of Orlen on May 3.\n"
        "Velmora said Tashkari forces had shelled the town of Orlen on May 3."
    )
    shelled = event(reading, "shelled")
    assert len(shelled.mentions) == 1
    assert shelled.claims == (claim(reading, "shelled").id,)


def test_spellings_of_a_place_are_one_place() -> None:
    reading = dossier(
        "Velmora said Tashkari forces had shelled the city of Gyanja on May 3.",
        "Officials said the city of Ganca was shelled on May 3.",
    )
    assert event(reading, "Gyanja").id == event(reading, "Ganca").id


@pytest.mark.parametrize(
    ("text", "words", "label", "kind"),
    [
        (
            "Velmora said Tashkari forces had shelled the town of Orlen.",
            "shelled",
            "Shelling of Orlen",
            EventType.ASSAULT,
        ),
        (
            "Velmora said three missiles had hit the city of Orlen.",
            "missiles",
            "Missile attack on Orlen",
            EventType.ASSAULT,
        ),
        (
            "Velmora demanded that Tashkar withdraw from the town of Kolm.",
            "withdraw",
            "Demand: withdraw from Kolm",
            EventType.REQUEST,
        ),
        (
            "The League of River States called for a full cease-fire.",
            "cease-fire",
            "Demand: cease-fire",
            EventType.REQUEST,
        ),
    ],
)
def test_label(text: str, words: str, label: str, kind: EventType) -> None:
    found = event(dossier(text), words)
    assert (found.label, found.type) == (label, kind)


def test_events_are_in_time_order_with_the_undated_last() -> None:
    reading = dossier(
        "Velmora said Tashkari forces had shelled the town of Orlen on May 4. "
        "Velmora said Tashkari forces had shelled the town of Kolm on May 2. "
        "Velmora said Tashkari forces had shelled the town of Brell."
    )
    whens = [e.when.earliest if e.when is not None else None for e in reading.events]
    dated = [when for when in whens if when is not None]
    assert dated == sorted(dated)
    assert whens[: len(dated)] == dated


def test_an_article_more_leaves_the_other_events_alone() -> None:
    texts = [
        "Velmora said Tashkari forces had shelled the town of Orlen on May 3.",
        "Officials said the town of Orlen was bombarded on May 3. Tashkar denied shelling Orlen.",
    ]
    before = dossier(*texts)
    after = dossier(*texts, "Velmora said Tashkari forces had shelled the town of Kolm on May 1.")

    def groups(reading: Reading) -> set[frozenset[tuple[str, int]]]:
        of = {c.id: (c.article, c.attribution.index) for c in reading.claims}
        return {frozenset(of[c] for c in e.claims) for e in reading.events}

    assert groups(before) <= groups(after)


def test_the_order_of_articles_does_not_matter() -> None:
    texts = [
        "Velmora said Tashkari forces had shelled the town of Orlen on May 3.",
        "Officials said the town of Orlen was bombarded on May 3. Tashkar denied shelling Orlen.",
        "Velmora said Tashkari forces had shelled the town of Kolm on May 1.",
    ]
    one, other = dossier(*texts), dossier(*reversed(texts))
    assert [e.label for e in one.events] == [e.label for e in other.events]
    assert {(r.type, r.score) for r in one.relations} == {
        (r.type, r.score) for r in other.relations
    }
