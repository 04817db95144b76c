"""Which kinds of event, and which times, can belong to one event."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import cache

from extraction import lexicon
from extraction.model import FuzzyInterval, Precision

_EVENT_DAYS = 3
_SERIES_DAYS = 10


@cache
def _follows() -> dict[str, frozenset[str]]:
    table = lexicon.load("en", "happenings")["follows"]
    both: dict[str, set[str]] = defaultdict(set)
    for name, others in table.items():
        for other in others:
            both[name].add(other)
            both[other].add(name)
    return {name: frozenset(found) for name, found in both.items()}


@cache
def standing() -> frozenset[str]:
    """Groups of wrongs of which a dispute has one."""
    table = lexicon.load("en", "happenings")["standing"]
    return lexicon.words(table, "groups", "happenings.toml")


@cache
def mutual() -> frozenset[str]:
    """Groups in which both parties do it and suffer it."""
    table = lexicon.load("en", "happenings")["mutual"]
    return lexicon.words(table, "groups", "happenings.toml")


@cache
def lasting() -> frozenset[str]:
    """Groups of what goes on for days or weeks."""
    table = lexicon.load("en", "happenings")["lasting"]
    return lexicon.words(table, "groups", "happenings.toml")


def compatible(one: str, other: str) -> bool:
    """Whether two groups can tell of one event."""
    return one == other or other in _follows().get(one, frozenset())


@cache
def compatible_groups(name: str) -> tuple[str, ...]:
    """The groups that can tell of one event with ``name``, itself first."""
    return (name, *sorted(_follows().get(name, frozenset())))


def overlap(one: FuzzyInterval, other: FuzzyInterval) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def same_time(one: FuzzyInterval | None, other: FuzzyInterval | None) -> bool:
    """Whether two times are one, whatever each rests on."""
    if one is None or other is None:
        return one is other
    return (one.earliest, one.latest) == (other.earliest, other.latest)


def series(one: FuzzyInterval | None, other: FuzzyInterval | None) -> bool:
    """Whether one spans weeks and the other days: "since December" is not the strike of Monday.

    "Last month" only leaves open which day it was.
    """
    if one is None or other is None:
        return False
    shorter, longer = sorted((one, other), key=lambda i: i.latest - i.earliest)
    if (shorter.latest - shorter.earliest).days > _EVENT_DAYS:
        return False
    return (longer.latest - longer.earliest).days > _SERIES_DAYS and not _some_day_of(longer)


def _some_day_of(interval: FuzzyInterval) -> bool:
    """Whether an interval is a month of the calendar, closed at both ends."""
    if interval.open_start or interval.open_end or interval.precision is not Precision.MONTH:
        return False
    after = interval.latest + timedelta(days=1)
    return interval.earliest.day == 1 and after.day == 1


def narrower(one: FuzzyInterval | None, other: FuzzyInterval | None) -> FuzzyInterval | None:
    """What two tellings leave of the time: where they meet; the first where they do not."""
    if one is None or other is None:
        return one or other
    if not overlap(one, other):
        return one
    length = one.latest - one.earliest
    return other if other.latest - other.earliest < length else one
