"""Numbers in words and figures, over pieces."""

from __future__ import annotations

import msgspec

from extraction.times.scan import Pieces
from extraction.times.words import (
    NUMBER_SCALES,
    NUMBER_TENS,
    NUMBER_UNITS,
    ORDINAL_SUFFIXES,
    ORDINALS,
)

_LONGEST = 15
# "Nineteen ninety", "twenty twelve".
_CENTURIES = (17, 18, 19, 20)
_TEENS_END = 20
_MOST_WORDS = 14


class Number(msgspec.Struct, frozen=True):
    """A number and the piece after it. ``figures`` where it was written in digits."""

    value: float
    end: int
    figures: bool


def is_figure(piece: str) -> bool:
    return piece.isdecimal() and len(piece) <= _LONGEST


def number(p: Pieces, at: int) -> Number | None:
    """The cardinal that begins there: ``1,250``, ``2.5 million``, ``two hundred and ten``."""
    if is_figure(p.lower[at]):
        return _figures(p, at)
    return _in_words(p, at)


def _figures(p: Pieces, at: int) -> Number:
    digits = p.lower[at]
    end = at + 1
    while (
        p.lower[end] == ","
        and p.glued(end)
        and p.glued(end + 1)
        and len(p.lower[end + 1]) == 3
        and is_figure(p.lower[end + 1])
        and len(digits) <= _LONGEST
    ):
        digits += p.lower[end + 1]
        end += 2
    value = float(digits)
    if p.lower[end] == "." and p.glued(end) and p.glued(end + 1) and is_figure(p.lower[end + 1]):
        value += float("0." + p.lower[end + 1])
        end += 2
    return _scaled(p, value, end, figures=True)


def _scaled(p: Pieces, value: float, end: int, *, figures: bool) -> Number:
    scale = NUMBER_SCALES.get(p.lower[end])
    if scale is None and p.lower[end] == "-":
        scale = NUMBER_SCALES.get(p.lower[end + 1])
        end += scale is not None
    if scale is not None:
        return Number(value * scale, end + 1, figures)
    return Number(value, end, figures)


def _below_hundred(p: Pieces, at: int) -> tuple[int, int] | None:
    piece = p.lower[at]
    if piece in NUMBER_UNITS:
        return NUMBER_UNITS[piece], at + 1
    if piece not in NUMBER_TENS:
        return None
    value, end = NUMBER_TENS[piece], at + 1
    after = end + 1 if p.lower[end] == "-" else end
    unit = NUMBER_UNITS.get(p.lower[after], 0)
    if 0 < unit < 10:
        return value + unit, after + 1
    return value, end


def _in_words(p: Pieces, at: int) -> Number | None:
    total, current, end, found = 0, 0, at, False
    while end - at < _MOST_WORDS:
        part = _below_hundred(p, end)
        if part is not None and current % 100 == 0:
            current, end, found = current + part[0], part[1], True
        elif found and p.lower[end] in NUMBER_SCALES:
            scale = NUMBER_SCALES[p.lower[end]]
            if scale == 100:
                current *= 100
            else:
                total, current = total + current * scale, 0
            end += 1
        elif (
            found
            and p.lower[end] == "and"
            and (current % 100 == 0)
            and (total or current)
            and _below_hundred(p, end + 1)
            and p.lower[end - 1] in NUMBER_SCALES
        ):
            end += 1
        else:
            break
    return Number(float(total + current), end, figures=False) if found else None


def ordinal(p: Pieces, at: int) -> tuple[int, int] | None:
    """``third``, ``twenty-first``, ``21st``: the number and the piece after it."""
    piece = p.lower[at]
    if piece in ORDINALS:
        return ORDINALS[piece], at + 1
    if piece in NUMBER_TENS:
        after = at + 2 if p.lower[at + 1] == "-" else at + 1
        unit = ORDINALS.get(p.lower[after], 0)
        return (NUMBER_TENS[piece] + unit, after + 1) if 0 < unit < 10 else None
    if is_figure(piece) and p.lower[at + 1] in ORDINAL_SUFFIXES and p.glued(at + 1):
        return int(piece), at + 2
    return None


def year_in_words(p: Pieces, at: int) -> tuple[int, int] | None:
    """``nineteen ninety-one``, ``two thousand and one``: the year and the piece after it."""
    if p.lower[at] == "two" and p.lower[at + 1] == "thousand":
        end = at + 3 if p.lower[at + 2] == "and" else at + 2
        unit = NUMBER_UNITS.get(p.lower[end], 0)
        return (2000 + unit, end + 1) if 0 < unit < _TEENS_END else None
    century = NUMBER_UNITS.get(p.lower[at], 0)
    if century not in _CENTURIES:
        return None
    start = at + 2 if p.lower[at + 1] == "-" else at + 1
    if p.lower[start] in ("oh", "o"):
        unit = NUMBER_UNITS.get(p.lower[start + 1], 0)
        return (100 * century + unit, start + 2) if 0 < unit < 10 else None
    rest = _below_hundred(p, start)
    if rest is None or rest[0] < 10:
        return None
    return 100 * century + rest[0], rest[1]
