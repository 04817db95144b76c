"""Copies of a dossier that are made by themselves: before an update, and once a day of use.

They lie in a hidden folder beside the dossier and are dossiers themselves. A few of each kind are
kept, the oldest go. Restoring one puts the dossier that it replaces among them.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from db.connection import connect
from db.database import Database
from db.errors import DossierError, DossierErrorKind
from db.files import check, copy_into, is_at_rest, is_open_here, lock_for, of_os_error
from db.recognition import check_header, wal_of


class Reason(StrEnum):
    DAILY = "daily"
    UPDATE = "update"
    REPLACED = "replaced"


KEPT = {Reason.DAILY: 7, Reason.UPDATE: 3, Reason.REPLACED: 3}
"""How many copies of each kind are kept."""

_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r"(\d{4}-\d\d-\d\d \d{6})(?: \d+)? (daily|update|replaced)\.claimline")


@dataclass(frozen=True, slots=True)
class Backup:
    """``size`` in bytes, ``made`` in local time."""

    path: Path
    made: datetime
    reason: Reason
    size: int


def folder_of(path: Path) -> Path:
    """Where the copies of a dossier lie."""
    return path.with_name(f".{path.name}-backups")


def backups(path: Path) -> list[Backup]:
    """The copies of a dossier, the latest first."""
    found = []
    with suppress(OSError):
        for file in folder_of(path).iterdir():
            named = _NAME.fullmatch(file.name)
            if named is not None:
                made = datetime.strptime(named[1], _STAMP)
                found.append(Backup(file, made, Reason(named[2]), file.stat().st_size))
    return sorted(found, key=lambda one: (one.made, one.path.name), reverse=True)


def is_due(path: Path, now: datetime | None = None) -> bool:
    """Whether the dossier was last written before today and has no copy of today.

    So the copy is of how it was left when it was last used.
    """
    today = (now or datetime.now()).date()
    try:
        written = max(
            datetime.fromtimestamp(file.stat().st_mtime)
            for file in (path, wal_of(path))
            if file.exists()
        )
    except (OSError, ValueError):
        return False
    return written.date() < today and not any(
        one.made.date() == today for one in backups(path) if one.reason is Reason.DAILY
    )


def back_up(
    database: Database,
    path: Path,
    reason: Reason,
    *,
    now: datetime | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Path:
    """Copy an open dossier; the oldest copies of the kind go.

    Raises ``DossierError`` (``disk-full``, ``unreadable``) if it cannot be written, and
    ``InterruptedError`` once ``stopped`` says so; nothing is left of the copy then.
    """
    target = _place_for(path, reason, now)
    copy_into(database, target, stopped)
    _drop_oldest(path, reason)
    return target


def back_up_file(path: Path, reason: Reason) -> Path:
    """The same for a dossier that is not open."""
    database = connect(path, "ro", immutable=is_at_rest(path))
    try:
        return back_up(database, path, reason)
    finally:
        database.close()


def _place_for(path: Path, reason: Reason, now: datetime | None) -> Path:
    folder = folder_of(path)
    try:
        folder.mkdir(exist_ok=True)
        for part in folder.glob(".*-part"):
            # Left by a program that was killed: who copies has the dossier for writing.
            part.unlink(missing_ok=True)
    except OSError as error:
        raise of_os_error(error, folder) from error
    stamp = (now or datetime.now()).strftime(_STAMP)
    taken: Counter[str] = Counter(one.path.name[: len(stamp)] for one in backups(path))
    number = f" {taken[stamp] + 1}" if taken[stamp] else ""
    return folder / f"{stamp}{number} {reason.value}.claimline"


def _drop_oldest(path: Path, reason: Reason) -> None:
    same = [one for one in backups(path) if one.reason is reason]
    for one in same[KEPT[reason] :]:
        with suppress(OSError):
            one.path.unlink()
            wal_of(one.path).unlink(missing_ok=True)


def restore(path: Path, backup: Path) -> None:
    """Put a copy in the place of a dossier, which is kept among the copies.

    Raises ``DossierError``: ``exists`` (the dossier is open here), ``locked`` (it is open
    elsewhere), ``disk-full``, ``unreadable``, and what ``Dossier.open`` raises for a copy that is
    no dossier. The dossier is as it was then.
    """
    if is_open_here(path):
        raise DossierError(DossierErrorKind.EXISTS, path, "this dossier is open")
    check_header(backup)
    check(backup)
    lock, reason = lock_for(path, False)
    if lock is None:
        kind = DossierErrorKind.LOCKED if reason == "in-use" else DossierErrorKind.UNREADABLE
        raise DossierError(kind, path, reason)
    part = path.with_name(f".{path.name}-part")
    try:
        shutil.copyfile(backup, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        if path.exists():
            _set_aside(path)
        os.replace(part, path)
    except OSError as error:
        raise of_os_error(error, path) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        lock.release()
    _drop_oldest(path, Reason.REPLACED)


def _set_aside(path: Path) -> None:
    """Keep what is replaced, damaged as it may be, together with its log. Raises ``OSError``."""
    target = _place_for(path, Reason.REPLACED, None)
    shutil.copyfile(path, target)
    log = wal_of(path)
    if log.exists():
        os.replace(log, wal_of(target))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
