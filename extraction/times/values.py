"""Points on the calendar: TIMEX3 values, fuzzy intervals and counting from one to another.

Years before Christ are negative (264 BC is -264) and there is no year 0. ``datetime`` does not
reach there, so such points have a value and no interval.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from extraction.model import FuzzyInterval, Precision

Bounds = tuple[datetime, datetime]


class Unit(StrEnum):
    """What a point is as long as, largest first."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    HALF = "half"
    SEASON = "season"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    WEEKEND = "weekend"
    DAY = "day"


SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SEASONS = ("SP", "SU", "FA", "WI")
# "Early on Monday" is often long before the morning.
EARLY_HOURS = (0, 9)
PART_HOURS = {"MO": (5, 12), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30), "DT": (6, 18)}

_PRECISION = {
    Unit.CENTURY: Precision.CENTURY,
    Unit.DECADE: Precision.DECADE,
    Unit.YEAR: Precision.YEAR,
    Unit.HALF: Precision.SEASON,
    Unit.SEASON: Precision.SEASON,
    Unit.QUARTER: Precision.SEASON,
    Unit.MONTH: Precision.MONTH,
    Unit.WEEK: Precision.WEEK,
    Unit.WEEKEND: Precision.DAY,
    Unit.DAY: Precision.DAY,
}


class Point(msgspec.Struct, frozen=True):
    """A period with a place on the calendar.

    ``year`` is the first year of a decade or century. ``number`` is the month, quarter, half or
    ISO week; ``season`` one of SP SU FA WI. ``part`` is a part of the day (MO AF EV NI DT) and
    ``clock`` a time of day in minutes after midnight (1440 is the midnight that ends the day).
    """

    unit: Unit
    year: int | None
    number: int = 0
    day: int = 0
    season: str = ""
    part: str = ""
    clock: int | None = None
    minutes: bool = True
    zone: str = ""
    weekday: int = 0

    @property
    def month(self) -> int:
        """The month it lies in or begins with; 0 where it says none."""
        match self.unit:
            case Unit.MONTH | Unit.DAY:
                return self.number
            case Unit.QUARTER:
                return 3 * self.number - 2
            case Unit.HALF:
                return 6 * self.number - 5
            case Unit.SEASON:
                return SEASON_START[self.season]
            case _:
                first = first_day(self)
                return first.month if first and self.unit in (Unit.WEEK, Unit.WEEKEND) else 0


def of_day(day: date) -> Point:
    return Point(Unit.DAY, day.year, day.month, day.day)


