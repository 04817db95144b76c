"""Who an article names: persons, bodies, states, groups, and what refers to them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extraction import lexicon
from extraction.actors.drafts import Draft
from extraction.actors.items import reader_of
from extraction.actors.phrases import Phrase, PhraseFinder
from extraction.actors.resolving import BOTH, Resolver
from extraction.model import Entity, EntityKind, Mention, Span
from extraction.text.analysis import Tag, TextAnalysis

if TYPE_CHECKING:
    from extraction.attribution import RawAttribution
    from extraction.places import PlaceMention

__all__ = ["BOTH", "EntityReading", "find_entities"]

_MODEL = re.compile(r"[A-Z][A-Za-z]{0,3}-\d+\w?")  # "Ka-52": a thing, whoever flies it
_BACK = 8  # extents that can reach into a span from before
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_NOMINAL = (Tag.NOUN, Tag.ADJ, Tag.DET, Tag.PROPN, Tag.NUM)
_DASHES = frozenset({"-", "--", "–", "—"})  # behind a dateline
_LEADING = (Tag.DET, Tag.ADJ, Tag.ADV, Tag.NUM, Tag.ADP, Tag.PUNCT, Tag.CCONJ)


@dataclass(frozen=True, slots=True)
class EntityReading:
    """The entities of an article and where it mentions them.

    ``extents`` are the whole noun phrases that refer, as (start, end, entity) by offset.
    """

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    extents: tuple[tuple[int, int, int], ...] = ()
    analysis: TextAnalysis | None = field(default=None, repr=False, compare=False)
    carriers: frozenset[str] = frozenset()
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [start for start, _, _ in self.extents])

    def resolve(self, span: Span) -> int | None:
        """The entity that a phrase refers to, or ``None`` where it is open.

        The phrase's head decides: "a rocket from X" is not X, "a statement from X" is.
        """
        low = bisect_left(self._starts, span.start)
        high = bisect_right(self._starts, span.end - 1)
        inside = [e for e in self.extents[low:high] if e[1] <= span.end]
        before = [e for e in self.extents[max(0, low - _BACK) : low] if e[1] > span.start]
        cut = [e for e in before if e[1] == span.end]  # the span leaves out how the phrase begins
        if cut and not any(e[0] == span.start for e in inside):
            return max(cut, key=lambda e: e[0])[2]
        if not inside:
            around = [e for e in before if span.end <= e[1]]
            return min(around, key=lambda e: e[1] - e[0])[2] if around else None
        ending = [e for e in inside if e[1] == span.end]
        if ending:
            whole = max(ending, key=lambda e: e[1] - e[0])
            if self._named_last(inside[0], whole):
                return whole[2]
            if not self._leads(span.start, inside[0][0]) and self._compound(span.start, whole[0]):
                return whole[2]
        start = inside[0][0]
        best = max((e for e in inside if e[0] == start), key=lambda e: e[1])
        best = self._behind_owner(best, inside)
        return best[2] if self._leads(span.start, start) else None

    def _behind_owner(
        self, owner: tuple[int, int, int], inside: list[tuple[int, int, int]]
    ) -> tuple[int, int, int]:
        """ "Tolm's challenger, Ines Brandt": not the one whose challenger it is."""
        if self.analysis is None:
            return owner
        text = self.analysis.text
        if text[owner[1] : owner[1] + 2] not in ("'s", "’s"):
            return owner
        return next((e for e in inside if e[0] > owner[1] and text[e[0] - 2 : e[0]] == ", "), owner)

    def _named_last(self, first: tuple[int, int, int], last: tuple[int, int, int]) -> bool:
        """ "His challenger Ines Brandt", "a surgeon at the clinic, Ines Brandt": the name tells."""
        named = self.entities[last[2]]
        if self.analysis is None or last[0] == first[0] or named.kind is not EntityKind.PERSON:
            return False
        if self.analysis.text[last[0] - 2 : last[0]] == ", ":
            lead = self.analysis.tokens_between(first[0], last[0])
            if lead[0].lower in _POSSESSIVE and self._compound(lead[0].end, last[0] - 2):
                return True  # "his challenger, Ines Brandt"
            plain = "without a name" in " ".join(self.entities[first[2]].reasons[:1])
            told = any(t.tag is Tag.VERB for t in self.analysis.tokens_between(first[0], last[0]))
            return plain and not told and first[2] != last[2]
        lead = self.analysis.tokens_between(first[0], last[0])
        return (
            len(lead) > 1 and lead[0].lower in _POSSESSIVE and self._compound(lead[0].end, last[0])
        )

    def _compound(self, start: int, end: int) -> bool:
        """Whether only nouns and adjectives stand before the name ("kettle maker Tindal")."""
        if self.analysis is None:
            return False
        tokens = self.analysis.tokens_between(start, end)
        return all(t.tag in _NOMINAL or t.text in _DASHES for t in tokens)

    def _leads(self, start: int, end: int) -> bool:
        """Whether nothing of weight stands between the phrase's start and the mention."""
        if self.analysis is None or start == end:
            return True
        lead = self.analysis.tokens_between(start, end)
        if lead and lead[-1].text in ("'s", "’s") and all(t.tag in _NOMINAL for t in lead[:-1]):
            return True  # "the village's teacher"
        for token in lead:
            if (
                token.tag in _LEADING
                or not token.text[0].isalnum()  # the mark of a list
                or token.lower in self.carriers
                or token.lemma in self.carriers
            ):
                continue
            return False
        return True


