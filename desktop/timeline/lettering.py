"""Writes the labels of marks: the screen copies them from pictures, a file gets real text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QColor, QFont, QPainter

from desktop.timeline import glyphs
from desktop.timeline.boxes import GLYPH, PIN, PLAIN
from desktop.timeline.data import NARRATED, SOLID, STATUSES, TimelineData
from desktop.timeline.frame import Frame, Mark
from desktop.timeline.layout import Place
from desktop.timeline.links import Paths
from desktop.timeline.look import Look, patch, small

LINE_HALF = 11
"""Half the height of a label's picture in pixels."""


def draw_labels(
    painter: QPainter, frame: Frame, data: TimelineData, look: Look, paths: Paths
) -> None:
    kit = look.kit
    sprites = look.sprites
    for mark in frame.marks:
        if not mark.text:
            continue
        box, index = mark.label, mark.index
        under = paths.meet(box)
        ink = look.inks[mark.zone]
        on_core = False
        if mark.placed.place is Place.INSIDE:
            on_core = _on_core(mark, data)
            if under or not on_core:
                patch(painter, box, ink.color if on_core else ink.ground)
        elif under:
            patch(painter, box, ink.ground)
        act = int(data.act[index])
        middle = (box.y0 + box.y1) / 2
        strong = index in look.chosen
        if look.vector:
            _line(look, mark, act, strong, on_core).draw(painter, look, box.x0, middle)
            continue
        # Text and sign keep the places in whole pixels that they have without a picture.
        whole = int(middle)
        part = middle - whole
        pinned = index in look.pinned
        key = (mark.text, strong, act, mark.zone, on_core, pinned, int(part * 100))
        picture = sprites.find(key)
        if picture is None:
            line = _line(look, mark, act, strong, on_core)
            if not sprites.again(key):
                line.draw(painter, look, box.x0, middle)
                continue
            width = line.before + kit.width(line.text, line.font) + 4
            y = LINE_HALF + part
            paint = partial(line.draw, look=look, x=1, middle=y)
            picture = sprites.make(key, (width, 2 * LINE_HALF), paint)
        painter.drawPixmap(round(box.x0) - 1, whole - LINE_HALF, picture)


def _line(look: Look, mark: Mark, act: int, strong: bool, on_core: bool) -> _Line:
    """What is written beside a mark or in it; in bold where it is chosen and that fits."""
    kit, ink = look.kit, look.inks[mark.zone]
    pinned = mark.index in look.pinned
    before = (0.0 if act == PLAIN else GLYPH) + (PIN if pinned else 0.0)
    room = mark.label.x1 - mark.label.x0 - before + 2
    font = kit.body_font
    if strong and kit.width(mark.text, kit.heading_font) <= room:
        font = kit.heading_font
    text, sign = (ink.ground, ink.ground) if on_core else (look.style.theme.text, ink.color)
    return _Line(mark.text, font, text, act, sign, before, pinned)


@dataclass(frozen=True, slots=True)
class _Line:
    """A label: a pin, the sign of its speech act, then the text, which is ``before`` pixels on."""

    text: str
    font: QFont
    ink: QColor
    act: int
    sign_ink: QColor
    before: float
    pinned: bool

    def draw(self, painter: QPainter, look: Look, x: float, middle: float) -> None:
        if self.pinned:
            glyphs.draw_pin(painter, x, middle, self.sign_ink)
        if self.act != PLAIN:
            _sign(painter, look, self.act, x + PIN * self.pinned, middle, self.sign_ink)
        painter.setPen(self.ink)
        x += self.before
        look.kit.draw(
            painter, self.text, self.font, x, middle, vector=look.vector, once=not look.vector
        )


def _sign(painter: QPainter, look: Look, act: int, x: float, middle: float, color: QColor) -> None:
    half = glyphs.SIDE / 2
    small(
        painter,
        look,
        ("sign", act, color.rgb()),
        (x + half, middle, half + 1, half + 1),
        lambda on, at, y: glyphs.draw_sign(on, act, at - half, y, color),
    )


def _on_core(mark: Mark, data: TimelineData) -> bool:
    """Whether a label inside a bar stands wholly on its filled, certain part."""
    return (
        STATUSES[data.status[mark.index]] in SOLID
        and data.act[mark.index] != NARRATED
        and not data.between[mark.index]
        and mark.core0 <= mark.label.x0 - 4
        and mark.core1 >= mark.label.x1 + 4
    )
