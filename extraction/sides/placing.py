"""Which side every actor is on, once the two parties are known, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extraction.actors import BOTH
from extraction.actors.gazetteer import gazetteer
from extraction.folding import fold
from extraction.model import Actor, Decisions, EntityKind, EventType, SideKey
from extraction.sides.hostility import Edge, weights
from extraction.sides.powers import Pair, Powers, stands_between, takes_part
from extraction.sides.table import ActorTable, United

DECIDED = "decided by a person"
PARTIES = (SideKey.A, SideKey.B)


class Placing:
    """Puts actors on sides once the parties are known."""

    def __init__(self, powers: Powers, decisions: Decisions, table: ActorTable) -> None:
        self.powers = powers
        self.actors = table.actors
        self.table = table
        self.bound: dict[str, SideKey] = {}
        for name, side in decisions.actor_sides:
            key = table.find(name)
            if key is not None:
                self.bound[key] = side
        self.parties: dict[str, SideKey] = {}
        self.why: dict[str, str] = {}
        self.domestic = False
        self.known: dict[str, tuple[SideKey, tuple[str, ...]]] = {}
        self.held: dict[str, tuple[SideKey, tuple[str, ...]]] = {}

    def principals(
        self,
        chosen: tuple[str, str],
        pairs: Mapping[tuple[str, str], Pair],
        fixed: Mapping[SideKey, str],
    ) -> None:
        """Sets the parties, and those that fight one of them beside the other."""
        a, b = chosen
        self.parties = {a: SideKey.A, b: SideKey.B}
        for key in fixed.values():
            self.why[key] = DECIDED
        for key in chosen:
            self.why.setdefault(key, "party to the dispute that was found")
        above_a = {k for k, _ in self.powers.chain(a)}
        above_b = {k for k, _ in self.powers.chain(b)}
        self.domestic = bool(above_a & above_b)
        table = weights().thresholds
        main = pairs.get((min(a, b), max(a, b)))
        least = table["share"] * main.score if main is not None else 0.0
        join, crowd_join = max(table["join"], least), table["crowd"]
        for (one, other), pair in sorted(pairs.items(), key=lambda item: -item[1].score):
            for mine, theirs in ((one, other), (other, one)):
                enemy = self.parties.get(theirs)
                if enemy is None or mine in self.parties or theirs not in chosen:
                    continue
                friend = b if theirs == a else a
                quarrel = pairs.get((min(mine, friend), max(mine, friend)))
                crowd = takes_part(self.actors[mine])
                if self._joins(mine, pair, quarrel, crowd_join if crowd else join):
                    self._oppose(mine, theirs, friend)
        self._against_all(chosen, pairs, join)

    def _joins(self, mine: str, pair: Pair, quarrel: Pair | None, least: float) -> bool:
        """Whether a fight with one party, and none with the other, puts somebody on a side."""
        actor = self.actors[mine]
        crowd = takes_part(actor)
        struck = actor.kind is EntityKind.GROUP and not crowd and actor.member_of is None
        overseer = actor.kind is EntityKind.BODY and bool(
            gazetteer().overseeing.intersection(actor.descriptions)
        )
        if struck or overseer or stands_between(actor):
            return False  # either party's fire hits residents; an office orders whom it oversees
        inside = min(pair.forth, pair.back) > 0 or pair.mutual > 0
        apart = quarrel is None or quarrel.score * 4 < pair.score
        return apart and pair.score >= least and (inside or crowd)

    def _oppose(self, mine: str, theirs: str, friend: str) -> None:
        self.parties[mine] = SideKey.B if self.parties[theirs] is SideKey.A else SideKey.A
        names = self.actors[theirs].name, self.actors[friend].name
        self.why[mine] = f"against {names[0]}, as is {names[1]}"

    def _against_all(
        self, chosen: tuple[str, str], pairs: Mapping[tuple[str, str], Pair], join: float
    ) -> None:
        """Who quarrels with all on a side together, a union and its pickets, joins the other."""
        total: dict[str, dict[SideKey, Pair]] = {}
        for (one, other), pair in sorted(pairs.items()):
            for mine, theirs in ((one, other), (other, one)):
                side = self.parties.get(theirs)
                if side is None or mine in self.parties:
                    continue
                whole = total.setdefault(mine, {}).setdefault(side, Pair())
                whole.forth += pair.forth if mine == one else pair.back
                whole.back += pair.back if mine == one else pair.forth
                whole.mutual += pair.mutual
        for mine, sides in total.items():
            if self.actors[mine].kind is EntityKind.GROUP:
                continue
            for side, pair in sides.items():
                theirs, friend = chosen if side is self.parties[chosen[0]] else chosen[::-1]
                quarrel = sides.get(self.parties[friend])
                if mine not in self.parties and self._joins(mine, pair, quarrel, join):
                    self._oppose(mine, theirs, friend)

    def allies(
        self,
        declared: Sequence[tuple[str, str, str]],
        pairs: Mapping[tuple[str, str], Pair],
    ) -> None:
        """Those that are said to stand with a party and are against the other one themselves."""
        for one, other, words in declared:
            for mine, theirs in ((one, other), (other, one)):
                me, friend = self.powers.chain(mine)[-1][0], self.powers.chain(theirs)[-1][0]
                side = self.parties.get(friend)
                if side is None or me in self.parties or stands_between(self.actors[me]):
                    continue
                enemies = [k for k, s in self.parties.items() if s is not side]
                if any((min(me, e), max(me, e)) in pairs for e in enemies):
                    self.parties[me] = side
                    self.why[me] = f"'{words}' {self.actors[friend].name}"

    def accusers(self, edges: Sequence[Edge]) -> None:
        """Holders of an office of state, whose state goes unnamed, by whom they accuse.

        "President Kolb" stands with Palvia who accuses Vestia alone, of what Palvia does, too.
        """
        blamed: dict[str, dict[SideKey, set[str]]] = {}
        for edge in edges:
            theirs = self.place(edge.target)[0]
            if edge.directed and not edge.implied and theirs in PARTIES:
                blamed.setdefault(edge.source, {}).setdefault(theirs, set()).add(edge.deed)
        told: dict[SideKey, set[str]] = {side: set() for side in PARTIES}
        for key, found in blamed.items():
            for theirs, deeds in found.items():
                mine = SideKey.B if theirs is SideKey.A else SideKey.A
                if self.place(key)[0] is mine:
                    told[theirs] |= deeds - {""}
        for key, found in blamed.items():
            theirs, deeds = next(iter(found.items()))
            actor = self.actors[key]
            home = self.actors[actor.member_of] if actor.member_of is not None else None
            town = home is not None and home.kind is EntityKind.STATE and home.member_of is None
            loose = home is None or (town and _of_town(actor))
            mine = self.place(key)[0]
            # The governor of a region that two claim is not of the side that he accuses.
            held = home is not None and home.kind is EntityKind.STATE and home.bond == "ally"
            claimed = mine is theirs and _of_town(actor) and held
            free = (loose and mine is SideKey.THIRD) or claimed
            # A mayor tells of what befell his own town.
            shared = deeds & told[theirs] or (_of_town(actor) and EventType.ASSAULT.value in deeds)
            if len(found) != 1 or not free or not shared or not _of_state(actor):
                continue
            friend = SideKey.B if theirs is SideKey.A else SideKey.A
            names = {side: self.actors[k].name for k, side in reversed(self.parties.items())}
            self.parties[key] = friend
            self.why[key] = f"accuses {names[theirs]} of what {names[friend]} accuses it of"
        self.known.clear()

    def towns(self, struck: Mapping[str, Mapping[tuple[str, str], None]]) -> None:
        """A town that nobody says where it lies: of whom the attack on it was, as all tell it.

        Who accuses the other side of shelling a town tells of his own; who says that his own
        forces struck it, of the other's.
        """
        if self.domestic:
            return
        for key, actor in self.actors.items():
            if actor.kind is not EntityKind.STATE or actor.member_of is not None:
                continue
            if self.place(key)[0] is not SideKey.THIRD:
                continue
            votes: dict[SideKey, str] = {}
            for source, agent in struck.get(fold(actor.name), ()):
                teller, doer = self.place(source)[0], self.place(agent)[0]
                if teller in PARTIES and doer in PARTIES:
                    other = SideKey.B if doer is SideKey.A else SideKey.A
                    votes[other] = f"struck by {self.actors[agent].name}, as told"
            if len(votes) == 1:
                ((side, why),) = votes.items()
                self.held[key] = side, (why,)
        self.known.clear()

    def represented(self) -> None:
        """ "Residents" stand where the residents' committee stands, if all such bodies do."""
        voices: dict[str, dict[SideKey, str]] = {}
        for key, actor in self.actors.items():
            if actor.kind is not EntityKind.BODY or self.place(key)[0] not in PARTIES:
                continue
            for name in (actor.name, *actor.aliases):
                first, _, rest = name.replace("’", "'").partition("' ")
                if rest and first.islower() and " " not in first:
                    voices.setdefault(first, {})[self.place(key)[0]] = name
        self._unions_of()
        for key, actor in self.actors.items():
            found = voices.get(actor.name.lower(), {})
            group = actor.kind is EntityKind.GROUP and actor.member_of is None
            if group and len(found) == 1 and key not in self.parties:
                ((side, name),) = found.items()
                self.parties[key], self.why[key] = side, f"the {name} speaks for them"
        self.known.clear()

    def _unions_of(self) -> None:
        """ "The police union" stands with the police, where they are a party or of one."""
        organs: dict[str, set[SideKey]] = {}
        for key, actor in self.actors.items():
            side = self.place(key)[0]
            if actor.kind is EntityKind.BODY and side in PARTIES:
                for noun in actor.descriptions:
                    organs.setdefault(noun, set()).add(side)
        lex = gazetteer()
        for key, actor in self.actors.items():
            kinds = {lex.kin.get(noun, noun) for noun in actor.descriptions}
            free = actor.kind is EntityKind.BODY and actor.member_of is None
            if not free or "union" not in kinds or key in self.parties:
                continue
            whose = fold(actor.name).split()[0]
            sides = organs.get(whose, set()) if whose in lex.organs else set()
            if len(sides) == 1:
                self.parties[key], self.why[key] = next(iter(sides)), f"the union of the {whose}"
        self.known.clear()

    def all(self) -> tuple[Actor, ...]:
        return tuple(self._actor(key, *self.place(key)) for key in self.actors)

    def none(self) -> tuple[Actor, ...]:
        """Everybody where there is no dispute: third parties, but for what a person decided."""
        found = []
        for key, actor in self.actors.items():
            if key in self.bound:
                side, why = self.bound[key], DECIDED
            elif actor.name == BOTH:
                side, why = SideKey.BOTH, "speaks for both parties"
            else:
                side, why = SideKey.THIRD, "no dispute between two parties was found"
            found.append(self._actor(key, side, (why,)))
        return tuple(found)

    def place(self, key: str) -> tuple[SideKey, tuple[str, ...]]:
        """The side of an actor, and why: decided, party, member of one, or third."""
        if key not in self.known:
            self.known[key] = (SideKey.THIRD, ("named within itself",))  # closes circles
            self.known[key] = self._place(key)
        return self.known[key]

    def _place(self, key: str) -> tuple[SideKey, tuple[str, ...]]:
        actor = self.actors[key]
        if key in self.bound:
            return self.bound[key], (DECIDED,)
        if actor.name == BOTH:
            return SideKey.BOTH, ("speaks for both parties",)
        if key in self.parties:
            return self.parties[key], (self.why[key],)
        if key in self.held:
            return self.held[key]
        if actor.parts:
            return self._of_parts(actor)
        if stands_between(actor) and actor.bond != "office":
            return SideKey.THIRD, ("stands between the parties by what it is",)
        if actor.bond == "nation" and gazetteer().civil.intersection(actor.descriptions):
            return SideKey.THIRD, ("serves whoever comes, wherever it stands",)
        if actor.member_of is not None and not (self.domestic and actor.bond == "nation"):
            side, _ = self.place(actor.member_of)
            owner = self.actors[actor.member_of].name
            if side in PARTIES:
                return side, (f"{_bond(actor)} {owner}",)
            return SideKey.THIRD, (f"{_bond(actor)} {owner}, which is no party to the dispute",)
        return SideKey.THIRD, ("no party to the dispute, and no member of one",)

    def _of_parts(self, actor: United) -> tuple[SideKey, tuple[str, ...]]:
        sides = {self.place(part)[0] for part in actor.parts}
        if SideKey.A in sides and SideKey.B in sides:
            return SideKey.BOTH, ("names both parties together",)
        party = sides & set(PARTIES)
        if party:
            return party.pop(), ("one of those named together is a party",)
        return SideKey.THIRD, ("none of those named together is a party",)

    def _actor(self, key: str, side: SideKey, why: tuple[str, ...]) -> Actor:
        actor = self.actors[key]
        return Actor(
            key=key,
            name=actor.name,
            kind=actor.kind,
            side=side,
            aliases=actor.aliases,
            member_of=actor.member_of,
            reasons=(*why, *actor.reasons),
            bond=actor.bond,
            parts=actor.parts,
        )


def _of_state(actor: United) -> bool:
    """Whether somebody holds an office that only a state gives, or one of its towns."""
    lex = gazetteer()
    person = actor.kind is EntityKind.PERSON and not stands_between(actor)
    return person and (any(map(lex.is_of_state, actor.descriptions)) or _of_town(actor))


def _of_town(actor: United) -> bool:
    """Whether somebody is a mayor, governor and the like."""
    return not gazetteer().local.isdisjoint(actor.descriptions)


def _bond(actor: United) -> str:
    if actor.kind is EntityKind.STATE:
        return "lies in" if actor.bond == "nation" else "held by those who go with"
    return {"ally": "goes with", "nation": "comes from"}.get(actor.bond, "acts for")
