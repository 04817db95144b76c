"""Going through what the machine suggests: next, accept, reject, put right, take back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from db import Dossier
from db.columns import SUGGESTED
from db.errors import DossierError
from db.rows import ClaimRow, ReviewState
from desktop.comparison.listing import RowKind
from desktop.messages import Message
from extraction.model import RelationType, SideKey, SpeechAct

if TYPE_CHECKING:
    from desktop.comparison.canvas import ComparisonCanvas


IMPORT = "Import"
"""What the names of the steps begin with that read articles."""

NEARBY = 200
"""Rows that are searched one after another for the next suggestion."""


class Review(QObject):
    """Decides on the claims that the canvas has chosen, each time as one step.

    ``failed`` carries the ``DossierError`` of a decision that could not be kept, or a ``Message``.
    """

    failed = Signal(object)

    def __init__(self, canvas: ComparisonCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._done: dict[int | None, list[int]] = {}
        canvas.session.dossier_changed.connect(self._done.clear)

    def allowed(self) -> bool:
        """Whether the dossier takes decisions."""
        dossier = self._canvas.session.dossier
        return dossier is not None and not dossier.read_only

    # ------------------------------------------------------------------ going on

    def next(self, step: int = 1) -> bool:
        """Choose the next suggestion that passes the filter, round the end; false if none is."""
        claim = self._following((), step)
        if claim is None:
            return False
        self._canvas.choose(claim)
        return True

    def _following(self, decided: Collection[int], step: int = 1) -> ClaimRow | None:
        canvas = self._canvas
        if canvas.rows.to_review <= sum(map(self._waits, decided)):
            return None
        place, claim_id = self._where()
        here = list(canvas.choice.reading(place, place + 1))
        ids = [claim.id for claim in here]
        at = ids.index(claim_id) if claim_id in ids else (-1 if step > 0 else len(here))
        ahead = here[at + 1 :] if step > 0 else here[:at][::-1]
        behind = here[:at] if step > 0 else here[at + 1 :][::-1]
        for claim in chain(ahead, self._others(place, step), behind):
            if claim.id not in decided and self._waits(claim.id):
                return claim
        return None

    def _waits(self, claim_id: int) -> bool:
        session = self._canvas.session
        claim = session.claim(claim_id)
        return claim.review is ReviewState.SUGGESTED and session.accepts(claim)

    def _others(self, place: int, step: int) -> Iterable[ClaimRow]:
        """Claims of all rows but one, from it on and round the end.

        Beyond the rows nearby only those are looked at where a suggestion waits: near the end of
        a review of a large dossier they are few and far apart.
        """
        count = len(self._canvas.rows)
        nearby = [(place + step * n) % count for n in range(1, min(count, NEARBY))]
        for row in nearby:
            yield from list(self._canvas.choice.reading(row, row + 1))[::step]
        seen = {place, *nearby}
        far = set(self._waiting()) - seen
        for row in sorted(far, key=lambda row: step * (row - place) % count):
            yield from list(self._canvas.choice.reading(row, row + 1))[::step]

    def _waiting(self) -> list[int]:
        """Rows where a suggestion passes the filter."""
        session, rows = self._canvas.session, self._canvas.rows
        columns = session.columns
        waiting = session.accepted() & (columns.claims.review == SUGGESTED)
        events = np.unique(columns.claims.event[waiting])
        loose = columns.claims.id[waiting & (columns.claims.event == 0)]
        found = [
            *(rows.place_of(RowKind.EVENT, one) for one in events.tolist()),
            *(rows.place_of(RowKind.CLAIM, one) for one in loose.tolist()),
        ]
        return [row for row in found if row is not None]

    def _where(self) -> tuple[int, int | None]:
        """The row to go on from, and the claim if one is chosen there."""
        canvas = self._canvas
        selection = canvas.session.selection
        marked = canvas.choice.marked
        claim_id = marked[-1] if marked else selection.claim_id
        place = canvas.index_of(claim_id, selection.event_id)
        if place is not None:
            return place, claim_id
        visible = canvas.visible_rows()
        return (visible[0][0] if visible else 0), None

    # ------------------------------------------------------------------ deciding

    def decide(self, accepted: bool) -> None:
        """Accept or reject what is chosen, then go on to the next suggestion."""
        targets = self._canvas.choice.targets()
        if not targets or not self.allowed():
            return
        following = self._following(targets)
        after = self._canvas.moves.after(targets[-1]) if not accepted else None
        state = ReviewState.ACCEPTED if accepted else ReviewState.REJECTED
        if self._keep(lambda dossier: dossier.set_review(targets, state), targets):
            self._canvas.choice.clear()
            self._go_to(following or after)

    def change_act(self, act: SpeechAct) -> None:
        """Say what kind of statement the chosen claims are."""
        targets = self._canvas.choice.targets()
        self._keep(lambda dossier: dossier.edit_claims(targets, act=act), targets)

    def change_side(self, side: SideKey) -> None:
        """Say which side the chosen claims speak for."""
        targets = self._canvas.choice.targets()
        if self._keep(lambda dossier: dossier.edit_claims(targets, side=side), targets):
            self._canvas.show_chosen()

    def change_source(self, claim_ids: Collection[int], actor_id: int | None, name: str) -> None:
        """Say who makes the claims."""
        kept = self._keep(
            lambda dossier: dossier.set_source(claim_ids, actor_id=actor_id, speaker=name),
            claim_ids,
        )
        if kept:
            self._canvas.show_chosen()

    def write(
        self,
        label: str,
        edits: Sequence[Callable[[Dossier], object]],
        claim_ids: Collection[int] = (),
    ) -> None:
        """Write what a dialog was left with, as one step of that name."""

        def in_one_step(dossier: Dossier) -> None:
            with dossier.step(label):
                for edit in edits:
                    edit(dossier)

        if edits and self._keep(in_one_step, claim_ids):
            self._canvas.show_chosen()

    def split(self) -> None:
        """Make the chosen claims an event of their own."""
        targets = self._canvas.choice.targets()
        if self._keep(lambda dossier: dossier.split_event(targets), targets):
            self._canvas.show_chosen()

    def place(self, event_id: int) -> None:
        """Put the chosen claims in an event."""
        targets = self._canvas.choice.targets()
        if self._keep(lambda dossier: dossier.place_claims(targets, event_id), targets):
            self._canvas.show_chosen()

    def merge(self, event_ids: Collection[int], into: int) -> None:
        """Make one event of several."""
        if self._keep(lambda dossier: dossier.merge_events(event_ids, into)):
            self._canvas.show_chosen()

    def star(self) -> None:
        """Star the chosen claims; if all of them are starred, take the stars away."""
        session, targets = self._canvas.session, self._canvas.choice.targets()
        starred = not all(session.claim(one).starred for one in targets)
        self._keep(lambda dossier: dossier.set_note(targets, starred=starred), targets)

    def write_note(self, claim_ids: Collection[int], note: str) -> None:
        self._keep(lambda dossier: dossier.set_note(claim_ids, note=note), claim_ids)

    def decide_relations(self, relation_ids: Collection[int], accepted: bool) -> None:
        state = ReviewState.ACCEPTED if accepted else ReviewState.REJECTED
        self._keep(lambda dossier: dossier.set_relation_review(relation_ids, state))

    def change_relation(
        self, relation_id: int, kind: RelationType, *, turned: bool = False
    ) -> None:
        self._keep(lambda dossier: dossier.change_relation(relation_id, kind, turned=turned))

    def relate(self, source_id: int, target_id: int, kind: RelationType) -> None:
        self._keep(
            lambda dossier: dossier.relate(source_id, target_id, kind), [source_id, target_id]
        )

    def undo(self) -> None:
        """Take the last step back and go to where it was made.

        An import is more than a decision: one key without Ctrl must not take all of it away.
        """
        dossier = self._canvas.session.dossier
        if dossier is None or not self.allowed() or dossier.undo_label is None:
            return
        if dossier.undo_label.startswith(IMPORT):
            self.failed.emit(
                Message(
                    self.tr("There is no decision left to take back."),
                    self.tr("Ctrl+Z would take back the import before it."),
                )
            )
            return
        claim_ids = self._done.get(dossier.undo_step)
        try:
            dossier.undo()
        except DossierError as error:
            self.failed.emit(error)
            return
        if claim_ids is not None:
            self._canvas.choice.clear()
            found = [one for one in claim_ids if self._canvas.index_of(one, None) is not None]
            if found:
                self._go_to(self._canvas.session.claim(found[0]))
                self._canvas.choice.marked = found if len(found) > 1 else []

    def _keep(self, act: Callable[[Dossier], object], claim_ids: Collection[int] = ()) -> bool:
        """Write a decision; false if that was not allowed or failed."""
        dossier = self._canvas.session.dossier
        if dossier is None or not self.allowed():
            return False
        try:
            act(dossier)
        except DossierError as error:
            self.failed.emit(error)
            return False
        self._done[dossier.undo_step] = list(claim_ids)
        return True

    def _go_to(self, claim: ClaimRow | None) -> None:
        if claim is not None:
            self._canvas.choose(self._canvas.session.claim(claim.id))
