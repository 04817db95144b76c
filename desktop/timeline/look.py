"""How a picture is painted, and what its parts have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from desktop.timeline.bars import Ink
from desktop.timeline.data import Zone
from desktop.timeline.frame import Rect
from desktop.timeline.sprites import Sprites
from desktop.timeline.style import TextKit, TimelineStyle


@dataclass(frozen=True)
class Look:
    """How to paint. ``vector`` keeps text as text; ``chosen`` have a ring, ``pinned`` a pin."""

    style: TimelineStyle
    kit: TextKit
    sprites: Sprites = field(default_factory=Sprites)
    vector: bool = False
    chosen: frozenset[int] = frozenset()
    pinned: frozenset[int] = frozenset()
    hovered: int | None = None
    focused: bool = False

    @cached_property
    def inks(self) -> dict[Zone, Ink]:
        """Colours of the bars of each zone."""
        style, theme = self.style, self.style.theme
        return {
            zone: Ink(
                style.colors[zone],
                style.tints[zone],
                theme.window if zone is Zone.BAND else theme.panel,
                theme.text,
                self.vector,
            )
            for zone in Zone
        }


def small(
    painter: QPainter,
    look: Look,
    key: tuple[object, ...],
    box: tuple[float, float, float, float],
    draw: Callable[[QPainter, float, float], None],
) -> None:
    """Draw around the middle of ``box``: copied from a store on the screen, anew in a file.

    ``box`` is the middle with half the width and half the height.
    """
    x, y, half, tall = box
    if look.vector:
        draw(painter, x, y)
        return
    look.sprites.draw(
        painter, key, x - half, y - tall, (2 * half, 2 * tall), lambda own: draw(own, half, tall)
    )


def patch(painter: QPainter, box: Rect, color: QColor) -> None:
    """A ground for text where something runs under it."""
    ground = QColor(color)
    ground.setAlphaF(0.9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(ground))
    painter.drawRoundedRect(QRectF(box.x0 - 3, box.y0 + 1, box.width + 6, box.height - 2), 3, 3)
