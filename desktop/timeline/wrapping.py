"""Names in little room: in lines, elided at a word."""

from __future__ import annotations

from collections.abc import Callable


def elided(text: str, measure: Callable[[str], float], room: float) -> str:
    """A text cut at a word so that it fits; at a letter where not even the first one does."""
    if measure(text) <= room:
        return text
    words = text.split(" ")
    while len(words) > 1:
        words.pop()
        shorter = " ".join(words).rstrip(" ,;:–-·") + "…"
        if measure(shorter) <= room:
            return shorter
    cut = words[0]
    while len(cut) > 1 and measure(cut + "…") > room:
        cut = cut[:-1]
    return cut + "…"


def in_lines(text: str, measure: Callable[[str], float], room: float, most: int) -> str:
    """A text in up to ``most`` lines that fit; the last is elided."""
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < most - 1:
        count = next(
            (
                count
                for count in range(len(words), 0, -1)
                if measure(" ".join(words[:count])) <= room
            ),
            0,
        )
        if not count:
            break
        lines.append(" ".join(words[:count]))
        words = words[count:]
    if words:
        lines.append(elided(" ".join(words), measure, room))
    return "\n".join(lines)
