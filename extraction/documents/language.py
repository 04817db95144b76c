"""What language a text is in, and what that rests on."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extraction.documents.base import Parsed
from extraction.lexicon import has_rules, load
from extraction.model import BlockKind

_SAMPLE = 4000
_FEWEST_WORDS = 12
_FEWEST_LETTERS = 40
_FEWEST_FOREIGN = 12
_SURE = 0.95
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(parsed: Parsed) -> tuple[str, str]:
    """ISO 639 code and its basis.

    English is told by its commonest words. What lacks them is classified by py3langid, which is
    loaded only then. A text too short to tell is in the language that the file names, else English.
    """
    declared = parsed.language
    named = dict(parsed.grounds).get("language", "the file")
    sample = _sample(parsed)
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) >= _FEWEST_WORDS:
        share = sum(word in _common() for word in words) / len(words)
        if share >= float(load("en", "language")["enough"]):
            return "en", named if declared == "en" else "commonest words of the text"
        if declared and share < float(load("en", "language")["few"]) and declared != "en":
            return declared, named
    letters = sum(map(len, words))
    # a script that English is never written in
    foreign = 2 * sum(letter.isascii() for word in words for letter in word) < letters
    if letters < (_FEWEST_FOREIGN if foreign else _FEWEST_LETTERS):
        return (declared, named) if declared else ("en", "assumed: too little text")
    found, sure = _classified(sample)
    if declared and (found == declared or (sure < _SURE and not foreign) or found == "en"):
        return declared, named
    if sure >= _SURE or foreign:
        return found, "letters of the text"
    return "en", "assumed: the text does not tell"


def rules_warning(language: str) -> tuple[str, ...]:
    """The warning of an article in a language that nothing is read from."""
    return () if has_rules(language) else (f"no-rules:{language}",)


def _sample(parsed: Parsed) -> str:
    """The first words of the story."""
    parts, size = [], 0
    for block in parsed.blocks:
        if block.kind not in (BlockKind.BOILERPLATE, BlockKind.METADATA):
            part = parsed.text[block.start : min(block.end, block.start + _SAMPLE)]
            parts.append(part)
            size += len(part)
            if size >= _SAMPLE:
                break
    return " ".join(parts)[:_SAMPLE]


@cache
def _common() -> frozenset[str]:
    return frozenset(load("en", "language")["common"].split())


def _classified(sample: str) -> tuple[str, float]:
    language, probability = _identifier().classify(sample)
    return str(language), float(probability)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
