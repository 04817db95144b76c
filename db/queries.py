"""Reading everything but claims: plain rows for the windows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

import peewee as pw

from db import content
from db.claims import read_standings, review_state, side_key, vocabulary
from db.database import Database
from db.encoding import interval_of, reading_of, strings_of, time_of
from db.importing import DUPLICATE
from db.models import (
    Actor,
    Article,
    ArticleRevision,
    Block,
    Claim,
    ClaimSpan,
    Content,
    Document,
    Event,
    EventMention,
    EventParticipant,
    ImportProblem,
    ImportRun,
    Quantity,
    Relation,
    Side,
    Step,
    TimeExpression,
    among,
)
from db.rows import (
    ActorRow,
    ArticleRow,
    DossierCounts,
    EventRow,
    ImportSummary,
    MentionRow,
    RelationRow,
    ReviewState,
    RevisionRow,
    SideRow,
    TimeRow,
)
from db.rows import ImportProblem as Problem
from extraction.model import (
    ArticleReading,
    BlockKind,
    DateBasis,
    Decisions,
    EntityKind,
    EventType,
    Precision,
    RelationType,
    SideKey,
    Span,
)
from extraction.model import Block as BlockRecord
from extraction.model import Side as SideRecord

_precision = vocabulary(Precision)
_basis = vocabulary(DateBasis)
_entity_kind = vocabulary(EntityKind)
_event_type = vocabulary(EventType)
_relation_type = vocabulary(RelationType)
_block_kind = vocabulary(BlockKind)

_SIDE_ORDER = {SideKey.A.value: 0, SideKey.B.value: 1, SideKey.THIRD.value: 2}
_NOT_REJECTED = Claim.review != ReviewState.REJECTED.value


def counts(database: Database) -> DossierCounts:
    def count(query: Any) -> int:
        return int(database.run(query).fetchone()[0])

    return DossierCounts(
        articles=count(Article.select(pw.fn.COUNT(Article.id))),
        claims=count(Claim.select(pw.fn.COUNT(Claim.id)).where(_NOT_REJECTED)),
        events=count(Event.select(pw.fn.COUNT(Event.id)).where(_is_told())),
        relations=count(_relation_query(pw.fn.COUNT(Relation.id))),
        to_review=count(
            Claim.select(pw.fn.COUNT(Claim.id)).where(Claim.review == ReviewState.SUGGESTED.value)
        ),
    )


def claim_counts(database: Database, column: Any) -> dict[Any, int]:
    query = (
        Claim.select(column, pw.fn.COUNT(Claim.id)).where(_NOT_REJECTED).group_by(column).tuples()
    )
    return dict(database.run(query))


# --------------------------------------------------------------------------- articles


def articles(database: Database) -> list[ArticleRow]:
    """In the order of their import."""
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
        )
        .join(ArticleRevision, on=(Article.revision_id == ArticleRevision.id))
        .order_by(Article.id)
    )
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
            published_precision=_precision(row[10]),
            published_basis=_basis(row[11]),
            published_assumed=strings_of(row[12]),
            published_reasons=strings_of(row[13]),
            claim_count=claims.get(row[0], 0),
            warnings=strings_of(row[14]),
        )
        for row in database.run(query)
    ]


def article_text(database: Database, article_id: int) -> str:
    """Raises ``KeyError`` if there is no such article."""
    row = database.run(
        ArticleRevision.select(ArticleRevision.text)
        .join(Article, on=(Article.revision_id == ArticleRevision.id))
        .where(Article.id == article_id)
    ).fetchone()
    if row is None:
        raise KeyError(article_id)
    return str(row[0])


def article_blocks(database: Database, article_id: int) -> tuple[BlockRecord, ...]:
    query = (
        Block.select(Block.start, Block.stop, Block.kind, Block.reason)
        .join(Article, on=(Article.revision_id == Block.revision))
        .where(Article.id == article_id)
        .order_by(Block.ordinal)
    )
    return tuple(
        BlockRecord(start, stop, _block_kind(kind), reason)
        for start, stop, kind, reason in database.run(query)
    )


def times(database: Database, article_id: int) -> list[TimeRow]:
    query = (
        TimeExpression.select(
            TimeExpression.start,
            TimeExpression.stop,
            TimeExpression.exact,
            TimeExpression.type,
            TimeExpression.value,
            TimeExpression.anchor,
        )
        .join(Article, on=(Article.revision_id == TimeExpression.revision))
        .where(Article.id == article_id)
        .order_by(TimeExpression.ordinal)
    )
    return [
        TimeRow(article_id, Span(start, stop, exact), kind, value, anchor)
        for start, stop, exact, kind, value, anchor in database.run(query)
    ]


def document_bytes(database: Database, document_id: int, path: Path) -> bytes:
    """Raises ``KeyError`` (no such document), ``DossierError`` (not what its hash says)."""
    row = database.run(
        Document.select(Document.content).where(Document.id == document_id)
    ).fetchone()
    if row is None:
        raise KeyError(document_id)
    return content.load(database, row[0], path)


def has_document(database: Database, sha256: str) -> int | None:
    row = database.run(Document.select(Document.id).where(Document.sha256 == sha256)).fetchone()
    return None if row is None else int(row[0])


def readings(database: Database, path: Path) -> list[ArticleReading]:
    """What each article gave by itself, in the order of import."""
    query = (
        Article.select(
            ArticleRevision.text, Content.sha256, Content.codec, Content.size, Content.data
        )
        .join(ArticleRevision, on=(Article.revision_id == ArticleRevision.id))
        .join(Content, on=(ArticleRevision.reading == Content.id))
        .order_by(Article.id)
    )
    return [
        reading_of(content.unpack(path, *stored), text) for text, *stored in database.run(query)
    ]


def broken_spans(database: Database, article_id: int) -> list[str]:
    """Records of an article whose exact words do not stand where they say, described in words."""
    text = article_text(database, article_id)
    in_claims = [(ClaimSpan, ClaimSpan.role), (Quantity, Quantity.measure)]
    queries: list[Any] = [
        model.select(pw.Value("claim"), Claim.id, word, model.start, model.stop, model.exact)
        .join(Claim)
        .where(Claim.article == article_id)
        for model, word in in_claims
    ]
    queries.append(
        EventMention.select(
            pw.Value("mention of event"),
            EventMention.event,
            pw.Value("narration"),
            EventMention.start,
            EventMention.stop,
            EventMention.exact,
        ).where(EventMention.article == article_id)
    )
    queries.append(
        TimeExpression.select(
            pw.Value("time"),
            TimeExpression.ordinal,
            TimeExpression.value,
            TimeExpression.start,
            TimeExpression.stop,
            TimeExpression.exact,
        )
        .join(Article, on=(Article.revision_id == TimeExpression.revision))
        .where(Article.id == article_id)
    )
    return [
        f"{kind} {row_id} ({word}): [{start}, {stop}) is not {exact!r}"
        for query in queries
        for kind, row_id, word, start, stop, exact in database.run(query)
        if not Span(start, stop, exact).holds_in(text)
    ]


# --------------------------------------------------------------------------- sides and actors


def sides(database: Database) -> list[SideRow]:
    """A, B and third, in this order."""
    claims = claim_counts(database, Claim.side)
    actor_counts = dict(
        database.run(Actor.select(Actor.side, pw.fn.COUNT(Actor.id)).group_by(Actor.side))
    )
    rows = [
        SideRow(
            key=side_key(key),
            name=name,
            color_light=light,
            color_dark=dark,
            actor_count=actor_counts.get(key, 0),
            claim_count=claims.get(key, 0),
            reasons=strings_of(reasons),
        )
        for key, name, light, dark, reasons in database.run(
            Side.select(Side.key, Side.name, Side.color_light, Side.color_dark, Side.reasons)
        )
    ]
    return sorted(rows, key=lambda row: _SIDE_ORDER.get(row.key, 3))


def actors(database: Database, side: SideKey | None = None) -> list[ActorRow]:
    """Those with most claims first, then by name."""
    claims = claim_counts(database, Claim.actor)
    query = Actor.select(
        Actor.id,
        Actor.key,
        Actor.name,
        Actor.kind,
        Actor.side,
        Actor.side_by_user,
        Actor.aliases,
        Actor.member_of,
        Actor.reasons,
    )
    if side is not None:
        query = query.where(Actor.side == side.value)
    rows = [
        ActorRow(
            id=row[0],
            key=row[1],
            name=row[2],
            kind=_entity_kind(row[3]),
            side=side_key(row[4]),
            side_by_user=bool(row[5]),
            aliases=strings_of(row[6]),
            member_of=row[7],
            claim_count=claims.get(row[0], 0),
            reasons=strings_of(row[8]),
        )
        for row in database.run(query)
    ]
    return sorted(rows, key=lambda row: (-row.claim_count, row.name.casefold(), row.id))


def decisions(database: Database) -> Decisions:
    """What a person decided about sides, actors and claims, for the next assembly."""
    stored_sides = list(
        database.run(
            Side.select(
                Side.key, Side.name, Side.principals, Side.reasons, Side.bound, Side.name_by_user
            ).where(Side.key.in_([SideKey.A.value, SideKey.B.value]))
        )
    )
    decided = any(bound or named for *_, bound, named in stored_sides)
    return Decisions(
        sides=tuple(
            SideRecord(side_key(key), name, strings_of(principals), strings_of(reasons))
            for key, name, principals, reasons, *_ in sorted(stored_sides)
            if decided and (name or principals != "[]")
        ),
        actor_sides=tuple(
            (key, side_key(side))
            for key, side in database.run(
                Actor.select(Actor.key, Actor.side)
                .where(Actor.side_by_user == 1)
                .order_by(Actor.key)
            )
        ),
        rejected=tuple(
            (key, position)
            for key, position in database.run(
                Claim.select(Article.key, Claim.position)
                .join(Article)
                .where(Claim.review == ReviewState.REJECTED.value)
                .order_by(Article.id, Claim.position)
            )
        ),
    )


# --------------------------------------------------------------------------- events, relations


def _is_told() -> Any:
    """An event that a claim (not rejected) or the narration tells of."""
    return pw.fn.EXISTS(
        Claim.select(pw.SQL("1")).where(Claim.event == Event.id, _NOT_REJECTED)
    ) | pw.fn.EXISTS(EventMention.select(pw.SQL("1")).where(EventMention.event == Event.id))


def events(database: Database, ids: Collection[int] | None = None) -> list[EventRow]:
    """In order of time, the undated last. Events of which only rejected claims tell are hidden."""
    chosen = None if ids is None else among(Claim.event, ids)
    claims = _claims_of_events(database, chosen)
    standing = read_standings(database, chosen)
    mentions = _mentions(database, ids)
    participants: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    parts = EventParticipant.select(
        EventParticipant.event, EventParticipant.actor_key, EventParticipant.role
    )
    query = Event.select(
        Event.id,
        Event.label,
        Event.type,
        Event.when_earliest,
        Event.when_latest,
        Event.when_precision,
        Event.when_open,
        Event.when_basis,
        Event.places,
        Event.reasons,
    )
    if ids is not None:
        parts = parts.where(among(EventParticipant.event, ids))
        query = query.where(among(Event.id, ids))
    for event_id, key, role in database.run(
        parts.order_by(EventParticipant.event, EventParticipant.ordinal)
    ):
        participants[event_id].append((key, role))
    rows = []
    for row in database.run(
        query.order_by(
            Event.when_earliest.is_null(), Event.when_earliest, Event.when_latest, Event.id
        )
    ):
        own = claims.get(row[0], [])
        told = mentions.get(row[0], [])
        if not own and not told:
            continue
        rows.append(
            EventRow(
                id=row[0],
                label=row[1],
                type=_event_type(row[2]),
                when=interval_of(*row[3:8]),
                places=strings_of(row[8]),
                participants=tuple(participants.get(row[0], ())),
                claim_ids=tuple(own),
                mentions=tuple(told),
                disputed=any(claim in standing and standing[claim].disputed_by for claim in own),
                reasons=strings_of(row[9]),
            )
        )
    return rows


def _claims_of_events(database: Database, chosen: Any | None) -> dict[int, list[int]]:
    """Claim ids by event, in order of saying (else of publication)."""
    query = (
        Claim.select(Claim.event, Claim.id)
        .join(Article)
        .join(ArticleRevision, on=(Article.revision_id == ArticleRevision.id))
        .where(Claim.event.is_null(False), _NOT_REJECTED)
    )
    if chosen is not None:
        query = query.where(chosen)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for event_id, claim_id in database.run(
        query.order_by(
            pw.fn.COALESCE(Claim.said_earliest, ArticleRevision.published_start, "9999"),
            Claim.article,
            Claim.position,
        )
    ):
        found[event_id].append(claim_id)
    return found


def _mentions(database: Database, ids: Collection[int] | None) -> dict[int, list[MentionRow]]:
    query = EventMention.select(
        EventMention.article,
        EventMention.event,
        EventMention.start,
        EventMention.stop,
        EventMention.exact,
        EventMention.when_earliest,
        EventMention.when_latest,
        EventMention.when_precision,
        EventMention.when_open,
        EventMention.when_basis,
        EventMention.reasons,
    )
    if ids is not None:
        query = query.where(among(EventMention.event, ids))
    found: defaultdict[int, list[MentionRow]] = defaultdict(list)
    for row in database.run(query.order_by(EventMention.event, EventMention.ordinal)):
        found[row[1]].append(
            MentionRow(
                article_id=row[0],
                event_id=row[1],
                span=Span(row[2], row[3], row[4]),
                when=interval_of(*row[5:10]),
                reasons=strings_of(row[10]),
            )
        )
    return found


def _relation_query(*columns: Any) -> Any:
    source, target = Claim.alias("s"), Claim.alias("t")
    rejected = ReviewState.REJECTED.value
    return (
        Relation.select(*columns)
        .join(source, on=(Relation.source == source.id))
        .switch(Relation)
        .join(target, on=(Relation.target == target.id))
        .where(Relation.review != rejected, source.review != rejected, target.review != rejected)
    )


def relations(database: Database, claim_id: int | None = None) -> list[RelationRow]:
    """Relations between claims that are not rejected, or those of one claim either way."""
    query = _relation_query(
        Relation.id,
        Relation.type,
        Relation.source,
        Relation.target,
        Relation.score,
        Relation.possible,
        Relation.review,
        Relation.reasons,
    )
    if claim_id is not None:
        query = query.where((Relation.source == claim_id) | (Relation.target == claim_id))
    return [
        RelationRow(
            id=row[0],
            type=_relation_type(row[1]),
            source_id=row[2],
            target_id=row[3],
            score=row[4],
            possible=bool(row[5]),
            review=review_state(row[6]),
            reasons=strings_of(row[7]),
        )
        for row in database.run(query.order_by(Relation.id))
    ]


# --------------------------------------------------------------------------- history


def imports(database: Database, run_id: int | None = None) -> list[ImportSummary]:
    """The latest first, or the one asked for."""
    added: defaultdict[int, list[int]] = defaultdict(list)
    for run, article in database.run(
        Document.select(Document.run, Article.id)
        .join(Article, on=(Article.document == Document.id))
        .order_by(Article.id)
    ):
        added[run].append(article)
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
        )
        for run, started, cancelled in database.run(query.order_by(ImportRun.id.desc()))
    ]


def revisions(database: Database) -> list[RevisionRow]:
    """The revision log, the latest step first."""
    query = Step.select(Step.id, Step.label, Step.who, Step.at, Step.undone).order_by(
        Step.id.desc()
    )
    return [
        RevisionRow(step, label, who, time_of(at) or datetime.min, bool(undone))
        for step, label, who, at, undone in database.run(query)
    ]
