"""Run by the tests in a process of its own: ``helper_process.py ACTION PATH``."""

from __future__ import annotations

import sqlite3
import sys
import time
from datetime import datetime
from pathlib import Path

from db import Dossier
from tests.db.samples import assemble, many


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def hold(path: Path) -> None:
    """Open, say how, and wait to be killed or for a line on standard input."""
    with Dossier.open(path) as dossier:
        say(dossier.read_only_reason or "writing")
        sys.stdin.readline()


def import_slowly(path: Path) -> None:
    """Import in a step that does not end; killed on the way."""
    new = many(60)
    with Dossier.open(path) as dossier, dossier.step("Import"):
        dossier.record_import(
            new,
            assemble([*dossier.readings(), *(reading for _, reading in new)]),
            [],
            started=datetime(2031, 5, 1),
        )
        say("written")
        time.sleep(60)


def import_again_and_again(path: Path) -> None:
    """Import and undo without end; killed at any moment."""
    new = many(15)
    with Dossier.open(path) as dossier:
        reading = assemble([*dossier.readings(), *(reading for _, reading in new)])
        say("begun")
        while True:
            dossier.record_import(new, reading, [], started=datetime(2031, 5, 1))
            dossier.undo()


def spill(path: Path) -> None:
    """Write half a change into the file itself, as a program without write-ahead log may."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE claim SET speaker = hex(randomblob(9000))")
    say("spilled")
    time.sleep(60)


if __name__ == "__main__":
    actions = {
        "hold": hold,
        "import": import_slowly,
        "repeat": import_again_and_again,
        "spill": spill,
    }
    actions[sys.argv[1]](Path(sys.argv[2]))
