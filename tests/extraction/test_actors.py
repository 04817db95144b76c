"""Who an article names: persons, bodies, states, groups, and whose they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.actors import BOTH, EntityReading, find_entities
from extraction.actors.gazetteer import adjectives_of, gazetteer
from extraction.attribution import find_attributions
from extraction.model import Entity, EntityKind, Span
from extraction.places import find_places
from extraction.text import analyse
from tests.extraction.disputes import entities, paragraphs, stored


def entity(found: EntityReading, name: str) -> Entity:
    named = [e for e in found.entities if e.name == name]
    assert named, f"{name} is not among {[e.name for e in found.entities]}"
    return named[0]


def owner(found: EntityReading, name: str) -> str | None:
    up = entity(found, name).member_of
    return None if up is None else found.entities[up].name


def resolved(found: EntityReading, text: str, words: str, nth: int = 0) -> str | None:
    """The name of the entity that the nth occurrence of some words refers to."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    number = found.resolve(Span.cut(text, at, at + len(words)))
    return None if number is None else found.entities[number].name


@pytest.mark.parametrize(
    "text",
    [
        "Vestia's defence ministry spokesman Jan Kolb spoke.",
        "Vestia's defence ministry said it was calm. Its spokesman Jan Kolb spoke.",
    ],
)
def test_the_body_between_a_state_and_a_title_is_the_state_s(text: str) -> None:
    found = entities(text + " Vestia and the Vestian army were quiet.")
    assert owner(found, "Jan Kolb") == "Vestia's defence ministry"
    assert owner(found, "Vestia's defence ministry") == "Vestia"


@pytest.mark.parametrize(
    ("text", "name", "whose"),
    [
        ("Vestian Foreign Minister Tilda Ohm spoke.", "Tilda Ohm", "Vestia"),
        ("Vestia's foreign minister, Tilda Ohm, spoke.", "Tilda Ohm", "Vestia's"),
        ("Tilda Ohm, the foreign minister of Vestia, spoke.", "Tilda Ohm", "Vestia"),
        ("Lorne Chemicals' spokesman Jan Kolb spoke.", "Jan Kolb", "Lorne Chemicals"),
        ("Jan Kolb, a spokesman for Lorne Chemicals, spoke.", "Jan Kolb", "Lorne Chemicals"),
        ("Jan Kolb from the Lorne Institute spoke.", "Jan Kolb", "Lorne Institute"),
        ("Jan Kolb, an aide to Mayor Ida Stern, spoke.", "Jan Kolb", "Ida Stern"),
        ("The de facto head of Pell, Jan Kolb, spoke.", "Jan Kolb", "Pell"),
        ("The Dockers' Union and its chairwoman, Ida Stern, spoke.", "Ida Stern", "Dockers' Union"),
        ("A union spokeswoman, Ida Stern, met the Dockers' Union.", "Ida Stern", None),
    ],
)
def test_a_person_belongs_by_title_apposition_or_possessive(
    text: str, name: str, whose: str | None
) -> None:
    found = entities(text + " Vestia and the Vestian army were quiet.")
    assert entity(found, name).kind is EntityKind.PERSON
    if whose is not None:
        assert (owner(found, name) or "").startswith(whose.removesuffix("'s"))
        assert any("'" in reason for reason in entity(found, name).reasons)


def test_where_somebody_writes_is_no_employer() -> None:
    found = entities("Governor Ivo Ruz wrote on his Telegram channel that nine had died in Pell.")
    assert owner(found, "Ivo Ruz") != "Telegram"


@pytest.mark.parametrize(
    ("title", "name", "called"),
    [
        ("Foreign Ministry spokeswoman", "Lea Dorn", "the diplomat"),
        ("Trade Minister", "Ola Venn", "the official"),
        ("Colonel", "Ana Roost", "the officer"),
    ],
)
def test_a_holder_is_called_by_calling(title: str, name: str, called: str) -> None:
    text = f'Varnia\'s {title} {name} said the road was open. "It is," {called} said.'
    assert resolved(entities(text), text, called) == name


