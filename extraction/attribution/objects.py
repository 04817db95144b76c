"""A noun phrase as content: what is denied, criticised or called something."""

from __future__ import annotations

import msgspec

from extraction.attribution import cues
from extraction.attribution.adjuncts import after_time, is_time_phrase
from extraction.attribution.cues import Cue
from extraction.attribution.nouns import OWN_PREPOSITIONS, is_time, np_right
from extraction.attribution.units import Unit
from extraction.model import SpeechAct
from extraction.text.analysis import Tag

# Classes of objects to which a name or pronoun belongs too.
_DEFINITE = frozenset({"the", "its", "their", "his", "her"})
_CURRENCIES = frozenset({"$", "£", "€", "¥"})
_OR_NAMED = frozenset({"stance", "person"})


class Content(msgspec.Struct, frozen=True):
    """Tokens ``[start, end)`` with the frame that found them.

    ``cue_end`` is where the cue group ends (a preposition may belong to it), ``addressee`` are the
    tokens of who is told or asked.
    """

    start: int
    end: int
    frame: str
    cue_end: int
    addressee: tuple[int, int] | None = None


def is_called(unit: Unit, start: int) -> bool:
    """Whether an object is followed by what it is called: "them liars", "the plan 'absurd'"."""
    if unit.lows[start] == "what":  # "called what she saw a disgrace"
        return any(unit.opens(k) for k in range(start, start + 12))
    if _is_pointed(unit, start):
        return True
    end = np_right(unit, start, apposition=False)
    if unit.opens(start + 1) and unit.tags[start] in (Tag.DET, Tag.PRON, Tag.SCONJ):
        return True
    if unit.lows[start] == "that":
        end = np_right(unit, start + 1, apposition=False)
    if end == start:
        return unit.opens(start)
    if unit.opens(end):
        return True
    if is_time(unit, end) and not any(unit.opens(k) for k in range(end, end + 4)):
        return False
    inside = any(unit.opens(k) for k in range(start + 1, end))
    names = unit.tags[end] in (Tag.DET, Tag.NOUN, Tag.PROPN, Tag.ADJ)
    return inside or names or any(unit.opens(k) for k in range(end, end + 6))


def _is_pointed(unit: Unit, start: int) -> bool:
    """'Called that "a lie"', "called that a lie"."""
    named = unit.opens(start + 1) or unit.lows[start + 1] in ("a", "an")
    return unit.lows[start] == "that" and named


def _has_reason(unit: Unit, start: int) -> bool:
    """Whether "for", "over" or "as" says why: "attacked the mayor for lying"."""
    end = np_right(unit, start, apposition=False, attaching=OWN_PREPOSITIONS)
    gerund = unit.tokens[end + 1].form == "ing" if end + 1 < len(unit) else False
    return unit.lows[end] in ("as", "over") or (unit.lows[end] == "for" and gerund)


def _stands_for_claim(unit: Unit, cue: Cue, i: int) -> bool:
    """ "Marland denied it.": all that is said of what others said."""
    taken_up = cue.act in (
        SpeechAct.DENIES,
        SpeechAct.REJECTS,
        SpeechAct.CONFIRMS,
        SpeechAct.ADMITS,
    )
    nxt = unit.tags[i + 1]
    return taken_up and not cue.weak and (nxt in (None, Tag.PUNCT, Tag.CCONJ, Tag.ADV))


def _is_one_of(unit: Unit, start: int, named: str) -> bool:
    """Whether the head of an object is of a class, or the object a bare number of things."""
    end = np_right(unit, start, apposition=False, attaching=OWN_PREPOSITIONS)
    at = start
    while at < end and unit.tags[at] is not Tag.ADP:
        at += 1
    if unit.tags[start] is Tag.NUM and unit.tags[at - 1] is Tag.NOUN:
        return True
    return at > start and unit.tokens[at - 1].lemma in cues.words().classes[named]


