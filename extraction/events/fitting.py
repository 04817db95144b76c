"""What speaks for and against a telling's belonging to an event, one question each."""

from __future__ import annotations

from extraction.events.cluster import SPEECH, Cluster
from extraction.events.kinds import compatible, lasting, mutual, overlap, series
from extraction.events.notes import Note
from extraction.events.words import anybody, stem, structures
from extraction.happenings import family
from extraction.model import SpeechAct

_PAST = 45  # days after which an event is not what undated words speak of
_NEWS = 2  # days before it is told, within which lies what is told as news, without a date
_NEAR = 3  # days between two accounts of one deed, and sentences from a thing to "the structure"
_TOLD = 6  # tellings of an event that are looked at
_FIRST = 3  # tellings, the first and the last, that words are compared with
_LASTS = 21  # days between two tellings of a strike or blockade that is still the same


def another(note: Note, cluster: Cluster) -> bool:
    """ "Bombed two more clinics": others than those told of before in the article."""
    if note.adds:
        return note.article in cluster.where and min(cluster.where[note.article]) < note.sentence
    if not cluster.adding:
        return False
    return any(
        other.adds and other.article == note.article and other.sentence > note.sentence
        for other in cluster.notes[:_TOLD]
    )


def _any_another(one: Cluster, other: Cluster) -> bool:
    """Whether a telling of one event adds to what is told of in the other."""
    if one.adding or other.adding:
        return any(another(n, other) for n in one.notes)
    return False


def long_past(note: Note, cluster: Cluster) -> bool:
    """Whether words with no time, said now, would be of an event of long ago: "the war of 1994"."""
    if note.when is not None or cluster.when is None:
        return False
    return note.day - cluster.when.latest.toordinal() > _PAST


def background(note: Note, cluster: Cluster) -> bool:
    """Whether an event of days ago is told of only below an undated telling, and nothing ties them.

    News is of the days right before it is told; what led up to it stands further down.
    """
    if note.when is not None or cluster.when is None or note.article not in cluster.where:
        return False
    if min(cluster.where[note.article]) <= note.sentence:
        return False
    if note.told - cluster.when.latest.toordinal() <= _NEWS:
        return False
    tied = (note.things & cluster.target) - anybody()
    return not tied and not set(note.places) & set(cluster.places)


def counts_else(note: Note, target: Note | None) -> bool:
    """Whether a reply counts the harmed, and what it was taken to reply to counts nothing."""
    return note.harmed_count and target is not None and not (target.quantities or target.harm)


def of_old(note: Note, target: Note | None) -> bool:
    """Whether a reply tells of a time long before what it was taken to reply to was said."""
    if target is None or note.when is None or target.when is not None:
        return False
    return target.told - note.when.latest.toordinal() > _PAST


def rival_accounts(note: Note, cluster: Cluster) -> bool:
    """Whether a telling blames another for what an event's tellings say was done to one thing."""
    if not note.agent.party or note.agent.allied(note.voice):
        return False  # who tells of his own deed tells of another
    return any(_rival_account(note, other) for other in cluster.notes[:_TOLD])


def _rival_account(one: Note, other: Note) -> bool:
    if not one.agent.opposes(other.agent) or one.patient.opposes(other.patient):
        return False
    if other.agent.allied(other.voice):
        return False
    if one.places and other.places and not set(one.places) & set(other.places):
        return False
    if one.when is not None and other.when is not None:
        if not overlap(one.when, other.when):
            return False
    elif abs(one.day - other.day) > _NEAR:
        return False
    if one.article != other.article:
        return one.known and other.known and bool((one.things & other.things) - anybody())
    first, second = sorted((one, other), key=lambda n: n.key)
    return second.known and (
        bool((one.things & other.things) - anybody()) or _stands_for(second, first)
    )


def _stands_for(note: Note, other: Note) -> bool:
    """ "Blew up the dam … wrecked the structure": a word for any thing, right behind the thing."""
    few = bool(note.things) and note.things <= structures() and bool(other.things)
    return few and 0 <= note.sentence - other.sentence <= _NEAR


def of_another_time(note: Note, cluster: Cluster, *, placed: bool) -> bool:
    """Whether words with no time are not of an event of so long ago; ``placed`` as it is."""
    past = not placed and long_past(note, cluster) and not same_breath(note, cluster)
    return past or background(note, cluster)


def in_series(note: Note, cluster: Cluster) -> bool:
    """Whether one tells of a deed done over weeks to something else."""
    return series(note.when, cluster.when) and not note.things & cluster.target


def same_people(note: Note, cluster: Cluster) -> bool:
    """Whether a count of the harmed is of those that the event was told to be done to."""
    if not note.harmed_count or note.running or not note.patient.same(cluster.patient):
        return False
    return bool((note.things & cluster.target) - anybody())


def elsewhere(note: Note, cluster: Cluster) -> bool:
    """Whether both say what was struck, and it is not the same; what was fired is no such thing."""
    if not note.things or not cluster.target:
        return False
    arms = {stem(word) for weapon in note.weapons for word in weapon.split()}
    return not note.things & arms


