from __future__ import annotations

from collections import Counter
from dataclasses import replace

from desktop.opening import first_look
from desktop.session import Rows, Selection, Session


def test_it_begins_where_most_is_disputed(filled: Session) -> None:
    chosen = first_look(filled).claim_id
    assert chosen is not None
    claim = filled.claim(chosen)
    assert claim.disputed_by
    disputes: Counter[int | None] = Counter()
    for other in filled.claims():
        disputes[other.event_id] += other.disputed_by
    assert disputes[claim.event_id] == max(disputes.values())
    rivals = [one.id for one in filled.claims_of_event(claim.event_id or 0) if one.disputed_by]
    assert chosen in rivals


def test_without_a_dispute_it_begins_with_the_first_article(rows: Rows, session: Session) -> None:
    calm = tuple(replace(row, disputed_by=0) for row in rows.claims)
    session.show_rows(replace(rows, claims=calm, relations=()))
    assert first_look(session) == Selection(article_id=rows.articles[0].id)


def test_only_the_articles_asked_for_count(filled: Session) -> None:
    for article in filled.articles():
        found = first_look(filled, [article.id])
        assert found.claim_id is None or filled.claim(found.claim_id).article_id == article.id
    assert first_look(filled, [99]) == Selection()


def test_an_empty_dossier_has_nothing_to_choose(session: Session) -> None:
    assert first_look(session) == Selection()
