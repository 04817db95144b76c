"""From the places of characters on pages to paragraphs in the order in which they are read.

Characters become runs, runs become columns (a gutter that few runs cross, bands between the runs
that do), columns become lines, lines become paragraphs; hyphens at line ends are joined. Rows at
the edge of several pages that differ by figures only are running heads. Coordinates are PDF points,
y grows upwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

_MARGIN = 0.1
_EDGE_ROWS = 3
_MOST_SPLITS = 4
_BINS = 240
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:[-*•–▪●◦]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_TERMINAL = (".", "!", "?", ":", ";", '"', "”", "’", ")", "…")
_HYPHENS = ("-", "\u2010", "\u00ad")


@dataclass(frozen=True, slots=True)
class Char:
    """A character with its box (left, right, bottom, top) and the size of its font."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float


@dataclass(slots=True)
class Run:
    """Characters side by side, or a whole line of them."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page's runs in the order in which the file writes them."""

    number: int
    height: float
    runs: tuple[Run, ...]


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; ``pages`` are (offset in ``text``, page) where a page begins.

    ``margin`` marks what stands at the edge of its page: "running head" or "page number".
    """

    text: str
    size: float
    pages: list[tuple[int, int]] = field(default_factory=list)
    margin: str = ""
    row: bool = False


def runs_of(chars: Iterable[Char]) -> tuple[Run, ...]:
    """Join characters of one line; a gap wider than the letters are high parts two runs."""
    runs: list[Run] = []
    words: list[str] = []
    last: Char | None = None
    for char in chars:
        blank = char.text.isspace()
        if not blank and last is not None and _parted(last, char):
            _close(runs, words)
            words = []
        if not blank:
            if not words:
                runs.append(Run("", char.x0, char.x1, char.y0, char.y1, char.size))
            run = runs[-1]
            run.x0, run.x1 = min(run.x0, char.x0), max(run.x1, char.x1)
            run.y0, run.y1 = min(run.y0, char.y0), max(run.y1, char.y1)
            run.size = max(run.size, char.size)
            if last is not None and words and char.x0 - last.x1 > 0.18 * char.size:
                words.append(" ")
            last = char
        if words or not blank:
            words.append(" " if blank else char.text)
    _close(runs, words)
    return tuple(run for run in runs if run.text)


def paragraphs_of(pages: Sequence[Page]) -> list[Paragraph]:
    """Paragraphs of a document in reading order; what a page's edges hold stands between them."""
    margins = _margins(pages)
    regions: list[tuple[int, list[Run]]] = []
    edges: dict[int, list[Paragraph]] = {}
    for page in pages:
        inner = [run for run in page.runs if id(run) not in margins]
        found: dict[str, list[Run]] = {}
        for run in page.runs:
            if id(run) in margins:
                found.setdefault(margins[id(run)], []).append(run)
        edges[page.number] = [
            Paragraph(row.text, row.size, [(0, page.number)], reason)
            for reason, runs in found.items()
            for row in _rows(runs)
        ]
        regions += [(page.number, _rows(runs)) for runs in _columns(inner, 0)]
    return list(_joined(regions, edges, _leading(regions)))


def _parted(last: Char, char: Char) -> bool:
    size = max(last.size, char.size, 1.0)
    overlap = min(last.y1, char.y1) - max(last.y0, char.y0)
    if overlap < 0.3 * min(last.y1 - last.y0, char.y1 - char.y0):
        return True
    gap = char.x0 - last.x1
    return gap > 1.1 * size or gap < -1.5 * size


def _close(runs: list[Run], words: list[str]) -> None:
    if runs and words:
        runs[-1].text = " ".join("".join(words).split())


