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
from extraction.attribution.subjects import subject
from extraction.attribution.units import Group, Subject, Unit
from extraction.text.analysis import Tag

GAP = frozenset({",", "--", "—", "–"})
_NOT_MORE = frozenset(
    {"as", "while", "after", "when", "with", "during", "but", "although", "though", "before", "at"}
)
_DASHES = frozenset({"--", "—", "–", "-"})
_LONGEST_DATELINE = 18  # tokens
_LEADING = frozenset({"but", "and", "so", "yet", "or"})


def _charge(unit: Unit, cue: Cue, group: Group, who: Subject) -> Draft | None:
    """ "..., a charge Marland denies": the content is the charge, the source comes after it."""
    if unit.tokens[who.start - 1].lemma in cues.words().speech_nouns:
        who = Subject(who.start - 2, who.end, who.how)  # "a charge the company called false"
    noun = who.start + 1
    if (
        unit.tags[who.start] is not Tag.DET
        or unit.tags[noun] is not Tag.NOUN
        or unit.tokens[noun].lemma not in cues.words().speech_nouns
        or noun + 1 >= who.end
        or unit.lows[who.start - 1] != ","
        or unit.tags[noun + 1] is Tag.ADP
    ):
        return None
    source = Subject(noun + 1, who.end, "subject")
    contents = [(who.start, noun + 1)]
    if unit.opens(group.end):
        contents.append((group.end, unit.after_quote(group.end)))
    elif unit.lows[group.end] == "as":  # "a claim Marland dismissed as propaganda"
        end = np_right(unit, group.end + 1, apposition=False)
        contents += [(group.end, end)] if end > group.end + 1 else []
    elif "s" in cue.frames:  # "a figure Marland called false"
        end = group.end + (unit.tags[group.end] is Tag.ADJ)
        end = end if end > group.end else np_right(unit, end, apposition=False)
        contents += [(group.end, end)] if end > group.end else []
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


def _something(unit: Unit, cue: Cue, group: Group, who: Subject) -> Draft | None:
    """ "..., something Marland denies"."""
    i = who.start - 1
    ends = unit.tags[group.end] in (None, Tag.PUNCT)
    if unit.lows[i] != "something" or unit.lows[i - 1] != "," or "o" not in cue.frames or not ends:
        return None
    cue_tokens = (group.start, group.end)
    return Draft(unit, cue, cue_tokens, who, [(i, i + 1)], "object", group.negated, head=group.head)


def _is_a_name(unit: Unit, left: int, close: int) -> bool:
    """Whether the marks hold a title or a word, not what was said."""
    ended = unit.lows[close - 1] in (",", "!", "?")
    if unit.opens(left):
        return close + 1 - left <= 3 and not ended and unit.lows[close - 1] != "."
    if has_finite(unit, left, close + 1):
        return False
    return not ended or unit.tags[left] is Tag.ADP  # 'On the show "Morning Hour," she said'


def _goes_on_after(unit: Unit, cue: Cue, group: Group) -> bool:
    i = group.end
    return unit.lows[i] == "," and i + 2 < len(unit) and not unit.opens(i + 1)


def _is_told(unit: Unit, left: int, end: int) -> bool:
    """Whether somebody says all of it already: "He said he left because, he said, it was late"."""
    return any(
        left < g.start < end
        and g.finite
        and unit.levels[g.head] == -1
        and g.lemma in ("say", "tell", "reply", "argue", "add", "write")
        and (unit.lows[g.end] == "that" or bare_clause(unit, g.end, end))
        for g in unit.groups
    )


def _may_follow(unit: Unit, cue: Cue, group: Group, who: Subject, closing: bool) -> bool:
    """Whether a cue is one that content may stand before."""
    puts_it = unit.lows[who.start - 1] == "as" and unit.lows[group.end] == "it"
    return puts_it or "p" in cue.frames or (closing and "q" in cue.frames)


