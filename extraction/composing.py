"""Puts the findings of one article together: attributions with all that hangs on them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from extraction.actors import EntityReading
from extraction.attribution import RawAttribution
from extraction.dating import Dating
from extraction.events.chief import primary
from extraction.events.kinds import compatible
from extraction.happenings import Draft, comes_from, family, triggers
from extraction.model import (
    Article,
    Attribution,
    EntityKind,
    Happening,
    Mention,
    Narration,
    Quantity,
    SpeechAct,
    TimeExpression,
    Verification,
)
from extraction.narrating import Narrator, covered, dated, event_word, within, within_stretch
from extraction.places import PlaceMention
from extraction.tellings import Dated, Told
from extraction.text.analysis import Tag, TextAnalysis
from extraction.verification import VerificationNote

_AIMED = frozenset({SpeechAct.ALLEGES, SpeechAct.DEMANDS, SpeechAct.THREATENS, SpeechAct.CONDEMNS})
_OF_OTHERS = frozenset(
    {SpeechAct.ALLEGES, SpeechAct.DEMANDS, SpeechAct.CONDEMNS, SpeechAct.REJECTS}
)
_ANSWERING = frozenset({SpeechAct.REJECTS, SpeechAct.DECLINES, SpeechAct.CONDEMNS})
_LEAD = 40  # code points in which a content names what it is about
_SHORT = 80  # code points of a content that only points at what was said
_WISHED = frozenset({SpeechAct.DEMANDS, SpeechAct.OFFERS})


@dataclass(slots=True)
class Composer:
    """The findings of one article, each in text order."""

    article: Article
    analysis: TextAnalysis
    times: Sequence[TimeExpression]
    places: Sequence[PlaceMention]
    raws: Sequence[RawAttribution]
    entities: EntityReading
    quantities: Sequence[Quantity]
    notes: Sequence[VerificationNote]
    drafts: Sequence[Draft]
    dating: Dating = field(init=False)
    told: list[Told] = field(default_factory=list)
    narrator: Narrator = field(init=False)
    voices: list[tuple[int | None, tuple[int, ...]]] = field(init=False)
    starts: list[int] = field(init=False)
    persons: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.dating = Dating(self.analysis, self.times, self.raws, self.article.published)
        self.persons = frozenset(
            e.id for e in self.entities.entities if e.kind is EntityKind.PERSON
        )
        self.narrator = Narrator(
            self.analysis, self.dating, self.quantities, self.persons, self.told
        )
        self.voices = [self.voice(raw) for raw in self.raws]
        self.starts = [d.happening.trigger.start for d in self.drafts]
        self.raws = [
            self.with_orders(raw, *voice) for raw, voice in zip(self.raws, self.voices, strict=True)
        ]
        self.drafts = self.settle_all()
        self.starts = [d.happening.trigger.start for d in self.drafts]

    def voice(self, raw: RawAttribution) -> tuple[int | None, tuple[int, ...]]:
        """Source and target of an attribution as entities."""
        source = self.entities.resolve(raw.source) if raw.source is not None else None
        target = self.entities.resolve(raw.target) if raw.target is not None else None
        targets = [target] if target is not None else []
        if raw.act in _ANSWERING:
            # "rejected Hallory's demand": whose it was stands in the content
            for content in raw.contents:
                if content.end - content.start <= _SHORT:
                    targets.extend(m.entity for m in self.mentions_in(content.start, content.end))
        return source, tuple(t for t in dict.fromkeys(targets) if t != source)

    def with_orders(
        self, raw: RawAttribution, source: int | None, targets: tuple[int, ...]
    ) -> RawAttribution:
        """ "Ordered an end to the patrols": what one's own are told to do is announced."""
        words = triggers.load()
        if raw.act is not SpeechAct.DEMANDS or raw.cue_lemma not in words.order_cues:
            return raw
        if source is None or not all(self.belongs(target, source) for target in targets):
            return raw
        lead = raw.contents[0]
        first = bisect_left(self.starts, lead.start)
        for draft in self.drafts[first : first + 1]:
            kind = family(draft.happening.family)
            leads = draft.happening.trigger.start <= lead.start + _LEAD
            if leads and kind is not None and kind.group in words.order_groups:
                return structs.replace(raw, act=SpeechAct.ANNOUNCES)
        return raw

    def settle_all(self) -> list[Draft]:
        """Each happening with what the innermost attribution around it adds."""
        starts = [d.happening.trigger.start for d in self.drafts]
        inner: dict[int, tuple[int, int]] = {}
        for index, raw in enumerate(self.raws):
            size = sum(c.end - c.start for c in raw.contents)
            for content in raw.contents:
                for at in range(
                    bisect_left(starts, content.start), bisect_left(starts, content.end)
                ):
                    if at not in inner or size < inner[at][0]:
                        inner[at] = (size, index)
        settled = []
        for at, draft in enumerate(self.drafts):
            if at in inner:
                index = inner[at][1]
                draft = self.settled(draft, self.raws[index], *self.voices[index])
            settled.append(draft)
        return settled

    def compose(self) -> tuple[tuple[Attribution, ...], tuple[Narration, ...]]:
        """Attributions in the order of their cues and narrations in that of the text."""
        cued: dict[int, list[int]] = defaultdict(list)
        for index, raw in enumerate(self.raws):
            cued[raw.sentence].append(index)
        spoken = self.spoken()
        own: dict[int, list[Draft]] = defaultdict(list)
        for draft in self.drafts:
            if not covered(spoken, draft.happening.trigger):
                own[draft.sentence].append(draft)
        attributions: dict[int, Attribution] = {}
        narrations: list[Narration] = []
        for sentence in self.analysis.sentences:
            for index in cued.get(sentence.index, ()):
                attributions[index] = self.attribution(index, attributions)
            narration = self.narrator.narration(
                len(narrations), sentence, own[sentence.index], spoken
            )
            if narration is not None:
                narrations.append(narration)
        return tuple(attributions[i] for i in sorted(attributions)), tuple(narrations)

    def spoken(self) -> list[tuple[int, int]]:
        """Where somebody else speaks or is named as speaking: contents, sources and cues."""
        spans = [span for raw in self.raws for span in (*raw.contents, raw.cue)]
        spans.extend(raw.source for raw in self.raws if raw.source is not None)
        merged: list[tuple[int, int]] = []
        for span in sorted(spans):
            if merged and span.start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], span.end))
            else:
                merged.append((span.start, span.end))
        return merged

    # ------------------------------------------------------------------ attributions

    def attribution(self, index: int, before: dict[int, Attribution]) -> Attribution:
        raw = self.raws[index]
        source, targets = self.voices[index]
        drafts = self.drafts_in(raw)
        happenings = [d.happening for d in drafts]
        chief = primary(happenings, self.persons)
        main = next((d for d in drafts if d.happening is chief), None)
        said = self.said(raw, source, before)
        when = self.dating.of_content(raw, main, self.told, said)
        interval = when.interval if when is not None else None
        note = next((n for n in self.notes if n.attribution == index), None)
        reasons = [*raw.reasons]
        if main is not None:
            reasons.append(event_word(main.happening))
        reasons.extend(d.reason for d in (when, said) if d is not None)
        if note is not None:
            reasons.extend(note.reasons)
        attribution = Attribution(
            index=index,
            source=raw.source,
            cue=raw.cue,
            cue_lemma=raw.cue_lemma,
            contents=raw.contents,
            form=raw.form,
            act=raw.act,
            entity=source,
            targets=targets,
            nested_in=raw.nested_in,
            when=interval,
            when_span=when.span if when is not None else None,
            said=said.interval if said is not None else None,
            places=self.places_of(raw, chief, happenings),
            quantities=within(self.quantities, raw.contents),
            happenings=tuple(dated(h, interval) for h in happenings),
            verification=note.verification if note is not None else Verification.NONE,
            verification_span=note.span if note is not None else None,
            general=raw.general,
            reasons=tuple(dict.fromkeys(reasons)),
        )
        self.remember(raw, main, when, attribution.places)
        return attribution

    def drafts_in(self, raw: RawAttribution) -> list[Draft]:
        """Happenings whose trigger stands in the contents, in text order."""
        found: list[Draft] = []
        for content in raw.contents:
            first = bisect_left(self.starts, content.start)
            last = bisect_left(self.starts, content.end)
            found.extend(within_stretch(d, content) for d in self.drafts[first:last])
        return [
            structs.replace(d, happening=replace(d.happening, modality="wanted"))
            if raw.act in _WISHED and d.happening.modality == "actual"
            else d
            for d in found
        ]

    def settled(
        self, draft: Draft, raw: RawAttribution, source: int | None, targets: tuple[int, ...]
    ) -> Draft:
        """The happening with what the attribution adds: who did it, and whether it is a threat."""
        happening = draft.happening
        if happening.theirs:
            happening = self.of_them(happening, source)
        elif happening.agent is None:
            agent = self.implied(draft, raw, source, targets)
            if agent is not None and agent != happening.patient:
                happening = replace(happening, agent=agent)
        if raw.act is SpeechAct.THREATENS and happening.modality == "actual":
            happening = replace(happening, modality="feared")
        return (
            draft if happening is draft.happening else structs.replace(draft, happening=happening)
        )

    def of_them(self, happening: Happening, source: int | None) -> Happening:
        """ "They" in somebody's words are none of his own side: of that he would say "we"."""
        at = happening.trigger.start
        if source is None or not self.analysis.quotes_between(at, at + 1):
            return replace(happening, theirs=False)
        agent = happening.agent
        own = agent is not None and self.belongs(agent, source)
        return replace(happening, agent=None) if own else happening

    def belongs(self, one: int, other: int) -> bool:
        """Whether two entities are one, or belong to the same in the end."""
        return self.root(one) == self.root(other)

    def root(self, entity: int) -> int:
        for _ in range(6):
            owner = self.entities.entities[entity].member_of
            if owner is None or owner == entity:
                break
            entity = owner
        return entity

    @staticmethod
    def implied(
        draft: Draft, raw: RawAttribution, source: int | None, targets: tuple[int, ...]
    ) -> int | None:
        """Who did it where the content does not say: the accused, or the speaker."""
        kind = family(draft.happening.family)
        leads = any(
            content.start <= draft.happening.trigger.start <= content.start + _LEAD
            for content in raw.contents
        )
        if targets and raw.act in _AIMED and (draft.controlled or leads):
            return targets[0]
        if draft.controlled and leads and raw.act not in _OF_OTHERS:
            return source
        if leads and kind is not None and kind.exclusive and not draft.happening.verbal:
            return source
        nominal = not draft.happening.verbal and leads and kind is not None and kind.harm
        if nominal and raw.act in (SpeechAct.DENIES, SpeechAct.ADMITS):
            return source
        return None

    def places_of(
        self, raw: RawAttribution, chief: Happening | None, happenings: Sequence[Happening]
    ) -> tuple[str, ...]:
        """Places of the chief happening; else all that the content names."""
        if chief is not None and chief.places:
            return chief.places
        others = [h for h in happenings if h is not chief] if chief is not None else []
        found = [
            place.name
            for place in self.places
            for content in raw.contents
            if content.start <= place.span.start < content.end
            and not comes_from(self.analysis, place.span.start)
            and not any(place.name in h.places for h in others)
        ]
        if not found and chief is not None and self.points_at_place(raw):
            return self.last_places(raw.contents[0].start, raw.sentence)
        if not found and chief is not None:
            # "five were killed when a shell fired by them hit the village of X"
            found = [p for h in others if _tells_where(chief, h) for p in h.places]
        if chief is not None and chief.origins:
            # "the fire came from the X region in Y": all that is said of where
            return chief.origins
        return tuple(dict.fromkeys(found))

    def points_at_place(self, raw: RawAttribution) -> bool:
        """Whether the content says "the town" or "there" of a place named before."""
        words = triggers.load()
        for content in raw.contents:
            tokens = self.analysis.tokens_between(content.start, content.end)
            for at, token in enumerate(tokens):
                if token.lower in words.place_adverbs and token.tag is Tag.ADV:
                    return not (at + 1 < len(tokens) and tokens[at + 1].lemma == "be")
                if token.lemma in words.place_nouns and at and tokens[at - 1].lower == "the":
                    after = tokens[at + 1] if at + 1 < len(tokens) else None
                    return after is None or (after.tag is not Tag.PROPN and after.lower != "of")
        return False

    def last_places(self, offset: int, sentence: int) -> tuple[str, ...]:
        """The place named last before ``offset``, within the two sentences before it."""
        earliest = self.analysis.sentences[max(0, sentence - 2)].start
        at = bisect_left(self.places, offset, key=lambda p: p.span.start) - 1
        if at >= 0 and self.places[at].span.start >= earliest:
            return (self.places[at].name,)
        return ()

    def said(
        self, raw: RawAttribution, source: int | None, before: dict[int, Attribution]
    ) -> Dated | None:
        """When it was said: with the cue, as the same voice shortly before, or on publication."""
        named = self.dating.of_saying(raw)
        if named is not None:
            return named
        for index in sorted(before, reverse=True)[:4]:
            earlier = before[index]
            if self.raws[index].sentence < raw.sentence - 2:
                break
            same = source is not None and earlier.entity == source
            if same and earlier.said is not None and earlier.said.basis != _by_default(self):
                interval = replace(earlier.said, basis="said with what stands before it")
                return Dated(interval, None, "said: with what stands before it")
        if source is not None:
            heard = self.occasion(raw.sentence, source)
            if heard is not None:
                return heard
        return self.dating.of_entry(raw.cue.start) or self.dating.by_publication()

    def occasion(self, sentence: int, source: int) -> Dated | None:
        """The dated speech, letter or interview of the same person in the sentence before."""
        for number in range(sentence - 1, max(-1, sentence - 3), -1):
            earlier = self.analysis.sentences[number]
            named = any(m.entity == source for m in self.mentions_in(earlier.start, earlier.end))
            if named:
                return self.dating.of_speech(earlier)
        return None

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        mentions = self.entities.mentions
        first = bisect_left(mentions, start, key=lambda m: m.span.start)
        last = bisect_left(mentions, end, key=lambda m: m.span.start)
        return list(mentions[first:last])

    def remember(
        self, raw: RawAttribution, main: Draft | None, when: Dated | None, places: tuple[str, ...]
    ) -> None:
        kind = family(main.happening.family) if main is not None else None
        if main is None or kind is None or when is None or main.happening.modality != "actual":
            return
        if raw.nested_in is not None and self.raws[raw.nested_in].act is SpeechAct.DENIES:
            return
        places = places or when.places
        self.told.append(Told(raw.sentence, kind.group, places, main.happening.agent, when))


def _tells_where(chief: Happening, other: Happening) -> bool:
    """Whether another verb of a content tells where the chief thing in it happened."""
    if not other.verbal or other.modality != "actual" or other.negated:
        return False
    if chief.family == "casualties":
        return True
    one, two = family(chief.family), family(other.family)
    if one is None or two is None or not (one.harm and two.harm):
        return False
    same = other.agent is None or other.agent == chief.agent
    return same and compatible(one.group, two.group)


def _by_default(composer: Composer) -> str | None:
    """The basis of a saying that only the publication dates."""
    published = composer.dating.published
    return published.basis if published is not None else None
