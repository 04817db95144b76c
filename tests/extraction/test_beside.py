"""Replies that are told by their place or by rare words, on invented parties."""

from __future__ import annotations

import pytest

from extraction.model import RelationType
from tests.extraction.test_relations import between, claim, dossier, kinds

FERRY = (
    "The ferry company Osk Line and the dockers' union of Marrn blame each other. "
    "The union accused Osk Line of cutting crews. Osk Line accused the union of idling cranes."
)


def _relation(text: str, source: str, target: str, *more: str) -> RelationType | None:
    reading = dossier(text, *more)
    found = between(reading, source, target)
    return None if found is None or found.possible else found.type


def test_a_bare_denial_means_what_was_said_last() -> None:
    text = (
        f"{FERRY} The union said that two cooks had been dismissed in Lorrel. "
        "Osk Line disputed that."
    )
    reading = dossier(text)
    denied = [r for r in reading.relations if r.type is RelationType.DENIES]
    assert claim(reading, "two cooks").id in {r.target for r in denied}


def test_a_denial_that_shares_rare_words_with_what_stands_before_it() -> None:
    text = (
        f"{FERRY} The union said that the lifeboat winches on the Petrel were rusted. "
        "Osk Line denied that any winches were rusted."
    )
    assert _relation(text, "any winches", "lifeboat") is RelationType.DENIES


def test_a_denial_of_something_else_is_none() -> None:
    text = (
        f"{FERRY} The union said that the lifeboat winches on the Petrel were rusted. "
        "The mayor of Marrn opened a library, painted a bench and planted a tree. "
        "She spoke of the harbour. It was sunny. Children sang. "
        "Osk Line denied that it was for sale."
    )
    assert _relation(text, "it was for sale", "lifeboat") is not RelationType.DENIES


def test_an_admission_corrects_what_the_same_side_denied() -> None:
    reading = dossier(
        "Velmora accused Tashkari forces of shelling the town of Orlen on May 3. "
        "Tashkar denied shelling the town of Orlen.",
        "Tashkar acknowledged on May 9 that its forces had shelled the town of Orlen on May 3.",
        days=("2031-05-05", "2031-05-10"),
    )
    owned = claim(reading, "its forces had shelled").id
    types = {r.type for r in reading.relations if r.source == owned}
    assert types >= {RelationType.ADMITS, RelationType.CORRECTS}


def test_an_admission_of_another_town_corrects_nothing() -> None:
    reading = dossier(
        "Velmora accused Tashkari forces of shelling the town of Orlen on May 3. "
        "Tashkar denied shelling the town of Orlen.",
        "Tashkar acknowledged on May 9 that its forces had shelled the town of Kolm on May 7.",
        days=("2031-05-05", "2031-05-10"),
    )
    assert RelationType.CORRECTS not in kinds(reading)


@pytest.mark.parametrize("answer", ["rejected the appeal of Ms. Vesk", "turned down Vesk's appeal"])
def test_a_refusal_that_names_who_asked(answer: str) -> None:
    reading = dossier(
        "Velmora accused Tashkari forces of shelling Orlen. Tashkar denied it. "
        "Mediator Ilse Vesk appealed to both governments to stop shooting.",
        f"Velmora accused Tashkari forces of shelling Orlen. Tashkar {answer}.",
        days=("2031-05-05", "2031-05-06"),
    )
    assert RelationType.ANSWERS in kinds(reading)


def _toll(place: str) -> set[RelationType]:
    reading = dossier(
        "Velmora accused Tashkari forces of shelling the town of Orlen on May 3. "
        "Tashkar denied it. Velmora said 9 people were killed in the town of Orlen.",
        f"Velmora said on May 6 that 14 people had been killed in the town of {place}.",
        days=("2031-05-04", "2031-05-06"),
    )
    found = between(reading, "14 people", "9 people")
    return set() if found is None else {found.type}


def test_a_later_toll_of_the_same_town_is_an_update() -> None:
    assert _toll("Orlen") == {RelationType.UPDATES}


def test_the_toll_of_another_town_is_none() -> None:
    assert RelationType.UPDATES not in _toll("Kolm")


@pytest.mark.parametrize(
    ("second", "borne"),
    [
        ("The relief agency Aid Now said nine people were killed in the strike on Orlen.", True),
        ("The relief agency Aid Now condemned the strike on Orlen, in which nine died.", False),
    ],
)
def test_a_judgement_bears_nothing_out(second: str, borne: bool) -> None:
    reading = dossier(
        "Velmora accused Tashkari forces of shelling the town of Orlen. Tashkar denied it. "
        "Velmora said nine people were killed in a strike on Orlen.",
        second,
    )
    assert (RelationType.CORROBORATES in kinds(reading)) is borne
