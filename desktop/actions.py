"""The commands as actions of one window: menus and shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.commands import COMMANDS, MENUS, SUBMENUS, Command, Need, text_of

if TYPE_CHECKING:
    from desktop.window import Window


class Actions(QObject):
    """The commands as actions of one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for command in COMMANDS:
            action = QAction(text_of(command), self)
            action.setObjectName(command.id)
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(command.checkable)
            action.triggered.connect(_caller(command, window))
            if command.group:
                group = groups.setdefault(command.group, QActionGroup(self))
                group.addAction(action)
            self._actions[command.id] = action
        window.addActions(list(self._actions.values()))

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def all(self) -> list[QAction]:
        return list(self._actions.values())

    def fill(self, bar: QMenuBar) -> None:
        """Build the menus."""
        menus: dict[str, QMenu] = {}
        submenus: dict[str, QMenu] = {}
        for name, title in MENUS.items():
            menu = bar.addMenu(QCoreApplication.translate("Commands", title))
            menu.setObjectName(f"menu.{name}")
            menus[name] = menu
        for command in COMMANDS:
            menu = menus[command.menu]
            if command.starts_section:
                menu.addSeparator()
            if command.submenu:
                if command.submenu not in submenus:
                    title = QCoreApplication.translate("Commands", SUBMENUS[command.submenu])
                    submenus[command.submenu] = menu.addMenu(title)
                menu = submenus[command.submenu]
            menu.addAction(self._actions[command.id])

    def enable(self, there: frozenset[Need]) -> None:
        """Enable what can be done with what is there."""
        for command in COMMANDS:
            self._actions[command.id].setEnabled(command.need in there)


class ShortcutsFirst(QObject):
    """For a line to type in: the window's shortcuts come before the line's rarer keys.

    Under X11 a line takes Ctrl+E, Ctrl+K and others for moving and deleting as in a terminal.
    What everybody edits text with stays the line's own.
    """

    _OWN = (
        QKeySequence.StandardKey.Undo,
        QKeySequence.StandardKey.Redo,
        QKeySequence.StandardKey.Cut,
        QKeySequence.StandardKey.Copy,
        QKeySequence.StandardKey.Paste,
        QKeySequence.StandardKey.SelectAll,
    )

    def __init__(self, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        own = {QKeySequence(key) for kind in self._OWN for key in QKeySequence.keyBindings(kind)}
        self._keys = {
            key
            for action in actions.all()
            for key in action.shortcuts()
            if key not in own and _has_control(key)
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if QKeySequence(event.keyCombination()) not in self._keys:
            return False
        event.ignore()
        return True


def _has_control(key: QKeySequence) -> bool:
    return key.toString(QKeySequence.SequenceFormat.PortableText).startswith("Ctrl+")


def _caller(command: Command, window: Window) -> Callable[[], None]:
    # A lambda around the window would be called with "checked"; this one takes nothing.
    def call() -> None:
        command.run(window)

    return call
