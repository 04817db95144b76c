"""Bytes come back bit for bit, or not at all."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import Dossier, DossierError, DossierErrorKind, content, journal
from db.database import Database
from db.migrations import migrate
from tests.db.samples import DAY, FIRST, assemble

HERE = Path("here.claimline")


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database("file::memory:")
    database.connect()
    migrate(database)
    yield database
    database.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200) | st.builds(lambda b: b * 50, st.binary(max_size=20)))
def test_any_bytes(database: Database, data: bytes) -> None:
    assert content.load(database, content.keep(database, data), HERE) == data
    assert content.keep(database, data) == content.keep(database, data)


def test_deflated_only_where_it_saves(database: Database) -> None:
    page = b"<p>again and again</p>" * 500
    noise = random.Random(3).randbytes(10_000)
    ids = [content.keep(database, data) for data in (page, noise)]
    stored = database.sql("SELECT codec, size, length(data) FROM content ORDER BY id").fetchall()
    assert stored[0][0] == "zlib"
    assert stored[0][2] < len(page) / 10
    assert stored[1] == ("raw", len(noise), len(noise))
    assert [content.load(database, n, HERE) for n in ids] == [page, noise]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE content SET data = x'00'",
        "UPDATE content SET size = 3",
        "UPDATE content SET codec = 'raw'",
        "UPDATE content SET sha256 = '0'",
    ],
)
def test_altered_bytes_are_refused(database: Database, statement: str) -> None:
    kept = content.keep(database, b"evidence " * 30)
    database.sql(statement)
    with pytest.raises(DossierError) as caught:
        content.load(database, kept, HERE)
    assert caught.value.kind is DossierErrorKind.TRUNCATED


def test_the_document_in_the_file_is_checked(dossier: Dossier) -> None:
    assert hashlib.sha256(dossier.document_bytes(1)).hexdigest() == FIRST[0].sha256
    with pytest.raises(KeyError):
        dossier.document_bytes(99)
    dossier.close()
    with sqlite3.connect(dossier.path) as raw:
        raw.execute("UPDATE content SET data = x'00'")
    raw.close()
    with Dossier.open(dossier.path) as altered, pytest.raises(DossierError):
        altered.document_bytes(1)


def test_spans_that_do_not_hold_are_named(dossier: Dossier) -> None:
    dossier.close()
    with sqlite3.connect(dossier.path) as raw:
        raw.execute("UPDATE claim_span SET start = start + 1 WHERE claim_id = 1 AND role = 'cue'")
        raw.execute("UPDATE quantity SET exact = '13'")
        raw.execute("UPDATE event_mention SET stop = 10000000")
        raw.execute("UPDATE time_expression SET exact = 'Nodes' WHERE id = 1")
    raw.close()
    with Dossier.open(dossier.path) as broken:
        found = broken.broken_spans(1)
        assert [line.split(":")[0] for line in found] == [
            "claim 1 (cue)",
            "claim 3 (killed)",
            "mention of event 2 (narration)",
            "time 0 (2031-04-12)",
        ]
        assert broken.broken_spans(2) == []
        assert set(found) <= set(broken.check())


def test_bytes_are_looked_through_only_where_a_forgotten_step_held_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []
    monkeypatch.setattr(journal, "collect_unused", lambda _: looks.append(None))
    with Dossier.create(tmp_path / "d.claimline") as dossier:
        dossier.record_import([FIRST], assemble([FIRST[1]]), [], started=DAY)
        dossier.title = "One"
        dossier.undo()
        dossier.title = "Another"
        assert not looks
        dossier.undo()
        dossier.undo()
        dossier.title = "Without it"
        assert len(looks) == 1
