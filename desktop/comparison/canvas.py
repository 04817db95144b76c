"""The split view's own painted surface: lays out and draws only the rows in view."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from db.columns import RELATION_TYPES
from db.rows import ClaimRow
from desktop.comparison.ahead import Ahead
from desktop.comparison.cards import BAR, PADDING, line_limit, pill_width
from desktop.comparison.choice import Choice
from desktop.comparison.columns import Columns, columns_for
from desktop.comparison.facts import looked_at
from desktop.comparison.hits import Hits
from desktop.comparison.kit import forget
from desktop.comparison.listing import Listing, RowKind
from desktop.comparison.moves import Moves
from desktop.comparison.painting import Marked, RowPainter
from desktop.comparison.pointing import Pointing
from desktop.comparison.review import Review
from desktop.comparison.rowlayout import RowLayout, guesses, heading_of, lay_out_row
from desktop.comparison.scroll import Anchor
from desktop.comparison.voices import CardVoices
from desktop.session import Selection, Session
from desktop.vocabulary import name_of

KEPT_LAYOUTS = 160
LINE_STEP = 36


class ComparisonCanvas(QAbstractScrollArea):
    """Rows of events with the two sides' claims; one selection with the other views.

    Signals: ``opened`` (claim id) asks for a claim in the reader, ``edit_requested`` (claim id)
    and ``event_edit_requested`` (event id) to put right what is said of one. ``menu_requested``
    (claim id, global position) asks for a claim's menu, ``event_menu_requested`` (event id, global
    position) for an event's, ``link_menu_requested`` (relation ids, global position) for
    that of a link, ``act_requested``, ``note_requested`` and ``source_requested`` for a speech
    act, a note and who speaks, ``relate_requested`` (two claim ids, global position) for the
    choice of a relation. ``scrolled`` (heading of the day at the top) and ``columns_changed`` are
    for the header, ``rows_changed`` comes after the list of rows was made anew, ``marks_changed``
    (how many claims are marked) when others are marked.
    """

    opened = Signal(int)
    edit_requested = Signal(int)
    event_edit_requested = Signal(int)
    event_menu_requested = Signal(int, QPoint)
    menu_requested = Signal(int, QPoint)
    link_menu_requested = Signal(list, QPoint)
    act_requested = Signal()
    note_requested = Signal()
    source_requested = Signal()
    relate_requested = Signal(int, int, QPoint)
    scrolled = Signal(str)
    columns_changed = Signal()
    rows_changed = Signal()
    marks_changed = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.rows = Listing()
        self._looked = ""
        self._starting = True
        self._layouts: OrderedDict[int, RowLayout] = OrderedDict()
        self._expanded: set[int] = set()
        self._visible: list[tuple[int, float]] = []
        self._syncing = False
        self._marks_told = 0
        self._position = 0
        self._names: set[str] = set()
        self.columns = Columns(0, 0, 0, 0, 0, 0, 0)
        self._anchor = Anchor([], self._height)
        self.choice = Choice(self)
        self.review = Review(self)
        self.moves = Moves(self)
        self.hits = Hits(self)
        self.pointing = Pointing(self)
        self.voices = CardVoices(self)
        self._ahead = Ahead(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        # Every pixel is painted here; without this promise scrolling would draw them all again.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(LINE_STEP)
        self.setAcceptDrops(False)
        self.setAccessibleName(self.tr("Claims side by side"))
        session.selection_changed.connect(self._on_selection)
        session.theme_changed.connect(self.viewport().update)
        session.dossier_changed.connect(self._on_dossier)
        session.visible_range_changed.connect(self._start)
        self._make_columns()

    # ------------------------------------------------------------------ rows

    def reload(self) -> None:
        """Make the list of rows anew and keep what is looked at where it is."""
        kept = self._key_at_top()
        known = [(self.rows[at], self._anchor.height_of(at)) for at in self._anchor.measured]
        self.rows = Listing(self.session)
        self._looked = looked_at(self.session, self.rows.year)
        self._layouts.clear()
        self.pointing.hovered = None
        kinds = np.flatnonzero(np.bincount(self.session.columns.relations.type))
        names = {name_of(RELATION_TYPES[kind]) for kind in kinds}
        if names != self._names:
            self._names = names
            self._make_columns()
        self._anchor = Anchor(guesses(self.rows, known), self._height)
        place = self.rows.place_of(*kept[0]) if kept is not None else None
        if kept is not None and place is not None:
            self._anchor.move_to(place, kept[1])
        self.choice.keep_existing()
        self._arrange()
        self._start()
        self.rows_changed.emit()

    def _on_dossier(self) -> None:
        self._starting = True
        self._visible = []
        self._expanded.clear()
        self.choice.clear()

    def _start(self, _: object = None) -> None:
        """A dossier just opened begins with what is chosen, or else where the timeline does."""
        visible = self.session.visible_range
        if not self._starting or visible is None or not self.rows:
            return
        chosen = self.session.selection
        if self.index_of(chosen.claim_id, chosen.event_id) is not None:
            self.show_chosen()
            return
        first = self.rows.first_within(*visible)
        if first is not None:
            # The header tells the day already; one pixel hides the row's own line.
            self._anchor.move_to(first, self.layout_of(first).line + 1.0)
            self._arrange()

    def _key_at_top(self) -> tuple[tuple[RowKind, int], float] | None:
        """The first row that begins in view, else the first in it, with what of it is above."""
        inside = [place for place in self._visible if place[1] >= 0] or self._visible
        for index, top in inside[:1]:
            if index < len(self.rows):
                return (self.rows[index].kind, self.rows[index].id), -top
        return None

    def layout_of(self, index: int) -> RowLayout:
        """A row's layout, made when it is first asked for."""
        layout = self._layouts.get(index)
        if layout is None:
            row = self.rows[index]
            layout = lay_out_row(
                self.session,
                row,
                self.columns,
                expanded=row.id in self._expanded,
                year=self.rows.year,
                looked=self._looked,
                chosen=self.session.selection.claim_id,
            )
            self._layouts[index] = layout
            while len(self._layouts) > KEPT_LAYOUTS:
                self._layouts.popitem(last=False)
        else:
            self._layouts.move_to_end(index)
        return layout

    def _height(self, index: int) -> float:
        return self.layout_of(index).height

    def index_of(self, claim_id: int | None, event_id: int | None) -> int | None:
        """The row that a claim or an event stands in, if it is shown."""
        if claim_id is not None:
            try:
                event_id = self.session.claim(claim_id).event_id
            except KeyError:
                return None
            if event_id is None:
                return self.rows.place_of(RowKind.CLAIM, claim_id)
        return None if event_id is None else self.rows.place_of(RowKind.EVENT, event_id)

    # ------------------------------------------------------------------ scrolling

    def _make_columns(self) -> None:
        widest_card = line_limit() + BAR + 2 * PADDING
        widest_name = max((pill_width(name) for name in self._names), default=0.0)
        width = max(self.viewport().width(), 1)
        self.columns = columns_for(width, widest_card, widest_name)
        self._layouts.clear()
        self.columns_changed.emit()

    def _arrange(self, *, scrolled: bool = False) -> None:
        """Lay out what is in view and bring the scroll bar in line with it.

        ``scrolled`` promises that nothing but the place has changed.
        """
        view = float(self.viewport().height())
        before, self._visible = self._visible, self._anchor.visible(view)
        bar = self.verticalScrollBar()
        self._syncing = True
        try:
            if not bar.isSliderDown():
                bar.setPageStep(int(view))
                bar.setRange(0, max(0, round(self._anchor.total - view)))
                bar.setValue(round(self._anchor.position))
            self._position = bar.value()
        finally:
            self._syncing = False
        if not (scrolled and self._shift(before)):
            self.viewport().update()
        self.voices.follow()
        self._ahead.follow()
        self.scrolled.emit(heading_of(self.rows[self._visible[0][0]]) if self._visible else "")

    def scroll_to(self, index: int, rect: QRectF | None = None) -> None:
        """Bring a row, or a part of it, into view; nothing moves if it is there already."""
        layout = self.layout_of(index)
        target = rect or QRectF(0, 0, 1, layout.height)
        view = self.viewport().height()
        top = self._top_of(index)
        if top is not None and top + target.top() >= 0 and top + target.bottom() <= view:
            return
        if layout.height <= view:
            into = -max(0.0, min((view - layout.height) / 3, 60.0))
        else:
            # One pixel hides the row's own line, which the header has already.
            into = max(1.0, target.top() - view / 4)
        self._anchor.move_to(index, into)
        self._arrange()

    def _shift(self, before: list[tuple[int, float]]) -> bool:
        """Move the pixels that stay in view, so that only the rest is drawn; false if none do."""
        tops = dict(before)
        moved = next((top - tops[row] for row, top in self._visible if row in tops), None)
        ratio = self.devicePixelRatioF()
        if moved is None or moved != round(moved) or ratio != round(ratio):
            return False
        self.viewport().scroll(0, round(moved))
        return True

    def _top_of(self, index: int) -> float | None:
        return next((top for row, top in self._visible if row == index), None)

    def scroll_page(self, direction: int) -> None:
        self._anchor.move_by(direction * 0.9 * self.viewport().height())
        self._arrange()

    def visible_rows(self) -> list[tuple[int, float]]:
        """Indices of the rows in view with the top of each in the viewport."""
        return list(self._visible)

    # ------------------------------------------------------------------ selection

    def choose(self, claim: ClaimRow, *, marking: bool = False) -> None:
        """Select a claim, tell of it, and keep it in view; ``marking`` leaves the marks."""
        if not marking:
            self.clear_marks()
        span = claim.content_spans[0] if claim.content_spans else claim.cue_span
        self.session.select(
            Selection(claim.event_id, claim.id, claim.article_id, span), origin=self
        )
        self.show_chosen()

    def clear_marks(self) -> None:
        if self.choice.clear():
            self.viewport().update()

    def choose_event(self, event_id: int) -> None:
        self.clear_marks()
        self.session.select(Selection(event_id=event_id), origin=self)

    def _on_selection(self, selection: Selection) -> None:
        # A choice made here does not move what the hand is on.
        if self.session.origin is not self:
            self.choice.clear()
            self.show_chosen()
        self.viewport().update()
        if selection.claim_id is not None:
            self.voices.announce(selection.claim_id)

    def show_chosen(self) -> None:
        """Bring what is chosen into view, unless it is there."""
        selection = self.session.selection
        index = self.index_of(selection.claim_id, selection.event_id)
        if index is None:
            return
        rect = None
        if selection.claim_id is not None:
            placed = self.layout_of(index).card_of(selection.claim_id)
            if placed is None and self.layout_of(index).folds:
                # The row was laid out around another one of its many claims.
                self._layouts.pop(index)
                self._arrange()
                placed = self.layout_of(index).card_of(selection.claim_id)
            if placed is None:
                # It is one of the third parties that are folded away.
                self.expand(index, True)
                placed = self.layout_of(index).card_of(selection.claim_id)
            if placed is not None:
                rect = placed.rect.adjusted(0, -8, 0, 8)
        self.scroll_to(index, rect)

    def expand(self, index: int, expanded: bool) -> None:
        """Fold out or in what a row does not show at first."""
        row_id = self.rows[index].id
        if expanded:
            self._expanded.add(row_id)
        else:
            self._expanded.discard(row_id)
        self._layouts.pop(index, None)
        self._arrange()

    # ------------------------------------------------------------------ Qt

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointing.hover(None, False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        exposed = QRectF(event.rect())
        if self.rows and self.session.visible_range is not None:
            self._starting = False
        painter.fillRect(exposed, self.session.theme.panel)
        selection = self.session.selection
        marked = Marked(
            selection.claim_id,
            selection.event_id,
            self.pointing.hovered,
            self.hasFocus(),
            frozenset(self.choice.marked),
        )
        rows = RowPainter(painter, self.session, self.columns, marked)
        for index, top in self._visible:
            layout = self.layout_of(index)
            if top < exposed.bottom() and top + layout.height > exposed.top():
                rows.draw(layout, top, exposed)
        self.pointing.draw(painter)
        painter.end()
        if len(self.choice.marked) != self._marks_told:
            self._marks_told = len(self.choice.marked)
            self.marks_changed.emit(self._marks_told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._make_columns()
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._syncing:
            return
        bar = self.verticalScrollBar()
        value = bar.value()
        distance = value - self._position
        if abs(distance) <= 2 * self.viewport().height():
            self._anchor.move_by(distance)
        elif value >= bar.maximum():
            self._anchor.jump_to_end(float(self.viewport().height()))
        else:
            self._anchor.jump(float(value))
        self._arrange(scrolled=True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            forget()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.rows:
            self._make_columns()
            self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointing.moved(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointing.pressed(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointing.released(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointing.double_clicked(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.pointing.asked_for_menu(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self.pointing.cancelled(event) or self.moves.handle(event)):
            super().keyPressEvent(event)
