"""Time and pixels. Time is a float: days since 1970-01-01 00:00, naive local time of the texts.

A float64 counts days to a fraction of a second for many thousand years around that origin.
Calendar arithmetic here is proleptic Gregorian for any year, also before year 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

ORIGIN = datetime(1970, 1, 1)
MINUTE = 1 / 1440
HOUR = 1 / 24
YEAR = 365.2425
NARROWEST = 10 * MINUTE
"""The least that a view shows, in days."""

WIDEST = 3000 * YEAR
"""The most that a view shows, in days."""

FIRST = (datetime.min - ORIGIN) / timedelta(days=1)
LAST = (datetime.max - ORIGIN) / timedelta(days=1)


def to_days(moment: datetime) -> float:
    """Days since the origin."""
    return (moment.replace(tzinfo=None) - ORIGIN) / timedelta(days=1)


def to_datetime(days: float) -> datetime:
    """The moment at ``days``; what ``datetime`` cannot hold is moved to its first or last."""
    if days <= FIRST:
        return datetime.min
    if days >= LAST:
        return datetime.max.replace(microsecond=0)
    return ORIGIN + timedelta(days=days)


def civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of the month of a day number.

    Method: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    """
    shifted = day + 719468
    era = shifted // 146097
    of_era = shifted - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    moved_month = (5 * of_year + 2) // 153
    month = moved_month + 3 if moved_month < 10 else moved_month - 9
    year = year_of_era + era * 400 + (month <= 2)
    return year, month, of_year - (153 * moved_month + 2) // 5 + 1


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """The day number of a date of any year; the inverse of ``civil``."""
    moved_year = year - (month <= 2)
    era = moved_year // 400
    year_of_era = moved_year - era * 400
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return (
        era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + of_year - 719468
    )


def of_date(value: date) -> int:
    """The day number of a ``date``."""
    return day_number(value.year, value.month, value.day)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A visible stretch of time over a width in pixels; ``start < end``, in days."""

    start: float
    end: float
    width: float

    @property
    def span(self) -> float:
        return self.end - self.start

    @property
    def pixels_per_day(self) -> float:
        return self.width / self.span

    def x(self, days: float) -> float:
        """Pixels from the left edge."""
        return (days - self.start) * self.pixels_per_day

    def days(self, x: float) -> float:
        """The inverse of ``x``."""
        return self.start + x / self.pixels_per_day

    def zoomed(self, factor: float, at: float) -> TimeScale:
        """Shows ``factor`` times as much time; what is at the pixel ``at`` stays there."""
        span = min(max(self.span * factor, NARROWEST), WIDEST)
        anchor = self.days(at)
        start = anchor - span * (at / self.width)
        return TimeScale(start, start + span, self.width)

    def moved(self, pixels: float) -> TimeScale:
        """Moved to later times by ``pixels``."""
        by = pixels / self.pixels_per_day
        return TimeScale(self.start + by, self.end + by, self.width)
