"""Texts with their attributions marked in place: "[Rusk] {said} <the port was shut>".

Square brackets hold the source, braces the cue and angle brackets content; all that carry one
number ("<2|...>", 1 where none stands) are one attribution, and what several share carries the
number of each ("[12|...]"). A line is a text, "¶" parts its paragraphs, and "# " opens a headline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "marked"
# Texts that are scored as a whole: written and marked before the program had read them.
BROAD = Path(__file__).parent / "marked_broad"
_MARK = re.compile(r"[\[{<](?:(\d+)\|)?|[\]}>]")
_ROLE = {"[": "source", "{": "cue", "<": "content"}


@dataclass(frozen=True, slots=True)
class Marked:
    """An attribution as marked: offsets into the plain text."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    contents: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Parts:
    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)


def unmark(line: str) -> tuple[str, bool, list[Marked]]:
    """Plain text, whether it is a headline, and its attributions."""
    title = line.startswith("# ")
    line = line[2:] if title else line
    plain, at = "", 0
    stack: list[tuple[str, str, int]] = []
    parts: dict[str, _Parts] = {}
    for mark in _MARK.finditer(line):
        plain += line[at : mark.start()]
        at = mark.end()
        sign = mark.group()
        if sign[0] in _ROLE:
            stack.append((_ROLE[sign[0]], mark.group(1) or "1", len(plain)))
            continue
        role, numbers, start = stack.pop()
        for number in numbers:
            getattr(parts.setdefault(number, _Parts()), role).append((start, len(plain)))
    plain = (plain + line[at:]).replace("¶", "\n")
    assert not stack, line
    found = [
        Marked(part.source[0] if part.source else None, part.cue[0], tuple(part.content))
        for part in sorted(parts.values(), key=lambda part: part.cue)
    ]
    return plain, title, found


def lines(folder: Path = FOLDER) -> list[tuple[str, str]]:
    """(name of the file, line) of every marked text in a folder."""
    return [
        (path.stem, line)
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
