"""Tokens, sentences and quotations of one canonical text, with fast look-up by offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import ClassVar

import msgspec

from extraction.constants import Constant
from extraction.model import Block


class Tag(Constant):
    """Coarse part of speech (Universal Dependencies' classes)."""

    NOUN: ClassVar[Tag]
    PROPN: ClassVar[Tag]
    VERB: ClassVar[Tag]
    AUX: ClassVar[Tag]
    ADJ: ClassVar[Tag]
    ADV: ClassVar[Tag]
    PRON: ClassVar[Tag]
    DET: ClassVar[Tag]
    ADP: ClassVar[Tag]
    NUM: ClassVar[Tag]
    CCONJ: ClassVar[Tag]
    SCONJ: ClassVar[Tag]
    PART: ClassVar[Tag]
    PUNCT: ClassVar[Tag]
    X: ClassVar[Tag]


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word or mark. ``form`` tells verbs apart: ``base past part ing s`` (else empty).

    A struct rather than a dataclass: a text has thousands, and these are made in a fifth of the
    time. The collector need not look at what holds only strings and numbers.
    """

    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: Tag
    form: str = ""


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence as offsets and as a range of token indices ``[first, last)``."""

    index: int
    start: int
    end: int
    first: int
    last: int
    block: int


class Quote(msgspec.Struct, frozen=True, gc=False):
    """A quotation, marks included; ``inner_start`` and ``inner_end`` leave them out.

    ``closed`` is false where the closing mark is missing (a quotation that runs on over a
    paragraph, or a slip of the outlet).
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class TextAnalysis:
    """All of it, in text order. Boilerplate blocks hold no tokens, sentences or quotes."""

    text: str
    blocks: tuple[Block, ...]
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    # What every stage asks of the tokens, made once: small letters, lemmas and tags.
    lows: list[str] = field(init=False, repr=False, compare=False)
    lemmas: list[str] = field(init=False, repr=False, compare=False)
    tags: list[Tag] = field(init=False, repr=False, compare=False)
    _token_starts: list[int] = field(init=False, repr=False, compare=False)
    _sentence_starts: list[int] = field(init=False, repr=False, compare=False)
    _quote_starts: list[int] = field(init=False, repr=False, compare=False)
    _quote_ends: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lows", [t.lower for t in self.tokens])
        object.__setattr__(self, "lemmas", [t.lemma for t in self.tokens])
        object.__setattr__(self, "tags", [t.tag for t in self.tokens])
        object.__setattr__(self, "_token_starts", [t.start for t in self.tokens])
        object.__setattr__(self, "_sentence_starts", [s.start for s in self.sentences])
        object.__setattr__(self, "_quote_starts", [q.start for q in self.quotes])
        object.__setattr__(self, "_quote_ends", [q.end for q in self.quotes])

    def token_index_at(self, offset: int) -> int:
        """Index of the token at or before ``offset``; -1 before the first."""
        return bisect_right(self._token_starts, offset) - 1

    def tokens_between(self, start: int, end: int) -> tuple[Token, ...]:
        """Tokens that begin in ``[start, end)``."""
        first = bisect_right(self._token_starts, start - 1)
        last = bisect_right(self._token_starts, end - 1)
        return self.tokens[first:last]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds ``offset``, if any."""
        at = bisect_right(self._sentence_starts, offset) - 1
        if at < 0 or self.sentences[at].end <= offset:
            return None
        return self.sentences[at]

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        return self.tokens[sentence.first : sentence.last]

    def quotes_between(self, start: int, end: int) -> tuple[Quote, ...]:
        """Quotations that overlap ``[start, end)``."""
        first = bisect_right(self._quote_ends, start)
        last = bisect_left(self._quote_starts, end)
        return self.quotes[first:last]
