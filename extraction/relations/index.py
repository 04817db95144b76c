"""Look-ups over the claims of a dossier, so that nothing is compared with everything."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extraction.events.kinds import compatible_groups
from extraction.events.notes import PARTIES, Note
from extraction.events.words import anybody, deadly
from extraction.model import SideKey

_LATEST = 48  # claims of one kind and place within some days that one is compared with
# How many claims may use a word that is still rare: at least, at most, and as a part of all.
_RARE_LEAST, _RARE_MOST, _RARE_PART = 4, 12, 10


class Index:
    """Notes of claims by article, by kind and place, and by kind and accused, in time order."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self.by_article: dict[str, list[Note]] = defaultdict(list)
        self._by_place: dict[tuple[str, str], list[Note]] = defaultdict(list)
        self._by_group: dict[tuple[str, SideKey], list[Note]] = defaultdict(list)
        for note in sorted(notes, key=lambda n: (n.day, n.key)):
            self.by_article[note.article].append(note)
            for place in note.places[:6]:
                self._by_place[note.group, place].append(note)
            for thing in sorted(note.things - anybody())[:3]:
                self._by_place[note.group, f"~{thing}"].append(note)
            self._by_group[note.group, note.voice.side].append(note)
            if note.deed:
                self._by_place["deed", note.deed].append(note)
        self._days: dict[int, list[int]] = {}  # by identity of the list, made when first asked
        self._words: dict[str, list[Note]] | None = None
        self._few = 0
        for found in self.by_article.values():
            found.sort(key=lambda n: n.key)

    def _window(self, found: list[Note], first: int, last: int, most: int) -> Sequence[Note]:
        days = self._days.get(id(found))
        if days is None:
            days = self._days[id(found)] = [n.day for n in found]
        start, end = bisect_left(days, first), bisect_right(days, last)
        # the latest are the likeliest to be answered
        return found[max(start, end - most) : end]

    def around(self, note: Note, before: int, after: int) -> list[Note]:
        """Other claims of the same article, from so many sentences before to so many after."""
        found = self.by_article[note.article]
        first = bisect_left(found, note.sentence - before, key=lambda n: n.sentence)
        last = bisect_right(found, note.sentence + after, key=lambda n: n.sentence)
        return [other for other in found[first:last] if other is not note]

    def elsewhere(self, note: Note, days: tuple[int, int], wide: bool) -> Iterator[Note]:
        """Claims of other articles about the same kind of event.

        Those at the same places within ``days`` before and after, and where ``wide``, those that
        the other side makes, wherever.
        """
        seen: set[int] = set()
        first, last = note.day - days[0], note.day + days[1]
        lists: list[list[Note]] = []
        if note.deed:
            lists.append(self._by_place.get(("deed", note.deed), []))
        for group in compatible_groups(note.group) if not note.deed else ():
            for place in note.places[:6]:
                lists.append(self._by_place.get((group, place), []))
            for thing in sorted(note.things - anybody())[:3]:
                lists.append(self._by_place.get((group, f"~{thing}"), []))
            if wide:
                for side in SideKey:
                    if side is not note.voice.side or side not in PARTIES:
                        lists.append(self._by_group.get((group, side), []))
        for found in lists:
            if not found:
                continue
            for other in self._window(found, first, last, _LATEST):
                if other.article != note.article and other.claim not in seen:
                    seen.add(other.claim)
                    yield other

    def _rare_words(self) -> dict[str, list[Note]]:
        """The claims by each word that few of them use; made when first asked."""
        if self._words is None:
            notes = [n for found in self.by_article.values() for n in found]
            self._few = max(_RARE_LEAST, min(_RARE_MOST, len(notes) // _RARE_PART))
            counts = Counter(word for n in notes for word in n.words)
            self._words = defaultdict(list)
            for note in notes:
                for word in note.words:
                    if 1 < counts[word] <= self._few:
                        self._words[word].append(note)
        return self._words

    def rare(self, word: str) -> bool:
        """Whether more than one claim of the dossier uses a word, but few do."""
        return word in self._rare_words()

    def sharing(self, note: Note) -> list[Note]:
        """Other claims that share a rare word with one, in the order of the articles."""
        known = self._rare_words()
        found = {n.claim: n for word in note.words for n in known.get(word, ())}
        found.pop(note.claim, None)
        return sorted(found.values(), key=lambda n: n.key)

    def harms_at(self, note: Note, days: tuple[int, int]) -> Iterator[Note]:
        """Claims of other articles about harm done at the same places, near in time."""
        for place in note.places[:6]:
            for group in sorted(deadly()):
                found = self._by_place.get((group, place))
                if found:
                    window = self._window(found, note.day - days[0], note.day + days[1], 60)
                    yield from (other for other in window if other.article != note.article)

    def said_by(self, note: Note, groups: Iterable[str], days: tuple[int, int]) -> Iterator[Note]:
        """Claims of other articles, whoever makes them, of these groups and near in time."""
        for group in groups:
            for side in SideKey:
                found = self._by_group.get((group, side))
                if not found:
                    continue
                window = self._window(found, note.day - days[0], note.day + days[1], 60)
                yield from (other for other in window if other.article != note.article)
