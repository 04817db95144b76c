"""What the relations found so far say about each other and about the events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extraction.events.cluster import Cluster
from extraction.events.notes import Note
from extraction.model import Relation, RelationType, SpeechAct
from extraction.relations.index import Index
from extraction.relations.weighing import elsewhere

_SETTLED = frozenset({RelationType.DENIES, RelationType.ADMITS})
_SURE = 0.75


def sure_in_one_event(
    relations: Iterable[Relation], notes: Mapping[int, Note], clusters: Iterable[Cluster]
) -> Iterator[Relation]:
    """A denial or admission that is only possible by its words is sure where the event is one.

    Only between the two parties, and only of an accusation.
    """
    event = {n.claim: at for at, cluster in enumerate(clusters) for n in cluster.notes if n.claim}
    for relation in relations:
        if relation.possible and relation.type in _SETTLED:
            one, other = notes[relation.source], notes[relation.target]
            same = event.get(one.claim) is not None and event[one.claim] == event.get(other.claim)
            if (
                same
                and not one.partial
                and one.voice.opposes(other.voice)
                and other.act is SpeechAct.ALLEGES
            ):
                why = (*relation.reasons, "both tell of one event")
                relation = replace(relation, possible=False, score=_SURE, reasons=why)
        yield relation


def owned_after_denied(
    relations: Sequence[Relation], notes: Mapping[int, Note], index: Index
) -> Iterator[Relation]:
    """An admission of what the same side denied before: it corrects the denial.

    Where both answer one accusation, or where the admission takes up rare words of the denial
    and of what was denied: then it owns to that accusation too.
    """
    denied = [r for r in relations if r.type is RelationType.DENIES and not r.possible]
    owned: dict[int, set[int]] = {}
    for relation in relations:
        if relation.type is RelationType.ADMITS and not relation.possible:
            owned.setdefault(relation.source, set()).add(relation.target)
    admitting = [n for n in notes.values() if n.act is SpeechAct.ADMITS and not n.mute]
    by_side: dict[object, list[Relation]] = {}
    for relation in denied:
        voice = notes[relation.source].voice
        by_side.setdefault(voice.side if voice.party else voice.bloc, []).append(relation)
    for note in admitting:
        key = note.voice.side if note.voice.party else note.voice.bloc
        targets = owned.get(note.claim, set())
        earlier = [
            r
            for r in by_side.get(key, ())[-_LAST:]
            if notes[r.source].told < note.told
            and notes[r.source].voice.allied(note.voice)
            and not elsewhere(note, notes[r.source])
            and not elsewhere(note, notes[r.target])
        ]
        common = {r: _common(note, r, notes, index) for r in earlier}
        same = [r for r in earlier if r.target in targets or (not targets and common[r] > 1)]
        same.sort(key=lambda r: common[r])
        for relation in same[-1:]:
            why = ("owns to what its side denied",)
            yield Relation(RelationType.CORRECTS, note.claim, relation.source, _SURE, why)
            if relation.target not in targets:
                yield Relation(RelationType.ADMITS, note.claim, relation.target, _SURE, why)


def _common(note: Note, denied: Relation, notes: Mapping[int, Note], index: Index) -> int:
    """How many rare words an admission shares with a denial or what that denied."""
    told = notes[denied.source].words | notes[denied.target].words
    return sum(index.rare(word) for word in note.words & told)


_LAST = 200  # denials of one side that an admission is compared with, the last
