"""Saved web pages: every visible block is kept, what is no part of the story is marked.

trafilatura locates the body; it can drop clauses, so its text is never used itself: a block that
it found is story, a block that it left out is boilerplate unless it stands between story blocks
inside the same article. Nothing is executed or loaded.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import trafilatura
from htmldate import find_date
from lxml import etree
from lxml import html as lxml_html

from extraction.documents.base import Parsed, TextBuilder
from extraction.documents.boilerplate import boilerplate_reason
from extraction.documents.encoding import decode
from extraction.documents.metadata import is_byline, is_date_line
from extraction.model import BlockKind, Document, UnreadableDocument

_INVISIBLE = frozenset(
    "script style noscript template head iframe object embed video audio canvas svg math "
    "select option datalist textarea input map frame frameset applet".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul caption button label".split()
)
_OUTSIDE = frozenset("nav footer aside form header button label".split())
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DATE_FIELDS = (
    ("property", "article:published_time"),
    ("property", "og:published_time"),
    ("itemprop", "datePublished"),
    ("name", "date"),
    ("name", "pubdate"),
    ("name", "publishdate"),
    ("name", "publication_date"),
    ("name", "dc.date"),
    ("name", "dc.date.issued"),
    ("name", "dcterms.created"),
    ("name", "parsely-pub-date"),
    ("name", "sailthru.date"),
)
_MAX_DEPTH = 400


@dataclass(slots=True)
class _Piece:
    """A visible block before its role is known."""

    text: str
    tag: str
    outside: bool


def parse(document: Document) -> Parsed:
    """Read an HTML file. Raises ``UnreadableDocument`` with ``broken`` where no page is found."""
    charset = _CHARSET.search(document.data[:4096])
    source, warnings = decode(document, charset[1].decode("ascii", "replace") if charset else None)
    tree = _tree(document, source)
    pieces = _pieces(tree)
    title, outlet, byline, url = _described(source, tree)
    date, origin = _published(tree)
    builder = TextBuilder()
    story = _story(source, pieces)
    titled = False
    for place, piece in enumerate(pieces):
        kind, reason = _role(piece, place in story)
        if kind is BlockKind.HEADING and not titled and _same(piece.text, title):
            kind, titled = BlockKind.TITLE, True
        builder.add(piece.text, kind, reason)
    text, blocks = builder.build()
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Parsed(
        text=text,
        blocks=blocks,
        title=title,
        outlet=outlet,
        byline=byline,
        language=language.split("-")[0].lower() if language else None,
        url=url,
        date=date,
        date_origin=origin,
        warnings=warnings,
    )


def _tree(document: Document, source: str) -> Any:
    """Parse with lxml's HTML parser, which neither loads nor expands anything."""
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        # surrogates cannot stand in UTF-8 and an XML declaration would override the encoding
        tree = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableDocument(document.name, "broken", str(error)) from None
    return tree


def _pieces(tree: Any) -> list[_Piece]:
    """Visible text by block element, in document order; an explicit stack, for deep pages."""
    pieces: list[_Piece] = []
    words: list[str] = []
    current = ["body", False]

    def flush() -> None:
        text = re.sub(r"[ \t\r\n\u00a0]+", " ", "".join(words).replace("\n", " "))
        text = "\n".join(line.strip() for line in text.replace("\x1e", "\n").split("\n")).strip()
        if text:
            pieces.append(_Piece(text, str(current[0]), bool(current[1])))
        words.clear()

    stack: list[tuple[str, Any, str, bool, int]] = [("open", tree, "body", False, 0)]
    while stack:
        step, node, tag, outside, depth = stack.pop()
        if step == "text":
            words.append(node)
            continue
        if step == "close":
            flush()
            current[:] = [tag, outside]
            continue
        name = node.tag if isinstance(node.tag, str) else ""
        if not name or name in _INVISIBLE or _hidden(node) or depth > _MAX_DEPTH:
            continue
        if name == "br":
            words.append("\x1e")
            continue
        is_block = name in _BLOCKS
        inner, inner_outside = tag, outside
        if is_block:
            flush()
            inner, inner_outside = name, outside or _is_outside(node, name)
            current[:] = [inner, inner_outside]
            stack.append(("close", None, tag, outside, depth))
        for child in reversed(node):
            if child.tail:
                stack.append(("text", child.tail, inner, inner_outside, depth))
            stack.append(("open", child, inner, inner_outside, depth + 1))
        if node.text:
            stack.append(("text", node.text, inner, inner_outside, depth))
    flush()
    return pieces


