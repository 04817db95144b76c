"""Which rows the split view has, and what stands in each: no drawing, no sizes.

The list of rows is made at once and is cheap; what a row holds is looked up when it is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from db.rows import ClaimRow, EventRow, MentionRow, RelationRow, ReviewState
from desktop.session import Filter, Session
from desktop.wording import day_in_words, interval_in_words
from extraction.model import FuzzyInterval, Precision, RelationType, SideKey


class RowKind(Enum):
    DAY = "day"
    EVENT = "event"
    CLAIM = "claim"  # a claim that belongs to no event


class Column(Enum):
    LEFT = "left"
    RIGHT = "right"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class Row:
    """``id`` is that of the event or claim; a day's row carries the number of its first event.

    ``day`` is the heading that the row stands under, ``size`` how many claims it holds.
    """

    kind: RowKind
    id: int
    day: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two claims of one row, drawn from card to card."""

    relation: RelationRow
    source: Column
    target: Column


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A relation that is told on the card because its other claim is not drawn beside it.

    ``outgoing`` is true where the card's own claim is the source.
    """

    relation: RelationRow
    other: ClaimRow
    outgoing: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What a row shows. ``faded`` are claims that the filter does not ask for.

    They stay: taking a voice out of a row would make it look silent.
    """

    event: EventRow | None
    when: FuzzyInterval | None
    columns: dict[Column, tuple[ClaimRow, ...]]
    narration: tuple[MentionRow, ...]
    links: tuple[Link, ...]
    elsewhere: dict[int, tuple[Elsewhere, ...]]
    silent: frozenset[Column]
    faded: frozenset[int]
    voices: int
    disputed: bool

    def column_of(self, claim_id: int) -> Column | None:
        for column, claims in self.columns.items():
            if any(claim.id == claim_id for claim in claims):
                return column
        return None


def column_of(side: SideKey) -> Column:
    """The column that a side's claims stand in; whoever is no party stands with the others."""
    if side is SideKey.A:
        return Column.LEFT
    if side is SideKey.B:
        return Column.RIGHT
    return Column.THIRD


def side_of(column: Column) -> SideKey:
    return {Column.LEFT: SideKey.A, Column.RIGHT: SideKey.B, Column.THIRD: SideKey.THIRD}[column]


def list_rows(session: Session) -> list[Row]:
    """Events and loose claims that pass the filter, in time order, with a row for each day."""
    shown = {claim.id for claim in session.claims() if session.accepts(claim)}
    items = sorted(
        (*_event_items(session, shown), *_loose_items(session, shown)), key=lambda item: item[0]
    )
    headings = Headings(session)
    rows: list[Row] = []
    day = ""
    for _, when, kind, row_id, size in items:
        heading = headings.of(when)
        if heading != day:
            day = heading
            rows.append(Row(RowKind.DAY, row_id, day))
        rows.append(Row(kind, row_id, day, size))
    return rows


_Item = tuple[tuple[bool, datetime, datetime, int], FuzzyInterval | None, RowKind, int, int]


def _order(when: FuzzyInterval | None, place: int) -> tuple[bool, datetime, datetime, int]:
    if when is None:
        return (True, datetime.max, datetime.max, place)
    return (False, when.earliest, when.latest, place)


def _event_items(session: Session, shown: set[int]) -> Iterable[_Item]:
    narrated_too = _narration_passes(session)
    for place, event in enumerate(session.events()):
        visible = [claim_id for claim_id in event.claim_ids if claim_id in shown]
        if not visible and not (event.mentions and narrated_too(event)):
            continue
        size = len(event.claim_ids)
        yield _order(event.when, place), event.when, RowKind.EVENT, event.id, size


def _loose_items(session: Session, shown: set[int]) -> Iterable[_Item]:
    for place, claim in enumerate(session.claims()):
        if claim.event_id is None and claim.id in shown:
            when = claim.when or claim.said
            yield _order(when, place), when, RowKind.CLAIM, claim.id, 1


def _narration_passes(session: Session) -> Callable[[EventRow], bool]:
    """An event told by an outlet alone: a filter on voices leaves it out, one on time asks it."""
    chosen = session.filter
    if chosen not in (Filter(), Filter(in_visible_range=True)):
        return lambda _: False

    def passes(event: EventRow) -> bool:
        visible = session.visible_range if chosen.in_visible_range else None
        if visible is None:
            return True
        when = event.when
        return when is not None and when.earliest <= visible[1] and when.latest >= visible[0]

    return passes


