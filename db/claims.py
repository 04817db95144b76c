"""Reading claims: raw tuples in, ``ClaimRow`` out."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
import peewee as pw

from db.database import Database, Slot
from db.encoding import interval_of, strings_of
from db.models import (
    Actor,
    Article,
    ArticleRevision,
    Claim,
    ClaimNote,
    ClaimRating,
    ClaimRevision,
    ClaimSpan,
    Quantity,
    Relation,
    RevisionChange,
    among,
    listed,
)
from db.rows import CREDIBILITIES, ChangeKind, ClaimRow, Reliability, ReviewState, Status
from db.status import Standing, Voice, standings, status_of
from extraction.model import Form, Scope, SideKey, Span, SpeechAct, Verification
from extraction.model import Quantity as QuantityRecord

Word = TypeVar("Word", bound=StrEnum)

Judged = tuple[Status, int]
"""A claim's status and how many claims dispute it."""


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
change_kind = Vocabulary(ChangeKind)

_NO_CUE = Span(0, 0, "")
_NOT_NOTED = (False, "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims are to be read: the conditions by name, and their values."""

    key: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        *,
        article_id: int | None = None,
        event_id: int | None = None,
        ids: Collection[int] | None = None,
        events: Collection[int] | None = None,
        rejected: bool = True,
    ) -> Wanted:
        values: dict[str, Any] = {
            "article": article_id,
            "event": event_id,
            "ids": None if ids is None else listed(ids),
            "events": None if events is None else listed(events),
            "shown": None if rejected else ReviewState.REJECTED.value,
        }
        asked = {name: value for name, value in values.items() if value is not None}
        return cls(tuple(asked), asked)

    def narrow(self, query: Any) -> Any:
        """A query over claims with these conditions."""
        for name in self.key:
            slot = Slot(name)
            match name:
                case "article":
                    query = query.where(Claim.article == pw.SQL("?", (slot,)))
                case "event":
                    query = query.where(Claim.event == pw.SQL("?", (slot,)))
                case "ids":
                    query = query.where(among(Claim.id, slot))
                case "events":
                    query = query.where(among(Claim.event, slot))
                case "shown":
                    query = query.where(Claim.review != pw.SQL("?", (slot,)))
        return query


def read_claims(
    database: Database,
    *,
    article_id: int | None = None,
    event_id: int | None = None,
    ids: Collection[int] | None = None,
    rejected: bool = True,
    judged: Mapping[int, Judged] | None = None,
) -> list[ClaimRow]:
    """Claims in order of article and place in it; the conditions narrow together.

    ``judged`` spares the reading of all relations where packed arrays know what came of them.
    """
    wanted = Wanted.of(article_id=article_id, event_id=event_id, ids=ids, rejected=rejected)
    spans = _spans(database, wanted)
    quantities = _quantities(database, wanted)
    standing = read_standings(database, wanted) if judged is None else {}
    noted = _notes(database, wanted)
    rated = _ratings(database, wanted)
    gone = _gone(database, wanted)
    changed = _changed(database, wanted)
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
    ) in database.prepared(("claims", wanted.key), lambda: _query(wanted), wanted.values):
        if judged is None:
            stands = standing.get(claim_id)
            status = status_of(stands, act, verified)
            disputed_by = len(stands.disputed_by) if stands else 0
        else:
            status, disputed_by = judged[claim_id]
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
                status,
                disputed_by,
                strings_of(reasons),
                starred,
                note,
                rated.get(claim_id),
                gone.get(claim_id),
                changed.get(claim_id),
            )
        )
    return rows


def _query(wanted: Wanted) -> Any:
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
    return wanted.narrow(query).order_by(Claim.article, Claim.position, Claim.id)


def _owned(database: Database, model: Any, columns: list[Any], wanted: Wanted) -> sqlite3.Cursor:
    """Rows of a claim's parts; without a condition the table alone is read, which is fastest."""

    def build() -> Any:
        query = model.select(*columns)
        if wanted.key:
            query = wanted.narrow(query.join(Claim))
        # A claim's parts are written in their order, so their ids tell it.
        return query.order_by(model.id)

    return database.prepared((model, wanted.key), build, wanted.values)


