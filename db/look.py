"""One state of a dossier, held as long as a window shows it.

A window draws from packed arrays and fetches the rows that are seen by their ids. Both must be
of the same state even while an import commits in another thread, so they are read in one
transaction, which is ended when the window takes the next state over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from threading import RLock
from typing import Any

import numpy as np
import numpy.typing as npt

from db import articles, cache, packing, queries
from db.claims import read_claims
from db.columns import SIDES, Columns
from db.connection import Connections
from db.errors import dossier_errors
from db.rows import ActorRow, ArticleRow, ClaimRow, EventRow, RelationRow, SideRow
from db.touched import Touched


class Look:
    """Rows and arrays of one state. Its reads raise ``DossierError``."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._database = connections.hold()
        self._lock = RLock()
        self.touched: Touched | None = None
        """What ``columns`` found touched since the arrays before; ``None`` for everything."""
        self.worth_keeping = False
        """Whether keeping the arrays would spare the next opening some time."""

    def close(self) -> None:
        self._connections.release(self._database)

    def columns(self, before: Columns | None = None) -> Columns:
        """The packed arrays; ``before`` is brought up to date where the log reaches back."""
        with self._lock, dossier_errors(self._connections.path):
            if before is None:
                columns, self.worth_keeping = cache.load(self._database)
                return columns
            columns, self.touched = packing.updated(self._database, before)
            self.worth_keeping = self.touched is None and len(columns.claims) >= cache.CACHED_FROM
            return columns

    def articles(self, columns: Columns) -> list[ArticleRow]:
        """In the order of their import; their claims are counted in the arrays."""
        with self._lock, dossier_errors(self._connections.path):
            return articles.articles(self._database, _counts(columns, columns.claims.article))

    def sides(self, columns: Columns) -> list[SideRow]:
        """A, B and third, in this order."""
        counts = _counts(columns, columns.claims.side)
        with self._lock, dossier_errors(self._connections.path):
            return queries.sides(
                self._database, {SIDES[code]: count for code, count in counts.items()}
            )

    def actors(self, columns: Columns) -> list[ActorRow]:
        """Those with most claims first, then by name."""
        with self._lock, dossier_errors(self._connections.path):
            return queries.actors(self._database, None, _counts(columns, columns.claims.actor))

    def claims(self, ids: Collection[int]) -> list[ClaimRow]:
        """In order of article and place in it."""
        with self._lock, dossier_errors(self._connections.path):
            return read_claims(self._database, ids=ids)

    def events(self, ids: Collection[int]) -> list[EventRow]:
        """In order of time; those that nobody tells of are left out."""
        with self._lock, dossier_errors(self._connections.path):
            return queries.events(self._database, ids)

    def relations_of(self, claims: Collection[int]) -> dict[int, list[RelationRow]]:
        """Relations from and to each of the claims, in order of their ids."""
        with self._lock, dossier_errors(self._connections.path):
            rows = queries.relations(self._database, claim_ids=claims)
        found: defaultdict[int, list[RelationRow]] = defaultdict(list)
        for row in rows:
            for end in {row.source_id, row.target_id}.intersection(claims):
                found[end].append(row)
        return {claim: found.get(claim, []) for claim in claims}

    def relations(self) -> list[RelationRow]:
        with self._lock, dossier_errors(self._connections.path):
            return queries.relations(self._database)


def _counts(columns: Columns, owners: npt.NDArray[Any]) -> dict[int, int]:
    """How many claims that are not rejected there are of each owner."""
    values, counts = np.unique(owners[columns.claims.shown], return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))
