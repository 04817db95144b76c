"""Which rows there are and what stands in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from db.rows import ReviewState, Status
from desktop.comparison.listing import Listing, RowKind
from desktop.comparison.rows import Column, read_content
from desktop.session import Filter, Session
from extraction.model import RelationType, SideKey, SpeechAct
from tests.desktop.comparison.dispute import Dispute, day


def kinds(session: Session) -> list[tuple[str, int]]:
    return [(row.kind.value, row.id) for row in Listing(session)]


def test_rows_are_events_in_time_order_under_their_day(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    rows = Listing(session)
    days = [row.day for row in rows if row.heads]
    assert days == ["4 Mar, Tuesday", "6 Mar, Thursday", "7 Mar, Friday", ""]
    assert kinds(session) == [("claim", 14), ("event", 1), ("event", 2), ("event", 3), ("event", 4)]


def test_every_claim_stands_in_exactly_one_row(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    shown = [
        claim.id
        for row in Listing(session)
        for claims in read_content(session, row).columns.values()
        for claim in claims
    ]
    assert sorted(shown) == [claim.id for claim in session.claims()]


def test_sides_links_and_silence(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    rows = {(row.kind, row.id): row for row in Listing(session)}
    shelling = read_content(session, rows[(RowKind.EVENT, 1)])
    assert [claim.id for claim in shelling.columns[Column.LEFT]] == [1]
    assert [claim.id for claim in shelling.columns[Column.RIGHT]] == [2, 3]
    assert {link.relation.type for link in shelling.links} == {
        RelationType.DENIES,
        RelationType.ADMITS,
    }
    assert shelling.silent == frozenset()
    assert shelling.voices == 3
    water = read_content(session, rows[(RowKind.EVENT, 3)])
    assert water.silent == {Column.RIGHT}
    assert len(water.columns[Column.THIRD]) == 4
    assert len(water.narration) == 1


def test_a_relation_to_another_row_is_told_on_both_cards(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    rows = {(row.kind, row.id): row for row in Listing(session)}
    here = read_content(session, rows[(RowKind.EVENT, 1)]).elsewhere
    there = read_content(session, rows[(RowKind.EVENT, 4)]).elsewhere
    assert [(entry.other.id, entry.outgoing) for entry in here[1]] == [(15, True)]
    assert [(entry.other.id, entry.outgoing) for entry in there[15]] == [(1, False)]


def test_rejected_claims_and_relations_are_left_out(session: Session, made: Dispute) -> None:
    rows = made.rows()
    claims = tuple(
        replace(claim, review=ReviewState.REJECTED) if claim.id == 2 else claim
        for claim in rows.claims
    )
    session.show_rows(replace(rows, claims=claims))
    row = next(row for row in Listing(session) if row.id == 1 and row.kind is RowKind.EVENT)
    content = read_content(session, row)
    assert [claim.id for claim in content.columns[Column.RIGHT]] == [3]
    assert {link.relation.type for link in content.links} == {RelationType.ADMITS}


def test_the_filter_fades_voices_and_never_makes_them_silent(
    session: Session, made: Dispute
) -> None:
    session.show_rows(made.rows())
    session.set_filter(Filter(statuses=frozenset({Status.DENIED})))
    rows = [row for row in Listing(session)]
    assert [(row.kind, row.id) for row in rows] == [(RowKind.EVENT, 1)]
    content = read_content(session, rows[0])
    assert content.silent == frozenset()
    assert content.faded == {2, 3}


def test_only_what_the_timeline_shows(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    session.set_filter(Filter(in_visible_range=True))
    session.set_visible_range((datetime(2031, 3, 5), datetime(2031, 3, 6, 12)))
    assert kinds(session) == [("event", 1), ("event", 2)]


def test_an_event_that_only_an_outlet_tells_has_a_row(session: Session) -> None:
    made = Dispute()
    made.add_article("A bridge fell at noon.")
    made.mention(made.add_event("Bridge fell", day(3)), 1, "A bridge fell at noon.")
    session.show_rows(made.rows())
    assert kinds(session) == [("event", 1)]
    content = read_content(session, Listing(session)[0])
    assert content.silent == {Column.LEFT, Column.RIGHT}
    session.set_filter(Filter(to_review=True))
    assert kinds(session) == []


def test_who_speaks_for_both_leaves_nobody_silent(session: Session) -> None:
    made = Dispute()
    made.add_article()
    event = made.add_event("Truce", day(3))
    made.add_claim(SideKey.BOTH, "The two sides", SpeechAct.ANNOUNCES, "a truce holds", event)
    session.show_rows(made.rows())
    content = read_content(session, Listing(session)[0])
    assert content.silent == frozenset()
    assert [claim.id for claim in content.columns[Column.THIRD]] == [1]
