"""What an article tells in the outlet's own voice, and how happenings are fitted to a stretch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import msgspec
from msgspec import structs

from extraction.dating import Dating
from extraction.events.chief import primary
from extraction.happenings import Draft, family
from extraction.model import (
    BlockKind,
    FuzzyInterval,
    Happening,
    Narration,
    Quantity,
    Span,
)
from extraction.tellings import Dated, Told
from extraction.text.analysis import Sentence, TextAnalysis

_TOLD = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CAPTION)
_LEAD = 4  # sentences, with title and byline, in which an article first tells of its matter


class Narrator(msgspec.Struct):
    """The findings of one article; ``told`` grows with what is told, to carry times on."""

    analysis: TextAnalysis
    dating: Dating
    quantities: Sequence[Quantity]
    persons: frozenset[int]
    told: list[Told] = msgspec.field(default_factory=list)

    def narration(
        self,
        number: int,
        sentence: Sentence,
        drafts: Sequence[Draft],
        spoken: Sequence[tuple[int, int]],
    ) -> Narration | None:
        """What a sentence tells in the outlet's own voice of an event with a time or a place.

        Where somebody is quoted in the sentence (``spoken``: sorted stretches that others speak),
        only the clause around the event is the outlet's; of an article's lead all that stands
        before and after who is quoted. None where it tells of nothing that can stand on a
        timeline.
        """
        if not drafts or self.analysis.blocks[sentence.block].kind not in _TOLD:
            return None
        whole = Span.cut(self.analysis.text, sentence.start, sentence.end)
        actual = [
            within_stretch(d, whole)
            for d in drafts
            if d.happening.modality == "actual" and d.leading
        ]
        chief = primary([d.happening for d in actual], self.persons)
        main = next((d for d in actual if d.happening is chief), None)
        if main is None or chief is None:
            return None
        part = unspoken(spoken, sentence, chief.trigger.start)
        whole_sentence = part == (sentence.start, sentence.end)
        low, high = part if whole_sentence else (main.start, main.end)
        when = self.dating.of_draft(main, low, high)
        if when is None and sentence.index < _LEAD and not number:
            low, high = part
            when = self.only_time(low, high, chief.trigger.start)
        if when is None and not (chief.places and chief.verbal):
            return None
        if when is None:
            when = self.dating.carried(main, sentence.index, self.told)
        kind = family(chief.family)
        if kind is not None and when is not None:
            self.told.append(Told(sentence.index, kind.group, chief.places, chief.agent, when))
        span = self.trimmed(low, high)
        interval = when.interval if when is not None else None
        return Narration(
            index=number,
            span=span,
            happenings=tuple(dated(d.happening, interval) for d in actual),
            when=interval,
            when_span=when.span if when is not None else None,
            places=chief.places,
            quantities=within(self.quantities, (span,)),
            reasons=(
                "nobody is quoted for it",
                event_word(chief),
                *((when.reason,) if when is not None else ()),
            ),
        )

    def only_time(self, low: int, high: int, at: int) -> Dated | None:
        """ "Ten died when the stand of the club gave way on Saturday": the one time of a lead."""
        times = {
            t.interval
            for t in self.dating.between(low, high)
            if t.interval is not None and t.span.start not in self.dating.headed
        }
        if len(times) != 1:
            return None
        found = self.dating.in_stretch(low, high, at, "alone in the lead")
        published = self.dating.published
        past = found is not None and (
            published is None or found.interval.earliest <= published.latest
        )
        return found if past else None

    def trimmed(self, start: int, end: int) -> Span:
        text = self.analysis.text
        while start < end and (text[start].isspace() or text[start] in ",;"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
            end -= 1
        return Span.cut(text, start, end)


def unspoken(spoken: Sequence[tuple[int, int]], sentence: Sentence, offset: int) -> tuple[int, int]:
    """The part of a sentence around ``offset`` in which nobody is quoted."""
    at = bisect_left(spoken, (offset + 1, 0))
    before = spoken[at - 1][1] if at else sentence.start
    after = spoken[at][0] if at < len(spoken) else sentence.end
    return max(sentence.start, before), min(sentence.end, after)


def covered(stretches: Sequence[tuple[int, int]], span: Span) -> bool:
    at = bisect_left(stretches, (span.start + 1, 0)) - 1
    return at >= 0 and stretches[at][1] > span.start


def within_stretch(draft: Draft, stretch: Span) -> Draft:
    """The happening with those of its places that stand in a stretch."""
    names = tuple(
        dict.fromkeys(name for at, name in draft.sites if stretch.start <= at < stretch.end)
    )
    if names == draft.happening.places:
        return draft
    return structs.replace(draft, happening=replace(draft.happening, places=names))


def dated(happening: Happening, when: FuzzyInterval | None) -> Happening:
    return happening if when is None else replace(happening, when=when)


def event_word(happening: Happening) -> str:
    words = f"event word '{happening.trigger.exact}' ({happening.family}"
    return words + (", negated)" if happening.negated else ")")


def within(quantities: Sequence[Quantity], contents: Sequence[Span]) -> tuple[Quantity, ...]:
    """Quantities inside the contents; ``part_of`` is counted anew within them."""
    kept: list[int] = []
    for content in contents:
        at = bisect_left(quantities, content.start, key=lambda q: q.span.start)
        while at < len(quantities) and quantities[at].span.start < content.end:
            if quantities[at].span.end <= content.end:
                kept.append(at)
            at += 1
    where = {old: new for new, old in enumerate(kept)}
    found = []
    for i in kept:
        part_of = quantities[i].part_of
        found.append(
            replace(quantities[i], part_of=where.get(part_of) if part_of is not None else None)
        )
    return tuple(found)
