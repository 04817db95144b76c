from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionButton

from desktop import theme
from desktop.style import CalmStyle
from desktop.theme import MARK_CONTRAST, contrast

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
