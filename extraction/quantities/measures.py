"""What a figure counts: the noun after it, and what the clause says happened to those counted."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extraction.quantities import words as Q
from extraction.quantities.fates import befell, fate_of, leftward, of_them, rightward
from extraction.quantities.figures import Figure
from extraction.quantities.singles import fate_of_one
from extraction.text.analysis import Tag, Token

_APPOSED = 12
_PHRASE = frozenset({Tag.ADJ, Tag.NOUN, Tag.PROPN})


class Counted(msgspec.Struct, frozen=True):
    """Measure and bearer of a figure; ``last`` is the token after its noun.

    ``noun`` is the lemma counted. ``factor`` turns the unit written into the measure's own.
    ``included`` marks a part of the figure before it.
    """

    measure: str
    bearer: str | None
    last: int
    noun: str = ""
    factor: float = 1.0
    included: bool = False
    fate: bool = False


def counted(
    tokens: Sequence[Token], first: int, last: int, figure: Figure, before: Sequence[Counted]
) -> Counted | None:
    """What the figure on ``tokens[first:last]`` counts; ``None`` where it counts nothing."""
    if figure.currency:
        return Counted(figure.currency, None, last)
    if figure.share:
        return Counted("percent", _share_of(tokens, last), last)
    if _of_a_whole(tokens, first):
        return None
    if figure.single and _beside_of(tokens, first, last) and not _suffered(tokens, first):
        return _one_of_them(tokens, last)
    return _by_noun(tokens, first, last, figure, before)


def _by_noun(
    tokens: Sequence[Token], first: int, last: int, figure: Figure, before: Sequence[Counted]
) -> Counted | None:
    """What a figure counts by the noun behind it."""
    if not figure.single:
        last += _share(tokens, last)
    head, end = _noun_phrase(tokens, last)
    if head is None:
        return _without_noun(tokens, first, last, before)
    noun = tokens[head]
    lemma = noun.lemma if noun.lower != "people" else "people"
    if (model := _model(noun)) is not None:
        return Counted(model, None, end, model)
    if tokens[head - 1].lower == "per":
        lemma = "percent"
    unit = Q.UNITS.get(lemma) or Q.UNITS.get(noun.lower)
    if unit is not None:
        measure, factor = _raised(tokens, head, *unit)
        return Counted(measure, _share_of(tokens, end), end, lemma, factor)
    if lemma in Q.CURRENCIES:
        return Counted(Q.CURRENCIES[lemma], None, end, lemma)
    if noun.lower in Q.OTHERS:
        return _others(tokens, first, end, before)
    if lemma in Q.EMPTY or noun.lower in Q.EMPTY:
        return None
    included = _is_included(tokens, first) or (
        bool(before) and before[-1].included and _listed(tokens, first, before[-1].last)
    )
    words = _words(tokens, last, end)
    if lemma in Q.MEASURES and lemma not in Q.PERSONS:
        measure = Q.MEASURES[lemma]
        bearer = _whose(tokens, last, head, end) if measure in Q.FATES else _qualified(words)
        return Counted(measure, bearer, end, lemma, included=included, fate=measure in Q.FATES)
    person = lemma in Q.PERSONS or noun.lower in Q.PERSONS
    fate = befell(tokens, first, end, people=person)
    if person or fate in Q.OF_THE_LIVING or (included and before and before[-1].fate):
        if fate is None and included and before:
            fate = before[-1].measure if before[-1].fate else None
        if fate is None and tokens[first - 1].lower in Q.DEFINITE and first:
            return None
        measure = fate or Q.MEASURES.get(lemma) or lemma
        words = _telling(words, tokens, end)
        return Counted(measure, words, end, lemma, included=included, fate=fate is not None)
    if (first and tokens[first - 1].lower in Q.DEFINITE) or (
        figure.single and lemma not in Q.MEASURES
    ):
        return None
    return _thing(tokens, last, head, end, lemma, included)


def _raised(tokens: Sequence[Token], head: int, measure: str, factor: float) -> tuple[str, float]:
    """ "Square metres" are an area, "cubic metres" a volume in cubic metres."""
    power = {"square": 2, "cubic": 3}.get(tokens[head - 1].lower)
    if power is None or measure != "distance":
        return measure, factor
    return ("area", factor * factor) if power == 2 else ("volume", (factor * 1000.0) ** 3)


def _suffered(tokens: Sequence[Token], first: int) -> bool:
    """ "The loss of one plane"."""
    return first > 1 and tokens[first - 1].lower == "of" and tokens[first - 2].lemma in Q.SUFFERED


def _model(noun: Token) -> str | None:
    """What "MiG-21" counts; ``None`` for any other word."""
    letters, hyphen, number = noun.text.partition("-")
    if not hyphen or not number[:1].isdecimal() or not letters[:1].isupper():
        return None
    return Q.MODELS.get(letters.lower())


def _listed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """``eleven women and four children``: the second stands beside the first."""
    return last == first - 1 and tokens[last].lower == "and"


def _of_a_whole(tokens: Sequence[Token], first: int) -> bool:
    """``none of the 40 passengers``, ``two out of three``: the figure is not of those told of."""
    back = tokens[first - 2] if first > 1 and tokens[first - 1].lower == "of" else None
    if back is not None and (back.lower == "out" or back.tag is Tag.NUM):
        return True  # "34 of 36 drones" are 34
    if first < 3 or tokens[first - 1].lower not in Q.DEFINITE or tokens[first - 2].lower != "of":
        return False
    return tokens[first - 3].lower in Q.PARTS or tokens[first - 3].tag is Tag.NUM


def _beside_of(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "One of them", "of one": no count."""
    near = tokens[max(0, first - 1) : first], tokens[last : last + 1]
    return any(token.lower == "of" for side in near for token in side)


