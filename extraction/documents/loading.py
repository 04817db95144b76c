"""Files into documents: bounded, regular files only, kind by content first and name second."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import datetime
from pathlib import Path, PurePath

from extraction.model import Document, UnreadableDocument

MAX_BYTES = 16 * 1024 * 1024
"""No article is larger; what is, is an archive or a mistake."""

_BY_SUFFIX = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"\x7fELF", "application/x-executable"),
)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")


def mime_of(data: bytes, name: str) -> str:
    """MIME type by the first bytes, then by the name; ``text/plain`` where neither tells."""
    for signature, mime in _SIGNATURES:
        if data.startswith(signature):
            return mime
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<?xml"):
        head = head[head.find(b"?>") + 2 :].lstrip()
    while head.startswith(b"<!--"):
        end = head.find(b"-->")
        if end < 0:
            break
        head = head[end + 3 :].lstrip()
    if head.startswith(_HTML_STARTS):
        return "text/html"
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), "text/plain")


def make_document(
    data: bytes, name: str, *, modified: datetime | None = None, path: str | None = None
) -> Document:
    """A document from bytes that are already in memory (clipboard, archive)."""
    return Document(
        name=name,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        mime=mime_of(data, name),
        modified=modified,
        path=path,
    )


def load_document(path: str | os.PathLike[str]) -> Document:
    """Read a file from disk.

    Raises ``UnreadableDocument`` with the code ``missing``, ``unreadable`` (no permission, no
    regular file, changed while it was read), ``too-large`` or ``empty``.
    """
    place = Path(path)
    try:
        # O_NONBLOCK: opening a FIFO that nobody writes to must not hang.
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _O_BINARY)
    except FileNotFoundError:
        raise UnreadableDocument(place.name, "missing", str(place)) from None
    except OSError as error:
        raise UnreadableDocument(place.name, "unreadable", error.strerror or str(error)) from None
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        os.close(handle)
        raise UnreadableDocument(place.name, "unreadable", "not a regular file")
    with os.fdopen(handle, "rb") as file:
        if before.st_size > MAX_BYTES:
            raise UnreadableDocument(place.name, "too-large", str(before.st_size))
        try:
            data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise UnreadableDocument(place.name, "unreadable", error.strerror or "") from None
        after = os.fstat(file.fileno())
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(place.name, "too-large", str(len(data)))
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise UnreadableDocument(place.name, "unreadable", "it changed while it was read")
    if not data.strip():
        raise UnreadableDocument(place.name, "empty")
    modified = datetime.fromtimestamp(after.st_mtime).replace(microsecond=0)
    return make_document(data, place.name, modified=modified, path=str(place))


_O_BINARY = getattr(os, "O_BINARY", 0)
