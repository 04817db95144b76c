"""Spans, form and target of a draft."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.attribution.drafts import Draft
from extraction.attribution.nouns import OWN_PREPOSITIONS, np_right
from extraction.attribution.subjects import subject
from extraction.attribution.units import Unit
from extraction.model import Form, Span, SpeechAct
from extraction.text.analysis import Tag, TextAnalysis


def source_span(analysis: TextAnalysis, draft: Draft) -> Span | None:
    """The source with titles and appositions."""
    if draft.source is None:
        return None
    unit = draft.unit
    start, end = draft.source.start, draft.source.end
    while end > start and unit.lows[end - 1] in (",", "--", "—", "–"):
        end -= 1
    while end > start and unit.lows[start] in ("•", "*", "·", "▪", "-", "–"):
        start += 1
    if end <= start:
        return None
    return Span.cut(analysis.text, unit.tokens[start].start, unit.tokens[end - 1].end)


def form_of(analysis: TextAnalysis, spans: Sequence[Span]) -> Form:
    """Direct, indirect or mixed: all, none or some of the words stand in quotation marks."""
    quoted = [analysis.quotes_between(span.start, span.end) for span in spans]
    if not any(quoted):
        return Form.INDIRECT
    if all(
        any(q.start <= span.start and span.end <= q.end for q in quotes)
        for span, quotes in zip(spans, quoted, strict=True)
    ):
        return Form.DIRECT
    words = inside = 0
    for span, quotes in zip(spans, quoted, strict=True):
        for token in analysis.tokens_between(span.start, span.end):
            if token.tag is Tag.PUNCT:
                continue
            words += 1
            inside += any(q.start <= token.start < q.end for q in quotes)
    if inside == 0:
        return Form.INDIRECT
    return Form.DIRECT if inside == words else Form.MIXED


def _patient_end(unit: Unit, start: int) -> int:
    """End of the party in "accused the mayor of Tovar of lying", "blamed the rebels for it"."""
    end = np_right(unit, start, apposition=False, attaching=OWN_PREPOSITIONS)
    if unit.lows[end] == "of":
        return end
    for k in range(start + 1, end):
        if unit.lows[k] == "of" and unit.tags[k + 1] is not Tag.PROPN:
            return k
    return end


def target_of(analysis: TextAnalysis, draft: Draft) -> Span | None:
    """Who is accused, addressed or demanded of."""
    unit = draft.unit
    if not draft.cue.target and draft.addressee is None:
        return None
    found: tuple[int, int] | None = draft.addressee
    if found is None and draft.contents:
        start = draft.contents[0][0]
        if draft.frame == "object" and draft.cue.act is SpeechAct.DEMANDS and not draft.passive:
            return None  # "ordered a halt"
        if draft.frame in ("object", "object to"):
            end = _patient_end(unit, start)
            found = (start, end) if end > start else None
        elif draft.frame in ("that", "clause"):
            for group in unit.groups:
                if group.start > start:
                    who = subject(unit, group)
                    if who is not None and who.start >= start:
                        found = (who.start, who.end)
                    break
    if found is None or found[1] <= found[0] or unit.tags[found[0]] is Tag.PUNCT:
        return None
    return Span.cut(analysis.text, unit.tokens[found[0]].start, unit.tokens[found[1] - 1].end)
