"""The timeline as a view of the session: surface, overview strip, tray and the way about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from threading import Thread

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.changes import Changes
from db.columns import Columns
from desktop.session import Filter, Selection, Session
from desktop.timeline import moves
from desktop.timeline.bar import TimelineBar
from desktop.timeline.builder import Made
from desktop.timeline.canvas import FULL, WARM_MS, Canvas
from desktop.timeline.clocks import Clocks, anchor
from desktop.timeline.data import TimelineData, Zone
from desktop.timeline.dates import room_around, stretch
from desktop.timeline.describe import spoken, tooltip
from desktop.timeline.filtering import after_change, every, narrated, passing
from desktop.timeline.grouping import grouped
from desktop.timeline.hidden import Hidden
from desktop.timeline.index import Bools
from desktop.timeline.keys import Keys
from desktop.timeline.labels import warm
from desktop.timeline.legendpopup import LegendPopup
from desktop.timeline.menu import TimelineMenu
from desktop.timeline.overview import Overview
from desktop.timeline.patching import Patch
from desktop.timeline.pins import PinBoard
from desktop.timeline.renewing import reselected
from desktop.timeline.scale import TimeScale, to_datetime, to_days
from desktop.timeline.style import TimelineStyle
from desktop.timeline.views import Views
from desktop.timeline.words import empty_words
from extraction.model import SideKey

SETTLED_MS = 500
"""A view that stays so long is one to come back to."""

TOLD_MS = 80
"""The other views hear of the visible range at most this often."""


class TimelineView(QWidget):
    """``opened`` carries a ``Selection`` that the user wants to read in its article.

    ``swap_asked`` wants A to become B and B to become A; ``failed`` carries an exception.
    """

    opened = Signal(object)
    announced = Signal(str)
    failed = Signal(object)
    swap_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.data = self._shown = self.every_mark = TimelineData.empty()
        self._kept: Bools | None = None
        self._made_of: Columns | None = None
        self._labels: Made = {}
        self._history = moves.ViewHistory()
        self._by_hand = False
        self._used_filter: Filter | None = None
        self._styled: tuple[TimelineStyle, dict[Zone, str]] | None = None
        self.hidden = Hidden(self)
        self.menu = TimelineMenu(self)
        self.folded: frozenset[Zone] = frozenset()
        self._keys = Keys(self)
        self.bar = TimelineBar()
        self.canvas = Canvas()
        self.canvas.setAccessibleName(self.tr("Timeline"))
        self.canvas.describe = lambda hit: tooltip(session, self.data, hit)
        self.overview = Overview()
        self._settle = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settle.timeout.connect(self._settle_now)
        self._tell = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._tell.timeout.connect(self._tell_range)
        self._lay_out()
        # after the panels: a menu that comes first takes the view out of their focus chain
        self.clocks = Clocks(self)
        self.views = Views(self)
        self.pins = PinBoard(self)
        for menu in (self.clocks.menu, self.views.menu):
            # The keys go on where the choice is seen, not on the button.
            menu.triggered.connect(lambda _: self.canvas.setFocus())
        self._connect()
        self.setFocusProxy(self.canvas)
        self._on_theme()
        self.rebuild()
        # While the welcome is read: a tenth of a second that the first picture would else take.
        QTimer.singleShot(WARM_MS, self, lambda: Thread(target=warm, daemon=True).start())

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 12, 6)
        below.addWidget(self.overview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(below)

    def _connect(self) -> None:
        session, canvas, bar = self.session, self.canvas, self.bar
        session.data_changed.connect(self._on_data)
        session.dossier_changed.connect(self._on_dossier)
        session.filter_changed.connect(self._on_filter)
        session.selection_changed.connect(self._on_selection)
        session.theme_changed.connect(self._on_theme)
        canvas.range_changed.connect(self._on_range)
        canvas.picked.connect(self._on_picked)
        canvas.opened.connect(self.open_mark)
        canvas.counter_picked.connect(self.hidden.open)
        canvas.menu_asked.connect(self.menu.open)
        canvas.boxed.connect(self.show_by_hand)
        canvas.key_pressed.connect(self._keys.press)
        canvas.moved_by_hand.connect(self._on_moved_by_hand)
        self.overview.range_wanted.connect(self._on_range_wanted)
        bar.clock_button.setMenu(self.clocks.menu)
        bar.view_button.setMenu(self.views.menu)
        bar.back.connect(self.back)
        bar.forward.connect(self.forward)
        bar.zoomed.connect(self._zoom)
        bar.fit.connect(self.fit)
        bar.date_entered.connect(self.go_to)
        bar.date_left.connect(self.canvas.setFocus)
        bar.undated.connect(self.open_tray)
        bar.legend.connect(self.show_legend)

    # ------------------------------------------------------------------ what the window may ask

    def fit(self) -> None:
        """Show the dense part of what there is; what lies outside is told at the edges."""
        dense = self.data.dense
        if dense is not None:
            self.canvas.fit(*dense, animated=True)
        self._by_hand = False

    def fit_selection(self) -> None:
        """Show the selected marks, and what is linked to them, as large as they fit."""
        chosen = self._chosen_marks(self.session.selection)
        if chosen:
            self.canvas.fit(*moves.around(self.data, chosen), animated=True)
            self._by_hand = True

    def zoom_in(self) -> None:
        self._zoom(0.6)

    def zoom_out(self) -> None:
        self._zoom(1 / 0.6)

    def ask_date(self) -> None:
        """Put the cursor into the field for a date."""
        self.bar.field.setFocus()
        self.bar.field.selectAll()

    def go_to(self, text: str) -> bool:
        """Show a date in words or figures; the field says where it is not understood."""
        found = stretch(text, anchor(self.session, self.clocks.known_on))
        within = found is not None and found[0] >= FULL[0] and found[1] <= FULL[1]
        self.bar.mark_understood(within or not text.strip())
        if found is None or not within:
            if text.strip():
                words = self.tr("No date is found in “{text}”")
                if found is not None:
                    words = self.tr("“{text}” lies beyond what the axis can show")
                self._announce(words.format(text=text))
            return False
        self.show_by_hand(*room_around(*found))
        self.canvas.setFocus()
        return True

    def back(self) -> None:
        """The view before."""
        self._settle_now()
        self._show_remembered(self._history.back())

    def forward(self) -> None:
        self._show_remembered(self._history.forward())

    def open_tray(self) -> None:
        """List the claims without a known time."""
        self.hidden.open_tray()

    def show_legend(self) -> None:
        """Say what the marks mean, beside the button for it."""
        pinned = bool(self.pins.shown)
        popup = LegendPopup(self.style_shown, self.every_mark, self.session, self, pinned=pinned)
        popup.open_below(self.bar.legend_button)

    def set_folded(self, zone: Zone, folded: bool) -> None:
        """Show only a side's name, or all of it again."""
        self.folded = self.folded | {zone} if folded else self.folded - {zone}
        self.canvas.set_folded(self.folded)

    def show_by_hand(self, start: float, end: float) -> None:
        """Show a stretch, in days, as the user's own choice: back leads to the view before."""
        self._settle_now()
        self._by_hand = True
        self.canvas.show_range(start, end, animated=True)

    @property
    def style_shown(self) -> TimelineStyle:
        session = self.session
        return TimelineStyle.of(session.theme, session.side_color, session.side_tint)

    @property
    def names(self) -> dict[Zone, str]:
        return {
            Zone.ABOVE: self.session.side_name(SideKey.A),
            Zone.BELOW: self.session.side_name(SideKey.B),
            Zone.BAND: self.session.side_name(SideKey.THIRD),
        }

    # ------------------------------------------------------------------ from the session

    def _on_dossier(self) -> None:
        self._history.clear()
        self._by_hand = False
        self._used_filter = None
        self._made_of = None
        self._labels.clear()
        self.clocks.reset()
        self.pins.read(anew=True)

    def _on_data(self, changes: Changes) -> None:
        if changes.sides or changes.dossier:
            # Texts and pictures in the style are kept where it is the same.
            if self._styled != (self.style_shown, self.names):
                self._on_theme()
            self.pins.read()
        if changes.claims or changes.events or changes.relations:
            self.rebuild()

    def _on_filter(self, new: Filter) -> None:
        # The timeline makes the visible range, so it is not itself filtered by it.
        used = replace(new, in_visible_range=False)
        if used != self._used_filter:
            self._refilter()

    def rebuild(self, *, refit: bool = False) -> None:
        """Read the session anew, in the clock at hand; ``refit`` shows it from its begin to end."""
        by_telling, patch = self.clocks.by_telling, None
        if self._made_of is not None and not by_telling:
            patch = after_change(self.session, self.every_mark, self._made_of, self._labels)
        if patch is not None:
            self.every_mark = patch.data
        else:
            self.every_mark = every(self.session, by_telling=by_telling, made=self._labels)
        self._made_of = None if by_telling else self.session.columns
        self._by_hand = self._by_hand and not refit
        self._refilter(patch)

    def _select(self, patch: Patch | None) -> TimelineData:
        """What of all marks passes the filter; after a small change only that is looked at."""
        keep, undated = passing(self.session, self.every_mark, self.clocks.known_on)
        found = None
        if patch is not None and self._kept is not None and not keep.all():
            found = reselected(self._shown, self._kept, patch, keep)
        self._kept = keep
        self._shown = (
            found.other(undated=undated) if found else self.every_mark.select(keep, undated)
        )
        return self._shown

    def _refilter(self, patch: Patch | None = None) -> None:
        self._used_filter = replace(self.session.filter, in_visible_range=False)
        was_empty = not self.data.size
        self.data = grouped(self.session, self._select(patch), self.views.lanes)
        self.canvas.set_known(self.clocks.cursor)
        self.bar.set_clock(self.clocks.words, self.clocks.name)
        self.canvas.set_now(to_days(datetime.now()))
        self.canvas.set_data(self.data, self.pins.marks, corrected=patch is not None)
        # A search ticks its hits among all that there is.
        searched = bool(self.session.filter.text.strip())
        self.overview.set_data(self.every_mark if searched else self.data)
        self.overview.set_hits(self.data.starts if searched else None)
        self.bar.set_undated(len(self.data.undated))
        self.canvas.set_empty(empty_words(self.session, self.data))
        self._show_selection()
        self.bar.set_range(self.canvas.scale_shown if self.data.size else None)
        dense = self.data.dense
        stays = self._by_hand or patch is not None
        if dense is not None and (was_empty or not stays):
            self.canvas.fit(*dense)
        self._tell.start()

    def regroup(self) -> None:
        """Part the sides into other lanes; a window that was chosen by hand stays where it is."""
        self.data = grouped(self.session, self.data, self.views.lanes)
        self.canvas.set_data(self.data, self.pins.marks)
        self._show_selection()
        dense = self.data.dense
        if dense is not None and not self._by_hand:
            self.canvas.fit(*dense)

    def _on_theme(self) -> None:
        style, names = self._styled = self.style_shown, self.names
        self.canvas.set_style(style, names)
        self.overview.set_style(style)
        self.bar.set_style(style)

    def _on_selection(self, selection: Selection) -> None:
        self._show_selection()
        chosen = self._chosen_marks(selection)
        if chosen and self.session.origin is not self:
            self.bring_into_view(chosen[0])

    def _show_selection(self) -> None:
        chosen = self.session.selection
        marks = frozenset(self._chosen_marks(chosen))
        self.canvas.set_selected(chosen.claim_id, chosen.event_id, marks)
        self.bar.set_places(self._history.can_go_back, self._history.can_go_forward)

    def _chosen_marks(self, selection: Selection) -> list[int]:
        data = self.data
        if selection.claim_id is not None:
            index = data.index_of_claim.get(selection.claim_id)
            return [] if index is None else [index]
        if selection.event_id is not None:
            return [int(i) for i in data.of_event(selection.event_id)]
        return []

    def bring_into_view(self, index: int) -> None:
        """Move, without a change of zoom, only where the mark cannot be seen well enough."""
        zone = Zone(int(self.data.zone[index]))
        if zone in self.folded:
            self.set_folded(zone, False)
        scale = self.canvas.scale_shown
        start, end = float(self.data.start[index]), float(self.data.end[index])
        left, right = scale.x(start), scale.x(end)
        margin = min(40.0, scale.width / 10)
        if left >= margin and right <= scale.width - margin:
            return
        if right - left > scale.width / 2 and left < scale.width * 0.6 and right > margin * 2:
            return
        if right - left < scale.width - 2 * margin:
            middle = (start + end) / 2
            first = middle - scale.span / 2
        else:
            first = start - scale.span * 0.15
        # Where the user chose to be a correction or an import leaves them.
        self._by_hand = True
        self.canvas.show_range(first, first + scale.span, animated=True)

    # ------------------------------------------------------------------ from the surface

    def _on_range(self, scale: TimeScale) -> None:
        self.overview.set_range(scale.start, scale.end)
        self.bar.set_range(scale if self.data.size else None)
        self._settle.start()
        if not self._tell.isActive():
            self._tell.start()

    def _tell_range(self) -> None:
        scale = self.canvas.scale_shown
        if not self.data.size:
            self.session.set_visible_range(None)
            return
        self.session.set_visible_range((to_datetime(scale.start), to_datetime(scale.end)))

    def _on_range_wanted(self, start: float, end: float) -> None:
        self._on_moved_by_hand()
        self.canvas.show_range(start, end)

    def _on_moved_by_hand(self) -> None:
        self._by_hand = True

    def _zoom(self, factor: float) -> None:
        self._by_hand = True
        self.canvas.zoom(factor)

    def _settle_now(self) -> None:
        self._settle.stop()
        scale = self.canvas.scale_shown
        self._history.settle(scale.start, scale.end)
        self.bar.set_places(self._history.can_go_back, self._history.can_go_forward)

    def _show_remembered(self, view: tuple[float, float] | None) -> None:
        if view is not None:
            self._by_hand = True
            self.canvas.show_range(*view, animated=True)
        self.bar.set_places(self._history.can_go_back, self._history.can_go_forward)

    def _selection_of(self, index: int) -> Selection:
        claim_id, event_id = int(self.data.claim_id[index]), int(self.data.event_id[index])
        if claim_id >= 0:
            return Selection(claim_id=claim_id)
        return narrated(self.session, event_id, float(self.data.start[index]))

    def choose(self, index: int | None) -> None:
        """Select a mark for all views, or nothing, and say what it is."""
        self.session.select(Selection() if index is None else self._selection_of(index), self)
        if index is not None:
            pinned = self.pins.is_pinned(index)
            self._announce(spoken(self.session, self.data, index, pinned=pinned))

    def _on_picked(self, index: int) -> None:
        self.choose(None if index < 0 else index)

    def open_mark(self, index: int) -> None:
        """Choose a mark and ask the window to show it in its article."""
        self.choose(index)
        self.opened.emit(self.session.selection)

    # ------------------------------------------------------------------ for the keyboard

    @property
    def current(self) -> int | None:
        """The selected mark, the first of an event's."""
        chosen = self._chosen_marks(self.session.selection)
        return chosen[0] if chosen else None

    def first_in_view(self) -> int | None:
        """The earliest mark that is drawn."""
        return min((mark.index for mark in self.canvas.frame_shown.marks), default=None)

    def open_selected(self) -> None:
        """Ask the window to show the selected claim in its article."""
        if self.current is not None:
            self.opened.emit(self.session.selection)

    # ------------------------------------------------------------------ for who hears the screen

    def _announce(self, text: str) -> None:
        self.canvas.setAccessibleDescription(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.canvas, text))
        self.announced.emit(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LocaleChange, QEvent.Type.LanguageChange):
            self._on_theme()
            self._labels.clear()
            self.rebuild()
        super().changeEvent(event)
