"""Subjects that take along what describes them: a participle, an infinitive, a short clause."""

from __future__ import annotations

from extraction.attribution import cues
from extraction.attribution.nouns import ALONE, NOMINAL, np_left, opens_clause
from extraction.attribution.parentheses import OBJECT_PRONOUNS
from extraction.attribution.units import Subject, Unit
from extraction.text.analysis import Tag

# A subject right behind a noun that its clause says more of: "a promise experts say he broke".
BEHIND_NOUN = "subject behind a noun"
ANYBODY = ALONE | {"everyone", "anyone", "someone", "everybody", "anybody", "somebody"}


def behind_noun(unit: Unit, start: int, j: int) -> int:
    """Where the plural subject begins in "a budget opponents branded"; ``start`` elsewhere."""
    plural = unit.tags[j] is Tag.NOUN and unit.tokens[j].lemma != unit.lows[j]
    if not plural or unit.lows[start] not in ("a", "an", "another") or start == 0:
        return start
    noun = next((k for k in range(start + 1, j) if unit.tags[k] is not Tag.ADJ), j)
    rest = range(noun + 1, j)
    alone = noun < j and unit.tags[noun] is Tag.NOUN
    if not alone or any(unit.tags[k] not in (Tag.ADJ, Tag.NOUN) for k in rest):
        return start
    return noun + 1


def described_by(unit: Unit, start: int) -> int:
    """The noun before "shot dead by police" where the last noun begins at ``start``; -1 if none."""
    for k in range(start - 1, max(0, start - 7), -1):
        tag = unit.tags[k]
        if tag is Tag.VERB and unit.tokens[k].form == "part" and k in unit.group_at:
            group = unit.groups[unit.group_at[k]]
            own = group.start == k and not group.finite and unit.tags[k - 1] in NOMINAL
            return k - 1 if own and unit.lows[start - 1] == "by" else -1
        if tag not in (Tag.ADP, Tag.ADJ, Tag.ADV):
            return -1
    return -1


def with_infinitive(unit: Unit, start: int) -> int:
    """Start of "their claim to have taken the town" for the phrase "the town"."""
    for group in unit.groups:
        noun = group.start - 1
        if group.end != start or not group.infinitive or unit.tags[noun] is not Tag.NOUN:
            continue
        if unit.tokens[noun].lemma in cues.nouns():
            return np_left(unit, noun)
    return start


def after_contact(unit: Unit, j: int) -> Subject | None:
    """ "Everyone I spoke to said": a relative clause without its pronoun."""
    at = unit.group_at.get(j - 1 if unit.tags[j] is Tag.ADP else j)
    if at is None or not unit.groups[at].finite:
        return None
    pronoun = unit.groups[at].start - 1
    before = pronoun - 1
    if unit.tags[pronoun] is not Tag.PRON or unit.lows[pronoun] in OBJECT_PRONOUNS or before < 0:
        return None
    if unit.lows[before] in ANYBODY:
        return Subject(before, j + 1, "subject with relative clause")
    if unit.tags[before] is not Tag.NOUN or not opens_clause(unit, np_left(unit, before)):
        return None
    return Subject(np_left(unit, before), j + 1, "subject with relative clause")


def quoted_subject(unit: Unit, j: int) -> Subject | None:
    """A title in marks as the subject: 'the "Morning Hour" said'."""
    before = unit.before_quote(j) if unit.closes(j) else -1
    if before >= 0 and unit.tags[before] in (Tag.DET, Tag.ADJ, Tag.PROPN):
        return Subject(np_left(unit, before), j + 1, "subject")
    return None
