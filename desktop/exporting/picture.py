"""The timeline as a picture by itself: title, range, marks, legend and sources on one sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from db.pins import Pins
from desktop.amounts import number_in_words
from desktop.timeline.axis import date_label
from desktop.timeline.bar import range_words
from desktop.timeline.compose import Request, compose
from desktop.timeline.data import TimelineData, Zone, bulk
from desktop.timeline.frame import Frame
from desktop.timeline.index import Ids
from desktop.timeline.legend import ROW as LEGEND_ROW
from desktop.timeline.legend import LegendEntry, draw_legend, entries, rows
from desktop.timeline.painter import Look, paint
from desktop.timeline.pins import pinned_marks
from desktop.timeline.scale import TimeScale, of_date
from desktop.timeline.style import TextKit, TimelineStyle
from desktop.timeline.words import calendar_words, phrases
from desktop.timeline.wrapping import elided

MARGIN = 24.0
BETWEEN = 12.0
TITLE_LINE = 30.0
LINE = 16.0
SOURCES_SHARE = 0.18
"""Most of the sheet's height that the list of sources takes; a PDF goes on overleaf."""

COLUMN = 360.0
"""Least width of a column of sources."""

ROOM_LEFT, ROOM_RIGHT = 40.0, 200.0
"""Pixels beside the dense part when no range is asked for."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article that the picture rests on; empty strings where nothing is known."""

    title: str
    outlet: str = ""
    published: str = ""

    @property
    def line(self) -> str:
        return " · ".join(part for part in (self.title, self.outlet, self.published) if part)


@dataclass(frozen=True)
class Sheet:
    """All that is on a picture. ``start`` and ``end`` are days, or ``None`` for the dense part."""

    data: TimelineData
    style: TimelineStyle
    size: tuple[int, int]
    title: str = ""
    names: Mapping[Zone, str] = field(default_factory=dict)
    sources: Sequence[Source] = ()
    start: float | None = None
    end: float | None = None
    selected: int | None = None
    pins: Pins = field(default_factory=Pins)


@dataclass(frozen=True)
class Composed:
    """A sheet laid out: what goes where, in logical pixels."""

    sheet: Sheet
    kit: TextKit
    frame: Frame
    frame_box: QRectF
    subtitle: str
    legend: Sequence[Sequence[tuple[float, LegendEntry]]]
    legend_top: float
    source_lines: Sequence[str]
    source_columns: int
    sources_top: float
    left_out: int
    """Sources that find no room on the sheet."""
    pinned: frozenset[int] = frozenset()
    """Marks with a pin."""


def wanted_range(sheet: Sheet, width: float, gutter: float = 0.0) -> tuple[float, float]:
    """The time to show: what is asked for, else the dense part with room for its labels, and
    beside the names of lanes in the ``gutter``.
    """
    dense = bulk(sheet.data) or (0.0, 1.0)
    left, right = min(ROOM_LEFT, width / 12), min(ROOM_RIGHT, width / 4)
    left = max(left, gutter + 8 if gutter else 0.0)
    per_pixel = max(dense[1] - dense[0], 1 / 144) / max(width - left - right, 1.0)
    start = dense[0] - left * per_pixel if sheet.start is None else sheet.start
    end = dense[1] + right * per_pixel if sheet.end is None else sheet.end
    return (start, end) if end > start else (start, start + 1.0)


