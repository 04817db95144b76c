"""Markdown: front matter, then CommonMark blocks as plain text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from extraction.documents.base import Parsed, TextBuilder
from extraction.documents.boilerplate import boilerplate_reason
from extraction.documents.encoding import decode
from extraction.documents.metadata import Head, field_of, is_byline, is_date_line
from extraction.model import BlockKind, Document, PartKind

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,8192}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)

_NOTE = re.compile(r"\[\^([^\]\s]{1,24})\](?::\s+(.+))?", re.DOTALL)


def parse(document: Document) -> Parsed:
    """Read a Markdown file; its canonical text is what a reader of the rendered page sees."""
    source, warnings = decode(document)
    head = Head()
    builder = TextBuilder()
    front = _FRONT.match(source)
    if front:
        for line in front[1].splitlines():
            field = field_of(line.strip())
            if field is not None:
                head.take(field[0], field[1].strip("\"'"), "front matter")
        source = source[front.end() :]
    _walk(MarkdownIt("commonmark").enable("table").parse(source), head, builder)
    text, blocks = builder.build()
    return head.parsed(text, blocks, warnings, builder.parts)


def _walk(tokens: list[Token], head: Head, builder: TextBuilder) -> None:
    level = ""
    in_item = in_quote = 0
    body = False
    cells: list[str] | None = None
    for token in tokens:
        in_item += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        in_quote += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "heading_open":
            level = token.tag
        elif token.type == "heading_close":
            level = ""
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            row = " | ".join(cell for cell in cells or () if cell)
            builder.add(row, BlockKind.LIST_ITEM, "table row")
            cells, body = None, True
        elif token.type in ("fence", "code_block"):
            builder.add(token.content, BlockKind.PARAGRAPH)
            body = True
        elif token.type == "inline":
            text = _inline_text(token)
            if cells is not None:
                cells.append(" ".join(text.split()))
                continue
            if _add_note(text, builder):
                continue
            text = _NOTE.sub(r"[\1]", text)
            reason = boilerplate_reason(text)
            if reason:
                builder.add(text, BlockKind.BOILERPLATE, reason)
                continue
            kind = _kind(text, level, bool(in_item), bool(in_quote), body, head)
            body = body or kind is BlockKind.PARAGRAPH
            builder.add(text, kind)


def _add_note(text: str, builder: TextBuilder) -> bool:
    """Add a footnote under its label; false where the text is none."""
    note = _NOTE.fullmatch(text)
    if note is None or note[2] is None:
        return False
    start, end = builder.add_labelled(
        f"[{note[1]}]", note[2], BlockKind.PARAGRAPH, f"note {note[1]}"
    )
    builder.mark(start, end, PartKind.NOTE, note[1])
    return True


def _kind(text: str, level: str, item: bool, quote: bool, body: bool, head: Head) -> BlockKind:
    if level:
        if not body:
            head.take("title", text, "first heading")
        return BlockKind.TITLE if head.get("title") == text and not body else BlockKind.HEADING
    if not body and is_byline(text):
        head.take("byline", text, "byline of the text")
        return BlockKind.BYLINE
    if not body and is_date_line(text):
        head.take_date_line(text)
        return BlockKind.DATELINE
    if item:
        return BlockKind.LIST_ITEM
    return BlockKind.QUOTE if quote else BlockKind.PARAGRAPH


def _inline_text(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n" if child.type == "hardbreak" else " ")
        elif child.type == "image":
            parts.append(child.content)
    return "".join(parts)
