"""The line over the columns of the split view: who stands where, and which day is in view."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.comparison.canvas import ComparisonCanvas
from desktop.comparison.textblock import elided_at_word
from desktop.theme import Size, font
from extraction.model import SideKey

HEADER_HEIGHT = 30
_TOLD = (SideKey.A, SideKey.B)


class ColumnHeader(QWidget):
    """Names of the sides over their columns, and the day at the top of the view."""

    def __init__(self, canvas: ComparisonCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        self._day = ""
        self.setFixedHeight(HEADER_HEIGHT)
        canvas.scrolled.connect(self._show_day)
        canvas.columns_changed.connect(self.update)
        canvas.session.theme_changed.connect(self.update)

    @property
    def day(self) -> str:
        return self._day

    def _show_day(self, day: str) -> None:
        self.setToolTip(" · ".join(self._canvas.session.side_name(key) for key in _TOLD))
        if day != self._day:
            self._day = day
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        session, columns = self._canvas.session, self._canvas.columns
        painter = QPainter(self)
        painter.fillRect(self.rect(), session.theme.panel)
        painter.setPen(QPen(session.theme.line, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        align = Qt.AlignmentFlag
        caption = QFontMetricsF(font(Size.CAPTION))
        half_day = caption.horizontalAdvance(self._day) / 2
        # A name may reach into the gutter as far as the day in its middle leaves room.
        room = max(
            columns.card_width * 0.75,
            columns.card_width + columns.gutter_width / 2 - half_day - 16,
        )
        right = columns.right + columns.card_width
        self._name(painter, self._box(columns.left, room), align.AlignLeft, SideKey.A)
        self._name(painter, self._box(right - room, room), align.AlignRight, SideKey.B)
        if columns.third_width:
            third = self._box(columns.third_left, columns.third_width)
            self._name(painter, third, align.AlignLeft, SideKey.THIRD)
        middle = columns.gutter_left + columns.gutter_width / 2
        half = columns.card_width + columns.gutter_width / 2 - self._widest_name(room) - 8
        painter.setFont(font(Size.CAPTION))
        painter.setPen(session.theme.muted)
        box = self._box(middle - half, 2 * half)
        painter.drawText(box, align.AlignCenter, elided_at_word(self._day, caption, box.width()))
        painter.end()

    def _widest_name(self, room: float) -> float:
        metrics = QFontMetricsF(font(Size.HEADING, strong=True))
        session = self._canvas.session
        widths = [metrics.horizontalAdvance(session.side_name(key)) for key in _TOLD]
        return min(max(widths), room)

    def _box(self, left: float, width: float) -> QRectF:
        return QRectF(left, 0, width, self.height() - 2)

    def _name(self, painter: QPainter, box: QRectF, align: Qt.AlignmentFlag, key: SideKey) -> None:
        session = self._canvas.session
        painter.setFont(font(Size.HEADING, strong=True))
        painter.setPen(session.side_color(key))
        metrics = QFontMetricsF(painter.font())
        name = elided_at_word(session.side_name(key), metrics, box.width())
        painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, name)
