"""Reads files into a dossier: in worker processes or in place, with progress and cancel.

Loads no Qt: the command line and the window both use it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from db.carrying import carried_decisions
from db.rows import ImportProblem, ImportSummary, Recognised
from desktop.importing.files import FileList, expand
from desktop.importing.workers import Ending, Job, Outcome, Pool
from extraction.model import (
    ArticleReading,
    DateBasis,
    Decisions,
    Document,
    Reading,
    UnreadableDocument,
)

if TYPE_CHECKING:
    from db import Dossier
    from extraction.documents import Place

    _Read = tuple[Document, bytes]
    _Result = _Read | ImportProblem | Place
    _Order = tuple[int, ...]

# The rules and the readers are imported where they are used: in the workers. The window stands
# before they are needed, and does not wait for them.

AT_ONCE = 16
"""Files up to which an import is written as a whole."""

FILE_LIMIT = 60.0
"""Seconds that one article may take, and the list of what a file holds."""

LARGEST_DOCUMENT = 128 * 2**20
BYTES_A_SECOND = 4 * 2**20
"""What is larger than any document is a container; to go through it takes time by its size."""

MANY_BYTES = 256 * 1024
"""A file that may hold so many articles that they are written as they are read."""


@dataclass(frozen=True)
class Progress:
    """``stage`` is ``reading``, ``assembling`` or ``recording``; ``current`` a file's name."""

    stage: str
    done: int = 0
    total: int = 0
    current: str = ""


Told = Callable[[Progress], None]
Stop = Callable[[], bool]
PublishedOf = Callable[[Path], "date | None"]


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


class Interrupted(Exception):
    """Work that was told to stop before there was anything to keep."""


def _quiet(_: Progress) -> None:
    return


def _never() -> bool:
    return False


def warm_up() -> None:
    """Load what reading needs, so that the first file does not wait for it."""
    from extraction import pipeline
    from extraction.documents import read_document

    document = Document("warm-up.txt", b"The ministry said so on Monday.", "", "text/plain")
    pipeline.assemble([pipeline.read_article(read_document(document))])


def make_pool(size: int | None = None) -> Pool:
    """Worker processes for this module's jobs."""
    return Pool(size, warm_up)


def read_files(
    paths: Sequence[Path],
    *,
    pool: Pool | None = None,
    published: PublishedOf | None = None,
    undated: date | None = None,
    known: frozenset[str] = frozenset(),
    told: Told = _quiet,
    stop: Stop = _never,
) -> ReadFiles:
    """Read files and folders.

    Without a pool the files are read in this process, one after the other and with no limit of
    time. ``published`` binds single files to a day, ``undated`` serves those that carry none of
    their own. ``known`` are SHA-256 of documents that the dossier holds. Stopping keeps what is
    done.
    """
    return read_listed(
        expand(paths),
        pool=pool,
        published=published,
        undated=undated,
        known=known,
        told=told,
        stop=stop,
    )


def read_listed(
    found: FileList,
    *,
    pool: Pool | None = None,
    published: PublishedOf | None = None,
    undated: date | None = None,
    known: frozenset[str] = frozenset(),
    told: Told = _quiet,
    stop: Stop = _never,
) -> ReadFiles:
    """``read_files`` for what is listed already."""
    read = read_items(
        found.files,
        pool=pool,
        published=published,
        undated=undated,
        known=known,
        told=told,
        stop=stop,
    )
    return replace(read, problems=(*found.problems, *read.problems))


