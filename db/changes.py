"""Which kinds of thing a write touched, so that each view refreshes only when it must."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    articles: bool = False
    sides: bool = False
    actors: bool = False
    claims: bool = False
    events: bool = False
    relations: bool = False
    dossier: bool = False  # title, settings

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            *(getattr(self, name) or getattr(other, name) for name in self.__dataclass_fields__)
        )

    @classmethod
    def everything(cls) -> Changes:
        return cls(True, True, True, True, True, True, True)


# What a view shows of one kind depends on others: a claim shows its actor's name and a status
# that follows from relations; an article, an actor and a side show how many claims they have.
TOUCHES: Mapping[str, Changes] = {
    "setting": Changes(dossier=True),
    "import_run": Changes(articles=True),
    "import_problem": Changes(articles=True),
    "document": Changes(articles=True),
    "article": Changes(articles=True),
    "article_revision": Changes(articles=True, events=True),
    "article_document": Changes(articles=True),
    "block": Changes(articles=True),
    "time_expression": Changes(articles=True),
    "side": Changes(sides=True),
    "actor": Changes(sides=True, actors=True, claims=True),
    "claim": Changes(
        articles=True, sides=True, actors=True, claims=True, events=True, relations=True
    ),
    "claim_note": Changes(claims=True),
    "claim_rating": Changes(claims=True),
    "actor_rating": Changes(actors=True),
    "outlet_rating": Changes(articles=True),
    "claim_placing": Changes(claims=True, events=True),
    "event_decision": Changes(events=True),
    "claim_span": Changes(claims=True),
    "claim_revision": Changes(claims=True),
    "revision_change": Changes(articles=True, claims=True),
    "quantity": Changes(claims=True),
    "event": Changes(events=True),
    "event_participant": Changes(events=True),
    "event_mention": Changes(events=True),
    "relation": Changes(claims=True, events=True, relations=True),
}


def kinds_in(tables: Iterable[str]) -> Changes:
    """What a write to these tables may change in a view."""
    changes = Changes()
    for table in tables:
        changes |= TOUCHES.get(table, Changes.everything())
    return changes
