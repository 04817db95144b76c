"""What of a session's rows the timeline shows: all of them once, then what a filter leaves."""

from __future__ import annotations

from datetime import date

import numpy as np

from db.rows import EventRow
from desktop.session import Session
from desktop.timeline.builder import from_rows
from desktop.timeline.clocks import published_by, told_in
from desktop.timeline.data import TimelineData
from desktop.timeline.labels import wordings
from desktop.timeline.words import label_acts


def every(session: Session, *, by_telling: bool = False) -> TimelineData:
    """All claims and narrated events of the session, whatever its filter.

    With ``by_telling`` they stand at the time of their saying or publication.
    """
    dossier = session.dossier
    return from_rows(
        session.claims(),
        session.events(),
        session.relations(),
        acts=label_acts(),
        wording=wordings(dossier.article_text) if dossier is not None else None,
        told=told_in(session) if by_telling else None,
    )


def filtered(session: Session, data: TimelineData, known_on: date | None = None) -> TimelineData:
    """What passes the session's filter, the visible range aside: the timeline itself makes it.

    With ``known_on`` only what was published by the end of that day.
    """
    visible, session.visible_range = session.visible_range, None
    try:
        known = published_by(session, known_on)
        claims = {
            claim.id
            for claim in session.claims()
            if session.accepts(claim) and claim.article_id in known
        }
    finally:
        session.visible_range = visible
    told = {
        event.id
        for event in session.events()
        if _narrates(session, event) and any(item.article_id in known for item in event.mentions)
    }

    def shown(claim_id: int, event_id: int) -> bool:
        return claim_id in claims if claim_id >= 0 else event_id in told

    pairs = zip(data.claim_id.tolist(), data.event_id.tolist(), strict=True)
    keep = np.array([shown(claim, event) for claim, event in pairs], np.bool_)
    undated = tuple(item for item in data.undated if shown(item.claim_id, item.event_id))
    return data.select(keep, undated)


def _narrates(session: Session, event: EventRow) -> bool:
    """The outlet's own telling is hidden by filters that ask for something about a claim."""
    used = session.filter
    about_claims = (
        used.statuses or used.sides or used.actors or used.to_review or used.one_side_silent
    )
    if about_claims or used.text.strip():
        return False
    return not used.articles or any(item.article_id in used.articles for item in event.mentions)
