"""Words that say something, cut to the stem that their forms share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from extraction import lexicon

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@cache
def _small_words() -> frozenset[str]:
    table = lexicon.load("en", "closed_class")
    found: set[str] = set()
    for key in table:
        value = table[key]
        if isinstance(value, str):
            found.update(value.split())
    own = lexicon.load("en", "event_labels")
    return frozenset(found) | lexicon.words(own, "empty", "event_labels.toml")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its commonest endings, enough to tie "shelled" to "shelling"."""
    low = word.lower().replace("’", "'")
    low = low.removesuffix("'s")
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    if len(low) > 4 and low[-1] == low[-2]:
        low = low[:-1]
    return low.rstrip("ey") if len(low) > 4 else low


@lru_cache(maxsize=200_000)
def _stems(stretch: str) -> tuple[str, ...]:
    """Stems of the words that say something in a stretch without white space."""
    return tuple(
        found
        for word in _WORD.findall(stretch)
        if len(word) > 2 and word.lower() not in _small_words() and (found := stem(word))
    )


def content_words(texts: Iterable[str]) -> frozenset[str]:
    """Stems of the words that say something."""
    return frozenset(
        [found for text in texts for stretch in text.split() for found in _stems(stretch)]
    )


def thing_words(target: str) -> frozenset[str]:
    """Stems of what something was done to, without the names that only say whose it is."""
    words = target.split()
    kept = []
    for word, after in zip(words, [*words[1:], ""], strict=False):
        model = _MODEL.match(after) is not None
        names = word[:1].isupper() and (model or (after[:1].islower() and after not in _SMALL))
        if not names:
            kept.append("aircraft" if _MODEL.match(word) else word)
    found = content_words(kept)
    craft = found & _aircraft()
    return (found - craft) | {stem("aircraft")} if craft else found


@cache
def _aircraft() -> frozenset[str]:
    table = lexicon.load("en", "happenings")["hardware"]
    return frozenset(stem(word) for word in lexicon.words(table, "aircraft", "happenings.toml"))


_MODEL = re.compile(r"[A-Z][A-Za-z]{0,3}-\d")  # "Ka-52"
_SMALL = frozenset({"of", "and", "in", "on", "at", "for"})


@cache
def _hardware() -> frozenset[str]:
    table = lexicon.load("en", "happenings")["hardware"]
    return frozenset(stem(word) for word in lexicon.words(table, "words", "happenings.toml"))


def is_hardware(things: frozenset[str]) -> bool:
    """Whether arms were struck."""
    return bool(things & _hardware())


def unlike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether of two targets one is arms and the other is not: they are two deeds."""
    if not one or not other or one & other:
        return False
    return is_hardware(one) != is_hardware(other)


@cache
def anybody() -> frozenset[str]:
    """Stems of what stands for all that could be struck: "its territory", "civilians"."""
    table = lexicon.load("en", "happenings")["anything"]
    return frozenset(stem(word) for word in lexicon.words(table, "words", "happenings.toml"))


@cache
def structures() -> frozenset[str]:
    """Stems of what any building or work may be called, once it was named."""
    table = lexicon.load("en", "happenings")["anything"]
    return frozenset(stem(word) for word in lexicon.words(table, "structures", "happenings.toml"))


@cache
def harms() -> frozenset[str]:
    """Measures of people who came to harm in body."""
    table = lexicon.load("en", "happenings")["figures"]
    return lexicon.words(table, "harms", "happenings.toml")


@cache
def losses() -> frozenset[str]:
    """Nouns for the harmed, which to deny is to say that there were none."""
    table = lexicon.load("en", "happenings")["figures"]
    return lexicon.words(table, "losses", "happenings.toml")


@cache
def rising() -> frozenset[str]:
    """Words by which a figure is one of the day that it is given."""
    table = lexicon.load("en", "happenings")["figures"]
    return lexicon.words(table, "rising", "happenings.toml")


@cache
def deadly() -> frozenset[str]:
    """Groups of events whose dead and hurt are counted with no word on where."""
    table = lexicon.load("en", "happenings")["figures"]
    return lexicon.words(table, "deadly", "happenings.toml")
