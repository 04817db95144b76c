"""Which attributions and sentences of one text are which of another version of it.

Those with the same words in the same order are kept; the same words elsewhere have moved. Of the
rest, those that share source and cue and most of their words are reworded, the most alike first;
where only one of source and cue is the same, more of the words must be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from db.rows import ChangeKind
from extraction.model import ArticleReading, Attribution, Decisions, Span

ALIKE = 0.5
"""Share of words in common, in order, from which a claim of the same source and cue is reworded."""

ALIKE_ELSE = 0.75
"""The same where either another source or another cue stands with it."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Indexes of attributions in the old and the new reading."""

    kind: ChangeKind
    old: int | None
    new: int | None


def match_attributions(old: ArticleReading, new: ArticleReading) -> list[Matched]:
    """What became of each attribution, in the order of the new text, those gone at the end."""
    before, after = old.attributions, new.attributions
    paired = match_words([_words(a) for a in before], [_words(a) for a in after])
    left = sorted(set(range(len(before))) - set(paired))
    free = sorted(set(range(len(after))) - {place for place, _ in paired.values()})
    pairs = {place: (index, kind) for index, (place, kind) in paired.items()}
    for index, place in _reworded([before[n] for n in left], [after[n] for n in free]):
        pairs[free[place]] = (left[index], ChangeKind.REWORDED)
    matched = []
    for place, attribution in enumerate(after):
        if place in pairs:
            index, kind = pairs[place]
            matched.append(Matched(kind, before[index].index, attribution.index))
        else:
            matched.append(Matched(ChangeKind.ADDED, None, attribution.index))
    found = {index for index, _ in pairs.values()}
    matched += [
        Matched(ChangeKind.GONE, attribution.index, None)
        for index, attribution in enumerate(before)
        if index not in found
    ]
    return matched


def match_words(
    old: Sequence[Hashable], new: Sequence[Hashable]
) -> dict[int, tuple[int, ChangeKind]]:
    """By index in ``old`` the index in ``new`` of what is equal, and whether it kept its order."""
    paired: dict[int, tuple[int, ChangeKind]] = {}
    for first, second, size in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_matching_blocks():
        for offset in range(size):
            paired[first + offset] = (second + offset, ChangeKind.KEPT)
    taken = {place for place, _ in paired.values()}
    elsewhere: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, word in enumerate(new):
        if place not in taken:
            elsewhere[word].append(place)
    for index, word in enumerate(old):
        if index not in paired and elsewhere[word]:
            paired[index] = (elsewhere[word].pop(0), ChangeKind.MOVED)
    return paired


def _reworded(old: Sequence[Attribution], new: Sequence[Attribution]) -> list[tuple[int, int]]:
    # Only here: the window stands before an article changes.
    from rapidfuzz.distance import Indel

    contents = [_content(a).split() for a in new]
    found: list[tuple[float, int, int]] = []
    for index, before in enumerate(old):
        words = _content(before).split()
        for place, after in enumerate(new):
            same = (_source(before) == _source(after)) + (before.cue_lemma == after.cue_lemma)
            if same == 0:
                continue
            least = ALIKE if same == 2 else ALIKE_ELSE
            alike = Indel.normalized_similarity(words, contents[place], score_cutoff=least)
            if alike >= least:
                found.append((-alike, index, place))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, index, place in sorted(found):
        if index not in pairs and place not in taken:
            pairs[index] = place
            taken.add(place)
    return list(pairs.items())


def carried_decisions(
    decisions: Decisions, replaced: Sequence[tuple[ArticleReading, ArticleReading]]
) -> Decisions:
    """Decisions on claims of old versions, as they bind those of the new ones."""
    rejected = list(decisions.rejected)
    for old, new in replaced:
        at = {one.old: one.new for one in match_attributions(old, new)}
        follows = [
            (new.article.key, at.get(position)) if key == old.article.key else (key, position)
            for key, position in rejected
        ]
        rejected = [(key, position) for key, position in follows if position is not None]
    return replace(decisions, rejected=tuple(rejected))


def words_of(attribution: Attribution) -> str:
    """Source, cue and content in the order of the text, as it is told of a change."""
    spans = [attribution.cue, *attribution.contents]
    if attribution.source is not None:
        spans.append(attribution.source)
    told: list[str] = []
    end = -1
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.end > end:
            told.append(" ".join(span.exact.split()))
            end = span.end
    return " ".join(part for part in told if part)


def move_spans(old: str, new: str, spans: Sequence[Span], near: int) -> tuple[Span, ...] | None:
    """The same words in another version of the text, near an offset; ``None`` if one is missing.

    The longest decides where; the others keep their distance to it or stand within a sentence or
    two of where that would be.
    """
    if not spans:
        return ()
    longest = max(spans, key=lambda span: span.end - span.start)
    start = _best(old, new, longest, near)
    if start is None:
        return None
    shift = start - longest.start
    moved = []
    for span in spans:
        at = _nearest(new, span.exact, span.start + shift)
        if at is None or abs(at - span.start - shift) > _REACH:
            return None
        moved.append(Span.cut(new, at, at + len(span.exact)))
    return tuple(moved)


_REACH = 400
_CONTEXT = 40


def _best(old: str, new: str, span: Span, near: int) -> int | None:
    """Where its words stand with most of the same around them, then nearest."""
    best: tuple[int, int, int] | None = None
    before = old[max(0, span.start - _CONTEXT) : span.start]
    after = old[span.end : span.end + _CONTEXT]
    for at in _places(new, span.exact):
        end = at + len(span.exact)
        around = _common(before[::-1], new[max(0, at - _CONTEXT) : at][::-1])
        around += _common(after, new[end : end + _CONTEXT])
        rank = (-around, abs(at - near), at)
        best = rank if best is None else min(best, rank)
    return None if best is None else best[2]


def _nearest(text: str, words: str, near: int) -> int | None:
    return min(_places(text, words), key=lambda at: (abs(at - near), at), default=None)


def _places(text: str, words: str) -> list[int]:
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _common(first: str, second: str) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _words(attribution: Attribution) -> tuple[str, str, str]:
    return _source(attribution), _plain(attribution.cue.exact), _content(attribution)


def _source(attribution: Attribution) -> str:
    return _plain(attribution.source.exact) if attribution.source else ""


def _content(attribution: Attribution) -> str:
    return _plain(" ".join(span.exact for span in attribution.contents))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