def test_two_persons_in_one_phrase_are_two() -> None:
    text = "Tarek Amin, an aide to Vestian President Ulla Brand, said rain would come to Vestia."
    found = entities(text)
    assert owner(found, "Tarek Amin") == "Ulla Brand"
    assert owner(found, "Ulla Brand") == "Vestia"
    assert resolved(found, text, text[: text.index(", said")]) == "Tarek Amin"


@pytest.mark.parametrize(
    ("text", "words", "name", "whose"),
    [
        ("Vestia's Defence Ministry spoke of Vestia.", "Vestia's Defence Ministry", None, "Vestia"),
        (
            "The Vestian Defence Ministry warned Vestia.",
            "The Vestian Defence Ministry",
            None,
            "Vestia",
        ),
        ("The Defense Ministry of Vestia spoke.", "The Defense Ministry of Vestia", None, "Vestia"),
        ("The army of Vestia moved.", "The army of Vestia", "army of Vestia", "Vestia"),
        ("Vestian forces left Vestia.", "Vestian forces", "Vestian forces", "Vestia"),
        ("Lorne police made arrests in Lorne.", "Lorne police", "Lorne police", "Lorne"),
        ("The harbour workers' union met.", "The harbour workers' union", None, None),
    ],
)
def test_a_body_belongs_to_its_state(
    text: str, words: str, name: str | None, whose: str | None
) -> None:
    found = entities(text)
    number = found.resolve(Span.cut(text, 0, len(words)))
    assert number is not None
    got = found.entities[number]
    if name is not None:
        assert got.name == name
    if whose is not None:
        assert got.member_of is not None
        assert found.entities[got.member_of].name == whose


@pytest.mark.parametrize(
    ("text", "state", "also"),
    [
        ("Yerevan rejected the plan.", "Armenia", "Yerevan"),
        ("Baku said no. Azerbaijani troops moved.", "Azerbaijan", "Baku"),
        ("Skarn said no. Skarn, the Vestian capital, lies far from Vestia.", "Vestia", "Skarn"),
        ("Vestia's capital, Skarn, is old. Skarn rejected the plan.", "Vestia", "Skarn"),
    ],
)
def test_a_capital_that_acts_is_its_state(text: str, state: str, also: str) -> None:
    found = entities(text)
    assert resolved(found, text, also, text.count(also) - 1 if "old" in text else 0) == state
    assert also in entity(found, state).aliases


def test_a_capital_where_somebody_is_stays_a_place() -> None:
    found = entities("The ministers met in Yerevan.")
    assert "Armenia" not in {e.name for e in found.entities}


@pytest.mark.parametrize(
    ("names", "tied"),
    [
        (["Palvia", "Palvian", "Palvians"], {"Palvian": "Palvia", "Palvians": "Palvia"}),
        (["Tersk", "Terskan"], {"Terskan": "Tersk"}),
        (["Ardia", "Ardish"], {"Ardish": "Ardia"}),
        (["Morland", "Morlandic"], {"Morlandic": "Morland"}),
        (["Kelt", "Keltia", "Keltian"], {"Kelt": "Keltia", "Keltian": "Keltia"}),
        (["Kolb", "Brandt", "Lorne"], {}),
    ],
)
def test_adjectives_of_invented_places(names: list[str], tied: dict[str, str]) -> None:
    assert adjectives_of(names) == tied


def test_every_state_has_a_name_of_its_own_and_adjectives_lead_to_it() -> None:
    known = gazetteer().state_of
    assert known["armenian"] == "Armenia"
    assert known["britons"] == "United Kingdom"
    assert known["dutch"] == "Netherlands"
    assert known["kyiv"] == known["kiev"] == "Ukraine"


def test_ethnic_forces_that_hold_a_place_bring_it_to_their_nation() -> None:
    text = "Ethnic Doran rebels in Pell fired. Pell leader Aldo Ferrin said so. Doria was silent."
    found = entities(text)
    assert owner(found, "Aldo Ferrin") == "Pell"
    assert owner(found, "Pell") == "Doria"
    assert entity(found, "Pell").bond == "ally"


def test_named_together_is_an_entity_with_parts() -> None:
    text = "Ministers Ida Stern, Jan Kolb and Otto Brandt signed. The ministers said it was late."
    found = entities(text)
    together = resolved(found, text, "The ministers")
    assert together == "Ida Stern, Jan Kolb and Otto Brandt"
    assert len(entity(found, together).parts) == 3


