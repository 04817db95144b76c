"""What an article itself says of the claims it reports: confirmed, or not verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from extraction import lexicon
from extraction.attribution.record import RawAttribution
from extraction.model import Span, Verification
from extraction.text.analysis import Sentence, Tag, TextAnalysis, Token

_FILE = "verification.toml"
# A note binds to a claim at most this many sentences back.
_REACH = 3


class VerificationNote(msgspec.Struct, frozen=True):
    """A note and the attribution it is about (an index of those handed in)."""

    span: Span
    attribution: int
    verification: Verification
    reasons: tuple[str, ...]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    table = lexicon.load("en", "verification")
    return {key: lexicon.words(table, key, _FILE) for key in table}


@cache
def _checking() -> frozenset[str]:
    return _words()["verbs"] | _words()["weak_verbs"]


def find_verifications(
    analysis: TextAnalysis, attributions: Sequence[RawAttribution]
) -> tuple[VerificationNote, ...]:
    """Notes in text order; each binds to the claim or claims right before it.

    A sentence that somebody is quoted for is no note: "The army said the report could not be
    verified" is the army's claim.
    """
    notes: list[VerificationNote] = []
    held = [(c.start, c.end) for a in attributions for c in a.contents]
    for sentence in analysis.sentences:
        tokens = analysis.sentence_tokens(sentence)
        remark = _remark(tokens)
        if remark is None:
            continue
        at, verdict, why = remark
        if any(s <= tokens[at].start < e for s, e in held):
            continue
        span = _span(analysis, sentence, tokens, at)
        for index in _bound(attributions, sentence, tokens[at].start, _plural(tokens)):
            notes.append(VerificationNote(span, index, verdict, (why, "follows the claim")))
    return tuple(notes)


def _remark(tokens: Sequence[Token]) -> tuple[int, Verification, str] | None:
    """Position of the deciding word, the verdict and why."""
    words = _words()
    adjectives, nouns = words["adjectives"], words["nouns"]
    for i, token in enumerate(tokens):
        if token.lower in adjectives:
            return i, Verification.UNVERIFIED, f"'{token.lower}'"
        if token.lemma in nouns and _near(tokens, i, words["independent"], 3):
            if _near(tokens, i, words["negations"], 6):
                return i, Verification.UNVERIFIED, f"'no … {token.lower}'"
        elif token.tag is Tag.VERB and token.lemma in _checking() and _names_claim(tokens, i):
            verdict = _verdict(tokens, i)
            if verdict is not None:
                return i, verdict, f"'{token.lower}'"
    return None


def _verdict(tokens: Sequence[Token], i: int) -> Verification | None:
    words = _words()
    lemma = tokens[i].lemma
    independently = _near(tokens, i, words["adverbs"], 4) or _ahead(tokens, i, words["adverbs"])
    if lemma not in words["verbs"] and not (lemma in words["weak_verbs"] and independently):
        return None
    if _near(tokens, i, words["negations"], 6) or tokens[0].lower in words["both"]:
        able = _near(tokens, i, words["modals"], 6)
        passive = tokens[max(0, i - 1)].lemma == "be" or _near(tokens, i, words["been"], 2)
        return Verification.UNVERIFIED if independently or able or passive else None
    if independently or lemma in words["checked"]:
        return Verification.CONFIRMED
    return None


def _near(tokens: Sequence[Token], i: int, wanted: frozenset[str], reach: int) -> bool:
    return any(t.lower in wanted for t in tokens[max(0, i - reach) : i])


def _ahead(tokens: Sequence[Token], i: int, wanted: frozenset[str]) -> bool:
    return any(t.lower in wanted for t in tokens[i + 1 : i + 6])


def _names_claim(tokens: Sequence[Token], at: int) -> bool:
    words = _words()
    for i in range(max(0, at - 14), min(len(tokens), at + 9)):
        if tokens[i].lemma in words["objects"] or tokens[i].lower in words["pronouns"]:
            return True
    return False


def _plural(tokens: Sequence[Token]) -> bool:
    words = _words()
    return any(t.lower in words["plural"] or t.lower in words["both"] for t in tokens)


def _bound(
    attributions: Sequence[RawAttribution], sentence: Sentence, at: int, plural: bool
) -> list[int]:
    """Indices of the claims that the remark at offset ``at`` is about."""
    outer = [(i, a) for i, a in enumerate(attributions) if a.nested_in is None]
    speaking = [  # "Unconfirmed reports said ..."
        i for i, a in outer if a.source is not None and a.source.start <= at < a.source.end
    ]
    if speaking:
        return speaking
    same = [
        i
        for i, a in outer
        if a.sentence == sentence.index
        and a.cue.end <= at
        and not a.cue.start <= at < a.cue.end
        and a.contents[0].start < at
    ]
    if same:
        return same[-1:]
    for back in range(1, _REACH + 1):
        before = [i for i, a in outer if a.sentence == sentence.index - back]
        if before:
            return before if plural else before[-1:]
    return []


def _span(analysis: TextAnalysis, sentence: Sentence, tokens: Sequence[Token], at: int) -> Span:
    """The sentence, or the clause of it that holds the remark."""
    start, end = sentence.start, sentence.end
    for i in range(at, 0, -1):
        if tokens[i].lower == "which" or (
            tokens[i - 1].lower == "," and tokens[i].lower in ("but", "although", "though", "and")
        ):
            start = tokens[i].start
            break
    return Span.cut(analysis.text, start, end)
