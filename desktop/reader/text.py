"""The article's text on the screen: marked, searchable, and never changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop.found import format_of
from desktop.reader.marks import Look, Stretch
from desktop.reader.offsets import Offsets, breaks_for, broken_at
from desktop.session import Session
from desktop.theme import Size, font, mix
from extraction.model import SideKey

LINE_PERCENT = 120.0
"""On top of the font's own spacing, which together gives the line height of the theme."""

MARGIN = 14
AROUND = 3000
BREATHING = 24
NESTED = 0.05
"""Share of the side's colour in a nested ground; more would cost the cue words their contrast."""


def make_format(session: Session, look: Look) -> QTextCharFormat:
    """Side's tint under content, side's colour under source and cue, grey for boilerplate."""
    theme = session.theme
    style = QTextCharFormat()
    if look.ground is not None:
        tint = session.side_tint(look.ground)
        if look.nested:
            # What somebody else passes on stands a shade deeper within the passage around it.
            tint = mix(tint, session.side_color(look.ground), NESTED)
        style.setBackground(tint)
    if look.grey:
        style.setForeground(theme.muted)
    if look.time:
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        style.setUnderlineColor(theme.muted)
    if look.line is not None:
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        style.setUnderlineColor(session.side_color(look.line))
        if look.cue:
            style.setForeground(session.side_color(look.line))
    elif look.nested:
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        style.setUnderlineColor(session.side_color(look.ground or SideKey.NONE))
    return style


