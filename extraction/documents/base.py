"""What every reader gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from extraction.model import Block, BlockKind, Document, Part, PartKind, Published


@dataclass(frozen=True, slots=True)
class Parsed:
    """Canonical text with its blocks and what the file says of itself.

    ``date`` is the field that names the day of publication, as it stands in the file, and
    ``date_origin`` says where that field was found ("meta article:published_time"). ``changed`` is
    the same for the last change, ``made`` for the day that a program noted when it made the file,
    which says less. ``published`` is a date that was decided before, with its basis.
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
    changed: str | None = None
    changed_origin: str = ""
    made: str | None = None
    made_origin: str = ""
    published: Published | None = None
    grounds: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()


def readable(text: str) -> str:
    """The same text with lone surrogates and control characters, which hide, as ``�``."""
    return _UNSEEN.sub("�", text)


def all_readable(parsed: Parsed) -> Parsed:
    """The same for all that was read; every offset stays."""
    return replace(
        parsed,
        text=readable(parsed.text),
        title=_readable(parsed.title),
        outlet=_readable(parsed.outlet),
        byline=_readable(parsed.byline),
        url=_readable(parsed.url),
        date=_readable(parsed.date),
        changed=_readable(parsed.changed),
        parts=tuple(replace(part, label=readable(part.label)) for part in parsed.parts),
    )


def _readable(text: str | None) -> str | None:
    return None if text is None else readable(text)


BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "▸", "\uf0fc": "✓", "\uf02d": "-"}
"""Marks of list items in the fonts Symbol and Wingdings, which have no other name."""

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Reader = Callable[[Document], Parsed]


class TextBuilder:
    """Builds a canonical text block by block; blocks are parted by an empty line."""

    def __init__(self) -> None:
        self._strings: list[str] = []
        self._blocks: list[Block] = []
        self._parts: list[Part] = []
        self._length = 0

    def add(self, text: str, kind: BlockKind, reason: str = "") -> tuple[int, int]:
        """Append a block and return where it stands.

        White space around it is dropped; an empty one is not added and takes no room.
        """
        text = text.strip()
        if not text:
            return self._length, self._length
        start = self._begin()
        self._write(text)
        self._blocks.append(Block(start, self._length, kind, reason))
        return start, self._length

    def add_labelled(
        self, label: str, text: str, kind: BlockKind, reason: str = ""
    ) -> tuple[int, int]:
        """Append ``label text`` in one line, the label as a block of metadata before the text."""
        label, text = label.strip(), text.strip()
        if not text or not label:
            return self.add(text or label, kind if text else BlockKind.METADATA, reason)
        start = self._begin()
        self._write(f"{label} {text}")
        middle = start + len(label)
        self._blocks.append(Block(start, middle, BlockKind.METADATA))
        self._blocks.append(Block(middle + 1, self._length, kind, reason))
        return start, self._length

    def add_text(self, text: str, blocks: Iterable[Block]) -> tuple[int, int]:
        """Append text that has its blocks already, offsets counted from its own start."""
        start = self._begin()
        self._write(text)
        self._blocks += (replace(b, start=b.start + start, end=b.end + start) for b in blocks)
        return start, self._length

    def mark(
        self, start: int, end: int, kind: PartKind, label: str, when: datetime | None = None
    ) -> None:
        """Note where a stretch stands in the document."""
        if start < end:
            self._parts.append(Part(start, end, kind, label, when))

    @property
    def length(self) -> int:
        return self._length

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(self._parts)

    def build(self) -> tuple[str, tuple[Block, ...]]:
        """The text and its blocks."""
        return "".join(self._strings), tuple(self._blocks)

    def _begin(self) -> int:
        if self._strings:
            self._write("\n\n")
        return self._length

    def _write(self, text: str) -> None:
        self._strings.append(text)
        self._length += len(text)
