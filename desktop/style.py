"""Fusion, with check boxes that can be seen on a dark ground and calm rows in trees."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

_BOXES = (
    QStyle.PrimitiveElement.PE_IndicatorCheckBox,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
)


class CalmStyle(QProxyStyle):
    """Fusion draws its boxes in a darker shade of the ground, which is no contrast in the dark."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element in _BOXES:
            _draw_box(option, painter)
        elif element != QStyle.PrimitiveElement.PE_PanelItemViewRow:
            # Rows are drawn by their delegates; Fusion would fill the branch beside a chosen one.
            super().drawPrimitive(element, option, painter, widget)


def _draw_box(option: QStyleOption, painter: QPainter) -> None:
    state, colors = option.state, option.palette
    side = min(option.rect.width(), option.rect.height(), 15)
    box = QRectF(0, 0, side - 1, side - 1)
    box.moveCenter(QRectF(option.rect).center())
    checked = bool(state & QStyle.StateFlag.State_On)
    partly = bool(state & QStyle.StateFlag.State_NoChange)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    accent = colors.color(QPalette.ColorRole.Highlight)
    edge = (
        accent if checked or partly or focused else colors.color(QPalette.ColorRole.PlaceholderText)
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 2 if focused and not checked else 1))
    painter.setBrush(accent if checked or partly else colors.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(
        QPen(
            colors.color(QPalette.ColorRole.HighlightedText),
            1.8,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    at, unit = box.topLeft(), box.width() / 14
    if checked:
        points = [QPointF(3.5, 7.2), QPointF(6, 9.8), QPointF(10.6, 4.4)]
        painter.drawPolyline([at + point * unit for point in points])
    elif partly:
        painter.drawLine(at + QPointF(4, 7) * unit, at + QPointF(10, 7) * unit)
    painter.restore()
