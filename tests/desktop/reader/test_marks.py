"""What is marked in a text."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from desktop.reader.marks import ClaimsAt, Look, depths_of, hull_of, not_holding, stretches_of
from extraction.model import Block, BlockKind, SideKey, Span, SpeechAct
from tests.desktop.comparison.dispute import Dispute, dispute

TEXT = "The mayor said Ada said the gate was shut. Share this page."


def nested() -> Dispute:
    made = Dispute()
    made.add_article(TEXT)
    outer = made.add_claim(SideKey.A, "The mayor", SpeechAct.ASSERTS, "Ada said the gate was shut")
    made.add_claim(SideKey.B, "Ada", SpeechAct.ASSERTS, "the gate was shut", nested_in=outer)
    return made


def looks(text: str, made: Dispute, **more: object) -> dict[str, Look]:
    stretches = stretches_of(text, made.rows().claims, **more)  # type: ignore[arg-type]
    return {text[mark.start : mark.end]: mark.look for mark in stretches}


def test_source_cue_and_content_of_nested_claims() -> None:
    found = looks(TEXT, nested())
    assert found["The mayor"] == Look(line=SideKey.A)
    assert found["said"] == Look(ground=SideKey.A, line=SideKey.B, cue=True)
    assert found["Ada"] == Look(ground=SideKey.A, line=SideKey.B)
    assert found["the gate was shut"] == Look(ground=SideKey.B, nested=1)


def test_boilerplate_and_times() -> None:
    start = TEXT.index("Share")
    block = Block(start, len(TEXT), BlockKind.BOILERPLATE)
    found = looks(TEXT, Dispute(), blocks=[block], times=[Span.cut(TEXT, 0, 3)])
    assert found == {"The": Look(time=True), "Share this page.": Look(grey=True)}


def test_a_span_that_does_not_fit_is_told_and_not_drawn() -> None:
    claims = nested().rows().claims
    text = TEXT.replace("gate", "door")
    assert {span.exact for span in not_holding(text, claims)} == {
        "Ada said the gate was shut",
        "the gate was shut",
    }
    grounds = [mark for mark in stretches_of(text, claims) if mark.look.ground]
    assert grounds == []


def test_the_innermost_claim_is_found_first() -> None:
    claims = nested().rows().claims
    at = ClaimsAt(claims)
    assert at.at(TEXT.index("gate")) == [2, 1]
    assert at.at(TEXT.index("mayor")) == [1]
    assert at.at(TEXT.index("Share")) == []
    assert hull_of(claims[0]) == (0, TEXT.index("."))


def test_a_ring_of_claims_has_a_depth() -> None:
    made = Dispute()
    made.add_claim(SideKey.A, "x", SpeechAct.ASSERTS, "y", nested_in=2)
    made.add_claim(SideKey.A, "x", SpeechAct.ASSERTS, "y", nested_in=1)
    assert depths_of(made.rows().claims) == {1: 1, 2: 1}


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20), st.sampled_from(SideKey))),
    st.integers(0, 60),
)
def test_stretches_are_apart_and_agree_with_the_spans(
    places: list[tuple[int, int, SideKey]], point: int
) -> None:
    text = "abc de " * 9
    made = Dispute()
    for start, length, side in places:
        span = Span.cut(text, start, min(start + length, len(text)))
        made.add_claim(side, "x", SpeechAct.ASSERTS, "y", content_spans=(span,))
    claims = made.rows().claims
    stretches = stretches_of(text, claims)
    assert all(a.end <= b.start for a, b in itertools.pairwise(stretches))
    assert all(a.start < a.end for a in stretches)
    covered = any(mark.start <= point < mark.end for mark in stretches)
    expected = {
        claim.id
        for claim in claims
        if any(span.start <= point < span.end for span in claim.content_spans)
    }
    assert set(ClaimsAt(claims).at(point)) == expected
    assert covered == bool(expected)


def test_the_sample_fits_its_texts() -> None:
    made = dispute()
    for article, text in made.texts.items():
        claims = [claim for claim in made.rows().claims if claim.article_id == article]
        assert not_holding(text, claims) == []
