"""Imports of many files: articles stand in the dossier as they are read, claims soon after.

The files go to the workers in batches of some seconds; what a batch gave is written at once. What
a container holds is read in batches as well, so that neither memory nor time grows with it. All
articles are assembled anew whenever half as many have come as were assembled before, so that the
whole of it costs no more than a few times the last assembly. What is not read yet stays queued in
the dossier: ``go_on`` takes up an import that broke off.
"""

from __future__ import annotations

import gc
import os
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes, unquote_to_bytes

from db import Dossier
from db.rows import ImportProblem, ImportSummary
from desktop.importing.engine import assemble_dossier, dates_by_hand, keep_dates
from desktop.importing.files import FileList, expand
from desktop.importing.progress import Interrupted, Progress
from desktop.importing.reading import Reader, ReadFiles, read_items
from desktop.importing.versions import Versions
from desktop.importing.workers import POLL
from desktop.importing.years import certain_days, with_likelier_years
from extraction.collector import held
from extraction.model import ArticleReading, Document

if TYPE_CHECKING:
    from extraction.documents import Place

BATCH_SECONDS = 1.5
SMALLEST, LARGEST = 4, 256
_SEPARATOR = " › "
WRITTEN_AT_ONCE = 32
FIRST_ASSEMBLY = 8
"""Articles after which the first claims are shown."""


def import_many(
    dossier: Dossier, found: FileList, reader: Reader, *, name_it: bool = False
) -> ImportSummary:
    """Import listed files. Raises as ``engine.import_files``; ``Interrupted`` if undone."""
    started = datetime.now().replace(microsecond=0)
    import_id = dossier.begin_import([_queued(path) for path in found.files], started=started)
    return _Run(dossier, import_id, reader, name_it=name_it).run(found)


def go_on(dossier: Dossier, reader: Reader) -> ImportSummary | None:
    """Take up the import that broke off last; ``None`` if none did."""
    left = dossier.unfinished_import()
    if left is None:
        return None
    found = expand(map(_from_queue, left.paths))
    return _Run(dossier, left.id, reader, again=True).run(found)


