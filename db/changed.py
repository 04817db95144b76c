"""What became of claims from one version of an article to the next, and a person's word on it.

To go along with the newer version takes its words, lets go what it lacks and accepts what it
adds. To stay with the earlier one keeps its words as a claim of that version: a reworded claim
then stands twice, as it was said first and, suggested anew, as it is said now. Each function
that writes runs inside a step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from db import edits, regrouping
from db.carrying import Matched
from db.database import Database
from db.edits import CONTENT
from db.encoding import (
    attribution_columns,
    claim_span_rows,
    joined,
    quantity_rows,
    strings_to_text,
)
from db.journal import StepWriter
from db.models import (
    Actor,
    Change,
    Claim,
    ClaimRevision,
    ClaimSpan,
    Event,
    Quantity,
    Relation,
    RevisionChange,
    Table,
    table_name,
)
from db.rows import TO_DECIDE, ChangeKind, ClaimChange, ReviewState, Verdict
from db.rowwriting import Row
from extraction.model import ArticleReading, Attribution, SideKey, Span

Key = tuple[ChangeKind, int | None, int | None]

_OPEN = ""
_REVIEWED = frozenset({ReviewState.ACCEPTED, ReviewState.EDITED})


def key_of(change: ClaimChange) -> Key:
    """What a change is known by: ids of claims may be others by the time of a decision."""
    return change.kind, change.old_cue, change.new_cue


def write_down(
    writer: StepWriter,
    article_id: int,
    number: int,
    matched: Iterable[Matched],
    readings: tuple[ArticleReading, ArticleReading],
    verdicts: Mapping[Key, str] | None = None,
) -> None:
    """Keep what became of the claims of an article in its revision ``number``."""
    cues = [{a.index: a.cue.start for a in reading.attributions} for reading in readings]
    keys = [
        (
            one.kind,
            None if one.old is None else cues[0][one.old],
            None if one.new is None else cues[1][one.new],
        )
        for one in matched
        if one.kind in TO_DECIDE
    ]
    known = verdicts or {}
    writer.insert(
        RevisionChange,
        [_row(article_id, number, key, known.get(key, _OPEN)) for key in dict.fromkeys(keys)],
    )


def verdicts_on(database: Database, article_id: int, number: int) -> dict[Key, str]:
    """What is known of the changes of a revision, empty where nobody decided."""
    query = RevisionChange.select(
        RevisionChange.kind,
        RevisionChange.old_cue,
        RevisionChange.new_cue,
        RevisionChange.verdict,
    ).where(RevisionChange.article == article_id, RevisionChange.number == number)
    return {
        (ChangeKind(kind), old, new): verdict for kind, old, new, verdict in database.run(query)
    }


def implied(change: ClaimChange, reviews: Mapping[int, str]) -> Verdict | None:
    """What a review of the claim itself says of a change."""
    old, new = reviews.get(change.old_claim or 0), reviews.get(change.new_claim or 0)
    if change.kind is ChangeKind.ADDED and new is not None:
        if new == ReviewState.REJECTED:
            return Verdict.EARLIER
        return Verdict.NEWER if new in _REVIEWED else None
    if change.kind is ChangeKind.GONE and old == ReviewState.REJECTED:
        return Verdict.NEWER
    return None


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of an article that follow each other, the newer one being ``number``."""

    article_id: int
    number: int
    old_revision: int
    old: ArticleReading
    new: ArticleReading


def decide(
    writer: StepWriter, versions: Versions, changes: Collection[ClaimChange], verdict: Verdict
) -> None:
    """Write a person's word on changes and what follows from it for the claims."""
    for change in changes:
        if verdict is Verdict.NEWER:
            _go_along(writer, change)
        else:
            _stay(writer, versions, change)
    article_id, number = versions.article_id, versions.number
    held = {
        (ChangeKind(row["kind"]), row["old_cue"], row["new_cue"]): row["id"]
        for row in writer.owned(RevisionChange, "article_id", [article_id])
        if row["number"] == number
    }
    keys = list(dict.fromkeys(map(key_of, changes)))
    writer.update(
        RevisionChange, {held[key]: {"verdict": verdict.value} for key in keys if key in held}
    )
    missing = [_row(article_id, number, key, verdict.value) for key in keys if key not in held]
    writer.insert(RevisionChange, missing)


