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
from extraction.model import Span
from extraction.text.analysis import TextAnalysis

if TYPE_CHECKING:
    from extraction.actors import EntityReading
    from extraction.places import PlaceMention

__all__ = ["Draft", "comes_from", "family", "find_happenings"]


def family(name: str) -> Family | None:
    """The class of triggers of this name, if the lexicon has it."""
    return triggers.load().families.get(name)


def find_happenings(
    analysis: TextAnalysis,
    entities: EntityReading,
    places: Sequence[PlaceMention],
    told: Sequence[Span] = (),
) -> tuple[Draft, ...]:
    """All happenings of an article, in text order. Linear in the length of the text.

    ``told`` are stretches that somebody says: where none of the lexicon's events stands in one,
    the first thing that is done there is taken, whatever it is.
    """
    finder = Finder(analysis, entities, places)
    stretches = _by_sentence(analysis, told)
    found: list[Draft] = []
    for sentence in analysis.sentences:
        lows = analysis.lows[sentence.first : sentence.last]
        lemmas = analysis.lemmas[sentence.first : sentence.last]
        touched = triggers.touches(lows, lemmas)
        if not touched and sentence.index not in stretches:
            continue
        plain = analysis.sentence_tokens(sentence)
        tokens = mended(plain)
        if tokens is not plain:
            lemmas = [token.lemma for token in tokens]
        hits = triggers.find(tokens, lows, lemmas) if touched else []
        told_here = stretches.get(sentence.index, ())
        if hits or told_here:
            found.extend(finder.read(sentence.index, tokens, hits, told_here))
    return tuple(found)


def _by_sentence(analysis: TextAnalysis, told: Sequence[Span]) -> dict[int, list[tuple[int, int]]]:
    """The part of each stretch that lies in the sentence it begins in."""
    found: dict[int, list[tuple[int, int]]] = {}
    for span in told:
        sentence = analysis.sentence_at(span.start)
        if sentence is not None:
            end = min(span.end, sentence.end)
            found.setdefault(sentence.index, []).append((span.start, end))
    return found
