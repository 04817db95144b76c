"""Bars of marks: status by fill and outline, uncertainty by fading ends.

Everything is made of plain rectangles, lines and gradients, so that a picture file holds the
same shapes as the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)

from db.rows import Status
from desktop.theme import mix
from desktop.timeline.data import SOLID

CORNER = 3.0
HATCH = 6.0
DASH = (5.0, 3.0)
FAINTEST = 0.06
"""Opacity at the far end of a fading edge: just enough to be seen where it stops."""

LEVELS = 5
"""Steps of opacity for lines in a fading edge."""

FAINTEST_LINE = 0.45
"""Lines are thin: below this they could not be told from the ground."""

STRUCK = frozenset({Status.RETRACTED, Status.CORRECTED})
HATCHED = frozenset({Status.DISPUTED, Status.DENIED})


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours for one bar. ``vector`` draws each line, so that a picture file holds it."""

    color: QColor
    tint: QColor
    ground: QColor
    text: QColor
    vector: bool = True


class Shape(NamedTuple):
    """A bar to draw; it fades from ``core0`` to ``x0`` and from ``core1`` to ``x1``.

    ``down`` says that the axis lies below it: the notch is cut on that edge.
    """

    x0: float
    x1: float
    core0: float
    core1: float
    y0: float
    y1: float
    down: bool = True

    def opacity(self, x: float) -> float:
        """1 in the certain part, falling to ``FAINTEST`` at the ends."""
        if x < self.core0 and self.core0 > self.x0:
            share = (x - self.x0) / (self.core0 - self.x0)
        elif x > self.core1 and self.x1 > self.core1:
            share = (self.x1 - x) / (self.x1 - self.core1)
        else:
            return 1.0
        return FAINTEST + (1 - FAINTEST) * min(max(share, 0.0), 1.0)

    @property
    def fades_left(self) -> bool:
        return self.core0 > self.x0 + 0.5

    @property
    def fades_right(self) -> bool:
        return self.x1 > self.core1 + 0.5


def draw_bar(painter: QPainter, shape: Shape, status: Status, ink: Ink) -> None:
    """Draw one bar in its status."""
    if status in SOLID:
        _fill(painter, shape, ink.color, ink.ground)
        if status is Status.ADMITTED:
            _notch(painter, shape, ink.ground)
    elif status is Status.CONFIRMED:
        _outline(painter, shape, ink)
        inner = Shape(
            shape.x0 + (0 if shape.fades_left else 3),
            shape.x1 - (0 if shape.fades_right else 3),
            max(shape.core0, shape.x0 + (0 if shape.fades_left else 3)),
            min(shape.core1, shape.x1 - (0 if shape.fades_right else 3)),
            shape.y0 + 3.5,
            shape.y1 - 3.5,
        )
        _fill(painter, inner, ink.color, ink.ground)
    elif status in HATCHED:
        _fill(painter, shape, ink.tint, ink.ground)
        _hatch(painter, shape, ink)
        _outline(painter, shape, ink)
    elif status is Status.UNVERIFIED:
        _outline(painter, shape, ink, dashed=True)
    else:
        _fill(painter, shape, ink.tint, ink.ground)
        _outline(painter, shape, ink)
        if status in STRUCK:
            _strike(painter, shape, ink.text)


