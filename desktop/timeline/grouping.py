"""Lanes inside a side: by actor, by source or by event type."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from PySide6.QtCore import QCoreApplication

from db.columns import EVENT_TYPES
from desktop.session import Session
from desktop.timeline.data import TimelineData
from desktop.timeline.index import Ids
from desktop.timeline.split import Grouping
from desktop.vocabulary import name_of


class LanesBy(StrEnum):
    """What the lanes of a side stand for."""

    NOTHING = "nothing"
    ACTOR = "actor"
    SOURCE = "source"
    EVENT_TYPE = "event-type"


def grouped(session: Session, data: TimelineData, by: LanesBy) -> TimelineData:
    """The same marks, with a group for each claim."""
    if by is LanesBy.NOTHING or not len(data):
        return data.grouped(None)
    columns = session.columns
    claims = columns.claims
    at = claims.places(data.claim_id)
    if by is LanesBy.ACTOR:
        values = claims.actor
    elif by is LanesBy.SOURCE:
        values = claims.article
    else:
        of_event = columns.event_of_claim
        known = of_event >= 0
        values = np.full(len(claims), -1, np.int64)
        values[known] = columns.events.type[of_event[known]]
    own = np.where(at >= 0, values[np.maximum(at, 0)], -1) if len(claims) else at
    found, codes = np.unique(own, return_inverse=True)
    names = [_name(session, by, int(value)) for value in found.tolist()]
    return data.grouped(_merged(codes, names, _more_words(by)))


def _merged(codes: Ids, names: list[str], more: str) -> Grouping:
    """Articles of one outlet, say, have one name and are one lane."""
    unique = list(dict.fromkeys(names))
    place = {name: at for at, name in enumerate(unique)}
    return Grouping(np.array([place[name] for name in names], np.int32)[codes], tuple(unique), more)


def _name(session: Session, by: LanesBy, value: int) -> str:
    try:
        if by is LanesBy.ACTOR:
            return session.actor(value).name
        if by is LanesBy.SOURCE:
            article = session.article(value)
            return article.outlet or article.title or article.file
    except KeyError:
        return QCoreApplication.translate("Timeline", "Nobody named")
    if value < 0:
        return QCoreApplication.translate("Timeline", "No event")
    words = name_of(EVENT_TYPES[value])
    return words[:1].upper() + words[1:]


def _more_words(by: LanesBy) -> str:
    return {
        LanesBy.ACTOR: QCoreApplication.translate("Timeline", "{count} more actors"),
        LanesBy.SOURCE: QCoreApplication.translate("Timeline", "{count} more sources"),
    }.get(by, QCoreApplication.translate("Timeline", "{count} more kinds"))


def name_of_lanes(by: LanesBy) -> str:
    """How a menu calls them."""
    return {
        LanesBy.NOTHING: QCoreApplication.translate("Timeline", "&No lanes"),
        LanesBy.ACTOR: QCoreApplication.translate("Timeline", "Lanes by &actor"),
        LanesBy.SOURCE: QCoreApplication.translate("Timeline", "Lanes by &source"),
        LanesBy.EVENT_TYPE: QCoreApplication.translate("Timeline", "Lanes by kind of &event"),
    }[by]
