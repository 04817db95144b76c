from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QDate, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.panels import Card
from desktop.reader import InspectorView
from desktop.session import Rows, Selection, Session
from desktop.style import CalmStyle
from desktop.theme import MARK_CONTRAST, TEXT_CONTRAST, contrast

State = QStyle.StateFlag


def drawn(state: QStyle.StateFlag, colors: theme.Theme) -> QImage:
    image = QImage(15, 15, QImage.Format.Format_RGB32)
    image.fill(colors.panel)
    option = QStyleOptionButton()
    option.rect = QRect(0, 0, 15, 15)
    option.state = state
    option.palette = theme.palette(colors)
    painter = QPainter(image)
    CalmStyle().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option, painter)
    painter.end()
    return image


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_box_is_seen_and_its_states_differ(app: QApplication, name: str) -> None:
    colors = theme.load(name)
    images = [
        drawn(state, colors)
        for state in (State.State_Off, State.State_On, State.State_NoChange, State.State_HasFocus)
    ]
    edge = max(contrast(QColor(images[0].pixelColor(0, y)), colors.panel) for y in range(15))
    assert edge >= MARK_CONTRAST
    for at, image in enumerate(images):
        assert all(image != other for other in images[at + 1 :])


def grabbed(widget: QWidget, app: QApplication) -> QImage:
    holder = QWidget()
    QVBoxLayout(holder).addWidget(widget)
    holder.resize(220, 60)
    holder.show()
    app.processEvents()
    return widget.grab().toImage()


def most_contrast(image: QImage, columns: range) -> float:
    ground = image.pixelColor(image.width() // 2, 5)
    # Clear of the round corners.
    rows = range(7, image.height() - 7)
    return max(contrast(image.pixelColor(x, y), ground) for x in columns for y in rows)


@pytest.fixture(params=["light", "dark"])
def themed(app: QApplication, request: pytest.FixtureRequest) -> Iterator[theme.Theme]:
    colors = theme.load(request.param)
    theme.apply(app, colors)
    yield colors
    theme.apply(app, theme.load("light"))


def test_a_real_box_is_seen_on_the_ground_of_a_dialog(
    app: QApplication, themed: theme.Theme
) -> None:
    image = grabbed(QCheckBox("Only what is disputed"), app)
    row = [image.pixelColor(x, image.height() // 2) for x in range(15)]
    assert max(contrast(color, themed.window) for color in row) >= MARK_CONTRAST


def stepped_date() -> QDateEdit:
    return QDateEdit(QDate(2031, 3, 4))


def date_with_calendar() -> QDateEdit:
    field = stepped_date()
    field.setCalendarPopup(True)
    return field


def number() -> QSpinBox:
    field = QSpinBox()
    field.setRange(-10_000, 10_000)
    field.setValue(1440)
    return field


def choice() -> QComboBox:
    box = QComboBox()
    box.addItem("of several")
    return box


@pytest.mark.parametrize("make", [stepped_date, date_with_calendar, number, choice])
def test_fields_show_their_words(
    app: QApplication, themed: theme.Theme, make: Callable[[], QWidget]
) -> None:
    assert most_contrast(grabbed(make(), app), range(4, 40)) >= TEXT_CONTRAST


@pytest.mark.parametrize("make", [date_with_calendar, choice])
def test_fields_that_open_show_an_arrow(
    app: QApplication, themed: theme.Theme, make: Callable[[], QWidget]
) -> None:
    image = grabbed(make(), app)
    right = image.width()
    assert most_contrast(image, range(right - 20, right - 4)) >= MARK_CONTRAST


@pytest.mark.parametrize("make", [stepped_date, number])
def test_fields_that_step_show_no_piece_of_a_button(
    app: QApplication, themed: theme.Theme, make: Callable[[], QWidget]
) -> None:
    image = grabbed(make(), app)
    right = image.width()
    assert most_contrast(image, range(right - 20, right - 2)) < 1.2


@pytest.mark.parametrize("make", [stepped_date, date_with_calendar, number, choice, QLineEdit])
def test_a_field_that_cannot_be_used_looks_so(
    app: QApplication, themed: theme.Theme, make: Callable[[], QWidget]
) -> None:
    assert grabbed(make(), app).pixelColor(60, 4) == themed.panel
    field = make()
    field.setEnabled(False)
    assert grabbed(field, app).pixelColor(60, 4) == themed.window


def test_a_view_that_fills_after_the_theme_changed_has_its_ground(
    app: QApplication, qtbot: QtBot, rows: Rows
) -> None:
    theme.apply(app, theme.load("dark"))
    session = Session(theme.load("dark"))
    card = Card(InspectorView(session), "Reasons")
    qtbot.addWidget(card)
    card.resize(300, 400)
    card.show()
    qtbot.waitExposed(card)
    session.show_rows(rows)
    app.processEvents()
    light = theme.load("light")
    theme.apply(app, light)
    session.set_theme(light)
    app.processEvents()
    session.select(Selection(claim_id=1))
    app.processEvents()
    assert card.grab().toImage().pixelColor(10, 10) == light.panel