def draw_saying(painter: QPainter, x: float, middle: float, status: Status, ink: Ink) -> None:
    """A small speech bubble: only the time of saying is known. ``x`` is its middle."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(x - 5.5, middle - 5.5, 11, 8), 2.5, 2.5)
    tail = QPainterPath()
    tail.addPolygon(
        QPolygonF(
            [
                QPointF(x - 3, middle + 2),
                QPointF(x - 3, middle + 6.5),
                QPointF(x + 1.5, middle + 2),
            ]
        )
    )
    path = path.united(tail)
    pen = QPen(ink.color, 1.25)
    if status is Status.UNVERIFIED:
        pen.setDashPattern([2.4, 1.6])
    painter.setPen(pen)
    painter.setBrush(QBrush(ink.color if status in SOLID | {Status.CONFIRMED} else ink.tint))
    if status is Status.UNVERIFIED:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    if status in HATCHED:
        painter.drawLine(QLineF(x - 4, middle + 1, x, middle - 4))
        painter.drawLine(QLineF(x, middle + 1, x + 4, middle - 4))
    elif status in STRUCK:
        painter.setPen(QPen(ink.text, 1.5))
        painter.drawLine(QLineF(x - 8, middle - 1.5, x + 8, middle - 1.5))


@lru_cache(maxsize=2048)
def _shade(ground: int, color: int, share: int) -> QColor:
    """``share`` 64ths of a colour on a ground."""
    return mix(QColor(ground), QColor(color), share / 64)


def _fading(shape: Shape, core: QColor, end: QColor) -> QBrush:
    """``core`` in the certain part of a bar, ``end`` where it stops at a fading edge."""
    gradient = QLinearGradient(shape.x0, 0.0, shape.x1, 0.0)
    width = shape.x1 - shape.x0
    gradient.setColorAt(0.0, core if shape.core0 <= shape.x0 else end)
    gradient.setColorAt(min(max((shape.core0 - shape.x0) / width, 0.0), 1.0), core)
    if shape.core1 < shape.x1:
        gradient.setColorAt(min(max((shape.core1 - shape.x0) / width, 0.0), 1.0), core)
        gradient.setColorAt(1.0, end)
    return QBrush(gradient)


def _brush(shape: Shape, color: QColor, ground: QColor) -> QBrush:
    """Fades into the ground by colour: see-through gradients are lost in PDF viewers."""
    if not (shape.fades_left or shape.fades_right):
        return QBrush(color)
    return _fading(shape, color, _shade(ground.rgb(), color.rgb(), round(64 * FAINTEST)))


def _fill(painter: QPainter, shape: Shape, color: QColor, ground: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_brush(shape, color, ground))
    rect = QRectF(shape.x0, shape.y0, shape.x1 - shape.x0, shape.y1 - shape.y0)
    if shape.fades_left and shape.fades_right:
        painter.drawRect(rect)
    else:
        painter.drawRoundedRect(rect, CORNER, CORNER)


def _lines(painter: QPainter, shape: Shape, lines: list[QLineF], ink: Ink, w: float) -> None:
    """Lines, each as opaque as the bar is in its middle."""
    if not (shape.fades_left or shape.fades_right):
        painter.setPen(QPen(ink.color, w, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines(lines)
        return
    levels: dict[int, list[QLineF]] = {}
    for line in lines:
        share = max(shape.opacity((line.x1() + line.x2()) / 2), FAINTEST_LINE)
        levels.setdefault(round(share * LEVELS), []).append(line)
    for level, found in levels.items():
        pen = QPen(_shade(ink.ground.rgb(), ink.color.rgb(), round(64 * level / LEVELS)), w)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLines(found)


def _outline(painter: QPainter, shape: Shape, ink: Ink, *, dashed: bool = False) -> None:
    if not dashed and not shape.fades_left and not shape.fades_right:
        painter.setPen(QPen(ink.color, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            QRectF(
                shape.x0 + 0.75,
                shape.y0 + 0.75,
                shape.x1 - shape.x0 - 1.5,
                shape.y1 - shape.y0 - 1.5,
            ),
            CORNER,
            CORNER,
        )
        return
    if not ink.vector:
        _outline_at_once(painter, shape, ink, dashed=dashed)
        return
    on, off = DASH if dashed else (8.0, 0.0)
    lines: list[QLineF] = []
    for y in (shape.y0 + 0.75, shape.y1 - 0.75):
        x = shape.x0
        while x < shape.x1:
            if not dashed and shape.core0 <= x < shape.core1 - on:
                # The certain part is one line.
                lines.append(QLineF(x, y, shape.core1, y))
                x = shape.core1
                continue
            lines.append(QLineF(x, y, min(x + on, shape.x1), y))
            x += on + off
    for x, fades in ((shape.x0 + 0.75, shape.fades_left), (shape.x1 - 0.75, shape.fades_right)):
        if not fades:
            y = shape.y0
            while y < shape.y1:
                lines.append(QLineF(x, y, x, min(y + on, shape.y1)))
                y += on + off
    _lines(painter, shape, lines, ink, 1.5)


def _outline_at_once(painter: QPainter, shape: Shape, ink: Ink, *, dashed: bool) -> None:
    """In one paint that fades with the bar: two to four thin rectangles, or dashed lines."""
    x0, x1, y0, y1 = shape.x0, shape.x1, shape.y0, shape.y1
    left, right = shape.fades_left, shape.fades_right
    paint = QBrush(ink.color)
    if left or right:
        end = _shade(ink.ground.rgb(), ink.color.rgb(), round(64 * FAINTEST_LINE))
        paint = _fading(shape, ink.color, end)
    if not dashed:
        rects = [QRectF(x0, y0, x1 - x0, 1.5), QRectF(x0, y1 - 1.5, x1 - x0, 1.5)]
        if not left:
            rects.append(QRectF(x0, y0, 1.5, y1 - y0))
        if not right:
            rects.append(QRectF(x1 - 1.5, y0, 1.5, y1 - y0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint)
        painter.drawRects(rects)
        return
    pen = QPen(paint, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([length / 1.5 for length in DASH])
    painter.setPen(pen)
    lines = [QLineF(x0, y, x1, y) for y in (y0 + 0.75, y1 - 0.75)]
    if not left:
        lines.append(QLineF(x0 + 0.75, y0, x0 + 0.75, y1))
    if not right:
        lines.append(QLineF(x1 - 0.75, y0, x1 - 0.75, y1))
    painter.drawLines(lines)


def _hatch(painter: QPainter, shape: Shape, ink: Ink) -> None:
    """Lines at 45 degrees, cut off at the bar's edges."""
    # Hatching keeps to the bar's own left edge, so that it does not crawl in a pan.
    if not ink.vector:
        _hatch_at_once(painter, shape, ink)
        return
    height = shape.y1 - shape.y0
    lines = []
    x = shape.x0 - height
    while x < shape.x1:
        left, right = max(x, shape.x0), min(x + height, shape.x1)
        if right - left > 1:
            lines.append(QLineF(left, shape.y1 - (left - x), right, shape.y1 - (right - x)))
        x += HATCH
    _lines(painter, shape, lines, ink, 1.25)


