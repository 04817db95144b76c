"""Between the plain records and the columns they are kept in.

Times are ISO 8601 text, lists of words JSON text, an interval five columns with a common
prefix (``when_…``, ``said_…``).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec

from extraction.model import (
    Article,
    ArticleReading,
    Attribution,
    Document,
    FuzzyInterval,
    Precision,
    Published,
    Span,
)
from extraction.model import Block as BlockRecord
from extraction.model import Claim as ClaimRecord
from extraction.model import Quantity as QuantityRecord
from extraction.model import TimeExpression as TimeRecord

Row = dict[str, Any]

_OPEN_START, _OPEN_END = 1, 2
_EMPTY = "[]"
_strings = msgspec.json.Decoder(tuple[str, ...])
_reading = msgspec.json.Decoder(ArticleReading)
_PRECISIONS = {precision.value: precision for precision in Precision}


def strings_to_text(values: Sequence[str]) -> str:
    return msgspec.json.encode(values).decode() if values else _EMPTY


@lru_cache(maxsize=1 << 16)
def strings_of(text: str) -> tuple[str, ...]:
    """Raises ``msgspec.DecodeError`` if the text is not a list of strings."""
    return () if text == _EMPTY else _strings.decode(text)


def time_to_text(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def time_of(text: str | None) -> datetime | None:
    """Raises ``msgspec.ValidationError`` if the text is no time."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise msgspec.ValidationError(str(error)) from error


def interval_columns(prefix: str, interval: FuzzyInterval | None) -> Row:
    if interval is None:
        values: tuple[Any, ...] = (None, None, None, None, None)
    else:
        is_open = _OPEN_START * interval.open_start + _OPEN_END * interval.open_end
        values = (
            interval.earliest.isoformat(),
            interval.latest.isoformat(),
            interval.precision.value,
            is_open,
            interval.basis,
        )
    names = ("earliest", "latest", "precision", "open", "basis")
    return {f"{prefix}_{name}": value for name, value in zip(names, values, strict=True)}


@lru_cache(maxsize=1 << 16)
def interval_of(
    earliest: str | None,
    latest: str | None,
    precision: str | None,
    is_open: int | None,
    basis: str | None,
) -> FuzzyInterval | None:
    """Raises ``msgspec.ValidationError`` on values that are no interval."""
    if earliest is None or latest is None:
        return None
    try:
        return FuzzyInterval(
            datetime.fromisoformat(earliest),
            datetime.fromisoformat(latest),
            _PRECISIONS[precision or ""],
            bool((is_open or 0) & _OPEN_START),
            bool((is_open or 0) & _OPEN_END),
            basis or "",
        )
    except (ValueError, KeyError) as error:
        raise msgspec.ValidationError(str(error)) from error


def span_columns(span: Span) -> Row:
    return {"start": span.start, "stop": span.end, "exact": span.exact}


def reading_to_bytes(reading: ArticleReading) -> bytes:
    """JSON of a reading without its text, which the revision holds already."""
    return msgspec.json.encode(replace(reading, article=replace(reading.article, text="")))


def reading_of(data: bytes, text: str) -> ArticleReading:
    """Raises ``msgspec.DecodeError`` if it is not what ``reading_to_bytes`` gave."""
    reading = _reading.decode(data)
    return replace(reading, article=replace(reading.article, text=text))


def place_of(document: Document) -> str:
    """Where a document lay, as a hash: a dossier is passed on, and a path names its owner's home.

    Empty where that is not known.
    """
    if not document.path:
        return ""
    steps = (os.path.abspath(document.path), *(part.member for part in document.within))
    return hashlib.sha256("\0".join(steps).encode("utf-8", "surrogatepass")).hexdigest()


def document_columns(document: Document) -> Row:
    return {
        "name": document.name,
        "sha256": document.sha256,
        "mime": document.mime,
        "modified": time_to_text(document.modified),
    }


def published_columns(published: Published) -> Row:
    return {
        "published_start": time_to_text(published.start),
        "published_end": time_to_text(published.end),
        "published_precision": published.precision.value,
        "published_basis": published.basis.value,
        "published_assumed": strings_to_text(published.assumed),
        "published_reasons": strings_to_text(published.reasons),
    }


def article_columns(article: Article) -> Row:
    """What a revision holds of an article, its text and its date among it."""
    return {
        "text": article.text,
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "language": article.language,
        **published_columns(article.published),
        "warnings": strings_to_text(article.warnings),
    }


def block_rows(revision: int, blocks: Sequence[BlockRecord]) -> list[Row]:
    return [
        {
            "revision_id": revision,
            "ordinal": ordinal,
            "start": block.start,
            "stop": block.end,
            "kind": block.kind.value,
            "reason": block.reason,
        }
        for ordinal, block in enumerate(blocks)
    ]


def time_rows(revision: int, times: Sequence[TimeRecord]) -> list[Row]:
    return [
        {
            "revision_id": revision,
            "ordinal": ordinal,
            **span_columns(time.span),
            "type": time.type.value,
            "value": time.value,
            "mod": time.mod,
            "anchor": time.anchor,
            **interval_columns("when", time.interval),
        }
        for ordinal, time in enumerate(times)
    ]


def assembled_columns(claim: ClaimRecord) -> Row:
    """What a claim's row holds from the assembly, beside its ids."""
    reasons = dict.fromkeys((*claim.attribution.reasons, *claim.reasons))
    return {
        "side": claim.side.value,
        "act": claim.speech_act.value,
        "reasons": strings_to_text(tuple(reasons)),
    }


def attribution_columns(attribution: Attribution) -> Row:
    """What a claim's row holds from its article alone."""
    return {
        "position": attribution.index,
        "form": attribution.form.value,
        "speaker": attribution.source.exact if attribution.source else "",
        "content": joined(attribution.contents),
        **interval_columns("when", attribution.when),
        **interval_columns("said", attribution.said),
        "places": strings_to_text(attribution.places),
        "verification": attribution.verification.value,
    }


def joined(spans: Sequence[Span]) -> str:
    """A content's spans as one string."""
    return " … ".join(span.exact for span in spans)


def claim_span_rows(claim_id: int, attribution: Attribution) -> list[Row]:
    named: list[tuple[str, int, Span | None]] = [
        ("source", 0, attribution.source),
        ("cue", 0, attribution.cue),
        *(("content", ordinal, span) for ordinal, span in enumerate(attribution.contents)),
        ("when", 0, attribution.when_span),
        ("verification", 0, attribution.verification_span),
    ]
    return [
        {"claim_id": claim_id, "role": role, "ordinal": ordinal, **span_columns(span)}
        for role, ordinal, span in named
        if span is not None
    ]


def quantity_rows(claim_id: int, quantities: Sequence[QuantityRecord]) -> list[Row]:
    return [
        {
            "claim_id": claim_id,
            "ordinal": ordinal,
            "measure": quantity.measure,
            "low": quantity.low,
            "high": quantity.high,
            **span_columns(quantity.span),
            "approximate": int(quantity.approximate),
            "scope": quantity.scope.value,
            "bearer": quantity.bearer,
            "part_of": quantity.part_of,
        }
        for ordinal, quantity in enumerate(quantities)
    ]
