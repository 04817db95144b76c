"""What the claims of a dossier have to do with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extraction.events.cluster import Cluster
from extraction.events.notes import Note
from extraction.model import Relation, RelationType
from extraction.relations.covering import covering, harmless
from extraction.relations.figures import figures, of_bare_figures, of_denied_figures, tolls
from extraction.relations.index import Index
from extraction.relations.pairs import counter_accusations, opposite_deeds, within
from extraction.relations.replies import Reply, find_replies, is_reply
from extraction.relations.settling import owned_after_denied, sure_in_one_event

__all__ = ["Index", "Reply", "find_relations", "find_replies", "is_reply"]

# Where two claims get several relations, the one that says most.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            RelationType.RETRACTS,
            RelationType.CORRECTS,
            RelationType.DENIES,
            RelationType.ADMITS,
            RelationType.ANSWERS,
            RelationType.CONFIRMS,
            RelationType.CONTRADICTS,
            RelationType.UPDATES,
            RelationType.COUNTER_ACCUSES,
            RelationType.CORROBORATES,
            RelationType.RESTATES,
            RelationType.SAME_EVENT,
        )
    )
}


def _of_replies(replies: Iterable[Reply]) -> Iterator[Relation]:
    for reply in replies:
        yield Relation(
            reply.type,
            reply.source.claim,
            reply.target.claim,
            reply.score,
            reply.reasons,
            reply.possible,
        )


def find_relations(
    notes: Sequence[Note], clusters: Sequence[Cluster], replies: Sequence[Reply], index: Index
) -> tuple[Relation, ...]:
    """All relations of a dossier, one for each pair of claims, in the order of the claims.

    Replies and figures are found first; what they tie is not judged again. Each claim is
    compared with a bounded number of others, so that the work grows with their number.
    """
    found = [*_of_replies(replies), *figures(clusters)]
    found.extend(of_denied_figures(replies, index))
    found.extend(of_bare_figures(notes, index))
    found.extend(tolls(notes))
    found.extend(opposite_deeds(notes, index))
    found.extend(counter_accusations(notes, index))
    by_claim = {n.claim: n for n in notes}
    found = list(sure_in_one_event(found, by_claim, clusters))
    found.extend(owned_after_denied(found, by_claim, index))
    tied = {(min(r.source, r.target), max(r.source, r.target)) for r in found}
    found.extend(covering(clusters, tied))
    found.extend(harmless(clusters, tied))
    found.extend(within(clusters, tied))
    best: dict[tuple[int, int], Relation] = {}
    for relation in found:
        pair = (min(relation.source, relation.target), max(relation.source, relation.target))
        held = best.get(pair)
        if held is None or _strength(relation) < _strength(held):
            best[pair] = relation
    return tuple(_without_idle([best[pair] for pair in sorted(best)]))


def _without_idle(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Leaves out "same event" where a claim is tied by more than that; one for each other claim."""
    tied: set[int] = set()
    for relation in relations:
        if relation.type is not RelationType.SAME_EVENT:
            tied.update((relation.source, relation.target))
    for relation in relations:
        if relation.type is RelationType.SAME_EVENT:
            if relation.source in tied:
                continue
            tied.add(relation.source)
        yield relation


def _strength(relation: Relation) -> tuple[bool, int, float]:
    return relation.possible, _RANK[relation.type], -relation.score
