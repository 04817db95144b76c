"""Which of many days is meant: the nearest, the last or the next one."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from extraction.times import values
from extraction.times.direction import PLANNED, SET, TILL
from extraction.times.values import Point, Unit

FAR_NEARER = 3
# A month told of in the present tense lies ahead even if it is so much farther off.
PLANNED_REACH = 1.25
# Days ahead to the weekday that yesterday was: nobody means the far one without "next".
TO_YESTERDAY = 6


def two_figures(year: int, anchor: int | None, *, decade: bool = False) -> int | None:
    """The year that two figures stand for: the last such year, at most ten ahead of the anchor.

    A decade is one that has begun or is about to: in 2016, "the '20s" are long past.
    """
    if anchor is None or anchor < 0:
        return None
    latest = anchor + (3 if decade else 10)
    return latest - (latest - year) % 100


def resolve_weekday(weekday: int, anchor: date, direction: int) -> date:
    """The anchor itself if it is that weekday; else the last one, or the next one if ahead.

    Yesterday's weekday is yesterday even where the clause looks ahead ("was to leave on Tuesday").
    """
    ahead = (weekday - anchor.isoweekday()) % 7
    if ahead == 0:
        return anchor
    certain = ahead != TO_YESTERDAY or direction in (SET, TILL)
    days = ahead if direction > 0 and certain else ahead - 7
    return anchor + timedelta(days=days)


def weekday_of_month(weekday: int, day: int, anchor: date, direction: int) -> date | None:
    """``Friday the 13th``: the last such day, or the next one if ahead."""
    step = 1 if direction > 0 else -1
    for days in range(0, 800):
        candidate = anchor + timedelta(days=step * days)
        if candidate.day == day and candidate.isoweekday() == weekday:
            return candidate
    return None


def closest_year(point: Point, anchor: date, direction: int, weekday: int = 0) -> int:
    """The year that puts a month and day nearest to the anchor.

    A weekday named with it must fit. The tense decides where the nearest one contradicts it by
    more than a slip of some weeks.
    """
    options: list[tuple[int, date]] = []
    reach = 6 if weekday or (point.number, point.day) == (2, 29) else 1
    for year in range(max(1, anchor.year - reach), min(9998, anchor.year + reach) + 1):
        day = values.first_day(replace(point, year=year))
        if day is not None:
            options.append((year, day))
    if not options:
        return anchor.year
    options.sort(key=lambda option: abs(option[1] - anchor))
    if weekday:
        fitting = [option for option in options if option[1].isoweekday() == weekday]
        if fitting and abs(fitting[0][1] - anchor).days < 800:
            return fitting[0][0]
    nearest = options[0]
    distance = (nearest[1] - anchor).days
    if direction < 0 and distance > 30:
        return nearest[0] - 1
    if direction > 0 and distance < -60:
        return nearest[0] + 1
    return nearest[0]


def closest_month(point: Point, anchor: date, direction: int, *, attached: bool = False) -> Point:
    """The month, season, quarter or half that is meant: by tense, else the nearest one.

    One that only describes a noun is the nearer one in spite of the tense if it is nearer by
    far ("the party prepared its convention in July").
    """
    here = values.containing(point.unit, anchor)
    if replace(here, year=None) == point:
        return here
    options = [replace(point, year=anchor.year + step) for step in (-1, 0, 1)]
    spans = [(option, values.bounds(option)) for option in options]
    behind = [option for option, span in spans if span and span[1].date() < anchor]
    ahead = [option for option, span in spans if span and span[0].date() > anchor]
    if not behind or not ahead:
        return options[1]
    back, forth = behind[-1], ahead[0]
    gap, way = _days_to(back, anchor), _days_to(forth, anchor)
    if point.unit in (Unit.QUARTER, Unit.HALF):
        return forth if direction in (1, SET) else back
    if direction in (1, SET):
        return back if attached and FAR_NEARER * gap < way else forth
    if direction < 0:
        return forth if attached and FAR_NEARER * way < gap else back
    if direction == PLANNED:
        return forth if way <= PLANNED_REACH * gap else back
    return back if gap <= way else forth


def _days_to(point: Point, anchor: date) -> int:
    """Days between the anchor and the edge of the point that is nearer to it."""
    span = values.bounds(point)
    if span is None:
        return 0
    return min(abs((edge.date() - anchor).days) for edge in span)
