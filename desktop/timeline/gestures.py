"""What the mouse does on the timeline: drag to pan, a box to zoom, a click to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from desktop.theme import Theme
from desktop.timeline.frame import Hit, Target

if TYPE_CHECKING:
    from desktop.timeline.canvas import Canvas

LEAST_BOX = 6.0
"""Boxes of fewer pixels were not meant."""

LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)


class Gestures:
    """The pointer between press and release. Shift or the right button draws a box."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._pressed: QPointF | None = None
        self._at = QPointF()
        self._button = LEFT
        self._dragged = False
        self._boxes = False

    def press(self, event: QMouseEvent) -> bool:
        """Whether something begins."""
        if event.button() not in (LEFT, MIDDLE, RIGHT):
            event.ignore()
            return False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._button = event.button()
        self._boxes = self._button == RIGHT or (self._button == LEFT and shift)
        self._pressed = self._at = event.position()
        self._dragged = False
        event.accept()
        return True

    def move(self, event: QMouseEvent) -> None:
        canvas, at = self._canvas, event.position()
        if self._pressed is None:
            hit = canvas.frame_shown.hit(at.x(), at.y())
            canvas.hover(hit.mark.index if hit.mark is not None else None)
            nothing = hit.target is Target.NOTHING
            canvas.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if nothing else Qt.CursorShape.PointingHandCursor
            )
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if not (self._dragged or far):
            return
        self._dragged = True
        if self._boxes:
            self._at = at
            canvas.viewport().setCursor(Qt.CursorShape.CrossCursor)
            canvas.update_box()
            return
        by = at.x() - self._pressed.x()
        self._pressed = at
        canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        canvas.pan(-by)
        canvas.moved_by_hand.emit()

    def release(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        dragged, self._dragged = self._dragged, False
        canvas = self._canvas
        if pressed is None:
            return
        if dragged:
            canvas.viewport().unsetCursor()
            if self._boxes:
                self._zoom_to(pressed.x(), self._at.x())
            return
        hit = canvas.frame_shown.hit(event.position().x(), event.position().y())
        place = event.globalPosition().toPoint()
        if self._button == RIGHT:
            canvas.menu_asked.emit(hit, place)
        elif self._button == LEFT:
            self._click(hit, event)

    def _click(self, hit: Hit, event: QMouseEvent) -> None:
        canvas = self._canvas
        if hit.mark is not None:
            canvas.picked.emit(hit.mark.index)
        elif hit.target is Target.NOTHING:
            canvas.picked.emit(-1)
        else:
            canvas.counter_picked.emit(hit, event.globalPosition().toPoint())

    def double_click(self, event: QMouseEvent) -> None:
        canvas, x = self._canvas, event.position().x()
        hit = canvas.frame_shown.hit(x, event.position().y())
        if event.button() != LEFT:
            return
        if hit.mark is not None:
            canvas.opened.emit(hit.mark.index)
        elif hit.target is Target.NOTHING:
            canvas.zoom(0.5, x)
            canvas.moved_by_hand.emit()

    def _zoom_to(self, first: float, last: float) -> None:
        canvas = self._canvas
        canvas.update_box()
        if abs(last - first) >= LEAST_BOX:
            scale = canvas.scale_shown
            start, end = sorted((scale.days(first), scale.days(last)))
            canvas.boxed.emit(start, end)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The box while it is drawn: it takes the whole height, for only time is zoomed."""
        if self._pressed is None or not (self._boxes and self._dragged):
            return
        veil = QColor(theme.focus)
        veil.setAlphaF(0.14)
        painter.setPen(QPen(theme.focus, 1))
        painter.setBrush(QBrush(veil))
        x0, x1 = sorted((self._pressed.x(), self._at.x()))
        painter.drawRect(QRectF(x0, 1, x1 - x0, self._canvas.viewport().height() - 3))
