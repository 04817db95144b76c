"""Whether a file is a dossier that this version may open, found out without changing a byte.

The header is read as plain bytes first, so SQLite never touches a stranger's file (opening one
with a write-ahead log beside it may already write). Only then the rest is checked on a
connection that cannot write: version, schema (a dossier from someone else may hold triggers or
views of its own, so it must match ours object by object) and pages.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
from functools import lru_cache
from pathlib import Path

from db.database import Database
from db.errors import DossierError, DossierErrorKind, dossier_errors
from db.migrations import MIGRATIONS, migrate

APPLICATION_ID = 0x434C4D4C  # "CLML"
NEWEST = len(MIGRATIONS)

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
# Beyond this, reading all pages would be felt at each start; ``Dossier.check`` does it on demand.
_CHECK_WHOLE_UP_TO = 64 * 1024 * 1024

_SHADOWS = ("_data", "_idx", "_docsize", "_config", "_content")


def wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def journal_of(path: Path) -> Path:
    """Of a dossier that another program took out of write-ahead mode."""
    return path.with_name(path.name + "-journal")


def check_header(path: Path) -> None:
    """Check what the first 100 bytes and the size tell.

    Raises ``DossierError``: ``unreadable``, ``not-a-dossier``, ``newer``, ``truncated``. Do not
    call it for a file that this process has open: closing a file drops the process's locks.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DossierError(DossierErrorKind.NOT_A_DOSSIER, path, "not a file")
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise DossierError(
            DossierErrorKind.UNREADABLE, path, error.strerror or str(error)
        ) from error
    if not header or not header.startswith(_MAGIC[: len(header)]):
        raise DossierError(DossierErrorKind.NOT_A_DOSSIER, path)
    if len(header) < _HEADER:
        raise DossierError(DossierErrorKind.TRUNCATED, path)
    (page_size,) = struct.unpack(">H", header[16:18])
    (page_count,) = struct.unpack(">I", header[28:32])
    version, application = struct.unpack(">I4xI", header[60:72])
    if application != APPLICATION_ID:
        raise DossierError(DossierErrorKind.NOT_A_DOSSIER, path)
    _check_version(path, version)
    size = 65536 if page_size == 1 else page_size
    # A log that was left behind may hold the missing pages; SQLite will judge then.
    logged = has_content(wal_of(path)) or has_content(journal_of(path))
    if not logged and status.st_size < size * page_count:
        raise DossierError(
            DossierErrorKind.TRUNCATED, path, f"{status.st_size} of {size * page_count} bytes"
        )


def has_content(path: Path) -> bool:
    try:
        return os.stat(path).st_size > 0
    except OSError:
        return False


def _check_version(path: Path, version: int) -> None:
    if version > NEWEST:
        raise DossierError(
            DossierErrorKind.NEWER, path, f"version {version}, this program knows {NEWEST}"
        )
    if version < 1:
        raise DossierError(DossierErrorKind.NOT_A_DOSSIER, path, f"version {version}")


def check_content(path: Path, database: Database) -> int:
    """Check version, schema and pages on an open connection; return the schema version.

    Raises ``DossierError``: ``newer``, ``not-a-dossier``, ``truncated``.
    """
    with dossier_errors(path):
        version = int(database.sql("PRAGMA user_version").fetchone()[0])
        _check_version(path, version)
        found = _schema_of(database.driver)
        if found != expected_schema(version):
            strange = sorted(name for _, name, _ in found ^ expected_schema(version))
            raise DossierError(
                DossierErrorKind.NOT_A_DOSSIER, path, "schema: " + ", ".join(strange[:5])
            )
        if path.stat().st_size <= _CHECK_WHOLE_UP_TO:
            verdict = str(database.sql("PRAGMA quick_check(1)").fetchone()[0])
            if verdict != "ok":
                raise DossierError(DossierErrorKind.TRUNCATED, path, verdict)
    return version


@lru_cache(maxsize=4)
def expected_schema(version: int) -> frozenset[tuple[str, str, str]]:
    """Every object that a dossier of this version holds, as (type, name, SQL)."""
    database = Database("file::memory:")
    database.connect()
    try:
        migrate(database, to=version)
        return _schema_of(database.driver)
    finally:
        database.close()


def _schema_of(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema").fetchall()
    indexes = tuple(name for _, name, sql in rows if sql.upper().startswith("CREATE VIRTUAL TABLE"))
    # The statements of a full-text index's own tables differ between versions of SQLite.
    shadows = {index + suffix for index in indexes for suffix in _SHADOWS}
    return frozenset((kind, name, "" if name in shadows else sql) for kind, name, sql in rows)
