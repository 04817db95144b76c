"""Opening, beginning and changing dossiers from the window, with every failure told."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db import Dossier, DossierError
from db.backups import backups, restore
from desktop import asking, places
from desktop.backups import BackupsDialog
from desktop.messagebar import MessageBar
from desktop.messages import Message, of_dossier_problem, of_error
from desktop.session import Session
from desktop.settings import Settings
from desktop.tasks import Tasks
from extraction.model import SideKey

logger = logging.getLogger(__name__)


class Dossiers(QObject):
    """There is no Save: every step is on the disk when it is done."""

    def __init__(
        self, window: QWidget, session: Session, settings: Settings, tasks: Tasks, bar: MessageBar
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._settings = settings
        self._tasks = tasks
        self._bar = bar

    # ------------------------------------------------------------------ open and close

    def open(self, path: Path) -> bool:
        """Open a dossier, read-only where it cannot be written; ``False`` where it cannot be."""
        now = self._session.dossier
        # One that could only be read is tried again: whoever had it may have closed it.
        if now is not None and _same(now.path, path) and not now.read_only:
            return True
        if not self._may_leave():
            return False
        try:
            if not path.exists():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
            dossier = Dossier.open(path)
        except (DossierError, OSError) as error:
            self._tell_not_opened(path, error)
            return False
        self._show(dossier)
        if dossier.read_only:
            self._bar.show_message(of_dossier_problem(_why_read_only(dossier), path))
        return True

    def create(self, path: Path, title: str = "") -> bool:
        """Begin a dossier at a path that is free."""
        if not self._may_leave():
            return False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            dossier = Dossier.create(path, title or path.stem)
        except (DossierError, OSError) as error:
            self._tell(error, self.tr("begin a dossier"))
            return False
        self._show(dossier)
        return True

    def ensure(self, title: str) -> bool:
        """Have a dossier that can be written: the open one, else a new one of that name."""
        dossier = self._session.dossier
        if dossier is None:
            return self.create(places.free_name(places.dossier_folder(), title), title)
        if dossier.read_only:
            self._bar.show_message(of_dossier_problem(_why_read_only(dossier), dossier.path))
            return False
        return True

    def close(self) -> None:
        if self._may_leave():
            self._settings.last_dossier = None
            self._session.open(None)

    def set_person(self, name: str) -> None:
        """The name under which the revision log keeps what is done here from now on."""
        self._settings.person = name
        if self._session.dossier is not None:
            self._session.dossier.who = name

    def _show(self, dossier: Dossier) -> None:
        self._bar.clear()
        dossier.who = self._settings.person
        self._settings.remember(dossier.path)
        self._settings.last_dossier = dossier.path
        self._session.open(dossier)

    def _may_leave(self) -> bool:
        """A dossier that is being written to is not closed under the writer."""
        writing = any(not task.only_reads for task in self._tasks.running())
        if self._session.dossier is None or not writing:
            return True
        self._bar.show_message(
            Message(
                self.tr("This dossier is still being worked on."),
                self.tr("Wait until that is done, or stop it below, then try again."),
            )
        )
        return False

    # ------------------------------------------------------------------ questions

    def ask_new(self) -> None:
        suggestion = places.free_name(places.dossier_folder(), self.tr("New dossier"))
        folder = suggestion.parent
        if not folder.is_dir():
            suggestion = self._settings.last_folder / suggestion.name
        asking.for_new_file(self._window, self.tr("New dossier"), suggestion, self._create_over)

    def _create_over(self, path: Path) -> None:
        # The file dialog has asked whether to replace; a dossier is never replaced all the same.
        self._settings.last_folder = path.parent
        self.create(path)

    def ask_open(self) -> None:
        asking.for_files(
            self._window,
            self.tr("Open dossier"),
            self._settings.last_folder,
            [asking.dossier_filter()],
            self._open_first,
        )

    def _open_first(self, paths: Sequence[Path]) -> None:
        self._settings.last_folder = paths[0].parent
        self.open(paths[0])

    def ask_copy(self) -> None:
        dossier = self._session.dossier
        if dossier is None:
            return
        suggestion = places.free_name(self._settings.last_folder, dossier.path.stem)
        asking.for_new_file(self._window, self.tr("Save a copy"), suggestion, self.save_copy)

    def save_copy(self, path: Path) -> None:
        """Write a copy and go on in the original."""
        dossier = self._session.dossier
        if dossier is None:
            return
        self._settings.last_folder = path.parent
        self._tasks.start(
            self.tr("Saving a copy"),
            lambda _: dossier.save_copy(path),
            done=lambda _: self._bar.show_message(
                Message(self.tr("A copy was saved as “{name}”.").format(name=path.name)),
                self.tr("Open the copy"),
                lambda: self.open(path),
            ),
            failed=lambda error: self._tell(error, self.tr("save a copy")),
            can_stop=False,
        )

    def show_backups(self, path: Path | None = None) -> None:
        """The copies that were made of the open dossier, or of one that cannot be opened."""
        dossier = self._session.dossier
        if path is None:
            if dossier is None:
                return
            path = dossier.path
        place = path
        may_write = dossier is None or not _same(dossier.path, place) or not dossier.read_only
        dialog = BackupsDialog(place, self._window, may_write=may_write)
        dialog.restore_asked.connect(lambda backup: self.restore(place, backup))
        dialog.open()

    def restore(self, path: Path, backup: Path) -> None:
        """Put a copy in the place of a dossier and open it; what is replaced is kept."""
        if not self._may_leave():
            return
        self._session.open(None)
        try:
            restore(path, backup)
        except (DossierError, OSError) as error:
            self._tell(error, self.tr("restore the backup"))
            failed = self._bar.message
            if path.exists() and self.open(path) and failed is not None:
                self._bar.show_message(failed)
            return
        if self.open(path):
            self._bar.show_message(
                Message(
                    self.tr("The backup was restored."),
                    self.tr("What it replaced is among the backups."),
                ),
                self.tr("Backups…"),
                self.show_backups,
            )

    def ask_title(self) -> None:
        dossier = self._session.dossier
        if dossier is None:
            return
        asking.for_text(
            self._window,
            self.tr("Rename dossier"),
            self.tr("&Title of the dossier:"),
            dossier.title,
            lambda title: self.edit(lambda to: to.set_title(title), self.tr("rename the dossier")),
        )

    # ------------------------------------------------------------------ changes

    def edit(self, change: Callable[[Dossier], object], doing: str) -> bool:
        """Make one change; ``doing`` completes "Could not …". ``False`` where it failed."""
        dossier = self._session.dossier
        if dossier is None:
            return False
        try:
            change(dossier)
        except (DossierError, OSError) as error:
            self._tell(error, doing)
            return False
        return True

    def undo(self) -> None:
        self.edit(lambda dossier: dossier.undo(), self.tr("undo"))

    def redo(self) -> None:
        self.edit(lambda dossier: dossier.redo(), self.tr("redo"))

    def swap_sides(self) -> None:
        self.edit(lambda dossier: dossier.swap_sides(), self.tr("swap the sides"))

    def move_actors(self, actor_ids: Sequence[int], side: SideKey) -> None:
        """Move actors to a side as one step."""
        to = self._session.side_name(side)
        if len(actor_ids) == 1:
            name = self._session.actor(actor_ids[0]).name
            label = self.tr("Move “{name}” to {side}").format(name=name, side=to)
        else:
            label = self.tr("Move {count} actors to {side}").format(count=len(actor_ids), side=to)

        def move(dossier: Dossier) -> None:
            with dossier.step(label):
                for actor_id in actor_ids:
                    dossier.move_actor(actor_id, side)

        self.edit(move, self.tr("move the actor"))

    def _tell_not_opened(self, path: Path, error: BaseException) -> None:
        self._tell(error, self.tr("open the dossier"))
        message = self._bar.message
        if message is not None and isinstance(error, DossierError) and backups(path):
            self._bar.show_message(message, self.tr("Backups…"), lambda: self.show_backups(path))

    def _tell(self, error: BaseException, doing: str) -> None:
        logger.warning("could not %s: %s", doing, error)
        self._bar.show_message(of_error(error, doing))


def _why_read_only(dossier: Dossier) -> str:
    return "in-use" if dossier.read_only_reason == "in-use" else "read-only"


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return first == second
