"""The split view: what one side says, what the other says, event by event."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.changes import Changes
from db.rows import EventRow
from desktop.amounts import number_in_words
from desktop.comparison.canvas import ComparisonCanvas
from desktop.comparison.facts import speaker_of, with_provenance
from desktop.comparison.header import ColumnHeader
from desktop.comparison.listing import RowKind
from desktop.comparison.menus import Menus
from desktop.comparison.note import NoteDialog
from desktop.comparison.source import SourceDialog
from desktop.comparison.words import shortened, words_of
from desktop.editing.claimform import ClaimForm
from desktop.editing.eventform import EventForm
from desktop.messages import counted
from desktop.session import Filter, Session
from desktop.theme import Size, font

AT_ONCE = 3000
"""Events up to which a change of the filter is followed at once."""

SOON_MS = 80
SIDE, GAP = 14, 12
EMPTY_WIDTH = 420
NEAR = 10
"""Rows on either side that are offered as the event of a claim."""


class ComparisonView(QWidget):
    """Events as rows, one side at the left, the other at the right, links between.

    ``reader_requested`` and ``timeline_requested`` (claim id) ask the window to bring those
    views to the front; the selection itself goes through the session. ``versions_requested``
    (article id) asks for what an outlet changed. ``failed`` carries a
    ``DossierError`` of a decision that could not be kept.
    """

    reader_requested = Signal(int)
    timeline_requested = Signal(int)
    versions_requested = Signal(int)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.canvas = ComparisonCanvas(session)
        self.review = self.canvas.review
        self.menus = Menus(self)
        self.header = ColumnHeader(self.canvas)
        self.next_button = QToolButton()
        self.next_button.setAutoRaise(True)
        self.next_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.next_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.next_button.setToolTip(
            self.tr(
                "Go to the next claim to review (N, back with Shift+N)\n"
                "A accepts, R rejects, U takes back\n"
                "Enter edits all that is said of it, O shows it in the reader\n"
                "E changes the speech act, W who says it, 1 2 3 0 the side\n"
                "S stars, M writes a note\n"
                "Ctrl or Shift with a click, Shift with an arrow: several at once"
            )
        )
        self.in_range = QCheckBox(self.tr("Only what the timeline shows"))
        self.in_range.setAccessibleName(self.in_range.text())
        self.in_range.setToolTip(self.in_range.text())
        self._count = QLabel()
        self._marks = QLabel()
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMaximumWidth(EMPTY_WIDTH)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.canvas.reload)
        self._arrange()
        self.setFocusProxy(self.canvas)
        self.canvas.opened.connect(self.open)
        self.canvas.edit_requested.connect(self.edit)
        self.canvas.event_edit_requested.connect(self.edit_event)
        self.canvas.event_menu_requested.connect(self._show_event_menu)
        self.canvas.menu_requested.connect(self._show_menu)
        self.canvas.link_menu_requested.connect(self._show_link_menu)
        self.canvas.act_requested.connect(self._show_acts)
        self.canvas.note_requested.connect(self.ask_note)
        self.canvas.source_requested.connect(self.ask_source)
        self.canvas.relate_requested.connect(self._show_kinds)
        self.review.failed.connect(self.failed)
        self.next_button.clicked.connect(lambda: self._go_on())
        self.canvas.rows_changed.connect(self._tell)
        self.canvas.marks_changed.connect(self._tell_marks)
        self.in_range.toggled.connect(self._set_in_range)
        session.data_changed.connect(self._on_data)
        session.filter_changed.connect(self._on_filter)
        session.theme_changed.connect(self._dress)
        self._dress()
        self._on_filter(session.filter)

    def _arrange(self) -> None:
        body = QWidget()
        top = QHBoxLayout()
        top.setContentsMargins(SIDE, 4, SIDE, 0)
        top.setSpacing(GAP)
        top.addWidget(self._count)
        top.addWidget(self.next_button)
        top.addWidget(self._marks)
        top.addStretch(1)
        top.addWidget(self.in_range)
        self._pages = QStackedWidget()
        filled = QVBoxLayout(body)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(0)
        filled.addWidget(self.header)
        filled.addWidget(self.canvas, 1)
        self._body = body
        self._pages.addWidget(body)
        around = QWidget()
        centred = QHBoxLayout(around)
        centred.setContentsMargins(24, 24, 24, 24)
        centred.addWidget(self._empty)
        self._vacant = around
        self._pages.addWidget(around)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._pages, 1)
        # Last among the children: who comes to this panel by key wants the claims first.
        self.next_button.raise_()
        self.in_range.raise_()

    def _dress(self) -> None:
        self._count.setFont(font(Size.CAPTION))
        self._marks.setFont(font(Size.CAPTION))
        self.in_range.setFont(font(Size.CAPTION))
        self.next_button.setFont(font(Size.CAPTION, strong=True))
        theme = self.session.theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.panel)
        palette.setColor(palette.ColorRole.WindowText, theme.muted)
        self._count.setPalette(palette)
        self._empty.setPalette(palette)
        self.setPalette(palette)
        self.setAutoFillBackground(True)

    # ------------------------------------------------------------------ what is shown

    def _on_data(self, changes: Changes) -> None:
        if changes == Changes(dossier=True):
            return
        self.canvas.reload()
        self.header.update()

    def _on_filter(self, chosen: Filter) -> None:
        self.in_range.setChecked(chosen.in_visible_range)
        if len(self.session.columns.events) > AT_ONCE:
            # While the timeline is dragged, many changes come one upon the other.
            self._soon.start()
        else:
            self.canvas.reload()

    def _set_in_range(self, on: bool) -> None:
        self.session.set_filter(replace(self.session.filter, in_visible_range=on))

    def _tell(self) -> None:
        rows = self.canvas.rows
        events, claims = rows.events, rows.passing
        parts = (
            counted(events, self.tr("event")),
            counted(claims, self.tr("claim")),
        )
        words = ", ".join(parts) if rows else ""
        if words and self.session.is_counting:
            words = self.tr("{count} so far").format(count=words)
        self._count.setText(words)
        left = rows.to_review
        words = (
            self.tr("{count} to review").format(count=number_in_words(left))
            if left
            else self.tr("all reviewed")
        )
        self.next_button.setText(words)
        self.next_button.setAccessibleName(self.tr("{count}, go to the next").format(count=words))
        self.next_button.setEnabled(bool(left))
        self.next_button.setVisible(bool(claims))
        self._fit_words()
        self._empty.setText("" if rows else self._invitation())
        columns = self.session.columns
        self.in_range.setVisible(bool(columns.is_told.any() or len(columns.claims)))
        self._pages.setCurrentWidget(self._body if rows else self._vacant)

    def _tell_marks(self, count: int) -> None:
        """How many claims the next decision is for, where it is more than one."""
        words = self.tr("{count} marked (Esc clears)").format(count=count) if count > 1 else ""
        self._marks.setText(words)

    def _invitation(self) -> str:
        """What to do while there is nothing to show."""
        session = self.session
        if not session.articles():
            return self.tr(
                "Drop articles here, or choose File > Import. What each side says will stand "
                "side by side, event by event."
            )
        if not len(session.columns.claims) and not session.columns.is_told.any():
            return self.tr(
                "No claims were found in the articles imported. Open one in the reader to see "
                "what it holds, or import articles that quote the parties."
            )
        if session.filter.in_visible_range:
            return self.tr(
                "Nothing falls into what the timeline shows. Zoom the timeline out, or clear "
                "“Only what the timeline shows”."
            )
        if words := session.filter.text.strip():
            return self.tr(
                "No claim holds “{words}”. Empty the search (Esc in its line) to see all."
            ).format(words=words)
        if session.filter != Filter():
            return self.tr("Nothing passes the filter. Clear it in the library.")
        return self.tr("All claims are rejected. Undo brings them back.")

    # ------------------------------------------------------------------ doing

    def _go_on(self) -> None:
        """To the next claim to review, with the keyboard where its keys are heard."""
        self.review.next()
        self.canvas.setFocus()

    def open(self, claim_id: int) -> None:
        """Show a claim in the reader."""
        self.canvas.choose(self.session.claim(claim_id))
        self.reader_requested.emit(claim_id)

    def edit(self, claim_id: int) -> ClaimForm | None:
        """Put right what is said of a claim; where that is not allowed the reader shows it."""
        claim = self.session.claim(claim_id)
        self.canvas.choose(claim)
        if not self.review.allowed():
            self.reader_requested.emit(claim_id)
            return None
        form = ClaimForm(self.session, claim, self.events_near(claim.event_id), self)
        form.accepted_edits.connect(
            lambda edits: self.review.write(self.tr("Edit claim"), edits, [claim_id])
        )
        form.open()
        return form

    def edit_event(self, event_id: int) -> EventForm | None:
        """Put right what an event is called and when it happened."""
        if not self.review.allowed():
            return None
        event = self.session.event_row(event_id)
        claims = self.session.claims_of_event(event_id)
        said = next((claim.said.earliest for claim in claims if claim.said is not None), None)
        form = EventForm(event, said or datetime.now(), self)
        form.accepted_edits.connect(lambda edits: self.review.write(self.tr("Edit event"), edits))
        form.open()
        return form

    def events_near(self, event_id: int | None) -> list[EventRow]:
        """Events shown around one, that one first and the others by how near they stand."""
        rows = self.canvas.rows
        place = rows.place_of(RowKind.EVENT, event_id) if event_id is not None else None
        middle = place if place is not None else 0
        around = sorted(
            range(max(0, middle - NEAR), min(len(rows), middle + NEAR + 1)),
            key=lambda at: abs(at - middle),
        )
        found = [rows[at].id for at in around if rows[at].kind is RowKind.EVENT]
        return [self.session.event_row(one) for one in found]

    def copy(self, claim_id: int) -> None:
        """Put a claim with its provenance on the clipboard."""
        QGuiApplication.clipboard().setText(
            with_provenance(self.session, self.session.claim(claim_id))
        )

    def ask_note(self) -> NoteDialog | None:
        """Ask for the note on the chosen claims; an empty one takes it away."""
        targets = self.canvas.choice.targets()
        if not targets or not self.review.allowed():
            return None
        last = self.session.claim(targets[-1])
        dialog = NoteDialog(self._about(targets), last.note, self)
        dialog.written.connect(lambda note: self.review.write_note(targets, note))
        dialog.open()
        return dialog

    def ask_source(self) -> SourceDialog | None:
        """Ask who makes the chosen claims."""
        targets = self.canvas.choice.targets()
        if not targets or not self.review.allowed():
            return None
        name = self.session.claim(targets[-1]).speaker
        dialog = SourceDialog(self.session, self._about(targets), name, self)
        dialog.chosen.connect(lambda actor, typed: self.review.change_source(targets, actor, typed))
        dialog.open()
        return dialog

    def _about(self, claim_ids: list[int]) -> str:
        """Which claims a dialog is for."""
        if len(claim_ids) > 1:
            return self.tr("On {count} claims").format(count=len(claim_ids))
        claim = self.session.claim(claim_ids[0])
        return f"{speaker_of(claim)}: {shortened(words_of(claim))}"

    def _show_menu(self, claim_id: int, position: QPoint) -> None:
        if claim_id not in self.canvas.choice.marked:
            self.canvas.choose(self.session.claim(claim_id))
        self.menus.of_claim(claim_id).popup(position)

    def _show_event_menu(self, event_id: int, position: QPoint) -> None:
        self.canvas.choose_event(event_id)
        self.menus.of_event(event_id).popup(position)

    def _show_link_menu(self, relation_ids: list[int], position: QPoint) -> None:
        self.menus.of_relations(relation_ids).popup(position)

    def _show_acts(self) -> None:
        self.menus.of_acts().popup(self._at_chosen())

    def _show_kinds(self, source_id: int, target_id: int, position: QPoint) -> None:
        self.menus.of_kinds(source_id, target_id).popup(position)

    def _at_chosen(self) -> QPoint:
        """Beside the card that is chosen, for a menu asked for by key."""
        chosen = self.canvas.choice.targets()
        rect = self.canvas.hits.claim_rect(chosen[-1]) if chosen else None
        at = rect.center().toPoint() if rect is not None else QPoint(40, 40)
        return self.canvas.viewport().mapToGlobal(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """Where the whole name of the switch has no room beside the counts, a short one."""
        beside = (self._count, self.next_button, self._marks)
        taken = sum(one.sizeHint().width() + GAP for one in beside if not one.isHidden())
        whole, short = self.in_range.accessibleName(), self.tr("As the timeline")
        box = self.in_range.sizeHint().width()
        box += self.in_range.fontMetrics().horizontalAdvance(whole)
        box -= self.in_range.fontMetrics().horizontalAdvance(self.in_range.text())
        self.in_range.setText(whole if taken + box + 2 * SIDE <= self.width() else short)

    def sizeHint(self) -> QSize:
        return QSize(840, 520)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 200)
