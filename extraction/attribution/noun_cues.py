"""Cues that are nouns ("her claim that", "a warning of") or adjectives ("confident that")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extraction.attribution import cues
from extraction.attribution.cues import Cue
from extraction.attribution.drafts import Draft
from extraction.attribution.endings import clause_end
from extraction.attribution.nouns import base_left, np_right
from extraction.attribution.objects import Content
from extraction.attribution.subjects import subject
from extraction.attribution.units import Group, Subject, Unit
from extraction.model import SpeechAct
from extraction.text.analysis import Tag

POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your"})


def noun_cues(unit: Unit, others: Mapping[int, Group]) -> Iterator[Draft]:
    """Attributions whose cue is a noun of speaking, with a source or a "that" clause."""
    known = cues.nouns()
    tokens = unit.tokens
    if known.keys().isdisjoint(unit.analysis.lemmas[unit.first : unit.first + unit.length]):
        return
    for i, token in enumerate(tokens):
        if token.lemma not in known or token.tag is not Tag.NOUN or unit.levels[i] != -1:
            continue
        cue = known[token.lemma]
        start = base_left(unit, i)
        by, after = _by_phrase(unit, i + 1)
        found = _content(unit, cue, after)
        if found is None:
            continue
        frame, at, cue_end = found
        support = _support(unit, start)
        source = by or _possessor(unit, start, i)
        first = start if source is None else i
        if support is not None:
            first = support.start
            source = subject(unit, support) or source
        if source is None and (frame != "noun that" or cue.act is SpeechAct.EXPRESSES):
            continue
        if support is None:
            first = i
        group = support or Group(i, cue_end, i, cue.lemma, "", False, False, False, False)
        content = Content(at, len(unit), _CLAUSE_FRAMES[frame], cue_end)
        end = clause_end(unit, content, group, dict(others))
        end = _before_main_verb(unit, i, at, end)
        if end <= at:
            continue
        yield Draft(
            unit,
            cue,
            (first, cue_end),
            source,
            [(at, end)],
            frame,
            negated=unit.lows[start] == "no" or (support is not None and support.negated),
            head=i,
        )


_CLAUSE_FRAMES = {"noun that": "that", "noun to": "to", "noun prep": "prep"}


def _content(unit: Unit, cue: Cue, at: int) -> tuple[str, int, int] | None:
    """Frame, first token of the content and end of the cue, for what follows at ``at``."""
    low, tag = unit.lows[at], unit.tags[at]
    after = unit.tags[at + 1]
    if after is None:
        return None
    if low == "that" and "t" in cue.frames and _opens_complement(unit, at):
        return "noun that", at, at
    if low == "to" and tag is Tag.PART and "i" in cue.frames:
        return "noun to", at, at
    if low in cue.preps and tag is not Tag.PART and (after is not Tag.PUNCT or unit.opens(at + 1)):
        return "noun prep", at + 1, at + 1
    return None


def _opens_complement(unit: Unit, at: int) -> bool:
    """Whether "that" opens what was said, not a relative clause ("claims that spread")."""
    tag = unit.tags[at + 1]
    if tag in (Tag.VERB, Tag.AUX, Tag.PUNCT) and not unit.opens(at + 1):
        return False
    group = next((g for g in unit.groups if g.start > at and g.finite), None)
    return group is not None and group.start - at < 25


def _before_main_verb(unit: Unit, noun: int, start: int, end: int) -> int:
    """Where the clause ends in "Her claim that the vote was rigged fell flat"."""
    inside = [g for g in unit.groups if start < g.start < end and g.finite]
    for group in inside:
        who = subject(unit, group)
        if who is not None and who.start <= noun < who.end:
            return group.start
    if len(inside) > 1 and inside[1].start == inside[0].end:
        return inside[1].start
    return end


def _by_phrase(unit: Unit, at: int) -> tuple[Subject | None, int]:
    """ "claims by the ministry that": who, and where it goes on."""
    if unit.lows[at] in ("by", "from"):
        end = np_right(unit, at + 1, apposition=False)
        if end > at + 1:
            return Subject(at + 1, end, "by-phrase"), end
    if unit.lows[at] in ("in", "on") and unit.tags[at] is Tag.ADP:  # "reports in the press that"
        end = np_right(unit, at + 1, apposition=False)
        if unit.lows[end] == "that" and any(
            unit.tokens[k].lemma in cues.words().outlets for k in range(at + 1, end)
        ):
            return Subject(at + 1, end, "where it stands"), end
    return None, at


def _possessor(unit: Unit, start: int, noun: int) -> Subject | None:
    """Whose claim it is: "her claim", "the ministry's claim"."""
    for k in range(noun - 1, start - 1, -1):
        low = unit.lows[k]
        if low in ("'s", "’s") or (low in ("'", "’") and unit.lows[k - 1].endswith("s")):
            return Subject(start, k, "possessive") if k > start else None
        if low in POSSESSIVES:
            return Subject(k, k + 1, "possessive")
    return None


def _support(unit: Unit, start: int) -> Group | None:
    """The verb that only lends itself to the noun: "made a call for"."""
    if unit.lows[start - 1] == "of" and start > 2:
        if unit.tokens[start - 2].lemma not in cues.words().bundles:
            return None
        start = base_left(unit, start - 2)
    at = unit.group_at.get(start - 1)
    if at is None:
        return None
    group = unit.groups[at]
    if group.lemma not in cues.words().support_verbs or group.passive or group.modal:
        return None
    return group if group.finite or group.form == "ing" else None


def adjective_cues(unit: Unit, others: Mapping[int, Group]) -> Iterator[Draft]:
    """Attributions of a state of mind: "is confident that", "was willing to"."""
    known = cues.adjectives()
    for group in unit.groups:
        felt = group.passive and unit.lows[group.head] in known
        if not (felt or (group.copula and group.lemma == "be")):
            continue
        if not group.finite or group.modal:
            continue
        i = group.head if felt else group.end
        while unit.tags[i] is Tag.ADV or unit.lows[i] in ("not", "n't", "n’t"):
            i += 1
        cue = known.get(unit.lows[i])
        if cue is None or unit.levels[i] != -1:
            continue
        found = _content(unit, cue, i + 1)
        source = subject(unit, group)
        if found is None or source is None or unit.lows[source.start] in ("it", "there"):
            continue
        frame, at, cue_end = found
        content = Content(at, len(unit), _CLAUSE_FRAMES[frame], cue_end)
        end = clause_end(unit, content, group, dict(others))
        if end > at:
            yield Draft(
                unit,
                cue,
                (group.start, cue_end),
                source,
                [(at, end)],
                frame.replace("noun", "adjective"),
                negated=group.negated,
                head=i,
            )
