"""Sides are found from who is against whom, over all articles of a dossier."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extraction.model import Actor, ArticleReading, Decisions, Side, SideKey
from extraction.sides import SideTable, find_sides, unite_actors
from tests.extraction.disputes import reading, sides, stored
from tests.growth import growth

# Per article: the actors of the one side, of the other, and of those that are on neither.
DISPUTES = {
    "war": (
        ["Vestia", "Vestia's Defence Ministry", "Dagny Holt", "Ulla Brand", "Tove Lind"],
        ["Morland", "Rurik Stane", "Kasper Dohl", "Egil Rask", "Sillan People's Militia"],
        ["United Nations", "Maria Teixeira"],
    ),
    "strike": (
        ["Brask Foundries", "Henrik Brask"],
        ["Metal Hands' Union", "Lotte Amsel"],
        ["Greta Solano"],
    ),
    "protest": (
        ["Open Hands movement", "Nadia Korr", "demonstrators"],
        ["government", "Otmar Vesely", "Libor Zak", "Jiri Hajn", "police"],
        ["Edita Ruze"],
    ),
    "neighbours": (["Arno Fitch"], ["Berta Lomax", "Colin Speer"], ["Irma Quade", "Paul Venn"]),
    "election": (
        ["Orlia's ruling Harvest Party", "Milos Drey"],
        ["Lantern Bloc", "Sanna Peel"],
        ["electoral commission", "Coastal Union"],
    ),
    "recall": (
        ["Tindal Appliances", "Gus Rohmer"],
        ["Fair Goods League", "Oda Marsh"],
        ["Product Safety Inspectorate"],
    ),
    "rebels": (
        ["Doria", "Pell", "Aldo Ferrin", "Ethnic Doran rebels"],
        ["Ardia", "Bram Otis", "Ardish troops"],
        ["Senka", "Ilse Novak"],
    ),
    "trawlers": (
        ["Keltia", "Anders Voll", "Rita Solberg"],
        ["Sarnia", "Carla Mendes", "Sarnia's navy", "Luis Pradel"],
        ["Ilya Brandt"],
    ),
    "lawsuit": (["Petra Vane", "Simon Crewe"], ["Hollin Press", "Walter Nims"], []),
    "live_blog": (
        ["Brenn", "Brennish army", "Edda Roon"],
        ["Olvia", "Olvia's defence ministry", "Marek Tuhl", "Olvian artillery"],
        ["Red Cross", "Tamaria"],
    ),
    "survey_ship": (
        ["Marrow", "Hal Oren", "Marrow's coast guard"],
        ["Pelagia", "Dora Quint"],
        ["United States", "Ann Lowe", "China"],
    ),
    "hospital": (["union", "Carol Dunne"], ["hospital trust", "Roy Palmer"], ["health ministry"]),
    "water": (
        ["Joy Adeyemi", "Clean Taps Now", "Residents of the Millbrook estate"],
        ["Greyfield Council", "Mark Tully"],
        ["Norwater plc", "Helen Marsh"],
    ),
    "coup": (
        ["Council for Renewal"],
        ["Amadi Sole", "Lena Odiri"],
        ["River Nations Assembly", "Ines Pardo", "Dalia"],
    ),
    "stadium": (
        ["Dee Harrow", "club spokesman"],
        ["Castle & Vane", "Rory Vane"],
        ["Tilda Brook"],
    ),
    "dam": (
        ["Tavria", "Oreb Hanlu", "Tavria's interior ministry", "Tavrian official"],
        ["Lower Mayne", "Jola Stennet", "Pia Orlov", "Maynish police"],
        ["World Water Forum"],
    ),
    "teachers": (
        ["Educators' Union", "Abbie Strand"],
        ["School Board", "Gordon Pell"],
        ["Sid Corran", "Hope Drury"],
    ),
    "tariffs": (
        ["Zemland", "Olan Beck"],
        ["Korvia", "Marta Silh", "Korvian Steel Works", "Dov Arlen"],
        ["Continental Trade Board"],
    ),
    "tenants": (
        ["Ama Okoro", "tenants' association"],
        ["Brightmoor Homes", "Clive Dunstan"],
        ["Jill Parr", "Paul Treece"],
    ),
    "breach": (
        ["Fair Line", "Ansgar Wiel"],
        ["Tellio", "Petra Oswin"],
        ["Ruth Amsel", "Ivo Tann", "Null Choir"],
    ),
    "dam_strike": (
        ["Eastmark", "Marga Tull", "Anders Rook"],
        ["Corvia", "Dario Venn", "Luka Sarto", "Ilse Marant", "Tomas Kreil"],
        ["Turkey", "Jean Roux"],
    ),
    "points": (["Halden Rovers", "Mick Sturrock"], ["Helen Marchetti", "league"], ["Dean Rudd"]),
    "clinic": (
        ["Dorran army", "Luis Amaro"],
        ["Free Hills Front", "Kasim Oye"],
        ["Doctors Without Borders"],
    ),
    "fire_doors": (
        ["Denise Ako"],
        ["Brayford Academy", "Paul Renshaw", "Beacon Learning"],
        ["Wes Hardy", "Jo Pike"],
    ),
    "second_term": (
        ["Miriam Dossa"],
        ["Abel Koro", "Piet Lang"],
        ["Electoral Commission of Sandria", "Eli Farah"],
    ),
    "ceasefire": (
        ["Northern Front"],
        ["government", "Tomas Hale", "Grace Olu"],
        ["Joint Monitoring Team"],
    ),
    "monastery": (["Lukan"], ["Marta Dinh"], ["Ivo Maltz", "Elke Frayn"]),
    "data_leak": (
        ["Larkspur Bank"],
        ["Nimbus Forge", "Wes Okafor", "Tess Rowan"],
        ["Open Ledger", "Tolland Mutual"],
    ),
}


def actor(table: SideTable, name: str) -> Actor:
    found = [a for a in table.actors if name in (a.name, *a.aliases)]
    assert found, f"{name} is not among {[a.name for a in table.actors]}"
    return found[0]


def side(table: SideTable, name: str) -> SideKey:
    return actor(table, name).side


@pytest.mark.parametrize("name", DISPUTES)
def test_the_sides_of_an_invented_dispute(name: str) -> None:
    table = sides(stored(name))
    one, other, third = DISPUTES[name]
    assert [s.key for s in table.sides] == [SideKey.A, SideKey.B]
    keys = {side(table, one[0]), side(table, other[0])}
    assert keys == {SideKey.A, SideKey.B}
    assert {n: side(table, n) for n in one} == dict.fromkeys(one, side(table, one[0]))
    assert {n: side(table, n) for n in other} == dict.fromkeys(other, side(table, other[0]))
    assert {n: side(table, n) for n in third} == dict.fromkeys(third, SideKey.THIRD)


@pytest.mark.parametrize("name", DISPUTES)
def test_every_assignment_has_its_reasons(name: str) -> None:
    table = sides(stored(name))
    assert all(a.reasons for a in table.actors)
    assert all(s.reasons and s.principals for s in table.sides)


@pytest.mark.parametrize("name", ["festival", "biscuits"])
def test_no_dispute_no_sides(name: str) -> None:
    table = sides(stored(name))
    assert table.sides == ()
    assert {a.side for a in table.actors} == {SideKey.THIRD}


def test_no_articles_no_sides() -> None:
    assert sides() == SideTable((), ())


def test_the_first_accuser_is_a() -> None:
    text = "{0} accused {1} of theft. {1} accused {0} of arson. {0} denied it."
    first = sides(text.format("Quill Foods", "Tarn Foods"))
    assert [s.name for s in first.sides] == ["Quill Foods", "Tarn Foods"]
    second = sides(text.format("Tarn Foods", "Quill Foods"))
    assert [s.name for s in second.sides] == ["Tarn Foods", "Quill Foods"]


def test_both_is_both() -> None:
    table = sides(stored("war"))
    assert side(table, "both sides") is SideKey.BOTH
    assert side(table, "Vestian forces and Morland forces") is SideKey.BOTH


def test_an_ally_that_only_talks_is_a_third_party() -> None:
    text = stored("war") + "\nHalvia called on Morland to withdraw. Halvian rain fell on Halvia."
    table = sides(text)
    assert side(table, "Halvia") is SideKey.THIRD


def test_those_that_are_only_struck_are_on_no_side() -> None:
    text = stored("war") + "\nVestia accused Morland of attacking civilians, who blamed Morland."
    assert side(sides(text), "civilians") is SideKey.THIRD


def test_an_ally_that_fights_stands_with_the_party() -> None:
    text = (
        stored("war") + "\nHalvian jets bombed Morlandic depots on Sunday. Halvia, allied with "
        "Vestia since 2001, said it had to. Halvia is a small country."
    )
    assert side(sides(text), "Halvia") is side(sides(text), "Vestia")


def test_actors_are_united_over_articles() -> None:
    one = (
        "Vestian President Ulla Hajiyev accused Morland of lying. Vestia and the UN met. "
        "Morlandic snow fell."
    )
    two = (
        "Hajiyev spoke again in Vestia. Morland denied the charge and accused Vestia of shelling. "
        "Vestian and Morlandic guns fell silent."
    )
    three = "President Ulla Haciyev of Vestia left. The Vestian Defence Ministry blamed Morland."
    four = "Vestia's Defense Ministry blamed Morland for the shelling."
    table = sides(one, two, three, four)
    names = [a.name for a in table.actors]
    assert len([n for n in names if "Ha" in n and "iyev" in n]) == 1
    assert len([n for n in names if "Ministry" in n]) == 1
    hajiyev = actor(table, "Hajiyev")
    assert {"Ulla Haciyev", "Hajiyev"} <= {hajiyev.name, *hajiyev.aliases}
    assert hajiyev.key == "ulla hajiyev"
    assert actor(table, "Vestia's Defense Ministry").key == "vestia defense ministry"
    assert hajiyev.side is side(table, "Vestia") is not side(table, "Morland")


def test_an_adjective_alone_is_tied_to_the_place_in_another_article() -> None:
    table = sides(
        "Palvia accused Tersk of shelling Karst.",
        "Palvian forces shelled Tersk again, said the Terskan army.",
    )
    assert side(table, "Palvian forces") is side(table, "Palvia")
    assert side(table, "Terskan army") is side(table, "Tersk")


def test_namesakes_of_two_states_stay_apart() -> None:
    table = sides(
        "Vestian President Jan Kolb accused Morland of lying. Vestia and the Morlandic army wept.",
        "Morlandic General Jan Kolb accused Vestia of lying. Morland and the Vestian army wept.",
    )
    kolbs = [a for a in table.actors if a.name == "Jan Kolb"]
    assert {a.side for a in kolbs} == {SideKey.A, SideKey.B}
    assert len({a.key for a in kolbs}) == 2


def test_a_person_decides_the_side_of_an_actor() -> None:
    key = actor(sides(stored("war")), "Kasper Dohl").key
    decided = Decisions(actor_sides=((key, SideKey.THIRD),))
    table = sides(stored("war"), decisions=decided)
    assert side(table, "Kasper Dohl") is SideKey.THIRD
    assert "decided by a person" in actor(table, "Kasper Dohl").reasons


def test_members_follow_the_one_that_was_moved() -> None:
    table = sides(stored("war"), decisions=Decisions(actor_sides=(("ulla brand", SideKey.B),)))
    assert side(table, "Tove Lind") is SideKey.B


def test_a_decision_names_and_orders_the_sides() -> None:
    decided = Decisions(
        sides=(Side(SideKey.A, "Morland"), Side(SideKey.B, "The others", ("vestia",)))
    )
    table = sides(stored("war"), decisions=decided)
    assert [(s.key, s.name) for s in table.sides] == [
        (SideKey.A, "Morland"),
        (SideKey.B, "The others"),
    ]
    assert side(table, "Morland") is SideKey.A
    assert side(table, "Vestia") is SideKey.B


def test_one_decided_side_finds_its_opponent() -> None:
    decided = Decisions(sides=(Side(SideKey.B, "Vestia"),))
    table = sides(stored("war"), decisions=decided)
    assert side(table, "Vestia") is SideKey.B
    assert side(table, "Morland") is SideKey.A


def test_a_label_that_nobody_bears_is_only_a_label() -> None:
    decided = Decisions(sides=(Side(SideKey.A, "The first camp"),))
    table = sides(stored("strike"), decisions=decided)
    assert table.sides[0].name == "The first camp"
    assert len(table.sides) == 2


def test_a_decision_by_an_alias_holds() -> None:
    decided = Decisions(actor_sides=(("Morland", SideKey.THIRD),))
    assert side(sides(stored("war"), decisions=decided), "Morland") is SideKey.THIRD


@pytest.mark.slow
def test_uniting_and_siding_grow_in_line_with_the_dossier() -> None:
    readings = [
        reading(stored(name), f"{name} {k}", k % 27 + 1)
        for name in ("war", "strike")
        for k in range(4)
    ]

    def dossier(times: int) -> list[ArticleReading]:
        return [
            replace(r, article=replace(r.article, key=f"{r.article.key} {n}"))
            for n in range(times)
            for r in readings
        ]

    few, many = dossier(5), dossier(40)
    cost = growth(
        lambda: find_sides(few, unite_actors(few), Decisions()),
        lambda: find_sides(many, unite_actors(many), Decisions()),
    )
    assert cost < 24


def test_parties_keep_the_letters_they_were_shown_with() -> None:
    first = sides(stored("neighbours"))
    swapped = tuple(
        replace(side, key=SideKey.B if side.key is SideKey.A else SideKey.A)
        for side in reversed(first.sides)
    )
    again = sides(stored("neighbours"), decisions=Decisions(shown=swapped))
    assert [side.name for side in again.sides] == [side.name for side in swapped]
    assert sides(stored("neighbours"), decisions=Decisions(shown=first.sides)).sides == first.sides


def test_a_name_taken_for_a_place_is_the_person_or_firm_that_bears_it_elsewhere() -> None:
    table = sides(
        "President Milo Tarn accused Lorne Mills on Monday of theft. Tarn said it stole grain."
        " Lorne Mills denied stealing anything.",
        "At the airport, Tarn rejected calls for talks. Shares in Lorne fell. Lorne called the"
        " charge false.",
    )
    assert "Tarn" in actor(table, "Milo Tarn").aliases
    assert {a.name for a in table.actors if "Tarn" in a.name} == {"Milo Tarn"}
    assert side(table, "Milo Tarn") is not side(table, "Lorne Mills")


def test_somebodys_party_is_the_one_that_another_article_names() -> None:
    table = sides(
        "Ida Stern spoke. Her party, National Renewal, accused the government of theft.",
        "The government rejected the charge. Ida Stern's party raised the figure to 63.",
    )
    assert not [a for a in table.actors if a.name == "Ida Stern's party"]


def test_a_capital_that_one_article_explains_stands_for_its_state_in_another() -> None:
    table = sides(
        "Vestian jets were late. Vestia's army accused Morland of shelling Orm. Flags were lowered"
        " in the capital, Perel. Morland's army denied shelling Orm. Morlandic troops left.",
        "Perel rejected the denial. Authorities in Perel said Morland had lied.",
    )
    assert "Perel" in actor(table, "Vestia").aliases
    assert not [a for a in table.actors if a.name == "Perel"]


def test_a_firm_that_quarrels_with_a_union_and_its_pickets_stands_with_the_police() -> None:
    table = sides(
        "The Pit League accused police of shooting four miners at Orm on Monday. Police denied"
        " shooting anyone. Police chief Ole Rask said the Pit League had armed the miners. The Pit"
        " League denied it. Corva Minerals urged the miners to return to work. Corva Minerals said"
        " the walkout was illegal. The Pit League rejected the demand. Corva Minerals offered 6"
        " percent. The Pit League called the offer an insult. Corva Minerals denied that it had"
        " blamed the Pit League. The mayor of Orm, Ida Stern, urged both sides to talk.",
    )
    assert side(table, "Corva Minerals") not in (SideKey.THIRD, side(table, "Pit League"))
    assert side(table, "Ida Stern") is SideKey.THIRD


def test_a_president_stands_with_those_who_accuse_as_he_does() -> None:
    """His state goes unnamed; he blames Morland for what Vestia blames it for."""
    table = sides(
        "Vestia accused Morland on Tuesday of blowing up the Harn dam, while Morland said Vestian "
        "shelling had wrecked it.\nPresident Kasimir Wend said Morlandish troops had mined the dam "
        "and blown it up from inside. Morland denied it.\nSeismologist Ida Rohm said the ground "
        "had shaken."
    )
    found = {actor.name: actor for actor in table.actors}
    assert found["Kasimir Wend"].side is found["Vestia"].side is not found["Morland"].side
    assert any("against Morland" in reason for reason in found["Kasimir Wend"].reasons)


def test_who_runs_a_ministry_stands_where_it_stands() -> None:
    table = sides(
        "Forty people were killed in an Ostian air strike on a clinic, the Brann-run health "
        "ministry said. Ostia denied it and accused the Brann-run ministry of lying.",
        "The Ostian army released a tape. Brann called the tape a forgery and accused Ostia of "
        "shelling the clinic.",
    )
    found = {actor.name: actor.side for actor in table.actors}
    assert found["Brann"] is found["Brann-run health ministry"] is not found["Ostia"]
    assert found["Brann"] is not SideKey.THIRD


SHELLED = (
    "ORLE, Vestia -- Vestia accused Morland of shelling the Vestian town of Orle. Morland denied "
    "it and accused Vestia of lying. Vestian and Morlandic guns fell silent."
)


def test_a_town_and_its_mayor_are_on_the_side_of_their_state() -> None:
    later = (
        "Shells fell in Orle again, the mayor, Jan Kolb, said. Vestian and Morlandic guns fired."
    )
    table = sides(SHELLED, later)
    assert side(table, "Jan Kolb") is side(table, "Vestia")


def test_a_hospital_is_on_no_side_wherever_it_stands() -> None:
    text = SHELLED + " The director of the hospital in Orle, Ida Stern, said 12 were hurt."
    assert side(sides(text), "Ida Stern") is SideKey.THIRD


def test_a_guessed_state_does_not_outvote_a_told_one() -> None:
    told = "Foreign Minister Ulla Hajj of Morland rejected it."
    guessed = SHELLED + " Foreign Minister Ulla Hajj said it was false."
    table = sides(guessed, told + " Morlandic and Vestian snow fell. Vestia blamed Morland.")
    assert side(table, "Ulla Hajj") is side(table, "Morland")


def test_towns_that_only_lie_somewhere_are_no_actors() -> None:
    assert "Orle" not in {a.name for a in sides(SHELLED).actors}


def test_a_seat_that_nothing_explains_is_the_state_s_whose_officials_speak_there() -> None:
    text = (
        "Vestia accused Morland of shelling Orle. Morland's army chief, Jan Kolb, told reporters "
        "in Port Amber that it was false. Vestia demanded a truce. Port Amber dismissed the "
        "demand. Vestian and Morlandic guns fell silent."
    )
    table = sides(text)
    assert side(table, "Port Amber") is side(table, "Morland")


def test_a_place_that_officials_only_speak_of_is_no_seat() -> None:
    text = SHELLED + " Morland's army chief, Jan Kolb, said all was calm in Tarn. Tarn denied it."
    table = sides(text)
    assert side(table, "Jan Kolb") is side(table, "Morland")
    assert side(table, "Tarn") is not side(table, "Morland")


PAPER = (
    "Josse Brandt, a baker and the chairman of the residents' committee Open Weir, accused Lorne "
    "Paper of emptying a tank into the river. Lorne Paper denied it and blamed the committee."
)


def test_those_whose_committee_is_a_party_stand_with_it() -> None:
    table = sides(PAPER, "The residents demanded 8 million marks. Lorne Paper rejected that.")
    assert side(table, "residents") is side(table, "Open Weir")


def test_a_trade_that_another_article_names_tells_who_speaks() -> None:
    later = '"It was a lie," the baker told reporters. Brandt, who sat in front, left. Rain fell.'
    table = sides(PAPER, later)
    assert "baker" not in {a.name for a in table.actors}


def test_the_company_of_an_article_is_the_only_one_it_names() -> None:
    later = "The company, which had denied it, said it was sorry. Lorne Paper is a rich firm."
    assert "company" not in {a.name for a in sides(PAPER, later).actors}


def test_the_police_of_a_town_are_the_police() -> None:
    one = "Bluewave accused police of lying. Police denied it and accused Bluewave of greed."
    table = sides(one, "The police in Orle said it was late. Bluewave blamed the police in Orle.")
    assert len([a for a in table.actors if "olice" in a.name]) == 1


def test_the_police_union_stands_with_the_police() -> None:
    text = "Bluewave accused police of lying. Police denied it and accused Bluewave of greed."
    table = sides(text + " The police union said it was late.")
    assert side(table, "police union") is side(table, "police")
    assert side(table, "police") is not SideKey.THIRD


def test_weapons_govern_no_state() -> None:
    text = "Vestian drones fell. The Defence Ministry said its forces downed 14. Vestia slept."
    named = {a.name: a.member_of for a in sides(text).actors}
    assert named.get("Defence Ministry", "government") == "government"


def test_an_office_that_orders_a_party_joins_no_side() -> None:
    order = (
        "The Water Protection Office ordered Lorne Paper to close. Lorne Paper rejected the order. "
        "The office accused Lorne Paper of lying. Lorne Paper denied the charge."
    )
    assert side(sides(PAPER, PAPER, order), "Water Protection Office") is SideKey.THIRD


def test_whom_somebody_calls_guilty_he_is_against() -> None:
    text = "Jan Kolb said Ida Ohm was to blame. Ohm said Kolb was responsible for it. Ohm wept."
    table = sides(text)
    assert {side(table, "Jan Kolb"), side(table, "Ida Ohm")} == {SideKey.A, SideKey.B}


def test_what_an_inserted_clause_names_attacks_nobody() -> None:
    text = "Lorne Foods, whose pill Sveltin is taken by many, has attacked Brask Foods."
    assert "Sveltin" not in {s.name for s in sides(text).sides}
