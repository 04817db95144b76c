"""Police and their city against the family of the dead, with those who stand between."""

from __future__ import annotations

from extraction.model import SideKey
from tests.extraction.disputes import sides

DEATH = (
    "HARWICK - A man died in a cell early on Sunday, police said. Police Chief Nora Quill said he "
    "had collapsed.\nHis wife, Lena Dorsett, said he was well when they took him.\nRuben Kay, a "
    "lawyer for the family, accused the police of kneeling on his back. Police denied it.\n"
    "The Harwick Police Officers' Association called the accusation baseless. Mayor Sue Albright "
    "asked for patience.\nProtesters said they would return.\n"
)


def found(text: str) -> dict[str, SideKey]:
    return {a.name: a.side for a in sides(text).actors}


def test_the_chief_the_union_and_the_mayor_stand_with_the_police() -> None:
    sided = found(DEATH)
    ours = sided["Nora Quill"]
    assert ours in (SideKey.A, SideKey.B)
    for name in ("Harwick Police Officers' Association", "Sue Albright"):
        assert sided[name] is ours


def test_wife_and_protesters_stand_with_the_familys_lawyer() -> None:
    sided = found(DEATH)
    theirs = sided["Ruben Kay"]
    assert theirs in (SideKey.A, SideKey.B)
    assert theirs is not sided["Nora Quill"]
    assert sided["Lena Dorsett"] is sided["protesters"] is theirs


def test_examiner_prosecutor_and_witness_stay_third() -> None:
    sided = found(
        DEATH + "District Attorney Paula Trent said it was too early to decide. The county "
        "coroner, Iris Wong, said the cause was open. A nurse, Carol Diaz, said she had seen it."
    )
    for name in ("Paula Trent", "Iris Wong", "Carol Diaz"):
        assert sided[name] is SideKey.THIRD


def test_a_mayor_who_accuses_the_police_is_not_put_beside_them() -> None:
    sided = found(DEATH.replace("asked for patience", "accused the police of lying"))
    assert sided["Sue Albright"] is not sided["Nora Quill"]


def test_police_in_a_dispute_of_states_gather_no_city() -> None:
    sided = found(
        "Vestia's army accused Morland of shelling Orle. Morland denied it and accused Vestia of "
        "lying.\nVestian police accused Morland of murder. Mayor Sue Albright asked for calm. "
        "Protesters said they would return."
    )
    assert sided["protesters"] is SideKey.THIRD


def test_his_mother_behind_the_chief_is_the_mother_of_the_dead() -> None:
    sided = found(
        DEATH.replace(
            "His wife, Lena Dorsett, said he was well when they took him.",
            "Police Chief Nora Quill said Officer Dan Cole had called a doctor. His mother, Rosa "
            "Pine, said they had murdered him.",
        )
    )
    assert sided["Rosa Pine"] is not sided["Nora Quill"]
