"""Which claims, events and relations each write touched, told by the write itself.

The ids go into the dossier with the write, so whoever holds packed arrays of a certain stamp can
bring them up to date, over a restart or a crash too. Where too much was touched, or the log does
not reach back to the stamp, the arrays are made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec

from db.database import Database

MOST = 100_000
"""Ids in one write; beyond, making all anew costs no more."""

KEPT = 256
"""Writes that are remembered where nothing is packed, for the window that has the dossier open."""

_OWNERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "claim": (("event", "event_id"),),
    "claim_note": (("claim", "claim_id"),),
    "claim_rating": (("claim", "claim_id"),),
    "claim_placing": (("claim", "claim_id"),),
    "claim_span": (("claim", "claim_id"),),
    "claim_revision": (("claim", "claim_id"),),
    "quantity": (("claim", "claim_id"),),
    "relation": (("claim", "source_id"), ("claim", "target_id")),
    "event_decision": (("event", "event_id"),),
    "event_participant": (("event", "event_id"),),
    "event_mention": (("event", "event_id"),),
    "article_revision": (("article", "article_id"),),
    "revision_change": (("article", "article_id"), ("told", "article_id")),
}
_THEMSELVES = frozenset({"article", "claim", "event", "relation"})
# A claim shows its actor's name, and nothing else of it.
_OF_ACTOR = "name"

_rows = msgspec.json.Decoder(list[dict[str, Any]] | dict[str, Any])


class Touched(msgspec.Struct, frozen=True):
    """Ids of rows that are other than before, or gone, and the tables that were written."""

    claims: frozenset[int] = frozenset()
    events: frozenset[int] = frozenset()
    relations: frozenset[int] = frozenset()
    tables: frozenset[str] = frozenset()
    articles: frozenset[int] = frozenset()


_touched = msgspec.json.Decoder(Touched | None)


@dataclass(frozen=True, slots=True)
class Logged:
    """One change as the revision log has it: see ``db.models.Change``."""

    table: str
    op: str
    first: int
    last: int
    images: tuple[str | None, ...]


def touched_by(database: Database, changes: Iterable[Logged]) -> Touched | None:
    """What changes that were just made touched; ``None`` if it is too much to list."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    owned: defaultdict[str, set[int]] = defaultdict(set)
    tables: set[str] = set()
    total = 0
    for change in changes:
        table = change.table
        tables.add(table)
        images = [row for text in change.images if text is not None for row in _listed(text)]
        for row in images:
            for kind, column in _OWNERS.get(table, ()):
                if row.get(column) is not None:
                    found[kind].add(row[column])
        if change.op == "delete":
            ids: Iterable[int] = [row["id"] for row in images]
        else:
            ids = range(change.first, change.last + 1)
            total += len(ids)
            if total > MOST:
                return None
        if table in _THEMSELVES:
            found[table].update(ids)
        if table in _OWNERS:
            owned[table].update(ids)
        if table == "actor" and any(_OF_ACTOR in row for row in images):
            found["actor"].update(ids)
    for table, ids in owned.items():
        kinds = _OWNERS[table]
        columns = ", ".join(f'"{column}"' for _, column in kinds)
        for values in _among(database, f'SELECT {columns} FROM "{table}" WHERE id', ids):
            for (kind, _), value in zip(kinds, values, strict=True):
                if value is not None:
                    found[kind].add(value)
    return _widened(database, found, frozenset(tables))


def _widened(
    database: Database, found: Mapping[str, set[int]], tables: frozenset[str]
) -> Touched | None:
    """With what hangs on it: claims of an actor, the other ends of relations, their events."""
    claims, events = set(found.get("claim", ())), set(found.get("event", ()))
    relations = set(found.get("relation", ()))
    if actors := found.get("actor"):
        claims.update(
            row[0] for row in _among(database, "SELECT id FROM claim WHERE actor_id", actors)
        )
    if told := found.get("told"):
        # Its claims say what became of them.
        claims.update(
            row[0] for row in _among(database, "SELECT id FROM claim WHERE article_id", told)
        )
    articles = frozenset(found.get("article", ()))
    if articles:
        events.update(
            row[0]
            for row in _among(database, "SELECT event_id FROM claim WHERE article_id", articles)
            if row[0] is not None
        )
    if claims:
        own = frozenset(claims)
        for end, other in (("source_id", "target_id"), ("target_id", "source_id")):
            for relation, claim in _among(
                database, f"SELECT id, {other} FROM relation WHERE {end}", own
            ):
                relations.add(relation)
                claims.add(claim)
        events.update(
            row[0]
            for row in _among(database, "SELECT event_id FROM claim WHERE id", claims)
            if row[0] is not None
        )
    if len(claims) + len(events) + len(relations) > MOST:
        return None
    return Touched(frozenset(claims), frozenset(events), frozenset(relations), tables, articles)


def _listed(text: str) -> list[dict[str, Any]]:
    rows = _rows.decode(text)
    return [rows] if isinstance(rows, dict) else rows


def _among(database: Database, select: str, ids: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    listed = msgspec.json.encode(sorted(ids)).decode()
    rows: Iterable[tuple[Any, ...]] = database.driver.execute(
        f"{select} IN (SELECT value FROM json_each(?))", (listed,)
    )
    return rows


def note(database: Database, changes: Iterable[Logged]) -> None:
    """Write down what a write touched, inside its transaction."""
    text = msgspec.json.encode(touched_by(database, changes)).decode()
    cursor = database.driver.execute("INSERT INTO touched (data) VALUES (?)", (text,))
    database.driver.execute(
        "DELETE FROM touched WHERE id <= ? AND NOT EXISTS (SELECT 1 FROM packed)",
        (int(cursor.lastrowid or 0) - KEPT,),
    )


def stamp_of(database: Database) -> int:
    """The last write's stamp; 0 before the first."""
    row = database.driver.execute("SELECT max(id) FROM touched").fetchone()
    return int(row[0] or 0)


def since(database: Database, stamp: int) -> Touched | None:
    """What was touched after a stamp; ``None`` if that is not known any more."""
    rows = database.driver.execute(
        "SELECT id, data FROM touched WHERE id >= ? ORDER BY id", (stamp,)
    ).fetchall()
    if stamp == 0:
        # Before the first write nothing is there to be stamped.
        return Touched() if not rows else None
    if not rows or rows[0][0] != stamp:
        return None
    parts: list[Touched] = []
    count = 0
    for _, text in rows[1:]:
        try:
            part = _touched.decode(text)
        except msgspec.DecodeError:
            return None
        if part is None:
            return None
        parts.append(part)
        count += len(part.claims) + len(part.events) + len(part.relations)
        if count > 2 * MOST:
            return None
    # All at once: joined one by one, many long lists would be copied again and again.
    joined: dict[str, frozenset[Any]] = {
        name: frozenset(chain.from_iterable(getattr(part, name) for part in parts))
        for name in Touched.__struct_fields__
    }
    return Touched(**joined)
