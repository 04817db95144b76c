"""Content that stands before its cue: quotations and clauses, with what follows the speaker."""

from __future__ import annotations

from extraction.attribution import cues
from extraction.attribution.adjuncts import skip_adjuncts
from extraction.attribution.clauses import (
    bare_clause,
    has_finite,
)
from extraction.attribution.cues import Cue
from extraction.attribution.drafts import Draft
from extraction.attribution.nouns import is_time, np_right
from extraction.attribution.units import Group, Subject, Unit
from extraction.text.analysis import Tag

GAP = frozenset({",", "--", "—", "–"})
# "..., told reporters": what follows is who is told.
_NEVER_TURNED = frozenset({"tell", "inform", "remind", "assure", "notify", "advise"})
_NOT_MORE = frozenset(
    {"as", "while", "after", "when", "with", "during", "but", "although", "though", "before", "at"}
)
_LEADING = frozenset({"but", "and", "so", "yet", "or"})


def inverted(unit: Unit, cue: Cue, group: Group) -> Draft | None:
    """'"...", said Smith' and '..., said Smith'."""
    if "p" not in cue.frames and "q" not in cue.frames:
        return None
    if group.form not in ("past", "s") or group.start != group.head or "n" in cue.frames:
        return None
    if cue.lemma in _NEVER_TURNED:
        return None
    i = group.start - 1
    if i < 0:
        return None
    closing = unit.closes(i)
    if not closing and unit.low(i) not in GAP:
        return None
    if not closing and "p" not in cue.frames:
        return None
    start = group.end
    tag = unit.tag(start)
    if unit.opens(start) or tag not in (Tag.DET, Tag.NOUN, Tag.PROPN, Tag.ADJ, Tag.PRON, Tag.NUM):
        return None
    if tag is Tag.PRON and unit.low(start) not in ("he", "she", "they", "we", "i", "one"):
        return None
    end = np_right(unit, start)
    if end == start or any(
        g.finite and g.start in (end, end + 1) and g.start >= end
        for g in unit.groups
        if unit.low(end) not in (",", "who")
    ):
        return None
    if is_time(unit, start):
        return None
    left = left_start(unit, i if closing else i - 1)
    if left is None or (not closing and not _has_main_verb(unit, left, i)):
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
    draft.contents += _after_gap(unit, end, draft)
    return draft


def _has_main_verb(unit: Unit, start: int, end: int) -> bool:
    commas = [k for k in range(start, end) if unit.low(k) == ","]
    if len(commas) == 1 and unit.low(commas[0] + 1) in ("who", "which", "whose"):
        return has_finite(unit, start, commas[0])
    return any(
        start <= g.head < end
        and g.finite
        and unit.low(g.start - 1) not in ("who", "which", "that", "whose")
        for g in unit.groups
    )


def _charge(unit: Unit, cue: Cue, group: Group, who: Subject) -> Draft | None:
    """ "..., a charge Marland denies": the content is the charge, the source comes after it."""
    noun = who.start + 1
    if (
        unit.tag(who.start) is not Tag.DET
        or unit.tag(noun) is not Tag.NOUN
        or unit.tokens[noun].lemma not in cues.words().speech_nouns
        or noun + 1 >= who.end
        or unit.low(who.start - 1) != ","
        or unit.tag(noun + 1) is Tag.ADP
    ):
        return None
    source = Subject(noun + 1, who.end, "subject")
    contents = [(who.start, noun + 1)]
    return Draft(
        unit,
        cue,
        (group.start, group.end),
        source,
        contents,
        "object",
        group.negated,
        head=group.head,
    )


def content_before(unit: Unit, cue: Cue, group: Group, who: Subject | None) -> Draft | None:
    """'"...", he said', '..., the ministry said', 'A, he said, B'."""
    if who is None or not group.finite or who.start == 0 or who.how == "relative pronoun":
        return None
    if who.how == "shared subject" or who.start >= group.start:
        return None
    charge = _charge(unit, cue, group, who)
    if charge is not None:
        return charge
    i = who.start - 1
    if unit.low(i) == "as" and i > 0:
        i -= 1
    closing = unit.closes(i)
    if not (closing or unit.low(i) in GAP):
        return None
    if closing and "q" not in cue.frames and "p" not in cue.frames:
        return None
    if not closing and "p" not in cue.frames:
        return None
    left = left_start(unit, i if closing else i - 1)
    if left is None or left >= i + (1 if closing else 0):
        return None
    quotation = closing and unit.opens(left)
    end_left = i + 1 if closing else i
    if not closing and not _statement_like(unit, left, i, group):
        return None
    if not closing and not _nothing_after(unit, cue, group):
        return None
    if who.how != "subject" and not who.how.startswith("subject with"):
        return None
    draft = Draft(
        unit,
        cue,
        (group.start, group.end),
        who,
        [(left, end_left)],
        "quotation before" if closing else "before",
        negated=group.negated,
        head=group.head,
    )
    if quotation and end_left - left <= 3 and unit.low(i - 1) not in (",", "!", "?", "."):
        return None
    if (
        closing
        and not quotation
        and not has_finite(unit, left, end_left)
        and unit.low(i - 1) not in (",", "!", "?")
    ):
        return None
    draft.contents += _after_gap(unit, group.end, draft)
    return draft


