"""Figures in a sentence: digits, number words, bounds and ranges, as pieces of text."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from msgspec.structs import replace

from extraction.quantities import words as Q
from extraction.times import words as W
from extraction.times.numbers import Number, is_figure, number
from extraction.times.scan import Pieces
from extraction.times.words import match_phrase

_NUMBER_WORDS = frozenset({*W.NUMBER_UNITS, *W.NUMBER_TENS})
_VAGUE_WORDS = frozenset(
    piece
    for table in (Q.VAGUE, Q.SHARES)
    for options in table.values()
    for o in options
    for piece in o[0]
)
# A figure begins with one of these or with a digit.
_STARTS = (
    _NUMBER_WORDS
    | Q.BOUNDS.keys()
    | Q.VAGUE.keys()
    | Q.CURRENCIES.keys()
    | Q.SHARES.keys()
    | Q.NOBODY
    | {"between", "no"}
)
# A sentence without one of these, and without a digit, holds no figure.
_COUNTING = (
    (_NUMBER_WORDS | _VAGUE_WORDS | W.NUMBER_SCALES.keys() | Q.NOBODY) - {"a", "of", "-"}
) | {"no"}


def may_count(words: Collection[str]) -> bool:
    """Whether words in small letters can hold a figure."""
    return not _COUNTING.isdisjoint(words) or any(
        word[0].isdecimal() or _hyphened(word) for word in words if not word.isalpha()
    )


def _hyphened(word: str) -> bool:
    return "-" in word and word.partition("-")[0] in _COUNTING


class Figure(msgspec.Struct, frozen=True):
    """A figure with its bounds; ``first`` and ``last`` are pieces, ``[first, last)``.

    ``currency`` is the sign before it. ``none`` says that there was nobody and nothing: "no one".
    ``article`` is an article, which may lead to a single person; ``share``
    a part of a whole, in percent.
    """

    first: int
    last: int
    low: float | None
    high: float | None
    approximate: bool = False
    total: bool = False
    currency: str = ""
    single: bool = False
    none: bool = False
    article: bool = False
    share: bool = False


def figures(p: Pieces) -> list[Figure]:
    """All figures of the pieces, in order."""
    found: list[Figure] = []
    free = 0
    lower = p.lower[: p.count]
    for at in [i for i, piece in enumerate(lower) if piece in _STARTS or piece.isdecimal()]:
        figure = _figure(p, at) if at >= free else None
        if figure is None:
            continue
        if not _is_label(p, figure):
            found.append(figure)
        free = figure.last
    return found


def _figure(p: Pieces, at: int) -> Figure | None:
    bound = match_phrase(Q.BOUNDS, p.lower, at)
    if bound is not None:
        kind, after = bound
        if p.lower[after] == "an" and p.lower[after + 1] == "estimated":
            after += 2
        inner = _share(p, after) or _bare(p, after) or _vague(p, after)
        if inner is not None:
            return replace(_bounded(inner, kind), first=at)
        return None
    if p.lower[at] in Q.NOBODY or p.lower[at] == "no":
        end = at + 2 if p.lower[at + 1] == "one" else at + 1
        return Figure(at, end, 0, 0, none=True)
    vague = _vague(p, at)
    if vague is not None:
        return vague
    share = _share(p, at)
    if share is not None and (p.lower[share.last] == "of" or "in" in p.lower[at : share.last]):
        return share
    if p.lower[at] == "between":
        left = number(p, at + 1)
        if left is not None and p.lower[left.end] == "and":
            right = number(p, left.end + 1)
            if right is not None and right.value > left.value:
                return Figure(at, right.end, left.value, right.value)
        return None
    return _bare(p, at)


def _bounded(figure: Figure, kind: str) -> Figure:
    value = figure.low
    match kind:
        case "low":
            return replace(figure, high=None)
        case "high":
            return replace(figure, low=None, high=figure.high if figure.high else value)
        case "near":
            return replace(figure, approximate=True)
        case "total":
            return replace(figure, total=True)
    return figure


def _vague(p: Pieces, at: int) -> Figure | None:
    match = match_phrase(Q.VAGUE, p.lower, at)
    if match is None:
        return None
    low, end = match
    if p.lower[end] in ("of", "or", "more") and p.lower[end + 1] not in ("the", "them", "its"):
        end += p.lower[end] == "of"
    exact = p.lower[end - 1] in ("dozen", "hundred", "thousand", "million") and p.lower[at] in (
        "a",
        "half",
        "two",
        "three",
    )
    return Figure(at, end, float(low), float(low) if exact else None, approximate=True)


def _share(p: Pieces, at: int) -> Figure | None:
    """ "Two thirds", "fewer than half": a share in percent, of what follows or of all."""
    match = match_phrase(Q.SHARES, p.lower, at)
    if match is None:
        return None
    value, end = match
    after = p.lower[end]
    ratio = "in" in p.lower[at:end]  # "one in five nurses"
    if not ratio and after not in Q.SHARING and (after.isalnum() or after == "-"):
        return None
    return Figure(at, end, float(value), float(value), share=True)


def _bare(p: Pieces, at: int) -> Figure | None:
    """A number, a range, or a sum of money."""
    start = at
    currency = ""
    if p.lower[at] in Q.CURRENCIES and not p.lower[at].isalpha():
        currency, start = Q.CURRENCIES[p.lower[at]], at + 1
    first = number(p, start)
    if first is None:
        return None
    low, high, end = first.value, first.value, first.end
    right = None if _changed(p, at) else _range(p, first, currency)
    if right is not None and right.value > low:
        high, end = right.value, right.end
        if low < 1000 <= high and p.lower[end - 1] in W.NUMBER_SCALES and first.figures:
            low *= W.NUMBER_SCALES[p.lower[end - 1]]
    scale = _MONEY_SCALES.get(p.lower[end]) if currency and p.glued(end) else None
    if scale is not None:
        low, high, end = low * scale, high * scale, end + 1
    figure = Figure(at, end, low, high, currency=currency, single=first.value == 1)
    after = match_phrase(Q.AFTER, p.lower, end)
    if after is not None:
        figure = replace(_bounded(figure, after[0]), last=after[1])
    elif p.lower[end] == "-" and p.lower[end + 1] == "plus":
        figure = replace(figure, high=None, last=end + 2)
    elif p.lower[end] == "+" and p.glued(end):
        figure = replace(figure, high=None, last=end + 1)
    return figure


_CHANGE = 10  # pieces between the verb and the figure it changes
_MONEY_SCALES = {"m": 1e6, "k": 1e3, "b": 1e9, "tn": 1e12}


def _changed(p: Pieces, at: int) -> bool:
    """Whether two figures are before and after: "raised the toll from 14 to 31"."""
    if not at or p.lower[at - 1] != "from":
        return False
    return not Q.CHANGING.isdisjoint(p.lower[max(0, at - _CHANGE) : at])


def _range(p: Pieces, first: Number, currency: str) -> Number | None:
    """The right end of ``5-7``, ``5 to 7``, ``five or six``."""
    link = p.lower[first.end]
    if link not in ("-", "–", "—", "to", "or"):
        return None
    at = first.end + 1
    if currency and p.lower[at] in Q.CURRENCIES:
        at += 1
    return number(p, at)


def _is_label(p: Pieces, figure: Figure) -> bool:
    """Model names, scores, telephone numbers, fractions, ages and the like."""
    lower, first, last = p.lower, figure.first, figure.last
    before, after = lower[first - 1] if first else "", lower[last]
    digits = is_figure(lower[first])
    if digits and p.glued(first) and before and before not in "([\"'“‘—–":
        return True
    if digits and p.glued(last) and (after.isalpha() or after in ("/", ":", "_")):
        return after not in ("km", "kg", "m", "bn", "k")
    if digits and p.glued(last) and after == "-" and lower[last + 1] not in ("strong", "plus"):
        return True
    if not digits and after == "-" and p.glued(last):
        return True
    if before == "." and lower[first - 2] in Q.LABELS and digits:
        return True
    return before in Q.LABELS and digits