@pytest.mark.parametrize(
    "words", ["both sides", "the two sides", "the conflicting parties", "each side"]
)
def test_both_sides_are_one_entity(words: str) -> None:
    text = f"On Friday {words} said the truce would hold."
    assert resolved(entities(text), text, words) == BOTH


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A rocket from Vestia fell. Vestia said nothing.", "A rocket from Vestia"),
        ("The price of bread rose.", "The price of bread"),
        ("Somebody spoke.", "Somebody"),
    ],
)
def test_what_is_no_actor_is_left_open(text: str, words: str) -> None:
    assert resolved(entities(text), text, words) is None


def test_a_statement_from_somebody_is_theirs() -> None:
    text = "A statement from the Harbour Board said the quay was safe."
    assert resolved(entities(text), text, "A statement from the Harbour Board") == "Harbour Board"


def test_names_of_the_lexicon_do_not_make_persons_of_places() -> None:
    found = entities("Jordan Hale spoke to Jordan. Georgia said no.")
    assert entity(found, "Jordan Hale").kind is EntityKind.PERSON
    assert entity(found, "Georgia").kind is EntityKind.STATE


def test_a_headline_in_capitals_adds_no_actors() -> None:
    text = "Army Shells Border Town As Talks Fail\nThe army of Vestia shelled Quill, Vestia said."
    found = entities(text)
    assert {e.name for e in found.entities} >= {"Vestia"}
    assert not {e.name for e in found.entities} & {"Army Shells Border", "Talks Fail"}


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_with_exact_spans(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(stored("war").split()), max_size=60).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_any_order_of_words_is_read_with_exact_spans(text: str) -> None:
    check(text)


def check(text: str) -> None:
    analysis = analyse(text, paragraphs(text))
    found = find_entities(analysis, find_places(analysis), find_attributions(analysis))
    assert [e.id for e in found.entities] == list(range(len(found.entities)))
    for mention in found.mentions:
        assert mention.span.holds_in(text)
        assert mention.span.exact
        assert found.resolve(mention.span) is not None
    for e in found.entities:
        assert e.reasons
        assert e.member_of != e.id
        assert all(0 <= part < len(found.entities) for part in e.parts)


def test_long_hostile_lines_take_linear_time() -> None:
    check("Jan " * 4000)
    check("the army of the " * 2000)
    check("and Vestia's " * 2000)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Queen Olga Hospital said no.", "Queen Olga Hospital"),
        (
            "Ida Stern leads National Renewal. It said no. National Renewal left.",
            "National Renewal",
        ),
    ],
)
def test_a_title_or_an_adjective_can_be_part_of_a_name(text: str, name: str) -> None:
    assert entity(entities(text), name)


@pytest.mark.parametrize(
    "text",
    [
        "Ida Stern spoke. Her party, National Renewal, accused the police.",
        "Ida Stern spoke. Her party, the Civic Union, accused the police.",
    ],
)
def test_who_calls_a_named_party_hers_belongs_to_it(text: str) -> None:
    assert owner(entities(text), "Ida Stern") in ("National Renewal", "Civic Union")


@pytest.mark.parametrize("word", ["former", "ex", "retired"])
def test_a_former_holder_acts_for_nobody(word: str) -> None:
    found = entities(f"Lorne Chemicals fell. The firm's {word} director, Jan Kolb, said no.")
    assert owner(found, "Jan Kolb") is None


@pytest.mark.parametrize(
    "text",
    [
        "Lorne Transit disputes that. “A third came,” operations director Petra Wold tells us.",
        "Lorne Transit, which has run it since 2027, disputes that. “So what?” sales director"
        " Petra Wold said.",
    ],
)
def test_a_director_of_something_is_of_the_house_named_right_before(text: str) -> None:
    assert owner(entities(text), "Petra Wold") == "Lorne Transit"


def test_the_prime_minister_is_not_the_defence_minister() -> None:
    found = entities(
        "Vestia's defence minister, Ida Stern, spoke. The prime minister's office said no."
    )
    office = next(e for e in found.entities if e.description == "office")
    assert office.member_of is None or found.entities[office.member_of].name != "Ida Stern"