def read_items(
    items: Sequence[Path | Place],
    *,
    pool: Pool | None = None,
    published: PublishedOf | None = None,
    undated: date | None = None,
    known: frozenset[str] = frozenset(),
    told: Told = _quiet,
    stop: Stop = _never,
    follow: bool = True,
) -> ReadFiles:
    """Read files and members of files. With ``follow`` what they hold is read at once as well,
    without it that is given back as ``members``.
    """
    # Only here: the window stands before a file is looked at.
    from extraction.documents import Place

    done, total = 0, len(items)
    told(Progress("reading", 0, total))

    def ended(index: int, outcome: Outcome) -> None:
        nonlocal done
        done += 1
        told(Progress("reading", done, total, tasks[index].name))

    def date_of(path: Path, member: str = "") -> date | None:
        if published is None:
            return None
        return (published(Path(member)) if member else None) or published(path)

    def task_of(order: _Order, item: Path | Place) -> _Task:
        if isinstance(item, Place):
            name = item.steps[-1].container.member
            arguments = (item, date_of(Path(item.path), name), undated)
            return _Task(order, name, item.whole, Job(_read_member, arguments))
        job = Job(_read_one, (str(item), date_of(item), undated), _seconds_for(item))
        return _Task(order, item.name, str(item), job)

    tasks = [task_of((index,), item) for index, item in enumerate(items)]
    unread: list[Place] = []
    results: list[tuple[_Order, _Read | ImportProblem]] = []
    cancelled = False
    # What a file holds is read in a second round, what is packed inside that in a third.
    while tasks and not cancelled:
        jobs = [task.job for task in tasks]
        if pool is None:
            outcomes = _in_place(jobs, known, stop, ended)
        else:
            outcomes = pool.run(jobs, shared=known, limit=FILE_LIMIT, stop=stop, ended=ended)
        cancelled = len(outcomes) < len(jobs)
        members: list[_Task] = []
        for index in sorted(outcomes):
            task = tasks[index]
            for number, result in enumerate(_results(outcomes[index], task.whole)):
                order = (*task.order, number)
                if isinstance(result, Place) and follow:
                    members.append(task_of(order, result))
                elif isinstance(result, Place):
                    unread.append(result)
                else:
                    results.append((order, result))
        total += len(members)
        tasks = members
    results.sort(key=lambda item: item[0])
    new, problems = _sorted_out([result for _, result in results])
    return ReadFiles(new, tuple(problems), cancelled, tuple(unread))


def _seconds_for(path: Path) -> float:
    """Seconds more than the limit that a file may take for its size."""
    return max(0, _size_of(path) - LARGEST_DOCUMENT) / BYTES_A_SECOND


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _may_hold_many(path: Path) -> bool:
    from extraction.documents.kinds import may_hold_many

    return may_hold_many(path.name) and _size_of(path) > MANY_BYTES


