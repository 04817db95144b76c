"""Word lists that the tagger's context rules look at."""

from __future__ import annotations

from functools import cache

import msgspec

from extraction import lexicon

BEFORE_NOUN = frozenset({"own", "very", "other", "latter", "earlier", "later", "then"})
"""Adverbs that are adjectives before a noun."""


class Rules(msgspec.Struct, frozen=True):
    """``helping`` maps the forms of be, have and do to these."""

    helping: dict[str, str]
    modal: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    get: frozenset[str]
    singular_subjects: frozenset[str]
    causatives: frozenset[str]
    not_names: frozenset[str]
    always_verbs: frozenset[str]
    rarely_verbs: frozenset[str]
    stay_past: frozenset[str]
    ing_nouns: frozenset[str]
    cue_verbs: frozenset[str]
    adjectives_to: frozenset[str]
    subjects_alone: frozenset[str]
    adverbs_after_have: frozenset[str]
    before_verbs: frozenset[str]
    by_means: frozenset[str]
    bodies: frozenset[str]
    papers: frozenset[str]
    issuing: frozenset[str]
    told_to: frozenset[str]
    speaking: frozenset[str]


def _with_frame(frame: str) -> frozenset[str]:
    """Cue verbs that take the frame."""
    entries = lexicon.load("en", "cues").get("verb", {})
    return frozenset(verb for verb, entry in entries.items() if frame in entry.partition(";")[0])


@cache
def rules() -> Rules:
    closed, own = lexicon.load("en", "closed_class"), lexicon.load("en", "tagger")

    cues = lexicon.load("en", "cues")["words"]

    def of(table: object, key: str) -> frozenset[str]:
        return lexicon.words(table, key, "closed_class.toml")  # type: ignore[arg-type]

    helping = {word: kind for kind in ("do", "have", "be") for word in of(closed, kind.upper())}
    return Rules(
        helping=helping,
        modal=of(closed, "MODAL"),
        be=of(closed, "BE"),
        have=of(closed, "HAVE"),
        do=of(closed, "DO"),
        get=of(closed, "GET"),
        singular_subjects=lexicon.words(own, "singular_subjects", "tagger.toml"),
        causatives=lexicon.words(own, "causatives", "tagger.toml"),
        not_names=lexicon.words(own, "not_names", "tagger.toml"),
        always_verbs=lexicon.words(own, "always_verbs", "tagger.toml"),
        rarely_verbs=lexicon.words(own, "rarely_verbs", "tagger.toml"),
        cue_verbs=frozenset(lexicon.load("en", "cues").get("verb", {})),
        adjectives_to=lexicon.words(own, "adjectives_to", "tagger.toml"),
        ing_nouns=lexicon.words(own, "ing_nouns", "tagger.toml"),
        stay_past=lexicon.words(own, "stay_past", "tagger.toml"),
        adverbs_after_have=lexicon.words(own, "adverbs_after_have", "tagger.toml"),
        by_means=lexicon.words(own, "by_means", "tagger.toml"),
        bodies=lexicon.words(own, "bodies", "tagger.toml"),
        papers=lexicon.words(cues, "papers", "cues.toml")
        | lexicon.words(cues, "occasions", "cues.toml"),
        issuing=lexicon.words(cues, "issuing", "cues.toml"),
        before_verbs=lexicon.words(own, "before_verbs", "tagger.toml"),
        told_to=_with_frame("n"),
        speaking=_with_frame("t"),
        subjects_alone=lexicon.words(own, "subjects_alone", "tagger.toml"),
    )