def find_entities(
    analysis: TextAnalysis,
    places: Sequence[PlaceMention],
    attributions: Sequence[RawAttribution],
) -> EntityReading:
    """All that an article names as acting or speaking, with titles, owners and short forms.

    Expressions that cannot be tied to one entity are left out. Linear in the length of the text
    but for short forms, which look back a bounded number of sentences.
    """
    reader = reader_of(analysis)
    finder = PhraseFinder(reader)
    finder.run()
    active = _with_both(finder)
    resolver = Resolver(finder, active, [(p.span, p.name) for p in places], attributions)
    resolver.run()
    return _reading(resolver, analysis)


def _with_both(finder: PhraseFinder) -> list[Phrase]:
    """All phrases, with "the two sides" and the like in place of what was found inside them."""
    phrases = [p for p in finder.phrases if not _MODEL.fullmatch(p.name)]
    low = finder.text.lower()
    if len(low) != len(finder.text):  # a letter whose small form is longer: offsets would slip
        return phrases
    analysis = finder.reader.analysis
    for match in _both_phrases().finditer(low):
        first = analysis.token_index_at(match.start())
        last = analysis.token_index_at(match.end() - 1) + 1
        sentence = analysis.sentence_at(match.start())
        if sentence is None or first < 0 or analysis.tokens[first].start != match.start():
            continue
        row = finder.rows[sentence.index]
        items = [k for k, i in enumerate(row.items) if i.first < last and first < i.last]
        joined = ("in", "from", "of", "on")
        for p in phrases:  # "officials in both countries"
            before = p.kind is EntityKind.GROUP and p.tail == first - 1
            if before and analysis.tokens[first - 1].lower in joined:
                p.noun, p.owner, p.nation = BOTH, None, ""
        kept = [p for p in phrases if not (p.head < last and first < p.tail)]
        phrases = [
            *kept,
            _both_phrase(finder, len(finder.phrases), sentence.index, first, last, items),
        ]
        finder.phrases.append(phrases[-1])
    return phrases


def _both_phrase(
    finder: PhraseFinder, number: int, sentence: int, first: int, last: int, items: list[int]
) -> Phrase:
    name = finder.text[finder.tokens[first].start : finder.tokens[last - 1].end]
    return Phrase(
        number=number, sentence=sentence, kind=EntityKind.GROUP, start=first, end=last,
        head=first, tail=last, name=" ".join(name.split()), form="nominal", noun=BOTH,
        definite=True, plural=True, head_item=items[0], tail_item=items[-1] + 1,
    )  # fmt: skip


_cached: dict[str, re.Pattern[str]] = {}


def _both_phrases() -> re.Pattern[str]:
    if "en" not in _cached:
        phrases = sorted(lexicon.load("en", "pronouns")["both"]["phrases"], key=len, reverse=True)
        # By first word: most places in a text then fail at once.
        groups: dict[str, list[str]] = {}
        for phrase in phrases:
            first, _, rest = phrase.partition(" ")
            groups.setdefault(re.escape(first), []).append(re.escape(f" {rest}" if rest else ""))
        options = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())
        _cached["en"] = re.compile(rf"\b(?:{options})\b")
    return _cached["en"]


def _reading(resolver: Resolver, analysis: TextAnalysis) -> EntityReading:
    mentions, extents = [], []
    tokens, text = analysis.tokens, analysis.text
    for phrase in resolver.active:
        entity = resolver.entity.get(phrase.number)
        if entity is None:
            continue
        extents.append((tokens[phrase.start].start, tokens[phrase.end - 1].end, entity))
        if phrase.taken is None:
            span = Span.cut(text, tokens[phrase.head].start, tokens[phrase.tail - 1].end)
            mentions.append(Mention(span, entity, phrase.form))
            extents.append((span.start, span.end, entity))
    extents += resolver.together
    return EntityReading(
        tuple(_entity(draft) for draft in resolver.registry.drafts),
        tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end, m.entity))),
        tuple(sorted(set(extents))),
        analysis,
        resolver.lexicon.carriers,
    )


def _entity(draft: Draft) -> Entity:
    return Entity(
        draft.id,
        draft.name,
        draft.kind,
        tuple(draft.aliases),
        draft.title or draft.noun,
        draft.member,
        tuple(draft.reasons),
        draft.bond,
        draft.parts,
    )