class _Run:
    """One import under way."""

    def __init__(
        self,
        dossier: Dossier,
        import_id: int,
        reader: Reader,
        *,
        name_it: bool = False,
        again: bool = False,
    ) -> None:
        self._dossier = dossier
        self._again = again
        self._id = import_id
        self._reader = reader
        self._name_it = name_it
        self._known = set(dossier.document_keys())
        held = dossier.held_articles()
        self._versions = Versions(held, dossier.places())
        self._by_hand = dates_by_hand(held)
        self._dated = certain_days(held)
        self._title = next((article.title for article in held if article.title), "")
        self._fresh = self._without_claims()
        self._count = len(held)
        self._assembled = self._count - len(self._fresh)

    def _without_claims(self) -> list[str]:
        """Articles that this import took before it broke off: they may have no claims yet."""
        mine = next((run for run in self._dossier.imports() if run.id == self._id), None)
        added = {*mine.added, *mine.changed} if mine is not None else set()
        return [row.key for row in self._dossier.articles() if row.id in added]

    def run(self, found: FileList) -> ImportSummary:
        try:
            # A full collection looks at the objects of all articles, and holds the window as long.
            with held():
                cancelled = self._read_all(found)
                self._assemble()
            title = self._title if self._name_it else ""
            return self._dossier.finish_import(self._id, cancelled=cancelled, title=title)
        except KeyError as error:
            # The step was undone while it went on.
            raise Interrupted from error

    def _read_all(self, found: FileList) -> bool:
        """Read all files; whether that was stopped."""
        problems: Sequence[ImportProblem] = found.problems
        items: deque[Path | Place] = deque(found.files)
        left: Counter[str] = Counter()
        at, size = 0, SMALLEST
        while items:
            self._wait()
            batch = [items.popleft() for _ in range(min(size, len(items)))]
            begun = time.monotonic()
            all_ = at + len(batch) + len(items)
            read = self._read(batch, at, all_)
            done = [] if read.cancelled else _through(batch, read.members, left)
            self._take(read.new, (*problems, *self._news(read.problems)), done)
            problems = ()
            if read.cancelled:
                return True
            at += len(batch)
            gc.collect(1)
            # Before the next file, so that few containers are open at one time.
            items.extendleft(reversed(read.members))
            share = BATCH_SECONDS / max(time.monotonic() - begun, 0.01)
            size = min(max(int(size * min(share, 4.0)), SMALLEST), LARGEST)
            due = max(FIRST_ASSEMBLY, self._assembled // 2)
            if items and len(self._fresh) >= due:
                self._assemble()
        if not found.files:
            self._dossier.add_articles(self._id, (), problems, ())
        return self._reader.stop()

    def _wait(self) -> None:
        """Wait while a person has paused."""
        while self._reader.pause() and not self._reader.stop():
            time.sleep(POLL)

    def _read(self, items: Sequence[Path | Place], before: int, all_: int) -> ReadFiles:
        """Read a batch; progress counts what was read before it. What containers hold is left."""

        def told(progress: Progress) -> None:
            self._reader.told(Progress("reading", before + progress.done, all_, progress.current))

        reader = replace(self._reader, told=told)
        return read_items(items, reader, frozenset(self._known), follow=False)

    def _take(
        self,
        read: Sequence[tuple[Document, ArticleReading]],
        problems: Sequence[ImportProblem],
        done: Sequence[str],
    ) -> None:
        """Write what a batch gave."""
        recognised = self._versions.recognise(read)
        others = {*recognised.changed, *recognised.same, *recognised.earlier}
        kept = keep_dates(self._by_hand, read, recognised, self._reader.pool)
        new = with_likelier_years(kept, self._dated, self._reader.pool)
        # Bit by bit, so that nobody who decides something meanwhile has to wait.
        for at in range(0, len(new), WRITTEN_AT_ONCE) or (0,):
            some = new[at : at + WRITTEN_AT_ONCE]
            is_last = at + WRITTEN_AT_ONCE >= len(new)
            self._dossier.add_articles(
                self._id, some, problems if is_last else (), done if is_last else (), recognised
            )
        articles = [reading.article for _, reading in new]
        self._by_hand |= dates_by_hand(articles)
        self._dated |= certain_days(articles)
        titles = (article.title for article in articles if article.title)
        self._title = self._title or next(titles, "")
        self._known.update(article.key for article in articles)
        self._fresh += [one.key for one in articles if one.key not in recognised.same]
        self._count += sum(one.key not in others for one in articles)

    def _news(self, problems: Sequence[ImportProblem]) -> list[ImportProblem]:
        """Without the members that this import read before it broke off in their container."""
        return [
            problem
            for problem in problems
            if not (self._again and problem.code == "duplicate" and _SEPARATOR in problem.file)
        ]

    def _assemble(self) -> None:
        count = self._count
        self._reader.told(Progress("assembling", count, count))
        reading = assemble_dossier(self._dossier, self._reader.pool)
        self._reader.told(Progress("recording", count, count))
        self._dossier.assemble_import(self._id, reading, self._fresh)
        self._assembled = count
        self._fresh = []


def _through(
    batch: Sequence[Path | Place], members: Sequence[Place], left: Counter[str]
) -> list[str]:
    """The queued files that are read to the end; ``left`` counts what others have still to read."""
    for item in batch:
        if isinstance(item, Path):
            left[str(item)] += 1
    for member in members:
        left[member.path] += 1
    done: list[str] = []
    for item in batch:
        path = str(item) if isinstance(item, Path) else item.path
        left[path] -= 1
        if not left[path]:
            del left[path]
            done.append(_queued(Path(path)))
    return done


def _queued(path: Path) -> str:
    """A path as the dossier keeps it: a name need not be text."""
    return quote_from_bytes(os.fsencode(path))


def _from_queue(name: str) -> Path:
    return Path(os.fsdecode(unquote_to_bytes(name)))