def _row(article_id: int, number: int, key: Key, verdict: str) -> Row:
    kind, old, new = key
    return {
        "article_id": article_id,
        "number": number,
        "kind": kind.value,
        "old_cue": old,
        "new_cue": new,
        "verdict": verdict,
    }


def _go_along(writer: StepWriter, change: ClaimChange) -> None:
    old, new = change.old_claim, change.new_claim
    if change.kind is ChangeKind.ADDED and new is not None:
        _must_count(writer, new)
    elif old is not None and old != new:
        edits.set_review(writer, [old], ReviewState.REJECTED)


def _stay(writer: StepWriter, versions: Versions, change: ClaimChange) -> None:
    old, new = change.old_claim, change.new_claim
    if change.kind is ChangeKind.ADDED:
        if new is not None:
            edits.set_review(writer, [new], ReviewState.REJECTED)
        return
    was = next((a for a in versions.old.attributions if a.cue.start == change.old_cue), None)
    if old is None:
        if was is not None:
            _bring_back(writer, versions, was)
    elif old == new:
        if was is not None:
            _part(writer, versions, old, was)
    else:
        _must_count(writer, old)


def _must_count(writer: StepWriter, claim_id: int) -> None:
    (row,) = writer.rows(Claim, [claim_id])
    if row["review"] not in _REVIEWED:
        edits.set_review(writer, [claim_id], ReviewState.ACCEPTED)


def _part(writer: StepWriter, versions: Versions, claim_id: int, was: Attribution) -> None:
    """A reworded claim goes back to its earlier words; the new ones become a claim beside it.

    Unless they are gone themselves by now.
    """
    (row,) = writer.rows(Claim, [claim_id])
    spans = writer.owned(ClaimSpan, "claim_id", [claim_id])
    figures = writer.owned(Quantity, "claim_id", [claim_id])
    gone = writer.owned(ClaimRevision, "claim_id", [claim_id])
    if not gone:
        (twin,) = writer.insert(Claim, [{**_bare(row), "review": ReviewState.SUGGESTED.value}])
        writer.insert(ClaimSpan, [{**_bare(part), "claim_id": twin} for part in spans])
        writer.insert(Quantity, [{**_bare(part), "claim_id": twin} for part in figures])
        _hand_over(writer, claim_id, twin)
    writer.delete(ClaimRevision, [one["id"] for one in gone])
    writer.delete(ClaimSpan, [part["id"] for part in spans])
    writer.delete(Quantity, [part["id"] for part in figures])
    own = row["review"] == ReviewState.EDITED
    earlier = _logged_parts(writer, ClaimSpan, claim_id, versions.old.article.text) if own else []
    words = earlier or claim_span_rows(claim_id, was)
    columns = {} if own else attribution_columns(was)
    counted = quantity_rows(claim_id, was.quantities)
    if earlier:
        counted = _logged_parts(writer, Quantity, claim_id, versions.old.article.text) or counted
    writer.insert(ClaimSpan, words)
    writer.insert(Quantity, counted)
    writer.update(
        Claim,
        {
            claim_id: {
                **columns,
                "content": joined([_span(part) for part in words if part["role"] == CONTENT]),
                "position": -claim_id,
                "review": (ReviewState.EDITED if own else ReviewState.ACCEPTED).value,
            }
        },
    )
    writer.insert(ClaimRevision, [{"claim_id": claim_id, "revision_id": versions.old_revision}])


def _hand_over(writer: StepWriter, claim_id: int, twin: int) -> None:
    """What the rules said of the new words goes with them; what a person related stays."""
    for column in ("source_id", "target_id"):
        writer.update(
            Relation,
            {
                row["id"]: {column: twin}
                for row in writer.owned(Relation, column, [claim_id])
                if row["review"] == ReviewState.SUGGESTED
            },
        )
    writer.update(
        Claim,
        {
            row["id"]: {"nested_in_id": twin}
            for row in writer.owned(Claim, "nested_in_id", [claim_id])
            if row["review"] != ReviewState.EDITED
        },
    )


