"""What a content is chiefly about, where it speaks of several things."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import cache

from extraction import lexicon
from extraction.happenings import family
from extraction.model import Happening

_OBJECT = 16  # code points in which a step names what it puts an end to


def primary(
    happenings: Iterable[Happening], persons: Container[int] = frozenset()
) -> Happening | None:
    """The happening that a content is chiefly about.

    Harm goes before the dead and hurt of it, those before steps and talks, a verb before a noun,
    and what comes first before the rest. One hurt by name (an entity of ``persons``) is a harm of
    its own.
    """
    best: Happening | None = None
    best_rank = 99
    before: Happening | None = None
    pursued = False
    for happening in happenings:
        rank = _rank(happening, persons)
        if before is not None and _halted(before, happening):
            rank = 98
        if pursued and not happening.verbal:
            rank = max(rank, 97)
        pursued = pursued or _pursues(happening)
        before = happening
        if rank < best_rank:
            best, best_rank = happening, rank
    return best


def _rank(happening: Happening, persons: Container[int]) -> int:
    kind = family(happening.family)
    if kind is None:
        return 99
    if kind.group == "statement":
        return 90
    verb, noun = 4, 6
    if kind.group == "casualties":
        verb, noun = (0, 2) if happening.patient in persons else (3, 4)
    elif kind.harm:
        verb, noun = 0, 1
    elif kind.group == "clash":
        verb, noun = 2, 5
    elif kind.background:
        verb, noun = 7, 8
    rank = verb if happening.verbal else noun
    if happening.modality != "actual":
        rank += 4
    return rank + 4 if happening.negated else rank


def _pursues(happening: Happening) -> bool:
    """ "Arrested over the beating" is about the arrest."""
    kind = family(happening.family)
    return kind is not None and happening.verbal and kind.group in _pursuing()


@cache
def _pursuing() -> frozenset[str]:
    table = lexicon.load("en", "happenings")["pursuing"]
    return lexicon.words(table, "groups", "happenings.toml")


def _halted(before: Happening, happening: Happening) -> bool:
    """ "An end to the blockade" is about the halt."""
    kind = family(before.family)
    near = 0 <= happening.trigger.start - before.trigger.end <= _OBJECT
    return near and kind is not None and kind.group == "halt" and not happening.verbal
