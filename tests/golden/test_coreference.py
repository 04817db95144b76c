"""The events of the dossiers against those annotated, beside two plain ways of grouping."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden.coreference_score import Clusters, Links, clusters_by, scores
from tests.golden.scoring import dossiers
from tests.golden.test_golden import FIRST_READ, NEWEST, REPORTED, UNSEEN

FLOOR = 0.765
NEWEST_FLOOR = 0.6
AHEAD = 0.29  # of the better of the baselines


@cache
def total() -> dict[str, Links]:
    return scores(
        name for name in dossiers() if name not in NEWEST + UNSEEN + REPORTED + FIRST_READ
    )


def test_events_are_found_as_well_as_before() -> None:
    assert total()["events"].conll() >= FLOOR


def test_events_are_found_in_the_newest_dossiers() -> None:
    assert scores(NEWEST)["events"].conll() >= NEWEST_FLOOR


@pytest.mark.parametrize("baseline", ["trigger stem", "shared words"])
def test_events_are_found_clearly_better_than_by_words_alone(baseline: str) -> None:
    assert total()["events"].conll() >= total()[baseline].conll() + AHEAD


def _scored(gold: Clusters, found: Clusters) -> Links:
    links = Links()
    links.add(gold, found)
    return links


def test_a_known_case() -> None:
    gold: Clusters = [frozenset("abc"), frozenset("de")]
    links = _scored(gold, [frozenset("ab"), frozenset("cde")])
    assert links.f1("muc") == pytest.approx(2 / 3)
    assert links.f1("b3") == pytest.approx(11 / 15)
    assert links.f1("ceafe") == pytest.approx(0.8)


KEYS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=1), st.integers(0, 3), min_size=1)


@given(KEYS)
def test_what_is_expected_scores_one_against_itself(keys: dict[str, int]) -> None:
    clusters = clusters_by(keys)
    links = _scored(clusters, clusters)
    assert links.conll() == pytest.approx(1.0)


@given(KEYS, st.data())
def test_no_score_leaves_its_bounds(keys: dict[str, int], data: st.DataObject) -> None:
    other = {name: data.draw(st.integers(0, 3)) for name in keys}
    links = _scored(clusters_by(keys), clusters_by(other))
    for measure in ("muc", "b3", "ceafe"):
        assert 0.0 <= links.f1(measure) <= 1.0 + 1e-9
