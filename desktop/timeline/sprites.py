"""Small shapes that come again and again, painted once and copied: for the screen only."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

LEAST_PIXELS = 6_000_000
"""So many pixels, of four bytes, are kept at least before the oldest go; a large picture's own
number of pixels if that is more."""

MADE_AT_ONCE = 60
"""Pictures made in one frame: making one takes longer than drawing what is on it."""


class Sprites:
    """Pictures by key, for one style and one scale of the screen at a time; what is not used goes
    after a while.

    They are kept in two halves: when the newer one is full it takes the place of the older one.
    """

    def __init__(self) -> None:
        self._new: dict[Hashable, QPixmap] = {}
        self._old: dict[Hashable, QPixmap] = {}
        self._seen: set[Hashable] = set()
        self._seen_before: set[Hashable] = set()
        self._ratio = 1.0
        self._pixels = 0
        self._most = LEAST_PIXELS
        self._to_make = MADE_AT_ONCE

    def begin(self, painter: QPainter) -> None:
        """A new frame: take the scale of what is painted on."""
        device = painter.device()
        ratio = device.devicePixelRatioF()
        self._most = max(LEAST_PIXELS, int(device.width() * device.height() * ratio * ratio))
        self._to_make = MADE_AT_ONCE
        self._seen, self._seen_before = set(), self._seen
        if ratio != self._ratio:
            # Pictures of another scale are of no use.
            self._ratio, self._pixels = ratio, 0
            self._new, self._old = {}, {}

    def find(self, key: Hashable) -> QPixmap | None:
        """The picture that is kept."""
        picture = self._new.get(key)
        if picture is None:
            picture = self._old.get(key)
            if picture is not None:
                self._keep(key, picture)
        return picture

    def again(self, key: Hashable) -> bool:
        """Whether to make a picture: its key came before, in this frame or the last, and there
        is time to make one.
        """
        if key not in self._seen and key not in self._seen_before:
            self._seen.add(key)
            return False
        self._seen.add(key)
        self._to_make -= 1
        return self._to_make >= 0

    def make(
        self, key: Hashable, size: tuple[float, float], paint: Callable[[QPainter], None]
    ) -> QPixmap:
        """A new picture of ``size``; ``paint`` draws it, in logical pixels from its top left."""
        picture = self._made(size, paint)
        self._keep(key, picture)
        return picture

    def draw(
        self,
        painter: QPainter,
        key: Hashable,
        x: float,
        y: float,
        size: tuple[float, float],
        paint: Callable[[QPainter], None],
    ) -> None:
        """Copy the picture of ``key``, made if it is not yet known, to whole pixels."""
        picture = self.find(key)
        if picture is None:
            picture = self.make(key, size, paint)
        painter.drawPixmap(round(x), round(y), picture)

    def _made(self, size: tuple[float, float], paint: Callable[[QPainter], None]) -> QPixmap:
        ratio = self._ratio
        picture = QPixmap((QSizeF(*size) * ratio).toSize().expandedTo(QSize(1, 1)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        own = QPainter(picture)
        own.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(own)
        own.end()
        return picture

    def _keep(self, key: Hashable, picture: QPixmap) -> None:
        if self._pixels > self._most:
            self._old, self._new, self._pixels = self._new, {}, 0
        self._new[key] = picture
        self._pixels += picture.width() * picture.height()
