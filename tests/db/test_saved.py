from __future__ import annotations

import pytest

from db import Changes, Dossier, DossierError, DossierErrorKind


def test_views_are_kept_replaced_and_forgotten(dossier: Dossier) -> None:
    told: list[Changes] = []
    dossier.on_change.append(told.append)
    assert dossier.saved_views() == {}
    dossier.save_view("the ford", {"sides": ["A"], "zoom": [1.5, None]})
    dossier.save_view(" Bridge ", {})
    dossier.save_view("the ford", {"sides": []})
    assert dossier.saved_views() == {"Bridge": {}, "the ford": {"sides": []}}
    dossier.remove_view("Bridge")
    assert list(dossier.saved_views()) == ["the ford"]
    with pytest.raises(KeyError):
        dossier.remove_view("Bridge")
    with pytest.raises(ValueError, match="name"):
        dossier.save_view(" ", {})
    assert told == [Changes(dossier=True)] * 4


def test_saving_a_view_is_no_step(dossier: Dossier) -> None:
    before = dossier.undo_label
    dossier.undo()
    redo = dossier.redo_label
    dossier.save_view("the ford", {})
    assert dossier.redo_label == redo == before
    dossier.redo()
    assert list(dossier.saved_views()) == ["the ford"]


def test_views_stay_over_closing_and_cannot_be_saved_when_only_read(dossier: Dossier) -> None:
    dossier.save_view("the ford", {"text": "flood"})
    dossier.close()
    with Dossier.open(dossier.path, read_only=True) as again:
        assert again.saved_views() == {"the ford": {"text": "flood"}}
        with pytest.raises(DossierError) as caught:
            again.save_view("another", {})
    assert caught.value.kind is DossierErrorKind.READ_ONLY


def test_a_view_that_is_no_object_is_refused(dossier: Dossier) -> None:
    with dossier._connections.writing() as database:
        database.sql("INSERT INTO saved_view (name, data) VALUES ('x', '[1, 2]')")
    with pytest.raises(DossierError) as caught:
        dossier.saved_views()
    assert caught.value.kind is DossierErrorKind.TRUNCATED
