"""Claims that speak to another claim: denials, rejections, admissions, retractions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extraction.events.grouping import compatible, overlap
from extraction.events.notes import Note, stem
from extraction.happenings import triggers
from extraction.model import RelationType, SpeechAct
from extraction.relations.index import Index

_STATING = frozenset(
    {
        SpeechAct.ASSERTS,
        SpeechAct.ALLEGES,
        SpeechAct.ANNOUNCES,
        SpeechAct.CONDEMNS,
        SpeechAct.CONFIRMS,
        SpeechAct.EXPRESSES,
        SpeechAct.ADMITS,
    }
)
_ASKING = frozenset({SpeechAct.DEMANDS, SpeechAct.OFFERS, SpeechAct.THREATENS})
_CERTAIN = 2.6
_POSSIBLE = 2.0
_BEST = 5.0


@dataclass(frozen=True, slots=True)
class Reply:
    """``source`` replies to ``target``; ``weight`` is the sum of what speaks for it."""

    type: RelationType
    source: Note
    target: Note
    weight: float
    reasons: tuple[str, ...]

    @property
    def score(self) -> float:
        return round(min(0.97, 0.35 + 0.62 * self.weight / _BEST), 2)

    @property
    def possible(self) -> bool:
        return self.weight < _CERTAIN


class _Weighing:
    """A sum with its reasons; ``refuse`` ends it."""

    def __init__(self) -> None:
        self.weight = 0.0
        self.reasons: list[str] = []
        self.refused = False

    def add(self, weight: float, reason: str = "") -> None:
        self.weight += weight
        if reason:
            self.reasons.append(reason)

    def refuse(self) -> None:
        self.refused = True


def _anaphoric(note: Note, kind: str) -> bool:
    """Whether the content only points at what was said ("denied the allegations", "denied it")."""
    words = {stem(w) for w in triggers.load().anaphora[kind]}
    return not note.words or (bool(words & note.words) and len(note.words) <= 4)


def _near(weighing: _Weighing, note: Note, other: Note) -> None:
    if note.article != other.article:
        return
    distance = note.sentence - other.sentence
    if 0 <= distance <= 2:
        weighing.add(0.9, "just before it in the article")
    elif abs(distance) <= 6:
        weighing.add(0.5, "near it in the article")
    else:
        weighing.add(0.25, "in the same article")


def _places(weighing: _Weighing, note: Note, other: Note) -> None:
    common = set(note.places) & set(other.places)
    if common:
        weighing.add(1.3, "same place: " + ", ".join(sorted(common)))
    elif note.places and other.places:
        if note.general:
            weighing.add(-0.2, "the denial is general")
        else:
            weighing.refuse()
    else:
        weighing.add(0.2)


def _times(weighing: _Weighing, note: Note, other: Note) -> None:
    if note.when is not None and other.when is not None:
        if not overlap(note.when, other.when):
            weighing.refuse()
        else:
            weighing.add(0.3, "same time")


def _accused(weighing: _Weighing, note: Note, other: Note) -> None:
    """Whether what ``other`` says was done by the one whom ``note`` speaks for."""
    if note.group == "control" and other.voice.opposes(note.voice):
        # who denies a loss denies that the other took it
        weighing.add(0.9, "said by the other side")
        return
    speaks_for = note.agent if note.agent.actor else note.voice
    doer = other.agent if other.agent.actor else (other.targets[0] if other.targets else None)
    if doer is None or doer.actor is None:
        if other.voice.opposes(note.voice):
            weighing.add(0.7, "said by the other side")
        elif note.voice.party and not set(note.places) & set(other.places):
            weighing.add(-0.8)
        return
    if doer.same(speaks_for):
        weighing.add(1.5, "it is said to have done it")
    elif doer.allied(speaks_for):
        weighing.add(1.3, "its side is said to have done it")
    elif doer.party and speaks_for.party:
        weighing.refuse()
    elif note.voice.party and other.voice.opposes(note.voice):
        weighing.add(0.4, "said by the other side")


def _content(weighing: _Weighing, note: Note, other: Note) -> None:
    """How far both speak of the same deed."""
    shared = note.words & other.words
    part = len(shared) / max(1, min(len(note.words), len(other.words)))
    known = "statement" not in (note.group, other.group)
    if known and note.group == other.group:
        weighing.add(1.0, f"same kind of event ({note.group})")
    elif known and compatible(note.group, other.group):
        weighing.add(0.2, f"kinds of event that go together ({note.group}, {other.group})")
        if not other.voice.party and other.agent.actor is None:
            weighing.add(-0.8)
    elif note.group in other.others or other.group in note.others:
        weighing.add(0.7, "one speaks of the other's event too")
    elif note.deed and note.deed == other.deed:
        weighing.add(0.8, f"the same is said to be done ({note.deed})")
    elif known or not (part >= 0.5 and len(shared) >= 2):
        weighing.refuse()
    if shared:
        weighing.add(min(1.2, 0.35 * len(shared) * (0.5 + part)), "shared words")
    target, others = note.things, other.things
    if target & others:
        weighing.add(0.5, "done to the same: " + ", ".join(sorted(target & others)))
    if note.patient.actor and other.patient.actor and note.patient.opposes(other.patient):
        weighing.refuse()
    if note.negated and note.happening is not None and not note.happening.verbal:
        weighing.add(0.4, "says that there was none at all")
    elif target and others and not target & others and not set(note.places) & set(other.places):
        weighing.add(-0.2 if _anything(target) else -0.8)


@cache
def _general_targets() -> frozenset[str]:
    return frozenset(stem(word) for word in triggers.load().anything)


def _anything(target: frozenset[str]) -> bool:
    """Whether a target stands for all that could be struck ("its territory", "civilians")."""
    return bool(target & _general_targets())


def _anchored(note: Note, other: Note) -> bool:
    """Whether two claims of different articles name one thing: a place or what was done to."""
    if note.article == other.article or set(note.places) & set(other.places):
        return True
    target = note.things & other.things
    return bool(target - _general_targets())


def _weigh_denial(note: Note, other: Note) -> _Weighing:
    weighing = _Weighing()
    if note.voice.allied(other.voice):
        weighing.refuse()
        return weighing
    if other.act not in _STATING or (other.negated and not note.negated):
        weighing.refuse()
        return weighing
    _accused(weighing, note, other)
    if _anaphoric(note, "accusation"):
        if note.article != other.article or not 0 <= note.sentence - other.sentence <= 5:
            weighing.refuse()
        elif other.act is SpeechAct.ALLEGES or other.harm or note.nested == other.index:
            weighing.add(1.0, "denies what was said of it")
        else:
            weighing.refuse()
    else:
        if not (note.general or _anchored(note, other)):
            weighing.refuse()
        _content(weighing, note, other)
        _places(weighing, note, other)
        _times(weighing, note, other)
        if set(note.weapons) & set(other.weapons):
            weighing.add(0.3, "same weapon")
    _near(weighing, note, other)
    if "statement" not in (note.group, other.group) and note.group != other.group:
        # to deny the shelling is not yet to deny the dead
        weighing.weight = min(weighing.weight, _CERTAIN - 0.05)
    return weighing


def _inside(note: Note, other: Note) -> bool:
    """Whether one stands in the words of the other ("denied claims that ...").

    "They had taken the hill, a claim that the army denied" is no such case: the denial stands
    beside what it denies.
    """
    if note.article != other.article:
        return False
    beside = note.nested == other.index and not _anaphoric(note, "accusation")
    return other.nested == note.index or beside


def _collect(
    kind: RelationType,
    note: Note,
    candidates: Iterable[Note],
    weigh: Callable[[Note, Note], _Weighing],
    lead: str,
) -> list[Reply]:
    found = []
    for other in candidates:
        if other.claim == note.claim or other.mute or _inside(note, other):
            continue
        weighing = weigh(note, other)
        if not weighing.refused and weighing.weight >= _POSSIBLE:
            found.append(Reply(kind, note, other, weighing.weight, (lead, *weighing.reasons)))
    return sorted(found, key=lambda r: (-r.weight, abs(r.target.day - note.day), r.target.key))


def denials(note: Note, index: Index) -> list[Reply]:
    """What a denial denies, best first; a general one every claim it covers."""
    in_article = index.around(note, 60, 60)
    wide = note.general or not note.places
    elsewhere: Iterator[Note] = iter(())
    if note.group != "statement" or note.deed:
        elsewhere = index.elsewhere(note, (10, 2) if not wide else (4, 1), wide)
    found = _collect(
        RelationType.DENIES, note, [*in_article, *elsewhere], _weigh_denial, "a denial"
    )
    if _anaphoric(note, "accusation"):
        return _one_accuser(note, found)
    return found


def _one_accuser(note: Note, found: list[Reply]) -> list[Reply]:
    """ "denied the allegations": those made last, by one accuser, without a break."""
    before = sorted(
        (r for r in found if r.target.key < note.key), key=lambda r: r.target.key, reverse=True
    )
    if not before:
        return found[:1]
    last = before[0].target
    kept: list[Reply] = []
    for reply in before:
        if reply.target.voice.side is not last.voice.side or len(kept) == 3:
            break
        kept.append(reply)
    return sorted(kept, key=lambda r: (-r.weight, r.target.key))


def _weigh_admission(note: Note, other: Note) -> _Weighing:
    weighing = _Weighing()
    if note.voice.allied(other.voice):
        weighing.refuse()
        return weighing
    stating = other.act in (SpeechAct.ALLEGES, SpeechAct.ASSERTS, SpeechAct.CONDEMNS)
    if not stating or other.negated:
        weighing.refuse()
        return weighing
    _accused(weighing, note, other)
    _content(weighing, note, other)
    _places(weighing, note, other)
    _times(weighing, note, other)
    _near(weighing, note, other)
    common = set(note.places) & set(other.places)
    if not _anchored(note, other):
        weighing.refuse()
    elif not common and abs(note.sentence - other.sentence) > 2:
        weighing.add(-1.0)
    return weighing


def admissions(note: Note, index: Index) -> list[Reply]:
    """The accusations that an admission owns up to, best first."""
    elsewhere = index.elsewhere(note, (30, 2), wide=not note.places)
    candidates = [*index.around(note, 40, 40), *elsewhere]
    return _collect(
        RelationType.ADMITS, note, candidates, _weigh_admission, "says so of its own side"
    )


def _weigh_rejection(note: Note, other: Note) -> _Weighing:
    weighing = _Weighing()
    offered = stem("offered") in other.words or stem("proposed") in other.words
    asked = other.act in _ASKING or offered or other.family == "recall"
    if not asked or note.voice.allied(other.voice):
        weighing.refuse()
        return weighing
    if note.voice.opposes(other.voice):
        weighing.add(0.9, "made by the other side")
    named = [*note.targets, note.agent, note.patient]
    if any(v.same(other.voice) for v in named):
        weighing.add(1.3, "names who made it")
    elif any(v.allied(other.voice) for v in named):
        weighing.add(1.0, "names the side that made it")
    elif any(v.opposes(other.voice) for v in named if not v.allied(note.voice)):
        weighing.refuse()
    addressed = [*other.targets, other.agent, other.patient]
    if any(v.allied(note.voice) for v in addressed):
        weighing.add(0.8, "it was made to them")
    offer = stem("offer") in note.words or stem("proposal") in note.words
    if offer == (other.act is SpeechAct.OFFERS or offered):
        weighing.add(0.4)
    else:
        weighing.add(-0.6)
    shared = note.words & other.words
    weighing.add(min(1.2, 0.5 * len(shared)), "shared words" if shared else "")
    if note.article == other.article and other.key > note.key:
        weighing.add(-0.5)
    _near(weighing, note, other)
    just_before = note.article == other.article and 0 <= note.sentence - other.sentence <= 3
    if just_before and _anaphoric(note, "demand"):
        weighing.add(0.8, "points at a demand made just before")
    return weighing


def rejections(note: Note, index: Index) -> list[Reply]:
    """The demands or offers that a rejection answers, best first."""
    elsewhere = index.said_by(note, sorted(a.value for a in _ASKING), (10, 1))
    candidates = [*index.around(note, 60, 4), *elsewhere]
    found = _collect(
        RelationType.ANSWERS,
        note,
        candidates,
        _weigh_rejection,
        "turns down a demand or an offer",
    )
    if not found:
        return []
    best = found[0]
    return [
        r
        for r in found
        if r.weight >= best.weight - 0.6
        or (r.target.voice.same(best.target.voice) and r.target.article == best.target.article)
    ][:4]


def _weigh_retraction(note: Note, other: Note) -> _Weighing:
    weighing = _Weighing()
    if not note.voice.allied(other.voice):
        weighing.refuse()
        return weighing
    if other.act in (SpeechAct.RETRACTS, SpeechAct.CORRECTS) or other.day > note.day:
        weighing.refuse()
        return weighing
    shared = note.words & other.words
    part = len(shared) / max(1, min(len(note.words), len(other.words)))
    if part < 0.4 or not shared:
        weighing.refuse()
        return weighing
    weighing.add(1.2, "said by the same side before")
    weighing.add(1.0 * part + 0.3 * len(shared), "shared words")
    return weighing


def retractions(note: Note, index: Index) -> list[Reply]:
    """Earlier claims of the same voice that a retraction or correction takes back."""
    kind = RelationType.RETRACTS if note.act is SpeechAct.RETRACTS else RelationType.CORRECTS
    groups = {note.group, *note.others, "statement"}
    elsewhere = index.said_by(note, sorted(groups), (60, 0))
    candidates = [*index.around(note, 60, 0), *elsewhere]
    return _collect(kind, note, candidates, _weigh_retraction, "takes back")[:3]


def _weigh_confirmation(note: Note, other: Note) -> _Weighing:
    weighing = _Weighing()
    if other.act not in _STATING or other.negated != note.negated:
        weighing.refuse()
    if note.voice.same(other.voice) or other.act is SpeechAct.EXPRESSES:
        weighing.refuse()
    if not weighing.refused:
        _content(weighing, note, other)
        _places(weighing, note, other)
        _times(weighing, note, other)
        _near(weighing, note, other)
    return weighing


def confirmations(note: Note, index: Index) -> list[Reply]:
    """What others said that a confirmation bears out."""
    elsewhere = index.elsewhere(note, (6, 1), wide=False)
    candidates = [*index.around(note, 12, 2), *elsewhere]
    return _collect(RelationType.CONFIRMS, note, candidates, _weigh_confirmation, "confirms it")[:4]


_FINDERS: dict[SpeechAct, Callable[[Note, Index], list[Reply]]] = {
    SpeechAct.DENIES: denials,
    SpeechAct.ADMITS: admissions,
    SpeechAct.REJECTS: rejections,
    SpeechAct.DECLINES: rejections,
    SpeechAct.RETRACTS: retractions,
    SpeechAct.CORRECTS: retractions,
    SpeechAct.CONFIRMS: confirmations,
}


def find_replies(note: Note, index: Index) -> list[Reply]:
    """What a claim replies to, best first; nothing where its act is no reply."""
    finder = _FINDERS.get(note.act) if note.act is not None else None
    return finder(note, index) if finder is not None else []


def is_reply(note: Note) -> bool:
    return note.act in _FINDERS


__all__ = ["Reply", "admissions", "denials", "find_replies", "is_reply"]
