"""Relations between claims of one event, and between accusations that mirror each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from extraction import lexicon
from extraction.events.cluster import Cluster
from extraction.events.kinds import compatible, mutual, overlap
from extraction.events.notes import Note, Voice
from extraction.events.words import anybody, content_words
from extraction.happenings import family
from extraction.model import Relation, RelationType, SideKey, SpeechAct
from extraction.relations.figures import apart
from extraction.relations.index import Index
from extraction.relations.weighing import meet, one_deed

_AFFIRMING = frozenset(
    {
        SpeechAct.ASSERTS,
        SpeechAct.ALLEGES,
        SpeechAct.ADMITS,
        SpeechAct.CONFIRMS,
        SpeechAct.ANNOUNCES,
        SpeechAct.CONDEMNS,
    }
)
_FACTS = frozenset(
    {SpeechAct.ASSERTS, SpeechAct.ALLEGES, SpeechAct.ADMITS, SpeechAct.CONFIRMS, SpeechAct.DENIES}
)
_SPEECH = frozenset({SpeechAct.DEMANDS, SpeechAct.OFFERS, SpeechAct.THREATENS, SpeechAct.REJECTS})
_MIRROR_DAYS = 2
_MIRROR_SENTENCES = 8
_DEED_REACH = 2  # sentences between two tellings of a deed without an event of its own
_EARLIER = 24  # voices, and claims, of an event that one is compared with: the last to speak


def _stance(note: Note) -> str:
    """Whether a claim says that it happened, that it did not, or neither."""
    if note.act is SpeechAct.DENIES:
        return "" if note.negated else "no"
    if note.act in _AFFIRMING and note.actual:
        return "no" if note.negated else "yes"
    return ""


def _contradicts(one: Note, other: Note) -> tuple[float, str] | None:
    """Score and reason where two claims of one event cannot both hold."""
    if one.voice.allied(other.voice) or one.group != other.group or one.group == "statement":
        return None
    stances = {_stance(one), _stance(other)}
    anchored = meet(one, other) or not one.things.isdisjoint(other.things)
    denial = SpeechAct.DENIES in (one.act, other.act)
    if stances == {"yes", "no"} and anchored and not denial:
        return 0.85, "the one says that it happened, the other that it did not"
    rivals = stances == {"yes"} and one.agent.opposes(other.agent)
    kind = family(one.family)
    if rivals and kind is not None and kind.exclusive:
        return 0.85, "only one of them can have done it"
    if stances == {"yes"} and one.voice.opposes(other.voice) and _two_causes(one, other):
        return 0.8, "each names another cause"
    if stances == {"yes"} and anchored and (_otherwise(one, other) or _otherwise(other, one)):
        return 0.8, "whoever is accused says that it came about otherwise"
    if rivals and anchored and not _against_each_other(one, other):
        timed = one.when is not None and other.when is not None and overlap(one.when, other.when)
        thing = one.known and other.known and bool((one.things & other.things) - anybody())
        if (timed or thing) and not one.patient.opposes(other.patient):
            return 0.8, "the same deed, but each names another who did it"
    return None


def opposite_deeds(notes: Sequence[Note], index: Index) -> Iterator[Relation]:
    """ "They did not knock." "They had knocked, the chief said.": one deed, told close by."""
    for note in notes:
        if not note.deed or note.mute or not _stance(note) or note.voice.actor is None:
            continue
        for other in index.around(note, _DEED_REACH, 0):
            if other.key < note.key and not other.mute and _gainsays(note, other):
                why = ("one deed", f"one says that it was done, the other not ({note.deed})")
                kind = RelationType.CONTRADICTS
                if note.act is SpeechAct.DENIES:
                    kind = RelationType.DENIES
                yield Relation(kind, note.claim, other.claim, 0.82, why)


def _gainsays(note: Note, other: Note) -> bool:
    if not one_deed(note, other) or note.negated == other.negated or not _stance(other):
        return False
    if other.voice.actor is None or note.voice.allied(other.voice):
        return False
    if note.agent.actor is None or not note.agent.allied(other.agent):
        return len(note.words & other.words) > 1
    return True


def _otherwise(note: Note, accusing: Note) -> bool:
    """ "A rocket of theirs fell short": another doer, or other arms, than one is accused of."""
    if accusing.act is not SpeechAct.ALLEGES or not _accused(accusing).allied(note.voice):
        return False
    if note.act is not SpeechAct.ASSERTS or not note.harm or note.agent.allied(note.voice):
        return False
    arms = bool(note.weapons) and bool(accusing.weapons)
    return note.agent.actor is not None or (arms and not set(note.weapons) & set(accusing.weapons))


def _two_causes(one: Note, other: Note) -> bool:
    """ "The device caused the fires" against "faulty wiring caused them"."""
    if one.happening is None or other.happening is None:
        return False
    first = content_words([one.happening.cause])
    second = content_words([other.happening.cause])
    return bool(first and second) and not first & second


def _against_each_other(one: Note, other: Note) -> bool:
    """Whether both parties blame somebody else for one event, and not the same one."""
    if not one.voice.opposes(other.voice) or one.negated or other.negated:
        return False
    if not (one.actual and other.actual and _blames(one) and _blames(other)):
        return False
    if one.group == other.group and one.group in mutual():
        return False
    first, second = _accused(one), _accused(other)
    return not (first.party and first.allied(second)) and (first.party or second.party)


def _of_the_speaker(one: Note, other: Note) -> bool:
    """Whether one accuses the other's side of what that side does not say that it did."""
    if not one.voice.opposes(other.voice):
        return False
    for accusing, answering in ((one, other), (other, one)):
        if accusing.act is SpeechAct.ALLEGES and _accused(accusing).allied(answering.voice):
            return not answering.agent.allied(answering.voice)
    return False


