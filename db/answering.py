"""What a dossier answers: rows, arrays, hits, its log. Each read sees one state."""

from __future__ import annotations

from abc import ABC
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from db import articles, cache, history, queries, touched
from db.claims import read_claims
from db.columns import Columns
from db.connection import Connections
from db.look import Look
from db.rows import (
    ActorRow,
    ArticleRow,
    ChangeRow,
    ClaimRow,
    DossierCounts,
    EventRow,
    ImportSummary,
    RelationRow,
    RevisionRow,
    SideRow,
    TimeRow,
)
from db.search import SearchHits, matching, search
from extraction.collector import held
from extraction.model import Article, ArticleReading, Block, Decisions, SideKey


class Answering(ABC):
    """The part of a dossier that is read. Any thread may ask, also while another writes."""

    path: Path
    _connections: Connections

    def counts(self) -> DossierCounts:
        with self._connections.reading() as database:
            return queries.counts(database)

    def articles(self) -> list[ArticleRow]:
        """In the order of their import."""
        with self._connections.reading() as database:
            return articles.articles(database)

    def article_text(self, article_id: int) -> str:
        """The canonical text. Raises ``KeyError`` if there is no such article."""
        with self._connections.reading() as database:
            return articles.article_text(database, article_id)

    def article_blocks(self, article_id: int) -> tuple[Block, ...]:
        with self._connections.reading() as database:
            return articles.article_blocks(database, article_id)

    def document_bytes(self, document_id: int) -> bytes:
        """The bytes exactly as dropped, checked against their hash. Raises ``KeyError``."""
        with self._connections.reading() as database:
            return articles.document_bytes(database, document_id, self.path)

    def sides(self) -> list[SideRow]:
        """A, B and third, in this order; names are empty until found or given."""
        with self._connections.reading() as database:
            return queries.sides(database)

    def actors(self, side: SideKey | None = None) -> list[ActorRow]:
        """Those with most claims first, then by name."""
        with self._connections.reading() as database:
            return queries.actors(database, side)

    def claims(
        self,
        *,
        article_id: int | None = None,
        event_id: int | None = None,
        ids: Collection[int] | None = None,
        rejected: bool = True,
    ) -> list[ClaimRow]:
        """Claims in order of article and place in it; rejected ones too, unless told otherwise."""
        with self._connections.reading() as database, held():
            return read_claims(
                database, article_id=article_id, event_id=event_id, ids=ids, rejected=rejected
            )

    def events(self, *, ids: Collection[int] | None = None) -> list[EventRow]:
        """In order of time, the undated last."""
        with self._connections.reading() as database, held():
            return queries.events(database, ids)

    def relations(self, *, claim_id: int | None = None) -> list[RelationRow]:
        """All relations, or those of one claim in either direction."""
        with self._connections.reading() as database:
            return queries.relations(database, claim_id)

    def times(self, article_id: int) -> list[TimeRow]:
        with self._connections.reading() as database:
            return articles.times(database, article_id)

    def columns(self, before: Columns | None = None) -> Columns:
        """All claims, events and relations as packed arrays; ``before`` is brought up to date."""
        with self.looking() as look:
            return look.columns(before)

    @contextmanager
    def looking(self) -> Iterator[Look]:
        """One state of the dossier, for as long as the block runs."""
        look = self.look()
        try:
            yield look
        finally:
            look.close()

    def look(self) -> Look:
        """One state of the dossier, to be closed: see ``db.look``."""
        return Look(self._connections)

    def touched_claims(self, stamp: int) -> int | None:
        """How many claims were touched since arrays of this stamp; ``None`` if not known."""
        with self._connections.reading() as database:
            found = touched.since(database, stamp)
        return None if found is None else len(found.claims)

    def keep_columns(self, columns: Columns) -> bool:
        """Keep packed arrays in the file, which is no step; false if they are out of date.

        Raises ``DossierError``.
        """
        with self._connections.writing() as database:
            return cache.keep(database, columns)

    def search(self, words: str, limit: int = 500) -> SearchHits:
        """Claims and articles that hold the words, however they are typed."""
        with self._connections.reading() as database:
            return search(database, words, limit)

    def matching(self, words: str) -> npt.NDArray[np.int64]:
        """Ids, ascending, of all claims that hold the words."""
        with self._connections.reading() as database:
            return matching(database, words)

    def imports(self) -> list[ImportSummary]:
        """The latest first."""
        with self._connections.reading() as database:
            return history.imports(database)

    def revisions(self) -> list[RevisionRow]:
        """The revision log, the latest step first."""
        with self._connections.reading() as database:
            return history.revisions(database)

    def step_changes(self) -> list[ChangeRow]:
        """What each step of the revision log did, in the order in which it was done."""
        with self._connections.reading() as database:
            return history.changes(database)

    def broken_spans(self, article_id: int) -> list[str]:
        """Records of an article whose exact words do not stand where they say, in words."""
        with self._connections.reading() as database:
            return articles.broken_spans(database, article_id)

    def readings(self) -> list[ArticleReading]:
        """What each article gave by itself, in the order of import."""
        with self._connections.reading() as database, held():
            return articles.readings(database, self.path)

    def held_articles(self, ids: Collection[int] | None = None) -> list[Article]:
        """The articles as they were read, or some, in the order of import.

        Far less than ``readings``.
        """
        with self._connections.reading() as database, held():
            return articles.held_articles(database, self.path, ids)

    def decisions(self) -> Decisions:
        """What a person decided, for the next assembly."""
        with self._connections.reading() as database:
            return queries.decisions(database)

    def has_document(self, sha256: str) -> int | None:
        """The id of the document with these bytes, if it was dropped before."""
        with self._connections.reading() as database:
            return articles.has_document(database, sha256)
