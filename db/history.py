"""Reading what was imported and what was changed."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import peewee as pw

from db.database import Database
from db.encoding import time_of
from db.importing import DUPLICATE
from db.models import (
    Article,
    ArticleDocument,
    Change,
    Document,
    ImportProblem,
    ImportRun,
    Step,
)
from db.rows import ChangeRow, ImportSummary, RevisionRow
from db.rows import ImportProblem as Problem


def imports(database: Database, run_id: int | None = None) -> list[ImportSummary]:
    """The latest first, or the one asked for."""
    added: defaultdict[int, list[int]] = defaultdict(list)
    changed: defaultdict[int, list[int]] = defaultdict(list)
    earlier: defaultdict[int, list[int]] = defaultdict(list)
    reached: dict[int, int] = {}
    for run, article, number in database.run(_given(Article.id, ArticleDocument.number)):
        # Its first document gave an article, which may have got an earlier version since.
        if article not in reached:
            added[run].append(article)
        elif number:
            (changed if number > reached[article] else earlier)[run].append(article)
        reached[article] = max(reached.get(article, 1), number or 1)
    problems: defaultdict[int, list[Problem]] = defaultdict(list)
    for run, file, code, detail in database.run(
        ImportProblem.select(
            ImportProblem.run, ImportProblem.file, ImportProblem.code, ImportProblem.detail
        ).order_by(ImportProblem.run, ImportProblem.ordinal)
    ):
        problems[run].append(Problem(file, code, detail))
    query = ImportRun.select(ImportRun.id, ImportRun.started, ImportRun.cancelled)
    if run_id is not None:
        query = query.where(ImportRun.id == run_id)
    return [
        ImportSummary(
            id=run,
            started=time_of(started) or datetime.min,
            added=tuple(added[run]),
            duplicates=tuple(p for p in problems[run] if p.code == DUPLICATE),
            problems=tuple(p for p in problems[run] if p.code != DUPLICATE),
            cancelled=bool(cancelled),
            changed=tuple(dict.fromkeys(changed[run])),
            earlier=tuple(dict.fromkeys(earlier[run])),
        )
        for run, started, cancelled in database.run(query.order_by(ImportRun.id.desc()))
    ]


def _given(*columns: Any) -> Any:
    """What the documents gave, by import and article."""
    own = (Article.document == Document.id) & ArticleDocument.id.is_null()
    return (
        Document.select(Document.run, *columns)
        .join(ArticleDocument, pw.JOIN.LEFT_OUTER, on=(ArticleDocument.document == Document.id))
        .join(Article, on=((ArticleDocument.article == Article.id) | own))
        .order_by(Article.id, Document.id)
    )


def revisions(database: Database) -> list[RevisionRow]:
    """The revision log, the latest step first."""
    query = Step.select(Step.id, Step.label, Step.who, Step.at, Step.undone).order_by(
        Step.id.desc()
    )
    return [
        RevisionRow(step, label, who, time_of(at) or datetime.min, bool(undone))
        for step, label, who, at, undone in database.run(query)
    ]


def changes(database: Database) -> list[ChangeRow]:
    """What the steps did, in the order in which it was done."""
    query = Change.select(
        Change.step,
        Change.table_name,
        Change.op,
        Change.first,
        Change.last,
        Change.before,
        Change.after,
    ).order_by(Change.id)
    return [
        ChangeRow(step, table, op, first, last, before or "", after or "")
        for step, table, op, first, last, before, after in database.run(query)
    ]
