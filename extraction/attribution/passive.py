"""Cues in the passive: with a by-phrase, or with nobody named."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.attribution.clauses import right_content
from extraction.attribution.cues import Cue
from extraction.attribution.drafts import Draft, draft_of
from extraction.attribution.endings import clause_end
from extraction.attribution.nouns import INDEFINITE, NOMINAL, is_time, np_left, np_right
from extraction.attribution.objects import Content
from extraction.attribution.subjects import subject
from extraction.attribution.units import Group, Subject, Unit
from extraction.model import SpeechAct
from extraction.text.analysis import Tag

_BLAME = (SpeechAct.ALLEGES, SpeechAct.CONDEMNS)


def _antecedent(unit: Unit, pronoun: Subject) -> Subject:
    """What "which" or "that" stands for, where it is right before it."""
    i = pronoun.start - 1
    if unit.lows[i] == ",":
        i -= 1
    if unit.tags[i] not in NOMINAL:
        return pronoun
    return Subject(np_left(unit, i), i + 1, "antecedent")


def _by_phrase(unit: Unit, start: int) -> Subject | None:
    for k in range(start, min(start + 6, len(unit))):
        if unit.lows[k] == "by":
            end = np_right(unit, k + 1)
            if end > k + 1 and not is_time(unit, k + 1) and unit.tags[k + 1] is not Tag.ADV:
                return Subject(k + 1, end, "by-phrase")
            return None
        if unit.tags[k] not in (Tag.ADV, Tag.ADP, Tag.NOUN, Tag.PROPN, Tag.DET):
            return None
    return None


def read_passive(unit: Unit, cue: Cue, group: Group, others: dict[int, Group]) -> Draft | None:
    if not group.passive:
        return _reduced(unit, cue, group, others)
    if "s" in cue.frames and unit.opens(group.end):
        return _called(unit, cue, group)
    who = _by_phrase(unit, group.end)
    content = right_content(unit, cue, group) if who is None else None
    patient = subject(unit, group)
    if patient is not None and patient.how == "relative pronoun":
        patient = _antecedent(unit, patient)
    infinitive = unit.lows[group.end] == "to" and unit.tags[group.end] is Tag.PART
    if content is not None and content.frame in ("that", "whether", "clause") and not infinitive:
        if cue.frames & {"a"} or "b" in cue.frames:
            end = clause_end(unit, content, group, others)
            return draft_of(unit, cue, group, None, replace(content, end=end))
        return None
    if patient is None or unit.lows[patient.start] in INDEFINITE:
        return None  # "nobody was thought to be in danger"
    if who is None and cue.weak and not ("b" in cue.frames and _has_happened(unit, group)):
        return None
    at = who.end if who is not None else group.end
    if who is not None and "a" in cue.frames and unit.lows[at] in ("whether", "if", "why", "that"):
        asked = Content(at, len(unit), "whether" if unit.lows[at] != "that" else "that", at)
        end = clause_end(unit, asked, group, others)
        return draft_of(unit, cue, group, who, replace(asked, end=end))
    if unit.lows[at] == "to" and unit.tags[at] is Tag.PART and "b" in cue.frames:
        content = Content(at, len(unit), "to", at)
    elif (unit.lows[at] in ("of", "for") and cue.act in _BLAME) or (
        " " in cue.lemma and unit.tags[at] not in (None, Tag.PUNCT)
    ):
        content = Content(at, len(unit), "object", at)
    elif who is not None and "o" in cue.frames:
        return Draft(
            unit,
            cue,
            (group.start, group.end),
            who,
            [(patient.start, patient.end)],
            "object",
            passive=True,
            head=group.head,
        )
    else:
        return None
    return _with_patient(unit, cue, group, others, content, who, patient)


def _called(unit: Unit, cue: Cue, group: Group) -> Draft | None:
    """'He has been called "a bigot" by members of his party'."""
    named, end = subject(unit, group), unit.after_quote(group.end)
    who = _by_phrase(unit, end) if unit.lows[end] == "by" else None
    if named is None or who is None:
        return None
    contents = [(named.start, named.end), (group.end, end)]
    cue_at = (group.start, group.end)
    return Draft(unit, cue, cue_at, who, contents, "object", passive=True, head=group.head)


def _has_happened(unit: Unit, group: Group) -> bool:
    """ "Are believed to have landed": more than what is hoped or planned."""
    at = group.end
    return unit.lows[at] == "to" and unit.lows[at + 1] in ("have", "be") and group.lemma != "expect"


def _reduced(unit: Unit, cue: Cue, group: Group, others: dict[int, Group]) -> Draft | None:
    """ "Asked whether ...", "men accused of ...": a passive without its helper."""
    if "a" in cue.frames and (
        group.start == 0 or unit.lows[group.start - 1] in ("when", "if", "once", "while", ",")
    ):
        content = right_content(unit, cue, group)
        if content is None or content.frame not in ("that", "whether", "clause"):
            return None
        if unit.tags[group.end] is Tag.ADP and content.frame == "clause":
            return None  # "Told of the findings, he said"
        end = clause_end(unit, content, group, others)
        return draft_of(unit, cue, group, None, replace(content, end=end))
    at = group.end
    if not cue.target or unit.lows[at] != "of" or unit.tags[group.start - 1] not in NOMINAL:
        return None
    start = np_left(unit, group.start - 1)
    patient = Subject(start, group.start, "subject")
    content = Content(at, len(unit), "object", at)
    return _with_patient(unit, cue, group, others, content, None, patient)


def _with_patient(
    unit: Unit,
    cue: Cue,
    group: Group,
    others: dict[int, Group],
    content: Content,
    who: Subject | None,
    patient: Subject,
) -> Draft:
    end = clause_end(unit, content, group, others)
    draft = draft_of(unit, cue, group, who, replace(content, end=end))
    draft.contents.insert(0, (patient.start, patient.end))
    if cue.target or "n" in cue.frames:
        draft.addressee = (patient.start, patient.end)
    return draft
