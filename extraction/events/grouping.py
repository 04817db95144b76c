"""Which notes tell of one event.

Each note is compared only with clusters that share a key with it (kind and place and day, kind
and participant and day, the sentences before it), so that the work grows with the number of
notes. Dated and placed notes found clusters first and vaguer ones join them, so that a vague one
never ties two precise ones together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from extraction.events.cluster import (
    NEAR,
    SPEECH,
    VAGUE,
    Cluster,
    anchors,
    days_of,
    span_of,
    stage,
    weeks_of,
)
from extraction.events.fitting import (
    another,
    at_peace,
    continues,
    counts_else,
    elsewhere,
    in_series,
    nearest_words,
    of_another_time,
    of_old,
    other_total,
    rival_accounts,
    same_breath,
    same_people,
)
from extraction.events.kinds import compatible, compatible_groups, overlap
from extraction.events.notes import Note
from extraction.events.scores import (
    VETO,
    how_far,
    is_deadly,
    shared_places,
    shared_roles,
    stance,
)
from extraction.events.words import anybody, stem, unlike
from extraction.happenings import triggers

_BY_WORDS = SPEECH | {"statement"}  # groups that are found by their words
_WORDS = 8  # words that one is found by
_CANDIDATES = 12
_REMEMBERED = 40  # clusters of a key and day, the latest
_IN_ARTICLE = 1.7
_ACROSS = 2.4
_UNITED = 3  # notes of an event that speak for it when it is joined to another
_TOLL_REACH = 3  # sentences
_ONLY_REACH = 6


@cache
def _demand_words() -> frozenset[str]:
    return frozenset(stem(word) for word in triggers.load().anaphora["demand"])


class Grouping:
    """Clusters under construction."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._index: dict[str, dict[object, dict[int, list[int]]]] = defaultdict(dict)
        self._in_article: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._tolls: tuple[str, list[tuple[int, int]]] | None = None  # until a telling is added

    def place(self, note: Note) -> Cluster:
        """Put a note into the cluster that it fits best, or into one of its own."""
        best, best_score = None, 0.0
        for number in self._candidates(note):
            cluster = self.clusters[number]
            score, needed = self._score(note, cluster)
            if score >= needed and score > best_score:
                best, best_score = cluster, score
        if best is None:
            best = Cluster(len(self.clusters), note.group)
            self.clusters.append(best)
        self.join(note, best)
        return best

    def join(self, note: Note, cluster: Cluster) -> None:
        cluster.add(note)
        self._tolls = None
        self._in_article[note.article].append((note.sentence, cluster.number))
        if note.group == cluster.group:
            days = span_of(note, searching=False)
            if note.group in _BY_WORDS:
                weeks = weeks_of(days, searching=False)
                self._enter(note.group, sorted(note.words)[:_WORDS], weeks, cluster.number)
            else:
                self._enter(note.group, anchors(note), days, cluster.number)

    def _enter(
        self, group: str, marks: Iterable[object], times: Iterable[int], number: int
    ) -> None:
        for mark in marks:
            by_time = self._index[group].setdefault(mark, {})
            for time in times:
                listed = by_time.setdefault(time, [])
                if not listed or listed[-1] != number:
                    listed.append(number)

    def unite(self) -> None:
        """Join events that only what came in later shows to be one.

        Each is judged by those of its notes that first made it, against others as in ``place``;
        nothing may speak against it: two times, two places, or two parties in one role.
        """
        for cluster in self.clusters:
            if cluster.group in SPEECH or cluster.group == "statement":
                continue
            for note in [n for n in cluster.notes if n.group == cluster.group][:_UNITED]:
                target = self._better(note, cluster)
                if target is not None:
                    toll = target.group == "casualties" != cluster.group
                    kept, gone = (cluster, target) if toll else (target, cluster)
                    for other in list(gone.notes):
                        self.join(other, kept)
                    gone.clear()
                    self._tolls = None
                    break

    def _better(self, note: Note, own: Cluster) -> Cluster | None:
        for number in self._candidates(note):
            other = self.clusters[number]
            if other is own or not other.notes or not at_peace(own, other):
                continue
            score, needed = self._score(note, other)
            if score >= needed > 0:
                return other
        return None

    def _candidates(self, note: Note) -> list[int]:
        hits: dict[int, int] = {}
        days = span_of(note, searching=True)
        if note.group in _BY_WORDS:
            weeks = weeks_of(days, searching=True)
            found = self._standing((note.group,), sorted(note.words)[:_WORDS], weeks)
        else:
            found = self._standing(compatible_groups(note.group), anchors(note), days)
        for number in found:
            hits[number] = hits.get(number, 0) + 1
        if note.group not in SPEECH:
            for sentence, number in self._in_article.get(note.article, ()):
                if abs(sentence - note.sentence) <= 4:
                    hits[number] = hits.get(number, 0) + 1
        ranked = sorted(hits.items(), key=lambda item: (-item[1], item[0]))
        return [number for number, _ in ranked[:_CANDIDATES]]

    def _standing(
        self, groups: Iterable[str], marks: Sequence[object], times: Collection[int]
    ) -> Iterator[int]:
        """Numbers of clusters under these marks and times, once for each that they stand under."""
        for group in groups:
            under = self._index.get(group)
            if under is None:
                continue
            for mark in marks:
                by_time = under.get(mark)
                if by_time is None:
                    continue
                known = by_time if len(by_time) < len(times) else times
                for time in known:
                    if time in times and time in by_time:
                        yield from by_time[time][-_REMEMBERED:]

    def _score(self, note: Note, cluster: Cluster) -> tuple[float, float]:
        """How well a note fits, and what it would need."""
        if not compatible(note.group, cluster.group):
            return self._score_pointing(note, cluster)
        if note.when is not None and cluster.when is not None:
            if not overlap(note.when, cluster.when):
                return VETO, 0.0
            days = max(len(days_of(note.when)), len(days_of(cluster.when)))
            score = 1.0 if days == 1 else 0.6
        else:
            score = 0.0
        if note.group in _BY_WORDS:
            return self._score_words(note, cluster, score)
        return self._score_deed(note, cluster, score)

    def _score_deed(self, note: Note, cluster: Cluster, score: float) -> tuple[float, float]:
        """How well a telling of something done fits, ``score`` being what its time is worth."""
        rivals = rival_accounts(note, cluster)
        parts = (shared_places(note, cluster), shared_roles(note, cluster, rivals))
        if min(parts) == VETO:
            return VETO, 0.0
        toll = self._toll_of(note, cluster)
        near = parts[0] > 0 or toll or same_people(note, cluster)
        if note.group != cluster.group and not near and not self._points_at(note, cluster):
            return VETO, 0.0
        if another(note, cluster) or in_series(note, cluster) or other_total(note, cluster):
            return VETO, 0.0
        if of_another_time(note, cluster, placed=parts[0] > 0):
            return VETO, 0.0
        score += 1.0 if toll else 0.0
        score += sum(parts) + stance(note, cluster)
        if any(note.family == other.family for other in cluster.notes[:4]):
            score += 0.5
        if note.happening is not None and note.happening.definite:
            score += 0.4
        target = note.things
        same_target = (target & cluster.target) - (anybody() if parts[0] <= 0 else frozenset())
        if same_target:
            score += 1.2 * len(same_target) / min(len(target), len(cluster.target))
        elif unlike(target, frozenset(cluster.target)):
            return VETO, 0.0
        elif elsewhere(note, cluster) and parts[0] <= 0 and not (toll or rivals):
            score -= 1.3  # the one struck this, the other that
        if not (max(parts) > 0 or same_target or toll or self._points_at(note, cluster)):
            return VETO, 0.0
        distance = how_far(note, cluster)
        if distance is None:
            shared = len(note.words & cluster.words)
            score += min(0.9, 0.15 * shared)
            if note.when is None and 0 <= note.day - cluster.day <= NEAR:
                score += 0.5
            return score, _ACROSS
        if distance <= 1 and same_breath(note, cluster):
            score += 0.5
        anchored = bool(note.places) and bool(cluster.places)
        score += 1.2 if distance <= 1 else 0.8 if distance <= 3 else 0.5 if anchored else 0.2
        return score, _IN_ARTICLE

    def _score_pointing(self, note: Note, cluster: Cluster) -> tuple[float, float]:
        """A few words on what was asked or told just before: "the demand was passed on"."""
        distance = how_far(note, cluster)
        if note.group != "statement" or distance is None or distance > 3:
            return VETO, 0.0
        few = len(note.words) <= 3
        told = min(cluster.where[note.article]) <= note.sentence
        asked = told and cluster.group in SPEECH and few and bool(_demand_words() & note.words)
        known = bool(note.words) and len(note.words) <= 3 and note.words <= cluster.words
        if asked or known:
            return 2.0 - 0.1 * distance, _IN_ARTICLE
        return VETO, 0.0

    def _points_at(self, note: Note, cluster: Cluster) -> bool:
        """Whether a telling with no names goes on about the one before it: by its time or arms."""
        if note.article not in cluster.where:
            return False
        if note.when is not None and cluster.when is not None:
            carried = "earlier sentence" in note.when.basis
            if note.when == cluster.when or (carried and not note.places):
                return True
        if continues(note, cluster) or self._only_one(note, cluster):
            return True
        toll = note.group == "casualties" and not note.places
        if toll and same_breath(note, cluster, before=True):
            return True
        definite = note.happening is not None and note.happening.definite
        if definite and note.group == cluster.group:
            return True
        return any(set(note.weapons) & set(other.weapons) for other in cluster.notes[:6])

    def _only_one(self, note: Note, cluster: Cluster) -> bool:
        """ "They were shot in the back": of the only deed of its kind that was told of before."""
        vague = not note.things and note.when is None and not note.places and note.deed_verbal
        if not vague or note.group != cluster.group or note.voice.actor is None:
            return False
        kind = [
            (sentence, number)
            for sentence, number in self._in_article[note.article]
            if self.clusters[number].group == note.group and self.clusters[number].notes
        ]
        if len({number for _, number in kind}) != 1:
            return False
        before = [sentence for sentence, _ in kind if sentence <= note.sentence]
        return bool(before) and note.sentence - max(before) <= _ONLY_REACH

    def _toll_of(self, note: Note, cluster: Cluster) -> bool:
        """Whether the dead and hurt that a claim counts, with no place, are those of the event.

        Of the harm told of last within three sentences, or of the only one in the article.
        """
        if note.group != "casualties" or note.places or note.running or not note.harmed_count:
            return False
        if cluster.group == "casualties" or note.article not in cluster.where:
            return False
        if note.counts_none and self._just_counted(note, cluster):
            return False
        told = self._harms_told(note.article)
        if not told:
            return False
        if len({number for _, number in told}) == 1:
            return told[0][0] <= note.sentence or not self._counted_before(note)
        before = [pair for pair in told if 0 <= note.sentence - pair[0] <= _TOLL_REACH]
        return bool(before) and max(before)[1] == cluster.number

    def _counted_before(self, note: Note) -> bool:
        """Whether the harmed of something were counted shortly before in the article."""
        return any(
            0 < note.sentence - sentence <= _ONLY_REACH
            and self.clusters[number].group == note.group
            and self.clusters[number].counting.get(note.article, 0) > 0
            for sentence, number in self._in_article[note.article]
        )

    def _harms_told(self, article: str) -> list[tuple[int, int]]:
        """Sentences and clusters of the harm that an article tells of: counted harm, if any is."""
        if self._tolls is not None and self._tolls[0] == article:
            return self._tolls[1]
        told = [pair for pair in self._in_article[article] if is_deadly(self.clusters[pair[1]])]
        counted = [pair for pair in told if self.clusters[pair[1]].counting.get(article, 0) > 0]
        self._tolls = article, counted or told
        return counted or told

    def _just_counted(self, note: Note, cluster: Cluster) -> bool:
        """Whether the harmed of another event were counted right before."""
        return any(
            number != cluster.number
            and 0 <= note.sentence - sentence <= 1
            and any(n.sentence == sentence and n.harmed_count for n in self.clusters[number].notes)
            for sentence, number in self._in_article[note.article]
        )

    def _score_words(self, note: Note, cluster: Cluster, score: float) -> tuple[float, float]:
        if note.group in SPEECH:
            first = cluster.notes[0]
            thirds = not first.voice.party and not note.voice.party
            if not (
                first.voice.allied(note.voice) or (thirds and first.family == note.family != "")
            ):
                return VETO, 0.0
            if first.family and note.family and first.family == note.family:
                score += 1.5
        shared, least = nearest_words(note, cluster)
        deed = note.deed and any(n.deed == note.deed for n in cluster.notes[:6])
        if deed and note.things & cluster.target:
            score += 1.0
        if not shared and score < 1.5:
            return VETO, 0.0
        part = len(shared) / least
        close = how_far(note, cluster)
        if len(shared) >= 2 or (part == 1.0 and close is not None and close <= 2):
            score += 3.0 * part
        if close is not None and close <= 2:
            score += 0.3
        return score, 1.8 if note.group in SPEECH else 2.0


