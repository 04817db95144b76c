"""Signs for speech acts at the head of a label: shape tells the act where colour cannot."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from desktop.timeline.data import ACTS, NARRATED
from extraction.model import SpeechAct

SIDE = 11.0
"""Width and height of a sign in pixels."""

Stroke = tuple[tuple[float, float], ...]

STROKES: dict[SpeechAct, tuple[Stroke, ...]] = {
    SpeechAct.ALLEGES: (((5.5, 1), (5.5, 7)), ((5.5, 9.5), (5.5, 10))),
    SpeechAct.DENIES: (((2.2, 8.8), (8.8, 2.2)),),
    SpeechAct.ADMITS: (((1.5, 2), (1.5, 6.5), (9.5, 6.5)), ((6.5, 3.5), (9.5, 6.5), (6.5, 9.5))),
    SpeechAct.CONFIRMS: (((1.5, 6), (4.5, 9), (9.5, 2)),),
    SpeechAct.DEMANDS: (((1.5, 2), (5, 5.5), (1.5, 9)), ((6, 2), (9.5, 5.5), (6, 9))),
    SpeechAct.REJECTS: (((2, 2), (9, 9)), ((9, 2), (2, 9))),
    SpeechAct.CONDEMNS: (((2, 1), (2, 10)), ((2, 1.5), (9, 4), (2, 6.5))),
    SpeechAct.OFFERS: (((5.5, 2), (5.5, 9)), ((2, 5.5), (9, 5.5))),
    SpeechAct.THREATENS: (((6.5, 0.5), (3, 6), (7.5, 5.5), (4.5, 10.5)),),
    SpeechAct.ANNOUNCES: (((1.5, 4), (1.5, 7), (9.5, 9.5), (9.5, 1.5), (1.5, 4)),),
    SpeechAct.EXPRESSES: (((1, 6.5), (3.2, 4.2), (5.5, 5.5), (7.8, 6.8), (10, 4.5)),),
    SpeechAct.RETRACTS: (((9.5, 9), (9.5, 4.5), (1.5, 4.5)), ((4.5, 1.5), (1.5, 4.5), (4.5, 7.5))),
    SpeechAct.CORRECTS: (((1.5, 4), (9.5, 4)), ((1.5, 7.5), (9.5, 7.5)), ((3.5, 10), (7.5, 1.5))),
    SpeechAct.DECLINES: (((3, 5.5), (8, 5.5)),),
}
ROUND = frozenset({SpeechAct.DENIES, SpeechAct.DECLINES})
"""Signs with a circle around them."""


@cache
def sign(act: int) -> QPainterPath:
    """The sign for a code of ``TimelineData.act``; empty for plain assertions."""
    path = QPainterPath()
    if act == NARRATED:
        # A sheet of paper: the outlet speaks for itself.
        path.addRect(QRectF(2, 1, 7, 9))
        for y in (3.5, 5.5, 7.5):
            path.moveTo(4, y)
            path.lineTo(7, y)
        return path
    value = ACTS[act]
    if value in ROUND:
        path.addEllipse(QRectF(1, 1, 9, 9))
    for stroke in STROKES.get(value, ()):
        path.moveTo(QPointF(*stroke[0]))
        for point in stroke[1:]:
            path.lineTo(QPointF(*point))
    return path


@cache
def pin() -> QPainterPath:
    """A drawing pin, its point at the bottom."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.5, 0.5, 5, 1.8), 0.9, 0.9)
    path.addRect(QRectF(3.3, 2.0, 3.4, 3.2))
    path.addRoundedRect(QRectF(1.2, 5.0, 7.6, 1.8), 0.9, 0.9)
    path.addRect(QRectF(4.5, 6.8, 1, 3.8))
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def draw_pin(painter: QPainter, x: float, middle: float, color: QColor) -> None:
    """Draw with its left edge at ``x``, centred on ``middle``."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(color))
    painter.translate(x, middle - SIDE / 2)
    painter.drawPath(pin())
    painter.translate(-x, SIDE / 2 - middle)


def draw_sign(painter: QPainter, act: int, x: float, middle: float, color: QColor) -> None:
    """Draw with its left edge at ``x``, centred on ``middle``."""
    pen = QPen(color, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.translate(x, middle - SIDE / 2)
    painter.drawPath(sign(act))
    painter.translate(-x, SIDE / 2 - middle)
