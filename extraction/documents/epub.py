"""EPUB books and magazines: the chapters in their order, each known by its file."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from extraction.documents.base import Parsed, TextBuilder
from extraction.documents.boilerplate import boilerplate_reason
from extraction.documents.encoding import decode
from extraction.documents.html import declared_charset
from extraction.documents.markup import pieces_of, tree_of
from extraction.documents.metadata import Head
from extraction.documents.packed import hostile, unpacked, xml_of
from extraction.documents.prose import MAX_CHARS
from extraction.model import BlockKind, Document, PartKind, UnreadableDocument

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html")


def parse(document: Document) -> Parsed:
    """Read an EPUB file. Raises ``UnreadableDocument`` (``broken bomb locked too-large``)."""
    with unpacked(document) as archive, hostile(document.name):
        package = _package_path(archive, document.name)
        root = xml_of(archive, package, document.name)
        head = Head()
        _take_metadata(root, head)
        builder = TextBuilder()
        titled = False
        for path, is_contents in _chapters(root, package):
            start = builder.length
            for text, kind in _pieces(archive, path, document):
                reason = boilerplate_reason(text)
                if is_contents or reason:
                    kind, reason = BlockKind.BOILERPLATE, reason or "table of contents"
                elif kind is BlockKind.HEADING and not titled and text == head.get("title"):
                    kind, titled = BlockKind.TITLE, True
                builder.add(text, kind, reason)
            if builder.length > MAX_CHARS:
                raise UnreadableDocument(document.name, "too-large")
            _mark(builder, start, path)
        text, blocks = builder.build()
        return head.parsed(text, blocks, (), builder.parts)


def _mark(builder: TextBuilder, start: int, path: str) -> None:
    if builder.length > start:
        # what was added begins behind the empty line that parts it from what was before
        builder.mark(start + 2 if start else 0, builder.length, PartKind.CHAPTER, path)


def _package_path(archive: zipfile.ZipFile, name: str) -> str:
    root = xml_of(archive, "META-INF/container.xml", name)
    for element in root.iter(f"{_CONTAINER}rootfile"):
        path = element.get("full-path", "")
        if path:
            return str(path)
    raise UnreadableDocument(name, "broken", "it names no package")


def _chapters(root: Any, package: str) -> Iterator[tuple[str, bool]]:
    """Paths in reading order, with whether it is the table of contents."""
    folder = posixpath.dirname(package)
    items = {
        item.get("id"): item
        for item in root.iter(f"{_OPF}item")
        if item.get("media-type") in _PAGES and item.get("href")
    }
    seen: set[str] = set()
    for reference in root.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None:
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href"))))
        if path not in seen:
            seen.add(path)
            yield path, "nav" in item.get("properties", "").split()


def _pieces(archive: zipfile.ZipFile, path: str, document: Document) -> list[tuple[str, BlockKind]]:
    try:
        data = archive.read(path)
    except KeyError:
        return []
    if not data.strip():
        return []
    source, _ = decode(replace(document, data=data), declared_charset(data))
    return [(piece.text, piece.kind) for piece in pieces_of(tree_of(source, document.name))]


def _take_metadata(root: Any, head: Head) -> None:
    for field, tag in (
        ("title", "title"),
        ("byline", "creator"),
        ("outlet", "publisher"),
        ("language", "language"),
        ("date", "date"),
        ("url", "source"),
    ):
        for element in root.iter(f"{_DC}{tag}"):
            value = (element.text or "").strip()
            if value and (field != "url" or value.startswith(("http://", "https://"))):
                head.take(field, value, f"EPUB metadata dc:{tag}")
    for element in root.iter(f"{_OPF}meta"):
        if element.get("property") == "dcterms:modified":
            head.take("changed", element.text or "", "EPUB metadata dcterms:modified")
