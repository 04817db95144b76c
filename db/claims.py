"""Reading claims: raw tuples in, ``ClaimRow`` out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
import peewee as pw

from db.database import Database
from db.encoding import interval_of, strings_of
from db.models import Actor, Claim, ClaimNote, ClaimRating, ClaimSpan, Quantity, Relation, among
from db.rows import CREDIBILITIES, ClaimRow, Reliability, ReviewState
from db.status import Standing, Voice, standings, status_of
from extraction.model import Form, Scope, SideKey, Span, SpeechAct, Verification
from extraction.model import Quantity as QuantityRecord

Word = TypeVar("Word", bound=StrEnum)


class Vocabulary(dict[str, Word]):
    """From stored words to an enumeration's members, as fast as a dictionary.

    Raises ``msgspec.ValidationError`` for a word that the enumeration lacks.
    """

    def __init__(self, words: type[Word]) -> None:
        super().__init__((member.value, member) for member in words)

    def __missing__(self, key: str) -> Word:
        raise msgspec.ValidationError(f"unknown word {key!r}")


side_key = Vocabulary(SideKey)
speech_act = Vocabulary(SpeechAct)
form = Vocabulary(Form)
verification = Vocabulary(Verification)
review_state = Vocabulary(ReviewState)
scope = Vocabulary(Scope)
reliability = Vocabulary(Reliability)

_NO_CUE = Span(0, 0, "")
_NOT_NOTED = (False, "")


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
    noted = _notes(database, condition)
    rated = _ratings(database, condition)
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
    for (
        claim_id,
        article,
        event,
        actor,
        speaker,
        side,
        act,
        how,
        words,
        when_earliest,
        when_latest,
        when_precision,
        when_open,
        when_basis,
        said_earliest,
        said_latest,
        said_precision,
        said_open,
        said_basis,
        places,
        verified,
        nested_in,
        review,
        reasons,
    ) in database.run(query.order_by(Claim.article, Claim.position, Claim.id)):
        stands = standing.get(claim_id)
        starred, note = noted.get(claim_id, _NOT_NOTED)
        # By place: names would cost a quarter more, and this runs for every claim.
        rows.append(
            ClaimRow(
                claim_id,
                article,
                event,
                actor,
                speaker,
                side_key[side],
                speech_act[act],
                form[how],
                words,
                sources.get(claim_id),
                cues.get(claim_id) or _NO_CUE,
                tuple(contents.get(claim_id, ())),
                interval_of(when_earliest, when_latest, when_precision, when_open, when_basis),
                whens.get(claim_id),
                interval_of(said_earliest, said_latest, said_precision, said_open, said_basis),
                strings_of(places),
                tuple(quantities.get(claim_id, ())),
                verification[verified],
                notes.get(claim_id),
                nested_in,
                review_state[review],
                status_of(stands, act, verified),
                len(stands.disputed_by) if stands else 0,
                strings_of(reasons),
                starred,
                note,
                rated.get(claim_id),
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


def _notes(database: Database, condition: Any | None) -> dict[int, tuple[bool, str]]:
    columns = [ClaimNote.claim, ClaimNote.starred, ClaimNote.note]
    rows = database.run(_owned(ClaimNote, columns, condition))
    return {claim: (bool(starred), note) for claim, starred, note in rows}


def _ratings(database: Database, condition: Any | None) -> dict[int, int]:
    columns = [ClaimRating.claim, ClaimRating.credibility]
    rows = database.run(_owned(ClaimRating, columns, condition))
    return {claim: credibility for claim, credibility in rows if credibility in CREDIBILITIES}


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
    found: dict[int, list[QuantityRecord]] = {}
    rows = database.run(_owned(Quantity, columns, condition))
    for claim, measure, low, high, start, stop, exact, approximate, over, bearer, part_of in rows:
        found.setdefault(claim, []).append(
            QuantityRecord(
                measure,
                low,
                high,
                Span(start, stop, exact),
                bool(approximate),
                scope[over],
                bearer,
                part_of,
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
            (Relation.possible == 0) | (Relation.review == ReviewState.ACCEPTED.value),
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