def _is_outside(node: Any, name: str) -> bool:
    """Whether an element stands outside the story; an article's own header is inside."""
    if name == "header":
        return all(parent.tag not in ("article", "main") for parent in node.iterancestors())
    return name in _OUTSIDE or node.get("role") in ("navigation", "banner", "complementary")


def _hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )


def _story(source: str, pieces: list[_Piece]) -> set[int]:
    """Places of the pieces that are story: what trafilatura located, and what lies between."""
    located = trafilatura.extract(
        source, include_comments=False, include_tables=True, favor_recall=True, fast=True
    )
    if not located:
        return {place for place, piece in enumerate(pieces) if not piece.outside}
    found = _squeezed(located)
    story = {
        place
        for place, piece in enumerate(pieces)
        if not piece.outside and _located(_squeezed(piece.text), found)
    }
    if story:
        for place in range(min(story), max(story)):
            piece = pieces[place]
            if not piece.outside and piece.tag in ("p", "blockquote", "li", "h2", "h3", "td", "th"):
                story.add(place)
        for place, piece in enumerate(pieces):
            if piece.tag == "h1" and not piece.outside:
                story.add(place)
    return story


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


def _role(piece: _Piece, story: bool) -> tuple[BlockKind, str]:
    reason = boilerplate_reason(piece.text)
    if reason:
        return BlockKind.BOILERPLATE, reason
    if not story and not is_byline(piece.text) and not is_date_line(piece.text):
        return BlockKind.BOILERPLATE, "outside the story"
    if is_byline(piece.text):
        return BlockKind.BYLINE, ""
    if is_date_line(piece.text):
        return BlockKind.DATELINE, ""
    if piece.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return BlockKind.HEADING, ""
    kinds = {
        "li": BlockKind.LIST_ITEM,
        "blockquote": BlockKind.QUOTE,
        "figcaption": BlockKind.CAPTION,
        "caption": BlockKind.CAPTION,
    }
    return kinds.get(piece.tag, BlockKind.PARAGRAPH), ""


def _same(text: str, title: str | None) -> bool:
    return title is not None and _squeezed(text) == _squeezed(title)


def _described(source: str, tree: Any) -> tuple[str | None, str | None, str | None, str | None]:
    """Title, outlet, byline and address: the page's own heading first, then its metadata."""
    data = trafilatura.extract_metadata(source)
    headings = tree.xpath("//article//h1 | //main//h1") or tree.xpath("//h1")
    heading = " ".join(headings[0].text_content().split()) if headings else ""
    if data is None:
        return heading or None, None, None, None
    return heading or data.title or None, data.sitename, data.author, data.url


def _published(tree: Any) -> tuple[str | None, str]:
    """The day of publication as the markup names it, and where."""
    for attribute, value in _DATE_FIELDS:
        for node in tree.iter("meta"):
            if (node.get(attribute) or "").lower() == value.lower() and node.get("content"):
                return node.get("content"), f"meta {value}"
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            date = _json_ld_date(script.text or "")
            if date:
                return date, "JSON-LD datePublished"
    for node in tree.iter("time"):
        if node.get("datetime"):
            return node.get("datetime"), "time element"
    found = find_date(tree, extensive_search=False, original_date=True)
    return (found, "date markup of the page") if found else (None, "")


def _json_ld_date(source: str) -> str | None:
    try:
        pending: list[Any] = [json.loads(source)]
    except (ValueError, RecursionError):
        return None
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            date = item.get("datePublished")
            if isinstance(date, str) and date:
                return date
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
    return None
