"""A strip of quantities: one scale, one line a voice, laid out and drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.amounts import number_in_words
from desktop.comparison.cards import Piece, Tone
from desktop.comparison.coding import Rated, coding_of, in_words
from desktop.comparison.columns import Columns
from desktop.comparison.figures import Figure, Strip
from desktop.comparison.kit import block_of
from desktop.theme import Size
from desktop.vocabulary import name_of

DOT = 4.0
ARROW = 26.0
LEAST_SCALE = 90.0
LINE_GAP = 6.0


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """``left`` and ``right`` are where the figure begins and ends; ``None`` where it is open."""

    figure: Figure
    rect: QRectF
    y: float
    left: float | None
    right: float | None
    parts: tuple[float, ...]
    earlier: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PlacedStrip:
    strip: Strip
    texts: tuple[Piece, ...]
    figures: tuple[PlacedFigure, ...]
    scale_left: float
    scale_right: float
    bottom: float

    def figure_at(self, at: QPointF) -> PlacedFigure | None:
        return next((figure for figure in self.figures if figure.rect.contains(at)), None)


def place_strip(
    strip: Strip, columns: Columns, top: float, rated: Rated = lambda _: None
) -> PlacedStrip:
    """Lay a strip out below ``top``, over the width of the two sides.

    ``rated`` tells how reliable a person finds the source of a claim.
    """
    left, width = columns.left, columns.right + columns.card_width - columns.left
    names = min(width * 0.26, 180.0)
    words = max(120.0, min(width * 0.36, 360.0))
    scale_left = left + names + 12
    scale_right = left + width - words - 16
    scale_right = max(scale_right, scale_left + LEAST_SCALE)
    texts = _heading(strip, left, width, top)
    y = top + texts[0].block.height + LINE_GAP
    figures = []
    for figure in strip.figures:
        name = block_of(
            _speaker(figure),
            Size.CAPTION,
            names,
            lines=1,
            align=Qt.AlignmentFlag.AlignRight,
        )
        amount = block_of(
            _amount(figure),
            Size.CAPTION,
            max(left + width - scale_right - 16, 60.0),
            tabular=True,
            lines=3,
        )
        height = max(name.height, amount.height)
        texts.append(Piece(name, QPointF(left, y), Tone.MUTED))
        tone = Tone.MUTED if figure.superseded else Tone.TEXT
        texts.append(Piece(amount, QPointF(scale_right + 16, y), tone))
        middle = y + name.height / 2
        figures.append(
            _figure(strip, figure, QRectF(left, y, width, height), middle, scale_left, scale_right)
        )
        y += height + LINE_GAP
    coding = coding_of(strip.figures, rated)
    if coding is not None:
        line = block_of(in_words(coding), Size.CAPTION, width)
        texts.append(Piece(line, QPointF(left, y), Tone.MUTED, note=_explained()))
        y += line.height + LINE_GAP
    return PlacedStrip(strip, tuple(texts), tuple(figures), scale_left, scale_right, y)


def _amount(figure: Figure) -> str:
    """The figure, and what it was before."""
    values = sorted(value for bounds in figure.earlier for value in bounds if value is not None)
    if not values:
        return figure.words
    first, last = number_in_words(values[0]), number_in_words(values[-1])
    if first == last:
        words = QCoreApplication.translate("Comparison", "{words} · earlier {first}")
    else:
        words = QCoreApplication.translate("Comparison", "{words} · earlier {first} to {last}")
    return words.format(words=figure.words, first=first, last=last)


def _speaker(figure: Figure) -> str:
    if not figure.superseded:
        return figure.speaker
    return QCoreApplication.translate("Comparison", "{speaker}, earlier").format(
        speaker=figure.speaker
    )


def _explained() -> str:
    return QCoreApplication.translate(
        "Comparison",
        "As the Uppsala Conflict Data Program codes an event. Best is what the source that you "
        "rated best says, else what most voices say, else the lower figure. Figures that were "
        "brought up to date since are left out.",
    )


def _heading(strip: Strip, left: float, width: float, top: float) -> list[Piece]:
    measure = strip.measure.replace("_", " ").replace("-", " ")
    title = block_of(
        QCoreApplication.translate("Comparison", "{measure}, {scope}").format(
            measure=measure[:1].upper() + measure[1:], scope=name_of(strip.scope)
        ),
        Size.CAPTION,
        width,
        strong=True,
        lines=1,
    )
    scale = (
        QCoreApplication.translate("Comparison", "by voice, 0 to {top}, uneven scale")
        if strip.logarithmic
        else QCoreApplication.translate("Comparison", "by voice, 0 to {top}")
    ).format(top=number_in_words(strip.top))
    place = left + min(title.natural_width, width) + 8
    note = block_of(scale, Size.CAPTION, max(left + width - place, 1.0), lines=1)
    return [
        Piece(title, QPointF(left, top), Tone.TEXT),
        Piece(note, QPointF(place, top), Tone.MUTED),
    ]


def _figure(
    strip: Strip, figure: Figure, rect: QRectF, y: float, left: float, right: float
) -> PlacedFigure:
    span = right - left - ARROW

    def place(value: float | None) -> float | None:
        return None if value is None else left + span * strip.place(value)

    def places(of: Iterable[tuple[float | None, float | None]]) -> tuple[float, ...]:
        found = (place(low if low is not None else high) for low, high in of)
        return tuple(x for x in found if x is not None)

    return PlacedFigure(
        figure,
        rect,
        y,
        place(figure.low),
        place(figure.high),
        places(figure.parts),
        places(figure.earlier),
    )


def draw_figure(
    painter: QPainter,
    placed: PlacedFigure,
    strip: PlacedStrip,
    color: QColor,
    line: QColor,
    faint: QColor,
) -> None:
    """The scale's line, then a dot for a figure, a bar for a range, an arrow for an open end.

    Small faint dots are what the voice said earlier.
    """
    y = placed.y
    painter.setPen(QPen(line, 2))
    painter.drawLine(QPointF(strip.scale_left, y), QPointF(strip.scale_right, y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faint)
    for x in placed.earlier:
        painter.drawEllipse(QPointF(x, y), DOT - 1, DOT - 1)
    left, right = placed.left, placed.right
    painter.setPen(QPen(color, 2))
    if left is not None and right is not None and right - left > 1:
        painter.drawLine(QPointF(left, y), QPointF(right, y))
    elif left is not None and right is None:
        _arrow(painter, QPointF(left, y), min(left + ARROW + 14, strip.scale_right), color)
    elif right is not None and left is None:
        _arrow(painter, QPointF(right, y), max(right - ARROW - 14, strip.scale_left), color)
    painter.setPen(QPen(color, 1.6))
    # Hollow says "about": the figure itself is not exact.
    painter.setBrush(Qt.BrushStyle.NoBrush if placed.figure.approximate else color)
    for x in {x for x in (left, right) if x is not None}:
        painter.drawEllipse(QPointF(x, y), DOT, DOT)
    for x in placed.parts:
        painter.drawLine(QPointF(x, y - DOT - 1), QPointF(x, y + DOT + 1))


def _arrow(painter: QPainter, start: QPointF, end: float, color: QColor) -> None:
    painter.drawLine(start, QPointF(end, start.y()))
    back = -6.0 if end > start.x() else 6.0
    painter.setBrush(color)
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(end + back, start.y() - 4),
                QPointF(end, start.y()),
                QPointF(end + back, start.y() + 4),
            ]
        )
    )
