"""A line above the panels that tells something without getting in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.messages import Message, Severity
from desktop.panels import button, label

NOTE_STAYS = 12_000
"""Milliseconds after which a note goes by itself; warnings and errors stay."""


class MessageBar(QFrame):
    """Shows the latest message; Escape or *Close* dismisses it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Message"))
        self.message: Message | None = None
        self._run: Callable[[], object] | None = None
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._action = button("")
        self._action.clicked.connect(self._act)
        self._close = button(self.tr("Close"), flat=True, name=self.tr("Close message"))
        self._close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    def show_message(
        self, message: Message, action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Show a message, with one button that does something about it if ``action`` is given."""
        self.message = message
        self._run = run
        self._text.setText(str(message))
        self._text.setToolTip(message.detail)
        self._action.setVisible(bool(action))
        self._action.setText(action)
        self._action.setAccessibleName(action.rstrip("…"))
        if self.property("severity") != message.severity.value:
            self.setProperty("severity", message.severity.value)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setAccessibleDescription(str(message))
        self.show()
        event = QAccessibleEvent(self, QAccessible.Event.Alert)
        QAccessible.updateAccessibility(event)
        self._timer.stop()
        if message.severity is Severity.NOTE:
            self._timer.start(NOTE_STAYS)

    def clear(self) -> None:
        self.message = None
        self._timer.stop()
        self.hide()

    def _act(self) -> None:
        run = self._run
        self.clear()
        if run is not None:
            run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)
