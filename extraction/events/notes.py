"""What decides which event a claim or a narrator's sentence tells of, pressed into one record."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from extraction import lexicon
from extraction.folding import sound
from extraction.happenings import family
from extraction.model import (
    ArticleReading,
    Attribution,
    EntityKind,
    FuzzyInterval,
    Happening,
    Narration,
    Quantity,
    SideKey,
    SpeechAct,
)

_OBJECT = 16  # code points in which a step names what it puts an end to
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
PARTIES = frozenset({SideKey.A, SideKey.B})
# Acts that are an event of their own, whatever they speak about.
OWN_EVENT = frozenset(
    {
        SpeechAct.DEMANDS,
        SpeechAct.REJECTS,
        SpeechAct.OFFERS,
        SpeechAct.THREATENS,
        SpeechAct.DECLINES,
    }
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Actor and side of a source or of a participant.

    ``bloc`` is the actor that it belongs to in the end: a ministry's state, a spokesman's firm.
    """

    actor: str | None = None
    side: SideKey = SideKey.NONE
    bloc: str | None = None

    @property
    def party(self) -> bool:
        return self.side in PARTIES

    def same(self, other: Voice) -> bool:
        return self.actor is not None and self.actor == other.actor

    def allied(self, other: Voice) -> bool:
        """One actor, one body that both belong to, or one side of the dispute."""
        if self.same(other) or (self.bloc is not None and self.bloc == other.bloc):
            return True
        return self.party and self.side is other.side

    def opposes(self, other: Voice) -> bool:
        """Whether these are the two parties."""
        return {self.side, other.side} == PARTIES


NOBODY = Voice()


@dataclass(frozen=True, slots=True)
class Note:
    """One claim (``claim`` its id) or one narration (``claim`` 0), ready to be compared.

    ``group`` is what kinds of event it may be one with; ``places`` are folded by sound, in order
    of weight, without whole states, which stand in ``wide``; ``position`` is the offset in its
    article; ``day`` the ordinal of the latest day that it speaks of, of its saying, or of the
    publication: for look-ups, never shown; ``told`` that of its saying; ``things`` are the stems
    of ``target``; ``mute`` marks one that only passes on what another says, or that stands in a
    denial: it is tied to nothing.
    """

    article: str
    index: int
    claim: int
    position: int
    sentence: int
    act: SpeechAct | None
    voice: Voice
    group: str
    family: str
    agent: Voice
    patient: Voice
    places: tuple[str, ...]
    when: FuzzyInterval | None
    said: FuzzyInterval | None
    day: int
    told: int
    words: frozenset[str]
    target: str
    things: frozenset[str]
    negated: bool
    modality: str
    weapons: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    targets: tuple[Voice, ...]
    happening: Happening | None
    nested: int | None
    general: bool
    others: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    mute: bool = False

    @property
    def key(self) -> tuple[str, int, int]:
        """Where it stands; the same however many articles are added."""
        return (self.article, self.position, -self.claim)

    @property
    def harm(self) -> bool:
        kind = family(self.family)
        return kind is not None and kind.harm

    @property
    def deed(self) -> str:
        """The verb of what was done, where it is no kind of event that the lexicon knows."""
        return self.happening.lemma if self.happening and self.family == "deed" else ""

    @property
    def actual(self) -> bool:
        return self.modality == "actual"


Who = Mapping[tuple[str, int], Voice]


