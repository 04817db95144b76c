"""Words, figures and marks with their offsets, cut finer than the tokens of a sentence.

``mid-1990s`` is four pieces here: the grammar of time looks inside of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from sys import intern

import msgspec

_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_PAD = 8
_APOSTROPHES = frozenset({"’", "‘"})
_MOST = 60_000  # stretches that are kept


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


# Stretches without white space and their pieces: offsets, word, small letters.
_known: dict[str, tuple[tuple[int, int, str, str], ...]] = {}


def _cut(stretch: str) -> tuple[tuple[int, int, str, str], ...]:
    if len(_known) >= _MOST:
        _known.clear()
    found = []
    for match in _PIECE.finditer(stretch):
        word = intern(match.group())
        found.append((*match.span(), word, "'" if word in _APOSTROPHES else intern(word.lower())))
    _known[stretch] = tuple(found)
    return _known[stretch]


def scan(text: str, ranges: Iterable[tuple[int, int]]) -> Pieces:
    """Cut those ranges of the text into pieces."""
    words: list[str] = []
    lower: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for begin, end in ranges:
        at = begin
        for stretch in text[begin:end].split():
            at = text.find(stretch, at)
            pieces = _known.get(stretch)
            if pieces is None:
                pieces = _cut(stretch)
            for first, last, word, low in pieces:
                words.append(word)
                lower.append(low)
                starts.append(at + first)
                ends.append(at + last)
            at += len(stretch)
        words.append("\n")
        lower.append("\n")
        starts.append(end)
        ends.append(end)
    count = len(words)
    words.extend([""] * _PAD)
    starts.extend([len(text)] * _PAD)
    ends.extend([len(text)] * _PAD)
    lower.extend([""] * _PAD)
    return Pieces(text, words, lower, starts, ends, count)
