from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from db.rows import Status
from desktop import theme as themes
from desktop.timeline import glyphs
from desktop.timeline.axis import ENGLISH
from desktop.timeline.bars import Ink, Shape, draw_bar, draw_saying
from desktop.timeline.brackets import draw_between
from desktop.timeline.builder import from_rows
from desktop.timeline.compose import Request, compose
from desktop.timeline.data import ACTS, NARRATED, TimelineData, Zone, bulk
from desktop.timeline.frame import Frame
from desktop.timeline.painter import Look, paint
from desktop.timeline.scale import TimeScale
from desktop.timeline.style import TextKit, TimelineStyle
from tests.desktop.timeline import samples

NAMES = {Zone.ABOVE: "Tolmar", Zone.BELOW: "Veshny"}


@pytest.fixture(scope="module")
def data() -> TimelineData:
    return from_rows(samples.claims(), samples.events(), samples.relations())


@pytest.fixture
def kit(qapp: QApplication) -> TextKit:
    return TextKit()


def ink(theme: themes.Theme) -> Ink:
    return Ink(theme.side_a, theme.side_a_tint, theme.panel, theme.text)


def canvas(theme: themes.Theme, width: int = 140, height: int = 24) -> QImage:
    image = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    image.fill(theme.panel)
    return image


def drawn(theme: themes.Theme, status: Status, fade: float = 0.0) -> QImage:
    image = canvas(theme)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_bar(painter, Shape(20, 120, 20 + fade, 120 - fade, 4, 20), status, ink(theme))
    painter.end()
    return image


def distance(first: QColor, second: QColor) -> float:
    return sum(
        abs(a - b)
        for a, b in zip(first.getRgbF()[:3], second.getRgbF()[:3], strict=True)  # type: ignore[index]
    )


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[themes.Theme]:
    return themes.load(request.param)


def test_statuses_look_different(theme: themes.Theme) -> None:
    # Those that mean much the same share a look: denied and disputed, corrected and retracted.
    kinds = (
        Status.ASSERTED, Status.DISPUTED, Status.UNVERIFIED, Status.ADMITTED, Status.CONFIRMED,
        Status.RETRACTED, Status.SUPERSEDED,
    )  # fmt: skip
    pictures = [drawn(theme, status) for status in kinds]
    for number, first in enumerate(pictures):
        for second in pictures[number + 1 :]:
            different = sum(
                first.pixel(x, y) != second.pixel(x, y) for x in range(140) for y in range(24)
            )
            assert different > 60


def test_without_colour_statuses_still_differ(theme: themes.Theme) -> None:
    grey = drawn(theme, Status.ASSERTED).convertToFormat(QImage.Format.Format_Grayscale8)
    hatched = drawn(theme, Status.DISPUTED).convertToFormat(QImage.Format.Format_Grayscale8)
    assert grey.pixel(60, 12) != hatched.pixel(60, 12) or grey.pixel(63, 12) != hatched.pixel(
        63, 12
    )


def test_unsure_ends_fade_into_the_ground(theme: themes.Theme) -> None:
    image = drawn(theme, Status.ASSERTED, fade=40)
    ground, color = theme.panel, theme.side_a
    assert distance(image.pixelColor(70, 12), color) < 0.02
    near_end, further_in = image.pixelColor(22, 12), image.pixelColor(45, 12)
    assert distance(near_end, ground) < distance(further_in, ground) < distance(color, ground)
    assert distance(near_end, ground) < 0.25 * distance(color, ground)
    sure = drawn(theme, Status.ASSERTED)
    assert distance(sure.pixelColor(24, 12), color) < 0.02


def test_the_least_opacity_is_between_nothing_and_all() -> None:
    shape = Shape(0, 100, 30, 80, 0, 10)
    assert shape.opacity(50) == 1
    assert 0 < shape.opacity(0) < shape.opacity(15) < 1
    assert shape.opacity(90) == pytest.approx(shape.opacity(15), abs=0.01)
    assert Shape(0, 100, 0, 100, 0, 10).opacity(0) == 1


