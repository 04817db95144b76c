"""The visible text of an HTML page by blocks. Nothing is executed, loaded or expanded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from extraction.model import BlockKind, UnreadableDocument

_INVISIBLE = frozenset(
    "script style noscript template head iframe object embed video audio canvas svg math "
    "select option datalist textarea input map frame frameset applet".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul caption button label".split()
)
_CELLS = frozenset(("td", "th"))
_OUTSIDE = frozenset("nav footer aside form header button label".split())
_PLAIN = frozenset(("p", "div"))
_MARKS = frozenset(("a", "sup"))
_MOST_IN_MARK = 4
_LABEL = re.compile(r"\d{1,3}|[a-z*†‡]")
_LONGEST_ROW = 400
_LONGEST_CELL = 80
_LONGEST_LINK = 1000
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "tr": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
}


@dataclass(slots=True)
class Piece:
    """A visible block before its role is known; ``entry`` is the live-blog entry it stands in,
    ``linked`` the letters of its text that are links.
    """

    text: str
    tag: str
    outside: bool = False
    entry: int | None = None
    linked: int = 0

    @property
    def kind(self) -> BlockKind:
        """What its element makes of it."""
        return _KINDS.get(self.tag, BlockKind.PARAGRAPH)


def tree_of(source: str, name: str) -> Any:
    """Parse a page. Raises ``UnreadableDocument`` (``broken``) where there is none."""
    # huge_tree: else a long text or a deep page is cut off in silence
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True
    )
    try:
        # surrogates cannot stand in UTF-8 and an XML declaration would override the encoding
        tree = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(name, "broken", str(error)) from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableDocument(name, "broken", "its elements are nested too deep")
    return tree


def pieces_of(tree: Any, entries: Mapping[Any, int] | None = None) -> list[Piece]:
    """Visible text by block element, in document order. ``entries`` number live-blog entries."""
    walk = _Walk(entries or {})
    walk.over(tree)
    return walk.pieces


@dataclass(frozen=True, slots=True)
class _Where:
    tag: str = "body"
    outside: bool = False
    entry: int | None = None


class _Walk:
    """An explicit stack, for pages may be nested deeper than Python may call."""

    def __init__(self, entries: Mapping[Any, int]) -> None:
        self.pieces: list[Piece] = []
        self._entries = entries
        self._words: list[str] = []
        self._linked = 0
        self._at = _Where()

    def over(self, tree: Any) -> None:
        stack: list[tuple[str, Any, _Where]] = [("open", tree, self._at)]
        while stack:
            step, node, where = stack.pop()
            if step == "text":
                self._words.append(node)
            elif step == "close":
                self._flush()
                self._at = where
            elif self._is_visible(node):
                stack += self._opened(node, where)
        self._flush()

    def _is_visible(self, node: Any) -> bool:
        name = node.tag if isinstance(node.tag, str) else ""
        return bool(name) and name not in _INVISIBLE and not _hidden(node)

    def _opened(self, node: Any, where: _Where) -> list[tuple[str, Any, _Where]]:
        """What comes after the start of an element, last first."""
        name = node.tag
        if name == "br":
            self._words.append("\x1e")
            return []
        if name == "a":
            self._linked += sum(map(str.isalnum, "".join(node.itertext())[:_LONGEST_LINK]))
        later: list[tuple[str, Any, _Where]] = []
        entry = self._entries.get(node, where.entry)
        inner = _Where(where.tag, where.outside, entry)
        # the time of an entry stands on a line of its own
        if name in _BLOCKS or (name == "time" and entry is not None):
            self._flush()
            # What Word and its kin write into an item of a list is the item.
            tag = where.tag if name in _PLAIN and where.tag == "li" else name
            inner = _Where(tag, where.outside or _is_outside(node, name), entry)
            self._at = inner
            later.append(("close", None, where))
            row = _row_of(node) if name == "tr" else ""
            if row:
                self._words.append(row)
                return later
        for child in reversed(node):
            if child.tail:
                later.append(("text", child.tail, inner))
            mark = _note_mark(child)
            later.append(("text", mark, inner) if mark else ("open", child, inner))
        if node.text:
            later.append(("text", node.text, inner))
        return later

    def _flush(self) -> None:
        if not self._words:
            return
        text = "".join(self._words).replace("\n", " ")
        self._words.clear()
        text = re.sub(r"[ \t\r\u00a0]+", " ", text)
        text = "\n".join(line.strip() for line in text.split("\x1e")).strip()
        linked, self._linked = self._linked, 0
        at = self._at
        # Two breaks are how old pages end a paragraph.
        parts = [part for part in re.split(r"\n{2,}", text) if part]
        for part in parts:
            self.pieces.append(
                Piece(part, at.tag, at.outside, at.entry, linked if len(parts) == 1 else 0)
            )


def _note_mark(node: Any) -> str:
    """``[1]`` for a raised or linked 1 that leads to a note: it is no word of its sentence."""
    if node.tag not in _MARKS:
        return ""
    label = "".join(node.itertext()).strip() if len(node) < _MOST_IN_MARK else ""
    links = [link.get("href") or "" for link in node.iter("a")]
    if not _LABEL.fullmatch(label) or not any("#" in link for link in links):
        return ""
    return f"[{label}]"


def _row_of(row: Any) -> str:
    """The cells of a row of data in one line; empty where the table only lays out the page."""
    cells = []
    for cell in row:
        if cell.tag not in _CELLS:
            return ""
        inner = [node.tag for node in cell.iterdescendants() if isinstance(node.tag, str)]
        blocks = [tag for tag in inner if tag in _BLOCKS]
        if _INVISIBLE.intersection(inner) or not _PLAIN.issuperset(blocks) or len(blocks) > 1:
            return ""
        if blocks and len("".join(cell.itertext()).strip()) > _LONGEST_CELL:
            return ""
        if not _hidden(cell):
            cells.append(" ".join("".join(cell.itertext()).split()))
    cells = [cell for cell in cells if cell]
    whole = " | ".join(cells)
    return whole if len(cells) > 1 and len(whole) <= _LONGEST_ROW else ""


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
