from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.theme import MARK_CONTRAST, TEXT_CONTRAST, Appearance, Size, Theme, contrast
from extraction.model import SideKey

BOTH = pytest.mark.parametrize("name", ["light", "dark"])


def test_contrast_spans_1_to_21() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#777777")) == pytest.approx(1)
    assert contrast(QColor("#FFFFFF"), QColor("#767676")) == pytest.approx(4.54, abs=0.01)


@BOTH
@pytest.mark.parametrize("ground", ["window", "panel", "selected", "hover"])
@pytest.mark.parametrize("ink", ["text", "muted", "side_a", "side_b", "third", "dispute"])
def test_text_is_readable_on_every_ground(name: str, ground: str, ink: str) -> None:
    colors = theme.load(name)
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= TEXT_CONTRAST


@BOTH
@pytest.mark.parametrize("tint", ["side_a_tint", "side_b_tint", "third_tint"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_text_is_readable_on_the_cards(name: str, tint: str, ink: str) -> None:
    colors = theme.load(name)
    assert contrast(getattr(colors, ink), getattr(colors, tint)) >= TEXT_CONTRAST


@BOTH
def test_the_accent_carries_text_and_is_seen(name: str) -> None:
    colors = theme.load(name)
    assert contrast(colors.on_focus, colors.focus) >= TEXT_CONTRAST
    assert contrast(colors.focus, colors.panel) >= MARK_CONTRAST
    assert contrast(colors.focus, colors.window) >= MARK_CONTRAST
    assert contrast(theme.mix(colors.panel, colors.muted, 0.7), colors.panel) >= MARK_CONTRAST


@BOTH
@pytest.mark.parametrize(
    "color", ["#1B5EBE", "#00FF00", "#FFFF00", "#7A0000", "#FFFFFF", "#000000"]
)
def test_a_tint_of_any_colour_keeps_text_readable(name: str, color: str) -> None:
    colors = theme.load(name)
    assert contrast(colors.text, colors.tint_of(QColor(color))) >= TEXT_CONTRAST


@pytest.mark.parametrize(
    ("appearance", "scheme", "expected"),
    [
        (Appearance.SYSTEM, Qt.ColorScheme.Dark, "dark"),
        (Appearance.SYSTEM, Qt.ColorScheme.Light, "light"),
        (Appearance.SYSTEM, Qt.ColorScheme.Unknown, "light"),
        (Appearance.LIGHT, Qt.ColorScheme.Dark, "light"),
        (Appearance.DARK, Qt.ColorScheme.Light, "dark"),
    ],
)
def test_the_system_only_picks_where_it_is_asked(
    appearance: Appearance, scheme: Qt.ColorScheme, expected: str
) -> None:
    assert theme.choose(appearance, scheme).name == expected


@BOTH
def test_applying_leaves_no_role_unfilled(app: QApplication, name: str) -> None:
    colors: Theme = theme.load(name)
    try:
        theme.apply(app, colors)
        assert app.palette().color(QPalette.ColorRole.Window) == colors.window
        assert "@" not in app.styleSheet()
    finally:
        theme.apply(app, theme.load("light"))


def test_sides_have_their_own_colours() -> None:
    colors = theme.load("light")
    assert len({colors.side(key).name() for key in (SideKey.A, SideKey.B, SideKey.THIRD)}) == 3
    assert colors.side(SideKey.BOTH) == colors.third


def test_fonts_come_in_four_sizes(app: QApplication) -> None:
    assert [theme.font(size).pixelSize() for size in Size] == [11, 13, 15, 20]
    assert theme.font(strong=True).weight() > theme.font().weight()