@lru_cache(maxsize=512)
def _tile(color: int, ratio: float) -> QBrush:
    side = HATCH * ratio
    picture = QPixmap(max(round(side), 1), max(round(side), 1))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), 1.25 * ratio))
    for shift in (-side, 0.0, side):
        painter.drawLine(QLineF(shift - side, 2 * side, shift + 2 * side, -side))
    painter.end()
    brush = QBrush(picture)
    if ratio != 1:
        brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    return brush


def _hatch_at_once(painter: QPainter, shape: Shape, ink: Ink) -> None:
    """Filled with a tile, the ground laid over it where it fades: lines take far longer."""
    ratio = max(painter.device().devicePixelRatioF(), 0.25)
    rect = QRectF(shape.x0, shape.y0, shape.x1 - shape.x0, shape.y1 - shape.y0)
    painter.setBrushOrigin(QPointF(shape.x0 - (shape.y1 - shape.y0), shape.y1))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_tile(ink.color.rgb(), ratio))
    painter.drawRect(rect)
    # Gradients would be moved along with it.
    painter.setBrushOrigin(QPointF())
    if shape.fades_left or shape.fades_right:
        painter.setBrush(_fading(shape, *_veil(ink.ground.rgb())))
        painter.drawRect(rect)


@lru_cache(maxsize=64)
def _veil(ground: int) -> tuple[QColor, QColor]:
    """The ground as it is laid over the certain part, and over the far end of a fading edge."""
    clear, thick = QColor(ground), QColor(ground)
    clear.setAlphaF(0.0)
    thick.setAlphaF(1 - FAINTEST_LINE)
    return clear, thick


def _notch(painter: QPainter, shape: Shape, ground: QColor) -> None:
    """A wedge cut out of the edge towards the axis, at the end where no label begins."""
    half = min(6.0, (shape.x1 - shape.x0) / 3)
    middle = max(min(shape.core1, shape.x1) - 2 * half, (shape.core0 + shape.core1) / 2)
    edge, tip = (shape.y1, shape.y1 - 9) if shape.down else (shape.y0, shape.y0 + 9)
    outside = edge + (0.5 if shape.down else -0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(ground))
    painter.drawPolygon(
        QPolygonF(
            [QPointF(middle - half, outside), QPointF(middle, tip), QPointF(middle + half, outside)]
        )
    )


def _strike(painter: QPainter, shape: Shape, color: QColor) -> None:
    middle = (shape.y0 + shape.y1) / 2
    painter.setPen(QPen(color, 1.75))
    painter.drawLine(QLineF(shape.x0 - 3, middle, shape.x1 + 3, middle))
