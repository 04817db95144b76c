"""Puts right when an article was published: every date that hangs on it follows, in one step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDateEdit, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.rows import ArticleRow
from desktop.library.articles import assumed_in_words
from desktop.panels import button, label
from desktop.vocabulary import name_of

EARLIEST = QDate(1400, 1, 1)


class DateEditor(QDialog):
    """``accepted_date`` carries the article's id and the ``date``."""

    accepted_date = Signal(int, object)

    def __init__(self, row: ArticleRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Date of the article"))
        self.setMinimumWidth(420)
        self._row = row
        self.field = QDateEdit()
        self.field.setCalendarPopup(True)
        self.field.setDisplayFormat("d MMMM yyyy")
        self.field.setMinimumDate(EARLIEST)
        start = row.published_start
        self.field.setDate(
            QDate(start.year, start.month, start.day) if start else QDate.currentDate()
        )
        self.field.setAccessibleName(self.tr("Published on"))
        words = QLabel(self.tr("&Published on"))
        words.setBuddy(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(label(row.title or row.file, "heading", wrap=True))
        mark = assumed_in_words(row)
        if mark:
            layout.addWidget(label(mark, "dispute"))
        for reason in (name_of(row.published_basis), *row.published_reasons):
            layout.addWidget(label(reason, "caption", wrap=True))
        line = QHBoxLayout()
        line.addWidget(words)
        line.addWidget(self.field, 1)
        layout.addLayout(line)
        layout.addWidget(
            label(
                self.tr(
                    "The article is read again: “yesterday” and “last week” in it move along. "
                    "Undo takes it back."
                ),
                "caption",
                wrap=True,
            )
        )
        accept = button(self.tr("P&ut right"), main=True)
        accept.setDefault(True)
        accept.clicked.connect(self._accept)
        cancel = button(self.tr("&Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        layout.addSpacing(4)
        layout.addLayout(buttons)

    def _accept(self) -> None:
        chosen = self.field.date()
        self.accepted_date.emit(self._row.id, date(chosen.year(), chosen.month(), chosen.day()))
        self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus()
        # Only after the focus has come, which chooses the day; the year is what is often wrong.
        year = QDateEdit.Section.YearSection
        QTimer.singleShot(0, self.field, lambda: self.field.setSelectedSection(year))
