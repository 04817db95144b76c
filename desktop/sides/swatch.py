"""The mark of a side: its colour and, so that it is not told by colour alone, its shape."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

from extraction.model import SideKey


def draw_swatch(painter: QPainter, rect: QRect, key: SideKey, color: QColor) -> None:
    """A square for A, a disc for B, a diamond for third parties, a ring for the rest."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if key is SideKey.A:
        painter.drawRoundedRect(rect, 3, 3)
    elif key is SideKey.B:
        painter.drawEllipse(rect)
    elif key is SideKey.THIRD:
        middle = QPointF(rect.x() + rect.width() / 2, rect.y() + rect.height() / 2)
        half = rect.width() / 2 + 0.5
        painter.drawPolygon(
            QPolygonF(
                [
                    middle + QPointF(0, -half),
                    middle + QPointF(half, 0),
                    middle + QPointF(0, half),
                    middle + QPointF(-half, 0),
                ]
            )
        )
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(color)
        painter.drawEllipse(rect.adjusted(1, 1, -2, -2))
    painter.restore()


def swatch_icon(key: SideKey, color: QColor, size: int = 16) -> QIcon:
    """The same as an icon for buttons and menus."""
    scale = 2
    picture = QPixmap(size * scale, size * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_swatch(painter, QRect(1, 1, size - 2, size - 2), key, color)
    painter.end()
    return QIcon(picture)
