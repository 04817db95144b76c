from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, Qt
from pytestqt.qtbot import QtBot

from db import Dossier
from db.rows import Status
from desktop.session import Filter, Rows, Selection, Session
from desktop.timeline import TimelineView
from desktop.timeline.data import Zone
from desktop.timeline.grouping import LanesBy
from desktop.timeline.views import filter_from_plain, filter_to_plain
from extraction.model import EventType, SideKey, SpeechAct
from tests.desktop.timeline import samples

FILTERS = st.builds(
    Filter,
    statuses=st.frozensets(st.sampled_from(Status)),
    sides=st.frozensets(st.sampled_from(SideKey)),
    acts=st.frozensets(st.sampled_from(SpeechAct)),
    event_types=st.frozensets(st.sampled_from(EventType)),
    articles=st.frozensets(st.integers(1, 99)),
    actors=st.frozensets(st.integers(1, 99)),
    places=st.frozensets(st.text(max_size=5)),
    sources=st.frozensets(st.text(max_size=5)),
    one_side_silent=st.booleans(),
    to_review=st.booleans(),
    text=st.text(max_size=9),
    in_visible_range=st.booleans(),
)


@given(FILTERS)
def test_any_filter_comes_back(chosen: Filter) -> None:
    assert filter_from_plain(json.loads(json.dumps(filter_to_plain(chosen)))) == chosen


@pytest.mark.parametrize(
    "plain", [{"statuses": ["no such"]}, {"acts": "denies"}, {"text": 4}, {"later": [1]}]
)
def test_what_is_not_known_is_left_out(plain: dict[str, object]) -> None:
    assert filter_from_plain(plain) == Filter()


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> TimelineView:
    found = TimelineView(session)
    qtbot.addWidget(found)
    found.resize(1000, 560)
    found.show()
    session.show_rows(
        Rows(
            articles=tuple(samples.articles()),
            sides=tuple(samples.sides()),
            claims=tuple(samples.claims()),
            events=tuple(samples.events()),
            relations=tuple(samples.relations()),
        )
    )
    return found


def test_a_view_comes_back_whole(qtbot: QtBot, view: TimelineView) -> None:
    view.views.set_lanes(LanesBy.SOURCE)
    view.session.set_filter(Filter(acts=frozenset({SpeechAct.DENIES})))
    view.session.select(Selection(claim_id=3))
    view.set_folded(Zone.ABOVE, True)
    scale = view.canvas.scale_shown
    plain = json.loads(json.dumps(view.views.plain()))
    view.views.set_lanes(LanesBy.NOTHING)
    view.session.set_filter(Filter())
    view.session.select(Selection())
    view.set_folded(Zone.ABOVE, False)
    view.canvas.show_range(scale.start - 300, scale.end + 900)
    view.views.show(plain)
    assert view.views.lanes is LanesBy.SOURCE
    assert view.session.filter.acts == {SpeechAct.DENIES}
    assert view.session.selection.claim_id == 3
    assert view.folded == {Zone.ABOVE}
    qtbot.waitUntil(lambda: abs(view.canvas.scale_shown.start - scale.start) < 1e-3)


@pytest.mark.parametrize(
    "plain", [{}, {"start": 5.0, "end": 1.0}, {"lanes": "by-moon", "claim": 12345, "filter": None}]
)
def test_a_view_that_names_what_is_gone_does_no_harm(
    view: TimelineView, plain: dict[str, object]
) -> None:
    view.views.show(plain)
    assert view.session.selection.claim_id is None


def test_views_are_kept_in_the_dossier(view: TimelineView, tmp_path: Path) -> None:
    with Dossier.create(tmp_path / "a.claimline") as dossier:
        view.session.open(dossier)
        view.views.save(" Ports ")
        assert list(view.views.saved()) == ["Ports"]
        view.views.menu.aboutToShow.emit()
        assert "Ports" in [action.text() for action in view.views.menu.actions()]
        view.views.remove("Ports")
        assert not view.views.saved()
        view.session.open(None)


def test_what_cannot_be_removed_is_told_of(
    qtbot: QtBot, view: TimelineView, tmp_path: Path
) -> None:
    with Dossier.create(tmp_path / "a.claimline") as dossier:
        view.session.open(dossier)
        with qtbot.waitSignal(view.failed):
            view.views.remove("Ports")
        view.session.open(None)


def test_lanes_are_kept_with_the_window(view: TimelineView) -> None:
    view.views.set_lanes(LanesBy.EVENT_TYPE)
    state = view.views.state()
    view.views.set_lanes(LanesBy.NOTHING)
    view.views.restore(QByteArray(b"{nonsense"))
    assert view.views.lanes is LanesBy.NOTHING
    view.views.restore(state)
    assert view.views.lanes is LanesBy.EVENT_TYPE


def test_a_key_goes_through_the_lanes(qtbot: QtBot, view: TimelineView) -> None:
    view.canvas.setFocus()
    assert not view.canvas.frame_shown.groups
    qtbot.keyClick(view.canvas, Qt.Key.Key_K)
    assert view.views.lanes is LanesBy.ACTOR
    qtbot.keyClick(view.canvas, Qt.Key.Key_K)
    names = {caption.text for caption in view.canvas.frame_shown.groups}
    assert {"Harbour Wire", "Hill Courier"} <= names
