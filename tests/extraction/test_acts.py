from __future__ import annotations

from pathlib import Path

import pytest

from extraction.model import SpeechAct
from tests.extraction.reading import attributions


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Ostia said two bridges were down.", "asserts"),
        ("Ostia accused Marland of burning the bridge.", "alleges"),
        ("Ostia blamed the rebels for the fire.", "alleges"),
        ("Ostia said Marland was to blame for the fire.", "alleges"),
        ("Marland rejected the demands.", "rejects"),
        ("Marland rejected a call for talks.", "rejects"),
        ("Marland rejected the report as nonsense.", "denies"),
        ("Marland rejected the allegations.", "denies"),
        ("Marland denied burning the bridge.", "denies"),
        ("Marland said the report was untrue.", "denies"),
        ("Ostia demanded a timetable.", "demands"),
        ("Ostia urged Marland to leave.", "demands"),
        ("Ostia called for an inquiry.", "demands"),
        ("Ostia called on Marland to leave.", "demands"),
        ("Ostia condemned the shelling.", "condemns"),
        ("The rebels vowed to attack the port.", "threatens"),
        ("The rebels warned that they would destroy the port.", "threatens"),
        ("The mayor vowed to plant trees.", "announces"),
        ("“If they cross the river,” Rusk said, “we will destroy them.”", "threatens"),
        ("Ostia said it would retaliate.", "threatens"),
        ("Ostia said it would appeal.", "announces"),
        ("Ostia said it would not sign the treaty.", "rejects"),
        ("Ostia offered talks on neutral ground.", "offers"),
        ("Marland turned down the offer.", "rejects"),
        ("The line rejected the claim for damages.", "rejects"),
        ("Ostia called the report “an invention”.", "denies"),
        ("Ostia called the ruling “a disgrace”.", "condemns"),
        ("“We should have stopped,” Rusk said.", "admits"),
        ("“They should have stopped,” Rusk said.", "asserts"),
        ("He walked back his remarks.", "retracts"),
        ("Ostia warned of retaliation.", "threatens"),
        ("Doctors warned of a shortage of blood.", "expresses"),
        ("Ostia warned Marland against any further incursions.", "demands"),
        ("Ostia warned Marland not to cross the river.", "demands"),
        ("Rusk said the pilot must have been asleep.", "asserts"),
        ("Rusk said the pilot should resign.", "demands"),
        ("The ministry has neither confirmed nor denied the report.", "declines"),
        ("Neither Rusk nor Orr would say who had ordered it.", "declines"),
        ("He withdrew his earlier claim that the bridge had been mined.", "retracts"),
        ("The paper corrected its report.", "corrects"),
        ("Rusk claimed responsibility for the attack.", "admits"),
        ("“Why would we do that?” Rusk asked.", "expresses"),
        ("The envoy expressed concern about the blockade.", "expresses"),
        ("The envoy said he hoped the truce would hold.", "expresses"),
        ("The mayor acknowledged that the tests were late.", "admits"),
        ("The mayor admitted delaying the tests.", "admits"),
        ("The mayor declined to say who had called.", "declines"),
        ("The mayor would not say whether he had called.", "declines"),
        ("Marland said it was prepared to talk.", "offers"),
        ("Marland agreed to pay half of it.", "offers"),
        ("The company confirmed that a valve had failed.", "confirms"),
        ("The union announced a strike.", "announces"),
        ("The mayor did not deny that he had called.", "admits"),
    ],
)
def test_act(text: str, act: str) -> None:
    found = attributions(text)[0]
    assert found.act is SpeechAct(act)
    assert any("act" in r or "'" in r for r in found.reasons)


# The share of the broad list that may be read otherwise; it only moves down.
MAY_DIFFER = 0.05
LISTED = [
    line.rsplit(" | ", 1)
    for line in (Path(__file__).parent / "acts.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("text", "act"), LISTED)
def test_listed_act(text: str, act: str) -> None:
    found = [a for a in attributions(text) if a.nested_in is None]
    assert [a.act.value for a in found[:1]] == ([] if act == "none" else [act])


def test_the_broad_list_keeps_its_floor() -> None:
    lines = (Path(__file__).parent / "acts_broad.txt").read_text(encoding="utf-8").splitlines()
    wrong = []
    for text, act in (line.rsplit(" | ", 1) for line in lines):
        found = [a.act.value for a in attributions(text) if a.nested_in is None][:1]
        if found != ([] if act == "none" else [act]):
            wrong.append(f"{text} | {act}, not {found}")
    assert len(lines) >= 300
    assert len(wrong) <= MAY_DIFFER * len(lines), "\n".join(wrong)


def test_an_own_deed_is_hinted_at() -> None:
    told = attributions("Rusk said his troops had shelled a depot.")[0]
    assert any(reason.startswith("hint: own side") for reason in told.reasons)
    suffered = attributions("Rusk said his troops had been shelled.")[0]
    assert not any(reason.startswith("hint:") for reason in suffered.reasons)


@pytest.mark.parametrize(
    ("text", "general"),
    [
        ("Marland denied reports that any of its ships had sailed.", True),
        ("Marland denied the allegations.", True),
        ("Marland denied shelling the port.", False),
        ("Marland denied a claim that it had shelled the port.", False),
        ("Ostia demanded that all troops leave.", False),
    ],
)
def test_general_denial(text: str, general: bool) -> None:
    assert attributions(text)[0].general is general
