"""Imports as the window runs them: worker processes, progress, stop, a report afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from db import Dossier
from db.changes import Changes
from db.errors import DossierError
from db.rows import ArticleRow, ImportSummary
from desktop import asking, places
from desktop.addresses import address_of, fetch_in_words
from desktop.dossiers import Dossiers
from desktop.importing import engine, stages
from desktop.importing.changes import ArticleChanges
from desktop.importing.engine import Progress
from desktop.importing.fetching import Fetches
from desktop.importing.report import ImportReports
from desktop.importing.table import ArticleTable
from desktop.importing.workers import Pool
from desktop.messagebar import MessageBar
from desktop.messages import Message, of_error, of_import, of_unfinished_import, of_warning
from desktop.opening import first_look
from desktop.places import SUFFIX
from desktop.session import Selection, Session
from desktop.settings import Settings
from desktop.tasks import Task, Tasks
from seeds import Sample

logger = logging.getLogger(__name__)

WARM_AFTER = 400
"""Milliseconds after the window is shown until the worker processes are started."""


class Imports(QObject):
    """``finished`` carries the ``ImportSummary`` when its rows are shown."""

    finished = Signal(object)
    date_asked = Signal(int)

    def __init__(
        self,
        window: QWidget,
        session: Session,
        settings: Settings,
        tasks: Tasks,
        bar: MessageBar,
        dossiers: Dossiers,
        pool: Pool | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._settings = settings
        self._tasks = tasks
        self._bar = bar
        self._dossiers = dossiers
        self._pool = pool or engine.make_pool()
        self._reports: ImportReports | None = None
        self._table: ArticleTable | None = None
        self._expected = Selection()
        self.fetches = Fetches(window, session, tasks, bar)
        self.fetches.fetched.connect(self.take_fetched)
        session.data_changed.connect(self._show_first)

    def warm(self) -> None:
        """Start the worker processes that do not run yet, once the window stands."""
        QTimer.singleShot(WARM_AFTER, self, self._start_pool)

    def _start_pool(self) -> None:
        try:
            self._pool.start()
        except OSError as error:
            logger.warning("no worker processes: %s", error)

    def close(self) -> None:
        self._pool.close()

    @property
    def pool(self) -> Pool:
        return self._pool

    # ------------------------------------------------------------------ where files come from

    def ask_files(self) -> None:
        from extraction.documents import SUFFIXES

        articles = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        asking.for_files(
            self._window,
            self.tr("Import files"),
            self._settings.last_folder,
            [
                self.tr("Articles ({patterns})").format(patterns=articles),
                self.tr("All files (*)"),
            ],
            self._take_chosen,
        )

    def ask_folder(self) -> None:
        asking.for_folder(
            self._window, self.tr("Import folder"), self._settings.last_folder, self._take_chosen
        )

    def _take_chosen(self, paths: Sequence[Path]) -> None:
        self._settings.last_folder = paths[0].parent
        self.take(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Open a dossier among the files, import the rest into the one that is then open."""
        dossiers = [path for path in paths if path.suffix.lower() == SUFFIX and path.is_file()]
        articles = [path for path in paths if path not in dossiers]
        if dossiers and not self._dossiers.open(dossiers[0]):
            return
        new = self._session.dossier is None
        if articles and self._dossiers.ensure(_title_for(articles)):
            # A folder has its name from a person; a file's is seldom as good as its title.
            self._import(articles, name_it=new and not articles[0].is_dir())

    def take_fetched(self, path: Path, key: str, dossier: Dossier) -> None:
        """Read the page that was fetched for an article, if that is still in front."""
        if self._session.dossier is dossier:
            self._import([path], instead_of=key)

    def open_sample(self, sample: Sample) -> None:
        """Open a sample dossier; it is read anew only where it was not read before."""
        path = places.dossier_folder() / f"{places.safe_name(sample.title)}{SUFFIX}"
        known = path.exists()
        if not (self._dossiers.open(path) if known else self._dossiers.create(path, sample.title)):
            return
        dossier = self._session.dossier
        # Empty also where the program was ended while it read the sample the first time.
        if dossier is not None and not dossier.read_only and not dossier.imports():
            self._import(sample.paths(), quietly=True)

    # ------------------------------------------------------------------ the work

    def _import(
        self,
        paths: Sequence[Path],
        *,
        quietly: bool = False,
        name_it: bool = False,
        instead_of: str | None = None,
    ) -> None:
        dossier = self._session.dossier
        assert dossier is not None

        def work(task: Task) -> ImportSummary:
            return engine.import_files(
                dossier,
                paths,
                pool=self._pool,
                told=self._teller(task),
                stop=task.stopped,
                pause=task.paused,
                name_it=name_it,
                instead_of=instead_of,
            )

        self._start(dossier, work, quietly=quietly)

    def offer_to_go_on(self) -> None:
        """Say that an import of the dossier just opened broke off, with a way to go on."""
        dossier = self._session.dossier
        if dossier is None or dossier.read_only or self._tasks.running():
            return
        left = dossier.unfinished_import()
        if left is not None:
            self._bar.show_message(
                of_unfinished_import(len(left.paths)), self.tr("Go on"), self.go_on
            )

    def go_on(self) -> None:
        """Take up the import that broke off."""
        dossier = self._session.dossier
        if dossier is None or dossier.read_only:
            return

        def work(task: Task) -> ImportSummary:
            reader = engine.Reader(
                self._pool, told=self._teller(task), stop=task.stopped, pause=task.paused
            )
            summary = stages.go_on(dossier, reader)
            if summary is None:
                raise engine.Interrupted
            return summary

        self._start(dossier, work)

    def _start(
        self, dossier: Dossier, work: Callable[[Task], ImportSummary], *, quietly: bool = False
    ) -> None:
        self._expected = self._session.selection
        self._tasks.start(
            self.tr("Reading"),
            work,
            can_pause=True,
            done=lambda summary: self._done(dossier, summary, quietly),
            failed=lambda error: self._failed(dossier, error),
        )

    def _failed(self, dossier: Dossier, error: Exception) -> None:
        """Tell what went wrong; where files are left to read, offer to read them."""
        told = of_error(error, self.tr("import the files"))
        left = _left_in(dossier) if self._session.dossier is dossier else None
        if left is not None:
            self._bar.show_message(
                replace(of_unfinished_import(left), detail=f"{told} {told.detail}".strip()),
                self.tr("Go on"),
                self.go_on,
            )
        else:
            self._bar.show_message(told)

    def _teller(self, task: Task) -> engine.Told:
        def told(progress: Progress) -> None:
            counted = progress.stage == "reading" or task.done >= task.total
            stage = self._stage(progress.stage)
            task.label = stage if counted else self.tr("{stage}; read").format(stage=stage)
            # Reading is what can be counted; what comes between is told by its name, and what
            # follows the last file has no measure.
            if progress.stage == "reading":
                task.report(progress.done, progress.total, progress.current)
            elif task.done >= task.total:
                task.report(0, 0)

        return told

    def _stage(self, stage: str) -> str:
        if stage == "reading":
            return self.tr("Reading")
        if stage == "assembling":
            return self.tr("Comparing the claims")
        return self.tr("Writing into the dossier")

    def _show_first(self, changes: Changes) -> None:
        """While articles come in and nothing is chosen, there is something to read."""
        session = self._session
        articles = session.articles() if changes.articles and self._tasks.running() else ()
        if articles and session.selection == Selection():
            session.select(Selection(article_id=articles[0].id))
            self._expected = session.selection

    def _done(self, dossier: Dossier, summary: ImportSummary, quietly: bool) -> None:
        """Tell of an import. Who chose something since it began is at work: nothing moves then,
        and no report comes in front."""
        if self._session.dossier is not dossier:
            return
        busy = (
            self._session.selection != self._expected
            or QApplication.activeModalWidget() is not None
        )
        if not quietly or summary.problems:
            added = frozenset(summary.added)
            articles = [row for row in self._session.articles() if row.id in added]
            assumed = sum(1 for row in articles if row.published_assumed)
            self._tell(summary, articles, assumed)
            if (summary.problems or assumed) and not busy:
                self.show_reports(summary.id)
        # In the next turn: the views have followed the last write in this one.
        QTimer.singleShot(0, self, lambda: self._begin_with(dossier, summary, busy))

    def _begin_with(self, dossier: Dossier, summary: ImportSummary, busy: bool) -> None:
        """Choose what is disputed most of what came in: its event, and a turn later its claim.

        The row of a crowded event and the reasons for a claim in one turn would hold the window.
        """
        if not summary.added or busy or self._session.dossier is not dossier:
            self.finished.emit(summary)
            return
        chosen = first_look(self._session, summary.added)
        if chosen.claim_id is not None:
            event_id = self._session.claim(chosen.claim_id).event_id
            self._session.select(Selection(event_id=event_id))
        begun = self._session.selection
        QTimer.singleShot(0, self, lambda: self._go_on_with(dossier, summary, begun, chosen))

    def _go_on_with(
        self, dossier: Dossier, summary: ImportSummary, begun: Selection, chosen: Selection
    ) -> None:
        """What a person has chosen since stays chosen."""
        if self._session.dossier is dossier and self._session.selection == begun:
            self._session.select(chosen)
        self.finished.emit(summary)

    def _tell(self, summary: ImportSummary, articles: Sequence[ArticleRow], assumed: int) -> None:
        """One line; for an address alone it offers the only thing that can be done with it."""
        address = address_of(articles[0]) if len(articles) == 1 else ""
        if address and not summary.problems:
            only = articles[0].id
            self._bar.show_message(
                Message(of_warning(articles[0].warnings[0])),
                fetch_in_words(address),
                lambda: self.fetches.fetch(only),
            )
            return
        self._bar.show_message(
            of_import(summary, sum(row.claim_count for row in articles), assumed),
            self.tr("Show the report"),
            lambda: self.show_reports(summary.id),
        )

    def put_date_right(self, article_id: int, published: date) -> None:
        """Read an article again with a person's date; all that hangs on it follows."""
        self.put_dates_right([article_id], published)

    def put_dates_right(self, article_ids: Sequence[int], published: date) -> None:
        """The same for several articles of one day, in one step."""
        dossier = self._session.dossier
        if dossier is None or not article_ids:
            return
        dates = dict.fromkeys(article_ids, published)
        self._tasks.start(
            self.tr("Reading the article again")
            if len(dates) == 1
            else self.tr("Reading {count} articles again").format(count=len(dates)),
            lambda _: engine.put_dates_right(dossier, dates, pool=self._pool),
            failed=lambda error: self._bar.show_message(
                of_error(error, self.tr("put the date right"))
            ),
            can_stop=False,
        )

    def show_table(self) -> None:
        """All articles in one table, to put dates right for many at once."""
        if self._table is None:
            self._table = ArticleTable(self._session, self._tasks, self._window)
            self._table.dates_put_right.connect(self.put_dates_right)
        self._table.open_on_top()

    def show_changes(self, article_id: int) -> None:
        """The versions of an article."""
        changes = ArticleChanges(self._session, article_id, self._window)
        changes.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        changes.show()
        changes.raise_()
        changes.activateWindow()

    def show_reports(self, import_id: int | None = None) -> None:
        """The reports of all imports, the latest or the given one in front."""
        if self._reports is None:
            self._reports = ImportReports(self._session, self._window, self._tasks)
            self._reports.date_asked.connect(self.date_asked)
            self._reports.changes_asked.connect(self.show_changes)
            self._reports.fetch_asked.connect(self.fetches.fetch)
            self._reports.table_asked.connect(self.show_table)
        self._reports.show_import(import_id)


def _left_in(dossier: Dossier) -> int | None:
    """How many files an import that broke off has left; ``None`` where none did."""
    try:
        left = dossier.unfinished_import()
    except DossierError:
        return None
    return len(left.paths) if left is not None else None


def _title_for(paths: Sequence[Path]) -> str:
    first = paths[0]
    return first.stem.replace("_", " ").strip() or first.name
