"""The pointer in the split view: choose, mark, open, unfold, and draw a relation by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from desktop.comparison.cards import RADIUS

if TYPE_CHECKING:
    from desktop.comparison.canvas import ComparisonCanvas

EDGE, SCROLL_MS = 36.0, 30
"""How near the edge a relation that is drawn scrolls the rows, by that many pixels at most."""

Button = Qt.MouseButton


class Pointing:
    """Turns mouse events into what the canvas does. ``hovered`` is the claim under the pointer.

    A drag from one card to another asks what the first is to the second.
    """

    def __init__(self, canvas: ComparisonCanvas) -> None:
        self._canvas = canvas
        self.hovered: int | None = None
        self._pressed: QPointF | None = None
        self._held: int | None = None
        self._at: QPointF | None = None
        self._scrolling = QTimer(canvas)
        self._scrolling.setInterval(SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_on)

    # ------------------------------------------------------------------ events

    def moved(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._held is not None and self._pressed is not None:
            far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if (far or self._at is not None) and self._canvas.review.allowed():
                self._at = at
                self._scrolling.start()
                self._canvas.viewport().setCursor(Qt.CursorShape.CrossCursor)
                self._canvas.viewport().update()
                return
        hit = self._canvas.hits.at(at)
        card = hit.card if hit is not None else None
        answers = hit is not None and hit.answers
        self.hover(card.card.claim_id if card is not None else None, answers)
        self._canvas.viewport().setToolTip(self._canvas.hits.tooltip(at))

    def pressed(self, event: QMouseEvent) -> None:
        canvas = self._canvas
        hit = canvas.hits.at(event.position())
        if hit is None or event.button() not in (Button.LeftButton, Button.RightButton):
            return
        if hit.toggle is not None:
            canvas.expand(hit.index, hit.toggle.expands)
        elif hit.card is not None and self._marks(hit.card.card.claim_id, event):
            return
        elif (claim_id := hit.claim_id) is not None:
            if event.button() is Button.LeftButton and hit.card is not None:
                self._pressed, self._held = event.position(), hit.card.card.claim_id
            canvas.choose(canvas.session.claim(claim_id))
        elif hit.on_title:
            canvas.choose_event(hit.layout.row.id)

    def _marks(self, claim_id: int, event: QMouseEvent) -> bool:
        """Mark a card where the click asks for that; a second button leaves the marks."""
        canvas = self._canvas
        if event.button() is Button.RightButton:
            return claim_id in canvas.choice.marked
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            canvas.choice.toggle(claim_id)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            canvas.choice.extend(claim_id)
        else:
            return False
        canvas.choose(canvas.session.claim(claim_id), marking=True)
        canvas.viewport().update()
        return True

    def released(self, event: QMouseEvent) -> None:
        source, dragged = self._held, self._at is not None
        self._let_go()
        target = self._claim_at(event.position())
        if dragged and source is not None and target not in (None, source):
            self._canvas.relate_requested.emit(source, target, event.globalPosition().toPoint())

    def cancelled(self, event: QKeyEvent) -> bool:
        """Escape lets a relation go that is being drawn."""
        if event.key() != Qt.Key.Key_Escape or self._at is None:
            return False
        self._let_go()
        return True

    def _let_go(self) -> None:
        self._pressed, self._held = None, None
        self._scrolling.stop()
        if self._at is not None:
            self._at = None
            self._canvas.viewport().unsetCursor()
            self._canvas.viewport().update()

    def _scroll_on(self) -> None:
        """Near the edge the rows move along: the other claim may stand far away."""
        if self._at is None or self._pressed is None:
            return
        height = self._canvas.viewport().height()
        above, below = EDGE - self._at.y(), self._at.y() - (height - EDGE)
        if max(above, below) <= 0:
            return
        bar = self._canvas.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + round(min(below, EDGE) if below > 0 else -min(above, EDGE)))
        self._pressed -= QPointF(0, bar.value() - before)
        self._canvas.viewport().update()

    def double_clicked(self, event: QMouseEvent) -> None:
        hit = self._canvas.hits.at(event.position())
        claim_id = self._claim_at(event.position())
        if claim_id is not None:
            self._canvas.edit_requested.emit(claim_id)
        elif hit is not None and hit.on_title:
            self._canvas.event_edit_requested.emit(hit.layout.row.id)

    def asked_for_menu(self, event: QContextMenuEvent) -> None:
        canvas = self._canvas
        position = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            claim_id = canvas.session.selection.claim_id
            rect = canvas.hits.claim_rect(claim_id) if claim_id is not None else None
            if rect is not None:
                position = canvas.viewport().mapToGlobal(rect.center().toPoint())
            elif (title := canvas.hits.title_rect(canvas.session.selection.event_id)) is not None:
                event_id = canvas.session.selection.event_id
                position = canvas.viewport().mapToGlobal(title.bottomLeft().toPoint())
                canvas.event_menu_requested.emit(event_id, position)
                return
        else:
            hit = canvas.hits.at(QPointF(event.pos()))
            if hit is not None and hit.card is None and hit.link is not None:
                canvas.link_menu_requested.emit(list(hit.link.relations), position)
                return
            if hit is not None and hit.card is None and hit.on_title:
                canvas.event_menu_requested.emit(hit.layout.row.id, position)
                return
            claim_id = self._claim_at(QPointF(event.pos()))
        if claim_id is not None:
            canvas.menu_requested.emit(claim_id, position)

    # ------------------------------------------------------------------ what is under it

    def _claim_at(self, at: QPointF) -> int | None:
        hit = self._canvas.hits.at(at)
        card = hit.card if hit is not None else None
        return card.card.claim_id if card is not None else None

    def hover(self, claim_id: int | None, hand: bool) -> None:
        self._canvas.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        )
        if claim_id != self.hovered:
            self.hovered = claim_id
            self._canvas.viewport().update()

    def draw(self, painter: QPainter) -> None:
        """The relation that is being drawn, and the card that it would reach."""
        if self._at is None or self._pressed is None:
            return
        color = self._canvas.session.theme.focus
        painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(self._pressed, self._at)
        target = self._claim_at(self._at)
        rect = self._canvas.hits.claim_rect(target) if target is not None else None
        if rect is not None and target != self._held:
            painter.setPen(QPen(color, 2))
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), RADIUS, RADIUS)
