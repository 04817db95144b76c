"""Wrapped text that is laid out once and drawn many times."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from desktop.theme import LINE_HEIGHT


class TextBlock:
    """Text in one font, wrapped at ``width`` logical pixels.

    ``italic`` and ``muted`` are ranges in UTF-16 units. ``lines`` is the most lines that are
    shown: the last one then ends in an ellipsis, and ``elided`` says so. Nothing of the theme is
    kept, so the block outlives a change of colours.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        *,
        italic: tuple[tuple[int, int], ...] = (),
        muted: tuple[tuple[int, int], ...] = (),
        lines: int = 0,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        self.text = text
        self.width = max(width, 1.0)
        self.elided = False
        self._muted = muted
        metrics = QFontMetricsF(font)
        self.line_height = math.ceil(font.pixelSize() * LINE_HEIGHT)
        self._layout = self._wrap(text, font, italic, align)
        if lines and self._layout.lineCount() > lines:
            self.elided = True
            cut = self._layout.lineAt(lines - 1).textStart()
            shown = text.encode("utf-16-le")[: cut * 2].decode("utf-16-le", "ignore")
            rest = text[len(shown) :].replace("\n", " ")
            last = elided_at_word(rest, metrics, self.width)
            kept = tuple((a, min(b, cut)) for a, b in italic if a < cut)
            self._layout = self._wrap(shown + last, font, kept, align)
        self.height = float(self._layout.lineCount() * self.line_height)
        self.natural_width = max(
            (self._layout.lineAt(i).naturalTextWidth() for i in range(self._layout.lineCount())),
            default=0.0,
        )

    def _wrap(
        self,
        text: str,
        font: QFont,
        italic: tuple[tuple[int, int], ...],
        align: Qt.AlignmentFlag,
    ) -> QTextLayout:
        layout = QTextLayout(text.replace("\n", "\u2028"), font)
        if align is Qt.AlignmentFlag.AlignLeft and _leans_right(text):
            align = Qt.AlignmentFlag.AlignRight
        option = QTextOption(align)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        if italic:
            layout.setFormats([_italic(start, end) for start, end in italic])
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width)
            line.setPosition(QPointF(0.0, top + (self.line_height - line.height()) / 2))
            top += self.line_height
        layout.endLayout()
        return layout

    def draw(
        self,
        painter: QPainter,
        at: QPointF,
        color: QColor,
        muted: QColor | None = None,
        over: Sequence[QTextLayout.FormatRange] = (),
    ) -> None:
        """Draw with the top left at ``at``; ``over`` lies over it, in units of ``shown``."""
        painter.setPen(color)
        formats = [*over]
        if muted is not None:
            formats = [*(_toned(start, end, muted) for start, end in self._muted), *over]
        if formats:
            self._layout.draw(painter, at, formats)
        else:
            self._layout.draw(painter, at)

    @property
    def shown(self) -> str:
        """The text as it stands there, elided where it is."""
        return self._layout.text()

    def rect(self, at: QPointF) -> QRectF:
        return QRectF(at.x(), at.y(), self.width, self.height)


def elided_at_word(text: str, metrics: QFontMetricsF, width: float) -> str:
    """As many whole words as fit, then an ellipsis; a word that takes most of the room is cut."""
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    if cut == text or not cut:
        return cut
    kept = cut[:-1]
    if not text[len(kept) : len(kept) + 1].isspace() and " " in kept.strip():
        whole = kept[: kept.rstrip().rfind(" ")]
        kept = whole if 2 * len(whole) > len(kept) else kept
    return kept.rstrip(" ·,;:") + "…"


def _leans_right(text: str) -> bool:
    """Whether the first letter with a direction is of a script written from the right."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _italic(start: int, end: int) -> QTextLayout.FormatRange:
    style = QTextCharFormat()
    style.setFontItalic(True)
    result = QTextLayout.FormatRange()
    result.start = start
    result.length = end - start
    result.format = style
    return result


def _toned(start: int, end: int, color: QColor) -> QTextLayout.FormatRange:
    style = QTextCharFormat()
    style.setForeground(color)
    result = QTextLayout.FormatRange()
    result.start = start
    result.length = end - start
    result.format = style
    return result
