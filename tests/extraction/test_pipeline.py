"""From an article to its reading: what is attached to a claim, and what is nobody's claim."""

from __future__ import annotations

from datetime import datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.model import (
    Article,
    ArticleReading,
    Attribution,
    DateBasis,
    Decisions,
    Precision,
    Published,
    Reading,
    SpeechAct,
    Verification,
)
from extraction.pipeline import assemble, read_article
from tests.golden.scoring import article
from tests.growth import a_few_fast, growth


def reading(text: str, published: str = "2031-05-05") -> ArticleReading:
    return read_article(article("a.txt", text, published))


def test_entry_of_a_live_report_dates_what_is_said_in_it() -> None:
    read = reading(
        "Live: fire at the Tarsk mill\n5 May 2031\n\n18:05 GMT\nThe owners say the mill is lost."
        "\n\n19:22 GMT\nThe guild blames the owners.\n\nThe owners deny it."
    )
    lost, denied = claim_of(read, "the mill is lost").said, claim_of(read, "it").said
    assert lost is not None
    assert lost.earliest == datetime(2031, 5, 5, 18, 5)
    assert denied is not None
    assert denied.earliest == datetime(2031, 5, 5, 19, 22)


def claim_of(read: ArticleReading, words: str) -> Attribution:
    [found] = [
        a
        for a in read.attributions
        if any(words in c.exact for c in a.contents) and a.nested_in is None
    ]
    return found


def days(attribution: Attribution) -> tuple[str, str] | None:
    when = attribution.when
    return (f"{when.earliest:%m-%d}", f"{when.latest:%m-%d}") if when is not None else None


def test_a_second_day_began_the_day_before() -> None:
    read = reading("Velmora said Tashkari forces were shelling Orlen for a second day.")
    claim = claim_of(read, "shelling Orlen")
    assert days(claim) == ("05-04", "05-05")
    assert claim.when_span is not None
    assert claim.when_span.exact == "for a second day"


def test_part_of_day_is_of_the_day_that_the_sentence_names() -> None:
    read = reading(
        "On May 3, Velmora reported that, early in the morning, a drone had hit the port of Orlen."
    )
    claim = claim_of(read, "a drone")
    assert claim.when is not None
    assert claim.when.earliest >= datetime(2031, 5, 3)
    assert claim.when.latest < datetime(2031, 5, 3, 12)
    assert claim.when.precision is Precision.PART_OF_DAY


def test_a_time_with_the_cue_is_when_it_was_said() -> None:
    read = reading("The town of Orlen was shelled, spokesman Ilar Breck said on radio on May 2.")
    claim = claim_of(read, "shelled")
    assert claim.when is None
    assert claim.said is not None
    assert claim.said.earliest == datetime(2031, 5, 2)


def test_a_time_between_the_accused_and_the_deed_is_of_the_accusation() -> None:
    read = reading("Velmora accused Tashkari forces on Sunday of shelling the town of Orlen.")
    claim = claim_of(read, "shelling")
    assert claim.when is None
    assert claim.said is not None
    assert claim.said.earliest == datetime(2031, 5, 4)


def test_without_any_time_nothing_is_made_up() -> None:
    claim = claim_of(reading("Velmora said Tashkari forces had shelled Orlen."), "shelled")
    assert claim.when is None
    assert claim.said is not None
    assert "publication" in claim.said.basis


def test_without_a_publication_date_nothing_is_said_of_the_saying() -> None:
    dated = article("a.txt", "Velmora said Tashkari forces had shelled Orlen.", "2031-05-05")
    unknown = Published(None, None, Precision.DAY, DateBasis.NONE)
    read = read_article(
        Article(dated.key, dated.file, dated.mime, dated.text, dated.blocks, unknown)
    )
    assert [a.said for a in read.attributions] == [None]
    assert [a.when for a in read.attributions] == [None]


def test_a_demand_is_an_event_of_the_day_it_was_made() -> None:
    read = reading("On May 3, Velmora demanded that Tashkar withdraw from Orlen.")
    assert days(claim_of(read, "withdraw")) == ("05-03", "05-03")


def test_a_speech_dates_what_is_said_in_it() -> None:
    read = reading(
        "In a radio address late on May 2, Sten Hallory spoke of the harvest and the war. "
        "Hallory demanded that Tashkar withdraw from Orlen."
    )
    assert days(claim_of(read, "withdraw")) == ("05-02", "05-02")


def test_the_dead_of_an_attack_take_its_time() -> None:
    read = reading(
        "Velmora said that a drone had hit the market of Orlen on May 3.\n"
        "Doctors said the drone had injured nine people."
    )
    assert days(claim_of(read, "injured")) == ("05-03", "05-03")


def test_a_strike_on_another_town_does_not() -> None:
    read = reading(
        "Velmora said that drones had hit the city of Orlen on May 3.\n"
        "Velmora said drones had hit the city of Dusk Ford."
    )
    assert claim_of(read, "Dusk Ford").when is None


