"""Cues that are no verbs: "according to" and the colon."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from extraction.attribution import cues
from extraction.attribution.before import GAP, left_start
from extraction.attribution.clauses import (
    has_finite,
)
from extraction.attribution.cues import Cue
from extraction.attribution.drafts import Draft
from extraction.attribution.nouns import is_time, np_right, with_participle
from extraction.attribution.units import Subject, Unit
from extraction.model import SpeechAct
from extraction.text.analysis import Tag

_ACCORDING = Cue(
    "according to",
    frozenset("p"),
    SpeechAct.ASSERTS,
    frozenset(),
    frozenset(),
    frozenset(),
    "",
    False,
    False,
)


def according(unit: Unit) -> Iterator[Draft]:
    for i in range(len(unit) - 2):
        if unit.low(i) != "according" or unit.low(i + 1) != "to":
            continue
        end = np_right(unit, i + 2)
        if end == i + 2:
            continue
        end = with_participle(unit, end)
        who = Subject(i + 2, end, "after the cue")
        contents: list[tuple[int, int]] = []
        level = unit.level(i)
        n = len(unit)
        stop = n
        if level != -1:
            stop = unit.after_quote(i) - 1
        last = stop
        while last > end and unit.low(last - 1) in (".", "!", "?"):
            last -= 1
        j = i - 1
        first = left_start(unit, j) if j >= 0 else None
        leading = first is None or first >= i or unit.low(j) in ("and", "but")
        if leading:
            start = end + 1 if unit.low(end) == "," else end
            if start < last:
                contents.append((start, last))
        else:
            left_end = i if unit.low(j) not in GAP else j
            contents.append((first or 0, left_end))
            whole = has_finite(unit, first or 0, left_end)
            subordinate = unit.tag(first or 0) is Tag.SCONJ
            if (subordinate or not whole) and unit.low(end) == ",":
                if end + 1 < last:
                    contents.append((end + 1, last))
            elif unit.opens(end):
                contents.append((end, unit.after_quote(end)))
        if contents:
            yield Draft(unit, _ACCORDING, (i, i + 2), who, contents, "according to", head=i)


_COLON = replace(_ACCORDING, lemma=":")


def dash(unit: Unit) -> Iterator[Draft]:
    """ "Dam may fail - engineers": whose word a headline is."""
    if not unit.title:
        return
    at = next((k for k in range(len(unit) - 1, 1, -1) if unit.low(k) in ("-", "–", "—", "--")), -1)
    end = len(unit)
    if at < 2 or not 0 < end - at - 1 <= 4 or not has_finite(unit, 0, at):
        return
    if all(unit.tag(k) in (Tag.PROPN, Tag.NOUN, Tag.ADJ) for k in range(at + 1, end)):
        who = Subject(at + 1, end, "behind a dash")
        yield Draft(
            unit, replace(_COLON, lemma="-"), (at, at + 1), who, [(0, at)], "colon", head=at
        )


def _past_clock(unit: Unit) -> int:
    """First token behind the time that opens an entry of a live blog: "10:05 GMT"."""
    if unit.tag(0) is not Tag.NUM or not unit.low(0).replace(":", "").replace(".", "").isdigit():
        return 0
    return 2 if is_time(unit, 1) else 1


def colon(unit: Unit) -> Iterator[Draft]:
    """ "Ministry: No cause for alarm" in headlines, 'Morrow: "..."' anywhere."""
    first = _past_clock(unit)
    for i in range(first + 1, min(len(unit) - 2, first + 9)):
        if unit.low(i) != ":":
            if unit.tag(i) is Tag.VERB and unit.tokens[i].form in ("past", "s"):
                return
            continue
        if i == 1 and unit.low(0) in cues.words().labels:
            return
        nominal = all(
            unit.tag(k) in (Tag.PROPN, Tag.NOUN, Tag.ADJ, Tag.DET, Tag.ADP, Tag.PART, Tag.CCONJ)
            or unit.low(k) in (".", "-", "/")
            for k in range(first, i)
        )
        if not nominal or unit.tag(i - 1) not in (Tag.PROPN, Tag.NOUN):
            return
        live = first > 0 and has_finite(unit, i + 1, len(unit))
        if not (unit.title or live or (unit.opens(i + 1) and i <= 5)):
            return
        if not unit.opens(i + 1) and (
            unit.low(len(unit) - 1) == "?"
            or unit.tag(0) is Tag.DET
            or (not has_finite(unit, i + 1, len(unit)) and len(unit) - i < 6)
        ):
            return
        end = len(unit)
        if unit.opens(i + 1):
            end = max(unit.after_quote(i + 1), i + 2)
        while end > i + 1 and unit.low(end - 1) in (".",) and unit.level(end - 1) == -1:
            end -= 1
        yield Draft(
            unit,
            _COLON,
            (i, i + 1),
            Subject(first, i, "before a colon"),
            [(i + 1, end)],
            "colon",
            head=i,
        )
        return
