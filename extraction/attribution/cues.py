"""The cue lexicon, typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace

from extraction import lexicon
from extraction.model import SpeechAct

_FILE = "cues.toml"
_FRAMES = frozenset("qptcwoiganbs")


class Cue(msgspec.Struct, frozen=True):
    """A word that can be a cue, with its frames as ``cues.toml`` explains them."""

    lemma: str
    frames: frozenset[str]
    act: SpeechAct
    preps: frozenset[str]
    not_before: frozenset[str]
    forms: frozenset[str]
    object_class: str
    target: bool
    weak: bool
    prep_act: SpeechAct | None = None
    evidence: bool = False
    after: frozenset[str] = frozenset()
    faulted: bool = False
    unless: str = ""
    prep_object: str = ""
    subject_class: str = ""
    negated: bool = False


class Words(msgspec.Struct, frozen=True):
    """Word lists that the frames look for."""

    wh: frozenset[str]
    adverbs: frozenset[str]
    occasions: frozenset[str]
    addressees: frozenset[str]
    introductory: frozenset[str]
    not_a_source: frozenset[str]
    timed: frozenset[str]  # in the plural, too
    support_verbs: frozenset[str]
    speech_nouns: frozenset[str]
    classes: Mapping[str, frozenset[str]]
    light_verbs: frozenset[str]
    evidence: frozenset[str]
    bundles: frozenset[str]
    papers: frozenset[str]
    labels: frozenset[str]
    teasers: frozenset[str]
    verdicts: frozenset[str]
    naming: frozenset[str]
    remarks: frozenset[str]
    issuing: frozenset[str]
    adverbials: frozenset[str]
    trading: frozenset[str]
    topics: frozenset[str]
    mending: frozenset[str]
    answered: frozenset[str]
    outlets: frozenset[str]
    manners: frozenset[str]
    facts: frozenset[str]
    subordinators: frozenset[str]


def _cue(lemma: str, value: str) -> Cue:
    parts = [part.strip() for part in value.split(";")]
    if len(parts) < 2 or not set(parts[0]) <= _FRAMES:
        raise lexicon.LexiconError(f"{_FILE}: '{lemma}' needs frames and an act")
    options: dict[str, str] = {}
    for part in parts[2:]:
        key, _, text = part.partition("=")
        options[key] = text
    unknown = set(options) - {
        "prep",
        "not",
        "form",
        "object",
        "target",
        "weak",
        "prep_act",
        "evidence",
        "after",
        "faulted",
        "unless",
        "prep_object",
        "subject",
        "negated",
    }
    if unknown:
        raise lexicon.LexiconError(f"{_FILE}: '{lemma}' has unknown options {sorted(unknown)}")
    try:
        act = SpeechAct(parts[1])
        prep_act = SpeechAct(options["prep_act"]) if "prep_act" in options else None
    except ValueError as error:
        raise lexicon.LexiconError(f"{_FILE}: '{lemma}': {error}") from error
    return Cue(
        lemma=lemma,
        frames=frozenset(parts[0]),
        act=act,
        preps=frozenset(filter(None, options.get("prep", "").split(","))),
        not_before=frozenset(filter(None, options.get("not", "").split(","))),
        forms=frozenset(filter(None, options.get("form", "").split("/"))),
        object_class=options.get("object", ""),
        target="target" in options,
        weak="weak" in options,
        prep_act=prep_act,
        evidence="evidence" in options,
        faulted="faulted" in options,
        unless=options.get("unless", ""),
        prep_object=options.get("prep_object", ""),
        subject_class=options.get("subject", ""),
        negated="negated" in options,
        after=frozenset(filter(None, options.get("after", "").split(","))),
    )


def _table(section: str) -> Mapping[str, Cue]:
    entries: Mapping[str, Any] = lexicon.load("en", "cues").get(section, {})
    return {lemma: _cue(lemma, value) for lemma, value in entries.items()}


@cache
def verbs() -> Mapping[str, Cue]:
    """Verb cues by lemma, idioms by all their words. Raises ``LexiconError`` on a bad entry."""
    return {**_table("verb"), **idioms()}


@cache
def idioms() -> Mapping[str, Cue]:
    """Cues of a verb and other words, as ``[idiom]`` of ``cues.toml`` writes them."""
    found: dict[str, Cue] = {}
    for key, cue in _table("idiom").items():
        verb, *rest = key.split()
        for first in verb.split("/"):
            lemma = " ".join([first, *rest])
            found[lemma] = replace(cue, lemma=lemma)
    return found


@cache
def nouns() -> Mapping[str, Cue]:
    return _table("noun")


@cache
def adjectives() -> Mapping[str, Cue]:
    return _table("adjective")


@cache
def words() -> Words:
    table = lexicon.load("en", "cues")
    own = table["words"]

    def of(key: str) -> frozenset[str]:
        return lexicon.words(own, key, _FILE)

    times = lexicon.words(table["time"], "words", _FILE)
    return Words(
        wh=of("wh"),
        adverbs=of("adverbs"),
        occasions=of("occasions"),
        addressees=of("addressees"),
        introductory=of("introductory"),
        light_verbs=of("light_verbs"),
        bundles=of("bundles"),
        papers=of("papers"),
        labels=of("labels"),
        teasers=of("teasers"),
        verdicts=of("verdicts"),
        naming=of("naming"),
        remarks=of("remarks"),
        issuing=of("issuing"),
        adverbials=of("adverbials"),
        trading=of("trading"),
        topics=of("topics"),
        mending=of("mending"),
        answered=of("answered"),
        outlets=of("outlets"),
        manners=of("manners"),
        facts=of("facts"),
        subordinators=of("subordinators"),
        not_a_source=of("not_a_source"),
        timed=times | {f"{time}s" for time in times},
        support_verbs=lexicon.words(table["support"], "verbs", _FILE),
        evidence=lexicon.words(table["nouns"], "evidence", _FILE),
        classes={key: lexicon.words(table["nouns"], key, _FILE) for key in table["nouns"]},
        speech_nouns=lexicon.words(table["nouns"], "speech", _FILE),
    )
