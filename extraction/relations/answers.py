"""Claims that answer: rejections of demands, retractions, confirmations."""

from __future__ import annotations

from msgspec import structs

from extraction.events.notes import Note
from extraction.events.words import stem
from extraction.model import RelationType, SpeechAct
from extraction.relations.index import Index
from extraction.relations.weighing import (
    ASKING,
    CERTAIN,
    STATING,
    Reply,
    Weighing,
    anaphoric,
    collect,
    near,
    same_deed,
    same_places,
    same_times,
)

CONSENTING = frozenset({SpeechAct.ANNOUNCES, SpeechAct.ASSERTS})
_ASKED = 4  # sentences in which a demand is the one that is turned down
_LEADS = {SpeechAct.EXPRESSES: "welcomes it", **dict.fromkeys(CONSENTING, "consents to it")}
_OBEYED = 4  # sentences after an order in which it is said to be followed
_FEW = 2  # words of a retraction that only points
_NEXT = 2  # sentences after a demand in which it is welcomed


def _weigh_rejection(note: Note, other: Note) -> Weighing:
    weighing = Weighing()
    if note.act is SpeechAct.EXPRESSES or note.act in CONSENTING:
        reach = _NEXT if note.act is SpeechAct.EXPRESSES else _OBEYED
        if note.article != other.article or not 0 <= note.sentence - other.sentence <= reach:
            weighing.refuse()
            return weighing
        weighing.add(0.6, "takes up what was asked just before")
    offered = stem("offered") in other.words or stem("proposed") in other.words
    asked = other.act in ASKING or offered or other.family == "recall" or _wished(note, other)
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
    if _amounts(note) & _amounts(other):
        weighing.add(0.4, "the same figure")
    if note.article == other.article and other.key > note.key:
        weighing.add(-0.5)
    near(weighing, note, other)
    just_before = note.article == other.article and 0 <= note.sentence - other.sentence <= 3
    if just_before and anaphoric(note, "demand"):
        weighing.add(0.8, "points at a demand made just before")
    return weighing


def _amounts(note: Note) -> set[tuple[str, float | None]]:
    return {(q.measure, q.low) for q in note.quantities}


def _wished(note: Note, other: Note) -> bool:
    """ "The union wants a second driver. The company ruled out second drivers."."""
    close = note.article == other.article and 0 <= note.sentence - other.sentence <= _NEXT
    hoped = other.act is SpeechAct.EXPRESSES and other.voice.opposes(note.voice)
    return close and hoped and len(note.words & other.words) > 1


def rejections(note: Note, index: Index) -> list[Reply]:
    """The demands or offers that a rejection answers, best first."""
    elsewhere = index.said_by(note, sorted(a.value for a in ASKING), (10, 1))
    candidates = [*index.around(note, 60, 4), *elsewhere]
    found = collect(
        RelationType.ANSWERS,
        note,
        candidates,
        _weigh_rejection,
        _LEADS.get(note.act or SpeechAct.REJECTS, "turns down a demand or an offer"),
    )
    if not found:
        return []
    best = found[0]
    if best.possible and (anaphoric(note, "demand") or note.act in CONSENTING):
        near = [
            r
            for r in found
            if r.target.article == note.article
            and 0 <= note.sentence - r.target.sentence <= _ASKED
            and r.target.key < note.key
        ]
        last = max(near, key=lambda r: r.target.key, default=None)
        if last is not None and (len(near) == 1 or note.sentence - last.target.sentence <= 1):
            why = "nobody has asked for anything since"
            last = structs.replace(last, weight=CERTAIN, reasons=(*last.reasons, why))
            found = [last, *(r for r in found if r.target is not last.target)]
            best = last
    return [
        r
        for r in found
        if r.weight >= best.weight - 0.6
        or (r.target.voice.same(best.target.voice) and r.target.article == best.target.article)
    ][:4]


def consents(note: Note) -> bool:
    """ "Said it would comply": whether a few words say that one does as asked."""
    return bool(note.words) and not note.negated and anaphoric(note, "consent")


def agreements(note: Note, index: Index) -> list[Reply]:
    """The demands or offers that a few words consent to."""
    if not consents(note):
        return []
    return [r for r in rejections(note, index) if r.target.act in ASKING]


def welcomes(note: Note, index: Index) -> list[Reply]:
    """ "Welcomed the call": the demands or offers that a few kind words answer."""
    if not anaphoric(note, "demand"):
        return []
    return [r for r in rejections(note, index) if r.target.act in ASKING]


def _weigh_retraction(note: Note, other: Note) -> Weighing:
    weighing = Weighing()
    if not note.voice.allied(other.voice):
        weighing.refuse()
        return weighing
    if _taken_back_at_once(note, other):
        weighing.add(CERTAIN, "takes back what the same side has just said")
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


def _taken_back_at_once(note: Note, other: Note) -> bool:
    """ "Orr, which had blamed the crew, withdrew that statement"."""
    if note.act is not SpeechAct.RETRACTS or note.article != other.article or other.act is None:
        return False
    near = other.key < note.key and note.sentence - other.sentence <= 1
    return near and other.act in STATING and len(note.words) <= _FEW


def retractions(note: Note, index: Index) -> list[Reply]:
    """Earlier claims of the same voice that a retraction or correction takes back."""
    kind = RelationType.RETRACTS if note.act is SpeechAct.RETRACTS else RelationType.CORRECTS
    groups = {note.group, *note.others, "statement"}
    elsewhere = index.said_by(note, sorted(groups), (60, 0))
    candidates = [*index.around(note, 60, 0), *elsewhere]
    return collect(kind, note, candidates, _weigh_retraction, "takes back")[:3]


def _weigh_confirmation(note: Note, other: Note) -> Weighing:
    weighing = Weighing()
    if other.act not in STATING or other.negated != note.negated:
        weighing.refuse()
    if note.voice.same(other.voice) or other.act is SpeechAct.EXPRESSES:
        weighing.refuse()
    if not weighing.refused:
        same_deed(weighing, note, other)
        same_places(weighing, note, other)
        same_times(weighing, note, other)
        near(weighing, note, other)
    return weighing


def confirmations(note: Note, index: Index) -> list[Reply]:
    """What others said that a confirmation bears out."""
    elsewhere = index.elsewhere(note, (6, 1), wide=False)
    candidates = [*index.around(note, 12, 2), *elsewhere]
    return collect(RelationType.CONFIRMS, note, candidates, _weigh_confirmation, "confirms it")[:4]
