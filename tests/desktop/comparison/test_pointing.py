"""Relations drawn by hand, and cards that can be heard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from desktop.comparison import ComparisonView
from desktop.comparison.voices import CardLabel
from tests.desktop.comparison.dispute import Paper

Left = Qt.MouseButton.LeftButton


def centre(view: ComparisonView, claim_id: int) -> QPoint:
    rect = view.canvas.hits.claim_rect(claim_id)
    assert rect is not None
    return rect.center().toPoint()


def drag(qtbot: Any, view: ComparisonView, start: QPoint, end: QPoint) -> None:
    viewport = view.canvas.viewport()
    qtbot.mousePress(viewport, Left, pos=start)
    qtbot.mouseMove(viewport, start + QPoint(30, 0))
    qtbot.mouseMove(viewport, end)


def test_a_drag_from_card_to_card_asks_for_a_relation(
    qtbot: Any, view: ComparisonView, paper: Paper
) -> None:
    viewport = view.canvas.viewport()
    drag(qtbot, view, centre(view, 3), centre(view, 1))
    before = viewport.grab().toImage()
    with qtbot.waitSignal(view.canvas.relate_requested) as asked:
        qtbot.mouseRelease(viewport, Left, pos=centre(view, 1))
    assert asked.args[:2] == [3, 1]
    assert viewport.grab().toImage() != before


def test_a_drag_that_ends_nowhere_or_is_escaped_asks_nothing(
    qtbot: Any, view: ComparisonView, paper: Paper
) -> None:
    asked: list[object] = []
    view.canvas.relate_requested.connect(lambda *claims: asked.append(claims))
    viewport = view.canvas.viewport()
    drag(qtbot, view, centre(view, 3), QPoint(2, 2))
    qtbot.mouseRelease(viewport, Left, pos=QPoint(2, 2))
    drag(qtbot, view, centre(view, 3), centre(view, 1))
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(viewport, Left, pos=centre(view, 1))
    paper.read_only = True
    drag(qtbot, view, centre(view, 3), centre(view, 1))
    qtbot.mouseRelease(viewport, Left, pos=centre(view, 1))
    assert asked == []


@pytest.fixture
def heard() -> Iterator[None]:
    """As if a screen reader were there."""
    was = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(was)


def labels(view: ComparisonView) -> list[CardLabel]:
    found = view.canvas.viewport().findChildren(CardLabel)
    return [label for label in found if label.isVisible()]


def test_each_card_in_view_is_an_object_of_its_own(
    qtbot: Any, heard: None, view: ComparisonView
) -> None:
    qtbot.waitUntil(lambda: bool(labels(view)))
    words = [label.accessibleName() for label in labels(view)]
    assert any(name.startswith("Norland's Works Ministry alleges") for name in words)
    assert len(words) == len(set(words))
    rect = view.canvas.hits.claim_rect(1)
    assert rect is not None
    assert rect.toRect() in [label.geometry() for label in labels(view)]
    interface = QAccessible.queryAccessibleInterface(labels(view)[0])
    assert interface.role() is QAccessible.Role.StaticText
    view.resize(900, 300)
    view.canvas.verticalScrollBar().setValue(200)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: rect.toRect() not in [label.geometry() for label in labels(view)])


def test_nothing_is_made_where_nobody_listens(view: ComparisonView) -> None:
    if not QAccessible.isActive():
        view.canvas.voices.follow()
        assert labels(view) == []


def test_a_drag_near_the_edge_scrolls_to_claims_out_of_view(
    qtbot: Any, view: ComparisonView, paper: Paper
) -> None:
    view.resize(view.width(), 260)
    QApplication.processEvents()
    view.canvas.verticalScrollBar().setValue(0)
    viewport, bar = view.canvas.viewport(), view.canvas.verticalScrollBar()
    inside = viewport.rect().adjusted(0, 0, 0, -40)
    index, top = view.canvas.visible_rows()[0]
    places = [
        placed.rect.translated(0, top).toRect().intersected(inside).center()
        for placed in view.canvas.layout_of(index).cards
    ]
    start = next(place for place in places if inside.contains(place))
    edge = QPoint(start.x(), viewport.height() - 2)
    drag(qtbot, view, start, edge)
    qtbot.waitUntil(lambda: bar.value() > 200)
    drag_to = QPoint(edge.x(), viewport.height() // 2)
    qtbot.mouseMove(viewport, drag_to)
    resting = bar.value()
    qtbot.wait(100)
    assert bar.value() == resting
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(viewport, Left, pos=drag_to)


def test_the_menu_of_a_relation_says_which_way_it_goes(view: ComparisonView, paper: Paper) -> None:
    menu = view.menus.of_kinds(3, 1)
    first = menu.actions()[0]
    names = [view.session.claim(one).speaker for one in (3, 1)]
    assert not first.isEnabled()
    assert [name[:20] in first.text() for name in names] == [True, True]
    menu.close()
