"""A dialog that does not lose what was typed, and choices that a turn of the wheel leaves alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QWidget

from desktop.panels import button, label


class CarefulDialog(QDialog):
    """Escape and the window's own button let changes go only when asked twice; Cancel does so
    at once."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.notice = label("", "dispute", wrap=True)
        self.notice.hide()
        self._asked = ""

    def typed(self) -> str:
        """All that stands in the fields, empty where it is as it was at first."""
        return ""

    def buttons(self, keep: QPushButton, cancel: str) -> QHBoxLayout:
        """The row of buttons at the foot, with the notice at its left."""
        keep.setDefault(True)
        leave = button(cancel)
        leave.clicked.connect(self.let_go)
        row = QHBoxLayout()
        row.addWidget(self.notice, 1)
        row.addStretch(0)
        row.addWidget(leave)
        row.addWidget(keep)
        return row

    def let_go(self) -> None:
        """Close without keeping anything."""
        super().reject()

    def reject(self) -> None:
        typed = self.typed()
        if typed in ("", self._asked):
            self.let_go()
            return
        self._asked = typed
        self.notice.setText(self.tr("Not kept yet. Esc once more lets it go."))
        self.notice.show()


class StillBox(QComboBox):
    """Scrolling a form must not change a choice that passes under the pointer."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
