"""Mailboxes (mbox): one message after the other, each begun by a line ``From …``.

Read by and by and never as a whole, for a mailbox may be larger than the memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import BinaryIO

from extraction.documents import kinds
from extraction.documents.loading import limit_of
from extraction.documents.places import Loaded, Member
from extraction.model import UnreadableDocument

_CHUNK = 4 << 20
_LONGEST = 4096
# The line and the field under it must lie near each other, so that they can be looked for together.
_BEGIN = re.compile(rb"\n\r?\n(?=From [^\n]{0,2000}\n[A-Za-z][A-Za-z0-9-]{0,60}:)")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """The messages in order, by the bytes that each takes."""
    bounds = [*_begins(file), file.seek(0, 2)]
    for number, (begin, end) in enumerate(pairwise(bounds), 1):
        yield Member(f"{begin} {end}", f"message {number}")


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """One message without its ``From`` line; lines that the mailbox quoted are put back."""
    begin, end = map(int, token.split())
    if end - begin > limit_of(kinds.MAIL):
        raise UnreadableDocument(name, "too-large", str(end - begin))
    file.seek(begin)
    return Loaded(_QUOTED.sub(rb"\1", file.read(end - begin).partition(b"\n")[2]), kinds.MAIL)


def _begins(file: BinaryIO) -> Iterator[int]:
    """Where messages begin: a line ``From …`` after an empty one, a header field under it."""
    file.seek(0)
    # As if an empty line stood before the first one.
    held, at, last = b"\n\n", -2, False
    while not last:
        chunk = file.read(_CHUNK)
        held += chunk
        last = len(chunk) < _CHUNK
        end = len(held) if last else max(len(held) - _LONGEST, 0)
        for match in _BEGIN.finditer(held):
            if match.start() >= end:
                break
            yield at + match.end()
        at += end
        held = held[end:]
