"""Fetches the rows next to those in view while nothing else is to do, so that scrolling waits
for no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.comparison.listing import RowKind

if TYPE_CHECKING:
    from desktop.comparison.canvas import ComparisonCanvas

ROWS = 12
"""Rows on either side of the view that are fetched."""

LOT = 2
"""Rows fetched at once: what comes between two frames must be short."""

PAUSE_MS = 4


class Ahead(QObject):
    """Follows the canvas: those below first, as most scrolling goes there."""

    def __init__(self, canvas: ComparisonCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._fetch)

    def follow(self) -> None:
        """Look again at what is near; costs nothing until the window is idle."""
        if not self._timer.isActive():
            self._timer.start()

    def _fetch(self) -> None:
        canvas = self._canvas
        visible = canvas.visible_rows()
        if not visible:
            return
        first, last = visible[0][0], visible[-1][0]
        below = range(last + 1, min(last + 1 + ROWS, len(canvas.rows)))
        above = range(first - 1, max(first - 1 - ROWS, -1), -1)
        for places in (below, above):
            for at in range(0, len(places), LOT):
                keys = [canvas.rows.key_at(place) for place in places[at : at + LOT]]
                events = [one for kind, one in keys if kind is RowKind.EVENT]
                claims = [one for kind, one in keys if kind is RowKind.CLAIM]
                if canvas.session.prepare_rows(events, claims):
                    self._timer.start()
                    return
