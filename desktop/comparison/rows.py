"""What stands in a row of the split view: no drawing, no sizes. Looked up when it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from db.rows import ClaimRow, EventRow, MentionRow, RelationRow, ReviewState
from desktop.comparison.listing import Row, RowKind
from desktop.session import Session
from extraction.model import FuzzyInterval, RelationType, SideKey


class Column(Enum):
    LEFT = "left"
    RIGHT = "right"
    THIRD = "third"


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

    They stay: taking a voice out of a row would make it look silent. ``claims`` are all that
    speak of the event, ``folded`` how many of them ``columns`` leaves out.
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
    claims: tuple[ClaimRow, ...] = ()
    folded: int = 0

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


def read_content(
    session: Session, row: Row, most: int | None = None, chosen: int | None = None
) -> Content:
    """What a row holds now. Raises ``KeyError`` if its event or claim is gone.

    Each side shows ``most`` claims at most: those said first or, where one further down is
    ``chosen``, those around it.
    """
    if row.kind is RowKind.CLAIM:
        claim = session.claim(row.id)
        return _content(session, None, claim.when or claim.said, (claim,), most, chosen)
    event = session.event_row(row.id)
    return _content(session, event, event.when, claims_in(session, row), most, chosen)


def claims_in(session: Session, row: Row) -> tuple[ClaimRow, ...]:
    """The claims of a row in order of saying, rejected ones aside."""
    if row.kind is RowKind.CLAIM:
        return (session.claim(row.id),)
    ids = session.event_row(row.id).claim_ids
    session.prepare(ids)
    found = (shown_claim(session, claim_id) for claim_id in ids)
    return tuple(claim for claim in found if claim is not None)


def _content(
    session: Session,
    event: EventRow | None,
    when: FuzzyInterval | None,
    claims: tuple[ClaimRow, ...],
    most: int | None,
    chosen: int | None,
) -> Content:
    columns = {
        column: tuple(claim for claim in claims if column_of(claim.side) is column)
        for column in Column
    }
    heard = {column for column in (Column.LEFT, Column.RIGHT) if columns[column]}
    if most is not None:
        for column in heard:
            columns[column] = _around(columns[column], most, chosen)
    left = [claim for column in Column for claim in columns[column]]
    shown = claims if len(left) == len(claims) else tuple(left)
    links, elsewhere = _relations(session, shown)
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
        claims=claims,
        folded=len(claims) - len(shown),
    )


def _around(claims: tuple[ClaimRow, ...], most: int, chosen: int | None) -> tuple[ClaimRow, ...]:
    """So many at most: the first ones, or those around the one that is chosen."""
    at = next((place for place, claim in enumerate(claims) if claim.id == chosen), 0)
    first = 0 if at < most else min(at - most // 4, len(claims) - most)
    return claims[first : first + most]


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
            other = shown_claim(session, relation.target_id if outgoing else relation.source_id)
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
        other = shown_claim(session, relation.target_id if outgoing else relation.source_id)
        if other is not None:
            told.append(Elsewhere(relation, other, outgoing))
    return tuple(sorted(told, key=lambda entry: -entry.relation.score))


def shown_claim(session: Session, claim_id: int) -> ClaimRow | None:
    """A claim, unless it is gone or rejected."""
    try:
        claim = session.claim(claim_id)
    except KeyError:
        return None
    return None if claim.review is ReviewState.REJECTED else claim
