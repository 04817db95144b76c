"""Pronouns and short forms are tied to whom they mean, or left open."""

from __future__ import annotations

import pytest

from extraction.model import EntityKind
from tests.extraction.disputes import entities
from tests.extraction.test_actors import entity, owner, resolved


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        # a person's surname, before and after the full name
        ("Jan Kolb spoke. Kolb said it rained.", "Kolb said", "Jan Kolb"),
        ("Kolb said it rained. Jan Kolb spoke.", "Kolb said", "Jan Kolb"),
        # pronouns by gender, nearness and who spoke
        ("Ida Stern met Jan Kolb. She said it rained.", "She", "Ida Stern"),
        ("Ida Stern met Jan Kolb. He said it rained.", "He", "Jan Kolb"),
        ('Mayor Ida Stern came. "It rained," she said.', "she", "Ida Stern"),
        ("Vestia denied that smugglers used its ports.", "its", "Vestia"),
        ("The Harbour Board said it left.", "it", "Harbour Board"),
        ("Ida Stern and Jan Kolb met. They said it rained.", "They", "Ida Stern and Jan Kolb"),
        ("Jan Kolb, who leads the Quay Party, said no.", "who", "Jan Kolb"),
        # descriptions
        (
            "Vestia's Trade Ministry came. The ministry said no.",
            "The ministry",
            "Vestia's Trade Ministry",
        ),
        ("The Dockers' Union met. The union said no.", "The union", "Dockers' Union"),
        ("Lorne Foods fell. The company said no.", "The company", "Lorne Foods"),
        ("Mayor Ida Stern came. The mayor said no.", "The mayor", "Ida Stern"),
        (
            "Vestian President Ida Stern came. Vestia's president said no.",
            "Vestia's president",
            "Ida Stern",
        ),
        ("Spokeswoman Ida Stern came. The spokeswoman said no.", "The spokeswoman", "Ida Stern"),
        ("Vestia wrote to us. The country said no.", "The country", "Vestia"),
        # acronym and first word
        ("The Lorne Dockers' Union (LDU) met. LDU said no.", "LDU said", "Lorne Dockers' Union"),
        ("Tindal Appliances fell. Tindal said no.", "Tindal said", "Tindal Appliances"),
        ("The Lantern Bloc lost. Lantern said no.", "Lantern said", "Lantern Bloc"),
        (
            "Lorne Foods fell. The Morning Slate wrote so. Amis has left, the company said.",
            "the company",
            "Lorne Foods",
        ),
        # one kind of body, called by another word of that kind
        (
            "The Federation of Tram Drivers met. The union said no.",
            "The union",
            "Federation of Tram Drivers",
        ),
        # the name at the end of a description is meant, and the mark of a list is nobody
        (
            "Jan Kolb won. His challenger Ida Stern said no.",
            "His challenger Ida Stern",
            "Ida Stern",
        ),
        (
            "A surgeon at Orm's St. Bede clinic, Ida Stern, said no.",
            "A surgeon at Orm's St. Bede clinic, Ida Stern",
            "Ida Stern",
        ),
        ("• Vestia puts the toll at 31.", "• Vestia", "Vestia"),
        # a quotation in between takes no place
        (
            "“They shot,” said Jan Kolb. “We ran. I fell. I cried.” His movement, Free Coast,"
            " said no.",
            "His",
            "Jan Kolb",
        ),
        # whoever says a quotation is none of those that it names
        (
            "Vestia's Trade Ministry came. “Our air force slept,” it said.",
            "it",
            "Vestia's Trade Ministry",
        ),
        # a firm by its first word, though it owns a plant and lies in a town
        (
            "Lorne Foods and Lorne Foods' plant closed. Shares in Lorne fell. Lorne said it"
            " rained.",
            "Lorne said",
            "Lorne Foods",
        ),
        ("In Lorne City, a young woman said it rained.", "a young woman", "young woman"),
        # an unknown name that speaks can be a person
        (
            "Judge Ida Stern left. So be it. Haask insisted on it. She said it rained.",
            "She",
            "Haask",
        ),
        ("At the airport, Tarn denied theft. He said it rained.", "He", "Tarn"),
        # announced first, named after
        ("A consumer group spoke. The Fair League said no.", "A consumer group", "Fair League"),
    ],
)
def test_it_is_tied(text: str, words: str, name: str) -> None:
    words_only = words.removesuffix(" said")
    found = entities(text)
    nth = 0 if text.startswith(words) or text.count(words_only) == 1 else None
    if nth is None:
        at = text.index(words)
        nth = text[:at].count(words_only)
    assert resolved(found, text, words_only, nth) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She said it rained.", "She"),
        ("Vraxo Quist and Zilko Tamm met. He said no.", "He"),
        ("The Harbour Board and the Quay Party met. It said no.", "It"),
        ("Ida Stern came. It rained. It snowed. It hailed. She said no.", "She"),
    ],
)
def test_it_is_left_open(text: str, words: str) -> None:
    assert resolved(entities(text), text, words) is None


