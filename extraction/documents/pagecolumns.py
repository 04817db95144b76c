"""From the places of characters on a page to lines, in columns in the order in which they are read.

Characters become words and runs, runs become columns (a gutter that few words cross, bands between
the lines that do). Coordinates are PDF points, y grows upwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

_MOST_SPLITS = 4
# A gap that is wider, in sizes of the font, is no gap between words, not even of justified ones.
_WIDE = 3.0
# No column is parted from its neighbour by less, nor narrower.
_NARROW = 0.8
_NARROWEST = 9
_LEVEL = 0.15
# Points by which the edges of justified lines may differ, and sizes from line to line.
_EDGE = 1.5
_LEADING = 1.6
# A smaller gap parts cells where the next line has it, too.
_CELL_GAP = 0.9
_CELL_EDGE = 0.2
_FEWEST_GAPS = 2
_RAISED_SIZE = 0.85
_RAISED_BY = 0.1
_LONGEST_MARK = 3
_FEWEST_RUNS = 8
_FEWEST_LINES = 4
_BINS = 240


@dataclass(frozen=True, slots=True)
class Char:
    """A character with its box (left, right, bottom, top) and the size of its font."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line with its left and right edge."""

    text: str
    x0: float
    x1: float


@dataclass(slots=True)
class Run:
    """Words side by side, or a whole line of them; ``noted`` where it begins with a raised figure,
    as a footnote does.
    """

    words: list[Word]
    y0: float
    y1: float
    size: float
    text: str = ""
    noted: bool = False

    def __post_init__(self) -> None:
        self.text = self.text or " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def runs_of(chars: Iterable[Char]) -> tuple[Run, ...]:
    """Join characters of one line to words and runs; a very wide gap parts two runs."""
    runs: list[Run] = []
    letters: list[Char] = []
    words: list[list[Char]] = []
    last: Char | None = None
    for char in chars:
        if char.text.isspace():
            letters = []
            continue
        if last is None or _parted(last, char):
            _close(runs, words)
            letters, words = [], []
        elif char.x0 - last.x1 > 0.18 * char.size:
            letters = []
        if not letters:
            words.append(letters := [])
        letters.append(char)
        last = char
    _close(runs, words)
    return tuple(runs)


def columns_of(runs: Sequence[Run], depth: int = 0) -> list[list[Run]]:
    """Regions that are read one after the other."""
    if not runs:
        return []
    gutter = _gutter(runs) if depth < _MOST_SPLITS and len(runs) >= _FEWEST_RUNS else None
    if gutter is None:
        return [list(runs)]
    left, across, right = _sides(runs, gutter)
    across.sort(key=lambda run: -run.middle)
    edges = [float("inf"), *(run.middle for run in across), float("-inf")]
    regions: list[list[Run]] = []
    for index, (top, bottom) in enumerate(pairwise(edges)):
        before = len(regions)
        for side in (left, right):
            band = [run for run in side if bottom < run.middle <= top]
            regions += columns_of(band, depth + 1)
        if index < len(across):
            # lines across the page that follow one another are read together
            if index and before == len(regions):
                regions[-1].append(across[index])
            else:
                regions.append([across[index]])
    return regions


def _sides(runs: Iterable[Run], at: float) -> tuple[list[Run], list[Run], list[Run]]:
    """What lies left of a gutter, across it and right of it."""
    left: list[Run] = []
    across: list[Run] = []
    right: list[Run] = []
    for run in runs:
        before = [word for word in run.words if (word.x0 + word.x1) / 2 <= at]
        after = [word for word in run.words if (word.x0 + word.x1) / 2 > at]
        if not after and run.x1 <= at:
            left.append(run)
        elif not before and run.x0 >= at:
            right.append(run)
        elif not before or not after or after[0].x0 - before[-1].x1 < _NARROW * run.size:
            across.append(run)
        else:
            left.append(Run(before, run.y0, run.y1, run.size))
            right.append(Run(after, run.y0, run.y1, run.size))
    return left, across, right


