"""Sides with their actors as a tree; actors are moved by drag, menu or a single key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from db.changes import Changes
from db.rows import ActorRow
from desktop import theme
from desktop.found import draw_line, found_of
from desktop.library.articles import paint_ground
from desktop.messages import counted
from desktop.session import Session
from desktop.sides.swatch import draw_swatch
from extraction.model import SideKey

Index = QModelIndex | QPersistentModelIndex

MIME = "application/x-claimline-actors"
SIDE = Qt.ItemDataRole.UserRole + 1
ACTOR = Qt.ItemDataRole.UserRole + 2
COUNT = Qt.ItemDataRole.UserRole + 3

ORDER = (SideKey.A, SideKey.B, SideKey.THIRD, SideKey.NONE)
MOVE_KEYS = {
    Qt.Key.Key_1: SideKey.A,
    Qt.Key.Key_2: SideKey.B,
    Qt.Key.Key_3: SideKey.THIRD,
    Qt.Key.Key_0: SideKey.NONE,
}
"""Keys that move the chosen actors; they are told in the menus."""

SIDE_ROW, ACTOR_ROW = 30, 24
"""Heights of rows, in pixels."""

_TOP = 0


def actors_in(mime: QMimeData) -> list[int]:
    """Ids of the actors that a drag carries."""
    text = bytes(mime.data(MIME).data()).decode("ascii", "ignore")
    return [int(part) for part in text.split(",") if part.isdecimal()]


def actors_to_mime(actor_ids: Sequence[int]) -> QMimeData:
    mime = QMimeData()
    mime.setData(MIME, QByteArray(",".join(map(str, actor_ids)).encode("ascii")))
    return mime


class SidesModel(QAbstractItemModel):
    """Sides on top, below each its actors, the most heard first.

    ``move_asked`` carries actor ids and the side they were dropped on.
    """

    move_asked = Signal(list, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent or session)
        self._session = session
        self._groups: dict[SideKey, list[ActorRow]] = {}
        self._keys: list[SideKey] = []
        self._load()
        session.data_changed.connect(self._refresh)
        session.theme_changed.connect(self._repaint)

    def _load(self) -> None:
        groups: dict[SideKey, list[ActorRow]] = {key: [] for key in ORDER}
        for row in self._session.actors():
            groups.setdefault(row.side, []).append(row)
        for rows in groups.values():
            rows.sort(key=lambda row: (-row.claim_count, row.name.casefold()))
        known = self._session.dossier is not None or bool(self._session.sides())
        self._groups = groups
        self._keys = [key for key in groups if groups[key] or (known and key in ORDER[:3])]

    def _refresh(self, changes: Changes) -> None:
        if changes.sides or changes.actors or changes.claims:
            self.beginResetModel()
            self._load()
            self.endResetModel()

    def _repaint(self) -> None:
        if self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, 0))

    def side_at(self, index: Index) -> SideKey:
        """The side that a row is or belongs to."""
        at = index.row() if index.internalId() == _TOP else int(index.internalId()) - 1
        return self._keys[at]

    def actor_at(self, index: Index) -> ActorRow | None:
        if not index.isValid() or index.internalId() == _TOP:
            return None
        return self._groups[self._keys[int(index.internalId()) - 1]][index.row()]

    def index_of_side(self, key: SideKey) -> QModelIndex:
        return self.index(self._keys.index(key), 0) if key in self._keys else QModelIndex()

    def index_of_actor(self, actor_id: int) -> QModelIndex:
        for at, key in enumerate(self._keys):
            for row, actor in enumerate(self._groups[key]):
                if actor.id == actor_id:
                    return self.createIndex(row, 0, at + 1)
        return QModelIndex()

    # ------------------------------------------------------------------ Qt

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(int(index.internalId()) - 1, 0, _TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._keys)
        if parent.internalId() == _TOP:
            return len(self._groups[self._keys[parent.row()]])
        return 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self.actor_at(index) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        key, actor = self.side_at(index), self.actor_at(index)
        if role == SIDE:
            return key
        if role == ACTOR:
            return actor.id if actor else None
        return self._of_side(key, role) if actor is None else self._of_actor(actor, role)

    def _of_side(self, key: SideKey, role: int) -> object:
        count = counted(len(self._groups[key]), self.tr("actor"))
        if role == Qt.ItemDataRole.DisplayRole:
            return self._session.side_name(key)
        if role == COUNT:
            return count
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._session.side_name(key)}, {count}"
        if role == Qt.ItemDataRole.ToolTipRole:
            side = self._session.sides().get(key)
            return "\n".join((self._session.side_name(key), *(side.reasons if side else ())))
        return None

    def _of_actor(self, actor: ActorRow, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return actor.name
        if role == COUNT:
            return str(actor.claim_count) if actor.claim_count else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{actor.name}, {counted(actor.claim_count, self.tr('claim'))}"
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = [actor.name]
            if actor.aliases:
                lines.append(self.tr("also: {names}").format(names=", ".join(actor.aliases[:8])))
            if actor.side_by_user:
                lines.append(self.tr("moved here by hand"))
            return "\n".join((*lines, *actor.reasons))
        return None

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        found = [self.actor_at(index) for index in indexes]
        return actors_to_mime([actor.id for actor in found if actor is not None])

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return data.hasFormat(MIME) and parent.isValid()

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        moved = actors_in(data)
        if moved and parent.isValid():
            self.move_asked.emit(moved, self.side_at(parent))
        # The rows follow from the dossier; the view must not remove any by itself.
        return False


class SidesDelegate(QStyledItemDelegate):
    """Swatch and name, the count at the right; actors one step in."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        colors = self._session.theme
        paint_ground(painter, option, self._session)
        rect: QRect = option.rect.adjusted(6, 0, -10, 0)
        if index.data(ACTOR) is None:
            swatch = QRect(rect.left() + 2, rect.center().y() - 5, 12, 12)
            # Qt hands a plain string on, whatever kind of string it was.
            key = SideKey(index.data(SIDE))
            draw_swatch(painter, swatch, key, self._session.side_color(key))
            rect = rect.adjusted(22, 0, 0, 0)
        painter.setFont(theme.font(theme.Size.CAPTION, tabular=True))
        painter.setPen(colors.muted)
        count = str(index.data(COUNT) or "")
        name = str(index.data())
        room = rect.width() - QFontMetrics(theme.font()).horizontalAdvance(name) - 8
        if painter.fontMetrics().horizontalAdvance(count) > room:
            count = count.split(" ")[0]
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, right, count)
        rect = rect.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(count) - 8, 0)
        painter.setFont(theme.font())
        painter.setPen(colors.text)
        words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, rect.width())
        draw_line(painter, rect, words, found_of(self._session.filter.text), colors)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, SIDE_ROW if index.data(ACTOR) is None else ACTOR_ROW)
