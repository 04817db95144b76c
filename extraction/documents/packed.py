"""Documents that are ZIP files (Word, OpenDocument, EPUB), opened within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from extraction.model import Document, UnreadableDocument

MAX_UNPACKED = 256 * 2**20
MAX_MEMBERS = 20_000
MAX_RATIO = 250
_LARGE = 4 * 2**20
_PROTECTED = b"\xd0\xcf\x11\xe0"


@contextmanager
def hostile(name: str) -> Iterator[None]:
    """Around a library that reads what somebody else wrote: whatever it raises is ``broken``."""
    try:
        yield
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:200]
        raise UnreadableDocument(name, "broken", detail) from None


@contextmanager
def unpacked(document: Document) -> Iterator[zipfile.ZipFile]:
    """The ZIP file of a document. Raises ``UnreadableDocument`` (``broken bomb locked``)."""
    if document.data.startswith(_PROTECTED):
        raise UnreadableDocument(document.name, "locked")
    with hostile(document.name), zipfile.ZipFile(io.BytesIO(document.data)) as archive:
        infos = archive.infolist()
        large = [info for info in infos if info.file_size > _LARGE]
        if (
            len(infos) > MAX_MEMBERS
            or sum(info.file_size for info in infos) > MAX_UNPACKED
            or any(info.file_size > MAX_RATIO * max(1, info.compress_size) for info in large)
        ):
            raise UnreadableDocument(document.name, "bomb")
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableDocument(document.name, "locked")
        yield archive


def xml_of(archive: zipfile.ZipFile, member: str, name: str) -> Any:
    """The root of an XML member, read without entities.

    Raises ``UnreadableDocument`` (``broken``), also where it defines entities of its own.
    """
    try:
        return ElementTree.fromstring(archive.read(member))
    except DefusedXmlException:
        raise UnreadableDocument(name, "broken", "its XML defines entities") from None
    except (ElementTree.ParseError, KeyError, zipfile.BadZipFile, zlib.error, ValueError) as error:
        raise UnreadableDocument(name, "broken", f"{member}: {error}"[:200]) from None


def flat(element: Any, breaks: Mapping[str, str], skipped: Container[str]) -> str:
    """Text below an element: tags in ``breaks`` stand for text, ``skipped`` ones are left out."""
    words: list[str] = []
    stack: list[tuple[bool, Any]] = [(True, element)]
    while stack:
        opening, item = stack.pop()
        if not opening:
            words.append(item)
            continue
        tag = item.tag
        if not isinstance(tag, str) or (tag in skipped and item is not element):
            continue
        words.append(breaks.get(tag, ""))
        for child in reversed(item):
            if child.tail:
                stack.append((False, child.tail))
            stack.append((True, child))
        if item.text:
            words.append(item.text)
    return "".join(words)
