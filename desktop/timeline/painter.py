"""Paints a ``Frame`` with any ``QPainter``: window, picture, SVG or PDF."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.timeline.bars import Shape, draw_bar, draw_saying
from desktop.timeline.boxes import LEAST
from desktop.timeline.data import NARRATED, RELATIONS, STATUSES, TimelineData, Zone
from desktop.timeline.density import draw_clusters, draw_columns
from desktop.timeline.frame import Caption, Curve, Frame, Mark, Rect
from desktop.timeline.lettering import draw_labels
from desktop.timeline.links import AGAINST, Paths
from desktop.timeline.look import Look, patch, small
from extraction.model import RelationType

WIDEST_COPY = 500.0
"""Bars up to this width are kept as pictures when they come again, as they do in a pan."""

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
        draw_columns(painter, frame, columns, look.style, vector=look.vector)
    draw_clusters(painter, frame, look.style)
    weak = [curve for curve in frame.curves if not curve.strong]
    for curve in weak:
        _curve(painter, curve, look)
    at = np.array([mark.index for mark in frame.marks], np.int64)
    kinds = [column[at].tolist() for column in (data.status, data.act, data.point)]
    for mark, status, act, point in zip(frame.marks, *kinds, strict=True):
        _bar(painter, frame, mark, (status, act, point), look)
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


def _shape(frame: Frame, mark: Mark) -> Shape:
    """The mark's bar, cut off a little beyond the view with its fading kept in place."""
    left, right = -OVERHANG, frame.scale.width + OVERHANG
    x0, x1 = max(mark.bar.x0, left), min(mark.bar.x1, right)
    core0 = min(max(mark.core0, x0), x1)
    core1 = max(min(mark.core1, x1), core0)
    return Shape(x0, x1, core0, core1, mark.bar.y0, mark.bar.y1, mark.zone is not Zone.BELOW)


def _bar(
    painter: QPainter, frame: Frame, mark: Mark, kind: tuple[int, int, bool], look: Look
) -> None:
    """``kind`` is the mark's status and act, and whether it is a time of saying."""
    index, bar = mark.index, mark.bar
    code, act, point = kind
    ink = look.inks[mark.zone]
    ring = index in look.chosen
    if ring or index == look.hovered:
        _ring(painter, mark, look, strong=ring)
    y = (bar.y0 + bar.y1) / 2
    if point:
        small(
            painter,
            look,
            ("saying", code, mark.zone),
            ((bar.x0 + bar.x1) / 2, y, 12.0, 12.0),
            lambda on, x, y: draw_saying(on, x, y, STATUSES[code], ink),
        )
        return
    shape = _shape(frame, mark)
    tall = 6.0 if act == NARRATED else bar.y1 - bar.y0
    width = shape.x1 - shape.x0
    before, after = shape.core0 - shape.x0, shape.x1 - shape.core1

    def draw(on: QPainter, x: float, y: float) -> None:
        x0, x1 = x - width / 2, x + width / 2
        moved = Shape(x0, x1, x0 + before, x1 - after, y - tall / 2, y + tall / 2, shape.down)
        draw_bar(on, moved, STATUSES[code], ink)

    middle = (shape.x0 + shape.x1) / 2
    if width > WIDEST_COPY or look.vector:
        draw(painter, middle, y)
        return
    # In tenths of a pixel: bars that differ by less look the same.
    key = (code, tall, mark.zone, int(width * 10), int(before * 10), int(after * 10))
    sprites, half = look.sprites, width / 2 + 4
    picture = sprites.find(key)
    if picture is None:
        if width > LEAST + 0.01 and not sprites.again(key):
            draw(painter, middle, y)
            return
        picture = sprites.make(key, (2 * half, 24.0), lambda own: draw(own, half, 12.0))
    painter.drawPixmap(round(middle - half), round(y - 12), picture)


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
    for row, ticks, color in (
        (upper, frame.ticks.upper, theme.text),
        (lower, frame.ticks.lower, theme.muted),
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
    theme, kit = look.style.theme, look.kit
    _groups(painter, frame, look)
    for caption in frame.names:
        painter.setPen(look.style.colors[caption.zone or Zone.ABOVE])
        _caption(painter, caption, look, heading=True)
    painter.setPen(theme.muted)
    for caption in frame.shares:
        _caption(painter, caption, look)
    for counter in frame.counters:
        painter.setPen(QPen(look.style.colors[counter.zone], 1))
        painter.setBrush(QBrush(look.style.tints[counter.zone]))
        painter.drawRoundedRect(_qrect(counter.rect), 8, 8)
        painter.setPen(theme.text)
        middle = (counter.rect.y0 + counter.rect.y1) / 2
        kit.draw(
            painter,
            counter.text,
            kit.caption_font,
            counter.rect.x0 + 7,
            middle,
            vector=look.vector,
        )
    for hint in (frame.earlier, frame.later):
        if hint is not None:
            painter.setPen(QPen(theme.line, 1))
            painter.setBrush(QBrush(theme.panel))
            painter.drawRoundedRect(_qrect(hint.rect), 4, 4)
            painter.setPen(theme.focus)
            shifted = Caption(hint.text, _moved(hint.rect, 6))
            _caption(painter, shifted, look)


def _groups(painter: QPainter, frame: Frame, look: Look) -> None:
    """The names of the lanes inside the sides, with a line between each two."""
    theme, kit = look.style.theme, look.kit
    for caption in frame.groups:
        rect = caption.rect
        painter.setPen(QPen(look.style.grid, 1))
        edge = rect.y0 if caption.zone is Zone.ABOVE else rect.y1
        painter.drawLine(QLineF(0, round(edge) + 0.5, frame.scale.width, round(edge) + 0.5))
        middle = rect.y0 + min((rect.y1 - rect.y0) / 2, 11.0)
        end = rect.x0 + kit.caption(caption.text)
        patch(painter, Rect(rect.x0, middle - 9, end, middle + 9), theme.panel)
        painter.setPen(look.style.colors[caption.zone or Zone.ABOVE])
        kit.draw(painter, caption.text, kit.caption_font, rect.x0, middle, vector=look.vector)


def _caption(painter: QPainter, caption: Caption, look: Look, *, heading: bool = False) -> None:
    kit = look.kit
    font = kit.heading_font if heading else kit.caption_font
    middle = (caption.rect.y0 + caption.rect.y1) / 2
    kit.draw(painter, caption.text, font, caption.rect.x0, middle, vector=look.vector)


def _moved(rect: Rect, by: float) -> Rect:
    return Rect(rect.x0 + by, rect.y0, rect.x1 + by, rect.y1)


def _qrect(rect: Rect) -> QRectF:
    return QRectF(rect.x0 + 0.5, rect.y0 + 0.5, rect.width - 1, rect.height - 1)
