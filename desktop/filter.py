"""What of a dossier is shown: one filter for all views, over packed arrays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from db.columns import (
    ACTS,
    EVENT_TYPES,
    NEVER,
    SIDES,
    STARRED,
    STATUSES,
    SUGGESTED,
    Bools,
    Columns,
)
from db.rows import Status
from extraction.model import EventType, SideKey, SpeechAct

Ids = npt.NDArray[np.integer[Any]]
VisibleRange = tuple[datetime, datetime]


@dataclass(frozen=True)
class Filter:
    """What is shown. An empty set lets everything through; the conditions add up.

    ``statuses`` with ``DISPUTED`` lets every claim through that another one denies or contradicts.
    ``event_types`` asks the claim's event, ``places`` the claim and its event, ``sources`` the
    outlet of its article.
    """

    statuses: frozenset[Status] = frozenset()
    sides: frozenset[SideKey] = frozenset()
    articles: frozenset[int] = frozenset()
    actors: frozenset[int] = frozenset()
    one_side_silent: bool = False
    to_review: bool = False
    text: str = ""
    in_visible_range: bool = False
    acts: frozenset[SpeechAct] = frozenset()
    event_types: frozenset[EventType] = frozenset()
    places: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    starred: bool = False


def voices(side: SideKey) -> set[SideKey]:
    """The parties that a claim of ``side`` lets be heard: both for ``BOTH``, none for others."""
    if side is SideKey.BOTH:
        return {SideKey.A, SideKey.B}
    return {side} if side in (SideKey.A, SideKey.B) else set()


def accepted(
    columns: Columns,
    chosen: Filter,
    sources: Collection[int] = (),
    found: Ids | None = None,
    visible: VisibleRange | None = None,
) -> Bools:
    """Which claims pass a filter. Rejected ones never do.

    ``sources`` are the articles of the outlets that it asks for, ``found`` the claims that hold
    its words, ``visible`` is what the timeline shows.
    """
    claims = columns.claims
    keep = claims.shown.copy()
    if chosen.statuses:
        fits = _among(claims.status, STATUSES, chosen.statuses)
        if Status.DISPUTED in chosen.statuses:
            # A claim that is admitted, say, is disputed as well while somebody denies it.
            fits |= claims.disputed_by > 0
        keep &= fits
    if chosen.sides:
        keep &= _among(claims.side, SIDES, chosen.sides)
    if chosen.acts:
        keep &= _among(claims.act, ACTS, chosen.acts)
    if chosen.articles:
        keep &= np.isin(claims.article, list(chosen.articles))
    if chosen.sources:
        keep &= np.isin(claims.article, list(sources))
    if chosen.actors:
        keep &= np.isin(claims.actor, list(chosen.actors))
    _narrow_by_person(keep, columns, chosen)
    if found is not None:
        at = claims.places(found)
        hit = np.zeros(len(claims), np.bool_)
        hit[at[at >= 0]] = True
        keep &= hit
    if chosen.one_side_silent:
        keep &= columns.of_events(columns.is_one_sided)
    if chosen.event_types:
        keep &= columns.of_events(_among(columns.events.type, EVENT_TYPES, chosen.event_types))
    if chosen.places:
        there = columns.places_with(chosen.places)
        keep &= there.take(claims.where) | columns.of_events(there.take(columns.events.where))
    if chosen.in_visible_range and visible is not None:
        keep &= _within(columns, visible)
    return keep


def narrated(columns: Columns, chosen: Filter, sources: Collection[int] = ()) -> Bools:
    """Which events are shown for an outlet's own telling of them.

    A filter that asks for something about a voice leaves all of them out.
    """
    if (
        chosen.statuses
        or chosen.sides
        or chosen.actors
        or chosen.acts
        or chosen.to_review
        or chosen.starred
        or chosen.one_side_silent
        or chosen.text.strip()
    ):
        return np.zeros(len(columns.events), np.bool_)
    keep = columns.is_narrated
    for wanted, articles in ((chosen.articles, chosen.articles), (chosen.sources, sources)):
        if wanted:
            telling = np.isin(columns.mentions.article, list(articles))
            at = columns.event_of_mention[telling]
            told = np.zeros(len(columns.events), np.bool_)
            told[at[at >= 0]] = True
            keep = keep & told
    if chosen.event_types:
        keep = keep & _among(columns.events.type, EVENT_TYPES, chosen.event_types)
    if chosen.places:
        keep = keep & columns.places_with(chosen.places)[columns.events.where]
    return keep


def _narrow_by_person(keep: Bools, columns: Columns, chosen: Filter) -> None:
    """Leave only what fits what is asked about a person's own marks."""
    if chosen.to_review:
        keep &= columns.claims.review == SUGGESTED
    if chosen.starred:
        keep &= (columns.claims.flags & STARRED) != 0


def overlaps(
    starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], visible: VisibleRange
) -> Bools:
    """Which intervals meet a time, both ends included; what is not dated meets none."""
    first, last = (int(np.datetime64(end, "us").astype(np.int64)) for end in visible)
    dated: Bools = starts != NEVER
    return dated & (starts <= last) & (ends >= first)


def _within(columns: Columns, visible: VisibleRange) -> Bools:
    claims, events = columns.claims, columns.events
    of_event = columns.of_events(overlaps(events.when_start, events.when_end, visible))
    own = overlaps(claims.when_start, claims.when_end, visible)
    return np.where(claims.when_start != NEVER, own, of_event)


def _among(
    codes: npt.NDArray[np.int8], words: tuple[object, ...], chosen: Collection[object]
) -> Bools:
    """Which codes stand for a word that is chosen."""
    if len(chosen) == 1:
        # Many times as fast as looking each code up.
        found: Bools = codes == words.index(next(iter(chosen)))
        return found
    return np.array([word in chosen for word in words], np.bool_).take(codes)
