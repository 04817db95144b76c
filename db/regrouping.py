"""Which claims are about one event, as a person sees it. Each function runs inside a step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from db.encoding import interval_columns, interval_of, strings_of, strings_to_text
from db.journal import StepWriter
from db.models import Claim, ClaimPlacing, Event, EventDecision, EventMention, EventParticipant
from db.rowwriting import Row
from extraction.model import EventType, FuzzyInterval

BY_HAND = "put together by hand"
"""The reason of an event that a person made or added to."""

LABEL_LENGTH = 80
WHEN = ("when_earliest", "when_latest", "when_precision", "when_open", "when_basis")


def place_claims(writer: StepWriter, claim_ids: Collection[int], event_id: int) -> None:
    """Put claims in an event. An event that is left with nothing goes.

    Raises ``KeyError`` if a claim or the event does not exist.
    """
    claims = _claims(writer, claim_ids)
    target = _event(writer, event_id)
    moved = [row for row in claims if row["event_id"] != event_id]
    if not moved:
        return
    _place(writer, moved, event_id)
    _explain(writer, target)
    _drop_empty(writer, {row["event_id"] for row in moved} - {None})


def split_event(writer: StepWriter, claim_ids: Collection[int], label: str = "") -> int:
    """Make an event of its own out of claims; returns its id.

    It is named ``label`` or, without one, by the words of its first claim; its time is the time
    that all its claims together allow. Raises ``KeyError`` if a claim does not exist,
    ``ValueError`` without any.
    """
    claims = _claims(writer, claim_ids)
    if not claims:
        raise ValueError("an event needs a claim")
    before = {row["event_id"] for row in claims} - {None}
    kinds = Counter(row["type"] for row in writer.rows(Event, sorted(before)))
    places = dict.fromkeys(place for row in claims for place in strings_of(row["places"]))
    named = label.strip()
    row: Row = {
        "label": named or shortened(claims[0]["content"]),
        "type": max(kinds, key=kinds.__getitem__, default=EventType.CONSULT.value),
        **interval_columns("when", _hull(_when(claim) for claim in claims)),
        "places": strings_to_text(tuple(places)),
        "reasons": strings_to_text((BY_HAND,)),
    }
    event_id = writer.insert(Event, [row])[0]
    if named:
        rename_event(writer, event_id, named)
    _place(writer, claims, event_id)
    _drop_empty(writer, before)
    return event_id


def merge_events(writer: StepWriter, event_ids: Collection[int], into: int) -> None:
    """Make one event of several: their claims, narrations and participants go to ``into``.

    Its time becomes the stretch that holds all of theirs. Raises ``KeyError`` if one does not
    exist.
    """
    target = _event(writer, into)
    others = [_event(writer, event_id) for event_id in sorted(set(event_ids) - {into})]
    if not others:
        return
    ids = [row["id"] for row in others]
    _place(writer, writer.owned(Claim, "event_id", [into, *ids]), into)
    told = sorted(row["id"] for row in writer.owned(EventMention, "event_id", [into, *ids]))
    writer.update(
        EventMention,
        {mention: {"event_id": into, "ordinal": number} for number, mention in enumerate(told)},
    )
    _join_participants(writer, into, ids)
    when = _hull(_when(row) for row in (target, *others))
    places = dict.fromkeys(p for row in (target, *others) for p in strings_of(row["places"]))
    writer.update(
        Event,
        {into: {**interval_columns("when", when), "places": strings_to_text(tuple(places))}},
    )
    _explain(writer, target)
    _drop(writer, ids)


def rename_event(writer: StepWriter, event_id: int, label: str) -> None:
    """An empty name leaves it to the next assembly again. Raises ``KeyError``."""
    row = _event(writer, event_id)
    label = label.strip()
    if label and label == row["label"]:
        return
    if label:
        writer.update(Event, {event_id: {"label": label}})
    _decide(writer, event_id, {"label": label})


def date_event(writer: StepWriter, event_id: int, when: FuzzyInterval | None) -> None:
    """Say when it happened; ``None`` says that nobody knows. Raises ``KeyError``."""
    _event(writer, event_id)
    values = interval_columns("when", when)
    writer.update(Event, {event_id: values})
    _decide(writer, event_id, {**values, "dated": 1})


def shortened(words: str) -> str:
    """The first words of a content, as the name of an event."""
    words = " ".join(words.strip(" \"'“”‘’«»").split())
    if len(words) <= LABEL_LENGTH:
        return words
    return words[:LABEL_LENGTH].rsplit(" ", 1)[0] + "…"


# ---------------------------------------------------------------------- rows


def _claims(writer: StepWriter, ids: Collection[int]) -> list[Row]:
    wanted = sorted(set(ids))
    found = {row["id"]: row for row in writer.rows(Claim, wanted)}
    return [found[claim_id] for claim_id in wanted]


def _event(writer: StepWriter, event_id: int) -> Row:
    rows = writer.rows(Event, [event_id])
    if not rows:
        raise KeyError(event_id)
    return rows[0]


def _place(writer: StepWriter, claims: Iterable[Row], event_id: int) -> None:
    ids = [row["id"] for row in claims]
    writer.update(Claim, {claim: {"event_id": event_id} for claim in ids})
    held = {row["claim_id"]: row["id"] for row in writer.owned(ClaimPlacing, "claim_id", ids)}
    writer.update(ClaimPlacing, {row_id: {"event_id": event_id} for row_id in held.values()})
    writer.insert(
        ClaimPlacing,
        [{"claim_id": claim, "event_id": event_id} for claim in ids if claim not in held],
    )


def _explain(writer: StepWriter, event: Row) -> None:
    reasons = strings_of(event["reasons"])
    if BY_HAND not in reasons:
        writer.update(Event, {event["id"]: {"reasons": strings_to_text((*reasons, BY_HAND))}})


def _join_participants(writer: StepWriter, into: int, ids: Collection[int]) -> None:
    held = writer.owned(EventParticipant, "event_id", [into])
    known = {(row["actor_key"], row["role"]) for row in held}
    new: list[Row] = []
    for row in writer.owned(EventParticipant, "event_id", sorted(ids)):
        key = (row["actor_key"], row["role"])
        if key not in known:
            known.add(key)
            ordinal = len(held) + len(new)
            new.append({**dict(zip(("actor_key", "role"), key, strict=True)), "ordinal": ordinal})
    writer.insert(EventParticipant, [{"event_id": into, **row} for row in new])


def _drop_empty(writer: StepWriter, event_ids: Collection[int]) -> None:
    ids = sorted(event_ids)
    used = {row["event_id"] for row in writer.owned(Claim, "event_id", ids)}
    used |= {row["event_id"] for row in writer.owned(EventMention, "event_id", ids)}
    _drop(writer, [event_id for event_id in ids if event_id not in used])


def _drop(writer: StepWriter, ids: Collection[int]) -> None:
    for model in (EventParticipant, EventMention, EventDecision):
        writer.delete(model, [row["id"] for row in writer.owned(model, "event_id", sorted(ids))])
    writer.delete(Event, ids)


def _decide(writer: StepWriter, event_id: int, values: Row) -> None:
    held = writer.owned(EventDecision, "event_id", [event_id])
    blank: Row = {"label": "", "dated": 0, **dict.fromkeys(WHEN)}
    if not held:
        row = {**blank, **values}
        if row != blank:
            writer.insert(EventDecision, [{"event_id": event_id, **row}])
        return
    after = {**{name: held[0][name] for name in blank}, **values}
    if after == blank:
        writer.delete(EventDecision, [held[0]["id"]])
    else:
        writer.update(EventDecision, {held[0]["id"]: after})


# ---------------------------------------------------------------------- times


def _when(row: Row) -> FuzzyInterval | None:
    return interval_of(*(row[name] for name in WHEN))


def _hull(intervals: Iterable[FuzzyInterval | None]) -> FuzzyInterval | None:
    """The stretch from the earliest to the latest of those that are known."""
    known = [interval for interval in intervals if interval is not None]
    if not known:
        return None
    first = min(known, key=lambda one: one.earliest)
    last = max(known, key=lambda one: one.latest)
    if (first.earliest, first.latest) == (last.earliest, last.latest):
        return first
    return FuzzyInterval(
        first.earliest,
        last.latest,
        first.precision,
        open_start=first.open_start,
        open_end=last.open_end,
        basis=BY_HAND,
    )
