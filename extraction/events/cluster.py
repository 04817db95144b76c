"""Notes of one event, and the keys by which another note finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from extraction.events.kinds import compatible_groups, narrower
from extraction.events.notes import OWN_EVENT, Note, Voice
from extraction.happenings import family
from extraction.model import FuzzyInterval, Precision

SPEECH = frozenset(act.value for act in OWN_EVENT)
NEAR = 3  # days between undated notes of different articles
VAGUE = 4  # the stage of notes with neither time nor place
_PRECISE = frozenset({Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY, Precision.DAY})
_DAYS = 10
_WEEK = 7  # days over which words alone are compared, and those of the weeks beside


class Cluster(msgspec.Struct):
    """Notes of one event, with what the first of them to know it says."""

    number: int
    group: str
    notes: list[Note] = msgspec.field(default_factory=list)
    when: FuzzyInterval | None = None
    places: tuple[str, ...] = ()
    agent: Voice = msgspec.field(default_factory=Voice)
    patient: Voice = msgspec.field(default_factory=Voice)
    words: set[str] = msgspec.field(default_factory=set)
    target: set[str] = msgspec.field(default_factory=set)
    where: dict[str, list[int]] = msgspec.field(default_factory=dict)
    exclusive: bool = False
    day: int = 0
    loose: dict[str, int] = msgspec.field(default_factory=dict)

    def add(self, note: Note) -> None:
        self.day = self.day or note.day
        self.notes.append(note)
        self.when = narrower(self.when, note.when)
        self.places = self.places or note.places
        if not self.agent.actor or not self.agent.party:
            self.agent = note.agent if note.agent.actor else self.agent
        if not self.patient.actor:
            self.patient = note.patient
        if len(self.words) < 60:
            self.words |= note.words
        self.target |= note.things | note.harmed
        self.where.setdefault(note.article, []).append(note.sentence)
        kind = family(note.family)
        self.exclusive = self.exclusive or (kind is not None and kind.exclusive)


def days_of(interval: FuzzyInterval) -> range:
    first, last = interval.earliest.toordinal(), interval.latest.toordinal()
    return range(first, min(last, first + _DAYS) + 1)


def keys(note: Note, searching: bool) -> Iterator[tuple[tuple[object, ...], Sequence[int]]]:
    """Keys that a note is found by, each with its days, or the weeks of its words.

    When searching, also those around it.
    """
    if note.when is not None:
        days = days_of(note.when)
    elif searching:
        days = range(note.day - NEAR, note.day + NEAR + 1)
    else:
        days = range(note.day, note.day + 1)
    groups = compatible_groups(note.group) if searching else (note.group,)
    for group in groups:
        if group in SPEECH or group == "statement":
            weeks = {day // _WEEK for day in (days[0], days[-1])}
            if searching:
                weeks |= {week + step for week in weeks for step in (-1, 1)}
            for word in sorted(note.words)[:8]:
                yield (group, "word", word), sorted(weeks)
            continue
        anchors: list[object] = [("place", p) for p in note.places[:6]]
        if note.patient.actor is not None:
            anchors.append(("patient", note.patient.actor))
        if note.agent.actor is not None and not note.places:
            anchors.append(("agent", note.agent.actor))
        anchors.extend(("target", w) for w in sorted(note.things)[:3])
        for anchor in anchors:
            yield (group, anchor), days


def stage(note: Note) -> int:
    if note.when is None:
        return 3 if note.places else VAGUE
    if note.when.precision not in _PRECISE or len(days_of(note.when)) > 1:
        return 2
    return 0 if len(note.places) == 1 else 1
