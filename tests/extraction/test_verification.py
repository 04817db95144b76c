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


@pytest.mark.parametrize(
    "note",
    [
        "Its count could not be independently verified.",
        "The ministry's account could not be verified.",
        "Their testimony has not been independently corroborated.",
        "The claim has yet to be independently confirmed.",
        "The Coast Herald has not been able to verify the claim.",
        "No independent confirmation was available.",
        "There has been no independent verification of the figure.",
        "The estimate cannot be independently checked.",
        "No evidence was provided for the claim.",
        "No proof was given.",
        "Independent verification was not possible.",
        "Its figures cannot be checked.",
        "The claim is difficult to verify.",
        "The ministry offered no evidence for the claim.",
        "It did not provide any proof.",
        "Neither the time nor the place of the video could be verified.",
    ],
)
def test_more_ways_to_say_so(note: str) -> None:
    assert notes(f"The ministry said nine men had died. {note}") == [
        ("said", Verification.UNVERIFIED, note)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ostia said a ship was hit. The police have evidence of a theft.",
        "Ostia said a ship was hit. Inspectors verified the scales at the market.",
        "Ostia said a ship was hit. The court heard no evidence on Friday.",
        "Ostia said a ship was hit. Rusk confirmed the account.",
    ],
)
def test_no_note(text: str) -> None:
    assert notes(text) == []


def test_a_claim_without_evidence() -> None:
    found = notes("Orr said, without offering evidence, that the vote was stolen.")
    assert [(cue, verdict) for cue, verdict, _ in found] == [("said", Verification.UNVERIFIED)]


def test_a_note_binds_to_what_the_noted_claim_goes_on_with() -> None:
    found = notes(
        "Rusk said a shell had hit the mill. He said the mill had burned for two hours. "
        "The account could not be verified."
    )
    assert [cue for cue, _, _ in found] == ["said", "said"]


def test_a_note_leaves_what_others_say_of_something_else() -> None:
    found = notes(
        "Marland said the port was open. Rusk said a shell had hit the mill. "
        "The account could not be verified."
    )
    assert len(found) == 1


def test_none_of_the_figures_means_all_before() -> None:
    found = notes(
        "The ministry put the toll at 31.\nMarland says nine people were killed.\n"
        "A relief group counts, it says, 24 deaths.\nOrr says the road is open.\n"
        "None of the figures could be independently verified."
    )
    assert [cue for cue, _, _ in found] == ["put", "says", "says"]


def test_whose_account_it_is() -> None:
    found = notes(
        "The rebels said they held the port. The army said it held the port. "
        "The rebels' claim could not be verified."
    )
    assert [(cue, verdict) for cue, verdict, _ in found] == [("said", Verification.UNVERIFIED)]
    analysis = read(
        "The rebels said they held the port. The army said it held the port. "
        "The rebels' claim could not be verified."
    )
    attributions = find_attributions(analysis)
    (note,) = find_verifications(analysis, attributions)
    source = attributions[note.attribution].source
    assert source is not None
    assert source.exact == "The rebels"


def test_both_claims_verified() -> None:
    found = notes(
        "Ostia said a ship was hit. Marland said it sank. Both claims were independently verified."
    )
    assert [verdict for _, verdict, _ in found] == [Verification.CONFIRMED] * 2


@pytest.mark.parametrize(
    "note",
    [
        "The Coast Herald could not independently confirm either account.",
        "The Coast Herald has seen no film and could not independently verify their accounts.",
        "The Coast Herald was unable to verify the claims of either side.",
    ],
)
def test_more_than_one_account(note: str) -> None:
    found = notes(
        "Marland said the port was open.\nIda Rusk, who sells fish, said she had heard a hum. "
        f'"Then it stopped," she said. Another woman said she had seen smoke.\n{note}'
    )
    assert [verdict for _, verdict, _ in found] == [Verification.UNVERIFIED] * 3


def test_the_figures_of_the_passage() -> None:
    found = notes(
        "Marland said the port was open.\nThe clinic has received 12 bodies, said its head, Ida "
        "Rusk. She says seven are children. The figures have not been verified by anyone."
    )
    assert [cue for cue, _, _ in found] == ["said", "says"]


def test_what_is_offered_cannot_be_checked() -> None:
    assert (
        notes(
            "Marland offered to host talks. Ostia rejected the offer.\nThe claims of either side "
            "could not be verified."
        )
        == []
    )


@pytest.mark.parametrize(
    "told",
    [
        "The army said it had killed 40 rebels, a figure that could not be verified.",
        'The army said "at least 40 rebels" had died, a claim for which it offered no evidence.',
        'The army said that "40 rebels were killed", a figure the Herald was unable to verify.',
        "Officials said 12 people had died, although this could not be confirmed.",
        "Officials said 12 people had died (the figure could not be verified).",
        "Officials said 12 people had died, but there was no independent confirmation.",
        "The group said it had planted the bomb. Its authenticity has not been established.",
        "Rusk said, citing no evidence, that the vote was rigged.",
        "Ostia, without providing evidence, accused Marland of sabotage.",
        "In an unverified statement, the group said it had planted the bomb.",
    ],
)
def test_what_an_outlet_calls_the_figure_it_reports(told: str) -> None:
    assert [verdict for _, verdict, _ in notes(told)] == [Verification.UNVERIFIED]


def test_what_pictures_confirm() -> None:
    found = notes(
        "The army said it had taken the village. "
        "Satellite images reviewed by the Herald confirmed the claim."
    )
    assert [verdict for _, verdict, _ in found] == [Verification.CONFIRMED]


def test_a_remark_is_not_about_what_is_said_next() -> None:
    found = notes(
        "Ostia said a ship was hit. The claim could not be verified, but Marland said it was true."
    )
    assert len(found) == 1


def test_neither_alone() -> None:
    found = notes(
        "Ostia said its ship was hit. Marland said nothing was hit. "
        "Neither could be independently verified."
    )
    assert [verdict for _, verdict, _ in found] == [Verification.UNVERIFIED] * 2


def test_when_a_film_was_made() -> None:
    found = notes(
        "Ostia said the film showed a fire at the depot. "
        "The Herald could not establish when the footage was taken."
    )
    assert [verdict for _, verdict, _ in found] == [Verification.UNVERIFIED]


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
