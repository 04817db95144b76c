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

from db import touched, undoing
from db.changes import TOUCHES, Changes
from db.connection import Connections
from db.content import collect_unused
from db.database import Database
from db.models import Change, Step, Table, column_names, table_name
from db.rowwriting import Row, delete_rows, encode_json, insert_rows, next_id, set_columns
from db.touched import Logged, Touched

_ROWS_A_CHANGE = 500

PART = 0.02
"""Seconds after which a step of several transactions lets others write."""


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
            self._record(model, "update", row_id, row_id, encode_json(before), encode_json(after))
            changed.setdefault(tuple(after), []).append((*after.values(), row_id))
        for columns, rows in changed.items():
            set_columns(self.database, table_name(model), columns, rows)
        return sum(map(len, changed.values()))

    def delete(self, model: type[Table], ids: Iterable[int]) -> None:
        rows = self.rows(model, sorted(ids))
        for at in range(0, len(rows), _ROWS_A_CHANGE):
            part = rows[at : at + _ROWS_A_CHANGE]
            self._record(model, "delete", part[0]["id"], part[-1]["id"], encode_json(part))
        delete_rows(self.database, table_name(model), [row["id"] for row in rows])

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
            (encode_json(ids),),
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
        self.changes |= TOUCHES[name]
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
        has_forgotten_bytes = undoing.forget_undone(self.database)
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
        if has_forgotten_bytes:
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
        return self._move(undone=0, apply=undoing.undo)

    def redo(self) -> Changes | None:
        """Bring back the step undone last; ``None`` if there is none."""
        return self._move(undone=1, apply=undoing.redo)

    def _move(self, undone: int, apply: Any) -> Changes | None:
        with self._connections.writing() as database:
            if self._current is not None:
                raise RuntimeError("undo inside a step")
            step = undoing.next_step(database, undone)
            if step is None:
                return None
            changes: Changes = apply(database, step[0])
            database.run(Step.update(undone=1 - undone).where(Step.id == step[0]))
            touched.note(database, undoing.logged(database, step[0]))
            return changes
