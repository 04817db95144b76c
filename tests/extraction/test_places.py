"""Places are told by what stands around a name, and variants of one name are tied."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.folding import alike, fold
from extraction.places import find_places, tie_places
from extraction.text import analyse
from tests.extraction.disputes import paragraphs


def names(text: str) -> list[str]:
    analysis = analyse(text, paragraphs(text))
    return [place.span.exact for place in find_places(analysis)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell in Quill at noon.", ["Quill"]),
        ("The dent in the Heron ran aft. They rammed the Heron.", []),
        ("Troops stood along the Lenn at noon.", ["Lenn"]),
        ("Vik said nobody was in the Heron when it sank.", []),
        ("The Heron had later sunk. Ten people were in the Heron.", []),
        ("The trawler Heron left. Ten people were in the Heron.", []),
        ("The patrol boat, the Heron, sank. Two men in Heron coats left.", []),
        ("Shares in Lorna fell.", []),
        ("His movement, Free Coast, left.", []),
        ("The troops left the city of Hadda before dawn.", ["Hadda"]),
        ("Rockets hit the towns of Tarn, Orm, and Hest.", ["Tarn", "Orm", "Hest"]),
        ("The fire came from the Pell region in northern Vestia.", ["Pell", "Vestia"]),
        ("Mines lay in the Sill and Ume districts.", ["Sill", "Ume"]),
        ("He spoke of the second-largest city, Brenn, with sorrow.", ["Brenn"]),
        ("Skarn, a port on the coast, was quiet.", ["Skarn"]),
        ("A depot 12 kilometers from Lorne burned.", ["Lorne"]),
        ("They marched to Ober on foot.", ["Ober"]),
        ("Ships passed the Strait of Ormen in silence.", ["Strait of Ormen"]),
        ("Two ships were seen in Port Amber.", ["Port Amber"]),
        ("KIRN, Vestia -- Rain fell.", ["KIRN", "Vestia"]),
        ("He was born in Armenia and lives near Yerevan.", ["Armenia", "Yerevan"]),
    ],
)
def test_a_place_is_told_by_its_surroundings(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The vote was held in October.",
        "She trusts in President Olga Brandt.",
        "He confided in Peter Brandt.",
        "It was debated in Parliament.",
        "Dohl accused Stane of lying.",
        "The Harbour Union met the Lorne Port Authority.",
    ],
)
def test_persons_bodies_and_months_are_no_places(text: str) -> None:
    assert names(text) == []


def test_a_place_once_told_is_one_everywhere() -> None:
    text = "Shells fell in Quill. The attack on Quill went on, and Quill burned."
    assert names(text) == ["Quill", "Quill", "Quill"]


def test_variants_share_the_spelling_that_is_used_most() -> None:
    text = "Shells fell in Ganja. Smoke hung over Ganja. The mayor fled from the city of Gyanja."
    analysis = analyse(text, paragraphs(text))
    assert {place.name for place in find_places(analysis)} == {"Ganja"}
    assert {place.span.exact for place in find_places(analysis)} == {"Ganja", "Gyanja"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ganca", "Gyanja"),
        ("Gəncə", "Ganja"),
        ("Haciyev", "Hajiyev"),
        ("Kharkiv", "Kharkov"),
        ("Abseron", "Absheron"),
        ("Nagorno-Karabakh", "Nagorno Karabakh"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert tie_places([one, other])[other] == one


@pytest.mark.parametrize(
    ("one", "other"), [("Berd", "Barda"), ("Austria", "Australia"), ("Lorne", "Lorca")]
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


def test_states_that_differ_are_never_tied() -> None:
    assert tie_places(["Niger", "Nigeria"]) == {"Niger": "Niger", "Nigeria": "Nigeria"}


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_spans_are_exact_on_any_text(text: str) -> None:
    analysis = analyse(text, paragraphs(text))
    for place in find_places(analysis):
        assert place.span.holds_in(text)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
