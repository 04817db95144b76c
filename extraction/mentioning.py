"""What an article has mentioned so far: who spoke, who acted, and which of them has power."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from extraction import lexicon
from extraction.model import EntityKind
from extraction.text.analysis import Tag

if TYPE_CHECKING:
    from extraction.actors.drafts import Draft, Registry
    from extraction.actors.phrases import Phrase
    from extraction.attribution import RawAttribution
    from extraction.text.analysis import Quote, Sentence, Token

_IT = frozenset({"'it' by nearness", "'its' by nearness"})
_THINGS = (EntityKind.STATE, EntityKind.BODY, EntityKind.UNKNOWN)


class Pronoun(msgspec.Struct, frozen=True):
    """What a pronoun can take up."""

    gender: str
    number: str
    possessive: bool


@cache
def pronouns() -> tuple[dict[str, Pronoun], frozenset[str], int]:
    """The pronouns, a speaker's words for his own side, and how many sentences back they reach."""
    table = lexicon.load("en", "pronouns")
    found = {
        word: Pronoun(entry["gender"], entry["number"], group == "possessive")
        for group in ("personal", "possessive")
        for word, entry in table[group].items()
    }
    return found, frozenset(table["first"]["words"]), int(table["reach"]["pronoun"])


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A mention of an entity and its place: tokens, but for ``start``, which is in the text."""

    entity: int
    sentence: int
    token: int
    end: int
    start: int
    subject: bool
    source: bool
    inner: bool
    opens: bool


class Mentions:
    """What has been mentioned so far, for what takes it up. Grows in text order."""

    def __init__(
        self,
        tokens: Sequence[Token],
        registry: Registry,
        attributions: Sequence[RawAttribution],
        quotes: Sequence[Quote],
        places: Collection[str] = (),
        sentences: Sequence[Sentence] = (),
    ) -> None:
        self.places = places
        self.quotes = quotes
        self._quote_starts = [q.start for q in quotes]
        self._steps = self._outside(sentences)
        self.tokens = tokens
        self.registry = registry
        self.mentions: list[Mention] = []
        self.sources = {a.source.start: a for a in attributions if a.source is not None}
        self._source_starts = sorted(self.sources)
        self.contents = sorted(
            (span.start, span.end, a.source.start)
            for a in attributions
            if a.source is not None
            for span in a.contents
        )
        self._content_starts = [start for start, _, _ in self.contents]
        self._said_by: dict[int, list[tuple[int, int]]] = {}
        for begin, end, source in self.contents:
            self._said_by.setdefault(source, []).append((begin, end))
        self.composites: list[tuple[int, int]] = []  # (draft id, sentence)
        self.words, self.first, self.reach = pronouns()

    def said_by(self, offset: int) -> Sequence[tuple[int, int]]:
        """What the source that begins at an offset says, as spans."""
        return self._said_by.get(offset, ())

    def told(self) -> Counter[int]:
        """How often each entity has been mentioned so far."""
        return Counter(m.entity for m in self.mentions)

    def named_outside(self, entity: int, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether an entity has been mentioned anywhere but in these spans."""
        return any(
            m.entity == entity and not any(a <= m.start < b for a, b in spans)
            for m in reversed(self.mentions)
        )

    def _outside(self, sentences: Sequence[Sentence]) -> list[int]:
        """For each sentence, how many up to it are not the inside of a quotation."""
        steps, count = [], 0
        for sentence in sentences:
            at = bisect_right(self._quote_starts, sentence.start) - 1
            inside = at >= 0 and sentence.end <= self.quotes[at].end
            count += not inside
            steps.append(count)
        return steps

    def quoted(self, offset: int) -> bool:
        """Whether an offset stands inside quotation marks."""
        at = bisect_right(self._quote_starts, offset) - 1
        return at >= 0 and offset < self.quotes[at].end

    def note(self, phrase: Phrase, entity: int, *, subject: bool, listed: bool) -> None:
        """Remembers a mention; ``listed`` where it is one of several named together."""
        start, end = self.tokens[phrase.start].start, self.tokens[phrase.tail - 1].end
        at = bisect_right(self._source_starts, self.tokens[phrase.head].start) - 1
        source = False
        if at >= 0:
            span = self.sources[self._source_starts[at]].source
            source = span is not None and span.start <= start and end <= span.end + 1
        opens = phrase.head_item <= 1 and not phrase.inner and not listed
        self.mentions.append(
            Mention(
                entity, phrase.sentence, phrase.head, phrase.tail, self.tokens[phrase.head].start,
                subject and not phrase.inner, source and not phrase.inner, phrase.inner,
                opens,
            )
        )  # fmt: skip

    def gather(self, draft: Draft, sentence: int, token: int) -> None:
        """Remembers several that were named together."""
        self.composites.append((draft.id, sentence))
        self.mentions.append(
            Mention(
                draft.id,
                sentence,
                token,
                token + 1,
                self.tokens[token].start,
                True,
                False,
                False,
                False,
            )
        )

    def company(self, singular: str, phrase: Phrase) -> Draft | None:
        """The last ones named together who all hold that title."""
        drafts = self.registry.drafts
        for number, sentence in reversed(self.composites):
            if phrase.sentence - sentence > 2 * self.reach:
                return None
            parts = [drafts[k] for k in drafts[number].parts]
            if 2 * sum(singular in d.title.split() for d in parts) > len(parts):
                drafts[number].reasons[f"'{phrase.name}' named together before"] = None
                return drafts[number]
        return None

    # ------------------------------------------------------------------ who has power

    def last_power(
        self, phrase: Phrase, reach: int | None = None, *, unknown: bool = False
    ) -> int | None:
        """The state behind the last one that spoke or acted, at most some sentences back.

        With ``unknown``, a name of no known kind that acts is taken for a state.
        """
        for mention in reversed(self.mentions):
            if phrase.sentence - mention.sentence > (self.reach if reach is None else reach):
                return None
            if not (mention.source or mention.subject) or self.quoted(mention.start):
                continue
            top = self.registry.drafts[self.registry.top(mention.entity)]
            thing = not _IT.isdisjoint(top.reasons)  # "Velmora denied it …", taken up by "it"
            plain = unknown and (thing or not mention.source) and top.name.istitle()
            if top.kind is EntityKind.UNKNOWN and plain and " " not in top.name:
                top.kind = EntityKind.STATE  # "Velmora raised …": a name that has a ministry
            return top.id if top.kind is EntityKind.STATE else None
        return None

    def tells_of(self, speaker: int, about: Collection[int]) -> bool:
        """Whether what somebody says names one of these entities."""
        spans: list[tuple[int, int]] = []
        for mention in self.mentions:
            if mention.entity == speaker and mention.source:
                at = bisect_right(self._source_starts, mention.start) - 1
                spans += self.said_by(self._source_starts[at])
        return any(
            m.entity in about and any(begin <= m.start < end for begin, end in spans)
            for m in self.mentions
            if self.tokens[m.token].tag is not Tag.PRON
        )

    def last_voice(self, offset: int, sentence: Sentence | None) -> int | None:
        """Who spoke last before an offset, in its sentence or the one before."""
        for mention in reversed(self.mentions):
            if mention.start >= offset or not mention.source:
                continue
            far = sentence is None or sentence.index - mention.sentence > 1
            return None if far else mention.entity
        return None

    def last_speaker(self, phrase: Phrase) -> int | None:
        """The body or state that spoke in the sentence before what the phrase is heard to say."""
        start = self.tokens[phrase.start].start
        if not any(self.quoted(begin) for begin, _ in self.said_by(start)):
            return None
        for mention in reversed(self.mentions):
            if phrase.sentence - mention.sentence > 1:
                return None
            if mention.source and mention.sentence < phrase.sentence:
                draft = self.registry.drafts[mention.entity]
                fits = draft.kind in _THINGS and draft.noun != "outlet"
                return draft.id if fits and not draft.parts else None
        return None

    def last_house(self, phrase: Phrase) -> int | None:
        """The company, union or party that spoke or acted last, at most one sentence back.

        Who spoke comes before who acts in what was said.
        """
        for mention in reversed(self.mentions):
            if phrase.sentence - mention.sentence > 1:
                break
            draft = self.registry.drafts[mention.entity]
            if mention.source and mention.sentence < phrase.sentence:
                if draft.kind is EntityKind.BODY and draft.noun != "outlet" and not draft.parts:
                    return draft.id
                break
        for mention in reversed(self.mentions):
            if phrase.sentence - mention.sentence > 1:
                return None
            draft = self.registry.drafts[mention.entity]
            if (mention.subject or mention.source) and not self.quoted(mention.start):
                fits = draft.kind is EntityKind.BODY and draft.noun != "outlet"
                return draft.id if fits else None
        return None
