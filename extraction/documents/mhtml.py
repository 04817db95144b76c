"""Pages that a browser saved as one file (MHTML): the page in it, and the address it came from.

Pictures, scripts and frames that lie beside the page are left alone.
"""

from __future__ import annotations

from dataclasses import replace
from email.message import Message

from extraction.documents.base import Parsed
from extraction.documents.encoding import decode
from extraction.documents.html import declared_charset, parse_page
from extraction.documents.mail import (
    charset_of,
    date_of,
    header,
    message_of,
    parts_of,
    payload,
)
from extraction.documents.metadata import Head
from extraction.documents.saved import from_the_web
from extraction.model import Document, UnreadableDocument


def parse(document: Document) -> Parsed:
    """Read the first page of the file. Raises ``UnreadableDocument`` with ``broken``."""
    message = message_of(document.data, document.name)
    pages = [part for part in parts_of(message) if part.get_content_type() == _PAGE]
    pages = [part for part in pages if payload(part).strip()]
    if not pages:
        raise UnreadableDocument(document.name, "broken", "there is no page in it")
    page = _main(message, pages)
    data = payload(page)
    source, warnings = decode(
        replace(document, data=data), charset_of(page) or declared_charset(data)
    )
    parsed = parse_page(source, document.name, warnings)
    head = Head()
    address = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    if address.lower().startswith(("http://", "https://")):
        head.take("url", address, "address that the browser noted when it saved the page")
    return from_the_web(parsed, head, date_of(message), "day when the page was saved")


_PAGE = "text/html"


def _main(message: Message, pages: list[Message]) -> Message:
    """The page that was saved, among its frames."""
    address = header(message, "Snapshot-Content-Location")
    for page in pages:
        if address and header(page, "Content-Location") == address:
            return page
    return pages[0]
