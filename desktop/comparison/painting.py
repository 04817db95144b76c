"""Draws a row that is laid out, in the theme and with the selection of the moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from desktop.comparison.cards import RADIUS, Colors, Piece, Tone, draw_pill
from desktop.comparison.columns import Columns
from desktop.comparison.facts import DISPUTING
from desktop.comparison.links import PlacedLink, Strand
from desktop.comparison.listing import RowKind
from desktop.comparison.rowlayout import PlacedCard, RowLayout, Silence
from desktop.comparison.rows import side_of
from desktop.comparison.strips import draw_figure
from desktop.found import found_of
from desktop.session import Session
from desktop.theme import mix
from extraction.model import RelationType, SideKey

CROWDED = 60
"""Lines in a row beyond which only those of the chosen claim and of the one under the pointer
are drawn: all of them would run into one surface."""

FAINT = 0.3
"""Share of its colour that a line keeps where another claim's are meant."""

QUIET = frozenset({RelationType.RESTATES, RelationType.UPDATES, RelationType.SAME_EVENT})


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands out: the chosen claim or event, the claim under the pointer, those marked."""

    claim_id: int | None = None
    event_id: int | None = None
    hovered: int | None = None
    focused: bool = False
    several: frozenset[int] = frozenset()


def colors_of(session: Session, side: SideKey) -> Colors:
    """What a card of a side is drawn with. A card of both sides takes A's bar and B's."""
    theme = session.theme
    own = SideKey.A if side is SideKey.BOTH else side
    return Colors(
        text=theme.text,
        muted=theme.muted,
        side=session.side_color(side),
        bar=session.side_color(own),
        other_side=session.side_color(SideKey.B),
        ground=session.side_tint(side),
        panel=theme.panel,
        line=theme.line,
        dispute=theme.dispute,
        focus=theme.focus,
        theme=theme,
        found=found_of(session.filter.text),
    )


class RowPainter:
    """Draws rows into one painter, for one paint event."""

    def __init__(
        self, painter: QPainter, session: Session, columns: Columns, marked: Marked
    ) -> None:
        self._painter = painter
        self._session = session
        self._theme = session.theme
        self._columns = columns
        self._marked = marked
        self._colors = {side: colors_of(session, side) for side in SideKey}

    def draw(self, layout: RowLayout, top: float, exposed: QRectF) -> None:
        """Draw what of a row lies in ``exposed``; ``top`` is where the row begins."""
        painter = self._painter
        visible = exposed.translated(0, -top)
        painter.save()
        painter.translate(0, top)
        self._frame(layout)
        neutral = self._colors[SideKey.NONE]
        self._pieces(layout.texts, neutral, visible)
        for silence in layout.silences:
            if silence.rect.intersects(visible):
                self._silence(silence, neutral)
        for card in layout.cards:
            if card.rect.intersects(visible):
                self._card(card)
        self._links(layout, visible)
        for strip in layout.strips:
            self._pieces(strip.texts, neutral, visible)
            for figure in strip.figures:
                color = self._session.side_color(figure.figure.side)
                faint = mix(self._theme.panel, color, 0.5)
                own = faint if figure.figure.superseded else color
                draw_figure(painter, figure, strip, own, self._theme.line, faint)
        if layout.toggle is not None:
            words = layout.toggle.words
            words.block.draw(painter, words.at, self._theme.focus)
        painter.restore()

    def _frame(self, layout: RowLayout) -> None:
        """The line above a row, and the outline of a heading that is chosen by itself."""
        painter, columns = self._painter, self._columns
        painter.setPen(QPen(self._theme.line, 1))
        y = layout.line + 0.5
        painter.drawLine(QPointF(columns.left, y), QPointF(columns.left + columns.width, y))
        marked = self._marked
        chosen = layout.row.kind is RowKind.EVENT and marked.event_id == layout.row.id
        if chosen and marked.claim_id is None:
            self._outline(layout.title_rect.adjusted(-6, -4, 6, 4))

    def _outline(self, rect: QRectF) -> None:
        self._painter.setPen(QPen(self._theme.focus, 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def _pieces(
        self, pieces: list[Piece] | tuple[Piece, ...], colors: Colors, visible: QRectF
    ) -> None:
        for piece in pieces:
            if piece.rect.intersects(visible):
                tone, over = colors.of(piece.tone), colors.over(piece.block)
                piece.block.draw(self._painter, piece.at, tone, over=over)

    def _card(self, placed: PlacedCard) -> None:
        card = placed.card
        colors = self._colors[card.side]
        card.draw(self._painter, placed.at, colors, faded=placed.faded)
        if card.claim_id == self._marked.claim_id or card.claim_id in self._marked.several:
            self._outline(placed.rect.adjusted(-1, -1, 1, 1))
        elif card.claim_id == self._marked.hovered:
            self._painter.setPen(QPen(colors.side, 1))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRoundedRect(
                placed.rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS
            )

    def _silence(self, silence: Silence, colors: Colors) -> None:
        painter = self._painter
        painter.setPen(QPen(self._theme.line, 1))
        painter.setBrush(QBrush(self._theme.line, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(silence.rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        words = silence.words
        natural = min(words.block.natural_width, words.block.width)
        ground = QRectF(0, 0, natural + 16, words.block.height + 4)
        ground.moveCenter(words.rect.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.panel)
        painter.drawRect(ground)
        words.block.draw(painter, words.at, colors.of(Tone.MUTED))

    def _links(self, layout: RowLayout, visible: QRectF) -> None:
        around = (self._marked.claim_id, self._marked.hovered)
        here = {placed.card.claim_id for placed in layout.cards}
        stressed = here.intersection(one for one in around if one is not None)
        links = [link for link in layout.links if link.box.intersects(visible)]
        crowded = sum(len(link.strands) for link in layout.links) > CROWDED
        links.sort(key=lambda link: bool(stressed.intersection(link.claims)))
        for link in links:
            strands = link.strands_to(stressed) if crowded else link.strands
            meant = bool(stressed.intersection(link.claims))
            self._strands(link, strands, meant, self._line_color(link, crowded, stressed, meant))
        for link in links:
            draw_pill(
                self._painter,
                link.pill,
                link.words,
                self._link_color(link),
                self._theme.panel,
                dashed=link.possible,
            )

    def _line_color(
        self, link: PlacedLink, crowded: bool, stressed: Collection[int], meant: bool
    ) -> QColor:
        """Among many lines those of another claim than the one that is meant stand back."""
        color = self._link_color(link)
        return mix(self._theme.panel, color, FAINT) if crowded and stressed and not meant else color

    def _link_color(self, link: PlacedLink) -> QColor:
        if link.type in DISPUTING:
            return self._theme.dispute
        if link.type in QUIET:
            return self._theme.muted
        return self._session.side_color(side_of(link.source))

    def _strands(
        self, link: PlacedLink, strands: Sequence[Strand], stressed: bool, color: QColor
    ) -> None:
        painter = self._painter
        style = Qt.PenStyle.DashLine if link.possible else Qt.PenStyle.SolidLine
        painter.setPen(QPen(color, 2.4 if stressed else 1.4, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for strand in strands:
            painter.drawPath(strand.path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for tip, direction in (strand.head for strand in strands if strand.head is not None):
            back = tip.x() - 7 * direction
            painter.drawPolygon(
                QPolygonF([tip, QPointF(back, tip.y() - 4), QPointF(back, tip.y() + 4)])
            )
