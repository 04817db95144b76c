"""Low, best and high of an event's figures, each with where it came from.

The three are those that the Uppsala Conflict Data Program codes for an event: the lowest and the
highest figure that a source gives, and the one to go by. That follows the source rated best, if
a person rated any; else what most voices say; and of two that nothing tells apart the lower, as
the program is careful. It is a reading aid: nothing of it is stored, and no claim is judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.rows import Reliability
from desktop.amounts import number_in_words
from desktop.comparison.figures import FEWEST, Figure

Rated = Callable[[int], Reliability | None]
"""The reliability of a claim's source, by the claim's id, if a person rated it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """``open_`` where the text says "at least" (or, of the low one, "at most")."""

    value: float
    open_: bool
    speaker: str
    claim_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    low: Estimate
    best: Estimate
    high: Estimate


def coding_of(figures: Sequence[Figure], rated: Rated) -> Coding | None:
    """``None`` where all that stand say the same: there is nothing to choose from."""
    standing = [figure for figure in figures if not figure.superseded]
    if len({(figure.low, figure.high) for figure in standing}) < FEWEST:
        return None
    low = min(standing, key=lambda figure: (_least(figure), figure.low is None))
    high = max(standing, key=lambda figure: (_most(figure), figure.high is None))
    best, reason = _best(standing, rated)
    return Coding(
        Estimate(_least(low), low.low is None, low.speaker, low.claim_id),
        Estimate(_least(best), best.high is None, best.speaker, best.claim_id, reason),
        Estimate(_most(high), high.high is None, high.speaker, high.claim_id),
    )


def _best(figures: Sequence[Figure], rated: Rated) -> tuple[Figure, str]:
    letters = {figure.claim_id: rated(figure.claim_id) for figure in figures}
    judged = {
        claim: letter.value
        for claim, letter in letters.items()
        if letter is not None and letter is not Reliability.CANNOT_BE_JUDGED
    }
    chosen, reason = list(figures), ""
    if judged:
        first = min(judged.values())
        chosen = [figure for figure in figures if judged.get(figure.claim_id) == first]
        reason = QCoreApplication.translate("Comparison", "from the source rated {letter}").format(
            letter=first
        )
    voices = Counter(
        value for value, _ in {(_least(figure), figure.speaker.casefold()) for figure in chosen}
    )
    most = max(voices.values())
    agreed = [figure for figure in chosen if voices[_least(figure)] == most]
    best = min(agreed, key=_least)
    if most > 1:
        said = QCoreApplication.translate("Comparison", "{count} voices say so").format(count=most)
        reason = f"{reason}, {said}" if reason else said
    elif len(agreed) > 1:
        lower = QCoreApplication.translate("Comparison", "the lower, as nothing tells them apart")
        reason = f"{reason}, {lower}" if reason else lower
    return best, reason


def _least(figure: Figure) -> float:
    return figure.low if figure.low is not None else figure.high or 0.0


def _most(figure: Figure) -> float:
    return figure.high if figure.high is not None else figure.low or 0.0


def in_words(coding: Coding) -> str:
    """ "low 3 (City Office) · best 8 (River Watch; 2 voices say so) · high 12 or more (Army)"."""
    names = (
        QCoreApplication.translate("Comparison", "low"),
        QCoreApplication.translate("Comparison", "best"),
        QCoreApplication.translate("Comparison", "high"),
    )
    parts = []
    for name, estimate in zip(names, (coding.low, coding.best, coding.high), strict=True):
        value = number_in_words(estimate.value)
        if estimate.open_ and estimate is coding.low:
            pattern = QCoreApplication.translate("Comparison", "{value} or fewer")
        elif estimate.open_:
            pattern = QCoreApplication.translate("Comparison", "{value} or more")
        else:
            pattern = "{value}"
        source = "; ".join(part for part in (estimate.speaker, estimate.reason) if part)
        parts.append(f"{name} {pattern.format(value=value)} ({source})")
    return " · ".join(parts)
