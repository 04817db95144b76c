"""Reading sides, actors, events and relations: plain rows for the windows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import peewee as pw

from db.claims import (
    Vocabulary,
    Wanted,
    claim_counts,
    read_standings,
    reliability,
    review_state,
    side_key,
)
from db.database import Database, Slot
from db.encoding import interval_of, strings_of
from db.models import (
    Actor,
    ActorRating,
    Article,
    ArticleRevision,
    Claim,
    Event,
    EventMention,
    EventParticipant,
    Relation,
    Side,
    among,
)
from db.rows import (
    ActorRow,
    DossierCounts,
    EventRow,
    MentionRow,
    RelationRow,
    ReviewState,
    SideRow,
)
from extraction.model import (
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
from extraction.model import Side as SideRecord

_precision = Vocabulary(Precision)
_basis = Vocabulary(DateBasis)
_entity_kind = Vocabulary(EntityKind)
_event_type = Vocabulary(EventType)
_relation_type = Vocabulary(RelationType)
_block_kind = Vocabulary(BlockKind)

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


def sides(database: Database, claims: Mapping[Any, int] | None = None) -> list[SideRow]:
    """A, B and third, in this order; ``claims`` counts their claims, if that is known."""
    if claims is None:
        claims = claim_counts(database, Claim.side)
    actor_counts = dict(
        database.run(Actor.select(Actor.side, pw.fn.COUNT(Actor.id)).group_by(Actor.side))
    )
    rows = [
        SideRow(
            key=side_key[key],
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


def actors(
    database: Database, side: SideKey | None = None, claims: Mapping[Any, int] | None = None
) -> list[ActorRow]:
    """Those with most claims first, then by name; ``claims`` counts them, if that is known."""
    if claims is None:
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
        ActorRating.reliability,
    ).join(ActorRating, pw.JOIN.LEFT_OUTER, on=(ActorRating.actor == Actor.id))
    if side is not None:
        query = query.where(Actor.side == side.value)
    rows = [
        ActorRow(
            id=row[0],
            key=row[1],
            name=row[2],
            kind=_entity_kind[row[3]],
            side=side_key[row[4]],
            side_by_user=bool(row[5]),
            aliases=strings_of(row[6]),
            member_of=row[7],
            claim_count=claims.get(row[0], 0),
            reasons=strings_of(row[8]),
            reliability=None if row[9] is None else reliability[row[9]],
        )
        for row in database.run(query)
    ]
    return sorted(rows, key=most_claims_first)


def most_claims_first(row: ActorRow) -> tuple[int, str, int]:
    return (-row.claim_count, row.name.casefold(), row.id)


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
    shown = tuple(
        SideRecord(side_key[key], name, strings_of(principals), strings_of(reasons))
        for key, name, principals, reasons, *_ in sorted(stored_sides)
        if name or principals != "[]"
    )
    return Decisions(
        sides=shown if decided else (),
        shown=shown,
        actor_sides=tuple(
            (key, side_key[side])
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
                .where(Claim.review == ReviewState.REJECTED.value, Claim.position >= 0)
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


def events(
    database: Database,
    ids: Collection[int] | None = None,
    is_disputed: Callable[[Sequence[int]], bool] | None = None,
) -> list[EventRow]:
    """In order of time, the undated last. Events of which only rejected claims tell are hidden.

    ``is_disputed`` says whether one of some claims is, and spares the reading of all relations.
    """
    wanted = Wanted.of(events=ids)
    claims = _claims_of_events(database, wanted)
    if is_disputed is None:
        standing = read_standings(database, wanted)

        def is_disputed(own: Sequence[int]) -> bool:
            return any(claim in standing and standing[claim].disputed_by for claim in own)

    mentions = _mentions(database, wanted)
    participants: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)

    def parts() -> Any:
        query = EventParticipant.select(
            EventParticipant.event, EventParticipant.actor_key, EventParticipant.role
        )
        return _narrowed(query, EventParticipant.event, wanted).order_by(
            EventParticipant.event, EventParticipant.ordinal
        )

    def rows_of_events() -> Any:
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
        return _narrowed(query, Event.id, wanted).order_by(
            Event.when_earliest.is_null(), Event.when_earliest, Event.when_latest, Event.id
        )

    key = wanted.key
    for event_id, actor, role in database.prepared(("participants", key), parts, wanted.values):
        participants[event_id].append((actor, role))
    rows = []
    for row in database.prepared(("events", key), rows_of_events, wanted.values):
        own = claims.get(row[0], [])
        told = mentions.get(row[0], [])
        if not own and not told:
            continue
        rows.append(
            EventRow(
                id=row[0],
                label=row[1],
                type=_event_type[row[2]],
                when=interval_of(*row[3:8]),
                places=strings_of(row[8]),
                participants=tuple(participants.get(row[0], ())),
                claim_ids=tuple(own),
                mentions=tuple(told),
                disputed=is_disputed(own),
                reasons=strings_of(row[9]),
            )
        )
    return rows


def _narrowed(query: Any, column: Any, wanted: Wanted) -> Any:
    """Only rows of the events that are wanted, if some are named."""
    return query.where(among(column, Slot("events"))) if wanted.key else query


def _claims_of_events(database: Database, wanted: Wanted) -> dict[int, list[int]]:
    """Claim ids by event, in order of saying (else of publication)."""

    def build() -> Any:
        query = (
            Claim.select(Claim.event, Claim.id)
            .join(Article)
            .join(ArticleRevision, on=(Article.revision_id == ArticleRevision.id))
            .where(Claim.event.is_null(False), _NOT_REJECTED)
        )
        return wanted.narrow(query).order_by(
            pw.fn.COALESCE(Claim.said_earliest, ArticleRevision.published_start, "9999"),
            Claim.article,
            Claim.position,
        )

    found: defaultdict[int, list[int]] = defaultdict(list)
    for event_id, claim_id in database.prepared(
        ("claims of events", wanted.key), build, wanted.values
    ):
        found[event_id].append(claim_id)
    return found


def _mentions(database: Database, wanted: Wanted) -> dict[int, list[MentionRow]]:
    def build() -> Any:
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
        return _narrowed(query, EventMention.event, wanted).order_by(
            EventMention.event, EventMention.ordinal
        )

    found: defaultdict[int, list[MentionRow]] = defaultdict(list)
    for row in database.prepared(("mentions", wanted.key), build, wanted.values):
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


def relations(
    database: Database, claim_id: int | None = None, *, claim_ids: Collection[int] | None = None
) -> list[RelationRow]:
    """Relations between claims that are not rejected, or those of one or some claims either way.

    One that a person accepted is no mere possibility any more.
    """
    if claim_id is not None:
        claim_ids = [claim_id]

    def build() -> Any:
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
        if claim_ids is not None:
            ends = (among(column, Slot("ids")) for column in (Relation.source, Relation.target))
            query = query.where(next(ends) | next(ends))
        return query.order_by(Relation.id)

    wanted = Wanted.of(ids=claim_ids)
    return [
        RelationRow(
            id=row[0],
            type=_relation_type[row[1]],
            source_id=row[2],
            target_id=row[3],
            score=row[4],
            possible=bool(row[5]) and row[6] != ReviewState.ACCEPTED,
            review=review_state[row[6]],
            reasons=strings_of(row[7]),
        )
        for row in database.prepared(("relations", wanted.key), build, wanted.values)
    ]
