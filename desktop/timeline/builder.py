"""From the dossier's rows to the timeline's arrays."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from db.rows import ClaimRow, EventRow, MentionRow, RelationRow, Status
from desktop.timeline.data import (
    ACTS,
    COLUMNS,
    NARRATED,
    RELATIONS,
    STATUSES,
    Labels,
    Link,
    TimelineData,
    Undated,
    Zone,
)
from desktop.timeline.labels import Wording, claim_label
from desktop.timeline.scale import HOUR, MINUTE, YEAR, to_days
from extraction.model import FuzzyInterval, Precision, RelationType, SideKey, SpeechAct

UNIT_DAYS = {
    Precision.MINUTE: 0.0,
    Precision.HOUR: HOUR,
    Precision.PART_OF_DAY: 6 * HOUR,
    Precision.DAY: 1.0,
    Precision.WEEK: 7.0,
    Precision.MONTH: YEAR / 12,
    Precision.SEASON: YEAR / 4,
    Precision.YEAR: YEAR,
    Precision.DECADE: 10 * YEAR,
    Precision.CENTURY: 100 * YEAR,
}

UNSURE_SHARE = 0.22
"""How much of a unit of precision fades at either end: all of it is known only as that unit."""

WORST = 0.42
"""What fades at one end never takes more than this share of the whole."""

ZONES = {SideKey.A: Zone.ABOVE, SideKey.B: Zone.BELOW}

DISPUTES = frozenset({Status.DISPUTED, Status.DENIED})
COUNTED_RELATIONS = frozenset(
    {
        RelationType.DENIES,
        RelationType.CONTRADICTS,
        RelationType.ADMITS,
        RelationType.ANSWERS,
        RelationType.COUNTER_ACCUSES,
        RelationType.CORRECTS,
        RelationType.RETRACTS,
        RelationType.CONFIRMS,
    }
)


def interval(when: FuzzyInterval) -> tuple[float, float, float, float]:
    """Start, end, and the certain part within them, in days; the end is exclusive."""
    start = to_days(when.earliest)
    end = max(to_days(when.latest) + MINUTE, start + MINUTE)
    fade = min(UNIT_DAYS[when.precision] * UNSURE_SHARE, (end - start) * WORST)
    return start, end, start + fade, end - fade


def claim_importance(claim: ClaimRow, event: EventRow | None) -> float:
    """Voices on its event, dispute and figures; a claim without them is 1."""
    voices = len(event.claim_ids) if event is not None else 1
    return (
        1.0
        + 0.8 * math.log2(max(voices, 1))
        + 1.5 * min(claim.disputed_by, 3)
        + (0.5 if claim.quantities else 0.0)
        + (1.0 if claim.speech_act in (SpeechAct.DENIES, SpeechAct.ADMITS) else 0.0)
        + (0.5 if claim.when is not None else 0.0)
        - (0.5 if claim.nested_in is not None else 0.0)
    )


class _Columns:
    """Collects marks row by row."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self.labels: list[Callable[[], str]] = []
        self.undated: list[Undated] = []

    def add(
        self,
        when: FuzzyInterval,
        label: Callable[[], str],
        *,
        point: bool,
        zone: Zone,
        status: Status,
        act: int,
        disputed: bool,
        importance: float,
        claim_id: int,
        event_id: int,
    ) -> None:
        self.rows.append(
            (
                *interval(when),
                when.open_start,
                when.open_end,
                point,
                zone,
                STATUSES.index(status),
                act,
                disputed,
                importance,
                claim_id,
                event_id,
            )
        )
        self.labels.append(label)


def from_rows(
    claims: Sequence[ClaimRow],
    events: Sequence[EventRow],
    relations: Sequence[RelationRow] = (),
    *,
    acts: Mapping[SpeechAct, str] | None = None,
    wording: Callable[[ClaimRow], Wording] | None = None,
    accepts: Callable[[ClaimRow], bool] | None = None,
    narrates: Callable[[EventRow], bool] | None = None,
    told: Callable[[ClaimRow | MentionRow], FuzzyInterval | None] | None = None,
) -> TimelineData:
    """The timeline of a dossier.

    A claim stands at the time of what it claims, or of its event; else, as a point, at the time
    of its saying.
    An event that the outlet tells of in its own voice stands in the band. ``acts`` gives the
    words for speech acts in labels, ``wording`` those of a claim's cue; ``accepts`` says which
    claims are shown, ``narrates`` which events for the outlet's own telling of them. With
    ``told`` all stand at the time of their telling, which it gives, instead.
    """
    by_id = {event.id: event for event in events}
    columns = _Columns()
    for claim in claims:
        if accepts is None or accepts(claim):
            event = by_id.get(claim.event_id or 0)
            _add_claim(columns, claim, event, acts or {}, wording, told)
    for event in events:
        if event.mentions and (narrates is None or narrates(event)):
            _add_narrated(columns, event, told)
    arrays = {
        name: np.array([row[i] for row in columns.rows], dtype=kind)
        for i, (name, kind) in enumerate(COLUMNS.items())
    }
    return TimelineData.from_columns(
        arrays,
        Labels(columns.labels),
        tuple(
            Link(row.source_id, row.target_id, RELATIONS.index(row.type), row.possible)
            for row in relations
            if row.type in COUNTED_RELATIONS
        ),
        tuple(columns.undated),
    )


def _add_claim(
    columns: _Columns,
    claim: ClaimRow,
    event: EventRow | None,
    acts: Mapping[SpeechAct, str],
    wording: Callable[[ClaimRow], Wording] | None,
    told: Callable[[ClaimRow | MentionRow], FuzzyInterval | None] | None,
) -> None:
    zone = ZONES.get(claim.side, Zone.BAND)

    def label() -> str:
        return claim_label(claim, event, acts, wording(claim) if wording else Wording())

    event_id = -1 if claim.event_id is None else claim.event_id
    happened = claim.when or (event.when if event is not None else None)
    if told is not None:
        happened = None
    when = happened or (told(claim) if told is not None else claim.said)
    if when is None:
        columns.undated.append(Undated(claim.id, event_id, zone, label()))
        return
    columns.add(
        when,
        label,
        point=happened is None,
        zone=zone,
        status=claim.status,
        act=ACTS.index(claim.speech_act),
        disputed=claim.status in DISPUTES or claim.disputed_by > 0,
        importance=claim_importance(claim, event),
        claim_id=claim.id,
        event_id=event_id,
    )


def _add_narrated(
    columns: _Columns,
    event: EventRow,
    told: Callable[[ClaimRow | MentionRow], FuzzyInterval | None] | None,
) -> None:
    if told is not None:
        when = next((time for item in event.mentions if (time := told(item)) is not None), None)
    else:
        when = _narrated_time(event.mentions, event.when)
    if when is None:
        columns.undated.append(Undated(-1, event.id, Zone.BAND, event.label))
        return
    columns.add(
        when,
        lambda: event.label,
        point=False,
        zone=Zone.BAND,
        status=Status.ASSERTED,
        act=NARRATED,
        disputed=False,
        importance=0.5 + 0.5 * math.log2(1 + len(event.mentions) + len(event.claim_ids)),
        claim_id=-1,
        event_id=event.id,
    )


def _narrated_time(
    mentions: Sequence[MentionRow], fallback: FuzzyInterval | None
) -> FuzzyInterval | None:
    return next((mention.when for mention in mentions if mention.when is not None), fallback)
