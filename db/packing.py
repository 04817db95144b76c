"""Packed arrays from rows: made anew, or brought up to date with what was touched."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Any, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from db import touched
from db.carried import carry
from db.claims import Wanted, read_standings
from db.columns import (
    ACTS,
    BETWEEN,
    EVENT_TYPES,
    HAS_QUANTITIES,
    IS_NESTED,
    OPEN_END,
    OPEN_START,
    PRECISIONS,
    RELATION_TYPES,
    REVIEWS,
    SAID_OPEN_START,
    SIDES,
    STARRED,
    STATUSES,
    TYPES,
    Claims,
    Columns,
    Events,
    Mentions,
    Packed,
    Relations,
    is_between,
)
from db.database import Database
from db.encoding import strings_of
from db.rows import ClaimRow, EventRow, RelationRow
from db.status import status_of
from extraction.model import FuzzyInterval, Verification

_MANY = 50_000

AnyPacked = TypeVar("AnyPacked", bound=Packed)

# --------------------------------------------------------------------------- from rows


class _Codes(dict[str | None, int]):
    """Codes of stored words; ``None`` is 0, as the column beside it says that nothing is known."""

    def __init__(self, words: Iterable[StrEnum]) -> None:
        super().__init__((word.value, code) for code, word in enumerate(words))
        self[None] = 0

    def __missing__(self, word: str | None) -> int:
        raise msgspec.ValidationError(f"unknown word {word!r}")


class _Places:
    """Lists of places as stored, each with a number."""

    def __init__(self, known: Sequence[tuple[str, ...]] = ((),)) -> None:
        self.names = list(known)
        self._by_names = {names: code for code, names in enumerate(self.names)}
        self._by_text: dict[str, int] = {}

    def code(self, text: str) -> int:
        found = self._by_text.get(text)
        if found is None:
            names = strings_of(text)
            found = self._by_names.setdefault(names, len(self.names))
            if found == len(self.names):
                self.names.append(names)
            self._by_text[text] = found
        return found


_sides, _acts, _reviews = _Codes(SIDES), _Codes(ACTS), _Codes(REVIEWS)
_precisions, _types, _relations = _Codes(PRECISIONS), _Codes(EVENT_TYPES), _Codes(RELATION_TYPES)


def _times(values: Sequence[str | None]) -> npt.NDArray[np.int64]:
    try:
        texts = ["NaT" if value is None else value for value in values]
        return np.array(texts, "datetime64[us]").astype(np.int64)
    except ValueError as error:
        raise msgspec.ValidationError(str(error)) from error


def _ints(values: Sequence[int | None], kind: Any = np.int32) -> npt.NDArray[Any]:
    try:
        return np.array([value or 0 for value in values], kind)
    except OverflowError as error:
        raise msgspec.ValidationError(f"a number out of range: {error}") from error


def _coded(values: Sequence[str | None], codes: _Codes) -> npt.NDArray[np.int8]:
    return np.array([codes[value] for value in values], np.int8)


def _chunks(
    database: Database, select: str, column: str, ids: Collection[int] | None
) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Columns of the rows, some ten thousand rows at a time."""
    parameters: tuple[Any, ...] = ()
    if ids is not None:
        select += f" WHERE {column} IN (SELECT value FROM json_each(?))"
        parameters = (json.dumps(sorted(ids)),)
    cursor = database.driver.execute(select, parameters)
    while rows := cursor.fetchmany(_MANY):
        yield tuple(zip(*rows, strict=True))


def _joined(kind: type[AnyPacked], parts: list[dict[str, Any]]) -> AnyPacked:
    if not parts:
        return kind.empty()
    return kind.of({name: np.concatenate([part[name] for part in parts]) for name in kind.names()})


