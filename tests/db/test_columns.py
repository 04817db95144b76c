"""Packed arrays: kept in the file, believed only where they fit, brought up to date by ids."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from db import Dossier, cache, touched
from db.columns import Claims, Columns
from db.rows import ReviewState
from extraction.model import SideKey, SpeechAct
from tests.db.packed import must_match, same


@pytest.fixture
def kept(dossier: Dossier) -> Dossier:
    assert dossier.keep_columns(dossier.columns())
    return dossier


def taken(dossier: Dossier) -> bool:
    """Whether the arrays in the file were used for what is given now."""
    with dossier.looking() as look:
        kept = cache.cached(look._database)
        return kept is not None and cache._is_plausible(look._database, kept)


def test_what_is_kept_is_used_after_closing(kept: Dossier) -> None:
    before = kept.columns()
    kept.close()
    with Dossier.open(kept.path) as again:
        assert taken(again)
        assert same(again.columns(), before)
        must_match(again, again.columns())


def test_an_edit_since_is_read_from_the_rows(kept: Dossier) -> None:
    with kept.looking() as look:
        before = look.columns()
    kept.edit_claims([2], act=SpeechAct.DEMANDS, side=SideKey.A)
    kept.set_review([1], ReviewState.REJECTED)
    kept.undo()
    with kept.looking() as look:
        after = look.columns(before)
        assert look.touched is not None
        assert {1, 2} <= look.touched.claims
        assert len(look.touched.claims) < len(after.claims)
    assert taken(kept)
    assert same(after, kept.columns())
    must_match(kept, after)


def test_arrays_that_are_out_of_date_are_not_kept(dossier: Dossier) -> None:
    columns = dossier.columns()
    dossier.set_review([1], ReviewState.ACCEPTED)
    assert not dossier.keep_columns(columns)
    assert dossier.keep_columns(dossier.columns(columns))


def test_rows_of_another_program_make_the_arrays_void(kept: Dossier) -> None:
    with kept._connections.writing() as database:
        database.sql("DELETE FROM claim_span WHERE claim_id = 5")
        database.sql("DELETE FROM relation WHERE source_id = 5 OR target_id = 5")
        database.sql("DELETE FROM claim WHERE id = 5")
    assert not taken(kept)
    must_match(kept, kept.columns())


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE packed SET data = substr(data, 1, length(data) - 1)",
        "UPDATE packed SET data = X'7B7D0A'",
        "UPDATE packed SET data = X'00'",
        "UPDATE packed SET data = CAST(replace(data, '\"format\":2', '\"format\":3') AS BLOB)",
        "UPDATE packed SET stamp = stamp + 1",
        "UPDATE packed SET stamp = -1",
        "DELETE FROM touched",
        "INSERT INTO touched (data) VALUES ('{')",
        "INSERT INTO touched (data) VALUES ('null')",
    ],
)
def test_damaged_arrays_are_made_anew(kept: Dossier, damage: str) -> None:
    with kept._connections.writing() as database:
        database.sql(damage)
    assert not taken(kept)
    must_match(kept, kept.columns())


@pytest.mark.parametrize(
    ("name", "value"), [("side", 99), ("side", -1), ("where", 1000), ("review", 9), ("act", 77)]
)
def test_codes_that_mean_nothing_are_not_believed(kept: Dossier, name: str, value: int) -> None:
    columns = kept.columns()
    forged = getattr(columns.claims, name).copy()
    forged[0] = value
    header, bodies = cache.to_bytes(
        replace(columns, claims=replace(columns.claims, **{name: forged}))
    )
    assert cache.from_bytes(b"".join((header, *bodies)), 1) is None


def test_the_log_of_what_was_touched_stays_short(dossier: Dossier) -> None:
    for number in range(touched.KEPT + 5):
        dossier.title = f"Title {number}"
    with dossier.looking() as look:
        assert look._database.sql("SELECT count(*) FROM touched").fetchone()[0] == touched.KEPT


def test_rows_are_replaced_added_and_taken_away() -> None:
    columns = {name: np.zeros(4, int) for name in Claims.names()}
    claims = Claims.of(columns | {"id": [7, 1, 3, 9], "article": [70, 10, 30, 90]})
    assert claims.id.tolist() == [1, 3, 7, 9]
    assert claims.places([3, 4, 9, 0]).tolist() == [1, -1, 3, -1]
    new = {name: np.zeros(2, int) for name in Claims.names()}
    other = claims.with_rows(
        Claims.of(new | {"id": [3, 12], "article": [31, 120]}), [3, 12, 9, 500]
    )
    assert other.id.tolist() == [1, 3, 7, 12]
    assert other.article.tolist() == [10, 31, 70, 120]
    assert claims.article.tolist() == [10, 30, 70, 90]
    with pytest.raises(KeyError):
        other.place(9)
    assert other.place(12) == 3
    assert not len(Columns.empty().claims.with_rows(Claims.empty(), [4]))


def test_a_look_stays_as_it_was(dossier: Dossier) -> None:
    look = dossier.look()
    before = look.claims([1])
    dossier.edit_claims([1], act=SpeechAct.THREATENS)
    assert look.claims([1]) == before
    look.close()
    look.close()
    with dossier.looking() as now:
        assert now.claims([1])[0].speech_act is SpeechAct.THREATENS
        assert now.relations_of([1]) == {1: dossier.relations(claim_id=1)}


def test_closing_the_dossier_ends_its_looks(dossier: Dossier) -> None:
    look = dossier.look()
    dossier.close()
    look.close()
    assert not dossier.path.with_name(dossier.path.name + "-wal").exists()
