"""How a dossier's file gets from one schema version to the next.

``user_version`` counts the migrations that a file has seen, so it also tells a dossier that a
newer Claimline wrote. All pending ones run in one transaction together with the new version: a
crash on the way leaves the old dossier.

Peewee's own runner (``playhouse.migrations``) executes source files found by globbing a folder
and commits one by one: a frozen application has no such files, and its history table would be a
second truth beside ``user_version``. The modules here are imported by name instead; inside
``up`` they may use ``playhouse.migrate``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import peewee as pw

from db.database import Database
from db.migrations import (
    m0001_initial,
    m0002_claim_notes,
    m0003_scale,
    m0004_events_by_hand,
    m0005_import_queue,
    m0006_revisions,
    m0007_revision_changes,
)

Migration = Callable[[Database], None]

MIGRATIONS: tuple[Migration, ...] = (
    m0001_initial.up,
    m0002_claim_notes.up,
    m0003_scale.up,
    m0004_events_by_hand.up,
    m0005_import_queue.up,
    m0006_revisions.up,
    m0007_revision_changes.up,
)


def migrate(
    database: Database,
    migrations: Sequence[Migration] = MIGRATIONS,
    *,
    to: int | None = None,
) -> None:
    """Bring an open database to version ``to`` (the newest unless told).

    Foreign keys are off meanwhile, as altering tables needs it, and checked before the commit.
    Raises ``peewee.IntegrityError`` if a migration broke them.
    """
    target = len(migrations) if to is None else to
    database.sql("PRAGMA foreign_keys = OFF")
    try:
        with database.transaction_now():
            version = int(database.sql("PRAGMA user_version").fetchone()[0])
            for up in migrations[version:target]:
                up(database)
            if database.sql("PRAGMA foreign_key_check").fetchone() is not None:
                raise pw.IntegrityError("a migration left rows that refer to nothing")
            if target > version:
                database.sql(f"PRAGMA user_version = {target:d}")
    finally:
        database.sql("PRAGMA foreign_keys = ON")
