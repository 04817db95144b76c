"""Who does what to whom around a predicate, from the chunks of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extraction.happenings.chunks import Chunk, Kind

_TOWARDS = frozenset({"on", "at", "against", "into", "upon", "toward", "towards", "onto", "over"})
_REACH = 40  # chunks that a clause may hold on either side of its predicate
_COPULAS = frozenset({"be", "become", "remain"})
_PARTICLES = frozenset({"out", "up", "off", "down", "away"})  # "carried out no raids"
_SAYING = frozenset({"say", "claim", "allege", "insist", "believe", "report"})
_BREAKS = frozenset({";", ":", "-", "--", "—", "–", "(", ")"})


class Arguments(msgspec.Struct, frozen=True):
    """Chunk indices of the subject-like and object-like phrases; -1 where there is none.

    ``controlled`` says that the subject is not in the sentence's own clause but the one who
    speaks or is spoken of ("denied targeting", "accused of shelling").
    """

    agent: int = -1
    patient: int = -1
    controlled: bool = False


_CLAUSES = frozenset({Kind.THAT, Kind.WHO})


def clause(chunks: Sequence[Chunk], at: int) -> tuple[int, int]:
    """Chunk range ``[first, last)`` of the clause around ``at``: no verb group but its own."""
    first = at
    while first > max(0, at - _REACH):
        before = chunks[first - 1]
        if _opens(before) or (before.kind is Kind.VERBS and first - 1 != at):
            break
        first -= 1
    last = at + 1
    subject_of = last < len(chunks) and chunks[last].kind is Kind.VERBS
    if chunks[at].kind is Kind.NOUNS and subject_of:
        last += 1
    while last < min(len(chunks), at + _REACH):
        here = chunks[last]
        if _opens(here):
            break
        if here.kind is Kind.VERBS and not here.passive and not here.ing:
            break
        last += 1
    return first, last


def _opens(chunk: Chunk) -> bool:
    if chunk.kind in _CLAUSES:
        return True
    return chunk.kind is Kind.MARK and chunk.word in _BREAKS


def _is_object(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether the noun phrase at ``at`` stands right after an active verb."""
    if at == 0:
        return False
    before = chunks[at - 1]
    return before.kind is Kind.VERBS and not before.passive and before.word not in _COPULAS


def subject(chunks: Sequence[Chunk], verb: int, depth: int = 0) -> int:
    """Index of the subject of the verb group at ``verb``; -1 where none stands before it."""
    joined = False
    at = _before_relative(chunks, verb)
    while at >= max(0, verb - _REACH) and depth < 6:
        here = chunks[at]
        if here.kind is Kind.NOUNS:
            governed = at > 0 and chunks[at - 1].kind is Kind.PREPOSITION
            if governed:
                at -= 2
                continue
            if joined:
                at = _listed(chunks, at)
            governed = at > 0 and chunks[at - 1].kind is Kind.PREPOSITION
            if joined and governed:
                at -= 2
                continue
            if joined and _is_object(chunks, at):
                return subject(chunks, at - 1, depth + 1)
            return _before_apposition(chunks, at)
        if here.kind is Kind.AND:
            joined = True
        elif here.kind is Kind.VERBS:
            if joined:
                return subject(chunks, at, depth + 1)
            return _over_saying(chunks, at) if at == verb - 1 else -1
        elif here.kind is Kind.THAT:
            # "rockets that hit the town": the relative takes the phrase before it
            if at == verb - 1 and at > 0 and chunks[at - 1].kind is Kind.NOUNS:
                return at - 1
            return -1
        elif here.kind is Kind.WHO:
            at = _skip_marks(chunks, at - 1)
            return at if at >= 0 and chunks[at].kind is Kind.NOUNS else -1
        elif here.kind is Kind.MARK and here.word in _BREAKS:
            return -1
        at -= 1
    return -1


def _before_relative(chunks: Sequence[Chunk], verb: int) -> int:
    """ "The dam, which feeds the mill, was hit": where to look for the subject from."""
    if verb < 5 or chunks[verb - 1].word != ",":
        return verb - 1
    for at in range(verb - 2, max(1, verb - _REACH), -1):
        here = chunks[at]
        if here.kind is Kind.WHO:
            return at - 2 if chunks[at - 1].word == "," else verb - 1
        if here.kind is Kind.THAT or here.word == "," or (here.word in _BREAKS):
            break
    return verb - 1


def _over_saying(chunks: Sequence[Chunk], at: int) -> int:
    """ "A hospital that the state says was hit": the subject stands before whoever says so."""
    if at < 3 or chunks[at].word not in _SAYING or chunks[at - 1].kind is not Kind.NOUNS:
        return -1
    opened = chunks[at - 2].kind in (Kind.THAT, Kind.WHO)
    return at - 3 if opened and chunks[at - 3].kind is Kind.NOUNS else -1


def _listed(chunks: Sequence[Chunk], at: int) -> int:
    """The first of several objects: "downed two planes and three drones and took ..."."""
    while at > 2 and chunks[at - 1].kind is Kind.AND and chunks[at - 2].kind is Kind.NOUNS:
        at -= 2
    return at


