"""Full-text search over articles, claims and actors' names (FTS5, accents folded).

What a person types is never a query by itself: Peewee's ``web_query`` turns any text into a
valid one (words, "phrases", -exclusions, OR). The word being typed counts as a beginning.

Ranking reads every hit of every word, so it is bounded: where a word is common, the hits come in
the order of the dossier.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from playhouse.sqlite_ext import FTS5Model, SearchField  # type: ignore[import-untyped]

from db.database import Database

_RANK_AT_MOST = 2_000
_ACTORS_AT_MOST = 40
_UNFINISHED = re.compile(r"\w$")
_TERM = re.compile(r'"[^"]*"\*?')


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
    """Claims whose words, speaker or note, and articles whose title or text, hold the words.

    At most ``limit`` of each; how many there are in all is ``matching``'s, which takes longer.
    """
    query = query_of(words)
    if not query:
        return SearchHits((), ())
    found = dict.fromkeys(
        (
            *_noted(database, query, limit),
            *_best(database, _CLAIMS, query, limit),
            *_said_by(database, query, limit),
        )
    )
    return SearchHits(tuple(found)[:limit], tuple(_best(database, _ARTICLES, query, limit)))


@dataclass(frozen=True, slots=True)
class _Index:
    """An index and how its hits become ids.

    ``weight`` says how many times as long as in claims ranking by a word takes, ``letters`` how
    much of a word must be typed before it counts as a beginning.
    """

    name: str
    select: str
    weight: int = 1
    letters: int = 1


_CLAIMS = _Index(
    "claim_search",
    "SELECT c.id FROM claim_search f JOIN claim c ON c.id = f.rowid"
    " WHERE f.claim_search MATCH ? AND c.review != 'rejected'",
)
_ARTICLES = _Index(
    "article_search",
    "SELECT a.id FROM article_search f JOIN article_revision r ON r.id = f.rowid"
    " JOIN article a ON a.id = r.article_id AND a.revision_id = r.id"
    " WHERE f.article_search MATCH ?",
    weight=4,
    letters=2,
)


def _best(database: Database, index: _Index, query: str, limit: int) -> list[int]:
    """The best hits where none of the words is common, else the first ones.

    What is typed in whole is looked for before what it may be the beginning of: for a beginning
    the index joins the hits of all its words before it gives the first.
    """
    if any(_is_common(database, index, term) for term in _TERM.findall(query)):
        whole = query.removesuffix("*")
        found = _ids(database, f"{index.select} ORDER BY f.rowid LIMIT ?", (whole, limit))
        if len(found) >= limit or whole == query:
            return found
        rest = _ids(database, f"{index.select} ORDER BY f.rowid LIMIT ?", (query, limit))
        return list(dict.fromkeys((*found, *rest)))[:limit]
    last = _TERM.findall(query)[-1:]
    if last and last[0].endswith("*") and len(last[0]) - 3 < index.letters:
        query = query.removesuffix("*")
    return _ids(database, f"{index.select} ORDER BY f.rank LIMIT ?", (query, limit))


def _is_common(database: Database, index: _Index, term: str) -> bool:
    """Whether ranking by a word would read more hits than there is time for."""
    most = _RANK_AT_MOST // index.weight
    for form in dict.fromkeys((term.removesuffix("*"), term)):
        if form.endswith("*") and len(form) - 3 < index.letters:
            continue
        hits = database.sql(
            f"SELECT count(*) FROM (SELECT 1 FROM {index.name} WHERE {index.name} MATCH ? LIMIT ?)",
            (form, most + 1),
        ).fetchone()[0]
        if hits > most:
            return True
    return False


def _noted(database: Database, query: str, limit: int) -> list[int]:
    return _ids(
        database,
        "SELECT c.id FROM note_search f JOIN claim_note n ON n.id = f.rowid"
        " JOIN claim c ON c.id = n.claim_id"
        " WHERE f.note_search MATCH ? AND c.review != 'rejected' ORDER BY f.rowid LIMIT ?",
        (query, limit),
    )


def _said_by(database: Database, query: str, limit: int) -> list[int]:
    """Claims of actors of that name: the first of each, so that no one's are all read."""
    actors = _ids(
        database,
        "SELECT rowid FROM actor_search WHERE actor_search MATCH ? LIMIT ?",
        (query, _ACTORS_AT_MOST),
    )
    found: list[int] = []
    for actor in actors:
        found += _ids(
            database,
            "SELECT id FROM claim WHERE actor_id = ? AND review != 'rejected' ORDER BY id LIMIT ?",
            (actor, limit),
        )
    return sorted(found)[:limit]


def _ids(database: Database, sql: str, parameters: tuple[str | int, int]) -> list[int]:
    return [row[0] for row in database.sql(sql, parameters)]


def matching(database: Database, words: str) -> npt.NDArray[np.int64]:
    """Ids of all claims whose words, speaker or note hold the words, rejected ones too."""
    query = query_of(words)
    if not query:
        return np.zeros(0, np.int64)
    statements = (
        "SELECT group_concat(rowid) FROM claim_search WHERE claim_search MATCH ?",
        "SELECT group_concat(n.claim_id) FROM note_search f JOIN claim_note n ON n.id = f.rowid"
        " WHERE f.note_search MATCH ?",
        "SELECT group_concat(c.id) FROM actor_search f JOIN claim c ON c.actor_id = f.rowid"
        " WHERE f.actor_search MATCH ?",
    )
    # As one text: a million rows would be a million objects of Python's.
    found = [database.sql(statement, (query,)).fetchone()[0] or "" for statement in statements]
    ids = np.sort(
        np.concatenate([np.fromstring(text, np.int64, sep=",") for text in found]), kind="stable"
    )
    # NumPy's own ``unique`` hashes, which takes ten times as long on what is nearly in order.
    first = np.ones(len(ids), np.bool_)
    first[1:] = ids[1:] != ids[:-1]
    return ids[first]


def marks(
    database: Database, words: str, claim_ids: Collection[int]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Where the words stand in the contents of claims: ``[start, end)`` in code points.

    For what is on the screen: each claim is looked up by itself.
    """
    query = query_of(words)
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    if not query:
        return found
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
