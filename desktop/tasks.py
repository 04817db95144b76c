"""Background work: one thread for everything that writes the dossier, one for what only waits for
the network, one list of what runs.

A task gets a ``Task`` to report to and to ask whether to stop. Its end is told in the GUI's
thread. What is heavy is passed on by the task to worker processes.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.importing.engine import Interrupted

logger = logging.getLogger(__name__)

SWITCH_SECONDS = 0.001

POLL = 100
"""Milliseconds between two looks at how far the work is."""


@dataclass(eq=False)
class Task:
    """A piece of work. ``done`` of ``total`` are set by the work, 0 of 0 while unknown.

    ``only_reads`` marks what gives up by itself when its dossier is closed.
    """

    label: str
    done: int = 0
    total: int = 0
    detail: str = ""
    can_stop: bool = True
    can_pause: bool = False
    only_reads: bool = False
    started: float = field(default_factory=monotonic)
    _stop: threading.Event = field(default_factory=threading.Event)
    _pause: threading.Event = field(default_factory=threading.Event)
    _paused_at: float = 0.0
    _rested: float = 0.0

    def report(self, done: int, total: int, detail: str = "") -> None:
        self.done, self.total, self.detail = done, total, detail

    def stop(self) -> None:
        self._stop.set()

    def stopped(self) -> bool:
        return self._stop.is_set()

    def pause(self, on: bool = True) -> None:
        """Ask the work to rest; what is being read meanwhile is read to its end."""
        if on == self.paused():
            return
        if on:
            self._paused_at = monotonic()
            self._pause.set()
        else:
            self._rested += monotonic() - self._paused_at
            self._pause.clear()

    def paused(self) -> bool:
        return self._pause.is_set()

    @property
    def seconds(self) -> float:
        """Of work: pauses aside, so that they do not spoil the rate."""
        now = self._paused_at if self.paused() else monotonic()
        return now - self.started - self._rested

    @property
    def seconds_left(self) -> float | None:
        """By the rate so far; ``None`` while there is too little to tell."""
        if not self.total or self.done < max(3, self.total // 50) or self.seconds < 1:
            return None
        return self.seconds / self.done * (self.total - self.done)


class Tasks(QObject):
    """``changed`` is sent when a task begins or ends and, while one runs, every 100 ms."""

    changed = Signal()
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python lets a thread that computes go on for 5 ms before the window gets its turn, at
        # each row that the window fetches anew.
        sys.setswitchinterval(SWITCH_SECONDS)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._waiting = ThreadPoolExecutor(1, thread_name_prefix="network")
        self._running: list[Task] = []
        self._timer = QTimer(self)
        self._timer.setInterval(POLL)
        self._timer.timeout.connect(self.changed)
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def running(self) -> list[Task]:
        """What runs or waits for its turn, the oldest first."""
        return list(self._running)

    def start(
        self,
        label: str,
        work: Callable[[Task], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        can_stop: bool = True,
        can_pause: bool = False,
        apart: bool = False,
        only_reads: bool = False,
    ) -> Task:
        """Run ``work`` in the writer's thread, one after the other.

        ``apart`` is for what does not write the dossier and may take long: it has a thread of its
        own, so that nobody who corrects something waits for it.

        ``done`` gets its result and ``failed`` what it raised, both in the GUI's thread. Being
        stopped is no failure: then neither is called.
        """
        task = Task(label, can_stop=can_stop, can_pause=can_pause, only_reads=only_reads)
        self._running.append(task)
        self._timer.start()
        executor = self._waiting if apart else self._writer
        executor.submit(self._run, task, work, done, failed)
        self.changed.emit()
        return task

    def _run(
        self,
        task: Task,
        work: Callable[[Task], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> None:
        task.started = monotonic()
        try:
            result = work(task)
        except Interrupted:
            self._ended.emit(task, None, None)
        except Exception as error:
            logger.warning("%s: %s", task.label, error, exc_info=True)
            self._ended.emit(task, failed, error)
        else:
            self._ended.emit(task, done, result)

    def _finish(self, task: Task, tell: Callable[[Any], None] | None, what: Any) -> None:
        self._running.remove(task)
        if not self._running:
            self._timer.stop()
        self.changed.emit()
        if tell is not None:
            tell(what)

    def close(self) -> None:
        """Stop everything and wait for the step that is being written."""
        for task in self._running:
            task.stop()
        for executor in (self._writer, self._waiting):
            executor.shutdown(wait=True, cancel_futures=True)
        self._timer.stop()
