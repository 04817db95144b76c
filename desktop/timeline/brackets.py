"""What is only known to lie between two others: a bracket, for no part of it is more likely."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from db.rows import Status
from desktop.timeline.bars import HATCHED, STRUCK, Ink
from desktop.timeline.data import SOLID

HOOK = 5.0
"""How far the ends of a bracket reach inwards, in pixels."""

SQUARE = 5.0
"""A sign in the middle, filled as the bar would be."""


def draw_between(
    painter: QPainter, x0: float, x1: float, edges: tuple[float, float], status: Status, ink: Ink
) -> None:
    """A bracket from ``x0`` to ``x1`` between two ``edges``, a dotted line in it; the square in its
    middle says the status.
    """
    y0, y1 = edges[0] + 1.0, edges[1] - 1.0
    hook, middle = min(HOOK, (x1 - x0) / 3), (y0 + y1) / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink.color, 1.75))
    painter.drawLines(
        [
            line
            for x, inwards in ((x0 + 0.9, hook), (x1 - 0.9, -hook))
            for line in (
                QLineF(x, y0, x, y1),
                QLineF(x, y0, x + inwards, y0),
                QLineF(x, y1, x + inwards, y1),
            )
        ]
    )
    dots = QPen(ink.color, 1.5)
    dots.setDashPattern([1.5, 2.5])
    painter.setPen(dots)
    painter.drawLine(QLineF(x0 + hook, middle, x1 - hook, middle))
    if x1 - x0 < 4 * HOOK:
        return
    at = QRectF((x0 + x1) / 2 - SQUARE, middle - SQUARE, 2 * SQUARE, 2 * SQUARE)
    pen = QPen(ink.color, 1.5)
    if status is Status.UNVERIFIED:
        pen.setDashPattern([2.0, 1.4])
    painter.setPen(pen)
    filled = status in SOLID or status is Status.CONFIRMED
    painter.setBrush(QBrush(ink.color if filled else ink.ground))
    painter.drawRoundedRect(at, 2, 2)
    if status in HATCHED:
        painter.drawLine(QLineF(at.left(), at.bottom(), at.right(), at.top()))
    elif status in STRUCK:
        painter.drawLine(QLineF(at.left() - 3, middle, at.right() + 3, middle))
