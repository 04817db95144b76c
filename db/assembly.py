"""Bring the dossier's claims, actors, events and relations to a newly assembled reading.

Only what differs is written, so that one more article in a large dossier stays a small step.
What a person decided stands: a side given by hand, a rejected or edited claim, a relation that
was reviewed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from db.encoding import (
    assembled_columns,
    attribution_columns,
    claim_span_rows,
    interval_columns,
    quantity_rows,
    span_columns,
    strings_to_text,
)
from db.journal import Row, StepWriter
from db.matching import (
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
    EventDecision,
    EventMention,
    EventParticipant,
    Quantity,
    Relation,
    Side,
    Table,
    among,
)
from db.regrouping import BY_HAND, WHEN
from db.rows import ReviewState
from extraction.model import Event as EventRecord
from extraction.model import Reading, SideKey


def apply_reading(writer: StepWriter, reading: Reading, fresh: Collection[str]) -> None:
    """Write a reading; ``fresh`` are the keys of articles that are new or were read anew.

    Of the others' claims only what the assembly decides is written (actor, side, act, event,
    nesting, reasons): their attributions are as they were read.

    Raises ``KeyError`` if the reading names an article, claim or event that it does not hold.
    """
    _Application(writer, reading, frozenset(fresh)).run()


class _Application:
    """One run; holds how the reading's ids translate into the dossier's."""

    def __init__(self, writer: StepWriter, reading: Reading, fresh: frozenset[str]) -> None:
        self.writer = writer
        self.reading = reading
        self.database = writer.database
        self.articles: dict[str, int] = dict(self._select(Article, "key", "id"))
        self.fresh = {self.articles[key] for key in fresh}
        self.stored = self._stored_claims()
        self.matched = match_claims(self.stored, reading.claims, self.articles)
        self.event_of, self.claims_of = claims_by_event(reading)
        self.claim_ids: dict[int, int] = {}
        self.actor_ids: dict[str, int] = {}
        self.decided_sides: dict[int, str] = {}
        self.event_ids: dict[int, int] = {}
        self.placed: dict[int, int] = dict(self._select(ClaimPlacing, "claim_id", "event_id"))
        self.decided_events = self._event_decisions()

    def run(self) -> None:
        self._sides()
        gone_actors = self._actors()
        gone_events = self._events()
        gone_claims = self._claims(gone_actors, gone_events)
        self._claim_parts()
        self._event_parts(gone_events)
        self._relations(gone_claims)
        self._delete_claims(gone_claims)
        self.writer.delete(Event, gone_events)
        self.writer.delete(Actor, gone_actors)

    # ------------------------------------------------------------------ what is there

    def _select(self, model: type[Table], *names: str) -> list[tuple[Any, ...]]:
        query = model.select(*(getattr(model, name) for name in names)).order_by(model.id)
        return list(self.database.run(query))

    def _stored_claims(self) -> list[StoredClaim]:
        gone = {row[0] for row in self._select(ClaimRevision, "claim_id")}
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
        stored = self.database.run(
            Claim.select(
                Claim.id,
                Claim.article,
                Claim.position,
                Claim.event,
                Claim.actor,
                Claim.review,
            )
        )
        return [
            StoredClaim(row_id, article, position, event, actor, review, cues.get(row_id))
            for row_id, article, position, event, actor, review in stored
        ]

    def _event_decisions(self) -> dict[int, Row]:
        """What a person decided of an event, by its id, as columns of its row."""
        found: dict[int, Row] = {}
        for event, label, dated, *when in self._select(
            EventDecision, "event_id", "label", "dated", *WHEN
        ):
            columns: Row = {"label": label} if label else {}
            if dated:
                columns |= dict(zip(WHEN, when, strict=True))
            found[event] = columns
        return found

    # ------------------------------------------------------------------ sides and actors

    def _sides(self) -> None:
        found = {side.key.value: side for side in self.reading.sides}
        updates: dict[int, Row] = {}
        for row_id, key, by_user, bound in self._select(Side, "id", "key", "name_by_user", "bound"):
            side = found.get(key)
            values: Row = {}
            if not by_user:
                values["name"] = side.name if side else ""
            if not bound:
                values["principals"] = strings_to_text(side.principals if side else ())
                values["reasons"] = strings_to_text(side.reasons if side else ())
            updates[row_id] = values
        self.writer.update(Side, updates)

    def _actors(self) -> set[int]:
        """Write the actors; return the ids of those that no longer occur."""
        stored = self._select(Actor, "key", "id", "side", "side_by_user")
        known = match_actors(
            {key: row_id for key, row_id, *_ in stored}, self.reading, self.matched
        )
        new = [actor for actor in self.reading.actors if actor.key not in known]
        first = self.writer.next_id(Actor)
        self.actor_ids = known | {actor.key: first + n for n, actor in enumerate(new)}
        by_user = {row_id: side for _, row_id, side, decided in stored if decided}
        self.decided_sides = by_user
        rows: dict[str, Row] = {}
        for actor in self.reading.actors:
            side = by_user.get(self.actor_ids[actor.key], actor.side.value)
            rows[actor.key] = {
                "key": actor.key,
                "name": actor.name,
                "kind": actor.kind.value,
                "side": side,
                "aliases": strings_to_text(actor.aliases),
                "member_of_id": self.actor_ids.get(actor.member_of or ""),
                "reasons": strings_to_text(actor.reasons),
            }
        self.writer.update(Actor, {row_id: rows[key] for key, row_id in known.items()})
        self.writer.insert(Actor, ({**rows[actor.key], "side_by_user": 0} for actor in new))
        by_hand = set(by_user) | {row[0] for row in self._select(ActorRating, "actor_id")}
        kept = set(known.values()) | by_hand
        gone = {row_id for _, row_id, *_ in stored if row_id not in kept}
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

    # ------------------------------------------------------------------ events

    def _events(self) -> set[int]:
        """Write the events; return the ids of those that no longer occur."""
        mentions = {
            (article_id, position): event_id
            for article_id, position, event_id in self._select(
                EventMention, "article_id", "position", "event_id"
            )
        }
        matched = match_events(
            self.reading.events, self.claims_of, self.matched, mentions, self.articles, self.placed
        )
        first = self.writer.next_id(Event)
        self.event_ids = matched.known | matched.following
        self.event_ids |= {event: first + n for n, event in enumerate(matched.new)}
        columns = {event.id: _event_columns(event) for event in self.reading.events}
        by_hand = set(self.placed.values())
        for event in self.reading.events:
            if matched.known.get(event.id) in by_hand:
                columns[event.id]["reasons"] = strings_to_text((*event.reasons, BY_HAND))
        self.writer.update(
            Event,
            {
                old: columns[event] | self.decided_events.get(old, {})
                for event, old in matched.known.items()
            },
        )
        stored = [row[0] for row in self._select(Event, "id")]
        self.writer.insert(Event, [columns[event] for event in matched.new])
        return set(stored) - set(matched.known.values()) - by_hand

    def _event_parts(self, gone: Collection[int]) -> None:
        narrations = {
            (reading.article.key, narration.index): narration
            for reading in self.reading.articles
            for narration in reading.narrations
        }
        participants: dict[int, list[Row]] = {}
        mentions: dict[int, list[Row]] = {}
        roles: set[tuple[int, str, str]] = set()
        for event in self.reading.events:
            if event.id not in self.event_ids:
                continue
            event_id = self.event_ids[event.id]
            takes_part = participants.setdefault(event_id, [])
            for key, role in event.participants:
                if (event_id, key, role) not in roles:
                    roles.add((event_id, key, role))
                    place = {"event_id": event_id, "ordinal": len(takes_part)}
                    takes_part.append({**place, "actor_key": key, "role": role})
            told = mentions.setdefault(event_id, [])
            for mention in event.mentions:
                narration = narrations[mention.article, mention.narration]
                told.append(
                    {
                        "event_id": event_id,
                        "ordinal": len(told),
                        "article_id": self.articles[mention.article],
                        "position": narration.index,
                        **span_columns(narration.span),
                        **interval_columns("when", narration.when),
                        "reasons": strings_to_text(narration.reasons),
                    }
                )
        for event_id in gone:
            participants[event_id] = mentions[event_id] = []
        replace_parts(self.writer, EventParticipant, "event_id", participants)
        replace_parts(self.writer, EventMention, "event_id", mentions)
        nothing: dict[int, list[Row]] = {event_id: [] for event_id in gone}
        replace_parts(self.writer, EventDecision, "event_id", nothing)

    # ------------------------------------------------------------------ claims

    def _claims(self, gone_actors: Collection[int], gone_events: Collection[int]) -> set[int]:
        """Write the claims; return the ids of those that no longer occur."""
        new = [claim for claim in self.reading.claims if claim.id not in self.matched]
        first = self.writer.next_id(Claim)
        self.claim_ids = {claim: old.id for claim, old in self.matched.items()}
        self.claim_ids |= {claim.id: first + n for n, claim in enumerate(new)}
        updates: dict[int, Row] = {}
        inserts: list[Row] = []
        for claim in self.reading.claims:
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
        self.writer.insert(Claim, inserts)
        absent = [old for old in self.stored if old.id not in updates]
        noted = {
            row[0]
            for model in (ClaimNote, ClaimPlacing, ClaimRating)
            for row in self._select(model, "claim_id")
        } | self._related()
        gone = {
            old.id for old in absent if old.review == ReviewState.SUGGESTED and old.id not in noted
        }
        self._move_aside([old for old in absent if old.id not in gone])
        decided = [
            old.id for old in self.stored if old.review != ReviewState.SUGGESTED or old.id in noted
        ]
        self._detach(Claim, "event_id", decided, gone_events)
        self._detach(Claim, "actor_id", decided, gone_actors)
        self._detach(Claim, "nested_in_id", decided, gone)
        return gone

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

    def _claim_parts(self) -> None:
        spans: dict[int, list[Row]] = {}
        quantities: dict[int, list[Row]] = {}
        for claim in self.reading.claims:
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

    def _delete_claims(self, gone: Collection[int]) -> None:
        nothing: dict[int, list[Row]] = {claim_id: [] for claim_id in gone}
        replace_parts(self.writer, ClaimSpan, "claim_id", nothing)
        replace_parts(self.writer, Quantity, "claim_id", nothing)
        replace_parts(self.writer, ClaimRevision, "claim_id", nothing)
        self.writer.delete(Claim, gone)

    # ------------------------------------------------------------------ relations

    def _relations(self, gone_claims: Collection[int]) -> None:
        stored = {
            (source, target, kind): (row_id, review)
            for row_id, source, target, kind, review in self._select(
                Relation, "id", "source_id", "target_id", "type", "review"
            )
        }
        updates: dict[int, Row] = {}
        inserts: dict[tuple[int, int, str], Row] = {}
        seen: set[tuple[int, int, str]] = set()
        for relation in self.reading.relations:
            source, target = self.claim_ids[relation.source], self.claim_ids[relation.target]
            key = (source, target, relation.type.value)
            values: Row = {
                "score": float(relation.score),
                "possible": int(relation.possible),
                "reasons": strings_to_text(relation.reasons),
            }
            seen.add(key)
            if key not in stored:
                inserts[key] = {
                    "source_id": source,
                    "target_id": target,
                    "type": relation.type.value,
                    "review": ReviewState.SUGGESTED.value,
                    **values,
                }
            elif stored[key][1] == ReviewState.SUGGESTED:
                updates[stored[key][0]] = values
        self.writer.update(Relation, updates)
        self.writer.insert(Relation, inserts.values())
        self.writer.delete(
            Relation,
            [
                row_id
                for key, (row_id, review) in stored.items()
                if (key not in seen and review == ReviewState.SUGGESTED)
                or key[0] in gone_claims
                or key[1] in gone_claims
            ],
        )


def _event_columns(event: EventRecord) -> Row:
    return {
        "label": event.label,
        "type": event.type.value,
        **interval_columns("when", event.when),
        "places": strings_to_text(event.places),
        "reasons": strings_to_text(event.reasons),
    }


def replace_parts(
    writer: StepWriter, model: type[Table], owner: str, parts: Mapping[int, list[Row]]
) -> None:
    """Give each owner exactly these rows; an owner whose rows are the same is left alone."""
    current: defaultdict[int, list[Row]] = defaultdict(list)
    for row in writer.owned(model, owner, sorted(parts)):
        current[row[owner]].append(row)
    outdated: list[int] = []
    missing: list[Row] = []
    for owner_id, rows in parts.items():
        held = current[owner_id]
        if [_without_id(row) for row in held] == rows:
            continue
        outdated.extend(row["id"] for row in held)
        missing.extend(rows)
    writer.delete(model, outdated)
    writer.insert(model, missing)


def _without_id(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}
