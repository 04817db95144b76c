"""The words by which a claim bears on what its article is about."""

from __future__ import annotations

from extraction import lexicon
from extraction.events.bearing import bearing_of


def test_every_phrase_of_the_lexicon_tells_its_kind() -> None:
    for kind, phrases in lexicon.load("en", "incidents")["kinds"].items():
        for phrase in phrases:
            assert kind in bearing_of(f"They had, {phrase}: nothing else.").kinds, (kind, phrase)


def test_every_pointing_noun_points() -> None:
    table = lexicon.load("en", "incidents")["pointing"]
    for noun in lexicon.words(table, "words", "incidents.toml"):
        assert bearing_of(f"Nobody saw the late {noun}.").points, noun
    for phrase in table["phrases"]:
        assert bearing_of(f"Nobody saw {phrase}.").points, phrase


def test_a_word_inside_another_tells_nothing() -> None:
    assert not bearing_of("The recaused videodisc was unblamed.").kinds
