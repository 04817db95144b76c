"""Colours for sides: a few that are safe, and any other made readable in both themes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from desktop import theme
from desktop.commands import QT_TRANSLATE_NOOP
from desktop.theme import TEXT_CONTRAST, Theme, contrast

STEP = 0.01


@dataclass(frozen=True)
class Tone:
    """A colour by name; what is drawn in each theme is worked out from its hue."""

    name: str
    color: str


TONES: tuple[Tone, ...] = (
    Tone(QT_TRANSLATE_NOOP("Tones", "Blue"), "#1B5EBE"),
    Tone(QT_TRANSLATE_NOOP("Tones", "Orange"), "#B0440C"),
    Tone(QT_TRANSLATE_NOOP("Tones", "Green"), "#00705A"),
    Tone(QT_TRANSLATE_NOOP("Tones", "Purple"), "#7A3FA8"),
    Tone(QT_TRANSLATE_NOOP("Tones", "Red"), "#B3261E"),
    Tone(QT_TRANSLATE_NOOP("Tones", "Brown"), "#7A4E12"),
    Tone(QT_TRANSLATE_NOOP("Tones", "Teal"), "#0B6A85"),
)


def readable(color: QColor, colors: Theme) -> QColor:
    """The same hue, darker or lighter until it can be read on panel and window.

    Returned as it is where it can be read already (4.5 : 1).
    """
    hue, saturation = max(color.hslHueF(), 0.0), color.hslSaturationF()
    lightness = color.lightnessF()
    step = STEP if colors.dark else -STEP
    result = QColor(color)
    while _worst(result, colors) < TEXT_CONTRAST and 0 < lightness + step < 1:
        lightness += step
        result = QColor.fromHslF(hue, saturation, lightness)
    return result


def pair(color: QColor) -> tuple[QColor, QColor]:
    """A colour for the light and one for the dark theme, both readable."""
    light, dark = theme.load("light"), theme.load("dark")
    return readable(color, light), readable(color, dark)


def told_apart(first: QColor, second: QColor) -> bool:
    """Whether two colours differ enough for eyes that see few colours.

    Compares them as a person without red or without green cones sees them (Viénot, Brettel and
    Mollon 1999), by distance in linear RGB.
    """
    return all(
        _distance(_seen(first, weights), _seen(second, weights)) >= 0.12 for weights in _CONES
    )


def _worst(color: QColor, colors: Theme) -> float:
    return min(contrast(color, colors.panel), contrast(color, colors.window))


_Triple = tuple[float, float, float]

# Viénot, Brettel, Mollon: "Digital video colourmaps for checking the legibility of displays by
# dichromats", 1999: linear RGB to linear RGB, for protanopes and deuteranopes.
_CONES: tuple[tuple[_Triple, _Triple, _Triple], ...] = (
    ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
)


def _seen(color: QColor, weights: tuple[_Triple, _Triple, _Triple]) -> list[float]:
    parts = [part**2.2 for part in (color.redF(), color.greenF(), color.blueF())]
    return [sum(w * part for w, part in zip(row, parts, strict=True)) for row in weights]


def _distance(first: list[float], second: list[float]) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)
