"""Web archives packed with Zstandard (``.warc.zst``): one frame a record, perhaps with a dictionary
of its own in front, as IIPC's *Use of Zstandard compression in WARC* has it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import BinaryIO

import zstandard

from extraction.documents import kinds, warc
from extraction.documents.loading import limit_of
from extraction.documents.packed import hostile
from extraction.documents.places import Loaded, Member
from extraction.model import UnreadableDocument

_DICTIONARY = b"\x5d\x2a\x4d\x18"
_FRAME = b"\x28\xb5\x2f\xfd"
_LARGEST_DICTIONARY = 32 * 2**20
_WIDEST_WINDOW = 128 * 2**20
# So few that even these cannot unpack to more than some hundred megabytes.
_CHUNK = 1 << 12


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """The frames that hold a page, by the bytes that each takes."""
    file.seek(0)
    with hostile(name):
        at, dictionary = _dictionary(file)
        while True:
            record, length = _unpacked(file, at, dictionary, limit_of(kinds.WARC), name)
            if length == 0:
                return
            for found in warc.members(io.BytesIO(record), name):
                if isinstance(found, Member):
                    yield Member(f"{at} {length}", found.name)
            at += length


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """One record, unpacked: it can be read without the dictionary then."""
    at, _ = map(int, token.split(" "))
    with hostile(name):
        _, dictionary = _dictionary(file)
        record, _ = _unpacked(file, at, dictionary, limit_of(kinds.WARC), name)
    return Loaded(record, kinds.WARC, warc.moment_of(record), single=True)


def _dictionary(file: BinaryIO) -> tuple[int, bytes]:
    """Where the records begin, and the dictionary that stands in front of them."""
    file.seek(0)
    head = file.read(8)
    if not head.startswith(_DICTIONARY):
        return 0, b""
    size = int.from_bytes(head[4:], "little")
    if size > _LARGEST_DICTIONARY:
        raise ValueError("its dictionary is too large")
    data = file.read(size)
    if data.startswith(_FRAME):
        data = zstandard.ZstdDecompressor().decompress(data, _LARGEST_DICTIONARY)
    return 8 + size, data


@lru_cache(maxsize=2)
def _ready(dictionary: bytes) -> zstandard.ZstdDecompressor:
    known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdDecompressor(dict_data=known, max_window_size=_WIDEST_WINDOW)


def _unpacked(
    file: BinaryIO, at: int, dictionary: bytes, most: int, name: str
) -> tuple[bytes, int]:
    """The record of the frame at a place, and the bytes that the frame takes; 0 at the end."""
    work = _ready(dictionary).decompressobj()
    file.seek(at)
    parts: list[bytes] = []
    size = taken = 0
    while not work.eof:
        chunk = file.read(_CHUNK)
        if not chunk:
            if not taken:
                return b"", 0
            raise UnreadableDocument(name, "broken", "its end is missing")
        taken += len(chunk)
        part = work.decompress(chunk)
        parts.append(part)
        size += len(part)
        if size > most:
            raise UnreadableDocument(name, "too-large", str(size))
    return b"".join(parts), taken - len(work.unused_data)
