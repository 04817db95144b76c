"""From the dossier's packed arrays to the timeline's: no row is read, whatever the size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from db.columns import (
    HAS_QUANTITIES,
    IS_NESTED,
    NEVER,
    REJECTED,
    SAID_OPEN_END,
    SAID_OPEN_START,
    SIDES,
    STARRED,
    Claims,
    Columns,
    Places,
    is_between,
)
from db.packing import of_rows
from db.rows import ArticleRow, ClaimRow, EventRow, RelationRow, Status
from desktop.timeline.data import (
    ACTS,
    MOST_LABELS,
    NARRATED,
    NO_ZONE,
    RELATIONS,
    STATUSES,
    Labels,
    TimelineData,
    Undated,
    Zone,
)
from desktop.timeline.index import Bools, Links
from desktop.timeline.labels import Wording, claim_label
from desktop.timeline.ranking import stepped
from desktop.timeline.whens import NAMES, Whens, nowhere, published_of, when_of
from extraction.model import FuzzyInterval, RelationType, SideKey, SpeechAct

STAR = 5.0
"""What the user's star adds to the importance of a claim: as much as three voices against it."""

_ZONES = np.array(
    [
        {SideKey.A: Zone.ABOVE, SideKey.B: Zone.BELOW}.get(side, Zone.BAND)
        for side in SIDES
    ],
    np.int8,
)  # fmt: skip
_DISPUTES = np.array([status in (Status.DISPUTED, Status.DENIED) for status in STATUSES])
_WEIGHTY = np.array([act in (SpeechAct.DENIES, SpeechAct.ADMITS) for act in ACTS])
_COUNTED = np.array(
    [
        kind
        in (
            RelationType.DENIES,
            RelationType.CONTRADICTS,
            RelationType.ADMITS,
            RelationType.ANSWERS,
            RelationType.COUNTER_ACCUSES,
            RelationType.CORRECTS,
            RelationType.RETRACTS,
            RelationType.CONFIRMS,
        )
        for kind in RELATIONS
    ]
)

_DISPUTE = 1.5 * np.arange(4, dtype=np.float32)
_BY_ACT = 1.0 * _WEIGHTY.astype(np.float32)
_BY_FLAGS = np.array(
    [
        0.5 * bool(flags & HAS_QUANTITIES)
        - 0.5 * bool(flags & IS_NESTED)
        + STAR * bool(flags & STARRED)
        for flags in range(256)
    ],
    np.float32,
)


def _importance(columns: Columns, claims: Claims, of_event: Places) -> npt.NDArray[np.float32]:
    """Of each claim: voices on its event, dispute, figures, the user's star; 1 without them.

    In steps of ``STEP``, so that they are soon put in order.
    """
    voices = np.concatenate(([0.0], 0.8 * np.log2(np.maximum(columns.voices, 1))))
    found: npt.NDArray[np.float32] = (1.0 + voices).astype(np.float32).take(of_event + 1)
    found += _DISPUTE.take(claims.disputed_by, mode="clip")
    found += _BY_ACT.take(claims.act)
    found += _BY_FLAGS.take(claims.flags.view(np.uint8))
    found += np.float32(0.5) * (claims.when_start != NEVER)
    return stepped(found)


def from_packed(
    columns: Columns,
    label: Callable[[int, int], str],
    articles: Sequence[ArticleRow] = (),
    *,
    by_telling: bool = False,
    fetch: Callable[[list[int], list[int]], None] | None = None,
) -> TimelineData:
    """The timeline of a dossier. A rejected claim has no zone.

    A claim stands at the time of what it claims, or of its event; else, as a point, at the time
    of its saying. An event that outlets tell of in their own voice stands in the band, once for
    each time that they give it. With ``by_telling`` all stand at the time of their saying, or
    else of the publication of their article, instead. ``label`` gives the text of a claim, or of
    an event where the claim is -1; it is asked only for what is shown. ``fetch`` is told before
    of which claims and events that will be.
    """
    published = published_of(columns, articles) if by_telling else None
    both = claim_marks(columns, published[0] if published else None)
    told = told_marks(columns, published[1] if published else None)
    if len(told["dated"]):
        both = {name: np.concatenate((both[name], told[name])) for name in both}
    dated = both["dated"]
    waiting = np.flatnonzero(~dated & (both["zone"] != NO_ZONE))
    undated = [both[name][waiting].tolist() for name in ("claim_id", "event_id", "zone")]
    return TimelineData.from_columns(
        both,
        Labels(both["claim_id"], both["event_id"], label, fetch=fetch),
        links_of(columns),
        tuple(
            Undated(claim, event, Zone(zone)) for claim, event, zone in zip(*undated, strict=True)
        ),
        both["row"],
        None if dated.all() else np.flatnonzero(dated),
    )


def links_of(columns: Columns) -> Links:
    """The relations that are drawn."""
    relations = columns.relations
    # Far quicker than by the mask itself.
    counted = np.flatnonzero(_COUNTED.take(relations.type))
    return Links(
        relations.source.take(counted),
        relations.target.take(counted),
        relations.type.take(counted),
        relations.possible.take(counted) != 0,
    )


