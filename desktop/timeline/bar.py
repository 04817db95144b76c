"""The slim row over the timeline: what is shown, the way about, the undated tray."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from desktop import theme as themes
from desktop.amounts import number_in_words
from desktop.theme import Size
from desktop.timeline.axis import clock_label, date_label, year_label
from desktop.timeline.scale import TimeScale, civil
from desktop.timeline.style import TimelineStyle
from desktop.timeline.words import calendar_words


def range_words(scale: TimeScale) -> str:
    """The visible stretch: "4 – 15 May 2031", "2019 – 2031", with times of day when short."""
    return range_forms(scale)[0]


def range_forms(scale: TimeScale) -> tuple[str, ...]:
    """The same and shorter ways to say it, the longest first."""
    words = calendar_words()
    # The end is exclusive: midnight ends the day before.
    first, last = int(scale.start // 1), int((scale.end - 1e-6) // 1)
    (year, *_), (last_year, *_) = civil(first), civil(last)
    from_year, to_year = year_label(year, words), year_label(last_year, words)
    years = from_year if year == last_year else f"{from_year} – {to_year}"
    day = date_label(first, words)
    if scale.span < 3:
        from_clock, to_clock = _clock(scale.start), _clock(scale.end)
        found = f"{day}, {from_clock} – {date_label(last, words)}, {to_clock}"
        if first == last:
            return f"{day}, {from_clock} – {to_clock}", f"{from_clock} – {to_clock}"
        return found, *_days(first, last), years
    if scale.span > 1500:
        return years, from_year
    return *_days(first, last), years


def _days(first: int, last: int) -> tuple[str, str]:
    """From day to day with the year, and without."""
    words = calendar_words()
    (year, *_), (last_year, *_) = civil(first), civil(last)
    short = [date_label(number, words, year=False) for number in (first, last)]
    first_day = date_label(first, words, year=year != last_year)
    return f"{first_day} – {date_label(last, words)}", " – ".join(short)


def _clock(days: float) -> str:
    return clock_label(int((days % 1) * 1440), calendar_words())


NARROW = 560
"""Pixels below which not all buttons find room beside each other."""


ROOMY = 760
"""Pixels from which on the field for a date shows a long one whole."""


class TimelineBar(QWidget):
    """Signals say what is wanted; ``zoomed`` carries the factor, ``date_entered`` the text.

    ``date_left`` says that the field for it was left with Escape.
    """

    back = Signal()
    forward = Signal()
    zoomed = Signal(float)
    fit = Signal()
    date_entered = Signal(str)
    date_left = Signal()
    undated = Signal()
    legend = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = ("", "")
        self._range: tuple[str, ...] = ("",)
        self._wrong = QColor()
        self._understood = True
        self.range = QLabel()
        self.range.setProperty("role", "caption")
        self.range.setTextFormat(Qt.TextFormat.PlainText)
        self.range.setAccessibleName(self.tr("Time shown"))
        self.range.installEventFilter(self)
        self.range.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.tray = self._button("", self.tr("Claims without a known time"))
        self.tray.clicked.connect(self.undated)
        self.tray.hide()
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Go to date"))
        self.field.setToolTip(
            self.tr(
                "A date in words or figures: 4 October 2020, early March, last week, 1994, "
                "199X, 2020-10-04, 2020-06/2020-08"
            )
        )
        self.field.setFixedWidth(140)
        self.field.returnPressed.connect(lambda: self.date_entered.emit(self.field.text()))
        self.field.textEdited.connect(lambda: self.mark_understood(True))
        leave = QAction(self.field)
        leave.setShortcut(Qt.Key.Key_Escape)
        leave.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        leave.triggered.connect(self._leave_field)
        self.field.addAction(leave)
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
        self.view_button = self._button(
            self.tr("View ▾"), self.tr("Lanes inside the sides (K), saved views (V)")
        )
        for button in (self.clock_button, self.view_button):
            # The arrow stands in the text: the style's own would touch the edge.
            button.setStyleSheet("QToolButton::menu-indicator { image: none; width: 0; }")
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
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
            self.view_button,
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
        self._range = ("",) if scale is None else range_forms(scale)
        self.range.setToolTip(self._range[0])
        self._show_range()

    def _show_range(self) -> None:
        """In the longest form that is shown whole."""
        room, width = self.range.width(), self.range.fontMetrics().horizontalAdvance
        self.range.setText(next((form for form in self._range if width(form) + 2 <= room), ""))

    def set_clock(self, words: str, short: str) -> None:
        """Which clock is shown; ``short`` where there is little room."""
        self._clock = words, short
        self._fit()

    def _fit(self) -> None:
        """In a narrow view what has a key of its own gives way to words that are whole."""
        narrow = self.width() < NARROW
        self.clock_button.setText(f"{self._clock[narrow]} ▾")
        roomy = self.width() >= ROOMY
        self.field.setFixedWidth(140 if roomy else 96)
        self.field.setPlaceholderText(self.tr("Go to date…") if roomy else self.tr("Date…"))
        for button in (
            self.view_button,
            self.back_button,
            self.forward_button,
            self.out_button,
            self.in_button,
        ):
            button.setVisible(not narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.range and event.type() == QEvent.Type.Resize:
            self._show_range()
        return super().eventFilter(watched, event)

    def set_undated(self, count: int) -> None:
        self.tray.setVisible(count > 0)
        self.tray.setText(self.tr("Undated {count}").format(count=number_in_words(count)))

    def set_places(self, back: bool, forward: bool) -> None:
        self.back_button.setEnabled(back)
        self.forward_button.setEnabled(forward)

    def _leave_field(self) -> None:
        self.field.clear()
        self.mark_understood(True)
        self.date_left.emit()

    def mark_understood(self, understood: bool) -> None:
        """Show in the field whether its text is a date."""
        self._understood = understood
        color = self._wrong.name()
        self.field.setStyleSheet("" if understood else f"border-color: {color}; color: {color}")

    def set_style(self, style: TimelineStyle) -> None:
        self._wrong = style.theme.dispute
        self.setFont(themes.font(Size.BODY))
        self.mark_understood(self._understood)
