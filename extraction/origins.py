"""Which articles are copies of one text: a wire story in five outlets is one origin, not five.

MinHash with locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman and Ullman, *Mining of
Massive Datasets*, chapter 3) over runs of five words, verified exactly. Written here with NumPy:
the library for it brings SciPy along, which is larger than all the rest of this program.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from hashlib import blake2b, sha256

import numpy as np
from numpy.typing import NDArray

from extraction.model import Article, BlockKind

ENOUGH = 0.6
"""Share of the shorter text's runs that stand in the longer one, from which it is a copy."""

_RUN = 5
_FEWEST_RUNS = 20
_ROWS, _BANDS = 3, 42
_MOST_COMPARED = 8
_CHUNK = 4096
_WORD = re.compile(r"\w+")
_SILENT = frozenset(
    {BlockKind.BOILERPLATE, BlockKind.METADATA, BlockKind.BYLINE, BlockKind.DATELINE}
)

Runs = NDArray[np.uint64]

_random = np.random.default_rng(20_211)
_FACTORS = _random.integers(1, 2**63, _ROWS * _BANDS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _random.integers(0, 2**63, _ROWS * _BANDS, dtype=np.uint64)
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


def group_origins(texts: Sequence[str]) -> tuple[int, ...]:
    """For each text the index of the first text of the same origin; its own where it is alone.

    A copy is found where at least a third of both texts together is shared word by word (nine times
    in ten at two fifths); of that, ``ENOUGH`` of the shorter one must stand in the longer. Texts of
    less than some 25 words are of one origin only where their words are the same. Copies of copies
    are of one origin. Time and memory grow linearly.
    """
    origins = list(range(len(texts)))
    runs: list[Runs] = []
    buckets: dict[tuple[int, int], list[int]] = {}
    exact: dict[bytes, int] = {}
    for index, text in enumerate(texts):
        words = _hashed(text)
        own = _runs_of(words)
        runs.append(own)
        whole = blake2b(words.tobytes(), digest_size=16).digest()
        if whole in exact:
            _join(origins, exact[whole], index)
            continue
        exact[whole] = index
        if len(own) < _FEWEST_RUNS:
            continue
        compared: set[int] = set()
        for key in _bands(own):
            bucket = buckets.setdefault(key, [])
            for other in bucket:
                if other not in compared:
                    compared.add(other)
                    if _find(origins, other) != _find(origins, index) and (
                        _shared(runs[other], own) >= ENOUGH
                    ):
                        _join(origins, other, index)
            # copies of one text need not all stand in a bucket
            if len(bucket) < _MOST_COMPARED:
                bucket.append(index)
    return tuple(_find(origins, index) for index in range(len(texts)))


def shared(first: str, second: str) -> float:
    """Share of the shorter text's runs of five words that stand in the other one, 0 to 1."""
    return _shared(_runs_of(_hashed(first)), _runs_of(_hashed(second)))


def _hashed(text: str) -> Runs:
    """A number for each word, the same for the same word in any case."""
    known: dict[str, int] = {}
    numbers = []
    for word in _WORD.findall(text.lower()):
        number = known.get(word)
        if number is None:
            number = known[word] = zlib.crc32(word.encode("utf-8", "replace")) + 1
        numbers.append(number)
    return np.array(numbers, dtype=np.uint64)


def _runs_of(words: Runs) -> Runs:
    """The different runs of five words, sorted."""
    count = len(words) - _RUN + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    total = np.zeros(count, dtype=np.uint64)
    for place in range(_RUN):
        total += words[place : place + count] * _POWERS[place]
    return np.unique(total)


def _bands(runs: Runs) -> list[tuple[int, int]]:
    """Keys of the buckets of a text: the least of its runs under many orders, by bands."""
    least = np.full(_ROWS * _BANDS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(runs), _CHUNK):
        part = runs[start : start + _CHUNK, None] * _FACTORS + _OFFSETS
        part ^= part >> np.uint64(29)
        least = np.minimum(least, part.min(axis=0))
    rows = least.reshape(_BANDS, _ROWS)
    return [(band, hash(row.tobytes())) for band, row in enumerate(rows)]


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
