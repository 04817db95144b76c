"""Claims that speak to another claim: denials and admissions, and whatever else answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from msgspec import structs

from extraction.events.kinds import standing
from extraction.events.notes import Note
from extraction.events.words import anybody
from extraction.model import RelationType, SpeechAct
from extraction.relations.answers import (
    CONSENTING,
    agreements,
    confirmations,
    consents,
    rejections,
    retractions,
    welcomes,
)
from extraction.relations.beside import points_only, spoken_to
from extraction.relations.index import Index
from extraction.relations.weighing import (
    ASKING,
    CERTAIN,
    REFUSED,
    STATING,
    Reply,
    Weighing,
    accused,
    anaphoric,
    anchored,
    collect,
    meet,
    near,
    nobody_meant,
    nothing_there,
    of_standing,
    refers,
    same_deed,
    same_places,
    same_times,
)

_OWNED = frozenset({SpeechAct.ALLEGES, SpeechAct.ASSERTS, SpeechAct.CONDEMNS})
_ANSWERABLE = frozenset({SpeechAct.ASSERTS, SpeechAct.ALLEGES, SpeechAct.ADMITS})
_JUST = 3
_REPORTED = 10  # and over which "the report" points at what the speaker is accused of
_POINTING = 5  # sentences over which "the charge" points back


def _weigh_denial(note: Note, other: Note) -> Weighing:
    if other.act not in STATING or (other.negated and not note.negated):
        return REFUSED
    if note.voice.allied(other.voice):
        return REFUSED
    pointing = anaphoric(note, "accusation")
    if not (pointing or note.general or anchored(note, other)):
        return REFUSED
    new = other.adds and note.article == other.article and other.key > note.key
    if new or (other.act is SpeechAct.ADMITS and other.told > note.told):
        return REFUSED
    weighing = Weighing()
    accused(weighing, note, other)
    if weighing.refused:
        return weighing
    if pointing:
        _pointing(weighing, note, other)
    else:
        _told(weighing, note, other)
    if weighing.refused:
        return weighing
    near(weighing, note, other)
    after = note.article == other.article and other.sentence > note.sentence
    if after and not of_standing(note, other):
        weighing.add(-0.25)  # an answer seldom stands before what it answers
    counts = other.harmed_count and "casualties" in other.others and not other.deed_verbal
    apart = "statement" not in (note.group, other.group) and note.group != other.group
    elsewhere = note.group == other.group == "casualties" and not (
        meet(note, other) or note.things & other.things
    )
    unmeant = nobody_meant(note, other)
    harmed = note.nobody_hurt and other.tells_of_harmed
    if harmed:
        weighing.add(0.4, "says that nobody came to harm")
        counts = apart = elsewhere = False
    if (counts or apart or elsewhere or unmeant) and not pointing:
        # to deny the shelling is not yet to deny the dead
        weighing.weight = min(weighing.weight, CERTAIN - 0.05)
    return weighing


def _pointing(weighing: Weighing, note: Note, other: Note) -> None:
    """A denial that only points at what was said: "denied the charge"."""
    distance = note.sentence - other.sentence
    rivals = other.voice.opposes(note.voice)
    accused_of = other.agent.allied(note.voice) and (
        other.act is SpeechAct.ALLEGES or (rivals and other.act is SpeechAct.ASSERTS)
    )
    reach = _REPORTED if accused_of else _POINTING
    apart = note.article != other.article or not 0 <= distance <= reach
    if apart or (note.on_figures and not other.quantities):
        weighing.refuse()
    elif accused_of or other.act is SpeechAct.ALLEGES or other.harm or note.nested == other.index:
        weighing.add(1.2 if accused_of else 1.0, "denies what was said of it")
        if other.act is SpeechAct.ALLEGES and note.words and not rivals:
            weighing.add(1.1, "an accusation, and it names one")
        if rivals and distance <= 2:
            weighing.add(0.4, "said by the other side just before")
        elif distance <= 1:
            weighing.add(0.8, "said just before")
    elif rivals and distance <= _JUST:
        weighing.add(1.1, "denies what the other side has just said")
    else:
        weighing.refuse()


def _told(weighing: Weighing, note: Note, other: Note) -> None:
    """A denial that says what did not happen, of what it may speak of."""
    if note.lost and not note.things & (other.things | other.words):
        weighing.refuse()  # to have lost no aircraft says nothing of what was struck
    elif nothing_there(note, other):
        weighing.add(0.8, "says that there was nothing of the kind")
    elif _just_said(note, other):
        weighing.add(1.1, "denies what the other side has just said")
        deed = Weighing()
        same_deed(deed, note, other)
        if not deed.refused:
            weighing.add(deed.weight)
            weighing.reasons.extend(deed.reasons)
    else:
        same_deed(weighing, note, other)
        if note.act is SpeechAct.DENIES and _right_behind(note, other):
            weighing.add(0.4, "said right before it")
    if weighing.refused:
        return
    same_places(weighing, note, other)
    same_times(weighing, note, other)
    if note.weapons and not set(note.weapons).isdisjoint(other.weapons):
        weighing.add(0.3, "same weapon")


def _just_said(note: Note, other: Note) -> bool:
    """Whether a denial in so many words follows at once upon what the other side said."""
    said = note.act is SpeechAct.DENIES and not note.negated and note.group == "statement"
    told = other.act in _ANSWERABLE and other.group != "casualties"
    return said and told and _right_behind(note, other)


def _right_behind(note: Note, other: Note) -> bool:
    """Whether a claim follows at once upon that of a rival, or in some of the words of another."""
    if note.article != other.article or not 0 <= note.sentence - other.sentence <= 1:
        return False
    if other.key >= note.key:
        return False
    known = note.voice.actor is not None and other.voice.actor is not None
    strangers = known and not note.voice.allied(other.voice) and bool(note.words & other.words)
    return note.voice.opposes(other.voice) or strangers


def denials(note: Note, index: Index) -> list[Reply]:
    """What a denial denies, best first; a general one every claim it covers."""
    asked = _asked_just_before(note, index)
    if asked is not None:
        why = ("turns down what the other side has just asked for",)
        return [Reply(RelationType.ANSWERS, note, asked, CERTAIN, why)]
    in_article = index.around(note, 60, 60)
    wide = note.general or not note.places
    elsewhere: Iterator[Note] = iter(())
    if note.group != "statement" or note.deed or note.absent:
        lasting = not wide or note.group in standing()
        elsewhere = index.elsewhere(note, (10, 2) if lasting else (4, 1), wide)
        if note.negated and note.group == "statement":
            elsewhere = chain(elsewhere, index.harms_at(note, (4, 1)))
    found = collect(RelationType.DENIES, note, [*in_article, *elsewhere], _weigh_denial, "a denial")
    if anaphoric(note, "accusation"):
        return _one_accuser(note, found)
    return found


def _asked_just_before(note: Note, index: Index) -> Note | None:
    """ "They want 2 million for it." "He called the claim absurd": the demand that is meant."""
    if not anaphoric(note, "accusation") or not note.words or refers(note, "guilt"):
        return None
    before = [
        other
        for other in index.around(note, 1, 0)
        if other.key < note.key and not other.mute and other.voice.opposes(note.voice)
    ]
    last = max(before, key=lambda n: n.key, default=None)
    return last if last is not None and last.act in ASKING else None


def _one_accuser(note: Note, found: list[Reply]) -> list[Reply]:
    """ "denied the allegations": those made last, by one accuser, without a break."""
    before = sorted(
        (r for r in found if r.target.key < note.key), key=lambda r: r.target.key, reverse=True
    )
    if not before:
        return found[:1]
    meant = [r for r in before if r.target.agent.allied(note.voice)]
    outcry = before[0].target.act is SpeechAct.CONDEMNS
    owning = bool(note.words) and not note.on_figures and not before[0].target.agent.actor
    if meant and (outcry or (owning and refers(note, "guilt"))):
        before = meant  # what it is said to have done, not the outcry over it, nor the dead of it
    last = before[0].target
    kept: list[Reply] = []
    for reply in before:
        if reply.target.voice.side is not last.voice.side or len(kept) == 3:
            break
        if kept and kept[-1].target.sentence - reply.target.sentence > 1:
            break
        kept.append(reply)
    accusing = [r for r in kept if r.target.harm or r.target.act is SpeechAct.ALLEGES]
    kept = accusing or kept
    sure = kept[0]
    kept = [
        structs.replace(r, weight=max(r.weight, sure.weight))
        if r.target.voice.same(sure.target.voice)
        else r
        for r in kept
    ]
    return sorted(kept, key=lambda r: (-r.weight, r.target.key))


def _weigh_admission(note: Note, other: Note) -> Weighing:
    if other.act not in _OWNED or other.negated or other.adds != note.adds:
        return REFUSED
    if note.voice.allied(other.voice) or refers(other, "owning") or not anchored(note, other):
        return REFUSED
    if other.told > note.told:
        return REFUSED  # nobody owns to what is said only later
    weighing = Weighing()
    accused(weighing, note, other)
    if not weighing.refused:
        same_deed(weighing, note, other)
    if weighing.refused:
        return weighing
    same_places(weighing, note, other)
    same_times(weighing, note, other)
    near(weighing, note, other)
    same = bool((note.things & other.things) - anybody())
    if not (same or meet(note, other)) and abs(note.sentence - other.sentence) > 2:
        weighing.add(-1.0)
    if other.group == "casualties" != note.group or nobody_meant(note, other):
        # to own to the shooting is not yet to own to the dead
        weighing.weight = min(weighing.weight, CERTAIN - 0.05)
    return weighing


def admissions(note: Note, index: Index, *, same_group: bool = False) -> list[Reply]:
    """The accusations that an admission owns up to, best first.

    With ``same_group`` only those of its own kind of event are looked at.
    """
    elsewhere = index.elsewhere(note, (30, 2), wide=not note.places)
    candidates = [*index.around(note, 40, 40), *elsewhere]
    if same_group:
        candidates = [other for other in candidates if other.group == note.group]
    return collect(
        RelationType.ADMITS, note, candidates, _weigh_admission, "says so of its own side"
    )


_FINDERS: dict[SpeechAct, Callable[[Note, Index], list[Reply]]] = {
    SpeechAct.DENIES: denials,
    SpeechAct.ADMITS: admissions,
    SpeechAct.REJECTS: rejections,
    SpeechAct.DECLINES: rejections,
    SpeechAct.RETRACTS: retractions,
    SpeechAct.CORRECTS: retractions,
    SpeechAct.CONFIRMS: confirmations,
    SpeechAct.EXPRESSES: welcomes,
    **dict.fromkeys(CONSENTING, agreements),
}


def _partly(note: Note, index: Index) -> list[Reply]:
    """ "Its forces fired only at barracks": against the accusations that say more; never sure."""
    owned = admissions(note, index, same_group=True)
    return [
        structs.replace(
            reply,
            type=RelationType.DENIES,
            weight=min(reply.weight, CERTAIN - 0.05),
            reasons=("owns to it only in part", *reply.reasons[1:]),
        )
        for reply in owned
    ]


def find_replies(note: Note, index: Index) -> list[Reply]:
    """What a claim replies to, best first; nothing where its act is no reply."""
    if note.partial:
        return _partly(note, index)
    if note.silent:
        return []
    finder = _FINDERS.get(note.act) if note.act is not None else None
    found = finder(note, index) if finder is not None else []
    if found and not found[0].possible and not points_only(note):
        return found
    beside = [r for r in spoken_to(note, index) if not r.possible]
    if points_only(note) and beside:
        return beside[:1]
    told = {r.target.claim for r in beside}
    return [*beside, *(r for r in found if r.target.claim not in told)]


def is_reply(note: Note) -> bool:
    if note.act is SpeechAct.EXPRESSES:
        return anaphoric(note, "demand")
    if note.silent:
        return False
    if note.act in CONSENTING:
        return consents(note)
    return note.act in _FINDERS or note.partial


__all__ = ["Reply", "admissions", "denials", "find_replies", "is_reply"]
