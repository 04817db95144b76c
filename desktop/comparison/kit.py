"""Fonts, widths and laid-out text that many cards share: each is made once.

A row holds the same speakers, dates and article again and again, and laying text out is most of
what a new row costs.
"""

from __future__ import annotations

import atexit
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from desktop import theme
from desktop.comparison.textblock import TextBlock
from desktop.theme import Size

Ranges = tuple[tuple[int, int], ...]


@lru_cache(maxsize=32)
def type_of(size: Size, strong: bool = False, tabular: bool = False) -> QFont:
    """A font of the theme. Not to be changed: it is shared."""
    return theme.font(size, strong=strong, tabular=tabular)


@lru_cache(maxsize=32)
def metrics_of(size: Size, strong: bool = False) -> QFontMetricsF:
    return QFontMetricsF(type_of(size, strong))


@lru_cache(maxsize=2048)
def width_of(text: str, size: Size, strong: bool = False) -> float:
    """How wide a text is in one line, in logical pixels."""
    return metrics_of(size, strong).horizontalAdvance(text)


@lru_cache(maxsize=4096)
def block_of(
    text: str,
    size: Size,
    width: float,
    *,
    strong: bool = False,
    tabular: bool = False,
    italic: Ranges = (),
    muted: Ranges = (),
    lines: int = 0,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> TextBlock:
    """A ``TextBlock``, made once for the same text, font and width."""
    return TextBlock(
        text,
        type_of(size, strong, tabular),
        width,
        italic=italic,
        muted=muted,
        lines=lines,
        align=align,
    )


def forget() -> None:
    """The system's font is another one now, or the application ends."""
    for cached in (block_of, width_of, metrics_of, type_of):
        cached.cache_clear()


# Fonts and layouts must not outlive the application object, which goes when the program ends.
atexit.register(forget)
