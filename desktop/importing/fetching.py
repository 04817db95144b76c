"""Fetching the page of an address that is kept: only on a person's press, and only that page.

What comes is kept as a web archive file and imported like any dropped file; the article that was
an address becomes the article with a text.
"""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop import places
from desktop.addresses import address_of, fetch_in_words, host_of, is_of_this_network
from desktop.importing.engine import Interrupted
from desktop.messagebar import MessageBar
from desktop.messages import of_error, of_fetch_problem
from desktop.session import Session
from desktop.tasks import Task, Tasks


class Fetches(QObject):
    """``fetched`` carries the file of a page, the key of the article whose address it was fetched
    by, and the dossier that this article is in."""

    fetched = Signal(object, str, object)

    def __init__(self, window: QWidget, session: Session, tasks: Tasks, bar: MessageBar) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._tasks = tasks
        self._bar = bar
        self._under_way: set[str] = set()

    def fetch(self, article_id: int) -> None:
        """Fetch the page of an article that is only an address; ask first if it is nearby."""
        session = self._session
        if session.dossier is None or session.dossier.read_only:
            return
        article = session.article(article_id)
        address = address_of(article)
        if not address or address in self._under_way:
            return
        if is_of_this_network(QUrl(address).host()):
            self._ask_first(address, article.key)
        else:
            self._start(address, article.key, at_home=False)

    def _ask_first(self, address: str, key: str) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Fetch from your own network?"))
        host = host_of(address)
        box.setText(
            self.tr("“{host}” is this machine or one of your own network.").format(host=host)
        )
        box.setInformativeText(
            self.tr(
                "Some devices do something when an address of theirs is called. Fetch it only if "
                "you gave this address yourself:\n{address}"
            ).format(address=address)
        )
        go = box.addButton(fetch_in_words(address), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        go.clicked.connect(lambda: self._start(address, key, at_home=True))
        box.open()

    def _start(self, address: str, key: str, *, at_home: bool) -> None:
        # Only here: until a person asks for it, the program cannot speak to a network at all.
        from desktop.importing import fetching_page

        dossier = self._session.dossier
        bounds = fetching_page.Bounds(at_home=at_home)

        def work(task: Task) -> Path | fetching_page.FetchError:
            def told(done: int, total: int) -> None:
                task.label = self.tr("Fetching {host}: {size} kB").format(
                    host=host_of(address), size=f"{done / 1000:,.0f}"
                )
                task.detail = address

            try:
                data = fetching_page.fetch(address, bounds=bounds, told=told, stop=task.stopped)
            except fetching_page.Stopped:
                raise Interrupted from None
            except fetching_page.FetchError as error:
                # The world's fault and no fault of the program's: nothing for the log.
                return error
            return keep(data, address)

        def failed(error: Exception) -> None:
            self._under_way.discard(address)
            self._bar.show_message(of_error(error, self.tr("keep the page")))

        def done(got: Path | fetching_page.FetchError) -> None:
            self._under_way.discard(address)
            if isinstance(got, Path):
                self.fetched.emit(got, key, dossier)
            else:
                told = of_fetch_problem(got.code, host_of(address), address, got.detail)
                self._bar.show_message(told)

        self._under_way.add(address)
        label = self.tr("Fetching {host}").format(host=host_of(address))
        task = self._tasks.start(label, work, done=done, failed=failed, apart=True)

        def forget() -> None:
            # A stopped task tells nobody of its end.
            if task not in self._tasks.running():
                self._under_way.discard(address)
                self._tasks.changed.disconnect(forget)

        self._tasks.changed.connect(forget)


def keep(data: bytes, address: str, folder: Path | None = None) -> Path:
    """Write a fetched page where pasted texts stand, named by host and time. Raises ``OSError``."""
    folder = folder or places.pasted_folder()
    folder.mkdir(parents=True, exist_ok=True)
    when = datetime.fromtimestamp(time.time()).strftime("%Y-%m-%d %H.%M")
    stem = f"{re.sub(r'[^A-Za-z0-9.-]+', '-', host_of(address))[:80]}, {when}"
    path, number = folder / f"{stem}.warc", 2
    while path.exists():
        path = folder / f"{stem} {number}.warc"
        number += 1
    path.write_bytes(data)
    return path
