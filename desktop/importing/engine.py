"""Imports files into a dossier: read, compared with what it holds, assembled, written.

Loads no Qt: the command line and the window both use it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from db.rows import NOTHING_KNOWN, ImportProblem, ImportSummary, Recognised
from desktop.importing import jobs
from desktop.importing.files import expand
from desktop.importing.jobs import make_pool, warm_up
from desktop.importing.progress import Interrupted, Progress, Stop, Told, never, quiet
from desktop.importing.reading import PublishedOf, Reader, read_anew, read_files, size_of
from desktop.importing.workers import Ending, Job, Outcome, Pool
from desktop.importing.years import certain_days, with_likelier_years
from extraction.model import (
    Article,
    ArticleReading,
    DateBasis,
    Decisions,
    Document,
    Reading,
    UnreadableDocument,
)

if TYPE_CHECKING:
    from db import Dossier

__all__ = [
    "Interrupted", "Progress", "Reader", "Told", "assemble", "import_files", "make_pool",
    "put_date_right", "put_dates_right", "read_files", "warm_up",
]  # fmt: skip

AT_ONCE = 16
"""Files up to which an import is written as a whole."""

MANY_BYTES = 256 * 1024
"""A file that may hold so many articles that they are written as they are read."""

TRIES = 3
"""Times that an assembly is made because a person decided something that binds it meanwhile; what
is decided later stands, and binds the next one."""


def import_files(
    dossier: Dossier,
    paths: Sequence[Path],
    *,
    pool: Pool | None = None,
    published: PublishedOf | None = None,
    undated: date | None = None,
    told: Told = quiet,
    stop: Stop = never,
    pause: Stop = never,
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
    from desktop.importing.versions import Versions

    found = expand(paths)
    reader = Reader(pool, published, undated, told, stop, pause)
    if len(found.files) > AT_ONCE or (instead_of is None and any(map(_may_hold_many, found.files))):
        return stages.import_many(dossier, found, reader, name_it=name_it)
    started = datetime.now().replace(microsecond=0)
    read = read_files(found, reader, dossier.document_keys())
    told(Progress("assembling", len(read.new), len(read.new)))
    held = dossier.held_articles()
    recognised = Versions(held, dossier.places()).recognise(read.new)
    if instead_of is not None and len(read.new) == 1:
        recognised = _as_version(recognised, read.new[0][0].sha256, instead_of)
    kept = keep_dates(dates_by_hand(held), read.new, recognised, pool)
    new = with_likelier_years(kept, certain_days(held), pool)
    readings = [reading for _, reading in new]
    reading = assemble_dossier(dossier, pool, readings, recognised)
    told(Progress("recording", len(read.new), len(read.new)))
    titles = (one.article.title for one in readings if one.article.title)
    title = next(titles, "") if name_it else ""
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


def _may_hold_many(path: Path) -> bool:
    from extraction.documents.kinds import may_hold_many

    return may_hold_many(path.name) and size_of(path) > MANY_BYTES


def _as_version(recognised: Recognised, key: str, old: str) -> Recognised:
    """The same, with the next version of an article that was named."""
    if key in recognised.same or key in recognised.changed:
        return recognised
    return replace(recognised, changed={**recognised.changed, key: old})


def dates_by_hand(articles: Sequence[Article]) -> dict[str, date]:
    """The days that a person gave to articles, by their keys."""
    return {
        article.key: article.published.start.date()
        for article in articles
        if article.published.basis is DateBasis.USER and article.published.start is not None
    }


def keep_dates(
    by_hand: Mapping[str, date],
    new: Sequence[tuple[Document, ArticleReading]],
    recognised: Recognised,
    pool: Pool | None,
) -> tuple[tuple[Document, ArticleReading], ...]:
    """Read new versions again with the date that a person gave the article.

    Where that fails a version keeps the date that it names.
    """
    dates = dict(by_hand)
    for key, old in recognised.changed.items():
        if old in dates:
            dates[key] = dates[old]
    days = {
        at: dates[reading.article.key]
        for at, (_, reading) in enumerate(new)
        if reading.article.key in dates
    }
    return read_anew(new, days, pool)


def assemble(readings: Sequence[ArticleReading], decisions: Decisions) -> Reading:
    """Readings that are in no dossier, assembled in this process."""
    from extraction import pipeline

    return pipeline.assemble(readings, decisions)


def assemble_dossier(
    dossier: Dossier,
    pool: Pool | None,
    new: Sequence[ArticleReading] = (),
    recognised: Recognised = NOTHING_KNOWN,
) -> Reading:
    """Assemble what a dossier holds with what is to be written into it.

    It is bound by what a person decided, also while this runs. The articles that come back hold
    what the dossier needs of them. Raises ``Interrupted`` where the pool was closed and
    ``RuntimeError`` where the rules failed.
    """
    sent = tuple(map(msgspec.msgpack.encode, new))
    for _ in range(TRIES):
        decisions = dossier.decisions()
        job = Job(jobs.assemble_held, (str(dossier.path), decisions, sent, recognised))
        pieces = _done(jobs.run([job], pool).get(0))
        if decisions == dossier.decisions():
            break
    return jobs.unpacked(pieces)


def _done(outcome: Outcome | None) -> jobs.Packed:
    if outcome is None:
        raise Interrupted
    if outcome.ending is not Ending.DONE:
        raise RuntimeError(outcome.value or outcome.ending.value)
    pieces: jobs.Packed = outcome.value
    return pieces


def put_dates_right(
    dossier: Dossier, dates: Mapping[int, date], *, pool: Pool | None = None
) -> None:
    """A person's dates of publication, by article: these are read again, all is assembled anew.

    Raises ``KeyError`` for an unknown article, ``UnreadableDocument`` where its document can no
    longer be read, ``db.DossierError`` where the dossier cannot be written.
    """
    rows = {row.id: row for row in dossier.articles()}
    held = {article.key: article for article in dossier.held_articles()}
    chosen = [rows[article_id] for article_id in dates]
    asked = []
    for row in chosen:
        article = held[row.key]
        data = dossier.document_bytes(row.document_id)
        document = Document(row.file, data, row.key, article.mime, within=article.within)
        asked.append(Job(jobs.read_again, (document, dates[row.id])))
    outcomes = jobs.run(asked, pool, limit=jobs.FILE_LIMIT)
    rereads: dict[int, ArticleReading] = {}
    for at, row in enumerate(chosen):
        outcome = outcomes.get(at)
        if outcome is None:
            raise Interrupted
        (answer,) = jobs.results(outcome, row.file)
        if isinstance(answer, ImportProblem):
            raise UnreadableDocument(row.file, answer.code, answer.detail)
        assert isinstance(answer, tuple)
        rereads[row.id] = jobs.unpacked_reading(answer[1])
    reading = assemble_dossier(dossier, pool, list(rereads.values()))
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
