"""The timeline by keyboard: walking a side's claims, crossing over to what opposes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.timeline import moves
from desktop.timeline.data import Zone

if TYPE_CHECKING:
    from desktop.timeline.view import TimelineView


class Keys:
    """What each key does in a view. Left and right walk a side by time, up and down cross over;
    N and P go to the next and the previous dispute, the brackets through what was known when,
    K through the lanes inside the sides; T pins a label or takes its pin out.
    """

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._plain: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: self._walk(-1),
            Qt.Key.Key_Right: lambda: self._walk(1),
            Qt.Key.Key_Up: lambda: self._cross(Zone.ABOVE),
            Qt.Key.Key_Down: lambda: self._cross(Zone.BELOW),
            Qt.Key.Key_Return: view.open_selected,
            Qt.Key.Key_Enter: view.open_selected,
            Qt.Key.Key_Home: view.fit,
            Qt.Key.Key_F: view.fit,
            Qt.Key.Key_S: view.fit_selection,
            Qt.Key.Key_G: view.ask_date,
            Qt.Key.Key_U: view.open_tray,
            Qt.Key.Key_L: view.show_legend,
            Qt.Key.Key_T: lambda: self._pin(),
            Qt.Key.Key_K: lambda: view.views.next_lanes(),
            Qt.Key.Key_V: lambda: view.views.open_menu(),
            Qt.Key.Key_BracketLeft: lambda: view.clocks.step(-1),
            Qt.Key.Key_BracketRight: lambda: view.clocks.step(1),
            Qt.Key.Key_N: lambda: self._dispute(1),
            Qt.Key.Key_P: lambda: self._dispute(-1),
            Qt.Key.Key_Escape: lambda: view.choose(None),
        }
        self._alt: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: view.back,
            Qt.Key.Key_Right: view.forward,
        }

    def press(self, event: QKeyEvent) -> None:
        """Do what the key stands for and accept the event; leave any other key alone."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.AltModifier:
            action = self._alt.get(Qt.Key(event.key()))
        elif modifiers == Qt.KeyboardModifier.NoModifier:
            action = self._plain.get(Qt.Key(event.key()))
        else:
            return
        if action is not None:
            event.accept()
            action()

    def _go(self, index: int | None) -> None:
        if index is not None:
            self._view.choose(index)
            self._view.bring_into_view(index)

    def _pin(self) -> None:
        if self._view.current is not None:
            self._view.pins.toggle(self._view.current)
            # Who hears the screen is told what it is now.
            self._view.choose(self._view.current)

    def _walk(self, step: int) -> None:
        current = self._view.current
        if current is None:
            self._go(self._view.first_in_view())
        else:
            self._go(moves.walk(self._view.data, current, step))

    def _cross(self, wanted: Zone) -> None:
        """To the opposing side; from the band to the side that lies that way."""
        data, current = self._view.data, self._view.current
        if current is None:
            self._go(self._view.first_in_view())
        elif Zone(int(data.zone[current])) is not wanted:
            self._go(moves.opposite(data, current, wanted))

    def _dispute(self, step: int) -> None:
        self._go(moves.dispute(self._view.data, self._view.current, step))
