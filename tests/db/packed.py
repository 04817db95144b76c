"""Compares packed arrays with what the rows of a dossier say."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from db import Dossier
from db.columns import (
    ACTS,
    EVENT_TYPES,
    HAS_QUANTITIES,
    IS_NESTED,
    NEVER,
    OPEN_END,
    OPEN_START,
    PRECISIONS,
    RELATION_TYPES,
    REVIEWS,
    SIDES,
    STARRED,
    STATUSES,
    Columns,
)
from extraction.model import FuzzyInterval


def same(one: Columns, other: Columns) -> bool:
    """Whether two hold the same, whatever the numbers of their places."""
    for kind in ("claims", "events", "mentions", "relations"):
        for name, array in getattr(one, kind).arrays():
            theirs = getattr(getattr(other, kind), name)
            if name == "where":
                if [one.places[at] for at in array] != [other.places[at] for at in theirs]:
                    return False
            elif array.dtype != theirs.dtype or not np.array_equal(array, theirs):
                return False
    return True


def moment(value: int) -> datetime | None:
    return None if value == NEVER else datetime(1970, 1, 1) + timedelta(microseconds=int(value))


def bounds(when: FuzzyInterval | None) -> tuple[object, ...]:
    if when is None:
        return (None, None, PRECISIONS[0])
    return (when.earliest, when.latest, when.precision)


def must_match(dossier: Dossier, columns: Columns) -> None:
    """Assert that each array says what the rows say."""
    claims = columns.claims
    rows = dossier.claims()
    assert claims.id[claims.order].tolist() == [row.id for row in rows]
    for at, row in zip(claims.order.tolist(), rows, strict=True):
        flags = int(claims.flags[at])
        assert (
            claims.article[at],
            claims.event[at] or None,
            claims.actor[at] or None,
            SIDES[claims.side[at]],
            ACTS[claims.act[at]],
            REVIEWS[claims.review[at]],
            STATUSES[claims.status[at]],
            claims.disputed_by[at],
            columns.places[claims.where[at]],
            bool(flags & HAS_QUANTITIES),
            bool(flags & IS_NESTED),
            bool(flags & STARRED),
            bool(flags & OPEN_START),
            bool(flags & OPEN_END),
        ) == (
            row.article_id,
            row.event_id,
            row.actor_id,
            row.side,
            row.speech_act,
            row.review,
            row.status,
            row.disputed_by,
            row.places,
            bool(row.quantities),
            row.nested_in is not None,
            row.starred,
            bool(row.when and row.when.open_start),
            bool(row.when and row.when.open_end),
        )
        for name, when in (("when", row.when), ("said", row.said)):
            assert (
                moment(getattr(claims, f"{name}_start")[at]),
                moment(getattr(claims, f"{name}_end")[at]),
                PRECISIONS[getattr(claims, f"{name}_precision")[at]],
            ) == bounds(when)
    events = columns.events
    told = dossier.events()
    assert events.id[columns.event_order].tolist() == [row.id for row in told]
    one_sided = set()
    for at, event in zip(columns.event_order.tolist(), told, strict=True):
        assert (EVENT_TYPES[events.type[at]], columns.places[events.where[at]]) == (
            event.type,
            event.places,
        )
        assert (
            moment(events.when_start[at]),
            moment(events.when_end[at]),
            PRECISIONS[events.when_precision[at]],
        ) == bounds(event.when)
        assert columns.voices[at] == len(event.claim_ids)
        assert columns.is_narrated[at] == bool(event.mentions)
        mine = columns.mentions.take(columns.event_of_mention == at)
        assert mine.article.tolist() == [mention.article_id for mention in event.mentions]
        heard = {row.side.value for row in rows if row.id in event.claim_ids} & {"A", "B", "both"}
        if len(heard) == 1 and heard != {"both"}:
            one_sided.add(event.id)
    assert set(events.id[columns.is_one_sided].tolist()) == one_sided
    relations = columns.relations
    assert [
        (row.id, row.type, row.source_id, row.target_id, row.possible)
        for row in dossier.relations()
    ] == [
        (own, RELATION_TYPES[kind], source, target, bool(possible))
        for own, kind, source, target, possible in zip(
            relations.id.tolist(),
            relations.type.tolist(),
            relations.source.tolist(),
            relations.target.tolist(),
            relations.possible.tolist(),
            strict=True,
        )
    ]


FOUND_OUT = (
    "slots", "event_of_claim", "event_of_mention", "is_narrated", "voices", "heard", "is_told",
    "event_order", "is_one_sided",
)  # fmt: skip
"""What arrays find out about themselves when they are asked."""


def found_out(columns: Columns) -> dict[str, object]:
    return {name: getattr(columns, name).tolist() for name in FOUND_OUT} | {
        "shown": columns.claims.shown.tolist()
    }
