"""A dossier as a reading: what the machine found, with all that a person decided on it."""

from __future__ import annotations

from collections.abc import Mapping

from db import Dossier
from db.rows import ClaimRow, EventRow
from extraction.model import (
    Actor,
    ArticleReading,
    Attribution,
    Claim,
    Event,
    EventMention,
    Reading,
    Relation,
    Side,
    SideKey,
    Span,
)


def reading_of(dossier: Dossier) -> Reading:
    """The claims, events and relations that the windows show, under the dossier's own ids.

    Rejected claims and relations are left out. What a claim's article alone tells (times,
    narration) is as it was read.
    """
    readings = dossier.readings()
    by_key = {reading.article.key: reading for reading in readings}
    keys = {row.id: row.key for row in dossier.articles()}
    actors = {row.id: row for row in sorted(dossier.actors(), key=lambda row: row.id)}
    # What is gone from an article has its words in another text than the one that goes along.
    claims = [row for row in dossier.claims(rejected=False) if row.gone_from is None]
    shown = {row.id for row in claims}
    names = {row.id: row.key for row in actors.values()}
    return Reading(
        articles=tuple(readings),
        sides=tuple(
            Side(row.key, row.name, (), row.reasons)
            for row in dossier.sides()
            if row.key in (SideKey.A, SideKey.B) and row.name
        ),
        actors=tuple(
            Actor(
                row.key,
                row.name,
                row.kind,
                row.side,
                row.aliases,
                names.get(row.member_of or 0),
                row.reasons,
            )
            for row in actors.values()
        ),
        claims=tuple(_claim(row, number, keys, names, shown) for number, row in enumerate(claims)),
        events=tuple(_event(row, keys, by_key, shown) for row in dossier.events()),
        relations=tuple(
            Relation(row.type, row.source_id, row.target_id, row.score, row.reasons, row.possible)
            for row in dossier.relations()
            if row.source_id in shown and row.target_id in shown
        ),
    )


def _claim(
    row: ClaimRow,
    number: int,
    keys: Mapping[int, str],
    actors: Mapping[int, str],
    shown: set[int],
) -> Claim:
    said = Attribution(
        index=number,
        source=row.source_span,
        cue=row.cue_span,
        cue_lemma="",
        contents=row.content_spans,
        form=row.form,
        act=row.speech_act,
        when=row.when,
        when_span=row.when_span,
        said=row.said,
        places=row.places,
        quantities=row.quantities,
        verification=row.verification,
        verification_span=row.verification_span,
        reasons=row.reasons,
    )
    return Claim(
        id=row.id,
        article=keys[row.article_id],
        attribution=said,
        actor=actors.get(row.actor_id or 0),
        side=row.side,
        speech_act=row.speech_act,
        event=row.event_id,
        nested_in=row.nested_in if row.nested_in in shown else None,
        reasons=row.reasons,
    )


def _event(
    row: EventRow, keys: Mapping[int, str], readings: Mapping[str, ArticleReading], shown: set[int]
) -> Event:
    mentions = []
    for mention in row.mentions:
        article = keys[mention.article_id]
        index = _narration(readings[article], mention.span)
        if index is not None:
            mentions.append(EventMention(article, index))
    return Event(
        row.id,
        row.label,
        row.type,
        row.when,
        row.places,
        row.participants,
        tuple(claim for claim in row.claim_ids if claim in shown),
        tuple(mentions),
        row.reasons,
    )


def _narration(reading: ArticleReading, span: Span) -> int | None:
    return next((n.index for n in reading.narrations if n.span == span), None)
