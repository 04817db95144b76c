"""Labels that a person wants to see always: a decision as others are, a step to be undone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import msgspec

from db.changes import Changes
from db.connection import Connections
from db.journal import StepWriter
from db.models import Setting

PINS = "pins"


@dataclass(frozen=True, slots=True)
class Pins:
    """Ids of pinned claims, and of events as outlets tell of them in their own voice."""

    claims: frozenset[int] = frozenset()
    events: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.claims) + len(self.events)

    def plain(self) -> dict[str, list[int]]:
        """As JSON can hold it."""
        return {"claims": sorted(self.claims), "events": sorted(self.events)}

    @classmethod
    def of_plain(cls, plain: object) -> Pins:
        """The inverse; what is no list of ids is left out."""
        found: Mapping[str, Any] = plain if isinstance(plain, Mapping) else {}
        return cls(_ids(found.get("claims")), _ids(found.get("events")))


def _ids(plain: object) -> frozenset[int]:
    return frozenset(i for i in plain if type(i) is int) if isinstance(plain, list) else frozenset()


class Pinning(ABC):
    """The part of a dossier that keeps which labels are pinned."""

    _connections: Connections

    @abstractmethod
    def _step(self, label: str, joining: int = 0) -> AbstractContextManager[StepWriter]:
        """A step of the revision log."""

    def pins(self) -> Pins:
        """What is pinned; ids of what is gone meanwhile may be among them."""
        with self._connections.reading() as database:
            row = database.run(Setting.select(Setting.value).where(Setting.name == PINS)).fetchone()
        try:
            return Pins.of_plain(msgspec.json.decode(row[0])) if row else Pins()
        except msgspec.DecodeError:
            return Pins()

    def set_pins(self, pins: Pins) -> Changes:
        """Pin these labels and no others."""
        value = msgspec.json.encode(pins.plain()).decode()
        with self._step("Pin labels") as writer:
            row = writer.database.run(
                Setting.select(Setting.id).where(Setting.name == PINS)
            ).fetchone()
            if row is None:
                writer.insert(Setting, [{"name": PINS, "value": value}])
            else:
                writer.update(Setting, {row[0]: {"value": value}})
        return writer.changes
