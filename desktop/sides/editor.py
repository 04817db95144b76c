"""The sides of the dossier: names, colours, and who belongs where."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.changes import Changes
from db.rows import ActorRow
from desktop.library.actors import (
    ACTOR,
    COUNT,
    MIME,
    MOVE_KEYS,
    SidesDelegate,
    actors_in,
    actors_to_mime,
)
from desktop.messages import counted
from desktop.panels import button, label
from desktop.session import Session
from desktop.sides.colors import TONES, pair, told_apart
from desktop.sides.swatch import swatch_icon
from extraction.model import SideKey

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (SideKey.A, SideKey.THIRD, SideKey.B, SideKey.NONE)
NAMED = (SideKey.A, SideKey.THIRD, SideKey.B)


class SideActors(QAbstractListModel):
    """The actors of a column, the most heard first. ``move_asked``: actor ids dropped here."""

    move_asked = Signal(list)

    def __init__(self, session: Session, keys: tuple[SideKey, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._keys = keys
        self._rows: list[ActorRow] = []
        self.load()

    def load(self) -> None:
        self.beginResetModel()
        rows = [row for row in self._session.actors() if row.side in self._keys]
        self._rows = sorted(rows, key=lambda row: (-row.claim_count, row.name.casefold()))
        self.endResetModel()

    def actor_at(self, row: int) -> ActorRow:
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ACTOR:
            return row.id
        if role == COUNT:
            return str(row.claim_count) if row.claim_count else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {counted(row.claim_count, self.tr('claim'))}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((row.name, *row.reasons))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        return actors_to_mime([self._rows[index.row()].id for index in indexes])

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return data.hasFormat(MIME)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        here = {row.id for row in self._rows}
        moved = [actor_id for actor_id in actors_in(data) if actor_id not in here]
        if moved:
            self.move_asked.emit(moved)
        # The rows follow from the dossier; the view must not remove any by itself.
        return False


class SidesEditor(QDialog):
    """Four columns: A, third parties, B, and who is on no side or speaks for both.

    Everything acts at once and can be undone.

    Signals: ``rename_asked`` (side, name), ``recolor_asked`` (side, light, dark as ``#RRGGBB`` or
    empty), ``swap_asked``, ``move_asked`` (actor ids, side).
    """

    rename_asked = Signal(object, str)
    recolor_asked = Signal(object, str, str)
    swap_asked = Signal()
    move_asked = Signal(list, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sides"))
        self.resize(860, 520)
        self._session = session
        self._names: dict[SideKey, QLineEdit] = {}
        self._colors: dict[SideKey, QPushButton] = {}
        self._models: dict[SideKey, SideActors] = {}
        self.lists: dict[SideKey, QListView] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for column, key in enumerate(COLUMNS):
            grid.addWidget(self._head(key), 0, column)
            grid.addWidget(self._list(key), 1, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 1)
        self._warning = label("", "dispute", wrap=True)
        hint = label(
            self.tr(
                "Drag an actor to another column, or choose it and press 1 (left side), "
                "2 (right side), 3 (third parties) or 0 (no side)."
            ),
            "caption",
            wrap=True,
        )
        self._swap = button(self.tr("S&wap sides"))
        self._swap.clicked.connect(self.swap_asked)
        close = button(self.tr("&Close"), main=True)
        close.clicked.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addWidget(hint, 1)
        bottom.addWidget(self._swap)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addLayout(grid, 1)
        layout.addWidget(self._warning)
        layout.addLayout(bottom)
        session.data_changed.connect(self._refresh)
        session.theme_changed.connect(self._fill)
        session.dossier_changed.connect(self.close)
        self._fill()
        self.lists[SideKey.A].setFocus()

    def _head(self, key: SideKey) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        if key not in NAMED:
            row.addWidget(label(self.tr("No side"), "strong"))
            head.setMinimumHeight(30)
            return head
        color = QPushButton()
        color.setAutoDefault(False)
        color.setProperty("flat", True)
        color.clicked.connect(lambda: self._ask_color(key))
        name = QLineEdit()
        name.editingFinished.connect(lambda: self._rename(key))
        self._colors[key] = color
        self._names[key] = name
        row.addWidget(color)
        row.addWidget(name, 1)
        return head

    def _list(self, key: SideKey) -> QListView:
        view = QListView()
        keys = (key,) if key in NAMED else (key, SideKey.BOTH)
        model = SideActors(self._session, keys, view)
        model.move_asked.connect(lambda moved: self.move_asked.emit(moved, key))
        view.setModel(model)
        view.setFrameShape(QFrame.Shape.StyledPanel)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        view.setDefaultDropAction(Qt.DropAction.MoveAction)
        view.setItemDelegate(SidesDelegate(self._session))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(
            lambda at: self.actor_menu(key).popup(view.viewport().mapToGlobal(at))
        )
        view.installEventFilter(self)
        self._models[key] = model
        self.lists[key] = view
        return view

    # ------------------------------------------------------------------ showing

    def _refresh(self, changes: Changes) -> None:
        if changes.sides or changes.actors or changes.claims:
            for model in self._models.values():
                model.load()
            self._fill()

    def _fill(self) -> None:
        dossier = self._session.dossier
        writable = dossier is None or not dossier.read_only
        for key in COLUMNS:
            name = self._session.side_name(key) if key in NAMED else self.tr("No side")
            self.lists[key].setAccessibleName(self.tr("Actors of {side}").format(side=name))
            if key not in NAMED:
                continue
            self._names[key].setEnabled(writable)
            self._colors[key].setEnabled(writable)
            if not self._names[key].isModified() or not self._names[key].hasFocus():
                self._show_name(key)
            self._names[key].setAccessibleName(self.tr("Name of {side}").format(side=name))
            self._colors[key].setIcon(swatch_icon(key, self._session.side_color(key)))
            words = self.tr("Colour of {side}").format(side=name)
            self._colors[key].setAccessibleName(words)
            self._colors[key].setToolTip(words)
        self._swap.setEnabled(writable)
        apart = told_apart(self._session.side_color(SideKey.A), self._session.side_color(SideKey.B))
        self._warning.setVisible(not apart)
        self._warning.setText(
            self.tr("The two colours are hard to tell apart for eyes that see few colours.")
        )

    # ------------------------------------------------------------------ changing

    def _rename(self, key: SideKey) -> None:
        name = self._names[key].text().strip()
        self._names[key].setModified(False)
        if name and name != self._session.side_name(key):
            self.rename_asked.emit(key, name)
        else:
            self._show_name(key)

    def _show_name(self, key: SideKey) -> None:
        """A long name by its beginning, all of it in the tooltip."""
        field, name = self._names[key], self._session.side_name(key)
        field.setText(name)
        field.setCursorPosition(0)
        field.setToolTip(name)

    def _ask_color(self, key: SideKey) -> None:
        self.color_menu(key).popup(
            self._colors[key].mapToGlobal(self._colors[key].rect().bottomLeft())
        )

    def color_menu(self, key: SideKey) -> QMenu:
        """The colours at hand; each is made readable in both themes before it is used."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for tone in TONES:
            color = QColor(tone.color)
            shown = pair(color)[1 if self._session.theme.dark else 0]
            text = QCoreApplication.translate("Tones", tone.name)
            action = menu.addAction(swatch_icon(key, shown), text)
            action.triggered.connect(_calling(self._recolor, key, color))
        menu.addSeparator()
        menu.addAction(self.tr("&Other…")).triggered.connect(_calling(self._ask_other, key))
        own = menu.addAction(self.tr("As the &theme has it"))
        own.triggered.connect(lambda: self.recolor_asked.emit(key, "", ""))
        return menu

    def _ask_other(self, key: SideKey) -> None:
        dialog = QColorDialog(self._session.side_color(key), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(lambda color: self._recolor(key, color))
        dialog.open()

    def _recolor(self, key: SideKey, color: QColor) -> None:
        light, dark = pair(color)
        self.recolor_asked.emit(key, light.name().upper(), dark.name().upper())

    def chosen_actors(self, key: SideKey) -> list[int]:
        rows = self.lists[key].selectionModel().selectedRows()
        return [self._models[key].actor_at(index.row()).id for index in rows]

    def actor_menu(self, key: SideKey) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actors = self.chosen_actors(key)
        for shortcut, side in MOVE_KEYS.items():
            if side is not key:
                words = self.tr("Move to {side}").format(side=self._session.side_name(side))
                icon = swatch_icon(side, self._session.side_color(side))
                action = menu.addAction(icon, words)
                action.setShortcut(shortcut)
                action.setEnabled(bool(actors))
                action.triggered.connect(lambda _=False, to=side: self.move_asked.emit(actors, to))
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = next((key for key, view in self.lists.items() if view is watched), None)
            side = MOVE_KEYS.get(Qt.Key(event.key()))
            if key is not None and side is not None and not event.modifiers():
                actors = self.chosen_actors(key)
                if actors and side is not key:
                    self.move_asked.emit(actors, side)
                return True
        return super().eventFilter(watched, event)


def _calling(call: Callable[..., object], *arguments: object) -> Callable[[], None]:
    def run() -> None:
        call(*arguments)

    return run