def claim_marks(
    columns: Columns, published: Whens | None = None, only: Places | None = None
) -> dict[str, Any]:
    """The columns of ``TimelineData`` for each claim, or for those at the places ``only``.

    ``dated`` says which have a time, ``row`` where each claim stands.
    """
    claims, of_event = columns.claims, columns.event_of_claim
    if only is not None:
        claims, of_event = claims.take(only), of_event[only]
    happened = when_of(claims).otherwise(when_of(columns.events), of_event)
    said = Whens(
        claims.said_start,
        claims.said_end,
        claims.said_precision,
        (claims.flags & SAID_OPEN_START) != 0,
        (claims.flags & SAID_OPEN_END) != 0,
        np.zeros(len(claims), np.bool_),
    )
    if published is not None:
        happened, said = nowhere(len(claims)), said.otherwise(published)
    when = happened.otherwise(said)
    return {
        **when.columns(),
        "dated": when.known,
        "point": ~happened.known,
        "zone": np.where(claims.review == REJECTED, np.int8(NO_ZONE), _ZONES.take(claims.side)),
        "status": claims.status,
        "act": claims.act,
        "disputed": _DISPUTES.take(claims.status) | (claims.disputed_by > 0),
        "importance": _importance(columns, claims, of_event),
        "row": np.arange(len(claims), dtype=np.int32) if only is None else only,
        "claim_id": claims.id,
        "event_id": np.where(claims.event > 0, claims.event, np.int32(-1)),
    }


def told_marks(
    columns: Columns, published: Whens | None = None, only: Bools | None = None
) -> dict[str, Any]:
    """One row for each time that an event, or one of ``only`` these, is given in an outlet's own
    voice.
    """
    mentions, of_event = columns.mentions, columns.event_of_mention
    narrated = columns.is_narrated if only is None else columns.is_narrated & only
    own = when_of(mentions) if published is None else published
    told = own.known & (of_event >= 0)
    if only is not None:
        told &= only[of_event]
    # Without a time of its own in any telling an event stands once, at the time that it has.
    dated = np.zeros(len(columns.events), np.bool_)
    dated[of_event[told]] = True
    rest = np.flatnonzero(narrated & ~dated)
    events = np.concatenate((of_event[told], rest))
    other = when_of(columns.events) if published is None else nowhere(len(columns.events))
    when, fallback = own.take(np.flatnonzero(told)), other.take(rest)
    joined = Whens(
        *(np.concatenate((getattr(when, name), getattr(fallback, name))) for name in NAMES)
    )
    keys = np.stack((events, joined.start, joined.end))
    # In order of the events: so that marks of one time stand as their rows do.
    first = np.unique(keys, axis=1, return_index=True)[1] if len(events) else events
    events, joined = events[first], joined.take(first)
    count = len(events)
    return {
        **joined.columns(),
        "dated": joined.known,
        "point": np.zeros(count, np.bool_),
        "zone": np.full(count, Zone.BAND, np.int8),
        "status": np.full(count, STATUSES.index(Status.ASSERTED), np.int8),
        "act": np.full(count, NARRATED, np.int8),
        "disputed": np.zeros(count, np.bool_),
        "importance": narrated_importance(columns)[events],
        "claim_id": np.full(count, -1, np.int64),
        "event_id": columns.events.id[events].astype(np.int64),
        "row": events.astype(np.int32),
    }


def narrated_importance(columns: Columns) -> npt.NDArray[np.float32]:
    """Of each event as outlets tell of it: by how many tellings and voices."""
    of_event = columns.event_of_mention
    tellings = np.bincount(of_event[of_event >= 0], minlength=len(columns.events))
    return stepped(0.5 + 0.5 * np.log2(1 + tellings + columns.voices))


Made = dict[int, tuple[ClaimRow, EventRow | None, str]]
"""Labels by claim, with the rows that they were made from."""


def labeller(
    claim: Callable[[int], ClaimRow],
    event: Callable[[int], EventRow],
    acts: Mapping[SpeechAct, str] | None = None,
    wording: Callable[[ClaimRow], Wording] | None = None,
    made: Made | None = None,
) -> Callable[[int, int], str]:
    """``label`` for ``from_packed``. ``claim`` and ``event`` raise ``KeyError`` for what is not.

    ``acts`` gives the words for speech acts, ``wording`` those of a claim's cue. Labels in
    ``made`` whose rows are still the very same are not made again.
    """
    known: Made = {} if made is None else made

    def event_or_none(event_id: int) -> EventRow | None:
        try:
            return event(event_id)
        except KeyError:
            return None

    def label(claim_id: int, event_id: int) -> str:
        if claim_id < 0:
            told = event(event_id)
            return _with_ends(told.label, told.when)
        row, about = claim(claim_id), event_or_none(event_id)
        before = known.get(claim_id)
        if before is not None and before[0] is row and before[1] is about:
            return before[2]
        words = wording(row) if wording is not None else Wording()
        found = claim_label(row, about, acts or {}, words)
        if about is not None and not row.when:
            found = _with_ends(found, about.when)
        if len(known) > MOST_LABELS:
            known.clear()
        known[claim_id] = row, about, found
        return found

    return label


def _with_ends(label: str, when: FuzzyInterval | None) -> str:
    """With both ends by name, where that is all that is known of the time."""
    return f"{label} · {when.basis}" if when is not None and is_between(when.basis) else label


def from_rows(
    claims: Sequence[ClaimRow],
    events: Sequence[EventRow],
    relations: Sequence[RelationRow] = (),
    *,
    acts: Mapping[SpeechAct, str] | None = None,
    wording: Callable[[ClaimRow], Wording] | None = None,
) -> TimelineData:
    """The same from rows in memory."""
    by_id = {row.id: row for row in claims}
    event_by_id = {row.id: row for row in events}
    return from_packed(
        of_rows(claims, events, relations),
        labeller(by_id.__getitem__, event_by_id.__getitem__, acts, wording),
    )
