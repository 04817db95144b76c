"""Reads a text as an article would be read, from one string."""

from __future__ import annotations

from datetime import datetime

from extraction.model import (
    Block,
    BlockKind,
    DateBasis,
    Precision,
    Published,
    TimeExpression,
)
from extraction.text import analyse
from extraction.text.analysis import TextAnalysis
from extraction.times import find_times


def published_on(day: str | None) -> Published:
    """A publication date known to the day, or not at all."""
    if day is None:
        return Published(None, None, Precision.DAY, DateBasis.NONE)
    start = datetime.fromisoformat(day)
    return Published(start, start.replace(hour=23, minute=59), Precision.DAY, DateBasis.METADATA)


def blocks(text: str) -> tuple[Block, ...]:
    """A block a line; a line that begins with ``# `` is a heading."""
    found: list[Block] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            kind = BlockKind.HEADING if line.startswith("# ") else BlockKind.PARAGRAPH
            found.append(Block(start, start + len(line), kind))
        start += len(line) + 1
    return tuple(found)


def analysis(text: str) -> TextAnalysis:
    return analyse(text, blocks(text))


def read(text: str, published: str | None = "2021-06-16") -> tuple[TimeExpression, ...]:
    return find_times(analysis(text), published_on(published))
