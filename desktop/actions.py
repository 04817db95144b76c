"""The commands as actions of one window: menus and shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
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


def _caller(command: Command, window: Window) -> Callable[[], None]:
    # A lambda around the window would be called with "checked"; this one takes nothing.
    def call() -> None:
        command.run(window)

    return call
