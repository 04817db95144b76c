"""Wire copy with its expressions of time marked in place: "opens [Friday|1998-03-06]".

A line "@1998-03-06" gives the day of publication of the lines that follow it; every other line is a
text, "# " opens a headline and "¶" parts paragraphs. The words in brackets are an expression with
its TIMEX3 value; with an empty value it counts neither for nor against. All parties, places and
events are invented. ``dev`` was there while the rules were made; ``check``, ``fresh``
and ``modern`` were annotated before the program had read them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from extraction.model import TimeExpression
from tests.extraction.times.helpers import read

FOLDER = Path(__file__).parent / "wire"
_MARK = re.compile(r"\[([^|\]]+)\|([^\]]*)\]")
_CALENDAR = re.compile(r"(BC)?\d{2,4}(?!\d)")
_ZONE = re.compile(r"(T\d\d:\d\d)[+-]\d\d\Z")


@dataclass(frozen=True, slots=True)
class Wire:
    """A text with the day it was published and its expressions: (start, end, value)."""

    published: str
    text: str
    times: tuple[tuple[int, int, str], ...]


def wires(name: str) -> list[Wire]:
    """The texts of ``dev``, ``check``, ``fresh`` or ``modern``."""
    found: list[Wire] = []
    published = ""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            published = line[1:]
        elif line:
            found.append(_unmark(published, line.replace("¶", "\n\n")))
    return found


def _unmark(published: str, line: str) -> Wire:
    plain, at = "", 0
    times: list[tuple[int, int, str]] = []
    for mark in _MARK.finditer(line):
        plain += line[at : mark.start()]
        times.append((len(plain), len(plain) + len(mark[1]), mark[2]))
        plain, at = plain + mark[1], mark.end()
    return Wire(published, plain + line[at:], tuple(times))


def is_calendar(value: str) -> bool:
    """Whether a value names a place on the calendar."""
    return _CALENDAR.match(value) is not None


def _same(one: str, other: str, *, calendar: bool) -> bool:
    if one == other or not calendar:
        return one == other
    return _ZONE.sub(r"\1", one) == _ZONE.sub(r"\1", other)


def score(texts: list[Wire], *, calendar: bool = False, errors: list[str] | None = None) -> float:
    """F1 of found expressions with the right value, as the published measure of dates counts.

    A found and a marked expression go together where they overlap, the larger overlap first. With
    ``calendar`` only expressions with a place on the calendar count.
    """
    count: Counter[str] = Counter()
    for text in texts:
        found = [t for t in read(text.text, text.published) if not _is_ignored(t, text)]
        wanted = [t for t in text.times if t[2] and (not calendar or is_calendar(t[2]))]
        if calendar:
            found = [t for t in found if is_calendar(t.value)]
        count["found"] += len(found)
        count["wanted"] += len(wanted)
        for start, end, value in wanted:
            best = max(found, key=lambda t: _overlap(t, start, end), default=None)
            right = (
                best is not None
                and _overlap(best, start, end) > 0
                and _same(best.value, value, calendar=calendar)
            )
            count["right"] += right
            if not right and errors is not None:
                got = "nothing"
                if best is not None and _overlap(best, start, end) > 0:
                    got = f"{best.value} for {best.span.exact!r} [{best.anchor}]"
                words = text.text[start:end]
                errors.append(f"{text.published} {words!r} {value}, got {got} | {text.text[:110]}")
        if errors is not None:
            errors += [
                f"{text.published} EXTRA {t.span.exact!r} {t.value} | {text.text[:110]}"
                for t in found
                if not any(_overlap(t, *w[:2]) > 0 for w in text.times)
            ]
    return 200 * count["right"] / (count["found"] + count["wanted"])


def _overlap(expression: TimeExpression, start: int, end: int) -> int:
    return min(expression.span.end, end) - max(expression.span.start, start)


def _is_ignored(expression: TimeExpression, text: Wire) -> bool:
    over = [t for t in text.times if _overlap(expression, t[0], t[1]) > 0]
    return bool(over) and not any(t[2] for t in over)
