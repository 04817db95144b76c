"""The first schema. Frozen: later changes are later migrations."""

from __future__ import annotations

from db.database import Database

SCHEMA = """
CREATE TABLE setting (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX setting_name ON setting (name);
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY NOT NULL,
    started TEXT NOT NULL,
    finished TEXT NOT NULL,
    cancelled INTEGER NOT NULL
) STRICT;
CREATE TABLE import_problem (
    id INTEGER PRIMARY KEY NOT NULL,
    run_id INTEGER NOT NULL REFERENCES import_run (id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    file TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX import_problem_run_id ON import_problem (run_id);
CREATE TABLE document (
    id INTEGER PRIMARY KEY NOT NULL,
    run_id INTEGER NOT NULL REFERENCES import_run (id) DEFERRABLE INITIALLY DEFERRED,
    content_id INTEGER NOT NULL REFERENCES content (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    mime TEXT NOT NULL,
    modified TEXT
) STRICT;
CREATE INDEX document_content_id ON document (content_id);
CREATE INDEX document_run_id ON document (run_id);
CREATE UNIQUE INDEX document_sha256 ON document (sha256);
CREATE TABLE article (
    id INTEGER PRIMARY KEY NOT NULL,
    document_id INTEGER NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    revision_id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    file TEXT NOT NULL
) STRICT;
CREATE INDEX article_document_id ON article (document_id);
CREATE UNIQUE INDEX article_key ON article ("key");
CREATE TABLE article_revision (
    id INTEGER PRIMARY KEY NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    byline TEXT,
    language TEXT,
    published_start TEXT,
    published_end TEXT,
    published_precision TEXT NOT NULL,
    published_basis TEXT NOT NULL,
    published_assumed TEXT NOT NULL,
    published_reasons TEXT NOT NULL,
    warnings TEXT NOT NULL,
    rules_version INTEGER NOT NULL,
    reading_id INTEGER NOT NULL REFERENCES content (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX article_revision_article_id ON article_revision (article_id);
CREATE INDEX article_revision_reading_id ON article_revision (reading_id);
CREATE TABLE block (
    id INTEGER PRIMARY KEY NOT NULL,
    revision_id INTEGER NOT NULL REFERENCES article_revision (id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX block_revision_id ON block (revision_id);
CREATE TABLE time_expression (
    id INTEGER PRIMARY KEY NOT NULL,
    when_earliest TEXT,
    when_latest TEXT,
    when_precision TEXT,
    when_open INTEGER,
    when_basis TEXT,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    exact TEXT NOT NULL,
    revision_id INTEGER NOT NULL REFERENCES article_revision (id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    mod TEXT,
    anchor TEXT NOT NULL
) STRICT;
CREATE INDEX time_expression_revision_id ON time_expression (revision_id);
CREATE TABLE side (
    id INTEGER PRIMARY KEY NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    name_by_user INTEGER NOT NULL,
    bound INTEGER NOT NULL,
    color_light TEXT NOT NULL,
    color_dark TEXT NOT NULL,
    principals TEXT NOT NULL,
    reasons TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX side_key ON side ("key");
CREATE TABLE actor (
    id INTEGER PRIMARY KEY NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    side_by_user INTEGER NOT NULL,
    aliases TEXT NOT NULL,
    member_of_id INTEGER REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
    reasons TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX actor_key ON actor ("key");
CREATE INDEX actor_member_of_id ON actor (member_of_id);
CREATE TABLE event (
    id INTEGER PRIMARY KEY NOT NULL,
    when_earliest TEXT,
    when_latest TEXT,
    when_precision TEXT,
    when_open INTEGER,
    when_basis TEXT,
    label TEXT NOT NULL,
    type TEXT NOT NULL,
    places TEXT NOT NULL,
    reasons TEXT NOT NULL
) STRICT;
CREATE TABLE event_participant (
    id INTEGER PRIMARY KEY NOT NULL,
    event_id INTEGER NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    actor_key TEXT NOT NULL,
    role TEXT NOT NULL
) STRICT;
CREATE INDEX event_participant_event_id ON event_participant (event_id);
CREATE TABLE event_mention (
    id INTEGER PRIMARY KEY NOT NULL,
    when_earliest TEXT,
    when_latest TEXT,
    when_precision TEXT,
    when_open INTEGER,
    when_basis TEXT,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    exact TEXT NOT NULL,
    event_id INTEGER NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    reasons TEXT NOT NULL
) STRICT;
CREATE INDEX event_mention_article_id ON event_mention (article_id);
CREATE INDEX event_mention_event_id ON event_mention (event_id);
CREATE TABLE claim (
    id INTEGER PRIMARY KEY NOT NULL,
    when_earliest TEXT,
    when_latest TEXT,
    when_precision TEXT,
    when_open INTEGER,
    when_basis TEXT,
    article_id INTEGER NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    event_id INTEGER REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    actor_id INTEGER REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
    side TEXT NOT NULL,
    act TEXT NOT NULL,
    form TEXT NOT NULL,
    speaker TEXT NOT NULL,
    content TEXT NOT NULL,
    said_earliest TEXT,
    said_latest TEXT,
    said_precision TEXT,
    said_open INTEGER,
    said_basis TEXT,
    places TEXT NOT NULL,
    verification TEXT NOT NULL,
    nested_in_id INTEGER REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
    review TEXT NOT NULL,
    reasons TEXT NOT NULL
) STRICT;
CREATE INDEX claim_actor_id ON claim (actor_id);
CREATE INDEX claim_article_id ON claim (article_id);
CREATE INDEX claim_event_id ON claim (event_id);
CREATE INDEX claim_nested_in_id ON claim (nested_in_id);
CREATE TABLE claim_span (
    id INTEGER PRIMARY KEY NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    exact TEXT NOT NULL,
    claim_id INTEGER NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL,
    ordinal INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_span_claim_id ON claim_span (claim_id);
CREATE TABLE quantity (
    id INTEGER PRIMARY KEY NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    exact TEXT NOT NULL,
    claim_id INTEGER NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    measure TEXT NOT NULL,
    low REAL,
    high REAL,
    approximate INTEGER NOT NULL,
    scope TEXT NOT NULL,
    bearer TEXT,
    part_of INTEGER
) STRICT;
CREATE INDEX quantity_claim_id ON quantity (claim_id);
CREATE TABLE relation (
    id INTEGER PRIMARY KEY NOT NULL,
    type TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
    target_id INTEGER NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
    score REAL NOT NULL,
    possible INTEGER NOT NULL,
    review TEXT NOT NULL,
    reasons TEXT NOT NULL
) STRICT;
CREATE INDEX relation_source_id ON relation (source_id);
CREATE INDEX relation_target_id ON relation (target_id);
CREATE TABLE content (
    id INTEGER PRIMARY KEY NOT NULL,
    sha256 TEXT NOT NULL,
    codec TEXT NOT NULL,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX content_sha256 ON content (sha256);
CREATE TABLE step (
    id INTEGER PRIMARY KEY NOT NULL,
    label TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    undone INTEGER NOT NULL
) STRICT;
CREATE TABLE change (
    id INTEGER PRIMARY KEY NOT NULL,
    step_id INTEGER NOT NULL REFERENCES step (id) DEFERRABLE INITIALLY DEFERRED,
    table_name TEXT NOT NULL,
    op TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX change_step_id ON change (step_id);
CREATE VIRTUAL TABLE claim_search USING fts5(
    speaker, content, content='claim', content_rowid='id',
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
CREATE VIRTUAL TABLE article_search USING fts5(
    title, text, content='article_revision', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_search_insert AFTER INSERT ON article_revision BEGIN
    INSERT INTO article_search(rowid, title, text)
    VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER article_search_delete AFTER DELETE ON article_revision BEGIN
    INSERT INTO article_search(article_search, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER article_search_update AFTER UPDATE OF id, title, text ON article_revision BEGIN
    INSERT INTO article_search(article_search, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO article_search(rowid, title, text)
    VALUES (new.id, new.title, new.text);
END;
CREATE VIRTUAL TABLE actor_search USING fts5(
    name, aliases, content='actor', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER actor_search_insert AFTER INSERT ON actor BEGIN
    INSERT INTO actor_search(rowid, name, aliases)
    VALUES (new.id, new.name, new.aliases);
END;
CREATE TRIGGER actor_search_delete AFTER DELETE ON actor BEGIN
    INSERT INTO actor_search(actor_search, rowid, name, aliases)
    VALUES ('delete', old.id, old.name, old.aliases);
END;
CREATE TRIGGER actor_search_update AFTER UPDATE OF id, name, aliases ON actor BEGIN
    INSERT INTO actor_search(actor_search, rowid, name, aliases)
    VALUES ('delete', old.id, old.name, old.aliases);
    INSERT INTO actor_search(rowid, name, aliases)
    VALUES (new.id, new.name, new.aliases);
END;
"""


def up(database: Database) -> None:
    database.script(SCHEMA)
