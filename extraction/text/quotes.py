"""Quotations: straight, curly, doubled apostrophes, single marks; over paragraphs; unbalanced."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.model import Block, BlockKind
from extraction.text.analysis import Quote

_DOUBLE = re.compile(r"[“”„«»\"]|''|``|‘‘|’’")
_OPENERS = frozenset({"“", "„", "``", "‘‘", "«"})
_CLOSERS = frozenset({"”", "’’", "»"})
# The mark first, then a look back over it: a search passes all other characters at once.
_SINGLE_OPEN = re.compile(r"[‘'](?<![\w'’].)(?=[^\W\d_]|\d{3}|[“\"$])")
_SINGLE_CLOSE = re.compile(r"[’'](?<=[^\s(\[].)(?![\w'’])")

# A quotation inside single marks is not looked for beyond this many characters.
_LONGEST_SINGLE = 1500


def _opens(text: str, start: int, end: int, block: Block) -> bool:
    """Whether a mark that may stand on either side opens, by what is around it."""
    before = text[start - 1] if start > block.start else " "
    after = text[end] if end < block.end else " "
    if before.isspace() or before in "([{—–-/…":
        return not after.isspace()
    return False


def _double_quotes(text: str, block: Block) -> list[Quote]:
    quotes: list[Quote] = []
    start = inner = -1
    for mark in _DOUBLE.finditer(text, block.start, block.end):
        sign = mark.group()
        s, e = mark.span()
        if sign in _OPENERS:
            opening = True
        elif sign in _CLOSERS:
            opening = False
        else:
            opening = _opens(text, s, e, block)
            if start >= 0 and opening:
                # A second opening mark inside an open quotation closes it where it can only be
                # that: nothing but space or the block's end may follow a closing mark.
                opening = True
            elif start < 0 and not opening:
                opening = e < block.end and not text[e].isspace() and s == block.start
        if opening:
            if start >= 0 and sign not in _OPENERS:
                quotes.append(Quote(start, s, inner, s, closed=False))
            elif start >= 0:
                continue
            start, inner = s, e
        elif start >= 0:
            if s > inner:
                quotes.append(Quote(start, e, inner, s))
            start = inner = -1
    if start >= 0 and inner < block.end:
        quotes.append(Quote(start, block.end, inner, block.end, closed=False))
    return quotes


def _single_quotes(text: str, block: Block, taken: Sequence[Quote]) -> list[Quote]:
    """Single marks outside the double ones; both marks must be there."""
    closes = [m.start() for m in _SINGLE_CLOSE.finditer(text, block.start, block.end)]
    if not closes:
        return []
    quotes: list[Quote] = []
    reach = block.start
    next_close = 0
    taken_at = 0
    for mark in _SINGLE_OPEN.finditer(text, block.start, block.end):
        s = mark.start()
        if s < reach:
            continue
        while taken_at < len(taken) and taken[taken_at].end <= s:
            taken_at += 1
        if taken_at < len(taken) and taken[taken_at].start <= s:
            continue
        limit = taken[taken_at].start if taken_at < len(taken) else block.end
        if taken_at < len(taken) and taken[taken_at].end < block.end:
            limit = block.end
        while next_close < len(closes) and closes[next_close] <= s + 1:
            next_close += 1
        at = next_close
        while at < len(closes) and closes[at] < min(limit, s + _LONGEST_SINGLE):
            c = closes[at]
            # "the miners' union" inside a quotation: a plural's apostrophe before a small word
            after = text[c + 1 : c + 3]
            plural = text[c - 1] == "s" and after[:1] == " " and after[1:2].islower()
            more = at + 1 < len(closes) and closes[at + 1] < min(limit, s + 300)
            if not (plural and more):
                quotes.append(Quote(s, c + 1, s + 1, c))
                reach = c + 1
                break
            at += 1
    return quotes


def find_quotes(text: str, blocks: Sequence[Block]) -> tuple[Quote, ...]:
    """Outermost quotations in text order; none crosses a block.

    A quotation left open runs to its block's end and says so with ``closed=False``.
    """
    quotes: list[Quote] = []
    for block in blocks:
        if block.kind is BlockKind.BOILERPLATE:
            continue
        double = _double_quotes(text, block)
        single = _single_quotes(text, block, double)
        if single:
            # Double marks inside single ones are the inner quotation.
            outer = [
                d for d in double if not any(s.start < d.start and d.end <= s.end for s in single)
            ]
            single = [s for s in single if not any(_overlap(s, d) for d in outer)]
            double = sorted(outer + single, key=lambda q: q.start)
        quotes.extend(double)
    return tuple(quotes)


def _overlap(one: Quote, other: Quote) -> bool:
    return one.start < other.end and other.start < one.end
