"""Web archives (WARC): each page that was fetched whole is a document, with its address and day.

Only what can be read as an article is taken: pages, PDF and text files that came with status 200.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator

from extraction.documents import kinds
from extraction.documents.base import Parsed, Reader
from extraction.documents.encoded import unpacked_body
from extraction.documents.encoding import decode
from extraction.documents.html import declared_charset, parse_page
from extraction.documents.loading import limit_of
from extraction.documents.metadata import Head
from extraction.documents.packed import hostile
from extraction.documents.places import Loaded, Member
from extraction.documents.saved import from_the_web
from extraction.model import Document, UnreadableDocument

_TAKEN = ("response", "resource", "conversion")
_READERS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "plain",
    kinds.DOCX: "docx",
    kinds.ODT: "odt",
    kinds.EPUB: "epub",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
}
READABLE = frozenset(_READERS)
"""Content types of records that are read."""

_NO_ARTICLES = ("/robots.txt", "/ads.txt", "/security.txt")
_LONGEST_NAME = 300


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """The records that hold a page, by the bytes that each takes."""
    file.seek(0)
    with hostile(name):
        records = ArchiveIterator(file)
        for record in records:
            kind, _ = _content_type(record)
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            taken = (
                record.rec_type in _TAKEN
                and kind in _READERS
                and _was_fetched(record)
                and not address.lower().endswith(_NO_ARTICLES)
            )
            start, length = records.get_record_offset(), records.get_record_length()
            if length <= 0:
                raise UnreadableDocument(name, "broken", "records are not compressed one by one")
            if taken:
                yield Member(f"{start} {length}", address[:_LONGEST_NAME] or f"record at {start}")


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """One record as it stands in the archive, compressed or not."""
    start, length = map(int, token.split(" "))
    if length > limit_of(kinds.WARC):
        raise UnreadableDocument(name, "too-large", str(length))
    file.seek(start)
    data = file.read(length)
    return Loaded(data, kinds.WARC, moment_of(data), single=True)


def parse(document: Document) -> Parsed:
    """Read the first record as the kind of file that it holds.

    Raises ``UnreadableDocument`` (``broken too-large unsupported``) and as that kind's reader does.
    """
    with hostile(document.name):
        record = next(iter(ArchiveIterator(io.BytesIO(document.data))), None)
        if record is None:
            raise UnreadableDocument(document.name, "broken", "there is no record in it")
        kind, charset = _content_type(record)
        module = _READERS.get(kind)
        if module is None:
            raise UnreadableDocument(document.name, "unsupported", kind)
        limit = limit_of(kinds.PDF if module != "html" else kinds.HTML)
        # The library unpacks bodies without a bound and passes over where they are damaged.
        packing = _taken_out(record, "Content-Encoding")
        data = record.content_stream().read(limit + 1)
        if len(data) <= limit and getattr(record.raw_stream, "limit", 0) > 0:
            raise UnreadableDocument(document.name, "broken", "its end is missing")
        data = unpacked_body(data, packing, document.name, limit)
    if len(data) > limit:
        raise UnreadableDocument(document.name, "too-large", str(len(data)))
    if not data.strip():
        raise UnreadableDocument(document.name, "empty")
    head = Head()
    head.take(
        "url", record.rec_headers.get_header("WARC-Target-URI") or "", "address in the web archive"
    )
    archived = (record.rec_headers.get_header("WARC-Date") or "")[:10]
    inner = replace(document, data=data, mime=kind)
    if module == "html":
        source, warnings = decode(inner, charset or declared_charset(data))
        parsed = parse_page(source, document.name, warnings)
    else:
        reader = cast(Reader, import_module(f"extraction.documents.{module}").parse)
        parsed = reader(inner)
    return from_the_web(parsed, head, archived, "day when the page was archived")


def moment_of(data: bytes) -> datetime | None:
    """When a record was made, which is nearer to the page than the age of the archive."""
    with suppress(Exception):
        record = next(iter(ArchiveIterator(io.BytesIO(data), no_record_parse=True)), None)
        written = (record.rec_headers.get_header("WARC-Date") or "") if record else ""
        return datetime.fromisoformat(written[:19])
    return None


def _taken_out(record: Any, name: str) -> str:
    """A header field of the answer, which it has no longer then."""
    headers = record.http_headers
    found = headers.get_header(name) if headers is not None else None
    if found:
        headers.remove_header(name)
    return found or ""


def _was_fetched(record: Any) -> bool:
    return record.http_headers is None or record.http_headers.get_statuscode() == "200"


def _content_type(record: Any) -> tuple[str, str | None]:
    headers = record.http_headers or record.rec_headers
    whole = headers.get_header("Content-Type") or ""
    kind, _, rest = whole.partition(";")
    _, mark, charset = rest.partition("charset=")
    if kind.strip().lower() not in _READERS:
        kind = record.rec_headers.get_header("WARC-Identified-Payload-Type") or kind
    return kind.strip().lower(), charset.strip(" \"';")[:40] or None if mark else None
