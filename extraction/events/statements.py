"""Which event a statement belongs to that names no deed of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extraction.events.cluster import SPEECH, Cluster
from extraction.events.counting import counted_before
from extraction.events.kinds import overlap
from extraction.events.notes import Note
from extraction.events.words import content_words
from extraction.model import SpeechAct

_NEXT = 1  # sentences over which a voice goes on
_FEW = 2  # words of a denial that only points
_LEAD = 2  # sentences in which an article first tells of its matter
_SHARED = 0.3  # of its words that a statement has from there
_COUNTED = 6  # claims before a bare figure that are looked at
_SAID = SPEECH | {"statement"}

Home = Mapping[tuple[str, int, int], Cluster]


def taken_up(note: Note, at: int, notes: Sequence[Note], home: Home) -> tuple[Cluster, str] | None:
    """The event that a statement goes with, and why; None where nothing ties it to one.

    ``notes`` are those of its article in text order, the statement at ``at``; ``home`` has the
    event of each.
    """
    there = _there(note, notes, home) if note.places else None
    if there is not None:
        return there, "said of the place of the one harm that is told of there"
    if note.bare is not None:
        counted = counted_before(note, notes[max(0, at - _COUNTED) : at])
        return (home[counted.key], "another figure of the same") if counted is not None else None
    led = _of_the_lead(note, notes, home)
    if led is not None:
        return led, "in the words in which its article first tells of the matter"
    if not at:
        return None
    before = notes[at - 1]
    target = home[before.key]
    if note.sentence - before.sentence > _NEXT or not _agree(note, target):
        return None
    if target.group not in SPEECH and _turns_away(note, before):
        return None
    why = _goes_on(note, before, target)
    return (target, why) if why else None


def _goes_on(note: Note, before: Note, target: Cluster) -> str:
    """Why a statement goes on about what stands right before it; empty where it does not."""
    same = note.voice.actor is not None and note.voice.allied(before.voice)
    if note.silent:
        return "no comment on what stands before it"
    if target.group in SPEECH:
        return "said in the same breath" if same and note.sentence == before.sentence else ""
    if same:
        return "the same voice goes on"
    if measures(note) & measures(before):
        return "a figure of the same"
    if note.act is SpeechAct.DENIES and len(note.words) <= _FEW:
        return "denies what stands before it"
    return "takes up words of what stands before it" if note.words & before.words else ""


def _turns_away(note: Note, before: Note) -> bool:
    """Whether one speaks of what will be done or comes after, behind a telling of what was."""
    blamed = note.act is SpeechAct.ALLEGES and "after" in note.bearing.kinds
    if note.bearing.points or note.silent or (note.words & before.words and not blamed):
        return False
    later = note.bearing.ahead or "after" in note.bearing.kinds
    return later and not (before.bearing.ahead or "after" in before.bearing.kinds)


def _there(note: Note, notes: Sequence[Note], home: Home) -> Cluster | None:
    """ "No weapons were kept at the school in Pell": the one harm of the article, at Pell."""
    found = {
        cluster.number: cluster
        for other in notes
        if other.harm and other.group not in _SAID
        if (cluster := home[other.key]).group not in _SAID
    }
    at_place = [c for c in found.values() if not set(c.places).isdisjoint(note.places)]
    if len(at_place) != 1 or not _agree(note, at_place[0]):
        return None
    named = content_words(note.places)
    return at_place[0] if (note.words & at_place[0].words) - named else None


def _of_the_lead(note: Note, notes: Sequence[Note], home: Home) -> Cluster | None:
    """ "The crew landed too far down the runway", of the jet whose crew overshot the runway."""
    first = next((n for n in notes if n.harm and n.actual and n.group not in _SAID), None)
    if first is None or first.sentence > _LEAD or first.sentence >= note.sentence:
        return None
    target = home[first.key]
    if target.group in _SAID or not _agree(note, target):
        return None
    shared = len(note.words & first.words)
    return target if shared > 1 and shared >= _SHARED * len(note.words) else None


def measures(note: Note) -> set[str]:
    """What a claim gives figures of."""
    return {quantity.measure for quantity in note.quantities}


def _agree(note: Note, cluster: Cluster) -> bool:
    """Whether neither time nor place keeps a telling from an event."""
    if note.when is not None and cluster.when is not None and not overlap(note.when, cluster.when):
        return False
    return not (note.places and cluster.places and not set(note.places) & set(cluster.places))
