"""Text as tokens with lemma and part of speech, sentences and quotations."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.model import Block, BlockKind
from extraction.text.analysis import Quote, Sentence, Tag, TextAnalysis, Token
from extraction.text.quotes import find_quotes
from extraction.text.sentences import split_sentences
from extraction.text.tagger import tag
from extraction.text.tokens import token_spans

__all__ = ["Quote", "Sentence", "Tag", "TextAnalysis", "Token", "analyse"]


def analyse(text: str, blocks: Sequence[Block]) -> TextAnalysis:
    """Tokens, sentences and quotations of ``text``; no sentence or quotation crosses a block.

    Boilerplate blocks give none of them. Time grows linearly with the text.
    """
    quotes = find_quotes(text, blocks)
    opening = {quote.start for quote in quotes}
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.BOILERPLATE:
            continue
        spans = token_spans(text, block.start, block.end)
        words = [text[s:e] for s, e in spans]
        # A soft hyphen is no letter.
        plain = [w.replace("\xad", "") or w for w in words] if "\xad" in text else words
        quoted = not opening.isdisjoint(range(block.start, block.end))
        opens = {i for i, (s, _) in enumerate(spans) if s in opening} if quoted else set[int]()
        title = block.kind is BlockKind.TITLE
        ends = [len(words)] if title and words else split_sentences(plain, opens)
        begin = 0
        for end in ends:
            first = len(tokens)
            tagged = tag(plain[begin:end], title)
            for (s, e), word, (pos, form, lemma) in zip(
                spans[begin:end], words[begin:end], tagged, strict=True
            ):
                tokens.append(Token(s, e, word, word.lower(), lemma, pos, form))
            sentences.append(
                Sentence(
                    len(sentences), spans[begin][0], spans[end - 1][1], first, len(tokens), number
                )
            )
            begin = end
    return TextAnalysis(text, tuple(blocks), tuple(tokens), tuple(sentences), quotes)