def _one_of_them(tokens: Sequence[Token], last: int) -> Counted | None:
    """``One of them, a student, died``: a person by what befell them; else no count."""
    if last + 2 >= len(tokens) or tokens[last].lower != "of":
        return None
    at = last + 2
    if not of_them(tokens, last):
        head, at = _noun_phrase(tokens, last + 2)
        if tokens[last + 1].lower not in Q.DEFINITE or not _is_person(tokens, head):
            return None
        fate = fate_of_one(tokens, last, at)
        bearer = _words(tokens, last + 2, at)
        return Counted(fate, bearer, at, tokens[at - 1].lemma, fate=True) if fate else None
    if tokens[at].text == ",":
        marks = (k for k in range(at + 1, min(at + _APPOSED, len(tokens))) if tokens[k].text == ",")
        at = next(marks, at) + 1
    fate = rightward(tokens, at)
    return Counted(fate, None, last, included=True, fate=True) if fate else None


def one_person(
    tokens: Sequence[Token], first: int, last: int, before: Sequence[Counted]
) -> Counted | None:
    """The one whom an article on ``tokens[first:last]`` leads to, by what befell them."""
    if before and before[-1].included and tokens[first - 1].text == ",":
        return None  # "one of them, a student, died"
    head, end = _noun_phrase(tokens, last)
    if head is None and tokens[first].lower == "another":
        return _without_noun(tokens, first, last, before)
    both = tokens[first].lower in Q.BOTH
    if head is None or not _is_person(tokens, head):
        return None
    if (tokens[head].lower != tokens[head].lemma) is not both:
        return None
    fate = fate_of_one(tokens, first, end)
    if fate is None:
        return None
    return Counted(fate, _words(tokens, last, end), end, tokens[head].lemma, fate=True)


def _is_person(tokens: Sequence[Token], head: int | None) -> bool:
    return head is not None and (tokens[head].lemma in Q.PERSONS or tokens[head].lower in Q.PERSONS)


def _telling(words: str | None, tokens: Sequence[Token], end: int) -> str | None:
    """Words that say who was counted: not "people", but "members" where "of" follows."""
    alone = end >= len(tokens) or tokens[end].lower != "of"
    return None if alone and words in Q.GENERIC else words


def _share(tokens: Sequence[Token], last: int) -> int:
    """Tokens up to the noun in ``16 of their soldiers``, ``300 of the 900 miners``."""
    if last + 2 >= len(tokens) or tokens[last].lower != "of":
        return 0
    if tokens[last + 1].tag is Tag.NUM:
        return 2
    if tokens[last + 1].lower not in Q.DEFINITE:
        return 0
    if tokens[last + 2].tag is not Tag.NUM:
        return 2
    return 3 if last + 3 < len(tokens) and tokens[last + 3].tag is Tag.NOUN else 0


