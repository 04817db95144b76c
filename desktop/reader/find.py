"""Find in the article's text: a bar with the words, the count, and the way to the next."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop.reader.text import ArticleText
from desktop.session import Session
from desktop.theme import mix

MOST_SHOWN = 1000
"""Finds that are coloured at once; all are counted and reached."""


def find_all(text: str, words: str) -> list[tuple[int, int]]:
    """Places of ``words`` as code point offsets, in whatever case; a blank matches any run."""
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(re.escape(part) for part in parts), re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]


class FindBar(QWidget):
    """Hidden until asked for. ``closed`` comes when it is put away again."""

    closed = Signal()

    def __init__(self, text: ArticleText, session: Session) -> None:
        super().__init__()
        self._text = text
        self._session = session
        self._searched = ""
        self._places: list[tuple[int, int]] = []
        self._current = -1
        self._from = 0
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Find in this article"))
        self.words.setAccessibleName(self.words.placeholderText())
        self.words.setClearButtonEnabled(True)
        self.count = QLabel()
        self.previous = self._button("‹", self.tr("Previous find"), -1)
        self.next = self._button("›", self.tr("Next find"), 1)
        close = QToolButton()
        close.setText("×")
        close.setAutoRaise(True)
        close.setToolTip(self.tr("Close the search (Esc)"))
        close.setAccessibleName(self.tr("Close the search"))
        close.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 4)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addWidget(self.count)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addWidget(close)
        self.words.textChanged.connect(self._search)
        for keys, step in (("F3", 1), ("Shift+F3", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.go(step))
        self.hide()

    def _button(self, text: str, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.go(step))
        return button

    def ask(self) -> None:
        """Open the bar, with what is selected in the text as the words to find.

        The search begins where one is reading, and goes round the end.
        """
        self._from = self._text.reading_point()
        selected = self._text.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self.words.setText(selected)
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        self._search()

    def put_away(self) -> None:
        self.hide()
        self._text.show_found(())
        self._text.setFocus()
        self.closed.emit()

    def search_in(self, text: str) -> None:
        """Take another article's text."""
        self._searched = text
        self._from = 0
        if self.isVisible():
            self._search()

    def _search(self) -> None:
        self._places = find_all(self._searched, self.words.text())
        ahead = bisect_left(self._places, (self._from, 0))
        self._current = ahead % len(self._places) if self._places else -1
        self._tell()

    def go(self, step: int) -> None:
        """To the next find, round the end."""
        if self._places:
            self._current = (self._current + step) % len(self._places)
            self._from = self._places[self._current][0]
            self._tell()

    def _tell(self) -> None:
        for button in (self.previous, self.next):
            button.setEnabled(bool(self._places))
        if not self.words.text().strip():
            self.count.setText("")
        elif not self._places:
            self.count.setText(self.tr("not found"))
        else:
            self.count.setText(
                self.tr("{place} of {count}").format(
                    place=self._current + 1, count=len(self._places)
                )
            )
        self._text.show_found(self._styled())
        if self._current >= 0:
            self._text.show_passage(*self._places[self._current])

    def _styled(self) -> Iterable[tuple[int, int, QTextCharFormat]]:
        theme = self._session.theme
        other, current = QTextCharFormat(), QTextCharFormat()
        other.setBackground(mix(theme.panel, theme.focus, 0.25))
        current.setBackground(theme.focus)
        current.setForeground(theme.on_focus)
        first = max(0, self._current - MOST_SHOWN // 2)
        for index, place in enumerate(self._places[first : first + MOST_SHOWN], first):
            yield *place, current if index == self._current else other

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.go(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