def content_before(unit: Unit, cue: Cue, group: Group, who: Subject | None) -> Draft | None:
    """'"...", he said', '..., the ministry said', 'A, he said, B'."""
    if who is None or not group.finite or who.start == 0 or who.how == "relative pronoun":
        return None
    if who.how == "shared subject" or who.start >= group.start:
        return None
    charge = _something(unit, cue, group, who) or _charge(unit, cue, group, who)
    if charge is not None:
        return charge
    i = who.start - 1
    if unit.lows[i] == "as" and i > 0:
        i -= 1
    closing = unit.closes(i)
    if not (closing or unit.lows[i] in GAP):
        return None
    if not _may_follow(unit, cue, group, who, closing):
        return None
    ends = not closing and _nothing_after_at(unit, group.end)
    ends = ends and unit.lows[skip_adjuncts(unit, group.end)] != ","
    left = left_start(unit, i if closing else i - 1, dashes=not ends)
    if closing and i < who.start - 1 and left is not None and not unit.opens(left):
        return None  # 'He says, "It is over," as gulls scream'
    if left is None or left >= i + (1 if closing else 0):
        return None
    end_left = i + 1 if closing else i
    if closing and _opens_otherwise(unit, left, i):
        return None
    if not closing and not _stands_alone(unit, cue, group, left, i):
        return None
    if who.how != "subject" and not who.how.startswith("subject with"):
        return None
    if not closing and _goes_on_after(unit, cue, group) and _is_told(unit, left, i):
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
    if closing and _is_a_name(unit, left, i):
        return None
    draft.contents += (
        after_gap(unit, group.end, draft)
        or _after_told(unit, cue, group, draft)
        or _rest_of_clause(unit, left, i, group.end)
    )
    return draft


def _rest_of_clause(unit: Unit, left: int, close: int, end: int) -> list[tuple[int, int]]:
    """'Those who "love this town," he said, will vote': the verb comes behind the speaker."""
    if not unit.closes(close) or unit.opens(left) or unit.lows[end] != ",":
        return []
    verb = next((g for g in unit.groups if g.start > end), None)
    if verb is None or verb.start != end + 1 or not verb.finite:
        return []
    return _middle(unit, left, left, end + 1)


def _after_told(unit: Unit, cue: Cue, group: Group, draft: Draft) -> list[tuple[int, int]]:
    """What goes on with "that" behind who is told: "It was Orr, she told the council, that"."""
    if "a" not in cue.frames or draft.frame != "before":
        return []
    comma = np_right(unit, group.end, apposition=False)
    goes_on = unit.lows[comma] == "," and unit.lows[comma + 1] == "that"
    return after_gap(unit, comma, draft) if comma > group.end and goes_on else []


def _stands_alone(unit: Unit, cue: Cue, group: Group, left: int, comma: int) -> bool:
    """Whether what stands before the comma is said, and nothing behind the cue is instead."""
    if not _nothing_after(unit, cue, group):
        return False
    if parts_subject(unit, left, comma, group.end):
        return True
    return _statement_like(unit, left, comma, group)


def _opens_otherwise(unit: Unit, left: int, close: int) -> bool:
    """Whether a quotation ends a clause before the speaker's: 'Saying it was "over," he left'."""
    at = unit.group_at.get(left)
    if at is None or unit.opens(left) or unit.groups[at].finite or unit.lows[close - 1] != ",":
        return False
    if unit.groups[at].form != "ing" or unit.groups[at].lemma not in cues.verbs():
        return False
    commas = {k for k in range(left, close) if unit.lows[k] == "," and unit.levels[k] == -1}
    speakers = (subject(unit, g) for g in unit.groups if left < g.start < close and g.finite)
    return not any(who is not None and who.start - 1 in commas for who in speakers)


def parts_subject(unit: Unit, left: int, comma: int, end: int) -> bool:
    """Whether a speaker stands between a subject and its verb: "The plan, wrote Orr, was dead".

    Tokens ``[left, comma)`` are the subject; ``end`` is the first token behind the speaker.
    """
    if unit.lows[comma] != "," or has_finite(unit, left, comma):
        return False
    if np_right(unit, left, apposition=False) != comma or is_time(unit, comma - 1):
        return False
    after = skip_adjuncts(unit, end)
    if unit.lows[after] != ",":
        return False
    verb = next((g for g in unit.groups if g.start > after), None)
    return verb is not None and verb.start == after + 1 and verb.finite and not verb.infinitive


