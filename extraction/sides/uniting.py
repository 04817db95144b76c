"""The entities of all articles as the actors of a dossier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extraction.actors import BOTH
from extraction.actors.gazetteer import gazetteer
from extraction.folding import alike, consonants, fold
from extraction.model import ArticleReading, Entity, EntityKind

_MOST_COMPARED = 40  # names in one block: beyond it only equal ones are tied
_BONDS = ("office", "ally", "nation", "")

Place = tuple[str, int]  # article key, entity id


@dataclass(frozen=True, slots=True)
class United:
    """An actor before sides are known. ``count`` is how often it is named, ``first`` where."""

    key: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...]
    descriptions: tuple[str, ...]
    member_of: str | None
    bond: str
    parts: tuple[str, ...]
    reasons: tuple[str, ...]
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class ActorTable:
    """Actors by key, the actor of every entity, and actors by any of their folded names."""

    actors: Mapping[str, United]
    of_entity: Mapping[Place, str]
    by_name: Mapping[str, str]

    def find(self, name: str) -> str | None:
        """The key of the actor that has this key, name or alias."""
        return name if name in self.actors else self.by_name.get(fold(name))


@dataclass(slots=True)
class _Node:
    place: Place
    article: int
    entity: Entity
    count: int
    root: int = -1


@dataclass(slots=True)
class _Uniter:
    nodes: list[_Node] = field(default_factory=list)
    at: dict[Place, int] = field(default_factory=dict)
    parent: list[int] = field(default_factory=list)
    why: dict[int, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def find(self, x: int) -> int:
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, x: int, y: int, why: str = "") -> None:
        one, two = sorted((self.find(x), self.find(y)))
        if one == two:
            return
        self.parent[two] = one
        if why:
            self.why[one][why] = None
        self.why[one].update(self.why.pop(two, {}))

    def load(self, readings: Sequence[ArticleReading]) -> None:
        for number, reading in enumerate(readings):
            counts = Counter(mention.entity for mention in reading.mentions)
            for entity in reading.entities:
                place = (reading.article.key, entity.id)
                self.at[place] = len(self.nodes)
                self.parent.append(len(self.nodes))
                self.nodes.append(_Node(place, number, entity, counts[entity.id]))

    # ------------------------------------------------------------------ by kind

    def states(self) -> None:
        known = gazetteer().state_of
        by_name: dict[str, int] = {}
        blocks: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for k, node in self._of(EntityKind.STATE):
            name = known.get(fold(node.entity.name)) or node.entity.name
            key = fold(name)
            if key in by_name:
                self.join(by_name[key], k)
                continue
            by_name[key] = k
            if name in known.values():
                continue
            block = blocks[consonants(name)]
            for other, at in block[:_MOST_COMPARED]:
                if alike(other, name):
                    self.join(at, k, f"'{name}' is written '{other}', too")
                    break
            else:
                block.append((name, k))

    def persons(self) -> None:
        """Full names by spelling, then surnames by the only full name that they fit."""
        full: dict[str, int] = {}
        blocks: dict[str, list[tuple[str, int]]] = defaultdict(list)
        short: list[int] = []
        for k, node in self._of(EntityKind.PERSON):
            name = node.entity.name
            if not _is_name(node.entity):
                continue
            if " " not in name:
                short.append(k)
                continue
            key = fold(name)
            if key in full and self._not_apart(full[key], k):
                self.join(full[key], k)
                continue
            block = blocks[consonants(name.split()[-1])]
            for other, at in block[:_MOST_COMPARED]:
                if _same_person(other, name) and self._not_apart(at, k):
                    self.join(at, k, f"'{name}' is written '{other}', too")
                    break
            else:
                block.append((name, k))
            full.setdefault(key, k)
        self._surnames(short, full)

    def _surnames(self, short: list[int], full: dict[str, int]) -> None:
        by_surname: dict[str, set[int]] = defaultdict(set)
        for key, k in full.items():
            words = key.split()
            for cut in range(1, len(words)):
                by_surname[" ".join(words[cut:])].add(k)
        sounds: dict[str, set[str]] = defaultdict(set)
        for surname in by_surname:
            sounds[consonants(surname)].add(surname)
        alone: dict[str, int] = {}
        for k in short:
            name = self.nodes[k].entity.name
            written = (
                [fold(name)]
                if fold(name) in by_surname
                else [
                    s
                    for s in sorted(sounds.get(consonants(name), ()))[:_MOST_COMPARED]
                    if alike(s, name)
                ]
            )
            roots = {self.find(x) for s in written for x in by_surname[s] if self._not_apart(x, k)}
            if len(roots) == 1:
                self.join(roots.pop(), k, f"surname '{name}'")
            elif fold(name) in alone and self._not_apart(alone[fold(name)], k):
                self.join(alone[fold(name)], k)
            else:
                alone[fold(name)] = k

    def _not_apart(self, x: int, y: int) -> bool:
        """Whether two are not known to belong to different states."""
        one, two = self._state_of(x), self._state_of(y)
        return one is None or two is None or one == two

    def _state_of(self, k: int) -> str | None:
        """The folded name of the state at the end of the chain of membership."""
        article, at = self.nodes[k].place
        for _ in range(8):
            entity = self.nodes[self.at[article, at]].entity
            if entity.member_of is None:
                return fold(entity.name) if entity.kind is EntityKind.STATE else None
            at = entity.member_of
        return None

    def bodies(self) -> None:
        """Bodies and groups: those without an owner by name, those with one by owner and head."""
        free: dict[str, int] = {}
        owned: list[int] = []
        for kind in (EntityKind.BODY, EntityKind.GROUP):
            for k, node in self._of(kind):
                if node.entity.parts or node.entity.name == BOTH:
                    continue
                if node.entity.member_of is not None:
                    owned.append(k)
                    continue
                names = (node.entity.name, *node.entity.aliases)
                for name in names:
                    key = f"{kind.value} {fold(name)}"
                    if key in free:
                        self.join(free[key], k)
                    else:
                        free[key] = k
        keys: dict[tuple[int, str], int] = {}
        heads: dict[str, set[int]] = defaultdict(set)
        for k in sorted(owned, key=self.depth):
            node = self.nodes[k]
            owner = self.find(self.at[node.place[0], node.entity.member_of or 0])
            head = self.head(k)
            place = (owner, f"{node.entity.kind.value} {node.entity.bond == 'ally'} {head}")
            if place in keys:
                self.join(keys[place], k)
            else:
                keys[place] = k
            if node.entity.kind is EntityKind.BODY:
                heads[head].add(k)
                heads[fold(node.entity.name)].add(k)
        for key, k in free.items():
            kind_value, _, name = key.partition(" ")
            roots = {self.find(x) for x in heads.get(name, ())}
            if kind_value == EntityKind.BODY and len(roots) == 1 and " " in name:
                self.join(roots.pop(), k, f"the only '{name}'")
        self._longer(free)

    def _longer(self, free: dict[str, int]) -> None:
        """ "Dockers' Union" is the only "Lorne Dockers' Union"."""
        tails: dict[str, set[int]] = defaultdict(set)
        for key, k in free.items():
            kind, _, name = key.partition(" ")
            words = name.split()
            if kind == EntityKind.BODY and len(words) < 9:
                for cut in range(1, len(words) - 1):
                    tails[" ".join(words[cut:])].add(k)
        for key, k in free.items():
            name = key.partition(" ")[2]
            roots = {self.find(x) for x in tails.get(name, ())}
            if len(roots) == 1 and key.startswith(EntityKind.BODY):
                self.join(roots.pop(), k, f"short form '{name}'")

    def depth(self, k: int) -> int:
        article, at = self.nodes[k].place
        for depth in range(8):
            up = self.nodes[self.at[article, at]].entity.member_of
            if up is None:
                return depth
            at = up
        return 8

    def head(self, k: int) -> str:
        """What a body is, without whose: "defense ministry"."""
        node = self.nodes[k]
        article = node.place[0]
        owner = self.nodes[self.at[article, node.entity.member_of or 0]].entity
        known = gazetteer()
        chain = {fold(w) for w in owner.name.split()} | {fold(w) + "s" for w in owner.name.split()}
        stem = fold(owner.name)[: max(3, len(owner.name) - 2)]
        words = []
        for word in fold(node.entity.name).split():
            state = known.state_of.get(word) or known.state_of.get(word.removesuffix("s"))
            mine = state == owner.name or word in chain
            if mine or (owner.kind is EntityKind.STATE and len(stem) > 2 and word.startswith(stem)):
                continue
            words.append(known.spelling.get(word, word))
        if "of" in words and words.index("of") > 0:
            at = words.index("of")
            rest = [w for w in words[at + 1 :] if w not in ("the", "and")]
            if rest and all(w in known.subjects for w in rest):
                words = [*rest, *words[:at]]
            elif not rest or len(rest) > 2:
                words = words[:at]
        return " ".join(w for w in words if w != "the") or fold(node.entity.name)

    def offices(self) -> None:
        """Persons without a name, by owner and title."""
        seen: dict[tuple[int, str], int] = {}
        for k, node in self._of(EntityKind.PERSON):
            if _is_name(node.entity):
                continue
            owner = -1
            if node.entity.member_of is not None:
                owner = self.find(self.at[node.place[0], node.entity.member_of])
            key = (owner, node.entity.description)
            if owner < 0:
                key = (owner, fold(node.entity.name))
            if key in seen:
                self.join(seen[key], k)
            else:
                seen[key] = k

    def unknown(self) -> None:
        """Bare names, by what else bears that name."""
        names: dict[str, set[int]] = defaultdict(set)
        for k, node in enumerate(self.nodes):
            if node.entity.kind is EntityKind.UNKNOWN or node.entity.parts:
                continue
            for name in (node.entity.name, *node.entity.aliases):
                names[fold(name)].add(k)
            if node.entity.kind is EntityKind.PERSON and _is_name(node.entity):
                names[fold(node.entity.name.split()[-1])].add(k)
        same: dict[str, int] = {}
        for k, node in self._of(EntityKind.UNKNOWN):
            key = fold(node.entity.name)
            roots = {self.find(x) for x in names.get(key, ())}
            if len(roots) == 1:
                self.join(roots.pop(), k, f"'{node.entity.name}'")
            elif key in same:
                self.join(same[key], k)
            else:
                same[key] = k

    def both(self) -> None:
        found = [k for k, node in enumerate(self.nodes) if node.entity.name == BOTH]
        for k in found[1:]:
            self.join(found[0], k)

    def _of(self, kind: EntityKind) -> Iterable[tuple[int, _Node]]:
        return ((k, n) for k, n in enumerate(self.nodes) if n.entity.kind is kind)


def _is_name(entity: Entity) -> bool:
    return not any(reason.endswith("without a name") for reason in entity.reasons)


def _same_person(one: str, other: str) -> bool:
    """Whether two full names can be one: close surnames, given names alike or an initial."""
    a, b = fold(one).split(), fold(other).split()
    if not alike(a[-1], b[-1]):
        return False
    first, second = a[0], b[0]
    short = min(len(first), len(second)) == 1 and first[0] == second[0]
    return first == second or short or alike(first, second)


def unite_actors(readings: Sequence[ArticleReading]) -> ActorTable:
    """The actors of a dossier, with stable keys: the folded fullest name.

    Names are compared within blocks of equal consonants, so that the work grows nearly in line
    with the number of entities.
    """
    uniter = _Uniter()
    uniter.load(readings)
    uniter.both()
    uniter.states()
    uniter.persons()
    uniter.bodies()
    uniter.offices()
    uniter.unknown()
    return _table(uniter)


def _table(uniter: _Uniter) -> ActorTable:
    groups: dict[int, list[int]] = defaultdict(list)
    for k in range(len(uniter.nodes)):
        groups[uniter.find(k)].append(k)
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


def _parts(uniter: _Uniter, root: int, keys: Mapping[int, str]) -> tuple[str, ...]:
    node = uniter.nodes[root]
    found = [uniter.find(uniter.at[node.place[0], part]) for part in node.entity.parts]
    return tuple(dict.fromkeys(keys[r] for r in found if r in keys))


def _fullest(uniter: _Uniter, members: list[int]) -> str:
    count: Counter[str] = Counter()
    for k in members:
        count[uniter.nodes[k].entity.name] += max(1, uniter.nodes[k].count)
    person = any(uniter.nodes[k].entity.kind is EntityKind.PERSON for k in members)
    return min(count, key=lambda n: (-len(n.split()) if person else 0, -count[n], -len(n), n))


def _key(
    uniter: _Uniter, root: int, members: list[int], keys: Mapping[int, str], taken: set[str]
) -> str:
    node = uniter.nodes[root]
    name = fold(_fullest(uniter, members)) or f"actor {root}"
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


def _actor(uniter: _Uniter, root: int, members: list[int], keys: Mapping[int, str]) -> United:
    nodes = [uniter.nodes[k] for k in members]
    name = _fullest(uniter, members)
    owners: Counter[tuple[str, str]] = Counter()
    for node in nodes:
        if node.entity.member_of is not None:
            owner = keys.get(uniter.find(uniter.at[node.place[0], node.entity.member_of]))
            if owner is not None and owner != keys[root]:
                owners[owner, node.entity.bond] += 1 + _BONDS[::-1].index(node.entity.bond)
    member, bond = max(owners, key=lambda o: owners[o]) if owners else (None, "")
    kinds = Counter(n.entity.kind for n in nodes if n.entity.kind is not EntityKind.UNKNOWN)
    reasons = dict.fromkeys(reason for node in nodes for reason in node.entity.reasons)
    reasons.update(uniter.why.get(root, {}))
    return United(
        key=keys[root],
        name=name,
        kind=kinds.most_common(1)[0][0] if kinds else EntityKind.UNKNOWN,
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