def _claims(database: Database, places: _Places, ids: Collection[int] | None) -> Claims:
    """All claims, or those with these ids."""
    standings = read_standings(database, Wanted.of(ids=ids))
    figured = _owners(database, "SELECT DISTINCT claim_id FROM quantity", ids)
    starred = _owners(database, "SELECT claim_id FROM claim_note WHERE starred != 0", None)
    parts = []
    for (
        own, article, position, event, actor, side, act, review, verified, place, nested,
        when_start, when_end, when_precision, when_open,
        said_start, said_end, said_precision, said_open,
    ) in _chunks(
        database,
        "SELECT id, article_id, position, event_id, actor_id, side, act, review, verification,"
        " places, nested_in_id IS NOT NULL, when_earliest, when_latest, when_precision, when_open,"
        " said_earliest, said_latest, said_precision, said_open FROM claim",
        "id",
        ids,
    ):  # fmt: skip
        plain = Verification.NONE.value
        asserted = STATUSES.index(status_of(None, "", plain))
        status = [
            asserted
            if (stands := standings.get(claim)) is None and how == plain and what != "admits"
            else STATUSES.index(status_of(stands, what, how))
            for claim, what, how in zip(own, act, verified, strict=True)
        ]
        disputed = [
            len(stands.disputed_by) if (stands := standings.get(claim)) else 0 for claim in own
        ]
        flags = (
            _ints(when_open, np.int8) & (OPEN_START | OPEN_END)
            | (_ints(said_open, np.int8) & (OPEN_START | OPEN_END)) * SAID_OPEN_START
            | _ints(nested, np.int8) * IS_NESTED
            | np.array([claim in figured for claim in own], np.int8) * HAS_QUANTITIES
            | np.array([claim in starred for claim in own], np.int8) * STARRED
        )
        parts.append(
            {
                "id": _ints(own), "article": _ints(article), "position": _ints(position),
                "event": _ints(event), "actor": _ints(actor),
                "where": _ints([places.code(text) for text in place]),
                "side": _coded(side, _sides), "act": _coded(act, _acts),
                "review": _coded(review, _reviews),
                "status": np.array(status, np.int8), "flags": flags,
                "disputed_by": _ints(disputed),
                "when_start": _times(when_start), "when_end": _times(when_end),
                "when_precision": _coded(when_precision, _precisions),
                "said_start": _times(said_start), "said_end": _times(said_end),
                "said_precision": _coded(said_precision, _precisions),
            }
        )  # fmt: skip
    return _joined(Claims, parts)


def _owners(database: Database, select: str, ids: Collection[int] | None) -> set[int]:
    return set(chain.from_iterable(part[0] for part in _chunks(database, select, "claim_id", ids)))


def _events(database: Database, places: _Places, ids: Collection[int] | None) -> Events:
    select = (
        "SELECT id, type, places, when_earliest, when_latest, when_precision, when_open, when_basis"
        " FROM event"
    )
    return _joined(
        Events,
        [
            {
                "id": _ints(own), "type": _coded(kind, _types),
                "flags": _event_flags(is_open, basis),
                "where": _ints([places.code(text) for text in place]),
                "when_start": _times(start), "when_end": _times(end),
                "when_precision": _coded(precision, _precisions),
            }
            for own, kind, place, start, end, precision, is_open, basis in _chunks(
                database, select, "id", ids
            )
        ],
    )  # fmt: skip


def _event_flags(is_open: Sequence[Any], basis: Sequence[str | None]) -> npt.NDArray[np.int8]:
    found = _ints(is_open, np.int8) & (OPEN_START | OPEN_END)
    between = np.array([is_between(words) for words in basis], np.int8)
    flags: npt.NDArray[np.int8] = found | between * np.int8(BETWEEN)
    return flags


def _mentions(database: Database, ids: Collection[int] | None) -> Mentions:
    """All mentions, or those of the events with these ids."""
    select = (
        "SELECT id, event_id, article_id, when_earliest, when_latest, when_precision, when_open,"
        " when_basis"
        " FROM event_mention"
    )
    return _joined(
        Mentions,
        [
            {
                "id": _ints(own), "event": _ints(event), "article": _ints(article),
                "flags": _event_flags(is_open, basis),
                "when_start": _times(start), "when_end": _times(end),
                "when_precision": _coded(precision, _precisions),
            }
            for own, event, article, start, end, precision, is_open, basis in _chunks(
                database, select, "event_id", ids
            )
        ],
    )  # fmt: skip


def _relations_of(database: Database, claims: Claims, ids: Collection[int] | None) -> Relations:
    select = "SELECT id, type, source_id, target_id, possible, review FROM relation"
    found = _joined_with_review(database, select, ids)
    ends = [claims.places(found[name]) for name in ("source", "target")]
    shown = found["review"] != REVIEWS.index(_REJECTED)
    for at in ends:
        shown &= (at >= 0) & claims.shown[np.maximum(at, 0)] if len(claims) else False
    found["possible"] = found["possible"] & (found["review"] != REVIEWS.index(_ACCEPTED))
    return Relations.of({name: found[name][shown] for name in Relations.names()})


_REJECTED, _ACCEPTED = REVIEWS[3], REVIEWS[1]


def _joined_with_review(
    database: Database, select: str, ids: Collection[int] | None
) -> dict[str, npt.NDArray[Any]]:
    names = ("id", "type", "source", "target", "possible", "review")
    parts = [
        (
            _ints(own), _coded(kind, _relations), _ints(source), _ints(target),
            _ints(possible, np.int8), _coded(review, _reviews),
        )
        for own, kind, source, target, possible, review in _chunks(database, select, "id", ids)
    ]  # fmt: skip
    if not parts:
        return {name: np.zeros(0, TYPES[name]) for name in names}
    return {
        name: np.concatenate(column)
        for name, column in zip(names, zip(*parts, strict=True), strict=True)
    }


