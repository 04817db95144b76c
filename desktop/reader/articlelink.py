"""A button over an article that looks like words and asks for something to do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget

from db.rows import ArticleRow
from desktop.session import Session


class ArticleLink(QPushButton):
    """``asked`` carries the id of the article that is shown, when the words are pressed."""

    asked = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._article: ArticleRow | None = None
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._ask)

    def dress(self, color: QColor) -> None:
        """Words in a colour, underlined under the pointer or the focus."""
        self.setStyleSheet(
            f"QPushButton {{ color: {color.name()}; border: none; padding: 2px 0;"
            " text-align: left; background: transparent; }"
            f"QPushButton:focus, QPushButton:hover {{ text-decoration: underline; }}"
        )

    def _ask(self) -> None:
        if self._article is not None:
            self.asked.emit(self._article.id)
