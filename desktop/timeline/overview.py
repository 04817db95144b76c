"""The strip under the timeline: how much there is and how much is in dispute, and the window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme as themes
from desktop.timeline.data import TimelineData, Zone
from desktop.timeline.index import Floats
from desktop.timeline.style import TimelineStyle

COLUMN = 4.0
OUTSIDE = 0.08
"""Share of the strip at either end for what lies outside the dense part."""

GRIP = 6.0
LEAST = 10.0
"""Least width of the window's handle in pixels."""


@dataclass(frozen=True, slots=True)
class StripScale:
    """Time to pixels in three straight pieces: before, the dense part, after.

    So an event of thirty years ago is on the strip and does not squash the days that matter.
    ``knots`` are the four times, ``stops`` their pixels, both ascending.
    """

    knots: tuple[float, ...]
    stops: tuple[float, ...]

    @classmethod
    def over(cls, data: TimelineData, width: float) -> StripScale | None:
        """``None`` without marks."""
        extent, dense = data.extent, data.dense
        if extent is None or dense is None:
            return None
        margin = max((dense[1] - dense[0]) * 0.04, 0.02)
        first, last = dense[0] - margin, dense[1] + margin
        before, after = extent[0] < first, extent[1] > last
        left = width * OUTSIDE if before else 0.0
        right = width * (1 - OUTSIDE) if after else width
        return cls(
            (min(extent[0], first - 1e-6), first, last, max(extent[1], last + 1e-6)),
            (0.0, left, right, width),
        )

    def x(self, days: float) -> float:
        """Pixels; what lies beyond stays at the ends."""
        return float(np.interp(days, self.knots, self.stops))

    def days(self, x: float) -> float:
        """The inverse of ``x``."""
        return float(np.interp(x, self.stops, self.knots))

    @property
    def breaks(self) -> tuple[float, ...]:
        """Pixels where the scale changes."""
        return tuple(
            stop for stop in self.stops[1:3] if self.stops[0] + 1 < stop < self.stops[3] - 1
        )