def _source_columns(
    sources: Sequence[Source], kit: TextKit, inner: float, source_rows: int
) -> tuple[int, float]:
    """How many columns of which width: as many as there may be, fewer where lines would be cut
    and there is room for more rows.
    """
    columns = max(int((inner + GUTTER) // (COLUMN + GUTTER)), 1)
    widest = max((kit.caption(source.line) for source in sources), default=0.0)
    while (
        columns > 1
        and widest > (inner - GUTTER * (columns - 1)) / columns
        and len(sources) <= source_rows * (columns - 1)
    ):
        columns -= 1
    return columns, (inner - GUTTER * (columns - 1)) / columns


def compose_sheet(sheet: Sheet, kit: TextKit | None = None) -> Composed:
    """Lay a sheet out."""
    kit = kit or TextKit()
    width, height = float(sheet.size[0]), float(sheet.size[1])
    inner = width - 2 * MARGIN
    start, end = wanted_range(sheet, inner)
    shown = sheet.data.count(start, end)
    visible = [
        index for zone in Zone for index in sheet.data.zones[zone].visible(start, end).tolist()
    ]
    dense = shown > 200
    legend = _legend(sheet, kit, inner, _ids(visible), dense=dense)
    legend_height = len(legend) * LEGEND_ROW
    top = MARGIN + (TITLE_LINE if sheet.title else 0.0) + LINE + BETWEEN
    source_rows = max(int((height * SOURCES_SHARE - LINE) // LINE), 0)
    columns, column = _source_columns(sheet.sources, kit, inner, source_rows)
    most = source_rows * columns
    lines = [elided(source.line, kit.caption, column) for source in sheet.sources]
    left_out = max(len(lines) - most, 0)
    if left_out:
        # The last place says how many more there are.
        left_out += 1
        lines = lines[: max(most - 1, 0)]
    used = -(-(len(lines) + bool(left_out)) // columns)
    sources_height = (used + 1) * LINE + BETWEEN if sheet.sources else 0.0
    legend_top = height - MARGIN - sources_height - legend_height
    frame_height = max(legend_top - BETWEEN - top, 120.0)
    request = Request(
        sheet.data,
        TimeScale(start, end, inner),
        frame_height,
        calendar_words(),
        kit,
        sheet.names,
        phrases(),
        selected_claim=sheet.selected,
        pinned=pinned_marks(sheet.data, sheet.pins),
    )
    frame = compose(request)
    if frame.gutter:
        start, end = wanted_range(sheet, inner, frame.gutter)
        request = replace(request, scale=TimeScale(start, end, inner))
        frame = compose(request)
    if not (frame.columns or frame.groups) and frame.drawn == frame.in_view:
        frame = compose(replace(request, lanes=_lanes_used(frame), previous=frame.lanes))
    possible = [curve.possible for curve in frame.curves]
    return Composed(
        sheet,
        kit,
        frame,
        QRectF(MARGIN, top, inner, frame_height),
        _subtitle(sheet.data, frame),
        _legend(sheet, kit, inner, _ids(visible), dense=dense, links=possible),
        legend_top,
        lines,
        columns,
        legend_top + legend_height + BETWEEN,
        left_out,
        request.pinned,
    )


def _legend(
    sheet: Sheet,
    kit: TextKit,
    width: float,
    visible: Ids,
    *,
    dense: bool,
    links: Sequence[bool] | None = None,
) -> Sequence[Sequence[tuple[float, LegendEntry]]]:
    if not len(visible):
        return []
    pinned = bool(pinned_marks(sheet.data, sheet.pins).intersection(visible.tolist()))
    found = entries(sheet.style, sheet.data, visible, dense=dense, links=links, pinned=pinned)
    return rows(found, kit, width)


GUTTER = 24.0
"""Between columns of sources."""


def _ids(found: list[int]) -> Ids:
    return np.array(found, np.int64)


def _lanes_used(frame: Frame) -> dict[Zone, int]:
    """A picture stands still: it needs no lanes for what another view would show."""
    return {
        zone: max((mark.placed.lane + 1 for mark in frame.marks if mark.zone is zone), default=0)
        for zone in Zone
    }


def _subtitle(data: TimelineData, frame: Frame) -> str:
    earlier, later = data.outside(frame.scale.start, frame.scale.end)
    parts = [
        range_words(frame.scale),
        QCoreApplication.translate(
            "Export", "{drawn} of {count} marks drawn, the rest counted"
        ).format(
            drawn=number_in_words(sum(frame.drawn.values())),
            count=number_in_words(sum(frame.in_view.values())),
        ),
    ]
    if earlier:
        parts.append(
            QCoreApplication.translate("Export", "{count} earlier not shown").format(
                count=number_in_words(earlier)
            )
        )
    if later:
        parts.append(
            QCoreApplication.translate("Export", "{count} later not shown").format(
                count=number_in_words(later)
            )
        )
    if data.undated:
        parts.append(
            QCoreApplication.translate("Export", "{count} without a known time").format(
                count=number_in_words(len(data.undated))
            )
        )
    return " · ".join(parts)


def draw_sheet(painter: QPainter, composed: Composed, *, vector: bool) -> None:
    """Paint the whole sheet; ``vector`` keeps text as text."""
    sheet, kit = composed.sheet, composed.kit
    theme = sheet.style.theme
    width, height = sheet.size
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.fillRect(QRectF(0, 0, width, height), theme.panel)
    top = MARGIN
    if sheet.title:
        painter.setPen(theme.text)
        title = _title(sheet.title, kit, width - 2 * MARGIN)
        kit.draw(painter, title, kit.title_font, MARGIN, top + 12, vector=vector)
        top += TITLE_LINE
    painter.setPen(theme.muted)
    subtitle = elided(composed.subtitle, kit.caption, width - 2 * MARGIN)
    kit.draw(painter, subtitle, kit.caption_font, MARGIN, top + LINE / 2, vector=vector)
    painter.save()
    painter.translate(composed.frame_box.topLeft())
    look = Look(sheet.style, kit, pinned=composed.pinned, vector=vector)
    paint(painter, composed.frame, sheet.data, look)
    painter.restore()
    painter.setPen(theme.line)
    painter.drawRect(composed.frame_box)
    draw_legend(
        painter, composed.legend, sheet.style, kit, MARGIN, composed.legend_top, vector=vector
    )
    if sheet.sources:
        more = ""
        if composed.left_out:
            more = QCoreApplication.translate("Export", "and {count} more").format(
                count=composed.left_out
            )
        lines = [*composed.source_lines, more] if more else list(composed.source_lines)
        draw_sources(painter, composed, lines, composed.sources_top, vector=vector)


def draw_sources(
    painter: QPainter, composed: Composed, lines: Sequence[str], top: float, *, vector: bool
) -> None:
    """Paint lines of sources under their heading, column by column."""
    kit, theme = composed.kit, composed.sheet.style.theme
    painter.setPen(theme.text)
    heading = QCoreApplication.translate("Export", "Sources")
    kit.draw(painter, heading, kit.heading_font, MARGIN, top + LINE / 2, vector=vector)
    painter.setPen(theme.muted)
    columns = composed.source_columns
    inner = composed.sheet.size[0] - 2 * MARGIN
    step = (inner + GUTTER) / columns
    tall = -(-len(lines) // columns)
    for number, line in enumerate(lines):
        column, row = divmod(number, max(tall, 1))
        middle = top + LINE * (row + 1.5)
        kit.draw(painter, line, kit.caption_font, MARGIN + column * step, middle, vector=vector)


def _title(text: str, kit: TextKit, width: float) -> str:
    while kit.title(text) > width and " " in text.rstrip("…"):
        text = text.rstrip("…").rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
    return text


def day_words(day: date) -> str:
    """A day as the pictures write it."""
    return date_label(of_date(day), calendar_words())
