"""What speaks for and against one claim's being a reply to another, summed with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import msgspec

from extraction.events.kinds import compatible, overlap, series, standing
from extraction.events.notes import Note
from extraction.events.words import anybody, stem, unlike
from extraction.happenings import triggers
from extraction.model import RelationType, SpeechAct

STATING = frozenset(
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
ASKING = frozenset({SpeechAct.DEMANDS, SpeechAct.OFFERS, SpeechAct.THREATENS})
CERTAIN = 2.6
POSSIBLE = 2.0
_BEST = 5.0
_FEW_WORDS = 4
_CLOSE = 3  # sentences in which a denial speaks to what the other side said


class Reply(msgspec.Struct, frozen=True):
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
        return self.weight < CERTAIN


class Weighing:
    """A sum with its reasons; ``refuse`` ends it."""

    __slots__ = ("reasons", "refused", "weight")

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


REFUSED = Weighing()
REFUSED.refuse()


@cache
def _pointers(kind: str) -> frozenset[str]:
    return frozenset(stem(word) for word in triggers.load().anaphora[kind])


def anaphoric(note: Note, kind: str) -> bool:
    """Whether the content only points at what was said ("denied the allegations", "denied it")."""
    words = note.lead or note.words
    return not words or (len(words) <= _FEW_WORDS and not _pointers(kind).isdisjoint(words))


def refers(note: Note, kind: str) -> bool:
    """Whether a claim speaks of a saying of this kind: "the admission came too late"."""
    return not _pointers(kind).isdisjoint(note.words)


def calls_false(note: Note) -> bool:
    """ "The claim was absurd": what it points at is said to be untrue."""
    return refers(note, "untrue") and anaphoric(note, "accusation")


def near(weighing: Weighing, note: Note, other: Note) -> None:
    if note.article != other.article:
        return
    distance = note.sentence - other.sentence
    if 0 <= distance <= 2:
        weighing.add(0.9, "just before it in the article")
    elif abs(distance) <= 6:
        weighing.add(0.5, "near it in the article")
    else:
        weighing.add(0.25, "in the same article")


def meet(note: Note, other: Note) -> bool:
    """Whether both name one place."""
    return bool(note.places and other.places) and not set(note.places).isdisjoint(other.places)


def elsewhere(note: Note, other: Note) -> bool:
    """Whether both name places, and not one in common."""
    return bool(note.places and other.places) and not meet(note, other)


def same_places(weighing: Weighing, note: Note, other: Note) -> None:
    if not note.places or not other.places:
        weighing.add(0.2)
        return
    common = set(note.places).intersection(other.places)
    if common:
        weighing.add(1.3, "same place: " + ", ".join(sorted(common)))
    elif note.general:
        weighing.add(-0.2, "the denial is general")
    else:
        weighing.refuse()


def nothing_there(note: Note, other: Note) -> bool:
    """Whether one says that there was nothing where the other side tells of a harm.

    At the same place, or of the same weapon; "no missions were flown over the town".
    """
    if not note.negated or note.group != "statement" or note.agent.opposes(note.voice):
        return False
    if not (note.absent or note.deed) or not other.harm:
        return False
    if not other.voice.opposes(note.voice) and not other.agent.allied(note.voice):
        return False
    return bool(set(note.places) & set(other.places) or set(note.weapons) & set(other.weapons))


def same_times(weighing: Weighing, note: Note, other: Note) -> None:
    if other.when is not None and other.when.earliest.toordinal() > note.told:
        weighing.refuse()  # nobody answers to what was done only afterwards
        return
    if note.when is not None and other.when is not None:
        things = note.things & other.things
        if not overlap(note.when, other.when) or (
            series(note.when, other.when) and not things and not note.general
        ):
            weighing.refuse()
        else:
            weighing.add(0.3, "same time")


def accused(weighing: Weighing, note: Note, other: Note) -> None:
    """Whether what ``other`` says was done by the one whom ``note`` speaks for."""
    if note.group == "control" and other.voice.opposes(note.voice):
        # who denies a loss denies that the other took it
        weighing.add(0.9, "said by the other side")
        return
    rivals = other.voice.opposes(note.voice)
    if rivals and note.nobody_hurt:
        weighing.add(0.9, "said by the other side")  # of the harmed, whoever harmed them
        return
    if rivals and note.patient.allied(note.voice) and not other.agent.allied(note.voice):
        weighing.add(0.9, "said by the other side of what is its own")
        return
    if rivals and not other.harm and other.agent.allied(other.voice) and note.on_figures:
        weighing.add(0.7, "said by the other side")  # "we received 88 complaints"
        return
    speaks_for = note.agent if note.agent.actor else note.voice
    doer = other.agent if other.agent.actor else (other.targets[0] if other.targets else None)
    if doer is None or doer.actor is None:
        if other.voice.opposes(note.voice):
            weighing.add(0.7, "said by the other side")
        elif note.voice.party and not (
            meet(note, other) or note.things & other.things or anaphoric(note, "accusation")
        ):
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


def same_deed(weighing: Weighing, note: Note, other: Note) -> None:
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
    elif one_deed(note, other):
        weighing.add(0.8, f"the same is said to be done ({note.deed})")
    elif known or not (part >= 0.5 and len(shared) >= 2):
        weighing.refuse()
    if shared:
        weighing.add(min(1.2, 0.35 * len(shared) * (0.5 + part)), "shared words")
    target, others = note.things, other.things
    if target & others:
        weighing.add(0.5, "done to the same: " + ", ".join(sorted(target & others)))
    opposed = note.patient.actor and other.patient.actor and note.patient.opposes(other.patient)
    if opposed or unlike(target, others):
        weighing.refuse()
    if note.negated and note.happening is not None and not note.happening.verbal:
        weighing.add(0.4, "says that there was none at all")
    elif target and others and not target & others and not meet(note, other):
        close = note.article == other.article and abs(note.sentence - other.sentence) <= _CLOSE
        answers = close and note.act is SpeechAct.DENIES and other.voice.opposes(note.voice)
        weighing.add(-0.2 if anything(target) else -0.6 if answers else -1.3)


def one_deed(note: Note, other: Note) -> bool:
    """Whether both say that the same was done, and not to other things."""
    if not note.deed or note.deed != other.deed:
        return False
    return not (note.things and other.things and note.things.isdisjoint(other.things))


def calls_a_claim_false(note: Note) -> bool:
    """ "Claims that we did it are absurd": that what somebody says is untrue."""
    words = triggers.load().anaphora
    untrue = {stem(w) for w in words["untrue"]}
    return bool(untrue & note.words) and not _pointers("claims").isdisjoint(note.words)


def of_standing(note: Note, other: Note) -> bool:
    """Whether the two parties speak of the one wrong of its kind that they are at odds about."""
    same = note.group == other.group and note.group in standing()
    return same and note.voice.opposes(other.voice)


def anything(target: frozenset[str]) -> bool:
    """Whether a target stands for all that could be struck ("its territory", "civilians")."""
    return bool(target & anybody())


def anchored(note: Note, other: Note) -> bool:
    """Whether two claims of different articles name one thing: a place or what was done to."""
    if note.article == other.article or meet(note, other):
        return True
    if of_standing(note, other):
        return True
    target = note.things & other.things
    return bool(target - anybody())


def inside(note: Note, other: Note) -> bool:
    """Whether one stands in the words of the other ("denied claims that ...").

    "They had taken the hill, a claim that the army denied" is no such case: the denial stands
    beside what it denies.
    """
    if note.article != other.article:
        return False
    beside = note.nested == other.index and not anaphoric(note, "accusation")
    return other.nested == note.index or beside


def nobody_meant(note: Note, other: Note) -> bool:
    """Whether a bystander tells of a deed and of nobody who did it: that accuses nobody."""
    meant = other.agent.actor is not None or bool(other.targets) or other.agent.party
    near_by = note.article == other.article and 0 <= note.sentence - other.sentence <= 1
    meant = meant or near_by or other.patient.allied(note.voice)
    return not other.voice.party and not meant and not note.general


def collect(
    kind: RelationType,
    note: Note,
    candidates: Iterable[Note],
    weigh: Callable[[Note, Note], Weighing],
    lead: str,
) -> list[Reply]:
    found = []
    for other in candidates:
        if other.mute or other.claim == note.claim:
            continue
        if other.article == note.article and inside(note, other):
            continue
        weighing = weigh(note, other)
        if not weighing.refused and weighing.weight >= POSSIBLE:
            found.append(Reply(kind, note, other, weighing.weight, (lead, *weighing.reasons)))
    return sorted(found, key=lambda r: (-r.weight, abs(r.target.day - note.day), r.target.key))
