"""The articles of the dossier as a list of two lines each."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.changes import Changes
from db.rows import ArticleRow
from desktop import theme
from desktop.library.dates import common_year, published_in_words
from desktop.messages import counted
from desktop.session import Session

Index = QModelIndex | QPersistentModelIndex

ID = Qt.ItemDataRole.UserRole + 1
SUBTITLE = Qt.ItemDataRole.UserRole + 2
ASSUMED = Qt.ItemDataRole.UserRole + 3
PARTS = Qt.ItemDataRole.UserRole + 4

SEPARATOR = " · "

ROW = 44


class ArticleModel(QAbstractListModel):
    """One row an article, in the dossier's order; follows the session by itself."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._rows = session.articles()
        session.data_changed.connect(self._refresh)

    def _refresh(self, changes: Changes) -> None:
        if not changes.articles and not changes.claims:
            return
        new = self._session.articles()
        if [row.id for row in new] == [row.id for row in self._rows]:
            self._rows = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

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
        if role == ID:
            return row.id
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(
                [row.title or row.file, row.file, *row.published_reasons, *row.warnings]
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.title or row.file, *self._parts(row), assumed_in_words(row))
            return ", ".join(part for part in parts if part)
        return None

    def _parts(self, row: ArticleRow) -> tuple[str, str, str]:
        """Date, outlet and number of claims, each empty where there is none."""
        date = published_in_words(row, common_year(self._rows))
        return date, row.outlet, counted(row.claim_count, self.tr("claim"))


def assumed_in_words(row: ArticleRow) -> str:
    """The mark of an article whose date is partly a guess, else an empty string."""
    if not row.published_assumed:
        return ""
    return f"{', '.join(row.published_assumed)} assumed"


class ArticleDelegate(QStyledItemDelegate):
    """Title over date, outlet and count; what is assumed stands in the colour of dispute."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        colors = self._session.theme
        rect: QRect = option.rect
        paint_ground(painter, option, self._session)
        inner = rect.adjusted(10, 5, -10, -5)
        title = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        below = QRect(inner.left(), title.bottom() + 1, inner.width(), inner.height() // 2)
        painter.setFont(theme.font())
        painter.setPen(colors.text)
        draw_elided(painter, title, str(index.data()))
        painter.setFont(theme.font(theme.Size.CAPTION))
        assumed = str(index.data(ASSUMED))
        if assumed:
            painter.setPen(colors.dispute)
            width = painter.fontMetrics().horizontalAdvance(assumed)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(below, right, assumed)
            below = below.adjusted(0, 0, -width - 8, 0)
        painter.setPen(colors.muted)
        draw_elided(painter, below, subtitle(index.data(PARTS), painter, below.width()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)


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
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