class Headings:
    """Headings of days. ``year`` goes without saying on the cards: most events lie in it.

    The headings themselves leave it out only where the dossier has no other.
    """

    def __init__(self, session: Session) -> None:
        years = Counter(
            event.when.earliest.year for event in session.events() if event.when is not None
        )
        self.year: int | None = None
        if years:
            year, count = years.most_common(1)[0]
            self.year = year if 2 * count > years.total() else None
        self._single = len(years) == 1
        self._made: dict[object, str] = {}

    def of(self, when: FuzzyInterval | None) -> str:
        if when is None:
            return ""
        key = when if when.precision in _COARSE else when.earliest.date()
        heading = self._made.get(key)
        if heading is None:
            heading = self._made[key] = self._make(when)
        return heading

    def _make(self, when: FuzzyInterval) -> str:
        if when.precision in _COARSE:
            words = interval_in_words(when)
            return words[:1].upper() + words[1:]
        told = not self._single or when.earliest.year != self.year
        return day_in_words(when.earliest.date(), year=told)


_COARSE = frozenset(
    {
        Precision.WEEK,
        Precision.MONTH,
        Precision.SEASON,
        Precision.YEAR,
        Precision.DECADE,
        Precision.CENTURY,
    }
)


def read_content(session: Session, row: Row) -> Content:
    """What a row holds now. Raises ``KeyError`` if its event or claim is gone."""
    if row.kind is RowKind.CLAIM:
        claim = session.claim(row.id)
        return _content(session, None, claim.when or claim.said, (claim,))
    event = session.event_row(row.id)
    return _content(session, event, event.when, claims_in(session, row))


def claims_in(session: Session, row: Row) -> tuple[ClaimRow, ...]:
    """The claims of a row in order of saying, rejected ones aside."""
    if row.kind is RowKind.DAY:
        return ()
    if row.kind is RowKind.CLAIM:
        return (session.claim(row.id),)
    return tuple(
        claim
        for claim in session.claims_of_event(row.id)
        if claim.review is not ReviewState.REJECTED
    )


def _content(
    session: Session,
    event: EventRow | None,
    when: FuzzyInterval | None,
    claims: tuple[ClaimRow, ...],
) -> Content:
    columns = {
        column: tuple(claim for claim in claims if column_of(claim.side) is column)
        for column in Column
    }
    links, elsewhere = _relations(session, claims)
    heard = {column for column in (Column.LEFT, Column.RIGHT) if columns[column]}
    if any(claim.side is SideKey.BOTH for claim in claims):
        heard = {Column.LEFT, Column.RIGHT}
    silent = frozenset({Column.LEFT, Column.RIGHT} - heard) if event is not None else frozenset()
    return Content(
        event=event,
        when=when,
        columns=columns,
        narration=event.mentions if event is not None else (),
        links=links,
        elsewhere=elsewhere,
        silent=silent,
        faded=frozenset(claim.id for claim in claims if not session.accepts(claim)),
        voices=len({claim.actor_id or claim.speaker.casefold() for claim in claims}),
        disputed=event.disputed if event is not None else claims[0].disputed_by > 0,
    )


def _relations(
    session: Session, claims: tuple[ClaimRow, ...]
) -> tuple[tuple[Link, ...], dict[int, tuple[Elsewhere, ...]]]:
    """Relations within the row between the two columns, and those told on the cards."""
    here = {claim.id: claim for claim in claims}
    links: dict[int, Link] = {}
    told: dict[int, list[Elsewhere]] = {}
    for claim in claims:
        for relation in session.relations_of(claim.id):
            if relation.review is ReviewState.REJECTED or relation.type is RelationType.SAME_EVENT:
                continue
            source, target = here.get(relation.source_id), here.get(relation.target_id)
            if source is not None and target is not None:
                ends = column_of(source.side), column_of(target.side)
                if Column.THIRD not in ends:
                    links[relation.id] = Link(relation, *ends)
                    continue
            outgoing = relation.source_id == claim.id
            other = _other(session, relation.target_id if outgoing else relation.source_id)
            if other is not None:
                told.setdefault(claim.id, []).append(Elsewhere(relation, other, outgoing))
    return tuple(links.values()), {
        claim_id: tuple(sorted(entries, key=lambda entry: -entry.relation.score))
        for claim_id, entries in told.items()
    }


def relations_of(session: Session, claim: ClaimRow) -> tuple[Elsewhere, ...]:
    """All that relates a claim to others that are shown, the surest first."""
    told = []
    for relation in session.relations_of(claim.id):
        if relation.review is ReviewState.REJECTED or relation.type is RelationType.SAME_EVENT:
            continue
        outgoing = relation.source_id == claim.id
        other = _other(session, relation.target_id if outgoing else relation.source_id)
        if other is not None:
            told.append(Elsewhere(relation, other, outgoing))
    return tuple(sorted(told, key=lambda entry: -entry.relation.score))


def _other(session: Session, claim_id: int) -> ClaimRow | None:
    try:
        claim = session.claim(claim_id)
    except KeyError:
        return None
    return None if claim.review is ReviewState.REJECTED else claim
