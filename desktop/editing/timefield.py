"""A time typed in words, in figures or in EDTF, with what is understood written under it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.panels import label
from desktop.wording import interval_in_words
from extraction.model import FuzzyInterval
from extraction.times.typed import typed_interval


class TimeField(QWidget):
    """``time`` is what stands in the field; an empty one says that nobody knows.

    ``anchor`` is the day that "yesterday" and "last Sunday" are counted from.
    """

    def __init__(self, time: FuzzyInterval | None, anchor: datetime) -> None:
        super().__init__()
        self._given = time
        self._anchor = anchor
        self._shown = interval_in_words(time) if time is not None else ""
        self.edit = QLineEdit(self._shown)
        self.edit.setPlaceholderText(self.tr("not known; e.g. early May 2020, 2020-05-03"))
        self.edit.setClearButtonEnabled(True)
        self.hint = label("", "caption", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.edit)
        layout.addWidget(self.hint)
        # Without a policy of its own the access key of its label would pass it by.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._tell)
        self._tell()

    @property
    def is_changed(self) -> bool:
        return self.edit.text().strip() != self._shown

    @property
    def is_understood(self) -> bool:
        """Whether the field is empty or names a time."""
        return not self.edit.text().strip() or self.time is not None

    @property
    def time(self) -> FuzzyInterval | None:
        if not self.is_changed:
            return self._given
        return typed_interval(self.edit.text(), self._anchor)

    def _tell(self) -> None:
        typed, time = self.edit.text().strip(), self.time
        if not self.is_changed:
            words = time.basis if time is not None else ""
        elif time is not None:
            words = interval_in_words(time)
        elif typed:
            words = self.tr(
                "Not understood. Try “3 May 2020”, “May 2020” or “2020-05-03/2020-05-05”."
            )
        else:
            words = self.tr("Nobody knows when")
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self.hint.setProperty("role", "caption" if self.is_understood else "dispute")
        self.hint.style().polish(self.hint)
