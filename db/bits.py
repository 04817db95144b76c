"""Rows written a few hundred at a time, so that a long write can be left off in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from db.journal import StepWriter
from db.models import Table
from db.rowwriting import Row

BIT = 250
"""Rows of a bit, about: some milliseconds of work."""

T = TypeVar("T")


def _one(_: object) -> int:
    return 1


def bits_of(things: Sequence[T], weight: Callable[[T], int] = _one) -> Iterator[Sequence[T]]:
    """Cut a list into pieces of about ``BIT`` by weight."""
    first = total = 0
    for at, thing in enumerate(things):
        total += weight(thing)
        if total >= BIT:
            yield things[first : at + 1]
            first, total = at + 1, 0
    if first < len(things):
        yield things[first:]


def insert_in_bits(writer: StepWriter, model: type[Table], rows: Sequence[Row]) -> Iterator[None]:
    """``StepWriter.insert``; stops after each bit."""
    for some in bits_of(rows):
        writer.insert(model, some)
        yield


def update_in_bits(
    writer: StepWriter, model: type[Table], values: Mapping[int, Row]
) -> Iterator[None]:
    """``StepWriter.update``; stops after each bit."""
    for some in bits_of(list(values.items())):
        writer.update(model, dict(some))
        yield


def delete_in_bits(writer: StepWriter, model: type[Table], ids: Collection[int]) -> Iterator[None]:
    """``StepWriter.delete``; stops after each bit."""
    for some in bits_of(sorted(ids)):
        writer.delete(model, some)
        yield


def replace_parts(
    writer: StepWriter, model: type[Table], owner: str, parts: Mapping[int, list[Row]]
) -> None:
    """Give each owner exactly these rows; an owner whose rows are the same is left alone."""
    current: defaultdict[int, list[Row]] = defaultdict(list)
    for row in writer.owned(model, owner, sorted(parts)):
        current[row[owner]].append(row)
    outdated: list[int] = []
    missing: list[Row] = []
    for owner_id, rows in parts.items():
        held = current[owner_id]
        if [_without_id(row) for row in held] == rows:
            continue
        outdated.extend(row["id"] for row in held)
        missing.extend(rows)
    writer.delete(model, outdated)
    writer.insert(model, missing)


def _without_id(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}
