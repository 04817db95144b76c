"""A disk that is full: an error with its kind, and the dossier as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from db import Dossier, DossierError, DossierErrorKind
from tests.db.samples import assemble, many
from tests.db.tables import all_rows


def import_much(dossier: Dossier) -> None:
    new = many(60)
    dossier.record_import(
        new,
        assemble([*dossier.readings(), *(part for _, part in new)]),
        [],
        started=datetime(2031, 5, 1),
    )


def test_no_more_pages(dossier: Dossier) -> None:
    before = all_rows(dossier)
    with dossier._connections.writing() as database:
        pages = database.sql("PRAGMA page_count").fetchone()[0]
    writer = dossier._connections._writer
    assert writer is not None
    writer.sql(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(DossierError) as caught:
        import_much(dossier)
    assert caught.value.kind is DossierErrorKind.DISK_FULL
    assert all_rows(dossier) == before
    assert dossier.check() == []
    writer.sql("PRAGMA max_page_count = 1000000")
    import_much(dossier)
    assert dossier.counts().articles == 62


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can make a small file system")
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("mounting is not allowed here")
    return disk


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_real_disk_that_is_full(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "small.claimline"
    try:
        with Dossier.create(path, "Small") as dossier:
            with pytest.raises(DossierError) as caught:
                import_much(dossier)
            assert caught.value.kind is DossierErrorKind.DISK_FULL
            assert dossier.counts().articles == 0
            assert dossier.check() == []
            with Dossier.create(tmp_path / "large.claimline") as large:
                import_much(large)
                with pytest.raises(DossierError) as caught:
                    large.save_copy(small_disk / "copy.claimline")
            assert caught.value.kind is DossierErrorKind.DISK_FULL
            fill(small_disk / "filler")
            with pytest.raises(DossierError) as caught:
                Dossier.create(small_disk / "another.claimline")
            assert caught.value.kind is DossierErrorKind.DISK_FULL
        assert sorted(file.name for file in small_disk.iterdir()) == ["filler", path.name]
        (small_disk / "filler").unlink()
        with Dossier.open(path) as dossier:
            assert dossier.title == "Small"
            assert dossier.undo_label is None
            assert dossier.check() == []
    finally:
        # lazily: after a failure something may still be open in it
        subprocess.run(["umount", "-l", str(small_disk)], check=True)
