"""A shallow parse of one sentence: noun phrases, verb groups and the marks between them.

After Abney's chunking ("Parsing by chunks", 1991): no tree, only the pieces that a predicate's
subject and object can be looked for in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from msgspec import structs

from extraction.constants import Constant
from extraction.text.analysis import Tag, Token
from extraction.text.vocabulary import word


class Kind(Constant, lower=True):
    NOUNS: ClassVar[Kind]
    VERBS: ClassVar[Kind]
    PREPOSITION: ClassVar[Kind]
    AND: ClassVar[Kind]
    THAT: ClassVar[Kind]  # opens a clause: that, because, while
    WHO: ClassVar[Kind]  # opens a relative clause
    MARK: ClassVar[Kind]
    OTHER: ClassVar[Kind]


class Chunk(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``[first, last)`` of the sentence; ``head`` is the noun or verb that counts.

    For verb groups: ``passive`` ("was hit", a bare participle), ``negated``, ``infinitive``
    ("to hit"), ``ing`` (a bare -ing form), ``helper`` the lemma of the first auxiliary.
    """

    kind: Kind
    first: int
    last: int
    head: int
    word: str = ""
    passive: bool = False
    negated: bool = False
    infinitive: bool = False
    ing: bool = False
    helper: str = ""


_NOMINAL = frozenset({Tag.NOUN, Tag.PROPN, Tag.NUM, Tag.ADJ, Tag.DET})
_OPENS_NOUNS = _NOMINAL | {Tag.PRON}
_OPENS_VERBS = frozenset({Tag.VERB, Tag.AUX, Tag.ADV})
_DOUBTED = frozenset({Tag.VERB, Tag.NOUN, Tag.SCONJ})  # what a look at the neighbours may change
_SMALL = {Tag.ADP: Kind.PREPOSITION, Tag.CCONJ: Kind.AND, Tag.SCONJ: Kind.THAT}
_HEADS = frozenset({Tag.NOUN, Tag.PROPN, Tag.NUM, Tag.PRON})
_RELATIVE = frozenset({"who", "which", "whom", "whose"})
_NEGATIVE = frozenset({"not", "n't", "n’t", "never", "no"})
_QUOTES = frozenset('"“”‘’«»')
_BEFORE_BARE = frozenset({"let", "make", "help", "see", "watch", "hear", "dare", "go", "come"})
_WITHIN_NOUNS = frozenset({Tag.DET, Tag.ADJ, Tag.NUM, Tag.NOUN, Tag.PROPN, Tag.PART})
_OBJECTS = frozenset({Tag.DET, Tag.PROPN, Tag.NUM, Tag.PRON})
_OF_TIME = frozenset({"before", "after", "since", "until", "till"})
_DESCRIBING = frozenset({"striking", "warring", "protesting"})  # "at striking miners"
_JOINED = 8  # chunks over which "had" serves a second verb
_TO_BE = frozenset({"be", "get"})


