"""From bytes to articles: one module a format, behind one interface by MIME type."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from extraction.documents import html, markdown, plain
from extraction.documents.base import Parsed, Reader
from extraction.documents.loading import MAX_BYTES, load_document, make_document, mime_of
from extraction.documents.publication import published_of
from extraction.model import Article, Document, UnreadableDocument

READERS: dict[str, Reader] = {
    "text/plain": plain.parse,
    "text/markdown": markdown.parse,
    "text/html": html.parse,
}
SUFFIXES: tuple[str, ...] = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
"""Endings of files that a folder is searched for."""

__all__ = [
    "MAX_BYTES",
    "READERS",
    "SUFFIXES",
    "load_document",
    "make_document",
    "mime_of",
    "read_document",
]


def read_document(document: Document, *, published: date | None = None) -> Article:
    """Read an article from a document.

    ``published`` is a person's word on the day of publication and overrides what the file says.
    Raises ``UnreadableDocument`` with the code ``unsupported``, ``binary``, ``encoding``,
    ``empty`` or ``broken``.
    """
    reader = READERS.get(document.mime)
    if reader is None:
        raise UnreadableDocument(document.name, "unsupported", document.mime)
    parsed: Parsed = reader(document)
    if not parsed.text.strip():
        raise UnreadableDocument(document.name, "empty")
    article = Article(
        key=document.sha256,
        file=document.name,
        mime=document.mime,
        text=parsed.text,
        blocks=parsed.blocks,
        published=published_of(parsed, document, published),
        title=parsed.title,
        outlet=parsed.outlet,
        byline=parsed.byline,
        language=parsed.language,
        url=parsed.url,
        warnings=parsed.warnings,
    )
    if article.language is None:
        article = replace(article, language="en")
    return article
