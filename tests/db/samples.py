"""Invented articles with the readings that a careful reader would give, for the tests of the db.

``assemble`` is a small assembly of its own, so that these tests do not depend on how good the
real one is: one actor a source, one event a place, a denial answers what stands at its place.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from extraction.model import (
    Actor,
    Article,
    ArticleReading,
    Attribution,
    Block,
    BlockKind,
    Claim,
    DateBasis,
    Decisions,
    Document,
    EntityKind,
    Event,
    EventMention,
    EventType,
    Form,
    FuzzyInterval,
    Narration,
    Precision,
    Published,
    Quantity,
    Reading,
    Relation,
    RelationType,
    Side,
    SideKey,
    Span,
    SpeechAct,
    TimeExpression,
    TimexType,
    Verification,
)

DAY = datetime(2031, 4, 12)
HOMES = {"Velden's ministry": SideKey.A, "the Korr army": SideKey.B, "a monitor": SideKey.THIRD}
NAMES = {SideKey.A: "Velden", SideKey.B: "Korr", SideKey.THIRD: ""}


def day(date: datetime) -> FuzzyInterval:
    return FuzzyInterval(
        date, date.replace(hour=23, minute=59), Precision.DAY, basis="publication date"
    )


def sentence(source: str, verb: str, content: str) -> str:
    return f"{source} {verb} {content}."


def article_of(
    name: str,
    sentences: Sequence[tuple[str, str, str, str]],
    *,
    narration: str = "",
    published: datetime = DAY,
    outlet: str = "The Invented Courier",
) -> tuple[Document, ArticleReading]:
    """An article whose sentences are (source, verb, content, place); the verb gives the act."""
    title = f"Notes from {name}"
    parts = [title]
    attributions = []
    at = len(title) + 1
    text = "\n".join(
        [title, *(sentence(*words[:3]) for words in sentences), *([narration] if narration else [])]
    )
    for index, (source, verb, content, place) in enumerate(sentences):
        start = at
        cue = start + len(source) + 1
        body = cue + len(verb) + 1
        figure = next((word for word in content.split() if word.isdigit()), None)
        quantities = ()
        if figure is not None:
            found = body + content.index(figure)
            quantities = (
                Quantity(
                    "killed",
                    float(figure),
                    None,
                    Span.cut(text, found, found + len(figure)),
                    bearer="soldiers",
                ),
            )
        attributions.append(
            Attribution(
                index=index,
                source=Span.cut(text, start, start + len(source)),
                cue=Span.cut(text, cue, cue + len(verb)),
                cue_lemma=verb,
                contents=(Span.cut(text, body, body + len(content)),),
                form=Form.INDIRECT,
                act=_ACTS.get(verb, SpeechAct.ASSERTS),
                when=day(published) if place else None,
                said=day(published),
                places=(place,) if place else (),
                quantities=quantities,
                verification=(Verification.UNVERIFIED if verb == "hinted" else Verification.NONE),
                reasons=(f"cue '{verb}'",),
            )
        )
        at = body + len(content) + 2
        parts.append(text[start : at - 1])
    narrations = ()
    if narration:
        span = Span.cut(text, len(text) - len(narration), len(text))
        place = next((word for *_, word in sentences if word and word in narration), "")
        narrations = (
            Narration(0, span, (), when=day(published), places=(place,) if place else ()),
        )
    data = text.encode()
    key = hashlib.sha256(data).hexdigest()
    article = Article(
        key=key,
        file=name,
        mime="text/plain",
        text=text,
        blocks=(
            Block(0, len(title), BlockKind.TITLE),
            Block(len(title) + 1, len(text), BlockKind.PARAGRAPH, "the rest"),
        ),
        published=Published(
            published, published, Precision.DAY, DateBasis.FILE, ("year",), ("file's time stamp",)
        ),
        title=title,
        outlet=outlet,
        language="en",
    )
    reading = ArticleReading(
        article=article,
        sentences=(),
        times=(
            TimeExpression(
                Span.cut(text, 0, 5), TimexType.DATE, "2031-04-12", interval=day(published)
            ),
        ),
        entities=(),
        mentions=(),
        attributions=tuple(attributions),
        narrations=narrations,
    )
    return Document(name, data, key, "text/plain", datetime(2031, 4, 13, 9, 30)), reading


_ACTS = {
    "claimed": SpeechAct.ALLEGES,
    "denied": SpeechAct.DENIES,
    "admitted": SpeechAct.ADMITS,
}


def redated(reading: ArticleReading, date: datetime) -> ArticleReading:
    """The same article with another date of publication and all that hangs on it."""
    return replace(
        reading,
        article=replace(
            reading.article,
            published=Published(date, date, Precision.DAY, DateBasis.USER, reasons=("a person",)),
        ),
        attributions=tuple(
            replace(a, when=day(date) if a.when else None, said=day(date))
            for a in reading.attributions
        ),
        times=tuple(replace(t, interval=day(date)) for t in reading.times),
    )


def assemble(readings: Sequence[ArticleReading], decisions: Decisions | None = None) -> Reading:
    decided = decisions or Decisions()
    bound = dict(decided.actor_sides)
    swapped = any(
        side.key is SideKey.A and NAMES[SideKey.B].casefold() in side.principals
        for side in decided.sides
    )
    turned = {SideKey.A: SideKey.B, SideKey.B: SideKey.A} if swapped else {}
    actors: dict[str, Actor] = {}
    for side in (SideKey.A, SideKey.B):
        name = NAMES[side]
        key = name.casefold()
        stands = bound.get(key, turned.get(side, side))
        actors[key] = Actor(key, name, EntityKind.STATE, stands)
    claims: list[Claim] = []
    places: dict[str, list[int]] = defaultdict(list)
    mentions: dict[str, list[EventMention]] = defaultdict(list)
    rejected = set(decided.rejected)
    for reading in readings:
        for attribution in reading.attributions:
            if (reading.article.key, attribution.index) in rejected:
                continue
            source = attribution.source.exact if attribution.source else ""
            key = source.casefold()
            home = HOMES.get(source, SideKey.THIRD)
            state = NAMES[home].casefold() or None
            follows = actors[state].side if state else home
            actors.setdefault(
                key,
                Actor(
                    key,
                    source,
                    EntityKind.BODY,
                    bound.get(key, follows),
                    member_of=state,
                    reasons=("named as source",),
                ),
            )
            claim_id = len(claims) + 1
            claims.append(
                Claim(
                    id=claim_id,
                    article=reading.article.key,
                    attribution=attribution,
                    actor=key,
                    side=actors[key].side,
                    speech_act=attribution.act,
                    event=None,
                )
            )
            for place in attribution.places:
                places[place].append(claim_id)
        for narration in reading.narrations:
            for place in narration.places:
                mentions[place].append(EventMention(reading.article.key, narration.index))
    events, relations = [], []
    for number, place in enumerate(sorted(set(places) | set(mentions)), 1):
        own = places[place]
        for claim_id in own:
            claims[claim_id - 1] = replace(claims[claim_id - 1], event=number)
        events.append(
            Event(
                number,
                f"Shelling of {place}",
                EventType.ASSAULT,
                next((claims[c - 1].attribution.when for c in own), None),
                (place,),
                tuple((claims[c - 1].actor or "", "speaker") for c in own[:1]),
                tuple(own),
                tuple(mentions[place]),
                ("same place",),
            )
        )
        relations += _relations([claims[c - 1] for c in own])
    return Reading(
        articles=tuple(readings),
        sides=tuple(
            Side(
                turned.get(side, side),
                NAMES[side],
                (NAMES[side].casefold(),) if NAMES[side] else (),
                ("accuses",),
            )
            for side in (SideKey.A, SideKey.B)
        ),
        actors=tuple(actors.values()),
        claims=tuple(claims),
        events=tuple(events),
        relations=tuple(relations),
    )


def _relations(claims: Sequence[Claim]) -> list[Relation]:
    kinds = {SpeechAct.DENIES: RelationType.DENIES, SpeechAct.ADMITS: RelationType.ADMITS}
    return [
        Relation(kinds[later.speech_act], later.id, earlier.id, 0.75, ("same place",))
        for number, later in enumerate(claims)
        if later.speech_act in kinds
        for earlier in claims[:number]
        if earlier.speech_act is SpeechAct.ALLEGES and earlier.actor != later.actor
    ]


FIRST = article_of(
    "courier.txt",
    [
        ("Velden's ministry", "claimed", "that Korr guns hit the mill at Ostrava", "Ostrava"),
        ("the Korr army", "denied", "that any gun had fired on Ostrava", "Ostrava"),
        ("a monitor", "hinted", "that 12 soldiers were missing near Lumen", "Lumen"),
    ],
    narration="Smoke stood over Ostrava on Saturday, témoins said nothing.",
)
SECOND = article_of(
    "gazette.txt",
    [
        ("the Korr army", "admitted", "one stray round near the Ostrava mill", "Ostrava"),
        ("Velden's ministry", "said", "the bridge at Pell was cut", "Pell"),
    ],
    outlet="Gazette of Nowhere",
)


def many(count: int, *, claims: int = 20) -> list[tuple[Document, ArticleReading]]:
    """Articles of ``claims`` sentences each, over places that a few articles share."""
    sources = list(HOMES)
    verbs = ("claimed", "denied", "said", "admitted")
    return [
        article_of(
            f"article-{n}.txt",
            [
                (
                    sources[(n + k) % 3],
                    verbs[(n * 7 + k) % 4],
                    f"that {n + k} soldiers crossed the ford in column {n}-{k}",
                    f"Place{(n * claims + k) // 3}",
                )
                for k in range(claims)
            ],
        )
        for n in range(count)
    ]
