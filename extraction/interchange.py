"""A reading as JSON: the format ``claimline/1``.

Spans are ``[start, end]`` in code points of the article's ``text``. What is unknown is ``null``;
no key is ever left out. Where an article tells of an event in its own voice, that stands under
the event's ``mentions`` and never among the claims.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from extraction.model import (
    Actor,
    ArticleReading,
    Claim,
    Container,
    Event,
    FuzzyInterval,
    Part,
    Precision,
    Published,
    Quantity,
    Reading,
    Relation,
    SideKey,
    Span,
    TimeExpression,
)

FORMAT = "claimline/1"
_CLOCK = (Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY)

Json = dict[str, Any]


def reading_to_json(reading: Reading) -> Json:
    """The whole reading as plain dictionaries and lists, ready for ``json.dumps``.

    Articles count from 1 in the order of the reading; claims, events and relations keep the ids
    they have there.
    """
    actors = {actor.key: actor for actor in reading.actors}
    numbers = {item.article.key: place for place, item in enumerate(reading.articles, 1)}
    by_article: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        by_article.setdefault(claim.article, []).append(claim)
    readings = {item.article.key: item for item in reading.articles}
    return {
        "format": FORMAT,
        "sides": [
            {
                "key": side.key.value,
                "name": side.name,
                "actors": [a.name for a in reading.actors if a.side is side.key],
                "reasons": list(side.reasons),
            }
            for side in reading.sides
            if side.key in (SideKey.A, SideKey.B)
        ],
        "actors": [_actor(actor) for actor in reading.actors],
        "articles": [
            _article(numbers[item.article.key], item, by_article.get(item.article.key, []), actors)
            for item in reading.articles
        ],
        "events": [_event(event, numbers, readings, actors) for event in reading.events],
        "relations": [_relation(relation) for relation in reading.relations],
    }


def _article(number: int, reading: ArticleReading, claims: list[Claim], actors: Any) -> Json:
    article = reading.article
    return {
        "id": number,
        "file": article.file,
        "sha256": article.key,
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "language": article.language,
        "url": article.url,
        "within": [_container(container) for container in article.within],
        "published": _published(article.published),
        "changed": _published(article.changed) if article.changed else None,
        "grounds": dict(article.grounds),
        "text": article.text,
        "parts": [_part(part) for part in article.parts],
        "boilerplate": [
            [block.start, block.end]
            for block in article.blocks
            if block.kind.value == "boilerplate"
        ],
        "claims": [_claim(claim, actors) for claim in claims],
        "times": [_time(time) for time in reading.times],
    }


def _container(container: Container) -> Json:
    return {"name": container.name, "sha256": container.sha256, "member": container.member}


def _part(part: Part) -> Json:
    return {
        "span": [part.start, part.end],
        "kind": part.kind.value,
        "label": part.label,
        "when": part.when.isoformat(timespec="minutes") if part.when else None,
    }


def _published(published: Published) -> Json:
    return {
        "start": published.start.date().isoformat() if published.start else None,
        "end": published.end.date().isoformat() if published.end else None,
        "precision": published.precision.value,
        "basis": published.basis.value,
        "assumed": list(published.assumed),
        "reasons": list(published.reasons),
    }


def _claim(claim: Claim, actors: dict[str, Actor]) -> Json:
    said = claim.attribution
    actor = actors.get(claim.actor) if claim.actor is not None else None
    return {
        "id": claim.id,
        "source": {
            "text": said.source.exact if said.source else None,
            "span": _span(said.source),
            "actor": actor.name if actor else None,
            "side": claim.side.value,
        },
        "cue": {"text": said.cue.exact, "span": _span(said.cue)},
        "content": {
            "text": " … ".join(span.exact for span in said.contents),
            "spans": [_span(span) for span in said.contents],
            "form": said.form.value,
        },
        "speech_act": claim.speech_act.value,
        "nested_in": claim.nested_in,
        "verification": said.verification.value,
        "when": _interval(said.when, said.when_span),
        "said": _interval(said.said, None),
        "places": list(said.places),
        "quantities": [_quantity(quantity) for quantity in said.quantities],
        "event": claim.event,
        "reasons": list(claim.reasons),
    }


def _quantity(quantity: Quantity) -> Json:
    return {
        "measure": quantity.measure,
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "approximate": quantity.approximate,
        "scope": quantity.scope.value,
        "bearer": quantity.bearer,
        "part_of": quantity.part_of,
        "span": _span(quantity.span),
    }


def _time(time: TimeExpression) -> Json:
    return {
        "span": _span(time.span),
        "text": time.span.exact,
        "value": time.value,
        "type": time.type.value,
        "mod": time.mod,
        "anchor": time.anchor,
    }


def _event(
    event: Event,
    numbers: dict[str, int],
    readings: dict[str, ArticleReading],
    actors: dict[str, Actor],
) -> Json:
    when = event.when
    return {
        "id": event.id,
        "label": event.label,
        "type": event.type.value,
        "start": moment(when.earliest, when.precision) if when else None,
        "end": moment(when.latest, when.precision) if when else None,
        "precision": when.precision.value if when else None,
        "places": list(event.places),
        "participants": [
            {"actor": actors[key].name if key in actors else key, "role": role}
            for key, role in event.participants
        ],
        "claims": list(event.claims),
        "mentions": [
            {
                "article": numbers[mention.article],
                "span": _span(readings[mention.article].narrations[mention.narration].span),
            }
            for mention in event.mentions
        ],
        "reasons": list(event.reasons),
    }


def _relation(relation: Relation) -> Json:
    return {
        "type": relation.type.value,
        "from": relation.source,
        "to": relation.target,
        "score": round(relation.score, 3),
        "possible": relation.possible,
        "reasons": list(relation.reasons),
    }


def _actor(actor: Actor) -> Json:
    return {
        "name": actor.name,
        "kind": actor.kind.value,
        "side": actor.side.value,
        "aliases": list(actor.aliases),
        "reasons": list(actor.reasons),
    }


def _interval(interval: FuzzyInterval | None, span: Span | None) -> Json | None:
    if interval is None:
        return None
    return {
        "start": moment(interval.earliest, interval.precision),
        "end": moment(interval.latest, interval.precision),
        "precision": interval.precision.value,
        "open_start": interval.open_start,
        "open_end": interval.open_end,
        "text": span.exact if span else None,
        "span": _span(span),
        "basis": interval.basis,
    }


def moment(when: datetime, precision: Precision) -> str:
    """ISO 8601 to the minute where the precision is finer than a day, else to the day."""
    if precision in _CLOCK:
        return when.isoformat(timespec="minutes")
    return when.date().isoformat()


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value
