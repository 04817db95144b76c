"""Quantities of one event by measure, each voice on a line of its own."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from db.rows import ClaimRow, Status
from desktop.amounts import quantities_in_words
from extraction.model import Quantity, Scope, SideKey


@dataclass(frozen=True, slots=True)
class Figure:
    """One voice's figure. ``low`` or ``high`` is ``None`` where it is open.

    ``parts`` are figures that this one includes ("of them 42 nurses"). A ``superseded`` one was
    put right or brought up to date since; ``earlier`` are those of the same voice that were.
    """

    claim_id: int
    speaker: str
    side: SideKey
    low: float | None
    high: float | None
    approximate: bool
    words: str
    parts: tuple[tuple[float | None, float | None], ...] = ()
    superseded: bool = False
    earlier: tuple[tuple[float | None, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """Figures of one measure and one scope: only these may be compared with each other.

    ``top`` is the end of the scale, which begins at 0; ``logarithmic`` where the figures lie too
    far apart for an even one.
    """

    measure: str
    scope: Scope
    figures: tuple[Figure, ...]
    top: float
    logarithmic: bool

    def place(self, value: float) -> float:
        """Where a value stands on the scale, 0 to 1."""
        if self.logarithmic:
            return math.log10(1 + max(value, 0.0)) / math.log10(1 + self.top)
        return max(value, 0.0) / self.top


FEWEST = 2
"""Voices that make a comparison; a figure of one voice alone stands on its card."""

FAR_APART = 200.0

_PAST = frozenset({Status.SUPERSEDED, Status.CORRECTED, Status.RETRACTED})


def strips_of(claims: Iterable[ClaimRow]) -> tuple[Strip, ...]:
    """The strips of an event, those with the most voices first."""
    groups: dict[tuple[str, Scope], list[Figure]] = {}
    for claim in claims:
        for index, quantity in enumerate(claim.quantities):
            if quantity.part_of is None and (quantity.low, quantity.high) != (None, None):
                key = quantity.measure, quantity.scope
                groups.setdefault(key, []).append(_figure(claim, index, quantity))
    strips = [
        _strip(measure, scope, _by_voice(figures))
        for (measure, scope), figures in groups.items()
        if len({figure.speaker for figure in figures}) >= FEWEST
    ]
    return tuple(sorted(strips, key=lambda strip: -len(strip.figures)))


def _by_voice(figures: list[Figure]) -> list[Figure]:
    """One line a voice: what was brought up to date stands on the line of what it is now."""
    voices: dict[str, list[Figure]] = {}
    for figure in figures:
        voices.setdefault(figure.speaker.casefold(), []).append(figure)
    lines: list[Figure] = []
    for said in voices.values():
        past = [figure for figure in said if figure.superseded]
        standing = [figure for figure in said if not figure.superseded] or past[-1:]
        earlier = tuple((figure.low, figure.high) for figure in past if figure is not standing[-1])
        lines += [*standing[:-1], replace(standing[-1], earlier=earlier)]
    places = {figure.claim_id: place for place, figure in enumerate(figures)}
    return sorted(lines, key=lambda figure: places[figure.claim_id])


def _figure(claim: ClaimRow, index: int, quantity: Quantity) -> Figure:
    parts = [part for part in claim.quantities if part.part_of == index]
    words = quantities_in_words([quantity, *(replace(part, part_of=0) for part in parts)])[0]
    return Figure(
        claim_id=claim.id,
        speaker=claim.speaker,
        side=claim.side,
        low=quantity.low,
        high=quantity.high,
        approximate=quantity.approximate,
        words=words,
        parts=tuple((part.low, part.high) for part in parts),
        superseded=claim.status in _PAST,
    )


def _strip(measure: str, scope: Scope, figures: list[Figure]) -> Strip:
    values = [
        value for figure in figures for value in (figure.low, figure.high) if value is not None
    ]
    highest = max(*values, 1.0)
    lowest = min((value for value in values if value > 0), default=1.0)
    return Strip(
        measure=measure,
        scope=scope,
        figures=tuple(figures),
        top=round_up(highest),
        logarithmic=highest / lowest > FAR_APART,
    )


def round_up(value: float) -> float:
    """The next round number: 1, 2, 2.5, 5 times a power of ten; 1 at the least."""
    if value <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    for step in (1.0, 2.0, 2.5, 5.0, 10.0):
        if value <= step * power * (1 + 1e-9):
            return step * power
    return 10.0 * power
