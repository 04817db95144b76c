"""Views that a person comes back to. Looking is no change: saving one is no undoable step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

import msgspec

from db.changes import Changes
from db.connection import Connections
from db.models import SavedView

_object = msgspec.json.Decoder(dict[str, Any])


class SavedViews(ABC):
    """The part of a dossier that keeps views by name."""

    _connections: Connections

    @abstractmethod
    def _tell(self, changes: Changes | None) -> Changes | None:
        """Tell the listeners."""

    def saved_views(self) -> dict[str, dict[str, Any]]:
        """What was saved, by name, in order of names.

        Raises ``DossierError`` (``truncated``) if one is no JSON object.
        """
        with self._connections.reading() as database:
            rows = database.run(
                SavedView.select(SavedView.name, SavedView.data).order_by(SavedView.name)
            )
            return {name: _object.decode(data) for name, data in rows}

    def save_view(self, name: str, data: Mapping[str, Any]) -> None:
        """Keep a view, in place of one of that name. Raises ``ValueError`` for an empty name.

        ``data`` is what JSON can hold; ``TypeError`` for anything else.
        """
        if not name.strip():
            raise ValueError("a view needs a name")
        encoded = msgspec.json.encode(dict(data)).decode()
        with self._connections.writing() as database:
            database.sql(
                "INSERT INTO saved_view (name, data) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET data = excluded.data",
                (name.strip(), encoded),
            )
        self._tell(Changes(dossier=True))

    def remove_view(self, name: str) -> None:
        """Forget a view. Raises ``KeyError`` if there is none of that name."""
        with self._connections.writing() as database:
            gone = database.sql("DELETE FROM saved_view WHERE name = ?", (name,)).rowcount
            if not gone:
                raise KeyError(name)
        self._tell(Changes(dossier=True))
