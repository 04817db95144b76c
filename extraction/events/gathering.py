"""Which event the loosely worded tellings go with, once the well told ones are grouped.

A report tells of its matter once with time and place and goes on about it in words that name
neither: "the pilot had been given the wrong coordinates", "he put the number of dead at nine".
Each such telling, that so far stands alone, is given to the matter that its article speaks of
there. Only what stands in the same article, or is the one deadly event of these days, is looked
at, so that the work grows with the number of tellings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from extraction.events.bearing import incidents
from extraction.events.belonging import bears, may_bear, meets
from extraction.events.cluster import SPEECH, Cluster
from extraction.events.fitting import at_peace
from extraction.events.focus import Focus, Head, again, focus_of, one_incident, pairs_of
from extraction.events.grouping import Grouping, grouped
from extraction.events.kinds import compatible, compatible_groups, standing
from extraction.events.notes import Note
from extraction.events.statements import measures, taken_up
from extraction.events.ties import (
    DAYS,
    MOST,
    anchored,
    fits,
    harmful,
    is_named,
    names_same,
    of_many,
    of_parties,
    other_series,
    sufferers_version,
    tied,
    timed,
)
from extraction.events.words import anybody, is_hardware, structures
from extraction.model import SideKey, SpeechAct

_NEXT = 1  # sentences over which a voice goes on
_LONG = 180  # days over which a dispute speaks of one wrong
_STATEMENT = "statement"
_SAID = SPEECH | {_STATEMENT}


class Gathering:
    """One pass over the tellings of each article, in the order of its text."""

    def __init__(self, grouping: Grouping, heads: Mapping[str, Head]) -> None:
        self.grouping = grouping
        self.heads = heads
        self.foci: dict[str, Focus] = {}  # what each article is about
        self.home: dict[tuple[str, int, int], Cluster] = {}
        self._struck: dict[str, list[Cluster]] | None = None
        self.articles: dict[str, list[Note]] = defaultdict(list)
        self._told: dict[str, dict[int, Cluster]] = {}  # deeds of an article, until one moves
        for cluster in grouping.clusters:
            for note in cluster.notes:
                self.home[note.key] = cluster
                self.articles[note.article].append(note)

    def run(self) -> None:
        for notes in self.articles.values():
            notes.sort(key=lambda n: n.key)
            self._points_back(notes)
        for article, notes in self.articles.items():
            focus = focus_of(notes, self.home, self.heads.get(article, Head()))
            if focus is not None:
                self.foci[article] = focus
                self._told_twice(notes, focus)
        self._over_articles()
        self._one_incident()
        for article, notes in self.articles.items():
            self._goes_on(notes)
            if article in self.foci:
                self._bears_on(notes, self.foci[article])

    def _move(self, note: Note, target: Cluster, reason: str) -> None:
        self.home[note.key].remove(note)
        self.home[note.key] = target
        self._told.pop(note.article, None)
        self.grouping.join(note, target)
        target.loose.setdefault(reason, 0)
        target.loose[reason] += 1

    def _unite(self, own: Cluster, target: Cluster, reason: str) -> None:
        """All of ``own`` to ``target``; the dead of a deed to the deed, whichever came first."""
        if target.group == "casualties" != own.group and own.group not in _SAID:
            own, target = target, own
        for note in list(own.notes):
            self._move(note, target, reason)
        for focus in self.foci.values():
            if focus.cluster is own:
                focus.cluster = target

    # ------------------------------------------------------------------ deeds

    def _points_back(self, notes: Sequence[Note]) -> None:
        """Deeds with neither time nor place of their own, of the one matter that they can be."""
        for before, note in pairwise(notes):
            own = self.home[note.key]
            if not _deed(note, own) or anchored(own):
                continue
            why = self._of_the_one_before(note, before)
            if why:
                self._unite(own, self.home[before.key], why)
        for at, note in enumerate(notes):
            own = self.home[note.key]
            if not _deed(note, own) or anchored(own):
                continue
            same = self._same_thing(note, own)
            if same is not None:
                self._unite(own, same, "done to the one thing that other articles tell of")
                continue
            found = {c.number: c for c in self._matters(note, own, notes)}
            known = [c for c in found.values() if anchored(c)]
            if len(known) == 1 or len(found) == 1:
                target = known[0] if known else next(iter(found.values()))
                if self._elsewhere(own, target) or self._elsewhere(target, own):
                    continue
                self._unite(own, target, "the one event of its kind in the article")
            elif found and is_named(note):
                last = self._last(note, notes[:at], found)
                if last is not None:
                    self._unite(own, last, "points at the event told of last")

    def _same_thing(self, note: Note, own: Cluster) -> Cluster | None:
        """ "They blew up the dam": the one event of these days, told elsewhere, that befell it."""
        things = note.things - anybody() if note.known else frozenset()
        found: dict[int, Cluster] = {}
        for thing in sorted(things):
            listed = self._befell().get(thing, ())
            start = bisect_left(listed, own.day - DAYS, key=lambda c: c.day)
            end = bisect_right(listed, own.day + DAYS, key=lambda c: c.day)
            if end - start > MOST:
                return None
            for cluster in listed[start:end]:
                if note.article in cluster.where or not cluster.notes:
                    continue
                if fits(note, own, cluster, roles=True):
                    found[cluster.number] = cluster
        return next(iter(found.values())) if len(found) == 1 else None

    def _befell(self) -> Mapping[str, Sequence[Cluster]]:
        """Events with a time or place by the known things that they were done to, in time order."""
        if self._struck is None:
            self._struck = defaultdict(list)
            ordered = sorted(self.grouping.clusters, key=lambda c: (c.day, c.number))
            for cluster in ordered:
                if not cluster.notes or cluster.group in _SAID or not anchored(cluster):
                    continue
                for thing in {t for n in cluster.notes if n.known for t in n.things - anybody()}:
                    self._struck[thing].append(cluster)
        return self._struck

    def _of_the_one_before(self, note: Note, before: Note) -> str:
        """Why a deed is the one told of right before it; empty where it need not be."""
        if self._own_version(note, before):
            return "the same voice's account of it"
        near = note.sentence - before.sentence <= _NEXT
        cluster, own = self.home[before.key], self.home[note.key]
        if not near or cluster is own or not _deed(note, cluster):
            return ""
        if note.negated and before.act is SpeechAct.DENIES and note.voice.allied(before.voice):
            return "the same voice goes on denying" if at_peace(own, cluster, kinds=False) else ""
        if not fits(note, own, cluster, roles=True):
            return ""
        if sufferers_version(note, before):
            return "what those it was done to say of it"
        goes_on = note.known and bool(note.things & structures()) and bool(before.things)
        if goes_on and note.voice.actor is not None and note.voice.allied(before.voice):
            return "the same voice goes on about it"
        if note.counts_none and measures(note) & measures(before):
            return "a figure of the same"
        return ""

    def _last(
        self, note: Note, before: Sequence[Note], found: Mapping[int, Cluster]
    ) -> Cluster | None:
        """Of the matters found, the one that was told of last."""
        for other in reversed(before):
            cluster = self.home[other.key]
            if cluster.number in found and compatible(note.group, other.group) and other.actual:
                return cluster
        return None

    def _matters(self, note: Note, own: Cluster, notes: Sequence[Note]) -> Iterator[Cluster]:
        names = is_named(note)
        found = self._told.get(note.article)
        if found is None:
            found = self._told[note.article] = {
                cluster.number: cluster
                for other in notes
                if _deed(other, cluster := self.home[other.key])
            }
        for cluster in found.values():
            if cluster is not own and fits(note, own, cluster, roles=not names):
                yield cluster

    def _own_version(self, note: Note, before: Note) -> bool:
        """ "We did not bomb it. Their own missile went astray": what one says of it instead."""
        cluster = self.home[before.key]
        near = note.sentence - before.sentence <= _NEXT
        if not near or note.voice.actor is None or not note.voice.allied(before.voice):
            return False
        if cluster is self.home[note.key] or not _deed(note, cluster):
            return False
        if is_hardware(note.things) and before.things and not note.things & before.things:
            return False  # a helicopter in return for a plane
        told = before.act is SpeechAct.DENIES or before.act is SpeechAct.ALLEGES
        return told and fits(note, self.home[note.key], cluster, roles=False)

    # ------------------------------------------------------------------ over articles

    def _over_articles(self) -> None:
        """Deeds told without time or place, of the only event of these days that they can be."""
        known: dict[str, list[Cluster]] = defaultdict(list)
        loose: list[Cluster] = []
        for cluster in self.grouping.clusters:
            if not cluster.notes or cluster.group in _SAID:
                continue
            if anchored(cluster):
                known[cluster.group].append(cluster)
            if not (cluster.places and timed(cluster)):
                loose.append(cluster)
        days = {}
        for name, clusters in known.items():
            clusters.sort(key=lambda c: (c.day, c.number))
            days[name] = [c.day for c in clusters]
        wrongs: dict[str, list[Cluster]] = defaultdict(list)
        for own in loose:
            only = self._only(own, known, days) if own.notes else None
            if only is not None and not self._elsewhere(own, only):
                self._unite(own, only, "the one event of its kind in these days")
            elif own.notes and own.group in standing() and not anchored(own):
                self._one_wrong(own, wrongs[own.group], known.get(own.group, ()))

    @staticmethod
    def _only(
        own: Cluster, known: Mapping[str, list[Cluster]], days: Mapping[str, list[int]]
    ) -> Cluster | None:
        """The one event with a time or place that ``own`` can be.

        None where there are several that are not one themselves.
        """
        found: list[Cluster] = []
        first = own.notes[0]
        if first.voice.side is SideKey.BOTH and first.act is SpeechAct.ALLEGES:
            return None  # each blames the other: of what both do
        for name in compatible_groups(own.group):
            if name not in known:
                continue
            start = bisect_left(days[name], own.day - DAYS)
            end = bisect_right(days[name], own.day + DAYS)
            if end - start > MOST:
                return None
            for cluster in known[name][start:end]:
                idle = harmful(own) and not harmful(cluster)
                if cluster is own or not cluster.notes or idle or other_series(own, cluster):
                    continue
                if fits(first, own, cluster, roles=True):
                    found.append(cluster)
        if not of_many(first):
            found = [cluster for cluster in found if names_same(own, cluster)] or found
        if not all(at_peace(one, other) for one, other in combinations(found, 2)):
            return None
        likely = [cluster for cluster in found if tied(own, cluster)]
        return max(likely, key=lambda c: (len(c.notes), -c.number), default=None)

    def _one_wrong(self, own: Cluster, wrongs: list[Cluster], dated: Sequence[Cluster]) -> None:
        """Of some wrongs a dispute has one that all accusations of the kind speak of.

        That is the only one with a time or place, or else the one first spoken of.
        """
        placed = [c for c in dated[: MOST + 1] if c.notes]
        for wrong in (*(placed if len(placed) == 1 else ()), *wrongs[-MOST:]):
            near = abs(wrong.day - own.day) <= _LONG and (tied(own, wrong) or of_parties(own))
            if near and wrong.notes and fits(own.notes[0], own, wrong, roles=True, ages=False):
                self._unite(own, wrong, "the one wrong of its kind in the dispute")
                return
        wrongs.append(own)

    # ------------------------------------------------------------------ what articles are about

    def _one_incident(self) -> None:
        """The incidents that articles are about, where two are about one."""
        for one, other in pairs_of(self.foci, self.heads):
            if one.cluster is not other.cluster and one_incident(one, other):
                first, second = sorted((one.cluster, other.cluster), key=lambda c: c.number)
                self._unite(second, first, "what both articles are about")

    def _told_twice(self, notes: Sequence[Note], focus: Focus) -> None:
        """The incident of an article where title and lead tell of it in two ways."""
        for note in notes:
            own = self.home[note.key]
            if note.paragraph > focus.paragraph:
                break
            if own is not focus.cluster and note.actual and again(own, focus.cluster):
                self._unite(own, focus.cluster, "told of in the same lead")

    def _elsewhere(self, own: Cluster, target: Cluster) -> bool:
        """Whether a deed is told of in a paragraph that speaks of another event than ``target``."""
        note = own.notes[0]
        pointing = note.happening is not None and note.happening.definite
        if len(own.notes) > 1 or pointing or own.group not in incidents():
            return False
        before = [
            self.home[other.key]
            for other in self.articles[note.article]
            if other.paragraph == note.paragraph and other.key < note.key
        ]
        others = [c for c in before if c.group not in _SAID and c is not own]
        return bool(others) and target not in others and any(anchored(c) for c in others)

    def _bears_on(self, notes: Sequence[Note], focus: Focus) -> None:
        """What speaks of the incident that the article is about, in words that name none."""
        for at, note in enumerate(notes):
            own = self.home[note.key]
            if own is focus.cluster or not may_bear(own, focus.cluster):
                continue
            before = notes[at - 1] if at and notes[at - 1].paragraph == note.paragraph else None
            if not bears(note, focus, before, self.home) or not all(
                meets(n, focus.cluster) for n in own.notes[:MOST]
            ):
                continue
            self._unite(own, focus.cluster, "bears on what the article is about")

    # ------------------------------------------------------------------ statements

    def _goes_on(self, notes: Sequence[Note]) -> None:
        """What a voice adds to what it has just said, and what takes up words just used."""
        for at, note in enumerate(notes):
            own = self.home[note.key]
            if note.group != _STATEMENT or len(own.notes) > 1:
                continue
            found = taken_up(note, at, notes, self.home)
            if found is not None and found[0] is not own:
                self._move(note, *found)


def _deed(note: Note, cluster: Cluster) -> bool:
    return note.group not in _SAID and cluster.group not in _SAID


def group(
    notes: Sequence[Note],
    replies: Iterable[tuple[Note, Note | None]],
    heads: Mapping[str, Head],
) -> list[Cluster]:
    """Clusters of all notes; each reply joins the cluster of what it replies to.

    ``replies`` are (note, the note that it answers, or None where it stands alone); ``heads`` are
    the words of each article's title and lead.
    """
    grouping = grouped(notes, replies)
    Gathering(grouping, heads).run()
    return [cluster for cluster in grouping.clusters if cluster.notes]
