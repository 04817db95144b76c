"""One state of a dossier, held as long as a window shows it.

A window draws from packed arrays and fetches the rows that are seen by their ids. Both must be
of the same state even while an import commits in another thread, so they are read in one
transaction, which is ended when the window takes the next state over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

import numpy as np

from db import articles, cache, packing, queries, touched
from db.changes import Changes, kinds_in
from db.claims import Judged, read_claims
from db.columns import REJECTED, SIDES, STATUSES, Claims, Columns
from db.connection import Connections
from db.rows import ActorRow, ArticleRow, ClaimRow, EventRow, RelationRow, SideRow
from db.touched import Touched
from extraction.collector import held

FEW = 1_000
"""Claims touched up to which they are told one by one, rather than all counted."""

Counted = TypeVar("Counted", ArticleRow, ActorRow)


class Look:
    """Rows and arrays of one state. Its reads raise ``DossierError``."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._database = connections.hold()
        self._columns: Columns | None = None
        self._before: Columns | None = None
        self.touched: Touched | None = None
        """What ``columns`` found touched since the arrays before; ``None`` for everything."""
        self.worth_keeping = False
        """Whether keeping the arrays would spare the next opening some time."""

    def close(self) -> None:
        self._connections.release(self._database)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._connections.using(self._database), held():
            yield

    def columns(self, before: Columns | None = None) -> Columns:
        """The packed arrays; ``before`` is brought up to date where the log reaches back."""
        with self._reading():
            if before is None:
                columns, self.worth_keeping = cache.load(self._database)
            else:
                columns, self.touched = packing.updated(self._database, before)
                is_large = len(columns.claims) >= cache.CACHED_FROM
                self.worth_keeping = self.touched is None and is_large
        self._columns, self._before = columns, before
        return columns

    @property
    def changes(self) -> Changes:
        """The kinds of what was touched since the arrays before."""
        return Changes.everything() if self.touched is None else kinds_in(self.touched.tables)

    def touched_since(self, stamp: int) -> Touched | None:
        """What was touched after arrays of this stamp; ``None`` if that is not known any more."""
        with self._reading():
            return touched.since(self._database, stamp)

    def articles(
        self, columns: Columns, before: Sequence[ArticleRow] | None = None
    ) -> Sequence[ArticleRow]:
        """In the order of their import; their claims are counted in the arrays.

        Of ``before`` only what was touched since is read anew.
        """
        whole = before is None or not self._stand("outlet_rating", "revision_change")
        with self._reading():
            if before is None or whole:
                return articles.articles(self._database, _counts(columns, "article"))
            assert self.touched is not None
            # Whether a change is decided on may hang on the review of a claim.
            outdated = self.touched.articles | {row.id for row in before if row.undecided}
            rows = self._recounted(columns, "article", before)
            if not outdated:
                return rows
            counts = _counts(columns, "article")
            new = articles.articles(self._database, counts, outdated)
        kept = [row for row in rows if row.id not in outdated]
        return sorted([*kept, *new], key=_id_of)

    def sides(self, columns: Columns, before: Sequence[SideRow] | None = None) -> Sequence[SideRow]:
        """A, B and third, in this order; ``before`` as in ``articles``."""
        if before is not None and self._stand("side", "actor"):
            gained = self._gained(columns, "side")
            if gained is not None and not gained:
                return before
        counts = _counts(columns, "side")
        with self._reading():
            return queries.sides(
                self._database, {side: counts[code] for code, side in enumerate(SIDES)}
            )

    def actors(
        self, columns: Columns, before: Sequence[ActorRow] | None = None
    ) -> Sequence[ActorRow]:
        """Those with most claims first, then by name; ``before`` as in ``articles``."""
        if before is not None and self._stand("actor", "actor_rating"):
            rows = self._recounted(columns, "actor", before)
            return rows if rows is before else sorted(rows, key=queries.most_claims_first)
        with self._reading():
            return queries.actors(self._database, None, _counts(columns, "actor"))

    def _stand(self, *tables: str) -> bool:
        """Whether nothing in these tables was written since the arrays before."""
        return self.touched is not None and self.touched.tables.isdisjoint(tables)

    def _recounted(
        self, columns: Columns, owner: str, rows: Sequence[Counted]
    ) -> Sequence[Counted]:
        """Rows with their number of claims as it is now; the same ones if none is other."""
        gained = self._gained(columns, owner)
        if gained is None:
            counts = _counts(columns, owner)
            gained = {row.id: counts[row.id] - row.claim_count for row in rows}
        if not any(gained.values()):
            return rows
        return [
            replace(row, claim_count=row.claim_count + more)
            if (more := gained.get(row.id))
            else row
            for row in rows
        ]

    def _gained(self, columns: Columns, owner: str) -> dict[int, int] | None:
        """By owner how many claims more there are than before; ``None`` where that is a long
        list."""
        before, touched = self._before, self.touched
        if before is None or touched is None or len(touched.claims) > FEW:
            return None
        gained: Counter[int] = Counter()
        for arrays, sign in ((before.claims, -1), (columns.claims, 1)):
            at = arrays.places(list(touched.claims))
            at = at[at >= 0]
            at = at[arrays.review[at] != REJECTED]
            for one in getattr(arrays, owner)[at].tolist():
                gained[one] += sign
        return {one: more for one, more in gained.items() if more}

    def claims(self, ids: Collection[int]) -> list[ClaimRow]:
        """In order of article and place in it."""
        judged = None if self._columns is None else _judged(self._columns, ids)
        with self._reading():
            return read_claims(self._database, ids=ids, judged=judged)

    def events(self, ids: Collection[int]) -> list[EventRow]:
        """In order of time; those that nobody tells of are left out."""
        columns = self._columns
        is_disputed = None if columns is None else _DisputeOf(columns.claims)
        with self._reading():
            return queries.events(self._database, ids, is_disputed)

    def relations_of(self, claims: Collection[int]) -> dict[int, list[RelationRow]]:
        """Relations from and to each of the claims, in order of their ids."""
        with self._reading():
            rows = queries.relations(self._database, claim_ids=claims)
        found: dict[int, list[RelationRow]] = {claim: [] for claim in claims}
        for row in rows:
            if (source := found.get(row.source_id)) is not None:
                source.append(row)
            if (target := found.get(row.target_id)) is not None and target is not source:
                target.append(row)
        return found

    def relations(self) -> list[RelationRow]:
        with self._reading():
            return queries.relations(self._database)


