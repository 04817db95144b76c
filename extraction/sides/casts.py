"""The casts of a death or a clash with the police: who stands with the force, who with the dead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from extraction import lexicon
from extraction.folding import fold
from extraction.model import EntityKind, SideKey
from extraction.sides.hostility import Edge
from extraction.sides.placing import PARTIES, Placing
from extraction.sides.table import United

_NAMELESS = frozenset({"man", "woman", "teenager", "boy", "girl", "driver", "suspect", "victim"})


@cache
def _casts() -> Mapping[str, frozenset[str]]:
    """Raises ``LexiconError`` on bad data."""
    table = lexicon.load("en", "hostility")["casts"]
    return {name: frozenset(words) for name, words in table.items()}


def place_casts(placing: Placing, edges: Iterable[Edge]) -> None:
    """Puts the police and their city on one side, family and protesters on the other.

    Only where the police are a party, or of one, and the other party is no state: a dispute over
    what a force has done. Whoever accuses a side is not put on it, and who has another owner, or
    stands between, stays where he is.
    """
    force = {
        placing.place(key)[0]
        for key, actor in placing.actors.items()
        if actor.kind in (EntityKind.BODY, EntityKind.GROUP)
        if _is(actor, "police") or _union(actor)
    } & set(PARTIES)
    if len(force) != 1:
        return
    ours = force.pop()
    theirs = SideKey.B if ours is SideKey.A else SideKey.A
    principals = list(placing.parties)[:2]
    if any(placing.actors[k].kind is EntityKind.STATE for k in principals):
        return
    against = {(e.source, placing.place(e.target)[0]) for e in edges if _meant(e)}
    names = _surnames(placing, theirs)
    victim = any(not _NAMELESS.isdisjoint(a.descriptions) for a in placing.actors.values())
    for key, actor in placing.actors.items():
        if key in placing.bound:
            continue
        if victim and placing.place(key)[0] is ours and _pronoun_relative(actor):
            placing.parties[key], placing.why[key] = theirs, "a relative of the dead"
        if placing.place(key)[0] is not SideKey.THIRD:
            continue
        if _of_force(placing, actor) and (key, ours) not in against:
            placing.parties[key], placing.why[key] = ours, "of the police or their city"
        elif _of_dead(placing, actor, names) and (key, theirs) not in against:
            placing.parties[key], placing.why[key] = theirs, "of the family, or protests with it"
    placing.known.clear()


def _meant(edge: Edge) -> bool:
    """Whether somebody is said to be against another, and does not just answer whoever spoke."""
    return edge.directed and not edge.implied and not edge.guessed


def _is(actor: United, cast: str) -> bool:
    words = _casts()[cast]
    return not words.isdisjoint(actor.descriptions)


def _union(actor: United) -> bool:
    """Whether a body speaks for police officers."""
    body = actor.kind is EntityKind.BODY and _is(actor, "unions")
    return body and "police" in fold(actor.name).split()


def _pronoun_relative(actor: United) -> bool:
    """ "His mother", right behind the chief of police: of the one who was shot."""
    told = any(r in ("possessive 'his'", "possessive 'her'") for r in actor.reasons)
    return told and actor.kind is EntityKind.PERSON and _is(actor, "relatives")


def _free(placing: Placing, actor: United) -> bool:
    """Whether nobody owns an actor but a government without a name."""
    owner = placing.actors.get(actor.member_of or "")
    return owner is None or fold(owner.name) == "government"


def _of_force(placing: Placing, actor: United) -> bool:
    if not _free(placing, actor):
        return False
    if actor.kind is EntityKind.PERSON:
        return _is(actor, "officers") or _is(actor, "city")
    return _union(actor) or (actor.kind is not EntityKind.STATE and _is(actor, "police"))


def _of_dead(placing: Placing, actor: United, names: frozenset[str]) -> bool:
    last = fold(actor.name).split()[-1]
    if actor.kind is EntityKind.GROUP:
        return actor.member_of is None and _is(actor, "crowd")
    if actor.kind is EntityKind.BODY:
        return _is(actor, "family") and not names.isdisjoint(fold(actor.name).split())
    owner = placing.actors.get(actor.member_of or "")
    nameless = owner is not None and not _NAMELESS.isdisjoint(owner.descriptions)
    return _is(actor, "relatives") and (nameless or owner is None) and (nameless or last in names)


def _surnames(placing: Placing, side: SideKey) -> frozenset[str]:
    """The surnames of all on a side that are persons, or their family."""
    found = set()
    for key, actor in placing.actors.items():
        if placing.place(key)[0] is side and actor.kind is EntityKind.PERSON:
            found.add(fold(actor.name).split()[-1])
    return frozenset(found)
