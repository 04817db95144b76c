"""Events whose time is only known from others: "after the strike and before the truce"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache

from extraction import lexicon
from extraction.events.cluster import SPEECH, Cluster
from extraction.events.kinds import compatible
from extraction.events.notes import Note
from extraction.folding import sound
from extraction.happenings import family
from extraction.model import ArticleReading, FuzzyInterval, Happening, Precision

_LEAD = 60  # code points before an event word in which "after" may stand
_LONGEST = 31  # days between two bounds that still say when something was
_UNPLACED = SPEECH | {"statement"}

Told = Mapping[tuple[str, int, bool], Sequence[Happening]]


@cache
def _leads() -> re.Pattern[str]:
    table = lexicon.load("en", "happenings")["bounds"]
    after, before = (
        "|".join(r"\s+".join(map(re.escape, phrase)) for phrase in lexicon.phrases(table[key]))
        for key in ("after", "before")
    )
    words = r"(?:(?!and\b|but\b|who\b|that\s)[\w'’-]+\s+){0,4}"
    return re.compile(rf"\b(?:(?P<after>{after})|(?P<before>{before}))\s+{words}\Z", re.IGNORECASE)


def bound(clusters: Iterable[Cluster], readings: Iterable[ArticleReading]) -> None:
    """Give undated events the time that other events of the same article leave them.

    "After the strike" bounds an event by the start of that strike, and by the day that it was
    told; "before the truce" by its end. An event is bounded where one event of that kind, and
    only one, is dated in the article, and where a month at most is left. Linear in the tellings.
    """
    undated = [c for c in clusters if c.when is None and c.group not in _UNPLACED]
    if not undated:
        return
    known: dict[str, list[Cluster]] = defaultdict(list)
    wanted = {note.article for cluster in undated for note in cluster.notes}
    for cluster in clusters:
        if cluster.when is not None and cluster.group not in _UNPLACED:
            for article in cluster.where.keys() & wanted:
                known[article].append(cluster)
    texts: dict[str, str] = {}
    told: dict[tuple[str, int, bool], Sequence[Happening]] = {}
    for reading in readings:
        key = reading.article.key
        if key in wanted and key in known:
            texts[key] = reading.article.text
            told |= {(key, a.index, True): a.happenings for a in reading.attributions}
            told |= {(key, n.index, False): n.happenings for n in reading.narrations}
    for cluster in undated:
        for note in cluster.notes:
            if note.article in texts:
                found = _between(note, told, texts[note.article], known[note.article])
                if found is not None:
                    cluster.when = found
                    break


def _between(note: Note, told: Told, text: str, known: Sequence[Cluster]) -> FuzzyInterval | None:
    if note.happening is None or not note.actual or note.negated:
        return None
    earliest: datetime | None = None
    latest: datetime | None = None
    why: list[str] = []
    for other in told.get((note.article, note.index, bool(note.claim)), ()):
        if other is note.happening or other.trigger == note.happening.trigger or other.verbal:
            continue
        start = other.trigger.start
        match = _leads().search(text, max(0, start - _LEAD), start)
        when = _dated(other, known) if match is not None else None
        if match is None or when is None:
            continue
        if match["after"]:
            earliest = when.earliest if earliest is None else max(earliest, when.earliest)
        else:
            latest = when.latest if latest is None else min(latest, when.latest)
        why.append(f"{(match['after'] or match['before']).lower()} '{other.trigger.exact}'")
    if earliest is None:
        return None  # "before the truce" alone leaves it open since when
    last = latest
    if last is None and note.told > 0:
        last = datetime.combine(date.fromordinal(note.told), time(23, 59))
        why.append("told then")
    if last is None or last < earliest or (last - earliest).days > _LONGEST:
        return None
    return FuzzyInterval(
        earliest,
        last,
        _precision(earliest, last),
        open_end=latest is None,
        basis=", ".join(why),
    )


def _dated(happening: Happening, known: Sequence[Cluster]) -> FuzzyInterval | None:
    """When the event that a noun stands for was, where the article tells of one such."""
    kind = family(happening.family)
    if kind is None:
        return None
    places = {sound(place) for place in happening.places}
    fitting = [
        cluster
        for cluster in known
        if compatible(kind.group, cluster.group)
        and not (places and cluster.places and places.isdisjoint(cluster.places))
    ]
    same = [cluster for cluster in fitting if cluster.group == kind.group] or fitting
    return same[0].when if len(same) == 1 else None


def _precision(earliest: datetime, latest: datetime) -> Precision:
    days = (latest.date() - earliest.date()).days
    if days == 0:
        return Precision.DAY
    return Precision.WEEK if days <= 7 else Precision.MONTH