def _thing(
    tokens: Sequence[Token], last: int, head: int, end: int, lemma: str, included: bool
) -> Counted | None:
    noun = tokens[head]
    plural = noun.lower != lemma
    if noun.tag is not Tag.NOUN or not (plural or tokens[last - 1].lower in ("one", "1")):
        return None
    bearer = _words(tokens, last, end) if head > last else None
    return Counted(lemma, bearer, end, lemma, included=included)


def _noun_phrase(tokens: Sequence[Token], last: int) -> tuple[int | None, int]:
    """The head noun after a figure and the token after it."""
    at = last
    while at < len(tokens) and tokens[at].lower in ("more", "new", "of") and at < last + 2:
        if at + 1 < len(tokens) and tokens[at + 1].tag not in _PHRASE:
            break
        at += 1
    head: int | None = None
    while at < len(tokens) and at - last < 7:
        token = tokens[at]
        if token.text == "%":
            return at, at + 1
        if token.lower == "per" and at + 1 < len(tokens) and tokens[at + 1].lower == "cent":
            return at + 1, at + 2
        participle = token.tag is Tag.VERB and token.form in ("part", "past", "ing")
        if token.tag in _PHRASE and token.lower not in Q.PREDICATES:
            names = token.tag is not Tag.ADJ or token.lower in Q.OTHERS or token.lower in Q.PERSONS
            head = at if names else head
        elif token.lower in Q.MEASURES and head is None and not _noun_follows(tokens, at):
            break
        elif head is None and (participle or token.tag is Tag.ADJ) and _noun_follows(tokens, at):
            pass
        else:
            break
        at += 1
    return (head, head + 1) if head is not None else (None, last)


def _noun_follows(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].tag in (Tag.NOUN, Tag.PROPN)


def _qualified(words: str | None) -> str | None:
    """Words that say whose a thing is; none where there is only its name."""
    return words if words and " " in words else None


def _words(tokens: Sequence[Token], start: int, end: int) -> str | None:
    if end <= start:
        return None
    while end - start > 1 and tokens[start].lower in ("of", "more", "other", "new"):
        start += 1
    return " ".join(token.text for token in tokens[start:end])


def _whose(tokens: Sequence[Token], last: int, head: int, end: int) -> str | None:
    """The bearer of "21 civilian deaths", "12 deaths among soldiers"."""
    if head > last:
        return " ".join(token.text for token in tokens[last:head])
    if end + 1 < len(tokens) and tokens[end].lower in ("of", "among", "in"):
        inner, stop = _noun_phrase(tokens, end + 1)
        if inner is not None and tokens[inner].lemma in Q.PERSONS:
            return " ".join(token.text for token in tokens[end + 1 : stop])
    return None


def _share_of(tokens: Sequence[Token], end: int) -> str | None:
    if end + 1 < len(tokens) and tokens[end].lower == "of":
        at = end + 2 if tokens[end + 1].tag is Tag.DET and end + 2 < len(tokens) else end + 1
        head, stop = _noun_phrase(tokens, at)
        if head is not None:
            return " ".join(token.text for token in tokens[at:stop])
    return None


