"""Short ways to read made-up sentences in tests."""

from __future__ import annotations

from extraction.attribution import RawAttribution, find_attributions
from extraction.model import Block, BlockKind
from extraction.text import TextAnalysis, analyse


def paragraphs(text: str, title: bool = False) -> tuple[Block, ...]:
    """A block a line; the first is the headline if ``title``."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            kind = BlockKind.TITLE if title and not blocks else BlockKind.PARAGRAPH
            blocks.append(Block(at, at + len(line), kind))
        at += len(line) + 1
    return tuple(blocks)


def read(text: str, title: bool = False) -> TextAnalysis:
    return analyse(text, paragraphs(text, title))


def attributions(text: str, title: bool = False) -> tuple[RawAttribution, ...]:
    return find_attributions(read(text, title))


def triples(text: str, title: bool = False) -> list[tuple[str | None, str, tuple[str, ...]]]:
    """(source, cue, contents) of every attribution that stands in no other."""
    return [
        (
            found.source.exact if found.source else None,
            found.cue.exact,
            tuple(content.exact for content in found.contents),
        )
        for found in attributions(text, title)
        if found.nested_in is None
    ]
