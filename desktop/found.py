"""Where the words that are searched for stand in any text on the screen.

It reads what was typed as the search in the dossier does (``db.search``): words with accents
folded, "phrases", the last one as a beginning, nothing of what is excluded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption

from db.search import query_of
from desktop.theme import Theme, mix

Ranges = tuple[tuple[int, int], ...]

_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_TERM = re.compile(r'(NOT\s+)?"([^"]*)"(\*?)')


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Folded words in a row; the last one may only be begun."""

    words: tuple[str, ...]
    begun: bool

    def starts_at(self, tokens: list[str], place: int) -> bool:
        last = len(self.words) - 1
        found = tokens[place : place + last + 1]
        if len(found) <= last or found[:last] != list(self.words[:last]):
            return False
        return (
            found[last].startswith(self.words[last])
            if self.begun
            else (found[last] == self.words[last])
        )


class Found:
    """What a person typed, to be found in texts; false where that is nothing."""

    def __init__(self, typed: str) -> None:
        self._phrases = [
            _Phrase(words, bool(star))
            for excluded, phrase, star in _TERM.findall(query_of(typed))
            if not excluded and (words := tuple(map(fold, _TOKEN.findall(phrase))))
        ]

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def ranges(self, text: str) -> Ranges:
        """Where the words stand: ``[start, end)`` in code points, in order, none overlapping."""
        if not self._phrases:
            return ()
        places = [match.span() for match in _TOKEN.finditer(text)]
        tokens = [fold(text[start:end]) for start, end in places]
        found: list[tuple[int, int]] = []
        for at, (start, _) in enumerate(places):
            reached = max(
                (
                    places[at + len(phrase.words) - 1][1]
                    for phrase in self._phrases
                    if phrase.starts_at(tokens, at)
                ),
                default=0,
            )
            if reached and found and start < found[-1][1]:
                found[-1] = found[-1][0], max(reached, found[-1][1])
            elif reached:
                found.append((start, reached))
        return tuple(found)

    def units(self, text: str) -> Ranges:
        """The same in the units that Qt counts in; kept, as it is asked at each painting."""
        return _units(self, text) if self._phrases else ()


@lru_cache(maxsize=1 << 13)
def _units(found: Found, text: str) -> Ranges:
    def at(point: int) -> int:
        return len(text[:point].encode("utf-16-le", "surrogatepass")) // 2

    return tuple((at(start), at(end)) for start, end in found.ranges(text))


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """A word without its accents, in small letters."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(maxsize=8)
def found_of(typed: str) -> Found:
    """Made once for what is in the line of the search."""
    return Found(typed.strip())


NOTHING = found_of("")


def ground_of(theme: Theme) -> QColor:
    """What lies under words that were found; ``Theme.text`` and the sides can be read on it."""
    return mix(theme.panel, theme.focus, 0.25)


def format_of(theme: Theme) -> QTextCharFormat:
    """How words look that were found: a ground of their own, and a line for those who do not
    see it on the tint of a side."""
    style = QTextCharFormat()
    style.setBackground(ground_of(theme))
    style.setForeground(theme.text)
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    style.setUnderlineColor(theme.focus)
    return style


def formats_of(places: Ranges, theme: Theme) -> list[QTextLayout.FormatRange]:
    """To be laid over a text layout when it is drawn."""
    formats = []
    style = format_of(theme)
    for start, end in places:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = start, end - start, style
        formats.append(one)
    return formats


def draw_line(painter: QPainter, rect: QRect, words: str, found: Found, theme: Theme) -> None:
    """One line in the painter's font and pen, what is found in it on its ground."""
    middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    places = found.units(words) if found else ()
    if not places:
        painter.drawText(rect, middle, words)
        return
    layout = QTextLayout(words, painter.font())
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    top = rect.top() + (rect.height() - line.height()) / 2
    layout.draw(painter, QPointF(rect.left(), top), formats_of(places, theme))