def other_total(note: Note, cluster: Cluster) -> bool:
    """Whether one is a running total, and the other of something else or of a single event."""
    if note.group != "casualties" or cluster.group != "casualties":
        return note.running and note.when is not None and note.group == "casualties"
    totals = [other for other in cluster.notes[:6] if other.running]
    if note.running != bool(totals):
        return series(note.when, cluster.when) or not same_breath(note, cluster)
    if not totals:
        return False
    shared = any(note.harmed & other.harmed for other in totals)
    same = any(note.patient.allied(other.patient) for other in totals)
    return not shared and not same


def _meet_in_time(one: Cluster, other: Cluster) -> bool:
    if one.when is None or other.when is None or overlap(one.when, other.when):
        return True
    first, second = sorted((one.when, other.when), key=lambda i: i.earliest)
    near = (second.earliest - first.latest).days <= _LASTS
    return near and one.group == other.group and one.group in lasting()


def _ages_apart(one: Cluster, other: Cluster) -> bool:
    """Whether one is of long ago, and the other told of now with no time or place of it."""
    for undated, dated in ((one, other), (other, one)):
        if undated.when is None and dated.when is not None:
            past = undated.day - dated.when.latest.toordinal() > _PAST
            return past and not set(one.places) & set(other.places)
    return False


def _own_deed(one: Cluster, other: Cluster) -> bool:
    """Whether a side owns up to one event, and accuses somebody unnamed of the other."""
    for done, suffered in ((one, other), (other, one)):
        owners = [n for n in done.notes[:_TOLD] if n.harm and n.agent.allied(n.voice)]
        if any(
            _suffered(note, owner) and note.harm and note.voice.allied(owner.voice)
            for owner in owners
            for note in suffered.notes[:_TOLD]
            if not note.agent.allied(note.voice)
        ):
            return True
    return False


def _suffered(note: Note, owner: Note) -> bool:
    """Whether a side blames another for it, or leaves out who did it where it hurt the other."""
    if note.act is SpeechAct.ALLEGES:
        return True
    nobody = note.act is SpeechAct.ASSERTS and note.agent.actor is None
    return nobody and owner.patient.opposes(owner.voice)


def at_peace(
    one: Cluster, other: Cluster, *, roles: bool = True, kinds: bool = True, ages: bool = True
) -> bool:
    """Whether nothing that two events know speaks against their being one.

    Without ``roles`` it is left open who did it and to whom, without ``kinds`` what it was, and
    without ``ages`` whether one is of long ago.
    """
    if other.group in SPEECH or other.group == "statement":
        return False
    if kinds and not compatible(one.group, other.group):
        return False
    if not _meet_in_time(one, other) or (ages and _ages_apart(one, other)):
        return False
    if one.places and other.places and not set(one.places) & set(other.places):
        return False
    if series(one.when, other.when) and not one.target & other.target:
        return False
    both_ways = one.group == other.group and one.group in mutual()
    opposed = one.agent.opposes(other.agent) or one.patient.opposes(other.patient)
    at_odds = roles and (opposed or _own_deed(one, other)) and not both_ways
    if at_odds and not any(rival_accounts(n, other) for n in one.notes[:_TOLD]):
        return False
    for undated, dated in ((one, other), (other, one)) if ages else ():
        if dated.when is not None and any(background(n, dated) for n in undated.notes[:_TOLD]):
            return False
    return not (_any_another(one, other) or _any_another(other, one))


def continues(note: Note, cluster: Cluster) -> bool:
    """Whether one voice goes on about a thing in its next sentence, or two speak of one deed."""
    for other in cluster.notes[-6:]:
        if other.article != note.article or other.family != note.family:
            continue
        kind = family(note.family)
        distance = abs(other.sentence - note.sentence)
        if kind is None or distance > 2:
            continue
        counts = {q.measure for q in note.quantities} & {q.measure for q in other.quantities}
        if kind.group == "casualties" and counts:
            return True
        same = note.voice.allied(other.voice)
        if same or (not kind.harm and distance <= 1):
            return True
    return False


def same_breath(note: Note, cluster: Cluster, *, before: bool = False) -> bool:
    """Whether the same voice has just told of the event or tells of it next; ``before`` only."""
    return any(
        other.article == note.article
        and (0 if before else -1) <= note.sentence - other.sentence <= 1
        and other.voice.allied(note.voice)
        for other in cluster.notes[-6:]
    )


def same_object(note: Note, cluster: Cluster) -> bool:
    """Whether two tellings that name different doers speak of the very same deed.

    The same place on the same day, done to the same; each side's own men or houses in one
    place are two deeds.
    """
    if note.when is None or cluster.when is None:
        return False
    if not set(note.places) & set(cluster.places):
        return False
    if note.patient.opposes(cluster.patient):
        return False
    if note.patient.actor and note.patient.actor == cluster.patient.actor:
        return True
    target = note.things
    return bool(target & cluster.target)


def nearest_words(note: Note, cluster: Cluster) -> tuple[frozenset[str], int]:
    """Words shared with that telling which shares most, and the fewer of the two's words.

    Not with all tellings together: who shares two words with any of fifty is not of their event.
    """
    best, fewest = frozenset[str](), 1
    for other in (*cluster.notes[:_FIRST], *cluster.notes[_FIRST:][-_FIRST:]):
        shared = note.words & other.words
        if len(shared) > len(best):
            best, fewest = shared, max(1, min(len(note.words), len(other.words)))
    return best, fewest
