"""Ties the entities of all articles that are one, kind by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from extraction.actors import BOTH
from extraction.actors.gazetteer import adjectives_of, gazetteer, names_many
from extraction.folding import alike, consonants, fold
from extraction.model import ArticleReading, Entity, EntityKind
from extraction.sides.table import GUESSES, Place

_MOST_COMPARED = 40  # names in one block: beyond it only equal ones are tied


class Node(msgspec.Struct):
    place: Place
    article: int
    entity: Entity
    count: int
    root: int = -1


class Uniter(msgspec.Struct):
    nodes: list[Node] = msgspec.field(default_factory=list)
    at: dict[Place, int] = msgspec.field(default_factory=dict)
    parent: list[int] = msgspec.field(default_factory=list)
    why: dict[int, dict[str, None]] = msgspec.field(default_factory=lambda: defaultdict(dict))
    by_kind: dict[EntityKind, list[tuple[int, Node]]] = msgspec.field(
        default_factory=lambda: defaultdict(list)
    )
    heads: dict[int, str] = msgspec.field(default_factory=dict)
    by_name: dict[str, set[int]] = msgspec.field(default_factory=dict)

    def find(self, x: int) -> int:
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, x: int, y: int, why: str = "") -> None:
        one, two = self.find(x), self.find(y)
        if one == two:
            return
        if two < one:
            one, two = two, one
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
                node = Node(place, number, entity, counts[entity.id])
                self.by_kind[entity.kind].append((len(self.nodes), node))
                self.nodes.append(node)

    # ------------------------------------------------------------------ by kind

    def states(self) -> None:
        known = gazetteer().state_of
        listed = frozenset(known.values())
        seats = {
            fold(alias): k
            for k, node in self._of(EntityKind.STATE)
            for alias in node.entity.aliases
            if fold(alias) not in known
        }
        by_name: dict[str, int] = {}
        blocks: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for k, node in self._of(EntityKind.STATE):
            name = known.get(fold(node.entity.name)) or node.entity.name
            key = fold(name)
            if key in by_name:
                self.join(by_name[key], k)
                continue
            by_name[key] = k
            if key in seats:
                self.join(seats[key], k, f"'{name}' for {self.nodes[seats[key]].entity.name}")
                continue
            if name in listed:
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
            if not is_name(node.entity):
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
        """The folded name of the state at the end of the chain of membership, if that is told."""
        article, at = self.nodes[k].place
        for _ in range(8):
            entity = self.nodes[self.at[article, at]].entity
            if is_guess(entity):
                return None
            if entity.member_of is None:
                return fold(entity.name) if entity.kind is EntityKind.STATE else None
            at = entity.member_of
        return None

    def power(self, article: str, at: int) -> int | None:
        """The root of the state that an entity acts for, if it acts for one."""
        for _ in range(8):
            entity = self.nodes[self.at[article, at]].entity
            if entity.member_of is None:
                state = entity.kind is EntityKind.STATE
                return self.find(self.at[article, at]) if state else None
            if entity.bond == "nation":
                return None
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
        self._bare_heads()

    def _bare_heads(self) -> None:
        """ "The board" before or after "the Consumer Safety Board", in that article or alone."""
        local: dict[tuple[str, str], set[int]] = defaultdict(set)
        every: dict[str, set[int]] = defaultdict(set)
        for k, node in self._of(EntityKind.BODY):
            words = fold(node.entity.name).split()
            if len(words) > 1 and not node.entity.name.islower():
                local[node.place[0], words[-1]].add(k)
                every[words[-1]].add(k)
        for k, node in self._of(EntityKind.BODY):
            name = node.entity.name
            if not name.islower() or " " in name or node.entity.member_of is not None:
                continue
            near = local.get((node.place[0], name))
            if not near and name in gazetteer().organs:
                continue  # "the army" of one article need not be the other's
            roots = {self.find(x) for x in near or every.get(name) or ()}
            if not near and roots:
                every[name] = roots.copy()  # few stand for many from here on
            if len(roots) == 1 and self.find(k) not in roots:
                self.join(roots.pop(), k, f"'the {name}'")

    def _longer(self, free: dict[str, int]) -> None:
        """ "Dockers' Union" is the only "Lorne Dockers' Union"."""
        tails: dict[str, set[int]] = defaultdict(set)
        for key, k in free.items():
            kind, _, name = key.partition(" ")
            words = name.split()
            if kind == EntityKind.BODY and len(words) < 9:
                for cut in range(1, len(words) - 1):
                    tails[" ".join(words[cut:])].add(k)
                if len(words) > 1 and names_many(self.nodes[k].entity.name.split()[-1]):
                    tails[words[-1]].add(k)  # "Rovers" for "Lorne Rovers"
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
        found = self.heads.get(k)
        if found is None:
            found = self.heads[k] = self._head(k)
        return found

    def _head(self, k: int) -> str:
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
        while len(words) > 1 and words[-1] in ("in", "of", "from", "at", "the"):
            words.pop()
        return " ".join(w for w in words if w != "the") or fold(node.entity.name)

    def offices(self) -> None:
        """Persons without a name, by owner and title."""
        seen: dict[tuple[int, str], int] = {}
        for k, node in self._of(EntityKind.PERSON):
            if is_name(node.entity):
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
        names = self.by_name = self.by_name or self._named()
        same: dict[str, int] = {}
        for k, node in self._of(EntityKind.UNKNOWN):
            key = fold(node.entity.name)
            roots = {self.find(x) for x in names.get(key, ())}
            if roots:
                names[key] = roots.copy()  # few stand for many from here on
            if len(roots) == 1:
                self.join(roots.pop(), k, f"'{node.entity.name}'")
            elif key in same:
                self.join(same[key], k)
            else:
                same[key] = k

    def _named(self) -> dict[str, set[int]]:
        """All that are more than a bare name, by each of their names."""
        names: dict[str, set[int]] = defaultdict(set)
        for k, node in enumerate(self.nodes):
            entity = node.entity
            if entity.kind is EntityKind.UNKNOWN or entity.parts:
                continue
            for name in (entity.name, *entity.aliases):
                names[fold(name)].add(k)
            if entity.kind is EntityKind.PERSON and is_name(entity):
                names[fold(entity.name.split()[-1])].add(k)
        return names

    def employers(self) -> None:
        """Two bodies of one head with the same holder of an office are one."""
        bodies: dict[tuple[int, str], int] = {}
        for k, node in self._of(EntityKind.PERSON):
            if node.entity.member_of is None or not is_name(node.entity):
                continue
            at = self.at[node.place[0], node.entity.member_of]
            owner = self.nodes[at].entity
            if owner.kind is not EntityKind.BODY or owner.member_of is None:
                continue
            place = (self.find(k), self.head(at))
            if place in bodies:
                self.join(bodies[place], at, f"both of {node.entity.name}")
            else:
                bodies[place] = at

    def adjectives(self) -> None:
        """ "Palvian" in one article, "Palvia" in another."""
        found: dict[str, list[int]] = defaultdict(list)
        for kind in (EntityKind.STATE, EntityKind.UNKNOWN):
            for k, node in self._of(kind):
                found[node.entity.name].append(k)
        known = gazetteer().state_of
        for word, place in adjectives_of(n for n in found if fold(n) not in known).items():
            for k in found[word]:
                self.join(found[place][0], k, f"'{word}' is of '{place}'")

    def both(self) -> None:
        found = [k for k, node in enumerate(self.nodes) if node.entity.name == BOTH]
        for k in found[1:]:
            self.join(found[0], k)

    def _of(self, kind: EntityKind) -> Iterable[tuple[int, Node]]:
        return self.by_kind[kind]


def is_guess(entity: Entity) -> bool:
    """Whether an article does not say whose somebody is, and reading it has told by nearness."""
    return any(reason.startswith(GUESSES) for reason in entity.reasons)


def is_name(entity: Entity) -> bool:
    return all(not reason.endswith("without a name") for reason in entity.reasons)


def _same_person(one: str, other: str) -> bool:
    """Whether two full names can be one: close surnames, given names alike or an initial."""
    a, b = fold(one).split(), fold(other).split()
    if not alike(a[-1], b[-1]):
        return False
    first, second = a[0], b[0]
    short = min(len(first), len(second)) == 1 and first[0] == second[0]
    return first == second or short or alike(first, second)
