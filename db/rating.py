"""Admiralty codes that a person gives: letters to sources, figures to claims; never averaged."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from db.journal import StepWriter
from db.models import Actor, ActorRating, ArticleRevision, Claim, ClaimRating, OutletRating, Table
from db.rows import CREDIBILITIES, Reliability


def set_credibility(
    writer: StepWriter, claim_ids: Collection[int], credibility: int | None
) -> None:
    """Raises ``KeyError`` if a claim does not exist, ``ValueError`` for a figure not 1 to 6."""
    if credibility is not None and credibility not in CREDIBILITIES:
        raise ValueError(f"credibility is 1 to 6, not {credibility}")
    ids = sorted(set(claim_ids))
    found = {row["id"] for row in writer.rows(Claim, ids)}
    for claim in ids:
        if claim not in found:
            raise KeyError(claim)
    held = {row["claim_id"]: row["id"] for row in writer.owned(ClaimRating, "claim_id", ids)}
    for claim in ids:
        _put(writer, ClaimRating, held.get(claim), {"claim_id": claim}, "credibility", credibility)


def set_reliability(
    writer: StepWriter,
    reliability: Reliability | None,
    *,
    actor_id: int | None = None,
    outlet: str | None = None,
) -> None:
    """Raises ``KeyError`` if there is no such actor or outlet, ``ValueError`` for both or none."""
    letter = None if reliability is None else Reliability(reliability).value
    if (actor_id is None) == (outlet is None):
        raise ValueError("an actor or an outlet")
    if actor_id is not None:
        if not writer.rows(Actor, [actor_id]):
            raise KeyError(actor_id)
        held = [row["id"] for row in writer.owned(ActorRating, "actor_id", [actor_id])]
        at = held[0] if held else None
        _put(writer, ActorRating, at, {"actor_id": actor_id}, "reliability", letter)
        return
    run = writer.database.run
    known = run(ArticleRevision.select(ArticleRevision.id).where(ArticleRevision.outlet == outlet))
    if known.fetchone() is None:
        raise KeyError(outlet)
    row = run(OutletRating.select(OutletRating.id).where(OutletRating.outlet == outlet)).fetchone()
    at = None if row is None else row[0]
    _put(writer, OutletRating, at, {"outlet": outlet}, "reliability", letter)


def _put(
    writer: StepWriter,
    model: type[Table],
    row_id: int | None,
    owner: dict[str, Any],
    column: str,
    value: Any,
) -> None:
    if row_id is None:
        if value is not None:
            writer.insert(model, [{**owner, column: value}])
    elif value is None:
        writer.delete(model, [row_id])
    else:
        writer.update(model, {row_id: {column: value}})
