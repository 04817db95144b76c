"""The address of a page, alone or in a shortcut file: kept as such, for nothing is fetched here.

Shortcuts are those of Windows (``.url``), macOS (``.webloc``) and Linux (a desktop entry).
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO

from extraction.documents import kinds
from extraction.documents.base import Parsed, TextBuilder
from extraction.documents.metadata import Head
from extraction.documents.packed import hostile
from extraction.documents.places import Loaded, Member
from extraction.documents.saved import shown
from extraction.model import (
    BlockKind,
    DateBasis,
    Document,
    Precision,
    Published,
    UnreadableDocument,
)

ONLY_ADDRESS = "address-only"
"""Code of the warning that an article is only its address, which stands behind a colon."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)
_KEY = re.compile(r"^URL=(.*)$", re.MULTILINE | re.IGNORECASE)
_LONGEST_LIST = 4 * 2**20


def parse(document: Document) -> Parsed:
    """An article without a text: its address is all there is.

    Raises ``UnreadableDocument`` (``broken``, ``unsupported`` where it leads to no page).
    """
    words = document.data.decode("utf-8-sig", "replace").strip()
    address, title = words, ""
    if not _ADDRESS.fullmatch(words):
        address, title = _target(document, words), PurePath(document.name).stem
    if not _ADDRESS.fullmatch(address):
        raise UnreadableDocument(document.name, "unsupported", address[:80])
    head = Head()
    head.take("url", address, "the address that was kept")
    if title:
        head.take("title", title, "name of the shortcut")
    else:
        head.take("title", shown(address), "the address that was kept")
    builder = TextBuilder()
    builder.add(address, BlockKind.METADATA)
    text, blocks = builder.build()
    parsed = head.parsed(text, blocks, (f"{ONLY_ADDRESS}:{address}",))
    nothing = Published(
        None, None, Precision.DAY, DateBasis.NONE, (), ("nothing but the address is kept",)
    )
    return replace(parsed, published=nothing)


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """The addresses of a list, one a line, by the bytes that each takes."""
    file.seek(0)
    data = file.read(_LONGEST_LIST + 1)
    if len(data) > _LONGEST_LIST:
        raise UnreadableDocument(name, "too-large", str(len(data)))
    for found in re.finditer(rb"[^\r\n]+", data):
        line = found[0].decode("utf-8-sig", "replace").strip()
        if _ADDRESS.fullmatch(line):
            yield Member(f"{found.start()} {len(found[0])}", line[:300])


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """One line of the list."""
    start, length = map(int, token.split(" "))
    file.seek(start)
    return Loaded(file.read(length), kinds.ADDRESS, single=True)


def _target(document: Document, words: str) -> str:
    if kinds.suffix_of(document.name) == ".webloc":
        with hostile(document.name):
            return str(plistlib.loads(document.data).get("URL", ""))
    found = _KEY.search(words)
    return found[1].strip() if found else ""
