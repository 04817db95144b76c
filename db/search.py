"""Full-text search over articles, claims and actors' names (FTS5, accents folded).

What a person types is never a query by itself: Peewee's ``web_query`` turns any text into a
valid one (words, "phrases", -exclusions, OR). The word being typed counts as a beginning.

Ranking reads every hit, so it is bounded: rare words are ranked, common ones come in the order
of the dossier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from playhouse.sqlite_ext import FTS5Model, SearchField  # type: ignore[import-untyped]

from db.database import Database

_RANK_AT_MOST = 2_000
_UNFINISHED = re.compile(r"\w$")


@dataclass(frozen=True, slots=True)
class SearchHits:
    """Ids, the best first; at most as many of each as were asked for."""

    claim_ids: tuple[int, ...]
    article_ids: tuple[int, ...]


class Words(FTS5Model):  # type: ignore[misc]  # playhouse has no types
    """Any of the indexes, for translating queries: none of their columns can be named."""

    words = SearchField()


def query_of(words: str) -> str:
    """The FTS5 query for what a person typed; empty if there is nothing to look for."""
    # Column filters are for people who know the tables.
    typed = words.replace(":", " ").replace("\0", " ").strip()
    if _UNFINISHED.search(typed) and typed.count('"') % 2 == 0:
        typed += "*"
    return str(Words.web_query(typed) or "")


def search(database: Database, words: str, limit: int) -> SearchHits:
    """Claims whose words or speaker, and articles whose title or text, hold the words."""
    query = query_of(words)
    if not query:
        return SearchHits((), ())
    claims = _ranked(
        database,
        "claim_search",
        "SELECT c.id FROM claim_search f JOIN claim c ON c.id = f.rowid"
        " WHERE f.claim_search MATCH ? AND c.review != 'rejected'",
        query,
        limit,
    )
    by_name = _ids(
        database,
        "SELECT c.id FROM actor_search f JOIN claim c ON c.actor_id = f.rowid"
        " WHERE f.actor_search MATCH ? AND c.review != 'rejected' ORDER BY c.id LIMIT ?",
        (query, limit),
    )
    articles = _ranked(
        database,
        "article_search",
        "SELECT a.id FROM article_search f JOIN article_revision r ON r.id = f.rowid"
        " JOIN article a ON a.id = r.article_id AND a.revision_id = r.id"
        " WHERE f.article_search MATCH ?",
        query,
        limit,
    )
    found = dict.fromkeys((*claims, *by_name))
    return SearchHits(tuple(found)[:limit], tuple(articles))


def _ranked(database: Database, index: str, select: str, query: str, limit: int) -> list[int]:
    hits = database.sql(
        f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT ?)",
        (query, _RANK_AT_MOST + 1),
    ).fetchone()[0]
    order = "f.rank" if hits <= _RANK_AT_MOST else "f.rowid"
    return _ids(database, f"{select} ORDER BY {order} LIMIT ?", (query, limit))


def _ids(database: Database, sql: str, parameters: tuple[str, int]) -> list[int]:
    return [row[0] for row in database.sql(sql, parameters)]


def matching(database: Database, words: str) -> npt.NDArray[np.int64]:
    """Ids of all claims whose words, speaker or note hold the words, rejected ones too."""
    query = query_of(words)
    if not query:
        return np.zeros(0, np.int64)
    statements = (
        "SELECT rowid FROM claim_search WHERE claim_search MATCH ?",
        "SELECT n.claim_id FROM note_search f JOIN claim_note n ON n.id = f.rowid"
        " WHERE f.note_search MATCH ?",
        "SELECT c.id FROM actor_search f JOIN claim c ON c.actor_id = f.rowid"
        " WHERE f.actor_search MATCH ?",
    )
    found = [
        np.fromiter((row[0] for row in database.sql(statement, (query,))), np.int64)
        for statement in statements
    ]
    return np.unique(np.concatenate(found))
