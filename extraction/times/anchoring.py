"""From what the words say to a place on the calendar, expression by expression in text order.

Every date that is not whole hangs on something: the day of publication, the date last named, or
the head of its section. News hangs on the day of publication; a history hangs on the date last
named. Which of the two a text is, is decided from its dates, and each result states its anchor.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from extraction.times import values
from extraction.times.context import Setting
from extraction.times.memory import Memory
from extraction.times.nearest import (
    closest_month,
    closest_year,
    resolve_weekday,
    two_figures,
    weekday_of_month,
)
from extraction.times.sketch import REPORTED, RUNNING, Kind, Sketch
from extraction.times.values import Point, Unit

# A date up to this month, told after one of the last quarter, lies in the next year.
WRAP = 5
# Up to this month "the new year" is the one that has begun.
HALF_OF_YEAR = 6


class Resolved(msgspec.Struct, frozen=True):
    """A point with the words that say where it comes from."""

    point: Point
    basis: str


class Anchoring:
    """Finds the point that a sketch means, from what the memory holds."""

    def __init__(self, setting: Setting, memory: Memory) -> None:
        self._s = setting
        self._memory = memory

    def point(self, sketch: Sketch) -> Resolved | None:
        if sketch.base == REPORTED:
            return self._reported(sketch)
        if sketch.kind is Kind.CALENDAR:
            return self._calendar(sketch)
        if sketch.kind is Kind.HOLIDAY:
            return self._holiday(sketch)
        return self._shifted(sketch)

    def _calendar(self, sketch: Sketch) -> Resolved | None:
        if sketch.inner is not None:
            return self._within(sketch)
        year = sketch.year
        if year is not None and sketch.short_year:
            decade = sketch.unit is Unit.DECADE
            year = two_figures(year, self._memory.anchor_year(), decade=decade)
            if year is None:
                return None
        if sketch.numeric and year is not None:
            return self._in_figures(sketch, year)
        if year is not None:
            point = Point(sketch.unit, year, sketch.number, sketch.day, sketch.season)
            return Resolved(point, "its own words")
        if sketch.unit is Unit.DAY and not sketch.number:
            return self._weekday(sketch) if sketch.weekday else self._day_only(sketch)
        return self._without_year(sketch)

    def _reported(self, sketch: Sketch) -> Resolved | None:
        """``the latest quarter``, ``the year-earlier period``, ``the 1988 quarter``."""
        quarters = sketch.unit in (Unit.QUARTER, Unit.HALF)
        named = self._memory.reported(sketch.unit)
        basis = "the period last named"
        if named is None and quarters and sketch.value != "period" and self._s.now is not None:
            here = values.containing(sketch.unit, self._s.now)
            named, basis = values.shift(here, sketch.unit, -1), "publication date"
        year: int | None = None
        if sketch.year is not None or sketch.inner is not None:
            year, basis = self._told_year(sketch), f"its own words, {basis}"
            if year is None:
                return None
        elif sketch.side == 0 and not quarters:
            now = self._s.now
            moved = values.shift(values.of_day(now), sketch.unit, -1) if now else None
            return Resolved(moved, "publication date") if moved else None
        elif named is not None and named.year is not None:
            year = named.year if sketch.side == 0 else values.add_years(named.year, -1)
        elif self._s.now is not None:
            year, basis = values.add_years(self._s.now.year, -1), "publication date"
        if named is not None and year is not None:
            return Resolved(replace(named, year=year), basis)
        return Resolved(Point(Unit.YEAR, year), basis) if year is not None else None

    def _last_named(self, sketch: Sketch) -> Resolved | None:
        """What "a year earlier", "the month" mean in news that has just named a period."""
        if self._s.history or self._s.now is None:
            return None
        if sketch.value == "told":
            told = self._memory.told(sketch.unit)
            return Resolved(told, "the period last named") if told else None
        compared = sketch.value == "compared"
        earlier = sketch.base == RUNNING and sketch.side < 0 and sketch.count == -1
        if sketch.unit is not Unit.YEAR or not (compared or earlier):
            return None
        named = self._memory.reported(Unit.YEAR, same_sentence=compared)
        if named is None or named.year is None:
            return None
        year = values.add_years(named.year, sketch.count)
        return Resolved(replace(named, year=year), "the period last named")

    def _told_year(self, sketch: Sketch) -> int | None:
        if sketch.inner is not None:
            outer = self.point(sketch.inner)
            return outer.point.year if outer else None
        if sketch.short_year and sketch.year is not None:
            return two_figures(sketch.year, self._memory.anchor_year())
        return sketch.year

    def _in_figures(self, sketch: Sketch, year: int) -> Resolved | None:
        mark = next(c for c in sketch.numeric if not c.isdecimal())
        first, second = (int(part) for part in sketch.numeric.split(mark))
        day_first = mark == "." or self._s.day_first
        basis = "its own words, day before month" if day_first else "its own words, month first"
        if first > 12 or second > 12:
            day_first, basis = first > 12, "its own words"
        elif self._s.exact and self._s.now in (
            _date(year, second, first),
            _date(year, first, second),
        ):
            day_first = self._s.now == _date(year, second, first)
            basis = "its own words, the order that gives the day of publication"
        day, month = (first, second) if day_first else (second, first)
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            return None
        return Resolved(Point(Unit.DAY, year, month, day), basis)

    def _within(self, sketch: Sketch) -> Resolved | None:
        """``October of that year``, ``the 15th of that month``, ``the first week of May``."""
        assert sketch.inner is not None
        outer = self.point(sketch.inner)
        if outer is None:
            return None
        if sketch.unit is Unit.QUARTER and not sketch.number:
            day = values.first_day(outer.point)
            return Resolved(values.containing(Unit.QUARTER, day), outer.basis) if day else None
        if sketch.count and sketch.unit in (Unit.DAY, Unit.WEEK, Unit.WEEKEND):
            return self._nth(sketch, outer)
        if sketch.weekday:
            first = values.first_day(outer.point)
            if first is None:
                return None
            day = first + timedelta(days=sketch.weekday - 1)
            return Resolved(values.of_day(day), outer.basis)
        if sketch.unit is Unit.DAY and not sketch.number and outer.point.number:
            point = replace(outer.point, unit=Unit.DAY, day=sketch.day)
            return Resolved(point, outer.basis)
        year = outer.point.year
        point = Point(sketch.unit, year, sketch.number, sketch.day, sketch.season)
        return Resolved(point, outer.basis)

    def _nth(self, sketch: Sketch, outer: Resolved) -> Resolved | None:
        span = values.bounds(outer.point)
        if span is None:
            return None
        if sketch.weekday:
            edge = span[0].date() if sketch.count > 0 else span[1].date()
            away = (sketch.weekday - edge.isoweekday()) % 7
            days = away + 7 * (sketch.count - 1) if sketch.count > 0 else (away or 7) - 7
            return Resolved(values.of_day(edge + timedelta(days=days)), outer.basis)
        length = 1 if sketch.unit is Unit.DAY else 7
        if sketch.count < 0:
            day = span[1].date() - timedelta(days=length // 2)
        else:
            day = span[0].date() + timedelta(days=length * (sketch.count - 1) + length // 2)
        return Resolved(values.containing(sketch.unit, day), outer.basis)

    def _holiday(self, sketch: Sketch) -> Resolved | None:
        if sketch.year is not None:
            year = (
                two_figures(sketch.year, self._memory.anchor_year())
                if sketch.short_year
                else sketch.year
            )
            point = values.holiday(sketch.value, year) if year and 0 < year < 9999 else None
            return Resolved(point, "its own words") if point else None
        anchor = self._memory.anchor_day()
        if anchor is None:
            return None
        day, basis = anchor
        options = [
            point
            for year in (day.year - 1, day.year, day.year + 1)
            if 0 < year < 9999 and (point := values.holiday(sketch.value, year))
        ]
        if self._s.history:
            options = [point for point in options if point.year == day.year]
        if not options:
            return None
        best = min(options, key=lambda point: abs((values.first_day(point) or day) - day))
        return Resolved(best, f"{basis}, the nearest")

    def _weekday(self, sketch: Sketch) -> Resolved | None:
        anchor = self._memory.anchor_day(exact=True)
        if anchor is None:
            return None
        day, basis = anchor
        ahead = self._memory.place.direction()
        if sketch.day:
            dated = weekday_of_month(sketch.weekday, sketch.day, day, ahead)
            return Resolved(values.of_day(dated), basis) if dated else None
        found = resolve_weekday(sketch.weekday, day, ahead)
        if ahead > 0 and found <= day and self._memory.sentence_is_ahead(day):
            found += timedelta(days=7)
        words = "that very day" if found == day else "before" if found < day else "after"
        return Resolved(values.of_day(found), f"{basis}, {words}")

    def _day_only(self, sketch: Sketch) -> Resolved | None:
        """``the 12th``: of the month last named, else of the month of publication."""
        month = values.widen(self._memory.running, Unit.MONTH) if self._memory.running else None
        basis = "the month last named"
        if month is None or not (self._s.history or self._memory.near()):
            if self._s.now is None:
                return None
            month, basis = values.containing(Unit.MONTH, self._s.now), "publication date"
        return Resolved(replace(month, unit=Unit.DAY, day=sketch.day), basis)

    def _without_year(self, sketch: Sketch) -> Resolved | None:
        point = Point(sketch.unit, None, sketch.number, sketch.day, sketch.season)
        leaning = self._memory.leaning()
        if leaning is not None:
            return Resolved(
                replace(point, year=self._chained(point, leaning)), "the date last named"
            )
        if self._s.now is None:
            return None
        place = self._memory.place
        ahead = place.direction()
        if place.attached and sketch.unit is Unit.DAY:
            # What describes a noun is not placed by a past tense: "won the Nov. 8 vote".
            ahead = max(ahead, 0)
        if sketch.unit is Unit.DAY:
            year = closest_year(point, self._s.now, ahead, sketch.weekday)
            return Resolved(replace(point, year=year), "publication date, the nearest such day")
        return Resolved(
            closest_month(point, self._s.now, ahead, attached=place.attached), "publication date"
        )

    def _chained(self, point: Point, leaning: Point) -> int:
        """The year of the date last named; the next one after a step over new year."""
        assert leaning.year is not None
        if self._s.history and leaning.unit in (Unit.DAY, Unit.MONTH) and point.month:
            stepped = (
                self._memory.place.sentence
                > (self._memory.running_place or self._memory.place).sentence
            )
            if leaning.number >= 10 and point.month <= WRAP and stepped and not self._memory.looked:
                return values.add_years(leaning.year, 1)
        return leaning.year

    def _shifted(self, sketch: Sketch) -> Resolved | None:
        if sketch.inner is not None:
            inner = self.point(sketch.inner)
            point = self._from(inner.point, sketch) if inner else None
            return Resolved(point, f"“{_words(sketch)}” of it") if inner and point else None
        if sketch.value == "new-year":
            now = self._s.now
            year = now.year + (now.month > HALF_OF_YEAR) if now else None
            return Resolved(Point(Unit.YEAR, year), "publication date") if year else None
        if sketch.base in ("same-day", "that-day", "night") or (
            sketch.base == "" and sketch.clock is not None
        ):
            return self._same_day(sketch)
        if sketch.base == "weekend":
            return self._weekend()
        named = self._last_named(sketch)
        if named is not None:
            return named
        base = self._memory.base(sketch)
        if base is None or (sketch.value == "event" and base[1] == "publication date"):
            return None
        anchor, basis = base
        if sketch.weekday or sketch.number or sketch.season:
            return self._named_relative(sketch, anchor, basis)
        unit = sketch.unit
        if self._compares(sketch, anchor):
            year = values.add_years(anchor.year or 0, sketch.count)
            return Resolved(replace(anchor, year=year), basis)
        point = values.shift(anchor, unit, sketch.count)
        if point is None:
            if anchor.year is None:
                return None
            return Resolved(self._vague(anchor), basis)
        return Resolved(point, basis)

    @staticmethod
    def _from(point: Point, sketch: Sketch) -> Point | None:
        """Counts from a named point; "a year ago today" is a day."""
        if sketch.value != "same-day" or sketch.unit not in (Unit.YEAR, Unit.WEEK):
            return values.shift(point, sketch.unit, sketch.count)
        if sketch.unit is Unit.WEEK:
            return values.shift(point, Unit.DAY, 7 * sketch.count)
        return None if point.year is None else replace(point, year=point.year + sketch.count)

    def _weekend(self) -> Resolved | None:
        """``the weekend``: the one that is on, the coming one if ahead, else the last."""
        anchor = self._memory.anchor_day(exact=True)
        if anchor is None:
            return None
        day, basis = anchor
        back = day.isoweekday() < 6 and self._memory.place.direction() <= 0
        return Resolved(
            values.containing(Unit.WEEKEND, day - timedelta(days=7 if back else 0)), basis
        )

    def _compares(self, sketch: Sketch, anchor: Point) -> bool:
        """``a year earlier`` after a quarter or a month means that quarter of the year before."""
        return (
            sketch.base == RUNNING
            and sketch.unit is Unit.YEAR
            and sketch.side != 0
            and not self._s.history
            and anchor.unit in (Unit.QUARTER, Unit.MONTH, Unit.HALF)
            and anchor.year is not None
        )

    def _vague(self, anchor: Point) -> Point:
        """Somewhere in the year being told of: the anchor is too coarse to count days from."""
        return Point(Unit.DAY, anchor.year, anchor.number if anchor.unit is Unit.MONTH else 0)

    def _named_relative(self, sketch: Sketch, anchor: Point, basis: str) -> Resolved | None:
        """``last Friday``, ``next May``, ``the following spring``."""
        day = values.first_day(anchor)
        if day is None:
            if anchor.year is None or sketch.weekday:
                return None
            year = values.add_years(anchor.year, sketch.count)
            point = Point(sketch.unit, year, sketch.number, sketch.day, sketch.season)
            return Resolved(point, basis)
        if sketch.weekday:
            days = (sketch.weekday - day.isoweekday()) % 7
            if sketch.count > 0:
                days = days or 7
            elif sketch.count < 0:
                days = (days or 7) - 7 if days else -7
            return Resolved(values.of_day(day + timedelta(days=days)), basis)
        point = Point(sketch.unit, day.year, sketch.number, sketch.day, sketch.season)
        if sketch.season and not sketch.count:
            return Resolved(closest_month(replace(point, year=None), day, 0), basis)
        if sketch.count < 0:
            last = values.bounds(point)
            if last is None or last[1].date() >= day:
                point = replace(point, year=day.year - 1)
        elif sketch.count > 0:
            first = values.first_day(point)
            if first is None or first <= day:
                point = replace(point, year=day.year + 1)
        return Resolved(point, basis)

    def _same_day(self, sketch: Sketch) -> Resolved | None:
        base, basis = self._memory.context_day()
        if base is None or base.unit is not Unit.DAY or not base.day:
            return None
        if sketch.base == "same-day" and basis == "publication date" and not sketch.mod:
            # "They spent the night there": any night.
            running = self._memory.running
            if running is None or running.unit is not Unit.DAY or not self._memory.near():
                return None
            base, basis = running, "the date last named"
        if sketch.base == "night" and basis == "publication date":
            moved = values.shift(base, Unit.DAY, -1)
            return Resolved(moved, "publication date, the night before it") if moved else None
        last = self._memory.running
        if sketch.clock is not None and basis == "publication date" and last is not None:
            near = last.unit is Unit.DAY and bool(last.day) and self._memory.near()
            if near and self._memory.place.direction() == -1:
                base, basis = (
                    last,
                    "the date last named",
                )  # "It failed on Monday. It rang at 9 p.m."
        return Resolved(replace(base, part="", clock=None, zone=""), basis)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _words(sketch: Sketch) -> str:
    return f"{sketch.count:+d} {sketch.unit}"
