"""Names that one article takes for something else than the others do."""

from __future__ import annotations

from collections import defaultdict

from extraction.actors.gazetteer import gazetteer
from extraction.folding import fold
from extraction.model import Entity, EntityKind
from extraction.sides.tying import Uniter

_OWNS = ("office", "ally")
_LEAST = 2  # mentions from which a person is known in a dossier


def mistaken_states(uniter: Uniter) -> None:
    """ "Tarn rejected the offer": no state, where other articles know Milo Tarn or Tarn Mills.

    A place is taken for a state because it acts. It stays one where it has an adjective, a
    ministry or officials, or where a lexicon knows it.
    """
    known = gazetteer()
    ruling = {
        uniter.find(uniter.at[node.place[0], node.entity.member_of])
        for node in uniter.nodes
        if node.entity.member_of is not None and node.entity.bond in _OWNS
    }
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
    beside: dict[tuple[str, str], set[int]] = defaultdict(set)
    for k, node in uniter.by_kind[EntityKind.BODY]:
        if node.entity.member_of is None and not node.entity.name.islower():
            beside[node.place[0], _kin(node.entity)].add(k)
    for k, node in uniter.by_kind[EntityKind.BODY]:
        entity = node.entity
        if entity.member_of is None or not entity.description:
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


def _kin(body: Entity) -> str:
    known = gazetteer()
    if body.description in known.company or body.description in known.company_words:
        return "company"
    return known.kin.get(body.description, body.description)
