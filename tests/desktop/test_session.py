from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from db import Dossier, DossierError
from db.changes import Changes
from db.rows import ReviewState, Status
from desktop import theme
from desktop.messages import of_failed_backup
from desktop.session import Filter, Rows, Selection, Session, voices
from extraction.model import EventType, SideKey, SpeechAct

DAY = datetime(2031, 3, 4)


def accepted(session: Session) -> list[int]:
    return [row.id for row in session.claims() if session.accepts(row)]


def test_look_ups(filled: Session) -> None:
    assert filled.article(1).file == "dam.txt"
    assert filled.actor(2).name == "Ostrana's army"
    assert [row.id for row in filled.claims_of_event(1)] == [2, 1, 4]
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
        (Filter(), [1, 2, 3, 4]),
        (Filter(statuses=frozenset({Status.DISPUTED})), [1, 2, 3]),
        (Filter(statuses=frozenset({Status.ASSERTED})), [4]),
        (Filter(sides=frozenset({SideKey.A})), [1, 3]),
        (Filter(articles=frozenset({7})), []),
        (Filter(actors=frozenset({2})), [2]),
        (Filter(one_side_silent=True), [3]),
        (Filter(to_review=True), [1, 2, 4]),
        (Filter(text="FLOOD"), [3]),
        (Filter(text="  "), [1, 2, 3, 4]),
        (Filter(to_review=True, statuses=frozenset({Status.ADMITTED})), [2]),
        (Filter(acts=frozenset({SpeechAct.ADMITS})), []),
        (Filter(acts=frozenset({SpeechAct.ALLEGES}), sides=frozenset({SideKey.B})), [2]),
        (Filter(event_types=frozenset({EventType.ASSAULT})), [1, 2, 3, 4]),
        (Filter(event_types=frozenset({EventType.AGREE})), []),
        (Filter(sources=frozenset({"The Ferry Post"})), [1, 2, 3, 4]),
        (Filter(sources=frozenset({"The Hill Echo"})), []),
        (Filter(places=frozenset({"Marn"})), []),
    ],
)
def test_a_filter_narrows(filled: Session, chosen: Filter, expected: list[int]) -> None:
    filled.set_filter(chosen)
    assert accepted(filled) == expected


def test_a_place_is_that_of_the_claim_or_of_its_event(filled: Session, rows: Rows) -> None:
    claims = (replace(rows.claims[2], places=("Marn",)), *rows.claims[:2])
    events = (replace(rows.events[0], places=("Ottel",)), *rows.events[1:])
    filled.show_rows(replace(rows, claims=claims, events=events))
    filled.set_filter(Filter(places=frozenset({"Marn"})))
    assert accepted(filled) == [3]
    filled.set_filter(Filter(places=frozenset({"Ottel", "Elsewhere"})))
    assert accepted(filled) == [1, 2]


def test_rejected_claims_are_never_shown(filled: Session, rows: Rows) -> None:
    rejected = replace(rows.claims[0], review=ReviewState.REJECTED)
    filled.show_rows(replace(rows, claims=(rejected,)))
    assert accepted(filled) == []
    assert filled.claim(1).review is ReviewState.REJECTED


def test_the_visible_range_filters_and_a_claim_inherits_the_time_of_its_event(
    filled: Session, qtbot: QtBot
) -> None:
    filled.set_filter(Filter(in_visible_range=True))
    assert accepted(filled) == [1, 2, 3, 4]
    with qtbot.waitSignal(filled.filter_changed):
        filled.set_visible_range((DAY, DAY + timedelta(hours=1)))
    assert accepted(filled) == [1, 2, 3, 4]
    filled.set_visible_range((DAY + timedelta(days=8), DAY + timedelta(days=10)))
    assert accepted(filled) == []


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


def test_the_selection_follows_a_claim_into_another_event(filled: Session, rows: Rows) -> None:
    filled.select(Selection(claim_id=1))
    filled.show_rows(replace(rows, claims=(replace(rows.claims[0], event_id=2),)))
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


def test_nothing_is_open_at_first(session: Session) -> None:
    assert session.dossier is None
    session.refresh(Changes.everything())
    assert session.claims() == []


def test_a_copy_of_the_day_that_cannot_be_made_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Dossier) -> None:
        raise DossierError("disk-full", tmp_path / "daily.claimline")

    monkeypatch.setattr(Dossier, "back_up_if_due", full)
    session = Session()
    with qtbot.waitSignal(session.backup_failed) as told:
        session.open(Dossier.create(tmp_path / "full.claimline"))
    assert told.args is not None
    message = of_failed_backup(*told.args)
    assert "full.claimline" in message.text
    assert "disk is full" in message.text
    session.open(None)
