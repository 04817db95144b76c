"""The legend in the window: what the marks mean, with boxes to filter by."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QWidget

from desktop.session import Filter, Session
from desktop.timeline.data import TimelineData
from desktop.timeline.legend import ROW, SWATCH, LegendEntry, entries
from desktop.timeline.style import TimelineStyle


class Sign(QWidget):
    """A sign of the legend, painted as the timeline paints it."""

    def __init__(self, entry: LegendEntry) -> None:
        super().__init__()
        self._entry = entry
        self.setFixedSize(QSize(round(SWATCH) + 4, round(ROW)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._entry.draw(painter, 2 + (SWATCH - self._entry.width) / 2, self.height() / 2)
        painter.end()


class LegendPopup(QFrame):
    """A pop-up with one entry a line. A box shows only the claims of its status or speech act."""

    def __init__(
        self,
        style: TimelineStyle,
        data: TimelineData,
        session: Session,
        parent: QWidget,
        *,
        pinned: bool = False,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("panel")
        self._session = session
        self._boxes: list[tuple[QCheckBox, LegendEntry]] = []
        found = entries(style, data, dense=True, pinned=pinned)
        self.setAccessibleName(self.tr("What the marks mean"))
        self.setAccessibleDescription("; ".join(entry.text for entry in found))
        layout = QGridLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        head = QLabel(self.tr("Ticked: only these are shown"))
        head.setProperty("role", "caption")
        layout.addWidget(head, 0, 0, 1, 2)
        for number, entry in enumerate(found, 1):
            layout.addWidget(Sign(entry), number, 0)
            layout.addWidget(self._words(entry), number, 1)
        session.filter_changed.connect(self._follow)
        self._follow(session.filter)
        self.adjustSize()

    def open_below(self, button: QWidget) -> None:
        """Show under a button, right edge to right edge."""
        self.move(button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 4)))
        self.show()

    def _words(self, entry: LegendEntry) -> QWidget:
        if not (entry.statuses or entry.acts):
            label = QLabel(entry.text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            return label
        box = QCheckBox(entry.text)
        words = QCoreApplication.translate("Timeline", "Show only what is {status}")
        if entry.acts:
            words = QCoreApplication.translate("Timeline", "Show only what {status}")
        box.setAccessibleName(words.format(status=entry.text))
        box.clicked.connect(lambda on: self._put(entry, on))
        self._boxes.append((box, entry))
        return box

    def _put(self, entry: LegendEntry, on: bool) -> None:
        now = self._session.filter
        change = frozenset.union if on else frozenset.difference
        statuses, acts = change(now.statuses, entry.statuses), change(now.acts, entry.acts)
        self._session.set_filter(replace(now, statuses=statuses, acts=acts))

    def _follow(self, chosen: Filter) -> None:
        for box, entry in self._boxes:
            box.setChecked(entry.statuses <= chosen.statuses and entry.acts <= chosen.acts)