def _without_noun(
    tokens: Sequence[Token], first: int, last: int, before: Sequence[Counted]
) -> Counted | None:
    """``three were killed``, ``and wounding 11``, ``12 dead``: the predicate is the measure."""
    people = before[-1].bearer if before and before[-1].fate else None
    hurt = _adverbs(tokens, last)
    if hurt < len(tokens) and (hurt == last or fate_of(tokens[hurt])):
        token = tokens[hurt]
        measure = Q.MEASURES.get(token.lemma) or fate_of(token)
        if measure is not None and measure in Q.FATES:
            if tokens[last - 1].lower in Q.DEFINITE and tokens[last - 2].lower == "of":
                measure = rightward(tokens, last + 1) or measure  # "three of the wounded died"
            return Counted(measure, people, hurt + 1, token.lemma, fate=True)
    if last < len(tokens):
        token = tokens[last]
        if token.tag is Tag.AUX or (token.lower == "of" and last + 1 < len(tokens)):
            fate = rightward(tokens, last)
            included = token.lower == "of" and tokens[last + 1].lower in ("them", "whom")
            if fate is None and included and before:
                fate = before[-1].measure
                people = before[-1].bearer
            if fate is not None:
                return Counted(fate, people, last, fate=True, included=included)
    toll = _toll(tokens, first)
    if toll is not None:
        return Counted(toll, None, last, fate=toll in Q.FATES)
    if first and (tokens[first - 1].tag is Tag.VERB or tokens[first - 1].lower.endswith("ing")):
        fate = fate_of(tokens[first - 1])
        if fate is not None:
            return Counted(fate, people, last, fate=True)
    return None


def _adverbs(tokens: Sequence[Token], at: int) -> int:
    """The token after adverbs: "12 still missing", "another seriously hurt"."""
    while at < len(tokens) and tokens[at].tag is Tag.ADV:
        at += 1
    return at


def _toll(tokens: Sequence[Token], first: int) -> str | None:
    """``the death toll rose to 45``, ``a toll of 45``, ``put the number of wounded at nine``."""
    if not first:
        return None
    if tokens[first - 1].lower == "of" and first > 1 and tokens[first - 2].lower == "toll":
        return "killed"
    stated = tokens[first - 1].tag is Tag.AUX and tokens[first - 1].lemma == "be"
    if not stated and tokens[first - 1].lower not in ("to", "at", "as", "past", "above", "reached"):
        return None
    before = tokens[max(0, first - 2 * _APPOSED) : first]
    for at, token in enumerate(before):
        if token.lower == "toll":
            return "killed"
        if token.lower in Q.CROWDS:
            return "people"
        if token.lower in ("number", "count", "tally"):
            told = (Q.MEASURES.get(t.lemma) or fate_of(t) for t in before[at + 1 :])
            harmed = next((measure for measure in told if measure in Q.FATES), None)
            return harmed or _numbered(before[at + 1 :])
    return None


def _numbered(tokens: Sequence[Token]) -> str | None:
    """The thing counted in "the number of reports"."""
    if not tokens or tokens[0].lower != "of":
        return None
    noun = next((t for t in tokens[1:4] if t.tag is Tag.NOUN and t.lower != t.lemma), None)
    if noun is None or noun.lemma in Q.EMPTY:
        return None
    return Q.MEASURES.get(noun.lemma) or noun.lemma


def points_at_figure(tokens: Sequence[Token], first: int) -> bool:
    """ "Put the figure at 200": the figure on ``tokens[first]`` counts what was counted before."""
    at = first - 1
    while at > max(0, first - 5) and (
        tokens[at].lower in Q.SETTING or tokens[at].tag is Tag.AUX or tokens[at].lemma in Q.STANDING
    ):
        at -= 1
    if at == first - 1 or at < 1:
        return False
    lead = at - 2 if tokens[at - 1].tag is Tag.ADJ and at > 1 else at - 1  # "the true number"
    return tokens[at].lower in Q.COUNTS and tokens[lead].lower in Q.DEFINITE


def _others(
    tokens: Sequence[Token], first: int, end: int, before: Sequence[Counted]
) -> Counted | None:
    """``two others``: of the people just told of if something was done to them, else of the
    first thing counted in the sentence."""
    fate = leftward(tokens, first, 3) or rightward(tokens, end)
    if not before:
        return Counted(fate, None, end, fate=True) if fate else None
    if fate is not None:
        people = next((c for c in reversed(before) if c.fate), before[-1])
        return Counted(fate, people.bearer, end, people.noun, fate=True)
    source = before[0]
    return Counted(source.measure, source.bearer, end, source.noun, fate=source.fate)


def _is_included(tokens: Sequence[Token], first: int) -> bool:
    if not first:
        return False
    word = tokens[first - 1].lower
    back = tokens[first - 2].lower if first > 1 else ""
    return word in Q.INCLUDED or (word in ("them", "whom") and back in ("among", "of"))
