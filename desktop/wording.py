"""Times in words, as the screens show them.

Everything here goes through the translator; dates follow the locale. The words for the codes of
the vocabularies are in ``desktop.vocabulary``.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from extraction.model import FuzzyInterval, Precision


def speaking_locale() -> QLocale:
    """The locale at hand; English where the system names none ("C" groups no digits)."""
    locale = QLocale()
    return QLocale(QLocale.Language.English) if locale.language() == QLocale.Language.C else locale


def day_in_words(day: date, locale: QLocale | None = None, *, year: bool = True) -> str:
    """ "4 Oct 2020, Sunday": a heading over what happened on one day."""
    locale = locale or speaking_locale()
    moment = QDate(day.year, day.month, day.day)
    return locale.toString(moment, "d MMM yyyy, dddd" if year else "d MMM, dddd")


def interval_in_words(
    interval: FuzzyInterval,
    locale: QLocale | None = None,
    *,
    short: bool = False,
    year: int | None = None,
) -> str:
    """A fuzzy interval as a person would say it, no more exact than it is.

    "4 to 5 October 2020", "in 1994", "late in the evening of 4 October", "since 27 September".
    ``short`` abbreviates months. ``year`` is the year that goes without saying.
    """
    locale = locale or speaking_locale()
    return _in_words(interval, locale.name(), short, year)


@lru_cache(maxsize=4096)
def _in_words(interval: FuzzyInterval, locale: str, short: bool, year: int | None) -> str:
    dates = _Dates(QLocale(locale), short, year)
    start, end = interval.earliest, interval.latest
    if interval.open_end and not interval.open_start:
        return QCoreApplication.translate("Wording", "since {time}").format(
            time=_start_alone(interval, dates)
        )
    if interval.open_start and not interval.open_end:
        return QCoreApplication.translate("Wording", "by {time}").format(
            time=dates.moment(end) if _clock(interval) else dates.day(end)
        )
    words = _closed(interval, start, end, dates)
    if interval.open_start and interval.open_end:
        return QCoreApplication.translate("Wording", "{time}, perhaps longer").format(time=words)
    return words


class _Dates:
    """Days and months in the locale's words, without the year that goes without saying."""

    def __init__(self, locale: QLocale, short: bool, year: int | None) -> None:
        self._locale = locale
        self._month = "MMM" if short else "MMMM"
        self._year = year

    def _format(self, when: datetime, pattern: str, year: bool | None = None) -> str:
        if year if year is not None else when.year != self._year:
            pattern += " yyyy"
        return self._locale.toString(QDate(when.year, when.month, when.day), pattern)

    def day(self, when: datetime, year: bool | None = None) -> str:
        return self._format(when, f"d {self._month}", year)

    def month(self, when: datetime, year: bool | None = None) -> str:
        return self._format(when, self._month, year)

    def clock(self, when: datetime) -> str:
        return when.strftime("%H:%M")

    def moment(self, when: datetime) -> str:
        return QCoreApplication.translate("Wording", "{clock} on {day}").format(
            clock=self.clock(when), day=self.day(when)
        )

    def days(self, start: datetime, end: datetime) -> str:
        """One day, or the first and the last; month and year once where they are shared."""
        if start.date() == end.date():
            return self.day(start)
        same_year = start.year == end.year
        if same_year and start.month == end.month:
            first = str(start.day)
        else:
            first = self.day(start, False if same_year else None)
        return _to(first, self.day(end))

    def months(self, start: datetime, end: datetime) -> str:
        if (start.year, start.month) == (end.year, end.month):
            return self.month(start, True)
        return _to(self.month(start, start.year != end.year), self.month(end, True))


def _to(first: str, last: str) -> str:
    return QCoreApplication.translate("Wording", "{first} to {last}").format(first=first, last=last)


def _clock(interval: FuzzyInterval) -> bool:
    return interval.precision in (Precision.MINUTE, Precision.HOUR)


def _start_alone(interval: FuzzyInterval, dates: _Dates) -> str:
    """Where an open interval begins; its precision is that of the beginning."""
    start = interval.earliest
    if interval.precision is Precision.YEAR:
        return str(start.year)
    if interval.precision in (Precision.MONTH, Precision.SEASON):
        return dates.month(start, True)
    if interval.precision in (Precision.DECADE, Precision.CENTURY):
        return _years(start, start, interval.precision)
    if _clock(interval):
        return dates.moment(start)
    if interval.precision is Precision.PART_OF_DAY:
        return _part_of_day(start, min(interval.latest, _end_of_day(start)), dates)
    return dates.day(start)


