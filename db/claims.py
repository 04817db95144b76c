"""Reading claims: raw tuples in, ``ClaimRow`` out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
import peewee as pw

from db.database import Database
from db.encoding import interval_of, strings_of
from db.models import Actor, Claim, ClaimSpan, Quantity, Relation, among
from db.rows import ClaimRow, ReviewState
from db.status import Standing, Voice, standings, status_of
from extraction.model import Form, Scope, SideKey, Span, SpeechAct, Verification
from extraction.model import Quantity as QuantityRecord

Vocabulary = TypeVar("Vocabulary", bound=StrEnum)


def vocabulary(enum: type[Vocabulary]) -> Callable[[str], Vocabulary]:
    """A fast look-up that raises ``msgspec.ValidationError`` for a word the enum lacks."""
    known = {member.value: member for member in enum}

    def look_up(value: str) -> Vocabulary:
        try:
            return known[value]
        except KeyError:
            raise msgspec.ValidationError(f"unknown {enum.__name__}: {value!r}") from None

    return look_up


side_key = vocabulary(SideKey)
speech_act = vocabulary(SpeechAct)
form = vocabulary(Form)
verification = vocabulary(Verification)
review_state = vocabulary(ReviewState)
scope = vocabulary(Scope)


def read_claims(
    database: Database,
    *,
    article_id: int | None = None,
    event_id: int | None = None,
    ids: Collection[int] | None = None,
    rejected: bool = True,
) -> list[ClaimRow]:
    """Claims in order of article and place in it; the conditions narrow together."""
    condition = _condition(article_id, event_id, ids, rejected)
    spans = _spans(database, condition)
    quantities = _quantities(database, condition)
    standing = read_standings(database, condition)
    query = Claim.select(
        Claim.id,
        Claim.article,
        Claim.event,
        Claim.actor,
        pw.fn.COALESCE(Actor.name, Claim.speaker),
        Claim.side,
        Claim.act,
        Claim.form,
        Claim.content,
        Claim.when_earliest,
        Claim.when_latest,
        Claim.when_precision,
        Claim.when_open,
        Claim.when_basis,
        Claim.said_earliest,
        Claim.said_latest,
        Claim.said_precision,
        Claim.said_open,
        Claim.said_basis,
        Claim.places,
        Claim.verification,
        Claim.nested_in,
        Claim.review,
        Claim.reasons,
    ).join(Actor, pw.JOIN.LEFT_OUTER)
    if condition is not None:
        query = query.where(condition)
    contents, single = spans.content, spans.single
    sources, cues = single["source"], single["cue"]
    whens, notes = single["when"], single["verification"]
    rows = []
    for row in database.run(query.order_by(Claim.article, Claim.position, Claim.id)):
        claim_id = row[0]
        stands = standing.get(claim_id)
        rows.append(
            ClaimRow(
                id=claim_id,
                article_id=row[1],
                event_id=row[2],
                actor_id=row[3],
                speaker=row[4],
                side=side_key(row[5]),
                speech_act=speech_act(row[6]),
                form=form(row[7]),
                content=row[8],
                source_span=sources.get(claim_id),
                cue_span=cues.get(claim_id) or Span(0, 0, ""),
                content_spans=tuple(contents.get(claim_id, ())),
                when=interval_of(*row[9:14]),
                when_span=whens.get(claim_id),
                said=interval_of(*row[14:19]),
                places=strings_of(row[19]),
                quantities=tuple(quantities.get(claim_id, ())),
                verification=verification(row[20]),
                verification_span=notes.get(claim_id),
                nested_in=row[21],
                review=review_state(row[22]),
                status=status_of(stands, row[6], row[20]),
                disputed_by=len(stands.disputed_by) if stands else 0,
                reasons=strings_of(row[23]),
            )
        )
    return rows


def _condition(
    article_id: int | None,
    event_id: int | None,
    ids: Collection[int] | None,
    rejected: bool,
) -> Any | None:
    conditions = []
    if article_id is not None:
        conditions.append(Claim.article == article_id)
    if event_id is not None:
        conditions.append(Claim.event == event_id)
    if ids is not None:
        conditions.append(among(Claim.id, ids))
    if not rejected:
        conditions.append(Claim.review != ReviewState.REJECTED.value)
    result = None
    for condition in conditions:
        result = condition if result is None else result & condition
    return result


def _owned(model: Any, columns: list[Any], condition: Any | None) -> Any:
    """Rows of a claim's parts; without a condition the table alone is read, which is fastest."""
    query = model.select(*columns)
    if condition is not None:
        query = query.join(Claim).where(condition)
    # A claim's parts are written in their order, so their ids tell it.
    return query.order_by(model.id)


@dataclass(slots=True)
class _Spans:
    """Spans by claim id; ``single`` by role first."""

    content: dict[int, list[Span]]
    single: dict[str, dict[int, Span]]


def _spans(database: Database, condition: Any | None) -> _Spans:
    columns = [ClaimSpan.claim, ClaimSpan.role, ClaimSpan.start, ClaimSpan.stop, ClaimSpan.exact]
    found = _Spans({}, {"source": {}, "cue": {}, "when": {}, "verification": {}})
    content, single = found.content, found.single
    for claim, role, start, stop, exact in database.run(_owned(ClaimSpan, columns, condition)):
        span = Span(start, stop, exact)
        if role in single:
            single[role][claim] = span
        else:
            content.setdefault(claim, []).append(span)
    return found


def _quantities(database: Database, condition: Any | None) -> dict[int, list[QuantityRecord]]:
    columns = [
        Quantity.claim,
        Quantity.measure,
        Quantity.low,
        Quantity.high,
        Quantity.start,
        Quantity.stop,
        Quantity.exact,
        Quantity.approximate,
        Quantity.scope,
        Quantity.bearer,
        Quantity.part_of,
    ]
    found: defaultdict[int, list[QuantityRecord]] = defaultdict(list)
    for row in database.run(_owned(Quantity, columns, condition)):
        found[row[0]].append(
            QuantityRecord(
                measure=row[1],
                low=row[2],
                high=row[3],
                span=Span(row[4], row[5], row[6]),
                approximate=bool(row[7]),
                scope=scope(row[8]),
                bearer=row[9],
                part_of=row[10],
            )
        )
    return found


def read_standings(database: Database, condition: Any | None) -> dict[int, Standing]:
    """Standing of the claims that ``condition`` (over ``Claim``) selects, by claim id."""
    source, target = Claim.alias("s"), Claim.alias("t")
    query = (
        Relation.select(
            Relation.type,
            source.id,
            source.side,
            source.actor,
            source.content,
            target.id,
            target.side,
            target.actor,
            target.content,
        )
        .join(source, on=(Relation.source == source.id))
        .switch(Relation)
        .join(target, on=(Relation.target == target.id))
        .where(
            Relation.possible == 0,
            Relation.review != ReviewState.REJECTED.value,
            source.review != ReviewState.REJECTED.value,
            target.review != ReviewState.REJECTED.value,
        )
    )
    if condition is not None:
        chosen = Claim.select(Claim.id).where(condition)
        query = query.where((Relation.source << chosen) | (Relation.target << chosen))
    return standings((row[0], Voice(*row[1:5]), Voice(*row[5:9])) for row in database.run(query))


def claim_counts(database: Database, column: Any) -> dict[Any, int]:
    """How many claims that are not rejected there are for each value of a column."""
    query = (
        Claim.select(column, pw.fn.COUNT(Claim.id))
        .where(Claim.review != ReviewState.REJECTED.value)
        .group_by(column)
        .tuples()
    )
    return dict(database.run(query))
