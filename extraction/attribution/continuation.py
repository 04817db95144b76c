"""Quotations that go on over the following sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extraction.attribution.drafts import Draft
from extraction.attribution.gating import only_recounts
from extraction.attribution.marks import COLON
from extraction.attribution.units import Unit
from extraction.model import BlockKind, SpeechAct
from extraction.text.analysis import Tag

_BULLETS = frozenset({"-", "–", "—", "•", "*", "·", "▪"})
# Frame of what a list says of what its head announces.
ITEM = "list item"
_SAID_FRAMES = frozenset({"that", "clause", "before", "quotation", "quotation before"})
_QUOTED_FRAMES = frozenset({"quotation", "quotation before", "before", "colon"})


def join(readings: Sequence[tuple[Unit, list[Draft]]]) -> None:
    """Give each quotation that has no cue of its own to the attribution it continues."""
    speaker: Draft | None = None
    last_block = -1
    open_end = False
    waiting: Draft | None = None
    plain: tuple[Draft, int] | None = None
    listing: Draft | None = None
    told: Draft | None = None
    for unit, drafts in readings:
        new_block = unit.block != last_block
        if plain is not None and unit.block == plain[1]:
            plain[0].more[-1] = (plain[0].more[-1][0], unit.tokens[-1].end)
            continue
        plain = None
        if listing is not None and new_block and _is_item(unit):
            drafts.insert(0, _item(listing, unit))
            waiting, speaker, last_block = None, None, unit.block
            continue
        listing = None if new_block else listing
        pure = _is_pure_quotation(unit)
        outside = [d for d in drafts if unit.levels[d.head] == -1]
        if pure and speaker is not None and (not new_block or open_end):
            speaker.more.append((unit.tokens[0].start, unit.tokens[-1].end))
            drafts[:] = [d for d in drafts if not only_recounts(d)]
        elif pure and told is not None and not new_block:
            drafts[:] = [d for d in drafts if not only_recounts(d)]
            speaker = _told_on(told, unit, drafts)
        elif (pure or _is_quote_block(unit)) and waiting is not None and new_block:
            waiting.more.append((unit.tokens[0].start, unit.tokens[-1].end))
            speaker = waiting
        elif waiting is not None and waiting.frame == "announced" and new_block and len(unit):
            waiting.more.append((unit.tokens[0].start, unit.tokens[-1].end))
            plain, waiting, speaker = (waiting, unit.block), None, None
            last_block = unit.block
            continue
        elif open_end and new_block and unit.opens(0) and outside and speaker is not None:
            speaker = _next_speaker(unit, outside)
        else:
            speaker = _next_speaker(unit, outside)
        told = None if pure else _tells(unit, outside)
        waiting = _announcing(unit, outside)
        listing = waiting if waiting is not None and waiting.frame == "announced" else None
        open_end = _left_open(unit) and speaker is not None
        last_block = unit.block


def _is_item(unit: Unit) -> bool:
    item = unit.analysis.blocks[unit.block].kind is BlockKind.LIST_ITEM
    return item or unit.lows[0] in _BULLETS


def _item(announcing: Draft, unit: Unit) -> Draft:
    """One item of a list as a claim of its own: 'According to the report: - the jet was late;'."""
    first = 1 if unit.lows[0] in _BULLETS and unit.length > 1 else 0
    last = unit.length
    while last > first + 1 and unit.lows[last - 1] in (";", ".", ","):
        last -= 1
    span = (unit.tokens[first].start, unit.tokens[last - 1].end)
    return replace(announcing, contents=[], more=[span], frame=ITEM, reasons=[])


def _is_pure_quotation(unit: Unit) -> bool:
    if not len(unit) or not unit.opens(0):
        return False
    end = unit.after_quote(0)
    return all(
        unit.tags[k] is Tag.PUNCT or unit.levels[k] != -1 for k in range(end, len(unit))
    ) and (end > 3)


def _is_quote_block(unit: Unit) -> bool:
    return unit.analysis.blocks[unit.block].kind is BlockKind.QUOTE


def _left_open(unit: Unit) -> bool:
    last = len(unit) - 1
    return last >= 0 and unit.levels[last] != -1 and not unit.quote(last).closed


def _next_speaker(unit: Unit, drafts: Sequence[Draft]) -> Draft | None:
    """Whose quotation the next quoted sentence continues."""
    last = len(unit) - 1
    for draft in reversed(drafts):
        touches_end = any(e >= last for _, e in draft.contents) and unit.levels[last] != -1
        if draft.frame == "according to" and any(unit.levels[s] != -1 for s, _ in draft.contents):
            return draft
        closes = any(unit.closes(e - 1) for _, e in draft.contents)
        if (
            draft.frame == "quotation before"
            or (draft.frame == "before" and closes)
            or (draft.frame in _QUOTED_FRAMES and (touches_end or unit.levels[0] != -1))
        ):
            return draft
        if touches_end and unit.levels[last] != -1:
            return draft
    return None


def _tells(unit: Unit, drafts: Sequence[Draft]) -> Draft | None:
    """Who goes on in a bare quotation: 'He rejected the idea. "I met them."'."""
    speakers = [d for d in drafts if d.source is not None and not d.cue.evidence]
    if not speakers or unit.lows[len(unit) - 1] == "?":
        return None
    last = speakers[-1]
    named = {d.source.start for d in speakers if d.source is not None}
    relative = last.source is not None and last.source.how in ("relative pronoun", "possessive")
    if len(named) > 1 or relative or last.cue.weak or last.frame in ("whether", "according to"):
        return None
    return None if last.passive or last.frame.startswith(("noun", "adjective")) else last


def _told_on(told: Draft, unit: Unit, drafts: list[Draft]) -> Draft:
    """Give a bare quotation to who spoke in the sentence before.

    What was said goes on; what was rejected, demanded or blamed is another claim.
    """
    span = (unit.tokens[0].start, unit.tokens[-1].end)
    if told.frame in _SAID_FRAMES:
        told.more.append(span)
        return told
    blames = told.cue.act is SpeechAct.ALLEGES
    cue = replace(COLON, lemma=told.cue.lemma, act=told.cue.act if blames else COLON.act)
    quoted = replace(told, cue=cue, contents=[], more=[span], frame=ITEM, reasons=[])
    drafts.insert(0, quoted)
    return quoted


def _announcing(unit: Unit, drafts: Sequence[Draft]) -> Draft | None:
    """A cue whose content is the next paragraph: 'She continued:'."""
    if not len(unit) or unit.lows[len(unit) - 1] != ":" or not drafts:
        return None
    return drafts[-1]
