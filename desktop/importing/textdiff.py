"""Two versions of a text as one: what went is struck through, what came is underlined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from desktop.theme import Theme

MOST_WORDS = 4000
"""Words of a stretch that are compared one by one; of a longer one all went and all came."""

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
    return [(kind, text) for kind, text in parts if text]


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _stretch(old: str, new: str) -> Iterator[Part]:
    before, after = _tokens(old), _tokens(new)
    if len(before) + len(after) > MOST_WORDS:
        yield GONE, old
        yield ADDED, new
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield EQUAL, "".join(before[a:b])
        else:
            yield GONE, "".join(before[a:b])
            yield ADDED, "".join(after[c:d])


def _tokens(text: str) -> list[str]:
    """Words with the blanks after them, so that they can be joined again."""
    tokens: list[str] = []
    for letter in text:
        if tokens and (letter.isspace() or not tokens[-1][-1].isspace()):
            tokens[-1] += letter
        else:
            tokens.append(letter)
    return tokens


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
