"""Quotations that a name signs: "I was against it." — Tom Orr, in a debate."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extraction.attribution.drafts import Draft
from extraction.attribution.marks import COLON
from extraction.attribution.nouns import np_right
from extraction.attribution.units import Subject, Unit
from extraction.text.analysis import Tag

_DASHES = frozenset({"-", "--", "–", "—"})
# A signature is no sentence: it has no verb and is not longer than this, in tokens.
_LONGEST = 30
# So many paragraphs before it are looked at.
_REACH = 4

Reading = tuple[Unit, list[Draft]]


def read_signatures(readings: Sequence[Reading]) -> None:
    """Give each quotation that nobody is named for to who signs it behind a dash."""
    for i, (unit, drafts) in enumerate(readings):
        if not len(unit) or drafts:
            continue
        if unit.opens(0):
            at = unit.after_quote(0)
            who = _signer(unit, at)
            if who is not None and at > 4:
                drafts.append(_signed(unit, at, who, [(0, at)]))
            continue
        who = _signer(unit, 0)
        quoted = _quoted_before(readings[max(0, i - _REACH) : i]) if who is not None else None
        if who is not None and quoted is not None:
            draft = _signed(unit, 0, who, [])
            draft.more.append(quoted)
            drafts.append(draft)


def _signed(unit: Unit, dash: int, who: Subject, contents: list[tuple[int, int]]) -> Draft:
    cue = replace(COLON, lemma="—")
    return Draft(unit, cue, (dash, dash + 1), who, contents, "quotation", head=dash)


def _signer(unit: Unit, dash: int) -> Subject | None:
    """Who is named behind the dash at ``dash``; ``None`` where more than a name stands there."""
    if unit.lows[dash] not in _DASHES or unit.tags[dash + 1] is not Tag.PROPN:
        return None
    if len(unit) - dash > _LONGEST or any(g.finite and g.start > dash for g in unit.groups):
        return None
    end = np_right(unit, dash + 1, apposition=False)
    return Subject(dash + 1, end, "signed") if unit.lows[end] in ("", ",", "(", ".") else None


def _quoted_before(before: Sequence[Reading]) -> tuple[int, int] | None:
    """Offsets of the quotation that the units right before are; ``None`` if another says it."""
    start = end = block = -1
    for unit, drafts in reversed(before):
        whole = bool(len(unit)) and unit.opens(0) and unit.after_quote(0) == len(unit)
        if not whole or drafts or (end >= 0 and unit.block != block):
            break
        start, block = unit.tokens[0].start, unit.block
        end = unit.tokens[-1].end if end < 0 else end
    told = any(s <= start < e for _, drafts in before for d in drafts for s, e in d.more)
    return (start, end) if end > start and not told else None
