"""From sketches to the expressions that a reading holds, in text order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_changes
from datetime import datetime, time, timedelta

from msgspec.structs import replace

from extraction.model import FuzzyInterval, Precision, Span, TimeExpression, TimexType
from extraction.times import values
from extraction.times import words as W
from extraction.times.anchoring import Anchoring, Resolved
from extraction.times.context import Place, Setting
from extraction.times.memory import Memory
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, Found, Kind, Sketch
from extraction.times.values import Point, Unit

END_OF_DAY = 1440  # minutes


class Results:
    """Makes the expressions of one text."""

    def __init__(self, pieces: Pieces, setting: Setting) -> None:
        self._p = pieces
        self._s = setting
        self._memory = Memory(pieces, setting)
        self._anchoring = Anchoring(setting, self._memory)
        self._last: tuple[int, Point] | None = None

    def resolve(
        self,
        found: Found,
        place: Place,
        upcoming: tuple[Sketch, Place] | None,
        partner: Sketch | None = None,
    ) -> TimeExpression | None:
        """The expression, or ``None`` where it is none in this kind of text.

        ``upcoming`` is a day named later in the sentence, with its place; ``partner`` the right
        end of a range of months that it begins.
        """
        p, sketch = self._p, found.sketch
        start, end = p.starts[found.first], p.ends[found.last - 1]
        span = Span.cut(p.text, start, end)
        self._memory.place = place
        self._memory.upcoming = None
        stamp = sketch.clock is not None and (
            found.first == 0 or p.lower[found.first - 1] in ("\n", "[")
        )
        if upcoming is not None and _needs_day(sketch) and not stamp:
            self._memory.place = upcoming[1]
            day = self._anchoring.point(upcoming[0])
            self._memory.upcoming = day.point if day else None
            self._memory.place = place
        if partner is not None:
            sketch = self._left_of(sketch, partner)
        mod = sketch.mod or None
        match sketch.kind:
            case Kind.REFERENCE:
                return self._reference(span, sketch)
            case Kind.REPEATED:
                value = sketch.value
                if not self._s.history:
                    value = W.RATES.get(value, value)
                return TimeExpression(span, TimexType.SET, value, mod)
            case Kind.AGE:
                if not self._s.history:
                    return None
                return TimeExpression(span, TimexType.DURATION, sketch.value, mod)
            case Kind.DURATION:
                return self._duration(span, sketch)
            case Kind.STREAK:
                return self._streak(span, sketch)
        resolved = self._anchoring.point(sketch)
        if resolved is None:
            return self._unresolved(span, sketch)
        point = self._after_left_end(found, _with_time(resolved.point, sketch))
        if point.clock == END_OF_DAY and resolved.basis == "publication date":
            # "took effect at midnight" is the midnight that has been, told on the day after it
            point = replace(point, clock=0) if place.direction() == -1 else point
        if not values.is_valid(point):
            return None
        if not (stamp and sketch.kind is Kind.SHIFT and not self._s.history):
            self._memory.remember(found, point)
        return self._expression(span, found, sketch, replace(resolved, point=point))

    def _left_of(self, sketch: Sketch, partner: Sketch) -> Sketch:
        """The month with the year that the right end of its range has, or the one before."""
        right = self._anchoring.point(partner)
        if right is None or right.point.year is None:
            return sketch
        return replace(sketch, year=right.point.year - (partner.number < sketch.number))

    def _streak(self, span: Span, sketch: Sketch) -> TimeExpression:
        """``for a second day``: it began that many units less one before, and goes on."""
        base, basis = self._memory.context_day()
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
        point = _with_time(point, sketch)
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
        if interval is not None and point.part == "NI" and self._by_day(span):
            # newswire calls what comes after midnight "early Wednesday", not "Tuesday night"
            end = datetime.combine(interval.earliest.date(), time(23, 59))
            interval = with_changes(interval, latest=end)
        return TimeExpression(
            span, kind, values.value(point), sketch.mod or None, interval, resolved.basis
        )

    def _by_day(self, span: Span) -> bool:
        """Whether a weekday names a night ("Tuesday night") in news."""
        words = span.exact.lower().split()
        return (
            not self._s.history
            and "overnight" not in words
            and not W.WEEKDAYS.keys().isdisjoint(words)
        )

    def _after_left_end(self, found: Found, point: Point) -> Point:
        """The right end of "Monday through Friday" does not lie before the left one."""
        left, self._last = self._last, (found.last, point)
        if left is None:
            return point
        if found.sketch.unit is Unit.DAY and found.sketch.number and found.sketch.year is None:
            return self._in_its_year(left, found, point)
        if not found.sketch.weekday or found.sketch.number:
            return point
        if left[0] != found.first - 1 or self._p.lower[left[0]] not in W.RANGE_LINKS:
            return point
        before, after = values.first_day(left[1]), values.first_day(point)
        if before is None or after is None or after >= before:
            return point
        moved = values.shift(point, Unit.DAY, 7)
        return _with_time(moved, found.sketch) if moved else point

    def _in_its_year(self, left: tuple[int, Point], found: Found, point: Point) -> Point:
        """The right end of "Dec. 11-12" lies in the year of the left one."""
        end, day = left
        if end != found.first - 1 or self._p.lower[end] not in (*W.RANGE_LINKS, "and"):
            return point
        if day.unit is not Unit.DAY or day.year is None or point.year is None or not day.number:
            return point
        return replace(point, year=day.year + (point.number < day.number))

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


def _needs_day(sketch: Sketch) -> bool:
    alone = sketch.kind is Kind.SHIFT and sketch.base in ("", "same-day", "that-day")
    return sketch.kind is Kind.STREAK or (alone and bool(sketch.part or sketch.clock))


def _with_time(point: Point, sketch: Sketch) -> Point:
    return replace(
        point,
        part=sketch.part,
        clock=sketch.clock,
        minutes=sketch.minutes,
        zone=sketch.zone,
    )


def _units(count: int, unit: Unit) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _sign(count: int) -> int:
    return (count > 0) - (count < 0)


def resolve_all(
    pieces: Pieces, found: Sequence[Found], places: Sequence[Place], setting: Setting
) -> list[TimeExpression]:
    """Every expression resolved, in text order."""
    results = Results(pieces, setting)
    expressions: list[TimeExpression] = []
    for index, (one, place) in enumerate(zip(found, places, strict=True)):
        partner = found[index + 1] if index + 1 < len(found) else None
        expression = results.resolve(
            one,
            place,
            _upcoming(found, places, index),
            partner.sketch if partner and _spans_months(pieces, one, partner) else None,
        )
        if expression is not None:
            expressions.append(expression)
    return expressions


def _spans_months(pieces: Pieces, left: Found, right: Found) -> bool:
    """Whether two months are the ends of a range: "July-September", "between March and May"."""
    if not (_bare_month(left.sketch) and _bare_month(right.sketch)):
        return False
    if right.first != left.last + 1:
        return False
    link = pieces.lower[left.last]
    return link in W.RANGE_LINKS or (link == "and" and pieces.lower[left.first - 1] == "between")


def _bare_month(sketch: Sketch) -> bool:
    bare = sketch.kind is Kind.CALENDAR and sketch.unit is Unit.MONTH
    return bare and sketch.year is None and sketch.inner is None


def _upcoming(
    found: Sequence[Found], places: Sequence[Place], index: int
) -> tuple[Sketch, Place] | None:
    """The day that is named later in the same sentence, for what stands before it."""
    for later in range(index + 1, min(index + 4, len(found))):
        if places[later].sentence != places[index].sentence:
            return None
        sketch = found[later].sketch
        names_day = sketch.day or sketch.weekday or sketch.base == PUBLISHED
        if names_day and sketch.unit is Unit.DAY and sketch.kind in (Kind.CALENDAR, Kind.SHIFT):
            return sketch, places[later]
    return None
