"""Dossiers annotated by hand before the program had read them; the floors only move up."""

from __future__ import annotations

from functools import cache

import pytest

from extraction.model import RelationType
from tests.golden.scoring import SCORED, Score, dossiers, load, score

# Measure: least precision, least recall.
FLOORS = {
    "claims": (0.93, 0.96),
    "acts": (0.83, 0.83),
    "sides": (0.93, 0.93),
    "times": (0.90, 0.90),
    "verification": (1.0, 1.0),
    "events": (0.97, 0.62),
    "relations": (0.94, 0.70),
    "contradicts": (0.95, 0.60),
}


@cache
def total() -> Score:
    result = Score()
    for name in dossiers():
        result.add(score(name))
    return result


@pytest.mark.parametrize("measure", FLOORS)
def test_floor(measure: str) -> None:
    result = total()
    precision, recall = FLOORS[measure]
    wrong = "\n".join(line for line in result.wrong if f": {measure}:" in line)
    assert result.precision(measure) >= precision, wrong
    assert result.recall(measure) >= recall, wrong


def test_there_are_enough_dossiers() -> None:
    assert len(dossiers()) >= 9


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
