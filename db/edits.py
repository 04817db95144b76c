"""What a person changes: sides, actors, claims, relations. Each function runs inside a step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from db.articles import article_text
from db.encoding import (
    interval_columns,
    joined,
    quantity_rows,
    span_columns,
    strings_to_text,
)
from db.journal import StepWriter
from db.models import (
    Actor,
    ArticleRevision,
    Claim,
    ClaimNote,
    ClaimRevision,
    ClaimSpan,
    Event,
    Quantity,
    Relation,
    Setting,
    Side,
)
from db.regrouping import date_event
from db.rows import NewClaim, ReviewState
from db.rowwriting import Row
from extraction.model import FuzzyInterval, RelationType, SideKey, Span, SpeechAct, Verification
from extraction.model import Quantity as QuantityRecord

TITLE = "title"
CONTENT = "content"
BY_HAND = "made by hand"
"""The reason of what a person made."""

_PARTIES = (SideKey.A.value, SideKey.B.value)
_OF_PARTY = ("name", "name_by_user", "color_light", "color_dark", "principals", "reasons")


def set_title(writer: StepWriter, title: str) -> None:
    row = writer.database.run(Setting.select(Setting.id).where(Setting.name == TITLE)).fetchone()
    if row is None:
        writer.insert(Setting, [{"name": TITLE, "value": title}])
    else:
        writer.update(Setting, {row[0]: {"value": title}})


def _side_rows(writer: StepWriter) -> dict[str, Row]:
    ids = [row[0] for row in writer.database.run(Side.select(Side.id))]
    return {row["key"]: row for row in writer.rows(Side, ids)}


def set_side(writer: StepWriter, key: SideKey, values: Row) -> None:
    """Raises ``KeyError`` for a side that no dossier shows (``both``, ``none``)."""
    row = _side_rows(writer)[key.value]
    writer.update(Side, {row["id"]: values})


def rename_side(writer: StepWriter, key: SideKey, name: str) -> None:
    """The same name again is no decision. Raises ``KeyError`` as ``set_side`` does."""
    if name != _side_rows(writer)[key.value]["name"]:
        set_side(writer, key, {"name": name, "name_by_user": int(bool(name))})


def swap_sides(writer: StepWriter) -> None:
    """A becomes B and B becomes A: names, colours, actors, claims, and for later assemblies too."""
    sides = _side_rows(writer)
    updates: dict[int, Row] = {}
    for key, other in (_PARTIES, _PARTIES[::-1]):
        taken = {name: sides[other][name] for name in _OF_PARTY}
        updates[sides[key]["id"]] = {**taken, "bound": 1}
    writer.update(Side, updates)
    for model in (Actor, Claim):
        rows = writer.database.run(
            model.select(model.id, model.side).where(model.side.in_(_PARTIES))
        )
        a, b = _PARTIES
        writer.update(model, {row_id: {"side": b if side == a else a} for row_id, side in rows})


def move_actor(writer: StepWriter, actor_id: int, side: SideKey) -> None:
    """Put an actor on a side, with the members that follow it and the claims they make.

    A member that was placed by hand stays, and so do the members of it. Claims that speak for
    both sides stay so. Raises ``KeyError`` if there is no such actor.
    """
    members: dict[int | None, list[tuple[int, bool]]] = {}
    known: set[int] = set()
    for row_id, member_of, by_user in writer.database.run(
        Actor.select(Actor.id, Actor.member_of, Actor.side_by_user)
    ):
        known.add(row_id)
        members.setdefault(member_of, []).append((row_id, bool(by_user)))
    if actor_id not in known:
        raise KeyError(actor_id)
    moved = {actor_id}
    waiting = [actor_id]
    while waiting:
        for member, by_user in members.get(waiting.pop(), ()):
            if not by_user and member not in moved:
                moved.add(member)
                waiting.append(member)
    updates: dict[int, Row] = {row_id: {"side": side.value} for row_id in moved}
    updates[actor_id]["side_by_user"] = 1
    writer.update(Actor, updates)
    claims = [
        row["id"]
        for row in writer.owned(Claim, "actor_id", sorted(moved))
        if row["side"] != SideKey.BOTH
    ]
    writer.update(Claim, {claim: {"side": side.value} for claim in claims})


def set_review(writer: StepWriter, claim_ids: Collection[int], state: ReviewState) -> None:
    """Raises ``KeyError`` if a claim does not exist.

    An edited claim that is accepted stays edited: that word keeps it as the person made it.
    """
    held = {row["id"]: row["review"] for row in writer.rows(Claim, sorted(claim_ids))}
    values: dict[int, Any] = {
        claim: {"review": state.value}
        for claim in claim_ids
        if not (state is ReviewState.ACCEPTED and held[claim] == ReviewState.EDITED)
    }
    writer.update(Claim, values)


def edit_claims(
    writer: StepWriter,
    claim_ids: Collection[int],
    *,
    act: SpeechAct | None = None,
    side: SideKey | None = None,
) -> None:
    """Put act or side right; what is as asked already stays untouched.

    Raises ``KeyError`` if a claim does not exist.
    """
    wanted = {
        name: value.value for name, value in (("act", act), ("side", side)) if value is not None
    }
    rows = {row["id"]: row for row in writer.rows(Claim, sorted(claim_ids))}
    values: dict[int, Row] = {}
    for claim in claim_ids:
        if any(rows[claim][name] != value for name, value in wanted.items()):
            values[claim] = {**wanted, "review": ReviewState.EDITED.value}
    writer.update(Claim, values)


def set_source(
    writer: StepWriter, claim_ids: Collection[int], actor_id: int | None, speaker: str
) -> None:
    """Say who speaks; claims of an actor go to the actor's side.

    Raises ``KeyError`` if a claim or the actor does not exist.
    """
    values: Row = {"actor_id": actor_id, "speaker": speaker}
    if actor_id is not None:
        actors = writer.rows(Actor, [actor_id])
        if not actors:
            raise KeyError(actor_id)
        values["side"] = actors[0]["side"]
    rows = {row["id"]: row for row in writer.rows(Claim, sorted(claim_ids))}
    changed = [
        claim
        for claim in claim_ids
        if rows[claim]["actor_id"] != actor_id
        or (actor_id is None and rows[claim]["speaker"] != speaker)
    ]
    edited = {**values, "review": ReviewState.EDITED.value}
    writer.update(Claim, {claim: edited for claim in changed})


def set_content(writer: StepWriter, claim_id: int, spans: Sequence[Span]) -> None:
    """Give a claim other words of its article.

    Raises ``KeyError`` if there is no such claim, ``ValueError`` for words that do not stand where
    the spans say.
    """
    rows = writer.rows(Claim, [claim_id])
    if not rows:
        raise KeyError(claim_id)
    _must_hold(writer, rows[0]["article_id"], spans)
    held = [row for row in writer.owned(ClaimSpan, "claim_id", [claim_id])]
    old = [row for row in held if row["role"] == CONTENT]
    gone = writer.owned(ClaimRevision, "claim_id", [claim_id])
    places = [(row["start"], row["stop"]) for row in old]
    if not gone and places == [(span.start, span.end) for span in spans]:
        return
    if gone:
        # It stands in the present text again, and nothing of it in the old one.
        old = held
        writer.delete(ClaimRevision, [row["id"] for row in gone])
        figures = writer.owned(Quantity, "claim_id", [claim_id])
        writer.delete(Quantity, [row["id"] for row in figures])
    writer.delete(ClaimSpan, [row["id"] for row in old])
    writer.insert(ClaimSpan, _content_rows(claim_id, spans))
    content = {"content": joined(spans), "review": ReviewState.EDITED.value}
    writer.update(Claim, {claim_id: content})


def set_when(writer: StepWriter, claim_ids: Collection[int], when: FuzzyInterval | None) -> None:
    """Say when it happened; an event follows where all its claims say the same.

    Raises ``KeyError`` if a claim does not exist.
    """
    _set(writer, claim_ids, interval_columns("when", when))
    events = {row["event_id"] for row in writer.rows(Claim, sorted(claim_ids))} - {None}
    for event in sorted(events):
        told = {
            (row["when_earliest"], row["when_latest"])
            for row in writer.owned(Claim, "event_id", [event])
            if row["review"] != ReviewState.REJECTED and row["when_earliest"] is not None
        }
        if len(told) <= 1:
            date_event(writer, event, when)


def set_places(writer: StepWriter, claim_ids: Collection[int], places: Sequence[str]) -> None:
    """Say where it happened. Raises ``KeyError`` if a claim does not exist."""
    named = tuple(dict.fromkeys(place.strip() for place in places if place.strip()))
    _set(writer, claim_ids, {"places": strings_to_text(named)})


def _set(writer: StepWriter, claim_ids: Collection[int], values: Row) -> None:
    """Put columns of claims right; what is as asked already stays untouched."""
    rows = {row["id"]: row for row in writer.rows(Claim, sorted(claim_ids))}
    edited = {**values, "review": ReviewState.EDITED.value}
    writer.update(
        Claim,
        {
            claim: edited
            for claim in claim_ids
            if any(rows[claim][name] != value for name, value in values.items())
        },
    )


def set_quantities(writer: StepWriter, claim_id: int, quantities: Sequence[QuantityRecord]) -> None:
    """Say what a claim counts.

    Raises ``KeyError`` if there is no such claim, ``ValueError`` for words that do not stand
    where the spans say, or bounds the wrong way round.
    """
    rows = writer.rows(Claim, [claim_id])
    if not rows:
        raise KeyError(claim_id)
    if quantities:
        words = [quantity.span for quantity in quantities]
        _must_hold(writer, rows[0]["article_id"], words, claim_id)
    for quantity in quantities:
        if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
            raise ValueError("the lower bound lies above the upper")
    held = writer.owned(Quantity, "claim_id", [claim_id])
    new = quantity_rows(claim_id, quantities)
    if [{name: value for name, value in row.items() if name != "id"} for row in held] == new:
        return
    writer.delete(Quantity, [row["id"] for row in held])
    writer.insert(Quantity, new)
    writer.update(Claim, {claim_id: {"review": ReviewState.EDITED.value}})


def add_claim(writer: StepWriter, new: NewClaim) -> int:
    """Write a claim that a person found; returns its id. No assembly takes it for one of its own.

    Raises ``KeyError`` if article, actor or event do not exist, ``ValueError`` for words that do
    not stand where the spans say.
    """
    for model, row_id in ((Actor, new.actor_id), (Event, new.event_id)):
        if row_id is not None and not writer.rows(model, [row_id]):
            raise KeyError(row_id)
    _must_hold(writer, new.article_id, new.contents)
    claim_id = writer.next_id(Claim)
    row: Row = {
        "article_id": new.article_id,
        "position": -claim_id,
        "event_id": new.event_id,
        "actor_id": new.actor_id,
        "side": new.side.value,
        "act": new.act.value,
        "form": new.form.value,
        "speaker": new.speaker,
        "content": joined(new.contents),
        **interval_columns("when", new.when),
        **interval_columns("said", new.said),
        "places": strings_to_text(()),
        "verification": Verification.NONE.value,
        "nested_in_id": None,
        "review": ReviewState.EDITED.value,
        "reasons": strings_to_text((BY_HAND,)),
    }
    writer.insert(Claim, [row])
    writer.insert(ClaimSpan, _content_rows(claim_id, new.contents))
    return claim_id


def set_note(
    writer: StepWriter,
    claim_ids: Collection[int],
    *,
    starred: bool | None = None,
    note: str | None = None,
) -> None:
    """Star claims or write a note on them; ``None`` leaves as it is.

    Raises ``KeyError`` if a claim does not exist.
    """
    ids = sorted(claim_ids)
    found = {row["id"] for row in writer.rows(Claim, ids)}
    for claim in ids:
        if claim not in found:
            raise KeyError(claim)
    held = {row["claim_id"]: row for row in writer.owned(ClaimNote, "claim_id", ids)}
    updates: dict[int, Row] = {}
    inserts: list[Row] = []
    emptied: list[int] = []
    for claim in ids:
        old = held.get(claim, {"starred": 0, "note": ""})
        row: Row = {
            "starred": old["starred"] if starred is None else int(starred),
            "note": old["note"] if note is None else note.strip(),
        }
        empty = not row["starred"] and not row["note"]
        if claim not in held and not empty:
            inserts.append({"claim_id": claim, **row})
        elif claim in held and empty:
            emptied.append(old["id"])
        elif claim in held:
            updates[old["id"]] = row
    writer.update(ClaimNote, updates)
    writer.insert(ClaimNote, inserts)
    writer.delete(ClaimNote, emptied)


def _must_hold(
    writer: StepWriter, article_id: int, spans: Sequence[Span], claim_id: int = 0
) -> None:
    """In the present text, or in the one that a claim is of which is gone."""
    gone = writer.owned(ClaimRevision, "claim_id", [claim_id])
    if gone:
        text = writer.rows(ArticleRevision, [gone[0]["revision_id"]])[0]["text"]
    else:
        text = article_text(writer.database, article_id)
    if not spans or not all(span.end > span.start and span.holds_in(text) for span in spans):
        raise ValueError("the words do not stand there")


def _content_rows(claim_id: int, spans: Sequence[Span]) -> list[Row]:
    return [
        {"claim_id": claim_id, "role": CONTENT, "ordinal": ordinal, **span_columns(span)}
        for ordinal, span in enumerate(spans)
    ]


def set_relation_review(
    writer: StepWriter, relation_ids: Collection[int], state: ReviewState
) -> None:
    """Raises ``KeyError`` if a relation does not exist."""
    writer.update(Relation, {relation: {"review": state.value} for relation in relation_ids})


def relate(writer: StepWriter, source: int, target: int, kind: RelationType) -> int:
    """Say that ``source`` stands so to ``target``; returns the relation's id.

    A relation of that kind between the two that is there already, rejected or suggested, becomes
    the person's own. Raises ``KeyError`` if a claim does not exist, ``ValueError`` for a claim
    with itself.
    """
    if source == target:
        raise ValueError("a claim has no relation to itself")
    found = {row["id"] for row in writer.rows(Claim, sorted((source, target)))}
    for claim in (source, target):
        if claim not in found:
            raise KeyError(claim)
    held = [
        row["id"]
        for row in writer.owned(Relation, "source_id", [source])
        if row["target_id"] == target and row["type"] == kind.value
    ]
    if held:
        set_relation_review(writer, held, ReviewState.ACCEPTED)
        return int(held[0])
    row: Row = {
        "type": kind.value,
        "source_id": source,
        "target_id": target,
        "score": 1.0,
        "possible": 0,
        "review": ReviewState.EDITED.value,
        "reasons": strings_to_text((BY_HAND,)),
    }
    return writer.insert(Relation, [row])[0]


def change_relation(
    writer: StepWriter, relation_id: int, kind: RelationType, *, turned: bool
) -> int:
    """Another kind, or the other direction: the old one is rejected, so that it stays away.

    Returns the id of the new one. Raises ``KeyError`` if there is no such relation.
    """
    rows = writer.rows(Relation, [relation_id])
    if not rows:
        raise KeyError(relation_id)
    source, target = rows[0]["source_id"], rows[0]["target_id"]
    if turned:
        source, target = target, source
    if (rows[0]["type"], rows[0]["source_id"]) == (kind.value, source):
        return relation_id
    set_relation_review(writer, [relation_id], ReviewState.REJECTED)
    return relate(writer, source, target, kind)
