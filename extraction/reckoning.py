"""Times that only two expressions, a clause or an earlier telling give together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from extraction.attribution import RawAttribution
from extraction.model import FuzzyInterval, Precision, Span, TimeExpression
from extraction.text.analysis import Tag, TextAnalysis

_LINK = re.compile(r"\s*(?:(and)|to|until|till|through|-|–|—)\s*(?:the\s)?", re.IGNORECASE)
_OPENING = re.compile(r"\b(between|from)\s+(?:the\s)?$", re.IGNORECASE)
_LENGTH = re.compile(r"P(?:(\d+)D|(\d+)W)")
_BESIDE = 4  # tokens between "two days before" and the event that it is counted from
_LONGEST_OPENING = 14  # code points of "between the"


def both_ends(
    text: str, times: Sequence[TimeExpression], one: TimeExpression
) -> FuzzyInterval | None:
    """The whole of "between 4 and 9 May", "from June 3 to June 5" for either end; else ``None``."""
    at = times.index(one)
    for left, right in ((at, at + 1), (at - 1, at)):
        if left < 0 or right >= len(times):
            continue
        first, last = times[left], times[right]
        if first.interval is None or last.interval is None:
            continue
        link = _LINK.fullmatch(text, first.span.end, last.span.start)
        if link is None or last.interval.latest <= first.interval.latest:
            continue
        start = first.span.start
        opening = _OPENING.search(text, max(0, start - _LONGEST_OPENING), start)
        if opening is None or (link[1] is not None) != (opening[1].lower() == "between"):
            continue
        words = text[opening.start() : last.span.end]
        return replace(first.interval, latest=last.interval.latest, basis=f"'{words}'")
    return None


def counted_from(
    analysis: TextAnalysis, times: Sequence[TimeExpression], event: Span, when: FuzzyInterval
) -> FuzzyInterval | None:
    """ "Four days before the blast" where the day of the blast is ``when``: that day.

    ``None`` where nothing is counted from the words of ``event``.
    """
    at = analysis.token_index_at(event.start)
    for length in times:
        found = _LENGTH.fullmatch(length.value or "")
        link = analysis.token_index_at(length.span.end + 1)
        if found is None or not 0 < at - link <= _BESIDE or length.span.end > event.start:
            continue
        side = {"before": -1, "after": 1}.get(analysis.tokens[link].lower)
        if side is None or any(t.tag is Tag.VERB for t in analysis.tokens[link + 1 : at]):
            continue
        if (when.latest - when.earliest).days > 0:
            return None
        days = int(found[1] or 0) + 7 * int(found[2] or 0)
        day = when.earliest.date() + side * timedelta(days=days)
        words = analysis.text[length.span.start : event.end]
        return FuzzyInterval(
            datetime.combine(day, time.min),
            datetime.combine(day, time(23, 59)),
            Precision.DAY,
            basis=f"'{words}', {when.basis or 'which is dated'}",
        )
    return None


def dated_clause(
    analysis: TextAnalysis, times: Sequence[TimeExpression], raw: RawAttribution
) -> TimeExpression | None:
    """The time that a saying only says more of: "in 2031, when Ostia accused Marland of it"."""
    at = analysis.token_index_at(raw.source.start) if raw.source is not None else -1
    if at < 2 or analysis.tokens[at - 1].lower != "when":
        return None
    comma = analysis.tokens[at - 2]
    end = comma.start if comma.lower == "," else analysis.tokens[at - 1].start - 1
    return next((t for t in times if t.span.end == end and t.interval is not None), None)


def in_what(analysis: TextAnalysis, raw: RawAttribution) -> tuple[int, int] | None:
    """What stands before "in what Orr called a reprisal" in its sentence: that is when it was."""
    at = analysis.token_index_at(raw.source.start) if raw.source is not None else -1
    if at < 2 or analysis.tokens[at - 1].lower != "what":
        return None
    sentence = analysis.sentence_at(analysis.tokens[at].start)
    if sentence is None or analysis.tokens[at - 2].tag is not Tag.ADP:
        return None
    return sentence.start, analysis.tokens[at - 2].start
