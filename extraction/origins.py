"""Which articles are copies of one text: a wire story in five outlets is one origin, not five.

Fingerprints of runs of five words, sampled by their hash (Manber 1994, *Finding similar files in a
large file system*; Broder 1997), find what may be a copy; the runs themselves decide. Written here
with NumPy: the library for MinHash brings SciPy along, which is larger than all the rest of this
program, and a hundred hashes a run cost ten times as much as the sample.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b, sha256

import numpy as np
from numpy.typing import NDArray

from extraction.model import Article, BlockKind

ENOUGH = 0.6
"""Share of the shorter text's runs that stand in the longer one, from which it is a copy."""

_RUN = 5
_FEWEST_RUNS = 20
_MOST_COMPARED = 8
# One run in so many is a fingerprint; short texts need more of theirs to be found.
_SPARSE, _DENSE = 16, 4
_SHORT = 200  # runs
_WORD = re.compile(r"\w+")
_SILENT = frozenset(
    {BlockKind.BOILERPLATE, BlockKind.METADATA, BlockKind.BYLINE, BlockKind.DATELINE}
)

Runs = NDArray[np.uint64]

_MIX = np.uint64(0xD6E8FEB86659FD93)
_POWERS = np.array([0x9E3779B97F4A7C15**power % 2**64 for power in range(_RUN)], dtype=np.uint64)


def story_of(article: Article) -> str:
    """What an article tells, without what stands around it on the page."""
    return "\n".join(
        article.text[block.start : block.end]
        for block in article.blocks
        if block.kind not in _SILENT
    )


def text_key(text: str) -> str:
    """SHA-256 of a text as it reads: the same for the same text from another kind of file.

    White space and the way that accents are encoded do not count.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return sha256(words.encode("utf-8", "replace")).hexdigest()


class Origins:
    """Texts that come in one by one, and which of them are of one origin.

    A copy is found where ``ENOUGH`` of the shorter text's runs stand in the longer one; of the
    shortest, some 25 words long, one in thirty is missed. Shorter ones are of one origin only
    where their words are the same. Copies of copies are of one origin. Time and memory grow
    linearly.
    """

    def __init__(self) -> None:
        self._origins: list[int] = []
        self._runs: list[Runs] = []
        self._texts_of: dict[int, list[int]] = {}
        self._exact: dict[bytes, int] = {}

    def add(self, text: str) -> None:
        """Take the next text; its index is how many came before."""
        index = len(self._origins)
        self._origins.append(index)
        words = _hashed(text)
        own = _runs_of(words)
        self._runs.append(own)
        whole = blake2b(words.tobytes(), digest_size=16).digest()
        if whole in self._exact:
            _join(self._origins, self._exact[whole], index)
            return
        self._exact[whole] = index
        if len(own) < _FEWEST_RUNS:
            return
        prints = _fingerprints(own)
        met = Counter(other for mark in prints for other in self._texts_of.get(mark, ()))
        for other, _ in met.most_common(_MOST_COMPARED):
            apart = _find(self._origins, other) != _find(self._origins, index)
            if apart and _shared(self._runs[other], own) >= ENOUGH:
                _join(self._origins, other, index)
        sparse = 2**64 // _SPARSE
        for mark in prints:
            if len(own) < _SHORT or mark < sparse:
                # copies of one text need not all stand under a fingerprint
                known = self._texts_of.setdefault(mark, [])
                if len(known) < _MOST_COMPARED:
                    known.append(index)

    def found(self) -> tuple[int, ...]:
        """For each text the index of the first of the same origin; its own where it is alone."""
        return tuple(_find(self._origins, index) for index in range(len(self._origins)))


def group_origins(texts: Sequence[str]) -> tuple[int, ...]:
    """What ``Origins`` finds among texts that are all there."""
    origins = Origins()
    for text in texts:
        origins.add(text)
    return origins.found()


def shared(first: str, second: str) -> float:
    """Share of the shorter text's runs of five words that stand in the other one, 0 to 1."""
    return _shared(_runs_of(_hashed(first)), _runs_of(_hashed(second)))


def _hashed(text: str) -> Runs:
    """A number for each word, the same for the same word in any case."""
    return np.array(list(map(_number, _WORD.findall(text.lower()))), dtype=np.uint64)


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace")) + 1


def _runs_of(words: Runs) -> Runs:
    """The different runs of five words, sorted."""
    count = len(words) - _RUN + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    total = np.zeros(count, dtype=np.uint64)
    for place in range(_RUN):
        total += words[place : place + count] * _POWERS[place]
    return np.unique(total)


def _fingerprints(runs: Runs) -> list[int]:
    """Hashes of the runs that stand for the text: the same runs in every text."""
    mixed = (runs ^ (runs >> np.uint64(32))) * _MIX
    mixed ^= mixed >> np.uint64(32)
    return [int(mark) for mark in mixed[mixed < np.uint64(2**64 // _DENSE)]]


def _shared(first: Runs, second: Runs) -> float:
    shorter = min(len(first), len(second))
    if shorter == 0:
        return 0.0
    return len(np.intersect1d(first, second, assume_unique=True)) / shorter


def _find(origins: list[int], index: int) -> int:
    while origins[index] != index:
        origins[index] = origins[origins[index]]
        index = origins[index]
    return index


def _join(origins: list[int], first: int, second: int) -> None:
    one, other = _find(origins, first), _find(origins, second)
    origins[max(one, other)] = min(one, other)
