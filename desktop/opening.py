"""What is chosen when a person has chosen nothing yet: where the parties disagree most."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from desktop.session import Selection, Session


def first_look(session: Session, articles: Collection[int] = ()) -> Selection:
    """The first claim that somebody disputes on the event that is disputed most.

    Of equals the event that more voices tell of, then the first in the dossier. Where nothing is
    disputed: the first article. With ``articles``, ids, only these are looked at. Empty for a
    dossier without an article.
    """
    columns = session.columns
    claims = columns.claims
    wanted = claims.shown & (claims.disputed_by > 0)
    if articles:
        wanted &= np.isin(claims.article, list(articles))
    places = claims.order[wanted[claims.order]]
    if len(places):
        slots = columns.event_of_claim[places]
        alone = slots < 0
        disputes = np.bincount(
            slots[~alone], claims.disputed_by[places[~alone]], len(columns.events)
        )
        weight = np.where(alone, claims.disputed_by[places], np.append(disputes, 0)[slots])
        voices = np.where(alone, 1, np.append(columns.voices, 0)[slots])
        best = places[np.lexsort((-voices, -weight))[0]]
        return Selection(claim_id=int(claims.id[best]))
    first = next((row.id for row in session.articles() if not articles or row.id in articles), None)
    return Selection(article_id=first) if first is not None else Selection()
