"""Asks for a note: Enter keeps it, Shift+Enter begins a new line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.editing.careful import CarefulDialog
from desktop.panels import button, label

HEIGHT = 110


class NoteField(QPlainTextEdit):
    """``entered`` comes with the Enter key."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class NoteDialog(CarefulDialog):
    """``written`` carries the note, empty where it is to go."""

    written = Signal(str)

    def __init__(self, about: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Note"), parent)
        self._given = note
        self.setMinimumWidth(400)
        self.field = NoteField(note)
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(HEIGHT)
        self.field.setAccessibleName(self.tr("Note"))
        self.field.setPlaceholderText(self.tr("Only in this dossier"))
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.entered.connect(self._keep)
        keep = button(self.tr("&Keep"), main=True)
        keep.clicked.connect(self._keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(label(about, wrap=True))
        layout.addWidget(self.field)
        layout.addWidget(label(self.tr("Shift+Enter: new line"), "caption"))
        layout.addLayout(self.buttons(keep, self.tr("&Cancel")))
        self.field.setFocus()

    def typed(self) -> str:
        text = self.field.toPlainText()
        return "" if text.strip() == self._given.strip() else text

    def _keep(self) -> None:
        self.written.emit(self.field.toPlainText().strip())
        self.accept()