def test_the_ministry_before_a_title_is_of_the_state_right_before() -> None:
    found = entities(
        "Vestia maintains that it rained. In Orm, Foreign Ministry spokesman Jan Kolb said no."
        " Vestian and Morish troops left. Morland's army left."
    )
    up = entity(found, "Jan Kolb").member_of
    assert up is not None
    assert owner(found, found.entities[up].name) == "Vestia"


def test_a_name_that_speaks_is_no_place_for_ending_like_one() -> None:
    found = entities("Free Coast demanded a vote. Free Coast's lawyer, Ada Mersing, left.")
    assert not [e for e in found.entities if e.kind is EntityKind.STATE]


@pytest.mark.parametrize("who", ["A Western diplomat", "A correspondent"])
def test_who_is_posted_in_a_capital_does_not_act_for_it(who: str) -> None:
    found = entities(
        f"Vestian jets left Lorne, the capital of Vestia. {who} in Lorne said that it rained."
    )
    person = next(e for e in found.entities if e.kind is EntityKind.PERSON)
    assert person.member_of is None


def test_an_office_without_a_state_is_of_the_one_whose_capital_is_the_capital() -> None:
    found = entities(
        "Vestia's army left. Flags flew in the capital, Perel. Prime Minister Ole Rask called it a"
        " crime. Vestian and Morish troops came. Morland's army denied that it had left."
    )
    up = entity(found, "Ole Rask").member_of
    assert up is not None
    assert found.entities[up].name == "Vestia"


@pytest.mark.parametrize("verb", ["chairs", "leads", "runs"])
def test_who_leads_a_body_acts_for_it(verb: str) -> None:
    found = entities(f"Ida Stern, who {verb} the Quay Party, said no. Ida Stern, who left, spoke.")
    assert owner(found, "Ida Stern") == "Quay Party"


def test_a_rank_alone_is_nobodys_where_rebels_are_named() -> None:
    found = entities(
        "Rebels shelled a post in Malva. The government said no. General Bako Trun spoke."
    )
    assert owner(found, "Bako Trun") is None


TOLD_FROM = (
    "ORLE, Vestia, May 4 (Wire) -- President Ulla Hajj spoke of a raid by Morland on the Vestian "
    "town of Orle. Morland's army was silent, and so was Vestia's army."
)


def test_an_office_without_a_state_is_of_the_state_of_the_dateline() -> None:
    assert owner(entities(TOLD_FROM), "Ulla Hajj") == "Vestia"


@pytest.mark.parametrize(
    "text",
    [
        TOLD_FROM.replace("ORLE, Vestia,", "PARIS/ROME,"),
        TOLD_FROM.replace("ORLE, Vestia, May 4 (Wire) --", ""),
    ],
)
def test_an_office_between_two_states_is_left_open(text: str) -> None:
    assert owner(entities(text), "Ulla Hajj") is None


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("A shell fell in the Vestian border town of Orle.", "Orle"),
        ("A shell fell in Vestia's Orle region.", "Orle"),
        ("A shell fell in Orle, Vestia, at noon.", "Orle"),
        ("A shell fell in the Vestian city Orle.", "Orle"),
    ],
)
def test_a_town_belongs_to_the_state_it_is_said_to_lie_in(text: str, town: str) -> None:
    found = entities(text + " Vestia and the Vestian army were quiet.")
    assert owner(found, town) == "Vestia"


def test_a_mayor_between_two_states_is_of_the_town_he_speaks_of() -> None:
    text = "A Morlandic shell hit the Vestian town of Orle, the mayor, Jan Kolb, said. {}"
    found = entities(text.format("Vestia blamed Morland. Morland denied it."))
    assert owner(found, "Jan Kolb") == "Orle"
    assert owner(found, "Orle") == "Vestia"


def test_the_neighbour_of_one_state_is_the_other() -> None:
    text = "Vestian guns fell silent. Morland's army left. Vestia accused its neighbour of lying."
    assert resolved(entities(text + " Morlandic snow fell."), text, "its neighbour") == "Morland"


def test_whose_deputy_somebody_is_is_a_person() -> None:
    text = "Kolb's deputy, General Ines Brandt, spoke for the army."
    assert entity(entities(text), "Kolb").kind is EntityKind.PERSON


