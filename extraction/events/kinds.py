"""Which kinds of event, and which times, can belong to one event."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from extraction import lexicon
from extraction.model import FuzzyInterval

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


def series(one: FuzzyInterval | None, other: FuzzyInterval | None) -> bool:
    """Whether one spans weeks and the other days: "since December" is not the strike of Monday."""
    if one is None or other is None:
        return False
    lengths = sorted((i.latest - i.earliest).days for i in (one, other))
    return lengths[0] <= _EVENT_DAYS and lengths[1] > _SERIES_DAYS


def narrower(one: FuzzyInterval | None, other: FuzzyInterval | None) -> FuzzyInterval | None:
    """What two tellings leave of the time: where they meet; the first where they do not."""
    if one is None or other is None:
        return one or other
    if not overlap(one, other):
        return one
    length = one.latest - one.earliest
    return other if other.latest - other.earliest < length else one
