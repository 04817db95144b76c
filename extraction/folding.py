"""Names compared over spellings: accents, hyphens, one alphabet written in another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from extraction import lexicon

_LETTERS = str.maketrans(
    {
        "ə": "a",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "'": "",
        "’": "",
        "ʼ": "",
        "`": "",
        ".": "",
    }
)
_NOT_WORD = re.compile(r"(?:[^\w&]|_)+")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")
_LEAST = 4  # letters below which two spellings are never taken for one name
_ALIKE = 82.0
_REMEMBERED = 60_000  # the names of a dossier of some 10,000 articles


@lru_cache(maxsize=_REMEMBERED)
def fold(name: str) -> str:
    """Small letters, no accents, no apostrophes, single spaces: ``"Gəncə"`` is ``"ganca"``."""
    low = name.casefold()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low.translate(_LETTERS))
        low = "".join(c for c in low if not unicodedata.combining(c)).casefold()
        low = unicodedata.normalize("NFKD", low)
    return _NOT_WORD.sub(" ", low.translate(_LETTERS)).strip()


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    table = lexicon.load("en", "places")["transliteration"]["order"]
    return tuple((str(a), str(b)) for a, b in table)


@lru_cache(maxsize=_REMEMBERED)
def sound(name: str) -> str:
    """A spelling that variants of transliteration share: Ganca, Ganja, Gyanja give one."""
    low = fold(name)
    for written, plain in _pairs():
        if written in low:
            low = low.replace(written, plain)
    return _TWICE.sub(r"\1", low)


@lru_cache(maxsize=_REMEMBERED)
def consonants(name: str) -> str:
    """The consonants of ``sound``: names that can be one stand in one block."""
    heard = sound(name)
    return heard[:1] + _VOWELS.sub("", heard[1:]) if heard else ""


def alike(one: str, other: str) -> bool:
    """Whether two written names can be one: same sound, or same consonants and close vowels."""
    if fold(one) == fold(other):
        return True
    heard_one, heard_other = sound(one), sound(other)
    if min(len(heard_one), len(heard_other)) < _LEAST:
        return False
    if heard_one == heard_other:
        return True
    return consonants(one) == consonants(other) and ratio(heard_one, heard_other) >= _ALIKE


def tie(names: Iterable[str], apart: Mapping[str, str] | None = None) -> dict[str, str]:
    """Each name to the first that is written like it; ``names`` in order of preference.

    ``apart`` maps folded names to what they are known to be: two that are known to be different
    are never tied (Niger, Nigeria). Near-linear: only names with the same consonants are compared.
    """
    known = apart or {}
    chosen: dict[str, str] = {}
    blocks: dict[str, list[str]] = {}
    for name in names:
        if name in chosen:
            continue
        block = blocks.setdefault(consonants(name), [])
        own = known.get(fold(name))
        for earlier in block:
            other = known.get(fold(earlier))
            if own is not None and other is not None:
                if own == other:
                    chosen[name] = earlier
                    break
                continue
            if alike(name, earlier):
                chosen[name] = earlier
                break
        else:
            block.append(name)
            chosen[name] = name
    return chosen
