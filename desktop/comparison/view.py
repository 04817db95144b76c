"""The split view: what one side says, what the other says, event by event."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.changes import Changes
from db.errors import DossierError
from db.rows import ReviewState
from desktop.comparison.canvas import ComparisonCanvas
from desktop.comparison.facts import with_provenance
from desktop.comparison.textblock import elided_at_word
from desktop.session import Filter, Session
from desktop.theme import Size, font
from extraction.model import SideKey

HEADER_HEIGHT = 30
AT_ONCE = 3000
"""Events up to which a change of the filter is followed at once."""

SOON_MS = 80
EMPTY_WIDTH = 420
_TOLD = (SideKey.A, SideKey.B)


class ColumnHeader(QWidget):
    """Names of the sides over their columns, and the day at the top of the view."""

    def __init__(self, canvas: ComparisonCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        self._day = ""
        self.setFixedHeight(HEADER_HEIGHT)
        canvas.scrolled.connect(self._show_day)
        canvas.columns_changed.connect(self.update)
        canvas.session.theme_changed.connect(self.update)

    @property
    def day(self) -> str:
        return self._day

    def _show_day(self, day: str) -> None:
        self.setToolTip(" · ".join(self._canvas.session.side_name(key) for key in _TOLD))
        if day != self._day:
            self._day = day
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        session, columns = self._canvas.session, self._canvas.columns
        painter = QPainter(self)
        painter.fillRect(self.rect(), session.theme.panel)
        painter.setPen(QPen(session.theme.line, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        align = Qt.AlignmentFlag
        caption = QFontMetricsF(font(Size.CAPTION))
        half_day = caption.horizontalAdvance(self._day) / 2
        # A name may reach into the gutter as far as the day in its middle leaves room.
        room = max(
            columns.card_width * 0.75,
            columns.card_width + columns.gutter_width / 2 - half_day - 16,
        )
        right = columns.right + columns.card_width
        self._name(painter, self._box(columns.left, room), align.AlignLeft, SideKey.A)
        self._name(painter, self._box(right - room, room), align.AlignRight, SideKey.B)
        if columns.third_width:
            third = self._box(columns.third_left, columns.third_width)
            self._name(painter, third, align.AlignLeft, SideKey.THIRD)
        middle = columns.gutter_left + columns.gutter_width / 2
        half = columns.card_width + columns.gutter_width / 2 - self._widest_name(room) - 8
        painter.setFont(font(Size.CAPTION))
        painter.setPen(session.theme.muted)
        box = self._box(middle - half, 2 * half)
        painter.drawText(box, align.AlignCenter, elided_at_word(self._day, caption, box.width()))
        painter.end()

    def _widest_name(self, room: float) -> float:
        metrics = QFontMetricsF(font(Size.HEADING, strong=True))
        session = self._canvas.session
        widths = [metrics.horizontalAdvance(session.side_name(key)) for key in _TOLD]
        return min(max(widths), room)

    def _box(self, left: float, width: float) -> QRectF:
        return QRectF(left, 0, width, self.height() - 2)

    def _name(self, painter: QPainter, box: QRectF, align: Qt.AlignmentFlag, key: SideKey) -> None:
        session = self._canvas.session
        painter.setFont(font(Size.HEADING, strong=True))
        painter.setPen(session.side_color(key))
        metrics = QFontMetricsF(painter.font())
        name = elided_at_word(session.side_name(key), metrics, box.width())
        painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, name)


class ComparisonView(QWidget):
    """Events as rows, one side at the left, the other at the right, links between.

    ``reader_requested`` and ``timeline_requested`` (claim id) ask the window to bring those
    views to the front; the selection itself goes through the session. ``failed`` carries a
    ``DossierError`` of a decision that could not be kept.
    """

    reader_requested = Signal(int)
    timeline_requested = Signal(int)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.canvas = ComparisonCanvas(session)
        self.header = ColumnHeader(self.canvas)
        self.in_range = QCheckBox(self.tr("Only what the timeline shows"))
        self.in_range.setAccessibleName(self.in_range.text())
        self._count = QLabel()
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
        self.canvas.opened.connect(self._open)
        self.canvas.menu_requested.connect(self._show_menu)
        self.canvas.review_requested.connect(self.review)
        self.canvas.rows_changed.connect(self._tell)
        self.in_range.toggled.connect(self._set_in_range)
        session.data_changed.connect(self._on_data)
        session.filter_changed.connect(self._on_filter)
        session.theme_changed.connect(self._dress)
        self._dress()
        self._on_filter(session.filter)

    def _arrange(self) -> None:
        body = QWidget()
        top = QHBoxLayout()
        top.setContentsMargins(14, 4, 14, 0)
        top.addWidget(self._count, 1)
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
        self.in_range.raise_()

    def _dress(self) -> None:
        self._count.setFont(font(Size.CAPTION))
        self.in_range.setFont(font(Size.CAPTION))
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
        if len(self.session.events()) > AT_ONCE:
            # While the timeline is dragged, many changes come one upon the other.
            self._soon.start()
        else:
            self.canvas.reload()

    def _set_in_range(self, on: bool) -> None:
        self.session.set_filter(replace(self.session.filter, in_visible_range=on))

    def _tell(self) -> None:
        rows = self.canvas.rows
        events, claims = rows.events, int(rows.sizes.sum())
        parts = (
            self.tr("1 event") if events == 1 else self.tr("{count} events").format(count=events),
            self.tr("1 claim") if claims == 1 else self.tr("{count} claims").format(count=claims),
        )
        self._count.setText(", ".join(parts) if rows else "")
        self._empty.setText("" if rows else self._invitation())
        self.in_range.setVisible(bool(self.session.events() or self.session.claims()))
        self._pages.setCurrentWidget(self._body if rows else self._vacant)

    def _invitation(self) -> str:
        """What to do while there is nothing to show."""
        session = self.session
        if not session.articles():
            return self.tr(
                "Drop articles here, or choose File > Import. What each side says will stand "
                "side by side, event by event."
            )
        if not session.claims() and not session.events():
            return self.tr(
                "No claims were found in the articles imported. Open one in the reader to see "
                "what it holds, or import articles that quote the parties."
            )
        if session.filter.in_visible_range:
            return self.tr(
                "Nothing falls into what the timeline shows. Zoom the timeline out, or clear "
                "“Only what the timeline shows”."
            )
        if session.filter != Filter():
            return self.tr("Nothing passes the filter. Clear it in the library.")
        return self.tr("All claims are rejected. Undo brings them back.")

    # ------------------------------------------------------------------ doing

    def _open(self, claim_id: int) -> None:
        self.canvas.choose(self.session.claim(claim_id))
        self.reader_requested.emit(claim_id)

    def may_review(self) -> bool:
        dossier = self.session.dossier
        return dossier is not None and not dossier.read_only

    def review(self, claim_id: int, accepted: bool) -> None:
        """Accept or reject a claim; a rejected one leaves the view and the next is chosen."""
        dossier = self.session.dossier
        if dossier is None or not self.may_review():
            return
        following = None if accepted else self.canvas.moves.after(claim_id)
        state = ReviewState.ACCEPTED if accepted else ReviewState.REJECTED
        try:
            dossier.set_review([claim_id], state)
        except DossierError as error:
            self.failed.emit(error)
            return
        if following is not None:
            self.canvas.choose(following)

    def menu_for(self, claim_id: int) -> QMenu:
        """The menu of a claim."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        reader = menu.addAction(self.tr("Show in the reader\tEnter"))
        reader.triggered.connect(lambda: self._open(claim_id))
        timeline = menu.addAction(self.tr("Show on the timeline"))
        timeline.triggered.connect(lambda: self.timeline_requested.emit(claim_id))
        copy = menu.addAction(self.tr("Copy with its source"))
        copy.triggered.connect(lambda: self.copy(claim_id))
        menu.addSeparator()
        accept = menu.addAction(self.tr("Accept\tA"))
        accept.triggered.connect(lambda: self.review(claim_id, True))
        reject = menu.addAction(self.tr("Reject\tR"))
        reject.triggered.connect(lambda: self.review(claim_id, False))
        for action in (accept, reject):
            action.setEnabled(self.may_review())
        return menu

    def copy(self, claim_id: int) -> None:
        """Put a claim with its provenance on the clipboard."""
        QGuiApplication.clipboard().setText(
            with_provenance(self.session, self.session.claim(claim_id))
        )

    def _show_menu(self, claim_id: int, position: QPoint) -> None:
        self.canvas.choose(self.session.claim(claim_id))
        self.menu_for(claim_id).popup(position)

    def sizeHint(self) -> QSize:
        return QSize(840, 520)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 200)
