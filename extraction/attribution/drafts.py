"""An attribution in the making."""

from __future__ import annotations

import msgspec

from extraction.attribution.cues import Cue
from extraction.attribution.objects import Content
from extraction.attribution.units import Group, Subject, Unit


class Draft(msgspec.Struct):
    """An attribution in tokens of its unit, before it is cut into spans."""

    unit: Unit
    cue: Cue
    cue_tokens: tuple[int, int]
    source: Subject | None
    contents: list[tuple[int, int]]
    frame: str
    negated: bool = False
    passive: bool = False
    evasive: bool = False  # "neither confirmed nor denied"
    addressee: tuple[int, int] | None = None
    head: int = 0
    reasons: list[str] = msgspec.field(default_factory=list)
    more: list[tuple[int, int]] = msgspec.field(default_factory=list)  # offsets from later units


def draft_of(unit: Unit, cue: Cue, group: Group, who: Subject | None, content: Content) -> Draft:
    return Draft(
        unit,
        cue,
        (group.start, group.end),
        who,
        [(content.start, content.end)],
        content.frame,
        negated=group.negated,
        passive=group.passive,
        addressee=content.addressee,
        head=group.head,
    )
