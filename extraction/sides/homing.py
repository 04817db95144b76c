"""Whose an office or organ of state is that no article ties to a state: evidence, weighed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from extraction.actors.gazetteer import gazetteer
from extraction.folding import fold
from extraction.model import ArticleReading, BlockKind, Entity, EntityKind
from extraction.sides.telling import against, beside
from extraction.sides.tying import Node, Uniter, is_guess, is_name

_DATELINE = re.compile(
    r"\s*([A-Z][A-Z'’-]{2,}(?: [A-Z][A-Z'’-]+)*)(?:,[^.\n]{0,40}\.?)?[^\n]{0,40}?[—–/-]"
)
_TWO = re.compile(r"\s*[A-Z'’ -]+/[A-Z]{3}")
# What each sign weighs; who stays below _LEAST, or is not _AHEAD of the other state, stays open.
_HOME, _SPOKE, _NEAR, _GUESS, _ACCUSES, _ACCUSED, _SEAT_TAKEN = 2.0, 2.5, 1.5, 1.0, 2.5, 2.0, 3.0
_BESIDE = 2.0  # who speaks in one paragraph right behind a state
# What voices count for where an article is told from: offices, the states themselves, guesses.
_HEARD, _STATE_HEARD, _GUESS_HEARD = 1.5, 0.5, 0.75
_FIRST = 3.0  # against a dateline alone: whom the paragraph is about
_BEGUN = "in a paragraph about"
_CAPITAL = 1.6  # two signs at least, where no government is told to sit
_LEAST, _AHEAD = 2.0, 1.0
_LOOSE = frozenset({"office", "authority", "mission", "delegation", "command", "department"})


class Homing:
    """Gathers for all open offices of a dossier what speaks for either of the two states at odds.

    Raises nothing; where no two states are at odds, nothing is bound.
    """

    def __init__(self, uniter: Uniter, readings: Sequence[ArticleReading]) -> None:
        self.uniter = uniter
        self.readings = readings
        self.told = [list(against(r)) for r in readings]
        self.pair = self._pair()
        self.lands = self._lands()
        self.held = {
            uniter.find(k)
            for k, node in uniter.by_kind[EntityKind.STATE]
            if node.entity.bond == "ally"
        }

    def run(self) -> None:
        """Binds what is open, and joins capitals that act with their states."""
        if self.pair is None:
            return
        self._capitals()
        holders = self._holders()
        pooled = self._pooled()
        for reading in self.readings:
            key = reading.article.key
            here = self._here(reading)
            home = self._home(reading)
            for entity in reading.entities:
                k = self.uniter.at[key, entity.id]
                if not here or not self._open(k):
                    continue
                score, why = self._weigh(k, entity, reading, home, holders, pooled)
                best, other = sorted(self.pair, key=lambda s: -score[s])
                enough = score[best] >= _LEAST and score[best] - score[other] >= _AHEAD
                told = any("told from" in reason for reason in entity.reasons)
                if told and self._guess_of(k) == other and score[best] >= score[other]:
                    entity = replace(entity, member_of=None, bond="")
                    self.uniter.nodes[k].entity = entity
                if enough and best in here:
                    node = self.uniter.nodes[k]
                    reasons = tuple(r for r in entity.reasons if not r.startswith("no "))
                    found = "no state named: " + ", ".join(why[best])
                    node.entity = replace(
                        entity, member_of=here[best], bond="office", reasons=(*reasons, found)
                    )

    # ------------------------------------------------------------------ who is at odds

    def state(self, article: str, at: int) -> int | None:
        """The root of the state that an entity firmly acts for."""
        k = self.uniter.at[article, at]
        for _ in range(8):
            entity = self.uniter.nodes[k].entity
            if is_guess(entity):
                return None
            if entity.member_of is None:
                return self.uniter.find(k) if entity.kind is EntityKind.STATE else None
            if entity.kind is EntityKind.PERSON and entity.bond == "nation":
                return None
            k = self.uniter.at[self.uniter.nodes[k].place[0], entity.member_of]
        return None

    def _pair(self) -> tuple[int, int] | None:
        """The two states that are most often told to be against each other."""
        votes: Counter[tuple[int, int]] = Counter()
        for reading, told in zip(self.readings, self.told, strict=True):
            key = reading.article.key
            for one, other, _ in told:
                a, b = self.state(key, one), self.state(key, other)
                if a is not None and b is not None and a != b:
                    votes[min(a, b), max(a, b)] += 1
        ranked = votes.most_common(2)
        if not ranked or ranked[0][1] < 1:
            return None
        if len(ranked) > 1 and ranked[1][1] == ranked[0][1]:
            return None
        return ranked[0][0]

    def _lands(self) -> set[int]:
        """The roots of all that are states: listed, or told to have offices and organs."""
        known, lex = gazetteer().state_of, gazetteer()
        found = set()
        for k, node in self.uniter.by_kind[EntityKind.STATE]:
            if fold(node.entity.name) in known:
                found.add(self.uniter.find(k))
        for kind in (EntityKind.BODY, EntityKind.PERSON):
            for _, node in self.uniter.by_kind[kind]:
                noun = node.entity.description
                office = noun in lex.organs or lex.is_of_state(noun)
                root = self.state(*node.place) if office else None
                if root is not None:
                    found.add(root)
        return found

    def _here(self, reading: ArticleReading) -> dict[int, int]:
        """The two states as entities of one article, by root."""
        key, found = reading.article.key, dict[int, int]()
        for entity in reading.entities:
            root = self.uniter.find(self.uniter.at[key, entity.id])
            if entity.kind is EntityKind.STATE and self.pair and root in self.pair:
                found.setdefault(root, entity.id)
        return found

    # ------------------------------------------------------------------ what is open

    def _open(self, k: int) -> bool:
        """Whether somebody holds an office of a state, or is its organ, and none is named."""
        entity, lex = self.uniter.nodes[k].entity, gazetteer()
        noun = entity.description
        if entity.parts:
            return False
        if entity.member_of is not None and not self._guessed(k):
            # Of a region that the other side's people hold a governor need not be theirs.
            region = self.uniter.at[self.uniter.nodes[k].place[0], entity.member_of]
            return noun in lex.local and self.uniter.find(region) in self.held
        if entity.kind is EntityKind.PERSON:
            if lex.past & set(noun.split()):
                return False
            return lex.is_of_state(noun) or noun in lex.local
        if entity.kind is EntityKind.BODY:
            return noun in lex.organs and noun not in _LOOSE and noun not in lex.abroad
        return entity.kind is EntityKind.GROUP and noun in lex.armed | {"officials", "authorities"}

    def _guessed(self, k: int) -> bool:
        """Whether somebody's owner was only guessed, or is the government without a state."""
        node = self.uniter.nodes[k]
        if is_guess(node.entity):
            return True
        owner = self.uniter.nodes[self.uniter.at[node.place[0], node.entity.member_of or 0]].entity
        return owner.member_of is None and fold(owner.name) == "government"

    def _guess_of(self, k: int) -> int | None:
        """The root of the state that the article let guess."""
        node = self.uniter.nodes[k]
        for _ in range(4):
            if node.entity.member_of is None:
                break
            node = self.uniter.nodes[self.uniter.at[node.place[0], node.entity.member_of]]
        if node.entity.kind is not EntityKind.STATE:
            return None
        return self.uniter.find(self.uniter.at[node.place[0], node.entity.id])

    def _holders(self) -> dict[str, dict[int, set[str]]]:
        """By title that a state gives once, and state: the surnames of its holders, as told."""
        lex, found = gazetteer(), defaultdict[str, dict[int, set[str]]](dict)
        for k, node in self.uniter.by_kind[EntityKind.PERSON]:
            entity = node.entity
            if entity.description not in lex.sole or is_guess(entity) or not is_name(entity):
                continue
            root = self.state(*node.place)
            if root is not None and self.uniter.find(k) != root:
                names = found[node.entity.description].setdefault(root, set())
                names.add(fold(node.entity.name).split()[-1])
        return found

    # ------------------------------------------------------------------ evidence

    def _weigh(
        self, k: int, entity: Entity, reading: ArticleReading, home: int | None,
        holders: Mapping[str, Mapping[int, set[str]]],
        pooled: Mapping[str, Sequence[tuple[int, float, str]]],
    ) -> tuple[dict[int, float], dict[int, dict[str, None]]]:  # fmt: skip
        assert self.pair is not None
        score = dict.fromkeys(self.pair, 0.0)
        why: dict[int, dict[str, None]] = {root: {} for root in self.pair}

        def add(root: int, weight: float, reason: str) -> None:
            score[root] += weight
            why[root][reason] = None

        name = {root: self.uniter.nodes[root].entity.name for root in self.pair}
        ranked = entity.description in gazetteer().ranks
        guess = self._guess_of(k)
        told = any("told from" in r for r in entity.reasons)
        if told and guess in score:
            home = guess
        if home is not None and entity.kind is not EntityKind.GROUP and not ranked:
            add(home, _HOME, f"told from {name[home]}")
        if guess in score:
            spoke = any(r.endswith("spoke last") for r in entity.reasons)
            beside = any(r.endswith("right before") for r in entity.reasons)
            weight = 0.0 if told else _SPOKE if spoke else _NEAR if beside else _GUESS
            if beside and self._adjective(entity, guess):
                weight = _GUESS / 2  # behind "Vestian shells" anybody can speak
            add(guess, weight, f"{name[guess]} named near")
        elif guess is not None and guess in self.lands:
            return dict.fromkeys(self.pair, 0.0), why  # a third state is named near
        for root, weight, verb in pooled.get(self._key(k), ()):
            if verb == _BEGUN and not told:
                continue
            rival = self.pair[0] if root == self.pair[1] else self.pair[1]
            score[root] -= max(weight, 0.0)
            add(rival if weight > 0 else root, abs(weight), f"{verb} {name[root]}")
        mine_ = fold(entity.name).split()[-1]
        for root, names in holders.get(entity.description, {}).items():
            if root in score and mine_ not in names and entity.kind is EntityKind.PERSON:
                score[root] -= _SEAT_TAKEN
        return score, why

    def _adjective(self, entity: Entity, root: int) -> bool:
        """Whether the word that stood right before somebody is a state's adjective."""
        near = next((r for r in entity.reasons if r.endswith("right before")), "")
        word = near.rpartition("; ")[2].removesuffix(" right before")
        names = {
            n.entity.name
            for k, n in self.uniter.by_kind[EntityKind.STATE]
            if self.uniter.find(k) == root
        }
        return any(len(n) < len(word) and word.startswith(n[: max(3, len(n) - 2)]) for n in names)

    def _key(self, k: int) -> str:
        """What the evidence on somebody is kept under: a person's surname, else the node."""
        node = self.uniter.nodes[k]
        person = node.entity.kind in (EntityKind.PERSON, EntityKind.UNKNOWN)
        return fold(node.entity.name).split()[-1] if person and is_name(node.entity) else f"#{k}"

    def _pooled(self) -> dict[str, list[tuple[int, float, str]]]:
        """Per actor what all articles tell of it and the two states: against, or spoken beside."""
        found = defaultdict[str, list[tuple[int, float, str]]](list)
        for reading, told in zip(self.readings, self.told, strict=True):
            article = reading.article.key
            above = {e.id: e.member_of for e in reading.entities if e.member_of is not None}

            def note(mine: int, root: int | None, weight: float, verb: str) -> None:
                if root is None or root not in (self.pair or ()):
                    return
                for entity in {mine, above.get(mine, mine)}:  # noqa: B023
                    key = self._key(self.uniter.at[article, entity])  # noqa: B023
                    found[key].append((root, weight, verb))

            for one, other, sure in told:
                note(one, self.state(article, other), _ACCUSES * sure, "against")
                note(other, self.state(article, one), _ACCUSED * sure, "accused by")
            for mine, before, first in beside(reading):
                verb = _BEGUN if first else "right behind"
                weight = _FIRST if first else _BESIDE
                note(mine, self.state(article, before), -weight, verb)
        return found

    def _home(self, reading: ArticleReading) -> int | None:
        """The state whose town the dateline names, by what any article tells of the town."""
        text = reading.article.text
        for block in reading.article.blocks[:5]:
            if block.kind is BlockKind.TITLE or block.end - block.start < 40:
                continue
            if _TWO.match(text, block.start):
                return None
            match = _DATELINE.match(text, block.start, min(block.end, block.start + 90))
            if match is not None:
                return self._state_of_town(match[1]) or self._told_by(reading)
        return self._told_by(reading)

    def _told_by(self, reading: ArticleReading) -> int | None:
        """The state whose offices alone speak in an article, if several do."""
        heard: dict[int, float] = defaultdict(float)
        key, seen = reading.article.key, set[int]()
        for a in reading.attributions:
            if a.entity is None or a.entity in seen:
                continue
            seen.add(a.entity)
            root = self._guess_of(self.uniter.at[key, a.entity])
            if root is None or root not in (self.pair or ()):
                continue
            firm = self.state(key, a.entity) is not None
            state = reading.entities[a.entity].kind is EntityKind.STATE
            heard[root] += _STATE_HEARD if state else 1.0 if firm else _GUESS_HEARD
        ranked = sorted(heard, key=lambda root: -heard[root])
        other = heard[ranked[1]] if len(ranked) > 1 else 0.0
        alone = bool(ranked) and heard[ranked[0]] >= _HEARD and heard[ranked[0]] >= 3 * other
        return ranked[0] if alone else None

    def _state_of_town(self, name: str) -> int | None:
        town, known = fold(name), gazetteer().state_of
        found = set()
        for key in {town, fold(known.get(town, ""))}:
            for k, node in self._states_named.get(key, ()):
                root = self.state(*node.place)
                root = root if root is not None else self.uniter.find(k)
                if self.pair and root in self.pair:
                    found.add(root)
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _states_named(self) -> dict[str, list[tuple[int, Node]]]:
        """States by every folded name of theirs: each article's dateline asks for one."""
        named: dict[str, list[tuple[int, Node]]] = defaultdict(list)
        for k, node in self.uniter.by_kind[EntityKind.STATE]:
            for name in {fold(n) for n in (node.entity.name, *node.entity.aliases)}:
                named[name].append((k, node))
        return named

    # ------------------------------------------------------------------ capitals

    def _capitals(self) -> None:
        """ "Orle calls it a fairy tale", between Vestia and Palvia: the one that it is not against.

        Only a place that speaks, is spoken to or has a government, and that no article explains.
        """
        assert self.pair is not None
        known, places = gazetteer().state_of, defaultdict[str, list[int]](list)
        for kind in (EntityKind.STATE, EntityKind.UNKNOWN):
            for k, node in self.uniter.by_kind[kind]:
                free = node.entity.member_of is None and fold(node.entity.name) not in known
                if free and self.uniter.find(k) not in self.pair:
                    places[fold(node.entity.name)].append(k)
        ruled = {
            self.uniter.at[node.place[0], node.entity.member_of]
            for _, node in self.uniter.by_kind[EntityKind.BODY]
            if node.entity.description == "government" and node.entity.member_of is not None
        }
        for nodes in places.values():
            votes: dict[int, float] = defaultdict(float)
            if self._has_people(nodes):
                continue
            for k in nodes:
                article, at = self.uniter.nodes[k].place
                mine = {at, *self._governs(article, at)}
                told = self.told[self.uniter.nodes[k].article]
                for one, other, sure in told:
                    theirs = other if one in mine else one if other in mine else None
                    root = self.state(article, theirs) if theirs is not None else None
                    if root in self.pair:
                        votes[self.pair[0] if root == self.pair[1] else self.pair[1]] += sure
            least = 0.8 if any(k in ruled for k in nodes) else _CAPITAL
            if len(votes) == 1 and max(votes.values()) >= least:
                ((root, _),) = votes.items()
                state = self.uniter.nodes[root].entity.name
                town = self.uniter.nodes[nodes[0]].entity.name
                for k in nodes:
                    self.uniter.join(root, k, f"'{town}' for {state}: against its foe alone")

    def _governs(self, article: str, at: int) -> set[int]:
        """The governments that sit in a place, as entities of the article."""
        return self._governments.get((article, at), set())

    @cached_property
    def _governments(self) -> dict[tuple[str, int | None], set[int]]:
        found: dict[tuple[str, int | None], set[int]] = defaultdict(set)
        for _, node in self.uniter.by_kind[EntityKind.BODY]:
            if node.entity.description == "government":
                found[node.place[0], node.entity.member_of].add(node.entity.id)
        return found

    def _has_people(self, nodes: Sequence[int]) -> bool:
        """Whether a place has an adjective of its own ("Halvian"), as a state has."""
        name = self.uniter.nodes[nodes[0]].entity.name
        own = re.compile(rf"\b{re.escape(name.rstrip('aeiouy'))}(?:[aei]?[ai]ns?|ese|ish|is?)\b")
        articles = {self.uniter.nodes[k].article for k in nodes}
        return any(own.search(self.readings[number].article.text) for number in articles)
