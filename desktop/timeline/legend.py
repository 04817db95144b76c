"""What the marks mean: painted with the very code that paints the marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from db.rows import Status
from desktop.timeline import glyphs
from desktop.timeline.bars import HATCHED, STRUCK, Ink, Shape, draw_bar, draw_saying
from desktop.timeline.brackets import draw_between
from desktop.timeline.data import ACTS, NARRATED, NO_ZONE, STATUSES, TimelineData, Zone
from desktop.timeline.index import Ids
from desktop.timeline.style import TextKit, TimelineStyle
from desktop.vocabulary import name_of
from extraction.model import SpeechAct

SWATCH = 30.0
ROW = 20.0
GAP = 20.0
BESIDE = 8.0


@dataclass(frozen=True)
class LegendEntry:
    """``draw`` paints the sign from ``x`` on (``width`` pixels of it), around ``middle``.

    ``statuses`` and ``acts`` are those that it stands for, if any: they can be filtered by.
    """

    text: str
    width: float
    draw: Callable[[QPainter, float, float], None]
    statuses: frozenset[Status] = frozenset()
    acts: frozenset[SpeechAct] = frozenset()


def ink_of(style: TimelineStyle, zone: Zone) -> Ink:
    """Colours for signs on the panel."""
    return Ink(style.colors[zone], style.tints[zone], style.theme.panel, style.theme.text)


def entries(
    style: TimelineStyle,
    data: TimelineData,
    shown: Ids | None = None,
    *,
    dense: bool = False,
    links: Sequence[bool] | None = None,
    pinned: bool = False,
) -> list[LegendEntry]:
    """Signs for what occurs among the marks ``shown`` (all by default).

    ``links`` says of each link that is drawn whether it is only a possible one, ``pinned`` whether
    there are pins.
    """
    part = np.flatnonzero(data.zone != NO_ZONE) if shown is None else shown
    ink = ink_of(style, Zone.BAND)
    claims = part[data.act[part] != NARRATED]
    statuses = {STATUSES[code] for code in np.unique(data.status[claims]).tolist()}
    acts = {ACTS[code] for code in np.unique(data.act[claims]).tolist()}
    found = [
        _status(kinds, ink)
        for kinds in (
            *((status,) for status in Status if status not in HATCHED | STRUCK),
            tuple(status for status in Status if status in HATCHED),
            tuple(status for status in Status if status in STRUCK),
        )
        if statuses.intersection(kinds)
    ]
    found.append(_fading(ink))
    if data.between[part].any():
        found.append(_between(ink))
    if data.point[part].any():
        found.append(_saying(ink))
    if (data.act[part] == NARRATED).any():
        found.append(_narrated(ink))
    if pinned:
        found.append(_pin(ink))
    if dense:
        found += [_columns(style), _cluster(style)]
    drawn = data.links.possible.tolist() if links is None else links
    if drawn:
        found.append(_link(style))
        if any(drawn):
            found.append(_link(style, possible=True))
    found += [_act(act, ink) for act in SpeechAct if act in acts and act is not SpeechAct.ASSERTS]
    return found


def _bar_shape(x: float, middle: float, fade: float = 0.0, tall: float = 14.0) -> Shape:
    x1 = x + SWATCH
    return Shape(x, x1, x + fade, x1 - fade, middle - tall / 2, middle + tall / 2)


def _status(kinds: Sequence[Status], ink: Ink) -> LegendEntry:
    """``kinds`` are drawn alike."""
    return LegendEntry(
        ", ".join(name_of(status) for status in kinds),
        SWATCH,
        lambda painter, x, middle: draw_bar(painter, _bar_shape(x, middle), kinds[0], ink),
        frozenset(kinds),
    )


def _fading(ink: Ink) -> LegendEntry:
    return LegendEntry(
        QCoreApplication.translate("Timeline", "fades: somewhere in this time"),
        SWATCH,
        lambda painter, x, middle: draw_bar(
            painter, _bar_shape(x, middle, 11), Status.ASSERTED, ink
        ),
    )


def _between(ink: Ink) -> LegendEntry:
    return LegendEntry(
        QCoreApplication.translate("Timeline", "only known to lie between two others"),
        SWATCH,
        lambda painter, x, middle: draw_between(
            painter, x, x + SWATCH, (middle - 8, middle + 8), Status.ASSERTED, ink
        ),
    )


def _saying(ink: Ink) -> LegendEntry:
    return LegendEntry(
        QCoreApplication.translate("Timeline", "only the time of saying is known"),
        14.0,
        lambda painter, x, middle: draw_saying(painter, x + 7, middle, Status.ASSERTED, ink),
    )


def _narrated(ink: Ink) -> LegendEntry:
    return LegendEntry(
        QCoreApplication.translate("Timeline", "told in the outlet's own voice"),
        SWATCH,
        lambda painter, x, middle: draw_bar(
            painter, _bar_shape(x, middle, 0, 6), Status.ASSERTED, ink
        ),
    )


def _pin(ink: Ink) -> LegendEntry:
    return LegendEntry(
        QCoreApplication.translate("Timeline", "pinned: its label is always shown"),
        glyphs.SIDE,
        lambda painter, x, middle: glyphs.draw_pin(painter, x, middle, ink.color),
    )


def _columns(style: TimelineStyle) -> LegendEntry:
    def draw(painter: QPainter, x: float, middle: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for color, heights in (
            (style.colors[Zone.BAND], (6, 12, 9, 4)),
            (style.theme.dispute, (2, 5, 4, 1)),
        ):
            painter.setBrush(QBrush(color))
            for at, tall in enumerate(heights):
                painter.drawRect(QRectF(x + at * 6, middle + 6 - tall, 5, tall))

    text = QCoreApplication.translate("Timeline", "how many begin; coloured: in dispute")
    return LegendEntry(text, 24.0, draw)


def _cluster(style: TimelineStyle) -> LegendEntry:
    def draw(painter: QPainter, x: float, middle: float) -> None:
        painter.fillRect(QRectF(x, middle - 2, 12, 2), style.theme.dispute)
        painter.fillRect(QRectF(x, middle, 18, 2), style.colors[Zone.ABOVE])
        painter.fillRect(QRectF(x + 18, middle, 12, 2), style.colors[Zone.BELOW])

    text = QCoreApplication.translate("Timeline", "how the sides share it, and what is in dispute")
    return LegendEntry(text, SWATCH, draw)


def _link(style: TimelineStyle, *, possible: bool = False) -> LegendEntry:
    def draw(painter: QPainter, x: float, middle: float) -> None:
        pen = QPen(style.theme.dispute, 1.75)
        if possible:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, middle + 5), QPointF(x + SWATCH - 6, middle - 5))

    text = QCoreApplication.translate("Timeline", "denies or contradicts")
    if possible:
        text = QCoreApplication.translate("Timeline", "perhaps so")
    return LegendEntry(text, SWATCH - 6, draw)


def _act(act: SpeechAct, ink: Ink) -> LegendEntry:
    code = ACTS.index(act)
    return LegendEntry(
        name_of(act),
        glyphs.SIDE,
        lambda painter, x, middle: glyphs.draw_sign(painter, code, x, middle, ink.color),
        acts=frozenset({act}),
    )


def rows(
    found: Sequence[LegendEntry], kit: TextKit, width: float
) -> list[list[tuple[float, LegendEntry]]]:
    """Entries with their left edges, flowing into rows of ``width`` pixels."""
    result: list[list[tuple[float, LegendEntry]]] = [[]]
    x = 0.0
    for entry in found:
        needed = entry.width + BESIDE + kit.caption(entry.text)
        if result[-1] and x + needed > width:
            result.append([])
            x = 0.0
        result[-1].append((x, entry))
        x += needed + GAP
    return result if result[0] else []


def draw_legend(
    painter: QPainter,
    laid_out: Sequence[Sequence[tuple[float, LegendEntry]]],
    style: TimelineStyle,
    kit: TextKit,
    left: float,
    top: float,
    *,
    vector: bool = False,
) -> None:
    """Paint rows of entries from ``left``, ``top`` on."""
    for number, row in enumerate(laid_out):
        middle = top + (number + 0.5) * ROW
        for x, entry in row:
            entry.draw(painter, left + x, middle)
            painter.setPen(style.theme.text)
            at = left + x + entry.width + BESIDE
            kit.draw(painter, entry.text, kit.caption_font, at, middle, vector=vector)
