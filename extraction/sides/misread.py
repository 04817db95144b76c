"""Names that one article takes for something else than the others do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from extraction.actors.gazetteer import gazetteer
from extraction.folding import fold
from extraction.model import ArticleReading, Entity, EntityKind, Span
from extraction.sides.tying import Uniter, is_guess, is_name

_OWNS = ("office", "ally")
_LEAST = 2  # mentions from which a person is known in a dossier


def mistaken_states(uniter: Uniter) -> None:
    """ "Tarn rejected the offer": no state, where other articles know Milo Tarn or Tarn Mills.

    A place is taken for a state because it acts. It stays one where it has an adjective, a
    ministry or officials, or where a lexicon knows it.
    """
    known = gazetteer()
    ruling = _ruling(uniter)
    weak: dict[int, str] = {}
    for k, node in uniter.by_kind[EntityKind.STATE]:
        key = fold(node.entity.name)
        plain = not node.entity.aliases and node.entity.member_of is None
        if plain and key not in known.state_of and uniter.find(k) not in ruling:
            weak[k] = key
    if not weak:
        return
    bearers = _bearers(uniter, set(weak.values()))
    for k, key in weak.items():
        roots = {uniter.find(x) for x in bearers.get(key, ())}
        if len(roots) == 1:
            root = roots.pop()
            name = uniter.nodes[k].entity.name
            uniter.join(root, k, f"'{name}' is {uniter.nodes[root].entity.name}")


def _ruling(uniter: Uniter) -> set[int]:
    """The roots of all that offices and allies belong to."""
    return {
        uniter.find(uniter.at[node.place[0], node.entity.member_of])
        for node in uniter.nodes
        if node.entity.member_of is not None and node.entity.bond in _OWNS
    }


def _bearers(uniter: Uniter, wanted: set[str]) -> dict[str, set[int]]:
    """The persons and bodies that bear each name: surname, full name, first words of a firm."""
    firms = gazetteer().company
    found: dict[str, set[int]] = defaultdict(set)
    for k, node in uniter.by_kind[EntityKind.PERSON]:
        words = fold(node.entity.name).split()
        if len(words) > 1 and words[-1] in wanted and node.count >= _LEAST:
            found[words[-1]].add(k)
    for k, node in uniter.by_kind[EntityKind.BODY]:
        words = fold(node.entity.name).split()
        if " ".join(words) in wanted:
            found[" ".join(words)].add(k)
        for cut in range(1, len(words)):
            if (short := " ".join(words[:cut])) in wanted and set(words[cut:]) & firms:
                found[short].add(k)
    return found


def seats(uniter: Uniter, readings: Sequence[ArticleReading]) -> None:
    """ "Port Amber dismissed it": the one state whose officials speak in Port Amber.

    Only for a place that is taken for a state because it acts, and that nothing else explains.
    """
    known = gazetteer().state_of
    weak = {
        k: node.entity.name
        for k, node in uniter.by_kind[EntityKind.STATE]
        if fold(node.entity.name) not in known and node.entity.member_of is None
    }
    ruling = _ruling(uniter)
    ruling |= {
        uniter.find(k)
        for k, node in uniter.by_kind[EntityKind.STATE]
        if node.entity.member_of is not None
    }
    speaking = {
        uniter.find(uniter.at[reading.article.key, a.entity])
        for reading in readings
        for a in reading.attributions
        if a.entity is not None
    }
    roots = {k: uniter.find(k) for k in weak}
    weak = {k: n for k, n in weak.items() if roots[k] in speaking and roots[k] not in ruling}
    if not weak:
        return
    names = "|".join(sorted({re.escape(name) for name in weak.values()}, key=len, reverse=True))
    spoken = re.compile(rf"\bin (?:the capital )?({names})\b")
    heard: dict[str, set[int]] = defaultdict(set)
    for reading in readings:
        places = [(m.start(), m[1]) for m in spoken.finditer(reading.article.text)]
        if not places:
            continue
        starts = [s.start for s in reading.sentences]
        voices: dict[int, set[int]] = defaultdict(set)
        told: dict[int, list[Span]] = defaultdict(list)
        for a in reading.attributions:
            row = bisect_right(starts, a.cue.start)
            told[row] += a.contents
            if a.entity is None or reading.entities[a.entity].kind is not EntityKind.PERSON:
                continue
            power = uniter.power(reading.article.key, a.entity)
            if power is not None:
                voices[row].add(power)
        for at, name in places:
            row = bisect_right(starts, at)
            if not any(span.start <= at < span.end for span in told[row]):
                heard[fold(name)] |= voices[row]
    for k, name in weak.items():
        powers = heard.get(fold(name), set()) - {uniter.find(k)}
        if len(powers) == 1:
            state = powers.pop()
            why = f"'{name}' for {uniter.nodes[state].entity.name}, whose officials speak there"
            uniter.join(state, k, why)


def called(uniter: Uniter) -> None:
    """ "The baker", where one alone of those named in that article is known for a baker."""
    trades: dict[int, set[str]] = defaultdict(set)
    there: dict[str, set[int]] = defaultdict(set)
    for k, node in uniter.by_kind[EntityKind.PERSON]:
        if is_name(node.entity) and node.entity.description:
            trades[uniter.find(k)].add(node.entity.description.split()[-1])
    for k, node in enumerate(uniter.nodes):
        if uniter.find(k) in trades and is_name(node.entity):
            there[node.place[0]].add(uniter.find(k))
    for k, node in uniter.by_kind[EntityKind.PERSON]:
        entity = node.entity
        told = f"'the {entity.description}'" in entity.reasons and entity.member_of is None
        if not told or is_name(entity):
            continue
        title = entity.description.split()[-1]
        roots = [root for root in there.get(node.place[0], ()) if title in trades[root]]
        if len(roots) == 1:
            uniter.join(roots[0], k, f"'the {entity.description}'")


def own_bodies(uniter: Uniter) -> None:
    """ "Kolm's party": the one Kolm belongs to; "the drivers' union": the only union named there.

    Only bodies of one kind are compared: a federation can be a union, a bank cannot.
    """
    homes: dict[tuple[int, str], set[int]] = defaultdict(set)
    for k, node in uniter.by_kind[EntityKind.PERSON]:
        if node.entity.member_of is None:
            continue
        at = uniter.at[node.place[0], node.entity.member_of]
        body = uniter.nodes[at].entity
        if body.kind is EntityKind.BODY and body.member_of is None:
            homes[uniter.find(k), _kin(body)].add(at)
    beside = _named_beside(uniter)
    for k, node in uniter.by_kind[EntityKind.BODY]:
        entity = node.entity
        if entity.member_of is None or not entity.description:
            _by_kin(uniter, k, beside)
            continue
        owner = uniter.at[node.place[0], entity.member_of]
        kind = uniter.nodes[owner].entity.kind
        if kind is EntityKind.PERSON:
            others = homes.get((uniter.find(owner), _kin(entity)), set())
        elif kind is EntityKind.GROUP and entity.name.split()[-1].islower():
            others = beside.get((node.place[0], _kin(entity)), set())
        else:
            continue
        roots = {uniter.find(x) for x in others}
        if len(roots) == 1:
            uniter.join(roots.pop(), k, f"'{entity.name}'")


def _named_beside(uniter: Uniter) -> dict[tuple[str, str], set[int]]:
    """The named bodies of every article by their kind, which "the union" can stand for."""
    beside: dict[tuple[str, str], set[int]] = defaultdict(set)
    kinds: dict[int, str] = {}
    for k, node in uniter.by_kind[EntityKind.BODY]:
        if node.entity.member_of is None and not node.entity.name.islower():
            beside[node.place[0], _kin(node.entity)].add(k)
            kinds[uniter.find(k)] = _kin(node.entity)
    for k, node in uniter.by_kind[EntityKind.UNKNOWN]:
        if kind := kinds.get(uniter.find(k), ""):
            beside[node.place[0], kind].add(k)
    for kind, officers in _with_officers(uniter).items():
        for place, bodies in officers.items():
            beside.setdefault((place, kind), bodies)
    return beside


def town_police(uniter: Uniter) -> None:
    """ "Police" in one article, "the police in Orle" in another, where no other town's speak."""
    known = gazetteer().state_of
    bare: list[int] = []
    towns: dict[int, int] = {}
    for k, node in uniter.by_kind[EntityKind.BODY]:
        entity = node.entity
        if entity.description != "police" or entity.member_of is None:
            continue
        owner = uniter.at[node.place[0], entity.member_of]
        whose = uniter.nodes[owner].entity
        if whose.kind is EntityKind.STATE and fold(whose.name) not in known:
            towns.setdefault(uniter.find(owner), k)
        elif whose.kind is EntityKind.BODY and is_guess(entity):
            bare.append(k)
    if len(towns) == 1:
        ((town, police),) = towns.items()
        for k in bare:
            uniter.join(police, k, f"the police in {uniter.nodes[town].entity.name}")


