"""Reading documents and articles, and what was read from them: plain rows for the windows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import peewee as pw

from db import content
from db.claims import Vocabulary, claim_counts, reliability
from db.connection import connect
from db.database import Database, Slot
from db.encoding import reading_of, strings_of, time_of
from db.errors import dossier_errors
from db.models import (
    Article,
    ArticleDocument,
    ArticleRevision,
    Block,
    Claim,
    ClaimRevision,
    ClaimSpan,
    Content,
    Document,
    EventMention,
    OutletRating,
    Quantity,
    RevisionChange,
    TimeExpression,
    among,
)
from db.rows import ArticleRow, ChangeKind, ReviewState, TimeRow
from extraction.model import Article as ArticleRecord
from extraction.model import ArticleReading, BlockKind, DateBasis, Precision, Span
from extraction.model import Block as BlockRecord

_precision = Vocabulary(Precision)
_basis = Vocabulary(DateBasis)
_block_kind = Vocabulary(BlockKind)


def articles(
    database: Database,
    claims: Mapping[Any, int] | None = None,
    ids: Collection[int] | None = None,
) -> list[ArticleRow]:
    """All or some, in the order of their import; ``claims`` counts their claims, if known."""
    if claims is None:
        claims = claim_counts(database, Claim.article)
    query = (
        Article.select(
            Article.id,
            Article.document,
            Article.key,
            Article.file,
            ArticleRevision.title,
            ArticleRevision.outlet,
            ArticleRevision.byline,
            ArticleRevision.language,
            ArticleRevision.published_start,
            ArticleRevision.published_end,
            ArticleRevision.published_precision,
            ArticleRevision.published_basis,
            ArticleRevision.published_assumed,
            ArticleRevision.published_reasons,
            ArticleRevision.warnings,
            OutletRating.reliability,
            ArticleRevision.number,
        )
        .join(ArticleRevision, on=(Article.revision_id == ArticleRevision.id))
        .join(OutletRating, pw.JOIN.LEFT_OUTER, on=(OutletRating.outlet == ArticleRevision.outlet))
        .order_by(Article.id)
    )
    if ids is not None:
        query = query.where(among(Article.id, ids))
    undecided = _undecided(database, ids)
    return [
        ArticleRow(
            id=row[0],
            document_id=row[1],
            key=row[2],
            file=row[3],
            title=row[4] or "",
            outlet=row[5] or "",
            byline=row[6] or "",
            language=row[7] or "",
            published_start=time_of(row[8]),
            published_end=time_of(row[9]),
            published_precision=_precision[row[10]],
            published_basis=_basis[row[11]],
            published_assumed=strings_of(row[12]),
            published_reasons=strings_of(row[13]),
            claim_count=claims.get(row[0], 0),
            warnings=strings_of(row[14]),
            reliability=None if row[15] is None else reliability[row[15]],
            version=row[16],
            undecided=undecided.get(row[0], 0),
        )
        for row in database.run(query)
    ]


def _undecided(database: Database, ids: Collection[int] | None) -> dict[int, int]:
    """By article how many changes wait for a person; a new claim that was reviewed does not.

    What an older version added is reviewed as any claim is.
    """
    stands = (RevisionChange.kind != ChangeKind.ADDED.value) | (
        RevisionChange.number == ArticleRevision.number
    )
    reviewed = (
        Claim.select(Claim.id)
        .join(ClaimSpan, on=(ClaimSpan.claim == Claim.id))
        .where(
            RevisionChange.kind == ChangeKind.ADDED.value,
            Claim.article == RevisionChange.article,
            Claim.review != ReviewState.SUGGESTED.value,
            ClaimSpan.role == "cue",
            ClaimSpan.start == RevisionChange.new_cue,
        )
    )
    query = (
        RevisionChange.select(RevisionChange.article, pw.fn.COUNT(RevisionChange.id))
        .join(Article)
        .join(ArticleRevision, on=(Article.revision_id == ArticleRevision.id))
        .where(RevisionChange.verdict == "", stands, ~pw.fn.EXISTS(reviewed))
        .group_by(RevisionChange.article)
        .tuples()
    )
    if ids is not None:
        query = query.where(among(RevisionChange.article, ids))
    return dict(database.run(query))


def article_text(database: Database, article_id: int) -> str:
    """Raises ``KeyError`` if there is no such article."""
    row = _of_article(
        database,
        article_id,
        "text",
        lambda: ArticleRevision.select(ArticleRevision.text).join(
            Article, on=(Article.revision_id == ArticleRevision.id)
        ),
    ).fetchone()
    if row is None:
        raise KeyError(article_id)
    return str(row[0])


def _of_article(
    database: Database, article_id: int, key: str, build: Callable[[], Any]
) -> sqlite3.Cursor:
    """A query joined with articles, narrowed to one."""
    return database.prepared(
        ("of article", key),
        lambda: build().where(Article.id == pw.SQL("?", (Slot("article"),))),
        {"article": article_id},
    )


def article_blocks(database: Database, article_id: int) -> tuple[BlockRecord, ...]:
    rows = _of_article(
        database,
        article_id,
        "blocks",
        lambda: (
            Block.select(Block.start, Block.stop, Block.kind, Block.reason)
            .join(Article, on=(Article.revision_id == Block.revision))
            .order_by(Block.ordinal)
        ),
    )
    return tuple(
        BlockRecord(start, stop, _block_kind[kind], reason) for start, stop, kind, reason in rows
    )


def times(database: Database, article_id: int) -> list[TimeRow]:
    rows = _of_article(
        database,
        article_id,
        "times",
        lambda: (
            TimeExpression.select(
                TimeExpression.start,
                TimeExpression.stop,
                TimeExpression.exact,
                TimeExpression.type,
                TimeExpression.value,
                TimeExpression.anchor,
            )
            .join(Article, on=(Article.revision_id == TimeExpression.revision))
            .order_by(TimeExpression.ordinal)
        ),
    )
    return [
        TimeRow(article_id, Span(start, stop, exact), kind, value, anchor)
        for start, stop, exact, kind, value, anchor in rows
    ]


def document_bytes(database: Database, document_id: int, path: Path) -> bytes:
    """Raises ``KeyError`` (no such document), ``DossierError`` (not what its hash says)."""
    row = database.run(
        Document.select(Document.content).where(Document.id == document_id)
    ).fetchone()
    if row is None:
        raise KeyError(document_id)
    return content.load(database, row[0], path)


def document_keys(database: Database) -> frozenset[str]:
    return frozenset(row[0] for row in database.run(Document.select(Document.sha256)))


def places(database: Database) -> dict[str, str]:
    """Where documents lay (``db.encoding.place_of``), to the key of the article they gave."""
    query = (
        ArticleDocument.select(ArticleDocument.place, Article.key)
        .join(Article)
        .where(ArticleDocument.place != "")
        .order_by(ArticleDocument.id)
    )
    return dict(database.run(query))


def has_document(database: Database, sha256: str) -> int | None:
    row = database.run(Document.select(Document.id).where(Document.sha256 == sha256)).fetchone()
    return None if row is None else int(row[0])


def readings(database: Database, path: Path) -> list[ArticleReading]:
    """What each article gave by itself, in the order of import."""
    return [reading_of(data, text) for text, data in _stored_readings(database, path)]


def _stored_readings(
    database: Database, path: Path, ids: Collection[int] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Text and stored reading of each article, or of those with these ids."""
    query = (
        Article.select(
            ArticleRevision.text, Content.sha256, Content.codec, Content.size, Content.data
        )
        .join(ArticleRevision, on=(Article.revision_id == ArticleRevision.id))
        .join(Content, on=(ArticleRevision.reading == Content.id))
        .order_by(Article.id)
    )
    if ids is not None:
        query = query.where(among(Article.id, ids))
    return ((text, content.unpack(path, *stored)) for text, *stored in database.run(query))