def grouped(notes: Sequence[Note], replies: Iterable[tuple[Note, Note | None]]) -> Grouping:
    """All notes in clusters; each reply joins the cluster of what it replies to.

    ``replies`` are (note, the note that it answers, or None where it stands alone).
    """
    grouping = Grouping()
    of_note: dict[tuple[str, int, int], Cluster] = {}
    ordered = sorted(notes, key=lambda n: (stage(n), n.day, n.key))
    waiting = sorted(replies, key=lambda pair: pair[0].key)

    def answer(last: bool) -> None:
        kept: list[tuple[Note, Note | None]] = []
        for note, target in waiting:
            found = of_note.get(target.key) if target is not None else None
            if found is not None and (counts_else(note, target) or of_old(note, target)):
                of_note[note.key] = grouping.place(note)
            elif found is not None:
                grouping.join(note, found)
                of_note[note.key] = found
            elif last:
                of_note[note.key] = grouping.place(note)
            else:
                kept.append((note, target))
        waiting[:] = kept

    # what has neither time nor place is judged by all that has, replies among it
    vague = [note for note in ordered if stage(note) == VAGUE]
    for note in ordered[: len(ordered) - len(vague)]:
        of_note[note.key] = grouping.place(note)
    answer(last=False)
    for note in vague:
        of_note[note.key] = grouping.place(note)
    answer(last=True)
    grouping.unite()
    return grouping
