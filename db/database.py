"""One connection: Peewee's SQLite database with the few typed doors that the rest uses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, cast

import peewee as pw


class Slot(str):
    """A parameter of a prepared query, by name."""

    __slots__ = ()


_statements: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}


class Database(pw.SqliteDatabase):
    """Not bound to a thread; ``Connections`` sees to it that one thread uses it at a time."""

    def __init__(self, address: str, **options: Any) -> None:
        super().__init__(
            address,
            uri=True,
            check_same_thread=False,
            autoconnect=False,
            thread_safe=False,
            **options,
        )

    @property
    def driver(self) -> sqlite3.Connection:
        """The driver's own connection, for what is done in bulk."""
        return cast(sqlite3.Connection, self.connection())  # type: ignore[no-untyped-call]

    def run(self, query: Any) -> sqlite3.Cursor:
        """Execute a Peewee query; the cursor gives raw tuples."""
        return cast(sqlite3.Cursor, self.execute(query))  # type: ignore[no-untyped-call]

    def prepared(
        self, key: Hashable, build: Callable[[], Any], values: Mapping[str, Any]
    ) -> sqlite3.Cursor:
        """Execute a query that is built once for each ``key``; ``Slot``s in it get their values.

        Peewee takes a millisecond to put a query into words, which is longer than many run.
        """
        found = _statements.get(key)
        if found is None:
            context = self.get_sql_context()
            found = _statements[key] = context.sql(build()).query()  # type: ignore[no-untyped-call]
        statement, parameters = found
        filled = tuple(values[one] if isinstance(one, Slot) else one for one in parameters)
        return self.driver.execute(statement, filled)

    def sql(self, statement: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Execute SQL that has no words in Peewee."""
        return cast(
            sqlite3.Cursor,
            self.execute_sql(statement, parameters),  # type: ignore[no-untyped-call]
        )

    def script(self, statements: str) -> None:
        """Execute several statements inside the open transaction.

        The driver's own ``executescript`` would commit it.
        """
        statement = ""
        for line in statements.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self.sql(statement)
                statement = ""

    def rollback(self) -> None:
        # A full disk ends the transaction by itself; rolling back then would hide the reason.
        if self.driver.in_transaction:
            super().rollback()

    def transaction_now(self) -> AbstractContextManager[Any]:
        """A transaction that takes the write lock at its start."""
        return cast(AbstractContextManager[Any], self.atomic("IMMEDIATE"))

    def snapshot(self) -> AbstractContextManager[Any]:
        """A transaction for reading: all its queries see one state."""
        return cast(AbstractContextManager[Any], self.atomic())
