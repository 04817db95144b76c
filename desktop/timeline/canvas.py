"""The zoomable surface: a pyqtgraph view that holds the range, one item that paints the frame."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPoint,
    QRectF,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QStyle,
    QStyleOptionGraphicsItem,
    QToolTip,
    QWidget,
)

from desktop.timeline.calm import calm
from desktop.timeline.compose import Phrases, Request, compose
from desktop.timeline.data import TimelineData, Zone
from desktop.timeline.frame import Frame, Hit, Target
from desktop.timeline.gestures import Gestures
from desktop.timeline.labelforms import LabelForms
from desktop.timeline.painter import Look, paint
from desktop.timeline.scale import LAST, NARROWEST, WIDEST, TimeScale
from desktop.timeline.sprites import Sprites
from desktop.timeline.style import TextKit, TimelineStyle
from desktop.timeline.words import calendar_words, phrases

WHEEL = 0.0016
"""Zoom for an eighth of a degree of the wheel, as a logarithm: a notch is some 20 %."""

KEY_ZOOM = 0.7
KEY_PAN = 0.12
MOVING_MS = 120
ROOM_LEFT = 40.0
ROOM_RIGHT, MOST_RIGHT = 190.0, 340.0
"""Pixels beside what is fitted: labels stand to the right of their bars. There is more where most
marks begin late, so that the labels of those find room on either side.
"""

FULL = (-366.0 * 365.2425 * 20, LAST + 366 * 1000)
"""How far the view may be moved, in days."""


WARM_MS = 300
"""After the first picture of other marks: the look-ups for near ones are made then."""


LABELS_AT_ONCE = 80
"""Labels made for one frame; less important ones come with the next frames."""


class _Picture(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Paints the canvas' frame in the pixels of the view box that it is a child of."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas

    def boundingRect(self) -> QRectF:
        return QRectF(self.parentItem().rect())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        # An error that leaves a paint method takes the whole program down with it.
        try:
            self._canvas.paint_frame(painter)
        except Exception:
            sys.excepthook(*sys.exc_info())


class Canvas(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Shows ``TimelineData`` between two times; tells where the user points and goes.

    ``range_changed`` carries the ``TimeScale``; ``picked`` and ``opened`` the index of a mark,
    -1 for nothing; ``counter_picked`` and ``menu_asked`` a ``Hit`` and the place on the screen;
    ``boxed`` the start and end of a box, in days; ``key_pressed`` is
    asked with a ``QKeyEvent`` for keys that are not about the view.
    """

    range_changed = Signal(object)
    picked = Signal(int)
    opened = Signal(int)
    counter_picked = Signal(object, QPoint)
    menu_asked = Signal(object, QPoint)
    key_pressed = Signal(QKeyEvent)
    moved_by_hand = Signal()
    boxed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False, background=None)
        self.data = TimelineData.empty()
        self.describe: Callable[[Hit], str] = lambda hit: ""
        self._kit = TextKit()
        self._labels = LabelForms(self.data, self._kit)
        self._sprites = Sprites()
        self._style: TimelineStyle | None = None
        self._names: Mapping[Zone, str] = {}
        self._words = calendar_words()
        self._phrases: Phrases = phrases()
        self._frame: Frame | None = None
        self._lanes: dict[int, int] = {}
        self._chosen: frozenset[int] = frozenset()
        self._pinned: frozenset[int] = frozenset()
        self._selected: tuple[int | None, int | None] = (None, None)
        self._hovered: int | None = None
        self._now: float | None = None
        self._known: float | None = None
        self._empty = ""
        self._folded: frozenset[Zone] = frozenset()
        self._gestures = Gestures(self)
        self._warm = QTimer(self, singleShot=True, interval=WARM_MS)
        self._warm.timeout.connect(lambda: self.data.warm())
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self.refresh)
        self._moving = QVariantAnimation(self)
        self._moving.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._path: tuple[float, float, float, float] = (0.0, 1.0, 0.0, 1.0)
        self._moving.valueChanged.connect(self._on_moving)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self._box.setMouseEnabled(x=False, y=False)
        self._box.disableAutoRange()
        self._box.setLimits(
            xMin=FULL[0], xMax=FULL[1], minXRange=NARROWEST, maxXRange=WIDEST * 0.999
        )
        self.setCentralItem(self._box)
        self._picture = _Picture(self)
        self._picture.setParentItem(self._box)
        self._picture.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption, False)
        self._box.sigXRangeChanged.connect(self._on_range)
        self._box.sigResized.connect(self._on_range)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        # Files dropped on the timeline are for the window.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setMinimumSize(240, 140)

    # ------------------------------------------------------------------ what is shown

    def set_data(
        self, data: TimelineData, pinned: frozenset[int] = frozenset(), *, corrected: bool = False
    ) -> None:
        """Show other marks, those ``pinned`` always with their labels; the lanes start anew unless
        all stand where they stood, or the marks are but ``corrected``: then claims keep theirs.
        """
        if data.grouping is not self.data.grouping:
            self._lanes = {}
        elif data.start is not self.data.start:
            self._lanes = self._lanes_in(data) if corrected else {}
        self.data = data
        data.warm_far()
        self._warm.start()
        self._pinned = pinned
        self._labels = LabelForms(data, self._kit, pinned)
        self._hovered = None
        self.refresh()

    def _lanes_in(self, data: TimelineData) -> dict[int, int]:
        """The lanes of what is drawn, by the numbers that its claims have in ``data``."""
        marks = np.array(list(self._lanes), np.int64)
        found = data.index_of_claim.places(self.data.claim_id[marks]).tolist()
        return {
            mark: lane for mark, lane in zip(found, self._lanes.values(), strict=True) if mark >= 0
        }

    def set_style(self, style: TimelineStyle, names: Mapping[Zone, str]) -> None:
        """Take colours, side names and the words of the language at hand."""
        self._style, self._names = style, names
        self._kit, self._sprites = TextKit(), Sprites()
        self._labels = LabelForms(self.data, self._kit, self._pinned)
        self._words, self._phrases = calendar_words(), phrases()
        self.refresh()

    def set_selected(self, claim: int | None, event: int | None, chosen: frozenset[int]) -> None:
        """``chosen`` are the marks with a ring; ``claim`` shows its links."""
        self._selected, self._chosen = (claim, event), chosen
        self.refresh()

    def set_pinned(self, pinned: frozenset[int]) -> None:
        """Marks whose labels are shown in any case."""
        if pinned != self._pinned:
            self._pinned = pinned
            self._labels = LabelForms(self.data, self._kit, pinned)
            self.refresh()

    def set_empty(self, words: str) -> None:
        """What to say instead of marks; empty where there are some."""
        self._empty = words
        self.refresh()

    def set_known(self, known: float | None) -> None:
        """Until when what is shown had been published."""
        self._known = known
        self.refresh()

    def set_now(self, now: float | None) -> None:
        self._now = now
        self.refresh()

    def set_folded(self, folded: frozenset[Zone]) -> None:
        """Sides of which only the name is shown."""
        self._folded, self._lanes = folded, {}
        self.refresh()

    def refresh(self) -> None:
        """Compose anew at the next paint."""
        self._frame = None
        self._picture.update()

    @property
    def scale_shown(self) -> TimeScale:
        start, end = self._box.viewRange()[0]
        return TimeScale(float(start), float(end), max(float(self._box.width()), 1.0))

    @property
    def frame_shown(self) -> Frame:
        """The picture as composed for the current range and size."""
        if self._frame is None:
            self._labels.allow(LABELS_AT_ONCE)
            self._frame = compose(
                Request(
                    self.data,
                    self.scale_shown,
                    float(self._box.height()),
                    self._words,
                    self._kit,
                    self._names,
                    self._phrases,
                    selected_claim=self._selected[0],
                    selected_event=self._selected[1],
                    hovered=self._hovered,
                    now=self._now,
                    known=self._known,
                    previous=self._lanes,
                    folded=self._folded,
                    pinned=self._pinned,
                    labels=self._labels,
                )
            )
            self._lanes = self._frame.lanes
            if self._labels.waiting:
                self._more.start()
        return self._frame

    def paint_frame(self, painter: QPainter) -> None:
        if self._style is None or self._box.width() < 2:
            return
        if self._empty:
            painter.fillRect(self._box.rect(), self._style.theme.panel)
            painter.setPen(self._style.theme.muted)
            painter.setFont(self._kit.body_font)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self._box.rect().adjusted(24, 8, -24, -8), int(flags), self._empty)
            return
        look = Look(
            self._style,
            self._kit,
            self._sprites,
            chosen=self._chosen,
            pinned=self._pinned,
            hovered=self._hovered,
            focused=self.hasFocus(),
        )
        paint(painter, self.frame_shown, self.data, look)
        self._gestures.paint(painter, self._style.theme)

    def update_box(self) -> None:
        """Paint anew without composing: the box that is drawn has changed."""
        self._picture.update()

    # ------------------------------------------------------------------ moving about

    def show_range(self, start: float, end: float, *, animated: bool = False) -> None:
        """Show the time from ``start`` to ``end``, in days."""
        self._moving.stop()
        start, end = max(start, FULL[0]), min(end, FULL[1])
        if not (math.isfinite(start) and math.isfinite(end)) or end <= start:
            return
        now = self.scale_shown
        if animated and self.isVisible() and self._may_move():
            self._path = (now.start, now.end, start, end)
            self._moving.setDuration(MOVING_MS)
            self._moving.setStartValue(0.0)
            self._moving.setEndValue(1.0)
            self._moving.start()
            return
        self._box.setXRange(start, end, padding=0)

    def fit(self, start: float, end: float, *, animated: bool = False) -> None:
        """Show all of a stretch with room for the labels beside it."""
        width = self.scale_shown.width
        left, right = (ROOM_LEFT, ROOM_RIGHT) if width > 480 else (width / 12, width / 4)
        late = self.data.begin_late(start, end)
        if late > 0.5:
            right += (min(max(width / 4, right), MOST_RIGHT) - right) * min(4 * (late - 0.5), 1.0)
        if self.data.grouping is not None:
            left = max(left, self.frame_shown.gutter + 8)
        length = max(end - start, NARROWEST)
        per_pixel = length / max(width - left - right, 1.0)
        self.show_range(start - left * per_pixel, end + right * per_pixel, animated=animated)

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Show ``factor`` times as much time; what is at the pixel ``at`` (or the middle) stays."""
        now = self.scale_shown
        new = now.zoomed(factor, now.width / 2 if at is None else at)
        self.show_range(new.start, new.end)

    def pan(self, pixels: float) -> None:
        """Move on to later times."""
        new = self.scale_shown.moved(pixels)
        self.show_range(new.start, new.end)

    def _may_move(self) -> bool:
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return int(self.style().styleHint(hint, None, self)) > 0

    def _on_moving(self, share: float) -> None:
        s0, e0, s1, e1 = self._path
        # Lengths change by ratio, so that a long way in feels as even as a short one.
        length = math.exp(math.log(e0 - s0) * (1 - share) + math.log(e1 - s1) * share)
        if abs((e1 - s1) - (e0 - s0)) > 1e-9 * (e1 - s1):
            part = (length - (e0 - s0)) / ((e1 - s1) - (e0 - s0))
        else:
            part = share
        start = s0 + (s1 - s0) * part
        self._box.setXRange(start, start + length, padding=0)

    def _on_range(self, *_: object) -> None:
        calm.moving()
        self._picture.prepareGeometryChange()
        self.refresh()
        self.range_changed.emit(self.scale_shown)

    # ------------------------------------------------------------------ Qt's events

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels, angle = event.pixelDelta(), event.angleDelta()
        sideways = angle.x() if abs(angle.x()) > abs(angle.y()) else 0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = angle.y() or angle.x()
        if sideways:
            self.pan(-(pixels.x() or sideways * 0.75))
        else:
            self.zoom(math.exp(-angle.y() * WHEEL), event.position().x())
        self.moved_by_hand.emit()
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 / max(1 + event.value(), 0.2), event.position().x())
                self.moved_by_hand.emit()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self.frame_shown.hit(event.pos().x(), event.pos().y())
            text = self.describe(hit)
            if text:
                QToolTip.showText(event.globalPos(), text, self.viewport())
            else:
                QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.Leave:
            self.hover(None)
        handled: bool = super().viewportEvent(event)
        return handled

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._gestures.press(event):
            self._moving.stop()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._gestures.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._gestures.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # The right button draws a box too: its menu comes when it is let go.
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            middle = self.viewport().rect().center()
            self.menu_asked.emit(Hit(Target.NOTHING), self.viewport().mapToGlobal(middle))
        event.accept()

    def hover(self, index: int | None) -> None:
        """Show which mark the pointer is on."""
        if index != self._hovered:
            self._hovered = index
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        width = self.scale_shown.width
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(KEY_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / KEY_ZOOM)
        elif shift and key == Qt.Key.Key_Left:
            self.pan(-width * KEY_PAN)
        elif shift and key == Qt.Key.Key_Right:
            self.pan(width * KEY_PAN)
        elif key == Qt.Key.Key_PageUp:
            self.pan(-width * 0.8)
        elif key == Qt.Key.Key_PageDown:
            self.pan(width * 0.8)
        else:
            event.ignore()
            self.key_pressed.emit(event)
            return
        self.moved_by_hand.emit()
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QEvent) -> None:
        self._picture.update()

    def focusOutEvent(self, event: QEvent) -> None:
        self._picture.update()
