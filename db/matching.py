"""Which stored claim, actor or event a newly assembled one is: ids stay with what they named.

A claim is known by its article and the index of its attribution; where an article was read
anew and another cue stands under that index, by its cue's place. An actor is known by its key,
or, where a fuller name changed the key, by the claims it makes. An event is known by the claims
and narrations it shares with a stored one, the largest share first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extraction.model import Claim, Event, Reading

New = TypeVar("New", int, str)


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """``cue`` is its cue's span, known for articles that were read anew."""

    id: int
    article_id: int
    position: int
    event_id: int | None
    actor_id: int | None
    review: str
    cue: tuple[int, int] | None


def pair_by_share(shares: Iterable[tuple[int, New]]) -> dict[New, int]:
    """Pair stored ids with new ones one to one, those that share most first.

    ``shares`` names a pair once for each thing that both have. Ties go to the lower ids.
    """
    counted = Counter(shares)
    paired: dict[New, int] = {}
    taken: set[int] = set()
    for (old, new), _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if new not in paired and old not in taken:
            paired[new] = old
            taken.add(old)
    return paired


def match_claims(
    stored: Collection[StoredClaim], claims: Collection[Claim], articles: Mapping[str, int]
) -> dict[int, StoredClaim]:
    """Assembled claim id to the stored claim that it is."""
    by_position = {(claim.article_id, claim.position): claim for claim in stored}
    by_cue = {(claim.article_id, claim.cue): claim for claim in stored if claim.cue is not None}
    matched: dict[int, StoredClaim] = {}
    taken: set[int] = set()
    moved: list[Claim] = []
    for claim in claims:
        article = articles[claim.article]
        found = by_position.get((article, claim.attribution.index))
        if found is None or found.cue not in (None, _cue_of(claim)):
            moved.append(claim)
            continue
        matched[claim.id] = found
        taken.add(found.id)
    for claim in moved:
        found = by_cue.get((articles[claim.article], _cue_of(claim)))
        if found is not None and found.id not in taken:
            matched[claim.id] = found
            taken.add(found.id)
    return matched


def _cue_of(claim: Claim) -> tuple[int, int]:
    return claim.attribution.cue.start, claim.attribution.cue.end


def match_actors(
    stored: Mapping[str, int],
    reading: Reading,
    matched: Mapping[int, StoredClaim],
) -> dict[str, int]:
    """Actor key to the stored actor's id."""
    keys = {actor.key for actor in reading.actors}
    known = {key: stored[key] for key in keys if key in stored}
    orphans = {actor_id for key, actor_id in stored.items() if key not in keys}
    shares = (
        (old.actor_id, claim.actor)
        for claim in reading.claims
        if claim.actor is not None
        and claim.actor in keys
        and claim.actor not in known
        and (old := matched.get(claim.id)) is not None
        and old.actor_id is not None
        and old.actor_id in orphans
    )
    return known | pair_by_share(shares)


@dataclass(frozen=True, slots=True)
class MatchedEvents:
    """Where assembled events go.

    ``known`` are stored events that they update. ``following`` are events that a person put
    together: they take what is new and stay as they are otherwise. ``new`` are to be written.
    """

    known: dict[int, int]
    following: dict[int, int]
    new: list[int]


def match_events(
    events: Sequence[Event],
    claims_of: Mapping[int, Collection[int]],
    matched: Mapping[int, StoredClaim],
    mentions: Mapping[tuple[int, int], int],
    articles: Mapping[str, int],
    placed: Mapping[int, int],
) -> MatchedEvents:
    """Assembled event id to the stored event's id.

    ``claims_of`` gives assembled claim ids by assembled event; ``mentions`` the stored event of
    a narration, by article id and index; ``placed`` the event in which a person put a stored
    claim.
    """

    def shares() -> Iterable[tuple[int, int]]:
        for event in events:
            for claim in claims_of.get(event.id, ()):
                old = matched.get(claim)
                if old is not None and old.event_id is not None and old.id not in placed:
                    yield old.event_id, event.id
            for mention in event.mentions:
                known = mentions.get((articles[mention.article], mention.narration))
                if known is not None:
                    yield known, event.id

    paired = pair_by_share(shares())
    by_hand = set(placed.values())
    known: dict[int, int] = {}
    following: dict[int, int] = {}
    new: list[int] = []
    for event in events:
        claims = claims_of.get(event.id, ())
        stored = [matched[claim] for claim in claims if claim in matched]
        old = [claim.id for claim in stored]
        own = {claim.event_id for claim in stored if claim.id not in placed}
        # Without claims its narration tells; what it tells of may stand in such an event, too.
        targets = {placed.get(claim) for claim in old} or {paired.get(event.id)}
        target = next(iter(targets))
        if len(targets) == 1 and target is not None and target in by_hand:
            following[event.id] = target
        elif event.id in paired and (paired[event.id] not in by_hand or paired[event.id] in own):
            known[event.id] = paired[event.id]
        elif event.mentions or len(old) < len(claims) or None in targets or not claims:
            new.append(event.id)
    return MatchedEvents(known, following, new)


def claims_by_event(reading: Reading) -> tuple[dict[int, int], dict[int, list[int]]]:
    """The event of each assembled claim, and the claims of each event.

    An event may list a claim that does not name it back; the list then decides.
    """
    event_of = {claim.id: claim.event for claim in reading.claims if claim.event is not None}
    known = {claim.id for claim in reading.claims}
    for event in reading.events:
        for claim in event.claims:
            if claim in known:
                event_of.setdefault(claim, event.id)
    claims_of: defaultdict[int, list[int]] = defaultdict(list)
    for claim, event_id in event_of.items():
        claims_of[event_id].append(claim)
    return event_of, dict(claims_of)
