"""One writer for a dossier: a second window gets it read-only, and is told so.

The lock is an exclusive transaction on an empty SQLite file beside the dossier. SQLite knows
how to lock on every system, the system drops the lock when the process dies (so a killed
program leaves nothing to clean up), and no further library is needed. It is a courtesy, not
the safeguard: even two writers could not corrupt a dossier, because every write is a
transaction on the dossier itself.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from db.connection import uri_of

_ATTEMPTS = 3


class WriterLock:
    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self._file = file
        self._connection = connection

    @classmethod
    def acquire(cls, path: Path) -> WriterLock | None:
        """Take the lock for the dossier at ``path``, or ``None`` if another holds it.

        Raises ``sqlite3.Error`` where no lock file can be made (a folder without write access).
        """
        file = path.with_name(f".{path.name}-lock")
        for _ in range(_ATTEMPTS):
            before = _inode(file)
            connection = sqlite3.connect(
                uri_of(file, "rwc"),
                uri=True,
                timeout=0,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                connection.execute("PRAGMA journal_mode = MEMORY")
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                connection.close()
                if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                    return None
                raise
            # The last owner may have removed the file between our opening and locking it.
            after = _inode(file)
            if after is not None and before in (None, after):
                return cls(file, connection)
            connection.close()
        return None

    def release(self) -> None:
        # Windows refuses to remove an open file, so it is tried again afterwards.
        with suppress(OSError):
            self._file.unlink()
        self._connection.close()
        with suppress(OSError):
            self._file.unlink()


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
