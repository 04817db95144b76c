"""A reading as text for a terminal."""

from __future__ import annotations

import shutil
import textwrap

from extraction.interchange import moment
from extraction.model import (
    Actor,
    ArticleReading,
    Claim,
    FuzzyInterval,
    Published,
    Reading,
    SideKey,
    Span,
)

_ORDER = {SideKey.A: 0, SideKey.B: 1, SideKey.BOTH: 2, SideKey.THIRD: 3, SideKey.NONE: 4}


def table(reading: Reading) -> str:
    """Articles, sides, then every event with its claims and what relates them."""
    width = max(72, min(140, shutil.get_terminal_size((100, 24)).columns))
    lines = ["ARTICLES"]
    for item in reading.articles:
        name = item.article.title or item.article.file
        lines.append(f"  {name} · published {published_words(item.article.published)}")
    lines.append("")
    lines.append("SIDES")
    for side in reading.sides:
        if side.key in (SideKey.A, SideKey.B):
            actors = [actor.name for actor in reading.actors if actor.side is side.key]
            lines.extend(_wrapped(f"  {side.key}  {side.name}: {', '.join(actors)}", width, 5))
    if not any(side.key is SideKey.A for side in reading.sides):
        lines.append("  no dispute found")
    lines.append("")
    claims = {claim.id: claim for claim in reading.claims}
    actors_by_key = {actor.key: actor for actor in reading.actors}
    relations: dict[int, list[str]] = {}
    for relation in reading.relations:
        word = f"{'possibly ' if relation.possible else ''}{relation.type} #{relation.target}"
        relations.setdefault(relation.source, []).append(word)
    lines.append("CLAIMS BY EVENT")
    shown: set[int] = set()
    for event in reading.events:
        lines.append(f"{interval_words(event.when)}  {event.label} [{event.type}]")
        for number in sorted(event.claims, key=lambda n: (_ORDER[claims[n].side], n)):
            shown.add(number)
            lines.extend(_claim_lines(claims[number], actors_by_key, relations, width))
    rest = [claim for claim in reading.claims if claim.id not in shown]
    if rest:
        lines.append("about no event that could be named")
    for claim in rest:
        lines.extend(_claim_lines(claim, actors_by_key, relations, width))
    return "\n".join(lines)


def explanation(reading: Reading) -> str:
    """Every sentence with what fired in it and why."""
    by_key: dict[tuple[str, int], Claim] = {
        (claim.article, claim.attribution.index): claim for claim in reading.claims
    }
    lines: list[str] = []
    for item in reading.articles:
        lines.append(f"=== {item.article.file}")
        lines.append(f"published {published_words(item.article.published)}")
        for reason in item.article.published.reasons:
            lines.append(f"  because {reason}")
        for sentence in item.sentences:
            lines.append("")
            lines.append(" ".join(sentence.exact.split()))
            lines.extend(_explained(item, sentence, by_key))
    return "\n".join(lines)


def _explained(
    item: ArticleReading, sentence: Span, claims: dict[tuple[str, int], Claim]
) -> list[str]:
    lines = []
    for time in item.times:
        if sentence.contains(time.span):
            anchor = f" ({time.anchor})" if time.anchor else ""
            lines.append(f"  time   {time.span.exact} = {time.value}{anchor}")
    for attribution in item.attributions:
        if not sentence.contains(attribution.cue):
            continue
        claim = claims.get((item.article.key, attribution.index))
        number = f"#{claim.id}" if claim else "not kept"
        side = claim.side if claim else SideKey.NONE
        act = claim.speech_act if claim else attribution.act
        source = attribution.source.exact if attribution.source else "nobody named"
        lines.append(f"  claim  {number} {source} [{side}] {act}, cue '{attribution.cue.exact}'")
        reasons = claim.reasons if claim else attribution.reasons
        lines.extend(f"           {reason}" for reason in reasons)
    for narration in item.narrations:
        if sentence.contains(narration.span):
            lines.append("  told by the outlet itself: " + "; ".join(narration.reasons))
    return lines


def _claim_lines(
    claim: Claim, actors: dict[str, Actor], relations: dict[int, list[str]], width: int
) -> list[str]:
    said = claim.attribution
    actor = actors.get(claim.actor) if claim.actor else None
    who = actor.name if actor else said.source.exact if said.source else "nobody named"
    words = " … ".join(" ".join(span.exact.split()) for span in said.contents)
    note = f" ({said.verification})" if said.verification.value != "none" else ""
    related = "; ".join(relations.get(claim.id, ()))
    text = f"  #{claim.id} [{claim.side}] {who} {claim.speech_act}: {words}{note}"
    return _wrapped(text + (f"  -> {related}" if related else ""), width, 6)


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=" " * indent) or [text]


def published_words(published: Published) -> str:
    """The date of publication with what it rests on and what of it is assumed."""
    if published.start is None:
        return "on an unknown date"
    assumed = f", {' and '.join(published.assumed)} assumed" if published.assumed else ""
    return f"{published.start.date().isoformat()} (from {published.basis}{assumed})"


def interval_words(when: FuzzyInterval | None) -> str:
    """An interval in ISO form with its precision."""
    if when is None:
        return "undated"
    start, end = moment(when.earliest, when.precision), moment(when.latest, when.precision)
    before, after = "…" if when.open_start else "", "…" if when.open_end else ""
    return f"{before}{start}{after}" if start == end else f"{before}{start} to {end}{after}"
