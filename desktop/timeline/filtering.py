"""What of a session the timeline shows: all of it once, then what a filter leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from db.columns import Columns
from desktop.session import Selection, Session
from desktop.timeline.builder import Made, from_packed, labeller
from desktop.timeline.clocks import published_by
from desktop.timeline.data import NO_ZONE, Labels, TimelineData, Undated
from desktop.timeline.index import Bools, Ids
from desktop.timeline.labels import wordings
from desktop.timeline.patching import Patch
from desktop.timeline.renewing import renewed
from desktop.timeline.scale import MINUTE, to_days
from desktop.timeline.words import label_acts


def every(session: Session, *, by_telling: bool = False, made: Made | None = None) -> TimelineData:
    """All claims and narrated events of the session, whatever its filter.

    With ``by_telling`` they stand at the time of their saying or publication. ``made`` keeps
    labels from one state of the session for the next.
    """
    return from_packed(
        session.columns,
        _label(session, made),
        session.articles(),
        by_telling=by_telling,
        fetch=session.prepare,
    )


def after_change(
    session: Session, data: TimelineData, before: Columns, made: Made | None = None
) -> Patch | None:
    """What became of ``data``, all of the session while its columns were ``before``.

    ``None`` where so much is other that it has to be made anew.
    """
    labels = Labels(data.claim_id, data.event_id, _label(session, made), fetch=session.prepare)
    return renewed(data, before, session.columns, labels)


def _label(session: Session, made: Made | None) -> Callable[[int, int], str]:
    dossier = session.dossier
    wording = wordings(dossier.article_text) if dossier is not None else None
    return labeller(session.claim, session.event_row, label_acts(), wording, made)


def passing(
    session: Session, data: TimelineData, known_on: date | None = None
) -> tuple[Bools, tuple[Undated, ...]]:
    """Which marks, and what without a time, pass the session's filter, the visible range aside:
    the timeline itself makes it.

    With ``known_on`` only what was published by the end of that day. What has no zone passes: it
    is nowhere to be seen.
    """
    columns = session.columns
    claims, events = session.accepted(anywhen=True), session.narrated()
    if known_on is not None:
        known = list(published_by(session, known_on))
        claims = claims & np.isin(columns.claims.article, known)
        told = columns.event_of_mention[np.isin(columns.mentions.article, known)]
        early = np.zeros(len(columns.events), np.bool_)
        early[told[told >= 0]] = True
        events = events & early
    if data.rows is None:
        keep = _shown(columns, claims, events, data.claim_id, data.event_id)
    else:
        own = np.flatnonzero(data.claim_id < 0)
        keep = (claims if len(claims) else events).take(data.rows, mode="clip")
        keep[own] = events.take(data.rows[own])
    keep |= data.zone == NO_ZONE
    if not data.undated:
        return keep, ()
    waiting = np.array([(item.claim_id, item.event_id) for item in data.undated], np.int64)
    still = _shown(columns, claims, events, waiting[:, 0], waiting[:, 1])
    return keep, tuple(
        item for item, kept in zip(data.undated, still.tolist(), strict=True) if kept
    )


def _shown(
    columns: Columns,
    claims: Bools,
    events: Bools,
    claim_ids: Ids,
    event_ids: Ids,
) -> Bools:
    """Of marks by their ids, those whose claim or, where they have none, event is shown."""
    found = np.zeros(len(claim_ids), np.bool_)
    for keep, places in (
        (claims, columns.claims.places(claim_ids)),
        (events, np.where(claim_ids < 0, columns.events.places(event_ids), -1)),
    ):
        known = places >= 0
        found[known] = keep[places[known]]
    return found


def narrated(session: Session, event_id: int, start: float | None = None) -> Selection:
    """An event as an outlet's own sentence tells it, the one that dates it from ``start``."""
    mentions = session.event_row(event_id).mentions
    mention = next(
        (
            item
            for item in mentions
            if item.when is not None
            and start is not None
            and abs(to_days(item.when.earliest) - start) < MINUTE
        ),
        mentions[0],
    )
    return Selection(event_id=event_id, article_id=mention.article_id, span=mention.span)