@cache
def _small_words() -> frozenset[str]:
    table = lexicon.load("en", "closed_class")
    found: set[str] = set()
    for key in table:
        value = table[key]
        if isinstance(value, str):
            found.update(value.split())
    own = lexicon.load("en", "event_labels")
    return frozenset(found) | lexicon.words(own, "empty", "event_labels.toml")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its commonest endings, enough to tie "shelled" to "shelling"."""
    low = word.lower().replace("’", "'")
    low = low.removesuffix("'s")
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    if len(low) > 4 and low[-1] == low[-2]:
        low = low[:-1]
    return low.rstrip("ey") if len(low) > 4 else low


def content_words(texts: Iterable[str]) -> frozenset[str]:
    """Stems of the words that say something."""
    small = _small_words()
    return frozenset(
        stem(word)
        for text in texts
        for word in _WORD.findall(text)
        if len(word) > 2 and word.lower() not in small
    )


def primary(
    happenings: Iterable[Happening], persons: Container[int] = frozenset()
) -> Happening | None:
    """The happening that a content is chiefly about.

    Harm goes before the dead and hurt of it, those before steps and talks, a verb before a noun,
    and what comes first before the rest. One hurt by name (an entity of ``persons``) is a harm of
    its own.
    """
    best: Happening | None = None
    best_rank = 99
    before: Happening | None = None
    for happening in happenings:
        rank = _rank(happening, persons)
        if before is not None and _halted(before, happening):
            rank = 98
        before = happening
        if rank < best_rank:
            best, best_rank = happening, rank
    return best


def _rank(happening: Happening, persons: Container[int]) -> int:
    kind = family(happening.family)
    if kind is None:
        return 99
    if kind.group == "statement":
        return 90
    verb, noun = 4, 6
    if kind.group == "casualties":
        verb, noun = (0, 2) if happening.patient in persons else (3, 4)
    elif kind.harm:
        verb, noun = 0, 1
    elif kind.group == "clash":
        verb, noun = 2, 5
    elif kind.background:
        verb, noun = 7, 8
    rank = verb if happening.verbal else noun
    if happening.modality != "actual":
        rank += 4
    return rank + 4 if happening.negated else rank


def _halted(before: Happening, happening: Happening) -> bool:
    """ "A halt to the strikes" is about the halt."""
    kind = family(before.family)
    near = 0 <= happening.trigger.start - before.trigger.end <= _OBJECT
    return near and kind is not None and kind.group == "halt" and not happening.verbal


def _voice(who: Who, article: str, entity: int | None) -> Voice:
    return NOBODY if entity is None else who.get((article, entity), NOBODY)


def _group(act: SpeechAct | None, happening: Happening | None, placed: bool) -> str:
    kind = family(happening.family) if happening is not None else None
    if act in OWN_EVENT:
        return act.value if act is not None else ""
    if kind is None or (act is not None and kind.background and not placed):
        return "statement"
    return kind.group


def _persons(reading: ArticleReading) -> frozenset[int]:
    return frozenset(e.id for e in reading.entities if e.kind is EntityKind.PERSON)


def _day(*known: FuzzyInterval | None) -> int:
    for interval in known:
        if interval is not None:
            return interval.latest.toordinal()
    return 0


def _published(reading: ArticleReading) -> int:
    end = reading.article.published.end
    return end.toordinal() if end is not None else date.min.toordinal() - 1


def of_attribution(
    reading: ArticleReading,
    attribution: Attribution,
    claim: int,
    act: SpeechAct,
    who: Who,
    states: frozenset[str],
    mute: bool,
) -> Note:
    """The note of a claim.

    ``who`` maps (article key, entity) to actor and side; ``states`` are the names of states,
    folded by sound, which are too wide to say where something happened.
    """
    article = reading.article.key
    happening = primary(attribution.happenings, _persons(reading))
    places, wide = _places(happening, attribution.places, states)
    told = _day(attribution.said) or _published(reading)
    day = _day(attribution.when) or told
    position = min([attribution.cue.start, *(c.start for c in attribution.contents)])
    return Note(
        article=article,
        index=attribution.index,
        claim=claim,
        position=position,
        sentence=_sentence_at(reading, position),
        act=act,
        voice=_voice(who, article, attribution.entity),
        group=_group(act, happening, bool(places)),
        family=happening.family if happening is not None else "",
        agent=_voice(who, article, happening.agent if happening else None),
        patient=_voice(who, article, happening.patient if happening else None),
        places=places,
        when=attribution.when,
        said=attribution.said,
        day=day,
        told=told,
        words=content_words(c.exact for c in attribution.contents),
        target=happening.target if happening is not None else "",
        things=content_words([happening.target]) if happening is not None else frozenset(),
        negated=happening.negated if happening is not None else False,
        modality=happening.modality if happening is not None else "actual",
        weapons=happening.weapons if happening is not None else (),
        quantities=attribution.quantities,
        targets=tuple(_voice(who, article, target) for target in attribution.targets),
        happening=happening,
        nested=attribution.nested_in,
        general=attribution.general,
        others=_other_groups(attribution.happenings, happening),
        wide=wide,
        mute=mute,
    )


def _other_groups(happenings: Iterable[Happening], main: Happening | None) -> tuple[str, ...]:
    found = []
    for happening in happenings:
        kind = family(happening.family)
        if kind is not None and (main is None or happening is not main):
            found.append(kind.group)
    return tuple(dict.fromkeys(found))


def of_narration(
    reading: ArticleReading, narration: Narration, who: Who, states: frozenset[str]
) -> Note:
    """The note of a sentence in the outlet's own voice."""
    article = reading.article.key
    happening = primary(narration.happenings, _persons(reading))
    places, wide = _places(happening, narration.places, states)
    return Note(
        article=article,
        index=narration.index,
        claim=0,
        position=narration.span.start,
        sentence=_sentence_at(reading, narration.span.start),
        act=None,
        voice=NOBODY,
        group=_group(None, happening, bool(places)),
        family=happening.family if happening is not None else "",
        agent=_voice(who, article, happening.agent if happening else None),
        patient=_voice(who, article, happening.patient if happening else None),
        places=places,
        when=narration.when,
        said=None,
        day=_day(narration.when) or _published(reading),
        told=_published(reading),
        words=content_words([narration.span.exact]),
        target=happening.target if happening is not None else "",
        things=content_words([happening.target]) if happening is not None else frozenset(),
        negated=happening.negated if happening is not None else False,
        modality=happening.modality if happening is not None else "actual",
        weapons=happening.weapons if happening is not None else (),
        quantities=narration.quantities,
        targets=(),
        happening=happening,
        nested=None,
        general=False,
        others=_other_groups(narration.happenings, happening),
        wide=wide,
    )


def _places(
    happening: Happening | None, inherited: Iterable[str], states: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named = happening.places if happening is not None and happening.places else tuple(inherited)
    heard = dict.fromkeys(sound(name) for name in named)
    return (
        tuple(name for name in heard if name not in states),
        tuple(name for name in heard if name in states),
    )


def states_of(readings: Iterable[ArticleReading]) -> frozenset[str]:
    """Names of the states that speak or act in a dossier, folded by sound."""
    found: set[str] = set()
    for reading in readings:
        acting: set[int | None] = set()
        for attribution in reading.attributions:
            acting.add(attribution.entity)
            acting.update(attribution.targets)
            acting.update(h.agent for h in attribution.happenings)
        for entity in reading.entities:
            if entity.kind is EntityKind.STATE and entity.id in acting:
                found.update(sound(name) for name in (entity.name, *entity.aliases))
    return frozenset(found)


def _sentence_at(reading: ArticleReading, offset: int) -> int:
    return bisect_right(reading.sentences, offset, key=lambda span: span.start) - 1
