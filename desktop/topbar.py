"""The bar above the panels: title, search, and the three main actions."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from desktop.actions import Actions
from desktop.panels import button, label
from desktop.session import Filter, Session

SEARCH_WIDTH = 430
SEARCH_PAUSE = 150
"""Milliseconds without a key after which the search is made."""


class TopBar(QFrame):
    """The search narrows all views as one types; Escape empties it.

    ``searched`` comes with Enter, when a person wants to go to what was found.
    """

    searched = Signal()

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self._session = session
        self._whole_title = ""
        self._title = label("", "heading")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search claims, actors, places, text"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.search.setMinimumWidth(160)
        self.search.installEventFilter(self)
        for child in self.search.findChildren(QWidget):
            child.setAccessibleName(self.tr("Empty the search"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE)
        self._pause.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        for text, command in (
            (self.tr("Import"), "file.import"),
            (self.tr("Export"), "file.export"),
            (self.tr("Sides"), "dossier.sides"),
            ("Ctrl+K", "view.palette"),
        ):
            row.addWidget(_button(text, actions, command))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 12, 6)
        layout.setSpacing(12)
        layout.addWidget(self._title, 3)
        layout.addWidget(self.search, 4)
        layout.addWidget(self._buttons, 3)
        session.filter_changed.connect(self._follow)

    def set_title(self, title: str) -> None:
        self._whole_title = title
        self._elide()

    def _elide(self) -> None:
        width = max(80, self._title.width())
        words = self._title.fontMetrics().elidedText(
            self._whole_title, Qt.TextElideMode.ElideRight, width
        )
        self._title.setText(words)
        self._title.setToolTip(self._whole_title if words != self._whole_title else "")

    def _search(self) -> None:
        now = self._session.filter
        if now.text != self.search.text():
            self._session.set_filter(replace(now, text=self.search.text()))

    def _follow(self, chosen: Filter) -> None:
        if chosen.text != self.search.text() and not self._pause.isActive():
            self.search.setText(chosen.text)
            self._pause.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._pause.stop()
                self._search()
                self.searched.emit()
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()


def _button(text: str, actions: Actions, command: str) -> QPushButton:
    """A button that does what a command does and is enabled when it is."""
    action = actions[command]
    result = button(text, flat=True, name=action.text().replace("&", "").rstrip("…"))
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    result.setToolTip(f"{action.text().replace('&', '')} ({keys})")
    result.clicked.connect(action.trigger)
    action.changed.connect(lambda: result.setEnabled(action.isEnabled()))
    result.setEnabled(action.isEnabled())
    return result
