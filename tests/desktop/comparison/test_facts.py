"""What a card says."""

from __future__ import annotations

from datetime import datetime

from db.rows import Status
from desktop.comparison.facts import card_facts, looked_at, spoken, with_provenance
from desktop.comparison.listing import Listing, RowKind
from desktop.comparison.rows import read_content
from desktop.session import Session
from extraction.model import RelationType, SideKey, SpeechAct
from tests.desktop.comparison.dispute import Dispute


def test_the_chain_names_body_and_who_passed_it_on(session: Session) -> None:
    made = Dispute()
    made.add_article()
    body = made.add_actor("Harbour Police", SideKey.A)
    chief = made.add_actor("Ada Brink", SideKey.A, member_of=body)
    outer = made.add_claim(SideKey.A, "The mayor", SpeechAct.ASSERTS, "Ada Brink said x")
    made.add_claim(SideKey.A, "Ada Brink", SpeechAct.ASSERTS, "x", nested_in=outer, actor_id=chief)
    session.show_rows(made.rows())
    assert card_facts(session, session.claim(2)).chain == "Harbour Police · told by The mayor"


def test_a_ring_of_nested_claims_ends(session: Session) -> None:
    made = Dispute()
    made.add_article()
    made.add_claim(SideKey.A, "One", SpeechAct.ASSERTS, "x", nested_in=2)
    made.add_claim(SideKey.A, "Two", SpeechAct.ASSERTS, "y", nested_in=1)
    session.show_rows(made.rows())
    assert card_facts(session, session.claim(1)).chain == "told by Two"


def test_card_facts(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    row = next(row for row in Listing(session) if (row.kind, row.id) == (RowKind.EVENT, 1))
    content = read_content(session, row)
    facts = card_facts(session, session.claim(1), content.elsewhere[1], 2031)
    assert facts.act == "alleges"
    assert facts.times == "4 to 5 March · said 9 Mar"
    assert facts.article == "9 Mar · Shots at the dam · River Wire"
    assert facts.status == "denied"
    assert facts.review == "to review"
    words, entry = facts.elsewhere[0]
    assert words.startswith("counter-accuses Norland's archive")
    assert entry.other.id == 15
    admits = card_facts(session, session.claim(3))
    assert admits.verification == "not verified, says the article"
    assert admits.decided
    assert admits.chain == "Northern Battery"


def test_a_card_can_be_heard(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    words = spoken(session, session.claim(1))
    assert words.startswith("Norland's Works Ministry alleges: Vessian troops")
    assert "4 to 5 March 2031" in words
    assert "Norland" in words


def test_the_clipboard_gets_the_source_too(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    claim = session.claim(1)
    words = with_provenance(session, claim)
    span = claim.content_spans[0]
    assert claim.content in words
    assert "River Wire · 9 March 2031 · year assumed" in words
    assert f"article-1.txt, characters {span.start}-{span.end}" in words


def test_where_was_looked_names_the_dates(session: Session) -> None:
    made = Dispute()
    made.add_article()
    session.show_rows(made.rows())
    assert looked_at(session, 2031) == "in the one article imported (9 March)"
    made.add_article(published_start=None, published_end=None)
    made.add_article(
        published_start=datetime(2031, 2, 27, 14, 5), published_end=datetime(2031, 2, 27, 14, 5)
    )
    session.show_rows(made.rows())
    where = looked_at(session)
    assert where == "in the 3 articles imported (27 February to 9 March 2031)"


def test_who_passes_on_his_own_words_is_not_named_twice(session: Session) -> None:
    made = Dispute()
    made.add_article()
    outer = made.add_claim(SideKey.A, "Ada Brink", SpeechAct.ASSERTS, "she ordered a halt")
    made.add_claim(SideKey.A, "Ada Brink", SpeechAct.DEMANDS, "a halt", nested_in=outer)
    session.show_rows(made.rows())
    assert card_facts(session, session.claim(2)).chain == ""


def test_relations_to_one_voice_stand_in_one_line(session: Session) -> None:
    made = Dispute()
    made.add_article()
    for number in range(5):
        event = made.add_event(f"Event {number}", None)
        made.add_claim(SideKey.A, "Ada Brink", SpeechAct.ASSERTS, f"words {number}", event)
    for other in (2, 3, 4):
        made.relate(RelationType.DENIES, other, 1)
    made.relate(RelationType.ANSWERS, 5, 1)
    session.show_rows(made.rows())
    row = Listing(session)[0]
    facts = card_facts(session, session.claim(1), read_content(session, row).elsewhere[1])
    lines = [words for words, _ in facts.elsewhere]
    assert lines == ["denied by Ada Brink (3): words 1", "answered by Ada Brink: words 4"]


def test_an_admission_does_not_say_so_twice(session: Session) -> None:
    made = Dispute()
    made.add_article()
    for act in (SpeechAct.ADMITS, SpeechAct.ALLEGES):
        made.add_claim(SideKey.A, "Ada", act, "x", status=Status.ADMITTED)
    session.show_rows(made.rows())
    facts = [card_facts(session, claim) for claim in session.claims()]
    assert [fact.status for fact in facts] == ["", "admitted"]