def _bring_back(writer: StepWriter, versions: Versions, was: Attribution) -> None:
    """Write a claim again that went with the newer version, as the revision log has it."""
    logged = _logged_claim(writer, versions.article_id, was)
    row = logged or _as_read(writer, versions.article_id, was)
    columns = _bare(row)
    for name, model in (("actor_id", Actor), ("event_id", Event), ("nested_in_id", Claim)):
        if columns[name] is not None and not writer.rows(model, [columns[name]]):
            columns[name] = None
    claim_id = writer.next_id(Claim)
    kept = {"position": -claim_id, "review": ReviewState.ACCEPTED.value}
    writer.insert(Claim, [{**columns, **kept}])
    writer.insert(ClaimSpan, claim_span_rows(claim_id, was))
    writer.insert(Quantity, quantity_rows(claim_id, was.quantities))
    writer.insert(ClaimRevision, [{"claim_id": claim_id, "revision_id": versions.old_revision}])
    if columns["event_id"] is None and row["event_id"] is not None:
        # Its event went with it: one of its own is kept by every later assembly.
        event = _logged_row(writer, Event, row["event_id"])
        regrouping.split_event(writer, [claim_id], "" if event is None else event["label"])


def _as_read(writer: StepWriter, article_id: int, was: Attribution) -> Row:
    """The claim of a version that never was the present one; its speaker may be known."""
    source = "" if was.source is None else was.source.exact
    row: Row = {
        "article_id": article_id,
        "event_id": None,
        "actor_id": None,
        "side": SideKey.NONE.value,
        "act": was.act.value,
        "nested_in_id": None,
        "reasons": strings_to_text(was.reasons),
        **attribution_columns(was),
    }
    for other in writer.owned(Claim, "article_id", [article_id]) if source else ():
        if other["speaker"] == source and other["actor_id"] is not None:
            return row | {"actor_id": other["actor_id"], "side": other["side"]}
    return row


# ---------------------------------------------------------------------- the log


def _logged_claim(writer: StepWriter, article_id: int, was: Attribution) -> Row | None:
    """A claim that was dropped when its article changed, found by its cue."""
    at = (was.cue.start, was.cue.end, was.cue.exact)
    ids = {
        part["claim_id"]
        for part in _deleted(writer.database, ClaimSpan)
        if part["role"] == "cue" and (part["start"], part["stop"], part["exact"]) == at
    }
    for row in _deleted(writer.database, Claim):
        if row["id"] in ids and row["article_id"] == article_id:
            return row
    return None


def _logged_row(writer: StepWriter, model: type[Table], row_id: int) -> Row | None:
    return next((row for row in _deleted(writer.database, model) if row["id"] == row_id), None)


def _logged_parts(writer: StepWriter, model: type[Table], claim_id: int, text: str) -> list[Row]:
    """Parts that a claim had in an earlier text, as they were when a later one took their place."""
    for rows in _deletions(writer.database, model):
        parts = [row for row in rows if row["claim_id"] == claim_id]
        whole = model is not ClaimSpan or any(row["role"] == "cue" for row in parts)
        if parts and whole and all(_span(row).holds_in(text) for row in parts):
            return [_bare(row) for row in parts]
    return []


def _deleted(database: Database, model: type[Table]) -> Iterable[Row]:
    for rows in _deletions(database, model):
        yield from rows


def _deletions(database: Database, model: type[Table]) -> Iterable[list[Row]]:
    """Rows that steps took away, the latest first."""
    query = (
        Change.select(Change.before)
        .where(Change.table_name == table_name(model), Change.op == "delete")
        .order_by(Change.id.desc())
    )
    for (before,) in database.run(query):
        if before is not None:
            rows: list[Row] = msgspec.json.decode(before)
            yield rows


def _span(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["stop"], row["exact"])


def _bare(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}
