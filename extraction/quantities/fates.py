"""What befell the people that a figure counts: the predicate before or behind it."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.quantities import words as Q
from extraction.text.analysis import Tag, Token
from extraction.text.vocabulary import word

_REACH = 10


def fate_of(token: Token) -> str | None:
    """What a word says was done to people; "killing four" counts though it may be a noun."""
    found = Q.PREDICATES.get(token.lemma) or Q.PREDICATES.get(token.lower)
    deed = token.tag is Tag.NOUN and token.lower.endswith("ing")
    if found is None and (deed or (token.tag is Tag.ADJ and token.form == "part")):
        found = Q.PREDICATES.get(word(token.lower).verb_lemma)
    return found


def befell(tokens: Sequence[Token], first: int, end: int, *, people: bool = False) -> str | None:
    """What happened to the people on ``tokens[first:end]``."""
    if end < len(tokens):
        # "three people dead", "12 soldiers wounded"
        token = tokens[end + 1 if tokens[end].lower in Q.HELD and end + 1 < len(tokens) else end]
        if token.tag is Tag.ADJ or (token.tag is Tag.VERB and token.form in ("part", "past")):
            fate = fate_of(token)
            if fate is not None:
                return fate
    if first > 1 and tokens[first - 1].lower == "of" and tokens[first - 2].lemma in Q.SUFFERED:
        noun = tokens[first - 2]  # "the bodies of 12 people", "the arrest of six students"
        told = Q.MEASURES.get(noun.lemma) or fate_of(noun)
        if told in Q.FATES:
            return told
    if first > 2 and tokens[first - 1].lemma == "be" and tokens[first - 3].lower == "the":
        inverted = Q.MEASURES.get(tokens[first - 2].lemma) or fate_of(tokens[first - 2])
        if inverted in Q.FATES:
            return inverted  # "among the dead were three nurses"
    inside = next(
        (fate for token in tokens[first:end] if (fate := fate_of(token))),
        None,
    )
    if inside is None and first > 1 and tokens[first - 1].lemma == "include":
        inside = fate_of(tokens[first - 2])  # "the dead include six nurses"
    around = leftward(tokens, first, _REACH) or rightward(tokens, end, people=people)
    return inside or around


def leftward(tokens: Sequence[Token], first: int, reach: int) -> str | None:
    """The predicate whose object the figure is: "killed at least 12 people"."""
    for at in range(first - 1, max(-1, first - 1 - reach), -1):
        token = tokens[at]
        if token.text in Q.BREAKS or token.lower in Q.BREAKS:
            return None
        if token.lower == "dead" and at == first - 1 and tokens[at - 1].tag is Tag.VERB:
            return "killed"  # "shot dead two men"
        killed = token.tag is Tag.ADJ and token.form == "part" and at == first - 1
        noun = token.lower in ("death", "deaths", "killing", "killings")
        if token.tag is Tag.VERB or killed or noun:
            fate = fate_of(token)
            if fate is None and token.lower.startswith("death"):
                fate = "killed"
            if fate is not None:
                passive = at > 0 and tokens[at - 1].tag is Tag.AUX and tokens[at - 1].lemma == "be"
                either = at > 1 and tokens[at - 1].lower == "or"
                if either and Q.PREDICATES.get(tokens[at - 2].lemma) in Q.FATES:
                    return "casualties"
                return None if passive else fate
            if token.lemma == "lose" and token.tag is Tag.VERB:
                return "casualties"
            if token.form != "ing":
                return None
    return None


def of_them(tokens: Sequence[Token], at: int) -> bool:
    """``of them`` at a token."""
    return at + 1 < len(tokens) and tokens[at].lower == "of" and tokens[at + 1].lower in Q.PLURAL


def _harmed(tokens: Sequence[Token], end: int) -> bool:
    """``47 people were brought in with burns``, ``were treated for injuries``."""
    stop = min(len(tokens), end + 2 * _REACH)
    for at in range(end, stop - 1):
        token = tokens[at]
        if token.text in Q.BREAKS or token.lower in Q.BREAKS or token.tag is Tag.NUM:
            return False
        if token.lower in ("with", "for") and any(
            t.lemma in Q.HARMS and t.tag is Tag.NOUN for t in tokens[at + 1 : at + 4]
        ):
            return True
        if token.lemma in Q.BROUGHT and tokens[at + 1].lower == "to":
            return any(t.lower == "hospital" for t in tokens[at + 2 : at + 4])
        if token.tag is Tag.VERB and token.form in ("s", "base"):
            return False
    return False


def _or_else(tokens: Sequence[Token], at: int) -> bool:
    """``killed or wounded``."""
    return at + 2 < len(tokens) and tokens[at + 1].lower == "or" and bool(fate_of(tokens[at + 2]))


def _taken(tokens: Sequence[Token], at: int) -> str | None:
    """ "Were taken prisoner", "is held hostage"."""
    if tokens[at].lemma not in Q.TAKING or at + 1 >= len(tokens):
        return None
    measure = Q.MEASURES.get(tokens[at + 1].lemma)
    return measure if measure in Q.FATES else None


def rightward(tokens: Sequence[Token], end: int, *, people: bool = False) -> str | None:
    """The predicate whose subject the figure is: "12 people have been killed".

    With ``people`` it may be one of several figures: "five officers and six marchers were hurt".
    """
    return _befallen(tokens, end, people) or ("injured" if _harmed(tokens, end) else None)


def _befallen(tokens: Sequence[Token], end: int, people: bool) -> str | None:
    parts = False
    for at in range(end, min(len(tokens), end + 2 * _REACH)):
        token = tokens[at]
        parts = parts or token.lower in Q.INCLUDED or token.lower == "among"
        if token.tag is Tag.NUM and at + 2 < len(tokens) and tokens[at + 2].lower == "whom":
            return None  # "23 children, four of whom died"
        inside = parts or tokens[at - 1].lower == "of" or of_them(tokens, at + 1)
        inside = inside or (people and tokens[at - 1].lower == "and")
        if (
            token.text in Q.BREAKS
            or token.lower in Q.BREAKS
            or (token.tag is Tag.NUM and not inside)
        ):
            return None
        if token.tag in (Tag.VERB, Tag.ADJ):
            fate = fate_of(token) or _taken(tokens, at)
            if fate is not None:
                return "casualties" if _or_else(tokens, at) else fate
            if token.tag is Tag.VERB and token.form in ("past", "s", "base"):
                return None
    return None
