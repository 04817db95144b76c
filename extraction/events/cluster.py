"""Notes of one event, and what another note finds them by."""

from __future__ import annotations

import msgspec

from extraction.events.kinds import narrower
from extraction.events.notes import OWN_EVENT, Note, Voice
from extraction.happenings import family
from extraction.model import FuzzyInterval, Precision, SpeechAct

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
    spoken: bool = False  # only condemned yet: its time is that of the words
    admitting: list[Note] = msgspec.field(default_factory=list)  # tellings that own to it
    adding: int = 0  # tellings of others than those known
    totals: int = 0  # tellings that count the harmed of more than one event
    counting: dict[str, int] = msgspec.field(default_factory=dict)  # of the harmed, by article

    def add(self, note: Note) -> None:
        self.day = self.day or note.day
        self.notes.append(note)
        self._count(note, 1)
        if not note.only_said:
            # when it was condemned says nothing of when it happened
            self.when = narrower(None if self.spoken else self.when, note.when)
            self.spoken = False
        elif len(self.notes) == 1:
            self.when, self.spoken = note.when, True
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

    def _count(self, note: Note, by: int) -> None:
        self.adding += by * note.adds
        self.totals += by * note.total
        if note.act is SpeechAct.ADMITS:
            if by > 0:
                self.admitting.append(note)
            else:
                self.admitting = [n for n in self.admitting if n is not note]
        if note.harmed_count:
            self.counting[note.article] = self.counting.get(note.article, 0) + by

    def remove(self, note: Note) -> None:
        """Take out a telling; what it added to the knowledge of the event stays."""
        at = next(at for at, other in enumerate(self.notes) if other is note)
        del self.notes[at]
        self._count(note, -1)

    def clear(self) -> None:
        """Take out all tellings."""
        self.notes.clear()
        self.adding = self.totals = 0
        self.counting.clear()
        self.admitting.clear()


def days_of(interval: FuzzyInterval) -> range:
    first, last = interval.earliest.toordinal(), interval.latest.toordinal()
    return range(first, min(last, first + _DAYS) + 1)


def span_of(note: Note, searching: bool) -> range:
    """Days under which a note stands, or is looked for."""
    if note.when is not None:
        return days_of(note.when)
    if searching:
        return range(note.day - NEAR, note.day + NEAR + 1)
    return range(note.day, note.day + 1)


def weeks_of(days: range, searching: bool) -> set[int]:
    """Weeks under which the words of a note stand; when searching, also those beside them."""
    weeks = {day // _WEEK for day in (days[0], days[-1])}
    return weeks | {week + step for week in weeks for step in (-1, 1)} if searching else weeks


def anchors(note: Note) -> list[tuple[str, str]]:
    """What ties a note to others of its kind and day: places, participants, what was struck."""
    found = [("place", p) for p in note.places[:6]]
    if note.patient.actor is not None:
        found.append(("patient", note.patient.actor))
    if note.agent.actor is not None and not note.places:
        found.append(("agent", note.agent.actor))
    found.extend(("target", w) for w in sorted(note.things)[:3])
    return found


def stage(note: Note) -> int:
    if note.when is None:
        return 3 if note.places else VAGUE
    if note.when.precision not in _PRECISE or len(days_of(note.when)) > 1:
        return 2
    return 0 if len(note.places) == 1 else 1
