"""``winmail.dat``, in which Outlook wraps what was attached (TNEF, MS-OXTNEF): its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from extraction.documents import kinds
from extraction.documents.places import Loaded, Member
from extraction.model import UnreadableDocument

_SIGNATURE = 0x223E9F78
_ATTACHMENT = 0x9002
_TITLE = 0x8010
_DATA = 0x800F
_HEAD = 9
_MOST = 2000


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """The files of kinds that can be read, by where their bytes lie."""
    title = ""
    for attribute, start, length in _attributes(file, name):
        if attribute == _ATTACHMENT:
            title = ""
        elif attribute == _TITLE:
            file.seek(start)
            words = file.read(min(length, 1000)).partition(b"\0")[0]
            title = words.decode("cp1252", "replace").replace("\\", "/").rpartition("/")[2]
        elif attribute == _DATA:
            label = title or f"attachment at {start}"
            suffix = kinds.suffix_of(label)
            if not suffix or suffix in kinds.SUFFIXES:
                yield Member(f"{start} {length}", label)


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """The bytes of one file."""
    start, length = map(int, token.split(" "))
    file.seek(start)
    head = file.read(min(length, kinds.HEAD))
    if length > limit(head):
        raise UnreadableDocument(name, "too-large", str(length))
    return Loaded(head + file.read(length - len(head)))


def _attributes(file: BinaryIO, name: str) -> Iterator[tuple[int, int, int]]:
    """(number, start, length) of each attribute; ends where the file is damaged."""
    size = file.seek(0, 2)
    file.seek(0)
    if int.from_bytes(file.read(4), "little") != _SIGNATURE:
        raise UnreadableDocument(name, "broken", "it does not begin as winmail.dat does")
    at = 6
    for _ in range(_MOST):
        file.seek(at)
        head = file.read(_HEAD)
        if not head:
            return
        number = int.from_bytes(head[1:3], "little")
        length = int.from_bytes(head[5:9], "little")
        if len(head) < _HEAD or at + _HEAD + length > size:
            raise UnreadableDocument(name, "broken", "its end is missing")
        yield number, at + _HEAD, length
        # a check sum of two bytes follows
        at += _HEAD + length + 2