class Overview(QWidget):
    """The whole span with a handle; ``range_wanted`` carries start and end in days."""

    range_wanted = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = TimelineData.empty()
        self._style: TimelineStyle | None = None
        self._range: tuple[float, float] | None = None
        self._hits: Floats | None = None
        self._columns: tuple[np.ndarray, np.ndarray] | None = None
        self._ground: QPixmap | None = None
        self._ticks: list[QLineF] | None = None
        self._scale: StripScale | None = None
        self._grip = ""
        self._from = 0.0
        self._handle_at_press = QRectF()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Overview of the whole time"))
        self.setAccessibleDescription(
            self.tr("Left and right move the window shown above, plus and minus resize it")
        )
        self.setToolTip(
            self.tr(
                "All claims (grey) and those in dispute (coloured); what a search found is ticked "
                "at the top. Drag the window or its ends."
            )
        )

    def sizeHint(self) -> QSize:
        return QSize(320, 24)

    def set_data(self, data: TimelineData) -> None:
        self._data = data
        self._columns = self._ground = self._ticks = None
        self.update()

    def set_hits(self, starts: Floats | None) -> None:
        """The times, in days, of what a search found; ``None`` while none is made."""
        self._hits, self._ticks = starts, None
        self.update()

    def set_style(self, style: TimelineStyle) -> None:
        self._style, self._ground = style, None
        self.update()

    def set_range(self, start: float, end: float) -> None:
        """What the timeline shows."""
        if self._range != (start, end):
            self._range = (start, end)
            self.update()

    @property
    def handle(self) -> QRectF:
        """The window on the strip, in pixels; empty without marks."""
        scale = self._strip()
        if scale is None or self._range is None:
            return QRectF()
        x0, x1 = scale.x(self._range[0]), scale.x(self._range[1])
        if x1 - x0 < LEAST:
            middle = min(max((x0 + x1) / 2, LEAST / 2), self.width() - LEAST / 2)
            x0, x1 = middle - LEAST / 2, middle + LEAST / 2
        return QRectF(x0, 2, x1 - x0, self.height() - 4)

    def _strip(self) -> StripScale | None:
        if self._columns is None:
            self._scale = StripScale.over(self._data, float(max(self.width(), 1)))
            self._columns = self._count()
        return self._scale

    def _count(self) -> tuple[np.ndarray, np.ndarray]:
        if self._scale is None:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        count = max(int(self.width() // COLUMN), 1)
        edges = np.interp(
            np.linspace(0, self.width(), count + 1), self._scale.stops, self._scale.knots
        )
        edges[-1] = np.inf
        zones = [self._data.zones[zone] for zone in Zone]
        every = np.sum([zone.density(edges) for zone in zones], axis=0)
        disputed = np.sum([zone.density(edges, disputed=True) for zone in zones], axis=0)
        return every, disputed

    # ------------------------------------------------------------------ Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._style is None:
            return
        scale = self._strip()
        # Of all this only the handle moves with the view.
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatioF() != ratio:
            self._ground = self._painted_ground(self._style, scale, ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        if scale is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_handle(painter)
            if self._hits is not None:
                if self._ticks is None:
                    at = np.unique(np.rint(np.interp(self._hits, scale.knots, scale.stops)))
                    self._ticks = [QLineF(x, 1, x, 7) for x in at.tolist()]
                painter.setPen(QPen(self._style.theme.focus, 2))
                painter.drawLines(self._ticks)
        painter.end()

    def _painted_ground(
        self, style: TimelineStyle, scale: StripScale | None, ratio: float
    ) -> QPixmap:
        """The strip with its columns."""
        theme = style.theme
        picture = QPixmap((QSizeF(self.size()) * ratio).toSize().expandedTo(QSize(1, 1)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(0, 4, self.width(), self.height() - 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(theme.window))
        painter.drawRoundedRect(ground, 4, 4)
        if scale is not None and self._columns is not None:
            self._paint_columns(painter, style, ground, self._columns)
            painter.setPen(QPen(theme.muted, 1))
            for x in scale.breaks:
                # Two short slanted strokes: the scale is broken here.
                for shift in (-2.0, 2.0):
                    top = QPointF(x + shift + 2, ground.top())
                    painter.drawLine(QPointF(x + shift - 2, ground.bottom()), top)
        painter.end()
        return picture

    def _paint_columns(
        self,
        painter: QPainter,
        style: TimelineStyle,
        ground: QRectF,
        columns: tuple[np.ndarray, np.ndarray],
    ) -> None:
        theme = style.theme
        tallest = float(max(columns[0].max(initial=0), 1))
        room = ground.height() - 4
        step = self.width() / len(columns[0])
        muted = themes.mix(theme.panel, theme.muted, 0.55)
        for counts, color in zip(columns, (muted, theme.dispute), strict=True):
            painter.setBrush(QBrush(color))
            painter.drawRects(
                [
                    QRectF(at * step + 0.5, ground.bottom() - 2 - tall, step - 1, tall)
                    for at in np.flatnonzero(counts).tolist()
                    for tall in (max(room * (float(counts[at]) / tallest) ** 0.5, 2.0),)
                ]
            )

    def _paint_handle(self, painter: QPainter) -> None:
        assert self._style is not None
        theme, handle = self._style.theme, self.handle
        veil = themes.mix(theme.panel, theme.focus, 0.5)
        veil.setAlphaF(0.14)
        painter.setBrush(QBrush(veil))
        painter.setPen(QPen(theme.focus, 2 if self.hasFocus() else 1.5))
        painter.drawRoundedRect(handle.adjusted(1, 0, -1, 0), 4, 4)
        painter.setPen(QPen(theme.focus, 2))
        middle = handle.center().y()
        for x in (handle.left() + 1, handle.right() - 1):
            painter.drawLine(QPointF(x, middle - 4), QPointF(x, middle + 4))

    def resizeEvent(self, event: object) -> None:
        self._columns = self._ground = self._ticks = None

    def _part(self, x: float) -> str:
        handle = self.handle
        if abs(x - handle.left()) <= GRIP and handle.width() > 2 * GRIP:
            return "start"
        if abs(x - handle.right()) <= GRIP and handle.width() > 2 * GRIP:
            return "end"
        return "window" if handle.left() <= x <= handle.right() else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        scale = self._strip()
        if event.button() != Qt.MouseButton.LeftButton or scale is None or self._range is None:
            return
        x = event.position().x()
        self._grip = self._part(x)
        if not self._grip:
            length = self._range[1] - self._range[0]
            middle = scale.days(x)
            self.range_wanted.emit(middle - length / 2, middle + length / 2)
            self._grip = "window"
        self._from = x
        self._handle_at_press = self.handle

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        scale = self._strip()
        if not self._grip or scale is None or self._range is None:
            part = self._part(x)
            self.setCursor(
                Qt.CursorShape.SizeHorCursor
                if part in ("start", "end")
                else Qt.CursorShape.OpenHandCursor
                if part
                else Qt.CursorShape.ArrowCursor
            )
            return
        start, end = self._range
        if self._grip == "window":
            length = end - start
            middle = scale.days(self._handle_at_press.center().x() + x - self._from)
            start, end = middle - length / 2, middle + length / 2
        elif self._grip == "start":
            start = scale.days(min(x, scale.x(end) - LEAST))
        else:
            end = scale.days(max(x, scale.x(start) + LEAST))
        self.range_wanted.emit(start, end)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._range is None:
            event.ignore()
            return
        start, end = self._range
        length = end - start
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = length * (-0.2 if key == Qt.Key.Key_Left else 0.2)
            self.range_wanted.emit(start + by, end + by)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.range_wanted.emit(start + length * 0.15, end - length * 0.15)
        elif key == Qt.Key.Key_Minus:
            self.range_wanted.emit(start - length * 0.2, end + length * 0.2)
        else:
            event.ignore()
