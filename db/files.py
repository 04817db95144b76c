"""The files of a dossier: making, checking, locking, updating and copying them."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from db import edits
from db.connection import connect
from db.database import Database
from db.errors import DossierError, DossierErrorKind, dossier_errors
from db.lock import WriterLock
from db.migrations import migrate
from db.models import Setting, Side
from db.recognition import APPLICATION_ID, check_content, has_content, journal_of, wal_of
from db.rowwriting import insert_rows
from db.shared import is_shared
from extraction.model import SideKey

_SIDES = (SideKey.A, SideKey.B, SideKey.THIRD)


def write_empty(path: Path, title: str) -> None:
    """Make an empty dossier; it appears at ``path`` when it is complete.

    Raises ``DossierError``: ``exists``, ``unreadable``, ``disk-full``.
    """
    if path.exists():
        raise DossierError(DossierErrorKind.EXISTS, path)
    part = _part_of(path)
    try:
        _clear_away_log(path)
        part.unlink(missing_ok=True)
        _fill(part, title)
        os.rename(part, path)
    except FileExistsError as error:
        raise DossierError(DossierErrorKind.EXISTS, path) from error
    except OSError as error:
        raise of_os_error(error, path) from error
    except DossierError as error:
        if error.kind is DossierErrorKind.EXISTS:
            raise
        raise DossierError(error.kind, path, error.detail) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}-part")


def of_os_error(error: OSError, path: Path) -> DossierError:
    """What an error of the system's means for a dossier."""
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    kind = DossierErrorKind.DISK_FULL if is_full else DossierErrorKind.UNREADABLE
    return DossierError(kind, path, error.strerror or str(error))


def _clear_away_log(path: Path) -> None:
    """Make sure that no log of another dossier lies where one is about to appear.

    SQLite would take it for the new one's own. One that holds something may be all that is left
    of a dossier, so it is not removed: ``DossierError`` (``exists``) names it. Raises ``OSError``.
    """
    log = wal_of(path)
    if has_content(log):
        raise DossierError(DossierErrorKind.EXISTS, log, "the log of another dossier")
    for file in (log, path.with_name(path.name + "-shm")):
        file.unlink(missing_ok=True)


