"""Colours and fonts of the timeline, and text measured and cached in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText

from desktop import theme as themes
from desktop.theme import Size, Theme
from desktop.timeline.data import Zone
from desktop.timeline.labels import forms
from extraction.model import SideKey

ZONE_SIDES = {Zone.ABOVE: SideKey.A, Zone.BELOW: SideKey.B, Zone.BAND: SideKey.THIRD}

MOST_TEXTS = 20_000
"""Cached widths and prepared texts; beyond that the cache starts anew."""


@dataclass(frozen=True)
class TimelineStyle:
    """Colours by role; ``colors`` and ``tints`` by zone."""

    theme: Theme
    colors: Mapping[Zone, QColor]
    tints: Mapping[Zone, QColor]

    @classmethod
    def of(
        cls,
        theme: Theme,
        color: Callable[[SideKey], QColor] | None = None,
        tint: Callable[[SideKey], QColor] | None = None,
    ) -> TimelineStyle:
        """``color`` and ``tint`` give a dossier's own colours; without, the theme's."""
        return cls(
            theme,
            {zone: (color or theme.side)(key) for zone, key in ZONE_SIDES.items()},
            {zone: (tint or theme.tint)(key) for zone, key in ZONE_SIDES.items()},
        )

    @property
    def grid(self) -> QColor:
        return themes.mix(self.theme.panel, self.theme.line, 0.6)


class TextKit:
    """Fonts of the timeline with cached widths and prepared texts. Satisfies ``Measure``."""

    def __init__(self) -> None:
        self.body_font = themes.font(Size.BODY)
        self.caption_font = themes.font(Size.CAPTION, tabular=True)
        self.heading_font = themes.font(Size.BODY, strong=True)
        self.title_font = themes.font(Size.TITLE, strong=True)
        for font in (self.body_font, self.caption_font, self.heading_font, self.title_font):
            # A ligature in a PDF is one strange letter to whoever copies or searches its text.
            font.setFeature(QFont.Tag("liga"), 0)
        self._metrics = {
            id(font): QFontMetricsF(font)
            for font in (self.body_font, self.caption_font, self.heading_font, self.title_font)
        }
        self._lines = {
            key: (found.ascent(), found.descent(), found.height())
            for key, found in self._metrics.items()
        }
        self._widths: dict[tuple[int, str], float] = {}
        self._forms: dict[str, tuple[tuple[str, float], ...]] = {}
        self._texts: dict[tuple[int, str], QStaticText] = {}

    def body(self, text: str) -> float:
        return self.width(text, self.body_font)

    def caption(self, text: str) -> float:
        return self.width(text, self.caption_font)

    def heading(self, text: str) -> float:
        return self.width(text, self.heading_font)

    def title(self, text: str) -> float:
        return self.width(text, self.title_font)

    def forms(self, label: str) -> tuple[tuple[str, float], ...]:
        """The forms of a label, the longest first, with their widths."""
        found = self._forms.get(label)
        if found is None:
            if len(self._forms) > MOST_TEXTS:
                self._forms.clear()
            advance = self._metrics[id(self.body_font)].horizontalAdvance
            found = self._forms[label] = tuple((text, advance(text) + 1) for text in forms(label))
        return found

    def width(self, text: str, font: QFont) -> float:
        """Pixels of a text in one of the kit's fonts."""
        key = (id(font), text)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > MOST_TEXTS:
                self._widths.clear()
            found = self._widths[key] = self._metrics[id(font)].horizontalAdvance(text) + 1
        return found

    def ascent(self, font: QFont) -> float:
        return self._metrics[id(font)].ascent()

    def line(self, font: QFont) -> float:
        """Height of a line."""
        return self._metrics[id(font)].height()

    def draw(
        self,
        painter: QPainter,
        text: str,
        font: QFont,
        x: float,
        middle: float,
        *,
        vector: bool = False,
        once: bool = False,
    ) -> None:
        """Draw in the painter's pen, left-aligned at ``x``, centred on ``middle``.

        ``vector`` draws real text, so that a picture file holds it as text; the screen takes
        prepared glyphs, which are faster from the second time on: not for what comes ``once``.
        """
        painter.setFont(font)
        ascent, descent, height = self._lines[id(font)]
        if once:
            painter.drawText(QPointF(round(x), round(middle - height / 2) + round(ascent)), text)
            return
        if vector:
            baseline = middle + (ascent - descent) / 2
            painter.drawText(QPointF(x, baseline), text)
            return
        key = (id(font), text)
        prepared = self._texts.get(key)
        if prepared is None:
            if len(self._texts) > MOST_TEXTS:
                self._texts.clear()
            prepared = self._texts[key] = QStaticText(text)
            prepared.setTextFormat(Qt.TextFormat.PlainText)
            prepared.prepare(font=font)
        painter.drawStaticText(QPointF(round(x), round(middle - height / 2)), prepared)
