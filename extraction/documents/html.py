"""Saved web pages: every visible block is kept, what is no part of the story is marked.

trafilatura locates the body; it can drop clauses, so its text is never used itself: a block that
it found is story, a block that it left out is boilerplate unless it stands between story blocks
inside the same article. Nothing is executed or loaded.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import trafilatura
from htmldate import find_date

from extraction.documents.base import Parsed, TextBuilder
from extraction.documents.boilerplate import boilerplate_reason
from extraction.documents.described import describe, title_element
from extraction.documents.encoding import decode
from extraction.documents.entries import Entry, entries_of, moment
from extraction.documents.jsonld import Node, is_live, nodes_of, story_of
from extraction.documents.markup import Piece, pieces_of, tree_of
from extraction.documents.metadata import Head, is_byline, is_date_line
from extraction.model import BlockKind, Document, PartKind

# They log each page that holds no story as an error of theirs.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
# Longer pages are no articles, and to locate anything in them takes minutes.
_LONGEST_STORY = 2_000_000
_BEFORE_TITLE, _AFTER_TITLE = 4, 12
_SENTENCE = 90
_BETWEEN = frozenset("p blockquote li h2 h3 h4 td th tr time figcaption caption dt dd pre".split())


def parse(document: Document) -> Parsed:
    """Read an HTML file. Raises ``UnreadableDocument`` with ``broken`` where no page is found."""
    source, warnings = decode(document, declared_charset(document.data))
    return parse_page(source, document.name, warnings)


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its first bytes."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else None


def parse_page(
    source: str, name: str, warnings: tuple[str, ...] = (), head: Head | None = None
) -> Parsed:
    """The same for a page already decoded; ``head`` holds what is known of it from outside."""
    tree = tree_of(source, name)
    head = head or Head()
    nodes = nodes_of(tree)
    describe(tree, nodes, head)
    entries = entries_of(tree, live=is_live(nodes))
    pieces = pieces_of(tree, {entry.node: place for place, entry in enumerate(entries)})
    _from_lines(pieces, head)
    _fill(source, tree, head)
    builder = TextBuilder()
    title = head.get("title")
    story = _story(source, pieces)
    titled = False
    bounds: dict[int, tuple[int, int]] = {}
    for place, piece in enumerate(pieces):
        kind, reason = _role(piece, place in story)
        if kind is BlockKind.HEADING and not titled and _same(piece.text, title):
            kind, titled = BlockKind.TITLE, True
        start, end = builder.add(piece.text, kind, reason)
        if piece.entry is not None:
            bounds[piece.entry] = (bounds.get(piece.entry, (start, end))[0], end)
    _mark(builder, entries, bounds)
    if _from_data(nodes, builder, [pieces[place].text for place in story]):
        warnings = (*warnings, "text-from-data")
    text, blocks = builder.build()
    return head.parsed(text, blocks, warnings, builder.parts)


def _from_lines(pieces: list[Piece], head: Head) -> None:
    """Byline and date as they stand under the headline, or over it."""
    title = head.get("title")
    at = next((n for n, p in enumerate(pieces) if p.tag == "h1" and _same(p.text, title)), 0)
    told = 0
    for piece in pieces[max(0, at - _BEFORE_TITLE) : at + _AFTER_TITLE]:
        # Under a standfirst, perhaps, and no further into the story.
        told += len(piece.text) >= _SENTENCE
        if told > 1:
            break
        if piece.outside or piece.entry is not None:
            continue
        for line in piece.text.split("\n"):
            if is_byline(line):
                head.take("byline", line, "byline of the text")
            elif is_date_line(line):
                head.take_date_line(line)


def _mark(builder: TextBuilder, entries: list[Entry], bounds: dict[int, tuple[int, int]]) -> None:
    for place, (start, end) in sorted(bounds.items(), key=lambda item: item[1]):
        entry = entries[place]
        builder.mark(start, end, PartKind.ENTRY, entry.headline, entry.when)


def _from_data(nodes: list[Node], builder: TextBuilder, shown: list[str]) -> bool:
    """Add the story from the data of a page that shows little of it without its scripts."""
    told = story_of(nodes)
    if not told:
        return False
    there = _squeezed("".join(shown))
    missing = [item for item in told if not _located(_squeezed(item.text), there)]
    length = sum(len(_squeezed(item.text)) for item in missing)
    if length < _SENTENCE or length < len(there):
        return False
    for item in missing:
        start = builder.length
        first, _ = builder.add(item.headline, BlockKind.HEADING)
        for line in item.text.split("\n"):
            reason = boilerplate_reason(line)
            builder.add(line, BlockKind.BOILERPLATE if reason else BlockKind.PARAGRAPH, reason)
        when = moment(item.when)
        if when is not None:
            first = first if item.headline else min(start + 2, builder.length)
            builder.mark(first, builder.length, PartKind.ENTRY, item.headline, when)
    return True


def _story(source: str, pieces: list[Piece]) -> set[int]:
    """Places of the pieces that are story: what trafilatura located, and what lies between."""
    located = None
    if sum(len(piece.text) for piece in pieces) <= _LONGEST_STORY:
        located = trafilatura.extract(
            source, include_comments=False, include_tables=True, favor_recall=True, fast=True
        )
    if not located:
        return {
            place for place, piece in enumerate(pieces) if not (piece.outside or _is_links(piece))
        }
    found = _squeezed(located)
    story = {
        place
        for place, piece in enumerate(pieces)
        if not (piece.outside or ("\n" in piece.text and _is_links(piece)))
        and (piece.entry is not None or _located(_squeezed(piece.text), found))
    }
    if story:
        for place in range(min(story), max(story)):
            piece = pieces[place]
            if not piece.outside and piece.tag in _BETWEEN:
                story.add(place)
        for place, piece in enumerate(pieces):
            if piece.tag == "h1" and not piece.outside:
                story.add(place)
    return story


def _is_links(piece: Piece) -> bool:
    """Whether a piece is nothing but links: a menu, as old pages have them in their tables."""
    return piece.linked * 10 >= len(_squeezed(piece.text)) * 9 and len(piece.text) < 400


def _located(piece: str, found: str) -> bool:
    """Whether most of a piece stands in the located text: whole, or by its halves."""
    if piece in found:
        return True
    if len(piece) < 40:
        return False
    size = max(20, len(piece) // 4)
    parts = [piece[at : at + size] for at in range(0, len(piece) - size + 1, size)]
    return sum(part in found for part in parts) * 2 >= len(parts)


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _role(piece: Piece, story: bool) -> tuple[BlockKind, str]:
    reason = boilerplate_reason(piece.text)
    if reason:
        return BlockKind.BOILERPLATE, reason
    if piece.tag == "time" and story:
        return BlockKind.PARAGRAPH, ""
    if is_byline(piece.text):
        return BlockKind.BYLINE, ""
    if is_date_line(piece.text):
        return BlockKind.DATELINE, ""
    if not story:
        return BlockKind.BOILERPLATE, "outside the story"
    return piece.kind, "table row" if piece.tag == "tr" else ""


def _same(text: str, title: str | None) -> bool:
    return title is not None and _squeezed(text) == _squeezed(title)


def _fill(source: str, tree: Any, head: Head) -> None:
    """What the markup does not say outright, as far as trafilatura and htmldate can find it."""
    if head.get("title") is None:
        head.take("title", title_element(tree, head), "title of the page")
    title_element(tree, head)
    if not (head.get("outlet") and head.get("byline")) and len(source) <= 2 * _LONGEST_STORY:
        data = trafilatura.extract_metadata(source)
        for name, value in (
            ("title", data.title if data else None),
            ("outlet", data.sitename if data else None),
            ("byline", data.author if data else None),
            ("url", data.url if data else None),
        ):
            if value:
                head.take(name, value, "markup of the page")
    if head.get("date") is None:
        found = find_date(tree, extensive_search=False, original_date=True)
        if found:
            head.take("date", found, "date markup of the page")
