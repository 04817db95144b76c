from __future__ import annotations

import pytest

from db import Dossier
from db.pins import Pins

SOME = Pins(frozenset({3, 1}), frozenset({7}))


def test_pins_are_a_step_that_can_be_undone(dossier: Dossier) -> None:
    assert dossier.pins() == Pins()
    dossier.set_pins(SOME)
    assert dossier.pins() == SOME
    assert dossier.undo_label == "Pin labels"
    dossier.set_pins(Pins())
    dossier.undo()
    assert dossier.pins() == SOME
    dossier.undo()
    assert dossier.pins() == Pins()
    dossier.redo()
    assert dossier.pins() == SOME


def test_the_same_pins_are_no_step(dossier: Dossier) -> None:
    dossier.set_pins(SOME)
    steps = len(dossier.revisions())
    dossier.set_pins(SOME)
    assert len(dossier.revisions()) == steps


@pytest.mark.parametrize(
    "plain", [None, [], {"claims": 4}, {"claims": ["x", True], "events": {"1": 2}}, {"later": [1]}]
)
def test_what_is_no_list_of_ids_is_left_out(plain: object) -> None:
    assert Pins.of_plain(plain) == Pins()


def test_pins_come_back_from_what_json_holds() -> None:
    assert Pins.of_plain(SOME.plain()) == SOME
    assert len(SOME) == 3
    assert not Pins()
