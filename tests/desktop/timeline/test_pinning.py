from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from db import Dossier
from db.pins import Pins
from desktop.session import Rows, Selection, Session
from desktop.timeline import TimelineView
from desktop.timeline.data import Zone
from desktop.timeline.frame import Frame, Hit, Target
from desktop.timeline.pins import pinned_marks
from tests.desktop.timeline import samples
from tests.desktop.timeline.test_compose import picture


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


@pytest.mark.parametrize("share", [1.0, 0.2, 0.02])
def test_a_pinned_label_is_shown_whatever_the_zoom(share: float) -> None:
    data = samples.many(20_000)
    start, end = data.extent or (0.0, 1.0)
    middle, half = (start + end) / 2, (end - start) * share / 2
    plain = picture(data, middle - half, middle + half)
    zone = data.zones[Zone.ABOVE]
    least = zone.visible(middle - half / 2, middle + half / 2)
    drawn = {mark.index for mark in plain.marks}
    unseen = [
        int(i)
        for i in sorted(least.tolist(), key=lambda i: float(data.importance[i]))
        if i not in drawn
    ][:3]
    frame = picture(data, middle - half, middle + half, pinned=frozenset(unseen))
    for index in unseen:
        mark = frame.mark_of(index)
        assert mark is not None
        assert mark.text
        assert mark.label.x0 >= 0
        assert mark.label.x1 <= frame.scale.width
    assert sum(frame.in_view.values()) == sum(frame.drawn.values()) + _counted(frame)


def _counted(frame: Frame) -> int:
    dense = {item.zone for item in frame.columns}
    return sum(counter.count for counter in frame.counters) + sum(
        frame.in_view[zone] - frame.drawn[zone] for zone in dense
    )


def test_a_key_pins_and_unpins(qtbot: QtBot, view: TimelineView) -> None:
    view.session.select(Selection(claim_id=3))
    index = view.data.index_of_claim[3]
    qtbot.keyClick(view.canvas, Qt.Key.Key_T)
    assert view.pins.shown == Pins(frozenset({3}))
    assert view.canvas.accessibleDescription().endswith("pinned")
    mark = view.canvas.frame_shown.mark_of(index)
    assert mark is not None
    assert mark.text
    qtbot.keyClick(view.canvas, Qt.Key.Key_T)
    assert not view.pins.shown
    assert not view.canvas.accessibleDescription().endswith("pinned")


def test_the_menu_of_a_mark_pins_its_label(view: TimelineView) -> None:
    mark = view.canvas.frame_shown.marks[0]
    view.menu.open(Hit(Target.MARK, mark=mark), QPoint(0, 0))
    assert view.menu.menu is not None
    actions = {action.text(): action for action in view.menu.menu.actions()}
    assert not actions["&Unpin all labels"].isEnabled()
    actions["&Pin its label"].trigger()
    assert view.pins.is_pinned(mark.index)
    view.menu.menu.close()
    view.pins.clear()
    assert not view.pins.is_pinned(mark.index)


def test_an_event_in_the_outlets_own_voice_is_pinned_by_its_id(view: TimelineView) -> None:
    index = next(i for i in range(len(view.data)) if view.data.claim_id[i] < 0)
    view.pins.toggle(index)
    assert view.pins.shown.events == {int(view.data.event_id[index])}
    assert index in pinned_marks(view.data, view.pins.shown)


def test_the_dossier_keeps_pins_and_undo_takes_them_back(
    view: TimelineView, tmp_path: Path
) -> None:
    with Dossier.create(tmp_path / "a.claimline") as dossier:
        dossier.set_pins(Pins(frozenset({5})))
        view.session.open(dossier)
        assert view.pins.shown == Pins(frozenset({5}))
        view.pins.clear()
        assert dossier.pins() == Pins()
        dossier.undo()
        assert view.pins.shown == Pins(frozenset({5}))
        view.session.open(None)
        assert not view.pins.shown


def test_a_saved_view_has_its_pins_and_the_dossier_keeps_its_own(
    view: TimelineView, tmp_path: Path
) -> None:
    with Dossier.create(tmp_path / "a.claimline") as dossier:
        view.session.open(dossier)
        dossier.set_pins(Pins(frozenset({1})))
        plain = json.loads(json.dumps(view.views.plain()))
        view.pins.clear()
        view.views.show(plain)
        assert view.pins.shown == Pins(frozenset({1}))
        assert dossier.pins() == Pins()
        view.views.save("Ports")
        assert view.pins.shown == Pins(frozenset({1}))
        view.session.open(None)
