"""What the words of a claim say of how it bears on an incident: cause, proof, tense."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import msgspec

from extraction import lexicon

_FILE = "incidents.toml"
_PAST_ENDING = 4  # letters from which on a word in -ed is a verb of the past
_POINTERS = (
    "the|this|that|those|these|such an|such a|its|sunday's|monday's|tuesday's|wednesday's"
    "|thursday's|friday's|saturday's|yesterday's"
)


class Bearing(msgspec.Struct, frozen=True):
    """``kinds`` are those of the lexicon; ``points`` says that it names what was told of."""

    kinds: frozenset[str] = frozenset()
    points: bool = False
    past: bool = False
    ahead: bool = False


NONE = Bearing()


_RUN = re.compile("[a-z]+")


def _table() -> Mapping[str, Any]:
    return lexicon.load("en", "incidents")


def _any_of(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)


def _marks(phrases: Iterable[str]) -> frozenset[str]:
    """The longest run of letters of each phrase: where none stands, no phrase does."""
    return frozenset(max(_RUN.findall(phrase), key=len) for phrase in phrases)


@cache
def _kinds() -> tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]:
    return tuple(
        (kind, _marks(words), re.compile(rf"(?<![\w'-])(?:{_any_of(words)})(?![\w-])"))
        for kind, words in _table()["kinds"].items()
    )


@cache
def _pointing() -> tuple[frozenset[str], re.Pattern[str]]:
    table = _table()["pointing"]
    words = lexicon.words(table, "words", _FILE)
    nouns, phrases = _any_of(words), _any_of(table["phrases"])
    pattern = re.compile(rf"\b(?:(?:{_POINTERS})\s+(?:[\w-]+\s+)?(?:{nouns})|{phrases})\b")
    return _marks([*words, *table["phrases"]]), pattern


@cache
def _past() -> frozenset[str]:
    irregular = lexicon.load("en", "irregular")["verbs"]
    forms = {
        form
        for line in irregular.replace("\n", "|").split("|")
        if len(parts := line.split()) > 1 and parts[1] != parts[0]
        for form in parts[1].split("/")
    }
    return lexicon.words(_table()["tense"], "past", _FILE) | forms


@cache
def _ahead() -> tuple[frozenset[str], re.Pattern[str]]:
    table = _table()["tense"]
    phrases = re.compile(rf"\b(?:{_any_of(table['ahead_phrases'])})\b")
    return lexicon.words(table, "ahead", _FILE), phrases


@lru_cache(maxsize=20_000)
def bearing_of(content: str) -> Bearing:
    """How a content bears on what its article is about. Linear in its length."""
    text = content.lower().replace("’", "'")
    words = re.findall(r"[a-z][a-z'-]*", text)
    known = _past()
    past = any(w in known or (w.endswith("ed") and len(w) > _PAST_ENDING) for w in words)
    modal, phrases = _ahead()
    ahead = any(w in modal for w in words) or phrases.search(text) is not None
    runs = frozenset(_RUN.findall(text))
    kinds = frozenset(
        kind
        for kind, marks, pattern in _kinds()
        if not marks.isdisjoint(runs) and pattern.search(text)
    )
    marks, pointing = _pointing()
    points = not marks.isdisjoint(runs) and pointing.search(text) is not None
    return Bearing(kinds, points, past, ahead)


@cache
def incidents() -> frozenset[str]:
    """Groups of events that an article can be about as one incident."""
    return lexicon.words(_table()["groups"], "incident", _FILE)


@cache
def causal() -> frozenset[str]:
    """Groups of what is said to have brought an incident about."""
    return lexicon.words(_table()["groups"], "causal", _FILE)


def akin(one: str, other: str) -> bool:
    """Whether one fight or one accident can be told of by two groups of events."""
    return any({one, other} <= kin for kin in _kin())


@cache
def _kin() -> tuple[frozenset[str], ...]:
    table = _table()["groups"]
    return tuple(lexicon.words(table, name, _FILE) for name in ("violence", "mishap"))
