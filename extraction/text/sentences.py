"""Where sentences end."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cache

from extraction import lexicon
from extraction.text import vocabulary
from extraction.text.forms import Form
from extraction.text.tokens import abbreviation_kind

_CLOSING = frozenset({'"', "”", "’", "''", "’’", "'", ")", "]", "»"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
_FINAL = frozenset({".", "!", "?", "…", "。"})


@cache
def _openers() -> frozenset[str]:
    return lexicon.words(lexicon.load("en", "abbreviations"), "openers", "abbreviations.toml")


@cache
def _reporting() -> frozenset[str]:
    """Verbs that may say who spoke a quotation, by lemma."""
    entries = lexicon.load("en", "cues").get("verb", {})
    return frozenset(verb for verb, entry in entries.items() if "q" in entry.partition(";")[0])


def _reports(word: str) -> bool:
    known = vocabulary.word(word.lower())
    return known.verb_lemma in _reporting() and bool(known.verb & {"past", "s"})


def _ends_after_mark(words: Sequence[str], at: int, after: int) -> bool:
    """Whether a sentence ends at the final mark ``at`` when the next word is ``after``."""
    follows = words[after]
    first = follows[0]
    if first.islower():
        return False
    if first in ",;:%)]}-–—/":
        return False
    if words[at] != "." and after > at + 1 and first.isupper():
        # '"Why?" Smith asked.' goes on
        return not _speaker_follows(words, after)
    return True


def _speaker_follows(words: Sequence[str], after: int) -> bool:
    """Whether a name and a verb of speaking begin at ``after``: "Tom Orr, a baker, asked"."""
    n = len(words)
    at = after
    if words[at].lower() in _PRONOUNS:
        at += 1
        at += at < n and words[at].lower().endswith("ly")
        return at < n and _reports(words[at])
    while at < n and at < after + 8 and (words[at][0].isupper() or words[at][0] in "'’-"):
        if at > after and _reports(words[at]):
            return True
        at += 1
    if at < n and words[at] == ",":
        close = next((k for k in range(at + 2, min(at + 14, n)) if words[k] == ","), n)
        at = close + 1
    return after < at < n and _reports(words[at])


def _ends_in_abbreviation(words: Sequence[str], at: int, after: int) -> bool:
    word = words[at]
    if len(word) == 2:  # an initial
        return False
    kind = abbreviation_kind(word[:-1])
    if kind == "name":
        return False
    follows = words[after]
    if follows in {'"', "“", "''", "``", "‘"} and after + 1 < len(words):
        follows = words[after + 1]
        return follows[:1].isupper() and after > at + 1
    return follows[:1].isupper() and follows.lower() in _openers()


def split_sentences(forms: Sequence[Form], opening: Container[int] = ()) -> list[int]:
    """Ends (exclusive, in tokens) of the sentences of one block's tokens.

    Closing quotation marks and brackets go along; ``opening`` holds the positions of marks that
    open a quotation.
    """
    ends: list[int] = []
    n = len(forms)
    reached = 0
    words = [form.plain for form in forms]
    for at in [i for i, form in enumerate(forms) if form.stops]:
        if at < reached:
            continue
        word = words[at]
        final = word in _FINAL
        dots = word[0] == "." and len(word) > 1
        end = at + 1
        while end < n and (
            (words[end] in _CLOSING and end not in opening) or (final and words[end] in _FINAL)
        ):
            end += 1
        if end < n:
            if final:
                ended = _ends_after_mark(words, at, end)
            elif dots:
                ended = words[end][0].isupper() and word != ".."
            else:
                ended = _ends_in_abbreviation(words, at, end)
            if ended:
                ends.append(end)
        reached = end
    if n and (not ends or ends[-1] != n):
        ends.append(n)
    return ends
