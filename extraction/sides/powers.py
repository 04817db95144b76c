"""Which powers stand behind the actors, and which two of them the dispute is between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from extraction.actors import BOTH
from extraction.actors.gazetteer import gazetteer
from extraction.folding import fold
from extraction.model import EntityKind
from extraction.sides.hostility import Edge, weights
from extraction.sides.table import GUESSES, ActorTable, United

_CHAIN = 8


class Pair(msgspec.Struct):
    """Two powers and what stands between them; weights are capped per article."""

    forth: float = 0.0
    back: float = 0.0
    mutual: float = 0.0
    heaviest: float = 0.0
    said: float = 0.0  # of all, what does not rest on who happened to speak before
    first: tuple[int, int] | None = None
    first_by: str = ""
    reasons: dict[str, None] = msgspec.field(default_factory=dict)

    @property
    def score(self) -> float:
        answered = weights().thresholds["answered"]
        return self.forth + self.back + self.mutual + answered * min(self.forth, self.back)


class Powers:
    """Actors lifted to the power that they act for."""

    def __init__(self, table: ActorTable) -> None:
        self.table = table
        self.actors = table.actors
        # An actor of a large dossier has thousands of descriptions and edges.
        self._shares: dict[str, float] = {}
        self._between: dict[str, bool] = {}
        self._sure: dict[str, float] = {}
        self.spoken: dict[str, float] = {}

    def chain(self, key: str, *, firm: bool = False) -> list[tuple[str, str]]:
        """The actor and those above it, each with the bond that leads there."""
        found = [(key, "")]
        seen = {key}
        while len(found) < _CHAIN:
            actor = self.actors[found[-1][0]]
            if actor.member_of is None or actor.member_of in seen:
                break
            if firm and actor.bond == "nation":
                break
            seen.add(actor.member_of)
            found.append((actor.member_of, actor.bond))
        return found

    def lift(self, one: str, other: str) -> tuple[str, str] | None:
        """The two powers behind two actors, or ``None`` where it is one.

        Where both end in the same state, the quarrel is inside it, and each is lifted only as
        far as it acts for somebody.
        """
        firm_one, firm_other = (
            self.chain(one, firm=True)[-1][0],
            self.chain(other, firm=True)[-1][0],
        )
        top_one = self._nation(firm_one, firm_other)
        top_other = self._nation(firm_other, firm_one)
        if top_one != top_other:
            return top_one, top_other
        if firm_one != firm_other:
            return firm_one, firm_other
        return None

    def _nation(self, power: str, against: str) -> str:
        """Lifts to the state one comes from only where the other side is a state, too."""
        if self.actors[against].kind is not EntityKind.STATE:
            return power
        return self.chain(power)[-1][0]

    def share(self, key: str) -> float:
        """How much an actor counts as a party: less where it stands between, or is vague."""
        found = self._shares.get(key)
        if found is None:
            found = self._shares[key] = self._share(key)
        return found

    def sure(self, key: str) -> float:
        """How far it is told, and not guessed, for whom somebody acts."""
        found = self._sure.get(key)
        if found is None:
            guessed = any(
                reason.startswith(GUESSES)
                for power, _ in self.chain(key, firm=True)
                for reason in self.actors[power].reasons
            )
            found = self._sure[key] = weights().thresholds["guessed"] if guessed else 1.0
        return found

    def between(self, key: str) -> bool:
        """``stands_between``, remembered."""
        found = self._between.get(key)
        if found is None:
            found = self._between[key] = stands_between(self.actors[key])
        return found

    def hear(self, voices: Mapping[str, float]) -> None:
        """Takes how much each actor says; a power says what those say who act for it."""
        spoken: dict[str, float] = defaultdict(float)
        for key, weight in voices.items():
            above = key
            for power, bond in self.chain(key):
                if bond == "nation" and self.actors[above].kind is not EntityKind.STATE:
                    break  # "soldiers in Ostrel" do not speak for Ostrel
                spoken[power] += weight
                above = power
        whole = sum(voices.values())
        self.spoken = {key: weight / whole for key, weight in spoken.items()}

    def covered(self, key: tuple[str, str]) -> float:
        """What part of what is said in the dossier two powers say; 1 where nobody was heard."""
        if not self.spoken:
            return 1.0
        one, other = (self.spoken.get(k, 0.0) for k in key)
        inside = key[0] in dict(self.chain(key[1])) or key[1] in dict(self.chain(key[0]))
        return min(1.0, max(one, other) if inside else one + other)

    def weight(self, key: tuple[str, str], pair: Pair) -> float:
        """What a pair counts beside others: quarrels of those who are hardly heard count less."""
        half = weights().thresholds["covered"]
        private = sum(self._private(k) for k in key)
        share = 0.25 + 0.75 * min(1.0, self.covered(key) / half)
        return pair.score * share * weights().thresholds["private"] ** private

    def _private(self, key: str) -> bool:
        """Whether somebody is known by a name alone, or oversees others: no likely party."""
        actor, lex = self.actors[key], gazetteer()
        if actor.kind is EntityKind.BODY:
            return not lex.overseeing.isdisjoint(actor.descriptions)
        if actor.kind is not EntityKind.PERSON or actor.member_of is not None:
            return False
        offices = set(actor.descriptions) - lex.ranks
        return not any(lex.is_of_state(d) or d in lex.local for d in offices)

    def _share(self, key: str) -> float:
        actor, table = self.actors[key], weights().thresholds
        if actor.member_of is None and actor.name.lower() in gazetteer().bystanders:
            return 0.0
        if self.between(key):
            return table["between"]
        if actor.parts or (actor.kind is EntityKind.GROUP and _vague(actor)):
            return table["vague"]
        return 1.0

    def pairs(self, edges: Iterable[Edge]) -> dict[tuple[str, str], Pair]:
        """All opposed pairs of powers, keys in order of the alphabet."""
        cap = weights().thresholds["article"]
        spent: dict[tuple[str, str, int, bool], float] = defaultdict(float)
        found: dict[tuple[str, str], Pair] = {}
        for edge in sorted(edges, key=lambda e: e.order):
            lifted = self.lift(edge.source, edge.target)
            if lifted is None:
                continue
            one, other = lifted
            place = (one, other, edge.order[0], edge.directed)
            weight = min(
                edge.weight
                * self.share(one)
                * self.share(other)
                * self.sure(edge.source)
                * self.sure(edge.target),
                cap - spent[place],
            )
            if weight <= 0:
                continue
            spent[place] += weight
            key = (min(one, other), max(one, other))
            pair = found.setdefault(key, Pair())
            pair.heaviest = max(pair.heaviest, weight)
            pair.said += 0.0 if edge.guessed else weight
            self._count(pair, edge, weight, forth=one == key[0])
            if edge.directed and not edge.implied and pair.first is None:
                pair.first, pair.first_by = edge.order, one
        return found

    def _count(self, pair: Pair, edge: Edge, weight: float, *, forth: bool) -> None:
        if not edge.directed:
            pair.mutual += weight
        elif forth:
            pair.forth += weight
        else:
            pair.back += weight
        one, other = self.actors[edge.source].name, self.actors[edge.target].name
        sign = "against" if edge.directed else "and"
        pair.reasons[f"{one} {sign} {other}: {edge.reason}"] = None


def stands_between(actor: United) -> bool:
    """Whether somebody is a mediator, observer, court or outlet by name or description."""
    lex = gazetteer()
    if "well-known body" in actor.reasons:
        return True
    words = {w for text in (actor.name, *actor.descriptions) for w in fold(text).split()}
    if actor.kind is EntityKind.BODY:
        # "A university hospital" is a hospital, "the Fennel Court Tenants' Union" a union.
        heads = set(actor.descriptions)
        words = {w for w in words if w in heads or w not in lex.heads}
    singular = {w.removesuffix("s") for w in words}
    if (words | singular) & lex.between:
        return True
    return actor.kind is EntityKind.BODY and bool(set(actor.descriptions) & lex.outlet_heads)


def takes_part(actor: United) -> bool:
    """Whether a group of no owner is there because of the dispute, and is not just struck by it."""
    lex = gazetteer()
    nouns = {w for d in actor.descriptions for w in d.split()}
    neutral = nouns & (lex.neutral | lex.vague)
    if actor.name == BOTH or actor.parts or actor.kind is not EntityKind.GROUP:
        return False
    return actor.member_of is None and not neutral


def _vague(actor: United) -> bool:
    return actor.member_of is None and bool(set(actor.descriptions) & gazetteer().vague)


def strongest(
    powers: Powers, pairs: Mapping[tuple[str, str], Pair], *, with_one: str | None = None
) -> tuple[str, str] | None:
    """The pair that the dispute is between, if there is one that is heavy enough."""
    table = weights().thresholds
    best: tuple[str, str] | None = None
    for key, pair in sorted(pairs.items(), key=lambda i: (-powers.weight(*i), i[0])):
        if with_one is not None and with_one not in key:
            continue
        traded = min(pair.forth, pair.back) > 0
        heavy = pair.heaviest >= table["heavy"] or (traded and pair.score >= table["exchange"])
        # Two who say most of what is said are at odds already by fewer signs.
        told = powers.spoken and powers.covered(key) >= table["covered"]
        enough = told and pair.score >= table["told"] and (traded or pair.mutual or heavy)
        # Who spoke before a denial is a guess: two who are hardly heard are no parties by it.
        sure = pair.said > 0 or powers.covered(key) >= table["hardly"]
        if enough or (pair.score >= table["dispute"] and heavy and sure):
            best = key
            break
    return best
