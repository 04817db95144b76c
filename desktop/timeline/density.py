"""Density far out: columns of how many begin, with the share in dispute."""

from __future__ import annotations

import numpy as np
import shiboken6
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from desktop import theme as themes
from desktop.timeline.data import Zone
from desktop.timeline.frame import Columns, Frame
from desktop.timeline.style import TimelineStyle


def draw_columns(painter: QPainter, frame: Frame, columns: Columns, style: TimelineStyle) -> None:
    """How many marks begin in each stretch of a zone, and how many of them are in dispute."""
    most = max((int(item.counts.max(initial=0)) for item in frame.columns), default=0)
    if not most:
        return
    theme = style.theme
    color = themes.mix(theme.panel, style.colors[columns.zone], 0.45)
    unit = abs(columns.height) / most
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    left, base = round(columns.x0), round(columns.base)
    for counts, shade in ((columns.counts, color), (columns.disputed, theme.dispute)):
        some = np.flatnonzero(counts)
        if not len(some):
            continue
        rects = np.empty((len(some), 4), np.float64)
        rects[:, 0] = left + some * columns.column
        rects[:, 3] = np.rint(np.maximum(counts[some] * unit, 1.5))
        rects[:, 1] = base - rects[:, 3] if columns.height > 0 else base
        rects[:, 2] = columns.column - 1
        painter.setBrush(QBrush(shade))
        # Four doubles are a QRectF: hundreds of objects would take longer than drawing them.
        first = shiboken6.wrapInstance(rects.ctypes.data, QRectF)
        painter.drawRects(first, len(some))  # type: ignore[call-overload]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def draw_clusters(painter: QPainter, frame: Frame, style: TimelineStyle) -> None:
    """Under each unit of the axis how the sides share it, and over that the share in dispute."""
    bottom = frame.rows[1] + frame.row_height
    above, below = style.colors[Zone.ABOVE], style.colors[Zone.BELOW]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for cluster in frame.clusters:
        left, width = cluster.x0 + 3, cluster.x1 - cluster.x0 - 5
        part = width * cluster.above / cluster.count
        painter.fillRect(QRectF(left, bottom - 2, part, 2), above)
        painter.fillRect(QRectF(left + part, bottom - 2, width - part, 2), below)
        share = width * cluster.disputed / cluster.count
        painter.fillRect(QRectF(left, bottom - 4, share, 2), style.theme.dispute)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
