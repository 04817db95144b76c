"""OpenDocument texts: paragraphs, lists, tables and notes from ``content.xml``."""

from __future__ import annotations

from typing import Any

from extraction.documents.base import Parsed
from extraction.documents.metadata import Head
from extraction.documents.packed import flat, hostile, unpacked, xml_of
from extraction.documents.prose import Prose
from extraction.model import BlockKind, Document, UnreadableDocument

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_P, _H, _NOTE = f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}note"
_ROW, _CELL = f"{_TABLE}table-row", f"{_TABLE}table-cell"
_BOX = f"{_DRAW}text-box"
_BREAKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n", _P: "\n"}
_SKIPPED = frozenset({_NOTE, f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", _BOX})
_MOST_DEPTH = 60


def parse(document: Document) -> Parsed:
    """Read an ODT file. Raises ``UnreadableDocument`` (``broken bomb locked too-large``)."""
    with unpacked(document) as archive, hostile(document.name):
        names = set(archive.namelist())
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            raise UnreadableDocument(document.name, "locked")
        root = xml_of(archive, "content.xml", document.name)
        head = Head()
        prose = Prose(head)
        body = root.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise UnreadableDocument(document.name, "broken", "it holds no text")
        _walk(body, prose, document.name)
        for note in body.iter(_NOTE):
            label = note.findtext(f"{_TEXT}note-citation") or "*"
            inner = note.find(f"{_TEXT}note-body")
            if inner is not None:
                prose.add_note(label, flat(inner, _BREAKS, _SKIPPED))
        if "meta.xml" in names:
            _take_properties(xml_of(archive, "meta.xml", document.name), head)
        return prose.parsed()


def _walk(body: Any, prose: Prose, name: str) -> None:
    stack: list[tuple[Any, BlockKind, int]] = [(body, BlockKind.PARAGRAPH, 0)]
    while stack:
        element, kind, depth = stack.pop()
        tag = element.tag
        if tag in (_P, _H):
            style = element.get(f"{_TEXT}style-name", "")
            own = BlockKind.TITLE if style == "Title" else kind
            prose.add(flat(element, _BREAKS, _SKIPPED), BlockKind.HEADING if tag == _H else own)
            if prose.full:
                raise UnreadableDocument(name, "too-large")
            stack += [(box, kind, depth + 1) for box in reversed(list(element.iter(_BOX)))]
            continue
        if (tag in _SKIPPED and tag != _BOX) or depth > _MOST_DEPTH:
            continue
        if tag == _ROW and prose.add_row(
            [flat(cell, _BREAKS, _SKIPPED) for cell in element.iter(_CELL)]
        ):
            continue
        inner = BlockKind.LIST_ITEM if tag == f"{_TEXT}list-item" else kind
        stack += [(child, inner, depth + 1) for child in reversed(element)]


def _take_properties(meta: Any, head: Head) -> None:
    for field, tag, key in (
        ("title", f"{_DC}title", "title"),
        ("byline", f"{_META}initial-creator", "initial-creator"),
        ("byline", f"{_DC}creator", "creator"),
        ("language", f"{_DC}language", "language"),
        ("property", f"{_META}creation-date", "creation-date"),
        ("changed", f"{_DC}date", "date"),
    ):
        for element in meta.iter(tag):
            head.take(field, element.text or "", f"document property {key}")
