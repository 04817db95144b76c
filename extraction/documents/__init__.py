"""From bytes to articles: one module a format, behind one interface by MIME type.

A module is loaded when its format is met for the first time, and its libraries with it.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import cast

from extraction.documents import kinds
from extraction.documents.base import Parsed, Reader, all_readable
from extraction.documents.kinds import SUFFIXES
from extraction.documents.loading import MAX_BYTES, load_document, make_document, mime_of
from extraction.documents.places import Contents, Place, documents_in, look
from extraction.model import Article, Document, UnreadableDocument

READERS: dict[str, str] = {
    kinds.TEXT: "plain",
    kinds.MARKDOWN: "markdown",
    kinds.HTML: "html",
    kinds.MHTML: "mhtml",
    kinds.MAIL: "mail",
    kinds.PDF: "pdf",
    kinds.DOCX: "docx",
    kinds.ODT: "odt",
    kinds.RTF: "rtf",
    kinds.EPUB: "epub",
    kinds.JSON: "json",
    kinds.CSV: "table",
    kinds.RIS: "ris",
    kinds.WARC: "warc",
    kinds.ADDRESS: "address",
}
"""Modules of this package by the MIME type that their ``parse`` reads."""

__all__ = [
    "MAX_BYTES",
    "READERS",
    "SUFFIXES",
    "Contents",
    "Place",
    "documents_in",
    "load_document",
    "look",
    "make_document",
    "mime_of",
    "read_document",
]


def read_document(
    document: Document, *, published: date | None = None, undated: date | None = None
) -> Article:
    """Read an article from a document.

    ``published`` is a person's word on the day of publication and overrides what the file says;
    ``undated`` is the same for a document that carries no date of its own.
    Raises ``UnreadableDocument`` with the code ``unsupported``, ``binary``, ``encoding``,
    ``empty``, ``broken``, ``too-large``, ``bomb``, ``locked``, ``no-text-layer`` or ``pages``.
    """
    # Finding a date loads the rules of time, which a list of files does not need.
    from extraction.documents.language import language_of, rules_warning
    from extraction.documents.publication import changed_of, published_of

    module = READERS.get(document.mime)
    if module is None:
        raise UnreadableDocument(document.name, "unsupported", document.mime)
    reader = cast(Reader, import_module(f"extraction.documents.{module}").parse)
    parsed: Parsed = all_readable(reader(document))
    if not parsed.text.strip():
        raise UnreadableDocument(document.name, "empty")
    language, ground = language_of(parsed)
    grounds = tuple(pair for pair in parsed.grounds if pair[0] != "language")
    return Article(
        key=document.sha256,
        file=document.name,
        mime=document.mime,
        text=parsed.text,
        blocks=parsed.blocks,
        published=published_of(parsed, document, published, undated),
        title=parsed.title,
        outlet=parsed.outlet,
        byline=parsed.byline,
        language=language,
        url=parsed.url,
        warnings=(*parsed.warnings, *rules_warning(language)),
        changed=changed_of(parsed),
        grounds=(*grounds, ("language", ground)),
        parts=parsed.parts,
        within=document.within,
    )
