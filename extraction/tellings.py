"""What a time, a verb or a telling is, for who dates claims and narration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

import msgspec

from extraction.happenings import Draft
from extraction.model import FuzzyInterval, Precision, Published, Span, TimeExpression, TimexType
from extraction.text.analysis import Tag, Token

_MONTH = 31
_COUNTING = (Tag.DET, Tag.NUM, Tag.PRON, Tag.ADJ)


class Dated(msgspec.Struct, frozen=True):
    """An interval with the words it stands on; ``reason`` is for the record's ``reasons``.

    ``places`` are those of the telling that a time was carried over from.
    """

    interval: FuzzyInterval
    span: Span | None
    reason: str
    places: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """What was said of a happening in an earlier sentence, to carry its time on."""

    sentence: int
    group: str
    places: tuple[str, ...]
    agent: int | None
    dated: Dated


def publication(published: Published) -> FuzzyInterval | None:
    """The day of publication as an interval; None where it is not known."""
    if published.start is None or published.end is None:
        return None
    basis = "publication date"
    if published.assumed:
        basis += " (" + ", ".join(published.assumed) + " assumed)"
    return FuzzyInterval(published.start, published.end, published.precision, basis=basis)


def whole_day(interval: FuzzyInterval) -> FuzzyInterval:
    """The day of a moment: what goes on when it is told does not begin and end at 16:55."""
    if interval.precision not in (Precision.MINUTE, Precision.HOUR):
        return interval
    day = interval.earliest.date()
    return replace(
        interval,
        earliest=datetime.combine(day, time.min),
        latest=datetime.combine(day, time(23, 59)),
        precision=Precision.DAY,
    )


def second_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb is the second of two with one time: "was shot and wounded on Friday".

    So is "one was killed and three others hurt on Friday".
    """
    before = at - 1
    while before > 0 and (tokens[before].tag in _COUNTING or tokens[before].lower == "others"):
        before -= 1
    joined = before >= 0 and tokens[before].lower in ("and", "or")
    counted = before < at - 1 and tokens[at].form in ("part", "past")
    return joined and (counted or before == 0 or tokens[before - 1].tag is Tag.VERB)


def dates_a_saying(expression: TimeExpression) -> bool:
    """Whether a time can be the day that something was said: bounded, and no wider than a month."""
    interval = expression.interval
    if interval is None or expression.type is TimexType.DURATION:
        return False
    if interval.open_start or interval.open_end:
        return False
    return (interval.latest - interval.earliest).days <= _MONTH


def points_at(main: Draft, group: str, earlier: Told) -> bool:
    """Whether a telling with no place of its own goes on about the one right before it."""
    happening = main.happening
    if group != earlier.group:
        # the dead and hurt of it; but a person by name may have been hurt elsewhere
        return happening.patient is None and happening.agent in (None, earlier.agent)
    if happening.agent is not None:
        return happening.agent == earlier.agent
    return happening.definite


def is_clock(expression: TimeExpression) -> bool:
    """A time of day that can head an entry of a live report."""
    return expression.interval is not None and expression.interval.precision in (
        Precision.MINUTE,
        Precision.HOUR,
    )


def holds(content: Span, span: Span) -> bool:
    return content.start <= span.start < content.end


def is_one_day(interval: FuzzyInterval) -> bool:
    return interval.earliest.date() == interval.latest.date()


def lies_inside(one: TimeExpression, other: TimeExpression) -> bool:
    """Whether ``one`` is a narrower time within ``other`` ("late in the evening" of that day)."""
    if one.interval is None or other.interval is None or one is other:
        return False
    inner, outer = one.interval, other.interval
    within = outer.earliest <= inner.earliest and inner.latest <= outer.latest
    return within and inner.latest - inner.earliest < outer.latest - outer.earliest
