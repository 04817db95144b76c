"""Rows fetched by id are those that reading everything gives, whatever was looked at before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
from pytestqt.qtbot import QtBot

from db import Dossier
from db.rows import RelationRow, ReviewState
from desktop import shown
from desktop.held import Rows
from desktop.session import Filter, Selection, Session
from desktop.shown import Shown
from extraction.model import SideKey, SpeechAct
from tests.db.samples import FIRST, SECOND, assemble, many


@pytest.fixture(params=[True, False], ids=["pages", "all"])
def dossier(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Dossier]:
    if request.param:
        monkeypatch.setattr(shown, "ALL_UP_TO", 0)
        monkeypatch.setattr(shown, "BEFORE", 1)
        monkeypatch.setattr(shown, "AFTER", 2)
        monkeypatch.setattr(shown, "KEPT", 30)
    samples = [FIRST, SECOND, *many(4)]
    with Dossier.create(tmp_path / "shown.claimline", "Shown") as dossier:
        readings = [reading for _, reading in samples]
        dossier.record_import(samples, assemble(readings), [], started=datetime(2031, 5, 1))
        yield dossier


def must_be_equal(session: Session, dossier: Dossier) -> None:
    rows = Rows.read(dossier)
    assert session.articles() == list(rows.articles)
    assert session.actors() == list(rows.actors)
    assert list(session.sides().values()) == list(rows.sides)
    assert [session.claim(row.id) for row in reversed(rows.claims)] == list(reversed(rows.claims))
    assert session.claims() == list(rows.claims)
    assert [session.event_row(row.id) for row in rows.events] == list(rows.events)
    assert session.events() == list(rows.events)
    assert session.relations() == list(rows.relations)
    for claim in rows.claims:
        assert session.relations_of(claim.id) == list(rows.relations_of(claim.id))
    for event in rows.events:
        assert session.claims_of_event(event.id) == rows.claims_of_event(event.id)
    for article in rows.articles:
        assert session.claims_of_article(article.id) == rows.claims_of_article(article.id)
    assert session.relations_among([row.id for row in rows.relations]) == list(rows.relations)
    assert session.one_sided_events() == rows.one_sided_events
    counts = dossier.counts()
    assert session.counts() == counts


def test_rows_are_those_of_the_dossier_after_each_write(qapp: object, dossier: Dossier) -> None:
    session = Session()
    session.open(dossier)
    must_be_equal(session, dossier)
    event = dossier.events()[2].id
    claims = [row.id for row in dossier.claims()]
    dossier.set_review(claims[3:9], ReviewState.REJECTED)
    must_be_equal(session, dossier)
    dossier.edit_claims(claims[10:12], act=SpeechAct.DENIES, side=SideKey.THIRD)
    must_be_equal(session, dossier)
    dossier.place_claims(claims[20:24], event)
    dossier.set_note(claims[:2], starred=True, note="ask the ferryman")
    must_be_equal(session, dossier)
    dossier.move_actor(dossier.actors()[0].id, SideKey.THIRD)
    dossier.set_relation_review([dossier.relations()[0].id], ReviewState.REJECTED)
    must_be_equal(session, dossier)
    while dossier.undo() is not None:
        must_be_equal(session, dossier)
    while dossier.redo() is not None:
        pass
    must_be_equal(session, dossier)
    with pytest.raises(KeyError):
        session.claim(10_000)
    with pytest.raises(KeyError):
        session.event_row(10_000)
    assert session.relations_of(10_000) == []
    session.open(None)


def test_a_write_in_the_midst_of_a_look_changes_nothing_until_it_is_told(
    qapp: object, dossier: Dossier
) -> None:
    session = Session()
    session.open(dossier)
    dossier.on_change.clear()
    before = dossier.claims()
    dossier.set_review([row.id for row in before], ReviewState.REJECTED)
    assert [session.claim(row.id) for row in before] == before
    dossier.on_change.append(session._tell)
    session.open(None)


def test_what_is_kept_is_bounded(qapp: object, dossier: Dossier) -> None:
    session = Session()
    session.open(dossier)
    for claim in dossier.claims():
        session.claim(claim.id)
        session.relations_of(claim.id)
    held = session._held
    assert isinstance(held, Shown)
    assert max(len(held.kept_claims), len(held.kept_relations)) <= max(shown.KEPT, 82)
    session.open(None)


def test_much_is_prepared_bit_by_bit(
    qapp: object, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "AT_ONCE", 1)
    session = Session()
    session.open(dossier)
    held = session._held
    assert isinstance(held, Shown)
    events = [event.id for event in dossier.events()]
    asked: list[int] = []
    read = held._look.relations_of

    def counted(ids: Collection[int]) -> dict[int, list[RelationRow]]:
        asked.append(len(ids))
        return read(ids)

    monkeypatch.setattr(held._look, "relations_of", counted)
    turns = 0
    while session.prepare_rows(events, []):
        turns += 1
        assert turns < 100
    assert turns > 2
    assert set(asked) == {1}
    session.open(None)


def test_preparing_leaves_nothing_to_fetch(
    qapp: object, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session()
    session.open(dossier)
    event = dossier.events()[1]
    assert session.prepare_rows([event.id], [])
    assert not session.prepare_rows([event.id], [])
    held = session._held
    assert isinstance(held, Shown)
    monkeypatch.setattr(held._look, "claims", None)
    monkeypatch.setattr(held._look, "relations_of", None)
    for claim in event.claim_ids:
        session.claim(claim)
        session.relations_of(claim)
    session.open(None)


def test_a_large_dossier_leaves_its_arrays_behind(
    qapp: object, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.cache.CACHED_FROM", 1)
    session = Session()
    session.open(dossier)
    session.open(None)
    with Dossier.open(dossier.path) as again, again.looking() as look:
        assert len(look.columns().claims) == 85
        assert look.touched is None
        assert not look.worth_keeping


def test_filters_and_selection_work_on_arrays(qapp: object, dossier: Dossier) -> None:
    session = Session()
    session.open(dossier)
    rows = Rows.read(dossier)
    session.set_filter(Filter(acts=frozenset({SpeechAct.DENIES}), sides=frozenset({SideKey.B})))
    wanted = [
        row.id
        for row in rows.claims
        if row.speech_act is SpeechAct.DENIES and row.side is SideKey.B
    ]
    assert wanted
    assert session.columns.claims.id[session.accepted()].tolist() == sorted(wanted)
    assert session.count(session.filter) == len(wanted)
    session.select(Selection(claim_id=wanted[0]))
    claim = session.claim(wanted[0])
    assert session.selection == Selection(claim.event_id, claim.id, claim.article_id)
    session.set_filter(Filter(text="ferryman"))
    assert not session.accepted().any()
    dossier.set_note([wanted[1]], note="ask the ferryman")
    assert session.columns.claims.id[session.accepted()].tolist() == [wanted[1]]
    session.open(None)


def test_in_a_large_dossier_words_are_found_beside_the_window(
    qtbot: QtBot, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.session.SEARCHED_AT_ONCE", 10)
    monkeypatch.setattr("desktop.session.FIRST_HITS", 3)
    session = Session()
    session.open(dossier)
    seen: list[tuple[int, bool]] = []
    session.filter_changed.connect(
        lambda _: seen.append((int(session.accepted().sum()), session.is_counting))
    )
    session.set_filter(Filter(text="ford"))
    qtbot.waitUntil(lambda: len(seen) == 2)
    every = len(dossier.matching("ford"))
    assert seen == [(3, True), (every, False)]
    assert every > 3
    found = session.columns.claims.id[session.accepted()].tolist()
    assert found == dossier.matching("ford").tolist()
    seen.clear()
    session.set_filter(Filter(text="for"))
    session.set_filter(Filter(text="mill"))
    qtbot.waitUntil(lambda: bool(seen) and not session.is_counting)
    assert session.columns.claims.id[session.accepted()].tolist() == [1, 4]
    session.set_filter(Filter())
    assert session.accepted().all()
    session.open(None)


def test_a_write_in_another_thread_brings_its_arrays_along(
    qtbot: QtBot, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session()
    session.open(dossier)
    session.claims()
    ids = [row.id for row in dossier.claims()]
    with qtbot.waitSignal(session.data_changed):
        writer = Thread(target=dossier.set_review, args=(ids[:5], ReviewState.REJECTED))
        writer.start()
        writer.join()
        assert session._news.ready is not None
        assert session._news.ready.columns.stamp > session.columns.stamp
    must_be_equal(session, dossier)
    dossier.set_review(ids[5:7], ReviewState.ACCEPTED)
    must_be_equal(session, dossier)
    session.open(None)
