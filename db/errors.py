"""What can be wrong with a dossier, in kinds that a window can turn into words and a remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import msgspec
import peewee


class DossierErrorKind(StrEnum):
    """``damaged`` content of a file that is whole is reported as ``truncated`` too."""

    NOT_A_DOSSIER = "not-a-dossier"
    NEWER = "newer"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    ELSEWHERE = "elsewhere"
    DISK_FULL = "disk-full"
    EXISTS = "exists"
    STALE = "stale"


class DossierError(Exception):
    """A dossier cannot be opened, read or written; ``detail`` says more than the kind does."""

    def __init__(self, kind: DossierErrorKind | str, path: Path, detail: str = "") -> None:
        self.kind = DossierErrorKind(kind)
        self.path = path
        self.detail = detail
        super().__init__(f"{path.name}: {self.kind} {detail}".strip())


_KINDS = {
    sqlite3.SQLITE_FULL: DossierErrorKind.DISK_FULL,
    sqlite3.SQLITE_READONLY: DossierErrorKind.READ_ONLY,
    sqlite3.SQLITE_BUSY: DossierErrorKind.LOCKED,
    sqlite3.SQLITE_LOCKED: DossierErrorKind.LOCKED,
    sqlite3.SQLITE_CORRUPT: DossierErrorKind.TRUNCATED,
    sqlite3.SQLITE_NOTADB: DossierErrorKind.NOT_A_DOSSIER,
    sqlite3.SQLITE_IOERR: DossierErrorKind.UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: DossierErrorKind.UNREADABLE,
    sqlite3.SQLITE_PERM: DossierErrorKind.UNREADABLE,
}
# The shared-memory file of the write-ahead log cannot grow: SQLite has no "full" for that.
_FULL = {sqlite3.SQLITE_IOERR_SHMSIZE}


def _driver_error(error: BaseException) -> sqlite3.Error | None:
    """Peewee wraps the driver's own error, which has the code."""
    inner = getattr(error, "orig", error)
    return inner if isinstance(inner, sqlite3.Error) else None


@contextmanager
def dossier_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite, the disk or a malformed row raises into ``DossierError``.

    Errors that only a mistake of ours can cause (a broken constraint, a bad statement) pass
    through as they are.
    """
    try:
        yield
    except (sqlite3.Error, peewee.PeeweeException) as error:
        driver = _driver_error(error)
        code = getattr(driver, "sqlite_errorcode", None)
        if code is None:
            raise
        kind = DossierErrorKind.DISK_FULL if code in _FULL else _KINDS.get(code & 0xFF)
        if kind is None:
            raise
        raise DossierError(kind, path, str(driver)) from error
    except msgspec.DecodeError as error:
        raise DossierError(DossierErrorKind.TRUNCATED, path, str(error)) from error
