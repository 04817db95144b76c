"""Counted things: how many, of what, whose, over what span of time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from extraction.model import Quantity, Scope, Span, TimeExpression
from extraction.quantities import words as Q
from extraction.quantities.figures import Figure, figures, may_count
from extraction.quantities.measures import Counted, counted, one_person, points_at_figure
from extraction.quantities.singles import may_tell_of_one
from extraction.text.analysis import Sentence, TextAnalysis
from extraction.times.scan import Pieces, scan

__all__ = ["find_quantities"]

_NEAR = 6  # figures back to the whole of a part


class Told(msgspec.Struct, frozen=True):
    """What a sentence counts, for the next to lean on: the first people, and the first of all.

    Each with its index among all quantities.
    """

    people: tuple[int, Counted] | None = None
    first: Counted | None = None


def find_quantities(
    analysis: TextAnalysis, times: Sequence[TimeExpression]
) -> tuple[Quantity, ...]:
    """Every quantity in text order; dates, ages, ordinals and names are none.

    ``part_of`` counts within the returned tuple. Distances are kilometres, areas square
    kilometres and weights tonnes, whatever unit was written.
    """
    starts = [time.span.start for time in times]
    found: list[Quantity] = []
    last = Told()
    for sentence in analysis.sentences:
        lows = analysis.lows[sentence.first : sentence.last]
        singles = may_tell_of_one(
            analysis.sentence_tokens(sentence),
            lows,
            analysis.lemmas[sentence.first : sentence.last],
        )
        if singles or may_count(lows):
            last = _read_sentence(analysis, sentence, times, starts, found, last, singles)
        else:
            last = Told()
    return tuple(found)


def _read_sentence(
    analysis: TextAnalysis,
    sentence: Sentence,
    times: Sequence[TimeExpression],
    starts: Sequence[int],
    found: list[Quantity],
    told: Told,
    singles: bool,
) -> Told:
    """Adds the quantities of a sentence; ``told`` is what the sentence before counts.

    With ``singles`` it may tell of people without a figure.
    """
    pieces = scan(analysis.text, ((sentence.start, sentence.end),))
    tokens = analysis.sentence_tokens(sentence)
    begins = [token.start for token in tokens]
    before: list[Counted] = []
    indices: list[int] = []
    if told.people is not None:
        leaning = pieces.lower[:8]
        if any(leaning[i : i + 2] in (["of", "them"], ["of", "those"]) for i in range(7)):
            before.append(told.people[1])
            indices.append(told.people[0])
    for figure in _with_singles(pieces, singles):
        start, end = pieces.starts[figure.first], pieces.ends[figure.last - 1]
        if _is_time(start, end, times, starts):
            continue
        first = bisect_right(begins, start) - 1
        last = bisect_right(begins, end - 1)
        if figure.article:
            what = one_person(tokens, max(first, 0), last, before)
        else:
            what = counted(tokens, max(first, 0), last, figure, before)
        if what is None and points_at_figure(tokens, first):
            first_told = before[0] if before else told.first
            pointed = next((c for c in before if c.fate), first_told)
            what = pointed and replace(pointed, last=last, included=False)
        if what is None or (figure.none and not (what.fate or what.measure in Q.HARM)):
            continue
        before.append(what)
        indices.append(len(found))
        stop = max(end, tokens[what.last - 1].end if what.last > last else end)
        part_of = _whole(pieces, figure, before, indices)
        if part_of is None:
            part_of = _of_the_harmed(pieces, figure, found)
        found.append(
            Quantity(
                what.measure,
                None if figure.low is None else figure.low * what.factor,
                None if figure.high is None else figure.high * what.factor,
                Span.cut(analysis.text, start, stop),
                figure.approximate,
                _scope(analysis, sentence, figure, times, starts),
                what.bearer,
                part_of,
            )
        )
    people = (pair for pair in zip(indices, before, strict=True) if pair[1].fate)
    return Told(next(people, None), before[0] if before else None)


def _with_singles(p: Pieces, singles: bool) -> list[Figure]:
    """The figures, and the articles that may lead to a single person."""
    found = figures(p)
    if not singles:
        return found
    taken = {at for figure in found for at in range(figure.first, figure.last)}
    ones = [_article(p, at) for at in range(p.count) if p.lower[at] in Q.ONE and at not in taken]
    return sorted([*found, *ones], key=lambda figure: figure.first)


def _article(p: Pieces, at: int) -> Figure:
    """One for "a watchman", two for "both pilots" and "a couple"."""
    many = 2 if p.lower[at] in Q.BOTH or p.lower[at + 1] in Q.PAIRS else 1
    return Figure(at, at + 1, many, many, single=True, article=True)


def _is_time(start: int, end: int, times: Sequence[TimeExpression], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, end - 1) - 1
    return at >= 0 and times[at].span.end > start


def _whole(
    p: Pieces, figure: Figure, before: Sequence[Counted], indices: Sequence[int]
) -> int | None:
    """The figure that this one is included in: "187 deaths, including 42 nurses"."""
    if len(before) < 2:
        return None
    at = figure.first - 1
    inside = (
        p.lower[at] in Q.INCLUDED
        or (p.lower[at] in ("them", "whom", "those") and p.lower[at - 1] in ("among", "of"))
        or tuple(p.lower[figure.last : figure.last + 2]) in (("of", "them"), ("of", "whom"))
        or before[-1].included
    )
    if not inside:
        return None
    for index in range(len(before) - 2, -1, -1):
        if not before[index].included:
            return indices[index]
    return None


def _of_the_harmed(p: Pieces, figure: Figure, found: Sequence[Quantity]) -> int | None:
    """The toll told last that "two of the dead" are of."""
    at = figure.last
    if p.lower[at] != "of" or p.lower[at + 1] != "the":
        return None
    word = p.lower[at + 2]
    measure = Q.MEASURES.get(word) or Q.PREDICATES.get(word)
    if measure not in Q.HARM:
        return None
    near = range(len(found) - 1, max(-1, len(found) - 1 - _NEAR), -1)
    return next((k for k in near if found[k].measure == measure and found[k].part_of is None), None)


def _scope(
    analysis: TextAnalysis,
    sentence: Sentence,
    figure: Figure,
    times: Sequence[TimeExpression],
    starts: Sequence[int],
) -> Scope:
    """Whether the figure counts over one event, one day, or from a beginning until now."""
    text = analysis.text[sentence.start : sentence.end].lower()
    words = {token.lower for token in analysis.sentence_tokens(sentence)}
    at = bisect_right(starts, sentence.end - 1)
    for time in reversed(times[:at]):
        if time.span.end <= sentence.start:
            break
        if time.value in ("PT24H", "P1D") and time.span.exact.lower().startswith(("the ", "past")):
            return Scope.DAY
    if any(phrase in text for phrase in Q.DAILY_PHRASES):
        return Scope.DAY
    if figure.total or words & Q.CUMULATIVE:
        return Scope.CUMULATIVE
    if any(phrase in text for phrase in Q.CUMULATIVE_PHRASES):
        return Scope.CUMULATIVE
    return Scope.EVENT
