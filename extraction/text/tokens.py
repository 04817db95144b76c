"""Words and marks of a stretch of text, by offset."""

from __future__ import annotations

import re
from functools import cache

from extraction import lexicon

# No alternative can start where another one backtracks over more than a word: linear time.
_TOKEN = re.compile(
    r"""
      ([^\W\d_]+(?=\s))                                     # most words, at once
    | https?://[^\s<>"“”]+ | www\.[^\s<>"“”]+
    | [\w.+-]{1,64}@[\w-]{1,64}\.[A-Za-z]{2,}
    | [@\#]\w+
    | \d+(?:[.,:]\d+)*(?:-\d+)*(?:(?<=\d)(?:st|nd|rd|th|s|am|pm|bn|m|k|km|kg|mm)\b)?(?:-[^\W\d_]+)*
    | (?:[^\W\d_]\.){2,}                                   # U.S., a.m.
    | \xad?[^\W_]+(?:[-‐‑\xad]+[^\W_]+|['’][^\W\d_]+|\.(?=[^\W\d_]\w*\.(?:[^\W\d_]))|&(?=[A-Z]))*
    | ''|``|‘‘|’’
    | --+|\.{2,}
    | \S
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?i)(?:n['’]t|['’](?:s|re|ve|ll|d|m))$")
_SLASHED = re.compile(r"^[A-Z]{1,4}$")
_FUSED = frozenset({"cannot", "Cannot", "CANNOT"})
_FUSED_LENGTH = 6
_MARKS_BEHIND = frozenset(',;:!?"”)')  # after letters alone, each is a token


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    table = lexicon.load("en", "abbreviations")
    file = "abbreviations.toml"
    return (
        lexicon.words(table, "before_name", file),
        lexicon.words(table, "anywhere", file),
    )


def abbreviation_kind(word: str) -> str:
    """``"name"`` (a name or figure follows), ``"any"`` or ``""``, for a word without its stop."""
    before_name, anywhere = _abbreviations()
    low = word.lower()
    if low in before_name:
        return "name"
    if low in anywhere:
        return "any"
    return ""


def _takes_stop(text: str, start: int, end: int) -> bool:
    """Whether the full stop at ``end`` belongs to the word before it."""
    word = text[start:end]
    if len(word) == 1:  # an initial, but not the word "I" and not a letter that ends a text
        return word.isupper() and word != "I" and text[end + 1 : end + 2] != ""
    kind = abbreviation_kind(word)
    if kind == "name":
        follows = text[end + 1 : end + 3].lstrip()
        low = word.lower()
        if low in {"no", "art", "pp", "est", "al", "fig", "vs", "gen"}:
            return bool(follows) and (follows[0].isdigit() or (low in {"gen", "vs"}))
        return word[0].isupper() or low in {"vs", "approx", "ca", "al"}
    if kind == "any":
        return word[0].isupper() or low_is_common(word)
    return False


def low_is_common(word: str) -> bool:
    """Abbreviations that are written small: etc., inc., jr."""
    return word.lower() in {"etc", "inc", "jr", "sr", "e.g", "i.e"}


def token_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the tokens in ``text[start:end]``; every other character is white space.

    Clitics ("'s", "n't") are tokens of their own, abbreviations keep their full stop.
    """
    spans: list[tuple[int, int]] = []
    add = spans.append
    taken = start
    for found in _TOKEN.finditer(text, start, end):
        s, e = found.span()
        if s < taken:
            if e <= taken:
                continue
            s = taken
        elif found.lastindex and e - s != _FUSED_LENGTH:
            add((s, e))
            taken = e
            continue
        if e - s > 1 and text[s].isalpha():
            if text[e - 1] == ".":
                pass
            elif e < end and text[e] == "." and _takes_stop(text, s, e):
                e += 1
            else:
                word = text[s:e]
                if "'" in word or "’" in word:
                    clitic = _CLITIC.search(word)
                    if clitic is not None and clitic.start() > 0:
                        add((s, s + clitic.start()))
                        s += clitic.start()
                elif word in _FUSED:
                    add((s, s + 3))
                    s += 3
                elif e + 1 < end and text[e] == "/":
                    e = _past_slash(text, s, e, end)
        elif e < end and text[e] == "." and text[s].isupper() and _takes_stop(text, s, e):
            e += 1
        add((s, e))
        taken = e
    return spans


def plain_cut(stretch: str) -> int:
    """Length of the one word that a stretch without white space is, but for one mark behind it.

    Zero where it may be cut in another way: then ``token_spans`` has to look.
    """
    word = stretch if stretch[-1] not in _MARKS_BEHIND else stretch[:-1]
    return len(word) if word.isalpha() and word not in _FUSED else 0


def _past_slash(text: str, start: int, slash: int, end: int) -> int:
    """End of a name in two short parts ("AB/CD"), or of its first part."""
    after = _TOKEN.match(text, slash + 1, end)
    if after is None or not _SLASHED.match(text[start:slash]):
        return slash
    second = after.group().split("'")[0].split("’")[0]
    return slash + 1 + len(second) if _SLASHED.match(second) else slash
