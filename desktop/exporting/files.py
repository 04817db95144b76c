"""Pictures of the timeline as files: PNG, SVG and PDF. Needs no screen and no window."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from db.pins import Pins
from desktop import theme as themes
from desktop.exporting.picture import (
    LINE,
    MARGIN,
    Composed,
    Sheet,
    Source,
    compose_sheet,
    draw_sheet,
    draw_sources,
)
from desktop.theme import Theme
from desktop.timeline.data import TimelineData, Zone
from desktop.timeline.style import TimelineStyle

SUFFIXES = (".png", ".svg", ".pdf")
MOST_PIXELS = 400_000_000
"""Of a PNG: 1.6 GB while it is painted."""

SMALLEST, LARGEST = 200, 20_000
DPI = 96


class ExportError(Exception):
    """A picture that cannot be made: ``kind`` is ``suffix``, ``size`` or ``memory``."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


@cache
def _screenless() -> QGuiApplication:
    """Kept for good: fonts die with the application that they came from."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication(["claimline"])


def ensure_application() -> None:
    """Make an application without a screen where none is running: fonts need one."""
    if QGuiApplication.instance() is None:
        _screenless()


def export_timeline(
    data: TimelineData,
    path: Path,
    *,
    size: tuple[int, int] = (1600, 900),
    scale: float = 1.0,
    theme: Theme | str = "light",
    title: str = "",
    start: float | None = None,
    end: float | None = None,
    names: Mapping[Zone, str] | None = None,
    sources: Sequence[Source] = (),
    style: TimelineStyle | None = None,
    pins: Pins = Pins(),  # noqa: B008  # frozen
) -> None:
    """Write a picture of ``data``; its kind is the ending of ``path``: PNG, SVG or PDF.

    ``size`` is in logical pixels (1/96 inch), ``scale`` multiplies a PNG's. ``start`` and ``end``
    are days since the origin of ``desktop.timeline.scale``; without them the dense part is shown.
    ``style`` gives a dossier's own colours, ``pins`` the labels shown in any case. Raises
    ``ExportError``, and ``OSError`` where the file cannot be written; an old file is then left as
    it was.
    """
    ensure_application()
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ExportError("suffix", path.suffix)
    if not all(SMALLEST <= side <= LARGEST for side in size):
        raise ExportError("size", f"{size[0]}x{size[1]}")
    chosen = themes.load(theme) if isinstance(theme, str) else theme
    sheet = Sheet(
        data,
        style or TimelineStyle.of(chosen),
        size,
        title,
        names or {},
        sources,
        start,
        end,
        pins=pins,
    )
    composed = compose_sheet(sheet)
    if suffix == ".png":
        content = as_png(composed, scale)
    elif suffix == ".svg":
        content = as_svg(composed)
    else:
        content = as_pdf(composed)
    _write(path, content)


def as_image(composed: Composed, scale: float) -> QImage:
    """The sheet as an image of ``size`` times ``scale`` pixels. Raises ``ExportError``."""
    width, height = (round(side * scale) for side in composed.sheet.size)
    if width < 1 or height < 1 or width * height > MOST_PIXELS or max(width, height) > 32_000:
        raise ExportError("size", f"{width}x{height}")
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise ExportError("memory", f"{width}x{height}")
    image.setDevicePixelRatio(scale)
    per_meter = round(DPI * scale / 0.0254)
    image.setDotsPerMeterX(per_meter)
    image.setDotsPerMeterY(per_meter)
    painter = QPainter(image)
    draw_sheet(painter, composed, vector=False)
    painter.end()
    return image


def as_png(composed: Composed, scale: float = 1.0) -> bytes:
    buffer = _buffer()
    image = as_image(composed, scale)
    image.setText("Title", composed.sheet.title)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stub wants bytes
        raise ExportError("memory", "PNG")
    return bytes(buffer.data().data())


def as_svg(composed: Composed) -> bytes:
    """SVG 1.1 with text as text."""
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    width, height = composed.sheet.size
    generator.setResolution(DPI)
    generator.setSize(QSize(width, height))
    generator.setViewBox(QRect(0, 0, width, height))
    generator.setTitle(composed.sheet.title or "Claimline")
    generator.setDescription(composed.subtitle)
    painter = QPainter(generator)
    draw_sheet(painter, composed, vector=True)
    painter.end()
    return bytes(buffer.data().data())


def as_pdf(composed: Composed) -> bytes:
    """PDF with text as text; sources that find no room go on further pages."""
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    sheet = composed.sheet
    width, height = sheet.size
    points = QSizeF(width * 72 / DPI, height * 72 / DPI)
    writer.setPageSize(
        QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    )
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(DPI)
    writer.setTitle(sheet.title or "Claimline")
    writer.setCreator("Claimline")
    painter = QPainter(writer)
    draw_sheet(painter, composed, vector=True)
    rest = [source.line for source in sheet.sources[len(composed.source_lines) :]]
    fits = max(int((height - 2 * MARGIN - LINE) // LINE), 1)
    while composed.left_out and rest:
        writer.newPage()
        painter.fillRect(0, 0, width, height, sheet.style.theme.panel)
        page, rest = rest[:fits], rest[fits:]
        draw_sources(painter, one_column(composed), page, MARGIN, vector=True)
    painter.end()
    return bytes(buffer.data().data())


def one_column(composed: Composed) -> Composed:
    """The same sheet with sources below each other."""
    return replace(composed, source_columns=1)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _write(path: Path, content: bytes) -> None:
    """Write beside the file and put it in its place only when it is whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