def test_a_body_is_named_behind_what_it_is() -> None:
    text = (
        "Josse Brandt, a baker and the chairman of the residents' committee Open Weir, spoke. "
        "The group accused Lorne Paper of lying. The committee wept."
    )
    found = entities(text)
    assert owner(found, "Josse Brandt") == "Open Weir"
    assert resolved(found, text, "The group") == "Open Weir"
    assert resolved(found, text, "The committee") == "Open Weir"


def test_where_somebody_comes_from_is_no_firm() -> None:
    text = "Lorne Airways blamed the rain. Hanne Dorn, a teacher from Velm, wept. The airline paid."
    assert resolved(entities(text), text, "The airline") == "Lorne Airways"


def test_a_captain_without_an_army_is_no_officer_of_state() -> None:
    found = entities("Lorne Ferries sued the coast town. The captain said he was tired.")
    assert "government" not in {e.name for e in found.entities}


def test_the_statement_is_of_who_spoke_last() -> None:
    text = "Vestia's General Staff said it was calm. Two men died, according to the statement."
    found = entities(text + " Vestian snow fell.")
    assert resolved(found, text, "the statement") == "Vestia's General Staff"


def test_the_owner_is_the_only_firm() -> None:
    found = entities("The owner and the union blamed each other. Lorne Coal said it was calm.")
    assert owner(found, "owner") == "Lorne Coal"


def test_a_name_may_hold_a_head_in_its_middle() -> None:
    found = entities("The Lorne Water Safety Bureau spoke. Its head wept, and shook his head.")
    assert {e.name for e in found.entities} >= {"Lorne Water Safety Bureau"}
    assert not any(e.name.endswith("his head") for e in found.entities)


@pytest.mark.parametrize(
    ("text", "name", "whose"),
    [
        (
            "Vestia's prime minister left. Ida Holm told reporters it was late.",
            "Ida Holm",
            "Vestia",
        ),
        ("Dossa, of the Unity Movement, said it was late.", "Dossa", "Unity Movement"),
        ("It was late, said Denise Ako, one of 60 parents who signed.", "Denise Ako", "parents"),
        ("The Metal Union spoke. Regional organiser Jan Kolb wept.", "Jan Kolb", "Metal Union"),
        ("Police spoke. Chief Superintendent Ida Ohm wept.", "Ida Ohm", "police"),
        (
            "Lorne Motors spoke. Jan Kolb wept. Site manager Ida Ohm left.",
            "Ida Ohm",
            "Lorne Motors",
        ),
        (
            "Brayford Academy shut. It rained. Head teacher Paul Orr wept.",
            "Paul Orr",
            "Brayford Academy",
        ),
    ],
)
def test_who_somebody_acts_for_in_passing(text: str, name: str, whose: str) -> None:
    assert owner(entities(text), name) == whose


def test_what_was_hit_is_not_the_state_or_the_place() -> None:
    text = "Vestian jets hit a dam in Orle. It had been hit twice, officials said. Orle was quiet."
    assert resolved(entities(text + " Vestia denied it."), text, "It had") is None


def test_a_force_of_no_nation_is_a_body() -> None:
    text = "The Rapid Aid Forces denied it. The RAF said so. The militia wept."
    found = entities(text)
    assert resolved(found, text, "The RAF") == "Rapid Aid Forces"
    assert resolved(found, text, "The militia") == "Rapid Aid Forces"


def test_wrongdoers_of_a_nation_are_its_own() -> None:
    text = "Vestian saboteurs blew up a bridge. Vestia denied it."
    assert owner(entities(text), "Vestian saboteurs") == "Vestia"


def test_a_challenger_named_behind_is_the_challenger() -> None:
    text = "President Abel Koro won. His challenger, Miriam Dossa, rejected the result."
    assert resolved(entities(text), text, "His challenger, Miriam Dossa") == "Miriam Dossa"


def test_what_a_minister_is_for_owns_nobody() -> None:
    found = entities("Transport Minister Goran Pell spoke. Business Secretary Tom Falk left.")
    assert {e.name for e in found.entities} & {"Transport", "Business"} == set()
