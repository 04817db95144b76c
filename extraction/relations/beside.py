"""Replies told by where they stand and by rare words, whatever event the two claims tell of.

An article sets an answer right behind what it answers; a later article takes up the words that
few others of the dossier use. Both are evidence of their own where the kinds of event are not
alike, or where no kind is known.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from extraction.events.notes import HARMED, Note
from extraction.events.words import stem
from extraction.model import RelationType, SpeechAct
from extraction.relations.index import Index
from extraction.relations.weighing import (
    ASKING,
    POSSIBLE,
    STATING,
    Reply,
    Weighing,
    anaphoric,
    elsewhere,
    inside,
    meet,
    one_deed,
    refers,
)

_REACH = 3  # sentences back to what a claim may answer by its place alone
_CLOSENESS = (0.9, 0.9, 0.5, 0.2)  # by the sentences between
_RARE = 0.5  # what each rare word says that both have
_MOST_RARE = 1.5
_MOST = 3  # replies that are kept
_DENIABLE = STATING - {SpeechAct.CONDEMNS, SpeechAct.EXPRESSES}
_OWNABLE = frozenset({SpeechAct.ALLEGES, SpeechAct.ASSERTS, SpeechAct.CONDEMNS})
_LATER = 10  # days in which words of another article are denied
_BACK = 400  # days over which an admission may come late


def heard(note: Note, index: Index, reach: int = _REACH) -> list[Note]:
    """What others than the speaker's own have just said in the article, the last first."""
    found = [
        other
        for other in index.around(note, reach, 0)
        if other.key < note.key
        and not other.mute
        and other.act is not None
        and other.voice.actor is not None
        and not other.voice.allied(note.voice)
        and not inside(note, other)
    ]
    return sorted(found, key=lambda n: n.key, reverse=True)


def names_speaker(note: Note, other: Note) -> bool:
    """ "Orr's figure", "the union's claims": whether it says whose words are meant."""
    names = {key.split()[-1] for key in (other.voice.actor, other.voice.bloc) if key}
    return any(stem(name) in note.words for name in names)


def accused_side(note: Note, other: Note) -> bool | None:
    """Whether ``other`` speaks of a deed of the speaker's side; None where it names nobody."""
    named = (other.agent, other.patient, *other.targets)
    if any(v.allied(note.voice) for v in named):
        return True
    return False if any(v.party for v in (other.agent, *other.targets)) else None


def _denied(note: Note, index: Index) -> list[Reply]:
    pointing = note.on_figures or anaphoric(note, "accusation")
    found = []
    recent = [
        other
        for other in heard(note, index)
        if other.act in _DENIABLE and not other.negated and not _figureless(note, other)
    ]
    for passed, other in enumerate(recent):
        weighing = _placed(note, other, passed)
        if pointing:
            weighing.add(1.1, "points at what was said")
            weighing.add(0.7 if len(recent) == 1 else 0.0)
        if names_speaker(note, other) and (pointing or refers(note, "accusation")):
            weighing.add(0.8, "names who said it")
        _deniable(weighing, note, other, index)
        if not pointing and note.words.isdisjoint(other.words):
            weighing.refuse()  # it speaks of something else
        if not weighing.refused:
            found.append(_reply(RelationType.DENIES, note, other, weighing))
    if pointing:
        found = _of_one_voice(note, found)
    for other in index.sharing(note):
        near = 0 <= note.told - other.told <= _LATER
        if other.article == note.article or other.mute or not near or not note.words:
            continue
        if other.act not in _DENIABLE or other.negated or other.voice.allied(note.voice):
            continue
        weighing = Weighing()
        _deniable(weighing, note, other, index)
        if not weighing.refused:
            found.append(_reply(RelationType.DENIES, note, other, weighing))
    return _best(found)


def _of_one_voice(note: Note, found: list[Reply]) -> list[Reply]:
    """Of what one voice has said in a row, what has the words of the denial itself."""
    last = next(iter(found), None)
    if last is None or not note.words.isdisjoint(last.target.words):
        return found
    said = [r for r in found if r.target.voice.same(last.target.voice)]
    meant = next((r for r in said if not note.words.isdisjoint(r.target.words)), None)
    if meant is None or last.weight < meant.weight:
        return found
    return [structs.replace(meant, weight=last.weight)]


def _deniable(weighing: Weighing, note: Note, other: Note, index: Index) -> None:
    mine = accused_side(note, other)
    rivals = note.voice.opposes(other.voice)
    other_thing = bool(note.deed) and note.deed == other.deed and not one_deed(note, other)
    if elsewhere(note, other) or other_thing or (mine is False and not rivals):
        weighing.refuse()
    elif rivals:
        weighing.add(0.5 if mine is False else 0.8, "said by the other side")
    elif mine:
        weighing.add(0.8, "its side is said to have done it")
    else:
        weighing.add(0.3)
    if other.act is SpeechAct.ALLEGES or (other.harm and other.actual):
        weighing.add(0.5, "an accusation")
    only_dead = other.group == HARMED or (other.harmed_count and other.act is SpeechAct.ASSERTS)
    if only_dead and not note.nobody_hurt and not note.on_figures:
        weighing.add(-1.0)  # to deny the shooting is not yet to deny the dead
    _shared(weighing, note, other, index)


