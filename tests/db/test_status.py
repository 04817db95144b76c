"""The status that follows from what others say of a claim."""

from __future__ import annotations

import pytest

from db.rows import Status
from db.status import Standing, Voice, independent, standings, status_of
from extraction.model import RelationType, SpeechAct, Verification

NORTH = Voice(1, "A", 10, "the mill was hit")
SOUTH = Voice(2, "B", 20, "no gun had fired")
OWN = Voice(3, "A", 11, "the mill stands")
WATCH = Voice(4, "third", 30, "the mill burned")
NOBODY = Voice(5, "none", None, "the mill burned down")


def status(*relations: tuple[RelationType, Voice, Voice], of: Voice = NORTH) -> Status:
    found = standings((kind.value, source, target) for kind, source, target in relations)
    return status_of(found.get(of.claim), SpeechAct.ALLEGES, Verification.NONE)


@pytest.mark.parametrize(
    ("kind", "source", "expected"),
    [
        (RelationType.DENIES, SOUTH, Status.DENIED),
        (RelationType.DENIES, WATCH, Status.DENIED),
        (RelationType.DENIES, OWN, Status.DISPUTED),
        (RelationType.CONTRADICTS, SOUTH, Status.DISPUTED),
        (RelationType.ADMITS, SOUTH, Status.ADMITTED),
        (RelationType.RETRACTS, NORTH, Status.RETRACTED),
        (RelationType.CORRECTS, OWN, Status.CORRECTED),
        (RelationType.UPDATES, NORTH, Status.SUPERSEDED),
        (RelationType.CONFIRMS, WATCH, Status.CONFIRMED),
        (RelationType.CONFIRMS, SOUTH, Status.CONFIRMED),
        (RelationType.CORROBORATES, WATCH, Status.CONFIRMED),
        (RelationType.CONFIRMS, OWN, Status.ASSERTED),
        (RelationType.CONFIRMS, NOBODY, Status.ASSERTED),
        (RelationType.SAME_EVENT, SOUTH, Status.ASSERTED),
        (RelationType.RESTATES, WATCH, Status.ASSERTED),
        (RelationType.ANSWERS, SOUTH, Status.ASSERTED),
        (RelationType.COUNTER_ACCUSES, SOUTH, Status.ASSERTED),
    ],
)
def test_what_one_relation_does(kind: RelationType, source: Voice, expected: Status) -> None:
    assert status((kind, source, NORTH)) is expected


def test_a_denial_is_not_denied_by_what_it_denies() -> None:
    assert status((RelationType.DENIES, SOUTH, NORTH), of=SOUTH) is Status.ASSERTED


def test_a_contradiction_disputes_both() -> None:
    assert status((RelationType.CONTRADICTS, SOUTH, NORTH), of=SOUTH) is Status.DISPUTED


def test_which_of_several_counts() -> None:
    denied = (RelationType.DENIES, SOUTH, NORTH)
    confirmed = (RelationType.CONFIRMS, WATCH, NORTH)
    admitted = (RelationType.ADMITS, Voice(6, "B", 21, "one shell"), NORTH)
    assert status(denied, confirmed) is Status.DENIED
    assert status(denied, admitted) is Status.ADMITTED


def test_the_same_words_are_one_origin() -> None:
    assert not independent(NORTH, Voice(7, "third", 31, NORTH.text.upper()))
    assert not independent(NORTH, Voice(8, "A", 12, "other words"))
    assert independent(WATCH, Voice(9, "third", 31, "other words"))


def test_what_the_article_says_of_it() -> None:
    asserts = SpeechAct.ASSERTS
    assert status_of(None, asserts, Verification.UNVERIFIED) is Status.UNVERIFIED
    assert status_of(None, asserts, Verification.CONFIRMED) is Status.CONFIRMED
    assert status_of(None, SpeechAct.ADMITS, Verification.NONE) is Status.ADMITTED
    denied = Standing({2}, {Status.DENIED})
    assert status_of(denied, asserts, Verification.UNVERIFIED) is Status.DENIED


def test_disputers_are_counted_once() -> None:
    found = standings(
        [
            (RelationType.DENIES.value, SOUTH, NORTH),
            (RelationType.CONTRADICTS.value, SOUTH, NORTH),
            (RelationType.CONTRADICTS.value, NORTH, WATCH),
        ]
    )
    assert found[NORTH.claim].disputed_by == {SOUTH.claim, WATCH.claim}
