from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from desktop import theme
from desktop.sides.colors import TONES, pair, readable, told_apart
from desktop.theme import TEXT_CONTRAST, contrast


@pytest.mark.parametrize(
    "color", [*(tone.color for tone in TONES), "#FFFF00", "#000000", "#FFFFFF", "#7F7F7F"]
)
def test_any_colour_becomes_readable_in_both_themes(color: str) -> None:
    for name, chosen in zip(("light", "dark"), pair(QColor(color)), strict=True):
        colors = theme.load(name)
        assert contrast(chosen, colors.panel) >= TEXT_CONTRAST
        assert contrast(chosen, colors.window) >= TEXT_CONTRAST
        assert contrast(colors.text, colors.tint_of(chosen)) >= TEXT_CONTRAST


def test_a_readable_colour_is_left_alone_and_a_hue_is_kept() -> None:
    light = theme.load("light")
    assert readable(light.side_a, light) == light.side_a
    yellow = QColor("#FFE000")
    assert abs(readable(yellow, light).hslHueF() - yellow.hslHueF()) < 0.02


def test_the_pair_of_the_themes_is_told_apart_red_and_green_are_not() -> None:
    for name in ("light", "dark"):
        colors = theme.load(name)
        assert told_apart(colors.side_a, colors.side_b)
    assert not told_apart(QColor("#8B6F00"), QColor("#6F7A00"))
    assert not told_apart(QColor("#1B5EBE"), QColor("#1B5EBE"))
