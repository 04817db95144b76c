"""Two facts in one sentence: "said that power was back and that nobody was hurt"."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from extraction.attribution.drafts import Draft
from extraction.attribution.units import Unit
from extraction.text.analysis import Tag

# Frame of a further fact, which shares its cue with the first.
FACT = "another fact"
_FRAMES = frozenset({"that", "clause"})
_JOINS = frozenset({"and", "but"})


def part(drafts: list[Draft]) -> list[Draft]:
    """Each draft that tells several facts as one draft for each."""
    if not drafts or "that" not in drafts[0].unit.lows:
        return drafts
    found: list[Draft] = []
    reach: list[tuple[int, int]] = []  # from a content's first token to where its first fact ends
    for draft in drafts:
        outer = next((r for r in reach if r[0] <= draft.head < r[1]), None)
        if outer is not None:
            found.append(_within(draft, outer[1]))
            continue
        start, end = draft.contents[-1] if draft.contents else (0, 0)
        joins = list(_joins(draft.unit, start, end)) if draft.frame in _FRAMES else []
        if joins:
            reach.append((start, joins[0]))
        found.extend(_parts(draft, joins) if joins else (draft,))
    return found


def _within(draft: Draft, stop: int) -> Draft:
    """A draft that stands in the first of two facts, without the second."""
    stop -= draft.unit.lows[stop - 1] == ","
    return replace(draft, contents=[(s, min(e, stop)) for s, e in draft.contents if s < stop])


def _parts(draft: Draft, joins: list[int]) -> Iterator[Draft]:
    unit = draft.unit
    start, end = draft.contents[-1]
    ends = [*joins, end]
    first = joins[0] - (unit.lows[joins[0] - 1] == ",")
    yield replace(draft, contents=[*draft.contents[:-1], (start, first)], more=[])
    for join, stop in zip(joins, ends[1:], strict=True):
        stop -= stop != end and unit.lows[stop - 1] == ","
        more = draft.more if stop == end else []
        yield replace(draft, contents=[(join + 1, stop)], frame=FACT, more=more, reasons=[])


def _joins(unit: Unit, start: int, end: int) -> Iterator[int]:
    """Each "and" or "but" before a "that" that goes on with what is said.

    Not where a "that" inside the content leads it: "said he knew that it rained and that it was
    late" is one fact.
    """
    inner = any(
        unit.tags[k] is Tag.SCONJ and unit.lows[k] == "that" and unit.lows[k - 1] not in _JOINS
        for k in range(start + 1, end)
        if unit.levels[k] == -1
    )
    if inner:
        return
    last = start
    for k in range(start + 2, end - 3):
        if unit.lows[k] not in _JOINS or unit.lows[k + 1] != "that" or unit.levels[k] != -1:
            continue
        said = [g for g in unit.groups if last < g.start < k and g.finite]
        goes_on = any(k + 2 < g.start < end and g.finite for g in unit.groups)
        if said and goes_on and unit.tags[k + 1] is Tag.SCONJ:
            yield k
            last = k
