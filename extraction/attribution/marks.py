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
from extraction.attribution.followers import speaks_next
from extraction.attribution.noun_cues import POSSESSIVES
from extraction.attribution.nouns import is_time, np_right, with_participle
from extraction.attribution.subjects import is_cue
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
    for i in range(len(unit) - 2) if "according" in unit.lows else ():
        if unit.lows[i] != "according" or unit.lows[i + 1] != "to":
            continue
        end = np_right(unit, i + 2)
        if end == i + 2:
            continue
        if _measures(unit, i, np_right(unit, i + 2, apposition=False)):
            continue
        end = _before_own_words(unit, i + 2, end)
        end = with_participle(unit, end)
        who = Subject(i + 2, end, "after the cue")
        contents: list[tuple[int, int]] = []
        level = unit.levels[i]
        n = len(unit)
        stop = n
        if level != -1:
            stop = unit.after_quote(i) - 1
        last = stop
        while last > end and unit.lows[last - 1] in (".", "!", "?"):
            last -= 1
        j = i - 1
        first = left_start(unit, j) if j >= 0 else None
        leading = first is None or first >= i or unit.lows[j] in ("and", "but")
        if leading:
            end = _past_description(unit, end)
            who = Subject(i + 2, end, "after the cue")
            start = end + 1 if unit.lows[end] == "," else end
            if start < last:
                contents.append((start, last))
        else:
            left_end = i if unit.lows[j] not in GAP else j
            contents.append((first or 0, left_end))
            whole = has_finite(unit, first or 0, left_end)
            subordinate = unit.tags[first or 0] is Tag.SCONJ
            if (subordinate or not whole) and unit.lows[end] == ",":
                if end + 1 < last:
                    contents.append((end + 1, last))
            elif unit.opens(end):
                contents.append((end, unit.after_quote(end)))
        if contents and contents[0][0] == len(unit) - 1 and unit.lows[len(unit) - 1] == ":":
            yield Draft(unit, _ACCORDING, (i, i + 2), who, [], "announced", head=i)
        elif contents:
            yield Draft(unit, _ACCORDING, (i, i + 2), who, contents, "according to", head=i)


def _before_own_words(unit: Unit, start: int, end: int) -> int:
    """Where the source ends before ", who said": that clause is another claim."""
    for k in range(start + 1, end - 1):
        if unit.lows[k] == "," and unit.lows[k + 1] in ("who", "which"):
            told = any(k < g.start < end and is_cue(g) for g in unit.groups)
            return k if told else end
    return end


def _past_description(unit: Unit, end: int) -> int:
    """Over what else says which paper it is: "a poll out Wednesday, 59 percent"."""
    comma = next((k for k in range(end, end + 6) if unit.lows[k] == ","), end)
    if comma == end or unit.tags[end] not in (Tag.ADP, Tag.ADV, Tag.ADJ):
        return end
    return end if has_finite(unit, end, comma) else comma


def _measures(unit: Unit, i: int, end: int) -> bool:
    """ "Sorted according to size", "built according to the plan": no voice."""
    lemma = unit.tokens[end - 1].lemma
    if lemma in cues.words().classes["measures"]:
        return True
    follows = i > 0 and unit.tags[i - 1] is not Tag.PUNCT
    return lemma == "plan" and (follows or end == i + 3)


COLON = replace(_ACCORDING, lemma=":")


def dash(unit: Unit) -> Iterator[Draft]:
    """ "Dam may fail - engineers": whose word a headline is."""
    if not unit.title:
        return
    at = next((k for k in range(len(unit) - 1, 1, -1) if unit.lows[k] in ("-", "–", "—", "--")), -1)
    end = len(unit)
    if at < 2 or not 0 < end - at - 1 <= 4 or not has_finite(unit, 0, at):
        return
    if all(unit.tags[k] in (Tag.PROPN, Tag.NOUN, Tag.ADJ) for k in range(at + 1, end)):
        who = Subject(at + 1, end, "behind a dash")
        yield Draft(unit, replace(COLON, lemma="-"), (at, at + 1), who, [(0, at)], "colon", head=at)


def _past_clock(unit: Unit) -> int:
    """First token behind the time that opens an entry of a live blog: "10:05 GMT"."""
    if unit.tags[0] is not Tag.NUM or not unit.lows[0].replace(":", "").replace(".", "").isdigit():
        return 0
    return 2 if is_time(unit, 1) else 1


