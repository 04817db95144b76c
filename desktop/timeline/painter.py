"""Paints a ``Frame`` with any ``QPainter``: window, picture, SVG or PDF."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.timeline.bars import Shape, draw_bar, draw_saying
from desktop.timeline.boxes import LEAST
from desktop.timeline.brackets import draw_between
from desktop.timeline.data import NARRATED, RELATIONS, STATUSES, TimelineData, Zone
from desktop.timeline.density import draw_clusters, draw_columns
from desktop.timeline.frame import Caption, Counter, Curve, Frame, Mark, Rect
from desktop.timeline.lettering import draw_labels
from desktop.timeline.links import AGAINST, Paths
from desktop.timeline.look import Look, patch, small
from extraction.model import RelationType

WIDEST_COPY = 500.0
"""Bars up to this width are kept as pictures when they come again, as they do in a pan."""

LINE = 14.0
"""From line to line of a name in two."""

OVERHANG = 32.0
"""Bars are cut off this far beyond the view, so that no path is a million pixels long."""

__all__ = ["Look", "paint"]


def paint(painter: QPainter, frame: Frame, data: TimelineData, look: Look) -> None:
    """Paint into ``[0, width] x [0, height]`` of the painter's logical pixels."""
    painter.save()
    painter.setClipRect(QRectF(0, 0, frame.scale.width, frame.height))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    look.sprites.begin(painter)
    _ground(painter, frame, look)
    for columns in frame.columns:
        draw_columns(painter, frame, columns, look.style)
    draw_clusters(painter, frame, look.style)
    weak = [curve for curve in frame.curves if not curve.strong]
    for curve in weak:
        _curve(painter, curve, look)
    _bars(painter, frame, data, look)
    for curve in frame.curves:
        if curve.strong:
            _curve(painter, curve, look)
    paths = Paths(frame)
    draw_labels(painter, frame, data, look, paths)
    _ticks(painter, frame, look, paths)
    _captions(painter, frame, look)
    for curve in frame.curves:
        _pill(painter, curve, look)
    if look.focused:
        painter.setPen(QPen(look.style.theme.focus, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(1, 1, frame.scale.width - 2, frame.height - 2), 6, 6)
    painter.restore()


def _ground(painter: QPainter, frame: Frame, look: Look) -> None:
    theme, band, width = look.style.theme, frame.band, frame.scale.width
    painter.fillRect(QRectF(0, 0, width, frame.height), theme.panel)
    # Upright lines on the middle of a pixel: blurring them takes three times as long.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(look.style.grid, 1))
    painter.drawLines(
        [
            QLineF(x, y0, x, y1)
            for tick in frame.ticks.lower
            for x in (round(tick.x) + 0.5,)
            for y0, y1 in ((8.0, band.y0), (band.y1, frame.height - 8.0))
            if tick.x >= 0
        ]
    )
    painter.fillRect(QRectF(0, band.y0, width, band.height), theme.window)
    painter.setPen(QPen(theme.line, 1))
    painter.drawLine(QLineF(0, band.y0 + 0.5, width, band.y0 + 0.5))
    painter.drawLine(QLineF(0, band.y1 - 0.5, width, band.y1 - 0.5))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if frame.known is not None:
        x = round(frame.scale.x(frame.known)) + 0.5
        pen = QPen(theme.muted, 1)
        pen.setDashPattern([2, 4])
        painter.setPen(pen)
        painter.drawLine(QLineF(x, 8, x, frame.height - 8))
    if frame.now is not None:
        x = round(frame.scale.x(frame.now)) + 0.5
        painter.setPen(QPen(theme.focus, 1))
        painter.drawLine(QLineF(x, 8, x, frame.height - 8))
        painter.setBrush(QBrush(theme.focus))
        painter.drawPolygon(
            QPolygonF([QPointF(x - 4, band.y0), QPointF(x + 4, band.y0), QPointF(x, band.y0 + 5)])
        )


def _bars(painter: QPainter, frame: Frame, data: TimelineData, look: Look) -> None:
    """All marks without their labels. Bars are cut off a little beyond the view; their fading
    stays where it is.
    """
    at = np.array([mark.index for mark in frame.marks], np.int64)
    kinds = [column[at].tolist() for column in (data.status, data.act, data.point, data.between)]
    left, right = -OVERHANG, frame.scale.width + OVERHANG
    chosen, hovered, inks, sprites = look.chosen, look.hovered, look.inks, look.sprites
    for mark, code, act, point, between in zip(frame.marks, *kinds, strict=True):
        index, zone, _, (x0, y0, x1, y1), core0, core1, _, _ = mark
        if index in chosen or index == hovered:
            _ring(painter, mark, look, strong=index in chosen)
        y = (y0 + y1) / 2
        if point:
            _saying(painter, (x0 + x1) / 2, y, (code, zone), look)
            continue
        if between:
            draw_between(painter, x0, x1, (y0, y1), STATUSES[code], inks[zone])
            continue
        x0, x1 = (x0 if x0 > left else left), (x1 if x1 < right else right)
        core0 = x0 if core0 < x0 else x1 if core0 > x1 else core0
        core1 = core0 if core1 < core0 else x1 if core1 > x1 else core1
        tall = 6.0 if act == NARRATED else y1 - y0
        width, before, after = x1 - x0, core0 - x0, x1 - core1
        if width <= WIDEST_COPY and not look.vector:
            # In tenths of a pixel: bars that differ by less look the same.
            key = (code, tall, zone, int(width * 10), int(before * 10), int(after * 10))
            half = width / 2 + 4
            picture = sprites.find(key)
            if picture is None and (width <= LEAST + 0.01 or sprites.again(key)):
                end, y0, y1 = 4 + width, 12 - tall / 2, 12 + tall / 2
                own = Shape(4, end, 4 + before, end - after, y0, y1, zone is not Zone.BELOW)
                paint = partial(draw_bar, shape=own, status=STATUSES[code], ink=inks[zone])
                picture = sprites.make(key, (2 * half, 24.0), paint)
            if picture is not None:
                painter.drawPixmap(round((x0 + x1) / 2 - half), round(y - 12), picture)
                continue
        down = zone is not Zone.BELOW
        shape = Shape(x0, x1, core0, core1, y - tall / 2, y + tall / 2, down)
        draw_bar(painter, shape, STATUSES[code], inks[zone])


def _saying(painter: QPainter, x: float, y: float, kind: tuple[int, Zone], look: Look) -> None:
    """The sign for a time of saying; ``kind`` is the mark's status and zone."""
    code, zone = kind
    small(
        painter,
        look,
        ("saying", *kind),
        (x, y, 12.0, 12.0),
        lambda on, x, y: draw_saying(on, x, y, STATUSES[code], look.inks[zone]),
    )


def _ring(painter: QPainter, mark: Mark, look: Look, *, strong: bool) -> None:
    theme = look.style.theme
    x0, x1 = max(mark.bar.x0, -8.0), mark.bar.x1
    painter.setPen(QPen(theme.focus, 2 if strong else 1))
    painter.setBrush(QBrush(theme.selected if strong else theme.hover))
    painter.drawRoundedRect(QRectF(x0 - 3, mark.bar.y0 - 3, x1 - x0 + 6, mark.bar.height + 6), 5, 5)


def _curve(painter: QPainter, curve: Curve, look: Look) -> None:
    theme = look.style.theme
    path = QPainterPath(QPointF(*curve.points[0]))
    path.cubicTo(*(QPointF(*point) for point in curve.points[1:]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if curve.strong:
        painter.setPen(QPen(theme.panel, 4))
        painter.drawPath(path)
    color = _link_color(curve, look)
    if not curve.strong:
        color.setAlphaF(0.55)
    pen = QPen(color, 1.75 if curve.strong else 1.25)
    if curve.possible or RELATIONS[curve.relation] is RelationType.ADMITS:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawPath(path)


def _link_color(curve: Curve, look: Look) -> QColor:
    theme = look.style.theme
    return QColor(theme.dispute if RELATIONS[curve.relation] in AGAINST else theme.muted)


def _pill(painter: QPainter, curve: Curve, look: Look) -> None:
    if curve.pill is None:
        return
    theme = look.style.theme
    color = _link_color(curve, look)
    painter.setPen(QPen(color, 1.25))
    painter.setBrush(QBrush(theme.panel))
    painter.drawRoundedRect(_qrect(curve.pill), curve.pill.height / 2, curve.pill.height / 2)
    painter.setPen(color)
    look.kit.draw(
        painter,
        curve.word,
        look.kit.caption_font,
        curve.pill.x0 + 8,
        (curve.pill.y0 + curve.pill.y1) / 2,
        vector=look.vector,
    )


def _ticks(painter: QPainter, frame: Frame, look: Look, paths: Paths) -> None:
    theme, kit = look.style.theme, look.kit
    upper, lower = frame.rows
    painter.setPen(QPen(theme.line, 1))
    lines = [
        QLineF(round(tick.x) + 0.5, lower + 2, round(tick.x) + 0.5, lower + frame.row_height)
        for tick in frame.ticks.lower
        if tick.x >= 0
    ]
    lines += [
        QLineF(round(tick.x) + 0.5, upper + 1, round(tick.x) + 0.5, lower)
        for tick in frame.ticks.upper
        if tick.x >= 0
    ]
    painter.drawLines(lines)
    # How the sides share a unit stands under its name.
    raised = lower - 1.0 if frame.clusters else lower
    for row, ticks, color in (
        (upper, frame.ticks.upper, theme.text),
        (raised, frame.ticks.lower, theme.muted),
    ):
        for tick in ticks:
            if tick.label:
                box = Rect(tick.label_x, row + 1, tick.label_end, row + frame.row_height - 1)
                if paths.meet(box):
                    patch(painter, box, theme.window)
                painter.setPen(color)
                kit.draw(
                    painter,
                    tick.label,
                    kit.caption_font,
                    tick.label_x,
                    row + frame.row_height / 2,
                    vector=look.vector,
                )


def _captions(painter: QPainter, frame: Frame, look: Look) -> None:
    theme = look.style.theme
    _groups(painter, frame, look)
    for caption in frame.names:
        painter.setPen(look.style.colors[caption.zone or Zone.ABOVE])
        _caption(painter, caption, look, heading=True)
    painter.setPen(theme.muted)
    for caption in frame.shares:
        _caption(painter, caption, look)
    for counter in frame.counters:
        _counter(painter, counter, look)
    for hint in (frame.earlier, frame.later):
        if hint is not None:
            painter.setPen(QPen(theme.line, 1))
            painter.setBrush(QBrush(theme.panel))
            painter.drawRoundedRect(_qrect(hint.rect), 4, 4)
            painter.setPen(theme.focus)
            shifted = Caption(hint.text, _moved(hint.rect, 6))
            _caption(painter, shifted, look)


def _counter(painter: QPainter, counter: Counter, look: Look) -> None:
    kit, rect = look.kit, counter.rect
    half, tall = rect.width / 2, rect.height / 2

    def draw(on: QPainter, x: float, y: float) -> None:
        on.setPen(QPen(look.style.colors[counter.zone], 1))
        on.setBrush(QBrush(look.style.tints[counter.zone]))
        on.drawRoundedRect(_qrect(Rect(x - half, y - tall, x + half, y + tall)), 8, 8)
        on.setPen(look.style.theme.text)
        left = x - half + 7
        kit.draw(on, counter.text, kit.caption_font, left, y, vector=look.vector)

    middle = (rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2
    small(painter, look, ("counter", counter.text, counter.zone), (*middle, half, tall), draw)


def _groups(painter: QPainter, frame: Frame, look: Look) -> None:
    """The names of the lanes inside the sides, with a line between each two."""
    theme, kit = look.style.theme, look.kit
    for caption in frame.groups:
        rect = caption.rect
        painter.setPen(QPen(look.style.grid, 1))
        edge = rect.y0 if caption.zone is Zone.ABOVE else rect.y1
        painter.drawLine(QLineF(0, round(edge) + 0.5, frame.scale.width, round(edge) + 0.5))
        for number, line in enumerate(caption.text.split("\n")):
            middle = rect.y0 + min((rect.y1 - rect.y0) / 2, 11.0) + number * LINE
            end = rect.x0 + kit.caption(line)
            patch(painter, Rect(rect.x0, middle - 9, end, middle + 9), theme.panel)
            painter.setPen(look.style.colors[caption.zone or Zone.ABOVE])
            kit.draw(painter, line, kit.caption_font, rect.x0, middle, vector=look.vector)


def _caption(painter: QPainter, caption: Caption, look: Look, *, heading: bool = False) -> None:
    kit = look.kit
    font = kit.heading_font if heading else kit.caption_font
    middle = (caption.rect.y0 + caption.rect.y1) / 2
    kit.draw(painter, caption.text, font, caption.rect.x0, middle, vector=look.vector)


def _moved(rect: Rect, by: float) -> Rect:
    return Rect(rect.x0 + by, rect.y0, rect.x1 + by, rect.y1)


def _qrect(rect: Rect) -> QRectF:
    return QRectF(rect.x0 + 0.5, rect.y0 + 0.5, rect.width - 1, rect.height - 1)
