"""What the session holds of a dossier: packed arrays of all, rows of what is looked at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from db.columns import Columns
from db.packing import of_rows
from db.rows import ActorRow, ArticleRow, ClaimRow, EventRow, RelationRow, SideRow
from extraction.model import SideKey

if TYPE_CHECKING:
    from db import Dossier


class Held(ABC):
    """All look-ups by id raise ``KeyError`` for one that is not there."""

    articles: tuple[ArticleRow, ...]
    sides: tuple[SideRow, ...]
    actors: tuple[ActorRow, ...]

    @property
    @abstractmethod
    def columns(self) -> Columns: ...

    @abstractmethod
    def claim(self, claim_id: int) -> ClaimRow: ...

    @abstractmethod
    def event(self, event_id: int) -> EventRow: ...

    @abstractmethod
    def relations_of(self, claim_id: int) -> Sequence[RelationRow]: ...

    @abstractmethod
    def claims_of_event(self, event_id: int) -> list[ClaimRow]: ...

    @abstractmethod
    def claims_of_article(self, article_id: int) -> list[ClaimRow]: ...

    @abstractmethod
    def all_claims(self) -> Sequence[ClaimRow]: ...

    @abstractmethod
    def all_events(self) -> Sequence[EventRow]: ...

    @abstractmethod
    def all_relations(self) -> Sequence[RelationRow]: ...

    def prepare(  # noqa: B027 (rows in memory are there)
        self, claims: Collection[int], events: Collection[int]
    ) -> None:
        """Fetch rows that will be asked for."""

    def prepare_rows(self, events: Collection[int], claims: Collection[int]) -> bool:
        """Fetch some of what hangs on events and claims; false if all is there already."""
        return False

    def close(self) -> None:  # noqa: B027 (rows in memory hold nothing)
        """Give back what is held."""

    @cached_property
    def article_by_id(self) -> dict[int, ArticleRow]:
        return {row.id: row for row in self.articles}

    @cached_property
    def actor_by_id(self) -> dict[int, ActorRow]:
        return {row.id: row for row in self.actors}

    @cached_property
    def side_by_key(self) -> dict[SideKey, SideRow]:
        return {row.key: row for row in self.sides}

    @cached_property
    def one_sided_events(self) -> frozenset[int]:
        """Events on which exactly one of the two parties is heard, rejected claims aside."""
        columns = self.columns
        return frozenset(columns.events.id[columns.is_one_sided].tolist())


@dataclass(frozen=True)
class Rows(Held):
    """All rows of a dossier, or of something invented."""

    articles: tuple[ArticleRow, ...] = ()
    sides: tuple[SideRow, ...] = ()
    actors: tuple[ActorRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    relations: tuple[RelationRow, ...] = ()

    @classmethod
    def read(cls, dossier: Dossier) -> Rows:
        """All rows of a dossier, for what goes through each of them."""
        return cls(
            tuple(dossier.articles()),
            tuple(dossier.sides()),
            tuple(dossier.actors()),
            tuple(dossier.claims()),
            tuple(dossier.events()),
            tuple(dossier.relations()),
        )

    @cached_property
    def columns(self) -> Columns:
        return of_rows(self.claims, self.events, self.relations)

    def claim(self, claim_id: int) -> ClaimRow:
        return self._claim_by_id[claim_id]

    def event(self, event_id: int) -> EventRow:
        return self._event_by_id[event_id]

    def relations_of(self, claim_id: int) -> Sequence[RelationRow]:
        return self._relations_by_claim.get(claim_id, ())

    def claims_of_event(self, event_id: int) -> list[ClaimRow]:
        return self._claims_by_event.get(event_id, [])

    def claims_of_article(self, article_id: int) -> list[ClaimRow]:
        return self._claims_by_article.get(article_id, [])

    def all_claims(self) -> Sequence[ClaimRow]:
        return self.claims

    def all_events(self) -> Sequence[EventRow]:
        return self.events

    def all_relations(self) -> Sequence[RelationRow]:
        return self.relations

    @cached_property
    def _claim_by_id(self) -> dict[int, ClaimRow]:
        return {row.id: row for row in self.claims}

    @cached_property
    def _event_by_id(self) -> dict[int, EventRow]:
        return {row.id: row for row in self.events}

    @cached_property
    def _claims_by_event(self) -> dict[int, list[ClaimRow]]:
        groups: dict[int, list[ClaimRow]] = defaultdict(list)
        order = {
            claim_id: place for row in self.events for place, claim_id in enumerate(row.claim_ids)
        }
        for row in sorted(self.claims, key=lambda row: order.get(row.id, len(order))):
            if row.event_id is not None:
                groups[row.event_id].append(row)
        return groups

    @cached_property
    def _claims_by_article(self) -> dict[int, list[ClaimRow]]:
        groups: dict[int, list[ClaimRow]] = defaultdict(list)
        for row in self.claims:
            groups[row.article_id].append(row)
        return groups

    @cached_property
    def _relations_by_claim(self) -> dict[int, list[RelationRow]]:
        groups: dict[int, list[RelationRow]] = defaultdict(list)
        for row in self.relations:
            groups[row.source_id].append(row)
            if row.target_id != row.source_id:
                groups[row.target_id].append(row)
        return groups
