"""Which kinds of thing a write touched, so that each view refreshes only when it must."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    articles: bool = False
    sides: bool = False
    actors: bool = False
    claims: bool = False
    events: bool = False
    relations: bool = False
    dossier: bool = False  # title, settings

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            *(getattr(self, name) or getattr(other, name) for name in self.__dataclass_fields__)
        )

    @classmethod
    def everything(cls) -> Changes:
        return cls(True, True, True, True, True, True, True)