def _gutter(runs: Sequence[Run]) -> float | None:
    """Where two columns of running text part, if they do."""
    start, end = min(run.x0 for run in runs), max(run.x1 for run in runs)
    size = median(run.size for run in runs)
    if end - start < 12 * size:
        return None
    step = (end - start) / _BINS
    crossing = [0] * (_BINS + 1)
    for run in runs:
        for word in run.words:
            for place in range(int((word.x0 - start) / step), int((word.x1 - start) / step) + 1):
                crossing[place] += 1
    rows = len(rows_of(runs))
    best: tuple[int, float] | None = None
    middle = range(int(0.12 * _BINS), int(0.88 * _BINS))
    for open_, stretch in groupby(middle, lambda place: crossing[place] <= 0.3 * rows):
        if not open_:
            continue
        places = list(stretch)
        lowest = min(crossing[place] for place in places)
        clear = max(
            (
                list(same)
                for count, same in groupby(places, lambda place: crossing[place])
                if count == lowest
            ),
            key=len,
        )
        at = start + (clear[0] + clear[-1] + 1) / 2 * step
        if (best is None or lowest < best[0]) and _parts_columns(runs, at):
            best = lowest, at
    return best[1] if best else None


def _parts_columns(runs: Sequence[Run], at: float) -> bool:
    """Whether what lies on both sides is running text: lines as wide as their column.

    A column of links beside a story is narrow and ragged; but nothing crosses the gutter, and its
    lines do not stand beside those of the story, as the cells of a table do.
    """
    left, across, right = (rows_of(side) for side in _sides(runs, at))
    if min(len(left), len(right)) < _FEWEST_LINES or left[0].y0 < right[-1].y1:
        return False
    if right[0].y0 <= left[-1].y1:
        return False
    return (_is_prose(left) and _is_prose(right)) or not (across or _beside(left, right))


def _beside(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether most lines of the shorter side stand at the height of one of the other side."""
    fewer, more = sorted((left, right), key=len)
    bottoms = [line.y0 for line in more]
    beside = [
        any(abs(line.y0 - bottom) < _LEVEL * line.size for bottom in bottoms) for line in fewer
    ]
    return sum(beside) * 2 > len(fewer)


def _is_prose(lines: Sequence[Run]) -> bool:
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    usual = median(line.x1 - line.x0 for line in lines)
    return usual > 0.5 * width and usual > _NARROWEST * median(line.size for line in lines)


def _parted(last: Char, char: Char) -> bool:
    size = max(last.size, char.size, 1.0)
    overlap = min(last.y1, char.y1) - max(last.y0, char.y0)
    if overlap < 0.3 * min(last.y1 - last.y0, char.y1 - char.y0):
        return True
    gap = char.x0 - last.x1
    return gap > _WIDE * size or gap < -1.5 * size


def _close(runs: list[Run], words: list[list[Char]]) -> None:
    chars = [char for word in words for char in word]
    if chars:
        size = max(char.size for char in chars)
        base = min(char.y0 for char in chars if char.size == size)
        boxes = [
            Word(
                _with_marks(word, size, base, first=word is words[0]),
                min(char.x0 for char in word),
                max(char.x1 for char in word),
            )
            for word in words
        ]
        runs.append(
            Run(
                boxes,
                min(char.y0 for char in chars),
                max(char.y1 for char in chars),
                size,
                noted=len(chars) > 1 and _is_raised(chars[0], size, base),
            )
        )


def _is_raised(char: Char, size: float, base: float) -> bool:
    """Whether a figure stands small and high in a line of letters of a size on a base."""
    small = char.size < _RAISED_SIZE * size
    return small and char.text.isdecimal() and char.y0 > base + _RAISED_BY * size


def _with_marks(word: Sequence[Char], size: float, base: float, *, first: bool) -> str:
    """A word in which ``[1]`` is the mark of a note: a 1 that is raised behind it.

    A unit (m2) is too short to bear one. What a line begins with is the number of the note itself.
    """
    text = "".join(char.text for char in word)
    raised = [_is_raised(char, size, base) for char in word]
    if not any(raised):
        return text
    if first and raised[0]:
        end = raised.index(False) if False in raised else len(raised)
        return f"{text[:end]} {text[end:]}".strip()
    start = len(raised) - next(
        (n for n, high in enumerate(reversed(raised)) if not high), len(raised)
    )
    before, mark = text[:start], text[start:]
    if not 0 < len(mark) <= _LONGEST_MARK or (before.isalnum() and len(before) < _LONGEST_MARK):
        return text
    return f"{before}[{mark}]"


def rows_of(runs: Sequence[Run]) -> list[Run]:
    """Runs of a column as lines from top to bottom; wide gaps in a line part cells."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        if rows and abs(rows[-1][0].middle - run.middle) < 0.4 * min(
            rows[-1][0].y1 - rows[-1][0].y0, run.y1 - run.y0
        ):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    cells = _cells(rows)
    lines = []
    for row, begins in zip(rows, cells, strict=True):
        words = _words_of(row)
        text = words[0].text
        for word in words[1:]:
            text += (" | " if word.x0 in begins else " ") + word.text
        lines.append(
            Run(
                words,
                min(run.y0 for run in row),
                max(run.y1 for run in row),
                max(run.size for run in row),
                text,
                row[0].noted,
            )
        )
    return lines