def built(database: Database) -> Columns:
    """Read all rows. Raises ``msgspec.DecodeError`` if they are malformed."""
    places = _Places()
    claims = _claims(database, places, None)
    return Columns(
        claims,
        _events(database, places, None),
        _mentions(database, None),
        _relations_of(database, claims, None),
        tuple(places.names),
        touched.stamp_of(database),
    )


def updated(database: Database, columns: Columns) -> tuple[Columns, touched.Touched | None]:
    """The arrays as of now, and what was touched since (``None``: they were made anew)."""
    change = touched.since(database, columns.stamp)
    if change is None:
        return built(database), None
    places = _Places(columns.places)
    claims, events, relations = columns.claims, columns.events, columns.relations
    mentions = columns.mentions
    if change.claims:
        claims = claims.with_rows(_claims(database, places, change.claims), list(change.claims))
    if change.events:
        events = events.with_rows(_events(database, places, change.events), list(change.events))
        gone = mentions.id[np.isin(mentions.event, list(change.events))]
        mentions = mentions.with_rows(_mentions(database, change.events), gone)
    if change.relations:
        relations = relations.with_rows(
            _relations_of(database, claims, change.relations), list(change.relations)
        )
    now = touched.stamp_of(database)
    found = Columns(claims, events, mentions, relations, tuple(places.names), now)
    return carry(found, columns, change), change


# --------------------------------------------------------------------------- from rows in memory


def _moments(values: Iterable[datetime | None]) -> npt.NDArray[np.int64]:
    return np.array(list(values), "datetime64[us]").astype(np.int64)


def _interval(name: str, whens: Sequence[FuzzyInterval | None]) -> dict[str, Any]:
    return {
        f"{name}_start": _moments(when.earliest if when else None for when in whens),
        f"{name}_end": _moments(when.latest if when else None for when in whens),
        f"{name}_precision": [PRECISIONS.index(when.precision) if when else 0 for when in whens],
    }


def _open(when: FuzzyInterval | None) -> int:
    return OPEN_START * when.open_start + OPEN_END * when.open_end if when else 0


def _between(when: FuzzyInterval | None) -> int:
    return BETWEEN * is_between(when.basis) if when else 0


def of_rows(
    claims: Sequence[ClaimRow], events: Sequence[EventRow], relations: Sequence[RelationRow]
) -> Columns:
    """The arrays of rows in memory; the rows' own order is that in an article."""
    lists: dict[tuple[str, ...], int] = {(): 0}
    told = [mention for event in events for mention in event.mentions]
    return Columns(
        Claims.of(
            {
                "id": [row.id for row in claims],
                "article": [row.article_id for row in claims],
                "position": range(len(claims)),
                "event": [row.event_id or 0 for row in claims],
                "actor": [row.actor_id or 0 for row in claims],
                "where": [lists.setdefault(row.places, len(lists)) for row in claims],
                "side": [SIDES.index(row.side) for row in claims],
                "act": [ACTS.index(row.speech_act) for row in claims],
                "review": [REVIEWS.index(row.review) for row in claims],
                "status": [STATUSES.index(row.status) for row in claims],
                "flags": [
                    _open(row.when)
                    | _open(row.said) * SAID_OPEN_START
                    | HAS_QUANTITIES * bool(row.quantities)
                    | IS_NESTED * (row.nested_in is not None)
                    | STARRED * row.starred
                    for row in claims
                ],
                "disputed_by": [row.disputed_by for row in claims],
                **_interval("when", [row.when for row in claims]),
                **_interval("said", [row.said for row in claims]),
            }
        ),
        Events.of(
            {
                "id": [row.id for row in events],
                "type": [EVENT_TYPES.index(row.type) for row in events],
                "flags": [_open(row.when) | _between(row.when) for row in events],
                "where": [lists.setdefault(row.places, len(lists)) for row in events],
                **_interval("when", [row.when for row in events]),
            }
        ),
        Mentions.of(
            {
                "id": range(1, len(told) + 1),
                "event": [row.event_id for row in told],
                "article": [row.article_id for row in told],
                "flags": [_open(row.when) | _between(row.when) for row in told],
                **_interval("when", [row.when for row in told]),
            }
        ),
        Relations.of(
            {
                "id": [row.id for row in relations],
                "type": [RELATION_TYPES.index(row.type) for row in relations],
                "source": [row.source_id for row in relations],
                "target": [row.target_id for row in relations],
                "possible": [row.possible for row in relations],
            }
        ),
        tuple(lists),
    )