def _figures_clash(one: Note, other: Note) -> bool:
    """Whether the two count the same thing and come to numbers that do not meet."""
    return any(
        a.measure == b.measure and apart(a, b) for a in one.quantities for b in other.quantities
    )


def _agrees(one: Note, other: Note) -> tuple[RelationType, float, str]:
    """How two claims of one event that do not clash stand to each other."""
    allied = one.voice.allied(other.voice)
    both = _stance(one) == _stance(other) != "" and not _figures_clash(one, other)
    if one.act in _SPEECH and one.act is other.act:
        if allied:
            return RelationType.RESTATES, 0.75, "the same side says it again"
        return RelationType.SAME_EVENT, 0.6, "others say the like"
    alike = one.article == other.article or meet(one, other)
    shared = one.words & other.words
    close = one.group == other.group != "statement" and (len(shared) >= 2 or alike)
    close = close and (bool(shared) or (one.family == other.family and meet(one, other)))
    if SideKey.BOTH in (one.voice.side, other.voice.side):
        close = False
    if _stance(one) == "no" and one.voice.opposes(other.voice):
        close = False  # what each side denies is seldom the same
    if both and close and allied:
        return RelationType.RESTATES, 0.75, "the same side says it again"
    if _of_the_speaker(one, other):
        close = False  # whoever is accused bears nothing out by telling it otherwise
    rival_accounts = one.agent.actor and other.agent.actor and not one.agent.allied(other.agent)
    counted = {(q.measure, q.low) for q in one.quantities}
    substance = len(shared) >= 3 or bool(counted & {(q.measure, q.low) for q in other.quantities})
    one_doer = one.agent.actor is not None and one.agent.allied(other.agent)
    if rival_accounts or not {one.act, other.act} <= _FACTS or not (substance or one_doer):
        close = False  # neither a judgement nor another doer nor the bare event bears it out
    if both and close and one.voice.actor is not None and other.voice.actor is not None:
        return RelationType.CORROBORATES, 0.7, "another voice says the same"
    return RelationType.SAME_EVENT, 0.6, "both speak of this event"


def _worth_comparing(claims: Sequence[Note]) -> Iterator[tuple[Note, Note]]:
    """Each claim with earlier ones: the first and the last of each voice, the nearest first."""
    voices: dict[object, tuple[Note, Note]] = {}
    for note in claims:
        near = list(voices.values())[-_EARLIER:]
        listed = list(dict.fromkeys(n for pair in near for n in pair))
        listed.sort(key=lambda n: (n.article != note.article, abs(n.day - note.day), n.key))
        for other in listed[:_EARLIER]:
            yield note, other
        key = (note.voice.actor or note.voice.side, _stance(note))
        first, _ = voices.pop(key, (note, note))
        voices[key] = (first, note)


def _one_statement(one: Note, other: Note) -> bool:
    """The same words under two voices: a chain of reports, or one sentence twice."""
    nested = one.nested is not None or other.nested is not None
    return nested and one.article == other.article and one.sentence == other.sentence


def within(clusters: Iterable[Cluster], tied: set[tuple[int, int]]) -> Iterator[Relation]:
    """Relations inside each event; ``tied`` pairs have one already and are passed over."""
    for cluster in clusters:
        claims = sorted(
            (n for n in cluster.notes if n.claim and not n.mute), key=lambda n: (n.day, n.key)
        )
        answered = _thrown_back_at_once(claims)
        for note, other in _worth_comparing(claims):
            if _pair(note, other) in tied or _one_statement(note, other):
                continue
            clash = _contradicts(note, other)
            if clash is not None:
                score, reason = clash
                tied.add(_pair(note, other))
                yield Relation(
                    RelationType.CONTRADICTS,
                    note.claim,
                    other.claim,
                    score,
                    ("same event", reason),
                    possible=score < 0.8,
                )
                continue
            if _against_each_other(note, other):
                if note.article != other.article and {note.claim, other.claim} <= answered:
                    continue
                tied.add(_pair(note, other))
                why = ("same event", "each side blames the other")
                yield Relation(RelationType.COUNTER_ACCUSES, note.claim, other.claim, 0.7, why)
                continue
            kind, score, reason = _agrees(note, other)
            if kind is RelationType.SAME_EVENT and note.voice.side is other.voice.side:
                continue
            yield Relation(kind, note.claim, other.claim, score, ("same event", reason))


