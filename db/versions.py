"""The versions of articles: their texts, and what became of their claims."""

from __future__ import annotations

from abc import ABC
from pathlib import Path

import peewee as pw

from db import articles, content
from db.carrying import match_attributions, words_of
from db.connection import Connections
from db.database import Database
from db.encoding import reading_of, time_of
from db.models import (
    Article,
    ArticleDocument,
    ArticleRevision,
    Claim,
    ClaimRevision,
    ClaimSpan,
    Document,
    ImportRun,
)
from db.rows import ArticleVersion, ChangeKind, ClaimChange
from extraction.model import ArticleReading


class Versions(ABC):
    """The part of a dossier that knows what an article said before."""

    path: Path
    _connections: Connections

    def revisions_of(self, article_id: int) -> list[ArticleVersion]:
        """The versions of an article, the first one first; empty if there is no such article."""
        with self._connections.reading() as database:
            return _versions(database, article_id)

    def revision_text(self, article_id: int, number: int) -> str:
        """The canonical text of one version. Raises ``KeyError`` if there is none."""
        with self._connections.reading() as database:
            return str(_revision(database, article_id, number)[1])

    def changes_between(self, article_id: int, old: int, new: int) -> list[ClaimChange]:
        """What became of an article's claims from one version, by its number, to another one.

        In the order of the newer text, those gone at the end. Raises ``KeyError`` for a version
        that is not there, ``DossierError`` where its reading is damaged.
        """
        with self._connections.reading() as database:
            before, after = (
                _reading(database, self.path, article_id, number) for number in (old, new)
            )
            at_old, at_new = (_claims_at(database, article_id, number) for number in (old, new))
        olds = {a.index: a for a in before.attributions}
        news = {a.index: a for a in after.attributions}
        changes = []
        for one in match_attributions(before, after):
            was = None if one.old is None else olds[one.old]
            now = None if one.new is None else news[one.new]
            new_claim = None if now is None else at_new.get((now.cue.start, now.cue.end))
            old_claim = None if was is None else at_old.get((was.cue.start, was.cue.end))
            if now is not None and was is not None:
                old_claim = new_claim if old_claim is None else old_claim
            changes.append(
                ClaimChange(
                    one.kind,
                    old_claim,
                    new_claim,
                    "" if was is None else words_of(was),
                    "" if now is None else words_of(now),
                )
            )
        return changes

    def document_keys(self) -> frozenset[str]:
        """SHA-256 of all documents that were taken, those of earlier versions among them."""
        with self._connections.reading() as database:
            return articles.document_keys(database)

    def places(self) -> dict[str, str]:
        """Where documents lay (``db.encoding.place_of``), to the key of their article."""
        with self._connections.reading() as database:
            return articles.places(database)


def count_kinds(changes: list[ClaimChange]) -> dict[ChangeKind, int]:
    """How many claims were kept, moved, reworded, gone and added."""
    return {kind: sum(change.kind is kind for change in changes) for kind in ChangeKind}


def _versions(database: Database, article_id: int) -> list[ArticleVersion]:
    query = (
        ArticleRevision.select(
            ArticleRevision.id,
            ArticleRevision.number,
            ArticleRevision.title,
            Document.id,
            Document.name,
            ImportRun.started,
            Article.revision_id,
        )
        .join(Article)
        .switch(ArticleRevision)
        .join(
            ArticleDocument,
            pw.JOIN.LEFT_OUTER,
            on=(
                (ArticleDocument.article == ArticleRevision.article)
                & (ArticleDocument.number == ArticleRevision.number)
            ),
        )
        .join(
            Document,
            pw.JOIN.LEFT_OUTER,
            on=(
                Document.id
                == pw.fn.COALESCE(
                    ArticleDocument.document,
                    # Older dossiers: the article itself has the document of its only version.
                    Article.document,
                )
            ),
        )
        .join(ImportRun, pw.JOIN.LEFT_OUTER, on=(ImportRun.id == Document.run))
        .where(ArticleRevision.article == article_id)
        .order_by(ArticleRevision.number)
    )
    return [
        ArticleVersion(
            number=number,
            document_id=document,
            file=file or "",
            title=title or "",
            imported=time_of(started),
            current=row_id == current,
        )
        for row_id, number, title, document, file, started, current in database.run(query)
    ]


def _revision(database: Database, article_id: int, number: int) -> tuple[int, str, int]:
    """Id, text and the content that holds the reading."""
    row = database.run(
        ArticleRevision.select(
            ArticleRevision.id, ArticleRevision.text, ArticleRevision.reading
        ).where(ArticleRevision.article == article_id, ArticleRevision.number == number)
    ).fetchone()
    if row is None:
        raise KeyError(f"{article_id}, version {number}")
    return row[0], row[1], row[2]


def _reading(database: Database, path: Path, article_id: int, number: int) -> ArticleReading:
    _, text, kept = _revision(database, article_id, number)
    return reading_of(content.load(database, kept, path), text)


def _claims_at(database: Database, article_id: int, number: int) -> dict[tuple[int, int], int]:
    """Claims whose spans are of a version, by the place of their cue."""
    revision_id, _, _ = _revision(database, article_id, number)
    query = (
        ClaimSpan.select(ClaimSpan.start, ClaimSpan.stop, ClaimSpan.claim)
        .join(Claim)
        .join(Article)
        .switch(Claim)
        .join(ClaimRevision, pw.JOIN.LEFT_OUTER, on=(ClaimRevision.claim == Claim.id))
        .where(
            Claim.article == article_id,
            ClaimSpan.role == "cue",
            pw.fn.COALESCE(ClaimRevision.revision, Article.revision_id) == revision_id,
        )
    )
    return {(start, stop): claim for start, stop, claim in database.run(query)}