def _sentence_start(unit: Unit, i: int) -> int:
    """First token of the sentence of token ``i``, or of the quotation that began before it."""
    sentence = unit.analysis.sentence_at(unit.tokens[i].start)
    start = max(0, sentence.first - unit.first) if sentence is not None else 0
    level = unit.levels[start]
    if level != -1 and unit.levels[i] != level:
        return unit.before_quote(start) + 1
    if unit.levels[i] != -1 and unit.closes(i):
        return min(start, unit.before_quote(i) + 1)
    if level != -1 and start > 0 and not unit.opens(start):
        return start
    if unit.opens(start) and level == unit.levels[i]:
        return start + 1 if not unit.closes(i) else start
    return start


def left_start(unit: Unit, end: int, dashes: bool = True) -> int | None:
    """Where content that ends with token ``end`` begins: the unit's start, past small words."""
    if end < 0:
        return None
    start = _sentence_start(unit, end)
    for k in range(end, start - 1, -1):
        if (
            unit.levels[k] == -1
            and (
                unit.lows[k] == ";"
                or (unit.lows[k] in _DASHES and (dashes or _restarts(unit, k + 1)))
            )
            and k < end - 1
            and (unit.levels[end] == -1 or not unit.opens(0))
        ):
            start = k + 1
            break
    words = cues.words()
    start = _after_dateline(unit, start, end)
    while start < end and unit.levels[start] == -1:
        low = unit.lows[start]
        if low in _LEADING and unit.tags[start] is Tag.CCONJ:
            start += 1
        elif low in words.introductory and unit.lows[start + 1] == ",":
            start += 2
        elif low == "," or (start == 0 and low in ("-", "•", "*", "–", "—", "--")):
            start += 1
        else:
            break
    return start if start <= end else None


def _after_dateline(unit: Unit, start: int, end: int) -> int:
    """The first token behind "TARSK, May 26 (Wire) -", where a story opens with that."""
    if start == 0 and unit.tags[0] is Tag.NUM and ":" in unit.lows[0]:
        zone = 1 + is_time(unit, 1)  # "17:45 GMT — A drone crashed, police said"
        return zone + 1 if unit.lows[zone] in _DASHES or unit.lows[zone] == ":" else zone
    if start or not unit.tokens[0].text.isupper() or unit.tags[0] is not Tag.PROPN:
        return start
    for k in range(1, min(end, _LONGEST_DATELINE)):
        if unit.lows[k] in _DASHES:
            paired = k == 1 and any(unit.lows[j] in _DASHES for j in range(2, end))
            return start if paired or unit.tags[k - 1] is Tag.NOUN else k + 1
        if unit.tags[k] not in (Tag.PROPN, Tag.NUM, Tag.PUNCT) and not is_time(unit, k):
            return start
    return start


def _restarts(unit: Unit, i: int) -> bool:
    """Whether a clause of its own begins behind a dash: "— it is over, they insist"."""
    return unit.tags[i] is Tag.PRON and any(g.finite and g.start == i + 1 for g in unit.groups)


def _statement_like(unit: Unit, start: int, end: int, group: Group) -> bool:
    """Whether the tokens before are more than an introductory phrase ("On Monday, he said")."""
    if has_finite(unit, start, end):
        first = unit.lows[start]
        return first not in ("when", "after", "while", "as", "asked", "in", "at") or (
            _nothing_after_at(unit, group.end)
        )
    if unit.tags[start] is Tag.VERB and unit.tokens[start].form in ("part", "past"):
        return False  # "Asked by a reporter, he would not say"
    named = unit.tags[start] in (Tag.DET, Tag.PRON, Tag.PROPN) and not is_time(unit, start)
    conditional = unit.lows[start] in ("if", "unless")
    return _nothing_after_at(unit, group.end) and (named or conditional or end - start > 2)


def _nothing_after_at(unit: Unit, i: int) -> bool:
    i = skip_adjuncts(unit, i)
    return i >= len(unit) or (unit.tags[i] is Tag.PUNCT and not unit.opens(i))


