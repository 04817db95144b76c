"""Ticks of the time axis on two rows, from minutes to millennia.

The lower row holds the finest unit whose labels fit, the upper row the unit that contains it.
No Qt here: widths come from a measuring function, words from ``CalendarWords``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.timeline.scale import TimeScale, civil, day_number

GAP = 12.0
"""Least distance between two labels of a row, in pixels."""

CLOCK_ROOM = 72.0
"""Least distance of two times of day: until then whole days are the calmer row."""

INSET = 5.0
"""From a tick to its label, in pixels."""

DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """How a locale writes parts of dates. Months from January, weekdays from Monday."""

    months: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    day_first: bool = True
    twelve_hours: bool = False
    before: str = "{year} BCE"
    decade: str = "{year}s"


ENGLISH = CalendarWords(
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    months_short=(
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ),
    weekdays_short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """``x`` is where the unit begins; the label, if any, stands at ``label_x``, left-aligned."""

    x: float
    label: str
    label_x: float
    label_width: float

    @property
    def label_end(self) -> float:
        return self.label_x + self.label_width


@dataclass(frozen=True, slots=True)
class AxisTicks:
    """Ticks in order. ``unit`` names the lower row's unit, for those who ask."""

    lower: tuple[Tick, ...]
    upper: tuple[Tick, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Step:
    """``count`` units of minute, day, month or year; ``days`` is its mean length."""

    unit: str
    count: int
    days: float
    upper: str


STEPS = (
    *(Step("minute", n, n / DAY_MINUTES, "day") for n in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360)),
    Step("minute", 720, 0.5, "day"),
    *(Step("day", n, n, "month") for n in (1, 2, 7, 14)),
    *(Step("month", n, n * 30.436875, "year") for n in (1, 3, 6)),
    *(Step("year", n, n * 365.2425, "decade") for n in (1, 2, 5)),
    *(Step("year", n, n * 365.2425, "century") for n in (10, 20, 50)),
    *(Step("year", n, n * 365.2425, "") for n in (100, 200, 500, 1000, 2000)),
)


def year_label(year: int, words: CalendarWords) -> str:
    """Year 0 of the astronomers is 1 BCE."""
    return str(year) if year > 0 else words.before.format(year=1 - year)


def date_label(day: int, words: CalendarWords, *, year: bool = True) -> str:
    """ "4 Oct 2020" or "Oct 4, 2020"."""
    in_year, month, of_month = civil(day)
    name = words.months_short[month - 1]
    short = f"{of_month} {name}" if words.day_first else f"{name} {of_month}"
    if not year:
        return short
    glue = " " if words.day_first else ", "
    return f"{short}{glue}{year_label(in_year, words)}"


def clock_label(minutes: int, words: CalendarWords) -> str:
    """Minutes since midnight as a time of day."""
    hour, minute = divmod(minutes, 60)
    if not words.twelve_hours:
        return f"{hour:02}:{minute:02}"
    shown = hour % 12 or 12
    return f"{shown}:{minute:02} {'AM' if hour < 12 else 'PM'}"


