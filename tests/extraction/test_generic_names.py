"""What "the union", "the company" and "ministers" stand for, and near misses."""

from __future__ import annotations

from extraction.model import SideKey
from tests.extraction.disputes import sides
from tests.extraction.test_homing import found

CARE = (
    "Carers' strike: union accuses ministers of breaking a promise\n"
    "Up to 9,000 carers in Orland stopped work on Friday, the largest walkout in the history of "
    "the Royal Chamber of Care (RCC).\n"
    "Ana Dorn, the RCC's general secretary, said ministers had broken a promise. \"They could end "
    'this today," she said.\n'
    "The health secretary, Paul Venn, said the demand was not affordable. The Department of "
    "Health denied that a promise had been made, and the government accused the union of playing "
    "with lives."
)
PARCELS = (
    "Union says strike shuts four Zanto depots; company disputes it\n"
    "Drivers at four Zanto depots walked out on Monday, the Hauliers union said, in the largest "
    "strike against the company in Vestian history.\n"
    'Zanto rejected that. "These are outsiders," spokesperson Ella Marsh said. She accused the '
    "Hauliers of having threatened staff.\n"
    "Hauliers president Tom Reeve said the company had ignored a deadline and accused Zanto of "
    "greed."
)


def test_the_union_is_the_body_that_has_a_general_secretary() -> None:
    sided = found(sides(CARE))
    assert sided["union"] is sided["Royal Chamber of Care"] is sided["Ana Dorn"]
    assert sided["union"] is not SideKey.THIRD


def test_ministers_are_the_government_of_the_only_state() -> None:
    sided = found(sides(CARE))
    assert sided["ministers"] is sided["Paul Venn"] is not sided["union"]
    assert sided["ministers"] is not SideKey.THIRD


def test_the_company_is_the_name_that_has_a_spokesperson() -> None:
    sided = found(sides(PARCELS))
    assert sided["company"] is sided["Zanto"] is sided["Ella Marsh"]
    assert sided["Hauliers union"] is sided["Tom Reeve"] is not sided["Zanto"]
    assert SideKey.THIRD not in (sided["Zanto"], sided["Tom Reeve"])


def test_a_state_before_a_noun_is_not_where_the_company_is() -> None:
    table = sides(PARCELS)
    assert not [a for a in table.actors if a.name.startswith("company in")]


def test_the_company_is_no_union_that_has_a_spokesman_too() -> None:
    sided = found(
        sides(
            "The Hauliers union accused the company of greed on Monday. The company denied it and "
            "accused the Hauliers union of lying.\nBen Marr, a spokesman for the Hauliers union, "
            "said talks had failed."
        )
    )
    assert sided["company"] is not sided["Hauliers union"]


def test_ministers_of_two_states_are_of_neither() -> None:
    sided = found(
        sides(
            "Orland accused Vestia of sinking a trawler. Vestia's navy denied it and accused "
            "Orland of lying. Orland's army said it had proof.\nMinisters said that they hoped "
            "for calm."
        )
    )
    assert sided.get("ministers", SideKey.THIRD) is SideKey.THIRD


def test_two_who_are_hardly_heard_are_no_parties_by_a_denial_that_names_nobody() -> None:
    table = sides(
        "Orland's president says vote was stolen\n"
        "The election commission said the Harvest party had won 54 percent of the vote. "
        '"This vote was falsified," President Ana Dorn said on Sunday. She called on people to '
        "gather outside parliament.\n"
        "Tom Reeve, leader of the Plough Movement, said the victory had been stolen. Prime "
        "Minister Ivo Kern said the vote had been fair. Irregularities happen everywhere, he "
        "said. Harvest's secretary, Max Bell, said there was no proof.\n"
        "Observers said the vote was marred by pressure. Ben Marr, the head of the Northern "
        "Council's delegation, said there had been reports of stuffed boxes.\n"
        'Vestian government spokesman Paul Venn rejected claims of meddling. "We strongly reject '
        'such claims," Venn told reporters in Vestia.\n'
        "Kaldra's prime minister, Lew Ost, congratulated Harvest."
    )
    assert not {"Northern Council", "Vestia"} & {s.name for s in table.sides}