def _sentence_start(unit: Unit, i: int) -> int:
    """First token of the sentence of token ``i``, or of the quotation that began before it."""
    sentence = unit.analysis.sentence_at(unit.tokens[i].start)
    start = max(0, sentence.first - unit.first) if sentence is not None else 0
    level = unit.level(start)
    if level != -1 and unit.level(i) != level:
        return unit.before_quote(start) + 1
    if unit.level(i) != -1 and unit.closes(i):
        return min(start, unit.before_quote(i) + 1)
    if level != -1 and start > 0 and not unit.opens(start):
        return start
    if unit.opens(start) and level == unit.level(i):
        return start + 1 if not unit.closes(i) else start
    return start


def left_start(unit: Unit, end: int) -> int | None:
    """Where content that ends with token ``end`` begins: the unit's start, past small words."""
    if end < 0:
        return None
    start = _sentence_start(unit, end)
    for k in range(end, start - 1, -1):
        if (
            unit.level(k) == -1
            and unit.low(k) in (";", "--", "—")
            and k < end - 1
            and (unit.level(end) == -1 or not unit.opens(0))
        ):
            start = k + 1
            break
    words = cues.words()
    while start < end and unit.level(start) == -1:
        low = unit.low(start)
        if low in _LEADING and unit.tag(start) is Tag.CCONJ:
            start += 1
        elif low in words.introductory and unit.low(start + 1) == ",":
            start += 2
        elif low == "," or (start == 0 and low in ("-", "•", "*", "–", "—", "--")):
            start += 1
        else:
            break
    return start if start <= end else None


def _statement_like(unit: Unit, start: int, end: int, group: Group) -> bool:
    """Whether the tokens before are more than an introductory phrase ("On Monday, he said")."""
    if has_finite(unit, start, end):
        first = unit.low(start)
        return first not in ("when", "after", "while", "as", "asked", "in", "at") or (
            _nothing_after_at(unit, group.end)
        )
    named = unit.tag(start) in (Tag.DET, Tag.PRON, Tag.PROPN) and not is_time(unit, start)
    return _nothing_after_at(unit, group.end) and (named or end - start > 2)


def _nothing_after_at(unit: Unit, i: int) -> bool:
    i = skip_adjuncts(unit, i)
    return i >= len(unit) or (unit.tag(i) is Tag.PUNCT and not unit.opens(i))


def _nothing_after(unit: Unit, cue: Cue, group: Group) -> bool:
    """Whether no content follows the cue but a comma, an adjunct or the end."""
    i = group.end
    if unit.low(i) == "out" and "out" in cue.preps:
        i += 1
    if "a" in cue.frames and unit.tag(i) in (Tag.PROPN, Tag.NOUN, Tag.PRON, Tag.DET):
        i = np_right(unit, i)
    i = skip_adjuncts(unit, i)
    if i >= len(unit):
        return True
    low = unit.low(i)
    if unit.tag(i) is Tag.PUNCT and not unit.opens(i):
        return low != ":"
    return (
        unit.tag(i) is Tag.ADP
        and not bare_clause(unit, i, len(unit))
        and (unit.low(i) not in cue.preps)
    )


def _after_gap(unit: Unit, i: int, draft: Draft) -> list[tuple[int, int]]:
    """More content behind the speaker: 'A, he said, B' and '"A," he said. "B"'."""
    n = len(unit)
    i = _skip_tail(unit, i)
    if i < n and unit.low(i) in (",", ":", "--", "—", "–"):
        left_start, left_end = draft.contents[0]
        quoted_left = draft.frame == "quotation before"
        if unit.opens(i + 1):
            if not quoted_left and _starts_small(unit, i + 1):
                return _middle(unit, left_start, left_end, i + 1)
            return [(i + 1, unit.after_quote(i + 1))]
        if not quoted_left and (unit.low(i) == "," or unit.low(left_end) == unit.low(i)):
            return _middle(unit, left_start, left_end, i + 1)
    elif i < n and unit.opens(i):
        return [(i, unit.after_quote(i))]
    return []


def _starts_small(unit: Unit, i: int) -> bool:
    """Whether a quotation goes on in the middle of a sentence."""
    return i + 1 < len(unit) and unit.tokens[i + 1].text[:1].islower()


def _middle(unit: Unit, left_start: int, left_end: int, start: int) -> list[tuple[int, int]]:
    """What follows a speaker in the middle of a clause: 'The talks, he said, were over'."""
    if start >= len(unit) or (unit.tag(start) is Tag.PUNCT and not unit.opens(start)):
        return []
    low = unit.low(start)
    if has_finite(unit, left_start, left_end) and low in _NOT_MORE:
        return []
    group = unit.group_at.get(start)
    if group is not None and unit.groups[group].form == "ing":
        return []
    if low in ("and", "but", "according") and (
        low == "according"
        or any(g.finite and g.start > start and g.lemma in cues.verbs() for g in unit.groups)
    ):
        return []
    end = len(unit)
    while end > start and unit.low(end - 1) in (".", "!", "?") and unit.level(end - 1) == -1:
        end -= 1
    return [(start, end)]


def _skip_tail(unit: Unit, i: int) -> int:
    """Over what may stand between a speaker and more of the quotation."""
    n = len(unit)
    limit = min(n, i + 24)
    k = i
    while k < limit:
        if unit.opens(k):
            return k - 1 if unit.low(k - 1) in (",", ":") else k
        group = unit.groups[unit.group_at[k]] if k in unit.group_at else None
        speaks = group is not None and (group.finite or group.lemma in cues.verbs())
        if unit.low(k) in (";", "--", "—") or (speaks and k > i):
            return i
        k += 1
    return i
