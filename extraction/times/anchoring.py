"""From what the words say to a place on the calendar, expression by expression in text order.

Every date that is not whole hangs on something: the day of publication, the date last named, or
the head of its section. News hangs on the day of publication; a history hangs on the date last
named. Which of the two a text is, is decided from its dates, and each result states its anchor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from extraction.model import FuzzyInterval, Precision, Published, Span, TimeExpression, TimexType
from extraction.times import values
from extraction.times import words as W
from extraction.times.context import Place, Setting
from extraction.times.nearest import closest_month, closest_year, resolve_weekday, two_figures
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, RUNNING, Found, Kind, Sketch
from extraction.times.values import Point, Unit

FAR = 30
WRAP = 5
LOOKING = frozenset("until till by since before for to than like as of".split())


@dataclass(frozen=True, slots=True)
class Resolved:
    """A point with the words that say where it comes from."""

    point: Point
    basis: str


class Anchoring:
    """Resolves the expressions of one text; keeps the date last named as it goes."""

    def __init__(self, pieces: Pieces, setting: Setting) -> None:
        self._p = pieces
        self._s = setting
        self._running: Point | None = None
        self._running_place: Place | None = None
        self._sentence_day: tuple[int, Point] | None = None
        self._head: Point | None = None
        self._local: tuple[int, Point] | None = None

    def resolve(self, found: Found, place: Place) -> TimeExpression | None:
        """The expression, or ``None`` where it is none in this kind of text."""
        p, sketch = self._p, found.sketch
        start, end = p.starts[found.first], p.ends[found.last - 1]
        span = Span.cut(p.text, start, end)
        self._place = place
        mod = sketch.mod or None
        match sketch.kind:
            case Kind.REFERENCE:
                return self._reference(span, sketch)
            case Kind.REPEATED:
                return TimeExpression(span, TimexType.SET, sketch.value, mod)
            case Kind.AGE:
                if not self._s.history:
                    return None
                return TimeExpression(span, TimexType.DURATION, sketch.value, mod)
            case Kind.DURATION:
                return self._duration(span, sketch)
            case Kind.STREAK:
                return self._streak(span, sketch)
        resolved = self._point(sketch)
        if resolved is None:
            return self._unresolved(span, sketch)
        point = self._with_time(resolved.point, sketch)
        if not values.is_valid(point):
            return None
        self._remember(found, point)
        return self._expression(span, found, sketch, replace(resolved, point=point))

    # ------------------------------------------------------------------ kinds without a point

    def _reference(self, span: Span, sketch: Sketch) -> TimeExpression | None:
        if sketch.base == "history" and not self._s.history:
            return None
        kind = TimexType.TIME if "XXT" in sketch.value else TimexType.DATE
        interval, anchor = None, ""
        if sketch.amount and sketch.side < 0 and self._s.exact and sketch.base == PUBLISHED:
            minutes = {"hour": 60, "minute": 1}.get(sketch.part, 0) * sketch.amount
            back = timedelta(minutes=min(minutes, 1e6))
            anchor = "publication date"
            interval = FuzzyInterval(
                self._s.start - back,
                self._s.end,
                Precision.DAY,
                basis=f"publication date, {span.exact!r}",
            )
        return TimeExpression(span, kind, sketch.value, sketch.mod or None, interval, anchor)

    def _duration(self, span: Span, sketch: Sketch) -> TimeExpression:
        interval, anchor = None, ""
        if sketch.side and sketch.base == PUBLISHED and self._s.exact and not self._s.history:
            anchor = "publication date"
            interval = self._stretch(sketch, span)
        return TimeExpression(
            span, TimexType.DURATION, sketch.value, sketch.mod or None, interval, anchor
        )

    def _stretch(self, sketch: Sketch, span: Span) -> FuzzyInterval | None:
        """``the past 24 hours``, ``the next two weeks``, counted from the publication date."""
        if sketch.amount is None:
            return None
        start, end = self._s.start, self._s.end
        hours = {"hour": 1, "minute": 1 / 60, "second": 0, "night": 24, "fortnight": 336}
        days = {
            Unit.DAY: 1,
            Unit.WEEK: 7,
            Unit.MONTH: 30.44,
            Unit.YEAR: 365.25,
            Unit.DECADE: 3652.5,
        }
        if sketch.part:
            length = timedelta(hours=min(hours.get(sketch.part, 0) * sketch.amount, 1e6))
        else:
            length = timedelta(days=min(days.get(sketch.unit, 0) * sketch.amount, 36525))
        unit = Unit.DAY if sketch.part else sketch.unit
        precision = values.precision(Point(unit, start.year))
        basis = f"publication date, {span.exact!r}"
        try:
            if sketch.side < 0:
                return FuzzyInterval(start - length, end, precision, basis=basis)
            return FuzzyInterval(start, end + length, precision, basis=basis)
        except OverflowError:
            return None

    def _streak(self, span: Span, sketch: Sketch) -> TimeExpression:
        """``for a second day``: it began that many units less one before, and goes on."""
        base, basis = self._context_day()
        point = values.widen(base, sketch.unit) if base else None
        if point is None:
            return TimeExpression(
                span, TimexType.DATE, "PRESENT_REF", anchor="no day to count from is known"
            )
        point = replace(point, part=sketch.part)
        first = values.shift(point, sketch.unit, 1 - sketch.count)
        since = values.bounds(first) if first else None
        interval = values.interval(
            replace(point, part=""),
            basis=f"{basis}, {span.exact!r}: began {_units(sketch.count - 1, sketch.unit)} before",
            open_end=True,
            since=since[0] if since else None,
        )
        kind = TimexType.TIME if sketch.part else TimexType.DATE
        return TimeExpression(span, kind, values.value(point), None, interval, basis)

    def _unresolved(self, span: Span, sketch: Sketch) -> TimeExpression | None:
        """A relative expression with nothing to count from keeps what it says itself."""
        anchor = (
            "no date of publication is known"
            if self._s.now is None
            else "what it is counted from is not named"
        )
        point = self._bare(sketch)
        if point is None:
            if sketch.clock is None and not sketch.part:
                value = {-1: "PAST_REF", 1: "FUTURE_REF"}.get(_sign(sketch.count), "PRESENT_REF")
                return TimeExpression(span, TimexType.DATE, value, sketch.mod or None, None, anchor)
            point = Point(Unit.DAY, None)
        point = self._with_time(point, sketch)
        if not values.is_valid(point):
            return None
        kind = TimexType.TIME if point.part or point.clock is not None else TimexType.DATE
        return TimeExpression(span, kind, values.value(point), sketch.mod or None, None, anchor)

    def _bare(self, sketch: Sketch) -> Point | None:
        """The part of a value that is known without any anchor."""
        if sketch.weekday and not sketch.number:
            return Point(Unit.DAY, None, weekday=sketch.weekday)
        if sketch.kind is Kind.HOLIDAY or (sketch.kind is Kind.SHIFT and not sketch.number):
            rule = sketch.value.split("-")
            if sketch.kind is Kind.HOLIDAY and len(rule) == 2 and rule[0].isdigit():
                return Point(Unit.DAY, None, int(rule[0]), int(rule[1]))
            return None
        if sketch.unit in (Unit.DAY, Unit.MONTH, Unit.SEASON, Unit.QUARTER, Unit.HALF):
            return Point(sketch.unit, None, sketch.number, sketch.day, sketch.season)
        return None

    # ------------------------------------------------------------------------ points

    def _point(self, sketch: Sketch) -> Resolved | None:
        if sketch.kind is Kind.CALENDAR:
            return self._calendar(sketch)
        if sketch.kind is Kind.HOLIDAY:
            return self._holiday(sketch)
        return self._shifted(sketch)

    def _with_time(self, point: Point, sketch: Sketch) -> Point:
        return replace(
            point,
            part=sketch.part,
            clock=sketch.clock,
            minutes=sketch.minutes,
            zone=sketch.zone,
        )

    def _calendar(self, sketch: Sketch) -> Resolved | None:
        if sketch.inner is not None:
            return self._within(sketch)
        year = sketch.year
        if year is not None and sketch.short_year:
            year = two_figures(year, self._anchor_year())
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

    def _in_figures(self, sketch: Sketch, year: int) -> Resolved | None:
        mark = next(c for c in sketch.numeric if not c.isdecimal())
        first, second = (int(part) for part in sketch.numeric.split(mark))
        day_first = mark == "." or self._s.day_first
        basis = "its own words, day before month" if day_first else "its own words, month first"
        if first > 12 or second > 12:
            day_first, basis = first > 12, "its own words"
        day, month = (first, second) if day_first else (second, first)
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            return None
        return Resolved(Point(Unit.DAY, year, month, day), basis)

    def _within(self, sketch: Sketch) -> Resolved | None:
        """``October of that year``, ``the 15th of that month``, ``the first week of May``."""
        assert sketch.inner is not None
        outer = self._point(sketch.inner)
        if outer is None:
            return None
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
        length = 1 if sketch.unit is Unit.DAY else 7
        if sketch.count < 0:
            day = span[1].date() - timedelta(days=length // 2)
        else:
            day = span[0].date() + timedelta(days=length * (sketch.count - 1) + length // 2)
        return Resolved(values.containing(sketch.unit, day), outer.basis)

    def _holiday(self, sketch: Sketch) -> Resolved | None:
        if sketch.year is not None:
            year = (
                two_figures(sketch.year, self._anchor_year()) if sketch.short_year else sketch.year
            )
            point = values.holiday(sketch.value, year) if year and 0 < year < 9999 else None
            return Resolved(point, "its own words") if point else None
        anchor = self._anchor_day()
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
        best = min(options, key=lambda point: abs((values.first_day(point) or day) - day))
        return Resolved(best, f"{basis}, the nearest")

    def _weekday(self, sketch: Sketch) -> Resolved | None:
        anchor = self._anchor_day(exact=True)
        if anchor is None:
            return None
        day, basis = anchor
        found = resolve_weekday(sketch.weekday, day, self._place.direction())
        words = "that very day" if found == day else "before" if found < day else "after"
        return Resolved(values.of_day(found), f"{basis}, {words}")

    def _day_only(self, sketch: Sketch) -> Resolved | None:
        """``the 12th``: of the month last named, else of the month of publication."""
        month = values.widen(self._running, Unit.MONTH) if self._running else None
        basis = "the month last named"
        if month is None or not (self._s.history or self._near()):
            if self._s.now is None:
                return None
            month, basis = values.containing(Unit.MONTH, self._s.now), "publication date"
        return Resolved(replace(month, unit=Unit.DAY, day=sketch.day), basis)

    def _without_year(self, sketch: Sketch) -> Resolved | None:
        point = Point(sketch.unit, None, sketch.number, sketch.day, sketch.season)
        leaning = self._leaning()
        if leaning is not None:
            return Resolved(
                replace(point, year=self._chained(point, leaning)), "the date last named"
            )
        if self._s.now is None:
            return None
        if sketch.unit is Unit.DAY:
            year = closest_year(point, self._s.now, self._place.direction(), sketch.weekday)
            return Resolved(replace(point, year=year), "publication date, the nearest such day")
        return Resolved(
            closest_month(point, self._s.now, self._place.direction()), "publication date"
        )

    def _leaning(self) -> Point | None:
        """The date last named, where a date without a year hangs on it."""
        if self._running is None or self._running.year is None:
            return None
        if self._s.history or self._s.now is None:
            local = self._local
            if local and local[0] == self._place.sentence and local[1].year:
                return local[1]
            return self._running
        # News: a passage on the past names its year, and what follows hangs on that.
        past = self._near() and self._running_explicit and self._running.year < self._s.now.year
        return self._running if past and self._place.direction() <= 0 else None

    def _near(self) -> bool:
        place = self._running_place
        return (
            place is not None
            and place.block == self._place.block
            and self._place.sentence - place.sentence <= 1
        )

    def _chained(self, point: Point, leaning: Point) -> int:
        """The year of the date last named; the next one after a step over new year."""
        assert leaning.year is not None
        if self._s.history and leaning.unit in (Unit.DAY, Unit.MONTH) and point.month:
            stepped = self._place.sentence > (self._running_place or self._place).sentence
            if leaning.number >= 10 and point.month <= WRAP and stepped and not self._looked:
                return values.add_years(leaning.year, 1)
        return leaning.year

    def _shifted(self, sketch: Sketch) -> Resolved | None:
        if sketch.inner is not None:
            inner = self._point(sketch.inner)
            point = values.shift(inner.point, sketch.unit, sketch.count) if inner else None
            return Resolved(point, f"“{_words(sketch)}” of it") if inner and point else None
        if sketch.base in ("same-day", "night") or (sketch.base == "" and sketch.clock is not None):
            return self._same_day(sketch)
        base = self._base(sketch)
        if base is None:
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
        base, basis = self._context_day()
        if base is None or base.unit is not Unit.DAY or not base.day:
            return None
        if sketch.base == "night" and basis == "publication date":
            moved = values.shift(base, Unit.DAY, -1)
            return Resolved(moved, "publication date, the night before it") if moved else None
        return Resolved(replace(base, part="", clock=None, zone=""), basis)

    # ----------------------------------------------------------------------- anchors

    def _context_day(self) -> tuple[Point | None, str]:
        """The day that a part of the day or a clock time belongs to."""
        if self._sentence_day and self._sentence_day[0] == self._place.sentence:
            return self._sentence_day[1], "the day named in the sentence"
        if self._s.history or self._s.now is None:
            running = self._running
            if running is not None and running.unit is Unit.DAY and running.day:
                return running, "the date last named"
            return None, ""
        if self._head is not None:
            return self._head, "the date of the section"
        if not self._s.exact:
            return None, ""
        return values.of_day(self._s.now), "publication date"

    def _base(self, sketch: Sketch) -> tuple[Point, str] | None:
        """The point that a relative expression is counted from."""
        running = (self._running, "the date last named") if self._running else None
        if self._s.history:
            if self._place.quoted and sketch.base == PUBLISHED:
                return None
            local = self._local
            if local and local[0] == self._place.sentence and sketch.unit is Unit.YEAR:
                return local[1], "the date last named"
            return running or self._now(sketch.unit)
        if sketch.base == RUNNING:
            if running and self._near_enough(sketch):
                return running
            return self._now(sketch.unit) or running
        return self._now(sketch.unit) or (None if sketch.base == PUBLISHED else running)

    def _near_enough(self, sketch: Sketch) -> bool:
        place = self._running_place
        if place is None:
            return False
        if self._place.block == place.block and self._place.sentence - place.sentence <= 2:
            return True
        return sketch.unit is Unit.DAY and self._place.sentence - place.sentence <= 3

    def _now(self, unit: Unit) -> tuple[Point, str] | None:
        if self._head is not None and not self._s.history:
            return self._head, "the date of the section"
        if self._s.now is None:
            return None
        if not self._s.exact and unit not in (Unit.YEAR, Unit.DECADE, Unit.CENTURY):
            return None
        return values.of_day(self._s.now), "publication date"

    def _anchor_day(self, *, exact: bool = False) -> tuple[date, str] | None:
        if (self._s.history or self._s.now is None) and self._running:
            day = values.first_day(self._running)
            if day and (not exact or self._running.unit is Unit.DAY):
                return day, "the date last named"
        if self._head is not None:
            day = values.first_day(self._head)
            if day is not None:
                return day, "the date of the section"
        if self._s.now is None or (exact and not self._s.exact):
            return None
        return self._s.now, "publication date"

    def _anchor_year(self) -> int | None:
        if self._s.history and self._running and self._running.year:
            return self._running.year
        return self._s.now.year if self._s.now else None

    # ------------------------------------------------------------------------ memory

    _running_explicit: bool = False
    _looked: bool = False
    _place: Place

    def _remember(self, found: Found, point: Point) -> None:
        """Keeps the point as the date last named, unless it was only mentioned in passing."""
        sketch = found.sketch
        if point.unit is Unit.DAY and point.day and point.number:
            self._sentence_day = (self._place.sentence, replace(point, part="", clock=None))
            if self._place.head:
                self._head = replace(point, part="", clock=None)
        if point.year is None:
            return
        self._local = (self._place.sentence, point)
        if not self._leads(found, point):
            return
        self._running, self._running_place = point, self._place
        self._looked = self._p.lower[found.first - 1] in LOOKING
        self._running_explicit = sketch.kind is Kind.CALENDAR and sketch.year is not None

    def _leads(self, found: Found, point: Point) -> bool:
        """Whether what follows hangs on this date, or whether it was only mentioned in passing.

        A bare year counts only as an adverbial: not "his 1995 book". In a history a date that
        leaves the year being told of must stand in the main line: a date ahead ("by 1976"), one
        looked back to ("since 1870", "the 2003 invasion"), one far off, or one in a quotation
        does not lead.
        """
        if self._place.head:
            return not self._ends_range(found)
        before = self._p.lower[found.first - 1]
        if before == "the":
            before = self._p.lower[found.first - 2]
        if point.unit in (Unit.DECADE, Unit.CENTURY):
            return not self._s.history or self._running is None
        bare = point.unit is Unit.YEAR
        adverbial = before in W.DATE_PREPOSITIONS or before in ("(", "-", "–", "\n", ".")
        if bare and not (adverbial or found.sketch.mod):
            return False
        running = self._running
        if not self._s.history or running is None or running.year is None or point.year is None:
            return True
        if point.year == running.year:
            return True
        return self._changes_year(found, before, point.year - running.year)

    def _ends_range(self, found: Found) -> bool:
        return self._p.lower[found.first - 1] in W.RANGE_LINKS

    def _changes_year(self, found: Found, before: str, leap: int) -> bool:
        place, last = self._place, self._running_place
        if place.quoted or (abs(leap) > FAR and not place.initial):
            return False
        if place.initial or (last is not None and last.section != place.section):
            return True
        if any(self._p.lower[at] in W.AHEAD for at in range(max(0, found.first - 5), found.first)):
            return False
        if found.sketch.kind is Kind.SHIFT and leap < 0:
            return False
        if before in LOOKING:
            return False
        return leap > 0

    # ------------------------------------------------------------------------ results

    def _expression(
        self, span: Span, found: Found, sketch: Sketch, resolved: Resolved
    ) -> TimeExpression:
        point = resolved.point
        kind = TimexType.TIME if point.part or point.clock is not None else TimexType.DATE
        opened = self._opened(found)
        until: datetime | None = None
        if opened == "end" and self._is_since(found) and not self._s.history:
            until = self._s.published.end
        interval = values.interval(
            point,
            mod=sketch.mod or None,
            basis=resolved.basis,
            open_start=opened == "start",
            open_end=opened == "end",
            until=until,
        )
        return TimeExpression(
            span, kind, values.value(point), sketch.mod or None, interval, resolved.basis
        )

    def _opened(self, found: Found) -> str:
        """Which bound is open by the preposition before the date."""
        p, at = self._p, found.first - 1
        if p.lower[at] == "the":
            at -= 1
        word = p.lower[at]
        if word == "from" and p.lower[found.last] in W.RANGE_LINKS:
            return ""
        if word in ("after", "before") and found.sketch.unit is Unit.DAY and found.sketch.part:
            return ""
        match = W.OPEN.get(word)
        return str(match[-1][1]) if match and len(match[-1][0]) == 1 else ""

    def _is_since(self, found: Found) -> bool:
        return "since" in (self._p.lower[found.first - 1], self._p.lower[found.first - 2])


def _units(count: int, unit: Unit) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _sign(count: int) -> int:
    return (count > 0) - (count < 0)


def _words(sketch: Sketch) -> str:
    return f"{sketch.count:+d} {sketch.unit}"


def resolve_all(
    pieces: Pieces, found: Sequence[Found], places: Sequence[Place], setting: Setting
) -> list[TimeExpression]:
    """Every expression resolved, in text order."""
    anchoring = Anchoring(pieces, setting)
    results = (anchoring.resolve(one, place) for one, place in zip(found, places, strict=True))
    return [result for result in results if result is not None]


__all__ = ["Anchoring", "Published", "resolve_all"]
