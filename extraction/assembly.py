"""From the readings of a dossier's articles to its sides, claims, events and relations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import structs

from extraction.collector import held
from extraction.events.between import bound
from extraction.events.cluster import Cluster
from extraction.events.focus import heads_of
from extraction.events.gathering import group
from extraction.events.kinds import compatible
from extraction.events.notes import Known, Note, Voice
from extraction.events.pressing import known_of, of_attribution, of_narration, pressing_of
from extraction.folding import sound
from extraction.labels import label_of
from extraction.model import (
    Actor,
    ArticleReading,
    Attribution,
    Claim,
    Decisions,
    Event,
    EventMention,
    Reading,
    SpeechAct,
)
from extraction.refining import answered, blame, refine
from extraction.relations import Index, Reply, find_relations, find_replies, is_reply
from extraction.relations.copies import without_copies
from extraction.sides import find_sides, unite_actors

_REPORTING = frozenset({SpeechAct.ASSERTS, SpeechAct.CONFIRMS, SpeechAct.ANNOUNCES})
_ROLES = ("agent", "patient")


@held()
def assemble(readings: Sequence[ArticleReading], decisions: Decisions = Decisions()) -> Reading:  # noqa: B008
    """All readings of a dossier as one.

    Deterministic; work and memory grow nearly linearly with the number of claims. Claims that a
    person rejected keep their place among the claims, with no event and no relations.
    """
    united = unite_actors(readings)
    sides, actors = find_sides(readings, united, decisions)
    known = known_of(readings, _who(united.of_entity, actors))
    claims, notes = _claims(readings, decisions, known)
    changed = refine(notes)
    notes = _with_acts(notes, changed)
    index = Index(notes)
    narrated = _narrated(readings, known)
    told = {(n.article, n.sentence): n for n in narrated}
    replies = [
        reply
        for note in notes
        for reply in find_replies(note, index)
        if not _of_the_narrated(reply, told)
    ]
    changed |= answered(replies)
    notes = _with_acts(notes, changed)
    clusters = group(
        [n for n in notes if not is_reply(n)] + narrated,
        _answered(notes, replies),
        heads_of(readings),
    )
    bound(clusters, readings)
    changed |= blame(clusters)
    notes = _with_acts(notes, changed)
    events = _events(readings, clusters, actors)
    relations = without_copies(
        find_relations(notes, clusters, replies, Index(notes)),
        {claim.id: claim.article for claim in claims},
        readings,
    )
    event_of = {claim: event.id for event in events for claim in event.claims}
    final = []
    for claim in claims:
        act, why = changed.get(claim.id, (claim.speech_act, ""))
        reasons = claim.reasons + ((f"{act.value}: {why}",) if why else ())
        final.append(
            Claim(
                id=claim.id,
                article=claim.article,
                attribution=claim.attribution,
                actor=claim.actor,
                side=claim.side,
                speech_act=act,
                event=event_of.get(claim.id),
                nested_in=claim.nested_in,
                reasons=reasons,
            )
        )
    return Reading(tuple(readings), sides, actors, tuple(final), events, relations)


def _with_acts(notes: Sequence[Note], changed: Mapping[int, tuple[SpeechAct, str]]) -> list[Note]:
    return [_acting(n, changed[n.claim][0]) if n.claim in changed else n for n in notes]


def _acting(note: Note, act: SpeechAct) -> Note:
    """A note with another act; what denies has no longer the time at which it was said."""
    spoken = note.act is SpeechAct.CONDEMNS and act is SpeechAct.DENIES and note.when == note.said
    return structs.replace(note, act=act, when=None if spoken else note.when)


def _who(
    of_entity: Mapping[tuple[str, int], str], actors: Iterable[Actor]
) -> dict[tuple[str, int], Voice]:
    known = {actor.key: actor for actor in actors}
    voices = {key: Voice(key, actor.side, _bloc(actor, known)) for key, actor in known.items()}
    return {place: voices.get(key, Voice(key)) for place, key in of_entity.items()}


def _bloc(actor: Actor, known: Mapping[str, Actor]) -> str:
    """The actor at the end of the chain of membership."""
    seen = {actor.key}
    while actor.member_of is not None and actor.member_of in known:
        actor = known[actor.member_of]
        if actor.key in seen:
            break
        seen.add(actor.key)
    return actor.key


def _claims(
    readings: Sequence[ArticleReading],
    decisions: Decisions,
    known: Known,
) -> tuple[list[Claim], list[Note]]:
    """Claims in the order of the readings, and the notes of those that take part."""
    rejected = frozenset(decisions.rejected)
    claims: list[Claim] = []
    notes: list[Note] = []
    for reading in readings:
        article = reading.article.key
        first = len(claims) + 1
        mutes = _mute(reading)
        shared = pressing_of(reading, known)
        ids = {a.index: first + n for n, a in enumerate(reading.attributions)}
        for attribution in reading.attributions:
            voice = known.voice(article, attribution.entity)
            number = ids[attribution.index]
            nested = attribution.nested_in
            claims.append(
                Claim(
                    id=number,
                    article=article,
                    attribution=attribution,
                    actor=voice.actor,
                    side=voice.side,
                    speech_act=attribution.act,
                    event=None,
                    nested_in=ids.get(nested) if nested is not None else None,
                    reasons=attribution.reasons,
                )
            )
            if (article, attribution.index) not in rejected:
                mute = attribution.index in mutes
                notes.append(of_attribution(shared, attribution, number, mute))
    return claims, notes


def _mute(reading: ArticleReading) -> set[int]:
    """Claims that only pass on a claim inside them, and those inside a denial or a demand."""
    known = {a.index: a for a in reading.attributions}
    found: set[int] = set()
    for attribution in reading.attributions:
        outer = known.get(attribution.nested_in) if attribution.nested_in is not None else None
        if outer is None:
            continue
        own = outer.entity is not None and _belongs(reading, attribution.entity, outer.entity)
        if own or outer.act not in _REPORTING:
            found.add(attribution.index)
        elif 2 * _length(attribution) >= _length(outer):
            found.add(outer.index)
    return found


def _length(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.contents)


def _belongs(reading: ArticleReading, entity: int | None, owner: int) -> bool:
    """Whether an entity is another's, or is nobody: "her own count showed ..."."""
    for _ in range(6):
        if entity is None or entity == owner:
            return True
        entity = reading.entities[entity].member_of
        if entity is None:
            return False
    return False


