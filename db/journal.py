"""The revision log: every write is part of a named step, and steps can be undone and redone.

The log lives in the dossier (tables ``step`` and ``change``) and is written in the transaction
of the change itself, so it survives closing and crashing. A step that is nested in another joins
it. There is no way to write rows but through a ``StepWriter``, and none to get one but ``step``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from typing import Any

import msgspec

from db import touched
from db.changes import Changes
from db.connection import Connections
from db.content import collect_unused
from db.database import Database
from db.models import LOGGED, Change, Step, Table, column_names, table_name
from db.touched import Logged, Touched

Row = dict[str, Any]

_MODELS: Mapping[str, type[Table]] = {table_name(model): model for model in LOGGED}
_COLUMNS: Mapping[str, tuple[str, ...]] = {n: column_names(m) for n, m in _MODELS.items()}
_ROWS_A_CHANGE = 500

PART = 0.02
"""Seconds after which a step of several transactions lets others write."""

_decode_row = msgspec.json.Decoder(dict[str, str | int | float | None])
_decode_rows = msgspec.json.Decoder(list[dict[str, str | int | float | None]])

# What a view shows of one kind depends on others: a claim shows its actor's name and a status
# that follows from relations; an article, an actor and a side show how many claims they have.
_TOUCHES: Mapping[str, Changes] = {
    "setting": Changes(dossier=True),
    "import_run": Changes(articles=True),
    "import_problem": Changes(articles=True),
    "document": Changes(articles=True),
    "article": Changes(articles=True),
    "article_revision": Changes(articles=True, events=True),
    "article_document": Changes(articles=True),
    "block": Changes(articles=True),
    "time_expression": Changes(articles=True),
    "side": Changes(sides=True),
    "actor": Changes(sides=True, actors=True, claims=True),
    "claim": Changes(
        articles=True, sides=True, actors=True, claims=True, events=True, relations=True
    ),
    "claim_note": Changes(claims=True),
    "claim_rating": Changes(claims=True),
    "actor_rating": Changes(actors=True),
    "outlet_rating": Changes(articles=True),
    "claim_placing": Changes(claims=True, events=True),
    "event_decision": Changes(events=True),
    "claim_span": Changes(claims=True),
    "claim_revision": Changes(claims=True),
    "revision_change": Changes(articles=True, claims=True),
    "quantity": Changes(claims=True),
    "event": Changes(events=True),
    "event_participant": Changes(events=True),
    "event_mention": Changes(events=True),
    "relation": Changes(claims=True, events=True, relations=True),
}


def kinds_in(tables: Iterable[str]) -> Changes:
    """What a write to these tables may change in a view."""
    changes = Changes()
    for table in tables:
        changes |= _TOUCHES.get(table, Changes.everything())
    return changes


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


class Overtaken(Exception):
    """Somebody else wrote while a step of several transactions was left off."""


class StepWriter:
    """Writes rows and records each change; lives as long as its step."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.changes = Changes()
        self._log: list[Row] = []
        self._open = True
        self._has_failed = False
        self.step_id = 0

    @property
    def is_empty(self) -> bool:
        return not self._log

    def insert(self, model: type[Table], rows: Iterable[Row]) -> range:
        """Insert rows without ids; return the ids given to them, in order."""
        first = next_id(self.database, model)
        numbered = [{"id": first + offset, **row} for offset, row in enumerate(rows)]
        for at in range(0, len(numbered), _ROWS_A_CHANGE):
            part = numbered[at : at + _ROWS_A_CHANGE]
            self._record(model, "insert", part[0]["id"], part[-1]["id"])
        insert_rows(self.database, model, numbered)
        return range(first, first + len(numbered))

    def update(self, model: type[Table], values: Mapping[int, Mapping[str, Any]]) -> int:
        """Set columns of rows by id; only what differs is written and recorded.

        Returns how many rows changed. Raises ``KeyError`` if a row does not exist.
        """
        names = tuple(dict.fromkeys(name for new in values.values() for name in new))
        current = {
            row[0]: dict(zip(names, row[1:], strict=True))
            for row in self._select(model, ("id", *names), "id", list(values))
        }
        changed: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for row_id, new in values.items():
            old = current[row_id]
            after = {name: value for name, value in new.items() if old[name] != value}
            if not after:
                continue
            before = {name: old[name] for name in after}
            self._record(model, "update", row_id, row_id, _encode(before), _encode(after))
            changed.setdefault(tuple(after), []).append((*after.values(), row_id))
        for columns, rows in changed.items():
            _set_columns(self.database, table_name(model), columns, rows)
        return sum(map(len, changed.values()))

    def delete(self, model: type[Table], ids: Iterable[int]) -> None:
        rows = self.rows(model, sorted(ids))
        for at in range(0, len(rows), _ROWS_A_CHANGE):
            part = rows[at : at + _ROWS_A_CHANGE]
            self._record(model, "delete", part[0]["id"], part[-1]["id"], _encode(part))
        _delete_rows(self.database, table_name(model), [row["id"] for row in rows])

    def rows(self, model: type[Table], ids: Sequence[int]) -> list[Row]:
        """The rows with these ids, in order of id."""
        return self.owned(model, "id", ids)

    def owned(self, model: type[Table], column: str, ids: Sequence[int]) -> list[Row]:
        """The rows whose ``column`` is one of these ids, in order of their own id."""
        names = column_names(model)
        rows = self._select(model, names, column, ids)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _select(
        self, model: type[Table], names: Sequence[str], column: str, ids: Sequence[int]
    ) -> sqlite3.Cursor:
        quoted = ", ".join(f'"{name}"' for name in names)
        return self.database.driver.execute(
            f'SELECT {quoted} FROM "{table_name(model)}"'
            f' WHERE "{column}" IN (SELECT value FROM json_each(?)) ORDER BY id',
            (_encode(ids),),
        )

    def next_id(self, model: type[Table]) -> int:
        """The id that the next inserted row will get."""
        return next_id(self.database, model)

    def _record(
        self,
        model: type[Table],
        op: str,
        first: int,
        last: int,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        if not self._open:
            raise RuntimeError("a write outside a step")
        name = table_name(model)
        self.changes |= _TOUCHES[name]
        self._log.append(
            {
                "table_name": name,
                "op": op,
                "first": first,
                "last": last,
                "before": before,
                "after": after,
            }
        )

    @contextmanager
    def must_not_fail(self) -> Iterator[None]:
        """A nested step that breaks off leaves half of its rows: the whole step then fails."""
        try:
            yield
        except BaseException:
            self._has_failed = True
            raise

    def finish(self, label: str, who: str, joining: int = 0) -> None:
        """Write the log; what could be redone until now no longer can.

        It goes to the step ``joining`` if that is the last one and stands, else to a new one;
        ``step_id`` says which.
        """
        self._open = False
        self._write_log(label, who, joining)

    def pause(self, label: str, who: str, joining: int) -> None:
        """``finish`` for what was written so far; more follows in the next transaction."""
        self._write_log(label, who, joining)
        self._log = []

    def _write_log(self, label: str, who: str, joining: int) -> None:
        self.step_id = joining
        if self._has_failed:
            raise RuntimeError("a part of this step failed")
        if not self._log:
            return
        has_forgotten = _forget_undone(self.database)
        step = next_id(self.database, Step)
        if joining and step == joining + 1:
            step = joining
            self.database.run(Step.update(label=label).where(Step.id == step))
        else:
            at = datetime.now().isoformat(timespec="milliseconds")
            row = {"id": step, "label": label, "who": who, "at": at, "undone": 0}
            insert_rows(self.database, Step, [row])
        self.step_id = step
        first = next_id(self.database, Change)
        insert_rows(
            self.database,
            Change,
            [{"id": first + n, "step_id": step, **row} for n, row in enumerate(self._log)],
        )
        touched.note(
            self.database,
            (
                Logged(
                    row["table_name"], row["op"], row["first"], row["last"],
                    (row["before"], row["after"]),
                )
                for row in self._log
            ),
        )  # fmt: skip
        if has_forgotten:
            # Only now: the step itself may hold the last word of bytes that it replaced.
            collect_unused(self.database)


class Journal:
    """Steps over one dossier's connections."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._current: StepWriter | None = None
        self.who = ""

    @contextmanager
    def step(self, label: str, joining: int = 0) -> Iterator[StepWriter]:
        """One transaction that is one undoable step; nested in another, a part of that one.

        A part of the step ``joining``, too, if that is still the last one.
        """
        with self._connections.writing() as database:
            if self._current is not None:
                with self._current.must_not_fail():
                    yield self._current
                return
            self._current = StepWriter(database)
            try:
                yield self._current
                self._current.finish(label, self.who, joining)
            finally:
                self._current = None

    def step_in_parts(
        self,
        label: str,
        joining: int,
        stamp: int,
        write: Callable[[StepWriter], Iterator[None]],
        follow: Callable[[Database, Touched], bool],
    ) -> Iterator[StepWriter]:
        """One step of several transactions, each given as it is committed.

        ``write`` stops where it may be left off; after ``PART`` seconds it is, and others may
        write. ``stamp`` is that of the state that it is made for. Raises ``Overtaken`` where
        somebody else wrote since and ``follow`` cannot take that into account; the parts before
        that stay.
        """
        writer: StepWriter | None = None
        rest: Iterator[None] = iter(())
        is_done = False
        while not is_done:
            with self._connections.writing() as database:
                if self._current is not None:
                    raise RuntimeError("a step in parts inside another")
                if touched.stamp_of(database) != stamp:
                    change = touched.since(database, stamp)
                    if change is None or not follow(database, change):
                        raise Overtaken
                if writer is None:
                    writer = StepWriter(database)
                    rest = write(writer)
                self._current = writer
                try:
                    until = monotonic() + PART
                    is_done = all(monotonic() < until for _ in rest)
                    writer.pause(label, self.who, joining)
                finally:
                    self._current = None
                joining, stamp = writer.step_id, touched.stamp_of(database)
            yield writer
            self._connections.give_way()

    def undo(self) -> Changes | None:
        """Take back the last step; ``None`` if there is none."""
        return self._move(undone=0, apply=_undo)

    def redo(self) -> Changes | None:
        """Bring back the step undone last; ``None`` if there is none."""
        return self._move(undone=1, apply=_redo)

    def _move(self, undone: int, apply: Any) -> Changes | None:
        with self._connections.writing() as database:
            if self._current is not None:
                raise RuntimeError("undo inside a step")
            step = _next_step(database, undone)
            if step is None:
                return None
            changes: Changes = apply(database, step[0])
            database.run(Step.update(undone=1 - undone).where(Step.id == step[0]))
            touched.note(
                database,
                (
                    Logged(table, op, first, last, (before, after))
                    for table, op, first, last, before, after, _ in _changes_of(
                        database, step[0], Change.id
                    )
                ),
            )
            return changes


def labels(database: Database) -> tuple[str | None, str | None]:
    """Names of the steps that undo and redo would apply to."""
    undo, redo = _next_step(database, undone=0), _next_step(database, undone=1)
    return (undo[1] if undo else None, redo[1] if redo else None)


def last_step(database: Database) -> int | None:
    """The step that undo would take back."""
    step = _next_step(database, undone=0)
    return step[0] if step else None


def _next_step(database: Database, undone: int) -> tuple[int, str] | None:
    """Id and name of the step that undo (0) or redo (1) would apply to."""

    def build() -> Any:
        order = Step.id.asc() if undone else Step.id.desc()
        query = Step.select(Step.id, Step.label).where(Step.undone == undone)
        return query.order_by(order).limit(1)

    step: tuple[int, str] | None = database.prepared(("next step", undone), build, {}).fetchone()
    return step


def _logged_rows(table: str, logged: str) -> list[Row]:
    rows = _decode_rows.decode(logged)
    for row in rows:
        _refuse_unless(row.keys() == set(_COLUMNS[table]), table)
    return rows


def _refuse_unless(fits: bool, table: str) -> None:
    """A dossier may come from a stranger, and the log names columns that go into a statement."""
    if not fits:
        raise msgspec.ValidationError(f"the log does not fit the table {table}")


def _encode(value: object) -> str:
    return msgspec.json.encode(value).decode()


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


def _undo(database: Database, step: int) -> Changes:
    changes = Changes()
    kept: list[tuple[str | None, int]] = []
    for table, op, first, last, before, _, change in _changes_of(database, step, Change.id.desc()):
        changes |= _TOUCHES[table]
        if op == "insert":
            rows = _range_of(database, table, first, last)
            kept.append((_encode(rows), change))
            _delete_rows(database, table, [row["id"] for row in rows])
        elif op == "delete":
            insert_rows(database, _MODELS[table], _logged_rows(table, before))
        else:
            _set_row(database, table, first, before)
    _keep_inserted(database, kept)
    return changes


def _redo(database: Database, step: int) -> Changes:
    changes = Changes()
    kept: list[tuple[str | None, int]] = []
    for table, op, first, _, before, after, change in _changes_of(database, step, Change.id.asc()):
        changes |= _TOUCHES[table]
        if op == "insert":
            insert_rows(database, _MODELS[table], _logged_rows(table, after))
            kept.append((None, change))
        elif op == "delete":
            _delete_rows(database, table, [row["id"] for row in _logged_rows(table, before)])
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
    _set_columns(database, table, tuple(values), [(*values.values(), row_id)])


def _set_columns(
    database: Database,
    table: str,
    names: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    assignments = ", ".join(f'"{name}" = ?' for name in names)
    database.driver.executemany(f'UPDATE "{table}" SET {assignments} WHERE id = ?', rows)


def _delete_rows(database: Database, table: str, ids: Sequence[int]) -> None:
    database.driver.executemany(
        f'DELETE FROM "{table}" WHERE id = ?', [(row_id,) for row_id in ids]
    )


def _forget_undone(database: Database) -> bool:
    """Drop the steps that could have been redone; whether there were any."""
    undone = [row[0] for row in database.run(Step.select(Step.id).where(Step.undone == 1))]
    database.driver.executemany("DELETE FROM change WHERE step_id = ?", [(n,) for n in undone])
    database.driver.executemany("DELETE FROM step WHERE id = ?", [(n,) for n in undone])
    return bool(undone)