def _by_kin(uniter: Uniter, k: int, beside: Mapping[tuple[str, str], set[int]]) -> None:
    """ "The airline", "the union" with no name before it: the only one the article names."""
    node = uniter.nodes[k]
    name = node.entity.name
    if not name.islower() or " " in name or node.entity.member_of is not None:
        return
    known = gazetteer()
    kind = _kin(node.entity)
    if name not in known.company_words and kind != "union":
        return
    roots = {uniter.find(x) for x in beside.get((node.place[0], kind), ())} - {uniter.find(k)}
    if len(roots) == 1:
        uniter.join(roots.pop(), k, f"'the {name}'")


def _with_officers(uniter: Uniter) -> dict[str, dict[str, set[int]]]:
    """By kind and article, the bodies that no word tells for one but that have its officers.

    "The College", whose general secretary speaks, is the union of a pay row; a bare name with a
    chief executive or a spokeswoman is "the company".
    """
    lex = gazetteer()
    found: dict[str, dict[str, set[int]]] = {
        "union": defaultdict(set),
        "company": defaultdict(set),
    }
    for _, node in uniter.by_kind[EntityKind.PERSON]:
        title = node.entity.description
        if title not in lex.house_titles or node.entity.member_of is None:
            continue
        at = uniter.at[node.place[0], node.entity.member_of]
        body = uniter.nodes[at].entity
        if title in lex.union_titles:
            if body.kind in (EntityKind.BODY, EntityKind.UNKNOWN) and not body.name.islower():
                found["union"][node.place[0]].add(at)
        elif body.kind is EntityKind.UNKNOWN:
            found["company"][node.place[0]].add(at)
    return found


def _kin(body: Entity) -> str:
    known = gazetteer()
    if body.description in known.company or body.description in known.company_words:
        return "company"
    return known.kin.get(body.description, body.description)
