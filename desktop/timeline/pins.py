"""Pinned labels: always shown, whatever else there is room for. A dossier keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.errors import DossierError
from db.pins import Pins
from desktop.timeline.data import TimelineData
from desktop.timeline.index import Ids

if TYPE_CHECKING:
    from desktop.timeline.view import TimelineView


def pinned_marks(data: TimelineData, pins: Pins) -> frozenset[int]:
    """The marks of what is pinned, as far as it is among them."""
    if not pins:
        return frozenset()
    found = {data.index_of_claim.get(claim) for claim in pins.claims} - {None}
    if pins.events:
        own: Ids = (data.claim_id < 0).nonzero()[0]
        found |= {int(i) for i in own if int(data.event_id[i]) in pins.events}
    return frozenset(index for index in found if index is not None)


class PinBoard:
    """What is pinned in a view: what the dossier keeps, or what a saved view has instead."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._kept = Pins()
        self.shown = Pins()

    def read(self, *, anew: bool = False) -> None:
        """Take over what the dossier keeps where that changed; ``anew`` in any case."""
        dossier = self._view.session.dossier
        kept = Pins()
        if dossier is not None:
            try:
                kept = dossier.pins()
            except DossierError as error:
                self._view.failed.emit(error)
        if anew or kept != self._kept:
            self._kept = kept
            self.show(kept)

    def show(self, pins: Pins) -> None:
        """Pin these in the view; the dossier keeps what it has."""
        self.shown = pins
        self._view.canvas.set_pinned(self.marks)

    @property
    def marks(self) -> frozenset[int]:
        return pinned_marks(self._view.data, self.shown)

    def is_pinned(self, index: int) -> bool:
        claim, event = self._ids(index)
        return claim in self.shown.claims if claim >= 0 else event in self.shown.events

    def toggle(self, index: int) -> None:
        """Pin the label of a mark, or no longer."""
        claim, event = self._ids(index)
        if claim >= 0:
            self._decide(replace(self.shown, claims=self.shown.claims ^ {claim}))
        else:
            self._decide(replace(self.shown, events=self.shown.events ^ {event}))

    def clear(self) -> None:
        """Pin nothing."""
        self._decide(Pins())

    def _ids(self, index: int) -> tuple[int, int]:
        data = self._view.data
        return int(data.claim_id[index]), int(data.event_id[index])

    def _decide(self, pins: Pins) -> None:
        """Where the dossier may not be written it is for the while only."""
        self.show(pins)
        dossier = self._view.session.dossier
        if dossier is None or dossier.read_only:
            return
        self._kept = pins
        try:
            dossier.set_pins(pins)
        except DossierError as error:
            self._view.failed.emit(error)
