"""Small shapes that come again and again, painted once and copied: for the screen only."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

MOST = 4_000
"""Pictures kept; beyond that the store starts anew."""


class Sprites:
    """Pictures by key and by the screen's scale."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, QPixmap] = {}
        self._seen: set[Hashable] = set()

    def again(self, key: Hashable) -> bool:
        """Whether a key comes for the second time at least: what comes once is not kept."""
        if key in self._seen:
            return True
        if len(self._seen) > MOST:
            self._seen.clear()
        self._seen.add(key)
        return False

    def draw(
        self,
        painter: QPainter,
        key: Hashable,
        x: float,
        y: float,
        size: QSizeF,
        paint: Callable[[QPainter], None],
    ) -> None:
        """Copy the picture of ``key`` to whole pixels at ``x``, ``y``.

        ``paint`` draws it, in logical pixels from its own top left, when it is not yet known.
        """
        ratio = painter.device().devicePixelRatioF()
        known = (key, ratio)
        picture = self._kept.get(known)
        if picture is None:
            if len(self._kept) > MOST:
                self._kept.clear()
            picture = QPixmap((size * ratio).toSize().expandedTo(QSize(1, 1)))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            own = QPainter(picture)
            own.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(own)
            own.end()
            self._kept[known] = picture
        painter.drawPixmap(QPointF(round(x), round(y)), picture)
