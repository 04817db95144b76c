from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.timeline.builder import from_rows
from desktop.timeline.data import TimelineData, bulk
from desktop.timeline.overview import Overview, StripScale
from desktop.timeline.style import TimelineStyle
from tests.desktop.timeline import samples

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def data() -> TimelineData:
    return from_rows(samples.claims(), samples.events(), samples.relations())


@pytest.fixture
def strip(qtbot: QtBot, data: TimelineData) -> Overview:
    overview = Overview()
    qtbot.addWidget(overview)
    overview.resize(800, 32)
    overview.set_style(TimelineStyle.of(theme.load("light")))
    overview.set_data(data)
    start, _end = bulk(data) or (0.0, 1.0)
    overview.set_range(start + 2, start + 4)
    overview.range_wanted.connect(overview.set_range)
    overview.show()
    qtbot.waitExposed(overview)
    return overview


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.integers(0, 20), st.floats(0, 800))
def test_the_strip_holds_all_and_can_be_read_back(count: int, seed: int, x: float) -> None:
    data = samples.many(count, seed=seed)
    scale = StripScale.over(data, 800.0)
    assert scale is not None
    extent = data.extent or (0.0, 1.0)
    assert 0 <= scale.x(extent[0]) <= scale.x(extent[1]) <= 800
    assert scale.x(scale.days(x)) == pytest.approx(x, abs=0.5)
    assert list(scale.knots) == sorted(scale.knots)


def test_far_ones_get_a_little_room_and_the_dense_part_the_rest(data: TimelineData) -> None:
    scale = StripScale.over(data, 800.0)
    assert scale is not None
    start, end = bulk(data) or (0.0, 1.0)
    assert scale.x(end) - scale.x(start) > 600
    assert scale.breaks == (64.0,)
    assert StripScale.over(TimelineData.empty(), 800.0) is None


def test_the_window_is_dragged(qtbot: QtBot, strip: Overview) -> None:
    before = strip.handle
    middle = before.center().toPoint()
    qtbot.mousePress(strip, LEFT, pos=middle)
    qtbot.mouseMove(strip, middle + QPoint(60, 0))
    qtbot.mouseRelease(strip, LEFT, pos=middle + QPoint(60, 0))
    assert strip.handle.left() == pytest.approx(before.left() + 60, abs=2)
    assert strip.handle.width() == pytest.approx(before.width(), abs=2)


def test_an_end_of_the_window_is_dragged(qtbot: QtBot, strip: Overview) -> None:
    before = strip.handle
    edge = QPoint(round(before.right()) - 1, 16)
    qtbot.mousePress(strip, LEFT, pos=edge)
    qtbot.mouseMove(strip, edge + QPoint(50, 0))
    qtbot.mouseRelease(strip, LEFT, pos=edge + QPoint(50, 0))
    assert strip.handle.left() == pytest.approx(before.left(), abs=1)
    assert strip.handle.right() == pytest.approx(before.right() + 50, abs=3)


def test_a_click_beside_the_window_moves_it_there(qtbot: QtBot, strip: Overview) -> None:
    qtbot.mouseClick(strip, LEFT, pos=QPoint(600, 16))
    assert strip.handle.center().x() == pytest.approx(600, abs=3)


def test_keys_move_and_resize_the_window(qtbot: QtBot, strip: Overview) -> None:
    before = strip.handle
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.handle.left() > before.left()
    qtbot.keyClick(strip, Qt.Key.Key_Plus)
    assert strip.handle.width() < before.width()
    qtbot.keyClick(strip, Qt.Key.Key_Minus)
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.handle.center().x() == pytest.approx(before.center().x(), abs=6)


def test_dispute_is_painted_in_its_colour(strip: Overview) -> None:
    image = strip.grab().toImage()
    dispute = theme.load("light").dispute.rgb()
    assert any(
        image.pixel(x, y) == dispute for x in range(image.width()) for y in range(image.height())
    )


def test_the_strip_follows_other_marks_another_theme_and_hits(
    strip: Overview, data: TimelineData
) -> None:
    """It is painted once and copied while only the window moves."""
    before = strip.grab().toImage()
    strip.set_style(TimelineStyle.of(theme.load("dark")))
    dark = strip.grab().toImage()
    assert dark != before
    strip.set_style(TimelineStyle.of(theme.load("light")))
    assert strip.grab().toImage() == before
    strip.set_hits(np.array([float(data.start[0])]))
    assert strip.grab().toImage() != before
    strip.set_hits(None)
    strip.set_data(samples.many(300))
    assert strip.grab().toImage() != before