def names_object(unit: Unit, cue: Cue, start: int, end: int) -> bool:
    """Whether the phrase of tokens ``[start, end)`` is of the class that the cue speaks of."""
    if not cue.object_class:
        return True
    if cue.object_class in _OR_NAMED and unit.tags[end - 1] in (Tag.PROPN, Tag.PRON):
        return True
    if cue.object_class == "offered":
        if unit.tags[start] is Tag.NUM and end == start + 1:
            return True  # "has offered 900,000"
        near = range(start, min(start + 4, unit.length))
        if any(unit.lows[k] in _CURRENCIES and unit.tags[k + 1] is Tag.NUM for k in near):
            return True  # "offered each household $500"
    if cue.object_class == "count" and unit.lows[start] in _DEFINITE:
        at = next((k for k in range(start, end + 1) if unit.lows[k] == "at"), end)
        if _names_sum(unit, at + 1):
            return True  # "put the catch at 1.3 tonnes"
    nouns = {unit.tokens[k].lemma for k in range(start, end)}
    if cue.object_class == "speech" and unit.lows[end] == "that":
        return not nouns.isdisjoint(cues.nouns())  # "withdrew its suggestion that it was safe"
    return bool(nouns & cues.words().classes[cue.object_class])


def _names_sum(unit: Unit, start: int) -> bool:
    """Whether a figure stands in the phrase or pair of phrases at ``start``."""
    for k in range(start, min(start + 5, unit.length)):
        if unit.tags[k] is Tag.NUM:
            return not is_time(unit, k + 1)
        if unit.tags[k] in (Tag.VERB, Tag.PUNCT, Tag.CCONJ, Tag.SCONJ):
            return False
    return False


def by_object(unit: Unit, cue: Cue, start: int, limit: int) -> Content | None:
    tag = unit.tags[start]
    if unit.opens(start):
        return Content(start, limit, "object", start)
    nominal = (
        unit.lows[start] in ("as", "what")
        or tag in (Tag.DET, Tag.NOUN, Tag.PROPN, Tag.ADJ, Tag.NUM, Tag.PRON)
        or unit.lows[start] == "most"
        or (unit.lows[start] in _CURRENCIES and unit.tags[start + 1] is Tag.NUM)
        or ("s" in cue.frames and _is_pointed(unit, start))
        or (unit.lows[start] == "that" and unit.tags[start + 1] in (Tag.NOUN, Tag.ADJ, Tag.PROPN))
    )
    pointed = unit.lows[start] in ("that", "this", "it") and unit.lows[start + 1] == "as"
    if pointed and "o" in cue.frames and not cue.object_class:
        return Content(start, limit, "object", start)  # "dismissed that as a smear"
    participle = tag is Tag.VERB and unit.tokens[start].form in ("ing", "part", "past")
    if not nominal and not participle:
        return None
    after = after_time(unit, start)
    if tag is Tag.PRON and _stands_for_claim(unit, cue, start):
        return Content(start, limit, "object", start)
    if (
        is_time_phrase(unit, start)
        and unit.tags[after] is not Tag.NOUN
        and unit.lows[after] != "of"
    ):
        return None
    if "s" in cue.frames and _is_pointed(unit, start):
        return Content(start, limit, "object", start)
    if tag is Tag.PRON and unit.lows[start] in ("who", "which", "that"):
        return None
    if (
        unit.lows[start] == "it"
        and unit.lows[start + 1] != "as"
        and "s" not in cue.frames
        and not (cue.target and unit.lows[start + 1] in ("of", "for", "on", "over"))
        and not _stands_for_claim(unit, cue, start)
    ):
        return None
    if cue.faulted and not _has_reason(unit, start):
        return None
    if cue.unless and _is_one_of(unit, start, cue.unless):
        return None
    if cue.object_class:
        end = np_right(unit, start + (unit.lows[start] == "that"), apposition=False)
        if not names_object(unit, cue, start, end):
            return None
    return Content(start, limit, "object", start)
