"""Word documents: paragraphs, lists, tables, text boxes, footnotes and endnotes.

python-docx opens the package and knows its styles; the body is walked here, because it passes over
tracked insertions, content controls and text boxes. Deleted text is not part of the document.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import docx
from docx.oxml.ns import qn

from extraction.documents.base import Parsed
from extraction.documents.packed import flat, hostile, unpacked, xml_of
from extraction.documents.prose import Prose
from extraction.model import BlockKind, Document, UnreadableDocument

_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_PROPERTIES, _STYLE, _NUMBERED = qn("w:pPr"), qn("w:pStyle"), qn("w:numPr")
_VALUE, _ID = qn("w:val"), qn("w:id")
_BOX = qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    _P: "\n",
}
_SKIPPED = frozenset(
    {qn("w:instrText"), qn("w:delText"), _PROPERTIES, qn("w:rPr"), _BOX, _FALLBACK}
)
_THROUGH = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")})
_NOTES = (
    ("footnotes", qn("w:footnote"), qn("w:footnoteReference"), ""),
    ("endnotes", qn("w:endnote"), qn("w:endnoteReference"), "e"),
)
_NOBODY = frozenset({"", "python-docx", "admin", "administrator", "user", "author", "unknown"})


def parse(document: Document) -> Parsed:
    """Read a Word document. Raises ``UnreadableDocument`` (``broken bomb locked too-large``)."""
    with unpacked(document) as archive, hostile(document.name):
        word = docx.Document(io.BytesIO(document.data))
        path = str(word.part.partname).lstrip("/")
        body = xml_of(archive, path, document.name).find(qn("w:body"))
        if body is None:
            raise UnreadableDocument(document.name, "broken", "it has no body")
        styles = {style.style_id: (style.name or "").lower() for style in word.styles}
        prose = Prose()
        _add_margins(word, prose)
        _add_blocks(body, styles, prose)
        if prose.full:
            raise UnreadableDocument(document.name, "too-large")
        _add_notes(word, body, archive, document.name, prose)
        _take_properties(word, prose)
        return prose.parsed()


def _inner(element: Any, *tags: str) -> Iterator[Any]:
    """Children of these kinds, those in content controls and insertions among them."""
    pending = list(reversed(element))
    while pending:
        child = pending.pop()
        if child.tag in tags:
            yield child
        elif child.tag in _THROUGH:
            pending += reversed(child)


def _add_blocks(body: Any, styles: dict[str, str], prose: Prose) -> None:
    pending = list(_inner(body, _P, _TABLE))[::-1]
    while pending and not prose.full:
        item = pending.pop()
        if item.tag == _P:
            prose.add(flat(item, _BREAKS, _SKIPPED), _kind(item, styles))
            later = [block for box in _boxes(item) for block in _inner(box, _P, _TABLE)]
        elif item.tag == _ROW:
            cells = list(_inner(item, _CELL))
            if prose.add_row([flat(cell, _BREAKS, _SKIPPED) for cell in cells]):
                continue
            later = [block for cell in cells for block in _inner(cell, _P, _TABLE)]
        else:
            later = list(_inner(item, _ROW))
        pending += reversed(later)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes that hang on a paragraph, without the copies for older programs."""
    pending = list(reversed(paragraph))
    while pending:
        child = pending.pop()
        if child.tag == _BOX:
            yield child
        elif child.tag != _FALLBACK:
            pending += reversed(child)


def _kind(paragraph: Any, styles: dict[str, str]) -> BlockKind:
    properties = paragraph.find(_PROPERTIES)
    style = ""
    if properties is not None:
        named = properties.find(_STYLE)
        style = styles.get(named.get(_VALUE, ""), "") if named is not None else ""
    if style == "title":
        return BlockKind.TITLE
    if style.startswith("heading") or style == "subtitle":
        return BlockKind.HEADING
    if style.startswith("list") or (
        properties is not None and properties.find(_NUMBERED) is not None
    ):
        return BlockKind.LIST_ITEM
    if "quote" in style:
        return BlockKind.QUOTE
    return BlockKind.CAPTION if style == "caption" else BlockKind.PARAGRAPH


def _add_notes(word: Any, body: Any, archive: zipfile.ZipFile, name: str, prose: Prose) -> None:
    """Notes in the order in which the text refers to them, numbered as a reader sees them."""
    for kind, tag, reference, letter in _NOTES:
        paths = [
            str(rel.target_part.partname).lstrip("/")
            for rel in word.part.rels.values()
            if rel.reltype.endswith(f"/{kind}") and not rel.is_external
        ]
        if not paths:
            continue
        notes = {note.get(_ID): note for note in xml_of(archive, paths[0], name).iter(tag)}
        for number, mark in enumerate(body.iter(reference), 1):
            note = notes.pop(mark.get(_ID), None)
            if note is not None:
                prose.add_note(f"{letter}{number}", flat(note, _BREAKS, _SKIPPED))


def _add_margins(word: Any, prose: Prose) -> None:
    seen: set[str] = set()
    for section in word.sections:
        for margin in (section.header, section.footer):
            # to ask one that is not there for its paragraphs would create it
            if margin.is_linked_to_previous:
                continue
            text = "\n".join(paragraph.text for paragraph in margin.paragraphs)
            if text.strip() and text not in seen:
                seen.add(text)
                prose.add(text, BlockKind.BOILERPLATE, "running head")


def _take_properties(word: Any, prose: Prose) -> None:
    properties = word.core_properties
    for field, value, key in (
        ("title", properties.title, "title"),
        ("byline", _somebody(properties.author), "author"),
        ("language", properties.language, "language"),
        ("property", _day(properties.created), "created"),
        ("changed", _day(properties.modified), "modified"),
    ):
        if value:
            prose.head.take(field, value, f"document property {key}")


def _somebody(name: str) -> str:
    return "" if name.strip().lower() in _NOBODY else name


def _day(when: datetime | None) -> str:
    return when.date().isoformat() if when is not None else ""
