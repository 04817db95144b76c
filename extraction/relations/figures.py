"""Figures of one measure, bearer and scope that agree, grow or cannot both hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise, product

import msgspec

from extraction import lexicon
from extraction.events.cluster import Cluster
from extraction.events.counting import counted_before, figure_of
from extraction.events.kinds import overlap
from extraction.events.notes import Note
from extraction.events.words import content_words, stem
from extraction.folding import sound
from extraction.model import Quantity, Relation, RelationType, Scope, SideKey, SpeechAct
from extraction.relations.index import Index
from extraction.relations.weighing import STATING, Reply

_ROUGH = 0.15  # how far "about 40" may lie from 40
_EARLIER = 12
_ALL_HARMED = "casualties"
_DEAD = "killed"
_PEOPLE = "people"
_TOLL_DAYS = 7  # in which a toll of one place is taken to be of one attack
_DAYS = 45  # how long a running total may be carried on


class _Figure(msgspec.Struct, frozen=True):
    """A figure with the stems of the words for whom it counts, and the names among them."""

    note: Note
    quantity: Quantity
    bearer: frozenset[str]
    names: frozenset[str]


def _bounds(quantity: Quantity) -> tuple[float, float]:
    low = quantity.low if quantity.low is not None else float("-inf")
    high = quantity.high if quantity.high is not None else float("inf")
    if quantity.approximate:
        low, high = low * (1 - _ROUGH), high * (1 + _ROUGH)
    return low, high


def apart(one: Quantity, other: Quantity) -> bool:
    """Whether the two intervals do not meet."""
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    return high < other_low or other_high < low


def _point(quantity: Quantity) -> float | None:
    return quantity.low if quantity.low is not None else quantity.high


def _figures(notes: Iterable[Note]) -> Iterator[_Figure]:
    for note in notes:
        if note.act in (SpeechAct.DEMANDS, SpeechAct.OFFERS, SpeechAct.EXPRESSES):
            continue
        if note.act in (SpeechAct.DENIES, SpeechAct.REJECTS, SpeechAct.THREATENS) or note.negated:
            continue
        for quantity in note.quantities:
            if quantity.low is not None or quantity.high is not None:
                idle = _harms().get(quantity.measure)
                words = quantity.bearer or (_who(note) if idle is not None else "")
                names = frozenset(w for w in words.split() if w[:1].isupper())
                bearer = content_words([words]) - (idle or frozenset())
                yield _Figure(note, quantity, bearer, names)


def _who(note: Note) -> str:
    """What the harm was done to, without the place: "the toll in Orlen" is of nobody named."""
    if not note.target:
        return ""
    return " ".join(word for word in note.target.split() if sound(word) not in note.places)


def _comparable(one: _Figure, other: _Figure) -> float:
    """How sure it is that both count the same; 0 for not at all."""
    first, second = one.quantity, other.quantity
    if first.measure != second.measure:
        return 0.85 if _fewer_than_the_dead(first, second) else 0.0
    if (one.note.own_ground or other.note.own_ground) and not one.note.voice.allied(
        other.note.voice
    ):
        return 0.0  # each counts where it is
    shared = one.bearer & other.bearer
    told = shared and first.bearer and second.bearer  # whom both figures themselves name
    if (_is_part(first) or _is_part(second)) and not told:
        return 0.0
    if one.note.places and other.note.places and not set(one.note.places) & set(other.note.places):
        return 0.0
    if first.measure in _rates():
        return 0.8 if shared else 0.0
    if first.measure not in _harms():
        mirrored = one.note.agent.opposes(other.note.agent)  # each counts what it did itself
        return 0.0 if mirrored else 0.85
    patient, against = one.note.patient, other.note.patient
    if patient.opposes(against):
        return 0.0
    if one.names and other.names and not one.names & other.names:
        return 0.0
    if shared:
        return 0.9
    if one.bearer and other.bearer:
        return 0.0
    same = patient.actor is not None and patient.allied(against)
    if same or not (one.bearer or other.bearer):
        return 0.85
    whole, part = (other, one) if one.bearer else (one, other)
    most, least = _bounds(whole.quantity)[1], _bounds(part.quantity)[0]
    # all the dead cannot be fewer than those of one kind; they may well be more
    return 0.85 if most < least else 0.6


def _is_part(quantity: Quantity) -> bool:
    """Whether it counts some of a whole, told beside it or before: "two of the dead"."""
    return quantity.part_of is not None or " of the " in quantity.span.exact.lower()


def _fewer_than_the_dead(first: Quantity, second: Quantity) -> bool:
    """All victims, of whatever kind, cannot be fewer than the dead."""
    whole, part = (first, second) if first.measure == _ALL_HARMED else (second, first)
    if (whole.measure, part.measure) != (_ALL_HARMED, _DEAD):
        return False
    return whole.part_of is None and _bounds(whole)[1] < _bounds(part)[0]


@cache
def _harms() -> Mapping[str, frozenset[str]]:
    """Measures of people, with the words that only say the measure again."""
    table = lexicon.load("en", "quantities")
    found = {}
    for name, words in table["predicates"].items():
        nouns = table["measures"].get(name, "")
        found[name] = frozenset(stem(w) for w in f"{words} {nouns}".split())
    return found


@cache
def _tallied() -> frozenset[str]:
    return lexicon.words(lexicon.load("en", "happenings")["figures"], "tallied", "happenings.toml")


@cache
def _rates() -> frozenset[str]:
    return lexicon.words(lexicon.load("en", "happenings")["figures"], "rates", "happenings.toml")


def _relation(
    one: _Figure, other: _Figure, certainty: float, *, beside: bool = False
) -> Relation | None:
    """``one`` is said later than ``other``; ``beside`` it, where an article sets them so."""
    words = f"{_say(one.quantity)} against {_say(other.quantity)}"
    allied = one.note.voice.allied(other.note.voice)
    now, before = _point(one.quantity), _point(other.quantity)
    if now is None or before is None:
        return None
    later = one.note.told > other.note.told or (
        one.note.article == other.note.article and one.note.told == other.note.told
    )
    if allied:
        if one.note.act is SpeechAct.CORRECTS:
            if one.note.instead not in (None, before):
                return None  # "38, not 41" puts no 29 right
            return _make(
                RelationType.CORRECTS, one, other, certainty, "puts its figure right", words
            )
        if later and now > before and certainty >= 0.6:
            return _make(
                RelationType.UPDATES, one, other, certainty, "a later, higher figure", words
            )
        return None
    same_scope = beside or one.quantity.scope is other.quantity.scope
    if not same_scope or not apart(one.quantity, other.quantity):
        return None
    grown = one.note.told > other.note.told and now > before
    grown = grown or (other.note.told > one.note.told and before > now)
    rivals = one.note.voice.opposes(other.note.voice)
    known = one.note.voice.actor is not None and other.note.voice.actor is not None
    alike = one.bearer == other.bearer or (_of_people(one) and not (one.bearer and other.bearer))
    rivals = rivals or (beside and known and alike)
    score = certainty if rivals and not grown else min(certainty, 0.6)
    return _make(RelationType.CONTRADICTS, one, other, score, "figures that do not meet", words)


def _make(
    kind: RelationType, one: _Figure, other: _Figure, score: float, why: str, words: str
) -> Relation:
    measure = one.quantity.measure
    possible = kind is RelationType.CONTRADICTS and score < 0.8
    return Relation(
        kind, one.note.claim, other.note.claim, score, (why, f"{measure}: {words}"), possible
    )


def _say(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    if low is not None and low == high:
        return f"{low:g}"
    if high is None:
        return f"at least {low:g}"
    if low is None:
        return f"at most {high:g}"
    return f"{low:g} to {high:g}"


def figures(clusters: Iterable[Cluster]) -> Iterator[Relation]:
    """Relations between figures of one event, and between running totals of a dossier."""
    totals: dict[tuple[object, ...], list[_Figure]] = defaultdict(list)
    every: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    plain: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    given: dict[tuple[str, float | None], list[_Figure]] = defaultdict(list)
    revised: list[_Figure] = []
    for cluster in clusters:
        found = list(_figures(sorted((n for n in cluster.notes if n.claim), key=_order)))
        blocks: dict[tuple[object, ...], list[_Figure]] = defaultdict(list)
        for figure in found:
            given[figure.quantity.measure, figure.quantity.low].append(figure)
            if figure.note.before is not None:
                revised.append(figure)
            if figure.quantity.scope is Scope.CUMULATIVE or figure.quantity.measure in _tallied():
                totals[figure.quantity.measure, _about(figure)].append(figure)
            blocks[figure.quantity.measure,].append(figure)
            if figure.quantity.measure == _ALL_HARMED:
                blocks[_DEAD,].append(figure)
            if figure.quantity.measure in _harms() or figure.bearer or _of_people(figure):
                every[figure.note.article, figure.quantity.measure].append(figure)
            else:
                plain[figure.note.article, figure.quantity.measure].append(figure)
        for block in blocks.values():
            yield from _compare(block)
    for block in totals.values():
        yield from _compare(sorted(block, key=lambda f: _order(f.note)))
    yield from _side_by_side(every)
    yield from _side_by_side(plain, pointed=True)
    for figure in revised:
        yield from _given_up(figure, given[figure.quantity.measure, figure.note.before])


def tolls(notes: Iterable[Note]) -> Iterator[Relation]:
    """A side's later, higher count of the dead at one place against the one before it.

    Whatever events they fell into; only of the whole toll, and of one place that both name.
    """
    last: dict[tuple[object, ...], _Figure] = {}
    dated = sorted((n for n in notes if n.claim and not n.mute and not n.running), key=_order)
    for figure in _figures(dated):
        note, quantity = figure.note, figure.quantity
        if quantity.measure != _DEAD or _is_part(quantity) or not note.voice.party:
            continue
        for place in note.places[:2]:
            key = (note.voice.side, place)
            earlier = last.get(key)
            last[key] = figure
            if earlier is None or not 0 < note.told - earlier.note.told <= _TOLL_DAYS:
                continue
            now, before = _point(quantity), _point(earlier.quantity)
            when, then = note.when, earlier.note.when
            one_day = when is None or then is None or overlap(when, then)
            if now is not None and before is not None and now > before and one_day:
                words = f"{_say(quantity)} against {_say(earlier.quantity)}"
                why = "a later, higher count of the dead of one place"
                yield _make(RelationType.UPDATES, figure, earlier, 0.8, why, words)
                break


def _given_up(figure: _Figure, given: Iterable[_Figure]) -> Iterator[Relation]:
    """ "Five, up from three": against the three that the same side gave before."""
    earlier = [
        f
        for f in given
        if f.note.voice.allied(figure.note.voice)
        and f.note.claim != figure.note.claim
        and 0 <= figure.note.told - f.note.told <= _DAYS
    ]
    if earlier:
        last = max(earlier, key=lambda f: (f.note.told, f.note.key))
        words = f"{_say(figure.quantity)} against {_say(last.quantity)}"
        yield _make(RelationType.UPDATES, figure, last, 0.9, "says what it was before", words)


def of_denied_figures(replies: Iterable[Reply], index: Index) -> Iterator[Relation]:
    """ "Disputed the figure, saying it knew of only 31": its own figure against the one disputed.

    What is counted need not be named alike.
    """
    for reply in replies:
        note, other = reply.source, reply.target
        if reply.type is not RelationType.DENIES or reply.possible or not note.on_figures:
            continue
        for beside in index.around(note, 0, 0):
            if beside.mute or not beside.voice.same(note.voice) or beside.key < note.key:
                continue
            for mine, theirs in product(beside.quantities, other.quantities):
                if mine.part_of is None and theirs.part_of is None and apart(mine, theirs):
                    words = f"{_say(mine)} against {_say(theirs)}"
                    why = ("its own figure in place of the one that it disputes", words)
                    kind = RelationType.CONTRADICTS
                    yield Relation(kind, beside.claim, other.claim, 0.85, why)
                    break


def of_bare_figures(notes: Iterable[Note], index: Index) -> Iterator[Relation]:
    """ "The police put the crowd at 900": against the figure of another voice just before it."""
    for note in notes:
        if note.bare is None or note.mute or note.act not in STATING:
            continue
        other = counted_before(note, index.around(note, 2, 0))
        against = figure_of(other) if other is not None else None
        if other is None or against is None or other.voice.allied(note.voice):
            continue
        if note.voice.actor is None or other.voice.actor is None or other.act not in STATING:
            continue
        if note.bare.high < against.low or against.high < note.bare.low:
            why = ("figures that do not meet", f"{note.bare.value:g} against {against.value:g}")
            yield Relation(RelationType.CONTRADICTS, note.claim, other.claim, 0.85, why)


def _points(figure: _Figure) -> bool:
    """Whether it names no noun: "the true number was 1,200"."""
    return not any(c.isalpha() for c in figure.quantity.span.exact)


def _side_by_side(
    every: Mapping[tuple[str, str], list[_Figure]], *, pointed: bool = False
) -> Iterator[Relation]:
    """Figures that an article sets side by side: two voices in neighbouring sentences.

    With ``pointed`` only where the later one points at the number told before.
    """
    for block in every.values():
        block.sort(key=lambda f: f.note.position)
        for other, figure in pairwise(block):
            distance = figure.note.sentence - other.note.sentence
            if other.note.claim == figure.note.claim or distance > 1:
                continue
            if pointed and not _points(figure):
                continue
            certainty = _comparable(figure, other)
            relation = _relation(figure, other, certainty, beside=True) if certainty else None
            if relation is not None:
                yield relation


def _of_people(figure: _Figure) -> bool:
    """Whether people are counted, to whom nothing need have happened: a crowd."""
    return figure.quantity.measure == _PEOPLE


def _about(figure: _Figure) -> object:
    """Running totals are compared where they count over the same place, or over no one place."""
    return figure.note.places[0] if figure.note.places else ""


def _order(note: Note) -> tuple[int, tuple[str, int, int]]:
    return note.told, note.key


def _compare(block: list[_Figure]) -> Iterator[Relation]:
    last: dict[object, list[_Figure]] = {}
    for figure in block:
        earlier = [f for held in list(last.values())[-_EARLIER:] for f in held[-2:]]
        earlier.sort(key=lambda f: (-f.note.told, f.note.key))
        for other in earlier[:_EARLIER]:
            if other.note.claim == figure.note.claim or figure.note.told - other.note.told > _DAYS:
                continue
            certainty = _comparable(figure, other)
            if certainty:
                relation = _relation(figure, other, certainty)
                if relation is not None:
                    yield relation
        voice = figure.note.voice
        known = voice.actor or (voice.side if voice.side is not SideKey.NONE else "")
        key = known, figure.quantity.part_of is None  # the whole is not lost behind its parts
        last[key] = [*last.pop(key, [])[-1:], figure]
