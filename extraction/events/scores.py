"""What places, roles and stance say for a telling's being of an event, as numbers."""

from __future__ import annotations

from extraction.events.cluster import Cluster
from extraction.events.fitting import same_object
from extraction.events.notes import Note
from extraction.events.words import deadly
from extraction.model import SpeechAct

VETO = -99.0


def stance(note: Note, cluster: Cluster) -> float:
    """Nobody is likely to tell of a deed of his own side and leave out who did it."""
    silent = note.agent.actor is None and cluster.agent.actor is not None
    if not silent or not note.harm or note.act in (None, SpeechAct.ADMITS, SpeechAct.DENIES):
        return 0.0
    if note.negated or note.group == "casualties":
        return 0.0
    if cluster.agent.allied(note.voice):
        owned = any(n.voice.allied(note.voice) for n in cluster.admitting)
        return 0.0 if owned else -1.5
    return 0.4 if cluster.agent.opposes(note.voice) else 0.0


def is_deadly(cluster: Cluster) -> bool:
    """Whether it is a harm whose dead and hurt are counted with no word on where."""
    if cluster.group not in deadly():
        return False
    return any(n.actual and n.harm and not n.negated for n in cluster.notes[:6])


def how_far(note: Note, cluster: Cluster) -> int | None:
    """Sentences to the nearest telling in the same article; None where there is none."""
    sentences = cluster.where.get(note.article)
    if not sentences:
        return None
    return min(abs(note.sentence - s) for s in sentences)


def shared_places(note: Note, cluster: Cluster) -> float:
    """Up to 2 for places in common; ``VETO`` for others."""
    if not note.places or not cluster.places:
        return 0.0
    common = set(note.places) & set(cluster.places)
    if not common:
        return VETO
    # a list of towns tells of the one town only where that town stands first in it
    if note.places[0] == cluster.places[0]:
        return 2.0
    return 2.0 * len(common) / max(len(note.places), len(cluster.places))


def shared_roles(note: Note, cluster: Cluster, rivals: bool) -> float:
    """What doer and sufferer say for it; ``rivals``: whether each side blames the other."""
    score = 0.0
    one, other = note.agent, cluster.agent
    if one.actor and other.actor:
        if one.same(other):
            score += 1.0
        elif one.opposes(other):
            if not cluster.exclusive and not rivals and not same_object(note, cluster):
                return VETO
            score += 0.4 if cluster.exclusive or rivals else -0.3
        elif one.allied(other):
            score += 0.8
    one, other = note.patient, cluster.patient
    if one.actor and other.actor:
        if one.same(other):
            score += 1.0
        elif one.opposes(other):
            return VETO
        elif one.allied(other):
            score += 0.4
        elif not note.places or not cluster.places:
            score -= 0.8
    return score