def _ends_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Whether a determiner or pronoun at ``at`` begins a phrase of its own."""
    return tokens[at].tag is Tag.DET


def _goes_on(tokens: Sequence[Token], at: int, start: int, head: int) -> bool:
    """Whether a word that is no noun stands inside the noun phrase from ``start``."""
    token = tokens[at]
    after = tokens[at + 1].tag if at + 1 < len(tokens) else None
    if token.tag is Tag.PART:
        return token.lower in ("'s", "’s", "'", "’") and head >= 0
    if token.tag is Tag.ADV:
        return after is Tag.ADJ
    between = token.tag is Tag.VERB and token.form in ("part", "ing") and head < 0 and at > start
    return between and after in (Tag.NOUN, Tag.PROPN, Tag.ADJ)


def _noun_phrase(tokens: Sequence[Token], start: int) -> Chunk | None:
    at, head, count = start, -1, len(tokens)
    if tokens[at].tag is Tag.PRON:
        return Chunk(Kind.NOUNS, at, at + 1, at, tokens[at].lower)
    while at < count:
        token = tokens[at]
        tag = token.tag
        if tag in _NOMINAL:
            if at > start and head >= 0 and _ends_phrase(tokens, at):
                break
            if tag in _HEADS:
                head = at
        elif not _goes_on(tokens, at, start, head):
            break
        at += 1
    if head < 0:
        return None
    last = at
    while last - 1 > head and tokens[last - 1].tag not in (Tag.ADJ, Tag.PART):
        last -= 1
    return Chunk(Kind.NOUNS, start, max(last, head + 1), head, tokens[head].lemma)


def _verb_group(tokens: Sequence[Token], start: int) -> Chunk | None:
    at, head, count = start, -1, len(tokens)
    be = negated = infinitive = False
    helper = ""
    while at < count:
        token = tokens[at]
        if token.lower in _NEGATIVE and token.tag is not Tag.DET:
            negated = True
        elif token.tag is Tag.AUX:
            if head >= 0:
                break
            helper = helper or token.lemma
            be = token.lemma in _TO_BE
        elif token.tag is Tag.PART and token.lower == "to":
            if head >= 0:
                break
            infinitive = True
        elif token.tag is Tag.VERB:
            if head >= 0:
                break
            head = at
        elif token.tag is not Tag.ADV or head >= 0:
            break
        at += 1
    if head < 0:
        if not helper:
            return None
        return Chunk(Kind.VERBS, start, at, start, "be" if be else "", False, negated, infinitive)
    verb = tokens[head]
    bare = not helper and not infinitive
    passive = (be and verb.form in ("part", "past")) or (bare and verb.form == "part")
    return Chunk(
        Kind.VERBS,
        start,
        head + 1,
        head,
        verb.lemma,
        passive,
        negated,
        infinitive,
        bare and verb.form == "ing",
        helper,
    )


def _small(token: Token, at: int) -> Chunk:
    low = token.lower
    kind = _SMALL.get(token.tag)
    if kind is None:
        kind = Kind.MARK if token.tag is Tag.PUNCT else Kind.OTHER
        kind = Kind.WHO if low in _RELATIVE else kind
    if kind is Kind.MARK:
        low = '"' if low[0] in _QUOTES or low in ("''", "``") else low
    return Chunk(kind, at, at + 1, at, low)


def mended(tokens: Sequence[Token]) -> Sequence[Token]:
    """Tokens with the readings that a look at both neighbours puts right.

    "Fired tear gas": a bare verb between a verb and a noun is a noun. "Denied shelling the town":
    an -ing form that takes an object is a verb. "Before dawn": no clause follows.
    """
    result: list[Token] | None = None
    for i in range(1, len(tokens) - 1):
        token = tokens[i]
        tag = token.tag
        if tag not in _DOUBTED:
            continue
        doubtful = (
            token.form == "base" or token.lemma == "have" or token.lower in _DESCRIBING
            if tag is Tag.VERB
            else token.lower.endswith("ing")
            if tag is Tag.NOUN
            else tag is Tag.SCONJ
        )
        new = _other_reading(tokens, i) if doubtful else None
        if new is not None:
            result = result or list(tokens)
            result[i] = new
    return result or tokens


def _other_reading(tokens: Sequence[Token], i: int) -> Token | None:
    old, before, after = tokens[i], tokens[i - 1], tokens[i + 1]
    if old.lower in _DESCRIBING and after.tag is Tag.NOUN and before.tag is not Tag.NOUN:
        return Token(old.start, old.end, old.text, old.lower, old.lemma, Tag.ADJ)
    if old.lemma == "have" and after.tag is Tag.VERB and after.form == "part":
        return Token(old.start, old.end, old.text, old.lower, old.lemma, Tag.AUX)
    if old.tag is Tag.VERB and old.form == "base":
        bare = before.tag is Tag.VERB and before.lemma not in _BEFORE_BARE
        if bare and after.tag is Tag.NOUN:
            return Token(old.start, old.end, old.text, old.lower, old.lemma, Tag.NOUN)
    elif old.tag is Tag.NOUN and old.lower.endswith("ing"):
        if before.tag not in _WITHIN_NOUNS and after.tag in _OBJECTS:
            lemma = word(old.lower).verb_lemma
            return Token(old.start, old.end, old.text, old.lower, lemma, Tag.VERB, "ing")
    elif (
        old.tag is Tag.SCONJ
        and old.lower in _OF_TIME
        and not any(t.tag in (Tag.VERB, Tag.AUX) for t in tokens[i + 1 : i + 5])
    ):
        return Token(old.start, old.end, old.text, old.lower, old.lemma, Tag.ADP)
    return None


def chunk(tokens: Sequence[Token]) -> list[Chunk]:
    """The chunks of a sentence, in order and without gaps, apart from adverbs."""
    chunks: list[Chunk] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        found: Chunk | None = None
        if token.lower in _RELATIVE:
            found = _small(token, at)
        elif token.tag in _OPENS_NOUNS:
            found = _noun_phrase(tokens, at)
        elif token.tag in _OPENS_VERBS or (
            token.tag is Tag.PART and token.lower in ("to", "not", "n't", "n’t")
        ):
            found = _verb_group(tokens, at)
        if found is None:
            found = _small(token, at)
        if found.passive and not found.helper and _goes_on_active(chunks):
            found = structs.replace(found, passive=False)
        chunks.append(found)
        at = found.last
    return chunks


def _goes_on_active(chunks: Sequence[Chunk]) -> bool:
    """ "Had mined the dam and blown it up": a participle under the "had" of the verb before it."""
    if not chunks or chunks[-1].kind is not Kind.AND:
        return False
    for before in reversed(chunks[-_JOINED:]):
        if before.kind is Kind.VERBS:
            return before.helper == "have" and not before.passive
        if before.kind in (Kind.THAT, Kind.WHO):
            return False
    return False
