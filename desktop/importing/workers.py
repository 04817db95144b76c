"""Worker processes that read files: each knows its one file, so a bad file costs only itself.

``concurrent.futures`` cannot say which file killed its pool nor stop one that hangs; here every
process has its own pipe, so that a death or a passed time limit belongs to one job.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

MEMORY_LIMIT = 4 * 2**30
"""Address space of one worker, in bytes, where the system can bound it."""

WATCH, LOST = 5.0, 180.0
"""Seconds between a worker's signs of life to itself, and after which it takes itself for lost."""

POLL = 0.1
"""Seconds between two looks at whether to stop."""


def _never() -> bool:
    return False


def _untold(index: int, outcome: Outcome) -> None:
    return


class Ending(Enum):
    DONE = "done"
    FAILED = "failed"
    TIMEOUT = "timeout"
    CRASHED = "crashed"


@dataclass(frozen=True)
class Outcome:
    """What became of a job; ``value`` is its result or, where it failed, the traceback."""

    ending: Ending
    value: Any = None


@dataclass(frozen=True)
class Job:
    """A function of a module and its arguments. The first one is what all jobs share.

    ``seconds`` are added to the limit of time, for what is long by its size.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    seconds: float = 0.0


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection[Any, Any]
    job: int | None = None
    deadline: float = float("inf")
    shared: object = field(default_factory=object)


class Pool:
    """Up to ``size`` processes, started at the first need or by ``start`` and kept.

    One ``run`` at a time; a second one waits. ``warm_up`` is called once in each process.
    """

    def __init__(
        self, size: int | None = None, warm_up: Callable[[], object] | None = None
    ) -> None:
        self.size = size or max(1, os.cpu_count() or 1)
        self._warm_up = warm_up
        self._workers: list[_Worker] = []
        self._busy = threading.Lock()
        self._closed = False

    def start(self, count: int | None = None) -> None:
        """Start processes ahead of their work; a ``run`` under way has started its own.

        Never waits. Raises ``OSError`` where none can be started.
        """
        if self._busy.acquire(blocking=False):
            try:
                self._fill(count or self.size)
            finally:
                self._busy.release()

    def run(
        self,
        jobs: Sequence[Job],
        *,
        shared: object = None,
        limit: float | None = None,
        stop: Callable[[], bool] = _never,
        ended: Callable[[int, Outcome], object] = _untold,
    ) -> dict[int, Outcome]:
        """Give out jobs and wait; the outcomes by index of the job, in the order they ended.

        ``limit`` is in seconds for each job. ``ended`` is told of each outcome at once. When
        ``stop`` says so, what is running is killed, and what did not end has no outcome.
        """
        outcomes: dict[int, Outcome] = {}
        with self._busy:
            waiting = iter(range(len(jobs)))
            self._fill(min(self.size, len(jobs)))
            try:
                for worker in list(self._workers):
                    self._give(worker, jobs, waiting, shared, limit)
                while any(worker.job is not None for worker in self._workers):
                    if stop() or self._closed:
                        break
                    for index, outcome in self._collect(jobs, waiting, shared, limit):
                        outcomes[index] = outcome
                        ended(index, outcome)
            finally:
                for worker in [item for item in self._workers if item.job is not None]:
                    self._kill(worker)
        return outcomes

    def close(self) -> None:
        """End all processes at once, also while a ``run`` is under way in another thread."""
        self._closed = True
        for worker in list(self._workers):
            self._kill(worker)

    def _collect(
        self, jobs: Sequence[Job], waiting: Iterator[int], shared: object, limit: float | None
    ) -> Iterator[tuple[int, Outcome]]:
        running = {worker.pipe: worker for worker in self._workers if worker.job is not None}
        ready = wait(list(running), timeout=POLL)
        for pipe, worker in running.items():
            index = worker.job
            assert index is not None
            if pipe in ready:
                outcome = self._receive(worker)
            elif time.monotonic() > worker.deadline:
                self._kill(worker)
                outcome = Outcome(Ending.TIMEOUT)
            else:
                continue
            worker.job = None
            if worker not in self._workers and not self._closed:
                worker = self._spawn()
            if not self._closed:
                self._give(worker, jobs, waiting, shared, limit)
            yield index, outcome

    def _receive(self, worker: _Worker) -> Outcome:
        try:
            done, value = worker.pipe.recv()
        except (EOFError, OSError):
            self._kill(worker)
            return Outcome(Ending.CRASHED)
        return Outcome(Ending.DONE if done else Ending.FAILED, value)

    def _give(
        self,
        worker: _Worker,
        jobs: Sequence[Job],
        waiting: Iterator[int],
        shared: object,
        limit: float | None,
    ) -> None:
        index = next(waiting, None)
        if index is None:
            return
        worker.job = index
        job = jobs[index]
        worker.deadline = float("inf")
        if limit is not None:
            worker.deadline = time.monotonic() + limit + job.seconds
        # A process that died while idle shows itself as a crash when its answer is awaited.
        with suppress(OSError):
            news = worker.shared is not shared
            worker.pipe.send((job.function, job.arguments, news, shared if news else None))
            worker.shared = shared

    def _fill(self, count: int) -> None:
        for worker in [item for item in self._workers if not item.process.is_alive()]:
            self._kill(worker)
        while len(self._workers) < count and not self._closed:
            self._spawn()

    def _spawn(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self._warm_up), daemon=True, name="claimline-reader"
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _kill(self, worker: _Worker) -> None:
        try:
            self._workers.remove(worker)
        except ValueError:
            return  # the thread that closes the pool and the one that runs it end it once only
        worker.process.kill()
        worker.process.join(5)
        worker.pipe.close()


def _serve(pipe: Connection[Any, Any], warm_up: Callable[[], object] | None) -> None:
    """The life of a worker: it ends when the other end of its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _be_modest()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if warm_up is not None:
        # What fails here fails again in a job, where it can be told.
        with suppress(Exception):
            warm_up()
    shared: object = None
    with suppress(EOFError, OSError):
        while True:
            function, arguments, news, sent = pipe.recv()
            if news:
                shared = sent
            try:
                answer = (True, function(shared, *arguments))
            except Exception as error:
                answer = (False, "".join(traceback.format_exception(error)))
            pipe.send(answer)


def _end_with_parent() -> None:
    """End this process when the one that reads its answers is gone, killed or crashed.

    A job that never comes back would go on for ever: nobody is left to stop it. One that holds
    up this thread as well is ended by the system's timer.
    """
    parent = multiprocessing.parent_process()
    is_there = True
    while parent is not None and is_there:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, LOST)
        is_there = not wait([parent.sentinel], timeout=WATCH)
    os._exit(1)


def _be_modest() -> None:
    """Leave the processor to the window, and do not take the whole memory for one bad file."""
    if os.name != "posix":
        return
    import resource

    with suppress(OSError):
        os.nice(5)
    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, most))


def take_more_memory() -> None:
    """Lift a worker's bound for what is no file of a stranger's: a whole dossier, assembled."""
    if os.name != "posix":
        return
    import resource

    with suppress(ValueError, OSError):
        soft, most = resource.getrlimit(resource.RLIMIT_AS)
        if soft == MEMORY_LIMIT:
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
