"""Times that stand in a sentence and are not when the thing told of happened.

"The bridge, built in 1970, was hit", "the worst raid since May", "two were killed, up from none
last year", "a week after the vote on June 10": each holds a time of something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction import lexicon
from extraction.text.analysis import Tag, TextAnalysis, Token

_table = lexicon.load("en", "dating")
_FILE = "dating.toml"
RANKS = lexicon.words(_table, "ranks", _FILE)
COMPARES = lexicon.words(_table, "compares", _FILE)
RELATIVES = lexicon.words(_table, "relatives", _FILE)
HAPPENS = lexicon.words(_table, "happens", _FILE)
LENGTHS = lexicon.words(_table, "lengths", _FILE)
# Tokens that a comparison and a rank reach over.
_NEAR = 6
_FAR = 12
# Code points that an insertion reaches over.
_REACH = 400


def is_aside(analysis: TextAnalysis, trigger: int, start: int) -> bool:
    """Whether the time at ``start`` is of something else than the word at ``trigger``.

    Both are offsets of one sentence. What stands far before the time is not looked at.
    """
    sentence = analysis.sentence_at(start)
    if sentence is None or not sentence.start <= trigger < sentence.end:
        return False
    before = analysis.tokens_between(max(sentence.start, start - _REACH), start)
    return (
        _is_bound_of_rank(before)
        or _is_compared(before)
        or _is_after_a_length(before, trigger)
        or _is_inserted(before, trigger)
    )


def _last(before: Sequence[Token]) -> int:
    """Index of the word that leads to the time, over an article."""
    at = len(before) - 1
    while at >= 0 and before[at].tag is Tag.DET:
        at -= 1
    return at


def _is_bound_of_rank(before: Sequence[Token]) -> bool:
    """ "The worst attack since April 1983"."""
    at = _last(before)
    if at < 0 or before[at].lower != "since":
        return False
    return any(t.lower in RANKS or _is_superlative(t) for t in before[max(0, at - _FAR) : at])


def _is_superlative(token: Token) -> bool:
    return token.tag is Tag.ADJ and token.lower.endswith("est") and len(token.lower) > len("best")


def _is_compared(before: Sequence[Token]) -> bool:
    """ "Up from none last year", "more than in 2019", "compared with June"."""
    at = len(before) - 1
    for back in range(at, max(-1, at - _NEAR), -1):
        token = before[back]
        if (token.tag is Tag.VERB and token.lower not in COMPARES) or token.text in (",", ";"):
            return False
        if token.lower in COMPARES:
            return True
        if token.lower == "from" and back and before[back - 1].lower in ("up", "down"):
            return True
    return False


def _is_after_a_length(before: Sequence[Token], trigger: int) -> bool:
    """ "Two days after the vote on June 10": the time is of the vote."""
    for back in range(len(before) - 1, max(0, len(before) - _NEAR - 1), -1):
        token = before[back]
        if token.start <= trigger < token.end or token.text in (",", ";"):
            return False
        if token.lower in ("after", "before") and before[back - 1].lower in LENGTHS:
            return True
    return False


def _is_inserted(before: Sequence[Token], trigger: int) -> bool:
    """ "The bridge, built in 1970, was hit": a clause between commas that says it of a noun."""
    for back in range(len(before) - 1, -1, -1):
        token = before[back]
        if token.start <= trigger < token.end:
            return False
        if token.text in (",", "(", "–", "—"):
            return _begins_insertion(before[back + 1 :], before[back - 1] if back else None)
        if token.text in (";", ":"):
            return False
    return False


def happened(clause: Sequence[Token]) -> bool:
    """ "The strike, which took place before dawn, killed ten": the time is the strike's own."""
    for token, after in zip(clause, [*clause[1:], None], strict=True):
        if token.tag is Tag.VERB:
            place = after is not None and after.lower == "place"
            return token.lemma in HAPPENS or (token.lemma == "take" and place)
    return False


def _begins_insertion(clause: Sequence[Token], noun: Token | None) -> bool:
    words = [token for token in clause if token.tag is not Tag.ADV][:2]
    if not words:
        return False
    if any(token.lower in RELATIVES for token in words):
        return not happened(clause)
    if noun is None or noun.tag not in (Tag.NOUN, Tag.PROPN, Tag.NUM):
        return False
    return words[0].tag is Tag.VERB and words[0].form in ("past", "part")
