"""The actors of a dossier and the sides they are on, found from what they say of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extraction.model import (
    Actor,
    ArticleReading,
    BlockKind,
    Decisions,
    Side,
    SideKey,
    SpeechAct,
)
from extraction.sides.casts import place_casts
from extraction.sides.hostility import Edge, Hostility, Reply, answers, weights
from extraction.sides.placing import DECIDED, PARTIES, Placing
from extraction.sides.powers import Pair, Powers, strongest
from extraction.sides.table import ActorTable, United
from extraction.sides.uniting import unite_actors

__all__ = ["ActorTable", "SideTable", "United", "find_sides", "unite_actors"]

_MOST_REASONS = 6
_BEFORE = 4  # attributions back that a denial can answer


class SideTable(NamedTuple):
    """The sides (A and B, or none) and every actor with its side and the reasons for it."""

    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]


def find_sides(
    readings: Sequence[ArticleReading], table: ActorTable, decisions: Decisions
) -> SideTable:
    """Finds the two parties of the dispute and puts every actor on a side.

    What a person has decided always wins: ``decisions.sides`` fixes who is A and who is B (by
    principals, or by a name that an actor bears) and their names, ``decisions.actor_sides`` binds
    single actors. ``decisions.shown`` keeps the letters of parties found before. Without a dispute
    there are no sides, and everybody is a third party.
    """
    powers = Powers(table)
    hostility = _hostility(readings, table)
    powers.hear(_voices(readings, table))
    pairs = powers.pairs(hostility.edges)
    fixed = _fixed(table, decisions)
    chosen = _choose(powers, pairs, fixed)
    if chosen is not None and not fixed:
        chosen = _as_shown(table, decisions.shown, chosen)
    placing = Placing(powers, decisions, table)
    if chosen is None:
        return SideTable(_named_only(decisions), placing.none())
    key = (min(chosen), max(chosen))
    placing.principals(chosen, pairs, fixed)
    placing.allies(hostility.allies, pairs)
    placing.accusers(hostility.edges)
    placing.represented()
    place_casts(placing, hostility.edges)
    placing.towns(hostility.struck)
    sides = []
    for side, principal in zip(PARTIES, chosen, strict=True):
        decided = next((s for s in decisions.sides if s.key is side), None)
        name = (
            decided.name if decided is not None and decided.name else table.actors[principal].name
        )
        why = tuple(pairs[key].reasons)[:_MOST_REASONS] if key in pairs else (DECIDED,)
        members = tuple(k for k, s in placing.parties.items() if s is side)
        sides.append(Side(side, name, members, why))
    return SideTable(tuple(sides), placing.all())


def _hostility(readings: Sequence[ArticleReading], table: ActorTable) -> Hostility:
    hostility = Hostility(table)
    powers = Powers(table)
    order = _reading_order(readings)
    replies: list[Reply] = []
    for place, reading in enumerate(readings):
        number = order[place]
        hostility.read(number, reading)
        hostility.edges += _headed(number, reading, table, powers)
        before: list[str] = []
        for a in reading.attributions:
            key = None
            if a.entity is not None:
                key = table.of_entity.get((reading.article.key, a.entity))
            if key is None:
                continue
            if a.act in (SpeechAct.DENIES, SpeechAct.REJECTS) and not a.targets:
                others = [k for k in before[-_BEFORE:] if powers.lift(k, key) is not None]
                others = [k for k in others if not powers.between(k)]
                replies.append(Reply(number, key, a.cue.start, a.act.value, tuple(others[::-1])))
            before.append(key)
    hostility.edges += answers(hostility.edges, replies)
    return hostility


def _voices(readings: Sequence[ArticleReading], table: ActorTable) -> dict[str, float]:
    """How often each actor is quoted; a heading counts twice."""
    heard: dict[str, float] = defaultdict(float)
    for reading in readings:
        for a in reading.attributions:
            key = None
            if a.entity is not None:
                key = table.of_entity.get((reading.article.key, a.entity))
            if key is not None:
                heard[key] += 2.0 if a.cue.start < _heading(reading) else 1.0
    return heard


def _heading(reading: ArticleReading) -> int:
    """Where the heading of an article ends; 0 without one."""
    return max((b.end for b in reading.article.blocks if b.kind is BlockKind.TITLE), default=0)


def _headed(number: int, reading: ArticleReading, table: ActorTable, powers: Powers) -> list[Edge]:
    """ "Ruhl says …; Kest denies": two parties that speak in one heading are set against each."""
    end = _heading(reading)
    voices: list[tuple[str, int]] = []
    for a in reading.attributions:
        if a.cue.start >= end or a.entity is None:
            continue
        key = table.of_entity.get((reading.article.key, a.entity))
        if key is not None and not powers.between(key):
            voices.append((key, a.cue.start))
    weight = weights().thresholds["heading"]
    return [
        Edge(one, other, weight, "both speak in the heading", (number, at), directed=False)
        for (one, _), (other, at) in pairwise(voices)
        if powers.lift(one, other) is not None
    ]


def _reading_order(readings: Sequence[ArticleReading]) -> list[int]:
    """The number of each reading in the order of publication."""
    line = sorted(
        range(len(readings)),
        key=lambda k: (
            readings[k].article.published.start is None,
            str(readings[k].article.published.start or ""),
            k,
        ),
    )
    number = [0] * len(readings)
    for place, k in enumerate(line):
        number[k] = place
    return number


def _fixed(table: ActorTable, decisions: Decisions) -> dict[SideKey, str]:
    """The actor that a person has set as a party, by side."""
    found: dict[SideKey, str] = {}
    for side in decisions.sides:
        if side.key not in PARTIES:
            continue
        for name in (*side.principals, side.name):
            key = table.find(name) if name else None
            if key is not None and key not in found.values():
                found[side.key] = key
                break
    return found


def _choose(
    powers: Powers,
    pairs: Mapping[tuple[str, str], Pair],
    fixed: Mapping[SideKey, str],
) -> tuple[str, str] | None:
    """The principals of A and of B."""
    a, b = fixed.get(SideKey.A), fixed.get(SideKey.B)
    if a is not None and b is not None:
        return a, b
    if a is not None or b is not None:
        one = a or b
        found = strongest(powers, pairs, with_one=one)
        if found is not None and one is not None:
            other = found[0] if found[1] == one else found[1]
            return (one, other) if a is not None else (other, one)
        return None
    found = strongest(powers, pairs)
    if found is None:
        return None
    pair = pairs[found]
    if pair.first_by:
        other = found[0] if found[1] == pair.first_by else found[1]
        return pair.first_by, other
    one, two = sorted(found, key=lambda k: (-powers.actors[k].count, powers.actors[k].first, k))
    return one, two


def _as_shown(table: ActorTable, shown: Sequence[Side], chosen: tuple[str, str]) -> tuple[str, str]:
    """The same two parties, each under the letter that it had before."""
    for side in shown:
        keys = {table.find(name) for name in (side.name, *side.principals) if name}
        known = [key for key in chosen if key in keys]
        if len(known) == 1:
            other = chosen[1] if known[0] == chosen[0] else chosen[0]
            return (known[0], other) if side.key is SideKey.A else (other, known[0])
    return chosen


def _named_only(decisions: Decisions) -> tuple[Side, ...]:
    """Sides that a person has set but that no article speaks of."""
    return tuple(s for s in decisions.sides if s.key in PARTIES and s.principals)
