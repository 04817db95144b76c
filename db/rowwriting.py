"""Rows in bulk, on the driver's own connection; only ``db.journal`` and ``db.undoing`` may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from db.database import Database
from db.models import Table, column_names, table_name

Row = dict[str, Any]


def insert_rows(database: Database, model: type[Table], rows: Sequence[Row]) -> None:
    """Insert rows that have their ids, in bulk on the driver's own connection."""
    names = column_names(model)
    quoted = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join(f":{name}" for name in names)
    database.driver.executemany(
        f'INSERT INTO "{table_name(model)}" ({quoted}) VALUES ({marks})', rows
    )


def next_id(database: Database, model: type[Table]) -> int:
    row = database.sql(f'SELECT max(id) FROM "{table_name(model)}"').fetchone()
    return int(row[0] or 0) + 1


def set_columns(
    database: Database,
    table: str,
    names: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    assignments = ", ".join(f'"{name}" = ?' for name in names)
    database.driver.executemany(f'UPDATE "{table}" SET {assignments} WHERE id = ?', rows)


def delete_rows(database: Database, table: str, ids: Sequence[int]) -> None:
    database.driver.executemany(
        f'DELETE FROM "{table}" WHERE id = ?', [(row_id,) for row_id in ids]
    )


def encode_json(value: object) -> str:
    return msgspec.json.encode(value).decode()