def _starts(unit: str, count: int, first: float, last: float) -> Iterator[tuple[int, float]]:
    """(ordinal, days) of each unit's begin in ``[first, last]``, the one before it included."""
    if unit == "minute":
        index = math.floor(first * DAY_MINUTES / count)
        while index * count / DAY_MINUTES <= last:
            yield index * count, index * count / DAY_MINUTES
            index += 1
        return
    if unit == "day":
        # Day 4 was a Monday, so that weeks begin on one; other steps count from the origin.
        shift = 4 if count % 7 == 0 else 0
        index = math.floor((first - shift) / count)
        while index * count + shift <= last:
            yield index * count + shift, float(index * count + shift)
            index += 1
        return
    year, month, _ = civil(math.floor(first))
    if unit == "month":
        index = (year * 12 + month - 1) // count
        while True:
            at = float(day_number(index * count // 12, index * count % 12 + 1))
            if at > last:
                return
            yield index * count, at
            index += 1
    else:
        index = year // count
        while True:
            at = float(day_number(index * count))
            if at > last:
                return
            yield index * count, at
            index += 1


def _lower_label(step: Step, ordinal: int, words: CalendarWords) -> str:
    if step.unit == "minute":
        return clock_label(ordinal % DAY_MINUTES, words)
    if step.unit == "day":
        if step.count >= 7:
            return date_label(ordinal, words, year=False)
        weekday = words.weekdays_short[(ordinal + 3) % 7]
        return f"{weekday} {civil(ordinal)[2]}"
    if step.unit == "month":
        return words.months_short[ordinal % 12]
    return year_label(ordinal, words)


def _upper(unit: str, scale: TimeScale, words: CalendarWords) -> Iterator[tuple[float, list[str]]]:
    """Begin and labels (longest first) of the containing units."""
    if unit == "day":
        for ordinal, at in _starts("day", 1, scale.start, scale.end):
            weekday = words.weekdays_short[(ordinal + 3) % 7]
            short = date_label(ordinal, words, year=False)
            yield at, [f"{weekday} {date_label(ordinal, words)}", f"{weekday} {short}", short]
    elif unit == "month":
        for ordinal, at in _starts("month", 1, scale.start, scale.end):
            year = year_label(ordinal // 12, words)
            long, short = words.months[ordinal % 12], words.months_short[ordinal % 12]
            yield at, [f"{long} {year}", f"{short} {year}", short]
    elif unit == "year":
        for ordinal, at in _starts("year", 1, scale.start, scale.end):
            yield at, [year_label(ordinal, words)]
    else:
        count = 10 if unit == "decade" else 100
        for ordinal, at in _starts("year", count, scale.start, scale.end):
            if ordinal > 0:
                yield at, [words.decade.format(year=ordinal)]
            else:
                yield at, []


def _year_in(label: str) -> str:
    """The year that a full date ends in; empty for a date without one."""
    last = label.rsplit(" ", 1)[-1]
    return last if len(last) >= 4 and last.isdecimal() else ""


def ticks(
    scale: TimeScale,
    words: CalendarWords,
    measure: Callable[[str], float],
    *,
    left: float = 0.0,
    right: float = 0.0,
) -> AxisTicks:
    """Both rows for what ``scale`` shows.

    ``measure`` gives a label's width in pixels. ``left`` and ``right`` are pixels at the edges of
    the upper row that are taken by something else. No two labels of a row come closer than
    ``GAP``; no label leaves the view.
    """
    chosen = STEPS[-1]
    for step in STEPS:
        room = step.days * scale.pixels_per_day * (0.9 if step.unit in ("month", "year") else 1)
        if room >= _widest(step, scale, words, measure) + GAP + INSET:
            chosen = step
            break
    if chosen.days > scale.span:
        # In a narrow view a step may have no begin in sight; then not each of the next has a label.
        chosen = next((step for step in reversed(STEPS) if step.days <= scale.span / 2), STEPS[0])
    return AxisTicks(
        tuple(_lower_row(chosen, scale, words, measure)),
        tuple(_upper_row(chosen.upper, scale, words, measure, left, right)),
        chosen.unit,
    )


def _widest(
    step: Step, scale: TimeScale, words: CalendarWords, measure: Callable[[str], float]
) -> float:
    if step.unit == "minute":
        return max(measure(clock_label(23 * 60 + 58, words)) + 1, CLOCK_ROOM - GAP - INSET)
    if step.unit == "day":
        if step.count >= 7:
            return max(measure(f"28 {name}") for name in words.months_short)
        return max(measure(f"{name} 28") for name in words.weekdays_short)
    if step.unit == "month":
        return max(measure(name) for name in words.months_short)
    first, last = civil(math.floor(scale.start))[0], civil(math.floor(scale.end))[0]
    return max(measure(year_label(first - step.count, words)), measure(year_label(last, words)))


def _lower_row(
    step: Step, scale: TimeScale, words: CalendarWords, measure: Callable[[str], float]
) -> Iterator[Tick]:
    free_from = -math.inf
    for ordinal, at in _starts(step.unit, step.count, scale.start, scale.end):
        x = scale.x(at)
        label = _lower_label(step, ordinal, words)
        width = measure(label)
        at_x = x + INSET
        fits = at_x >= 0 and at_x + width <= scale.width and at_x >= free_from
        if fits:
            free_from = at_x + width + GAP
        elif x < 0:
            continue
        yield Tick(x, label if fits else "", at_x, width if fits else 0.0)


def _upper_row(
    unit: str,
    scale: TimeScale,
    words: CalendarWords,
    measure: Callable[[str], float],
    left: float,
    right: float,
) -> Iterator[Tick]:
    """The unit that began before the view keeps its label at the left edge, pushed by the next."""
    if not unit:
        return
    begins = [(scale.x(at), labels) for at, labels in _upper(unit, scale, words)]
    year = ""
    for index, (x, labels) in enumerate(begins):
        if unit == "day" and year and year in labels[0]:
            # The year is told once, and where it changes.
            labels = labels[1:]
        following = begins[index + 1][0] if index + 1 < len(begins) else math.inf
        at_x = max(x + INSET, left + INSET)
        limit = min(following + INSET - GAP, scale.width - right)
        for label in labels:
            width = measure(label)
            if at_x + width <= limit:
                yield Tick(x, label, at_x, width)
                year = _year_in(label) or year
                break
        else:
            if x >= 0:
                yield Tick(x, "", at_x, 0.0)
