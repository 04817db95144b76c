from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from db.changes import Changes
from db.rows import (
    ArticleRow,
    ClaimRow,
    EventRow,
    RelationRow,
    ReviewState,
    SideRow,
    Status,
)
from desktop import theme
from desktop.session import Filter, Rows, Selection, Session, voices
from extraction.model import (
    DateBasis,
    EventType,
    Form,
    FuzzyInterval,
    Precision,
    RelationType,
    SideKey,
    Span,
    SpeechAct,
    Verification,
)

DAY = datetime(2031, 3, 4)


def span(exact: str = "said") -> Span:
    return Span(0, len(exact), exact)


def interval(start: datetime = DAY) -> FuzzyInterval:
    return FuzzyInterval(start, start + timedelta(hours=23, minutes=59), Precision.DAY)


CLAIM = ClaimRow(
    id=1,
    article_id=1,
    event_id=1,
    actor_id=1,
    speaker="Velmark's ministry",
    side=SideKey.A,
    speech_act=SpeechAct.ALLEGES,
    form=Form.INDIRECT,
    content="that the dam was shelled",
    source_span=None,
    cue_span=span(),
    content_spans=(span("that the dam was shelled"),),
    when=interval(),
    when_span=None,
    said=None,
    places=(),
    quantities=(),
    verification=Verification.NONE,
    verification_span=None,
    nested_in=None,
    review=ReviewState.SUGGESTED,
    status=Status.DISPUTED,
    disputed_by=1,
    reasons=(),
)
ARTICLE = ArticleRow(
    id=1,
    document_id=1,
    key="0" * 64,
    file="dam.txt",
    title="The dam",
    outlet="",
    byline="",
    language="en",
    published_start=DAY,
    published_end=DAY,
    published_precision=Precision.DAY,
    published_basis=DateBasis.TEXT,
    published_assumed=("year",),
    published_reasons=(),
    claim_count=2,
    warnings=(),
)
EVENT = EventRow(
    id=1,
    label="Shelling of the dam",
    type=EventType.ASSAULT,
    when=interval(),
    places=(),
    participants=(),
    claim_ids=(2, 1),
    mentions=(),
    disputed=True,
    reasons=(),
)
ROWS = Rows(
    articles=(ARTICLE,),
    sides=(
        SideRow(SideKey.A, "Velmark", "", "", 1, 2, ()),
        SideRow(SideKey.B, "Ostrana", "#006600", "#88FF88", 1, 1, ()),
    ),
    claims=(
        CLAIM,
        replace(CLAIM, id=2, side=SideKey.B, actor_id=2, status=Status.ASSERTED),
        replace(
            CLAIM, id=3, event_id=2, when=None, review=ReviewState.ACCEPTED, content="of a flood"
        ),
    ),
    events=(EVENT, replace(EVENT, id=2, claim_ids=(3,), when=interval(DAY + timedelta(days=9)))),
    relations=(
        RelationRow(1, RelationType.DENIES, 2, 1, 0.9, False, ReviewState.SUGGESTED, ("r",)),
    ),
)


@pytest.fixture
def filled(session: Session) -> Session:
    session.show_rows(ROWS)
    return session


def accepted(session: Session) -> list[int]:
    return [row.id for row in session.claims() if session.accepts(row)]


def test_look_ups(filled: Session) -> None:
    assert filled.article(1) == ARTICLE
    assert [row.id for row in filled.claims_of_event(1)] == [2, 1]
    assert [row.id for row in filled.claims_of_article(1)] == [1, 2, 3]
    assert [row.id for row in filled.relations_of(1)] == [1]
    assert filled.relations_of(3) == []
    assert filled.one_sided_events() == {2}
    with pytest.raises(KeyError):
        filled.claim(99)


def test_qt_can_still_send_it_events(filled: Session) -> None:
    QCoreApplication.sendEvent(filled, QEvent(QEvent.Type.User))


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Filter(), [1, 2, 3]),
        (Filter(statuses=frozenset({Status.ASSERTED})), [2]),
        (Filter(sides=frozenset({SideKey.A})), [1, 3]),
        (Filter(articles=frozenset({7})), []),
        (Filter(actors=frozenset({2})), [2]),
        (Filter(one_side_silent=True), [3]),
        (Filter(to_review=True), [1, 2]),
        (Filter(text="FLOOD"), [3]),
        (Filter(text="  "), [1, 2, 3]),
        (Filter(to_review=True, statuses=frozenset({Status.DISPUTED})), [1]),
    ],
)
def test_a_filter_narrows(filled: Session, chosen: Filter, expected: list[int]) -> None:
    filled.set_filter(chosen)
    assert accepted(filled) == expected


def test_rejected_claims_are_never_shown(filled: Session) -> None:
    rows = replace(ROWS, claims=(replace(CLAIM, review=ReviewState.REJECTED),))
    filled.show_rows(rows)
    assert accepted(filled) == []
    assert filled.claim(1).review is ReviewState.REJECTED


def test_the_visible_range_filters_and_a_claim_inherits_the_time_of_its_event(
    filled: Session, qtbot: QtBot
) -> None:
    filled.set_filter(Filter(in_visible_range=True))
    assert accepted(filled) == [1, 2, 3]
    with qtbot.waitSignal(filled.filter_changed):
        filled.set_visible_range((DAY + timedelta(days=8), DAY + timedelta(days=10)))
    assert accepted(filled) == [3]


def test_a_claim_selects_its_event_and_article(filled: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(filled.selection_changed) as told:
        filled.select(Selection(claim_id=2))
    assert told.args == [Selection(event_id=1, claim_id=2, article_id=1)]


def test_a_view_knows_its_own_choice(filled: Session) -> None:
    seen: list[object] = []
    filled.selection_changed.connect(lambda _: seen.append(filled.origin))
    filled.select(Selection(claim_id=1), filled)
    filled.select(Selection(claim_id=1), filled)
    filled.select(Selection(event_id=2))
    assert seen == [filled, None]
    assert filled.origin is None


def test_the_selection_follows_a_claim_into_another_event(filled: Session) -> None:
    filled.select(Selection(claim_id=1))
    filled.show_rows(replace(ROWS, claims=(replace(CLAIM, event_id=2),)))
    assert filled.selection == Selection(event_id=2, claim_id=1, article_id=1)
    filled.show_rows(Rows())
    assert filled.selection == Selection()


def test_colours_and_names_of_sides(filled: Session, qtbot: QtBot) -> None:
    light, dark = theme.load("light"), theme.load("dark")
    assert filled.side_color(SideKey.A) == light.side_a
    assert filled.side_color(SideKey.B).name().upper() == "#006600"
    with qtbot.waitSignal(filled.theme_changed):
        filled.set_theme(dark)
    assert filled.side_color(SideKey.B).name().upper() == "#88FF88"
    assert theme.contrast(dark.text, filled.side_tint(SideKey.B)) >= theme.TEXT_CONTRAST
    assert filled.side_name(SideKey.B) == "Ostrana"
    assert filled.side_name(SideKey.THIRD) == "Third parties"


def test_voices() -> None:
    assert voices(SideKey.BOTH) == {SideKey.A, SideKey.B}
    assert voices(SideKey.THIRD) == set()


def test_nothing_is_open_at_first(session: Session, tmp_path: Path) -> None:
    assert session.dossier is None
    session.refresh(Changes.everything())
    assert session.claims() == []
