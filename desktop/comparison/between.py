"""What is left between an admission and a denial of one side, of what the other accuses it of.

A side that owns to a part and denies the rest is neither silent nor at odds with itself: the two
stand together, so that what nobody owned to can be read off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF

from db.rows import ClaimRow, RelationRow, ReviewState
from desktop.comparison.cards import Piece, Tone
from desktop.comparison.columns import Columns
from desktop.comparison.facts import speaker_of
from desktop.comparison.kit import block_of
from desktop.comparison.rows import shown_claim
from desktop.comparison.words import content_of
from desktop.session import Session
from desktop.theme import Size
from extraction.model import RelationType, SideKey, SpeechAct

MOST = 2
"""Pairs that a row tells of; more are counted."""

_PARTIES = (SideKey.A, SideKey.B)
_DENYING = frozenset({RelationType.DENIES, RelationType.CONTRADICTS})


@dataclass(frozen=True, slots=True)
class Gap:
    """``sure`` is false where the denial may be of something else."""

    side: SideKey
    admission: ClaimRow
    denial: ClaimRow
    sure: bool = True


def gaps_of(session: Session, claims: Iterable[ClaimRow]) -> tuple[Gap, ...]:
    """Of the claims of a row, each pair once, those that are sure first."""
    found: dict[tuple[SideKey, int], Gap] = {}
    shown = tuple(claims)
    for claim in shown:
        for side in _PARTIES:
            gap = _on(session, claim, side)
            if gap is not None:
                _keep(found, gap)
    for side in _PARTIES:
        own = [claim for claim in shown if claim.side is side]
        admitted = [claim for claim in own if claim.speech_act is SpeechAct.ADMITS]
        denied = [claim for claim in own if claim.speech_act is SpeechAct.DENIES]
        if admitted and denied:
            _keep(found, Gap(side, admitted[0], denied[0]))
    return tuple(sorted(found.values(), key=lambda gap: not gap.sure))


def _keep(found: dict[tuple[SideKey, int], Gap], gap: Gap) -> None:
    """One denial an admission is enough, and a sure one rather than a possible one."""
    key = gap.side, gap.admission.id
    if key not in found or (gap.sure and not found[key].sure):
        found[key] = gap


def _on(session: Session, claim: ClaimRow, side: SideKey) -> Gap | None:
    """What ``side`` admits and denies of what another one claims."""
    if claim.side is side:
        return None
    admission: tuple[RelationRow, ClaimRow] | None = None
    denial: tuple[RelationRow, ClaimRow] | None = None
    for relation in sorted(session.relations_of(claim.id), key=lambda row: -row.score):
        if relation.target_id != claim.id or relation.review is ReviewState.REJECTED:
            continue
        other = shown_claim(session, relation.source_id)
        if other is None or other.side is not side:
            continue
        if relation.type is RelationType.ADMITS and admission is None:
            admission = relation, other
        elif relation.type in _DENYING and (denial is None or _possible(denial[0])):
            denial = denial if denial is not None and _possible(relation) else (relation, other)
    if admission is None or denial is None or admission[1].id == denial[1].id:
        return None
    return Gap(side, admission[1], denial[1], not _possible(denial[0]))


def _possible(relation: RelationRow) -> bool:
    return relation.possible and relation.review is not ReviewState.ACCEPTED


def place_gaps(
    session: Session, gaps: tuple[Gap, ...], columns: Columns, top: float
) -> tuple[list[Piece], float]:
    """Lines over the width of the two sides, below ``top``; and where they end."""
    left, width = columns.left, columns.right + columns.card_width - columns.left
    pieces: list[Piece] = []
    y = top
    for gap in gaps[:MOST]:
        for words, tone, strong in _lines(session, gap):
            block = block_of(words, Size.CAPTION, width, strong=strong, lines=2)
            pieces.append(Piece(block, QPointF(left, y), tone))
            y += block.height
        y += 4
    if len(gaps) > MOST:
        more = QCoreApplication.translate("Comparison", "{count} more admissions beside denials")
        block = block_of(more.format(count=len(gaps) - MOST), Size.CAPTION, width, lines=1)
        pieces.append(Piece(block, QPointF(left, y), Tone.MUTED))
        y += block.height
    return pieces, y


def _lines(session: Session, gap: Gap) -> list[tuple[str, Tone, bool]]:
    title = QCoreApplication.translate("Comparison", "Between admission and denial by {side}")
    admits = QCoreApplication.translate("Comparison", "{speaker} admits: {words}")
    denies = (
        QCoreApplication.translate("Comparison", "{speaker} denies: {words}")
        if gap.sure
        else QCoreApplication.translate("Comparison", "{speaker} possibly denies: {words}")
    )
    return [
        (title.format(side=session.side_name(gap.side)), Tone.TEXT, True),
        (_told(admits, gap.admission), Tone.MUTED, False),
        (_told(denies, gap.denial), Tone.DISPUTE, False),
    ]


def _told(pattern: str, claim: ClaimRow) -> str:
    return pattern.format(speaker=speaker_of(claim), words=content_of(claim))
