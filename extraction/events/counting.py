"""Figures whose measure is not said again: "the police put the crowd at 900"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from extraction import lexicon

if TYPE_CHECKING:
    from extraction.events.notes import Note


class Bare(msgspec.Struct, frozen=True):
    """A figure without measure; ``low`` and ``high`` are infinite where the bound is open."""

    value: float
    low: float
    high: float


_LONGEST = 80
_NEAR = 2  # sentences between two figures of one thing
_ROUGH = 0.15  # how far "about 900" may lie from 900
_DIGIT = re.compile(r"\d")
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,7})"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Of a content that is a figure alone, and of one that puts a noun at a figure."""
    table = lexicon.load("en", "happenings")["figures"]
    lead = "|".join(sorted(map(re.escape, _bounds()), key=len, reverse=True))
    nouns = "|".join(sorted(lexicon.words(table, "bare", "happenings.toml")))
    number = rf"(?:(?P<lead>{lead})\s+)?{_NUMBER}"
    whole = rf"(?:there (?:were|was|are|is)\s+)?{number}"
    named = rf"(?:the|its|their|his|her)\s+(?:\w+\s+)?(?:{nouns})\s+(?:at|to|was|as)\s+"
    end = r"(?:,\s+(?:plus|with)\b.*)?\W*\Z"  # "900, plus 40 children"
    return (
        re.compile(rf"\W*(?:{whole}){end}", re.IGNORECASE),
        re.compile(rf"\W*{named}{number}{end}", re.IGNORECASE),
    )


@cache
def _bounds() -> dict[str, str]:
    """What leaves a figure open, with the kind of it: ``about``, ``least`` or ``most``."""
    table = lexicon.load("en", "happenings")["figures"]["bounds"]
    return {word: kind for kind, words in table.items() for word in words}


def bare_figure(content: str) -> Bare | None:
    """The figure of a content that is nothing but a figure, or puts "the crowd" at one."""
    if len(content) > _LONGEST or not _DIGIT.search(content):
        return None
    alone, named = _patterns()
    match = alone.match(content) or named.match(content)
    if match is None:
        return None
    value = float(match[match.lastindex or 0].replace(",", ""))
    kind = _bounds().get((match["lead"] or "").lower(), "")
    low = float("-inf") if kind == "most" else value * (1 - _ROUGH * (kind == "about"))
    high = float("inf") if kind == "least" else value * (1 + _ROUGH * (kind == "about"))
    return Bare(value, low, high)


def counted_before(note: Note, others: Iterable[Note]) -> Note | None:
    """The claim just before in the article whose figure a bare figure stands beside."""
    found = None
    for other in others:
        near = 0 <= note.sentence - other.sentence <= _NEAR and other.key < note.key
        if not near or other.article != note.article or other.mute or figure_of(other) is None:
            continue
        if found is None or found.key < other.key:
            found = other
    return found


def figure_of(note: Note) -> Bare | None:
    """The one figure of a claim that a bare one can be set against; None for several."""
    if note.bare is not None:
        return note.bare
    whole = [q for q in note.quantities if q.part_of is None]
    if len(whole) != 1:
        return None
    low, high = whole[0].low, whole[0].high
    value = low if low is not None else high
    if value is None:
        return None
    rough = _ROUGH if whole[0].approximate else 0.0
    return Bare(
        value,
        float("-inf") if low is None else low * (1 - rough),
        float("inf") if high is None else high * (1 + rough),
    )
