"""The plain parts that panels are made of: card, section title, calm lists."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

INSIDE = 14
BETWEEN = 12


class Card(QFrame):
    """A white rounded panel around a view."""

    def __init__(self, content: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(name)
        self.content = content
        layout = QVBoxLayout(self)
        # So that no view paints over the line and its round corners.
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(content)


def section_title(text: str) -> QLabel:
    """A small muted heading in capitals; the reader of the screen gets the plain word."""
    label = QLabel(text.upper())
    label.setAccessibleName(text)
    label.setProperty("role", "section")
    return label


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label: what comes from files is never read as markup."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    return result


def button(text: str, *, main: bool = False, flat: bool = False, name: str = "") -> QPushButton:
    result = QPushButton(text)
    result.setAutoDefault(False)
    if main:
        result.setProperty("main", True)
    if flat:
        result.setProperty("flat", True)
    result.setAccessibleName(name or text.replace("&", "").rstrip("…"))
    return result
