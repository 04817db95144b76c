"""The actors of a dossier."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from extraction.folding import fold
from extraction.model import EntityKind

# How the reasons begin by which an article only let guess whose somebody is.
GUESSES = ("no state named", "no owner named", "the only ")
Place = tuple[str, int]  # article key, entity id


class United(msgspec.Struct, frozen=True):
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


class ActorTable(msgspec.Struct, frozen=True):
    """Actors by key, the actor of every entity, and actors by any of their folded names."""

    actors: Mapping[str, United]
    of_entity: Mapping[Place, str]
    by_name: Mapping[str, str]

    def find(self, name: str) -> str | None:
        """The key of the actor that has this key, name or alias."""
        return name if name in self.actors else self.by_name.get(fold(name))
