"""Who is told: "reporters", "the BBC on Monday", "anyone who would listen"."""

from __future__ import annotations

from extraction.attribution import cues
from extraction.attribution.cues import Cue
from extraction.attribution.nouns import OWN_PREPOSITIONS, np_right
from extraction.attribution.units import Unit
from extraction.text.analysis import Tag


def after_addressee(unit: Unit, cue: Cue, i: int) -> tuple[int, tuple[int, int] | None]:
    """Over who is told: "reporters", "the BBC on Monday"."""
    if not cue.frames & {"a", "n"}:
        return i, None
    low, tag = unit.lows[i], unit.tags[i]
    if low == "that" or unit.opens(i) or tag is Tag.PUNCT:
        return i, None
    if tag is Tag.PRON and unit.lows[i + 1] == "who":
        return _past_who(unit, i, i + 1)
    if tag is Tag.PRON and low not in ("what", "who", "nothing", "something"):
        next_finite = any(g.finite and g.start == i + 1 for g in unit.groups)
        if next_finite and "c" in cue.frames and low not in ("him", "them", "me", "us", "her"):
            return i, None
        return i + 1, (i, i + 1)
    end = np_right(unit, i, apposition=False, attaching=OWN_PREPOSITIONS - cue.preps)
    if end == i:
        return i, None
    if unit.lows[end] == "and" and "n" in cue.frames:
        second = np_right(unit, end + 1, apposition=False, attaching=OWN_PREPOSITIONS)
        if second > end + 1 and unit.lows[second] in ("to", "not"):
            end = second
    next_finite = any(g.finite and g.start == end for g in unit.groups)
    if next_finite and unit.lows[end - 1] not in cues.words().addressees:
        return i, None
    if unit.lows[end] == "who":
        return _past_who(unit, i, end)
    if unit.lows[end] == ",":
        appositive = np_right(unit, i, apposition=True)
        if appositive > end and unit.lows[appositive] == ",":
            end = appositive
    return end, (i, end)


def _past_who(unit: Unit, start: int, end: int) -> tuple[int, tuple[int, int] | None]:
    """Over "anyone who would listen" up to the "that" behind it."""
    for k in range(end + 2, end + 12):
        if unit.tags[k] is Tag.PUNCT:
            break
        if unit.lows[k] == "that" and any(g.finite and end <= g.head < k for g in unit.groups):
            return k, (start, k)
    return end, (start, end)