def _fill(part: Path, title: str) -> None:
    """The application's mark and the schema go into the file itself before the log exists."""
    database = connect(part, "rwc")
    try:
        with dossier_errors(part):
            database.sql(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate(database)
            with database.snapshot():
                insert_rows(database, Side, [_new_side(n, key) for n, key in enumerate(_SIDES, 1)])
                insert_rows(database, Setting, [{"id": 1, "name": edits.TITLE, "value": title}])
            database.sql("PRAGMA journal_mode = WAL")
    finally:
        database.close()


def _new_side(row_id: int, key: SideKey) -> dict[str, object]:
    return {
        "id": row_id,
        "key": key.value,
        "name": "",
        "name_by_user": 0,
        "bound": 0,
        "color_light": "",
        "color_dark": "",
        "principals": "[]",
        "reasons": "[]",
    }


def check(path: Path) -> int:
    """Check the content without leaving a trace; return the schema version."""
    if has_content(journal_of(path)):
        _roll_back(path)
    # Without a log nobody has the file open, and SQLite need not make files beside it.
    database = connect(path, "ro", immutable=not wal_of(path).exists() or is_at_rest(path))
    try:
        return check_content(path, database)
    finally:
        database.close()


def _roll_back(path: Path) -> None:
    """Let SQLite undo a write that was broken off, in a file that another program took out of
    write-ahead mode: what stands in it is neither the state before nor the one after.

    Raises ``DossierError`` (``unreadable``) where nothing can be written.
    """
    if not _is_writable(path):
        raise DossierError(DossierErrorKind.UNREADABLE, path, "a write was broken off")
    database = connect(path, "rw")
    try:
        with dossier_errors(path):
            database.sql("PRAGMA schema_version")
            database.sql("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    finally:
        database.close()


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def is_at_rest(path: Path) -> bool:
    """Whether it lies where nobody can write and has no log, so that it cannot change."""
    return not has_content(wal_of(path)) and not _is_writable(path)


def lock_for(path: Path, read_only: bool) -> tuple[WriterLock | None, str]:
    """The writer's lock, or why there is none.

    Raises ``DossierError`` (``elsewhere``) for one in a network folder that somebody has open.
    """
    if not _is_writable(path):
        return None, "not-writable"
    shared = is_shared(path)
    if read_only and not shared:
        return None, "asked"
    try:
        lock = WriterLock.acquire(path)
    except sqlite3.Error:
        return None, "not-writable"
    if lock is None and shared:
        raise DossierError(DossierErrorKind.ELSEWHERE, path)
    return (lock, "asked" if read_only else "") if lock is not None else (None, "in-use")


def tidy(path: Path, *, whole: bool) -> None:
    """Let SQLite take away the log that reading has left, unless somebody else needs it.

    The last writing connection to close does that; a reading one may not. ``whole`` also brings
    what stands in the log into the file, as after a writer that closed before its readers.
    """
    log = wal_of(path)
    if not log.exists() or not _is_writable(path) or (has_content(log) and not whole):
        return
    with suppress(sqlite3.Error, DossierError, OSError):
        database = connect(path, "rw")
        try:
            database.sql("PRAGMA schema_version")
        finally:
            database.close()


def bring_up_to_date(path: Path) -> None:
    database = connect(path, "rw")
    try:
        with dossier_errors(path):
            migrate(database)
            # So that the file's own header tells its version, without the log.
            database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()


# Closing a file that SQLite has open in the same process would drop SQLite's locks on it (POSIX),
# so a dossier that is open here is never opened as a plain file.
_here: Counter[tuple[int, int]] = Counter()
_here_lock = threading.Lock()


def _identity_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def is_open_here(path: Path) -> bool:
    with _here_lock:
        return _here[_identity_of(path) or (0, 0)] > 0


def opened(path: Path) -> tuple[int, int] | None:
    identity = _identity_of(path)
    if identity is not None:
        with _here_lock:
            _here[identity] += 1
    return identity


def closed(identity: tuple[int, int]) -> None:
    with _here_lock:
        _here[identity] -= 1


def copy_to(database: Database, path: Path) -> None:
    """Copy an open dossier through SQLite's backup; ``path`` is replaced as a whole.

    Raises ``DossierError``: ``disk-full``, ``unreadable``, ``exists`` (a dossier open here, or a
    log that may hold the rest of another one), ``locked`` (a dossier open elsewhere).
    """
    if is_open_here(path):
        raise DossierError(DossierErrorKind.EXISTS, path, "this dossier is open")
    if path.exists() and _is_writable(path):
        lock, reason = lock_for(path, False)
        if lock is not None:
            lock.release()
        elif reason == "in-use":
            raise DossierError(DossierErrorKind.LOCKED, path, "it is open elsewhere")
    copy_into(database, path)


PAGES_AT_ONCE = 4_000


def copy_into(database: Database, path: Path, stopped: Callable[[], bool] = lambda: False) -> None:
    """Copy an open dossier to where none is open; ``path`` is replaced as a whole.

    Raises ``DossierError``: ``disk-full``, ``unreadable``, ``exists`` (a log that may hold the
    rest of another one), and ``InterruptedError`` once ``stopped`` says so.
    """
    part = _part_of(path)

    def go_on(*_: int) -> None:
        if stopped():
            raise InterruptedError

    try:
        _clear_away_log(path)
        part.unlink(missing_ok=True)
        with dossier_errors(path):
            target = sqlite3.connect(part, isolation_level=None)
            try:
                database.driver.backup(target, pages=PAGES_AT_ONCE, progress=go_on)
            finally:
                target.close()
        os.replace(part, path)
    except InterruptedError:
        raise
    except OSError as error:
        raise of_os_error(error, path) from error
    finally:
        with suppress(OSError):
            part.unlink()
