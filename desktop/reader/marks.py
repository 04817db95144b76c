"""What is marked in an article: stretches of text, each with one look, none overlapping."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from db.rows import ClaimRow, ReviewState
from extraction.model import Block, BlockKind, SideKey, Span


class Look(NamedTuple):
    """How a stretch is drawn. ``line`` is the side whose colour underlines it.

    ``nested`` is how many attributions the content stands in, ``cue`` marks the verb of saying.
    """

    ground: SideKey | None = None
    nested: int = 0
    line: SideKey | None = None
    cue: bool = False
    time: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """``[start, end)`` in code points with one look."""

    start: int
    end: int
    look: Look


@dataclass(frozen=True, slots=True)
class _Layer:
    start: int
    end: int
    depth: int
    ground: SideKey | None = None
    line: SideKey | None = None
    cue: bool = False
    time: bool = False
    grey: bool = False


def depths_of(claims: Iterable[ClaimRow]) -> dict[int, int]:
    """How deep each claim is nested; a ring of claims ends where it closes."""
    parents = {claim.id: claim.nested_in for claim in claims}
    depths = {}
    for claim_id in parents:
        seen = {claim_id}
        parent = parents[claim_id]
        while parent is not None and parent in parents and parent not in seen:
            seen.add(parent)
            parent = parents[parent]
        depths[claim_id] = len(seen) - 1
    return depths


def spans_of(claim: ClaimRow) -> tuple[Span, ...]:
    """All spans of a claim: contents, source and cue, in order."""
    spans = [*claim.content_spans]
    if claim.source_span is not None:
        spans.append(claim.source_span)
    if claim.cue_span.end > claim.cue_span.start:
        spans.append(claim.cue_span)
    return tuple(sorted(spans))


FAR = 600
"""A source farther from the words than this is not in the same passage any more."""


def hull_of(claim: ClaimRow) -> tuple[int, int]:
    """The passage of a claim in code points: what it says, with who says it where that is near."""
    words = claim.content_spans or spans_of(claim)
    if not words:
        return (0, 0)
    start, end = min(span.start for span in words), max(span.end for span in words)
    near = [span for span in spans_of(claim) if span.end > start - FAR and span.start < end + FAR]
    return min(span.start for span in near), max(span.end for span in near)


def not_holding(text: str, claims: Iterable[ClaimRow]) -> list[Span]:
    """Spans that no longer fit the text. They are told of and never drawn."""
    return [span for claim in claims for span in spans_of(claim) if not span.holds_in(text)]


def stretches_of(
    text: str,
    claims: Sequence[ClaimRow],
    blocks: Iterable[Block] = (),
    times: Iterable[Span] = (),
) -> list[Stretch]:
    """The marked stretches of an article in order; unmarked text has none."""
    layers = list(_claim_layers(text, claims))
    layers += [
        _Layer(block.start, block.end, 0, grey=True)
        for block in blocks
        if block.kind is BlockKind.BOILERPLATE
    ]
    layers += [_Layer(span.start, span.end, 0, time=True) for span in times if span.holds_in(text)]
    return _flatten([layer for layer in layers if layer.end > layer.start])


def _claim_layers(text: str, claims: Sequence[ClaimRow]) -> Iterable[_Layer]:
    depths = depths_of(claims)
    for claim in claims:
        if claim.review is ReviewState.REJECTED:
            continue
        depth = depths[claim.id]
        for span in claim.content_spans:
            if span.holds_in(text):
                yield _Layer(span.start, span.end, depth, ground=claim.side)
        if claim.source_span is not None and claim.source_span.holds_in(text):
            yield _Layer(claim.source_span.start, claim.source_span.end, depth, line=claim.side)
        if claim.cue_span.holds_in(text):
            yield _Layer(claim.cue_span.start, claim.cue_span.end, depth, line=claim.side, cue=True)


def _flatten(layers: Sequence[_Layer]) -> list[Stretch]:
    """Sweep over all beginnings and ends; the innermost claim gives the ground."""
    edges: dict[int, tuple[list[int], list[int]]] = {}
    for index, layer in enumerate(layers):
        edges.setdefault(layer.start, ([], []))[0].append(index)
        edges.setdefault(layer.end, ([], []))[1].append(index)
    stretches: list[Stretch] = []
    active: set[int] = set()
    previous = 0
    for place in sorted(edges):
        if active and place > previous:
            look = _look([layers[index] for index in active])
            last = stretches[-1] if stretches else None
            if last is not None and last.end == previous and last.look == look:
                stretches[-1] = replace(last, end=place)
            else:
                stretches.append(Stretch(previous, place, look))
        begins, ends = edges[place]
        active.difference_update(ends)
        active.update(begins)
        previous = place
    return stretches


def _look(layers: Sequence[_Layer]) -> Look:
    ground = max((layer for layer in layers if layer.ground), key=_depth, default=None)
    line = max((layer for layer in layers if layer.line), key=_depth, default=None)
    return Look(
        ground=ground.ground if ground is not None else None,
        nested=ground.depth if ground is not None else 0,
        line=line.line if line is not None else None,
        cue=line.cue if line is not None else False,
        time=any(layer.time for layer in layers),
        grey=any(layer.grey for layer in layers),
    )


def _depth(layer: _Layer) -> int:
    return layer.depth


class ClaimsAt:
    """Which claims an offset belongs to."""

    def __init__(self, claims: Iterable[ClaimRow]) -> None:
        shown = [claim for claim in claims if claim.review is not ReviewState.REJECTED]
        depths = depths_of(shown)
        self._spans = sorted(
            (span.start, span.end, -depths[claim.id], claim.id)
            for claim in shown
            for span in spans_of(claim)
        )
        self._starts = [span[0] for span in self._spans]
        # The farthest end so far tells when a look backwards may stop.
        self._reach: list[int] = []
        for _, end, _, _ in self._spans:
            self._reach.append(max(end, self._reach[-1] if self._reach else 0))

    def at(self, point: int) -> list[int]:
        """Ids of the claims whose spans hold a code point offset, the innermost first."""
        found: list[tuple[int, int, int]] = []
        place = bisect_right(self._starts, point) - 1
        while place >= 0 and self._reach[place] > point:
            start, end, depth, claim_id = self._spans[place]
            if start <= point < end:
                found.append((depth, end - start, claim_id))
            place -= 1
        return list(dict.fromkeys(claim_id for _, _, claim_id in sorted(found)))
