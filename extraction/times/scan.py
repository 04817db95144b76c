"""Words, figures and marks with their offsets, cut finer than the tokens of a sentence.

``mid-1990s`` is four pieces here: the grammar of time looks inside of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_PAD = 8


class Pieces(msgspec.Struct):
    """Parallel lists, padded with empty strings so that a look ahead needs no check.

    Between blocks stands a piece ``"\\n"``: no expression runs over it.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    count: int

    def glued(self, index: int) -> bool:
        """Whether the piece follows the one before it without a space."""
        return index > 0 and self.starts[index] == self.ends[index - 1]


def scan(text: str, ranges: Iterable[tuple[int, int]]) -> Pieces:
    """Cut those ranges of the text into pieces."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for begin, end in ranges:
        spans = [match.span() for match in _PIECE.finditer(text, begin, end)]
        words += [text[first:last] for first, last in spans]
        starts += [first for first, _ in spans]
        ends += [last for _, last in spans]
        words.append("\n")
        starts.append(end)
        ends.append(end)
    count = len(words)
    words.extend([""] * _PAD)
    starts.extend([len(text)] * _PAD)
    ends.extend([len(text)] * _PAD)
    lower = [word.lower() for word in words]
    if "’" in lower or "‘" in lower:
        lower = ["'" if word in ("’", "‘") else word for word in lower]
    return Pieces(text, words, lower, starts, ends, count)
