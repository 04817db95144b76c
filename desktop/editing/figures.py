"""The figures of a claim: what is counted, at least how many, at most how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.panels import button, label
from desktop.wording import speaking_locale
from extraction.model import Quantity, Span

_BOUND_WIDTH = 72
_MEASURE_WIDTH = 110
_WORDS = 26
"""Characters of a figure's words that its line shows."""


@dataclass(frozen=True, slots=True)
class _Line:
    given: Quantity
    measure: QLineEdit
    low: QLineEdit
    high: QLineEdit
    widgets: tuple[QWidget, ...]


class FiguresEditor(QWidget):
    """One line a figure. ``words`` are the claim's own, among which a new figure has to stand."""

    changed = Signal()
    lines_changed = Signal()

    def __init__(self, quantities: Sequence[Quantity], words: Sequence[Span]) -> None:
        super().__init__()
        self._given = tuple(quantities)
        self._words = tuple(words)
        self._lines: list[_Line] = []
        self._locale = speaking_locale()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._heads = [
            label(text, "caption")
            for text in (
                self.tr("In the text"),
                self.tr("Counted"),
                self.tr("At least"),
                self.tr("At most"),
            )
        ]
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column)
        self.new_words = QLineEdit()
        self.new_words.setPlaceholderText(self.tr("its words, e.g. 12 soldiers"))
        self.new_words.setAccessibleName(self.tr("Words of a new figure"))
        self.add_button = button(self.tr("Add &figure"))
        self.add_button.clicked.connect(self.add)
        adding = QHBoxLayout()
        adding.setContentsMargins(0, 0, 0, 0)
        adding.addWidget(self.new_words, 1)
        adding.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._grid)
        layout.addLayout(adding)
        self.hint = label("", "dispute", wrap=True)
        layout.addWidget(self.hint)
        # Without a policy of its own the access key of its label would pass it by.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.new_words)
        self.new_words.textChanged.connect(self._tell)
        for quantity in self._given:
            self._add_line(quantity)
        self._tell()

    # ------------------------------------------------------------------ what stands there

    @property
    def is_changed(self) -> bool:
        return self.quantities() != self._given

    @property
    def is_understood(self) -> bool:
        """Whether no words wait to be added, each bound is empty or a number, and the lower is
        no higher than the upper."""
        return not self.doubt()

    def fields(self) -> list[QWidget]:
        """What the Tab key goes through, from above."""
        return [*(one for line in self._lines for one in line.widgets[1:]), self.new_words]

    def typed(self) -> list[str]:
        """What stands in the fields."""
        fields = [field for line in self._lines for field in (line.measure, line.low, line.high)]
        return [self.new_words.text(), *(field.text() for field in fields)]

    def doubt(self) -> str:
        """What keeps the figures from being kept, in words; empty where nothing does."""
        for line in self._lines:
            low, high = self._number(line.low), self._number(line.high)
            if (low is None and line.low.text().strip()) or (
                high is None and line.high.text().strip()
            ):
                return self.tr("At least and at most are numbers, or empty where open.")
            if low is not None and high is not None and low > high:
                return self.tr("At least is more than at most.")
            if not line.measure.text().strip():
                return self.tr("Say what is counted, e.g. soldiers.")
        if not self.new_words.text().strip():
            return ""
        if self._found() is None:
            return self.tr(
                "A figure has to stand in the claim: type the words as they stand there."
            )
        return self.tr("Enter adds the figure.")

    def quantities(self) -> tuple[Quantity, ...]:
        found: list[Quantity] = []
        places: dict[int, int] = {}
        for line in self._lines:
            given = line.given
            if given in self._given:
                places[self._given.index(given)] = len(found)
            # Left alone, a figure stays what it was to the last bit.
            if self._shown(given) == (line.measure.text(), line.low.text(), line.high.text()):
                found.append(given)
                continue
            measure = line.measure.text().strip()
            low, high = self._number(line.low), self._number(line.high)
            found.append(replace(given, measure=measure, low=low, high=high, approximate=False))
        return tuple(
            replace(one, part_of=None if one.part_of is None else places.get(one.part_of))
            for one in found
        )

    def _number(self, field: QLineEdit) -> float | None:
        text = field.text().strip()
        if not text:
            return None
        for locale in (self._locale, QLocale.c()):
            value, fine = locale.toDouble(text)
            if fine:
                return value
        return None

    def _shown(self, quantity: Quantity) -> tuple[str, str, str]:
        return quantity.measure, self._in_figures(quantity.low), self._in_figures(quantity.high)

    def _in_figures(self, value: float | None) -> str:
        if value is None:
            return ""
        return self._locale.toString(value, "f", 0 if value == int(value) else 2)

    # ------------------------------------------------------------------ lines

    def _add_line(self, quantity: Quantity) -> _Line:
        row = self._grid.rowCount()
        fields = [QLineEdit(text) for text in self._shown(quantity)]
        whole = " ".join(quantity.span.exact.split())
        words = label(whole if len(whole) <= _WORDS else whole[: _WORDS - 1] + "…")
        words.setToolTip(whole)
        names = (self.tr("Counted"), self.tr("At least"), self.tr("At most"))
        for field, name in zip(fields, names, strict=True):
            field.setAccessibleName(f"{name}: {quantity.span.exact}")
            field.textChanged.connect(self._tell)
        for field in fields[1:]:
            field.setFixedWidth(_BOUND_WIDTH)
        fields[0].setMinimumWidth(_MEASURE_WIDTH)
        remove = button("✕", flat=True, name=self.tr("Remove {figure}").format(figure=whole))
        line = _Line(quantity, fields[0], fields[1], fields[2], (words, *fields, remove))
        for column, widget in enumerate(line.widgets):
            self._grid.addWidget(widget, row, column)
        remove.clicked.connect(lambda: self._remove(line))
        self._lines.append(line)
        self._tell()
        self.lines_changed.emit()
        return line

    def _remove(self, line: _Line) -> None:
        self._lines.remove(line)
        for widget in line.widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._tell()

    def add(self) -> None:
        """Make a line of the words typed; they have to be words of the claim."""
        span = self._found()
        if span is None:
            return
        number = next((self._value(word) for word in span.exact.split() if self._value(word)), None)
        measure = next((word for word in span.exact.split() if word.isalpha()), "")
        line = self._add_line(Quantity(measure, number, number, span))
        self.new_words.clear()
        line.measure.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter after the words of a figure adds it; the dialog around must not take the key."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        here = self.window().focusWidget() is self.new_words
        if enter and here and self.new_words.text().strip():
            self.add()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _value(self, word: str) -> float | None:
        value, fine = self._locale.toDouble(word)
        return value if fine else None

    def _found(self) -> Span | None:
        typed = self.new_words.text().strip()
        for words in self._words if typed else ():
            at = words.exact.casefold().find(typed.casefold())
            if at >= 0:
                exact = words.exact[at : at + len(typed)]
                return Span(words.start + at, words.start + at + len(typed), exact)
        return None

    def _tell(self) -> None:
        for head in self._heads:
            head.setVisible(bool(self._lines))
        self.add_button.setEnabled(self._found() is not None)
        doubt = self.doubt()
        self.hint.setText(doubt)
        self.hint.setVisible(bool(doubt))
        self.changed.emit()
