"""Why a claim is read so, in groups of lines."""

from __future__ import annotations

from desktop.reader.reasons import Explanation, explain
from desktop.session import Selection, Session
from extraction.model import Quantity, SideKey, Span, SpeechAct
from tests.desktop.comparison.dispute import Dispute


def groups(explanation: Explanation | None) -> dict[str, list[str]]:
    assert explanation is not None
    return {group.label: [line.text for line in group.lines] for group in explanation.groups}


def test_a_claim_is_explained_with_everything_it_rests_on(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    claim = session.claim(1)
    explanation = explain(session, Selection(claim_id=1))
    found = groups(explanation)
    assert found["act"] == ["alleges", *claim.reasons]
    assert found["side"] == ["Norland: Norland's Works Ministry", "named so"]
    assert found["time"][:2] == ["4 to 5 March 2031, to the day", "publication date"]
    assert found["event"] == ["Shelling of the Orlo dam", "same place and day"]
    assert found["denied by"][0] == "Vessia's army spokesman: no shell was fired at the dam"
    assert found["denied by"][1:] == ["same place", "opposite polarity", "score 0.83"]
    assert found["admitted by"][-1] == "possible only, score 0.83"
    assert found["status"] == ["denied; 1 claim is against it"]
    span = claim.content_spans[0]
    assert f"article-1.txt, characters {span.start}-{span.end}" in found["source"]
    assert any("year assumed" in line for line in found["source"])


def test_reasons_stand_with_what_they_explain(session: Session) -> None:
    made = Dispute()
    made.add_article()
    reasons = ("cue 'said' with clause", "source: subject", "time: 'at noon'", "word: a word")
    made.add_claim(SideKey.A, "x", SpeechAct.ASSERTS, "y", reasons=reasons)
    session.show_rows(made.rows())
    found = groups(explain(session, Selection(claim_id=1)))
    assert found["act"] == ["asserts", "cue 'said' with clause", "word: a word"]
    assert found["voice"] == ["River Wire reports", "x", "subject"]
    assert "'at noon'" in found["time"]


def test_the_voice_is_told_from_the_outlet_down_to_the_body(session: Session) -> None:
    made = Dispute()
    made.add_article("The agency said Ada Brink said y")
    body = made.add_actor("Harbour Police", SideKey.A)
    chief = made.add_actor("Ada Brink", SideKey.A, member_of=body)
    outer = made.add_claim(SideKey.THIRD, "The agency", SpeechAct.ASSERTS, "Ada Brink said y")
    span = Span(4, 10, "12 men")
    figures = (Quantity("arrested", 12, 12, span, bearer="men"),)
    made.add_claim(
        SideKey.A,
        "Ada Brink",
        SpeechAct.ASSERTS,
        "y",
        nested_in=outer,
        actor_id=chief,
        quantities=figures,
    )
    session.show_rows(made.rows())
    explanation = explain(session, Selection(claim_id=2))
    found = groups(explanation)
    assert found["voice"][:3] == [
        "River Wire reports",
        "The agency asserts",
        "Ada Brink, Harbour Police",
    ]
    assert found["figures"] == ["12 men arrested, in this event", "“12 men”, characters 4-10"]
    assert explanation is not None
    assert explanation.groups[0].lines[1].leads_to == Selection(claim_id=outer)


def test_relations_lead_to_the_other_claim(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    explanation = explain(session, Selection(claim_id=2))
    assert explanation is not None
    denies = next(group for group in explanation.groups if group.label == "denies")
    assert denies.disputing
    assert denies.lines[0].leads_to == Selection(claim_id=1)


def test_an_event_is_explained_by_its_voices(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    found = groups(explain(session, Selection(event_id=3)))
    assert len(found["claims"]) == 5
    assert found["told by"] == ["River Wire: Water ran through the lower gate all night."]
    undated = groups(explain(session, Selection(event_id=4)))
    assert undated["time"] == ["no voice gives a time"]


def test_nothing_chosen_or_gone_has_no_reasons(session: Session, made: Dispute) -> None:
    session.show_rows(made.rows())
    assert explain(session, Selection()) is None
    assert explain(session, Selection(claim_id=999)) is None