def containing(unit: Unit, day: date) -> Point:
    """The period of that length which holds the day."""
    match unit:
        case Unit.DAY:
            return of_day(day)
        case Unit.WEEK | Unit.WEEKEND:
            year, week, _ = day.isocalendar()
            return Point(unit, year, week)
        case Unit.MONTH:
            return Point(unit, day.year, day.month)
        case Unit.QUARTER:
            return Point(unit, day.year, (day.month + 2) // 3)
        case Unit.HALF:
            return Point(unit, day.year, 1 if day.month < 7 else 2)
        case Unit.SEASON:
            season = SEASONS[(day.month % 12) // 3 - 1]
            return Point(unit, day.year - (day.month < 3), season=season)
        case Unit.DECADE:
            return Point(unit, day.year // 10 * 10)
        case Unit.CENTURY:
            return Point(unit, day.year // 100 * 100)
        case _:
            return Point(Unit.YEAR, day.year)


def add_years(year: int, count: int) -> int:
    """Counts over the missing year 0."""
    moved = year + count
    if year < 0 <= moved:
        return moved + 1
    if moved <= 0 < year:
        return moved - 1
    return moved


def widen(point: Point, unit: Unit) -> Point | None:
    """The period of length ``unit`` that holds a finer point; ``None`` where it is too coarse."""
    if point.unit == unit:
        return replace(point, part="", clock=None, zone="")
    if (
        unit is Unit.YEAR
        and point.year is not None
        and point.unit
        not in (
            Unit.DECADE,
            Unit.CENTURY,
        )
    ):
        return Point(Unit.YEAR, point.year)
    if unit is Unit.MONTH and point.month and point.unit is Unit.DAY:
        return Point(Unit.MONTH, point.year, point.number)
    if unit in (Unit.DECADE, Unit.CENTURY) and point.year is not None:
        step = 10 if unit is Unit.DECADE else 100
        if point.unit is Unit.CENTURY or (point.unit is Unit.DECADE and unit is Unit.DECADE):
            return None
        sign = -1 if point.year < 0 else 1
        return Point(unit, sign * (abs(point.year) // step * step))
    day = first_day(point)
    if day is None or _ORDER[point.unit] < _ORDER[unit]:
        return None
    return containing(unit, day)


def shift(point: Point, unit: Unit, count: int) -> Point | None:
    """The period of length ``unit`` that lies ``count`` of them from ``point``.

    ``None`` where the point is too coarse to count from or the result leaves the calendar.
    """
    start = widen(point, unit)
    if start is None or start.year is None:
        return None
    try:
        return _shift(start, unit, count)
    except (OverflowError, ValueError):
        return None


def _shift(start: Point, unit: Unit, count: int) -> Point | None:
    assert start.year is not None
    match unit:
        case Unit.YEAR:
            return Point(unit, add_years(start.year, count))
        case Unit.DECADE | Unit.CENTURY:
            step = 10 if unit is Unit.DECADE else 100
            return Point(unit, start.year + count * step)
        case Unit.MONTH:
            return _counted(unit, start.year, start.number, count, 12)
        case Unit.QUARTER:
            return _counted(unit, start.year, start.number, count, 4)
        case Unit.HALF:
            return _counted(unit, start.year, start.number, count, 2)
        case Unit.SEASON:
            moved = _counted(unit, start.year, SEASONS.index(start.season) + 1, count, 4)
            return Point(unit, moved.year, season=SEASONS[moved.number - 1])
        case _:
            day = first_day(start)
            if day is None:
                return None
            days = 1 if unit is Unit.DAY else 7
            return containing(unit, day + timedelta(days=days * count))


def _counted(unit: Unit, year: int, number: int, count: int, each: int) -> Point:
    total = number - 1 + count
    return Point(unit, add_years(year, total // each), total % each + 1)


def first_day(point: Point) -> date | None:
    """The first day of it, where ``date`` reaches."""
    bounds = _days(point)
    return bounds[0] if bounds else None


def _days(point: Point) -> tuple[date, date] | None:
    year = point.year
    if year is None or not 1 <= year <= 9990:
        return None
    try:
        match point.unit:
            case Unit.DAY:
                day = date(year, point.number, point.day)
                return day, day
            case Unit.WEEK:
                return (
                    date.fromisocalendar(year, point.number, 1),
                    date.fromisocalendar(year, point.number, 7),
                )
            case Unit.WEEKEND:
                return (
                    date.fromisocalendar(year, point.number, 6),
                    date.fromisocalendar(year, point.number, 7),
                )
            case Unit.YEAR:
                return date(year, 1, 1), date(year, 12, 31)
            case Unit.DECADE:
                return date(year, 1, 1), date(year + 9, 12, 31)
            case Unit.CENTURY:
                return date(max(year, 1), 1, 1), date(year + 99, 12, 31)
            case _:
                months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEASON: 3, Unit.HALF: 6}
                first = point.month
                last = first + months[point.unit] - 1
                end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
                return date(year, first, 1), date(
                    end_year, end_month, monthrange(end_year, end_month)[1]
                )
    except ValueError:
        return None


_ORDER = {unit: index for index, unit in enumerate(Unit)}


def is_valid(point: Point) -> bool:
    """Whether there is such a day (no February 30)."""
    if point.unit is Unit.DAY and 1 <= point.number <= 12:
        year = point.year if point.year is not None and point.year > 0 else 2000
        return 1 <= point.day <= monthrange(year, point.number)[1]
    return True


def value(point: Point) -> str:
    """The TIMEX3 value."""
    return _day_value(point) + _time_value(point)


def _day_value(point: Point) -> str:
    year = point.year
    if point.unit is Unit.DECADE and year is not None:
        return f"BC{-year // 10:03}" if year < 0 else f"{year // 10:03}"
    if point.unit is Unit.CENTURY and year is not None:
        return f"BC{-year // 100:02}" if year < 0 else f"{year // 100:02}"
    head = "XXXX" if year is None else f"BC{-year:04}" if year < 0 else f"{year:04}"
    match point.unit:
        case Unit.DAY:
            if not point.number and point.weekday:
                return f"{head}-WXX-{point.weekday}"
            month = f"{point.number:02}" if point.number else "XX"
            return f"{head}-{month}-{point.day:02}" if point.day else f"{head}-{month}-XX"
        case Unit.MONTH:
            return f"{head}-{point.number:02}"
        case Unit.WEEK:
            return f"{head}-W{point.number:02}" if point.number else f"{head}-WXX"
        case Unit.WEEKEND:
            return f"{head}-W{point.number:02}-WE" if point.number else f"{head}-WXX-WE"
        case Unit.QUARTER:
            return f"{head}-Q{point.number}"
        case Unit.HALF:
            return f"{head}-H{point.number}"
        case Unit.SEASON:
            return f"{head}-{point.season}"
        case _:
            return head


def _time_value(point: Point) -> str:
    if point.clock is not None:
        hour, minute = divmod(point.clock, 60)
        return f"T{hour:02}:{minute:02}{point.zone}"
    return f"T{point.part}" if point.part else ""


def bounds(point: Point, mod: str | None = None) -> Bounds | None:
    """Earliest and latest moment, the last minute included; narrowed by START, MID or END."""
    days = _days(point)
    if days is None:
        return None
    start, end = datetime.combine(days[0], time()), datetime.combine(days[1], time(23, 59))
    if point.clock is not None:
        start += timedelta(minutes=point.clock)
        return start, start + timedelta(minutes=0 if point.minutes else 59)
    if point.part in PART_HOURS:
        first, last = PART_HOURS[point.part]
        if point.part == "MO" and mod == "START":
            first, last = EARLY_HOURS
        end = start + timedelta(hours=last, minutes=-1)
        return start + timedelta(hours=first), end
    if mod in _SHARES and point.unit is not Unit.DAY:
        return _narrow(point, start, end, _SHARES[mod])
    return start, end


# Early, mid and late overlap: nobody draws the line at a third.
_SHARES = {"START": (0.0, 0.4), "MID": (0.3, 0.7), "END": (0.6, 1.0)}


def _narrow(point: Point, start: datetime, end: datetime, share: tuple[float, float]) -> Bounds:
    if point.unit in (Unit.DECADE, Unit.CENTURY):
        years = end.year - start.year + 1
        return (
            start.replace(year=start.year + round(years * share[0])),
            end.replace(year=start.year + round(years * share[1]) - 1),
        )
    days = (end.date() - start.date()).days + 1
    return (
        start + timedelta(days=round(days * share[0])),
        start + timedelta(days=round(days * share[1]), minutes=-1),
    )


def precision(point: Point) -> Precision:
    if point.clock is not None:
        return Precision.MINUTE if point.minutes else Precision.HOUR
    return Precision.PART_OF_DAY if point.part else _PRECISION[point.unit]


def interval(
    point: Point,
    *,
    mod: str | None = None,
    basis: str = "",
    open_start: bool = False,
    open_end: bool = False,
    until: datetime | None = None,
    since: datetime | None = None,
) -> FuzzyInterval | None:
    """The fuzzy interval of a point, stretched to ``until`` or from ``since`` where given."""
    span = bounds(point, mod)
    if span is None:
        return None
    earliest, latest = span
    if until is not None and until > latest:
        latest = until
    if since is not None and since < earliest:
        earliest = since
    return FuzzyInterval(earliest, latest, precision(point), open_start, open_end, basis)


def holiday(rule: str, year: int) -> Point | None:
    """A holiday by its rule: ``12-25``, ``easter+1``, ``4-thursday-11``, ``last-monday-5``."""
    if rule.startswith("easter"):
        return of_day(_easter(year) + timedelta(days=int(rule[6:] or 0)))
    parts = rule.split("-")
    if len(parts) == 2:
        return Point(Unit.DAY, year, int(parts[0]), int(parts[1]))
    wanted = _WEEKDAYS[parts[1]]
    first = date(year, int(parts[2]), 1)
    day = first + timedelta(days=(wanted - first.isoweekday()) % 7)
    if parts[0] == "last":
        last = monthrange(year, first.month)[1]
        return of_day(day + timedelta(days=(last - day.day) // 7 * 7))
    return of_day(day + timedelta(days=7 * (int(parts[0]) - 1)))


_WEEKDAYS = {"monday": 1, "thursday": 4}


def _easter(year: int) -> date:
    """Western Easter (the anonymous Gregorian computus, Meeus 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)