def _thrown_back_at_once(claims: Sequence[Note]) -> set[int]:
    """Claims that blame another where the other blames back in the same article."""
    blaming: dict[str, list[Note]] = defaultdict(list)
    for note in claims:
        if _blames(note):
            blaming[note.article].append(note)
    return {
        note.claim
        for notes in blaming.values()
        for note in notes
        if any(other.voice.opposes(note.voice) for other in notes[:_EARLIER])
    }


def _pair(one: Note, other: Note) -> tuple[int, int]:
    return min(one.claim, other.claim), max(one.claim, other.claim)


def _accuses(note: Note) -> bool:
    """Whether one party blames the other for a harm."""
    return _blames(note) and note.voice.opposes(_accused(note))


def _blames(note: Note) -> bool:
    """Whether a party blames somebody, and not one of its own."""
    if note.act is not SpeechAct.ALLEGES or note.nested is not None or not note.voice.party:
        return False
    return not note.voice.allied(_accused(note))


def _mirrors(note: Note, other: Note) -> bool:
    if other.key < note.key and ((_accuses(note) and _accuses(other)) or _thrown_back(note, other)):
        return True
    struck = _accuses(note) and bool(note.places) and _suffers(other)
    return struck and not meet(note, other)


def _thrown_back(note: Note, other: Note) -> bool:
    """Whether two parties blame somebody right after each other, one of them the other party."""
    near = note.article == other.article and abs(note.sentence - other.sentence) <= 1
    return near and _blames(note) and _blames(other)


def _suffers(note: Note) -> bool:
    """Whether a party tells of an attack on a place and leaves out who made it."""
    if note.act is not SpeechAct.ASSERTS or note.nested is not None or note.mute:
        return False
    struck = note.harm and note.actual and not note.negated and note.group == "fire"
    return struck and note.voice.party and note.agent.actor is None and bool(note.places)


def _accused(note: Note) -> Voice:
    """Whoever a claim says did it: the doer, or the one it is aimed at."""
    if note.agent.party:
        return note.agent
    return next((target for target in note.targets if target.party), Voice())


@cache
def _violence() -> frozenset[str]:
    table = lexicon.load("en", "happenings")["violence"]
    return lexicon.words(table, "groups", "happenings.toml")


def _mirror_weight(note: Note, other: Note) -> float:
    """How likely an accusation is thrown back; 0 for not at all."""
    apart = note.article != other.article or abs(note.sentence - other.sentence) > 1
    if apart and note.when is not None and other.when is not None:
        gap = max(
            (note.when.earliest - other.when.latest).days,
            (other.when.earliest - note.when.latest).days,
        )
        if gap > _MIRROR_DAYS:
            return 0.0
    violence = _violence()
    like = compatible(note.group, other.group) or (
        note.group in violence and other.group in violence
    )
    if note.article == other.article:
        distance = abs(note.sentence - other.sentence)
        if distance <= 1:
            return 0.9 if like else 0.75
        if distance <= _MIRROR_SENTENCES:
            return 0.8 if like else 0.6
        return 0.0
    like = compatible(note.group, other.group)
    return 0.65 if like and note.group in violence else 0.0


def counter_accusations(notes: Sequence[Note], index: Index) -> Iterator[Relation]:
    """Each accusation with the accusations of the other side that it mirrors.

    Within an article with all that are close; over articles with the one nearest in time.
    """
    for note in notes:
        if not _blames(note):
            continue
        near = [
            other
            for other in index.around(note, 60, _MIRROR_SENTENCES)
            if _against(note, other) and _mirrors(note, other)
        ]
        made = False
        for other in near:
            weight = _mirror_weight(note, other)
            if weight >= 0.6:
                made = True
                yield _mirrored(note, other, weight)
        if not made and _accuses(note):
            candidates = [
                other
                for other in index.said_by(note, [note.group], (_MIRROR_DAYS, 0))
                if _accuses(other)
                and _against(note, other)
                and (other.day, other.key)
                < (
                    note.day,
                    note.key,
                )
            ]
            if candidates:
                best = min(candidates, key=lambda n: (note.day - n.day, n.key))
                weight = _mirror_weight(note, best)
                if weight:
                    yield _mirrored(note, best, weight)


def _against(note: Note, other: Note) -> bool:
    return note.voice.opposes(other.voice)


def _mirrored(note: Note, other: Note, weight: float) -> Relation:
    return Relation(
        RelationType.COUNTER_ACCUSES,
        note.claim,
        other.claim,
        weight,
        ("each side blames the other", f"{note.group} and {other.group}"),
        possible=weight < 0.65,
    )
