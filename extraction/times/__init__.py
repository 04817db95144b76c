"""Expressions of time: where they stand, what they mean, and what they were counted from."""

from __future__ import annotations

from extraction.model import BlockKind, Published, TimeExpression
from extraction.text.analysis import TextAnalysis
from extraction.times import grammar
from extraction.times import words as W
from extraction.times.context import places, setting
from extraction.times.results import resolve_all
from extraction.times.scan import scan
from extraction.times.whole import NamedDay, latest_named_day, parse_date

# A line this long is no heading of its own.
_LINE = 40

__all__ = ["NamedDay", "find_times", "latest_named_day", "parse_date"]


def find_times(analysis: TextAnalysis, published: Published) -> tuple[TimeExpression, ...]:
    """Every expression of time in text order, without overlap.

    Without a date of publication, relative expressions have no interval and their ``anchor``
    says so. Boilerplate is not read. Time grows linearly with the text.
    """
    pieces = scan(analysis.text, _stretches(analysis))
    found = grammar.find(pieces)
    if not found:
        return ()
    return tuple(
        resolve_all(
            pieces, found, places(analysis, pieces, found), setting(pieces, found, published)
        )
    )


def _stretches(analysis: TextAnalysis) -> list[tuple[int, int]]:
    """Blocks as ranges of text; a paragraph that a short line cut in two is one range."""
    stretches: list[tuple[int, int]] = []
    for block in analysis.blocks:
        if block.kind is BlockKind.BOILERPLATE:
            continue
        if stretches and _goes_on(analysis.text, stretches[-1][1], block.start):
            stretches[-1] = (stretches[-1][0], block.end)
        else:
            stretches.append((block.start, block.end))
    return stretches


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a line goes on in the next one: it ends in a word, and a small letter follows."""
    if not 0 < end < start or text.count("\n", end, start) != 1:
        return False
    if text[start].isdecimal():
        return _ends_in_month(text[max(0, end - _LINE) : end])
    if not text[end - 1].isalnum():
        return False
    return text[start].islower() or _leads_on(text[max(0, end - _LINE) : end])


def _leads_on(line: str) -> bool:
    """Whether a line ends in a word that needs another one: "on", "the", "last", "early"."""
    last = line.rsplit(None, 1)[-1]
    return last in W.FUNCTION_WORDS or last in W.RELATIVE or last in ("early", "late")


def _ends_in_month(line: str) -> bool:
    """Whether a line of running text ends in a month: "... opened on Sept."."""
    words = line.rsplit(None, 2)
    last = words[-1].rstrip(".").lower()
    return "\n" not in line and len(line) == _LINE and (last in W.MONTHS or last in W.MONTHS_SHORT)
