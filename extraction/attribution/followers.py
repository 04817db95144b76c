"""What follows a comma or colon inside content: a list, an aside, another speaker."""

from __future__ import annotations

from extraction import lexicon
from extraction.attribution import cues
from extraction.attribution.objects import Content
from extraction.attribution.subjects import is_cue, speaks, subject
from extraction.attribution.units import Group, Unit
from extraction.text.analysis import Tag


def only_describes(unit: Unit, i: int) -> bool:
    """Whether ", with the port under fire" ends the sentence: no verb of its own follows.

    ", with 31 missing" gives another figure and is none of it.
    """
    if unit.tags[i] is Tag.NUM:
        return False
    return not any(g.start >= i and (g.finite or g.lemma in cues.verbs()) for g in unit.groups)


def charge_after(unit: Unit, k: int) -> bool:
    """Whether the charge comes behind the clause: "accused Orr, who led it, of lying"."""
    comma = next((j for j in range(k + 1, k + 16) if unit.lows[j] == ","), -1)
    return comma > 0 and unit.lows[comma + 1] in ("of", "for")


def contrasts(unit: Unit, i: int) -> bool:
    """Whether ", while Orr said" sets another speaker beside the first."""
    for group in unit.groups:
        if group.finite and i < group.start < i + 14:
            who = subject(unit, group)
            return is_cue(group) and who is not None and who.start == i and who.how == "subject"
    return False


def speaks_next(unit: Unit, i: int) -> bool:
    """Whether another speaker begins at ``i``: "disputes it: Orr spoke of three"."""
    for group in unit.groups:
        if group.finite and group.start > i:
            who = subject(unit, group)
            return speaks(group) and who is not None and who.start == i
    return False


def acts_inside(unit: Unit, group: Group, content: Content) -> bool:
    """Whether the content names who does it: "said that Orr, the chairman, intended"."""
    who = subject(unit, group)
    return who is not None and who.start >= content.start


def remarks(unit: Unit, i: int) -> bool:
    """Whether ", a move that surprised many" begins: what the outlet makes of it."""
    remarks = cues.words().remarks | cues.words().answered
    at = next((k for k in range(i, i + 3) if k < len(unit) and unit.tokens[k].lemma in remarks), -1)
    return at >= 0 and unit.lows[at + 1] in ("that", "which")


def is_checked(unit: Unit, i: int) -> bool:
    """Whether ", which could not be verified" begins: the article's own remark."""
    checks = lexicon.words(lexicon.load("en", "verification"), "verbs", "verification.toml")
    return any(
        unit.tags[k] is Tag.VERB and unit.tokens[k].lemma in checks
        for k in range(i, min(i + 8, unit.length))
    )


def list_goes_on(unit: Unit, k: int) -> bool:
    """Whether a comma parts items of a list ("A, B and C") rather than clauses."""
    for j in range(k + 1, min(k + 14, len(unit))):
        low = unit.lows[j]
        if low in ("and", "or") and unit.tags[j + 1] in (
            Tag.NOUN,
            Tag.PROPN,
            Tag.DET,
            Tag.ADJ,
            Tag.NUM,
        ):
            return not any(g.finite and k < g.start < j + 6 for g in unit.groups)
        if unit.tags[j] is Tag.VERB and unit.tokens[j].form in ("past", "s"):
            return False
    return False


def apposition_follows(unit: Unit, k: int) -> bool:
    """Whether ", the former minister" only says who was just named."""
    if unit.tags[k - 1] is not Tag.PROPN or unit.lows[k + 1] not in (
        "the",
        "a",
        "an",
        "his",
        "her",
    ):
        return False
    for j in range(k + 2, min(k + 20, unit.length)):
        if unit.lows[j] in (",", ".", ";"):
            return True
        if unit.tags[j] in (Tag.VERB, Tag.AUX, Tag.SCONJ, Tag.CCONJ):
            return False
    return False
