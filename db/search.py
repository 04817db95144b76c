"""Full-text search over articles, claims and actors' names (FTS5, accents folded).

What a person types is never a query by itself: Peewee's ``web_query`` turns any text into a
valid one (words, "phrases", -exclusions, OR). The word being typed counts as a beginning.

Ranking reads every hit of every word, so it is bounded: where a word is common, the hits come in
the order of the dossier.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from playhouse.sqlite_ext import FTS5Model, SearchField  # type: ignore[import-untyped]

from db.database import Database

_RANK_AT_MOST = 2_000
_ACTORS_AT_MOST = 40
_MANY_ARTICLES, _LETTERS = 2_000, 4
"""Where there are so many articles, so many letters are a beginning that is looked for in them."""

_CHOICE = re.compile(r" (?:OR|NOT) ")
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

    ``weight`` says how many times as long as in claims ranking by a word takes. Beginnings of up
    to ``kept`` letters are kept in the index; for longer ones it joins the hits of all their words
    before it gives the first.
    """

    name: str
    select: str
    weight: int = 1
    kept: int = 0

    @property
    def most(self) -> int:
        """Hits up to which there is time for ranking."""
        return _RANK_AT_MOST // self.weight


_CLAIMS = _Index(
    "claim_search",
    "SELECT c.id FROM claim_search f JOIN claim c ON c.id = f.rowid"
    " WHERE f.claim_search MATCH ? AND c.review != 'rejected'",
    kept=3,
)
_ARTICLES = _Index(
    "article_search",
    "SELECT a.id FROM article_search f JOIN article_revision r ON r.id = f.rowid"
    " JOIN article a ON a.id = r.article_id AND a.revision_id = r.id"
    " WHERE f.article_search MATCH ?",
    weight=4,
)


def _best(database: Database, index: _Index, query: str, limit: int) -> list[int]:
    """The best hits where none of the words is common, else the first ones."""
    terms = _TERM.findall(query)
    if not index.kept and query.endswith("*"):
        typed = len(terms[-1]) - 3
        if typed < (_LETTERS if _many_articles(database) else 2):
            query = query.removesuffix("*")
    if len(terms) == 1 and query.endswith("*"):
        return _beginning_with(database, index, query, limit)
    hits = [_count(database, index, term.removesuffix("*")) for term in terms]
    finished = hits[:-1] if query.endswith("*") else hits
    if 0 in finished and not _CHOICE.search(query):
        return []
    if max(hits, default=0) > index.most or _begins_commonly(database, index, query, terms[-1:]):
        return _first(database, index, query, limit)
    return _ranked(database, index, query, limit)


def _begins_commonly(database: Database, index: _Index, query: str, last: Collection[str]) -> bool:
    """Whether ranking by a beginning behind other words may read more than there is time for."""
    if not query.endswith("*"):
        return False
    if not index.kept:
        return _many_articles(database)
    return any(
        _count(database, index, f'"{term[1:].rstrip("*").rstrip(chr(34))[: index.kept]}"*')
        > index.most
        for term in last
    )


def _beginning_with(database: Database, index: _Index, query: str, limit: int) -> list[int]:
    """Hits of one word that is being typed; what is typed in whole comes first."""
    whole = query.removesuffix("*")
    is_common = _count(database, index, whole) > index.most
    exact = _first(database, index, whole, limit) if is_common else []
    if len(exact) >= limit:
        return exact
    word = whole.strip('"')
    if index.kept and len(word) > index.kept:
        near = _among_first(database, word, index.kept, limit)
        if len(near) >= limit:
            return list(dict.fromkeys((*exact, *near)))[:limit]
    found = _first(database, index, query, max(index.most + 1, limit))
    if is_common or len(found) > index.most:
        return list(dict.fromkeys((*exact, *found)))[:limit]
    return _ranked(database, index, query, limit)


def _among_first(database: Database, word: str, kept: int, limit: int) -> list[int]:
    """Claims that hold a beginning, among the first that hold the beginning of it which is kept:
    where it is common, these are enough."""
    rows = database.sql(
        "SELECT c.id, f.speaker, f.content FROM claim_search f JOIN claim c ON c.id = f.rowid"
        " WHERE f.claim_search MATCH ? AND c.review != 'rejected' ORDER BY f.rowid LIMIT ?",
        (f'"{word[:kept]}"*', 8 * limit),
    )
    begins = re.compile(rf"(?<![^\W_]){re.escape(_folded(word))}")
    return [row[0] for row in rows if begins.search(_folded(f"{row[1]} {row[2]}"))][:limit]


def _folded(text: str) -> str:
    """Letters without case and accents, as the indexes hold them."""
    if not text.isascii():
        apart = unicodedata.normalize("NFD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return text.casefold()


def _first(database: Database, index: _Index, query: str, limit: int) -> list[int]:
    return _ids(database, f"{index.select} ORDER BY f.rowid LIMIT ?", (query, limit))


def _ranked(database: Database, index: _Index, query: str, limit: int) -> list[int]:
    return _ids(database, f"{index.select} ORDER BY f.rank LIMIT ?", (query, limit))


def _count(database: Database, index: _Index, term: str) -> int:
    """How many hits a word has, as far as that matters for ranking."""
    found: int = database.sql(
        f"SELECT count(*) FROM (SELECT 1 FROM {index.name} WHERE {index.name} MATCH ? LIMIT ?)",
        (term, index.most + 1),
    ).fetchone()[0]
    return found


def _many_articles(database: Database) -> bool:
    last = database.sql("SELECT max(id) FROM article").fetchone()[0]
    return bool(last and last > _MANY_ARTICLES)


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
