"""The dates named so far, and which of them the next expression hangs on."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from extraction.times import values
from extraction.times import words as W
from extraction.times.context import Place, Setting
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, REPORTED, RUNNING, Found, Kind, Sketch
from extraction.times.values import Point, Unit

# Sentences that a quarter is reported on after it is named.
REPORT = 6
# and that "a year earlier" looks back to it.
NEAR = 3
# A year this far from the one being told of is mentioned in passing, not moved to.
FAR = 30


class Memory:
    """What an article has named up to ``place``.

    ``running`` is the date that leads, ``running_place`` where it stood. Besides it, the last
    day of the sentence, the head of the section and the last date of the sentence are kept.
    """

    def __init__(self, pieces: Pieces, setting: Setting) -> None:
        self._p = pieces
        self._s = setting
        self.running: Point | None = None
        self.running_place: Place | None = None
        self.place = Place(-1, -1, False, False, 0, False, False, lambda: 0)
        self.looked = False
        self.upcoming: Point | None = None
        self._explicit = False
        self._sentence_day: tuple[int, Point] | None = None
        self._head: Point | None = None
        self._local: tuple[int, Point] | None = None
        self._quarter: tuple[int, Point] | None = None
        self._month: tuple[int, Point] | None = None

    def leaning(self) -> Point | None:
        """The date last named, where a date without a year hangs on it."""
        if self.running is None or self.running.year is None:
            return None
        if self._s.history or self._s.now is None:
            local = self._local
            if local and local[0] == self.place.sentence and local[1].year:
                return local[1]
            return self.running
        # News: a passage on the past names its year, and what follows hangs on that.
        if self.place.attached:
            return None
        past = self.near() and self._explicit and self.running.year < self._s.now.year
        return self.running if past and self.place.direction() < 0 else None

    def reported(self, unit: Unit, *, same_sentence: bool = False) -> Point | None:
        """The quarter, half or month that is being reported on."""
        here = self.place.sentence
        if unit in (Unit.MONTH, Unit.YEAR) and self._month and self._month[0] == here:
            return self._month[1]
        if unit is Unit.MONTH:
            return self._month[1] if self._month and here - self._month[0] <= 1 else None
        reach = 0 if same_sentence else NEAR if unit is Unit.YEAR else REPORT
        quarter = self._quarter
        return quarter[1] if quarter and here - quarter[0] <= reach else None

    def told(self, unit: Unit) -> Point | None:
        """The month or year that "the month" and "the year" mean because it has just been named."""
        if unit is Unit.MONTH:
            return self.reported(unit)
        local = self._local
        same = local is not None and local[0] == self.place.sentence
        return local[1] if local and same and local[1].unit is unit is Unit.YEAR else None

    def near(self) -> bool:
        place = self.running_place
        return (
            place is not None
            and place.block == self.place.block
            and self.place.sentence - place.sentence <= 1
        )

    def sentence_is_ahead(self, day: date) -> bool:
        """Whether the day named last in the sentence lies after ``day``."""
        if self._sentence_day is None or self._sentence_day[0] != self.place.sentence:
            return False
        named = values.first_day(self._sentence_day[1])
        return named is not None and named > day

    def context_day(self) -> tuple[Point | None, str]:
        """The day that a part of the day or a clock time belongs to."""
        if self._sentence_day and self._sentence_day[0] == self.place.sentence:
            return self._sentence_day[1], "the day named in the sentence"
        if self.upcoming is not None:
            return self.upcoming, "the day named in the sentence"
        if self._s.history or self._s.now is None:
            running = self.running
            if running is not None and running.unit is Unit.DAY and running.day:
                return running, "the date last named"
            return None, ""
        if self._head is not None:
            return self._head, "the date of the section"
        if not self._s.exact:
            return None, ""
        return values.of_day(self._s.now), "publication date"

    def base(self, sketch: Sketch) -> tuple[Point, str] | None:
        """The point that a relative expression is counted from."""
        running = (self.running, "the date last named") if self.running else None
        if self._s.history:
            if sketch.base == PUBLISHED and self.place.quoted:
                return None
            if sketch.value == "deictic":
                return self._now(sketch.unit) or running
            local = self._local
            if local and local[0] == self.place.sentence and sketch.unit is Unit.YEAR:
                return local[1], "the date last named"
            return running or self._now(sketch.unit)
        if sketch.base == RUNNING:
            if running and self._near_enough(sketch):
                return running
            return self._now(sketch.unit) or running
        return self._now(sketch.unit) or (None if sketch.base == PUBLISHED else running)

    def _near_enough(self, sketch: Sketch) -> bool:
        place = self.running_place
        if place is None:
            return False
        if self.place.block == place.block and self.place.sentence - place.sentence <= 2:
            return True
        return sketch.unit is Unit.DAY and self.place.sentence - place.sentence <= 3

    def _now(self, unit: Unit) -> tuple[Point, str] | None:
        if self._head is not None and not self._s.history:
            return self._head, "the date of the section"
        if self._s.now is None:
            return None
        if not self._s.exact and unit not in (Unit.YEAR, Unit.DECADE, Unit.CENTURY):
            return None
        return values.of_day(self._s.now), "publication date"

    def anchor_day(self, *, exact: bool = False) -> tuple[date, str] | None:
        if (self._s.history or self._s.now is None) and self.running:
            day = values.first_day(self.running)
            close = self.running.unit is Unit.DAY and (self.near() or self._s.now is None)
            if day and (not exact or close):
                return day, "the date last named"
        if self._head is not None:
            day = values.first_day(self._head)
            if day is not None:
                return day, "the date of the section"
        if self._s.now is None or (exact and not self._s.exact):
            return None
        return self._s.now, "publication date"

    def anchor_year(self) -> int | None:
        if self._s.history and self.running and self.running.year:
            return self.running.year
        return self._s.now.year if self._s.now else None

    def remember(self, found: Found, point: Point) -> None:
        """Keeps the point as the date last named, unless it was only mentioned in passing."""
        sketch = found.sketch
        if point.unit is Unit.DAY and point.day and point.number:
            self._sentence_day = (self.place.sentence, replace(point, part="", clock=None))
            if self.place.head:
                self._head = replace(point, part="", clock=None)
        if point.year is None:
            return
        other_year = sketch.year is not None or sketch.inner is not None
        compared = sketch.side < 0 or (sketch.base == REPORTED and other_year)
        compared = compared or self._lies_ahead(point)
        if point.unit in (Unit.QUARTER, Unit.HALF) and not compared:
            self._quarter = (self.place.sentence, point)
        elif point.unit is Unit.MONTH and not self._looks_back(sketch):
            self._month = (self.place.sentence, point)
        self._local = (self.place.sentence, point)
        if not self._leads(found, point):
            return
        carried = self.running is not None and self.running.year == point.year
        self.running, self.running_place = point, self.place
        self.looked = self._p.lower[found.first - 1] == "by"
        told = sketch.kind is Kind.CALENDAR and sketch.year is not None
        self._explicit = told or (self._explicit and carried)

    def _looks_back(self, sketch: Sketch) -> bool:
        """Whether it is "a month earlier" than the month that the sentence is about."""
        same = self._month is not None and self._month[0] == self.place.sentence
        return same and sketch.base == RUNNING and sketch.side < 0

    def _lies_ahead(self, point: Point) -> bool:
        first = values.first_day(point)
        return first is not None and self._s.now is not None and first > self._s.now

    def _leads(self, found: Found, point: Point) -> bool:
        """Whether what follows hangs on this date, or whether it was only mentioned in passing.

        A bare year counts only as an adverbial: not "his 1995 book". In a history a date that
        leaves the year being told of must stand in the main line: a date ahead ("by 1976"), one
        looked back to ("since 1870", "the 2003 invasion"), one far off, or one in a quotation
        does not lead.
        """
        if self.place.head:
            return not self._ends_range(found)
        if found.sketch.value == "told":
            return False
        before = self._p.lower[found.first - 1]
        if before == "the":
            before = self._p.lower[found.first - 2]
        if point.unit in (Unit.DECADE, Unit.CENTURY):
            return not self._s.history or self.running is None
        bare = point.unit is Unit.YEAR
        adverbial = before in W.DATE_PREPOSITIONS or before in ("(", "-", "–", "\n", ".")
        counted = found.sketch.kind is Kind.SHIFT and not self._s.history
        if bare and not (adverbial or counted or found.sketch.mod):
            return False
        running = self.running
        if not self._s.history or running is None or running.year is None or point.year is None:
            return True
        if point.year == running.year:
            return True
        return self._changes_year(found, before, point.year - running.year)

    def _ends_range(self, found: Found) -> bool:
        return self._p.lower[found.first - 1] in W.RANGE_LINKS

    def _changes_year(self, found: Found, before: str, leap: int) -> bool:
        place, last = self.place, self.running_place
        if place.quoted or (abs(leap) > FAR and not place.initial):
            return False
        if place.initial or (last is not None and last.section != place.section):
            return True
        if any(self._p.lower[at] in W.AHEAD for at in range(max(0, found.first - 5), found.first)):
            return False
        if found.sketch.kind is Kind.SHIFT and leap < 0:
            return False
        if before in W.LOOKING:
            return False
        return leap > 0
