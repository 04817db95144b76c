"""A single person told of without a figure: "killing a watchman", "a boy of six has died"."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.quantities import words as Q
from extraction.quantities.fates import fate_of
from extraction.text.analysis import Tag, Token

_REACH = 12
# What a list of the harmed is made of: "injuring six shoppers and a guard".
_LISTED = frozenset({Tag.NUM, Tag.NOUN, Tag.PROPN, Tag.ADJ, Tag.DET, Tag.ADV, Tag.CCONJ})
_LEADING = frozenset(
    {"", ".", ",", "by", "in", "on", "at", "when", "during", "while", "after", "outside"}
)


def fate_of_one(tokens: Sequence[Token], first: int, end: int) -> str | None:
    """What befell the one person on ``tokens[first:end]``; ``None`` if nothing that is told of.

    Stricter than with a figure: "a soldier killed two" is of the two.
    """
    return _done_to(tokens, first) or _suffered(tokens, end)


def may_tell_of_one(tokens: Sequence[Token], lows: Sequence[str], lemmas: Sequence[str]) -> bool:
    """Whether a sentence with these small letters and lemmas can tell so of a single person."""
    return (
        not Q.PERSONS.isdisjoint(lemmas)
        and not Q.ONE.isdisjoint(lows)
        and any(fate_of(token) for token in tokens)
    )


def _done_to(tokens: Sequence[Token], first: int) -> str | None:
    for at in range(first - 1, max(-1, first - _REACH), -1):
        token = tokens[at]
        if token.lower == "dead" and tokens[at - 1].tag is Tag.VERB:
            return "killed"  # "shot dead a man"
        if token.tag is Tag.VERB:
            passive = at > 0 and tokens[at - 1].tag is Tag.AUX and tokens[at - 1].lemma == "be"
            supposed = at > 0 and tokens[at - 1].lower in Q.SUPPOSING
            told = token.form in ("past", "part", "ing") and not passive and not supposed
            return fate_of(token) if told and token.lemma not in Q.BY_THEMSELVES else None
        if token.tag not in _LISTED and token.text != ",":
            return None
        if token.lower in Q.BREAKS or token.lower in Q.INCLUDED:
            return None
    return None


def _suffered(tokens: Sequence[Token], end: int) -> str | None:
    passive = False
    for at in range(end, min(len(tokens), end + _REACH)):
        token = tokens[at]
        aged = tokens[at - 1].lower in ("of", "aged")  # "a man of 70"
        if token.lower in Q.BREAKS or token.lower in Q.SUPPOSING:
            return None
        if token.tag is Tag.NUM and not aged:
            return None
        if token.tag is Tag.AUX:
            passive = passive or token.lemma == "be"
            continue
        if token.tag not in (Tag.VERB, Tag.ADJ):
            continue
        fate = fate_of(token)
        if fate is not None and (passive or token.lemma in Q.BY_THEMSELVES):
            stands = token.tag is Tag.ADJ and not token.form and tokens[at - 1].tag is Tag.AUX
            return fate if token.form in ("past", "part", "") and not stands else None
        if fate is not None:
            after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
            return fate if at == end and after in _LEADING else None
        if token.tag is Tag.VERB and not passive and token.form in ("past", "s", "base"):
            return None
    return None
