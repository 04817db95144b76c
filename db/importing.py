"""Writing an import: documents and articles as they were read, then the assembled dossier."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import peewee as pw

from db import content
from db.assembly import Assembly, apply_reading
from db.bits import replace_parts
from db.database import Database
from db.encoding import (
    article_columns,
    block_rows,
    document_columns,
    place_of,
    reading_to_bytes,
    time_rows,
)
from db.errors import DossierError, DossierErrorKind
from db.journal import StepWriter
from db.models import (
    Article,
    ArticleDocument,
    ArticleRevision,
    Block,
    Document,
    ImportProblem,
    ImportRun,
    QueuedFile,
    TimeExpression,
)
from db.revising import link_rows, precede, revise
from db.rows import ImportProblem as Problem
from db.rows import Recognised
from db.rowwriting import Row
from extraction.model import ArticleReading, DateBasis, Reading
from extraction.model import Document as DocumentRecord

DUPLICATE = "duplicate"


def record(
    writer: StepWriter,
    path: Path,
    new: Sequence[tuple[DocumentRecord, ArticleReading]],
    reading: Reading,
    problems: Sequence[Problem],
    started: datetime,
    cancelled: bool,
    recognised: Recognised,
) -> int:
    """Write one import as a whole; return its id. Raises ``DossierError`` (``stale``)."""
    row = {"started": started.isoformat(), "finished": _now(), "cancelled": int(cancelled)}
    (run_id,) = writer.insert(ImportRun, [row])
    known = {row[0] for row in writer.database.run(Article.select(Article.key))}
    add(writer, path, run_id, new, problems, recognised)
    fresh = [part.article.key for _, part in new if part.article.key not in known]
    apply(writer, path, reading, fresh)
    return run_id


def begin(writer: StepWriter, started: datetime) -> int:
    """Begin an import; return its id. It has no end until ``finish``."""
    row = {"started": started.isoformat(), "finished": "", "cancelled": 0}
    return writer.insert(ImportRun, [row])[0]


def add(
    writer: StepWriter,
    path: Path,
    run_id: int,
    new: Sequence[tuple[DocumentRecord, ArticleReading]],
    problems: Sequence[Problem],
    recognised: Recognised,
) -> tuple[int, ...]:
    """Write articles without claims, and what was not taken; return the new articles' ids.

    Other versions of articles become their revisions, with the claims that they had. Raises
    ``KeyError`` for an import that is not there, ``DossierError`` (``stale``) where what was
    recognised is no longer there.
    """
    _must_be_there(writer, run_id)
    known = {row[0] for row in writer.database.run(Document.select(Document.sha256))}
    twice: list[Problem] = []
    fresh: list[tuple[DocumentRecord, ArticleReading]] = []
    other: dict[str, tuple[DocumentRecord, ArticleReading]] = {}
    for document, article_reading in new:
        if document.sha256 in known:
            twice.append(Problem(document.name, DUPLICATE, "already in the dossier"))
            continue
        known.add(document.sha256)
        key = article_reading.article.key
        if any(key in known_as for known_as in _not_new(recognised)):
            other[key] = (document, article_reading)
        else:
            fresh.append((document, article_reading))
    added = _add_articles(writer, run_id, fresh)
    for key, old in recognised.changed.items():
        if key in other:
            article_id = _id_of(writer, path, old)
            document, article_reading = other[key]
            document_id = _add_document(writer, run_id, document)
            place = place_of(document)
            revise(writer, path, article_id, document_id, article_reading, place)
    for key, held_key in recognised.earlier.items():
        if key in other:
            article_id = _id_of(writer, path, held_key)
            document, article_reading = other[key]
            document_id = _add_document(writer, run_id, document)
            precede(writer, path, article_id, document_id, article_reading, place_of(document))
    for key, held_key in recognised.same.items():
        if key in other:
            article_id = _id_of(writer, path, held_key)
            document, _ = other[key]
            link = (_add_document(writer, run_id, document), 0, place_of(document))
            writer.insert(ArticleDocument, link_rows(article_id, [link]))
            file = writer.rows(Article, [article_id])[0]["file"]
            twice.append(Problem(document.name, DUPLICATE, f"same text as {file}"))
    held = len(writer.owned(ImportProblem, "run_id", [run_id]))
    writer.insert(
        ImportProblem,
        [
            {
                "run_id": run_id,
                "ordinal": held + ordinal,
                "file": problem.file,
                "code": problem.code,
                "detail": problem.detail,
            }
            for ordinal, problem in enumerate((*problems, *twice))
        ],
    )
    return added


def _not_new(recognised: Recognised) -> tuple[Mapping[str, str], ...]:
    return recognised.changed, recognised.same, recognised.earlier


def apply(writer: StepWriter, path: Path, reading: Reading, fresh: Collection[str]) -> None:
    """Bring the dossier to an assembly of all its articles. Raises ``DossierError`` (``stale``)."""
    for _ in planned(writer.database, path, reading, fresh).write(writer):
        pass


def planned(database: Database, path: Path, reading: Reading, fresh: Collection[str]) -> Assembly:
    """What ``apply`` will write, found out without writing. Raises as that does."""
    _refuse_stale(database, path, reading)
    # What was read may have got another version since.
    held = {part.article.key for part in reading.articles}
    return Assembly(database, reading, [key for key in fresh if key in held])


def finish(writer: StepWriter, run_id: int, cancelled: bool) -> None:
    """Raises ``KeyError`` for an import that is not there."""
    _must_be_there(writer, run_id)
    writer.update(ImportRun, {run_id: {"finished": _now(), "cancelled": int(cancelled)}})


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


def _must_be_there(writer: StepWriter, run_id: int) -> None:
    if not writer.rows(ImportRun, [run_id]):
        raise KeyError(run_id)


def label(database: Database, run_id: int, more: Sequence[str] = ()) -> str:
    """What the step of an import is called: by its document, or by how many it took.

    ``more`` are names of documents that it is about to take.
    """
    own = Document.run == run_id
    (taken,) = database.run(Document.select(pw.fn.COUNT(Document.id)).where(own)).fetchone()
    if taken + len(more) != 1:
        return f"Import {taken + len(more)} files"
    (name,) = more or database.run(Document.select(Document.name).where(own)).fetchone()
    return f"Import {name}"


def queued(database: Database) -> tuple[int, str, tuple[str, ...]] | None:
    """Id, beginning and unread files of the last import that broke off."""
    run = database.run(
        ImportRun.select(ImportRun.id, ImportRun.started)
        .where(ImportRun.finished == "")
        .order_by(ImportRun.id.desc())
        .limit(1)
    ).fetchone()
    if run is None:
        return None
    query = (
        QueuedFile.select(QueuedFile.path)
        .where(QueuedFile.run_id == run[0])
        .order_by(QueuedFile.id)
    )
    return run[0], run[1], tuple(row[0] for row in database.run(query))


def _add_articles(
    writer: StepWriter, run_id: int, fresh: Sequence[tuple[DocumentRecord, ArticleReading]]
) -> tuple[int, ...]:
    """Table by table rather than article by article: bulk writes, and a short log."""
    documents, articles, revisions, blocks, times = [], [], [], [], []
    links: list[Row] = []
    document_id = writer.next_id(Document)
    article_id = writer.next_id(Article)
    revision_id = writer.next_id(ArticleRevision)
    for offset, (document, reading) in enumerate(fresh):
        article = reading.article
        kept = content.keep(writer.database, document.data)
        documents.append({"run_id": run_id, "content_id": kept, **document_columns(document)})
        articles.append(
            {
                "document_id": document_id + offset,
                "revision_id": revision_id + offset,
                "key": article.key,
                "file": article.file,
            }
        )
        revisions.append(
            {
                "article_id": article_id + offset,
                "number": 1,
                **article_columns(article),
                "rules_version": reading.rules_version,
                "reading_id": content.keep(writer.database, reading_to_bytes(reading)),
            }
        )
        links += link_rows(article_id + offset, [(document_id + offset, 1, place_of(document))])
        blocks += block_rows(revision_id + offset, article.blocks)
        times += time_rows(revision_id + offset, reading.times)
    writer.insert(Document, documents)
    writer.insert(Article, articles)
    writer.insert(ArticleRevision, revisions)
    writer.insert(ArticleDocument, links)
    writer.insert(Block, blocks)
    writer.insert(TimeExpression, times)
    return tuple(range(article_id, article_id + len(fresh)))


def _add_document(writer: StepWriter, run_id: int, document: DocumentRecord) -> int:
    kept = content.keep(writer.database, document.data)
    row = {"run_id": run_id, "content_id": kept, **document_columns(document)}
    return writer.insert(Document, [row])[0]


def _id_of(writer: StepWriter, path: Path, key: str) -> int:
    row = writer.database.run(Article.select(Article.id).where(Article.key == key)).fetchone()
    if row is None:
        raise DossierError(DossierErrorKind.STALE, path, f"no article {key[:12]} any more")
    return int(row[0])


def set_published(
    writer: StepWriter, path: Path, rereads: Mapping[int, ArticleReading], reading: Reading
) -> None:
    """Put re-resolved readings in the place of articles' own and apply the assembly.

    ``rereads`` are by article id. Raises ``KeyError`` (no such article), ``ValueError`` (a reading
    is not of its article's text) and ``DossierError`` (``stale``).
    """
    keys = [_reread(writer, article_id, reread) for article_id, reread in rereads.items()]
    _refuse_stale(writer.database, path, reading)
    apply_reading(writer, reading, keys)


def _reread(writer: StepWriter, article_id: int, reread: ArticleReading) -> str:
    """Write one reading over an article's; returns its key."""
    row = writer.database.run(
        Article.select(Article.key, Article.revision_id).where(Article.id == article_id)
    ).fetchone()
    if row is None:
        raise KeyError(article_id)
    key, revision_id = row
    (revision,) = writer.rows(ArticleRevision, [revision_id])
    if reread.article.key != key or reread.article.text != revision["text"]:
        raise ValueError("a reading of another text")
    decided = replace(reread.article.published, basis=DateBasis.USER, assumed=())
    reread = replace(reread, article=replace(reread.article, published=decided))
    writer.update(
        ArticleRevision,
        {
            revision_id: {
                **article_columns(reread.article),
                "rules_version": reread.rules_version,
                "reading_id": content.keep(writer.database, reading_to_bytes(reread)),
            }
        },
    )
    replace_parts(
        writer, Block, "revision_id", {revision_id: block_rows(revision_id, reread.article.blocks)}
    )
    replace_parts(
        writer,
        TimeExpression,
        "revision_id",
        {revision_id: time_rows(revision_id, reread.times)},
    )
    return str(key)


def _refuse_stale(database: Database, path: Path, reading: Reading) -> None:
    """An assembly over other articles than the dossier's would delete what it does not know."""
    assembled = sorted(part.article.key for part in reading.articles)
    held = sorted(row[0] for row in database.run(Article.select(Article.key)))
    if assembled != held:
        raise DossierError(
            DossierErrorKind.STALE,
            path,
            f"assembled from {len(assembled)} articles, the dossier holds {len(held)}",
        )
