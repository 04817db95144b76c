"""Presses claims and narrations into notes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import msgspec

from extraction import lexicon
from extraction.events.bearing import bearing_of
from extraction.events.chief import primary
from extraction.events.contents import (
    bare_of,
    counts_harmed,
    gives_up,
    has_risen,
    instead_of,
    is_silent,
    on_figures,
    on_own_ground,
    only_dates,
    opening_words,
)
from extraction.events.notes import NOBODY, OWN_EVENT, Known, Note, Who
from extraction.events.words import content_words, is_hardware, thing_words
from extraction.folding import sound
from extraction.happenings import family, triggers
from extraction.model import (
    ArticleReading,
    Attribution,
    EntityKind,
    FuzzyInterval,
    Happening,
    Mention,
    Narration,
    Span,
    SpeechAct,
)

_SHORT_NAME = 3
_HARMED = "casualties"
_POINTING = frozenset({"the", "The", "this", "This"})
_NAME = re.compile(r"[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+)?")
_NAMED_PLACE = re.compile(
    r"\b(?:in|at|on|near|of|around|against|into|shelling|attacking)\s+"
    r"([A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})"
)


def _group(act: SpeechAct | None, happening: Happening | None, placed: bool) -> str:
    kind = family(happening.family) if happening is not None else None
    if act in OWN_EVENT:
        return act.value if act is not None else ""
    if kind is None or (act is not None and kind.background and not placed):
        return "statement"
    return kind.group


def _day(*known: FuzzyInterval | None) -> int:
    for interval in known:
        if interval is not None:
            return interval.latest.toordinal()
    return 0


def _published(reading: ArticleReading) -> int:
    end = reading.article.published.end
    return end.toordinal() if end is not None else date.min.toordinal() - 1


class Pressing(msgspec.Struct):
    """What the notes of one article share."""

    article: str
    known: Known
    persons: frozenset[int]
    places: frozenset[str]
    published: int
    sentences: list[int]
    blocks: list[int]
    mentions: Sequence[Mention]

    def paragraph_at(self, offset: int) -> int:
        return bisect_right(self.blocks, offset) - 1

    def named_in(self, spans: Iterable[Span]) -> frozenset[str]:
        """The persons that are named in some stretches, as actors."""
        found = set()
        for span in spans:
            first = bisect_left(self.mentions, span.start, key=lambda m: m.span.start)
            last = bisect_left(self.mentions, span.end, key=lambda m: m.span.start)
            for mention in self.mentions[first:last]:
                if mention.entity in self.persons:
                    found.add(self.known.voice(self.article, mention.entity).actor)
        return frozenset(actor for actor in found if actor is not None)

    def sentence_at(self, offset: int) -> int:
        return bisect_right(self.sentences, offset) - 1


def pressing_of(reading: ArticleReading, known: Known) -> Pressing:
    return Pressing(
        article=reading.article.key,
        known=known,
        persons=frozenset(e.id for e in reading.entities if e.kind is EntityKind.PERSON),
        places=frozenset(name for a in reading.attributions for name in a.places),
        published=_published(reading),
        sentences=[span.start for span in reading.sentences],
        blocks=[block.start for block in reading.article.blocks],
        mentions=reading.mentions,
    )


def of_attribution(shared: Pressing, attribution: Attribution, claim: int, mute: bool) -> Note:
    """The note of a claim; ``mute`` as in ``Note``."""
    act = attribution.act
    article, known = shared.article, shared.known
    happening = primary(attribution.happenings, shared.persons)
    if happening is not None and only_dates(attribution, happening):
        happening = None
    named = attribution.places
    if not named:
        named = tuple(p for p in _known_places(attribution, known.places) if p not in shared.places)
    places, wide = _places(happening, named, known.states)
    told = _day(attribution.said) or shared.published
    silent = is_silent(attribution)
    when = None if silent or has_risen(attribution) else attribution.when
    day = _day(attribution.when) or told
    position = min([attribution.cue.start, *(c.start for c in attribution.contents)])
    voice = known.voice(article, attribution.entity)
    agent = known.voice(article, happening.agent if happening else None)
    if happening is not None and happening.theirs and voice.party and not agent.party:
        agent = voice.rival
    counted = counts_harmed(attribution, happening)
    if happening is not None and _loses(happening):
        # what one side loses, the other has destroyed
        happening = replace(happening, family="destroy", agent=None, patient=happening.agent)
        agent = NOBODY
    group = _group(None if silent else act, happening, bool(places))
    return Note(
        article=article,
        index=attribution.index,
        claim=claim,
        position=position,
        sentence=shared.sentence_at(position),
        act=act,
        voice=voice,
        group=_HARMED if counted and group == "statement" else group,
        family=_HARMED if counted else happening.family if happening is not None else "",
        agent=agent,
        patient=known.voice(article, happening.patient if happening else None),
        places=places,
        when=when,
        said=attribution.said,
        day=day,
        told=told,
        words=content_words(c.exact for c in attribution.contents),
        target=happening.target if happening is not None else "",
        things=_things(happening, attribution.happenings),
        negated=happening.negated if happening is not None else False,
        modality=happening.modality if happening is not None else "actual",
        weapons=happening.weapons if happening is not None else (),
        quantities=attribution.quantities,
        targets=tuple(known.voice(article, target) for target in attribution.targets),
        happening=happening,
        nested=attribution.nested_in,
        general=attribution.general,
        others=_other_groups(attribution.happenings, happening),
        wide=wide,
        mute=mute,
        before=gives_up(attribution) if attribution.quantities else None,
        instead=instead_of(attribution),
        on_figures=not attribution.quantities and on_figures(attribution),
        known=_known_target(attribution, happening),
        bare=bare_of(attribution),
        silent=silent,
        own_ground=bool(attribution.quantities) and on_own_ground(attribution),
        lead=opening_words(attribution),
        paragraph=shared.paragraph_at(position),
        bearing=bearing_of(" ".join(c.exact for c in attribution.contents)),
        about=shared.named_in(attribution.contents),
    )


def _loses(happening: Happening) -> bool:
    """ "Lost an aircraft": arms of its own are gone."""
    lost = happening.family == "deed" and happening.lemma in _losing()
    return lost and is_hardware(thing_words(happening.target))


@cache
def _losing() -> frozenset[str]:
    table = lexicon.load("en", "happenings")["hardware"]
    return lexicon.words(table, "losing", "happenings.toml")


def _known_target(attribution: Attribution, happening: Happening | None) -> bool:
    """ "Blew up the dam": one that the reader knows, where "a dam" may be any."""
    if happening is None or not happening.target:
        return False
    first = happening.target.split(maxsplit=1)[0]
    for content in attribution.contents:
        words = content.exact.split()
        for at, word in enumerate(words):
            if word.startswith(first) and not _POINTING.isdisjoint(words[max(0, at - 2) : at]):
                return True
    return False


def _other_groups(happenings: Iterable[Happening], main: Happening | None) -> tuple[str, ...]:
    found = []
    for happening in happenings:
        kind = family(happening.family)
        if kind is not None and (main is None or happening is not main):
            found.append(kind.group)
    return tuple(dict.fromkeys(found))


def of_narration(shared: Pressing, narration: Narration) -> Note:
    """The note of a sentence in the outlet's own voice."""
    article, known = shared.article, shared.known
    happening = primary(narration.happenings, shared.persons)
    places, wide = _places(happening, narration.places, known.states)
    return Note(
        article=article,
        index=narration.index,
        claim=0,
        position=narration.span.start,
        sentence=shared.sentence_at(narration.span.start),
        act=None,
        voice=NOBODY,
        group=_group(None, happening, bool(places)),
        family=happening.family if happening is not None else "",
        agent=known.voice(article, happening.agent if happening else None),
        patient=known.voice(article, happening.patient if happening else None),
        places=places,
        when=narration.when,
        said=None,
        day=_day(narration.when) or shared.published,
        told=shared.published,
        words=content_words([narration.span.exact]),
        target=happening.target if happening is not None else "",
        things=_things(happening, narration.happenings),
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
        paragraph=shared.paragraph_at(narration.span.start),
        about=shared.named_in([narration.span]),
    )


