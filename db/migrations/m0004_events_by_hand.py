"""Which event a person put a claim in, and what a person says of an event."""

from __future__ import annotations

from db.database import Database

SCHEMA = """
CREATE TABLE claim_placing (
    id INTEGER NOT NULL PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
    event_id INTEGER NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX claim_placing_claim_id ON claim_placing (claim_id);
CREATE INDEX claim_placing_event_id ON claim_placing (event_id);
CREATE TABLE event_decision (
    id INTEGER NOT NULL PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    label TEXT NOT NULL,
    dated INTEGER NOT NULL,
    when_earliest TEXT,
    when_latest TEXT,
    when_precision TEXT,
    when_open INTEGER,
    when_basis TEXT
) STRICT;
CREATE UNIQUE INDEX event_decision_event_id ON event_decision (event_id);
"""


def up(database: Database) -> None:
    database.script(SCHEMA)
