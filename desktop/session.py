"""The open dossier as the views see it: rows, one selection, one filter, one theme.

Views read from here and never from the database. What is counted, sorted or filtered over the
whole dossier is done on packed arrays (``columns``, ``accepted``); rows are for what is looked
at, and are fetched by their ids. ``data_changed`` says which kinds are other than before.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal
from PySide6.QtGui import QColor

from db.changes import Changes
from db.columns import SUGGESTED, Bools, Columns
from db.errors import DossierError
from db.rows import (
    ActorRow,
    ArticleRow,
    ClaimRow,
    DossierCounts,
    EventRow,
    RelationRow,
    SideRow,
)
from desktop import theme as themes
from desktop.filter import Filter, Ids, VisibleRange, accepted, narrated, voices
from desktop.held import Held, Rows
from desktop.news import News, is_far, is_newer
from desktop.shown import Shown
from desktop.theme import Theme
from extraction.model import SideKey, Span

__all__ = ["Filter", "Rows", "Selection", "Session", "VisibleRange", "default_side_name", "voices"]

if TYPE_CHECKING:
    from db import Dossier


FIRST_HITS = 50
"""Hits of a search that a large dossier shows before all are found."""

SEARCHED_AT_ONCE = 50_000
"""Claims up to which words are looked for while the window waits."""


@dataclass(frozen=True)
class Selection:
    """What is chosen. A claim stands for its event and article too: see ``Session.select``."""

    event_id: int | None = None
    claim_id: int | None = None
    article_id: int | None = None
    span: Span | None = None


class Session(QObject):
    """One dossier at a time, or none.

    Signals carry: ``data_changed`` the ``Changes``, ``selection_changed`` the ``Selection``,
    ``filter_changed`` the ``Filter``, ``visible_range_changed`` a pair of ``datetime`` or
    ``None``. ``dossier_changed`` comes before the ``data_changed`` of the new rows.
    ``backup_failed`` carries the path of the dossier and why its copy of the day was not made.
    """

    dossier_changed = Signal()
    data_changed = Signal(object)
    selection_changed = Signal(object)
    filter_changed = Signal(object)
    visible_range_changed = Signal(object)
    theme_changed = Signal()
    backup_failed = Signal(object, object)

    _changed_elsewhere = Signal()
    _found_aside = Signal(object, object, bool)

    def __init__(self, theme: Theme | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dossier: Dossier | None = None
        self.selection = Selection()
        self.filter = Filter()
        self.visible_range: VisibleRange | None = None
        self.origin: QObject | None = None
        """Who made the selection that is being told of, while ``selection_changed`` runs."""
        self.theme = theme or themes.load("light")
        self._held: Held = Rows()
        self._found: Ids | None = None
        self.is_counting = False
        """Whether what passes the filter are the first hits of a search, and the others follow."""
        self._accepted: dict[bool, Bools] = {}
        self._news = News()
        self._changed_elsewhere.connect(self._take_news)
        self._found_aside.connect(self._take)

    # ------------------------------------------------------------------ the dossier

    def open(self, dossier: Dossier | None) -> None:
        """Show another dossier, or none; the one shown before is closed."""
        if self.dossier is not None and self.dossier is not dossier:
            self.dossier.on_change.remove(self._tell)
            self._keep_arrays()
            self.dossier.close()
        self.dossier = dossier
        self.selection = Selection()
        self.filter = Filter()
        self.visible_range = None
        self._found = None
        self._news.follow(dossier)
        self._hold(Rows())
        if dossier is not None:
            dossier.on_change.append(self._tell)
            self._hold(Shown(dossier))
            Thread(target=self._back_up, args=(dossier,), daemon=True).start()
        self.dossier_changed.emit()
        self.data_changed.emit(Changes.everything())
        self.selection_changed.emit(self.selection)
        self.filter_changed.emit(self.filter)

    def refresh(self, changes: Changes) -> None:
        """Take over what was touched and tell the views.

        What an import wrote meanwhile may be much: that is read beside the window and shown then.
        """
        dossier = self.dossier
        if dossier is None:
            return
        ready, untold = self._news.take()
        held = self._held if isinstance(self._held, Shown) else None
        nearest = ready if is_newer(ready, held) else held
        if nearest is not None and is_far(dossier, nearest):
            self._news.put(dossier, ready, changes | untold)
            Thread(target=self._read_news, args=(dossier, Changes()), daemon=True).start()
            return
        shown = Shown(dossier, nearest)
        if ready is not None:
            ready.close()
        self._show(shown if held is None else shown.take_over(held), changes | untold)

    def _tell(self, changes: Changes) -> None:
        """A write is done; what another thread wrote is read there."""
        if QThread.currentThread() is self.thread():
            self.refresh(changes)
        elif self.dossier is not None:
            self._read_news(self.dossier, changes)

    def _read_news(self, dossier: Dossier, changes: Changes) -> None:
        self._news.read(dossier, self._held, changes)
        # The window may be closed meanwhile.
        with suppress(RuntimeError):
            self._changed_elsewhere.emit()

    def _take_news(self) -> None:
        ready, untold = self._news.take()
        held = self._held
        if is_newer(ready, held):
            self._show(ready.take_over(held) if isinstance(held, Shown) else ready, untold)
            return
        if ready is not None:
            ready.close()
            self._show(held, untold)
        elif untold != Changes():
            self.refresh(untold)

    def show_rows(self, rows: Rows, changes: Changes | None = None) -> None:
        """Show rows that are in memory; what is selected stays selected if it still exists."""
        self._show(rows, changes or Changes.everything())

    def _show(self, held: Held, changes: Changes) -> None:
        self._hold(held)
        self._search()
        self.data_changed.emit(changes)
        kept = self._existing(self.selection)
        if kept != self.selection:
            self.select(kept)

    def _hold(self, held: Held) -> None:
        if self._held is not held:
            self._held.close()
        self._held = held
        self._accepted = {}

    def _back_up(self, dossier: Dossier) -> None:
        """The copy of the day, made beside the window; without room for it work goes on."""
        # The window may be closed meanwhile.
        with suppress(RuntimeError):
            try:
                dossier.back_up_if_due()
            except DossierError as error:
                if not dossier.is_closed:
                    self.backup_failed.emit(dossier.path, error)

    def _keep_arrays(self) -> None:
        """Spare the next opening the making of the arrays, where that takes a while."""
        shown, dossier = self._held, self.dossier
        self._held.close()
        if isinstance(shown, Shown) and shown.worth_keeping and dossier and not dossier.read_only:
            # The dossier is whole without them.
            with suppress(DossierError):
                dossier.keep_columns(shown.columns)

    # ------------------------------------------------------------------ look-ups

    @property
    def columns(self) -> Columns:
        """All claims, events, mentions and relations as packed arrays, not to be changed."""
        return self._held.columns

    def articles(self) -> list[ArticleRow]:
        return list(self._held.articles)

    def article(self, article_id: int) -> ArticleRow:
        """Raises ``KeyError`` for an id that is not there, as all look-ups by id do."""
        return self._held.article_by_id[article_id]

    def sides(self) -> dict[SideKey, SideRow]:
        return dict(self._held.side_by_key)

    def actors(self) -> list[ActorRow]:
        return list(self._held.actors)

    def actor(self, actor_id: int) -> ActorRow:
        return self._held.actor_by_id[actor_id]

    def claims(self) -> list[ClaimRow]:
        """All claims as rows, rejected ones too: of a large dossier that takes many seconds."""
        return list(self._held.all_claims())

    def claim(self, claim_id: int) -> ClaimRow:
        return self._held.claim(claim_id)

    def prepare(self, claims: Collection[int], events: Collection[int] = ()) -> None:
        """Fetch rows that are about to be looked up one by one: at once they cost far less."""
        self._held.prepare(claims, events)

    def prepare_rows(self, events: Collection[int], claims: Collection[int]) -> bool:
        """Fetch some of what rows of events and of loose claims show; false if all is there."""
        return self._held.prepare_rows(events, claims)

    def claims_of_event(self, event_id: int) -> list[ClaimRow]:
        """In order of saying."""
        return list(self._held.claims_of_event(event_id))

    def claims_of_article(self, article_id: int) -> list[ClaimRow]:
        return list(self._held.claims_of_article(article_id))

    def events(self) -> list[EventRow]:
        """All events as rows, in order of time, undated ones last; slow as ``claims`` is."""
        return list(self._held.all_events())

    def event_row(self, event_id: int) -> EventRow:
        """Not named ``event``: Qt calls that one of every QObject."""
        return self._held.event(event_id)

    def relations(self) -> list[RelationRow]:
        """All relations as rows; slow as ``claims`` is."""
        return list(self._held.all_relations())

    def relations_of(self, claim_id: int) -> list[RelationRow]:
        """Relations from and to a claim."""
        return list(self._held.relations_of(claim_id))

    def relations_among(self, ids: Collection[int]) -> list[RelationRow]:
        """The relations of these ids that are there."""
        relations = self.columns.relations
        at = relations.places(sorted(ids))
        sources = relations.source[at[at >= 0]].tolist()
        found = {row.id: row for one in sources for row in self._held.relations_of(one)}
        return [found[one] for one in sorted(ids) if one in found]

    def one_sided_events(self) -> frozenset[int]:
        return self._held.one_sided_events

    def counts(self) -> DossierCounts:
        """How much there is that is not rejected."""
        columns = self.columns
        return DossierCounts(
            articles=len(self._held.articles),
            claims=int(np.count_nonzero(columns.claims.shown)),
            events=int(np.count_nonzero(columns.is_told)),
            relations=len(columns.relations),
            to_review=int(np.count_nonzero(columns.claims.review == SUGGESTED)),
        )

    # ------------------------------------------------------------------ what is shown

    def set_filter(self, new: Filter) -> None:
        """Show something else; in a large dossier words are looked for beside the window.

        ``filter_changed`` then follows when the first are found and, with ``is_counting`` false
        again, when all are.
        """
        if new == self.filter:
            return
        searched = new.text != self.filter.text
        self.filter = new
        self._accepted = {}
        if searched and self._search(aside=len(self.columns.claims) > SEARCHED_AT_ONCE):
            return
        self.filter_changed.emit(new)

    def set_visible_range(self, visible: VisibleRange | None) -> None:
        """Told by the timeline; ``None`` while it shows nothing."""
        if visible == self.visible_range:
            return
        self.visible_range = visible
        self.visible_range_changed.emit(visible)
        if self.filter.in_visible_range:
            self._accepted.pop(True, None)
            self.filter_changed.emit(self.filter)

    def accepted(self, *, anywhen: bool = False) -> Bools:
        """Which of ``columns.claims`` pass the shared filter and search; ``accepts`` for all.

        ``anywhen`` leaves aside whether the timeline shows their time.
        """
        in_time = self.filter.in_visible_range and not anywhen
        if in_time not in self._accepted:
            self._accepted[in_time] = accepted(
                self.columns,
                replace(self.filter, in_visible_range=in_time),
                self._sources(),
                self._found,
                self.visible_range,
            )
        return self._accepted[in_time]

    def count(self, chosen: Filter) -> int:
        """How many claims a filter other than the shared one would let through, words aside."""
        return int(np.count_nonzero(accepted(self.columns, chosen, visible=self.visible_range)))

    def narrated(self) -> Bools:
        """Which of ``columns.events`` are shown for an outlet's own telling of them."""
        return narrated(self.columns, self.filter, self._sources())

    def accepts(self, claim: ClaimRow) -> bool:
        """Whether a claim passes the shared filter and search. Rejected ones never do."""
        try:
            return bool(self.accepted()[self.columns.claims.place(claim.id)])
        except KeyError:
            return False

    def _sources(self) -> frozenset[int]:
        """The articles of the outlets that the filter asks for."""
        wanted = self.filter.sources
        return frozenset(row.id for row in self._held.articles if wanted and row.outlet in wanted)

    def _search(self, *, aside: bool = False) -> bool:
        """Find the claims that hold the words; true if that goes on in another thread."""
        words = self.filter.text.strip()
        self._accepted = {}
        self.is_counting = False
        dossier = self.dossier
        if not words:
            self._found = None
        elif dossier is not None and aside:
            Thread(target=self._find, args=(dossier, self.filter), daemon=True).start()
            return True
        elif dossier is not None:
            self._found = dossier.matching(words)
        else:
            folded = words.casefold()
            self._found = np.array(
                [row.id for row in self._held.all_claims() if folded in row.content.casefold()],
                np.int64,
            )
        return False

    def _find(self, dossier: Dossier, chosen: Filter) -> None:
        words = chosen.text.strip()
        # The window, or the dossier, may be closed meanwhile.
        with suppress(DossierError, RuntimeError):
            first = dossier.search(words, FIRST_HITS).claim_ids
            if len(first) == FIRST_HITS:
                self._found_aside.emit(chosen, np.array(sorted(first), np.int64), True)
            # Who types on asks for something else by now.
            if self.filter.text == chosen.text:
                self._found_aside.emit(chosen, dossier.matching(words), False)

    def _take(self, chosen: Filter, found: Ids, more: bool) -> None:
        """Take over what was found, unless something else is looked for by now; ``more`` follows
        where it is not all."""
        if chosen.text == self.filter.text:
            self._found, self.is_counting = found, more
            self._accepted = {}
            self.filter_changed.emit(self.filter)

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
        found = self._links_of(chosen.claim_id)
        if found is None:
            return chosen
        event_id, article_id = found
        return replace(
            chosen,
            event_id=event_id if chosen.event_id is None else chosen.event_id,
            article_id=article_id if chosen.article_id is None else chosen.article_id,
        )

    def _links_of(self, claim_id: int | None) -> tuple[int | None, int] | None:
        """A claim's event and article, if there is such a claim."""
        claims = self.columns.claims
        try:
            at = claims.place(claim_id or 0)
        except KeyError:
            return None
        return int(claims.event[at]) or None, int(claims.article[at])

    def _existing(self, chosen: Selection) -> Selection:
        if chosen.article_id is not None and chosen.article_id not in self._held.article_by_id:
            return Selection()
        found = self._links_of(chosen.claim_id)
        if found is not None:
            # An event may be another one after a re-assembly; the claim leads.
            return replace(chosen, event_id=found[0])
        columns = self.columns
        at = columns.events.places([chosen.event_id or 0])[0]
        gone = at < 0 or not columns.is_told[at]
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
        row = self._held.side_by_key.get(key)
        return row.name if row is not None and row.name else default_side_name(key)

    def _chosen_color(self, key: SideKey) -> str:
        row = self._held.side_by_key.get(key)
        if row is None:
            return ""
        return row.color_dark if self.theme.dark else row.color_light


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
