"""The open dossier as the views see it: rows, one selection, one filter, one theme.

Views read from here and never from the database. Everything is loaded at once into plain rows;
``data_changed`` says which kinds were read anew.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QColor

from db.changes import Changes
from db.rows import (
    ActorRow,
    ArticleRow,
    ClaimRow,
    EventRow,
    RelationRow,
    ReviewState,
    SideRow,
    Status,
)
from desktop import theme as themes
from desktop.theme import Theme
from extraction.model import EventType, SideKey, Span, SpeechAct

if TYPE_CHECKING:
    from db import Dossier

VisibleRange = tuple[datetime, datetime]


@dataclass(frozen=True)
class Selection:
    """What is chosen. A claim stands for its event and article too: see ``Session.select``."""

    event_id: int | None = None
    claim_id: int | None = None
    article_id: int | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Filter:
    """What is shown. An empty set lets everything through; the conditions add up.

    ``statuses`` with ``DISPUTED`` lets every claim through that another one denies or contradicts.
    ``event_types`` asks the claim's event, ``places`` the claim and its event, ``sources`` the
    outlet of its article.
    """

    statuses: frozenset[Status] = frozenset()
    sides: frozenset[SideKey] = frozenset()
    articles: frozenset[int] = frozenset()
    actors: frozenset[int] = frozenset()
    one_side_silent: bool = False
    to_review: bool = False
    text: str = ""
    in_visible_range: bool = False
    acts: frozenset[SpeechAct] = frozenset()
    event_types: frozenset[EventType] = frozenset()
    places: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rows:
    """All rows of a dossier, with the look-ups that every view needs."""

    articles: tuple[ArticleRow, ...] = ()
    sides: tuple[SideRow, ...] = ()
    actors: tuple[ActorRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    relations: tuple[RelationRow, ...] = ()

    @classmethod
    def read(cls, dossier: Dossier, changes: Changes, before: Rows) -> Rows:
        """Read what ``changes`` names, keep the rest of ``before``."""
        return replace(
            before,
            **{
                kind: tuple(getattr(dossier, kind)())
                for kind in ("articles", "sides", "actors", "claims", "events", "relations")
                if getattr(changes, kind)
            },
        )

    @cached_property
    def article_by_id(self) -> dict[int, ArticleRow]:
        return {row.id: row for row in self.articles}

    @cached_property
    def actor_by_id(self) -> dict[int, ActorRow]:
        return {row.id: row for row in self.actors}

    @cached_property
    def claim_by_id(self) -> dict[int, ClaimRow]:
        return {row.id: row for row in self.claims}

    @cached_property
    def event_by_id(self) -> dict[int, EventRow]:
        return {row.id: row for row in self.events}

    @cached_property
    def side_by_key(self) -> dict[SideKey, SideRow]:
        return {row.key: row for row in self.sides}

    @cached_property
    def claims_by_event(self) -> dict[int, list[ClaimRow]]:
        groups: dict[int, list[ClaimRow]] = defaultdict(list)
        order = {
            claim_id: place for row in self.events for place, claim_id in enumerate(row.claim_ids)
        }
        for row in sorted(self.claims, key=lambda row: order.get(row.id, len(order))):
            if row.event_id is not None:
                groups[row.event_id].append(row)
        return groups

    @cached_property
    def claims_by_article(self) -> dict[int, list[ClaimRow]]:
        groups: dict[int, list[ClaimRow]] = defaultdict(list)
        for row in self.claims:
            groups[row.article_id].append(row)
        return groups

    @cached_property
    def relations_by_claim(self) -> dict[int, list[RelationRow]]:
        groups: dict[int, list[RelationRow]] = defaultdict(list)
        for row in self.relations:
            groups[row.source_id].append(row)
            if row.target_id != row.source_id:
                groups[row.target_id].append(row)
        return groups

    @cached_property
    def one_sided_events(self) -> frozenset[int]:
        """Events on which exactly one of the two parties is heard, rejected claims aside."""
        heard: dict[int, set[SideKey]] = defaultdict(set)
        for row in self.claims:
            if row.event_id is not None and row.review is not ReviewState.REJECTED:
                heard[row.event_id] |= voices(row.side)
        return frozenset(event_id for event_id, sides in heard.items() if len(sides) == 1)


def voices(side: SideKey) -> set[SideKey]:
    """The parties that a claim of ``side`` lets be heard: both for ``BOTH``, none for others."""
    if side is SideKey.BOTH:
        return {SideKey.A, SideKey.B}
    return {side} if side in (SideKey.A, SideKey.B) else set()


class Session(QObject):
    """One dossier at a time, or none.

    Signals carry: ``data_changed`` the ``Changes``, ``selection_changed`` the ``Selection``,
    ``filter_changed`` the ``Filter``, ``visible_range_changed`` a pair of ``datetime`` or
    ``None``. ``dossier_changed`` comes before the ``data_changed`` of the new rows.
    """

    dossier_changed = Signal()
    data_changed = Signal(object)
    selection_changed = Signal(object)
    filter_changed = Signal(object)
    visible_range_changed = Signal(object)
    theme_changed = Signal()

    _changed_elsewhere = Signal(object)

    def __init__(self, theme: Theme | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dossier: Dossier | None = None
        self.selection = Selection()
        self.filter = Filter()
        self.visible_range: VisibleRange | None = None
        self.origin: QObject | None = None
        """Who made the selection that is being told of, while ``selection_changed`` runs."""
        self.theme = theme or themes.load("light")
        self._rows = Rows()
        self._found: frozenset[int] | None = None
        # A write may run in the writer's thread; the signal brings the news over to this one.
        self._changed_elsewhere.connect(self.refresh)

    # ------------------------------------------------------------------ the dossier

    def open(self, dossier: Dossier | None) -> None:
        """Show another dossier, or none; the one shown before is closed."""
        if self.dossier is not None and self.dossier is not dossier:
            self.dossier.on_change.remove(self._tell)
            self.dossier.close()
        self.dossier = dossier
        self.selection = Selection()
        self.filter = Filter()
        self.visible_range = None
        self._found = None
        self._rows = Rows()
        if dossier is not None:
            dossier.on_change.append(self._tell)
            self._rows = Rows.read(dossier, Changes.everything(), Rows())
        self.dossier_changed.emit()
        self.data_changed.emit(Changes.everything())
        self.selection_changed.emit(self.selection)
        self.filter_changed.emit(self.filter)

    def refresh(self, changes: Changes) -> None:
        """Read anew what was touched and tell the views."""
        if self.dossier is not None:
            self.show_rows(Rows.read(self.dossier, changes, self._rows), changes)

    def show_rows(self, rows: Rows, changes: Changes | None = None) -> None:
        """Show rows that are already read; what is selected stays selected if it still exists."""
        self._rows = rows
        self._search()
        self.data_changed.emit(changes or Changes.everything())
        kept = self._existing(self.selection)
        if kept != self.selection:
            self.select(kept)

    # ------------------------------------------------------------------ look-ups

    def articles(self) -> list[ArticleRow]:
        return list(self._rows.articles)

    def article(self, article_id: int) -> ArticleRow:
        """Raises ``KeyError`` for an id that is not loaded, as all look-ups by id do."""
        return self._rows.article_by_id[article_id]

    def sides(self) -> dict[SideKey, SideRow]:
        return dict(self._rows.side_by_key)

    def actors(self) -> list[ActorRow]:
        return list(self._rows.actors)

    def actor(self, actor_id: int) -> ActorRow:
        return self._rows.actor_by_id[actor_id]

    def claims(self) -> list[ClaimRow]:
        """All claims, rejected ones too; ``accepts`` says which are to be shown."""
        return list(self._rows.claims)

    def claim(self, claim_id: int) -> ClaimRow:
        return self._rows.claim_by_id[claim_id]

    def claims_of_event(self, event_id: int) -> list[ClaimRow]:
        """In order of saying."""
        return list(self._rows.claims_by_event.get(event_id, ()))

    def claims_of_article(self, article_id: int) -> list[ClaimRow]:
        return list(self._rows.claims_by_article.get(article_id, ()))

    def events(self) -> list[EventRow]:
        """In order of time, undated ones last."""
        return list(self._rows.events)

    def event_row(self, event_id: int) -> EventRow:
        """Not named ``event``: Qt calls that one of every QObject."""
        return self._rows.event_by_id[event_id]

    def relations(self) -> list[RelationRow]:
        return list(self._rows.relations)

    def relations_of(self, claim_id: int) -> list[RelationRow]:
        """Relations from and to a claim."""
        return list(self._rows.relations_by_claim.get(claim_id, ()))

    def one_sided_events(self) -> frozenset[int]:
        return self._rows.one_sided_events

    # ------------------------------------------------------------------ what is shown

    def set_filter(self, new: Filter) -> None:
        if new == self.filter:
            return
        searched = new.text != self.filter.text
        self.filter = new
        if searched:
            self._search()
        self.filter_changed.emit(new)

    def set_visible_range(self, visible: VisibleRange | None) -> None:
        """Told by the timeline; ``None`` while it shows nothing."""
        if visible == self.visible_range:
            return
        self.visible_range = visible
        self.visible_range_changed.emit(visible)
        if self.filter.in_visible_range:
            self.filter_changed.emit(self.filter)

    def accepts(self, claim: ClaimRow) -> bool:
        """Whether a claim passes the shared filter and search. Rejected ones never do."""
        chosen = self.filter
        return (
            claim.review is not ReviewState.REJECTED
            and (not chosen.statuses or _has_status(claim, chosen.statuses))
            and (not chosen.sides or claim.side in chosen.sides)
            and (not chosen.articles or claim.article_id in chosen.articles)
            and (not chosen.actors or claim.actor_id in chosen.actors)
            and (not chosen.to_review or claim.review is ReviewState.SUGGESTED)
            and (not chosen.one_side_silent or claim.event_id in self._rows.one_sided_events)
            and (not chosen.acts or claim.speech_act in chosen.acts)
            and (not chosen.sources or self._outlet(claim) in chosen.sources)
            and (not chosen.event_types or self._event_type(claim) in chosen.event_types)
            and (not chosen.places or self._is_at(claim, chosen.places))
            and (self._found is None or claim.id in self._found)
            and (not chosen.in_visible_range or self._in_range(claim))
        )

    def _outlet(self, claim: ClaimRow) -> str | None:
        article = self._rows.article_by_id.get(claim.article_id)
        return None if article is None else article.outlet

    def _event_type(self, claim: ClaimRow) -> EventType | None:
        event = self._rows.event_by_id.get(claim.event_id or 0)
        return None if event is None else event.type

    def _is_at(self, claim: ClaimRow, places: frozenset[str]) -> bool:
        event = self._rows.event_by_id.get(claim.event_id or 0)
        return not places.isdisjoint(claim.places) or (
            event is not None and not places.isdisjoint(event.places)
        )

    def _in_range(self, claim: ClaimRow) -> bool:
        if self.visible_range is None:
            return True
        when = claim.when
        if when is None and claim.event_id in self._rows.event_by_id:
            when = self._rows.event_by_id[claim.event_id].when
        start, end = self.visible_range
        return when is not None and when.earliest <= end and when.latest >= start

    def _search(self) -> None:
        words = self.filter.text.strip()
        if not words:
            self._found = None
        elif self.dossier is not None:
            self._found = frozenset(
                self.dossier.search(words, limit=max(500, self._count)).claim_ids
            )
        else:
            folded = words.casefold()
            self._found = frozenset(
                row.id for row in self._rows.claims if folded in row.content.casefold()
            )

    def _tell(self, changes: Changes) -> None:
        self._changed_elsewhere.emit(changes)

    @property
    def _count(self) -> int:
        return len(self._rows.claims)

    # ------------------------------------------------------------------ the selection

    def select(self, selection: Selection, origin: QObject | None = None) -> None:
        """Choose something; event and article are filled in from the claim.

        ``origin`` is the view that asks: it finds itself in ``Session.origin`` while the signal
        is sent and can tell its own choice from another's.
        """
        completed = self._completed(selection)
        if completed == self.selection:
            return
        self.selection = completed
        self.origin = origin
        try:
            self.selection_changed.emit(completed)
        finally:
            self.origin = None

    def _completed(self, chosen: Selection) -> Selection:
        claim = self._rows.claim_by_id.get(chosen.claim_id or 0)
        if claim is None:
            return chosen
        return replace(
            chosen,
            event_id=claim.event_id if chosen.event_id is None else chosen.event_id,
            article_id=claim.article_id if chosen.article_id is None else chosen.article_id,
        )

    def _existing(self, chosen: Selection) -> Selection:
        if chosen.article_id is not None and chosen.article_id not in self._rows.article_by_id:
            return Selection()
        claim = self._rows.claim_by_id.get(chosen.claim_id or 0)
        if claim is not None:
            # An event may be another one after a re-assembly; the claim leads.
            return replace(chosen, event_id=claim.event_id)
        gone = chosen.event_id not in self._rows.event_by_id
        return replace(chosen, claim_id=None, event_id=None if gone else chosen.event_id)

    # ------------------------------------------------------------------ looks

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.theme_changed.emit()

    def side_color(self, key: SideKey) -> QColor:
        """The dossier's colour of a side in the theme at hand, else the theme's own."""
        chosen = self._chosen_color(key)
        return QColor(chosen) if chosen else self.theme.side(key)

    def side_tint(self, key: SideKey) -> QColor:
        """The ground for cards of a side; ``Theme.text`` is readable on it."""
        chosen = self._chosen_color(key)
        return self.theme.tint_of(QColor(chosen)) if chosen else self.theme.tint(key)

    def side_name(self, key: SideKey) -> str:
        row = self._rows.side_by_key.get(key)
        return row.name if row is not None and row.name else default_side_name(key)

    def _chosen_color(self, key: SideKey) -> str:
        row = self._rows.side_by_key.get(key)
        if row is None:
            return ""
        return row.color_dark if self.theme.dark else row.color_light


def _has_status(claim: ClaimRow, statuses: frozenset[Status]) -> bool:
    """A claim that is admitted, say, is disputed as well while somebody denies it."""
    return claim.status in statuses or (Status.DISPUTED in statuses and claim.disputed_by > 0)


def default_side_name(key: SideKey) -> str:
    """What a side is called while the dossier has no name for it."""
    if key is SideKey.A:
        return QCoreApplication.translate("Session", "Side A")
    if key is SideKey.B:
        return QCoreApplication.translate("Session", "Side B")
    if key is SideKey.THIRD:
        return QCoreApplication.translate("Session", "Third parties")
    if key is SideKey.BOTH:
        return QCoreApplication.translate("Session", "Both sides")
    return QCoreApplication.translate("Session", "Nobody named")
