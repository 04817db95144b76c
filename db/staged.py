"""Imports in stages: articles as they are read, the assembly now and then, one undoable step.

What was read is kept at once, so a crash costs no more than the files in hand; the rest stays
queued in the dossier and can be gone on with. Each stage joins the step of the one before while
nothing else was done in between.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from db import edits, history, importing
from db.changes import Changes
from db.connection import Connections
from db.encoding import time_of
from db.journal import Journal, Overtaken, StepWriter
from db.models import QueuedFile
from db.rows import NOTHING_KNOWN, ImportProblem, ImportSummary, Recognised
from db.rowwriting import insert_rows, next_id
from db.touched import stamp_of
from extraction.collector import held
from extraction.model import ArticleReading, Document, Reading

CHANCES = 4
"""Times that an assembly is written bit by bit before it is written at once."""


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """An import that broke off; ``paths`` are the files that were not read yet."""

    id: int
    started: datetime
    paths: tuple[str, ...]


class StagedImports(ABC):
    """The part of a dossier that takes articles in while more are being read."""

    path: Path
    _connections: Connections
    _journal: Journal
    _import_steps: dict[int, int]

    @abstractmethod
    def _tell(self, changes: Changes | None) -> Changes | None:
        """Tell listeners what was written."""

    @abstractmethod
    def _step(self, label: str, joining: int = 0) -> AbstractContextManager[StepWriter]:
        """One transaction; a part of the step ``joining`` if that is still the last one."""

    def begin_import(self, paths: Sequence[str], *, started: datetime) -> int:
        """Begin an import of files; returns its id. The files are queued."""
        with self._step("Import") as writer:
            run_id = importing.begin(writer, started)
            first = next_id(writer.database, QueuedFile)
            rows = [
                {"id": first + n, "run_id": run_id, "path": path} for n, path in enumerate(paths)
            ]
            insert_rows(writer.database, QueuedFile, rows)
        self._import_steps[run_id] = writer.step_id
        return run_id

    def add_articles(
        self,
        import_id: int,
        new: Sequence[tuple[Document, ArticleReading]],
        problems: Sequence[ImportProblem],
        done: Collection[str],
        recognised: Recognised = NOTHING_KNOWN,
    ) -> tuple[int, ...]:
        """Keep what was read, without claims until the next assembly; returns article ids.

        A document that the dossier holds already is noted as a duplicate; for ``recognised`` see
        ``Dossier.record_import``. ``done`` are the queued paths that need not be read again.
        Raises ``KeyError`` if the import was undone.
        """
        with (
            self._staged(import_id, [document.name for document, _ in new]) as writer,
            held(),
        ):
            added = importing.add(writer, self.path, import_id, new, problems, recognised)
            writer.database.sql(
                "DELETE FROM queued_file"
                " WHERE run_id = ? AND path IN (SELECT value FROM json_each(?))",
                (import_id, msgspec.json.encode(list(done)).decode()),
            )
        return added

    def assemble_import(self, import_id: int, reading: Reading, fresh: Collection[str]) -> None:
        """Bring claims, events and relations to an assembly of all articles.

        ``fresh`` are keys of articles added since the last one. Raises ``DossierError``
        (``stale``) where other articles were assembled than the dossier holds, and ``KeyError``
        if the import was undone. It is written bit by bit, so that nobody who decides something
        meanwhile has to wait; where that came between often, at once.
        """
        with held():
            for _ in range(CHANCES):
                try:
                    self._assemble_in_parts(import_id, reading, fresh)
                except Overtaken:
                    continue
                return
            with self._staged(import_id) as writer:
                importing.apply(writer, self.path, reading, fresh)

    def _assemble_in_parts(self, import_id: int, reading: Reading, fresh: Collection[str]) -> None:
        with self._connections.reading() as database:
            stamp = stamp_of(database)
            plan = importing.planned(database, self.path, reading, fresh)
            label = importing.label(database, import_id)
        changes = Changes()
        joining = self._import_steps.get(import_id, 0)
        try:
            parts = self._journal.step_in_parts(label, joining, stamp, plan.write, plan.follow)
            for writer in parts:
                changes = writer.changes
                self._import_steps[import_id] = writer.step_id
        finally:
            if changes != Changes():
                self._tell(changes)

    def finish_import(
        self, import_id: int, *, cancelled: bool = False, title: str = ""
    ) -> ImportSummary:
        """End an import; what is still queued is forgotten. ``title`` names the dossier.

        Raises ``KeyError`` if the import was undone.
        """
        with self._staged(import_id) as writer:
            importing.finish(writer, import_id, cancelled)
            if title:
                edits.set_title(writer, title)
            writer.database.run(QueuedFile.delete().where(QueuedFile.run_id == import_id))
            (summary,) = history.imports(writer.database, import_id)
        self._import_steps.pop(import_id, None)
        return summary

    def date_articles(self, rereads: Mapping[int, ArticleReading], reading: Reading) -> None:
        """Take a person's dates of publication of several articles, read again with them.

        Raises as ``Dossier.set_published`` does.
        """
        label = f"Set publication date of {len(rereads)} articles"
        with self._step(label) as writer, held():
            importing.set_published(writer, self.path, rereads, reading)

    def unfinished_import(self) -> UnfinishedImport | None:
        """The import that broke off last, if one did."""
        with self._connections.reading() as database:
            found = importing.queued(database)
        if found is None:
            return None
        run_id, started, paths = found
        return UnfinishedImport(run_id, time_of(started) or datetime.min, paths)

    @contextmanager
    def _staged(self, import_id: int, more: Sequence[str] = ()) -> Iterator[StepWriter]:
        """A step that joins the import's own, named by all the files that it took."""
        with self._connections.reading() as database:
            label = importing.label(database, import_id, more)
        with self._step(label, self._import_steps.get(import_id, 0)) as writer:
            yield writer
        self._import_steps[import_id] = writer.step_id
