"""The incident that an article is about, and which articles are about one.

A report tells of one incident in its title and first sentences and lets the parties speak about
it. Whatever each calls it, place, time, what was struck, the toll and the words of the titles say
which reports are about the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from extraction.events.bearing import akin, incidents
from extraction.events.cluster import Cluster
from extraction.events.fitting import at_peace
from extraction.events.kinds import compatible
from extraction.events.notes import Note
from extraction.events.words import anybody, content_words, harms
from extraction.model import ArticleReading, BlockKind

_OPENING = 8  # blocks among which the first paragraph stands
_LINE = 60  # code points from which on a paragraph is more than a byline
_TELLINGS = 5  # tellings of an incident that count
_ENOUGH = 2.5  # what an incident needs to be what an article is about
_BEFORE = 0.5  # by which it goes before the next one
_WORDS = 1.5  # the most that words in common are worth
_TIED = 2.5  # what two articles need to be about one incident
_CANDIDATES = 8  # articles that one is compared with, those that share most with it
_LISTED = 24  # articles of one place or word, the last

Home = Mapping[tuple[str, int, int], Cluster]


class Head(msgspec.Struct, frozen=True):
    """Stems of an article's title and of its first paragraph, whose number is ``paragraph``."""

    title: frozenset[str] = frozenset()
    lead: frozenset[str] = frozenset()
    paragraph: int = 0


class Focus(msgspec.Struct):
    """What an article is about: the event, the words that tell of it first, and who is named."""

    article: str
    cluster: Cluster
    words: frozenset[str]
    people: frozenset[str]
    paragraph: int  # the first one


def heads_of(readings: Iterable[ArticleReading]) -> dict[str, Head]:
    """The words of title and lead of each article, by its key."""
    return {reading.article.key: _head_of(reading) for reading in readings}


def _head_of(reading: ArticleReading) -> Head:
    article = reading.article
    title = [article.title or ""]
    lead, paragraph = "", 0
    for number, block in enumerate(article.blocks[:_OPENING]):
        words = article.text[block.start : block.end]
        if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            title.append(words)
        elif block.kind is BlockKind.PARAGRAPH and len(words) > _LINE:
            lead, paragraph = words, number
            break
    return Head(content_words(title), content_words([lead]), paragraph)


# ---------------------------------------------------------------------- what an article is about


def focus_of(notes: Sequence[Note], home: Home, head: Head) -> Focus | None:
    """The incident that an article, of these ``notes`` in text order, is about.

    None where it is about none or about several. The nearer to its title and the more often it
    tells of an incident, the more it is about it.
    """
    if not notes:
        return None
    worth: dict[int, float] = {}
    told: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        cluster = home[note.key]
        if cluster.group in incidents() and note.actual:
            told[cluster.number].append(note)
    for number, tellings in told.items():
        cluster = home[tellings[0].key]
        score = 2.0 * (tellings[0].paragraph <= head.paragraph)
        score += 0.7 * bool(cluster.places or cluster.when is not None)
        score += 0.4 * min(len(tellings), _TELLINGS)
        shared = max(len(n.words & head.title) for n in tellings)
        worth[number] = score + (0.3 * min(shared, 3) if shared > 1 else 0.0)
    if not worth:
        return None
    ranked = sorted(worth, key=lambda n: (-worth[n], n))
    best = ranked[0]
    first = told[best][:2]
    cluster = home[first[0].key]
    near = (home[told[n][0].key] for n in ranked[1:] if worth[best] - worth[n] < _BEFORE)
    if worth[best] < _ENOUGH or any(not at_peace(cluster, other, ages=False) for other in near):
        return None
    return Focus(
        notes[0].article,
        cluster,
        head.title | head.lead | frozenset(word for n in first for word in n.words),
        _silent_people(notes),
        head.paragraph,
    )


def again(own: Cluster, incident: Cluster) -> bool:
    """Whether an event in an article's lead can be its incident, told without place or time."""
    if own.group not in incidents() or not at_peace(own, incident, kinds=False, ages=False):
        return False
    like = compatible(own.group, incident.group) or akin(own.group, incident.group)
    return like and any(not c.places or c.when is None or c.spoken for c in (own, incident))


def _silent_people(notes: Sequence[Note]) -> frozenset[str]:
    """Persons of whom an article speaks more than once, and who do not speak in it."""
    named = Counter(actor for note in notes for actor in note.about)
    speaking = {note.voice.actor for note in notes}
    return frozenset(a for a, times in named.items() if times > 1 and a not in speaking)


def pairs_of(foci: Mapping[str, Focus], heads: Mapping[str, Head]) -> Iterator[tuple[Focus, Focus]]:
    """Articles that may be about one incident: those that share most places and title words."""
    under: dict[str, list[Focus]] = defaultdict(list)
    for focus in sorted(foci.values(), key=lambda f: (f.cluster.day, f.article)):
        marks = [f"place {p}" for p in focus.cluster.places]
        marks += sorted(heads.get(focus.article, Head()).title)
        found: Counter[int] = Counter()
        known: dict[int, Focus] = {}
        for mark in marks:
            for other in under[mark][-_LISTED:]:
                found[id(other)] += 3 if mark.startswith("place ") else 1
                known[id(other)] = other
            under[mark].append(focus)
        likely = sorted((n for n in found if found[n] > 1), key=lambda n: -found[n])
        for number in likely[:_CANDIDATES]:
            yield known[number], focus


def one_incident(one: Focus, other: Focus) -> bool:
    """Whether two articles are about one incident, however each calls it."""
    first, second = one.cluster, other.cluster
    if not at_peace(first, second, roles=False, kinds=False):
        return False
    if first.agent.opposes(second.agent) and first.patient.opposes(second.patient):
        return False  # each side's own losses
    score = 0.5 if compatible(first.group, second.group) else -1.0
    score += 1.5 * bool(set(first.places) & set(second.places))
    if first.when is not None and second.when is not None:
        longest = max((c.when.latest - c.when.earliest).days for c in (first, second) if c.when)
        score += 1.5 if longest <= 1 else 0.7
    score += min(_WORDS, 0.4 * len(one.words & other.words))
    score += 0.8 * bool((first.target & second.target) - anybody())
    score += 0.5 * bool(_tolls(first) & _tolls(second))
    return score >= _TIED


def _tolls(cluster: Cluster) -> set[tuple[str, float | None]]:
    """How many are said to have come to harm."""
    known = harms()
    return {
        (q.measure, q.low)
        for n in cluster.notes[:_TELLINGS]
        for q in n.quantities
        if q.measure in known and q.part_of is None
    }
