"""Connections to one dossier: many readers, one writer, any thread.

Reading borrows a connection for the length of one read and gives it back, so no connection
hangs on a thread that ends. A read is one transaction: it sees one state of the dossier even
while a write is under way (write-ahead log). The writer's connection is used by one thread at
a time; inside a write the same thread also reads through it and sees what it has written.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import peewee

from db.database import Database
from db.errors import DossierError, DossierErrorKind, dossier_errors

BUSY_SECONDS = 5.0

GIVES_WAY = 0.2
"""Seconds that one write waits at most for another to begin."""

BROKEN_OFF = 0.02
"""Seconds that closing waits for a read before it is broken off, again and again."""

_READ = (("trusted_schema", 0), ("cell_size_check", 1), ("query_only", 1))
# Our triggers feed the full-text indexes, which older SQLite counts as unsafe. The schema
# is compared with ours, object by object, before a writer is opened (``db.recognition``).
_WRITE = (
    ("trusted_schema", 1),
    ("cell_size_check", 1),
    ("foreign_keys", 1),
    ("synchronous", "normal"),
    ("journal_size_limit", 64 * 1024 * 1024),
)

# A dossier may be a stranger's: what no dossier of ours needs is not there to be misused.
# Extensions cannot be loaded as long as nobody allows it.
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 1 << 30),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 8),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
)


def uri_of(path: Path, mode: str, *, immutable: bool = False) -> str:
    """SQLite's address of a file; ``mode`` is ``ro``, ``rw`` or ``rwc``."""
    name = path.absolute().as_posix()
    rooted = name if name.startswith("/") else "/" + name
    return f"file://{quote(rooted)}?mode={mode}" + ("&immutable=1" if immutable else "")


def connect(path: Path, mode: str, *, immutable: bool = False) -> Database:
    """Open one connection, with the pragmas that reading or writing needs."""
    database = Database(
        uri_of(path, mode, immutable=immutable),
        pragmas=_READ if mode == "ro" else _WRITE,
        timeout=BUSY_SECONDS,
    )
    with dossier_errors(path):
        database.connect()
    connection: sqlite3.Connection = database.driver
    for limit, most in _LIMITS:
        connection.setlimit(limit, most)
    # From Python 3.12 on: no statement may reach behind SQLite's own tables.
    setconfig = getattr(connection, "setconfig", None)
    if setconfig is not None:
        setconfig(1010, True)  # SQLITE_DBCONFIG_DEFENSIVE
    return database


def _writer_of(path: Path) -> Database:
    """A connection for writing, with a log that others can read beside.

    Every dossier has one, unless another program has changed it.
    """
    database = connect(path, "rw")
    try:
        with dossier_errors(path):
            database.sql("PRAGMA journal_mode = WAL").fetchone()
    except BaseException:
        database.close()
        raise
    return database


class Connections:
    """The connections of one open dossier. ``immutable`` is for media that nobody can write."""

    def __init__(self, path: Path, *, read_only: bool, immutable: bool = False) -> None:
        self._path = path
        self._immutable = immutable
        self._idle: list[Database] = []
        self._held: dict[Database, threading.RLock] = {}
        self._idle_lock = threading.Lock()
        self._write_lock = threading.RLock()
        self._writer = None if read_only else _writer_of(path)
        self._writing_thread: int | None = None
        self._waiting = 0
        self._closed = False

    @property
    def path(self) -> Path:
        return self._path

    @property
    def is_closed(self) -> bool:
        return self._closed

    @property
    def is_writing_here(self) -> bool:
        """Whether the calling thread is inside a write."""
        return self._writing_thread == threading.get_ident()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """A connection inside a read transaction. Raises ``DossierError``."""
        if self.is_writing_here and self._writer is not None:
            with dossier_errors(self._path):
                yield self._writer
            return
        with self._idle_lock:
            self._refuse_if_closed()
            database = self._idle.pop() if self._idle else None
        if database is None:
            database = connect(self._path, "ro", immutable=self._immutable)
        try:
            with dossier_errors(self._path), database.snapshot():
                yield database
        except BaseException:
            database.close()
            raise
        with self._idle_lock:
            if self._closed:
                database.close()
            else:
                self._idle.append(database)

    def hold(self) -> Database:
        """A connection that sees one state until it is given to ``release``.

        Unlike ``reading`` it never joins a write, not even one of the same thread.
        """
        with self._idle_lock:
            self._refuse_if_closed()
            database = self._idle.pop() if self._idle else None
        if database is None:
            database = connect(self._path, "ro", immutable=self._immutable)
        try:
            with dossier_errors(self._path):
                database.begin()
                # Only the first read fixes the state.
                database.sql("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        except BaseException:
            database.close()
            raise
        with self._idle_lock:
            self._held[database] = threading.RLock()
        return database

    @contextmanager
    def using(self, database: Database) -> Iterator[None]:
        """Read from what ``hold`` gave, alone on it. Raises ``DossierError``.

        Closing breaks a read off that is under way in another thread: taking the connection from
        under it would take the process along.
        """
        with self._idle_lock:
            lock = self._held.get(database)
        if lock is None:
            raise DossierError(DossierErrorKind.UNREADABLE, self._path, "closed")
        with lock:
            self._refuse_if_closed()
            try:
                with dossier_errors(self._path):
                    yield
            except (sqlite3.Error, peewee.PeeweeException):
                self._refuse_if_closed()
                raise

    def release(self, database: Database) -> None:
        """Take back what ``hold`` gave."""
        with self._idle_lock:
            lock = self._held.pop(database, None)
        if lock is None:
            return
        with lock:
            database.rollback()
        with self._idle_lock:
            if self._closed:
                database.close()
            else:
                self._idle.append(database)

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """The writer's connection inside a transaction; waits for a write of another thread.

        Nested use joins the outer transaction. Raises ``DossierError``.
        """
        with self._turn():
            if self._writer is None:
                raise DossierError(DossierErrorKind.READ_ONLY, self._path)
            self._refuse_if_closed()
            if self._writing_thread is not None:
                yield self._writer
                return
            self._writing_thread = threading.get_ident()
            try:
                with dossier_errors(self._path), self._writer.transaction_now():
                    yield self._writer
            finally:
                self._writing_thread = None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._idle_lock:
            self._waiting += 1
        try:
            self._write_lock.acquire()
        finally:
            with self._idle_lock:
                self._waiting -= 1
        try:
            yield
        finally:
            self._write_lock.release()

    def give_way(self) -> None:
        """Between two writes: let those go first that wait. The lock alone would not see to it."""
        until = time.monotonic() + GIVES_WAY
        while self._waiting and time.monotonic() < until:
            time.sleep(0.0005)

    def close(self) -> None:
        """Close all; waits for a write under way. Reads under way end by themselves, those of a
        held connection are broken off."""
        with self._write_lock:
            with self._idle_lock:
                if self._closed:
                    return
                self._closed = True
                idle, held = self._idle, self._held
                self._idle, self._held = [], {}
            for database in idle:
                database.close()
            for database, lock in held.items():
                while not lock.acquire(timeout=BROKEN_OFF):
                    database.driver.interrupt()
                database.close()
                lock.release()
            # Last, so that SQLite empties the log into the file and removes it.
            if self._writer is not None:
                self._writer.close()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise DossierError(DossierErrorKind.UNREADABLE, self._path, "closed")