def _nothing_after(unit: Unit, cue: Cue, group: Group) -> bool:
    """Whether no content follows the cue but a comma, an adjunct or the end."""
    i = group.end
    if unit.lows[i] == "out" and "out" in cue.preps:
        i += 1
    if "a" in cue.frames and unit.tags[i] in (Tag.PROPN, Tag.NOUN, Tag.PRON, Tag.DET):
        i = np_right(unit, i)
    i = skip_adjuncts(unit, i)
    if i >= len(unit):
        return True
    low = unit.lows[i]
    if unit.tags[i] is Tag.PUNCT and not unit.opens(i):
        return low != ":"
    return (
        unit.tags[i] is Tag.ADP
        and not bare_clause(unit, i, len(unit))
        and (unit.lows[i] not in cue.preps)
    )


def after_gap(unit: Unit, i: int, draft: Draft) -> list[tuple[int, int]]:
    """More content behind the speaker: 'A, he said, B' and '"A," he said. "B"'."""
    n = len(unit)
    i = _skip_tail(unit, i)
    i += unit.tags[i] is Tag.ADV and unit.lows[i + 1] == ","  # "they say privately, is"
    if unit.tags[i] is Tag.ADP and draft.frame != "quotation before":
        comma = skip_adjuncts(unit, i)
        i = comma if unit.lows[comma] == "," else i
    if i < n and unit.lows[i] in (",", ":", "--", "—", "–"):
        left_start, left_end = draft.contents[0]
        quoted_left = draft.frame == "quotation before"
        if unit.lows[i + 1] in ("and", "but") and unit.opens(i + 2) and not quoted_left:
            return [(i + 1, unit.after_quote(i + 2))]
        if unit.opens(i + 1):
            if not quoted_left and _starts_small(unit, i + 1):
                return _middle(unit, left_start, left_end, i + 1)
            return [(i + 1, unit.after_quote(i + 1))]
        if not quoted_left and (unit.lows[i] == "," or unit.lows[left_end] == unit.lows[i]):
            return _middle(unit, left_start, left_end, i + 1)
    elif i < n and unit.opens(i):
        return [(i, unit.after_quote(i))]
    return []


def _is_title(unit: Unit, k: int) -> bool:
    """Whether a few words in marks behind a plain word name something."""
    return unit.tags[k - 1] is not Tag.PUNCT and unit.after_quote(k) - k <= 6


def _starts_small(unit: Unit, i: int) -> bool:
    """Whether a quotation goes on in the middle of a sentence."""
    return i + 1 < len(unit) and unit.tokens[i + 1].text[:1].islower()


def _middle(unit: Unit, left_start: int, left_end: int, start: int) -> list[tuple[int, int]]:
    """What follows a speaker in the middle of a clause: 'The talks, he said, were over'."""
    if start >= len(unit) or (unit.tags[start] is Tag.PUNCT and not unit.opens(start)):
        return []
    low = unit.lows[start]
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
    while end > start and unit.lows[end - 1] in (".", "!", "?") and unit.levels[end - 1] == -1:
        end -= 1
    return [(start, end)]


def _may_speak(unit: Unit, group: Group) -> bool:
    cue = cues.verbs().get(group.lemma)
    return cue is not None and unit.lows[group.end] not in cue.not_before


def _skip_tail(unit: Unit, i: int) -> int:
    """Over what may stand between a speaker and more of the quotation."""
    n = len(unit)
    limit = min(n, i + 24)
    k = i
    while k < limit:
        if unit.opens(k):
            if _is_title(unit, k) and k > i:
                return i  # 'said on the show "Morning Hour"'
            joined = unit.lows[k - 1] in ("and", "but") and unit.lows[k - 2] == ","
            return k - 2 if joined else k - 1 if unit.lows[k - 1] in (",", ":") else k
        if unit.lows[k] in ("who", "whose") and unit.lows[k - 1] == ",":
            closing = next((c for c in range(k + 1, limit) if unit.lows[c] == ","), 0)
            if closing and unit.opens(closing + 1):
                return closing  # "said Orr, who joined them in May, 'that'"
        group = unit.groups[unit.group_at[k]] if k in unit.group_at else None
        speaks = group is not None and (group.finite or _may_speak(unit, group))
        if unit.lows[k] in (";", "--", "—") or (speaks and k > i):
            return i
        k += 1
    return i