def _before_apposition(chunks: Sequence[Chunk], at: int) -> int:
    """ "Its vessel, the Cormorant, was hit": the phrase that the one between commas explains."""
    if at < 2 or at + 1 >= len(chunks):
        return at
    commas = all(c.kind is Kind.MARK and c.word == "," for c in (chunks[at - 1], chunks[at + 1]))
    governed = at > 2 and chunks[at - 3].kind is Kind.PREPOSITION
    if commas and chunks[at - 2].kind is Kind.NOUNS and not governed:
        return at - 2
    return at


def _skip_marks(chunks: Sequence[Chunk], at: int) -> int:
    while at >= 0 and chunks[at].kind in (Kind.MARK, Kind.PREPOSITION):
        at -= 1
    return at


def governed_by(
    chunks: Sequence[Chunk], at: int, prepositions: frozenset[str], reach: int = 7
) -> int:
    """The noun phrase after the first of these prepositions behind ``at``; -1 for none."""
    for here in range(at + 1, min(len(chunks) - 1, at + 1 + reach)):
        chunk = chunks[here]
        if chunk.kind in (Kind.VERBS, Kind.THAT, Kind.WHO):
            return -1
        if (
            chunk.kind is Kind.PREPOSITION
            and chunk.word in prepositions
            and chunks[here + 1].kind is Kind.NOUNS
            and not chunks[here + 1].word[:1].isdigit()
        ):
            return here + 1
    return -1


def _object(chunks: Sequence[Chunk], verb: int) -> int:
    at = verb + 1
    while at < len(chunks) and (
        chunks[at].kind is Kind.OTHER
        or (chunks[at].kind is Kind.MARK and chunks[at].word == '"')
        or (at == verb + 1 and chunks[at].word in _PARTICLES)
    ):
        at += 1
    if at < len(chunks) and chunks[at].kind is Kind.NOUNS:
        return at
    return -1


_BY = frozenset({"by"})
_OF = frozenset({"of"})
_TO = frozenset({"to"})


def of_verb(chunks: Sequence[Chunk], verb: int, intransitive: bool = False) -> Arguments:
    """Agent and patient of a verb group."""
    group = chunks[verb]
    if group.passive:
        by = governed_by(chunks, verb, _BY)
        patient = subject(chunks, verb)
        return Arguments(by, patient)
    controlled = group.infinitive or group.ing
    agent = -1
    if group.ing and verb > 0 and chunks[verb - 1].kind is Kind.NOUNS:
        agent, controlled = verb - 1, False
    elif not controlled:
        agent = subject(chunks, verb)
    elif group.infinitive and verb > 0 and chunks[verb - 1].kind is Kind.NOUNS:
        agent, controlled = verb - 1, False
    patient = -1 if intransitive else _object(chunks, verb)
    if patient < 0:
        patient = governed_by(chunks, verb, _TOWARDS)
    return Arguments(agent, patient, controlled and agent < 0)


def of_noun(chunks: Sequence[Chunk], noun: int, of: str) -> Arguments:
    """Agent and patient of a noun that tells of an event; ``of`` says what "of" brings."""
    by = governed_by(chunks, noun, _BY)
    patient = -1
    behind = noun + 1
    owned = -1
    if (
        behind + 1 < len(chunks)
        and chunks[behind].kind is Kind.PREPOSITION
        and chunks[behind].word == "of"
        and chunks[behind + 1].kind is Kind.NOUNS
    ):
        owned = behind + 1
    if owned >= 0 and of == "agent":
        by = owned if by < 0 else by
    elif owned >= 0:
        patient = owned
    if patient < 0:
        patient = governed_by(chunks, noun, _TOWARDS, reach=4)
    if patient < 0 and of == "patient":
        patient = governed_by(chunks, noun, _TO, reach=1)  # "an end to the patrols"
    return Arguments(by, patient)


def doer(chunks: Sequence[Chunk], noun: int, verbs: frozenset[str]) -> int:
    """ "They carried out an explosion": the subject of a verb that only says that it was done."""
    at = noun - 1
    if at > 0 and chunks[at].word in _PARTICLES:
        at -= 1
    if at < 0 or chunks[at].kind is not Kind.VERBS or chunks[at].passive:
        return -1
    return of_verb(chunks, at).agent if chunks[at].word in verbs else -1


def inside(chunks: Sequence[Chunk], at: int) -> int:
    """The phrase that something happened in, right behind ``at``."""
    return governed_by(chunks, at, frozenset({"in", "at"}), reach=2)


def origin(chunks: Sequence[Chunk], at: int) -> int:
    """The phrase that fire or blame came from, behind ``at``."""
    return governed_by(chunks, at, frozenset({"from", "by"}), reach=5)


def before(chunks: Sequence[Chunk], at: int) -> int:
    """Whoever is "under fire": the phrase before, over a verb if there is one."""
    for here in range(at - 1, max(-1, at - 8), -1):
        if chunks[here].kind is Kind.VERBS:
            return subject(chunks, here)
        governed = here > 0 and chunks[here - 1].kind is Kind.PREPOSITION
        if chunks[here].kind is Kind.NOUNS and not governed:
            return here
    return -1


def towards(chunks: Sequence[Chunk], at: int) -> int:
    """The phrase that something was done or sent to, behind ``at``."""
    return governed_by(chunks, at, _TOWARDS)
