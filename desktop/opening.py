"""What is chosen when a person has chosen nothing yet: where the parties disagree most."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from desktop.session import Selection, Session


def first_look(session: Session, articles: Collection[int] = ()) -> Selection:
    """The claim that most others dispute, on the event that most voices tell of.

    Of equals the first in the dossier. Where nothing is disputed: the first article. With
    ``articles``, ids, only these are looked at. Empty for a dossier without an article.
    """
    columns = session.columns
    claims = columns.claims
    wanted = claims.shown & (claims.disputed_by > 0)
    if articles:
        wanted &= np.isin(claims.article, list(articles))
    places = claims.order[wanted[claims.order]]
    if len(places):
        slots = columns.event_of_claim[places]
        voices = np.where(slots >= 0, columns.voices[slots], 1)
        best = places[np.lexsort((-voices, -claims.disputed_by[places].astype(int)))[0]]
        return Selection(claim_id=int(claims.id[best]))
    first = next((row.id for row in session.articles() if not articles or row.id in articles), None)
    return Selection(article_id=first) if first is not None else Selection()