def _narrated(
    readings: Iterable[ArticleReading],
    known: Known,
) -> list[Note]:
    found = []
    for reading in readings:
        if reading.narrations:
            shared = pressing_of(reading, known)
            found += [of_narration(shared, narration) for narration in reading.narrations]
    return found


def _answered(notes: Iterable[Note], replies: Iterable[Reply]) -> list[tuple[Note, Note | None]]:
    """Each reply with what it answers first; None where nothing was found."""
    best: dict[int, Note] = {}
    for reply in replies:
        best.setdefault(reply.source.claim, reply.target)
    return [(note, best.get(note.claim)) for note in notes if is_reply(note)]


def _of_the_narrated(reply: Reply, told: Mapping[tuple[str, int], Note]) -> bool:
    """ "Claimed responsibility for that attack": one that the article itself has just told of."""
    note, target = reply.source, reply.target
    points = note.happening is not None and note.happening.definite
    if not (reply.possible and points and note.article == target.article):
        return False
    for sentence in (note.sentence, note.sentence - 1):
        narrated = told.get((note.article, sentence))
        if narrated is not None and compatible(note.group, narrated.group):
            return target.sentence < sentence
    return False


def _spellings(readings: Iterable[ArticleReading]) -> dict[str, str]:
    """Each place, folded by sound, as it is written most."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        told = [(a.places, a.happenings) for a in reading.attributions]
        told += [(n.places, n.happenings) for n in reading.narrations]
        for places, happenings in told:
            struck = (h.target for h in happenings if h.target[:1].isupper())
            for name in (*places, *(p for h in happenings for p in h.places), *struck):
                counts[sound(name)][name] += 1
    return {key: min(found, key=lambda n: (-found[n], n)) for key, found in counts.items()}


def _events(
    readings: Sequence[ArticleReading], clusters: Sequence[Cluster], actors: Iterable[Actor]
) -> tuple[Event, ...]:
    """Events in time order, the undated last; ids count from 1."""
    names = _spellings(readings)
    actor_names = {actor.key: actor.name for actor in actors}
    contents = {
        (reading.article.key, a.index): " ".join(c.exact for c in a.contents)
        for reading in readings
        for a in reading.attributions
        if a.contents
    }
    ordered = sorted(
        clusters,
        key=lambda c: (
            c.when is None,
            c.when.earliest if c.when is not None else datetime.min,
            min(n.key for n in c.notes),
        ),
    )
    return tuple(
        _event(number, cluster, contents, names, actor_names)
        for number, cluster in enumerate(ordered, start=1)
    )


def _event(
    number: int,
    cluster: Cluster,
    contents: Mapping[tuple[str, int], str],
    names: Mapping[str, str],
    actor_names: Mapping[str, str],
) -> Event:
    label, kind = label_of(cluster, contents, names, actor_names)
    notes = sorted(cluster.notes, key=lambda n: n.key)
    places = dict.fromkeys(names.get(p, p) for n in notes for p in n.places)
    roles = dict.fromkeys(
        (voice.actor, role)
        for n in notes
        for role, voice in zip(_ROLES, (n.agent, n.patient), strict=True)
        if voice.actor is not None
    )
    return Event(
        id=number,
        label=label,
        type=kind,
        when=cluster.when,
        places=tuple(places),
        participants=tuple(roles),
        claims=tuple(n.claim for n in notes if n.claim),
        mentions=tuple(EventMention(n.article, n.index) for n in notes if not n.claim),
        reasons=_reasons(cluster),
    )


def _reasons(cluster: Cluster) -> tuple[str, ...]:
    """What ties the tellings together, in words."""
    if len(cluster.notes) == 1:
        return ("told once",)
    found = [f"{len(cluster.notes)} tellings of one kind of event ({cluster.group})"]
    if cluster.places:
        found.append("same place: " + ", ".join(cluster.places))
    if cluster.when is not None:
        found.append(f"times that meet ({cluster.when.basis or cluster.when.precision.value})")
    if cluster.agent.actor is not None:
        found.append(f"same doer: {cluster.agent.actor}")
    found.extend(
        f"{number} told without time or place: {why}" for why, number in cluster.loose.items()
    )
    return tuple(found)
