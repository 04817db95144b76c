"""Expressions of time: where they stand, what they mean, and what they were counted from."""

from __future__ import annotations

from extraction.model import BlockKind, Published, TimeExpression
from extraction.text.analysis import TextAnalysis
from extraction.times import grammar
from extraction.times.context import places, setting
from extraction.times.results import resolve_all
from extraction.times.scan import scan
from extraction.times.whole import NamedDay, latest_named_day, parse_date

__all__ = ["NamedDay", "find_times", "latest_named_day", "parse_date"]


def find_times(analysis: TextAnalysis, published: Published) -> tuple[TimeExpression, ...]:
    """Every expression of time in text order, without overlap.

    Without a date of publication, relative expressions have no interval and their ``anchor``
    says so. Boilerplate is not read. Time grows linearly with the text.
    """
    readable = [
        (block.start, block.end)
        for block in analysis.blocks
        if block.kind is not BlockKind.BOILERPLATE
    ]
    pieces = scan(analysis.text, readable)
    found = grammar.find(pieces)
    if not found:
        return ()
    return tuple(
        resolve_all(
            pieces, found, places(analysis, pieces, found), setting(pieces, found, published)
        )
    )