def _end_of_day(when: datetime) -> datetime:
    return when.replace(hour=23, minute=59, second=0, microsecond=0)


def _closed(interval: FuzzyInterval, start: datetime, end: datetime, dates: _Dates) -> str:
    precision = interval.precision
    if precision is Precision.MINUTE:
        if end - start < timedelta(minutes=1):
            return dates.moment(start)
        return _between(start, end, dates)
    if precision is Precision.HOUR:
        return _between(start, end + timedelta(minutes=1), dates)
    if precision is Precision.PART_OF_DAY:
        return _part_of_day(start, end, dates)
    if precision is Precision.SEASON:
        return _season(start, end, dates)
    if precision is Precision.MONTH:
        return dates.months(start, end)
    if precision in (Precision.YEAR, Precision.DECADE, Precision.CENTURY):
        return _years(start, end, precision)
    return dates.days(start, end)


def _between(start: datetime, end: datetime, dates: _Dates) -> str:
    if start.date() == end.date() or end - start <= timedelta(hours=12):
        return QCoreApplication.translate("Wording", "{first} to {last} on {day}").format(
            first=dates.clock(start), last=dates.clock(end), day=dates.day(start)
        )
    return _to(dates.moment(start), dates.moment(end))


def _part_of_day(start: datetime, end: datetime, dates: _Dates) -> str:
    if end - start > timedelta(hours=23):
        return dates.days(start, end)
    day = dates.day(start)
    first, last = start.hour, end.hour
    overnight = start.date() != end.date()
    if overnight or last < 6:
        pattern = QCoreApplication.translate("Wording", "in the night of {day}")
    elif first >= 20:
        pattern = QCoreApplication.translate("Wording", "late in the evening of {day}")
    elif first >= 17:
        pattern = QCoreApplication.translate("Wording", "in the evening of {day}")
    elif first >= 12 and last < 19:
        pattern = QCoreApplication.translate("Wording", "in the afternoon of {day}")
    elif first < 12 and last < 13 and first >= 9 and last - first > 1:
        pattern = QCoreApplication.translate("Wording", "late in the morning of {day}")
    elif last < 9:
        pattern = QCoreApplication.translate("Wording", "early in the morning of {day}")
    elif last < 13:
        pattern = QCoreApplication.translate("Wording", "in the morning of {day}")
    else:
        return _between(start, end, dates)
    return pattern.format(day=day)


def _season(start: datetime, end: datetime, dates: _Dates) -> str:
    middle = start + (end - start) / 2
    if not 80 <= (end - start).days <= 100 or start.month % 3:
        return dates.months(start, end)
    if start.month == 12:
        return QCoreApplication.translate("Wording", "in the winter of {first} to {last}").format(
            first=start.year, last=end.year
        )
    pattern = {
        3: QCoreApplication.translate("Wording", "in the spring of {year}"),
        6: QCoreApplication.translate("Wording", "in the summer of {year}"),
        9: QCoreApplication.translate("Wording", "in the autumn of {year}"),
    }[start.month]
    return pattern.format(year=middle.year)


def _years(start: datetime, end: datetime, precision: Precision) -> str:
    first, last = start.year, end.year
    if precision is Precision.CENTURY:
        return QCoreApplication.translate("Wording", "in the {number}th century").format(
            number=(start.year + (end.year - start.year) // 2) // 100 + 1
        )
    if precision is Precision.DECADE:
        return _decade(first, last)
    if first == last:
        return QCoreApplication.translate("Wording", "in {year}").format(year=first)
    return _to(str(first), str(last))


def _decade(first: int, last: int) -> str:
    decade = first // 10 * 10
    if first == last:
        pattern = QCoreApplication.translate("Wording", "the {decade}s")
    elif last // 10 * 10 != decade:
        return _to(str(first), str(last))
    elif first % 10 == 0 and last % 10 == 9:
        pattern = QCoreApplication.translate("Wording", "in the {decade}s")
    elif first % 10 == 0:
        pattern = QCoreApplication.translate("Wording", "in the early {decade}s")
    elif last % 10 == 9:
        pattern = QCoreApplication.translate("Wording", "in the late {decade}s")
    else:
        pattern = QCoreApplication.translate("Wording", "in the mid-{decade}s")
    return pattern.format(decade=decade)