def test_every_tie_gives_its_reason() -> None:
    found = entities("Mayor Ida Stern came. She left. The mayor said no.")
    reasons = entity(found, "Ida Stern").reasons
    assert any("'she'" in reason for reason in reasons)
    assert any("'the mayor'" in reason for reason in reasons)


def test_his_office_and_his_forces_are_his() -> None:
    found = entities("President Jan Kolb came. His office said no. His troops left.")
    assert owner(found, "Jan Kolb's office") == "Jan Kolb"
    assert owner(found, "Jan Kolb's troops") == "Jan Kolb"


def test_a_pronoun_in_a_quotation_is_not_its_speaker() -> None:
    text = 'Ida Stern and her friend Nora Brandt came. "She lies," Stern said.'
    assert resolved(entities(text), text, "She") != "Ida Stern"


def test_authorities_without_an_owner_are_of_the_state_that_spoke_last() -> None:
    found = entities("Vestia said it was shelled. Authorities said two people died. Vestian rain.")
    assert owner(found, "Vestia's authorities") == "Vestia"
    assert any("spoke last" in reason for reason in entity(found, "Vestia's authorities").reasons)


def test_an_office_without_a_state_is_of_the_state_right_before() -> None:
    text = (
        'Vestia denied it. "Not a shot was fired," Foreign Minister Ida Stern said. '
        "Vestian and Morlandic men met in Morland."
    )
    found = entities(text)
    assert owner(found, "Ida Stern") == "Vestia"


def test_offices_with_no_state_at_all_are_the_governments() -> None:
    found = entities("Interior Minister Jan Kolb spoke. Police said no. The government said no.")
    assert owner(found, "Jan Kolb") == "government"


def test_he_is_who_opened_the_paragraph_past_an_apposition() -> None:
    text = (
        "Ostia's spokesman Dav Sorel rejected the charge. He said the aim was to drain Harn.\n\n"
        "Vladimir Ledra, the Ostian-installed mayor of Lower Brin, at first denied that anything "
        "had happened. Hours later he said that the weir had been hit."
    )
    assert resolved(entities(text), text, "he", 3) == "Vladimir Ledra"


def test_he_is_the_official_who_is_heard() -> None:
    text = (
        "Brann called the tape a forgery. A senior coastal official, speaking on condition of "
        "anonymity, said he believed that ten had died."
    )
    found = entities(text)
    assert resolved(found, text, "he", 1) == "senior coastal official"
    assert entity(found, "Brann").kind is not EntityKind.PERSON


@pytest.mark.parametrize("name", ["Red Lantern", "Brann"])
def test_a_spokesman_heard_right_behind_a_body_is_its_own(name: str) -> None:
    found = entities(
        f'{name} rejects the Ostian account. "These claims are baseless," spokesman Dav Sorel tells'
        ' reporters. "The enemy is lying."'
    )
    assert owner(found, "Dav Sorel") == name


def test_a_body_run_by_another_is_its() -> None:
    found = entities(
        "Forty people were killed, the Brann-run health ministry said. A spokesman for the "
        "ministry, Ilo Rask, put the toll at 50. Brann called the tape a forgery."
    )
    assert owner(found, "Brann-run health ministry") == "Brann"
    assert owner(found, "Ilo Rask") == "Brann-run health ministry"


def test_who_backs_a_militia_may_be_a_person() -> None:
    found = entities("President Anselm Roth left. The Roth-backed militia said it had won.")
    assert owner(found, "Roth-backed militia") == "Anselm Roth"