def _sorted_out(
    results: Sequence[_Read | ImportProblem],
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
            new.append((document, msgspec.msgpack.decode(encoded, type=ArticleReading)))
    return tuple(new), problems


def assemble(
    readings: Sequence[ArticleReading],
    decisions: Decisions,
    *,
    pool: Pool | None = None,
    stop: Stop = _never,
) -> Reading:
    """``extraction.pipeline.assemble``, in a worker where there is a pool.

    Raises ``Interrupted`` where it was stopped and ``RuntimeError`` where the rules failed.
    """
    if pool is None:
        from extraction import pipeline

        return pipeline.assemble(readings, decisions)
    sent = msgspec.msgpack.encode((tuple(readings), decisions))
    outcome = pool.run([Job(_assemble_all, (sent,))], stop=stop).get(0)
    if outcome is None:
        raise Interrupted
    if outcome.ending is not Ending.DONE:
        raise RuntimeError(outcome.value or outcome.ending.value)
    reading: Reading = msgspec.msgpack.decode(outcome.value, type=Reading)
    return replace(reading, articles=tuple(readings))


def import_files(
    dossier: Dossier,
    paths: Sequence[Path],
    *,
    pool: Pool | None = None,
    published: PublishedOf | None = None,
    undated: date | None = None,
    told: Told = _quiet,
    stop: Stop = _never,
    pause: Stop = _never,
    name_it: bool = False,
    instead_of: str | None = None,
) -> ImportSummary:
    """Read files and folders into a dossier as one step.

    A few files are written as a whole. Many appear as they are read: see ``desktop.importing.
    stages``. ``name_it`` gives a dossier that was begun for these files the title of the first
    article. ``instead_of`` is the key of the article that the one new document is a version of.
    Raises ``db.DossierError`` where the dossier cannot be written; what was written
    before that stays, and the import can be gone on with.
    """
    from desktop.importing import stages
    from desktop.importing.versions import Versions, in_place_of

    found = expand(paths)
    if len(found.files) > AT_ONCE or (instead_of is None and any(map(_may_hold_many, found.files))):
        return stages.import_many(
            dossier,
            found,
            stages.Reader(pool, published, undated, told, stop, pause),
            name_it=name_it,
        )
    started = datetime.now().replace(microsecond=0)
    known = dossier.document_keys()
    read = read_listed(
        found,
        pool=pool,
        published=published,
        undated=undated,
        known=known,
        told=told,
        stop=stop,
    )
    told(Progress("assembling", len(read.new), len(read.new)))
    held = dossier.readings()
    recognised = Versions(held, dossier.places()).recognise(read.new)
    if instead_of is not None and len(read.new) == 1:
        recognised = _as_version(recognised, read.new[0][0].sha256, instead_of)
    new = keep_dates(held, read.new, recognised, pool=pool)
    readings, replaced = in_place_of(held, [reading for _, reading in new], recognised)
    reading = assemble_with(dossier, readings, pool=pool, replaced=replaced)
    told(Progress("recording", len(read.new), len(read.new)))
    title = title_of(reading for _, reading in read.new) if name_it else ""
    step = dossier.step(f"Import {read.new[0][0].name}") if title else nullcontext()
    with step:
        summary = dossier.record_import(
            new,
            reading,
            read.problems,
            started=started,
            cancelled=read.cancelled,
            recognised=recognised,
        )
        if title:
            dossier.set_title(title)
    return summary


def _as_version(recognised: Recognised, key: str, old: str) -> Recognised:
    """The same, with the next version of an article that was named."""
    if key in recognised.same or key in recognised.changed:
        return recognised
    return replace(recognised, changed={**recognised.changed, key: old})


def keep_dates(
    held: Sequence[ArticleReading],
    new: Sequence[tuple[Document, ArticleReading]],
    recognised: Recognised,
    *,
    pool: Pool | None = None,
) -> tuple[tuple[Document, ArticleReading], ...]:
    """Read new versions again with the date that a person gave the article.

    Where that fails a version keeps the date that it names.
    """
    dates = {
        reading.article.key: reading.article.published.start.date()
        for reading in held
        if reading.article.published.basis is DateBasis.USER
        and reading.article.published.start is not None
    }
    for key, old in recognised.changed.items():
        if old in dates:
            dates[key] = dates[old]
    places = [at for at, (_, reading) in enumerate(new) if reading.article.key in dates]
    if not places:
        return tuple(new)
    jobs = [Job(_read_again, (new[at][0], dates[new[at][1].article.key])) for at in places]
    outcomes = _in_place(jobs, None, _never) if pool is None else pool.run(jobs, limit=FILE_LIMIT)
    again = list(new)
    for number, at in enumerate(places):
        outcome = outcomes.get(number)
        if outcome is None or outcome.ending is not Ending.DONE:
            continue
        (answer,) = outcome.value
        if not isinstance(answer, ImportProblem):
            document, encoded = answer
            reading = msgspec.msgpack.decode(encoded, type=ArticleReading)
            decided = replace(reading.article.published, basis=DateBasis.USER, assumed=())
            article = replace(reading.article, published=decided)
            again[at] = (document, replace(reading, article=article))
    return tuple(again)


def assemble_with(
    dossier: Dossier,
    readings: Sequence[ArticleReading],
    *,
    pool: Pool | None = None,
    replaced: Sequence[tuple[ArticleReading, ArticleReading]] = (),
) -> Reading:
    """Assemble readings under what a person decided, also while this runs.

    ``replaced`` are pairs of an article's reading and that of its next version, where the
    dossier's decisions are still on the first.
    """
    reading, decisions = None, None
    while reading is None or decisions != dossier.decisions():
        decisions = dossier.decisions()
        reading = assemble(readings, carried_decisions(decisions, replaced), pool=pool)
    return reading


def title_of(readings: Iterable[ArticleReading]) -> str:
    """The first title among articles; empty where none has one."""
    return next((reading.article.title for reading in readings if reading.article.title), "")


def put_dates_right(
    dossier: Dossier, dates: Mapping[int, date], *, pool: Pool | None = None
) -> None:
    """A person's dates of publication, by article: these are read again, all is assembled anew.

    Raises ``KeyError`` for an unknown article, ``UnreadableDocument`` where its document can no
    longer be read, ``db.DossierError`` where the dossier cannot be written.
    """
    rows = {row.id: row for row in dossier.articles()}
    readings = dossier.readings()
    places = {reading.article.key: at for at, reading in enumerate(readings)}
    chosen = [rows[article_id] for article_id in dates]
    jobs = []
    for row in chosen:
        article = readings[places[row.key]].article
        data = dossier.document_bytes(row.document_id)
        document = Document(row.file, data, row.key, article.mime, within=article.within)
        jobs.append(Job(_read_again, (document, dates[row.id])))
    outcomes = _in_place(jobs, None, _never) if pool is None else pool.run(jobs, limit=FILE_LIMIT)
    rereads: dict[int, ArticleReading] = {}
    for at, row in enumerate(chosen):
        outcome = outcomes.get(at)
        if outcome is None:
            raise Interrupted
        (answer,) = _results(outcome, row.file)
        if isinstance(answer, ImportProblem):
            raise UnreadableDocument(row.file, answer.code, answer.detail)
        assert isinstance(answer, tuple)
        reread = msgspec.msgpack.decode(answer[1], type=ArticleReading)
        rereads[row.id] = readings[places[row.key]] = reread
    reading = assemble(readings, dossier.decisions(), pool=pool)
    if len(rereads) == 1:
        ((article_id, reread),) = rereads.items()
        dossier.set_published(article_id, reading, reread)
    else:
        dossier.date_articles(rereads, reading)


def put_date_right(
    dossier: Dossier, article_id: int, published: date, *, pool: Pool | None = None
) -> None:
    """The same for one article."""
    put_dates_right(dossier, {article_id: published}, pool=pool)


# --------------------------------------------------------------------------- in the worker


def _read_one(
    known: frozenset[str], path: str, published: date | None, undated: date | None
) -> list[_Result]:
    from extraction.documents import Place

    return _read_member(known, Place(path), published, undated)


def _read_member(
    known: frozenset[str], place: Place, published: date | None, undated: date | None
) -> list[_Result]:
    """The article that stands at a place, the members that it holds, and what is left out."""
    from extraction.documents import look

    try:
        found = look(place)
    except UnreadableDocument as error:
        return [_problem(place.whole, error)]
    except MemoryError:
        return [ImportProblem(_storable(place.whole), "too-large", "")]
    results: list[_Result] = []
    if found.document is not None:
        results.append(_read(known, place.whole, found.document, published, undated))
    folder = os.path.dirname(place.path)
    results += [_problem(os.path.join(folder, p.name), p) for p in found.problems]
    return [*results, *found.members]


def _read(
    known: frozenset[str],
    whole: str,
    document: Document,
    published: date | None,
    undated: date | None = None,
) -> _Read | ImportProblem:
    from extraction import pipeline
    from extraction.documents import read_document

    if document.sha256 in known:
        return ImportProblem(_storable(whole), "duplicate", "")
    try:
        article = read_document(document, published=published, undated=undated)
    except UnreadableDocument as error:
        return _problem(whole, error)
    except MemoryError:
        return ImportProblem(_storable(whole), "too-large", "")
    return document, msgspec.msgpack.encode(pipeline.read_article(article))


def _problem(whole: str, error: UnreadableDocument) -> ImportProblem:
    return ImportProblem(_storable(whole), error.reason, _storable(error.detail))


def _storable(text: str) -> str:
    """Bytes of a file's name that are no text stand in it as surrogates, which no dossier takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _read_again(_: object, document: Document, published: date) -> list[_Result]:
    return [_read(frozenset(), document.name, document, published)]


def _assemble_all(_: object, sent: bytes) -> bytes:
    from extraction import pipeline

    readings, decisions = msgspec.msgpack.decode(
        sent, type=tuple[tuple[ArticleReading, ...], Decisions]
    )
    return msgspec.msgpack.encode(replace(pipeline.assemble(readings, decisions), articles=()))


# --------------------------------------------------------------------------- around it


def _in_place(
    jobs: Sequence[Job],
    shared: object,
    stop: Stop,
    ended: Callable[[int, Outcome], object] | None = None,
) -> dict[int, Outcome]:
    """What ``Pool.run`` does, in this process and without a limit of time."""
    outcomes: dict[int, Outcome] = {}
    for index, job in enumerate(jobs):
        if stop():
            break
        try:
            outcome = Outcome(Ending.DONE, job.function(shared, *job.arguments))
        except Exception as error:
            outcome = Outcome(Ending.FAILED, f"{type(error).__name__}: {error}")
        outcomes[index] = outcome
        if ended is not None:
            ended(index, outcome)
    return outcomes


def _results(outcome: Outcome, whole: str) -> list[_Result]:
    if outcome.ending is Ending.DONE:
        results: list[_Result] = outcome.value
        return results
    whole = _storable(whole)
    if outcome.ending is Ending.TIMEOUT:
        return [ImportProblem(whole, "timeout", f"{FILE_LIMIT:.0f}")]
    if outcome.ending is Ending.CRASHED:
        return [ImportProblem(whole, "crashed", "")]
    lines = str(outcome.value).strip().splitlines()
    return [ImportProblem(whole, "failed", lines[-1] if lines else "")]
