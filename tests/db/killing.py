"""Kills a process that writes a dossier at random moments, opens what is left and checks it.

``python -m tests.db.killing --times 1000 --seed 7``. Each time a child imports, edits, undoes,
redoes, packs and copies, or brings an older dossier up to date, and is killed by ``SIGKILL``. What
it told to be committed must be there, nothing half-written may be seen, pages, references, spans,
indexes, packed arrays and the bytes against their hashes must be whole. POSIX only.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from db import Dossier, DossierError
from db.backups import folder_of
from db.database import Database
from db.migrations import migrate
from db.models import LOGGED, UNLOGGED, table_name
from db.recognition import APPLICATION_ID
from db.rows import ReviewState
from db.touched import stamp_of
from extraction.model import SideKey, SpeechAct
from tests.db.packed import must_match
from tests.db.samples import FIRST, SECOND, assemble, many

STARTED = datetime(2031, 5, 1)
INDEXES = ("claim_search", "article_search", "actor_search", "note_search")
LONGEST = 0.6
"""Seconds that a child may live after it has begun."""


def make(path: Path, articles: int) -> None:
    new = [FIRST, SECOND, *many(articles)]
    with Dossier.create(path, "To be killed") as dossier:
        readings = [reading for _, reading in new]
        dossier.record_import(new, assemble(readings), [], started=STARTED)


def aged(path: Path, out: Path, version: int, *, in_wal: bool = True) -> None:
    """The same rows in an older schema; other programs may have changed the kind of log."""
    old = Database(str(out))
    old.connect()
    try:
        migrate(old, to=version)
        old.sql("PRAGMA foreign_keys = OFF")
        old.sql(f"PRAGMA application_id = {APPLICATION_ID}")
        old.sql("ATTACH ? AS source", (str(path),))
        with old.transaction_now():
            for model in (*LOGGED, *UNLOGGED):
                name = table_name(model)
                known = old.sql("SELECT name FROM main.sqlite_schema WHERE name = ?", (name,))
                if known.fetchone() is not None:
                    old.sql(f'INSERT INTO main."{name}" SELECT * FROM source."{name}"')
        old.sql("DETACH source")
        if in_wal:
            old.sql("PRAGMA journal_mode = WAL")
    finally:
        old.close()


def write_until_killed(path: Path, seed: int, pipe: int) -> None:
    """The child: tells the stamp of each write when it is committed."""
    chance = random.Random(seed)
    os.write(pipe, b"b")
    with Dossier.open(path) as dossier:
        while True:
            act(dossier, chance)
            with dossier._connections.reading() as database:
                os.write(pipe, f"{stamp_of(database)}\n".encode())


def act(dossier: Dossier, chance: random.Random) -> None:
    claims = [row.id for row in dossier.claims()]
    some = chance.sample(claims, min(len(claims), chance.randrange(1, 30)))
    match chance.randrange(10):
        case 0:
            readings = dossier.readings()
            keys = {reading.article.key for reading in readings}
            new = [one for one in many(10) if one[1].article.key not in keys][:4]
            reading = assemble([*readings, *(one for _, one in new)], dossier.decisions())
            dossier.record_import(new, reading, [], started=STARTED)
        case 1 | 2:
            dossier.undo()
        case 3:
            dossier.redo()
        case 4:
            dossier.edit_claims(some, act=chance.choice(list(SpeechAct)))
        case 5:
            dossier.set_review(some, chance.choice(list(ReviewState)))
        case 6:
            for actor in chance.sample(dossier.actors(), min(1, len(dossier.actors()))):
                dossier.move_actor(actor.id, SideKey.THIRD)
        case 7:
            dossier.keep_columns(dossier.columns())
        case 8:
            dossier.set_note(some, starred=True, note="ask again")
        case _:
            dossier.save_view(f"view {chance.randrange(5)}", {"n": chance.random()})


def check(path: Path, least: int) -> list[str]:
    """What is wrong with what is left; ``least`` is the last stamp told."""
    with Dossier.open(path) as dossier:
        wrong = dossier.check()
        with dossier._connections.writing() as database:
            if stamp_of(database) < least:
                wrong.append(f"write {least} was told to be committed and is lost")
            for index in INDEXES:
                database.sql(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
            contents = [row[0] for row in database.sql("SELECT id FROM document")]
        for document in contents:
            dossier.document_bytes(document)
        dossier.readings()
        must_match(dossier, dossier.columns())
        undone = 0
        while undone < 3 and dossier.undo() is not None:
            undone += 1
        wrong += dossier.check()
    left = {file.name for file in path.parent.iterdir()} - {path.name, folder_of(path).name}
    return [*wrong, *(f"{name} was left behind" for name in left)]


def kill_once(base: Path, folder: Path, seed: int) -> tuple[str, list[str]]:
    """One child, killed; where it was, and what is wrong afterwards."""
    chance = random.Random(seed)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "killed.claimline"
    shutil.copy(base, path)
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        try:
            write_until_killed(path, seed, writes)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writes)
    os.read(reads, 1)
    time.sleep(chance.uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    told = b""
    while part := os.read(reads, 65536):
        told += part
    os.close(reads)
    if not os.WIFSIGNALED(status):
        return "ended", ["the child ended by itself"]
    stamps = [int(line) for line in told.split(b"\n")[:-1]]
    where = f"{base.stem}, {'before the first write' if not stamps else 'between writes'}"
    try:
        return where, check(path, stamps[-1] if stamps else 0)
    except (DossierError, AssertionError) as error:
        return where, [repr(error)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    seen: Counter[str] = Counter()
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        new = folder / "new.claimline"
        make(new, 6)
        bases = [new, new]
        for version in (1, 2):
            old = folder / f"of schema {version}.claimline"
            aged(new, old, version)
            bases.append(old)
        rolled = folder / "with a journal.claimline"
        aged(new, rolled, 2, in_wal=False)
        bases.append(rolled)
        # Ended by Ctrl+C it still tells what was seen.
        with suppress(KeyboardInterrupt):
            for number in range(chosen.times):
                seed = chosen.seed * 1_000_003 + number
                where, wrong = kill_once(bases[number % len(bases)], folder / "run", seed)
                seen[where] += 1
                if wrong:
                    failed += 1
                    sys.stdout.write(f"seed {seed}, {where}: {'; '.join(wrong[:5])}\n")
    for where, count in sorted(seen.items()):
        sys.stdout.write(f"{count:>6} killed {where}\n")
    sys.stdout.write(f"{failed} of {seen.total()} left something wrong\n")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