def _rows(runs: Sequence[Run]) -> list[Run]:
    """Runs of a column as lines from top to bottom; wide gaps in a line part cells."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        if rows and abs(rows[-1][0].middle - run.middle) < 0.4 * min(
            rows[-1][0].y1 - rows[-1][0].y0, run.y1 - run.y0
        ):
            rows[-1].append(run)
        else:
            rows.append([run])
    lines = []
    for row in rows:
        row.sort(key=lambda run: run.x0)
        text = row[0].text
        for before, run in pairwise(row):
            text += (" | " if run.x0 - before.x1 > 1.8 * run.size else " ") + run.text
        lines.append(
            Run(
                text,
                row[0].x0,
                max(run.x1 for run in row),
                min(run.y0 for run in row),
                max(run.y1 for run in row),
                max(run.size for run in row),
            )
        )
    return lines


def _margins(pages: Sequence[Page]) -> dict[int, str]:
    """Runs at the edges of pages by their ``id``, with what they are."""
    rows: list[tuple[str, str, list[Run]]] = []
    for page in pages:
        for runs in _edge_rows(page):
            text = " ".join(run.text for run in sorted(runs, key=lambda run: run.x0))
            rows.append((text, re.sub(r"\d+", "#", text).casefold(), runs))
    counts = Counter(key for _, key, _ in rows)
    found: dict[int, str] = {}
    for text, key, runs in rows:
        reason = ""
        if _PAGE_NUMBER.fullmatch(text):
            reason = "page number"
        elif counts[key] > 1:
            reason = "running head"
        if reason:
            found.update((id(run), reason) for run in runs)
    return found


def _edge_rows(page: Page) -> Iterator[list[Run]]:
    for runs, sign in ((page.runs, 1), (page.runs, -1)):
        limit = page.height * (1 - _MARGIN if sign > 0 else _MARGIN)
        near = [run for run in runs if (run.middle - limit) * sign > 0]
        near.sort(key=lambda run: -run.middle * sign)
        rows: list[list[Run]] = []
        for run in near:
            if rows and abs(rows[-1][0].middle - run.middle) < 0.5 * run.size:
                rows[-1].append(run)
            elif len(rows) == _EDGE_ROWS:
                break
            else:
                rows.append([run])
        yield from rows


def _columns(runs: Sequence[Run], depth: int) -> list[list[Run]]:
    """Regions that are read one after the other."""
    if not runs:
        return []
    gutter = _gutter(runs) if depth < _MOST_SPLITS and len(runs) >= 8 else None
    if gutter is None:
        return [list(runs)]
    regions: list[list[Run]] = []
    across = sorted((run for run in runs if run.x0 < gutter < run.x1), key=lambda run: -run.middle)
    aside = [run for run in runs if not run.x0 < gutter < run.x1]
    for index in range(len(across) + 1):
        top = across[index - 1].middle if index else float("inf")
        bottom = across[index].middle if index < len(across) else float("-inf")
        band = [run for run in aside if bottom < run.middle <= top]
        if band:
            for side in (
                [run for run in band if run.x1 <= gutter],
                [run for run in band if run.x0 >= gutter],
            ):
                regions += _columns(side, depth + 1)
        if index < len(across):
            if regions and regions[-1] and regions[-1][-1] is across[index - 1] and index:
                regions[-1].append(across[index])
            else:
                regions.append([across[index]])
    return regions


def _gutter(runs: Sequence[Run]) -> float | None:
    """Where two columns of running text part, if they do."""
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    width = right - left
    size = median(run.size for run in runs)
    if width < 12 * size:
        return None
    step = width / _BINS
    crossing = [0] * (_BINS + 1)
    for run in runs:
        for place in range(int((run.x0 - left) / step), int((run.x1 - left) / step) + 1):
            crossing[place] += 1
    best: tuple[int, float] | None = None
    middle = range(int(0.12 * _BINS), int(0.88 * _BINS))
    for open_, stretch in groupby(middle, lambda place: crossing[place] <= 0.25 * len(runs)):
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
        at = left + (clear[0] + clear[-1] + 1) / 2 * step
        if (best is None or lowest < best[0]) and _parts_columns(runs, at, left, right):
            best = lowest, at
    return best[1] if best else None


def _parts_columns(runs: Sequence[Run], at: float, left: float, right: float) -> bool:
    """Whether what lies on both sides is running text: lines as wide as their column."""
    before = [run for run in runs if run.x1 <= at]
    after = [run for run in runs if run.x0 >= at]
    if min(len(before), len(after)) < 4:
        return False
    if max(run.y0 for run in before) < min(run.y1 for run in after):
        return False
    return median(run.x1 - run.x0 for run in before) > 0.45 * (at - left) and median(
        run.x1 - run.x0 for run in after
    ) > 0.45 * (right - at)


def _leading(regions: Sequence[tuple[int, Sequence[Run]]]) -> float:
    """How far apart lines of a paragraph usually stand, in sizes of their font."""
    distances = [
        (before.middle - line.middle) / max(line.size, 1.0)
        for _, lines in regions
        for before, line in pairwise(lines)
        if abs(before.size - line.size) < 0.5 and before.middle > line.middle
    ]
    return min(median(distances), 3.0) if distances else 1.2


def _joined(
    regions: Sequence[tuple[int, Sequence[Run]]],
    edges: dict[int, list[Paragraph]],
    leading: float,
) -> Iterator[Paragraph]:
    words = Counter(
        word.lower()
        for _, lines in regions
        for line in lines
        for word in re.findall(r"\w+-\w+", line.text)
    )
    pending: Paragraph | None = None
    waiting: list[Paragraph] = []
    shown: set[int] = set()
    full = False
    for page, lines in regions:
        if page not in shown:
            shown.add(page)
            waiting += edges.get(page, [])
        right = max((line.x1 for line in lines), default=0.0)
        left = min((line.x0 for line in lines), default=0.0)
        before: Run | None = None
        for line in lines:
            begins = pending is None or (
                _begins(before, line, left, right, leading)
                if before is not None
                else not _goes_on(pending, line, full)
            )
            if begins:
                if pending is not None:
                    yield pending
                yield from waiting
                waiting = []
                pending = Paragraph("", line.size, [(0, page)], row=" | " in line.text)
            assert pending is not None
            _append(pending, line, page, words)
            before = line
            full = line.x1 > right - 0.12 * (right - left)
    if pending is not None:
        yield pending
    yield from waiting
    for page in sorted(edges.keys() - shown):
        yield from edges[page]


def _begins(before: Run, line: Run, left: float, right: float, leading: float) -> bool:
    size = max(line.size, before.size, 1.0)
    if abs(before.size - line.size) > 0.12 * size or _ITEM.match(line.text):
        return True
    if " | " in line.text or " | " in before.text:
        return True
    if before.middle - line.middle > 1.3 * max(leading, 1.0) * size:
        return True
    # a first line that is drawn in
    if line.x0 > before.x0 + 0.8 * size and line.x0 < left + 5 * size and before.x0 < left + size:
        return before.text.endswith(_TERMINAL)
    return before.x1 < right - 0.15 * (right - left) and before.text.endswith(_TERMINAL)


def _goes_on(pending: Paragraph, line: Run, full: bool) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if pending.row or abs(pending.size - line.size) > 0.12 * line.size or " | " in line.text:
        return False
    if _ITEM.match(line.text) or not line.text:
        return False
    if pending.text.endswith(_HYPHENS) or line.text[0].islower():
        return not pending.text.endswith(_TERMINAL) or line.text[0].islower()
    return full and not pending.text.endswith(_TERMINAL)


def _append(pending: Paragraph, line: Run, page: int, words: Counter[str]) -> None:
    text = pending.text
    start = line.text
    if text.endswith(_HYPHENS) and len(text) > 1 and text[-2].isalpha() and start[:1].isalpha():
        last = re.search(r"\w+$", text[:-1])
        first = re.match(r"\w+", start)
        whole = f"{last[0]}-{first[0]}".lower() if last and first else ""
        kept = text[-1] != "\u00ad" and (start[0].isupper() or words[whole] > 0)
        text = text if kept else text[:-1]
    elif text:
        text += " "
    if pending.pages[-1][1] != page:
        pending.pages.append((len(text), page))
    pending.text = text + start
