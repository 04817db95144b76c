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
    direct = any(g.finite and g.end == at for g in unit.groups)
    direct_or_named = direct or unit.tokens[at - 1].lemma in cues.words().verdicts
    if (end - at < _SHORTEST and not direct_or_named) or any(
        s < end and at < e for d in drafts for s, e in d.contents
    ):
        return
    told_last = (g for g in unit.groups if g.finite and unit.levels[g.head] == -1)
    verb = next((g for g in told_last if g.end == at or not direct), None)
    who = subject(unit, verb) if verb is not None and verb.start < at else None
    if verb is None or who is None or unit.lows[who.start] in cues.words().not_a_source:
        return
    if who.how == "relative pronoun" or unit.tags[who.start - 1] is Tag.SCONJ:
        return
    cue_at = (verb.start, verb.end)
    told = verdict(unit, who.start, who.end)
    if told is not None:
        who, cue_at = told
    yield Draft(unit, COLON, cue_at, who, [(at + 1, end)], "colon", head=cue_at[0])


def after_quotation(unit: Unit, drafts: Sequence[Draft]) -> Draft | None:
    """'"Maybe," she smiled.': whatever the verb, who comes right behind a comma inside speaks."""
    if not unit.opens(0) or unit.title:
        return None
    start = unit.after_quote(0)
    if unit.lows[start - 2] != "," or any(d.contents[0][0] < start for d in drafts if d.contents):
        return None
    end = np_right(unit, start, apposition=False)
    verb = next((g for g in unit.groups if g.start >= start), None)
    if verb is None or verb.start != end or not verb.finite or verb.passive or verb.copula:
        return None
    who = subject(unit, verb)
    if (
        who is None
        or who.start != start
        or who.how != "subject"
        or unit.tags[verb.end] in (Tag.DET, Tag.PRON, Tag.NOUN)
    ):
        return None
    return Draft(
        unit,
        replace(COLON, lemma=verb.lemma),
        (verb.start, verb.end),
        who,
        [(0, start)],
        "quotation before",
        head=verb.head,
    )


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
        named = np_right(unit, noun + 2)
        end = named if unit.lows[named] == ":" else end
        who = Subject(noun + 2, end, "after the cue")
        return (left - 1, end, who) if end > noun + 2 else None
    for k in range(left, noun):
        if unit.lows[k] in POSSESSIVES - {"my", "our", "your"}:
            return left - 1, noun + 1, Subject(k, k + 1, "possessive")
        if unit.lows[k] in ("'s", "’s") and k > left:
            return left - 1, noun + 1, Subject(left, k, "possessive")
    return None


def _said_around(unit: Unit, start: int, end: int) -> list[tuple[int, int]]:
    """What is said before and behind the phrase of tokens ``[start, end)``."""
    if unit.lows[end] == ":" and unit.opens(end + 1):
        return [(end + 1, unit.after_quote(end + 1))]
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
