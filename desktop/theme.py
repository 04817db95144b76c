"""Light and dark: colours by role, four sizes of type, one small style sheet over Fusion.

Colours come from ``resources/themes``; nothing else in the program names a colour. The system's
hint only picks which of the two is used, so that both look the same on every machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from enum import Enum, IntEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from desktop.style import CalmStyle
from extraction.model import SideKey

LINE_HEIGHT = 1.35

_STYLED = "claimlineStyled"

_ICONS = Path(resources.__file__).parent / "icons"
"""A style sheet takes pictures from files only."""

TEXT_CONTRAST = 4.5
"""WCAG AA for text."""

MARK_CONTRAST = 3.0
"""WCAG AA for what is drawn."""


class Size(IntEnum):
    """The four sizes of type, in logical pixels."""

    CAPTION = 11
    BODY = 13
    HEADING = 15
    TITLE = 20


class Appearance(Enum):
    """What a person chose under *View > Theme*."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Theme:
    """Colours by role. ``selected`` and ``hover`` are grounds that ``text`` is read on."""

    name: str
    window: QColor
    panel: QColor
    line: QColor
    text: QColor
    muted: QColor
    side_a: QColor
    side_a_tint: QColor
    side_b: QColor
    side_b_tint: QColor
    third: QColor
    third_tint: QColor
    dispute: QColor
    focus: QColor
    on_focus: QColor
    selected: QColor
    hover: QColor

    @property
    def dark(self) -> bool:
        return self.name == "dark"

    def side(self, key: SideKey) -> QColor:
        """The theme's own colour of a side; the dossier's choice is in ``Session.side_color``."""
        if key is SideKey.A:
            return self.side_a
        if key is SideKey.B:
            return self.side_b
        return self.third

    def tint(self, key: SideKey) -> QColor:
        if key is SideKey.A:
            return self.side_a_tint
        if key is SideKey.B:
            return self.side_b_tint
        return self.third_tint

    def tint_of(self, color: QColor) -> QColor:
        """A ground in the tone of ``color`` that is still calm beside the panels."""
        return mix(self.panel, color, 0.22 if self.dark else 0.11)


@cache
def load(name: str) -> Theme:
    """The theme ``light`` or ``dark``."""
    data = json.loads(resources.text(f"themes/{name}.json"))
    colors = data["colors"]
    roles = [item.name for item in fields(Theme) if item.name != "name"]
    return Theme(name=data["name"], **{role: QColor(colors[role]) for role in roles})


def choose(appearance: Appearance, scheme: Qt.ColorScheme) -> Theme:
    """The theme for what a person chose and what the system says of itself."""
    if appearance is Appearance.SYSTEM:
        return load("dark" if scheme == Qt.ColorScheme.Dark else "light")
    return load(appearance.value)


def mix(base: QColor, over: QColor, share: float) -> QColor:
    """``share`` of ``over`` laid on ``base``."""
    parts = zip(_parts(base), _parts(over), strict=True)
    return QColor.fromRgbF(*((1 - share) * a + share * b for a, b in parts))


def contrast(first: QColor, second: QColor) -> float:
    """WCAG 2 contrast ratio of two opaque colours, 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()


def font(size: Size = Size.BODY, *, strong: bool = False, tabular: bool = False) -> QFont:
    """The system's interface font in one of the four sizes.

    ``tabular`` gives all figures one width, for columns of numbers.
    """
    result = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    result.setPixelSize(size)
    result.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


def faint(theme: Theme) -> QColor:
    """For the words of what cannot be used now."""
    return mix(theme.panel, theme.muted, 0.6)


def palette(theme: Theme) -> QPalette:
    """Every role and group of Qt's palette, so that no colour of the platform is left."""
    role = QPalette.ColorRole
    result = QPalette()
    everywhere = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.window,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Text: theme.text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.BrightText: theme.dispute,
        role.Light: theme.panel,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Shadow: theme.line,
        role.Highlight: theme.focus,
        role.HighlightedText: theme.on_focus,
        role.Accent: theme.focus,
        role.Link: theme.focus,
        role.LinkVisited: theme.focus,
    }
    for key, color in everywhere.items():
        result.setColor(key, color)
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, faint(theme))
    return result


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole application one theme."""
    if app.property(_STYLED) is None:
        app.setStyle(CalmStyle())
        app.setProperty(_STYLED, True)
    app.setFont(font())
    app.setPalette(palette(theme))
    sheet = resources.text("themes/style.qss")
    for item in fields(Theme):
        if item.name != "name":
            sheet = sheet.replace(f"@{item.name};", getattr(theme, item.name).name() + ";")
    sheet = sheet.replace("@icons/", _ICONS.as_posix() + "/")
    sheet = sheet.replace("@faint;", faint(theme).name() + ";")
    sheet = sheet.replace("@handle;", mix(theme.panel, theme.muted, 0.7).name() + ";")
    app.setStyleSheet(sheet)
