"""Which verbs of a unit may be cues at all."""

from __future__ import annotations

from extraction.attribution import cues
from extraction.attribution.clauses import particle
from extraction.attribution.cues import Cue
from extraction.attribution.objects import is_called
from extraction.attribution.subjects import subject
from extraction.attribution.units import Group, Unit
from extraction.text.analysis import Tag


def cue_of(unit: Unit, group: Group) -> Cue | None:
    """The cue that a verb group is where it stands, or ``None``."""
    cue = cues.verbs().get(group.lemma)
    if cue is None or group.copula:
        return None
    if (cue.forms and group.form not in cue.forms) or (cue.negated and not group.negated):
        return None
    if cue.after and not particle(unit, cue, group.end):
        return None
    if cue.weak and unit.levels[group.head] != -1:
        return None  # what a quotation wants or thinks is its speaker's
    if cue.evidence and not _from_evidence(unit, group):
        return None
    if cue.subject_class and not _is_by(unit, cue, group):
        return None
    return None if _only_phrase(unit, group) or _only_names(unit, cue, group) else cue


def _only_phrase(unit: Unit, group: Group) -> bool:
    """ "It goes without saying", "as they say", "needless to say": nobody says it."""
    before = unit.lows[group.start - 1]
    if group.form == "ing" and before == "without":
        return True
    if group.form == "ing" and before == "of" and unit.lows[group.start - 2] == "short":
        return True  # "stopped short of blaming anybody"
    if group.form == "base" and before in cues.words().trading:
        return True
    if before == "they" and group.form == "base" and not unit.opens(group.end):
        return unit.lows[group.start - 2] == "as"
    return group.infinitive and before in ("needless", "sufficient")


def _from_evidence(unit: Unit, group: Group) -> bool:
    """Whether a poll, a report or the like shows it, not "the harbour shows traces"."""
    if group.finite and unit.lows[group.start] == "had" and unit.lows[group.end] != "that":
        return False  # "a test had found swelling": told as what happened
    if unit.lows[group.end] in ("that", "how", "why", "whether") and group.form != "ing":
        return True
    who = subject(unit, group)
    if who is not None and unit.lows[who.start - 1] == "," and unit.tags[group.end] is Tag.PUNCT:
        return group.finite and who.how == "subject"  # "..., the team found."
    evidence = cues.words().evidence
    return who is not None and any(
        unit.tokens[k].lemma in evidence for k in range(who.start, who.end)
    )


def _is_by(unit: Unit, cue: Cue, group: Group) -> bool:
    """Whether the subject is of the class that the cue asks for: "the court heard that"."""
    who = subject(unit, group)
    named = cues.words().classes[cue.subject_class]
    return who is not None and any(unit.tokens[k].lemma in named for k in range(who.start, who.end))


def _only_names(unit: Unit, cue: Cue, group: Group) -> bool:
    """ "A racehorse called Easy Virtue": how something is named."""
    if "s" in cue.frames and unit.lows[group.end] in ("itself", "themselves"):
        return True
    if "s" not in cue.frames or group.passive or group.form not in ("past", "part"):
        return False
    if unit.tags[group.start - 1] is not Tag.NOUN or unit.lows[group.end] in cue.preps:
        return False
    return unit.tags[group.end] is Tag.PROPN and not is_called(unit, group.end)
