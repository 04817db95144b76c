"""What became of a claim: derived from its relations at each read, never stored.

The rule, the first that fits: ``retracted``, ``corrected``, ``superseded`` (updated by a later
figure), ``admitted`` (by the side that it accuses, or an admission itself), ``denied`` (by the
other side), ``disputed`` (contradicted, or denied from its own ranks), ``confirmed`` (by a voice of
independent origin, or by the article itself), ``unverified`` (the article says so),
``asserted``. Rejected relations do not count, and merely possible ones only
when a person accepted them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from db.rows import Status
from extraction.model import RelationType, SideKey, SpeechAct, Verification


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: what the independence of two claims is judged by.

    ``actor`` is ``None`` where the source was not resolved; ``text`` is the claim's content.
    """

    claim: int
    side: str
    actor: int | None
    text: str


@dataclass(slots=True)
class Standing:
    """What other claims do to one claim."""

    disputed_by: set[int] = field(default_factory=set)
    statuses: set[Status] = field(default_factory=set)


_ORDER = (
    Status.RETRACTED,
    Status.CORRECTED,
    Status.SUPERSEDED,
    Status.ADMITTED,
    Status.DENIED,
    Status.DISPUTED,
    Status.CONFIRMED,
    Status.UNVERIFIED,
)
_PARTIES = {SideKey.A.value, SideKey.B.value}
_DIRECT: Mapping[str, Status] = {
    RelationType.RETRACTS.value: Status.RETRACTED,
    RelationType.CORRECTS.value: Status.CORRECTED,
    RelationType.UPDATES.value: Status.SUPERSEDED,
    RelationType.ADMITS.value: Status.ADMITTED,
}


def standings(relations: Iterable[tuple[str, Voice, Voice]]) -> dict[int, Standing]:
    """Standing of every claim that a relation touches; ``relations`` are (type, source, target)."""
    result: defaultdict[int, Standing] = defaultdict(Standing)
    for kind, source, target in relations:
        if kind in _DIRECT:
            result[target.claim].statuses.add(_DIRECT[kind])
        elif kind == RelationType.DENIES:
            standing = result[target.claim]
            standing.disputed_by.add(source.claim)
            standing.statuses.add(Status.DENIED if _other_side(source, target) else Status.DISPUTED)
        elif kind == RelationType.CONTRADICTS:
            for one, other in ((source, target), (target, source)):
                result[one.claim].disputed_by.add(other.claim)
                result[one.claim].statuses.add(Status.DISPUTED)
        elif kind == RelationType.CONFIRMS and independent(source, target):
            result[target.claim].statuses.add(Status.CONFIRMED)
        elif kind == RelationType.CORROBORATES and independent(source, target):
            result[target.claim].statuses.add(Status.CONFIRMED)
            result[source.claim].statuses.add(Status.CONFIRMED)
    return dict(result)


def _other_side(source: Voice, target: Voice) -> bool:
    if source.side == target.side and source.side in _PARTIES:
        return False
    return source.actor is None or source.actor != target.actor


def independent(source: Voice, target: Voice) -> bool:
    """Whether two claims have different origins.

    Not so for one actor twice, for two voices of one party, for a voice that nobody is named
    for, or for the same words (one wire story in two outlets).
    """
    if source.actor is None or target.actor is None or source.actor == target.actor:
        return False
    if source.side == target.side and source.side in _PARTIES:
        return False
    return source.text.casefold() != target.text.casefold()


def status_of(standing: Standing | None, act: str, verification: str) -> Status:
    """The status of a claim with this standing (``None``: no relation touches it)."""
    if standing is None and act != SpeechAct.ADMITS and verification == Verification.NONE:
        return Status.ASSERTED
    found = set(standing.statuses) if standing else set()
    if act == SpeechAct.ADMITS:
        found.add(Status.ADMITTED)
    if verification == Verification.UNVERIFIED:
        found.add(Status.UNVERIFIED)
    elif verification == Verification.CONFIRMED:
        found.add(Status.CONFIRMED)
    if len(found) <= 1:
        return next(iter(found), Status.ASSERTED)
    return next((status for status in _ORDER if status in found), Status.ASSERTED)
