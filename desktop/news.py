"""What another thread wrote into the dossier, on its way to the window.

It is read where it was written, and the window takes it over. Of several states that were read
meanwhile only the newest is shown; the views are told of all changes at once.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, TypeGuard

from db.changes import Changes
from db.errors import DossierError
from desktop.held import Held
from desktop.shown import Shown

if TYPE_CHECKING:
    from db import Dossier

READ_AT_ONCE = 500
"""Claims written up to which the window reads them itself."""


class News:
    """The newest state that was read, and what the views were not told of yet."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._dossier: Dossier | None = None
        self.ready: Shown | None = None
        self._untold = Changes()

    def follow(self, dossier: Dossier | None) -> None:
        """Be of another dossier, or none; what was read of the one before is given up."""
        with self._lock:
            self._dossier = dossier
            late, self.ready, self._untold = self.ready, None, Changes()
        if late is not None:
            late.close()

    def read(self, dossier: Dossier, shown: Held, changes: Changes) -> None:
        """Read what stands now, in any thread; ``shown`` is what the window shows."""
        before = self.ready or shown
        ready = None
        # Where it cannot be read, this will be found again when it is shown.
        with suppress(DossierError):
            ready = Shown(dossier, before if isinstance(before, Shown) else None)
        self.put(dossier, ready, changes)

    def put(self, dossier: Dossier, ready: Shown | None, changes: Changes) -> None:
        """Keep a state that was read if it is the newest, and what it brings."""
        with self._lock:
            if self._dossier is dossier:
                self._untold |= changes
                if is_newer(ready, self.ready):
                    ready, self.ready = self.ready, ready
        if ready is not None:
            ready.close()

    def take(self) -> tuple[Shown | None, Changes]:
        """Both, for the window; nothing is left."""
        with self._lock:
            news = self.ready, self._untold
            self.ready, self._untold = None, Changes()
        return news


def is_newer(one: Shown | None, other: Held | None) -> TypeGuard[Shown]:
    """Whether a state is there, and of a later write than another."""
    if one is None:
        return False
    return not isinstance(other, Shown) or one.columns.stamp > other.columns.stamp


def is_far(dossier: Dossier, shown: Shown) -> bool:
    """Whether so much was written since that the window does not wait for it to be read."""
    touched = dossier.touched_claims(shown.columns.stamp)
    return (len(shown.columns.claims) if touched is None else touched) > READ_AT_ONCE
