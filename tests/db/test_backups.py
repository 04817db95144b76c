"""Copies are made when they are due, the oldest go, and one can be put back."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db import Dossier, DossierError, DossierErrorKind, backups
from db.backups import KEPT, Reason
from tests.db.killing import aged
from tests.db.tables import all_rows


def left_yesterday(dossier: Dossier) -> None:
    dossier.close()
    then = (datetime.now() - timedelta(days=1)).timestamp()
    os.utime(dossier.path, (then, then))


def test_a_copy_a_day_of_use(dossier: Dossier) -> None:
    assert dossier.back_up_if_due() is None
    before = all_rows(dossier)
    left_yesterday(dossier)
    with Dossier.open(dossier.path) as again:
        made = again.back_up_if_due()
        assert made is not None
        again.title = "Used today"
        assert again.back_up_if_due() is None
    (backup,) = backups.backups(dossier.path)
    assert (backup.path, backup.reason) == (made, Reason.DAILY)
    assert backup.size == made.stat().st_size
    with Dossier.open(made) as copy:
        assert all_rows(copy) == before


def test_the_oldest_copies_go(dossier: Dossier) -> None:
    first = datetime(2031, 5, 1, 9, 30)
    with dossier._connections.reading() as database:
        for number in range(KEPT[Reason.DAILY] + 3):
            backups.back_up(
                database, dossier.path, Reason.DAILY, now=first + timedelta(days=number // 2)
            )
        backups.back_up(database, dossier.path, Reason.UPDATE, now=first)
    kept = backups.backups(dossier.path)
    assert len([one for one in kept if one.reason is Reason.DAILY]) == KEPT[Reason.DAILY]
    assert len([one for one in kept if one.reason is Reason.UPDATE]) == 1
    assert kept[0].made == first + timedelta(days=(KEPT[Reason.DAILY] + 2) // 2)


def test_a_dossier_is_copied_before_it_is_updated(dossier: Dossier, tmp_path: Path) -> None:
    dossier.close()
    old = tmp_path / "old.claimline"
    aged(dossier.path, old, 1)
    before = old.read_bytes()
    with Dossier.open(old) as updated:
        assert len(updated.claims()) == 5
    (backup,) = backups.backups(old)
    assert backup.reason is Reason.UPDATE
    assert int.from_bytes(backup.path.read_bytes()[60:64], "big") == 1
    assert len(backup.path.read_bytes()) == len(before)


def test_restoring_puts_back_and_keeps_what_is_replaced(dossier: Dossier) -> None:
    before = all_rows(dossier)
    with dossier._connections.reading() as database:
        made = backups.back_up(database, dossier.path, Reason.DAILY)
    dossier.title = "Regretted"
    regretted = all_rows(dossier)
    with pytest.raises(DossierError) as caught:
        backups.restore(dossier.path, made)
    assert caught.value.kind is DossierErrorKind.EXISTS
    dossier.close()
    backups.restore(dossier.path, made)
    with Dossier.open(dossier.path) as again:
        assert all_rows(again) == before
        assert again.check() == []
    replaced = next(one for one in backups.backups(dossier.path) if one.reason is Reason.REPLACED)
    with Dossier.open(replaced.path) as kept:
        assert all_rows(kept) == regretted


def test_what_is_no_dossier_is_not_put_back(dossier: Dossier, tmp_path: Path) -> None:
    before = all_rows(dossier)
    dossier.close()
    other = tmp_path / "other.claimline"
    other.write_bytes(b"no dossier at all")
    with pytest.raises(DossierError) as caught:
        backups.restore(dossier.path, other)
    assert caught.value.kind is DossierErrorKind.NOT_A_DOSSIER
    with Dossier.open(dossier.path) as again:
        assert all_rows(again) == before


def test_a_damaged_dossier_can_be_restored(dossier: Dossier) -> None:
    before = all_rows(dossier)
    with dossier._connections.reading() as database:
        made = backups.back_up(database, dossier.path, Reason.DAILY)
    dossier.close()
    data = bytearray(dossier.path.read_bytes())
    data[4096:12288] = bytes(8192)
    dossier.path.write_bytes(bytes(data))
    with pytest.raises(DossierError):
        Dossier.open(dossier.path)
    backups.restore(dossier.path, made)
    with Dossier.open(dossier.path) as again:
        assert all_rows(again) == before


def test_a_copy_that_is_stopped_leaves_nothing(dossier: Dossier) -> None:
    with dossier._connections.reading() as database, pytest.raises(InterruptedError):
        backups.back_up(database, dossier.path, Reason.DAILY, stopped=lambda: True)
    assert list(backups.folder_of(dossier.path).iterdir()) == []
