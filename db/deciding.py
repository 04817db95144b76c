"""What a person decides on claims and relations, as named steps of a dossier."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager

from db import edits, rating, regrouping
from db.changes import Changes
from db.journal import StepWriter
from db.rows import NewClaim, Reliability, ReviewState
from extraction.model import FuzzyInterval, Quantity, RelationType, SideKey, Span, SpeechAct


class Deciding(ABC):
    """The part of a dossier that corrects what the machine read. Each write is one step."""

    @abstractmethod
    def _step(self, label: str, joining: int = 0) -> AbstractContextManager[StepWriter]:
        """One transaction, one undoable step."""

    def set_review(self, claim_ids: Collection[int], state: ReviewState) -> Changes:
        """Raises ``KeyError`` if a claim does not exist. An edited claim stays so if accepted."""
        label = _REVIEW_LABELS[state]
        if len(claim_ids) > 1:
            label = label.replace("claim", f"{len(claim_ids)} claims")
        with self._step(label) as writer:
            edits.set_review(writer, claim_ids, state)
        return writer.changes

    def edit_claims(
        self,
        claim_ids: Collection[int],
        *,
        act: SpeechAct | None = None,
        side: SideKey | None = None,
    ) -> Changes:
        """Put speech act or side right. The claims are then ``edited``, which later imports keep.

        Raises ``KeyError`` if a claim does not exist.
        """
        what = "speech act" if side is None else "side"
        label = f"Change {what}" if act is None or side is None else "Edit claim"
        if len(claim_ids) > 1:
            label += f" of {len(claim_ids)} claims"
        with self._step(label) as writer:
            edits.edit_claims(writer, claim_ids, act=act, side=side)
        return writer.changes

    def set_source(
        self, claim_ids: Collection[int], *, actor_id: int | None = None, speaker: str = ""
    ) -> Changes:
        """Say who makes claims: an actor of the dossier, or a name alone.

        Their side becomes the actor's. Raises ``KeyError`` if a claim or the actor does not exist.
        """
        label = "Change source"
        if len(claim_ids) > 1:
            label += f" of {len(claim_ids)} claims"
        with self._step(label) as writer:
            edits.set_source(writer, claim_ids, actor_id, speaker)
        return writer.changes

    def set_content(self, claim_id: int, spans: Sequence[Span]) -> Changes:
        """Give a claim other words of its article; it is then ``edited``.

        Raises ``KeyError`` if there is no such claim, ``ValueError`` for words that do not stand
        where the spans say.
        """
        with self._step("Change words of claim") as writer:
            edits.set_content(writer, claim_id, spans)
        return writer.changes

    def set_when(self, claim_ids: Collection[int], when: FuzzyInterval | None) -> Changes:
        """Say when what is claimed happened; ``None`` says that nobody knows.

        Raises ``KeyError`` if a claim does not exist.
        """
        with self._step(_counted("Change time", claim_ids)) as writer:
            edits.set_when(writer, claim_ids, when)
        return writer.changes

    def set_places(self, claim_ids: Collection[int], places: Sequence[str]) -> Changes:
        """Say where it happened. Raises ``KeyError`` if a claim does not exist."""
        with self._step(_counted("Change place", claim_ids)) as writer:
            edits.set_places(writer, claim_ids, places)
        return writer.changes

    def set_quantities(self, claim_id: int, quantities: Sequence[Quantity]) -> Changes:
        """Say what a claim counts.

        Raises ``KeyError`` if there is no such claim, ``ValueError`` for words that do not stand
        where the spans say, or bounds the wrong way round.
        """
        with self._step("Change figures") as writer:
            edits.set_quantities(writer, claim_id, quantities)
        return writer.changes

    def place_claims(self, claim_ids: Collection[int], event_id: int) -> Changes:
        """Put claims in an event, where later imports leave them.

        Raises ``KeyError`` if a claim or the event does not exist.
        """
        with self._step(_counted("Move to another event", claim_ids)) as writer:
            regrouping.place_claims(writer, claim_ids, event_id)
        return writer.changes

    def split_event(self, claim_ids: Collection[int], label: str = "") -> int:
        """Make an event of its own out of claims; returns its id.

        Raises ``KeyError`` if a claim does not exist, ``ValueError`` without any.
        """
        with self._step("Split event") as writer:
            return regrouping.split_event(writer, claim_ids, label)

    def merge_events(self, event_ids: Collection[int], into: int) -> Changes:
        """Make one event of several. Raises ``KeyError`` if one does not exist."""
        with self._step("Merge events") as writer:
            regrouping.merge_events(writer, event_ids, into)
        return writer.changes

    def rename_event(self, event_id: int, label: str) -> Changes:
        """An empty name leaves it to the next import again. Raises ``KeyError``."""
        with self._step("Rename event") as writer:
            regrouping.rename_event(writer, event_id, label)
        return writer.changes

    def date_event(self, event_id: int, when: FuzzyInterval | None) -> Changes:
        """Say when an event happened; ``None`` says that nobody knows. Raises ``KeyError``."""
        with self._step("Change time of event") as writer:
            regrouping.date_event(writer, event_id, when)
        return writer.changes

    def add_claim(self, new: NewClaim) -> int:
        """Add a claim that the machine missed; returns its id. Later imports leave it alone.

        Raises ``KeyError`` if article, actor or event do not exist, ``ValueError`` for words that
        do not stand where the spans say.
        """
        with self._step("Add claim") as writer:
            return edits.add_claim(writer, new)

    def set_note(
        self,
        claim_ids: Collection[int],
        *,
        starred: bool | None = None,
        note: str | None = None,
    ) -> Changes:
        """Star claims or write a note on them; ``None`` leaves as it is, an empty note is none.

        Raises ``KeyError`` if a claim does not exist.
        """
        label = "Write note" if note is not None else "Star claim" if starred else "Take star away"
        with self._step(label) as writer:
            edits.set_note(writer, claim_ids, starred=starred, note=note)
        return writer.changes

    def set_credibility(self, claim_ids: Collection[int], credibility: int | None) -> Changes:
        """Say how credible claims are, 1 (confirmed) to 6 (cannot be judged); ``None`` unsays it.

        Raises ``KeyError`` if a claim does not exist, ``ValueError`` for another figure.
        """
        with self._step("Rate credibility") as writer:
            rating.set_credibility(writer, claim_ids, credibility)
        return writer.changes

    def set_reliability(
        self,
        reliability: Reliability | None,
        *,
        actor_id: int | None = None,
        outlet: str | None = None,
    ) -> Changes:
        """Say how reliable an actor or an outlet is as a source; ``None`` unsays it.

        Raises ``KeyError`` if there is no such actor or no article of such an outlet, and
        ``ValueError`` unless exactly one of the two is named.
        """
        with self._step("Rate reliability") as writer:
            rating.set_reliability(writer, reliability, actor_id=actor_id, outlet=outlet)
        return writer.changes

    def set_relation_review(self, relation_ids: Collection[int], state: ReviewState) -> Changes:
        """A rejected relation no longer counts; an accepted one is no mere possibility.

        Raises ``KeyError`` if a relation does not exist.
        """
        label = _RELATION_LABELS[state]
        if len(relation_ids) > 1:
            label = label.replace("relation", f"{len(relation_ids)} relations")
        with self._step(label) as writer:
            edits.set_relation_review(writer, relation_ids, state)
        return writer.changes

    def relate(self, source_id: int, target_id: int, kind: RelationType) -> int:
        """Relate two claims by hand; returns the relation's id.

        Raises ``KeyError`` if a claim does not exist, ``ValueError`` for a claim with itself.
        """
        with self._step("Relate claims") as writer:
            return edits.relate(writer, source_id, target_id, kind)

    def change_relation(self, relation_id: int, kind: RelationType, *, turned: bool = False) -> int:
        """Give a relation another kind or direction; returns the id of the new relation.

        Raises ``KeyError`` if there is no such relation.
        """
        with self._step("Change relation") as writer:
            return edits.change_relation(writer, relation_id, kind, turned=turned)


def _counted(label: str, claim_ids: Collection[int]) -> str:
    return f"{label} of {len(claim_ids)} claims" if len(claim_ids) > 1 else label


_RELATION_LABELS = {
    ReviewState.SUGGESTED: "Reopen relation",
    ReviewState.ACCEPTED: "Accept relation",
    ReviewState.EDITED: "Mark relation as edited",
    ReviewState.REJECTED: "Reject relation",
}
_REVIEW_LABELS = {
    ReviewState.SUGGESTED: "Reopen review",
    ReviewState.ACCEPTED: "Accept claim",
    ReviewState.EDITED: "Mark claim as edited",
    ReviewState.REJECTED: "Reject claim",
}