class ArticleText(QTextEdit):
    """An article's canonical text, read only.

    ``pointed`` (code point offset) comes with a click that selects nothing, ``hovered`` with the
    pointer's moves, -1 where there is no text under it. All offsets are code points.
    """

    pointed = Signal(int)
    hovered = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offsets = Offsets("")
        self._stretches: list[tuple[int, int, Look]] = []
        self._found: list[tuple[int, int, QTextCharFormat]] = []
        self._sought: list[tuple[int, int]] = []
        self._formats: dict[Look, QTextCharFormat] = {}
        self._covered = (0, 0)
        self._outlined: tuple[int, int] | None = None
        self._outline_side = SideKey.NONE
        self._pressed = QPointF()
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font(Size.BODY))
        self.document().setDefaultFont(font(Size.BODY))
        self.document().setDocumentMargin(MARGIN)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Text of the article"))
        self.verticalScrollBar().valueChanged.connect(self._cover)

    # ------------------------------------------------------------------ text and marks

    def show_text(self, text: str, stretches: list[Stretch]) -> bool:
        """Show another text; false if the screen would count it otherwise than the records do."""
        breaks = breaks_for(text)
        self._offsets = Offsets(text, breaks)
        self._outlined = None
        self._found, self._sought = [], []
        self._take(stretches)
        self.setPlainText(broken_at(text, breaks))
        self._space_lines()
        self._cover(again=True)
        return self.document().characterCount() - 1 == self._offsets.units

    def _take(self, stretches: list[Stretch]) -> None:
        to_units = self._offsets.to_units
        self._stretches = [
            (to_units(mark.start), to_units(mark.end), mark.look) for mark in stretches
        ]

    def _space_lines(self) -> None:
        style = QTextBlockFormat()
        style.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(style)

    def show_stretches(self, stretches: list[Stretch]) -> None:
        """Mark the same text otherwise."""
        self._take(stretches)
        self._cover(again=True)

    def show_found(self, places: Iterable[tuple[int, int, QTextCharFormat]]) -> None:
        """Lay what was found over the marks."""
        to_units = self._offsets.to_units
        self._found = [(to_units(start), to_units(end), style) for start, end, style in places]
        self._cover(again=True)

    def show_sought(self, places: Iterable[tuple[int, int]]) -> None:
        """Mark the words that the whole dossier is searched for."""
        to_units = self._offsets.to_units
        self._sought = [(to_units(start), to_units(end)) for start, end in places]
        self._cover(again=True)

    def _cover(self, _: object = None, *, again: bool = False) -> None:
        """Mark what is in view and a little around it.

        A highlighter over the whole document takes seconds for a megabyte: it lays the text out
        anew after each paragraph. These marks lie over the text and touch no layout.
        """
        view = self.viewport().rect()
        first = self.cursorForPosition(view.topLeft()).position()
        last = self.cursorForPosition(view.bottomRight()).position()
        if not again and self._covered[0] <= first and last <= self._covered[1]:
            return
        begin, end = max(first - AROUND, 0), last + AROUND
        self._covered = (begin, self._offsets.units if end >= self._offsets.units else end)
        place = bisect_right(self._stretches, begin, key=_end_of)
        selections = []
        for start, stop, look in self._stretches[place:]:
            if start > end:
                break
            selections.append(self._over(start, stop, self._format(look)))
        self._lay_over(selections, begin, end)
        for start, stop, style in self._found:
            if start <= end and stop >= begin:
                selections.append(self._over(start, stop, style))
        self.setExtraSelections(selections)

    def _lay_over(self, selections: list[QTextEdit.ExtraSelection], begin: int, end: int) -> None:
        style = format_of(self._session.theme)
        place = bisect_right(self._sought, begin, key=lambda one: one[1])
        for start, stop in self._sought[place:]:
            if start > end:
                break
            selections.append(self._over(start, stop, style))

    def _over(self, start: int, end: int, style: QTextCharFormat) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(start, self._offsets.units))
        cursor.setPosition(min(end, self._offsets.units), QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format = style
        return selection

    def _format(self, look: Look) -> QTextCharFormat:
        made = self._formats.get(look)
        if made is None:
            made = self._formats[look] = make_format(self._session, look)
        return made

    def dress(self) -> None:
        """Take the colours of the theme and the dossier at hand."""
        self._formats.clear()
        self._cover(again=True)
        self.viewport().update()

    def outline(self, start: int, end: int, side: SideKey) -> None:
        """Draw a line in the side's colour around a passage."""
        self._outlined = (self._offsets.to_units(start), self._offsets.to_units(end))
        self._outline_side = side
        self.viewport().update()

    def clear_outline(self) -> None:
        self._outlined = None
        self.viewport().update()

    def show_passage(self, start: int, end: int) -> None:
        """Scroll a passage to the upper third of the view, unless all of it is in view.

        The caret goes there too: a long text is laid out only as far as it has been asked for,
        and the scroll bar reaches no farther.
        """
        view = self.viewport().rect().adjusted(0, BREATHING, 0, -BREATHING)
        if self.cursorRect(self._bare(end)).bottom() > view.bottom() or (
            self.cursorRect(self._bare(start)).top() < 0
        ):
            self.setTextCursor(self._bare(end))
            self.setTextCursor(self._bare(start))
        first = self.cursorRect(self._bare(start))
        last = self.cursorRect(self._bare(end))
        bar = self.verticalScrollBar()
        below_top = first.top() >= BREATHING or bar.value() == 0
        if below_top and last.bottom() <= view.bottom():
            return
        bar.setValue(bar.value() + first.top() - self.viewport().height() // 3)

    def _bare(self, point: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._offsets.to_units(point), self._offsets.units))
        return cursor

    def selected_points(self) -> tuple[int, int] | None:
        """Code point offsets of what is selected, if anything is."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        to_points = self._offsets.to_points
        return to_points(cursor.selectionStart()), to_points(cursor.selectionEnd())

    def select_points(self, start: int, end: int) -> None:
        """Select a passage."""
        cursor = self._bare(start)
        cursor.setPosition(
            min(self._offsets.to_units(end), self._offsets.units), QTextCursor.MoveMode.KeepAnchor
        )
        self.setTextCursor(cursor)

    def reading_point(self) -> int:
        """Where the eye is: the beginning of what is selected or outlined, if that is in view;
        else of what is. A code point offset."""
        view = self.viewport().rect()
        marked = [self._outlined[0]] if self._outlined is not None else []
        if self.textCursor().hasSelection():
            marked.insert(0, self.textCursor().selectionStart())
        for unit in marked:
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(unit, self._offsets.units))
            if view.contains(self.cursorRect(cursor).center()):
                return self._offsets.to_points(unit)
        if self.verticalScrollBar().value() == 0:
            return 0
        return self._offsets.to_points(self.cursorForPosition(view.topLeft()).position())

    def point_at(self, position: QPointF) -> int:
        """Code point offset under a point of the viewport, -1 where there is no text."""
        scrolled = QPointF(
            position.x() + self.horizontalScrollBar().value(),
            position.y() + self.verticalScrollBar().value(),
        )
        unit = self.document().documentLayout().hitTest(scrolled, Qt.HitTestAccuracy.ExactHit)
        return self._offsets.to_points(unit) if unit >= 0 else -1

    def passage_rects(self, start: int, end: int) -> list[QRectF]:
        """Rectangles of the lines of a passage, in the viewport."""
        return self._line_rects(self._offsets.to_units(start), self._offsets.to_units(end))

    def _line_rects(self, start: int, end: int) -> list[QRectF]:
        rects = []
        view = QRectF(self.viewport().rect()).adjusted(0, -200, 0, 200)
        shift = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            box = self.document().documentLayout().blockBoundingRect(block).translated(shift)
            if box.top() > view.bottom():
                break
            if box.bottom() >= view.top():
                rects += self._rects_in(block, start, end, box.topLeft())
            block = block.next()
        return rects

    @staticmethod
    def _rects_in(block: QTextBlock, start: int, end: int, origin: QPointF) -> list[QRectF]:
        rects = []
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(start - block.position(), line.textStart())
            last = min(end - block.position(), line.textStart() + line.textLength())
            if first >= last:
                continue
            left, right = _x_of(line.cursorToX(first)), _x_of(line.cursorToX(last))
            rects.append(
                QRectF(
                    origin.x() + min(left, right),
                    origin.y() + line.y(),
                    abs(right - left),
                    line.height(),
                )
            )
        return rects

    # ------------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._outlined is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for rect in _shaped(self._line_rects(*self._outlined)):
            path.addRect(rect.adjusted(-3, -1, 3, 1))
        color: QColor = self._session.side_color(self._outline_side)
        painter.setPen(QPen(color, 1.6, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path.simplified())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        moved = (event.position() - self._pressed).manhattanLength()
        if event.button() is Qt.MouseButton.LeftButton and moved < 4:
            point = self.point_at(event.position())
            if point >= 0 and not self.textCursor().hasSelection():
                self.pointed.emit(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.hovered.emit(self.point_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(-1)


def _shaped(rects: list[QRectF]) -> list[QRectF]:
    """Lines of a passage joined to one shape with few corners: full width but at both ends."""
    if not rects:
        return []
    left = min(rect.left() for rect in rects)
    right = max(rect.right() for rect in rects)
    shaped = [QRectF(rect) for rect in rects]
    for rect in shaped[1:]:
        rect.setLeft(left)
    for rect in shaped[:-1]:
        rect.setRight(right)
    for upper, lower in pairwise(shaped):
        if lower.top() - upper.bottom() < lower.height() * 2:
            upper.setBottom(lower.top())
    return shaped


def _end_of(stretch: tuple[int, int, Look]) -> int:
    return stretch[1]


def _x_of(result: object) -> float:
    """The stubs say ``float``, the call gives a pair of it and the cursor that it settled on."""
    return float(result[0] if isinstance(result, tuple) else result)  # type: ignore[arg-type]
