"""Attributions that no verb carries: a quotation behind a colon, "in the words of one aide"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from extraction.attribution import cues
from extraction.attribution.before import left_start
from extraction.attribution.drafts import Draft
from extraction.attribution.marks import COLON, verdict
from extraction.attribution.noun_cues import POSSESSIVES
from extraction.attribution.nouns import base_left, np_right
from extraction.attribution.subjects import subject
from extraction.attribution.units import Subject, Unit
from extraction.text.analysis import Tag

_SHORTEST = 6  # tokens of a quotation, marks and colon included


def told_by_colon(unit: Unit, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """'Rusk was blunt: "It is over."': a quotation behind a clause that has no cue."""
    if unit.title or ":" not in unit.lows:
        return
    at = unit.lows.index(":")
    if unit.levels[at] != -1 or not unit.opens(at + 1):
        return
    end = unit.after_quote(at + 1)
    if end - at < _SHORTEST or any(s < end and at < e for d in drafts for s, e in d.contents):
        return
    verb = next((g for g in unit.groups if g.finite and unit.levels[g.head] == -1), None)
    who = subject(unit, verb) if verb is not None and verb.start < at else None
    if verb is None or who is None or unit.lows[who.start] in cues.words().not_a_source:
        return
    cue_at = (verb.start, verb.end)
    told = verdict(unit, who.start, who.end)
    if told is not None:
        who, cue_at = told
    yield Draft(unit, COLON, cue_at, who, [(at + 1, end)], "colon", head=cue_at[0])


def in_words_of(unit: Unit) -> Iterator[Draft]:
    """ "The plan was, in the words of one aide, dead", "by her own account"."""
    manners = cues.words().manners
    if manners.isdisjoint(unit.lows):
        return
    for noun in range(1, len(unit)):
        if unit.lows[noun] not in manners or unit.levels[noun] != -1:
            continue
        found = _whose(unit, noun)
        if found is None:
            continue
        start, end, who = found
        contents = _said_around(unit, start, end)
        if contents:
            cue_at = (start, noun + 2) if who.start > noun else (noun, noun + 1)
            cue = replace(COLON, lemma=unit.lows[noun])
            yield Draft(unit, cue, cue_at, who, contents, "in words of", head=noun)


def _whose(unit: Unit, noun: int) -> tuple[int, int, Subject] | None:
    """Tokens of the phrase, and whose words or account they are."""
    left = base_left(unit, noun)
    if unit.lows[left - 1] not in ("in", "by"):
        return None
    if unit.lows[left] == "the" and left == noun - 1 and unit.lows[noun + 1] == "of":
        end = np_right(unit, noun + 2, apposition=False)
        who = Subject(noun + 2, end, "after the cue")
        return (left - 1, end, who) if end > noun + 2 else None
    for k in range(left, noun):
        if unit.lows[k] in POSSESSIVES:
            return left - 1, noun + 1, Subject(k, k + 1, "possessive")
        if unit.lows[k] in ("'s", "’s") and k > left:
            return left - 1, noun + 1, Subject(left, k, "possessive")
    return None


def _said_around(unit: Unit, start: int, end: int) -> list[tuple[int, int]]:
    """What is said before and behind the phrase of tokens ``[start, end)``."""
    last = len(unit)
    while last > end and unit.lows[last - 1] in (".", "!", "?") and unit.levels[last - 1] == -1:
        last -= 1
    left = left_start(unit, start - 1)
    parted = unit.lows[end] == ","
    rest = [(end + 1, last)] if parted and end + 1 < last else []
    if left is None or left >= start:
        return rest
    if unit.lows[start - 1] != ",":
        return [(left, start)] if unit.tags[end] is Tag.PUNCT and not parted else []
    if rest and unit.opens(end + 1):
        return [(end + 1, unit.after_quote(end + 1))]
    return [(left, start - 1), *rest]