def _notes(database: Database, wanted: Wanted) -> dict[int, tuple[bool, str]]:
    columns = [ClaimNote.claim, ClaimNote.starred, ClaimNote.note]
    rows = _owned(database, ClaimNote, columns, wanted)
    return {claim: (bool(starred), note) for claim, starred, note in rows}


def _ratings(database: Database, wanted: Wanted) -> dict[int, int]:
    columns = [ClaimRating.claim, ClaimRating.credibility]
    rows = _owned(database, ClaimRating, columns, wanted)
    return {claim: credibility for claim, credibility in rows if credibility in CREDIBILITIES}


def _gone(database: Database, wanted: Wanted) -> dict[int, int]:
    """The number of the last revision that has a claim, for those that the present one lacks."""

    def build() -> Any:
        query = ClaimRevision.select(ClaimRevision.claim, ArticleRevision.number).join(
            ArticleRevision
        )
        if wanted.key:
            query = wanted.narrow(query.switch(ClaimRevision).join(Claim))
        return query

    return dict(database.prepared((ClaimRevision, wanted.key), build, wanted.values))


def _changed(database: Database, wanted: Wanted) -> dict[int, ChangeKind]:
    """Claims that the present revision of their article reworded or added."""

    def build() -> Any:
        query = (
            RevisionChange.select(ClaimSpan.claim, RevisionChange.kind)
            .join(Article)
            .join(
                ArticleRevision,
                on=(
                    (Article.revision_id == ArticleRevision.id)
                    & (ArticleRevision.number == RevisionChange.number)
                ),
            )
            .join(Claim, on=(Claim.article == Article.id))
            .join(
                ClaimSpan,
                on=(
                    (ClaimSpan.claim == Claim.id)
                    & (ClaimSpan.role == "cue")
                    & (ClaimSpan.start == RevisionChange.new_cue)
                ),
            )
            .join(ClaimRevision, pw.JOIN.LEFT_OUTER, on=(ClaimRevision.claim == Claim.id))
            .where(ClaimRevision.id.is_null())
        )
        return wanted.narrow(query)

    # Nearly no dossier has any, and the join would look at every claim that is wanted.
    if database.sql("SELECT 1 FROM revision_change LIMIT 1").fetchone() is None:
        return {}
    rows = database.prepared((RevisionChange, wanted.key), build, wanted.values)
    return {claim: change_kind[kind] for claim, kind in rows}


@dataclass(slots=True)
class _Spans:
    """Spans by claim id; ``single`` by role first."""

    content: dict[int, list[Span]]
    single: dict[str, dict[int, Span]]


def _spans(database: Database, wanted: Wanted) -> _Spans:
    columns = [ClaimSpan.claim, ClaimSpan.role, ClaimSpan.start, ClaimSpan.stop, ClaimSpan.exact]
    found = _Spans({}, {"source": {}, "cue": {}, "when": {}, "verification": {}})
    content, single = found.content, found.single
    for claim, role, start, stop, exact in _owned(database, ClaimSpan, columns, wanted):
        span = Span(start, stop, exact)
        if role in single:
            single[role][claim] = span
        else:
            content.setdefault(claim, []).append(span)
    return found


def _quantities(database: Database, wanted: Wanted) -> dict[int, list[QuantityRecord]]:
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
    rows = _owned(database, Quantity, columns, wanted)
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


def read_standings(database: Database, wanted: Wanted) -> dict[int, Standing]:
    """Standing of the claims that are wanted, by claim id."""
    rows = database.prepared(
        ("standings", wanted.key), lambda: _standings_query(wanted), wanted.values
    )
    return standings((row[0], Voice(*row[1:5]), Voice(*row[5:9])) for row in rows)


def _standings_query(wanted: Wanted) -> Any:
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
    if wanted.key:
        chosen = wanted.narrow(Claim.select(Claim.id))
        query = query.where((Relation.source << chosen) | (Relation.target << chosen))
    return query


def claim_counts(database: Database, column: Any) -> dict[Any, int]:
    """How many claims that are not rejected there are for each value of a column."""
    query = (
        Claim.select(column, pw.fn.COUNT(Claim.id))
        .where(Claim.review != ReviewState.REJECTED.value)
        .group_by(column)
        .tuples()
    )
    return dict(database.run(query))
