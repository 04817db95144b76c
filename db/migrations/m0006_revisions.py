"""Which documents an article was read from, and claims that its present text lacks."""

from __future__ import annotations

from db.database import Database

SCHEMA = """
CREATE TABLE article_document (
    id INTEGER NOT NULL PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    article_id INTEGER NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    place TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX article_document_document_id ON article_document (document_id);
CREATE INDEX article_document_article_id ON article_document (article_id);
CREATE TABLE claim_revision (
    id INTEGER NOT NULL PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
    revision_id INTEGER NOT NULL REFERENCES article_revision (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX claim_revision_claim_id ON claim_revision (claim_id);
CREATE INDEX claim_revision_revision_id ON claim_revision (revision_id);
"""


def up(database: Database) -> None:
    # What is there already gets no rows: taking back its import would leave them behind.
    database.script(SCHEMA)