def _words_of(row: Sequence[Run]) -> list[Word]:
    return [word for run in row for word in run.words]


def _cells(rows: Sequence[Sequence[Run]]) -> list[set[float]]:
    """For each line the left edges of the words that begin a cell of a table, the first left out.

    A very wide gap parts cells; a smaller one, where the next line has it, too; and the head of a
    table is parted as the line beside it, if its words begin where those cells do.
    """
    stretched = _stretched(rows)
    found: list[set[float]] = []
    above: list[float] = []
    for place, row in enumerate(rows):
        size = max(run.size for run in row)
        gaps = [(word.x0, word.x0 - before.x1) for before, word in pairwise(_words_of(row))]
        found.append({x for x, gap in gaps if gap > _WIDE * size and place not in stretched})
        here = [x for x, gap in gaps if gap > _CELL_GAP * size]
        both = [(x, y) for x in above for y in here if abs(x - y) < _CELL_EDGE * size]
        if len(both) >= _FEWEST_GAPS:
            found[-2].update(x for x, _ in both)
            found[-1].update(y for _, y in both)
        above = here
    for place, row in enumerate(rows[:-1]):
        beside = found[place + 1]
        words = _words_of(row)
        if found[place] or len(beside) < _FEWEST_GAPS or len(words) > 2 * len(beside) + 2:
            continue
        near = _CELL_EDGE * max(run.size for run in row)
        begins = {word.x0 for word in words[1:] if any(abs(word.x0 - x) < near for x in beside)}
        if len(begins) == len(beside):
            found[place] = begins
    return found


def _stretched(rows: Sequence[Sequence[Run]]) -> set[int]:
    """Places of lines of few words that are drawn out to the width of their narrow column.

    They reach from edge to edge, and a line beside them does so without a gap.
    """
    left = min((row[0].x0 for row in rows), default=0.0)
    right = max((row[-1].x1 for row in rows), default=0.0)
    whole = [row[0].x0 - left < _EDGE and right - row[-1].x1 < _EDGE for row in rows]
    found: set[int] = set()
    for place, row in enumerate(rows):
        if len(row) == 1 or not whole[place]:
            continue
        for other in (place - 1, place + 1):
            if not 0 <= other < len(rows) or not whole[other]:
                continue
            apart = abs(rows[other][0].middle - row[0].middle)
            if (len(rows[other]) == 1 or other in found) and apart < _LEADING * row[0].size:
                found.add(place)
    return found
