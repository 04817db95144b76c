"""Plain text: a head of ``Key: value`` lines, title, byline, then paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.documents.base import Parsed
from extraction.documents.boilerplate import boilerplate_reason
from extraction.documents.encoding import decode
from extraction.documents.metadata import (
    Head,
    field_of,
    is_byline,
    is_date_line,
    looks_like_title,
)
from extraction.model import Block, BlockKind, Document

_ITEM = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s+\S")
_HEAD_LINES = 6
# A line this short before one that begins anew was ended on purpose, not by its width.
_SHORT_LINE = 40
_WIDEST = 100
_ENDS = '.!?"”’'
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}\b")


def parse(document: Document) -> Parsed:
    """Read a text file; its canonical text is the decoded file itself."""
    text, warnings = decode(document)
    return parse_text(text, warnings)


def parse_text(
    text: str, warnings: tuple[str, ...] = (), head: Head | None = None, *, in_head: bool = True
) -> Parsed:
    """The same for text already decoded.

    ``head`` holds what is known of it from outside; ``in_head`` says whether the text may begin
    with a title and fields of its own.
    """
    head = head or Head()
    blocks: list[Block] = []
    lines = list(_lines(text))
    for place, (start, end) in enumerate(lines):
        line = text[start:end]
        reason = boilerplate_reason(line)
        if reason:
            blocks.append(Block(start, end, BlockKind.BOILERPLATE, reason))
            continue
        kind = _head_kind(line, head, lines, place) if in_head else _late_date(line, head, place)
        if kind is BlockKind.METADATA and (title := head.get("title")) and line.endswith(title):
            # a headline is read like any other: it may hold a claim
            value = end - len(title)
            blocks.append(Block(start, text.rindex(":", start, value) + 1, kind))
            blocks.append(Block(value, end, BlockKind.TITLE))
            continue
        if kind is None:
            in_head = False
            kind = BlockKind.LIST_ITEM if _ITEM.match(line) else _body_kind(text, lines, place)
        blocks.append(Block(start, end, kind))
    return head.parsed(text, list(_joined(text, blocks)), warnings)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the lines that hold text, white space at both ends left out."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            yield start, start + len(stripped)


def _head_kind(line: str, head: Head, lines: list[tuple[int, int]], place: int) -> BlockKind | None:
    """What a line is while the head of the file lasts; ``None`` when the body has begun."""
    field = field_of(line)
    if field is not None:
        head.take(*field)
        return BlockKind.METADATA
    if is_byline(line):
        head.take("byline", line, "byline of the text")
        return BlockKind.BYLINE
    if is_date_line(line):
        head.take_date_line(line)
        return BlockKind.DATELINE
    if (
        head.get("title") is None
        and looks_like_title(line)
        and place + 1 < len(lines)
        and place < 8
    ):
        head.take("title", line, "first line")
        return BlockKind.TITLE
    return None


def _late_date(line: str, head: Head, place: int) -> BlockKind | None:
    """A date alone on its line still counts under a standfirst or an odd byline."""
    if place >= _HEAD_LINES or head.get("date") is not None or not is_date_line(line):
        return None
    head.take_date_line(line)
    return BlockKind.DATELINE


def _body_kind(text: str, lines: list[tuple[int, int]], place: int) -> BlockKind:
    start, end = lines[place]
    alone_before = place == 0 or text.count("\n", lines[place - 1][1], start) > 1
    alone_after = place + 1 < len(lines) and text.count("\n", end, lines[place + 1][0]) > 1
    short = end - start <= 80 and text[end - 1].isalnum()
    return BlockKind.HEADING if short and alone_before and alone_after else BlockKind.PARAGRAPH


def _joined(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Join the lines of a paragraph that was wrapped by hand (one newline after each)."""
    run: list[Block] = []
    for block in blocks:
        if run and not (
            block.kind is run[-1].kind is BlockKind.PARAGRAPH
            and text.count("\n", run[-1].end, block.start) == 1
        ):
            yield from _unwrapped(text, run)
            run = []
        run.append(block)
    yield from _unwrapped(text, run)


def _unwrapped(text: str, lines: list[Block]) -> Iterator[Block]:
    """Blocks of lines that follow each other, those joined that end at the margin."""
    width = max((line.end - line.start for line in lines), default=0)
    # a line that goes on in small letters shows that the margin ends lines, not the writer
    wraps = width >= _SHORT_LINE and any(text[line.start].islower() for line in lines[1:])
    pending: Block | None = None
    for place, line in enumerate(lines):
        if pending is None:
            pending = line
        elif _wrapped(text, lines[place - 1], line, width if wraps else 0):
            pending = Block(pending.start, line.end, line.kind)
        else:
            yield pending
            pending = line
    if pending is not None:
        yield pending


def _wrapped(text: str, line: Block, after: Block, width: int) -> bool:
    """Whether a line goes on in the next; ``width`` is that of its paragraph, 0 if unknown."""
    words = text[line.start : line.end]
    length = len(words)
    if length >= _WIDEST or _CLOCK.match(words) or is_date_line(words):
        return False
    word = text[after.start : after.end].split(maxsplit=1)[0]
    full = length + 1 + len(word) > width > 0
    if words[-1] in _ENDS:
        return full
    return full or length >= _SHORT_LINE or word[0].islower()
