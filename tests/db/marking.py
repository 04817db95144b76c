"""Where SQLite's own search finds words in claims: what the program marks is held against it."""

from __future__ import annotations

import re
from collections.abc import Collection

from db import Dossier
from db.search import query_of


def marks(
    dossier: Dossier, words: str, claim_ids: Collection[int]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Where the words stand in the contents of claims: ``[start, end)`` in code points."""
    query = query_of(words)
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    if not query:
        return found
    with dossier._connections.reading() as database:
        for claim in claim_ids:
            row = database.sql(
                "SELECT highlight(claim_search, 1, ?, ?) FROM claim_search"
                " WHERE claim_search MATCH ? AND rowid = ?",
                (_OPENS, _CLOSES, query, claim),
            ).fetchone()
            if row is not None:
                found[claim] = _between(row[0])
    return found


# Private characters of Unicode that no article is likely to hold.
_OPENS, _CLOSES = "\ue0f0", "\ue0f1"


def _between(marked: str) -> tuple[tuple[int, int], ...]:
    """The stretches between the signs, in the text without them."""
    found, start, at = [], 0, 0
    for part in re.split(f"({_OPENS}|{_CLOSES})", marked):
        if part == _OPENS:
            start = at
        elif part == _CLOSES:
            found.append((start, at))
        else:
            at += len(part)
    return tuple(found)
