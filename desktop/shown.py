"""One state of a dossier on disk, of which the session holds the arrays and the rows used last.

Articles, sides and actors are held as rows. Those of claims, events and relations are fetched by
id, page by page: a view that asks for one will ask for its neighbours in time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from db.columns import Columns
from db.rows import ClaimRow, EventRow, RelationRow
from desktop.held import Held

if TYPE_CHECKING:
    from db import Dossier

KEPT = 20_000
"""Rows of a kind that are kept; a claim takes about a kilobyte."""

ALL_UP_TO = 200
"""Claims up to which all rows are read at once: a page more would cost more than the rest."""

BEFORE, AFTER = 2, 8
"""Events of a page: how many before and after the one that is asked for, in order of time."""

PAGE = 64
"""Claims of a page, about: where an event has very many voices, the page holds few events."""

AT_ONCE = 128
"""Claims whose relations are fetched at once, and half of the claims: an event may have a thousand,
each with many relations. Who fetches ahead comes again."""

Row = TypeVar("Row")
Whole = TypeVar("Whole", ClaimRow, EventRow)


class _Kept(Generic[Row]):
    """The rows used last, by id."""

    def __init__(self) -> None:
        self._rows: OrderedDict[int, Row] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, row_id: int) -> Row | None:
        row = self._rows.get(row_id)
        if row is not None:
            self._rows.move_to_end(row_id)
        return row

    def put(self, rows: Iterable[tuple[int, Row]]) -> None:
        self._rows.update(rows)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)

    def missing(self, ids: Iterable[int]) -> list[int]:
        return [row_id for row_id in ids if row_id not in self._rows]

    def drop(self, ids: Iterable[int]) -> None:
        for row_id in ids:
            self._rows.pop(row_id, None)


class Shown(Held):
    """One state of a dossier; ``after`` a write the next one takes over what is still true.

    Raises ``DossierError`` where the file cannot be read.
    """

    def __init__(self, dossier: Dossier, before: Shown | None = None) -> None:
        """Read what stands now; an earlier state spares what was not touched since.

        May run in any thread. The rows that ``before`` keeps are not looked at: see ``take_over``.
        """
        self._look = look = dossier.look()
        try:
            self._columns = columns = look.columns(None if before is None else before.columns)
            self.worth_keeping = look.worth_keeping
            if before is None:
                self._from = -1
                self.articles = tuple(look.articles(columns))
                self.sides = tuple(look.sides(columns))
                self.actors = tuple(look.actors(columns))
            else:
                changes = look.changes
                self._from = before.columns.stamp
                self.worth_keeping |= before.worth_keeping
                self.articles, self.sides = before.articles, before.sides
                self.actors = before.actors
                if changes.articles:
                    self.articles = tuple(look.articles(columns, before.articles))
                if changes.sides or changes.actors:
                    self.sides = tuple(look.sides(columns, before.sides))
                if changes.actors:
                    self.actors = tuple(look.actors(columns, before.actors))
        except BaseException:
            look.close()
            raise
        self.kept_claims: _Kept[ClaimRow] = _Kept()
        self.kept_events: _Kept[EventRow] = _Kept()
        self.kept_relations: _Kept[Sequence[RelationRow]] = _Kept()

    def take_over(self, before: Shown) -> Shown:
        """Take the rows of an earlier state that are still true; that one is closed."""
        stamp = before.columns.stamp
        look = self._look
        touched = look.touched if stamp == self._from else look.touched_since(stamp)
        if touched is not None:
            self.kept_claims, self.kept_events = before.kept_claims, before.kept_events
            self.kept_relations = before.kept_relations
            self.kept_claims.drop(touched.claims)
            self.kept_events.drop(touched.events)
            self.kept_relations.drop(touched.claims)
        before.close()
        return self

    def close(self) -> None:
        self._look.close()

    @property
    def columns(self) -> Columns:
        return self._columns

    # ------------------------------------------------------------------ rows by id

    def claim(self, claim_id: int) -> ClaimRow:
        found = self.kept_claims.get(claim_id)
        if found is None:
            self._columns.claims.place(claim_id)
            self._fetch_around(claim_id)
            found = self.kept_claims.get(claim_id)
        if found is None:
            # Its page was longer than what is kept.
            found = next(iter(self._look.claims([claim_id])), None)
            if found is None:
                raise KeyError(claim_id)
        return found

    def event(self, event_id: int) -> EventRow:
        found = self.kept_events.get(event_id)
        if found is None:
            self._columns.events.place(event_id)
            self._fetch_events([event_id, *self._events_around(event_id)])
            found = self.kept_events.get(event_id)
            if found is None:
                raise KeyError(event_id)
        return found

    def relations_of(self, claim_id: int) -> Sequence[RelationRow]:
        found = self.kept_relations.get(claim_id)
        if found is None:
            if self._columns.claims.places([claim_id])[0] < 0:
                return ()
            self._fetch_relations(self._claims_around(claim_id))
            found = self.kept_relations.get(claim_id)
        return self._look.relations_of([claim_id])[claim_id] if found is None else found

    def prepare(self, claims: Collection[int], events: Collection[int]) -> None:
        missing = self.kept_claims.missing(dict.fromkeys(claims))
        if missing:
            self.kept_claims.put((row.id, row) for row in self._look.claims(missing))
        if events:
            self._fetch_events(events)

    def prepare_rows(self, events: Collection[int], claims: Collection[int]) -> bool:
        fetched = bool(self.kept_events.missing(events))
        self._fetch_events(events)
        rows = [row for one in events if (row := self.kept_events.get(one)) is not None]
        own = [*(one for row in rows for one in row.claim_ids), *claims]
        # More would push one another out, and there would be something to fetch for ever.
        del own[KEPT // 4 :]
        missing = self.kept_relations.missing(own)
        if missing:
            fetched = True
            self._fetch_relations(missing[:AT_ONCE])
            own = own[: own.index(missing[0]) + AT_ONCE]
        ends = {
            end
            for one in own
            for relation in self.kept_relations.get(one) or ()
            for end in (relation.source_id, relation.target_id)
        }
        wanted = self.kept_claims.missing(dict.fromkeys([*own, *sorted(ends)[: KEPT // 4]]))
        if wanted:
            fetched = True
            some = self._look.claims(wanted[: 2 * AT_ONCE])
            self.kept_claims.put((row.id, row) for row in some)
        return fetched

    def claims_of_event(self, event_id: int) -> list[ClaimRow]:
        claims = self._columns.claims
        own = claims.id[claims.event == event_id].tolist()
        try:
            listed = self.event(event_id).claim_ids
        except KeyError:
            listed = ()
        known = set(listed)
        rest = self._in_order([claim_id for claim_id in own if claim_id not in known])
        return self._rows([*listed, *rest])

    def claims_of_article(self, article_id: int) -> list[ClaimRow]:
        claims = self._columns.claims
        return self._rows(self._in_order(claims.id[claims.article == article_id].tolist()))

    def _in_order(self, ids: list[int]) -> list[int]:
        claims = self._columns.claims
        at = claims.places(ids)
        order = np.lexsort((claims.position[at], claims.article[at]))
        return [ids[place] for place in order.tolist()]

    def _rows(self, ids: Sequence[int]) -> list[ClaimRow]:
        """Claims that are all wanted, in this order."""
        held = {claim_id: row for claim_id in ids if (row := self.kept_claims.get(claim_id))}
        missing = [claim_id for claim_id in ids if claim_id not in held]
        if missing:
            rows = self._look.claims(missing)
            held |= {row.id: row for row in rows}
            self.kept_claims.put((row.id, row) for row in rows)
        return [held[claim_id] for claim_id in ids if claim_id in held]

    # ------------------------------------------------------------------ pages

    def _fetch_around(self, claim_id: int) -> None:
        self.prepare_rows((), self._claims_around(claim_id))

    def _fetch_events(self, ids: Iterable[int]) -> None:
        missing = self.kept_events.missing(dict.fromkeys(ids))
        if missing:
            self.kept_events.put((row.id, row) for row in self._look.events(missing))

    def _fetch_relations(self, claims: Iterable[int]) -> None:
        self.kept_relations.put(
            self._look.relations_of(self.kept_relations.missing(claims)).items()
        )

    def _events_around(self, event_id: int) -> list[int]:
        """The events that stand near one in time."""
        columns = self._columns
        at = int(self._place_in_time[columns.events.place(event_id)])
        if at < 0:
            return []
        near = columns.event_order[max(at - BEFORE, 0) : at + AFTER]
        found: list[int] = columns.events.id[near].tolist()
        return found

    def _claims_around(self, claim_id: int) -> list[int]:
        """A claim with those of its event and of the events near it."""
        columns, claims = self._columns, self._columns.claims
        if len(claims) <= ALL_UP_TO:
            return list(map(int, claims.id))
        at = claims.place(claim_id)
        event = int(claims.event[at])
        if not event or columns.event_of_claim[at] < 0:
            near: list[int] = claims.id[max(at - BEFORE, 0) : at + AFTER].tolist()
        else:
            near = self._near(columns.events.place(event), claim_id)
        return list(dict.fromkeys([claim_id, *near]))

    def _near(self, event: int, claim_id: int) -> list[int]:
        """The claims that are shown with one of an event at this place: up to a page of them."""
        columns = self._columns
        around = columns.events.places(self._events_around(int(columns.events.id[event])))
        own = [event, *around[around != event].tolist()]
        ends = np.cumsum(columns.voices[own])
        within = int(np.searchsorted(ends, PAGE, side="right"))
        ids = columns.events.id[own[: max(within, 1)]].tolist()
        self._fetch_events(ids)
        rows = [row for one in ids if (row := self.kept_events.get(one)) is not None]
        near = [one for row in rows for one in row.claim_ids]
        if len(near) <= PAGE or claim_id not in near:
            return near[:PAGE]
        first = max(near.index(claim_id) - PAGE // 4, 0)
        return near[first : first + PAGE]

    @cached_property
    def _place_in_time(self) -> npt.NDArray[np.intp]:
        """Where each event stands in ``event_order``; -1 for those that nobody tells of."""
        columns = self._columns
        places = np.full(len(columns.events), -1, np.intp)
        places[columns.event_order] = np.arange(len(columns.event_order))
        return places

    # ------------------------------------------------------------------ all of them

    def all_claims(self) -> Sequence[ClaimRow]:
        claims = self._columns.claims
        return self._all(claims.id[claims.order].tolist(), self.kept_claims, self._look.claims)

    def all_events(self) -> Sequence[EventRow]:
        columns = self._columns
        ids = columns.events.id[columns.event_order].tolist()
        return self._all(ids, self.kept_events, self._look.events)

    def _all(
        self,
        ids: list[int],
        kept: _Kept[Whole],
        fetch: Callable[[Collection[int]], Sequence[Whole]],
    ) -> Sequence[Whole]:
        """Every row in the order of its ids; where they are many, they are not kept."""
        missing = kept.missing(ids)
        if missing and len(ids) > KEPT:
            return fetch(ids)
        if missing:
            rows = fetch(missing)
            kept.put((row.id, row) for row in rows)
        found = (kept.get(row_id) for row_id in ids)
        return [row for row in found if row is not None]

    def all_relations(self) -> Sequence[RelationRow]:
        return self._look.relations()