def readings_at(path: Path) -> list[ArticleReading]:
    """The same of the dossier at a path, which another process may have open and be writing.

    Raises ``DossierError``.
    """
    database = connect(path, "ro")
    try:
        with dossier_errors(path), database.snapshot():
            return readings(database, path)
    finally:
        database.close()


class _Held(msgspec.Struct):
    """A stored reading of which only the article is wanted."""

    article: ArticleRecord


_held = msgspec.json.Decoder(_Held)


def held_articles(
    database: Database, path: Path, ids: Collection[int] | None = None
) -> list[ArticleRecord]:
    """The articles as they were read, in the order of import, without what was found in them."""
    return [
        replace(_held.decode(data).article, text=text)
        for text, data in _stored_readings(database, path, ids)
    ]


def broken_spans(database: Database, article_id: int) -> list[str]:
    """Records of an article whose exact words do not stand where they say, described in words."""
    text = article_text(database, article_id)
    texts = _texts_of_gone(database, article_id)
    return [
        f"{kind} {row_id} ({word}): [{start}, {stop}) is not {exact!r}"
        for name, build in _SPANS.items()
        for kind, row_id, word, start, stop, exact in _of_article(database, article_id, name, build)
        if not _holds(
            texts.get(row_id, text) if kind == "claim" else text, Span(start, stop, exact)
        )
    ]


def _in_claims(model: Any, word: Any) -> Any:
    query = model.select(pw.Value("claim"), Claim.id, word, model.start, model.stop, model.exact)
    return query.join(Claim).join(Article)


_SPANS: Mapping[str, Callable[[], Any]] = {
    "spans": lambda: _in_claims(ClaimSpan, ClaimSpan.role),
    "quantities": lambda: _in_claims(Quantity, Quantity.measure),
    "mentions": lambda: EventMention.select(
        pw.Value("mention of event"),
        EventMention.event,
        pw.Value("narration"),
        EventMention.start,
        EventMention.stop,
        EventMention.exact,
    ).join(Article),
    "words of time": lambda: TimeExpression.select(
        pw.Value("time"),
        TimeExpression.ordinal,
        TimeExpression.value,
        TimeExpression.start,
        TimeExpression.stop,
        TimeExpression.exact,
    ).join(Article, on=(Article.revision_id == TimeExpression.revision)),
}


def _holds(text: str, span: Span) -> bool:
    # A slice may end past the text and still give the same words.
    return span.start >= 0 and span.end <= len(text) and span.holds_in(text)


def _texts_of_gone(database: Database, article_id: int) -> dict[int, str]:
    """For claims that are gone from an article the text that their spans are of."""
    revision_of = dict(
        _of_article(
            database,
            article_id,
            "gone",
            lambda: (
                ClaimRevision.select(ClaimRevision.claim, ClaimRevision.revision)
                .join(Claim)
                .join(Article)
            ),
        )
    )
    if not revision_of:
        return {}
    texts = dict(
        database.run(
            ArticleRevision.select(ArticleRevision.id, ArticleRevision.text).where(
                among(ArticleRevision.id, set(revision_of.values()))
            )
        )
    )
    return {claim: texts[revision] for claim, revision in revision_of.items()}
