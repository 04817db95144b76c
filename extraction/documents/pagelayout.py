"""From pages of lines to paragraphs: across columns and pages, without what the edges repeat.

Hyphens at line ends are joined. Rows at the edge of several pages that differ by figures only are
running heads. Coordinates are PDF points, y grows upwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median

from extraction.documents.boilerplate import boilerplate_reason
from extraction.documents.metadata import is_byline, is_date_line
from extraction.documents.pagecolumns import Run, columns_of, rows_of
from extraction.lexicon import load

_MARGIN = 0.1
_EDGE_ROWS = 3
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[?(\d{1,3})[\].)]?\s*(?=[^\W\d_]|[“‘\"'(])")
_SMALL = 0.92
_ITEM = re.compile(r"(?:[-*•–▪▸✓●◦]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_TERMINAL = (".", "!", "?", ":", ";", '"', "”", "’", ")", "…")
_SHORT_NOTICE = 60
_SHORTEST_SECOND = 5  # "halfway" and "wellness" are one word
_HYPHENS = ("-", "\u2010", "\u00ad")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's runs in the order in which the file writes them."""

    number: int
    height: float
    runs: tuple[Run, ...]


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; ``pages`` are (offset in ``text``, page) where a page begins.

    ``margin`` marks what stands at the edge of its page: "running head" or "page number"; ``note``
    is the number of a footnote, which ``text`` leaves out.
    """

    text: str
    size: float
    pages: list[tuple[int, int]] = field(default_factory=list)
    margin: str = ""
    row: bool = False
    note: str = ""


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
            for row in rows_of(runs)
        ]
        regions += [(page.number, rows_of(runs)) for runs in columns_of(inner)]
    heights = {page.number: page.height for page in pages}
    body = median([line.size for _, lines in regions for line in lines] or [10.0])
    notes: dict[int, list[list[Run]]] = {}
    for number, lines in regions:
        notes.setdefault(number, []).extend(_cut_notes(lines, heights[number], body))
    return list(_joined(regions, notes, edges, _leading(regions)))


def _cut_notes(lines: list[Run], height: float, body: float) -> list[list[Run]]:
    """Take the footnotes from the end of a column: small, or opened by a raised figure."""
    first = None
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.middle > height / 2 or line.size > 1.05 * lines[-1].size:
            break
        if line.noted or (line.size < _SMALL * body and _NOTE.match(line.text)):
            first = place
    if first is None:
        return []
    notes: list[list[Run]] = []
    for line in lines[first:]:
        if _NOTE.match(line.text) or not notes:
            notes.append([line])
        else:
            notes[-1].append(line)
    del lines[first:]
    return notes


def _as_note(lines: Sequence[Run], page: int, words: Counter[str]) -> Paragraph:
    match = _NOTE.match(lines[0].text)
    assert match is not None
    note = Paragraph("", lines[0].size, [(0, page)], note=match[1])
    for line in lines:
        _append(note, line, page, words)
    note.text = note.text[match.end(1) :].lstrip(" .)]")
    return note


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


def _leading(regions: Sequence[tuple[int, Sequence[Run]]]) -> float:
    """How far apart lines of a paragraph usually stand, in sizes of their font."""
    distances = [
        (before.middle - line.middle) / max(line.size, 1.0)
        for _, lines in regions
        for before, line in pairwise(lines)
        if abs(before.size - line.size) < 0.5 and before.middle > line.middle
    ]
    # In a memo of one-line paragraphs most distances are those between paragraphs.
    return min(sorted(distances)[len(distances) // 4], 3.0) if distances else 1.2


def _joined(
    regions: Sequence[tuple[int, Sequence[Run]]],
    notes: dict[int, list[list[Run]]],
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
    last = 0
    for page, lines in regions:
        if page not in shown:
            shown.add(page)
            waiting += [_as_note(lines, last, words) for lines in notes.get(last, ())]
            waiting += edges.get(page, [])
            last = page
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
    yield from (_as_note(lines, last, words) for lines in notes.get(last, ()))
    for page in sorted(edges.keys() - shown):
        yield from edges[page]


def _begins(before: Run, line: Run, left: float, right: float, leading: float) -> bool:
    size = max(line.size, before.size, 1.0)
    if abs(before.size - line.size) > 0.12 * size or _ITEM.match(line.text):
        return True
    if " | " in line.text or " | " in before.text:
        return True
    if is_byline(before.text) or is_date_line(line.text) or is_date_line(before.text):
        return True
    if any(len(r.text) < _SHORT_NOTICE and boilerplate_reason(r.text) for r in (before, line)):
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


def _is_compound(whole: str) -> bool:
    """Whether a word is written with its hyphen wherever its line ends: "well-informed"."""
    first, _, second = whole.partition("-")
    return first in _compounds() and len(second) >= _SHORTEST_SECOND


@cache
def _compounds() -> frozenset[str]:
    return frozenset(load("en", "documents")["compounds"])


def _append(pending: Paragraph, line: Run, page: int, words: Counter[str]) -> None:
    text = pending.text
    start = line.text
    if text.endswith(_HYPHENS) and len(text) > 1 and text[-2].isalpha() and start[:1].isalpha():
        last = re.search(r"\w+$", text[:-1])
        first = re.match(r"\w+", start)
        whole = f"{last[0]}-{first[0]}".lower() if last and first else ""
        compound = words[whole] > 0 or _is_compound(whole)
        kept = text[-1] != "\u00ad" and (start[0].isupper() or compound)
        text = text if kept else text[:-1]
    elif text:
        text += " "
    if pending.pages[-1][1] != page:
        pending.pages.append((len(text), page))
    pending.text = text + start
