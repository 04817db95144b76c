"""Two versions of a text as one: what went is struck through, what came is underlined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from desktop.theme import Theme

MOST_WORDS = 4000
"""Words of a stretch that are compared one by one; of a longer one all went and all came."""

_WORDS = re.compile(r"\S+\s*|\s+")

EQUAL, GONE, ADDED = "equal", "gone", "added"
Part = tuple[str, str]


def compared(old: str, new: str) -> list[Part]:
    """The parts of both texts in order, each with what became of it.

    Without what was added they are the old text, without what is gone the new one.
    """
    before, after = old.split("\n"), new.split("\n")
    parts: list[Part] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            parts.append((EQUAL, _lines(before[a:b])))
        else:
            parts += _stretch(_lines(before[a:b]), _lines(after[c:d]))
    return _joined(parts)


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Neighbours of one kind as one part."""
    joined: list[Part] = []
    for kind, text in parts:
        if text and joined and joined[-1][0] == kind:
            joined[-1] = kind, joined[-1][1] + text
        elif text:
            joined.append((kind, text))
    return joined


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _stretch(old: str, new: str) -> Iterator[Part]:
    before, after = _tokens(old), _tokens(new)
    if len(before) + len(after) > MOST_WORDS:
        yield GONE, old
        yield ADDED, new
        return
    first, second = ([token.rstrip() for token in tokens] for tokens in (before, after))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for one, other in zip(before[a:b], after[c:d], strict=True):
                yield from _alike(one, other)
        else:
            yield GONE, "".join(before[a:b])
            yield ADDED, "".join(after[c:d])


def _alike(one: str, other: str) -> Iterator[Part]:
    """The same word, with other blanks after it perhaps."""
    if one == other:
        yield EQUAL, one
        return
    word = one.rstrip()
    yield EQUAL, word
    yield GONE, one[len(word) :]
    yield ADDED, other[len(word) :]


def _tokens(text: str) -> list[str]:
    """Words with the blanks after them, so that they can be joined again."""
    return _WORDS.findall(text)


def compared_html(old: str, new: str, theme: Theme) -> str:
    """``compared`` as simple HTML; everything from articles is escaped."""
    looks = {
        EQUAL: f"color:{theme.text.name()}",
        GONE: f"color:{theme.dispute.name()};text-decoration:line-through",
        ADDED: f"color:{theme.text.name()};font-weight:600;text-decoration:underline",
    }
    return "".join(
        f"<span style='{looks[kind]}'>{escape(text).replace(chr(10), '<br>')}</span>"
        for kind, text in compared(old, new)
    )
