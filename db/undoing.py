"""Steps taken back and brought back, from what the revision log says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from db.changes import TOUCHES, Changes
from db.content import OWNERS_OF_BYTES
from db.database import Database
from db.models import LOGGED, Change, Step, Table, column_names, table_name
from db.rowwriting import Row, delete_rows, encode_json, insert_rows, set_columns
from db.touched import Logged

_MODELS: Mapping[str, type[Table]] = {table_name(model): model for model in LOGGED}
_COLUMNS: Mapping[str, tuple[str, ...]] = {n: column_names(m) for n, m in _MODELS.items()}
_decode_row = msgspec.json.Decoder(dict[str, str | int | float | None])
_decode_rows = msgspec.json.Decoder(list[dict[str, str | int | float | None]])


def labels(database: Database) -> tuple[str | None, str | None]:
    """Names of the steps that undo and redo would apply to."""
    undo, redo = next_step(database, undone=0), next_step(database, undone=1)
    return (undo[1] if undo else None, redo[1] if redo else None)


def last_step(database: Database) -> int | None:
    """The step that undo would take back."""
    step = next_step(database, undone=0)
    return step[0] if step else None


def next_step(database: Database, undone: int) -> tuple[int, str] | None:
    """Id and name of the step that undo (0) or redo (1) would apply to."""

    def build() -> Any:
        order = Step.id.asc() if undone else Step.id.desc()
        query = Step.select(Step.id, Step.label).where(Step.undone == undone)
        return query.order_by(order).limit(1)

    step: tuple[int, str] | None = database.prepared(("next step", undone), build, {}).fetchone()
    return step


def forget_undone(database: Database) -> bool:
    """Drop the steps that could have been redone; whether they held bytes of documents."""
    undone = [row[0] for row in database.run(Step.select(Step.id).where(Step.undone == 1))]
    held_bytes = any(
        database.driver.execute(
            "SELECT EXISTS (SELECT 1 FROM change WHERE step_id = ? AND table_name IN (?, ?))",
            (step, *OWNERS_OF_BYTES),
        ).fetchone()[0]
        for step in undone
    )
    database.driver.executemany("DELETE FROM change WHERE step_id = ?", [(n,) for n in undone])
    database.driver.executemany("DELETE FROM step WHERE id = ?", [(n,) for n in undone])
    return held_bytes


def _logged_rows(table: str, logged: str) -> list[Row]:
    rows = _decode_rows.decode(logged)
    for row in rows:
        _refuse_unless(row.keys() == set(_COLUMNS[table]), table)
    return rows


def _refuse_unless(fits: bool, table: str) -> None:
    """A dossier may come from a stranger, and the log names columns that go into a statement."""
    if not fits:
        raise msgspec.ValidationError(f"the log does not fit the table {table}")


def _changes_of(database: Database, step: int, order: Any) -> list[tuple[Any, ...]]:
    rows = list(
        database.run(
            Change.select(
                Change.table_name,
                Change.op,
                Change.first,
                Change.last,
                Change.before,
                Change.after,
                Change.id,
            )
            .where(Change.step == step)
            .order_by(order)
        )
    )
    for table, *_ in rows:
        _refuse_unless(table in _MODELS, table)
    return rows


def undo(database: Database, step: int) -> Changes:
    """Take a step back; which kinds that touches."""
    changes = Changes()
    kept: list[tuple[str | None, int]] = []
    for table, op, first, last, before, _, change in _changes_of(database, step, Change.id.desc()):
        changes |= TOUCHES[table]
        if op == "insert":
            rows = _range_of(database, table, first, last)
            kept.append((encode_json(rows), change))
            delete_rows(database, table, [row["id"] for row in rows])
        elif op == "delete":
            insert_rows(database, _MODELS[table], _logged_rows(table, before))
        else:
            _set_row(database, table, first, before)
    _keep_inserted(database, kept)
    return changes


def redo(database: Database, step: int) -> Changes:
    """Bring a step back; which kinds that touches."""
    changes = Changes()
    kept: list[tuple[str | None, int]] = []
    for table, op, first, _, before, after, change in _changes_of(database, step, Change.id.asc()):
        changes |= TOUCHES[table]
        if op == "insert":
            insert_rows(database, _MODELS[table], _logged_rows(table, after))
            kept.append((None, change))
        elif op == "delete":
            delete_rows(database, table, [row["id"] for row in _logged_rows(table, before)])
        else:
            _set_row(database, table, first, after)
    _keep_inserted(database, kept)
    return changes


def _keep_inserted(database: Database, kept: Sequence[tuple[str | None, int]]) -> None:
    database.driver.executemany('UPDATE change SET "after" = ? WHERE id = ?', kept)


def _range_of(database: Database, table: str, first: int, last: int) -> list[Row]:
    names = _COLUMNS[table]
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor = database.driver.execute(
        f'SELECT {quoted} FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id', (first, last)
    )
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _set_row(database: Database, table: str, row_id: int, logged: str) -> None:
    values = _decode_row.decode(logged)
    _refuse_unless(values.keys() <= set(_COLUMNS[table]), table)
    set_columns(database, table, tuple(values), [(*values.values(), row_id)])


def logged(database: Database, step: int) -> list[Logged]:
    """The changes of a step, in the order in which they were made."""
    return [
        Logged(table, op, first, last, (before, after))
        for table, op, first, last, before, after, _ in _changes_of(database, step, Change.id)
    ]
