"""What is where in the split view: under the pointer, under a point, of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from desktop.comparison.links import PlacedLink
from desktop.comparison.listing import RowKind
from desktop.comparison.rowlayout import PlacedCard, RowLayout, Toggle
from desktop.vocabulary import name_of

if TYPE_CHECKING:
    from desktop.comparison.canvas import ComparisonCanvas

MOST_REASONS = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A row under a point; ``inside`` is the point from the row's own corner."""

    index: int
    layout: RowLayout
    inside: QPointF

    @property
    def card(self) -> PlacedCard | None:
        return self.layout.card_at(self.inside)

    @property
    def link(self) -> PlacedLink | None:
        return next((link for link in self.layout.links if link.pill.contains(self.inside)), None)

    @property
    def toggle(self) -> Toggle | None:
        toggle = self.layout.toggle
        return toggle if toggle is not None and toggle.rect.contains(self.inside) else None

    @property
    def on_title(self) -> bool:
        return self.layout.row.kind is RowKind.EVENT and self.layout.title_rect.contains(
            self.inside
        )

    @property
    def claim_id(self) -> int | None:
        """The claim that a click chooses: of the card, of what it leads to, of a figure."""
        card = self.card
        if card is not None:
            return card.card.leads_to(self.inside - card.at) or card.card.claim_id
        for strip in self.layout.strips:
            figure = strip.figure_at(self.inside)
            if figure is not None:
                return figure.figure.claim_id
        return None

    @property
    def answers(self) -> bool:
        """Whether a click does anything here."""
        return self.toggle is not None or self.claim_id is not None or self.on_title


class Hits:
    """Looks things up in the rows that are in view. Points are those of the viewport."""

    def __init__(self, canvas: ComparisonCanvas) -> None:
        self._canvas = canvas

    def at(self, position: QPointF) -> Hit | None:
        for index, top in reversed(self._canvas.visible_rows()):
            if position.y() >= top:
                layout = self._canvas.layout_of(index)
                inside = QPointF(position.x(), position.y() - top)
                return Hit(index, layout, inside) if inside.y() < layout.height else None
        return None

    def claim_rect(self, claim_id: int) -> QRectF | None:
        """Where a claim's card is, if it is in view."""
        for index, top in self._canvas.visible_rows():
            placed = self._canvas.layout_of(index).card_of(claim_id)
            if placed is not None:
                return placed.rect.translated(0, top)
        return None

    def title_rect(self, event_id: int | None) -> QRectF | None:
        """Where an event's title is, if its row is in view."""
        for index, top in self._canvas.visible_rows():
            layout = self._canvas.layout_of(index)
            if layout.row.kind is RowKind.EVENT and layout.row.id == event_id:
                return layout.title_rect.translated(0, top)
        return None

    def tooltip(self, position: QPointF) -> str:
        """What a pointer at rest is told: the whole of what is elided, the reasons of a link."""
        hit = self.at(position)
        if hit is None:
            return ""
        if hit.card is not None:
            return hit.card.card.tooltip(hit.inside - hit.card.at)
        if hit.link is not None:
            return self._reasons(hit.link)
        texts = [
            *hit.layout.texts,
            *(text for strip in hit.layout.strips for text in strip.texts),
        ]
        return next(
            (text.whole for text in texts if text.whole and text.rect.contains(hit.inside)), ""
        )

    def _reasons(self, link: PlacedLink) -> str:
        session = self._canvas.session
        by_id = {
            relation.id: relation
            for claim_id in link.claims
            for relation in session.relations_of(claim_id)
        }
        lines = []
        for relation_id in link.relations[:MOST_REASONS]:
            relation = by_id[relation_id]
            name = name_of(relation.type)
            if relation.possible:
                name = QCoreApplication.translate("Comparison", "possibly {relation}").format(
                    relation=name
                )
            lines.append(f"{name} ({relation.score:.2f}): {'; '.join(relation.reasons)}")
        return "\n".join(lines)
