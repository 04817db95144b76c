"""Bring the dossier's claims, actors, events and relations to a newly assembled reading.

Only what differs is written, so that one more article in a large dossier stays a small step.
What a person decided stands: a side given by hand, a rejected or edited claim, a relation that
was reviewed. What can be found out before is found out before the first row is written, and the
writing is done bit by bit: see ``Assembly.write``.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from itertools import chain
from typing import Any

import peewee as pw

from db.assembly_events import write_event_parts, write_events
from db.assembly_relations import write_relations
from db.bits import bits_of, delete_in_bits, replace_parts
from db.database import Database
from db.encoding import (
    assembled_columns,
    attribution_columns,
    claim_span_rows,
    quantity_rows,
    strings_to_text,
)
from db.journal import StepWriter
from db.matching import (
    MatchedEvents,
    StoredClaim,
    claims_by_event,
    match_actors,
    match_claims,
    match_events,
)
from db.models import (
    Actor,
    ActorRating,
    Article,
    Claim,
    ClaimNote,
    ClaimPlacing,
    ClaimRating,
    ClaimRevision,
    ClaimSpan,
    Event,
    EventMention,
    Quantity,
    Relation,
    Side,
    Table,
    among,
)
from db.rows import ReviewState
from db.rowwriting import Row
from db.touched import Touched
from extraction.model import Claim as ClaimRecord
from extraction.model import Reading, SideKey

_FOLLOWED = frozenset({"claim", "claim_note", "claim_rating", "claim_span", "quantity", "relation"})
"""Tables of which a change in the midst of an assembly can be taken in."""


def apply_reading(writer: StepWriter, reading: Reading, fresh: Collection[str]) -> None:
    """Write a reading within the step: see ``Assembly``."""
    for _ in Assembly(writer.database, reading, fresh).write(writer):
        pass


class Assembly:
    """A reading to be written; ``fresh`` are keys of articles that are new or were read anew.

    Of the others' claims only what the assembly decides is written (actor, side, act, event,
    nesting, reasons): their attributions are as they were read. Holds how the reading's ids
    translate into the dossier's.

    Raises ``KeyError`` if the reading names an article, claim or event that it does not hold.
    """

    def __init__(self, database: Database, reading: Reading, fresh: Collection[str]) -> None:
        self.reading = reading
        self.database = database
        self.articles: dict[str, int] = dict(self.select(Article, "key", "id"))
        self.fresh = {self.articles[key] for key in fresh}
        self.stored = self._stored_claims()
        self.matched = match_claims(self.stored, reading.claims, self.articles)
        self.event_of, self.claims_of = claims_by_event(reading)
        self.placed: dict[int, int] = dict(self.select(ClaimPlacing, "claim_id", "event_id"))
        self._stored_actors = self.select(Actor, "key", "id", "side", "side_by_user")
        actors = {key: row_id for key, row_id, *_ in self._stored_actors}
        self._known_actors = match_actors(actors, reading, self.matched)
        self.decided_sides: dict[int, str] = {
            row_id: side for _, row_id, side, decided in self._stored_actors if decided
        }
        self.events = self._matched_events()
        self.stored_relations = self._stored_relations()
        self._last_claim = max((old.id for old in self.stored), default=None)
        self.gone_claims: set[int] = set()
        self.gone_relations: set[int] = set()
        self.claim_ids: dict[int, int] = {}
        self.actor_ids: dict[str, int] = {}
        self.event_ids: dict[int, int] = {}

    def write(self, writer: StepWriter) -> Iterator[None]:
        """Write it; stops now and then where the writer may be committed.

        What is written by then is whole in itself: claims with their spans and events, though
        not yet with all relations. The dossier must be as it was when this was made, but for
        what this wrote.
        """
        self.writer = writer
        self.database = writer.database
        self._sides()
        gone_actors = yield from self._actors()
        gone_events = yield from write_events(self)
        gone_claims = yield from self._claims(gone_actors, gone_events)
        yield from write_event_parts(self, gone_events)
        yield from write_relations(self, gone_claims)
        yield from self._delete_claims(gone_claims)
        yield from delete_in_bits(writer, Event, gone_events)
        yield from delete_in_bits(writer, Actor, gone_actors)

    def follow(self, database: Database, change: Touched) -> bool:
        """Take in what a person decided since this was made; false if it is to be made anew.

        Reviews and corrections of claims and relations are taken in: they are what comes while
        an import runs.
        """
        if not change.tables <= _FOLLOWED:
            return False
        if change.claims & self.gone_claims or change.relations & self.gone_relations:
            return False
        self.database = database
        (last,) = database.run(Claim.select(pw.fn.MAX(Claim.id))).fetchone()
        if last != self._last_claim:
            # A claim of a person's own has an id that was meant for another.
            return False
        again = {old.id: old for old in self._stored_claims(change.claims)}
        self.stored = [again.get(old.id, old) for old in self.stored]
        self.matched = {claim: again.get(old.id, old) for claim, old in self.matched.items()}
        self.stored_relations = {
            key: held
            for key, held in self.stored_relations.items()
            if held[0] not in change.relations
        } | self._stored_relations(change.relations)
        return True

    # ------------------------------------------------------------------ what is there

    def select(self, model: type[Table], *names: str) -> list[tuple[Any, ...]]:
        """Columns of all rows, in order of id."""
        query = model.select(*(getattr(model, name) for name in names)).order_by(model.id)
        return list(self.database.run(query))

    def _stored_relations(
        self, ids: Collection[int] | None = None
    ) -> dict[tuple[int, int, str], tuple[int, str]]:
        """All or some: (source, target, type) to id and review."""
        query = Relation.select(
            Relation.id, Relation.source, Relation.target, Relation.type, Relation.review
        )
        if ids is not None:
            query = query.where(among(Relation.id, ids))
        return {
            (source, target, kind): (row_id, review)
            for row_id, source, target, kind, review in self.database.run(query)
        }

    def _stored_claims(self, ids: Collection[int] | None = None) -> list[StoredClaim]:
        gone = {row[0] for row in self.select(ClaimRevision, "claim_id")}
        cues = {
            row[0]: (row[1], row[2])
            for row in self.database.run(
                ClaimSpan.select(ClaimSpan.claim, ClaimSpan.start, ClaimSpan.stop)
                .join(Claim)
                .where(ClaimSpan.role == "cue", among(Claim.article, self.fresh))
            )
            # What is gone from an article has its place in another text.
            if row[0] not in gone
        }
        query = Claim.select(
            Claim.id, Claim.article, Claim.position, Claim.event, Claim.actor, Claim.review
        )
        if ids is not None:
            query = query.where(among(Claim.id, ids))
        stored = self.database.run(query)
        return [
            StoredClaim(row_id, article, position, event, actor, review, cues.get(row_id))
            for row_id, article, position, event, actor, review in stored
        ]

    def _matched_events(self) -> MatchedEvents:
        mentions = {
            (article_id, position): event_id
            for article_id, position, event_id in self.select(
                EventMention, "article_id", "position", "event_id"
            )
        }
        return match_events(
            self.reading.events, self.claims_of, self.matched, mentions, self.articles, self.placed
        )

    # ------------------------------------------------------------------ sides and actors

    def _sides(self) -> None:
        found = {side.key.value: side for side in self.reading.sides}
        updates: dict[int, Row] = {}
        for row_id, key, by_user, bound in self.select(Side, "id", "key", "name_by_user", "bound"):
            side = found.get(key)
            values: Row = {}
            if not by_user:
                values["name"] = side.name if side else ""
            if not bound:
                values["principals"] = strings_to_text(side.principals if side else ())
                values["reasons"] = strings_to_text(side.reasons if side else ())
            updates[row_id] = values
        self.writer.update(Side, updates)

    def _actors(self) -> Generator[None, None, set[int]]:
        """Write the actors; return the ids of those that no longer occur."""
        known = self._known_actors
        new = [actor for actor in self.reading.actors if actor.key not in known]
        first = self.writer.next_id(Actor)
        self.actor_ids = known | {actor.key: first + n for n, actor in enumerate(new)}
        rows: dict[str, Row] = {}
        for actor in self.reading.actors:
            side = self.decided_sides.get(self.actor_ids[actor.key], actor.side.value)
            rows[actor.key] = {
                "key": actor.key,
                "name": actor.name,
                "kind": actor.kind.value,
                "side": side,
                "aliases": strings_to_text(actor.aliases),
                "member_of_id": self.actor_ids.get(actor.member_of or ""),
                "reasons": strings_to_text(actor.reasons),
            }
        # All at once: a known one may be a member of a new one.
        self.writer.update(Actor, {row_id: rows[key] for key, row_id in known.items()})
        self.writer.insert(Actor, ({**rows[actor.key], "side_by_user": 0} for actor in new))
        yield
        by_hand = set(self.decided_sides) | {row[0] for row in self.select(ActorRating, "actor_id")}
        kept = set(known.values()) | by_hand
        gone = {row_id for _, row_id, *_ in self._stored_actors if row_id not in kept}
        self._detach(Actor, "member_of_id", by_hand - set(known.values()), gone)
        return gone

    def _detach(
        self, model: type[Table], column: str, kept: Collection[int], gone: Collection[int]
    ) -> None:
        """Rows that are kept no longer refer to what goes."""
        self.writer.update(
            model,
            {
                row["id"]: {column: None}
                for row in self.writer.rows(model, sorted(kept))
                if row[column] in gone
            },
        )

    # ------------------------------------------------------------------ claims

    def _claims(
        self, gone_actors: Collection[int], gone_events: Collection[int]
    ) -> Generator[None, None, set[int]]:
        """Write the claims; return the ids of those that no longer occur."""
        groups = self._by_article()
        new = [claim for claim in chain(*groups) if claim.id not in self.matched]
        first = self.writer.next_id(Claim)
        self.claim_ids = {claim: old.id for claim, old in self.matched.items()}
        self.claim_ids |= {claim.id: first + n for n, claim in enumerate(new)}
        updated: set[int] = set()
        for groups_of_bit in bits_of(groups, len):
            updated |= self._write_claims([claim for group in groups_of_bit for claim in group])
            yield
        absent = [old for old in self.stored if old.id not in updated]
        noted = {
            row[0]
            for model in (ClaimNote, ClaimPlacing, ClaimRating)
            for row in self.select(model, "claim_id")
        } | self._related()
        self.gone_claims = gone = {
            old.id for old in absent if old.review == ReviewState.SUGGESTED and old.id not in noted
        }
        self._move_aside([old for old in absent if old.id not in gone])
        decided = [
            old.id for old in self.stored if old.review != ReviewState.SUGGESTED or old.id in noted
        ]
        yield
        self._detach(Claim, "event_id", decided, gone_events)
        self._detach(Claim, "actor_id", decided, gone_actors)
        self._detach(Claim, "nested_in_id", decided, gone)
        return gone

    def _by_article(self) -> list[list[ClaimRecord]]:
        """The claims, those of an article together: one may be nested in another."""
        groups: dict[str, list[ClaimRecord]] = {}
        for claim in self.reading.claims:
            groups.setdefault(claim.article, []).append(claim)
        return list(groups.values())

    def _write_claims(self, claims: Collection[ClaimRecord]) -> set[int]:
        """Write whole articles' claims with their parts; returns which stored ones they are."""
        updates: dict[int, Row] = {}
        inserts: list[Row] = []
        for claim in claims:
            event = self.event_of.get(claim.id)
            links: Row = {
                "article_id": self.articles[claim.article],
                "event_id": self._event_of(claim.id, event),
                "actor_id": None if claim.actor is None else self.actor_ids[claim.actor],
                "nested_in_id": (
                    None if claim.nested_in is None else self.claim_ids[claim.nested_in]
                ),
            }
            old = self.matched.get(claim.id)
            if old is not None and old.review == ReviewState.EDITED:
                updates[old.id] = {"event_id": links["event_id"]}
                continue
            columns = assembled_columns(claim)
            if old is None or links["article_id"] in self.fresh:
                columns |= attribution_columns(claim.attribution)
            if claim.side is not SideKey.BOTH and claim.actor is not None:
                # The assembly may be older than a person's decision on the actor.
                columns["side"] = self._side_of(claim.actor, columns["side"])
            if old is None:
                inserts.append({**links, **columns, "review": ReviewState.SUGGESTED.value})
                continue
            if old.review == ReviewState.ACCEPTED:
                del columns["act"]
            updates[old.id] = links | columns
        self.writer.update(Claim, updates)
        new = self.writer.insert(Claim, inserts)
        self._last_claim = new[-1] if new else self._last_claim
        self._write_parts(claims)
        return set(updates)

    def _related(self) -> set[int]:
        """Claims between which a person sees a relation."""
        query = Relation.select(Relation.source, Relation.target).where(
            Relation.review.in_([ReviewState.ACCEPTED.value, ReviewState.EDITED.value])
        )
        return {claim for ends in self.database.run(query) for claim in ends}

    def _event_of(self, claim: int, event: int | None) -> int | None:
        """The dossier's event of an assembled claim: where a person put it, else its own."""
        old = self.matched.get(claim)
        if old is not None and old.id in self.placed:
            return self.placed[old.id]
        return None if event is None else self.event_ids[event]

    def _move_aside(self, kept: Collection[StoredClaim]) -> None:
        """A kept claim whose index another attribution has now must not be taken for that."""
        held = {(self.articles[c.article], c.attribution.index) for c in self.reading.claims}
        self.writer.update(
            Claim,
            {
                old.id: {"position": -old.id}
                for old in kept
                if (old.article_id, old.position) in held
            },
        )

    def _side_of(self, actor: str, side: str) -> str:
        return self.decided_sides.get(self.actor_ids[actor], side)

    def _write_parts(self, claims: Collection[ClaimRecord]) -> None:
        spans: dict[int, list[Row]] = {}
        quantities: dict[int, list[Row]] = {}
        for claim in claims:
            old = self.matched.get(claim.id)
            if self.articles[claim.article] not in self.fresh or (
                old is not None and old.review == ReviewState.EDITED
            ):
                continue
            claim_id = self.claim_ids[claim.id]
            spans[claim_id] = claim_span_rows(claim_id, claim.attribution)
            quantities[claim_id] = quantity_rows(claim_id, claim.attribution.quantities)
        replace_parts(self.writer, ClaimSpan, "claim_id", spans)
        replace_parts(self.writer, Quantity, "claim_id", quantities)

    def _delete_claims(self, gone: Collection[int]) -> Iterator[None]:
        for some in bits_of(sorted(gone)):
            nothing: dict[int, list[Row]] = {claim_id: [] for claim_id in some}
            replace_parts(self.writer, ClaimSpan, "claim_id", nothing)
            replace_parts(self.writer, Quantity, "claim_id", nothing)
            replace_parts(self.writer, ClaimRevision, "claim_id", nothing)
            self.writer.delete(Claim, some)
            yield
