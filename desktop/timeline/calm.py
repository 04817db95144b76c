"""No full garbage collection while the view moves: one takes some 50 ms, several frames long.

Reference counting frees what frames leave behind; only cycles wait until the view rests.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QTimer

REST_MS = 400
"""The view rests when it has not moved for so long."""

YOUNG = 1
"""What was made since is looked through at rest; the old generation when it is due."""


class Calm:
    """``moving`` with each move; the collector runs again once that stays away."""

    def __init__(self) -> None:
        self._held = False
        self._moved = 0.0

    @property
    def held(self) -> bool:
        return self._held

    def moving(self) -> None:
        """Hold the collector back, unless somebody else already does."""
        self._moved = monotonic()
        if not self._held and gc.isenabled():
            self.hold()
            QTimer.singleShot(REST_MS, self._look)

    def hold(self) -> None:
        self._held = True
        gc.disable()

    def rest(self) -> None:
        """Let the collector run again."""
        if self._held:
            self._held = False
            gc.enable()
            gc.collect(YOUNG)

    def _look(self) -> None:
        left = REST_MS - (monotonic() - self._moved) * 1000
        if left > 0:
            QTimer.singleShot(int(left) + 1, self._look)
        else:
            self.rest()


calm = Calm()
"""One for the process, for there is one collector."""
