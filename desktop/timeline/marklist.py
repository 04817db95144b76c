"""A small list that opens beside a counter or the tray: the marks that are not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.timeline.data import Zone
from desktop.timeline.style import TimelineStyle

MOST = 300
WIDTH, WIDEST = 380, 560
ROW = 28
BESIDE_TEXT = 64
"""Pixels of a line that its sign, the margins and a scroll bar take."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: ``claim_id`` or ``event_id`` is -1 where there is none."""

    claim_id: int
    event_id: int
    zone: Zone
    text: str
    detail: str = ""


def swatch(zone: Zone, color: QColor, rim: QColor, ratio: float) -> QIcon:
    """The side's sign: a square for A, a disc for B, a diamond for the others.

    ``rim`` parts it from the ground of a selected line.
    """
    picture = QPixmap(round(16 * ratio), round(16 * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(rim, 1.5))
    painter.setBrush(color)
    if zone is Zone.ABOVE:
        painter.drawRoundedRect(3, 3, 10, 10, 2, 2)
    elif zone is Zone.BELOW:
        painter.drawEllipse(3, 3, 10, 10)
    else:
        painter.drawPolygon([QPoint(8, 2), QPoint(14, 8), QPoint(8, 14), QPoint(2, 8)])
    painter.end()
    return QIcon(picture)


class MarkList(QFrame):
    """A pop-up; ``chosen`` carries the ``Entry`` that was clicked or entered."""

    chosen = Signal(object)

    def __init__(
        self,
        title: str,
        entries: Sequence[Entry],
        style: TimelineStyle,
        parent: QWidget,
        left: int = 0,
    ) -> None:
        """``left`` is how many more there are than ``entries``."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("panel")
        heading = QLabel(title)
        heading.setProperty("role", "section")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        icons = {
            zone: swatch(zone, style.colors[zone], style.theme.panel, self.devicePixelRatioF())
            for zone in Zone
        }
        for entry in entries[:MOST]:
            item = QListWidgetItem(icons[entry.zone], entry.text)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            item.setToolTip(entry.detail or entry.text)
            item.setSizeHint(QSize(WIDTH - 32, ROW))
            self.list.addItem(item)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(self.list)
        left += max(len(entries) - MOST, 0)
        if left:
            more = QLabel(self.tr("and {count} more: zoom in to see them").format(count=left))
            more.setProperty("role", "caption")
            layout.addWidget(more)
        rows = min(self.list.count(), 10)
        self.list.setFixedHeight(rows * ROW + 4)
        widths = map(self.list.fontMetrics().horizontalAdvance, (item.text for item in entries))
        self.setFixedWidth(min(max(max(widths, default=0) + BESIDE_TEXT, WIDTH), WIDEST))

    def open_at(self, place: QPoint) -> None:
        """Show with its top left near ``place``, wholly on the screen."""
        self.adjustSize()
        free = self.screen().availableGeometry()
        x = min(max(place.x(), free.left()), free.right() - self.width())
        y = place.y() if place.y() + self.height() < free.bottom() else place.y() - self.height()
        self.move(x, max(y, free.top()))
        self.show()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _choose(self, item: QListWidgetItem) -> None:
        entry = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        self.chosen.emit(entry)