def _announces_reading(unit: Unit, i: int) -> bool:
    """Whether a headline goes on with what the article is: "What we know", "five takeaways"."""
    words = cues.words()
    if unit.lows[i] in words.wh - {"if"} or unit.lows[i] in words.teasers:
        return True
    return any(unit.tokens[k].lemma in words.teasers for k in range(i + 1, min(i + 3, len(unit))))


def verdict(unit: Unit, first: int, colon_at: int) -> tuple[Subject, tuple[int, int]] | None:
    """'Her answer: "No."': whose it is, and the noun."""
    for noun in range(first + 1, min(first + 6, colon_at)):
        if unit.tokens[noun].lemma not in cues.words().verdicts:
            continue
        if unit.lows[noun - 1] in POSSESSIVES:
            return Subject(noun - 1, noun, "possessive"), (noun, noun + 1)
        if unit.lows[noun - 1] in ("'s", "’s"):
            return Subject(first, noun - 1, "possessive"), (noun, noun + 1)
    return None


def _quoted_first(unit: Unit) -> Draft | None:
    """ "'I feared for my life': survivor tells of crossing" in headlines."""
    if not (unit.title and len(unit) and unit.opens(0)):
        return None
    at = unit.after_quote(0)
    if at < 4 or unit.lows[at] != ":":
        return None
    verb = next((g for g in unit.groups if g.start > at), None)
    end = np_right(unit, at + 1, apposition=False)
    named = verb is None and end == len(unit) and unit.tags[end - 1] is Tag.PROPN
    named = named and not any(unit.tags[k] is Tag.ADP for k in range(at + 1, end))
    if not (named or (verb is not None and verb.finite and verb.start == end)):
        return None
    if end == at + 1 or unit.lows[end - 1] in cues.words().labels | {"review"}:
        return None
    who = Subject(at + 1, end, "behind a colon")
    return Draft(unit, COLON, (at, at + 1), who, [(0, at)], "colon", head=at)


def colon(unit: Unit) -> Iterator[Draft]:
    """ "Ministry: No cause for alarm" in headlines, 'Morrow: "..."' anywhere."""
    quoted = _quoted_first(unit)
    if quoted is not None:
        yield quoted
        return
    first = _past_clock(unit)
    for i in range(first + 1, min(len(unit) - 2, first + 9)):
        if unit.lows[i] != ":":
            if unit.tags[i] is Tag.VERB and unit.tokens[i].form in ("past", "s"):
                return
            continue
        if i == 1 and unit.lows[0] in cues.words().labels:
            return
        nominal = all(
            unit.tags[k] in (Tag.PROPN, Tag.NOUN, Tag.ADJ, Tag.DET, Tag.ADP, Tag.PART, Tag.CCONJ)
            or unit.lows[k] in (".", "-", "/")
            for k in range(first, i)
        )
        if not nominal or unit.tags[i - 1] not in (Tag.PROPN, Tag.NOUN):
            return
        live = first > 0 and has_finite(unit, i + 1, len(unit))
        if not (unit.title or live or (unit.opens(i + 1) and i <= 5)):
            return
        if not unit.opens(i + 1) and (
            unit.lows[len(unit) - 1] == "?"
            or unit.tags[0] is Tag.DET
            or (not has_finite(unit, i + 1, len(unit)) and len(unit) - i < 6)
        ):
            return
        if not unit.opens(i + 1) and _announces_reading(unit, i + 1):
            return
        if unit.title and i - first == 1 and speaks_next(unit, i + 1):
            return  # "Ostia: rebels accuse army of raid": where it is
        end = len(unit)
        if unit.opens(i + 1):
            end = max(unit.after_quote(i + 1), i + 2)
        while end > i + 1 and unit.lows[end - 1] in (".",) and unit.levels[end - 1] == -1:
            end -= 1
        who, cue_at = Subject(first, i, "before a colon"), (i, i + 1)
        told = verdict(unit, first, i)
        if told is not None:
            who, cue_at = told
        yield Draft(
            unit,
            COLON,
            cue_at,
            who,
            [(i + 1, end)],
            "colon",
            head=i,
        )
        return
