"""Views to come back to: window, clock, lanes, filter, pins and what is chosen, under a name.

They are kept in the dossier; how the lanes are parted is kept with the window too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, QPoint
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from db.errors import DossierError
from db.pins import Pins
from db.rows import Status
from desktop import asking
from desktop.session import Filter, Selection
from desktop.timeline.data import Zone
from desktop.timeline.grouping import LanesBy, name_of_lanes
from desktop.timeline.menu import heading
from extraction.model import EventType, SideKey, SpeechAct

if TYPE_CHECKING:
    from desktop.timeline.view import TimelineView

NAME_WIDTH = 400
"""Of the dialog that asks for a name, in pixels."""

KINDS: dict[str, Callable[[Any], Any]] = {
    "statuses": Status,
    "sides": SideKey,
    "acts": SpeechAct,
    "event_types": EventType,
    "articles": int,
    "actors": int,
    "places": str,
    "sources": str,
}
"""What the sets of a filter hold."""


def filter_to_plain(chosen: Filter) -> dict[str, Any]:
    """As JSON can hold it; what is as without a filter is left out."""
    found: dict[str, Any] = {}
    for item in fields(chosen):
        value = getattr(chosen, item.name)
        if value != item.default:
            found[item.name] = value
            if isinstance(value, frozenset):
                plain = (part.value if isinstance(part, Enum) else part for part in value)
                found[item.name] = sorted(plain)
    return found


def filter_from_plain(plain: Mapping[str, Any]) -> Filter:
    """The inverse; what this version does not know is left out."""
    found: dict[str, Any] = {}
    for item in fields(Filter):
        value = plain.get(item.name)
        try:
            if item.name in KINDS and isinstance(value, list):
                found[item.name] = frozenset(KINDS[item.name](part) for part in value)
            elif type(value) is type(item.default) and item.name not in KINDS:
                found[item.name] = value
        except (ValueError, TypeError):
            continue
    return Filter(**found)


class Views:
    """The menu of lanes and saved views."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self.lanes = LanesBy.NOTHING
        self.menu = QMenu(view)
        self.menu.aboutToShow.connect(self._fill)

    # ------------------------------------------------------------------ lanes

    def set_lanes(self, by: LanesBy) -> None:
        """Part the sides into lanes, or put them together again."""
        if by is not self.lanes:
            self.lanes = by
            self._view.regroup()

    def next_lanes(self) -> None:
        """The next way to part the sides; after the last one none."""
        every = list(LanesBy)
        self.set_lanes(every[(every.index(self.lanes) + 1) % len(every)])

    def state(self) -> QByteArray:
        """What of the view belongs to the window and not to a dossier."""
        return QByteArray(json.dumps({"lanes": self.lanes.value}).encode())

    def restore(self, state: QByteArray) -> None:
        """Take over what ``state`` gave; what cannot be read changes nothing."""
        try:
            self.set_lanes(LanesBy(json.loads(bytes(state.data()))["lanes"]))
        except (ValueError, KeyError, TypeError):
            return

    # ------------------------------------------------------------------ saved views

    def plain(self) -> dict[str, Any]:
        """The view as it stands, as JSON can hold it."""
        view, scale = self._view, self._view.canvas.scale_shown
        chosen, known = view.session.selection, view.clocks.known_on
        return {
            "start": scale.start,
            "end": scale.end,
            "filter": filter_to_plain(view.session.filter),
            "claim": chosen.claim_id,
            "event": chosen.event_id,
            "by_telling": view.clocks.by_telling,
            "known_on": known.isoformat() if known else None,
            "lanes": self.lanes.value,
            "pins": view.pins.shown.plain(),
            "folded": [int(zone) for zone in sorted(view.folded)],
        }

    def show(self, plain: Mapping[str, Any]) -> None:
        """Go to a saved view, as far as what it names still exists."""
        view, session = self._view, self._view.session
        session.set_filter(filter_from_plain(plain.get("filter") or {}))
        view.clocks.set_by_telling(plain.get("by_telling") is True)
        try:
            day = date.fromisoformat(plain["known_on"])
        except (KeyError, TypeError, ValueError):
            day = None
        view.clocks.set_known_on(day)
        known = {by.value for by in LanesBy}
        self.set_lanes(LanesBy(plain["lanes"]) if plain.get("lanes") in known else self.lanes)
        folded = plain.get("folded") or ()
        for zone in (Zone.ABOVE, Zone.BELOW):
            view.set_folded(zone, int(zone) in folded)
        if "pins" in plain:
            view.pins.show(Pins.of_plain(plain["pins"]))
        session.select(self._existing(plain.get("claim"), plain.get("event")), view)
        start, end = plain.get("start"), plain.get("end")
        if isinstance(start, float) and isinstance(end, float) and start < end:
            view.show_by_hand(start, end)

    def _existing(self, claim: object, event: object) -> Selection:
        columns = self._view.session.columns
        if isinstance(claim, int) and columns.claims.places([claim])[0] >= 0:
            return Selection(claim_id=claim)
        if isinstance(event, int) and columns.events.places([event])[0] >= 0:
            return Selection(event_id=event)
        return Selection()

    def save(self, name: str) -> None:
        """Keep the view under a name in the dossier; tells of a failure."""
        dossier = self._view.session.dossier
        if dossier is not None and name.strip():
            self._try(lambda: dossier.save_view(name.strip(), self.plain()))

    def remove(self, name: str) -> None:
        dossier = self._view.session.dossier
        if dossier is not None:
            self._try(lambda: dossier.remove_view(name))

    def saved(self) -> dict[str, dict[str, Any]]:
        """The dossier's views by name."""
        dossier = self._view.session.dossier
        found: dict[str, dict[str, Any]] = {}
        if dossier is not None:
            self._try(lambda: found.update(dossier.saved_views()))
        return found

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except (DossierError, KeyError) as error:
            self._view.failed.emit(error)

    # ------------------------------------------------------------------ the menu

    def open_menu(self) -> None:
        """Show the menu under the bar."""
        bar = self._view.bar
        self.menu.popup(bar.mapToGlobal(QPoint(bar.view_button.x(), bar.height())))

    def _fill(self) -> None:
        menu = self.menu
        menu.clear()
        choices = QActionGroup(menu)
        for by in LanesBy:
            action = menu.addAction(name_of_lanes(by))
            action.setCheckable(True)
            action.setChecked(by is self.lanes)
            action.triggered.connect(lambda _, chosen=by: self.set_lanes(chosen))
            choices.addAction(action)
        heading(menu, _words("Saved views"))
        saved = self.saved()
        for name, plain in saved.items():
            shown = name.replace("&", "&&")
            menu.addAction(shown).triggered.connect(lambda _, view=plain: self.show(view))
        dossier = self._view.session.dossier
        may = dossier is not None and not dossier.read_only
        menu.addAction(_words("Sa&ve this view…"), self._ask_name).setEnabled(may)
        if saved:
            gone = menu.addMenu(_words("&Remove"))
            gone.setEnabled(may)
            for name in saved:
                action = gone.addAction(name.replace("&", "&&"))
                action.triggered.connect(lambda _, which=name: self.remove(which))

    def _ask_name(self) -> None:
        dialog = asking.for_text(
            self._view, _words("Save this view"), _words("Name of the view"), "", self.save
        )
        # The title bar holds the title whole.
        dialog.setMinimumWidth(NAME_WIDTH)


def _words(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)