def _figureless(note: Note, other: Note) -> bool:
    return note.on_figures and not (other.quantities or other.bare)


def _turned_down(note: Note, index: Index) -> list[Reply]:
    found = []
    passed = 0
    for other in heard(note, index):
        if other.act not in ASKING:
            continue
        weighing = _placed(note, other, passed)
        passed += 1
        if passed == 1:
            weighing.add(0.7, "nobody has asked for anything since")
        if note.voice.opposes(other.voice):
            weighing.add(0.6, "asked by the other side")
        if any(v.allied(note.voice) for v in (*other.targets, other.agent)):
            weighing.add(0.6, "it was asked of them")
        if names_speaker(note, other):
            weighing.add(0.6, "names who asked")
        if anaphoric(note, "demand"):
            weighing.add(0.8, "points at what was asked")
        _shared(weighing, note, other, index)
        found.append(_reply(RelationType.ANSWERS, note, other, weighing))
    for other in index.said_by(note, sorted(a.value for a in ASKING), (_LATER, 0)):
        if names_speaker(note, other) and not other.voice.allied(note.voice):
            weighing = Weighing()
            weighing.add(1.6, "names who asked")
            weighing.add(1.0 if anaphoric(note, "demand") else 0.0, "points at what was asked")
            _shared(weighing, note, other, index)
            found.append(_reply(RelationType.ANSWERS, note, other, weighing))
    return _best(found)


def _owned(note: Note, index: Index) -> list[Reply]:
    """Accusations anywhere in the dossier whose rare words an admission takes up."""
    found = []
    for other in index.sharing(note):
        if other.act not in _OWNABLE or other.negated or other.voice.allied(note.voice):
            continue
        if (
            elsewhere(note, other)
            or not 0 <= note.told - other.told <= _BACK
            or accused_side(note, other) is False
        ):
            continue
        if other.article == note.article and (other.key > note.key or inside(note, other)):
            continue
        weighing = Weighing()
        _shared(weighing, note, other, index)
        if weighing.weight < 2 * _RARE:
            continue
        if note.voice.opposes(other.voice):
            weighing.add(0.7, "said by the other side")
        if accused_side(note, other):
            weighing.add(0.7, "its side is said to have done it")
        if note.group == other.group != "statement":
            weighing.add(0.6, f"same kind of event ({note.group})")
        if meet(note, other):
            weighing.add(0.5, "same place")
        found.append(_reply(RelationType.ADMITS, note, other, weighing))
    return _best(found)


def _placed(note: Note, other: Note, passed: int) -> Weighing:
    """Where it stands: ``passed`` others have spoken since."""
    weighing = Weighing()
    distance = note.sentence - other.sentence
    weighing.add(_CLOSENESS[distance] - 0.2 * min(passed, 3), "said just before")
    if passed == 0 and distance <= 1:
        weighing.add(0.5)
    return weighing


def _shared(weighing: Weighing, note: Note, other: Note, index: Index) -> None:
    common = sorted(word for word in note.words & other.words if index.rare(word))
    if common:
        weighing.add(min(_MOST_RARE, _RARE * len(common)), "rare words: " + ", ".join(common[:5]))
    elif note.words & other.words:
        weighing.add(0.2, "shared words")


def _reply(kind: RelationType, note: Note, other: Note, weighing: Weighing) -> Reply:
    return Reply(kind, note, other, weighing.weight, tuple(weighing.reasons))


def _best(found: list[Reply]) -> list[Reply]:
    kept = [r for r in found if r.weight >= POSSIBLE]
    if not kept:
        return []
    kept.sort(key=lambda r: (-r.weight, -r.target.position))
    return [r for r in kept if r.weight >= kept[0].weight - 0.3][:_MOST]


_BY_ACT: dict[SpeechAct, Callable[[Note, Index], list[Reply]]] = {
    SpeechAct.DENIES: _denied,
    SpeechAct.REJECTS: _turned_down,
    SpeechAct.ADMITS: _owned,
}


def points_only(note: Note) -> bool:
    """ "Disputed that": no word of its own, so that only its place tells what is meant."""
    return note.act is SpeechAct.DENIES and not note.words


def spoken_to(note: Note, index: Index) -> list[Reply]:
    """What a reply speaks to by its place or its words, best first; at most three."""
    finder = _BY_ACT.get(note.act) if note.act is not None else None
    if finder is None or note.voice.actor is None or note.mute:
        return []
    return finder(note, index)


__all__ = ["heard", "points_only", "spoken_to"]
