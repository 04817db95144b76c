"""Who says what: every attribution of a text with source, cue and content."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.acts import Wording, act_of, is_general
from extraction.attribution.continuation import ITEM, join
from extraction.attribution.drafts import Draft
from extraction.attribution.facts import FACT
from extraction.attribution.reader import read_unit
from extraction.attribution.record import RawAttribution
from extraction.attribution.signatures import read_signatures
from extraction.attribution.transcripts import read_transcript
from extraction.attribution.units import Unit, units
from extraction.attribution.wording import form_of, source_span, target_of
from extraction.model import Span
from extraction.text.analysis import TextAnalysis

__all__ = ["RawAttribution", "find_attributions"]

# Frames of claims that share their cue with the one before.
_SHARING = (ITEM, FACT)


def find_attributions(analysis: TextAnalysis) -> tuple[RawAttribution, ...]:
    """Every attribution in the order of its cue; nested ones point to what they stand in.

    Narration has none. Time grows linearly with the text, but for the length of a single
    sentence, over which every search is bounded.
    """
    readings: list[tuple[Unit, list[Draft]]] = [(u, read_unit(u)) for u in units(analysis)]
    join(readings)
    read_transcript(readings)
    read_signatures(readings)
    drafts = [draft for _, found in readings for draft in found]
    records = []
    for draft in drafts:
        record = _record(analysis, draft)
        if record is not None:
            records.append(record)
    return _nest(records)


def _record(analysis: TextAnalysis, draft: Draft) -> RawAttribution | None:
    unit, text = draft.unit, analysis.text
    pieces = sorted(
        (unit.tokens[s].start, unit.tokens[e - 1].end) for s, e in draft.contents if e > s
    )
    pieces += sorted(draft.more)
    contents: list[tuple[int, int]] = []
    for start, end in pieces:
        if contents and start < contents[-1][1]:
            contents[-1] = (contents[-1][0], max(end, contents[-1][1]))
        else:
            contents.append((start, end))
    if not contents:
        return None
    spans = tuple(Span.cut(text, s, e) for s, e in contents)
    first, last = draft.cue_tokens
    cue = Span.cut(text, unit.tokens[first].start, unit.tokens[last - 1].end)
    source = source_span(analysis, draft)
    if source is not None and any(source.overlaps(span) for span in spans):
        return None
    if any(cue.overlaps(span) for span in spans):
        return None
    own = draft.cue.prep_act if draft.frame == "prep" and draft.cue.prep_act else draft.cue.act
    wording = Wording(
        draft.cue.lemma,
        own,
        "clause" if draft.frame in _SHARING else draft.frame,
        negated=draft.negated,
        evasive=draft.evasive,
        addressed=draft.addressee is not None,
    )
    act, reasons = act_of(analysis, wording, spans)
    sentence = analysis.sentence_at(unit.tokens[draft.head].start)
    return RawAttribution(
        source=source,
        cue=cue,
        cue_lemma=draft.cue.lemma,
        contents=spans,
        form=form_of(analysis, spans),
        act=act,
        target=target_of(analysis, draft),
        nested_in=None,
        general=is_general(analysis, act, spans),
        sentence=sentence.index if sentence is not None else 0,
        reasons=(
            f"cue '{cue.exact}' with {draft.frame}",
            *((f"source: {draft.source.how}",) if draft.source is not None else ("no source",)),
            *reasons,
        ),
    )


def _shares_cue(record: RawAttribution) -> bool:
    return record.reasons[0].endswith(_SHARING)


def _nest(records: list[RawAttribution]) -> tuple[RawAttribution, ...]:
    """Drop what says the same twice and point each to the smallest content that holds it."""
    kept: list[RawAttribution] = []
    for record in records:
        if not any(k.cue.overlaps(record.cue) for k in kept[-3:]) or _shares_cue(record):
            kept.append(record)
    result = []
    # from the start of its first content to the end of its last: most hold no other cue
    reach = [(min(c.start for c in r.contents), max(c.end for c in r.contents)) for r in kept]
    for i, record in enumerate(kept):
        inside: tuple[int, int] | None = None
        at, first = record.cue.start, max(0, i - 12)
        around = enumerate(reach[first : i + 13], first)
        for j in [j for j, (start, end) in around if start <= at < end and j != i]:
            other = kept[j]
            if not any(c.contains(record.cue) for c in other.contents):
                continue
            size = sum(c.end - c.start for c in other.contents)
            mutual = any(c.contains(other.cue) for c in record.contents)
            if mutual and size <= sum(c.end - c.start for c in record.contents):
                continue
            if inside is None or size < inside[0]:
                inside = (size, j)
        result.append(replace(record, nested_in=inside[1] if inside else None))
    return tuple(result)
