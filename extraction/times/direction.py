"""Whether the clause around a date tells of what lies behind or of what lies ahead.

The verb nearest before the date in its sentence decides (else the first one after it): "was hit
on Friday" lies behind, "will meet on Friday", "is to open by Friday" lie ahead.
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.model import BlockKind
from extraction.text.analysis import Tag, TextAnalysis, Token
from extraction.times import words as W

PLANNED = 2
# "Until" after a past tense: a day lies ahead then, of months and dates the nearest one is meant.
TILL = 3
# A thing is set for it: "called a strike for Thursday", "have until Thursday".
SET = 4
_REACH = 24
_NEAR = 9


def direction(analysis: TextAnalysis, start: int, end: int) -> int:
    """-1 behind, 1 ahead, ``PLANNED`` in the present tense, 0 where the clause does not say.

    ``TILL`` where only "until" points ahead, ``SET`` where a thing is set for the day.
    """
    sentence = analysis.sentence_at(start)
    if sentence is None:
        return 0
    before = analysis.token_index_at(start - 1) + 1
    after = analysis.token_index_at(end - 1) + 1
    low, high = max(sentence.first, before - _REACH), min(sentence.last, after + _REACH)
    tokens = analysis.tokens[low:high]
    first, last = before - low, after - low
    if any(token.lower in W.DELIVERIES for token in tokens[last : last + 2]):
        return 1
    if first and tokens[first - 1].lower == "come":
        return 1
    if _is_called_for(tokens, first):
        return SET
    title = analysis.blocks[sentence.block].kind in (BlockKind.TITLE, BlockKind.HEADING)
    inner = _clause_start(tokens, first)
    if inner:
        return _forward(tokens, last, title) or _backward(tokens, inner - 1, title)
    return _backward(tokens, first, title) or _forward(tokens, last, title)


def _is_called_for(tokens: Sequence[Token], first: int) -> bool:
    """Whether it is the day that a thing to come is set for: "called a strike for Thursday"."""
    if first < 2 or tokens[first - 1].lower != "for":
        return False
    return any(token.lemma in W.CALLED for token in tokens[max(0, first - _NEAR) : first - 1])


def _clause_start(tokens: Sequence[Token], first: int) -> int:
    """Where a clause begins with the date ("critics who on Sunday called"), 0 where none does."""
    at = first - 1
    if at >= 0 and tokens[at].tag is Tag.ADP:
        at -= 1
    return at + 1 if at >= 0 and tokens[at].lower in W.CLAUSE_STARTS else 0


def _backward(tokens: Sequence[Token], first: int, title: bool) -> int:
    for at in range(first - 1, max(-1, first - _REACH), -1):
        token = tokens[at]
        if token.lower in W.AHEAD_STRONG:
            if token.lower in W.UNTIL:
                return TILL if _told_before(tokens, at, title) < 0 else SET
            # "was due on Friday" leaves open whether it has come.
            return 0 if at and tokens[at - 1].lower in W.WAS else 1
        if token.lower in W.AHEAD_VERBS and not title:
            return 1
        if title and token.lower == "to" and at and tokens[at - 1].tag in (Tag.NOUN, Tag.PROPN):
            return 1
        if token.tag in (Tag.VERB, Tag.AUX):
            said = _group(tokens, at) or _present(token, title)
            if said:
                return said
        if token.text == ";":
            return 0
    return 0


def _told_before(tokens: Sequence[Token], first: int, title: bool) -> int:
    """What the nearest verb before says; 0 where there is none."""
    for at in range(first - 1, max(-1, first - _REACH), -1):
        if tokens[at].tag in (Tag.VERB, Tag.AUX):
            return _group(tokens, at) or _present(tokens[at], title)
    return 0


def _forward(tokens: Sequence[Token], last: int, title: bool) -> int:
    for at in range(last, min(len(tokens), last + _REACH)):
        token = tokens[at]
        if token.lower in W.FUTURE:
            return 1
        if token.tag in (Tag.VERB, Tag.AUX):
            said = _group(tokens, at) or _present(token, title)
            if said:
                return said
    return 0


def _infinitive(tokens: Sequence[Token], at: int) -> int:
    """Where "to" with its verb lies: "agreed to meet" ahead, "declined to comment" behind."""
    if at < 0:
        return 1
    token = tokens[at]
    done = token.tag is Tag.VERB and token.form == "past" and token.lemma not in W.PROSPECTIVE
    return -1 if done else 1


def _present(token: Token, title: bool) -> int:
    """What is told in the present of a day is planned ("the fair opens Friday"); but a title
    tells the past so, and "says" only reports.
    """
    told = token.tag is Tag.VERB and token.form in ("s", "base") and token.lemma not in W.REPORTING
    return 0 if not told else -1 if title else PLANNED


def _group(tokens: Sequence[Token], at: int) -> int:
    """What a verb and the auxiliaries before it say: "was killed", "to be completed"."""
    token = tokens[at]
    chain = [token.lower]
    back = at - 1
    while back >= 0 and at - back < 6 and tokens[back].tag in (Tag.AUX, Tag.ADV, Tag.PART):
        chain.append(tokens[back].lower)
        back -= 1
    words = set(chain)
    if words & W.HAVE:
        return 1 if "to" in words and words & W.FUTURE else -1
    if words & W.FUTURE:
        return 1
    if words & W.MODAL:
        return 1
    if "to" in words and words & W.WAS:
        return 1
    if token.lower in W.AHEAD_EXPECTED and words & {"is", "are", "be"}:
        return 1
    if "to" in words and (token.form in ("base", "") or "be" in words):
        return _infinitive(tokens, back)
    if words & W.WAS or token.form == "past":
        return -1
    return PLANNED if token.form == "ing" and words & W.IS else 0