def test_a_time_of_saying_is_no_bar(theme: themes.Theme) -> None:
    image = canvas(theme)
    painter = QPainter(image)
    draw_saying(painter, 70, 12, Status.ASSERTED, ink(theme))
    painter.end()
    colored = [x for x in range(140) if distance(image.pixelColor(x, 10), theme.panel) > 0.3]
    assert 8 <= len(colored) <= 14


def test_every_act_but_a_plain_assertion_has_its_own_sign(qapp: QApplication) -> None:
    found = [glyphs.sign(code) for code in (*range(len(ACTS)), NARRATED)]
    assert sum(path.isEmpty() for path in found) == 1
    shapes = {
        tuple((path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount()))
        for path in found
    }
    assert len(shapes) == len(found)


def frame_of(data: TimelineData, kit: TextKit, selected: int | None = None) -> Frame:
    start, end = bulk(data) or (0.0, 1.0)
    scale = TimeScale(start - 1, end + 3, 1200)
    return compose(Request(data, scale, 560, ENGLISH, kit, NAMES, selected_claim=selected))


@pytest.mark.parametrize("ratio", [1, 2])
def test_sides_are_painted_in_their_colours(
    theme: themes.Theme, kit: TextKit, data: TimelineData, ratio: int
) -> None:
    frame = frame_of(data, kit)
    image = QImage(1200 * ratio, 560 * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    paint(painter, frame, data, Look(TimelineStyle.of(theme), kit))
    painter.end()
    found: dict[Zone, int] = {}
    for mark in frame.marks:
        if data.status[mark.index] == 0 and mark.core1 - mark.core0 > 30 and not mark.text:
            continue
        x, y = (mark.core0 + mark.core1) / 2, mark.bar.y0 + 2
        if data.point[mark.index] or not 0 < x < 1200:
            continue
        color = image.pixelColor(round(x * ratio), round(y * ratio))
        side = {Zone.ABOVE: theme.side_a, Zone.BELOW: theme.side_b, Zone.BAND: theme.third}
        if distance(color, side[mark.zone]) < 0.05:
            found[mark.zone] = found.get(mark.zone, 0) + 1
    assert found.get(Zone.BELOW, 0) >= 3
    assert found.get(Zone.BAND, 0) >= 1
    # Nothing is painted out of the frame's ground: corners are the panel.
    assert distance(image.pixelColor(2, 2), theme.panel) < 0.01


def test_files_and_screen_show_the_same(
    theme: themes.Theme, kit: TextKit, data: TimelineData
) -> None:
    frame = frame_of(data, kit, selected=1)
    pictures = []
    for vector in (False, True):
        image = QImage(1200, 560, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        paint(painter, frame, data, Look(TimelineStyle.of(theme), kit, vector=vector))
        painter.end()
        pictures.append(image.convertToFormat(QImage.Format.Format_Grayscale8))
    # Glyphs may fall on other fractions of a pixel; shapes may not move.
    fit, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = [picture.scaled(120, 56, fit, smooth) for picture in pictures]
    different = sum(
        abs((small[0].pixel(x, y) & 255) - (small[1].pixel(x, y) & 255)) > 40
        for x in range(120)
        for y in range(56)
    )
    assert different < 120 * 56 * 0.01


def test_what_lies_between_two_others_is_a_bracket(theme: themes.Theme) -> None:
    """No part of it is more likely than another, so it is no bar; its status is told inside."""
    looks = []
    for status in (Status.ASSERTED, Status.DISPUTED, Status.UNVERIFIED, Status.RETRACTED):
        image = canvas(theme)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_between(painter, 20, 120, (4, 20), status, ink(theme))
        painter.end()
        # Both ends reach over the whole height, next to them there is ground above the dots.
        for x in (20, 118):
            assert distance(QColor(image.pixel(x, 8)), theme.panel) > 0.5
        for x in (40, 100):
            assert distance(QColor(image.pixel(x, 7)), theme.panel) < 0.05
        looks.append(bytes(image.constBits()))
    assert len(set(looks)) == len(looks)
