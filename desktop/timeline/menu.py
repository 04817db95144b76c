"""The timeline's own menu: folding and swapping sides, and what can be done with a mark."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop.timeline.data import Zone
from desktop.timeline.frame import Hit

if TYPE_CHECKING:
    from desktop.timeline.view import TimelineView


class TimelineMenu:
    """Opens at what was clicked, or in the middle for the keyboard's menu key."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self.menu: QMenu | None = None
        """The menu that is open."""

    def open(self, hit: Hit, place: QPoint) -> None:
        """Show what can be done with ``hit`` at ``place`` on the screen."""
        view = self._view
        menu = self.menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if hit.mark is not None:
            index = hit.mark.index
            menu.addAction(_words("&Read in its article"), lambda: view.open_mark(index))
            pinned = view.pins.is_pinned(index)
            words = _words("Un&pin its label") if pinned else _words("&Pin its label")
            menu.addAction(words, lambda: view.pins.toggle(index))
            menu.addSeparator()
        sides = (Zone.ABOVE, Zone.BELOW)
        for zone in sides if hit.zone not in sides else (hit.zone,):
            folded = zone in view.folded
            words = _words("Bring back {side}") if folded else _words("Fold {side} away")
            name = view.names[zone].replace("&", "&&")
            menu.addAction(words.format(side=name), partial(view.set_folded, zone, not folded))
        swap = menu.addAction(_words("S&wap sides"), view.swap_asked.emit)
        dossier = view.session.dossier
        swap.setEnabled(dossier is not None and not dossier.read_only)
        menu.addSeparator()
        menu.addMenu(view.views.menu).setText(_words("&View"))
        unpin = menu.addAction(_words("&Unpin all labels"), view.pins.clear)
        unpin.setEnabled(bool(view.pins.shown))
        menu.addAction(_words("&Fit"), view.fit)
        menu.addAction(_words("&Legend"), view.show_legend)
        menu.popup(place)


def heading(menu: QMenu, text: str) -> None:
    """A line that parts a menu, with words: the style draws a section of Qt's without them."""
    menu.addSeparator()
    menu.addAction(text).setEnabled(False)


def _words(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)
