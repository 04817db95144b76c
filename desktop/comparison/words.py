"""The words of a claim as its card shows them: readable alone, with the cue where it must be.

The reader keeps the exact words. A card may add the cue ("accused … of shelling the town"),
told apart by its tone, and leave out a "that" which joins to a cue that is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from db.rows import ClaimRow
from extraction.lexicon import load
from extraction.model import Form

OPENING = '"“„«‹‘'
CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’"}
JOINT = " … "
ADJOINING = 2
"""Characters between cue and content that are no more than a blank or a comma."""


@dataclass(frozen=True, slots=True)
class Told:
    """``cue`` and ``quoted`` are ``[start, end)`` ranges of ``text`` in code points.

    ``cue`` are words that the card adds, ``quoted`` the voice's own words.
    """

    text: str
    cue: tuple[tuple[int, int], ...] = ()
    quoted: tuple[tuple[int, int], ...] = ()


def told(claim: ClaimRow) -> Told:
    """A claim's content, with its cue at its own place where the content cannot be read alone."""
    pieces = _pieces(claim)
    text, cue, quoted = "", [], []
    for words, is_cue in pieces:
        start = len(text)
        text += words
        if is_cue:
            cue.append((start, len(text)))
        else:
            quoted += [(start + a, start + b) for a, b in quoted_parts(words, claim.form)]
    return Told(text, tuple(cue), tuple(quoted))


def words_of(claim: ClaimRow) -> str:
    """The same as plain text."""
    return told(claim).text


def content_of(claim: ClaimRow) -> str:
    """The content alone, to stand after a verb that is told otherwise."""
    return _without_joint(_closed(claim.content))


def _pieces(claim: ClaimRow) -> list[tuple[str, bool]]:
    """Content and cue in the order of the text; true for the cue."""
    content = _closed(claim.content)
    cue = " ".join(claim.cue_span.exact.split())
    spans = claim.content_spans
    if not spans or not any(letter.isalpha() for letter in cue):
        return [(content, False)]
    at = claim.cue_span
    inside = next(
        (
            n
            for n in range(1, len(spans))
            if spans[n - 1].end <= at.start and at.end <= spans[n].start
        ),
        None,
    )
    if inside is not None:
        return _around(claim, cue, inside)
    if at.end <= spans[0].start:
        if not needs_cue(claim):
            return [(_without_joint(content), False)]
        joint = " " if spans[0].start - at.end <= ADJOINING else JOINT
        return [(cue + joint, True), (content, False)]
    # "The demands were repeated": of cues that follow, only a passive one completes its content.
    passive = _words("cues", "passive") & set(cue.casefold().split())
    if spans[-1].end <= at.start and claim.form is not Form.DIRECT and passive:
        joint = " " if at.start - spans[-1].end <= ADJOINING else JOINT
        return [(content, False), (joint + cue, True)]
    return [(content, False)]


def _around(claim: ClaimRow, cue: str, place: int) -> list[tuple[str, bool]]:
    """Content on both sides of its cue ("Two boats were said to have sunk")."""
    exact = [" ".join(span.exact.split()) for span in claim.content_spans]
    if claim.form is Form.DIRECT or JOINT.join(exact) != " ".join(claim.content.split()):
        return [(claim.content, False)]
    before, after = JOINT.join(exact[:place]), _closed(JOINT.join(exact[place:]))
    return [(before, False), (f" {cue} ", True), (after, False)]


def needs_cue(claim: ClaimRow) -> bool:
    """Whether the content alone would be read wrongly, or not at all."""
    if claim.form is Form.DIRECT and _is_whole_quotation(claim.content):
        return False
    cue = claim.cue_span.exact.casefold().split()
    if not cue or cue[-1] not in _words("cues", "plain") or _words("cues", "turning") & {*cue}:
        return True
    first = claim.content.strip(OPENING + " ").split(" ", 1)[0].casefold().strip(",")
    return first in _words("contents", "clauseless")


@cache
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(load("en", "cards")[table][key].split())


def _is_whole_quotation(content: str) -> bool:
    """A quotation that begins as a sentence does."""
    bare = content.lstrip(OPENING + " [")
    return bare[:1].isupper() or bare[:1].isdigit()


def _without_joint(content: str) -> str:
    """Without the "that" which joined it to its cue."""
    first, blank, rest = content.partition(" ")
    if blank and first.casefold().rstrip(",") in _words("contents", "joining"):
        return rest
    return content


def _closed(content: str) -> str:
    """Without the comma that led on to who said it."""
    words = content.rstrip()
    if len(words) > 1 and words[-1] in '"”’»›' and words[-2] == ",":
        return words[:-2] + words[-1]
    return words.rstrip(",")


def quoted_parts(content: str, form: Form) -> tuple[tuple[int, int], ...]:
    """Ranges of ``content`` that are in the voice's own words, quotation marks included."""
    if form is Form.DIRECT:
        return ((0, len(content)),) if content else ()
    parts: list[tuple[int, int]] = []
    place = 0
    while place < len(content):
        mark = content[place]
        begins_word = place == 0 or not content[place - 1].isalnum()
        if mark in OPENING and begins_word:
            end = _closing(content, place)
            if end:
                parts.append((place, end))
                place = end
                continue
        place += 1
    return tuple(parts)


def _closing(content: str, start: int) -> int:
    """End of the quotation opened at ``start``, or 0 if it is none (an apostrophe, say)."""
    closers = CLOSING[content[start]]
    for place in range(start + 1, len(content)):
        if content[place] in closers:
            follows = content[place + 1 : place + 2]
            if not (closers == "’" and follows.isalnum()):
                return place + 1
    return 0 if content[start] == "‘" else len(content)


MOST_WORDS = 9


def shortened(content: str) -> str:
    """The first words of a claim, as the heading of a claim that belongs to no event."""
    words = content.split()
    if len(words) <= MOST_WORDS + 2:
        return " ".join(words)
    return " ".join(words[:MOST_WORDS]).rstrip(",;:") + " …"
