"""The schema is what the models say, and old dossiers are brought up to date or left alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

import db.files
import db.migrations
import db.recognition
from db import Dossier, DossierError, DossierErrorKind
from db.database import Database
from db.migrations import MIGRATIONS, migrate
from db.models import LOGGED, UNLOGGED, column_names, table_name


def shape(connection: sqlite3.Connection, table: str) -> Any:
    columns = {
        (name, kind, bool(not_null or key), bool(key))
        for _, name, kind, not_null, _, key in connection.execute(f"PRAGMA table_info({table})")
    }
    keys = {
        (row[2], row[3], row[4]) for row in connection.execute(f"PRAGMA foreign_key_list({table})")
    }
    indexes = {
        (row[2], *(c[2] for c in connection.execute(f'PRAGMA index_info("{row[1]}")')))
        for row in connection.execute(f"PRAGMA index_list({table})")
    }
    return columns, keys, indexes


@pytest.mark.parametrize("model", [*LOGGED, *UNLOGGED], ids=table_name)
def test_the_migrated_schema_is_that_of_the_models(model: Any) -> None:
    migrated, modelled = Database("file::memory:"), Database("file::memory:")
    for database in (migrated, modelled):
        database.connect()
    try:
        migrate(migrated)
        with modelled.bind_ctx([*LOGGED, *UNLOGGED], bind_refs=False):
            modelled.create_tables([*LOGGED, *UNLOGGED])
        name = table_name(model)
        assert shape(migrated.driver, name) == shape(modelled.driver, name)
        assert {column[0] for column in shape(migrated.driver, name)[0]} == set(column_names(model))
    finally:
        migrated.close()
        modelled.close()


def a_later_one(database: Database) -> None:
    database.sql("CREATE TABLE remark (id INTEGER PRIMARY KEY NOT NULL, words TEXT) STRICT")
    database.sql("INSERT INTO remark (words) SELECT title FROM article_revision")


def a_broken_one(database: Database) -> None:
    database.sql("DELETE FROM document")


@pytest.fixture
def later_program(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A program that knows one migration more."""

    def become(migration: Any) -> None:
        migrations = (*MIGRATIONS, migration)
        for module in (db.files, db.recognition):
            monkeypatch.setattr(
                module, "migrate", lambda database, to=None: migrate(database, migrations, to=to)
            )
        monkeypatch.setattr("db.recognition.NEWEST", len(migrations))
        monkeypatch.setattr("db.dossier.NEWEST", len(migrations))
        db.recognition.expected_schema.cache_clear()

    yield become
    monkeypatch.undo()
    db.recognition.expected_schema.cache_clear()


def header_version(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def test_an_older_dossier_is_brought_up_to_date(dossier: Dossier, later_program: Any) -> None:
    dossier.close()
    later_program(a_later_one)
    with Dossier.open(dossier.path) as updated:
        assert len(updated.claims()) == 5
        assert updated.undo_label == "Import gazette.txt"
        with updated._connections.reading() as database:
            assert database.sql("SELECT count(*) FROM remark").fetchone()[0] == 2
    assert header_version(dossier.path) == len(MIGRATIONS) + 1


def test_it_is_newer_for_the_program_from_before(
    dossier: Dossier, later_program: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier.close()
    later_program(a_later_one)
    Dossier.open(dossier.path).close()
    monkeypatch.undo()
    db.recognition.expected_schema.cache_clear()
    with pytest.raises(DossierError) as caught:
        Dossier.open(dossier.path)
    assert caught.value.kind is DossierErrorKind.NEWER


def test_a_migration_that_fails_leaves_the_old_dossier(
    dossier: Dossier, later_program: Any
) -> None:
    dossier.close()
    before = dossier.path.read_bytes()
    later_program(a_broken_one)
    with pytest.raises(Exception, match="refer to nothing"):
        Dossier.open(dossier.path)
    assert dossier.path.read_bytes() == before


def test_an_older_dossier_that_cannot_be_written(dossier: Dossier, later_program: Any) -> None:
    dossier.close()
    before = dossier.path.read_bytes()
    later_program(a_later_one)
    with pytest.raises(DossierError) as caught:
        Dossier.open(dossier.path, read_only=True)
    assert caught.value.kind is DossierErrorKind.READ_ONLY
    assert dossier.path.read_bytes() == before


def test_a_dossier_of_the_first_version_can_be_opened_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "old.claimline"
    first = Database(str(path))
    first.connect()
    migrate(first, to=1)
    first.sql(f"PRAGMA application_id = {db.recognition.APPLICATION_ID}")
    first.close()
    with Dossier.open(path) as updated:
        assert updated.claims() == []
    assert header_version(path) == len(MIGRATIONS)


def test_what_was_searchable_before_scale_is_searchable_after_it(
    dossier: Dossier, tmp_path: Path
) -> None:
    words = next(row.content for row in dossier.claims() if row.content)
    dossier.close()
    old = Database(str(tmp_path / "second.claimline"))
    old.connect()
    migrate(old, to=2)
    old.sql(f"PRAGMA application_id = {db.recognition.APPLICATION_ID}")
    old.sql("PRAGMA foreign_keys = OFF")
    old.sql(f"ATTACH '{dossier.path}' AS source")
    tables = [row[0] for row in old.sql("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
    with old.transaction_now():
        for name in tables:
            if "_search" not in name:
                old.sql(f'INSERT INTO main."{name}" SELECT * FROM source."{name}"')
        old.sql("INSERT INTO claim_note (claim_id, starred, note) VALUES (1, 1, 'ask the clerk')")
    old.close()
    with Dossier.open(tmp_path / "second.claimline") as updated:
        assert updated.search(words).claim_ids
        with updated._connections.reading() as database:
            found = database.sql("SELECT rowid FROM note_search WHERE note_search MATCH 'clerk'")
            assert len(found.fetchall()) == 1
        assert updated.check() == []
