"""The articles of the dossier as a list: the title on one or two lines, what is known below."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.changes import Changes
from db.rows import ArticleRow
from desktop import theme
from desktop.found import draw_line, found_of
from desktop.library.dates import common_year, published_in_words
from desktop.messages import counted, of_warning
from desktop.session import Session

Index = QModelIndex | QPersistentModelIndex

ID = Qt.ItemDataRole.UserRole + 1
SUBTITLE = Qt.ItemDataRole.UserRole + 2
ASSUMED = Qt.ItemDataRole.UserRole + 3
PARTS = Qt.ItemDataRole.UserRole + 4
CHANGED = Qt.ItemDataRole.UserRole + 5

_MARKS = (ASSUMED, CHANGED)
"""From the right."""

SEPARATOR = " · "

ROW, LINE = 44, 17
"""Height of a row whose title has one line, and of a line, in pixels."""

SIDEWAYS = 10

MEASURED = 300
"""Articles up to which each row is as high as its title; of more, all have room for two lines:
the list asks for every row's height each time that an article comes in."""


ONE_BY_ONE = 20
"""Changed rows up to which each is told of by itself."""


class ArticleModel(QAbstractListModel):
    """One row an article, in the dossier's order; follows the session by itself."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._rows = session.articles()
        self._year = common_year(self._rows)
        session.data_changed.connect(self._refresh)

    def _refresh(self, changes: Changes) -> None:
        if not changes.articles and not changes.claims:
            return
        new = self._session.articles()
        if new == self._rows:
            return
        year, self._year = self._year, common_year(new)
        if [row.id for row in new] == [row.id for row in self._rows]:
            old, self._rows = self._rows, new
            dated = year != self._year
            self._tell_of([at for at, row in enumerate(new) if dated or row is not old[at]])
            return
        kept = len(self._rows)
        if kept and [row.id for row in new[:kept]] == [row.id for row in self._rows]:
            # While a large import runs, articles come in at the end and the list stays put.
            self.dataChanged.emit(self.index(0), self.index(kept - 1))
            self.beginInsertRows(QModelIndex(), kept, len(new) - 1)
            self._rows = new
            self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def _tell_of(self, places: list[int]) -> None:
        """That rows are other than before; the list looks at each that lies between two told of."""
        if len(places) > ONE_BY_ONE:
            self.dataChanged.emit(self.index(places[0]), self.index(places[-1]))
            return
        for at in places:
            self.dataChanged.emit(self.index(at), self.index(at))

    def row_of(self, article_id: int | None) -> int | None:
        return next((at for at, row in enumerate(self._rows) if row.id == article_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or row.file
        if role == SUBTITLE:
            return SEPARATOR.join(filter(None, self._parts(row)))
        if role == PARTS:
            return self._parts(row)
        if role == ASSUMED:
            return assumed_in_words(row)
        if role == CHANGED:
            return changes_in_words(row)
        if role == ID:
            return row.id
        if role == Qt.ItemDataRole.ToolTipRole:
            assumed = assumed_in_words(row)
            return "\n".join(
                [
                    row.title or row.file,
                    row.file,
                    *row.published_reasons,
                    *map(of_warning, row.warnings),
                    *([self.tr("Click the mark to put the date right.")] if assumed else []),
                    *(self._of_versions(row)),
                ]
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            marks = (assumed_in_words(row), changes_in_words(row))
            parts = (row.title or row.file, *self._parts(row), *marks)
            return ", ".join(part for part in parts if part)
        return None

    def _parts(self, row: ArticleRow) -> tuple[str, str, str]:
        """Date, outlet and number of claims, each empty where there is none."""
        date = published_in_words(row, self._year)
        claims = counted(row.claim_count, self.tr("claim"))
        if row.version > 1 and not row.undecided:
            claims += self.tr(", version {number}").format(number=row.version)
        return date, row.outlet, claims

    def _of_versions(self, row: ArticleRow) -> list[str]:
        if row.version == 1:
            return []
        words = self.tr("Version {number}: its claims changed since it was imported first.")
        told = [words.format(number=row.version)]
        if row.undecided:
            told.append(self.tr("Click the mark to decide on them."))
        return told


def changes_in_words(row: ArticleRow) -> str:
    """The mark of an article that an outlet changed, while a person has to decide on it."""
    return counted(row.undecided, "change") + " to decide" if row.undecided else ""


def assumed_in_words(row: ArticleRow) -> str:
    """The mark of an article whose date is partly a guess, else an empty string."""
    if not row.published_assumed:
        return ""
    return f"{', '.join(row.published_assumed)} assumed"


class ArticleDelegate(QStyledItemDelegate):
    """Title over date, outlet and count; what is assumed or changed has the colour of dispute.

    ``assumed_clicked`` and ``changed_clicked`` carry the id of the article whose mark was clicked.
    """

    assumed_clicked = Signal(int)
    changed_clicked = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        colors = self._session.theme
        rect: QRect = option.rect
        paint_ground(painter, option, self._session)
        inner = rect.adjusted(SIDEWAYS, 5, -SIDEWAYS, -5)
        below = _below_title(index, rect)
        painter.setFont(theme.font())
        painter.setPen(colors.text)
        lines = title_lines(str(index.data()), painter.fontMetrics(), inner.width())
        for number, line in enumerate(lines):
            at = QRect(inner.left(), inner.top() + number * LINE, inner.width(), LINE)
            draw_line(painter, at, line, found_of(self._session.filter.text), colors)
        painter.setFont(theme.font(theme.Size.CAPTION))
        for role in _MARKS:
            if words := str(index.data(role)):
                painter.setPen(colors.dispute)
                place = mark_rect(index, rect, role)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
                below.setRight(place.left() - 8)
        painter.setPen(colors.muted)
        draw_elided(painter, below, subtitle(index.data(PARTS), painter, below.width()))
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        released = event.type() == QEvent.Type.MouseButtonRelease
        if released and isinstance(event, QMouseEvent):
            left = event.button() == Qt.MouseButton.LeftButton
            told = {ASSUMED: self.assumed_clicked, CHANGED: self.changed_clicked}
            for role in _MARKS if left else ():
                if mark_rect(index, option.rect, role).contains(event.position().toPoint()):
                    told[role].emit(int(index.data(ID)))
                    return True
        return False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.model().rowCount() > MEASURED:
            return QSize(120, ROW + LINE)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        width = (width or option.rect.width()) - 2 * SIDEWAYS
        return QSize(
            120, ROW + LINE * (_count_lines(str(index.data()), width, theme.font().key()) - 1)
        )


@lru_cache(maxsize=4 * MEASURED)
def _count_lines(title: str, width: int, _font: str) -> int:
    """Lines of a title. Qt asks for all rows whenever one is added."""
    return len(title_lines(title, QFontMetrics(theme.font()), width))


def _below_title(index: Index, rect: QRect) -> QRect:
    """The line under a title, wherever in its row the title ends."""
    inner = rect.adjusted(SIDEWAYS, 5, -SIDEWAYS, -5)
    lines = _count_lines(str(index.data()), inner.width(), theme.font().key())
    return QRect(inner.left(), inner.top() + lines * LINE, inner.width(), LINE)


def mark_rect(index: Index, row: QRect, mark: int = ASSUMED) -> QRect:
    """Where in its row the words of a mark stand; empty where it has none."""
    line = _below_title(index, row)
    metrics = QFontMetrics(theme.font(theme.Size.CAPTION))
    right = line.right() + 1
    for role in _MARKS:
        words = str(index.data(role))
        width = metrics.horizontalAdvance(words) if words else 0
        if role == mark:
            return QRect(right - width, line.top(), width, line.height()) if words else QRect()
        right -= width + 8 if words else 0
    return QRect()


def title_lines(title: str, metrics: QFontMetrics, width: int) -> tuple[str, ...]:
    """A title on one line or, where it is longer, on two; the rest is elided."""
    if width <= 0 or metrics.horizontalAdvance(title) <= width:
        return (title,)
    layout = QTextLayout(title, theme.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    first, rest = title[: line.textLength()], title[line.textLength() :]
    return first.rstrip(), metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)


def subtitle(parts: tuple[str, str, str], painter: QPainter, width: int) -> str:
    """The second line in ``width`` pixels: where room is short, it is the outlet that gives way."""
    date, outlet, count = parts
    metrics = painter.fontMetrics()
    room = width - metrics.horizontalAdvance(SEPARATOR.join(filter(None, (date, " ", count))))
    outlet = metrics.elidedText(outlet, Qt.TextElideMode.ElideRight, max(room, 0))
    return SEPARATOR.join(filter(None, (date, "" if outlet == "…" else outlet, count)))


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, session: Session) -> None:
    """The rounded ground of a row that is chosen, hovered or has the focus."""
    colors = session.theme
    state = option.state
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    if not (chosen or hovered or focused):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(colors.focus if focused else Qt.PenStyle.NoPen)
    painter.setBrush(colors.selected if chosen else colors.hover)
    painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 4, 4)


def draw_elided(painter: QPainter, rect: QRect, text: str) -> None:
    words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    if words == "…":
        return
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
