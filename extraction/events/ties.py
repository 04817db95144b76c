"""What ties a loosely told event to one that is known better, one question each."""

from __future__ import annotations

from extraction.events.cluster import Cluster
from extraction.events.fitting import another, at_peace, in_series, long_past
from extraction.events.kinds import compatible, lasting
from extraction.events.notes import Note
from extraction.events.words import anybody, deadly, unlike
from extraction.model import SpeechAct

DAYS = 14  # over which a deadly event without rival is spoken of with no word on where
MOST = 6  # events of one kind and time beside which none is the only one


def other_series(own: Cluster, cluster: Cluster) -> bool:
    """Whether an event is a deed done over weeks, and ``own`` is of no such: "hit a depot"."""
    long = cluster.when is not None and (cluster.when.latest - cluster.when.earliest).days > DAYS
    return long and not own.totals and not (own.target & cluster.target) - anybody()


def anchored(cluster: Cluster) -> bool:
    """Whether an event has a time or place, other than when somebody spoke of it."""
    return bool(cluster.places) or timed(cluster)


def harmful(cluster: Cluster) -> bool:
    return any(note.harm for note in cluster.notes[:MOST])


def timed(cluster: Cluster) -> bool:
    return any(n.when is not None and n.act is not SpeechAct.CONDEMNS for n in cluster.notes)


def fits(note: Note, own: Cluster, cluster: Cluster, *, roles: bool, ages: bool = True) -> bool:
    if not compatible(note.group, cluster.group):
        return False
    if not at_peace(own, cluster, roles=roles, ages=ages):
        return False
    if another(note, cluster) or in_series(note, cluster):
        return False
    if bool(own.totals) != bool(cluster.totals):
        return False
    if note.whole_war and not any(other.running for other in cluster.notes[:MOST]):
        return False
    if ages and long_past(note, cluster):
        return False
    return not unlike(frozenset(own.target), frozenset(cluster.target))


def names_same(own: Cluster, other: Cluster) -> bool:
    """Whether two events share what was done to or their words, or what was fired on one day."""
    if (own.target & other.target) - anybody() or len(own.words & other.words) > 1:
        return True
    if own.when is None or other.when is None:
        return False
    fired = {weapon for note in own.notes[:MOST] for weapon in note.weapons}
    return any(not fired.isdisjoint(note.weapons) for note in other.notes[:MOST])


def tied(own: Cluster, other: Cluster) -> bool:
    """Whether two events share what ``names_same`` asks for, who did it or who suffered it."""
    if names_same(own, other):
        return True
    if own.group == other.group and own.group in lasting():
        return True
    if own.group == "incident" and own.group == other.group and _one_accident(own, other):
        return True
    if own.group == "casualties" and any(n.harmed_count for n in own.notes):
        return other.group in deadly() or other.group == "casualties"
    return own.agent.allied(other.agent) or own.patient.allied(other.patient)


def _one_accident(own: Cluster, other: Cluster) -> bool:
    """Whether one kind of accident is told of at one time: two floods in a night are one."""
    kinds = {n.family for n in own.notes[:MOST]} & {n.family for n in other.notes[:MOST]}
    return bool(kinds) and timed(own) and timed(other)


def of_many(note: Note) -> bool:
    """Deeds in general: "condemned reports of shelling", "more attacks", tolls "since May"."""
    if note.running:
        return True
    deed = note.happening
    if deed is None or deed.definite:
        return False
    plural = not deed.verbal and deed.trigger.exact.lower().endswith("s")
    return plural or (note.act is SpeechAct.CONDEMNS and not deed.verbal)


def of_parties(cluster: Cluster) -> bool:
    """Whether a party speaks of it, or is said to have done it."""
    return cluster.agent.party or any(note.voice.party for note in cluster.notes[:MOST])


def is_named(note: Note) -> bool:
    """ "The strike": a noun for what was told of before."""
    return note.happening is not None and note.happening.definite and not note.deed_verbal


def sufferers_version(note: Note, before: Note) -> bool:
    """ "We struck a camp." "They hit an empty field": what the other side says of it at once."""
    if note.group != before.group or not note.voice.opposes(before.voice):
        return False
    if not before.agent.allied(before.voice) or note.agent.allied(note.voice):
        return False
    loose = note.when is None and not note.places and not note.negated
    return loose and note.harm and before.harm
