"""A dossier: one investigation in one SQLite file.

``Dossier`` is the only door to the database. Its reads give plain rows and may be called from
any thread, also while a write runs; its writes are each one transaction and one named step that
can be undone, wait for one another, and tell every listener what they touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from db import articles, edits, history, importing
from db.answering import Answering
from db.backups import Reason, back_up, back_up_file, is_due
from db.changes import Changes
from db.connection import Connections
from db.deciding import Deciding
from db.errors import DossierError, DossierErrorKind
from db.files import (
    bring_up_to_date,
    check,
    closed,
    copy_to,
    is_at_rest,
    is_open_here,
    lock_for,
    opened,
    tidy,
    write_empty,
)
from db.journal import Journal, StepWriter
from db.lock import WriterLock
from db.models import Setting
from db.pins import Pinning
from db.recognition import NEWEST, check_header
from db.rows import (
    NOTHING_KNOWN,
    ImportProblem,
    ImportSummary,
    Recognised,
)
from db.saved import SavedViews
from db.staged import StagedImports
from db.undoing import labels, last_step
from db.versions import Versions
from extraction.collector import held
from extraction.model import (
    ArticleReading,
    Document,
    Reading,
    SideKey,
)


class Dossier(Answering, Deciding, Pinning, SavedViews, StagedImports, Versions):
    """An open dossier. ``read_only_reason`` is empty, ``asked``, ``in-use`` or ``not-writable``.

    ``on_change`` is called after each write, in the thread that wrote. ``who`` names the person
    in the revision log; it is empty unless somebody sets it, as dossiers are passed on.
    """

    def __init__(
        self, path: Path, connections: Connections, lock: WriterLock | None, reason: str
    ) -> None:
        self.path = path
        self.read_only = bool(reason)
        self.read_only_reason = reason
        self.on_change: list[Callable[[Changes], None]] = []
        self._connections = connections
        self._journal = Journal(connections)
        self._lock = lock
        self._identity = opened(path)
        self._is_copy_due = False
        self._import_steps = {}

    # ------------------------------------------------------------------ open and close

    @classmethod
    def create(cls, path: Path, title: str = "") -> Dossier:
        """Make a new, empty dossier.

        Raises ``DossierError``: ``exists``, ``unreadable`` (the folder cannot be written),
        ``disk-full``.
        """
        write_empty(Path(path), title)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Dossier:
        """Open a dossier; for reading only if it cannot be written or another window has it.

        Raises ``DossierError``: ``not-a-dossier``, ``newer``, ``truncated``, ``unreadable``,
        ``read-only`` (an older dossier that would have to be brought up to date), ``elsewhere``
        (in a network folder, and open there). A file that is refused is not changed.
        """
        path = Path(path)
        if not is_open_here(path):
            check_header(path)
        # Asked now: opening makes a log beside the file, and what follows may be written.
        is_copy_due = is_due(path)
        version = check(path)
        lock, reason = lock_for(path, read_only)
        try:
            if version < NEWEST:
                if reason:
                    raise DossierError(
                        DossierErrorKind.READ_ONLY, path, f"version {version} needs an update"
                    )
                back_up_file(path, Reason.UPDATE)
                bring_up_to_date(path)
            connections = Connections(path, read_only=bool(reason), immutable=is_at_rest(path))
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        dossier = cls(path, connections, lock, reason)
        dossier._is_copy_due = is_copy_due
        return dossier

    def close(self) -> None:
        """Close; waits for a write under way. The dossier cannot be used afterwards."""
        self._connections.close()
        if self.read_only_reason in ("asked", "in-use"):
            tidy(self.path, whole=self.read_only_reason == "in-use")
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if self._identity is not None:
            closed(self._identity)
            self._identity = None

    @property
    def is_closed(self) -> bool:
        return self._connections.is_closed

    def __enter__(self) -> Dossier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def save_copy(self, path: Path) -> None:
        """Write a copy, also while others read and write; ``path`` is replaced as a whole.

        Raises ``DossierError`` (``disk-full``, ``unreadable``, ``exists`` for the dossier's own
        path); what was at ``path`` is then as it was.
        """
        with self._connections.reading() as database:
            copy_to(database, Path(path))

    def back_up_if_due(self) -> Path | None:
        """Make the copy of the day, if at opening there was none yet.

        Takes as long as copying the file and may run in any thread; closing the dossier stops it.
        Raises ``DossierError`` if the copy cannot be written.
        """
        if self.read_only or not self._is_copy_due:
            return None
        self._is_copy_due = False
        with self._connections.reading() as database, suppress(InterruptedError):
            return back_up(
                database, self.path, Reason.DAILY, stopped=lambda: self._connections.is_closed
            )
        return None

    def check(self) -> list[str]:
        """What is wrong inside, in words: pages, references, spans. Empty if all is well."""
        with self._connections.reading() as database:
            found = [
                str(row[0]) for row in database.sql("PRAGMA integrity_check(20)") if row[0] != "ok"
            ]
            found += [
                f"{table} {row} refers to a missing row of {parent}"
                for table, row, parent, _ in database.sql("PRAGMA foreign_key_check")
            ]
            for article in articles.articles(database):
                found += articles.broken_spans(database, article.id)
        return found

    # ------------------------------------------------------------------ title

    @property
    def title(self) -> str:
        with self._connections.reading() as database:
            row = database.prepared(
                "title",
                lambda: Setting.select(Setting.value).where(Setting.name == edits.TITLE),
                {},
            ).fetchone()
        return "" if row is None else str(row[0])

    @title.setter
    def title(self, title: str) -> None:
        self.set_title(title)

    # ------------------------------------------------------------------ writes

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Several writes as one undoable step; listeners are told once, at its end."""
        with self._step(label):
            yield

    def set_title(self, title: str) -> Changes:
        with self._step("Rename dossier") as writer:
            edits.set_title(writer, title)
        return writer.changes

    def record_import(
        self,
        new: Sequence[tuple[Document, ArticleReading]],
        reading: Reading,
        problems: Sequence[ImportProblem],
        *,
        started: datetime,
        cancelled: bool = False,
        recognised: Recognised = NOTHING_KNOWN,
    ) -> ImportSummary:
        """Write new articles and the dossier assembled with them: one transaction, one step.

        A document that the dossier holds already is noted as a duplicate. What is ``recognised``
        as another version of an article becomes its next revision, with the claims that it had;
        the same text from another file is one more document of its article. ``reading`` must be
        assembled from exactly the dossier's articles and the new ones (the new versions in the
        place of the old), otherwise ``DossierError`` (``stale``) is raised and nothing is written.
        """
        label = f"Import {new[0][0].name}" if len(new) == 1 else f"Import {len(new)} files"
        with self._step(label) as writer, held():
            run_id = importing.record(
                writer, self.path, new, reading, problems, started, cancelled, recognised
            )
            (summary,) = history.imports(writer.database, run_id)
        return summary

    def set_published(self, article_id: int, reading: Reading, reread: ArticleReading) -> Changes:
        """Take a person's date: the article read again with it, and the dossier assembled anew.

        Raises ``KeyError`` (no such article), ``ValueError`` (a reading of another text) and
        ``DossierError`` (``stale``, see ``record_import``).
        """
        with self._step("Set publication date") as writer, held():
            importing.set_published(writer, self.path, {article_id: reread}, reading)
        return writer.changes

    def rename_side(self, key: SideKey, name: str) -> Changes:
        """The name stays over later imports; an empty one leaves it to them again."""
        with self._step("Rename side") as writer:
            edits.rename_side(writer, key, name)
        return writer.changes

    def recolor_side(self, key: SideKey, light: str, dark: str) -> Changes:
        """``#RRGGBB`` for the light and the dark theme; empty for the theme's own."""
        with self._step("Change colour of side") as writer:
            edits.set_side(writer, key, {"color_light": light, "color_dark": dark})
        return writer.changes

    def swap_sides(self) -> Changes:
        with self._step("Swap sides") as writer:
            edits.swap_sides(writer)
        return writer.changes

    def move_actor(self, actor_id: int, side: SideKey) -> Changes:
        """With the members that follow it; their claims follow. Raises ``KeyError``."""
        with self._step("Move to another side") as writer:
            edits.move_actor(writer, actor_id, side)
        return writer.changes

    def undo(self) -> Changes | None:
        """Take back the last step; ``None`` if there is none."""
        with held():
            changes = self._journal.undo()
        return self._tell(changes)

    def redo(self) -> Changes | None:
        """Bring back the step undone last; ``None`` if there is none."""
        with held():
            changes = self._journal.redo()
        return self._tell(changes)

    @property
    def undo_label(self) -> str | None:
        """The name of the step that ``undo`` would take back."""
        with self._connections.reading() as database:
            return labels(database)[0]

    @property
    def undo_step(self) -> int | None:
        """The id in the revision log of the step that ``undo`` would take back."""
        with self._connections.reading() as database:
            return last_step(database)

    @property
    def redo_label(self) -> str | None:
        """The name of the step that ``redo`` would bring back."""
        with self._connections.reading() as database:
            return labels(database)[1]

    @property
    def who(self) -> str:
        return self._journal.who

    @who.setter
    def who(self, who: str) -> None:
        self._journal.who = who

    @contextmanager
    def _step(self, label: str, joining: int = 0) -> Iterator[StepWriter]:
        is_nested = self._connections.is_writing_here
        with self._journal.step(label, joining) as writer:
            yield writer
        if not is_nested and not writer.is_empty:
            self._tell(writer.changes)

    def _tell(self, changes: Changes | None) -> Changes | None:
        if changes is not None:
            for listener in tuple(self.on_change):
                listener(changes)
        return changes
