"""Notes and stars that a person puts on claims."""

from __future__ import annotations

from db.database import Database


def up(database: Database) -> None:
    database.sql(
        "CREATE TABLE claim_note ("
        " id INTEGER NOT NULL PRIMARY KEY,"
        " claim_id INTEGER NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,"
        " starred INTEGER NOT NULL,"
        " note TEXT NOT NULL"
        ") STRICT"
    )
    database.sql("CREATE UNIQUE INDEX claim_note_claim_id ON claim_note (claim_id)")
