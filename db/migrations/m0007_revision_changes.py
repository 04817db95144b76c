"""What became of claims from one version of an article to the next, and what was decided on it."""

from __future__ import annotations

from db.database import Database

SCHEMA = """
CREATE TABLE revision_change (
    id INTEGER NOT NULL PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    old_cue INTEGER,
    new_cue INTEGER,
    verdict TEXT NOT NULL
) STRICT;
CREATE INDEX revision_change_article_id ON revision_change (article_id);
"""


def up(database: Database) -> None:
    # Versions that are there already get no rows: nobody is asked about what is long known.
    database.script(SCHEMA)
