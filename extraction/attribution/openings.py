"""A verb before its speaker, and "as" before both."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from extraction import lexicon
from extraction.attribution import cues
from extraction.attribution.adjuncts import skip_adjuncts
from extraction.attribution.before import (
    GAP,
    after_gap,
    content_before,
    left_start,
    parts_subject,
)
from extraction.attribution.clauses import bare_clause, has_finite
from extraction.attribution.cues import Cue
from extraction.attribution.drafts import Draft
from extraction.attribution.nouns import is_time, np_right, with_participle
from extraction.attribution.objects import Content
from extraction.attribution.subjects import subject
from extraction.attribution.units import Group, Subject, Unit
from extraction.text.analysis import Tag

# "..., told reporters": what follows is who is told.
_NEVER_TURNED = frozenset({"tell", "inform", "remind", "assure", "notify", "advise"})


_SPEAKERS = frozenset({"he", "she", "they", "we", "i", "one", "another", "others"})


def inverted(unit: Unit, cue: Cue, group: Group) -> Draft | None:
    """'"...", said Smith' and '..., said Smith'."""
    i = group.start - 1
    if i < 0 or not _may_turn(unit, cue, group):
        return None
    closing = unit.closes(i)
    if not closing and unit.lows[i] not in GAP:
        return None
    if not closing and "p" not in cue.frames:
        return None
    start = group.end
    tag = unit.tags[start]
    if unit.opens(start) or tag not in (Tag.DET, Tag.NOUN, Tag.PROPN, Tag.ADJ, Tag.PRON, Tag.NUM):
        return None
    if tag is Tag.PRON and unit.lows[start] not in _SPEAKERS:
        return None
    end = _before_occasion(unit, start, np_right(unit, start))
    described = unit.tags[end + 1] is Tag.ADP and unit.tokens[group.head].form == "s"
    if end == start or _acts_itself(unit, end, described, closing):
        return None
    if is_time(unit, start):
        return None
    if described or unit.lows[end] in ("that", "who"):
        end = with_participle(unit, end)
    left = left_start(unit, i if closing else i - 1)
    if left is None:
        return None
    if not closing and _claims_thing(unit, cue, start, end):
        return None
    told = closing or unit.title or _has_main_verb(unit, left, i)
    if not (told or parts_subject(unit, left, i, end) or _exclaims(unit, cue, left, start)):
        return None
    contents = [(left, i + 1 if closing else i)]
    draft = Draft(
        unit,
        cue,
        (group.start, group.end),
        Subject(start, end, "after the cue"),
        contents,
        "quotation before" if closing and unit.opens(left) else "before",
        head=group.head,
    )
    draft.contents += after_gap(unit, end, draft)
    return draft


def _claims_thing(unit: Unit, cue: Cue, start: int, end: int) -> bool:
    """Whether a headline goes on with a second verb: "..., admits no fault"."""
    if not unit.title or "o" not in cue.frames:
        return False
    if unit.lows[start] == "no" or unit.tokens[start].form == "ing":
        return True
    if any(unit.tags[k] is Tag.PROPN for k in range(start, end)):
        return False
    head = next((k for k in range(start, end) if unit.tags[k] is Tag.ADP), end) - 1
    return unit.tokens[head].lemma not in holders() | cues.words().evidence


@cache
def holders() -> frozenset[str]:
    """Nouns of persons and bodies, who may speak."""
    titles, bodies = lexicon.load("en", "titles"), lexicon.load("en", "bodies")
    return frozenset(
        word
        for table, keys in ((titles, ("office", "trade")), (bodies, ("organs", "bodies", "short")))
        for key in keys
        for word in table[key]
    )


def _before_occasion(unit: Unit, start: int, end: int) -> int:
    """Where a name ends before "in an email to members"."""
    for k in range(start + 1, end):
        if unit.tags[k] is Tag.ADP and unit.tags[k - 1] is Tag.PROPN and unit.lows[k] != "of":
            return k if skip_adjuncts(unit, k) > k else end
    return end


def _may_turn(unit: Unit, cue: Cue, group: Group) -> bool:
    """Whether the speaker may stand behind this verb."""
    if "p" not in cue.frames and "q" not in cue.frames:
        return False
    forms = ("past", "s", "base") if {"p", "q"} <= cue.frames else ("past", "s")
    if group.form not in forms or group.start != group.head:
        return False
    if "n" in cue.frames and not unit.closes(group.start - 1):
        return False  # "..., urged them to go"
    return cue.lemma not in _NEVER_TURNED


def _acts_itself(unit: Unit, end: int, described: bool, closing: bool) -> bool:
    """Whether a verb follows whose subject the supposed speaker is."""
    if unit.lows[end] in (",", "who", "that", "which"):
        return False
    held = closing and unit.tags[end + 1] is Tag.ADP  # '"...," read a banner hung from a wall'
    return any(
        g.finite
        and g.start in (end, end + 1)
        and not ((described or (held and g.start == end)) and g.form == "past")
        for g in unit.groups
    )


def _exclaims(unit: Unit, cue: Cue, left: int, speaker: int) -> bool:
    """ "Not so, countered Orr": a few words with no verb, before somebody named."""
    if unit.lows[left] not in ("no", "not", "yes", "never", "nonsense", "absolutely"):
        return False
    return {"p", "q"} <= cue.frames and unit.tags[speaker] in (Tag.PROPN, Tag.DET, Tag.NOUN)


def opens_with_cue(unit: Unit, cue: Cue, group: Group) -> Draft | None:
    """'Said Rusk: "They will pay."'"""
    if group.start > 0 or group.form not in ("past", "part", "s"):
        return None
    end = np_right(unit, group.end)
    if "q" not in cue.frames or end == group.end or unit.lows[end] not in (":", ","):
        return None
    if not unit.opens(end + 1) or unit.tags[group.end] not in (
        Tag.PROPN,
        Tag.DET,
        Tag.PRON,
        Tag.NUM,
    ):
        return None
    contents = [(end + 1, unit.after_quote(end + 1))]
    who = Subject(group.end, end, "after the cue")
    return Draft(unit, cue, (group.start, group.end), who, contents, "quotation", head=group.head)


def _has_main_verb(unit: Unit, start: int, end: int) -> bool:
    commas = [k for k in range(start, end) if unit.lows[k] == ","]
    if len(commas) == 1 and unit.lows[commas[0] + 1] in ("who", "which", "whose"):
        return has_finite(unit, start, commas[0])
    return any(
        start <= g.head < end
        and g.finite
        and unit.lows[g.start - 1] not in ("who", "which", "that", "whose", "whom")
        for g in unit.groups
    )


def quoted_as_saying(unit: Unit, cue: Cue, group: Group, who: Subject) -> Draft | None:
    """'"It is over," the paper quoted Rusk as saying': what stands before the paper."""
    if unit.lows[group.start - 1] != "as" or group.form != "ing":
        return None
    quoting = next(
        (
            g
            for g in unit.groups
            if g.finite and g.lemma in ("quote", "cite") and g.end < group.start
        ),
        None,
    )
    if quoting is None or group.start - quoting.end > 16:
        return None
    outlet = subject(unit, quoting)
    before = content_before(unit, cue, replace(quoting, end=group.end), outlet)
    if before is None:
        return None
    before.source, before.cue_tokens, before.head = who, (group.start, group.end), group.head
    return before


def as_told(unit: Unit, cue: Cue, group: Group, who: Subject) -> Content | None:
    """'As Orr noted in his speech, the port is dead': what follows the comma."""
    opener = who.start - 1
    if unit.lows[opener] != "as" or (opener > 0 and unit.tags[opener - 1] is not Tag.PUNCT):
        return None
    puts_it = unit.lows[group.end] == "it"
    if not (puts_it or cue.frames & {"q", "p"}):
        return None
    comma = skip_adjuncts(unit, group.end + puts_it)
    if "a" in cue.frames and unit.lows[comma] != ",":
        comma = skip_adjuncts(unit, np_right(unit, comma, apposition=False))
    at = comma + 1
    if unit.lows[comma] not in (",", ":") or not (
        unit.opens(at) or bare_clause(unit, at, len(unit))
    ):
        return None
    return Content(at, len(unit), "quotation" if unit.opens(at) else "clause", group.end)
