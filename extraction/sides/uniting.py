"""The entities of all articles as the actors of a dossier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from extraction.actors.gazetteer import adjectives_of
from extraction.folding import fold
from extraction.model import ArticleReading, EntityKind
from extraction.sides.homing import Homing
from extraction.sides.misread import called, mistaken_states, own_bodies, seats, town_police
from extraction.sides.table import ActorTable, Place, United
from extraction.sides.tying import Uniter, is_guess

_BONDS = ("office", "ally", "nation", "")


def unite_actors(readings: Sequence[ArticleReading]) -> ActorTable:
    """The actors of a dossier, with stable keys: the folded fullest name.

    Names are compared within blocks of equal consonants, so that the work grows nearly in line
    with the number of entities.
    """
    uniter = Uniter()
    uniter.load(readings)
    uniter.both()
    uniter.adjectives()
    uniter.states()
    Homing(uniter, readings).run()
    uniter.persons()
    mistaken_states(uniter)
    uniter.unknown()
    uniter.bodies()
    mistaken_states(uniter)
    uniter.employers()
    own_bodies(uniter)
    town_police(uniter)
    called(uniter)
    seats(uniter, readings)
    uniter.offices()
    uniter.unknown()
    return _table(uniter)


def _table(uniter: Uniter) -> ActorTable:
    groups: dict[int, list[int]] = defaultdict(list)
    for k in range(len(uniter.nodes)):
        groups[uniter.find(k)].append(k)
    for root in _unmentioned(uniter, groups):
        del groups[root]
    keys: dict[int, str] = {}
    taken: set[str] = set()
    plain = [r for r in groups if not uniter.nodes[r].entity.parts]
    for root in sorted(plain, key=uniter.depth):
        keys[root] = _key(uniter, root, groups[root], keys, taken)
    joint: dict[str, int] = {}
    for root in [r for r in groups if uniter.nodes[r].entity.parts]:
        parts = _parts(uniter, root, keys)
        key = " + ".join(sorted(parts)) or f"+ {root}"
        keys[root] = key
        if key in joint:
            groups[joint[key]].extend(groups[root])
        joint.setdefault(key, root)
    actors: dict[str, United] = {}
    of_entity: dict[Place, str] = {}
    by_name: dict[str, str] = {}
    for root, members in groups.items():
        key = keys[root]
        for k in members:
            of_entity[uniter.nodes[k].place] = key
        if key in actors:
            continue
        actors[key] = actor = _actor(uniter, root, members, keys)
        for name in (actor.name, *actor.aliases):
            by_name.setdefault(fold(name), key)
    return ActorTable(actors, of_entity, by_name)


def _unmentioned(uniter: Uniter, groups: Mapping[int, list[int]]) -> list[int]:
    """Towns known only by the state they lie in: nobody in them speaks or acts."""
    owners = {
        uniter.find(uniter.at[node.place[0], node.entity.member_of])
        for node in uniter.nodes
        if node.entity.member_of is not None
    }
    owners |= {
        uniter.find(uniter.at[node.place[0], part])
        for node in uniter.nodes
        for part in node.entity.parts
    }
    return [
        root
        for root, members in groups.items()
        if root not in owners
        and all(
            uniter.nodes[k].entity.kind is EntityKind.STATE
            and uniter.nodes[k].entity.bond == "nation"
            and uniter.nodes[k].count == 0
            for k in members
        )
    ]


def _parts(uniter: Uniter, root: int, keys: Mapping[int, str]) -> tuple[str, ...]:
    node = uniter.nodes[root]
    found = [uniter.find(uniter.at[node.place[0], part]) for part in node.entity.parts]
    return tuple(dict.fromkeys(keys[r] for r in found if r in keys))


def _fullest(uniter: Uniter, members: list[int], *, first: bool = False) -> str:
    """The fullest name: the one used most, or the one met first, which stays when articles come."""
    nodes = [uniter.nodes[k] for k in members]
    names = {node.entity.name for node in nodes}
    if len(names) == 1:
        return names.pop()
    count: dict[str, int] = {}
    if any(node.entity.kind is EntityKind.STATE for node in nodes):
        adjectives = adjectives_of(names)
        seats = {alias for node in nodes for alias in node.entity.aliases}
        lesser = seats | set(adjectives)
        nodes = [node for node in nodes if node.entity.name not in lesser] or nodes
    for node in nodes:
        name = node.entity.name
        count[name] = count.get(name, 0) + max(1, node.count)
    person = any(node.entity.kind is EntityKind.PERSON for node in nodes)
    if first:
        return min(count, key=lambda n: -len(n.split()) if person else 0)
    return min(count, key=lambda n: (-len(n.split()) if person else 0, -count[n]))


def _key(
    uniter: Uniter, root: int, members: list[int], keys: Mapping[int, str], taken: set[str]
) -> str:
    node = uniter.nodes[root]
    name = fold(_fullest(uniter, members, first=True)) or f"actor {root}"
    owner = None
    if node.entity.member_of is not None:
        owner = keys.get(uniter.find(uniter.at[node.place[0], node.entity.member_of]))
    if owner is not None and node.entity.kind in (EntityKind.BODY, EntityKind.GROUP):
        name = f"{owner} {uniter.head(root)}"
        if node.entity.bond == "ally":
            name = f"{name} ally"
    key, number = name, 2
    if key in taken and owner is not None:
        key = f"{name} of {owner}"
    while key in taken:
        key, number = f"{name} {number}", number + 1
    taken.add(key)
    return key


def _kind(kinds: Counter[EntityKind]) -> EntityKind:
    """The kind most mentions have; a state that is a person or a body, too, was misread."""
    kinds = Counter({k: n for k, n in kinds.items() if k is not EntityKind.UNKNOWN})
    if len(kinds) > 1:
        del kinds[EntityKind.STATE]
    return kinds.most_common(1)[0][0] if kinds else EntityKind.UNKNOWN


def _actor(uniter: Uniter, root: int, members: list[int], keys: Mapping[int, str]) -> United:
    nodes = [uniter.nodes[k] for k in members]
    name = _fullest(uniter, members)
    owners: Counter[tuple[str, str]] = Counter()
    for node in nodes:
        if node.entity.member_of is not None:
            owner = keys.get(uniter.find(uniter.at[node.place[0], node.entity.member_of]))
            if owner is not None and owner != keys[root]:
                named = uniter.nodes[uniter.at[node.place[0], node.entity.member_of]].entity
                crowd = named.kind is EntityKind.GROUP  # "the opposition" says less than a party
                weak = crowd or (named.kind is EntityKind.STATE and is_guess(node.entity))
                weight = 1 if weak else 2 + _BONDS[::-1].index(node.entity.bond)
                owners[owner, node.entity.bond] += weight
    member, bond = max(owners, key=lambda o: owners[o]) if owners else (None, "")
    kinds: Counter[EntityKind] = Counter(n.entity.kind for n in nodes)
    reasons = dict.fromkeys(reason for node in nodes for reason in node.entity.reasons)
    reasons.update(uniter.why.get(root, {}))
    return United(
        key=keys[root],
        name=name,
        kind=_kind(kinds),
        aliases=tuple(
            dict.fromkeys(
                n for node in nodes for n in (node.entity.name, *node.entity.aliases) if n != name
            )
        ),
        descriptions=tuple(
            dict.fromkeys(n.entity.description for n in nodes if n.entity.description)
        ),
        member_of=member,
        bond=bond,
        parts=_parts(uniter, root, keys),
        reasons=tuple(reasons),
        count=sum(node.count for node in nodes),
        first=min(node.article for node in nodes),
    )
