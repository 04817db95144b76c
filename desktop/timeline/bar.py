"""The slim row over the timeline: what is shown, the way about, the undated tray."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from desktop import theme as themes
from desktop.theme import Size
from desktop.timeline.axis import clock_label, date_label, year_label
from desktop.timeline.scale import TimeScale, civil
from desktop.timeline.style import TimelineStyle
from desktop.timeline.words import calendar_words


def range_words(scale: TimeScale) -> str:
    """The visible stretch: "4 – 15 May 2031", "2019 – 2031", with times of day when short."""
    words = calendar_words()
    # The end is exclusive: midnight ends the day before.
    first, last = int(scale.start // 1), int((scale.end - 1e-6) // 1)
    if scale.span < 3:
        return (
            f"{date_label(first, words)}, {_clock(scale.start)} – "
            f"{date_label(last, words)}, {_clock(scale.end)}"
        )
    years = civil(first)[0], civil(last)[0]
    if scale.span > 1500:
        return f"{year_label(years[0], words)} – {year_label(years[1], words)}"
    return f"{date_label(first, words, year=years[0] != years[1])} – {date_label(last, words)}"


def _clock(days: float) -> str:
    return clock_label(int((days % 1) * 1440), calendar_words())


NARROW = 560
"""Pixels below which not all buttons find room beside each other."""


class TimelineBar(QWidget):
    """Signals say what is wanted; ``zoomed`` carries the factor, ``date_entered`` the text."""

    back = Signal()
    forward = Signal()
    zoomed = Signal(float)
    fit = Signal()
    date_entered = Signal(str)
    undated = Signal()
    legend = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = ("", "")
        self._range = ""
        self.range = QLabel()
        self.range.setProperty("role", "caption")
        self.range.setTextFormat(Qt.TextFormat.PlainText)
        self.range.setAccessibleName(self.tr("Time shown"))
        self.range.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.tray = self._button("", self.tr("Claims without a known time"))
        self.tray.clicked.connect(self.undated)
        self.tray.hide()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Go to date…"))
        self.field.setAccessibleName(self.tr("Go to date"))
        self.field.setToolTip(
            self.tr("A date in words or figures: 4 October 2020, last week, 1994, 2020-10-04")
        )
        self.field.setFixedWidth(140)
        self.field.returnPressed.connect(lambda: self.date_entered.emit(self.field.text()))
        self.field.textEdited.connect(lambda: self.mark_understood(True))
        self.back_button = self._button("‹", self.tr("Back to the view before (Alt+Left)"))
        self.back_button.clicked.connect(self.back)
        self.forward_button = self._button("›", self.tr("Forward to the next view (Alt+Right)"))
        self.forward_button.clicked.connect(self.forward)
        self.out_button = self._button("−", self.tr("Zoom out (-)"))
        self.out_button.clicked.connect(lambda: self.zoomed.emit(1 / 0.6))
        self.in_button = self._button("+", self.tr("Zoom in (+)"))
        self.in_button.clicked.connect(lambda: self.zoomed.emit(0.6))
        self.clock_button = self._button(
            "", self.tr("Which clock, and what was known when ([ and ])")
        )
        # The arrow stands in the text: the style's own would touch the edge.
        self.clock_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.clock_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.legend_button = self._button(self.tr("Legend"), self.tr("What the marks mean (L)"))
        self.legend_button.clicked.connect(self.legend)
        self.fit_button = self._button(self.tr("Fit"), self.tr("Show all, the far ones aside (F)"))
        self.fit_button.clicked.connect(self.fit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self.range, 1)
        for widget in (
            self.tray,
            self.clock_button,
            self.legend_button,
            self.field,
            self.back_button,
            self.forward_button,
            self.out_button,
            self.in_button,
            self.fit_button,
        ):
            layout.addWidget(widget)
        self.setMinimumWidth(0)
        self.set_places(False, False)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setMinimumSize(28, 28)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def set_range(self, scale: TimeScale | None) -> None:
        """``None`` while there is nothing to show."""
        self._range = "" if scale is None else range_words(scale)
        self.range.setText("" if self.width() < NARROW else self._range)

    def set_clock(self, words: str, short: str) -> None:
        """Which clock is shown; ``short`` where there is little room."""
        self._clock = words, short
        self._fit()

    def _fit(self) -> None:
        """In a narrow view what has a key of its own gives way to words that are whole."""
        narrow = self.width() < NARROW
        self.range.setText("" if narrow else self._range)
        self.clock_button.setText(f"{self._clock[narrow]} ▾")
        self.field.setFixedWidth(96 if narrow else 140)
        for button in (self.back_button, self.forward_button, self.out_button, self.in_button):
            button.setVisible(not narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_undated(self, count: int) -> None:
        self.tray.setVisible(count > 0)
        self.tray.setText(self.tr("Undated {count}").format(count=count))

    def set_places(self, back: bool, forward: bool) -> None:
        self.back_button.setEnabled(back)
        self.forward_button.setEnabled(forward)

    def mark_understood(self, understood: bool) -> None:
        """Show in the field whether its text is a date."""
        self.field.setProperty("wrong", not understood)
        self.field.setStyleSheet(
            "" if understood else f"border-color: {self._wrong.name()}; color: {self._wrong.name()}"
        )

    def set_style(self, style: TimelineStyle) -> None:
        self._wrong = style.theme.dispute
        self.setFont(themes.font(Size.BODY))
