"""The article's text on the screen: marked, searchable, and never changed."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop.reader.marks import Look, Stretch
from desktop.reader.offsets import Offsets
from desktop.session import Session
from desktop.theme import Size, font, mix
from extraction.model import SideKey

LINE_PERCENT = 120.0
"""On top of the font's own spacing, which together gives the line height of the theme."""

MARGIN = 14


class Marker(QSyntaxHighlighter):
    """Lays the looks over the text without touching the document."""

    def __init__(self, document: QTextDocument, session: Session) -> None:
        super().__init__(document)
        self._session = session
        self._stretches: list[tuple[int, int, Look]] = []
        self._ends: list[int] = []
        self._formats: dict[Look, QTextCharFormat] = {}

    def show_stretches(self, stretches: list[Stretch], offsets: Offsets) -> None:
        """Take other stretches; they are drawn at the next ``rehighlight``."""
        self._stretches = [
            (offsets.to_units(mark.start), offsets.to_units(mark.end), mark.look)
            for mark in stretches
        ]
        self._ends = [end for _, end, _ in self._stretches]

    def forget_colors(self) -> None:
        self._formats.clear()

    def _format(self, look: Look) -> QTextCharFormat:
        made = self._formats.get(look)
        if made is None:
            made = self._formats[look] = make_format(self._session, look)
        return made

    def highlightBlock(self, text: str) -> None:
        begin = self.currentBlock().position()
        end = begin + self.currentBlock().length()
        place = bisect_right(self._ends, begin)
        while place < len(self._stretches) and self._stretches[place][0] < end:
            start, stop, look = self._stretches[place]
            first = max(start, begin)
            self.setFormat(first - begin, min(stop, end) - first, self._format(look))
            place += 1


def make_format(session: Session, look: Look) -> QTextCharFormat:
    """Side's tint under content, side's colour under source and cue, grey for boilerplate."""
    theme = session.theme
    style = QTextCharFormat()
    if look.ground is not None:
        tint = session.side_tint(look.ground)
        if look.nested:
            # What somebody else passes on stands a shade deeper within the passage around it.
            tint = mix(tint, session.side_color(look.ground), 0.14)
        style.setBackground(tint)
    if look.grey:
        style.setForeground(theme.muted)
        style.setFontItalic(True)
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
        self.marker = Marker(self.document(), session)

    # ------------------------------------------------------------------ text and marks

    def show_text(self, text: str, stretches: list[Stretch]) -> bool:
        """Show another text; false if the screen would count it otherwise than the records do."""
        self._offsets = Offsets(text)
        self._outlined = None
        self.setExtraSelections([])
        self.marker.show_stretches(stretches, self._offsets)
        self.setPlainText(text)
        self._space_lines()
        return self.document().characterCount() - 1 == self._offsets.units

    def _space_lines(self) -> None:
        style = QTextBlockFormat()
        style.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(style)

    def show_stretches(self, stretches: list[Stretch]) -> None:
        self.marker.show_stretches(stretches, self._offsets)
        self.marker.rehighlight()

    def dress(self) -> None:
        """Take the colours of the theme at hand."""
        self.marker.forget_colors()
        self.marker.rehighlight()
        self.viewport().update()

    def outline(self, start: int, end: int, side: SideKey) -> None:
        """Draw a line in the side's colour around a passage."""
        self._outlined = (self._offsets.to_units(start), self._offsets.to_units(end))
        self._outline_side = side
        self.viewport().update()

    def clear_outline(self) -> None:
        self._outlined = None
        self.viewport().update()

    def cursor_over(self, start: int, end: int) -> QTextCursor:
        """A cursor that selects a passage."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._offsets.to_units(start), self._offsets.units))
        cursor.setPosition(
            min(self._offsets.to_units(end), self._offsets.units), QTextCursor.MoveMode.KeepAnchor
        )
        return cursor

    def show_passage(self, start: int, end: int) -> None:
        """Scroll a passage to the upper third of the view, unless all of it is in view."""
        first = self.cursorRect(self._bare(start))
        last = self.cursorRect(self._bare(end))
        view = self.viewport().rect()
        if first.top() >= view.top() and last.bottom() <= view.bottom():
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + first.top() - view.height() // 3)

    def _bare(self, point: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._offsets.to_units(point), self._offsets.units))
        return cursor

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
        for rect in self._line_rects(*self._outlined):
            path.addRect(rect.adjusted(-3, -1, 3, 1))
        color: QColor = self._session.side_color(self._outline_side)
        painter.setPen(QPen(color, 1.6, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path.simplified())
        painter.end()

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


def _x_of(result: object) -> float:
    """The stubs say ``float``, the call gives a pair of it and the cursor that it settled on."""
    return float(result[0] if isinstance(result, tuple) else result)  # type: ignore[arg-type]
