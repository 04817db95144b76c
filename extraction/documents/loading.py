"""Files into documents: bounded, regular files only, kind by content first and name second."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from extraction.documents import kinds
from extraction.documents.base import readable
from extraction.model import Container, Document, UnreadableDocument

MAX_BYTES = 16 * 1024 * 1024
"""No article of mere text is larger; what is, is an archive or a mistake."""

MAX_PACKED_BYTES = 128 * 1024 * 1024
"""The same for formats that hold pictures beside the text."""

MAX_MARKDOWN_BYTES = 4 * 1024 * 1024
"""A parsed Markdown file takes some hundred times its size in memory."""

_WITH_PICTURES = frozenset(
    {kinds.PDF, kinds.DOCX, kinds.ODT, kinds.EPUB, kinds.RTF, kinds.MHTML, kinds.MAIL, kinds.WARC}
)


def limit_of(kind: str) -> int:
    """Bytes that one document of a kind may have."""
    if kind == kinds.MARKDOWN:
        return MAX_MARKDOWN_BYTES
    return MAX_PACKED_BYTES if kind in _WITH_PICTURES else MAX_BYTES


def mime_of(data: bytes, name: str) -> str:
    """MIME type by the content, then by the name; ``text/plain`` where neither tells."""
    return kinds.kind_of(io.BytesIO(data), name)


def make_document(
    data: bytes,
    name: str,
    *,
    modified: datetime | None = None,
    path: str | None = None,
    mime: str | None = None,
    within: tuple[Container, ...] = (),
) -> Document:
    """A document from bytes that are already in memory (clipboard, archive)."""
    return Document(
        name=readable(name),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        mime=mime or mime_of(data, name),
        modified=modified,
        path=path,
        within=within,
    )


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A regular file, open for reading; that it did not change meanwhile is checked at the end.

    Raises ``UnreadableDocument`` with the code ``missing`` or ``unreadable`` (no permission, no
    regular file, changed while it was read, a failing disk).
    """
    place = Path(path)
    try:
        # O_NONBLOCK: opening a FIFO that nobody writes to must not hang.
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _O_BINARY)
    except FileNotFoundError:
        raise UnreadableDocument(place.name, "missing", str(place)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableDocument(place.name, "unreadable", reason) from None
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        os.close(handle)
        raise UnreadableDocument(place.name, "unreadable", "not a regular file")
    with os.fdopen(handle, "rb") as file:
        try:
            yield file
            after = os.fstat(handle)
        except OSError as error:
            raise UnreadableDocument(place.name, "unreadable", error.strerror or "") from None
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise UnreadableDocument(place.name, "unreadable", "it changed while it was read")


def load_document(path: str | os.PathLike[str]) -> Document:
    """Read a file from disk as one document, whatever it may contain.

    Raises ``UnreadableDocument`` with the codes of ``opened``, ``too-large`` or ``empty``.
    """
    with opened(path) as file:
        return read_whole(file, Path(path))


def read_whole(file: BinaryIO, place: Path) -> Document:
    """A document of all bytes of an open file. Raises as ``load_document`` does."""
    kind = kinds.kind_of(file, place.name)
    limit = limit_of(kind)
    info = os.fstat(file.fileno())
    if info.st_size > limit:
        raise UnreadableDocument(place.name, "too-large", str(info.st_size))
    data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableDocument(place.name, "too-large", str(len(data)))
    if not data.strip():
        raise UnreadableDocument(place.name, "empty")
    modified = datetime.fromtimestamp(info.st_mtime).replace(microsecond=0)
    return make_document(data, place.name, modified=modified, path=str(place), mime=kind)


def sha256_of(file: BinaryIO) -> str:
    """SHA-256 of an open file, which is left at its start."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


_O_BINARY = getattr(os, "O_BINARY", 0)
