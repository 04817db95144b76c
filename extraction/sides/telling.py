"""Who is told to be against whom in an article, and who speaks right behind a state."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from extraction.actors.gazetteer import gazetteer
from extraction.model import ArticleReading, EntityKind, EventType, Happening, SpeechAct

_AGAINST = {
    SpeechAct.ALLEGES: 1.0,
    SpeechAct.CONDEMNS: 1.0,
    SpeechAct.THREATENS: 1.0,
    SpeechAct.DEMANDS: 0.8,
    SpeechAct.REJECTS: 0.8,
}
_HARM = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.THREATEN})
_POWERS = (EntityKind.STATE, EntityKind.BODY)
_BEGINS = 16  # characters within which a paragraph names what it is about
_BACK = 2  # voices back that a denial can answer
_ANSWERS = 0.4  # a denial that names nobody, against who spoke before


class Told(NamedTuple):
    """One who is told to be against another in an article, by entity."""

    one: int
    other: int
    weight: float = 1.0


def beside(reading: ArticleReading) -> list[tuple[int, int, bool]]:
    """Who speaks in a paragraph right behind a state or its organ, or behind its first words.

    The third value tells the latter.
    """
    starts = [block.start for block in reading.article.blocks]
    begins: dict[int, int] = {}
    for mention in reading.mentions:
        block = bisect_right(starts, mention.span.start)
        if block not in begins and mention.span.start - starts[block - 1] <= _BEGINS:
            begins[block] = mention.entity
    found: dict[tuple[int, int, bool], None] = {}
    last: tuple[int, int] | None = None
    for a in reading.attributions:
        if a.entity is None:
            continue
        block = bisect_right(starts, a.cue.start)
        if last is not None and last[0] == block:
            found[a.entity, last[1], False] = None
        elif block in begins:
            found[a.entity, begins[block], True] = None
        last = block, a.entity
    kinds = {e.id: e.kind for e in reading.entities}
    return [f for f in found if f[0] != f[1] and kinds[f[1]] in _POWERS]


def against(reading: ArticleReading) -> list[Told]:
    """Who is told to be against whom in an article."""
    found: list[Told] = []
    before: list[int] = []
    for a in reading.attributions:
        if a.entity is not None:
            if sure := _AGAINST.get(a.act):
                found += [Told(a.entity, target, sure) for target in a.targets]
            elif a.act is SpeechAct.DENIES and not a.targets:
                others = [b for b in before[-_BACK:] if b != a.entity]
                found += [Told(a.entity, last, _ANSWERS) for last in others[-1:]]
            before.append(a.entity)
        if a.act not in (SpeechAct.DENIES, SpeechAct.ADMITS):
            found += _harm(reading, a.happenings, a.entity)
        else:
            found += _harm(reading, a.happenings, None)
    for narration in reading.narrations:
        found += _harm(reading, narration.happenings, None)
    return found


def _harm(
    reading: ArticleReading, happenings: Sequence[Happening], source: int | None
) -> list[Told]:
    """Who harms whom as told, and whom the teller blames for it."""
    found = []
    for happening in happenings:
        agent, patient = happening.agent, happening.patient
        actual = happening.modality == "actual" and not happening.negated
        if happening.type not in _HARM or agent is None or not actual:
            continue
        if source is not None and source != agent:
            arms = (
                patient is not None and reading.entities[patient].description in gazetteer().armed
            )
            # Who tells of drones that were shot down tells of what his own have done.
            found.append(Told(source, patient if arms and patient is not None else agent))
        if patient is not None:
            found.append(Told(agent, patient))
    return found
