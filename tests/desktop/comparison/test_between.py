"""An admission beside a denial of the same side: what is left between them is told."""

from __future__ import annotations

from dataclasses import replace

from db.rows import ReviewState
from desktop.comparison.between import Gap, gaps_of
from desktop.comparison.view import ComparisonView
from desktop.session import Session
from extraction.model import RelationType, SideKey, SpeechAct
from tests.desktop.comparison.dispute import Dispute, Paper, dispute


def shown(session: Session, made: Dispute) -> tuple[Gap, ...]:
    rows = made.rows()
    session.show_rows(rows)
    return gaps_of(session, [claim for claim in rows.claims if claim.event_id == 1])


def test_the_two_of_one_side_stand_together(session: Session) -> None:
    (gap,) = shown(session, dispute())
    assert (gap.side, gap.sure) == (SideKey.B, True)
    assert gap.admission.speaker == "Captain Dara Wen"
    assert gap.denial.speaker == "Vessia's army spokesman"


def test_a_denial_of_another_row_counts_and_a_rejected_one_does_not(session: Session) -> None:
    made = Dispute()
    made.add_article()
    event = made.add_event("Shelling", None)
    other = made.add_event("Another shelling", None)
    alleges = made.add_claim(SideKey.A, "Army", SpeechAct.ALLEGES, "they shelled it", event)
    admits = made.add_claim(SideKey.B, "Captain", SpeechAct.ADMITS, "one shell fell", event)
    denies = made.add_claim(SideKey.B, "Minister", SpeechAct.DENIES, "no shell fell", other)
    made.relate(RelationType.ADMITS, admits, alleges)
    made.relate(RelationType.DENIES, denies, alleges, possible=True)
    (gap,) = shown(session, made)
    assert (gap.denial.id, gap.sure) == (denies, False)
    rows = made.rows()
    rejected = replace(rows.relations[1], review=ReviewState.REJECTED)
    session.show_rows(replace(rows, relations=(rows.relations[0], rejected)))
    assert gaps_of(session, [session.claim(alleges), session.claim(admits)]) == ()


def test_what_one_side_admits_and_another_denies_is_no_gap(session: Session) -> None:
    made = Dispute()
    made.add_article()
    event = made.add_event("Shelling", None)
    alleges = made.add_claim(SideKey.A, "Army", SpeechAct.ALLEGES, "they shelled it", event)
    admits = made.add_claim(SideKey.B, "Captain", SpeechAct.ADMITS, "one shell fell", event)
    denies = made.add_claim(SideKey.THIRD, "Monitor", SpeechAct.DENIES, "no shell fell", event)
    made.relate(RelationType.ADMITS, admits, alleges)
    made.relate(RelationType.DENIES, denies, alleges)
    assert shown(session, made) == ()


def test_it_is_told_under_the_cards(view: ComparisonView, paper: Paper) -> None:
    index = view.canvas.index_of(None, 1)
    assert index is not None
    layout = view.canvas.layout_of(index)
    texts = {piece.block.text: piece for piece in layout.texts}
    title = texts["Between admission and denial by Vessia"]
    assert title.at.y() >= max(card.rect.bottom() for card in layout.cards)
    assert any(text.startswith("Captain Dara Wen admits: her battery") for text in texts)
    assert any(text.startswith("Vessia's army spokesman denies: no shell") for text in texts)
    assert layout.height >= title.at.y() + 3 * title.block.height
