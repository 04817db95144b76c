from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.attribution import find_attributions
from extraction.model import Verification
from extraction.verification import VerificationNote, find_verifications
from tests.extraction.reading import read


def notes(text: str) -> list[tuple[str, Verification, str]]:
    """(cue of the claim, verdict, note)."""
    analysis = read(text)
    found = find_attributions(analysis)
    return [
        (found[note.attribution].cue.exact, note.verification, note.span.exact)
        for note in find_verifications(analysis, found)
    ]


@pytest.mark.parametrize(
    "note",
    [
        "The reports could not be independently verified.",
        "It was not possible to verify the claim.",
        "There was no independent confirmation of the claim.",
        "That has not been confirmed.",
        "The Coast Herald was unable to verify the report.",
        "The report is unconfirmed.",
        "The newspaper could not independently confirm this.",
    ],
)
def test_an_unverified_claim(note: str) -> None:
    assert notes(f"Ostia said a ship was hit. {note}") == [("said", Verification.UNVERIFIED, note)]


def test_a_verified_claim() -> None:
    note = "The Coast Herald verified the footage."
    assert notes(f"Residents said the mill burned. {note}") == [
        ("said", Verification.CONFIRMED, note)
    ]


def test_a_clause_binds_to_its_own_sentence() -> None:
    assert notes("Ostia said a ship was hit, which could not be verified.") == [
        ("said", Verification.UNVERIFIED, "which could not be verified.")
    ]


def test_a_plural_binds_to_all_claims_of_the_sentence_before() -> None:
    found = notes(
        "Ostia said a ship was hit and Marland said it was not. "
        "Neither claim could be independently verified."
    )
    assert [cue for cue, _, _ in found] == ["said", "said"]


def test_what_somebody_says_is_no_note() -> None:
    told = "Ostia said a ship was hit. Marland said it was not possible to verify the report."
    assert notes(told) == []


def test_an_unconfirmed_report_that_speaks() -> None:
    found = notes("Ostia closed the port. Unconfirmed reports said five men had died.")
    assert [(cue, verdict) for cue, verdict, _ in found] == [("said", Verification.UNVERIFIED)]


def test_nothing_to_bind_to() -> None:
    assert notes("It was not possible to verify the claim.") == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "claim could not be verified . he said that “ ” it , which confirmed no".split()
        ),
        max_size=40,
    ).map(" ".join)
)
def test_spans_hold(text: str) -> None:
    analysis = read(text)
    found = find_attributions(analysis)
    for note in find_verifications(analysis, found):
        assert isinstance(note, VerificationNote)
        assert note.span.holds_in(text)
        assert 0 <= note.attribution < len(found)
