"""Dossiers annotated by hand before the program had read them; the floors only move up."""

from __future__ import annotations

from functools import cache

import pytest

from extraction.model import RelationType
from tests.golden.scoring import SCORED, Score, dossiers, load, score

# Measure: least precision, least recall.
FLOORS = {
    "claims": (0.94, 0.99),
    "acts": (0.88, 0.88),
    "sides": (0.97, 0.97),
    "times": (0.91, 0.91),
    "verification": (1.0, 1.0),
    "events": (0.99, 0.66),
    "relations": (0.97, 0.85),
    "contradicts": (1.0, 1.0),
}


# The dossiers that came later; what they scored before any rule was written for them is in the log.
LATER = ("hollin_mine", "lumo_monitor", "marrowgate_hospital", "merrowdale_vote")
LATER_FLOORS = {
    "claims": (0.94, 0.98),
    "acts": (0.86, 0.86),
    "sides": (0.92, 0.92),
    "times": (0.94, 0.94),
    "quantities": (1.0, 1.0),
    "events": (0.97, 0.19),
    "relations": (0.98, 0.68),
    "contradicts": (1.0, 0.50),
}
EACH = [(m, False) for m in FLOORS] + [(m, True) for m in LATER_FLOORS]


@cache
def total(later: bool) -> Score:
    result = Score()
    for name in dossiers():
        if (name in LATER) is later:
            result.add(score(name))
    return result


@pytest.mark.parametrize(("measure", "later"), EACH)
def test_floor(measure: str, later: bool) -> None:
    result = total(later)
    precision, recall = (LATER_FLOORS if later else FLOORS)[measure]
    wrong = "\n".join(line for line in result.wrong if f": {measure}:" in line)
    assert result.precision(measure) >= precision, wrong
    assert result.recall(measure) >= recall, wrong


def test_there_are_enough_dossiers() -> None:
    assert len(dossiers()) >= 13


def test_where_nothing_is_in_dispute_there_are_no_sides_and_no_clashes() -> None:
    _, reading = load("harbour_festival")
    assert reading.sides == ()
    assert not [r for r in reading.relations if r.type in SCORED]


def test_where_nobody_speaks_there_are_no_claims() -> None:
    _, reading = load("tide_tables")
    assert reading.claims == ()
    assert reading.relations == ()


@pytest.mark.parametrize("name", dossiers())
def test_accusations_thrown_back_are_no_contradictions(name: str) -> None:
    _, reading = load(name)
    mirrored = {
        frozenset((r.source, r.target))
        for r in reading.relations
        if r.type is RelationType.COUNTER_ACCUSES
    }
    clashes = {
        frozenset((r.source, r.target))
        for r in reading.relations
        if r.type is RelationType.CONTRADICTS
    }
    assert not mirrored & clashes
