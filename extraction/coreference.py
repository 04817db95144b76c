"""Pronouns and what they may take up: recency, gender, number, who spoke, who acted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from extraction.folding import fold
from extraction.mentioning import Mention, Mentions, Pronoun
from extraction.model import EntityKind
from extraction.text.analysis import Tag
from extraction.text.vocabulary import name_strength, penn

if TYPE_CHECKING:
    from extraction.actors.drafts import Draft
    from extraction.actors.phrases import Phrase

_start = attrgetter("start")
_PER_SENTENCE = 2.0
_SUBJECT = 2.0
_SOURCE = 2.0
_INNER = 1.5
_OPENS = 0.6
_MARGIN = 0.4
_NO_PERSON = -0.8
_CLOSE = 2  # characters between what is said and who says it: a comma, a space
_RELATIVE = frozenset({"who", "which", "whom"})
_OBJECTS = frozenset({"him", "them", "it"})
_WHERE = frozenset({"in", "near", "at", "outside", "around", "across"})
_PERSON = EntityKind.PERSON
_THINGS = (EntityKind.STATE, EntityKind.BODY, EntityKind.UNKNOWN)


class Antecedents(Mentions):
    """Resolves pronouns by what has been mentioned."""

    def pronoun(self, phrase: Phrase) -> int | None:
        """The entity a pronoun takes up, or ``None`` where two are as likely or none is."""
        word = self.tokens[phrase.head].lower
        if word in _RELATIVE or word == "whose":
            return self._relative(phrase)
        rule = self.words.get(word)
        if rule is None:
            return None
        start = self.tokens[phrase.head].start
        barred = self._barred(phrase, rule, start)
        speaker = self._speaker_around(start)
        asking = start in self.sources
        own = [(a, b) for a, b in self.said_by(start) if self.quoted(a) or 0 <= start - b <= _CLOSE]
        plain = self.quoted(start) or not self._steps
        passive = word == "it" and not asking and self._passive(phrase)
        scores: dict[int, float] = {}
        steps, here, drafts = self._steps, phrase.sentence, self.registry.drafts
        for mention in reversed(self.mentions):
            distance = here - mention.sentence
            if not plain:
                distance = steps[here] - steps[mention.sentence]
            if distance > self.reach:
                break
            if mention.start >= start or mention.entity in barred:
                continue
            draft = drafts[mention.entity]
            if (own or draft.parts) and self._is_barred(mention, draft, barred, own):
                continue
            fit = self._fit(rule, draft)
            if fit is None or (rule.gender == "thing" and self._only_where(mention)):
                continue
            if passive and (mention.inner or draft.kind is EntityKind.STATE):
                continue  # "it had been hit": the bridge, and not the state
            score = fit - _PER_SENTENCE * distance + self._weight(mention)
            if mention.source:
                score += _SOURCE if asking or distance else _SOURCE / 2
            if distance == 0 and self._is_source(mention, speaker):
                score += 1.0
            if score > scores.get(mention.entity, -99.0):
                scores[mention.entity] = score
        return self._best(scores, word)

    def _passive(self, phrase: Phrase) -> bool:
        """Whether something was done to what the phrase stands for: "it had been hit"."""
        at, been = phrase.tail, False
        while at < len(self.tokens) and self.tokens[at].tag in (Tag.AUX, Tag.ADV):
            been = been or self.tokens[at].lemma == "be"
            at += 1
        verb = self.tokens[at] if been and at < len(self.tokens) else None
        return verb is not None and verb.tag is Tag.VERB and verb.form in ("part", "past")

    def _only_where(self, mention: Mention) -> bool:
        """Whether a place is told as where something was: "it" is that, and not the place."""
        if mention.subject or mention.source or mention.token < 2:
            return False
        draft = self.registry.drafts[mention.entity]
        before = self.tokens[mention.token - 1].lower, self.tokens[mention.token - 2].lower
        where = not _WHERE.isdisjoint(before)
        return draft.kind is EntityKind.STATE and fold(draft.name) in self.places and where

    @staticmethod
    def _weight(mention: Mention) -> float:
        """What a mention counts by its place in its sentence."""
        if mention.inner:
            return -_INNER
        weight = _SUBJECT if mention.subject else 0.0
        if mention.opens:
            weight += _OPENS
            if mention.source and not mention.subject:
                weight += _SUBJECT / 2  # "Kolb, a baker, at first denied"
        return weight

    def _is_source(self, mention: Mention, speaker: int | None) -> bool:
        """Whether a mention stands in the source that begins at an offset."""
        if speaker is None or not mention.source:
            return False
        source = self.sources[speaker].source
        return source is not None and source.start <= mention.start < source.end

    @staticmethod
    def _is_barred(
        mention: Mention, draft: Draft, barred: set[int], own: Sequence[tuple[int, int]]
    ) -> bool:
        """Whether one of its parts cannot be meant, or the pronoun's holder names it himself."""
        named = any(begin <= mention.start < end for begin, end in own)
        return named or not barred.isdisjoint(draft.parts)

    def _relative(self, phrase: Phrase) -> int | None:
        """ "X, who", "X, which": whoever was named right before."""
        for mention in reversed(self.mentions[-4:]):
            gap = phrase.head - mention.end
            if gap == 0 or (gap == 1 and self.tokens[mention.end].text == ","):
                return mention.entity
        return None

    def _barred(self, phrase: Phrase, rule: Pronoun, start: int) -> set[int]:
        """Whom it cannot be: the speaker inside a quotation, the subject of its own verb."""
        found: set[int] = set()
        if self.quoted(start):
            at = self._speaker_around(start)
            source = self.sources[at].source if at is not None else None
            if source is not None:
                found |= self._speakers(source.exact, at or 0)
        after = self.tokens[phrase.tail].tag if phrase.tail < len(self.tokens) else Tag.X
        object_ = (
            not rule.possessive
            and self.tokens[phrase.head].lower in _OBJECTS
            and after not in (Tag.VERB, Tag.AUX)
        )
        if object_ and self.mentions:
            last = self.mentions[-1]
            between = self.tokens[last.end : phrase.head]
            if last.subject and len(between) < 5 and all(t.text != "," for t in between):
                found.add(last.entity)
        return found

    def speaker(self, offset: int) -> int | None:
        """Who says the quotation around an offset, as far as that is known yet."""
        at = self._speaker_around(offset) if self.quoted(offset) else None
        if at is None:
            return None
        for mention in reversed(self.mentions):
            if mention.start < at:
                break  # they stand in text order
            if mention.start == at or mention.source:
                source = self.sources[at].source
                if source is not None and mention.start < source.end:
                    return mention.entity
        source = self.sources[at].source
        named = self.registry.surname(source.exact.split()[-1]) if source is not None else None
        return None if named is None else named.id

    def first_person(self, phrase: Phrase) -> int | None:
        """ "I" and "we" in a quotation are who says it."""
        if self.tokens[phrase.head].lower not in self.first:
            return None
        return self.speaker(self.tokens[phrase.head].start)

    def _speakers(self, source: str, at: int) -> set[int]:
        """Who says a quotation, and whom that one acts for; the source may come behind it."""
        first = bisect_left(self.mentions, at, key=_start)
        found = {m.entity for m in takewhile(lambda m: m.start == at, self.mentions[first:])}
        if not found and source.lower() in self.words:
            last = next((m for m in reversed(self.mentions) if m.source), None)
            found = {last.entity} if last is not None else set()
        elif not found:
            named = self.registry.surname(source.split()[-1])
            found = {named.id} if named is not None else set()
        for entity in tuple(found):
            while (up := self.registry.drafts[entity].member) is not None and up not in found:
                found.add(up)
                entity = up
        return found

    def _best(self, scores: dict[int, float], word: str) -> int | None:
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN:
            return None
        chosen = self.registry.drafts[ranked[0][0]]
        if chosen.kind is EntityKind.UNKNOWN and word in ("he", "she", "his", "her", "him"):
            chosen.kind = EntityKind.PERSON
        if chosen.kind is EntityKind.PERSON and not chosen.gender:
            chosen.gender = self.words[word].gender if self.words[word].number == "one" else ""
        chosen.reasons[f"'{word}' by nearness"] = None
        return chosen.id

    def _fit(self, rule: Pronoun, draft: Draft) -> float | None:
        """How well an entity suits a pronoun; ``None`` where it cannot."""
        kind = draft.kind
        if rule.gender in {"male", "female"}:
            if kind is _PERSON and not draft.parts:
                return 0.0 if draft.gender == rule.gender else None if draft.gender else -0.5
            maybe = kind is EntityKind.UNKNOWN and all(
                name_strength(word) == 2 for word in draft.name.split()
            )
            many = penn(draft.name.split()[-1]) == "NNPS"  # "Republicans"
            return None if not maybe or many or fold(draft.name) in self.places else _NO_PERSON
        if rule.gender == "thing":
            if kind not in _THINGS or draft.plural or draft.noun == "outlet":
                return None
            return -1.0 if kind is EntityKind.UNKNOWN else 0.0
        if draft.parts or kind is EntityKind.GROUP:
            return 0.0
        if kind is EntityKind.BODY:
            return -1.0
        return None

    def _speaker_around(self, offset: int) -> int | None:
        """Where the source of the attribution starts whose content holds ``offset``."""
        at = bisect_right(self._content_starts, offset) - 1
        if at < 0:
            return None
        start, end, source = self.contents[at]
        return source if start <= offset < end else None
