"""Nights and early mornings, counted from the day that something was said or before a dawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from extraction.model import FuzzyInterval, Precision, TimeExpression
from extraction.text.analysis import TextAnalysis

_MINUTE = timedelta(minutes=1)


def before_dawn(analysis: TextAnalysis, expression: TimeExpression) -> FuzzyInterval | None:
    """The interval of a time; "before dawn" ends when dawn begins, and starts at midnight."""
    interval = expression.interval
    if interval is None or interval.precision is not Precision.PART_OF_DAY:
        return interval
    at = analysis.token_index_at(expression.span.start)
    if at < 1 or analysis.tokens[at - 1].lower != "before":
        return interval
    midnight = datetime.combine(interval.earliest.date(), time.min)
    if interval.earliest <= midnight:
        return interval
    return replace(interval, earliest=midnight, latest=interval.earliest - _MINUTE)


def night_before(night: FuzzyInterval, said: FuzzyInterval) -> FuzzyInterval:
    """A night that would begin on the day on which it is told of as over: the one before."""
    begins = night.precision is Precision.PART_OF_DAY and night.latest.date() > said.latest.date()
    if not begins or said.precision is not Precision.DAY:
        return night
    if night.earliest.date() != said.earliest.date():
        return night
    day = timedelta(days=1)
    return replace(night, earliest=night.earliest - day, latest=night.latest - day)
