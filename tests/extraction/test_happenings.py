"""Predicates: what kind, who, to whom, where, and whether at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.happenings import family
from extraction.model import ArticleReading, EventType, Happening
from extraction.pipeline import read_article
from tests.golden.scoring import article

SAID = "Velmora's Defense Ministry said "


def reading(text: str) -> ArticleReading:
    return read_article(article("a.txt", text, "2031-05-05"))


def happenings(text: str) -> list[Happening]:
    read = reading(text)
    return [h for a in read.attributions for h in a.happenings]


def names(text: str, happening: Happening) -> tuple[str | None, str | None]:
    entities = reading(text).entities
    return (
        entities[happening.agent].name if happening.agent is not None else None,
        entities[happening.patient].name if happening.patient is not None else None,
    )


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        ("Tashkari forces had shelled the town of Orlen.", "shelling", EventType.ASSAULT),
        ("cruise missiles had targeted a depot in Orlen.", "missiles", EventType.ASSAULT),
        ("a rocket had reached the harbour of Orlen.", "missiles", EventType.ASSAULT),
        ("Tashkari forces fired mortars at Orlen.", "shelling", EventType.ASSAULT),
        ("the attack on Orlen went on.", "attack", EventType.ASSAULT),
        ("Orlen had come under artillery fire.", "shelling", EventType.ASSAULT),
        ("rebels had taken control of a river port.", "capture", EventType.ASSAULT),
        ("police arrested six people.", "arrest", EventType.COERCE),
        ("police had fired tear gas at marchers.", "crowd-control", EventType.COERCE),
        ("Tashkar stuffed ballot boxes in Orlen.", "fraud", EventType.COERCE),
        ("Tashkar withdrew its troops from Orlen.", "withdraw", EventType.RETREAT),
        ("Tashkar recalled its ambassador.", "recall-envoy", EventType.SANCTION),
        ("the thermostat overheats.", "fault", EventType.ACCUSE),
    ],
)
def test_kind(content: str, name: str, kind: EventType) -> None:
    found = happenings(SAID + "that " + content)
    assert (name, kind) in [(h.family, h.type) for h in found]


def test_strike_goes_by_the_words_around_it() -> None:
    labour = "The union said workers at the plant had joined the strike for better wages."
    war = "The army said soldiers were hurt in the strike by enemy warplanes and artillery."
    assert "walkout" in {h.family for h in happenings(labour)}
    assert "walkout" not in {h.family for h in happenings(war)}


def test_active_and_passive_give_the_same_roles() -> None:
    active = SAID + "that Tashkari forces had attacked Brell's convoy in Orlen."
    passive = SAID + "that Brell's convoy had been attacked in Orlen by Tashkari forces."
    one = next(h for h in happenings(active) if h.family == "attack")
    other = next(h for h in happenings(passive) if h.family == "attack")
    assert names(active, one)[0] == names(passive, other)[0] == "Tashkari forces"
    assert one.target == other.target


def test_the_accused_did_it_where_the_content_does_not_say() -> None:
    text = "Velmora accused Tashkari forces of shelling the town of Orlen."
    [happening] = [h for h in happenings(text) if h.family == "shelling"]
    assert names(text, happening)[0] == "Tashkari forces"
    assert happening.places == ("Orlen",)


def test_the_speaker_did_what_he_denies_having_done() -> None:
    text = "Tashkar denied shelling Orlen."
    [happening] = [h for h in happenings(text) if h.family == "shelling"]
    assert names(text, happening)[0] == "Tashkar"


def test_origin_is_no_place_of_the_event() -> None:
    text = SAID + "that rockets were launched from Kolm at the city of Orlen."
    [happening] = [h for h in happenings(text) if h.family == "missiles"]
    assert happening.places == ("Orlen",)


def test_a_place_of_another_event_is_left_to_that_one() -> None:
    text = SAID + "that its guards had beaten Harl Oddin to avenge the raid on the town of Orlen."
    beaten = next(h for h in happenings(text) if h.lemma == "beat")
    raid = next(h for h in happenings(text) if h.lemma == "raid")
    assert beaten.places == ()
    assert raid.places == ("Orlen",)


@pytest.mark.parametrize(
    ("content", "negated"),
    [
        ("its forces had not shelled Orlen.", True),
        ("no shells were fired on Orlen.", True),
        ("not a single round was fired from its boats.", True),
        ("there was no attack on Orlen.", True),
        ("its forces never attacked Orlen.", True),
        ("its forces had shelled Orlen.", False),
        ("nobody slept, and Tashkar shelled Orlen.", False),
    ],
)
def test_negation(content: str, negated: bool) -> None:
    found = [h for h in happenings(SAID + "that " + content) if h.type is EventType.ASSAULT]
    assert [h.negated for h in found] == [negated]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Velmora demanded that Tashkar withdraw from Orlen.", "wanted"),
        (SAID + "that Tashkar could attack Orlen.", "feared"),
        (SAID + "that its troops would attack Orlen.", "planned"),
        (SAID + "that Tashkar attacked Orlen.", "actual"),
        ("The League called for a truce on the river.", "wanted"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert [h.modality for h in happenings(text)] == [modality]


def test_every_family_of_the_lexicon_can_be_looked_up() -> None:
    assert family("shelling") is not None
    assert family("no such family") is None


WORDS = (
    "Velmora", "Tashkar", "said", "denied", "shelling", "the", "town", "of", "Orlen", "that",
    "missiles", "were", "fired", "on", "Sunday", "not", "accused", '"', ",", ".", "attack", "by",
    "for", "a", "second", "day", "killed", "12", "under", "fire", "and", "withdraw", "from", "\n",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_order_of_words_gives_spans_that_hold(text: str) -> None:
    read = reading(text)
    for attribution in read.attributions:
        for happening in attribution.happenings:
            assert happening.trigger.holds_in(text)
            assert any(c.contains(happening.trigger) for c in attribution.contents)
    for narration in read.narrations:
        assert narration.span.holds_in(text)
        assert all(h.trigger.holds_in(text) for h in narration.happenings)
