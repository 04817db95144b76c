"""The whole state of a dossier, to be compared row for row."""

from __future__ import annotations

from typing import Any

from db import Dossier
from db.models import LOGGED, table_name


def all_rows(dossier: Dossier) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that undo covers."""
    with dossier._connections.reading() as database:
        return {
            table_name(model): database.sql(
                f'SELECT * FROM "{table_name(model)}" ORDER BY id'
            ).fetchall()
            for model in LOGGED
        }
