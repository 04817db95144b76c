"""Interviews that name who speaks before each answer: "Solveg: No, we had no plane in the air."."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extraction.attribution import cues
from extraction.attribution.drafts import Draft
from extraction.attribution.marks import COLON
from extraction.attribution.nouns import is_time
from extraction.attribution.units import Subject, Unit
from extraction.model import BlockKind
from extraction.text.analysis import Tag

_LONGEST_LABEL = 4
# So many paragraphs with a label make a conversation, if one of the labels comes back.
_FEWEST = 3

Reading = tuple[Unit, list[Draft]]


def read_transcript(readings: Sequence[Reading]) -> None:
    """Give each answer of a conversation to who is named before it; questions are no claims."""
    labels = _labels(readings)
    answer: Draft | None = None
    for unit, drafts in readings:
        at = labels.get(unit.block, 0) if answer is None or answer.unit.block != unit.block else 0
        if answer is not None and answer.unit.block == unit.block:
            answer.contents = []
            answer.more = [(answer.unit.tokens[answer.head + 1].start, unit.tokens[-1].end)]
        elif at:
            answer = _answer(unit, at)
        else:
            answer = None
        if unit.block in labels:
            drafts[:] = [d for d in drafts if not _own(d)]
        if answer is not None and answer.unit is unit:
            drafts.append(answer)
    asking = _interviewer(readings)
    for _, drafts in readings:
        drafts[:] = [
            d for d in drafts if not (d.frame == "answer" and (_asks(d) or _label_of(d) == asking))
        ]
    for _, drafts in readings:
        for draft in drafts:
            if draft.frame == "answer":
                draft.frame = "quotation"


def _label_of(answer: Draft) -> str:
    return " ".join(answer.unit.lows[: answer.head])


def _interviewer(readings: Sequence[Reading]) -> str:
    """Who speaks first and asks at least once: what is put to others is nobody's claim."""
    turns = [d for _, drafts in readings for d in drafts if d.frame == "answer"]
    first = _label_of(turns[0]) if turns else ""
    asks = any(_asks(turn) for turn in turns if _label_of(turn) == first)
    return first if asks else ""


def _labels(readings: Sequence[Reading]) -> dict[int, int]:
    """By block, the position of the colon behind the name that opens it."""
    found: dict[int, int] = {}
    names: Counter[str] = Counter()
    seen: set[int] = set()
    for unit, _ in readings:
        if unit.block in seen:
            continue
        seen.add(unit.block)
        at = _label(unit)
        if at:
            found[unit.block] = at
            names[" ".join(unit.lows[k] for k in range(at))] += 1
    repeated = any(count > 1 for count in names.values())
    return found if repeated and len(found) >= _FEWEST and len(names) > 1 else {}


def _label(unit: Unit) -> int:
    if unit.analysis.blocks[unit.block].kind is BlockKind.TITLE:
        return 0
    for k in range(min(_LONGEST_LABEL + 1, len(unit) - 1)):
        if unit.lows[k] == ":":
            named = k > 0 and unit.tags[k - 1] is Tag.PROPN and not is_time(unit, k - 1)
            return k if named and unit.lows[0] not in cues.words().labels else 0
        if unit.tags[k] not in (Tag.PROPN, Tag.NOUN, Tag.ADJ) and unit.lows[k] != ".":
            return 0
    return 0


def _answer(unit: Unit, at: int) -> Draft:
    who = Subject(0, at, "before a colon")
    return Draft(unit, COLON, (at, at + 1), who, [(at + 1, len(unit))], "answer", head=at)


def _asks(answer: Draft) -> bool:
    """Whether all of it is a question: what who interviews says."""
    text = answer.unit.analysis.text
    end = answer.more[-1][1] if answer.more else answer.unit.tokens[-1].end
    return text[:end].rstrip().endswith("?")


def _own(draft: Draft) -> bool:
    """Whether a draft in an answer is the speaker's own, or nobody's."""
    source = draft.source
    return source is None or draft.cue.weak or draft.unit.lows[source.start] in ("i", "we")
