"""Reads files, folders and what they hold: in worker processes or in place, with progress."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from db.rows import ImportProblem
from desktop.importing import jobs
from desktop.importing.files import FileList, expand
from desktop.importing.progress import Progress, Stop, Told, never, quiet
from desktop.importing.workers import Ending, Job, Outcome, Pool
from extraction.model import ArticleReading, Document, Published

if TYPE_CHECKING:
    from desktop.importing.jobs import Read
    from extraction.documents import Place

    _Order = tuple[int, ...]

LARGEST_DOCUMENT = 128 * 2**20
BYTES_A_SECOND = 4 * 2**20
"""What is larger than any document is a container; to go through it takes time by its size."""

PublishedOf = Callable[[Path], "date | None"]


@dataclass(frozen=True)
class Reader:
    """How files are read.

    Without a pool they are read in this process, one after the other and with no limit of time.
    ``published`` binds single files to a day, ``undated`` serves those that carry none of their
    own. Stopping keeps what is done.
    """

    pool: Pool | None = None
    published: PublishedOf | None = None
    undated: date | None = None
    told: Told = quiet
    stop: Stop = never
    pause: Stop = never

    def date_of(self, path: Path, member: str = "") -> date | None:
        """The day that a file or a member of it is bound to."""
        if self.published is None:
            return None
        return (self.published(Path(member)) if member else None) or self.published(path)


@dataclass(frozen=True)
class ReadFiles:
    """What reading gave, in the order of the files; ``members`` are those that were found in
    containers and not read yet, where that was asked for."""

    new: tuple[tuple[Document, ArticleReading], ...]
    problems: tuple[ImportProblem, ...]
    cancelled: bool = False
    members: tuple[Place, ...] = ()


@dataclass(frozen=True)
class _Task:
    """A file or a member of one to read; ``order`` is its place among all that is read."""

    order: _Order
    name: str
    whole: str
    job: Job


def read_files(
    files: FileList | Sequence[Path], reader: Reader, known: frozenset[str] = frozenset()
) -> ReadFiles:
    """Read files and folders with all that they hold, listed already or not.

    ``known`` are SHA-256 of documents that the dossier holds.
    """
    found = files if isinstance(files, FileList) else expand(files)
    read = read_items(found.files, reader, known)
    return replace(read, problems=(*found.problems, *read.problems))


def read_items(
    items: Sequence[Path | Place],
    reader: Reader,
    known: frozenset[str] = frozenset(),
    *,
    follow: bool = True,
) -> ReadFiles:
    """Read files and members of files. With ``follow`` what they hold is read at once as well,
    without it that is given back as ``members``.
    """
    # Only here: the window stands before a file is looked at.
    from extraction.documents import Place

    done, total = 0, len(items)
    reader.told(Progress("reading", 0, total))

    def ended(index: int, outcome: Outcome) -> None:
        nonlocal done
        done += 1
        reader.told(Progress("reading", done, total, tasks[index].name))

    tasks = [_task((index,), item, reader) for index, item in enumerate(items)]
    unread: list[Place] = []
    results: list[tuple[_Order, Read | ImportProblem]] = []
    cancelled = False
    # What a file holds is read in a second round, what is packed inside that in a third.
    while tasks and not cancelled:
        outcomes = jobs.run(
            [task.job for task in tasks],
            reader.pool,
            shared=known,
            limit=jobs.FILE_LIMIT,
            stop=reader.stop,
            ended=ended,
        )
        cancelled = len(outcomes) < len(tasks)
        members: list[_Task] = []
        for index in sorted(outcomes):
            task = tasks[index]
            for number, result in enumerate(jobs.results(outcomes[index], task.whole)):
                order = (*task.order, number)
                if isinstance(result, Place) and follow:
                    members.append(_task(order, result, reader))
                elif isinstance(result, Place):
                    unread.append(result)
                else:
                    results.append((order, result))
        total += len(members)
        tasks = members
    results.sort(key=lambda item: item[0])
    new, problems = _sorted_out([result for _, result in results])
    return ReadFiles(new, tuple(problems), cancelled, tuple(unread))


def read_anew(
    new: Sequence[tuple[Document, ArticleReading]],
    days: Mapping[int, date],
    pool: Pool | None,
    grounds: Mapping[int, Published] = MappingProxyType({}),
) -> tuple[tuple[Document, ArticleReading], ...]:
    """The same, with those at some places read again for the days of publication given there.

    ``grounds`` say what a day rests on; without them a person decided it. What cannot be read
    again stays as it is.
    """
    asked = [Job(jobs.read_again, (new[at][0], day, grounds.get(at))) for at, day in days.items()]
    outcomes = jobs.run(asked, pool, limit=jobs.FILE_LIMIT)
    again = list(new)
    for number, at in enumerate(days):
        outcome = outcomes.get(number)
        if outcome is None or outcome.ending is not Ending.DONE:
            continue
        (answer,) = outcome.value
        if not isinstance(answer, ImportProblem):
            again[at] = answer[0], jobs.unpacked_reading(answer[1])
    return tuple(again)


def _task(order: _Order, item: Path | Place, reader: Reader) -> _Task:
    if isinstance(item, Path):
        arguments = (str(item), reader.date_of(item), reader.undated)
        return _Task(order, item.name, str(item), Job(jobs.read_one, arguments, _seconds_for(item)))
    name = item.steps[-1].container.member
    job = Job(jobs.read_member, (item, reader.date_of(Path(item.path), name), reader.undated))
    return _Task(order, name, item.whole, job)


def _seconds_for(path: Path) -> float:
    """Seconds more than the limit that a file may take for its size."""
    return max(0, size_of(path) - LARGEST_DOCUMENT) / BYTES_A_SECOND


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sorted_out(
    results: Sequence[Read | ImportProblem],
) -> tuple[tuple[tuple[Document, ArticleReading], ...], list[ImportProblem]]:
    """What is new, each document once, and what is not read with the reason."""
    new: list[tuple[Document, ArticleReading]] = []
    problems: list[ImportProblem] = []
    first_named: dict[str, str] = {}
    for result in results:
        if isinstance(result, ImportProblem):
            problems.append(result)
        elif result[0].sha256 in first_named:
            document = result[0]
            same = first_named[document.sha256]
            # not by pathlib, which would take the address of a page for a path
            file = os.path.join(os.path.dirname(document.path or ""), document.name)
            problems.append(ImportProblem(file, "duplicate", same))
        else:
            document, encoded = result
            first_named[document.sha256] = document.name
            new.append((document, jobs.unpacked_reading(encoded)))
    return tuple(new), problems
