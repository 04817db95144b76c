"""Views to come back to, Admiralty codes, and what large dossiers need to open and search fast."""

from __future__ import annotations

from db.database import Database

SCHEMA = """
CREATE TABLE saved_view (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_view_name ON saved_view (name);
CREATE TABLE actor_rating (
    id INTEGER NOT NULL PRIMARY KEY,
    actor_id INTEGER NOT NULL REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
    reliability TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX actor_rating_actor_id ON actor_rating (actor_id);
CREATE TABLE outlet_rating (
    id INTEGER NOT NULL PRIMARY KEY,
    outlet TEXT NOT NULL,
    reliability TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX outlet_rating_outlet ON outlet_rating (outlet);
CREATE TABLE claim_rating (
    id INTEGER NOT NULL PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
    credibility INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX claim_rating_claim_id ON claim_rating (claim_id);
CREATE TABLE packed (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX packed_name ON packed (name);
CREATE TABLE touched (
    id INTEGER NOT NULL PRIMARY KEY,
    data TEXT NOT NULL
) STRICT;
DROP TRIGGER claim_search_insert;
DROP TRIGGER claim_search_delete;
DROP TRIGGER claim_search_update;
DROP TABLE claim_search;
CREATE VIRTUAL TABLE claim_search USING fts5(
    speaker, content, content='claim', content_rowid='id', prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER claim_search_insert AFTER INSERT ON claim BEGIN
    INSERT INTO claim_search(rowid, speaker, content)
    VALUES (new.id, new.speaker, new.content);
END;
CREATE TRIGGER claim_search_delete AFTER DELETE ON claim BEGIN
    INSERT INTO claim_search(claim_search, rowid, speaker, content)
    VALUES ('delete', old.id, old.speaker, old.content);
END;
CREATE TRIGGER claim_search_update AFTER UPDATE OF id, speaker, content ON claim BEGIN
    INSERT INTO claim_search(claim_search, rowid, speaker, content)
    VALUES ('delete', old.id, old.speaker, old.content);
    INSERT INTO claim_search(rowid, speaker, content)
    VALUES (new.id, new.speaker, new.content);
END;
INSERT INTO claim_search(claim_search) VALUES ('rebuild');
CREATE VIRTUAL TABLE note_search USING fts5(
    note, content='claim_note', content_rowid='id', prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER note_search_insert AFTER INSERT ON claim_note BEGIN
    INSERT INTO note_search(rowid, note) VALUES (new.id, new.note);
END;
CREATE TRIGGER note_search_delete AFTER DELETE ON claim_note BEGIN
    INSERT INTO note_search(note_search, rowid, note) VALUES ('delete', old.id, old.note);
END;
CREATE TRIGGER note_search_update AFTER UPDATE OF id, note ON claim_note BEGIN
    INSERT INTO note_search(note_search, rowid, note) VALUES ('delete', old.id, old.note);
    INSERT INTO note_search(rowid, note) VALUES (new.id, new.note);
END;
INSERT INTO note_search(note_search) VALUES ('rebuild');
"""


def up(database: Database) -> None:
    database.script(SCHEMA)
