from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.exporting.files import ExportError, Source, as_pdf, export_timeline
from desktop.exporting.picture import Sheet, compose_sheet
from desktop.exporting.sheets import names_of, sources_of, style_of
from desktop.timeline.builder import from_rows
from desktop.timeline.data import TimelineData, Zone, bulk
from desktop.timeline.scale import day_number
from desktop.timeline.split import Grouping
from desktop.timeline.style import TextKit, TimelineStyle
from desktop.timeline.wrapping import elided
from tests.desktop.timeline import samples

NAMES = {Zone.ABOVE: "Tolmar", Zone.BELOW: "Veshny"}
SOURCES = [Source("Nets cut at Marrow", "Harbour Wire", "13 May 2031"), Source("Hale waits")]
TITLE = "Marrow and the strait"


@pytest.fixture(scope="module")
def data() -> TimelineData:
    return from_rows(samples.claims(), samples.events(), samples.relations())


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Fonts need one."""


def save(data: TimelineData, path: Path, **more: object) -> Path:
    options = {"size": (1200, 700), "title": TITLE, "names": NAMES, "sources": SOURCES} | more
    export_timeline(data, path, **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_png_has_the_size_and_scale_that_were_asked_for(
    data: TimelineData, tmp_path: Path, name: str, scale: float
) -> None:
    path = save(data, tmp_path / "a.png", theme=name, scale=scale)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1200 * scale, 700 * scale)
    assert image.pixelColor(3, 3) == theme.load(name).panel
    assert image.dotsPerMeterX() == pytest.approx(96 * scale / 0.0254, abs=2)
    colors = {
        image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    }
    assert theme.load(name).side_a.rgb() in colors
    assert theme.load(name).side_b.rgb() in colors


def words_of_svg(path: Path) -> str:
    root = ET.fromstring(path.read_bytes())
    return "\n".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text"))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_svg_is_valid_and_its_text_is_text(data: TimelineData, tmp_path: Path, name: str) -> None:
    path = save(data, tmp_path / "a.svg", theme=name)
    root = ET.fromstring(path.read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == "0 0 1200 700"
    words = words_of_svg(path)
    for expected in (
        TITLE, "Tolmar", "Veshny", "Any loss of catch", "Mon 12", "May 2031",
        "Nets cut at Marrow · Harbour Wire · 13 May 2031", "unverified", "earlier",
    ):  # fmt: skip
        assert expected in words
    # No picture stands in for text or shapes, and nothing is fetched.
    assert not [node for node in root.iter() if node.tag.endswith("}image")]
    assert not re.search(rb"(?:href|src)\s*=\s*[\"']https?:", path.read_bytes())


def pdf_words(path: Path) -> str:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not installed")
    found = subprocess.run([reader, "-layout", str(path), "-"], capture_output=True, check=True)
    return found.stdout.decode()


def test_pdf_text_can_be_taken_out(data: TimelineData, tmp_path: Path) -> None:
    path = save(data, tmp_path / "a.pdf")
    assert path.read_bytes().startswith(b"%PDF-")
    words = pdf_words(path)
    for expected in (TITLE, "Tolmar", "Veshny", "Sources", "Harbour Wire", "loss of catch"):
        assert expected in words
    # Ligatures would be single letters that nobody searches for.
    assert "two divers" in words


def test_sources_without_room_go_overleaf_in_a_pdf(data: TimelineData, tmp_path: Path) -> None:
    many = [Source(f"Article number {number}", "Wire") for number in range(300)]
    kit = TextKit()
    sheet = Sheet(data, TimelineStyle.of(theme.load("light")), (900, 600), TITLE, NAMES, many)
    composed = compose_sheet(sheet, kit)
    assert len(composed.source_lines) + composed.left_out == 300
    (tmp_path / "b.pdf").write_bytes(as_pdf(composed))
    words = pdf_words(tmp_path / "b.pdf")
    for number in range(300):
        assert re.search(rf"Article number {number} ", words)


def test_a_range_is_shown_and_what_is_outside_is_told(data: TimelineData, tmp_path: Path) -> None:
    path = save(
        data,
        tmp_path / "a.svg",
        start=float(day_number(2031, 5, 9)),
        end=float(day_number(2031, 5, 12)),
    )
    words = words_of_svg(path)
    assert "earlier not shown" in words
    assert "9 May – 11 May 2031" in words
    assert "without a known time" in words
    assert "Sat 10" in words
    assert "Mon 5" not in words


def test_what_the_sheet_says_adds_up(data: TimelineData) -> None:
    sheet = Sheet(data, TimelineStyle.of(theme.load("light")), (900, 500), "", NAMES, SOURCES)
    composed = compose_sheet(sheet)
    drawn, shown = sum(composed.frame.drawn.values()), sum(composed.frame.in_view.values())
    assert f"{drawn} of {shown} marks drawn" in composed.subtitle
    assert composed.frame_box.bottom() <= composed.legend_top
    assert composed.legend_top < composed.sources_top < 500


def test_an_empty_dossier_still_makes_a_picture(tmp_path: Path) -> None:
    assert save(TimelineData.empty(), tmp_path / "a.png").stat().st_size > 500


def test_what_cannot_be_made_is_refused(data: TimelineData, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as error:
        save(data, tmp_path / "a.bmp")
    assert error.value.kind == "suffix"
    with pytest.raises(ExportError) as error:
        save(data, tmp_path / "a.png", size=(20_000, 20_000), scale=4.0)
    assert error.value.kind == "size"
    with pytest.raises(ExportError):
        save(data, tmp_path / "a.png", size=(10, 10))
    with pytest.raises(OSError, match="missing"):
        save(data, tmp_path / "missing" / "a.png")
    assert not list(tmp_path.iterdir())


def test_an_old_file_survives_a_failure(
    data: TimelineData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(data, path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_it_needs_no_screen_and_no_application(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, '.')\n"
        "from pathlib import Path\n"
        "from tests.desktop.timeline import samples\n"
        "from desktop.timeline.builder import from_rows\n"
        "from desktop.exporting.files import export_timeline\n"
        "data = from_rows(samples.claims(), samples.events())\n"
        f"export_timeline(data, Path({str(tmp_path / 'a.png')!r}), size=(800, 500))\n"
        f"export_timeline(data, Path({str(tmp_path / 'a.svg')!r}), size=(800, 500))\n"
    )
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    subprocess.run([sys.executable, "-c", code], check=True, env=bare, timeout=120)
    assert QImage(str(tmp_path / "a.png")).width() == 800
    assert "Marrow" in words_of_svg(tmp_path / "a.svg")


def test_a_dossiers_names_colours_and_sources() -> None:
    sides = samples.sides()
    assert names_of(sides)[Zone.ABOVE] == "Tolmar"
    assert names_of([])[Zone.BELOW] == "Side B"
    assert [source.line for source in sources_of(samples.articles())] == [
        "Hale calls patrols back · Hill Courier · 13 May 2031",
        "Nets cut at Marrow · Harbour Wire · 13 May 2031",
    ]
    light = theme.load("light")
    assert style_of(light, sides).colors[Zone.ABOVE] == light.side_a


def test_long_words_are_elided_at_a_word() -> None:
    kit = TextKit()
    text = "A title of many words that goes on and on for longer than any line"
    short = elided(text, kit.caption, 200)
    assert kit.caption(short) <= 200
    assert short.endswith("…")
    assert text.startswith(short[:-1])
    assert text[len(short) - 1] == " "
    assert elided("short", kit.caption, 200) == "short"
    assert elided("W" * 400, kit.caption, 200).endswith("W…")


def test_a_source_says_what_of_its_date_is_assumed() -> None:
    row = replace(samples.articles()[0], published_assumed=("year",))
    assert sources_of([row])[0].published.endswith("(year assumed)")


def test_the_names_of_lanes_stand_beside_what_is_shown(data: TimelineData) -> None:
    kit = TextKit()
    codes = (np.arange(len(data)) % 3).astype(np.int32)
    grouping = Grouping(codes, ("Harbour Wire", "Hill Courier", "Strait Post"))
    style = TimelineStyle.of(theme.load("light"))
    sheet = Sheet(data.grouped(grouping), style, (1400, 900), TITLE, NAMES)
    frame = compose_sheet(sheet, kit).frame
    assert {caption.text for caption in frame.groups} == set(grouping.names)
    dense = bulk(data)
    assert dense is not None
    assert frame.scale.x(dense[0]) > frame.gutter
