"""The relations of an assembly: what is new, what is other than before, what no longer holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from db.bits import bits_of, delete_in_bits, insert_in_bits, update_in_bits
from db.encoding import strings_to_text
from db.models import Relation
from db.rows import ReviewState
from db.rowwriting import Row

if TYPE_CHECKING:
    from db.assembly import Assembly

_Key = tuple[int, int, str]


def write_relations(assembly: Assembly, gone_claims: Collection[int]) -> Iterator[None]:
    """Write the relations; one that a person reviewed stands as long as its claims do."""
    ids = assembly.claim_ids
    updates: dict[int, Row] = {}
    inserts: dict[_Key, Row] = {}
    seen: set[_Key] = set()
    for some in bits_of(assembly.reading.relations):
        for relation in some:
            source, target = ids[relation.source], ids[relation.target]
            key = (source, target, relation.type.value)
            values: Row = {
                "score": float(relation.score),
                "possible": int(relation.possible),
                "reasons": strings_to_text(relation.reasons),
            }
            seen.add(key)
            stored = assembly.stored_relations
            if key not in stored:
                inserts[key] = {
                    "source_id": source,
                    "target_id": target,
                    "type": relation.type.value,
                    "review": ReviewState.SUGGESTED.value,
                    **values,
                }
            elif stored[key][1] == ReviewState.SUGGESTED:
                updates[stored[key][0]] = values
        yield
    yield from update_in_bits(assembly.writer, Relation, updates)
    yield from insert_in_bits(assembly.writer, Relation, list(inserts.values()))
    assembly.gone_relations = {
        row_id
        for key, (row_id, review) in assembly.stored_relations.items()
        if (key not in seen and review == ReviewState.SUGGESTED)
        or key[0] in gone_claims
        or key[1] in gone_claims
    }
    yield
    yield from delete_in_bits(assembly.writer, Relation, assembly.gone_relations)
