"""Density far out: columns of how many begin, with the share in dispute."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from desktop import theme as themes
from desktop.timeline.data import Zone
from desktop.timeline.frame import Columns, Frame
from desktop.timeline.style import TimelineStyle


def draw_columns(
    painter: QPainter, frame: Frame, columns: Columns, style: TimelineStyle, *, vector: bool
) -> None:
    """How many marks begin in each stretch of a zone, and how many of them are in dispute."""
    most = max((int(item.counts.max(initial=0)) for item in frame.columns), default=0)
    if not most:
        return
    theme = style.theme
    color = themes.mix(theme.panel, style.colors[columns.zone], 0.45)
    unit = abs(columns.height) / most
    layers = [
        (np.where(counts > 0, np.maximum(counts * unit, 1.5), 0.0), shade)
        for counts, shade in ((columns.counts, color), (columns.disputed, theme.dispute))
    ]
    if not vector:
        _at_once(painter, columns, layers)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    for heights, shade in layers:
        painter.setBrush(QBrush(shade))
        rects = []
        for at in np.flatnonzero(heights).tolist():
            tall = float(heights[at])
            top = columns.base - tall if columns.height > 0 else columns.base
            rects.append(QRectF(columns.x0 + at * columns.column, top, columns.column - 1, tall))
        painter.drawRects(rects)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _at_once(
    painter: QPainter, columns: Columns, layers: Sequence[tuple[npt.NDArray[np.float64], QColor]]
) -> None:
    """Columns as one picture: hundreds of rectangles are slow to hand over one by one."""
    ratio = painter.device().devicePixelRatioF()
    tall = max(round(abs(columns.height) * ratio), 1)
    step = max(round(columns.column * ratio), 2)
    gap = max(round(ratio), 1)
    count = len(columns.counts)
    column = np.zeros((tall, count), np.uint32)
    rows = np.arange(tall, dtype=np.int32)[:, None]
    for heights, color in layers:
        full = np.rint(heights * ratio).astype(np.int32)
        inside = rows >= tall - full if columns.height > 0 else rows < full
        column = np.where(inside, np.uint32(color.rgba()), column)
    pixels = np.zeros((tall, count, step), np.uint32)
    pixels[:, :, : step - gap] = column[:, :, None]
    kind = QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(pixels.data, count * step, tall, count * step * 4, kind)
    top = columns.base - abs(columns.height) if columns.height > 0 else columns.base
    if step == columns.column * ratio:
        image.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(round(columns.x0), round(top)), image)
    else:
        width = count * columns.column
        painter.drawImage(QRectF(round(columns.x0), round(top), width, tall / ratio), image)


def draw_clusters(painter: QPainter, frame: Frame, style: TimelineStyle) -> None:
    """Under each unit of the axis how the sides share it, and over that the share in dispute."""
    bottom = frame.rows[1] + frame.row_height
    above, below = style.colors[Zone.ABOVE], style.colors[Zone.BELOW]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for cluster in frame.clusters:
        left, width = cluster.x0 + 3, cluster.x1 - cluster.x0 - 5
        part = width * cluster.above / cluster.count
        painter.fillRect(QRectF(left, bottom - 3, part, 3), above)
        painter.fillRect(QRectF(left + part, bottom - 3, width - part, 3), below)
        share = width * cluster.disputed / cluster.count
        painter.fillRect(QRectF(left, bottom - 5, share, 2), style.theme.dispute)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