def _id_of(row: ArticleRow) -> int:
    return row.id


class _Counts(dict[int, int]):
    """How many claims each has; none where nothing is said."""

    def __missing__(self, owner: int) -> int:
        return 0


def _counts(columns: Columns, owner: str) -> _Counts:
    """How many claims that are not rejected there are of each owner."""
    shown = getattr(columns.claims, owner)[columns.claims.shown]
    if len(shown) and int(shown.max()) < 10 * len(shown):
        counts = np.bincount(shown)
        found = np.flatnonzero(counts)
        return _Counts(zip(found.tolist(), counts[found].tolist(), strict=True))
    values, counts = np.unique(shown, return_counts=True)
    return _Counts(zip(values.tolist(), counts.tolist(), strict=True))


def _judged(columns: Columns, ids: Collection[int]) -> dict[int, Judged]:
    """What the arrays say of claims; those that are not there are left out."""
    claims = columns.claims
    at = claims.places(list(ids))
    at = at[at >= 0]
    return {
        claim: (STATUSES[status], disputed_by)
        for claim, status, disputed_by in zip(
            claims.id[at].tolist(),
            claims.status[at].tolist(),
            claims.disputed_by[at].tolist(),
            strict=True,
        )
    }


class _DisputeOf:
    """Whether one of some claims is disputed, by the arrays."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def __call__(self, ids: Sequence[int]) -> bool:
        at = self._claims.places(ids)
        return bool(self._claims.disputed_by[at[at >= 0]].any())
