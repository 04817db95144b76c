from __future__ import annotations

import pytest

from extraction import lexicon
from extraction.attribution import cues
from extraction.lexicon import LexiconError


def test_a_missing_lexicon_is_named() -> None:
    with pytest.raises(LexiconError, match=r"lexicon/en/no-such-thing\.toml"):
        lexicon.load("en", "no-such-thing")


def test_bad_toml_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.text", lambda path: "a = [")
    with pytest.raises(LexiconError, match=r"lexicon/xx/broken\.toml"):
        lexicon.load("xx", "broken")


def test_word_lists_may_be_strings_or_lists() -> None:
    table = {"a": "one two", "b": ["of course"], "c": 3}
    assert lexicon.words(table, "a", "f.toml") == {"one", "two"}
    assert lexicon.words(table, "b", "f.toml") == {"of course"}
    with pytest.raises(LexiconError, match=r"f\.toml.*'c'"):
        lexicon.words(table, "c", "f.toml")
    with pytest.raises(LexiconError, match=r"f\.toml.*'d'"):
        lexicon.words(table, "d", "f.toml")


def test_every_cue_entry_is_sound() -> None:
    assert len(cues.verbs()) > 150
    assert cues.verbs()["accuse"].target
    assert cues.nouns()["claim"].frames
    assert cues.adjectives()["willing"].frames


@pytest.mark.parametrize("entry", ["qtz; asserts", "q", "q; mumbles", "q; asserts; colour=red"])
def test_a_bad_cue_entry_is_named(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "load", lambda language, name: {"verb": {"warble": entry}})
    cues.verbs.cache_clear()
    try:
        with pytest.raises(LexiconError, match="warble"):
            cues.verbs()
    finally:
        cues.verbs.cache_clear()
