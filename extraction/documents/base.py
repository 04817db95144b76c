"""What every reader gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extraction.model import Block, BlockKind, Document


@dataclass(frozen=True, slots=True)
class Parsed:
    """Canonical text with its blocks and what the file says of itself.

    ``date`` is the field that names the day of publication, as it stands in the file, and
    ``date_origin`` says where that field was found ("meta article:published_time").
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None
    date: str | None = None
    date_origin: str = ""
    warnings: tuple[str, ...] = ()


Reader = Callable[[Document], Parsed]


class TextBuilder:
    """Builds a canonical text block by block; blocks are parted by an empty line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(self, text: str, kind: BlockKind, reason: str = "") -> None:
        """Append a block; white space around it is dropped, an empty one is not added."""
        text = text.strip()
        if not text:
            return
        if self._parts:
            self._parts.append("\n\n")
            self._length += 2
        self._parts.append(text)
        self._blocks.append(Block(self._length, self._length + len(text), kind, reason))
        self._length += len(text)

    def build(self) -> tuple[str, tuple[Block, ...]]:
        """The text and its blocks."""
        return "".join(self._parts), tuple(self._blocks)
