"""Files of an import that are still to be read, so that it can go on after a crash."""

from __future__ import annotations

from db.database import Database

SCHEMA = """
CREATE TABLE queued_file (
    id INTEGER NOT NULL PRIMARY KEY,
    run_id INTEGER NOT NULL,
    path TEXT NOT NULL
) STRICT;
CREATE INDEX queued_file_run_id ON queued_file (run_id);
"""


def up(database: Database) -> None:
    database.script(SCHEMA)
