"""Which loose claims of an article bear on the incident that it is about.

Each is weighed by what its words, its place in the text and its voice say for and against it; what
weighs too little stays by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extraction.events.bearing import akin, causal, incidents
from extraction.events.cluster import SPEECH, Cluster
from extraction.events.fitting import at_peace
from extraction.events.focus import Focus
from extraction.events.kinds import compatible, overlap, same_time
from extraction.events.notes import Note
from extraction.model import SpeechAct

_NEEDED = 2.0  # what a claim needs to bear on it
_FEW = 6  # tellings of an event that is told loosely
_WORDS = 1.5  # the most that words in common are worth
_ON_GUILT = frozenset(
    {
        SpeechAct.ALLEGES,
        SpeechAct.DENIES,
        SpeechAct.ADMITS,
        SpeechAct.CORRECTS,
        SpeechAct.RETRACTS,
        SpeechAct.CONDEMNS,
    }
)
_OF_THEMSELVES = frozenset({SpeechAct.EXPRESSES, SpeechAct.ANNOUNCES, SpeechAct.RETRACTS})
# What the kinds of bearing are worth, and those that the past takes away.
_KINDS = {"cause": 1.5, "proof": 0.8, "seen": 1.0, "judged": 0.8, "people": 0.8, "after": -1.5}
_SHOWN = frozenset({"proof", "shows"})
_WITNESS = 0.6  # that who saw it stands apart from the parties
_HABIT = -1.0
_OLD = 45  # days after which an incident is rather what led up to what an article is about
_OF_OLD = 1.0  # what a claim needs more to bear on such a one

Home = Mapping[tuple[str, int, int], Cluster]


def may_bear(own: Cluster, incident: Cluster) -> bool:
    """Whether an event is told loosely enough to be part of an incident told of elsewhere."""
    if own.group == "statement" or own.group in causal():
        return True
    if (
        own.places
        or len(own.notes) > _FEW
        or not all(_undated(n) or _that_day(n, incident) for n in own.notes)
    ):
        return False
    like = compatible(own.group, incident.group) or (
        akin(own.group, incident.group) and not own.notes[0].negated
    )
    return own.group in incidents() and like and at_peace(own, incident, kinds=False)


def _that_day(note: Note, incident: Cluster) -> bool:
    """Whether a telling is of the one day of an incident."""
    if note.when is None or incident.when is None or not note.deed_verbal:
        return False  # "five minutes after the collision"
    return overlap(note.when, incident.when) and (note.when.latest - note.when.earliest).days == 0


def _undated(note: Note) -> bool:
    """Whether a telling has no time but that of its being said."""
    if note.when is None or same_time(note.when, note.said):
        return True
    return note.said is not None and note.when.open_start and overlap(note.when, note.said)


def bears(note: Note, focus: Focus, before: Note | None, home: Home) -> bool:
    """Whether a loose claim bears on the incident that its article is about."""
    when = focus.cluster.when
    old = when is not None and note.told - when.latest.toordinal() > _OLD
    return weighed(note, focus, before, home)[0] >= _NEEDED + old * _OF_OLD


def weighed(
    note: Note, focus: Focus, before: Note | None, home: Home
) -> tuple[float, tuple[str, ...]]:
    """What speaks for a loose claim's bearing on an incident, in sum and in words.

    ``before`` is the telling right before it in its paragraph, None where it begins one.
    """
    if not meets(note, focus.cluster):
        return 0.0, ()
    found = [*_of_its_words(note, focus), *_of_its_place(note, focus.cluster, before, home)]
    return sum(worth for worth, _ in found), tuple(why for _, why in found)


def _of_its_words(note: Note, focus: Focus) -> Iterator[tuple[float, str]]:
    """What the words of a claim speak for and against, with the reason."""
    known = note.bearing
    yield from ((worth, kind) for kind, worth in _KINDS.items() if kind in known.kinds)
    if known.kinds >= _SHOWN:
        yield 0.7, "what proof shows"
    if known.points:
        yield 2.0, "names the incident"
    shared = len(note.words & focus.words)
    if shared:
        yield min(_WORDS, 0.5 * shared), "words of title and lead"
    if note.about & focus.people:
        yield 1.5, "names who took part"
    if note.harmed_count and not note.running:
        yield 1.0, "counts the harmed"
    if known.past:
        yield 0.5, "tells of the past"
    elif "habit" in known.kinds:
        yield _HABIT, "of what is always so"
    if known.ahead:
        yield -1.5, "of what is to come"
    if note.group in causal():
        yield -0.5, "a wrong of its own"


def _of_its_place(
    note: Note, incident: Cluster, before: Note | None, home: Home
) -> Iterator[tuple[float, str]]:
    """What the voice and act of a claim and where it stands speak for and against."""
    if "seen" in note.bearing.kinds and not note.voice.party:
        yield _WITNESS, "by a witness"
    if note.act in _ON_GUILT:
        yield (1.0 if note.act is SpeechAct.ADMITS else 0.5), "speaks of guilt"
    if note.act in _OF_THEMSELVES:
        yield -1.0, "of the speaker"
    if _another_deed(note, incident):
        yield -1.5, "a deed of somebody else"
    if before is None:
        return
    there = home[before.key]
    if there is incident:
        yield (1.0 if note.voice.allied(before.voice) else 0.5), "goes on about it"
    elif there.group != "statement":
        yield -2.0, "behind another matter"


def _another_deed(note: Note, incident: Cluster) -> bool:
    """ "They kept rockets in the market": what the other side is said to have done on its part."""
    blames = note.act is SpeechAct.ALLEGES and note.deed_verbal and not note.negated
    if not blames or not note.agent.opposes(note.voice):
        return False
    return not note.agent.allied(incident.agent) and "cause" not in note.bearing.kinds


def meets(note: Note, cluster: Cluster) -> bool:
    """Whether neither act, time nor place keeps a claim from an incident.

    When it was said is no time of what it says.
    """
    if note.group in SPEECH:
        return False
    when = None if same_time(note.when, note.said) else note.when
    if when is not None and cluster.when is not None and not overlap(when, cluster.when):
        return False
    return not (note.places and cluster.places and set(note.places).isdisjoint(cluster.places))