def test_verification_follows_the_claim() -> None:
    read = reading(
        "Velmora said its troops had captured a supply train. "
        "It was not possible to verify the claim."
    )
    claim = claim_of(read, "captured")
    assert claim.verification is Verification.UNVERIFIED
    assert claim.verification_span is not None


def test_the_outlets_own_sentences_are_nobodys_claims() -> None:
    text = (
        "Mortar rounds fell on the town of Orlen late on Saturday.\n"
        "The valley is rich in copper and its rivers run east."
    )
    read = reading(text)
    assert read.attributions == ()
    [narration] = read.narrations
    assert narration.places == ("Orlen",)
    assert narration.when is not None
    assert narration.when.earliest.day == 3
    assert narration.span.exact.startswith("Mortar rounds")


def test_every_claim_says_why() -> None:
    read = reading("Velmora accused Tashkari forces of shelling the town of Orlen on Sunday.")
    for attribution in read.attributions:
        assert attribution.reasons
        assert all(isinstance(reason, str) and reason for reason in attribution.reasons)


def test_the_same_article_gives_the_same_reading() -> None:
    text = "Velmora accused Tashkari forces of shelling Orlen. Tashkar denied the accusation."
    assert reading(text) == reading(text)
    assert assemble([reading(text)]) == assemble([reading(text)])


def test_a_reading_survives_the_dossier() -> None:
    whole = assemble([reading("Velmora said Tashkar shelled Orlen. Tashkar denied it.")])
    packed = msgspec.json.encode(whole)
    assert msgspec.json.decode(packed, type=Reading) == whole


def test_an_empty_dossier_is_empty() -> None:
    whole = assemble([])
    assert whole.claims == ()
    assert whole.events == ()
    assert whole.relations == ()


def test_a_rejected_claim_takes_no_part() -> None:
    read = reading("Velmora accused Tashkari forces of shelling Orlen. Tashkar denied the charge.")
    before = assemble([read])
    assert any(r.type.value == "denies" for r in before.relations)
    accused = next(c for c in before.claims if c.speech_act is SpeechAct.ALLEGES)
    after = assemble([read], Decisions(rejected=((read.article.key, accused.attribution.index),)))
    assert [c.id for c in after.claims] == [c.id for c in before.claims]
    kept = next(c for c in after.claims if c.id == accused.id)
    assert kept.event is None
    assert not any(accused.id in (r.source, r.target) for r in after.relations)
    assert not any(accused.id in e.claims for e in after.events)


def check(whole: Reading) -> None:
    """What must hold of every reading, whatever the text."""
    claims = {claim.id: claim for claim in whole.claims}
    events = {event.id: event for event in whole.events}
    assert sorted(claims) == list(range(1, len(claims) + 1))
    for claim in whole.claims:
        assert claim.event is None or claim.id in events[claim.event].claims
        assert claim.nested_in is None or claims[claim.nested_in].article == claim.article
    told = [c for event in whole.events for c in event.claims]
    assert len(told) == len(set(told))
    for event in whole.events:
        assert event.label
        assert event.claims or event.mentions
    pairs = [(r.source, r.target) for r in whole.relations]
    assert len(pairs) == len({frozenset(p) for p in pairs})
    for relation in whole.relations:
        assert relation.source != relation.target
        assert {relation.source, relation.target} <= set(claims)
        assert 0 < relation.score <= 1
        assert relation.reasons


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    read = reading(text)
    for attribution in read.attributions:
        for span in (attribution.cue, *attribution.contents):
            assert span.holds_in(text)
    check(assemble([read]))


PIECES = (
    "Velmora accused Tashkari forces of shelling Orlen on Sunday.",
    "Tashkar denied the accusation.",
    "Tashkar rejected Hallory's demand.",
    "Velmoran President Sten Hallory demanded that Tashkar withdraw from Orlen.",
    "“They hit the school,” he said.",
    "The Tashkari General Staff said two of its soldiers had been killed in Dusk Ford.",
    "Velmora said 14 soldiers had been killed there.",
    "It was not possible to verify the claim.",
    "Both sides said the other had fired first.",
    "The League of River States asked both armies for a truce.",
    "Velmora admitted that its guns had hit Dusk Ford.",
    "Fighting broke out on April 29.",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("\n".join), max_size=3))
def test_any_dossier_holds_together(texts: list[str]) -> None:
    check(assemble([reading(text) for text in dict.fromkeys(texts)]))


@pytest.mark.parametrize(
    "unit",
    a_few_fast(
        [
            "Velmora denied the accusation. Tashkar shelled Orlen, Velmora said. ",
            "shelling ",
            "killed said attack on the town of Orlen ",
            "Velmora said that ",
            "under fire from the ",
            "the army, the town, ",
        ],
        1,
    ),
)
def test_time_grows_with_the_length_of_a_hostile_line(unit: str) -> None:
    short, long = ((unit * (size // len(unit) + 1))[:size] for size in (6_000, 24_000))
    cost = growth(
        lambda: check(assemble([reading(short)])), lambda: check(assemble([reading(long)]))
    )
    assert cost < 12
