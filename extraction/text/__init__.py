"""Text as tokens with lemma and part of speech, sentences and quotations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extraction.model import Block, BlockKind
from extraction.text.analysis import Quote, Sentence, Tag, TextAnalysis, Token
from extraction.text.forms import read_tokens
from extraction.text.quotes import find_quotes
from extraction.text.sentences import split_sentences
from extraction.text.tagger import tag

__all__ = ["Quote", "Sentence", "Tag", "TextAnalysis", "Token", "analyse"]


def analyse(text: str, blocks: Sequence[Block]) -> TextAnalysis:
    """Tokens, sentences and quotations of ``text``; no sentence or quotation crosses a block.

    Boilerplate blocks give none of them. Time grows linearly with the text.
    """
    quotes = find_quotes(text, blocks)
    openings = sorted({quote.start for quote in quotes})
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.BOILERPLATE:
            continue
        starts, stops, forms = read_tokens(text, block.start, block.end)
        inside = openings[bisect_left(openings, block.start) : bisect_left(openings, block.end)]
        opens = {
            i for s in inside if (i := bisect_left(starts, s)) < len(starts) and starts[i] == s
        }
        title = block.kind is BlockKind.TITLE
        ends = [len(forms)] if title and forms else split_sentences(forms, opens)
        begin = 0
        for end in ends:
            first = len(tokens)
            given = forms[begin:end]
            tokens += [
                Token(s, e, known.text, known.lower, lemma, pos, form)
                for s, e, known, (pos, form, lemma) in zip(
                    starts[begin:end], stops[begin:end], given, tag(given, title), strict=True
                )
            ]
            sentences.append(
                Sentence(len(sentences), starts[begin], stops[end - 1], first, len(tokens), number)
            )
            begin = end
    return TextAnalysis(text, tuple(blocks), tuple(tokens), tuple(sentences), quotes)
