"""Low, best and high come from somebody, and the best for a reason that is told."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from db.rows import Reliability, Status
from desktop.comparison.coding import Coding, coding_of, in_words
from desktop.comparison.figures import Figure, strips_of
from desktop.comparison.view import ComparisonView
from extraction.model import Scope, SideKey
from tests.desktop.comparison.dispute import dispute


def figure(claim: int, speaker: str, low: float | None, high: float | None) -> Figure:
    return Figure(claim, speaker, SideKey.A, low, high, False, "")


def unrated(_: int) -> None:
    return None


ARMY = figure(1, "Army", 12, None)
OFFICE = figure(2, "City Office", 3, 3)
WATCH = figure(3, "River Watch", 8, 8)
UNION = figure(4, "Union", 8, 8)


def code(*figures: Figure) -> Coding:
    found = coding_of(figures, unrated)
    assert found is not None
    return found


def test_what_most_say_is_the_best_and_each_is_traced() -> None:
    assert in_words(code(ARMY, OFFICE, WATCH, UNION)) == (
        "low 3 (City Office) · best 8 (River Watch; 2 voices say so) · high 12 or more (Army)"
    )


def test_of_equals_the_lower_is_the_best() -> None:
    found = code(WATCH, OFFICE)
    assert (found.best.value, found.best.claim_id) == (3, 2)
    assert "nothing tells them apart" in found.best.reason


def test_the_source_that_a_person_rated_best_leads() -> None:
    letters = {1: Reliability.USUALLY, 2: Reliability.CANNOT_BE_JUDGED, 3: Reliability.UNRELIABLE}
    found = coding_of([ARMY, OFFICE, WATCH, UNION], letters.get)
    assert found is not None
    assert (found.best.value, found.best.open_) == (12, True)
    assert found.best.reason == "from the source rated B"


def test_one_voice_twice_is_no_two_voices() -> None:
    again = replace(WATCH, claim_id=9, speaker="river watch")
    assert "2 voices" not in code(WATCH, again, OFFICE).best.reason


def test_what_was_brought_up_to_date_is_left_out() -> None:
    assert coding_of([replace(OFFICE, superseded=True), WATCH, UNION], unrated) is None
    claims = [claim for claim in dispute().rows().claims if claim.event_id == 2]
    old = [
        replace(c, status=Status.SUPERSEDED) if c.speaker == "River Council" else c for c in claims
    ]
    injured = next(strip for strip in strips_of(old) if strip.scope is Scope.EVENT)
    assert [f.superseded for f in injured.figures] == [True, False, False]
    assert in_words(code(*injured.figures)).startswith("low 3 (Vessia's health office)")


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 50), st.none() | st.integers(0, 50)), min_size=1)
)
def test_the_best_lies_between(bounds: list[tuple[int | None, int | None]]) -> None:
    figures = [
        figure(n, f"V{n % 3}", low, high)
        for n, (low, high) in enumerate(bounds)
        if (low, high) != (None, None) and (low is None or high is None or low <= high)
    ]
    found = coding_of(figures, unrated)
    if found is not None:
        assert found.low.value <= found.best.value <= found.high.value
        assert {found.low.claim_id, found.high.claim_id} <= {f.claim_id for f in figures}


def test_it_stands_under_its_strip_with_an_explanation(view: ComparisonView) -> None:
    index = view.canvas.index_of(None, 2)
    assert index is not None
    strips = view.canvas.layout_of(index).strips
    told = {strip.strip.measure: strip.texts[-1] for strip in strips}
    assert told["injured"].block.text.startswith("low 3 (Vessia's health office)")
    assert "high 34" in told["injured"].block.text
    assert "Uppsala" in told["injured"].whole
    assert told["killed"].block.text.endswith("high 1,900 or more (Vessia's envoy)")
