"""The changes between two versions of an article as a list: what was said, what is said now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from html import escape

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QTextDocument, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from db.rows import ChangeKind, ClaimChange, Verdict
from desktop.library.articles import paint_ground
from desktop.session import Session
from desktop.theme import Theme, font

Index = QModelIndex | QPersistentModelIndex
ORDER = (ChangeKind.REWORDED, ChangeKind.GONE, ChangeKind.ADDED, ChangeKind.MOVED)
"""In the order in which they ask for a decision; what is kept is only counted."""

NAMES = {
    ChangeKind.REWORDED: "Reworded",
    ChangeKind.GONE: "Gone",
    ChangeKind.ADDED: "New",
    ChangeKind.MOVED: "Moved",
    ChangeKind.KEPT: "Kept",
}
TO_DECIDE = "to decide"
_DECIDED = {
    (ChangeKind.REWORDED, Verdict.NEWER): "the new words were taken",
    (ChangeKind.REWORDED, Verdict.EARLIER): "the earlier words were kept",
    (ChangeKind.GONE, Verdict.NEWER): "let go",
    (ChangeKind.GONE, Verdict.EARLIER): "kept as the earlier version has it",
    (ChangeKind.ADDED, Verdict.NEWER): "accepted",
    (ChangeKind.ADDED, Verdict.EARLIER): "rejected",
}
_SIDEWAYS, _ABOVE = 10, 6


class ChangeModel(QAbstractListModel):
    """One row a change that is more than being kept."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._changes: list[ClaimChange] = []

    @property
    def changes(self) -> list[ClaimChange]:
        return list(self._changes)

    def show_changes(self, changes: Sequence[ClaimChange]) -> None:
        """Show these; while they are the same claims, what is chosen stays."""
        shown = [change for kind in ORDER for change in changes if change.kind is kind]
        if [_same(change) for change in shown] == [_same(change) for change in self._changes]:
            self._changes = shown
            if shown:
                self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return
        self.beginResetModel()
        self._changes = shown
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._changes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        change = self._changes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return change_html(change, self._session.theme)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(change)
        return None


def _same(change: ClaimChange) -> tuple[object, ...]:
    return change.kind, change.old_cue, change.new_cue


class ChangeDelegate(QStyledItemDelegate):
    """Draws a change as text of several lines."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        paint_ground(painter, option, self._session)
        document = _laid_out(str(index.data()), option.rect.width() - 2 * _SIDEWAYS, _key())
        painter.translate(QPointF(option.rect.left() + _SIDEWAYS, option.rect.top() + _ABOVE))
        document.drawContents(painter)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        document = _laid_out(str(index.data()), (width or 400) - 2 * _SIDEWAYS, _key())
        return QSize(200, int(document.size().height()) + 2 * _ABOVE)


class ChangeList(QListView):
    """Wraps its rows to its width, and leaves letters to the keys of decisions."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.changes = ChangeModel(session, self)
        self.setModel(self.changes)
        self.setItemDelegate(ChangeDelegate(session, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName(self.tr("What changed"))
        session.theme_changed.connect(self.viewport().update)

    def chosen(self) -> list[ClaimChange]:
        """What is chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        changes = self.changes.changes
        return [changes[row] for row in rows]

    def choose(self, row: int) -> None:
        self.setCurrentIndex(self.changes.index(row))

    def keyboardSearch(self, search: str) -> None:
        """Letters decide here; they look nothing up."""


@lru_cache(maxsize=256)
def _laid_out(html: str, width: int, _font: str) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultFont(font())
    document.setDocumentMargin(0)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(wrap)
    document.setHtml(html)
    document.setTextWidth(max(width, 40))
    return document


def _key() -> str:
    return str(font().key())


def state_of(change: ClaimChange) -> str:
    """What was decided, in words; empty where there is nothing to decide."""
    if change.is_open:
        return TO_DECIDE
    return "" if change.verdict is None else _DECIDED.get((change.kind, change.verdict), "")


def spoken(change: ClaimChange) -> str:
    """A change in one sentence for those who hear it."""
    if change.kind is ChangeKind.REWORDED:
        words = f"before: {change.old_words}. Now: {change.new_words}"
    else:
        words = change.new_words or change.old_words
    return ", ".join(part for part in (NAMES[change.kind], state_of(change), words) if part)


def change_html(change: ClaimChange, theme: Theme) -> str:
    """A change as simple HTML; everything from articles is escaped."""
    state = state_of(change)
    color = theme.dispute if state == TO_DECIDE else theme.muted
    text, muted = theme.text.name(), theme.muted.name()
    head = f"<b>{NAMES[change.kind]}</b>"
    if state:
        head += f" <span style='color:{color.name()}'>· {escape(state)}</span>"
    if change.kind is ChangeKind.REWORDED:
        old, new = difference(change.old_words, change.new_words)
        out = f"color:{theme.dispute.name()};text-decoration:line-through"
        into = "font-weight:600;text-decoration:underline"
        body = (
            f"<span style='color:{muted}'>before:</span> {_marked(old, out)}<br>"
            f"<span style='color:{muted}'>now:</span> {_marked(new, into)}"
        )
    else:
        body = escape(change.new_words or change.old_words)
    return f"<div style='color:{text}'>{head}<br>{body}</div>"


Piece = tuple[str, bool]


def difference(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both wordings in pieces, word by word; true for what the other one lacks."""
    before, after = old.split(), new.split()
    was: list[Piece] = []
    now: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if b > a:
            was.append((" ".join(before[a:b]), tag != "equal"))
        if d > c:
            now.append((" ".join(after[c:d]), tag != "equal"))
    return was, now


def _marked(pieces: Iterable[Piece], style: str) -> str:
    return " ".join(
        f"<span style='{style}'>{escape(words)}</span>" if differs else escape(words)
        for words, differs in pieces
    )
