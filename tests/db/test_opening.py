"""What is no dossier, or none that can be opened, is refused with a kind and left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db import Dossier, DossierError, DossierErrorKind
from db.recognition import APPLICATION_ID
from tests.db.samples import FIRST, assemble


@pytest.fixture
def closed(dossier: Dossier) -> Path:
    """The path of a filled dossier that nobody has open."""
    dossier.close()
    return dossier.path


def refused(path: Path) -> DossierErrorKind:
    """Try to open; the folder must be, byte for byte, as before."""

    def state() -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}

    before = state()
    with pytest.raises(DossierError) as caught:
        Dossier.open(path)
    assert state() == before
    assert caught.value.path == path
    return caught.value.kind


def test_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.claimline") is DossierErrorKind.UNREADABLE


@pytest.mark.parametrize(
    "content", [b"", b"just a letter\n", b"%PDF-1.7 and so on", bytes(4096), b"SQLite format 2\x00"]
)
def test_foreign_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.claimline"
    path.write_bytes(content)
    assert refused(path) is DossierErrorKind.NOT_A_DOSSIER


def test_a_folder_and_a_pipe(tmp_path: Path) -> None:
    assert refused(tmp_path) is DossierErrorKind.NOT_A_DOSSIER
    pipe = tmp_path / "pipe.claimline"
    os.mkfifo(pipe)
    assert refused(pipe) is DossierErrorKind.NOT_A_DOSSIER


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_foreign_database(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "foreign.claimline"
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA journal_mode = {mode}")
        database.execute("CREATE TABLE recipe (id INTEGER)")
    # A log that was left behind would be written into the file by merely looking with SQLite.
    database.execute("INSERT INTO recipe VALUES (1)")
    database.commit()
    copy = tmp_path / "copy" / path.name
    copy.parent.mkdir()
    for file in tmp_path.glob("foreign*"):
        shutil.copy(file, copy.parent)
    database.close()
    assert refused(copy) is DossierErrorKind.NOT_A_DOSSIER


def altered(path: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    database = sqlite3.connect(path)
    change(database)
    database.commit()
    database.close()


def test_a_newer_dossier(closed: Path) -> None:
    altered(closed, lambda database: database.execute("PRAGMA user_version = 999"))
    assert refused(closed) is DossierErrorKind.NEWER


def test_a_newer_dossier_whose_version_is_in_the_log_only(closed: Path, tmp_path: Path) -> None:
    database = sqlite3.connect(closed)
    database.execute("PRAGMA wal_autocheckpoint = 0")
    database.execute("PRAGMA user_version = 999")
    left = tmp_path / "left"
    left.mkdir()
    for file in (closed, closed.with_name(closed.name + "-wal")):
        shutil.copy(file, left)
    database.close()
    before = (left / closed.name).read_bytes()
    with pytest.raises(DossierError) as caught:
        Dossier.open(left / closed.name)
    assert caught.value.kind is DossierErrorKind.NEWER
    assert (left / closed.name).read_bytes() == before


@pytest.mark.parametrize("keep", [10, 99, 100, 5000, -4096, -1])
def test_a_truncated_dossier(closed: Path, keep: int) -> None:
    closed.write_bytes(closed.read_bytes()[:keep])
    assert refused(closed) is DossierErrorKind.TRUNCATED


def test_a_dossier_with_overwritten_pages(closed: Path) -> None:
    data = bytearray(closed.read_bytes())
    data[4096 * 3 : 4096 * 6] = b"\xa5" * 4096 * 3
    closed.write_bytes(data)
    assert refused(closed) is DossierErrorKind.TRUNCATED


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON claim BEGIN DELETE FROM article; END",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE TABLE evil (id INTEGER)",
        "CREATE INDEX evil ON claim (speaker)",
        "DROP TABLE quantity",
        "ALTER TABLE claim ADD COLUMN evil TEXT",
    ],
)
def test_a_dossier_with_a_schema_of_its_own(closed: Path, statement: str) -> None:
    altered(closed, lambda database: database.execute(statement))
    assert refused(closed) is DossierErrorKind.NOT_A_DOSSIER


def test_a_stranger_that_claims_to_be_a_dossier(tmp_path: Path) -> None:
    path = tmp_path / "stranger.claimline"
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("PRAGMA user_version = 1")
        database.execute("CREATE TABLE claim (id)")
    database.close()
    assert refused(path) is DossierErrorKind.NOT_A_DOSSIER


def test_words_that_the_program_does_not_know(closed: Path) -> None:
    altered(closed, lambda database: database.execute("UPDATE claim SET act = 'sings' WHERE id=1"))
    with Dossier.open(closed) as dossier, pytest.raises(DossierError) as caught:
        dossier.claims()
    assert caught.value.kind is DossierErrorKind.TRUNCATED


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("before", '[{"id": 1, "id) --": 2}]'),
        ("before", "not json"),
        ("table_name", "sqlite_schema"),
    ],
)
def test_a_log_that_does_not_fit(closed: Path, column: str, value: str) -> None:
    with Dossier.open(closed) as dossier:
        dossier.rename_side(dossier.sides()[0].key, "North")
    altered(
        closed,
        lambda database: database.execute(
            f"UPDATE change SET {column} = ? WHERE id = (SELECT max(id) FROM change)", (value,)
        ),
    )
    with Dossier.open(closed) as dossier:
        with pytest.raises(DossierError) as caught:
            dossier.undo()
        assert caught.value.kind is DossierErrorKind.TRUNCATED
        assert dossier.sides()[0].name == "North"


def test_creating_over_a_file_is_refused(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(DossierError) as caught:
        Dossier.create(closed)
    assert caught.value.kind is DossierErrorKind.EXISTS
    assert closed.read_bytes() == before


def test_a_log_of_another_dossier_is_not_taken_for_that_of_a_new_one(tmp_path: Path) -> None:
    old, kept = tmp_path / "old.claimline", tmp_path / "kept.claimline-wal"
    with Dossier.create(old, "Old") as dossier:
        dossier.title = "Still old"
        shutil.copy(tmp_path / "old.claimline-wal", kept)
    with pytest.raises(DossierError) as caught:
        Dossier.create(tmp_path / "kept.claimline", "New")
    assert (caught.value.kind, caught.value.path) == (DossierErrorKind.EXISTS, kept)
    assert sorted(file.name for file in tmp_path.iterdir()) == [kept.name, old.name]
    with Dossier.open(old) as dossier, pytest.raises(DossierError) as caught:
        dossier.save_copy(tmp_path / "kept.claimline")
    assert caught.value.kind is DossierErrorKind.EXISTS
    kept.write_bytes(b"")
    (tmp_path / "kept.claimline-shm").write_bytes(bytes(32768))
    with Dossier.create(tmp_path / "kept.claimline", "New") as dossier:
        assert dossier.title == "New"


def test_a_copy_does_not_replace_a_dossier_that_is_open_elsewhere(
    dossier: Dossier, tmp_path: Path
) -> None:
    target = tmp_path / "elsewhere.claimline"
    Dossier.create(target, "Elsewhere").close()
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib, db; d = db.Dossier.open(pathlib.Path(sys.argv[1]));"
            "print(d.title, flush=True); sys.stdin.read()",
            target,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with held:
        assert held.stdout is not None
        assert held.stdin is not None
        assert held.stdout.readline() == b"Elsewhere\n"
        with pytest.raises(DossierError) as caught:
            dossier.save_copy(target)
        held.stdin.close()
    assert caught.value.kind is DossierErrorKind.LOCKED
    dossier.save_copy(target)
    with Dossier.open(target) as copy:
        assert copy.title == "Sample"


def test_creating_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DossierError) as caught:
        Dossier.create(tmp_path / "no" / "where.claimline")
    assert caught.value.kind is DossierErrorKind.UNREADABLE


def test_opened_for_reading_nothing_changes(closed: Path) -> None:
    before = closed.read_bytes()
    with Dossier.open(closed, read_only=True) as dossier:
        assert (dossier.read_only, dossier.read_only_reason) == (True, "asked")
        assert len(dossier.claims()) == 5
        with pytest.raises(DossierError) as caught:
            dossier.title = "Other"
        assert caught.value.kind is DossierErrorKind.READ_ONLY
        with pytest.raises(DossierError):
            dossier.record_import([FIRST], assemble([FIRST[1]]), [], started=FIRST[0].modified)
        with pytest.raises(DossierError):
            dossier.undo()
    assert closed.read_bytes() == before
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]


def test_a_reader_that_closes_last_leaves_the_writers_log(closed: Path) -> None:
    with Dossier.open(closed) as writer:
        with Dossier.open(closed, read_only=True) as reader:
            assert reader.title == "Sample"
        writer.title = "Written since"
        with Dossier.open(closed, read_only=True) as reader:
            assert reader.title == "Written since"
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]


def test_a_second_window_that_closes_last_leaves_nothing(closed: Path) -> None:
    with Dossier.open(closed) as writer:
        other = Dossier.open(closed)
        assert other.read_only_reason == "in-use"
        assert other.title == "Sample"
        writer.title = "Written"
    assert other.title == "Written"
    other.close()
    with Dossier.open(closed, read_only=True) as dossier:
        assert dossier.title == "Written"
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]


def test_read_only_media(closed: Path, tmp_path: Path) -> None:
    disc = tmp_path / "disc"
    disc.mkdir()
    shutil.copy(closed, disc)
    mounted = _mount_read_only(disc)
    if not mounted:
        disc.chmod(0o555)
        (disc / closed.name).chmod(0o444)
        if os.access(disc, os.W_OK):
            pytest.skip("nothing is read-only for this user and mounting is not allowed")
    try:
        with Dossier.open(disc / closed.name) as dossier:
            assert (dossier.read_only, dossier.read_only_reason) == (True, "not-writable")
            assert len(dossier.claims()) == 5
            assert dossier.search("mill").claim_ids
            dossier.save_copy(tmp_path / "copy.claimline")
        assert [file.name for file in disc.iterdir()] == [closed.name]
    finally:
        if mounted:
            subprocess.run(["umount", disc], check=True)
        disc.chmod(0o755)
    with Dossier.open(tmp_path / "copy.claimline") as copy:
        assert not copy.read_only
        copy.title = "Writable again"


def _mount_read_only(folder: Path) -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    bind = subprocess.run(["mount", "--bind", folder, folder], capture_output=True)
    if bind.returncode != 0:
        return False
    remount = subprocess.run(
        ["mount", "-o", "remount,bind,ro", folder, folder], capture_output=True
    )
    if remount.returncode != 0:
        subprocess.run(["umount", folder], check=True)
    return remount.returncode == 0


def test_nothing_is_left_beside_a_closed_dossier(closed: Path) -> None:
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]


def test_a_closed_dossier_says_so(dossier: Dossier) -> None:
    dossier.close()
    dossier.close()
    with pytest.raises(DossierError):
        dossier.claims()
    with pytest.raises(DossierError):
        dossier.title = "Other"


def test_save_copy(dossier: Dossier, tmp_path: Path) -> None:
    target = tmp_path / "copies of it.claimline"
    target.write_text("an older file")
    dossier.save_copy(target)
    dossier.title = "Went on"
    with Dossier.open(target) as copy:
        assert copy.title == "Sample"
        assert copy.claims() == dossier.claims()
        assert copy.undo_label == "Import gazette.txt"
        assert copy.check() == []
        with pytest.raises(DossierError) as caught:
            dossier.save_copy(target)
        assert caught.value.kind is DossierErrorKind.EXISTS
    with pytest.raises(DossierError) as caught:
        dossier.save_copy(tmp_path / "no" / "where.claimline")
    assert caught.value.kind is DossierErrorKind.UNREADABLE


def test_a_connection_offers_a_stranger_nothing_to_misuse(dossier: Dossier) -> None:
    with dossier._connections.reading() as database:
        for statement in (
            "ATTACH ':memory:' AS other",
            "SELECT load_extension('x')",
            "DELETE FROM setting",
        ):
            with pytest.raises(
                Exception, match=r"too many attached|not authorized|readonly|no such"
            ):
                database.driver.execute(statement)
        assert database.sql("PRAGMA trusted_schema").fetchone()[0] == 0
        assert database.sql("PRAGMA cell_size_check").fetchone()[0] == 1
