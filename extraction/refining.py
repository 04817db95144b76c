"""Speech acts once the sides are known: who accuses, who owns up, who denies without the word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from extraction import lexicon
from extraction.blaming import by_dispute
from extraction.events.cluster import Cluster
from extraction.events.notes import Note
from extraction.events.words import is_hardware, stem
from extraction.happenings import family
from extraction.model import RelationType, SpeechAct
from extraction.relations.index import Index
from extraction.relations.replies import Reply, admissions, denials
from extraction.relations.weighing import calls_a_claim_false, calls_false

_PLAIN = frozenset({SpeechAct.ASSERTS, SpeechAct.ANNOUNCES, SpeechAct.CONFIRMS})
_BEING = frozenset({"be", "there"})
_LOSSES = frozenset({"casualties"})


class _Damaging(msgspec.Struct, frozen=True):
    words: frozenset[str]
    groups: frozenset[str]


@cache
def _damaging() -> _Damaging:
    table = lexicon.load("en", "happenings")["damaging"]
    return _Damaging(
        frozenset(stem(w) for w in lexicon.words(table, "words", "happenings.toml")),
        lexicon.words(table, "groups", "happenings.toml"),
    )


def _blames(note: Note) -> str:
    """Why a plain statement blames the other side; empty where it does not."""
    if not note.voice.party or not note.harm or note.negated or not note.actual:
        return ""
    if note.agent.opposes(note.voice):
        return "its content names the other side as the one that did it"
    own = note.patient.allied(note.voice)
    if own and note.agent.actor is None and note.group not in _LOSSES:
        return "its content tells of harm done to its own side"
    return ""


def _own_deed(note: Note) -> bool:
    """Whether a claim tells of a harm that its own side did, or of a fault of what is its own."""
    if not note.harm or not note.actual or note.voice.actor is None:
        return False
    kind = family(note.family)
    fault = kind is not None and kind.undergoes and note.group in _damaging().groups
    return note.agent.allied(note.voice) or (fault and note.patient.allied(note.voice))


def _admits(note: Note, index: Index) -> str:
    """Why a statement is an admission; empty where it is none."""
    if not _own_deed(note) or note.negated or note.partial:
        return ""
    if note.agent.actor is not None and note.patient.allied(note.voice):
        return ""
    if note.group == "fire" and is_hardware(note.things) and not note.things & _damaging().words:
        return ""  # to down the other's aircraft is a feat
    owned = admissions(note, index, same_group=True)
    if any(not reply.possible for reply in owned):
        return "says that its own side did what it is accused of"
    if note.agent.bloc != note.voice.bloc:
        return ""  # an ally tells of it: to own up is for who did it
    damaging = _damaging()
    if note.group in damaging.groups:
        return "says that its own side did harm"
    if note.things & damaging.words:
        return "says that its own side struck what is no target"
    return ""


def _denies(note: Note, index: Index) -> str:
    """Why a statement is a denial; empty where it is none."""
    if calls_false(note):
        answered = denials(replace(note, act=SpeechAct.DENIES), index)
        if any(not reply.possible for reply in answered):
            return "says that what it points at is untrue"
    if not note.negated or not note.actual or note.voice.actor is None:
        return ""
    if not (note.harm or note.deed or note.absent):
        return ""
    if note.agent.opposes(note.voice):
        return ""
    if _own_deed(note):
        return "says that its own side did not do it"
    if note.voice.party and note.group in _damaging().groups:
        return "says that there was no such wrong"
    answered = denials(replace(note, act=SpeechAct.DENIES), index)
    if any(not reply.possible for reply in answered):
        return "says that what its side is accused of did not happen"
    return ""


def _says_none(note: Note) -> bool:
    """ "There was no immediate risk", said by a bystander."""
    if note.act is not SpeechAct.DENIES or note.voice.party or not note.negated:
        return False
    there = note.happening is not None and note.happening.lemma in _BEING
    return there and note.group == "statement"


def refine(notes: Sequence[Note]) -> dict[int, tuple[SpeechAct, str]]:
    """New acts by claim id, each with its reason, for the claims whose act changes.

    Accusations are settled first, for admissions and denials are judged by them.
    """
    changed: dict[int, tuple[SpeechAct, str]] = {}
    idle = [n.claim for n in notes if _says_none(n)]
    unsaid = Index(notes) if idle else None
    for note in notes:
        if unsaid is not None and note.claim in idle and not denials(note, unsaid):
            why = "says that there is none of what nobody spoke of"
            changed[note.claim] = (SpeechAct.ASSERTS, why)
        elif note.act in _PLAIN:
            why = _blames(note)
            if why:
                changed[note.claim] = (SpeechAct.ALLEGES, why)
    settled = [replace(n, act=changed[n.claim][0]) if n.claim in changed else n for n in notes]
    judged = by_dispute(settled, frozenset({SpeechAct.ASSERTS}))
    changed |= judged
    settled = [replace(n, act=judged[n.claim][0]) if n.claim in judged else n for n in settled]
    index = Index(settled)
    for note in settled:
        if note.act is SpeechAct.CONDEMNS and calls_a_claim_false(note):
            changed[note.claim] = (SpeechAct.DENIES, "says that a claim is untrue")
        if note.act not in _PLAIN:
            continue
        for act, judge in ((SpeechAct.ADMITS, _admits), (SpeechAct.DENIES, _denies)):
            why = judge(note, index)
            if why:
                changed[note.claim] = (act, why)
                break
    return changed


def _accuses_of(note: Note) -> bool:
    return note.harm and note.group not in _LOSSES and "casualties" not in note.others


def answered(replies: Iterable[Reply]) -> dict[int, tuple[SpeechAct, str]]:
    """New acts by claim id of plain statements that the one they are about denies or owns up to."""
    changed: dict[int, tuple[SpeechAct, str]] = {}
    for reply in replies:
        target = reply.target
        if reply.possible or target.act is not SpeechAct.ASSERTS or target.negated:
            continue
        if reply.type is RelationType.DENIES or reply.type is RelationType.ADMITS:
            doer = target.agent
            unnamed = doer.actor is None and not doer.party and _accuses_of(target)
            spoken = unnamed and reply.source.voice.opposes(target.voice)
            if spoken or (doer.opposes(target.voice) and doer.allied(reply.source.voice)):
                why = "says of the other side what that side answers to"
                changed[target.claim] = (SpeechAct.ALLEGES, why)
    return changed


def _goes_on_admitting(note: Note, owned: Iterable[Note]) -> bool:
    """Whether a claim goes on with what its side has just ``owned`` to in the same article."""
    if note.negated or not note.actual or not note.harm or note.group in _LOSSES:
        return False
    return any(
        0 <= note.sentence - other.sentence <= 2
        and other.voice.allied(note.voice)
        and other.family == note.family
        for other in owned
    )


def blame(clusters: Iterable[Cluster]) -> dict[int, tuple[SpeechAct, str]]:
    """New acts by claim id where the event tells who is meant.

    A harm that a party tells of without naming the doer is an accusation, once other tellings of
    the same event name the other side. The clusters' notes are brought up to date.
    """
    changed: dict[int, tuple[SpeechAct, str]] = {}
    for cluster in clusters:
        owned: dict[str, list[Note]] = defaultdict(list)
        for note in cluster.notes:
            if note.act is SpeechAct.ADMITS:
                owned[note.article].append(note)
        for at, note in enumerate(cluster.notes):
            if note.act is not SpeechAct.ASSERTS or note.agent.actor is not None:
                continue
            if _goes_on_admitting(note, owned.get(note.article, ())):
                changed[note.claim] = (SpeechAct.ADMITS, "goes on with what its side admits")
                cluster.notes[at] = replace(note, act=SpeechAct.ADMITS)
                owned[note.article].append(cluster.notes[at])
                continue
            if note.negated or not note.actual or not _accuses_of(note):
                continue
            if note.group == cluster.group and cluster.agent.opposes(note.voice):
                why = "tells of what others say that the other side did"
                changed[note.claim] = (SpeechAct.ALLEGES, why)
                cluster.notes[at] = replace(note, act=SpeechAct.ALLEGES)
    return changed
