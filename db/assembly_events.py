"""The events of an assembly: their rows, who takes part in them, and who tells of them."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from typing import TYPE_CHECKING

from db.bits import bits_of, insert_in_bits, replace_parts, update_in_bits
from db.encoding import interval_columns, span_columns, strings_to_text
from db.models import Event, EventDecision, EventMention, EventParticipant
from db.regrouping import BY_HAND, WHEN
from db.rowwriting import Row
from extraction.model import Event as EventRecord
from extraction.model import Narration

if TYPE_CHECKING:
    from db.assembly import Assembly


def write_events(assembly: Assembly) -> Generator[None, None, set[int]]:
    """Write the events; return the ids of those that no longer occur."""
    matched, writer = assembly.events, assembly.writer
    first = writer.next_id(Event)
    assembly.event_ids = matched.known | matched.following
    assembly.event_ids |= {event: first + n for n, event in enumerate(matched.new)}
    columns = {event.id: _columns(event) for event in assembly.reading.events}
    yield
    by_hand = set(assembly.placed.values())
    decided = _decisions(assembly)
    for event in assembly.reading.events:
        if matched.known.get(event.id) in by_hand:
            columns[event.id]["reasons"] = strings_to_text((*event.reasons, BY_HAND))
    stored = [row[0] for row in assembly.select(Event, "id")]
    yield from update_in_bits(
        writer,
        Event,
        {old: columns[event] | decided.get(old, {}) for event, old in matched.known.items()},
    )
    yield from insert_in_bits(writer, Event, [columns[event] for event in matched.new])
    return set(stored) - set(matched.known.values()) - by_hand


def _columns(event: EventRecord) -> Row:
    return {
        "label": event.label,
        "type": event.type.value,
        **interval_columns("when", event.when),
        "places": strings_to_text(event.places),
        "reasons": strings_to_text(event.reasons),
    }


def _decisions(assembly: Assembly) -> dict[int, Row]:
    """What a person decided of an event, by its id, as columns of its row."""
    found: dict[int, Row] = {}
    for event, label, dated, *when in assembly.select(
        EventDecision, "event_id", "label", "dated", *WHEN
    ):
        columns: Row = {"label": label} if label else {}
        if dated:
            columns |= dict(zip(WHEN, when, strict=True))
        found[event] = columns
    return found


def write_event_parts(assembly: Assembly, gone: Collection[int]) -> Iterator[None]:
    """Write who takes part in the events and which narrations tell of them."""
    writer = assembly.writer
    narrations = {
        (reading.article.key, narration.index): narration
        for reading in assembly.reading.articles
        for narration in reading.narrations
    }
    # Several assembled events may go into one that a person put together.
    together: dict[int, list[EventRecord]] = {}
    for event in assembly.reading.events:
        if event.id in assembly.event_ids:
            together.setdefault(assembly.event_ids[event.id], []).append(event)
    yield
    for some in bits_of(list(together.items())):
        participants = {event_id: _participants(event_id, events) for event_id, events in some}
        mentions = {
            event_id: _mentions(assembly, event_id, events, narrations) for event_id, events in some
        }
        replace_parts(writer, EventParticipant, "event_id", participants)
        replace_parts(writer, EventMention, "event_id", mentions)
        yield
    for lost in bits_of(sorted(gone)):
        nothing: dict[int, list[Row]] = {event_id: [] for event_id in lost}
        for model in (EventParticipant, EventMention, EventDecision):
            replace_parts(writer, model, "event_id", nothing)
        yield


def _participants(event_id: int, events: Collection[EventRecord]) -> list[Row]:
    each = dict.fromkeys(part for event in events for part in event.participants)
    return [
        {"event_id": event_id, "ordinal": ordinal, "actor_key": key, "role": role}
        for ordinal, (key, role) in enumerate(each)
    ]


def _mentions(
    assembly: Assembly,
    event_id: int,
    events: Collection[EventRecord],
    narrations: dict[tuple[str, int], Narration],
) -> list[Row]:
    told: list[Row] = []
    for mention in (mention for event in events for mention in event.mentions):
        narration = narrations[mention.article, mention.narration]
        told.append(
            {
                "event_id": event_id,
                "ordinal": len(told),
                "article_id": assembly.articles[mention.article],
                "position": narration.index,
                **span_columns(narration.span),
                **interval_columns("when", narration.when),
                "reasons": strings_to_text(narration.reasons),
            }
        )
    return told
