"""What kind of text it is, and where in it an expression stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime

import msgspec

from extraction.model import BlockKind, Precision, Published
from extraction.text.analysis import Tag, TextAnalysis
from extraction.times import words as W
from extraction.times.direction import direction
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, RUNNING, Found, Kind, Sketch
from extraction.times.values import Unit

_EXACT = (Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY, Precision.DAY)

# A date of publication outside of these is a slip of whoever wrote it.
FIRST_YEAR, LAST_YEAR = 1500, 3000
# A date within so many characters of the start of its sentence opens it ("In the spring of").
_INITIAL = 14
# So many expressions are the opening of a text.
_OPENING = 3


class Setting(msgspec.Struct, frozen=True):
    """What holds for the whole text.

    ``now`` is the day of publication; ``exact`` whether it is known to the day. ``history`` is a
    text whose dates hang on each other. ``day_first`` is the order of 5/10/2020.
    """

    published: Published
    now: date | None
    exact: bool
    history: bool
    day_first: bool

    @property
    def start(self) -> datetime:
        """The beginning of publication; only where ``now`` is known."""
        return self.published.start or datetime.min

    @property
    def end(self) -> datetime:
        return self.published.end or self.start


class Place(msgspec.Struct, frozen=True):
    """Where an expression stands. ``direction`` is worked out only if it is asked for."""

    sentence: int
    block: int
    head: bool
    initial: bool
    section: int
    attached: bool
    quoted: bool
    direction: Callable[[], int]


def setting(pieces: Pieces, found: Sequence[Found], published: Published) -> Setting:
    """Decide what the dates of a text hang on."""
    start = published.start
    now = start.date() if start and FIRST_YEAR <= start.year <= LAST_YEAR else None
    return Setting(
        published,
        now,
        now is not None and published.precision in _EXACT,
        _is_history(found, now),
        _is_day_first(pieces, found),
    )


def _is_history(found: Sequence[Found], now: date | None) -> bool:
    """Many whole dates that lie years back, and few words that speak from the day of writing.

    A short text with some such dates is a history if it begins with one and never speaks so. A text
    that opens with a bare weekday or with "yesterday" is news whatever it goes on to tell.
    """
    if now is not None and any(_speaks_of_now(one.sketch) for one in found[:_OPENING]):
        return False
    old = near = 0
    for one in found:
        sketch = one.sketch
        if sketch.kind is Kind.CALENDAR and sketch.year is not None and not sketch.short_year:
            old += now is None or sketch.year < now.year - 1
        else:
            near += sketch.weekday > 0 or (sketch.kind is Kind.SHIFT and sketch.base == PUBLISHED)
    if old >= 5:
        return old >= 8 * near
    first = _first_date(found)
    begins = first is not None and first.sketch.year is not None
    return old >= 3 and begins and not near


def _speaks_of_now(sketch: Sketch) -> bool:
    if sketch.weekday:
        return not sketch.number and sketch.inner is None and sketch.base != RUNNING
    return sketch.value == "deictic" and sketch.count != 0


def _first_date(found: Sequence[Found]) -> Found | None:
    return next((one for one in found if one.sketch.kind is Kind.CALENDAR), None)


def _is_day_first(pieces: Pieces, found: Sequence[Found]) -> bool:
    """Whether the text writes the day before the month, by its figures or its words."""
    figures = words = 0
    for one in found:
        sketch = one.sketch
        if sketch.numeric:
            first, second = (int(part) for part in _parts(sketch.numeric))
            figures += (first > 12) - (second > 12)
        elif sketch.kind is Kind.CALENDAR and sketch.unit is Unit.DAY and sketch.number:
            if len(pieces.lower[one.first]) == len("2020") and pieces.lower[one.first].isdecimal():
                continue
            words += 1 if pieces.lower[one.first].isdecimal() else -1
    return figures > 0 if figures else words > 0


def _parts(numeric: str) -> list[str]:
    mark = next(c for c in numeric if not c.isdecimal())
    return numeric.split(mark)


def places(analysis: TextAnalysis, pieces: Pieces, found: Sequence[Found]) -> list[Place]:
    """Where each of them stands."""
    block_starts = [block.start for block in analysis.blocks]
    headings = [b.start for b in analysis.blocks if b.kind is BlockKind.HEADING]
    heads = _heads(analysis, pieces, found, block_starts)
    quote_starts = [quote.start for quote in analysis.quotes]
    results: list[Place] = []
    for one in found:
        start, end = pieces.starts[one.first], pieces.ends[one.last - 1]
        sentence = analysis.sentence_at(start)
        block = bisect_right(block_starts, start) - 1
        results.append(
            Place(
                sentence.index if sentence else -1,
                block,
                block in heads,
                sentence is not None and start - sentence.start <= _INITIAL,
                bisect_right(headings, start),
                _is_attached(analysis, start, end),
                _is_quoted(analysis, quote_starts, start),
                _later(analysis, start, end),
            )
        )
    return results


def _is_quoted(analysis: TextAnalysis, starts: Sequence[int], at: int) -> bool:
    number = bisect_right(starts, at) - 1
    return number >= 0 and analysis.quotes[number].end > at


def _is_attached(analysis: TextAnalysis, start: int, end: int) -> bool:
    """Whether the date describes a noun ("the May 3 vote", "the vote in May"), not the verb."""
    tokens = analysis.tokens
    at = analysis.token_index_at(start - 1)
    if at < 1:
        return False
    after = analysis.token_index_at(end - 1) + 1
    before, following = tokens[at], tokens[min(after, len(tokens) - 1)]
    if before.tag is Tag.ADP and before.lower in ("in", "on", "of"):
        return tokens[at - 1].tag is Tag.NOUN
    if at + 1 >= len(tokens):
        return False
    inner = tokens[at + 1].lower == "the" or before.tag is Tag.DET or before.lower in W.OWNERS
    return inner and following.tag in (Tag.NOUN, Tag.ADJ, Tag.PROPN)


def _later(analysis: TextAnalysis, start: int, end: int) -> Callable[[], int]:
    return lambda: direction(analysis, start, end)


def _heads(
    analysis: TextAnalysis, pieces: Pieces, found: Sequence[Found], block_starts: Sequence[int]
) -> set[int]:
    """Blocks that are the head of a section: headings, and lines that hold little but a date."""
    heads: set[int] = set()
    for one in found:
        start, end = pieces.starts[one.first], pieces.ends[one.last - 1]
        number = bisect_right(block_starts, start) - 1
        if number < 0:
            continue
        block = analysis.blocks[number]
        alone = block.kind is BlockKind.PARAGRAPH and block.end - block.start <= end - start + 12
        if alone or block.kind is BlockKind.HEADING:
            heads.add(number)
    return heads
