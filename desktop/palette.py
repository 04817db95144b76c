"""The command palette: type a few letters of what you want, press Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.commands import plain_text

Index = QModelIndex | QPersistentModelIndex
KEYS = Qt.ItemDataRole.UserRole + 1
WIDTH = 520
ROW = 32
MOST_ROWS = 10


def score(words: str, text: str) -> int | None:
    """How well what was typed fits a command, lower is better; ``None`` where it does not.

    The letters must appear in order; starts of words count more than letters within.
    """
    folded, place, cost = text.casefold(), 0, 0
    for letter in words.casefold():
        if letter.isspace():
            continue
        found = folded.find(letter, place)
        if found < 0:
            return None
        starts = found == 0 or not folded[found - 1].isalnum()
        cost += found - place + (0 if starts or found == place else 4)
        place = found + 1
    return cost


class CommandModel(QAbstractListModel):
    """The actions that can be done now and fit what was typed, the best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[QAction] = []
        self._shown: list[QAction] = []

    def offer(self, actions: Sequence[QAction]) -> None:
        self._all = [action for action in actions if action.isEnabled() and action.text()]
        self.narrow("")

    def narrow(self, words: str) -> None:
        self.beginResetModel()
        scored = [(score(words, plain_text(action.text())), action) for action in self._all]
        fitting = [
            (cost, place, action) for place, (cost, action) in enumerate(scored) if cost is not None
        ]
        self._shown = [action for _, _, action in sorted(fitting, key=lambda item: item[:2])]
        self.endResetModel()

    def action(self, row: int) -> QAction:
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        action = self._shown[index.row()]
        keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        if role == Qt.ItemDataRole.DisplayRole:
            return plain_text(action.text())
        if role == KEYS:
            return keys
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{plain_text(action.text())} {keys}".strip()
        return None


class _Delegate(QStyledItemDelegate):
    """The command left, its keys right and muted."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        colors: QPalette = option.palette
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, colors.color(QPalette.ColorRole.Highlight))
        ink = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        inner = rect.adjusted(14, 0, -14, 0)
        painter.setPen(colors.color(ink))
        painter.setFont(theme.font())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        if not selected:
            painter.setPen(colors.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(theme.font(theme.Size.CAPTION))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, right, str(index.data(KEYS)))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)


class Palette(QFrame):
    """A panel over the window. ``chosen`` carries the action after the panel is gone."""

    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("Commands"))
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("What would you like to do?"))
        self.line.setAccessibleName(self.tr("Search commands"))
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Commands that fit"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.model = CommandModel(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.line.textChanged.connect(self._narrow)
        self.list.clicked.connect(self._choose)
        self.line.installEventFilter(self)
        self._before: QWidget | None = None
        self.hide()

    def open(self, actions: Sequence[QAction]) -> None:
        """Show all that can be done; the focus comes back to where it was afterwards."""
        self._before = self.window().focusWidget()
        self.model.offer(actions)
        self.line.clear()
        self._narrow("")
        window = self.window()
        height = 8 * 3 + self.line.sizeHint().height() + ROW * MOST_ROWS
        width = min(WIDTH, window.width() - 48)
        self.setGeometry(
            (window.width() - width) // 2, 56, width, min(height, window.height() - 80)
        )
        self.show()
        self.raise_()
        self.line.setFocus()

    def dismiss(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def _narrow(self, words: str) -> None:
        self.model.narrow(words)
        self.list.setCurrentIndex(self.model.index(0))

    def _choose(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            return
        action = self.model.action(index.row())
        self.dismiss()
        self.chosen.emit(action)

    def _step(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            row = (self.list.currentIndex().row() + by) % count
            self.list.setCurrentIndex(self.model.index(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key == Qt.Key.Key_Down:
            self._step(1)
        elif key == Qt.Key.Key_Up:
            self._step(-1)
        else:
            return False
        return True
