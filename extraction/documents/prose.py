"""Paragraphs of a word processor's file, or the like, as blocks of a canonical text."""

from __future__ import annotations

import re

from extraction.documents.base import Parsed, TextBuilder
from extraction.documents.boilerplate import boilerplate_reason
from extraction.documents.metadata import (
    Head,
    field_of,
    is_byline,
    is_date_line,
    looks_like_title,
)
from extraction.model import BlockKind, PartKind

MAX_CHARS = 8_000_000
LONGEST_ROW = 400

_HEAD_BLOCKS = 8


class Prose:
    """Takes paragraphs in order and finds title, byline, date and fields among the first ones."""

    def __init__(self, head: Head | None = None) -> None:
        self.head = head or Head()
        self.builder = TextBuilder()
        self._count = 0
        self._titled = False
        self._story = False

    @property
    def full(self) -> bool:
        """Whether there is more text than any article has."""
        return self.builder.length > MAX_CHARS

    def add(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, reason: str = "") -> None:
        """Add a paragraph; line breaks inside it stay."""
        text = tidy(text)
        if not text:
            return
        notice = boilerplate_reason(text)
        if notice:
            self.builder.add(text, BlockKind.BOILERPLATE, notice)
            return
        if kind is not BlockKind.BOILERPLATE:
            self._count += 1
            if self._count <= _HEAD_BLOCKS:
                kind = self._early(text, kind)
        self.builder.add(text, kind, reason)

    def add_row(self, cells: list[str]) -> bool:
        """Add a row of a table as one line; ``False`` where it is no row of data."""
        cells = [" ".join(cell.split()) for cell in cells]
        whole = " | ".join(cell for cell in cells if cell)
        if " | " not in whole or len(whole) > LONGEST_ROW:
            return False
        self.add(whole, BlockKind.LIST_ITEM, "table row")
        return True

    def add_note(self, label: str, text: str) -> None:
        """Add a footnote or endnote behind the text, under its number."""
        start, end = self.builder.add_labelled(
            f"[{label}]", tidy(text), BlockKind.PARAGRAPH, f"note {label}"
        )
        self.builder.mark(start, end, PartKind.NOTE, label)

    def parsed(self, warnings: tuple[str, ...] = ()) -> Parsed:
        """All of it."""
        text, blocks = self.builder.build()
        return self.head.parsed(text, blocks, warnings, self.builder.parts)

    def _early(self, text: str, kind: BlockKind) -> BlockKind:
        if is_byline(text):
            self.head.take("byline", text, "byline of the text")
            return BlockKind.BYLINE
        if is_date_line(text):
            self.head.take_date_line(text)
            return BlockKind.DATELINE
        if kind in (BlockKind.HEADING, BlockKind.TITLE) and not self._titled and not self._story:
            self._titled = True
            self.head.take("title", text, "first heading")
            return BlockKind.TITLE
        field = field_of(text)
        if field is not None and not self._story:
            self.head.take(*field)
            return BlockKind.METADATA
        if kind is BlockKind.PARAGRAPH:
            if self._count == 1 and looks_like_title(text):
                self._titled = True
                self.head.take("title", text, "first line")
                return BlockKind.TITLE
            self._story = True
        return kind


def tidy(text: str) -> str:
    """One space for any other white space, line breaks kept."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
