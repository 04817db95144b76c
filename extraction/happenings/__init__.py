"""Predicates that tell of events, with who did what to whom, where, and whether at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extraction.happenings import triggers
from extraction.happenings.chunks import mended
from extraction.happenings.draft import Draft
from extraction.happenings.finder import Finder
from extraction.happenings.sites import comes_from
from extraction.happenings.triggers import Family
from extraction.text.analysis import TextAnalysis

if TYPE_CHECKING:
    from extraction.actors import EntityReading
    from extraction.places import PlaceMention

__all__ = ["Draft", "comes_from", "family", "find_happenings"]


def family(name: str) -> Family | None:
    """The class of triggers of this name, if the lexicon has it."""
    return triggers.load().families.get(name)


def find_happenings(
    analysis: TextAnalysis, entities: EntityReading, places: Sequence[PlaceMention]
) -> tuple[Draft, ...]:
    """All happenings of an article, in text order. Linear in the length of the text."""
    finder = Finder(analysis, entities, places)
    found: list[Draft] = []
    for sentence in analysis.sentences:
        plain = analysis.sentence_tokens(sentence)
        if not triggers.touches(plain):
            continue
        tokens = mended(plain)
        hits = triggers.find(tokens)
        if hits:
            found.extend(finder.read(sentence.index, tokens, hits))
    return tuple(found)
