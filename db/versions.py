"""The versions of articles: their texts, and what became of their claims."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import peewee as pw

from db import articles, changed, content
from db.carrying import match_attributions, words_of
from db.changes import Changes
from db.connection import Connections
from db.database import Database
from db.encoding import reading_of, time_of
from db.journal import StepWriter
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
from db.rows import ArticleVersion, ChangeKind, ClaimChange, Verdict
from extraction.model import ArticleReading


class Versions(ABC):
    """The part of a dossier that knows what an article said before."""

    path: Path
    _connections: Connections

    @abstractmethod
    def _step(self, label: str, joining: int = 0) -> AbstractContextManager[StepWriter]:
        """One transaction, one undoable step."""

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
            readings = tuple(
                _reading(database, self.path, article_id, number) for number in (old, new)
            )
            return _changes(database, self.path, article_id, (old, new), readings)

    def decide_changes(
        self, article_id: int, number: int, changes: Collection[ClaimChange], verdict: Verdict
    ) -> Changes:
        """Say what is to become of claims that a revision changed, from the one before it.

        To go along with the ``NEWER`` version takes its words, lets a claim go that it lacks and
        accepts one that it adds. To stay with the ``EARLIER`` keeps what that said as a claim of
        its text, beside the new words, and rejects what is new. Raises ``KeyError`` for a version
        or a change that is not there, ``DossierError`` where a reading is damaged.
        """
        with self._step(label_of(changes, verdict)) as writer:
            database = writer.database
            old, new = (
                _reading(database, self.path, article_id, one) for one in (number - 1, number)
            )
            present = {
                changed.key_of(change): change
                for change in _changes(
                    database, self.path, article_id, (number - 1, number), (old, new)
                )
            }
            wanted = [present[key] for key in dict.fromkeys(map(changed.key_of, changes))]
            old_revision = _revision(database, article_id, number - 1)[0]
            versions = changed.Versions(article_id, number, old_revision, old, new)
            changed.decide(writer, versions, wanted, verdict)
        return writer.changes

    def document_keys(self) -> frozenset[str]:
        """SHA-256 of all documents that were taken, those of earlier versions among them."""
        with self._connections.reading() as database:
            return articles.document_keys(database)

    def places(self) -> dict[str, str]:
        """Where documents lay (``db.encoding.place_of``), to the key of their article."""
        with self._connections.reading() as database:
            return articles.places(database)


def label_of(changes: Collection[ClaimChange], verdict: Verdict) -> str:
    """The name of the step that decides on changes."""
    kinds = {change.kind for change in changes}
    names = _LABELS.get(next(iter(kinds)), _SEVERAL) if len(kinds) == 1 else _SEVERAL
    label = names[verdict]
    return label.replace("claim", f"{len(changes)} claims") if len(changes) > 1 else label


_SEVERAL = {
    Verdict.NEWER: "Take newer version of claim",
    Verdict.EARLIER: "Keep earlier version of claim",
}
_LABELS = {
    ChangeKind.REWORDED: {
        Verdict.NEWER: "Take new words of claim",
        Verdict.EARLIER: "Keep earlier words of claim",
    },
    ChangeKind.GONE: {
        Verdict.NEWER: "Let claim go",
        Verdict.EARLIER: "Keep claim of earlier version",
    },
    ChangeKind.ADDED: {
        Verdict.NEWER: "Accept claim of newer version",
        Verdict.EARLIER: "Reject claim of newer version",
    },
}


def _changes(
    database: Database,
    path: Path,
    article_id: int,
    numbers: tuple[int, int],
    readings: tuple[ArticleReading, ...],
) -> list[ClaimChange]:
    before, after = readings
    at_old, at_new = (_claims_at(database, article_id, number) for number in numbers)
    at_new |= _carried_on(database, path, article_id, numbers[1], after)
    olds = {a.index: a for a in before.attributions}
    news = {a.index: a for a in after.attributions}
    reviews = dict(
        database.run(Claim.select(Claim.id, Claim.review).where(Claim.article == article_id))
    )
    follows = numbers[1] == numbers[0] + 1
    known = changed.verdicts_on(database, article_id, numbers[1]) if follows else {}
    changes = []
    for one in match_attributions(before, after):
        was = None if one.old is None else olds[one.old]
        now = None if one.new is None else news[one.new]
        new_claim = None if now is None else at_new.get((now.cue.start, now.cue.end))
        old_claim = None if was is None else at_old.get((was.cue.start, was.cue.end))
        if now is not None and was is not None:
            old_claim = new_claim if old_claim is None else old_claim
        change = ClaimChange(
            one.kind,
            old_claim,
            new_claim,
            "" if was is None else words_of(was),
            "" if now is None else words_of(now),
            None if was is None else was.cue.start,
            None if now is None else now.cue.start,
        )
        key = changed.key_of(change)
        if known and one.kind is ChangeKind.GONE and key not in known:
            # Its words stand in the newer text, where no rule reads them: the claim has them.
            continue
        said = known.get(key)
        verdict = Verdict(said) if said else changed.implied(change, reviews) if follows else None
        changes.append(replace(change, verdict=verdict))
    return changes


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


def _carried_on(
    database: Database, path: Path, article_id: int, number: int, reading: ArticleReading
) -> dict[tuple[int, int], int]:
    """Claims of a version that stand in the present text, by the place of their cue in that one."""
    current = max(version.number for version in _versions(database, article_id))
    if number == current:
        return {}
    at = {attribution.index: attribution.index for attribution in reading.attributions}
    cues = {a.index: (a.cue.start, a.cue.end) for a in reading.attributions}
    before = reading
    for later in range(number + 1, current + 1):
        after = _reading(database, path, article_id, later)
        follows = {one.old: one.new for one in match_attributions(before, after)}
        at = {first: new for first, old in at.items() if (new := follows.get(old)) is not None}
        before = after
    claims = _claims_at(database, article_id, current)
    stands = {a.index: claims.get((a.cue.start, a.cue.end)) for a in before.attributions}
    found = {cues[first]: stands[last] for first, last in at.items()}
    return {cue: claim for cue, claim in found.items() if claim is not None}


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
