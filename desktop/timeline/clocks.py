"""Two clocks: when it happened and when it was told; and what was known on a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from desktop.session import Session
from desktop.timeline.axis import date_label
from desktop.timeline.menu import heading
from desktop.timeline.scale import of_date
from desktop.timeline.words import calendar_words

if TYPE_CHECKING:
    from desktop.timeline.view import TimelineView


def published_by(session: Session, day: date | None) -> frozenset[int]:
    """The articles that were out by the end of a day; all without one."""
    return frozenset(
        article.id
        for article in session.articles()
        if day is None
        or (article.published_start is not None and article.published_start.date() <= day)
    )


def days_of_publication(session: Session) -> list[date]:
    """Ascending, each once."""
    starts = (article.published_start for article in session.articles())
    return sorted({start.date() for start in starts if start is not None})


def anchor(session: Session, known_on: date | None = None) -> datetime:
    """From which day "last week" counts: the one up to which things are known, else the last day
    of publication, else today.
    """
    days = days_of_publication(session)
    day = known_on or (days[-1] if days else date.today())
    return datetime(day.year, day.month, day.day)


class Clocks:
    """Which clock the axis shows and up to which day; offers both in a menu."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self.by_telling = False
        self.known_on: date | None = None
        self.menu = QMenu(view)
        self.menu.aboutToShow.connect(self._fill)

    def reset(self) -> None:
        """As at first: the time of what happened, all that is known."""
        self.by_telling, self.known_on = False, None

    def set_by_telling(self, by_telling: bool) -> None:
        """Switch the axis to the time of saying and publication, or back."""
        if by_telling != self.by_telling:
            self.by_telling = by_telling
            self._view.rebuild(refit=True)

    def set_known_on(self, day: date | None) -> None:
        """Show only what had been published by the end of a day; ``None`` for all."""
        if day != self.known_on:
            self.known_on = day
            self._view.rebuild()

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) day of publication; past the last one all is shown."""
        days: list[date | None] = [*days_of_publication(self._view.session), None]
        at = days.index(self.known_on) if self.known_on in days else len(days) - 1
        self.set_known_on(days[min(max(at + by, 0), len(days) - 1)])

    @property
    def name(self) -> str:
        """Which clock is shown, in a word."""
        return _words("Said") if self.by_telling else _words("Happened")

    @property
    def words(self) -> str:
        """Which clock is shown, and what was known."""
        text = self.name
        if self.known_on is None:
            return text
        day = date_label(of_date(self.known_on), calendar_words(), year=False)
        return _words("{clock}, as known on {day}").format(clock=text, day=day)

    @property
    def cursor(self) -> float | None:
        """Where the day of what is known ends, in days."""
        return None if self.known_on is None else float(of_date(self.known_on) + 1)

    def _fill(self) -> None:
        menu = self.menu
        menu.clear()
        clocks = QActionGroup(menu)
        for by_telling, text in ((False, "When it &happened"), (True, "When it was &said")):
            action = menu.addAction(_words(text))
            action.setCheckable(True)
            action.setChecked(self.by_telling == by_telling)
            action.triggered.connect(lambda _, chosen=by_telling: self.set_by_telling(chosen))
            clocks.addAction(action)
        heading(menu, _words("As known on"))
        known = QActionGroup(menu)
        days = days_of_publication(self._view.session)
        for day in (None, *reversed(days[-MOST_DAYS:])):
            text = _words("&Today: all of it")
            if day is not None:
                text = date_label(of_date(day), calendar_words())
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(day == self.known_on)
            action.triggered.connect(lambda _, chosen=day: self.set_known_on(chosen))
            known.addAction(action)


MOST_DAYS = 24
"""Days that the menu names; the keys go to the others too."""


def _words(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)
