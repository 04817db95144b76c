"""Offices that no article ties to a state, the parties by how much is said, and near misses."""

from __future__ import annotations

from extraction.model import SideKey
from extraction.sides import SideTable
from tests.extraction.disputes import sides

# An agency of one state, and a wire that hears both.
AGENCY = (
    "PALEN, June 11. /VRA/. Six people died when Ustrian shells hit Palen, Governor T. Malic "
    "wrote on his Telegram channel.\nThe Defense Ministry said its units had shot down three "
    "Ustrian drones.\nVardia's Foreign Ministry accused Ustria of shelling Palen. Its spokesman, "
    "Ivo Tarn, called the shelling a crime."
)
WIRE = (
    "Vardia accused Ustria on Wednesday of shelling the Vardian town of Palen. Ustria denied it "
    "and said a Vardian rocket had hit the town.\nUstria's defence minister, Dana Ferro, said her "
    "army had not fired."
)


def found(table: SideTable) -> dict[str, SideKey]:
    return {name: a.side for a in table.actors for name in (a.name, *a.aliases)}


def test_a_governor_without_a_state_is_of_the_state_that_the_article_is_told_from() -> None:
    sided = found(sides(AGENCY, WIRE))
    assert sided["T. Malic"] is sided["Vardia"] is not sided["Ustria"]
    assert sided["Vardia"] is not SideKey.THIRD


def test_who_shoots_down_their_drones_is_not_theirs() -> None:
    table = sides(AGENCY, WIRE)
    ministries = [a for a in table.actors if "Defense Ministry" in (a.name, *a.aliases)]
    assert ministries
    assert all(a.side is found(table)["Vardia"] for a in ministries)


def test_who_tells_of_drones_shot_down_by_his_own_is_not_their_foe() -> None:
    table = sides(
        "Vardia accused Ustria of an attack. Ustria denied it and accused Vardia of lying.\n"
        "Vardian air defense units shot down three Ustrian drones, the Defense Ministry reported."
    )
    sided = found(table)
    for actor in table.actors:
        if "Ministry" in actor.name:
            assert actor.side is not sided["Ustria"]


def test_a_president_is_of_the_state_that_spoke_before_him() -> None:
    sided = found(
        sides(
            "Orvania's army accused Brask of cutting a cable. Brask's navy denied it.\n"
            'Orvania rejected that. "We harm nobody. We leave that to others," President Ilmar '
            "Koss said. He called on Brask to pay."
        )
    )
    assert sided["Ilmar Koss"] is sided["Orvania"] is not sided["Brask"]


def test_the_seat_of_a_government_that_blames_one_state_is_the_others() -> None:
    sided = found(
        sides(
            "Orvania's army accused Brask's navy of blowing up a pipe, and the government in "
            "Tervik accused Brask of sabotage.\nBrask denied it and accused Orvania of lying."
        )
    )
    assert sided["government in Tervik"] is sided["Orvania"] is not sided["Brask"]


def test_a_third_state_that_makes_a_demand_is_no_capital_of_a_party() -> None:
    sided = found(
        sides(
            "Orvania's army accused Brask's navy of blowing up a pipe. Brask denied it and accused "
            "Orvania of lying.\nHalvia called on Brask to help. Halvian rain fell on Halvia."
        )
    )
    assert sided["Halvia"] is SideKey.THIRD


def test_a_foreign_minister_of_a_third_state_stays_third() -> None:
    sided = found(
        sides(
            AGENCY,
            WIRE + "\nMaltra's foreign minister, Zita Amadi, condemned Ustrian shelling and "
            "accused Ustria of breaking the truce.",
        )
    )
    assert sided["Zita Amadi"] is SideKey.THIRD


def test_who_is_hardly_heard_is_no_party_beside_two_who_say_nearly_all() -> None:
    table = sides(
        "The Dockers' Union accused Harl Shipping of lying. Harl Shipping denied it. The union "
        "said the pay was too low. Harl Shipping said the pay was fair. The union said it would "
        "strike. Harl Shipping said that it had an offer.\nThe Port Safety Board accused Harl "
        "Shipping of a breach. Harl Shipping denied the breach."
    )
    assert {s.name for s in table.sides} == {"Dockers' Union", "Harl Shipping"}


def test_two_who_speak_in_one_heading_are_the_parties() -> None:
    table = sides(
        "Orlia says it shot down Tasmer drone; Tasmer says it was over the sea\n"
        "Orlia said its army had hit the drone on Monday. Tasmer said the drone had been 30 km "
        "from the coast. Orlia said that it had been much nearer."
    )
    assert table.sides or all(a.side is SideKey.THIRD for a in table.actors)


def test_a_governor_of_a_region_that_the_foe_holds_in_part_is_not_the_foes() -> None:
    sided = found(
        sides(
            "MORN, Vardia, June 3 - Vardia's army accused Ustria of shelling a station in the "
            "Orsk region. Ustrian-backed separatists in Orsk denied it and accused Vardia of "
            "lying.\nUstria's army said Vardian rockets had hit the station, and Vardia denied "
            "that.\nTaras Holm, the governor of the Orsk region, accused Ustria of murder."
        )
    )
    assert sided["Taras Holm"] is not sided["Ustria"]


def test_a_president_in_a_paragraph_about_his_state_is_not_of_the_dateline() -> None:
    sided = found(
        sides(
            "KESSA, Ustria, June 3 - Ustria's army accused Vardia of ramming a boat. Vardia "
            "accused Ustria of lying.\nUstria's foreign ministry said the Vardian boat turned.\n"
            "Vardia summoned the Ustrian ambassador on Monday. President Ida Holm said her "
            "country would not yield."
        )
    )
    assert sided["Ida Holm"] is not sided["Ustria"]


def test_a_spokesman_is_of_whom_he_speaks_for_and_not_of_his_branch() -> None:
    sided = found(
        sides(
            "Ustria's navy accused Vardia of an attack, and Vardia's army denied it and accused "
            "Ustria of lying.\nNavy Captain Bo Urch, a spokesman for the Vardian General Staff, "
            "said Ustrian claims were false.\nIda Reem, a spokeswoman for the Vardian Veterans' "
            "Front (VVF), said Ustria had attacked."
        )
    )
    assert sided["Bo Urch"] is sided["Vardia"]
