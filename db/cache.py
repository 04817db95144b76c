"""The packed arrays as the dossier keeps them beside its rows, so that a large one opens at once.

They carry the stamp of the write that they know last; what was touched since is read from the
rows. The cache is a stranger's like the rest of the file: what does not fit in form, length,
range or sum is not used, and neither is what does not match the rows' first and last ids.
"""

from __future__ import annotations

import zlib
from enum import StrEnum
from typing import Any

import msgspec
import numpy as np

from db import touched
from db.columns import (
    ACTS,
    EVENT_TYPES,
    LIMITS,
    PRECISIONS,
    RELATION_TYPES,
    REVIEWS,
    SIDES,
    STATUSES,
    TYPES,
    Claims,
    Columns,
    Events,
    Mentions,
    Packed,
    Relations,
)
from db.database import Database
from db.packing import built, updated

CACHED_FROM = 20_000
"""Claims below which making the arrays takes no longer than one notices."""

FORMAT = 2
_NAME = "columns"
_TABLES: tuple[type[Packed], ...] = (Claims, Events, Mentions, Relations)
_LARGEST = 1 << 30


def words_sum() -> int:
    """A sum over the words that codes stand for: with other words the codes mean nothing."""
    words: tuple[tuple[StrEnum, ...], ...] = (
        SIDES, ACTS, REVIEWS, STATUSES, PRECISIONS, EVENT_TYPES, RELATION_TYPES,
    )  # fmt: skip
    return zlib.crc32("|".join(word.value for group in words for word in group).encode())


def to_bytes(columns: Columns) -> tuple[bytes, list[memoryview]]:
    """A header in JSON, and the arrays one behind the other."""
    tables = (columns.claims, columns.events, columns.mentions, columns.relations)
    bodies = [
        np.ascontiguousarray(array).data.cast("B")
        for table in tables
        for _, array in table.arrays()
    ]
    total = 0
    for body in bodies:
        total = zlib.crc32(body, total)
    header = {
        "format": FORMAT,
        "words": words_sum(),
        "counts": [len(table) for table in tables],
        "places": columns.places,
        "sum": total,
    }
    return msgspec.json.encode(header) + b"\n", bodies


class _Header(msgspec.Struct):
    format: int
    words: int
    counts: list[int]
    places: tuple[tuple[str, ...], ...]
    sum: int


_header = msgspec.json.Decoder(_Header)


def from_bytes(data: bytes, stamp: int) -> Columns | None:
    """What ``to_bytes`` gave; ``None`` if it is anything else."""
    end = data.find(b"\n")
    try:
        header = _header.decode(data[:end])
    except msgspec.DecodeError:
        return None
    body = memoryview(data)[end + 1 :]
    sizes = [np.dtype(TYPES[name]).itemsize for kind in _TABLES for name in kind.names()]
    counts = header.counts
    if (header.format, header.words) != (FORMAT, words_sum()) or len(counts) != len(_TABLES):
        return None
    each = [count for kind, count in zip(_TABLES, counts, strict=True) for _ in kind.names()]
    expected = sum(size * count for size, count in zip(sizes, each, strict=True))
    if min(counts) < 0 or len(body) != expected or zlib.crc32(body) != header.sum:
        return None
    tables: list[Any] = []
    at = 0
    for kind, count in zip(_TABLES, counts, strict=True):
        arrays = {}
        for name in kind.names():
            array = np.frombuffer(body, TYPES[name], count, at)
            limit = len(header.places) if name == "where" else LIMITS.get((kind.__name__, name))
            if limit is not None and count and not 0 <= array.min() <= array.max() < limit:
                return None
            arrays[name] = array
            at += array.nbytes
        if count > 1 and not (arrays["id"][1:] > arrays["id"][:-1]).all():
            return None
        tables.append(kind(**arrays))
    claims, events, mentions, relations = tables
    return Columns(claims, events, mentions, relations, header.places, stamp)


def cached(database: Database) -> Columns | None:
    """What is kept in the dossier, as old as it may be."""
    row = database.driver.execute(
        "SELECT id, stamp FROM packed WHERE name = ? AND length(data) <= ?", (_NAME, _LARGEST)
    ).fetchone()
    if row is None:
        return None
    # In a query's answer the bytes would be copied once more.
    with database.driver.blobopen("packed", "data", row[0], readonly=True) as blob:
        return from_bytes(blob.read(), row[1])


def load(database: Database) -> tuple[Columns, bool]:
    """The arrays as of now, and whether keeping them would spare the next opening some time."""
    kept = cached(database)
    if kept is not None and _is_plausible(database, kept):
        columns, change = updated(database, kept)
        many = change is None or len(change.claims) + len(change.events) > CACHED_FROM // 10
        return columns, many
    columns = built(database)
    return columns, len(columns.claims) >= CACHED_FROM


def _is_plausible(database: Database, columns: Columns) -> bool:
    """A cheap look at the rows: the stamp alone does not tell of rows written by other programs."""
    change = touched.since(database, columns.stamp)
    if change is None:
        return False
    for table, packed, moved in (
        ("claim", columns.claims.id, change.claims),
        ("event", columns.events.id, change.events),
    ):
        # One aggregate a query: SQLite looks up an end of the table only if it is asked alone.
        ends = tuple(
            database.driver.execute(f"SELECT {end}(id) FROM {table}").fetchone()[0]
            for end in ("min", "max")
        )
        held = (int(packed[0]), int(packed[-1])) if len(packed) else (None, None)
        if ends != held and not moved:
            return False
    return True


def keep(database: Database, columns: Columns) -> bool:
    """Put the arrays into the dossier, inside a write; false if they are not of its last write."""
    stamp = touched.stamp_of(database)
    if stamp == 0:
        touched.note(database, ())
        if columns.stamp == 0:
            stamp = touched.stamp_of(database)
            columns = columns.stamped(stamp)
    if columns.stamp != stamp:
        return False
    header, bodies = to_bytes(columns)
    data = b"".join((header, *bodies))
    if len(data) > _LARGEST:
        return False
    driver = database.driver
    driver.execute(
        "INSERT INTO packed (name, stamp, data) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp, data = excluded.data",
        (_NAME, stamp, data),
    )
    driver.execute("DELETE FROM touched WHERE id < ?", (stamp,))
    return True
