"""Denials and admissions against all accusations of the same event, wherever they were made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from extraction.events.cluster import Cluster
from extraction.events.notes import Note
from extraction.events.words import harms
from extraction.model import Relation, RelationType, SpeechAct
from extraction.relations.weighing import STATING, meet, refers

_MOST = 4  # accusations of one event that a denial is tied to, the nearest
_NEAREST = 64  # accusations before and after a denial that are looked at
_SCORE = 0.7
_ALL = "casualties"  # the measure of the dead and hurt together
_KINDS = {
    SpeechAct.DENIES: (RelationType.DENIES, "denies the event that the other side tells of"),
    SpeechAct.ADMITS: (RelationType.ADMITS, "owns to the event that the other side tells of"),
}


def covering(clusters: Iterable[Cluster], tied: set[tuple[int, int]]) -> Iterator[Relation]:
    """Ties what denies or owns to a deed to the accusations of it that nothing ties it to yet.

    "No aircraft of ours was over the town" covers all that the other side says was done there.
    Only a claim that speaks of the deed itself does so, not one that speaks of its circumstances.
    """
    for cluster in clusters:
        accusing = sorted((n for n in cluster.notes if _accuses(n)), key=_by_day)
        if not accusing:
            continue
        for note in cluster.notes:
            if note.act not in _KINDS or note.mute or not note.voice.party or note.partial:
                continue
            kind, why = _KINDS[note.act]
            near = _nearest(note, accusing)
            for other in islice((n for n in near if _covered(note, n, cluster)), _MOST):
                pair = (min(note.claim, other.claim), max(note.claim, other.claim))
                if pair not in tied:
                    tied.add(pair)
                    yield Relation(kind, note.claim, other.claim, _SCORE, ("same event", why))


def harmless(clusters: Iterable[Cluster], tied: set[tuple[int, int]]) -> Iterator[Relation]:
    """Ties what says that nobody came to harm to the claims of dead and hurt of the same event."""
    for cluster in clusters:
        unhurt = [n for n in cluster.notes if n.claim and not n.mute and n.nobody_hurt]
        if not unhurt:
            continue
        hurt = sorted(
            (
                n
                for n in cluster.notes
                if n.claim and not n.mute and n.act in STATING and n.tells_of_harmed
            ),
            key=_by_day,
        )
        for note in unhurt:
            near = _nearest(note, hurt)
            denied = note.act is SpeechAct.DENIES
            kind = RelationType.DENIES if denied else RelationType.CONTRADICTS
            for other in islice((n for n in near if _counted_otherwise(note, n)), _MOST):
                pair = (min(note.claim, other.claim), max(note.claim, other.claim))
                if pair not in tied:
                    tied.add(pair)
                    why = ("same event", "says that nobody came to harm")
                    yield Relation(kind, note.claim, other.claim, 0.8, why)


def _by_day(note: Note) -> tuple[int, tuple[str, int, int]]:
    return note.day, note.key


def _nearest(note: Note, others: Sequence[Note]) -> list[Note]:
    """Of ``others``, in the order of their days, those that may be meant by ``note``.

    Those of its article first, then those nearest in time: ``_NEAREST`` before and after it.
    """
    at = bisect_left(others, note.day, key=lambda n: n.day)
    found = others[max(0, at - _NEAREST) : at + _NEAREST]
    return sorted(found, key=lambda n: (n.article != note.article, abs(n.day - note.day), n.key))


def _counted_otherwise(note: Note, other: Note) -> bool:
    """Whether one says that nobody came to harm where another counts or tells of the harmed.

    That nobody died is not against there being hurt.
    """
    if other.voice.allied(note.voice) or other.told > note.told:
        return False
    none = {q.measure for q in note.quantities if q.high == 0}
    counted = {q.measure for q in other.quantities} & harms()
    return not none or _ALL in none or not counted or bool(counted & {_ALL, *none})


def _accuses(note: Note) -> bool:
    if not note.claim or note.mute or note.negated or not note.actual or not note.voice.party:
        return False
    return note.act is SpeechAct.ALLEGES and note.harm and note.group != "casualties"


def _covered(note: Note, other: Note, cluster: Cluster) -> bool:
    if not note.voice.opposes(other.voice) or other.told > note.told:
        return False
    if note.adds != other.adds or refers(other, "owning"):
        return False
    if other.agent.party and not other.agent.allied(note.voice):
        return False
    if note.agent.party and not note.agent.allied(note.voice):
        return False
    if note.act is SpeechAct.DENIES and _nothing(note, cluster):
        return True
    if not note.harm or not note.deed_verbal or note.group == "casualties":
        return False
    return note.family == other.family or (note.group == other.group and meet(note, other))


def _nothing(note: Note, cluster: Cluster) -> bool:
    """ "No aircraft was over the town", said of where the event was."""
    told = note.negated and note.group == "statement" and bool(note.deed or note.absent)
    return told and not set(note.places).isdisjoint(cluster.places)