def _kind(happening: Happening) -> str:
    kind = family(happening.family)
    return kind.group if kind is not None else ""


def _things(chief: Happening | None, happenings: Iterable[Happening]) -> frozenset[str]:
    """Stems of all that the chief deed was done to: "downed two jets and burned three tanks"."""
    if chief is None:
        return frozenset()
    found = thing_words(chief.target)
    for other in happenings:
        same = other.verbal and other.agent in (None, chief.agent)
        if other is not chief and same and _kind(other) == _kind(chief):
            found |= thing_words(other.target)
    return found


def _places(
    happening: Happening | None, inherited: Iterable[str], states: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named = happening.places if happening is not None and happening.places else tuple(inherited)
    if not named and happening is not None:
        named = _struck_town(happening)
    origins = happening.origins if happening is not None else ()
    heard = dict.fromkeys(sound(name) for name in named if name not in origins)
    return (
        tuple(name for name in heard if name not in states),
        tuple(name for name in heard if name in states),
    )


def _struck_town(happening: Happening) -> tuple[str, ...]:
    """ "Shelled Lumen": a name that is nobody's, of what fire was turned on, is a place."""
    kind = family(happening.family)
    name = happening.target
    if kind is None or kind.things or kind.group not in triggers.load().frames["to_towns"]:
        return ()
    if kind.generic and not happening.weapons:
        return ()  # "attacked Hallory"
    nobody = happening.verbal and happening.patient is None
    return (name,) if nobody and _NAME.fullmatch(name) else ()


def _known_places(attribution: Attribution, known: frozenset[str]) -> tuple[str, ...]:
    """Places that another article tells to be such, where this one leaves it open."""
    found: dict[str, None] = {}
    for content in attribution.contents if known else ():
        for match in _NAMED_PLACE.finditer(content.exact):
            words = match[1].split()
            for length in range(len(words), 0, -1):
                name = " ".join(words[:length])
                if name in known:
                    found[name] = None
                    break
    return tuple(found)


def known_of(readings: Sequence[ArticleReading], who: Who) -> Known:
    """What a dossier's articles together tell of places and states."""
    places: set[str] = set()
    states: set[str] = set()
    for reading in readings:
        acting: set[int | None] = set()
        for attribution in reading.attributions:
            places.update(attribution.places)
            acting.add(attribution.entity)
            acting.update(attribution.targets)
            acting.update(h.agent for h in attribution.happenings)
        for narration in reading.narrations:
            places.update(narration.places)
        for entity in reading.entities:
            if entity.kind is EntityKind.STATE and entity.id in acting:
                states.update(sound(name) for name in (entity.name, *entity.aliases))
    named = frozenset(name for name in places if len(name) > _SHORT_NAME)
    return Known(who, frozenset(states), named)
