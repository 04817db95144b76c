"""The timeline against pictures of it that were looked at.

After a change that is meant, run this file with ``CLAIMLINE_GOLDEN=write`` in the environment:
it writes them anew. Look at each before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop import theme as themes
from desktop.timeline.axis import ENGLISH
from desktop.timeline.builder import from_rows
from desktop.timeline.compose import Phrases, Request, compose
from desktop.timeline.data import RELATIONS, TimelineData, Zone
from desktop.timeline.painter import Look, paint
from desktop.timeline.scale import TimeScale, day_number
from desktop.timeline.style import TextKit, TimelineStyle
from tests.desktop.timeline import samples

FOLDER = Path(__file__).parent / "golden"
WIDTH, HEIGHT = 720, 340
NAMES = {Zone.ABOVE: "Tolmar", Zone.BELOW: "Veshny"}
WORDS = Phrases(relations=tuple(relation.value for relation in RELATIONS))
FONT = "DejaVu Sans"


def near() -> tuple[TimelineData, float, float, int | None]:
    data = from_rows(samples.claims(), samples.events(), samples.relations())
    return data, float(day_number(2031, 5, 9)), float(day_number(2031, 5, 15)), 1


def far() -> tuple[TimelineData, float, float, int | None]:
    data = samples.many(4000)
    start, end = data.extent or (0.0, 1.0)
    return data, start, end, None


VIEWS = {"near": near, "far": far}


def painted(view: str, theme: str, scale: int) -> QImage:
    data, start, end, selected = VIEWS[view]()
    kit = TextKit()
    frame = compose(
        Request(
            data, TimeScale(start, end, WIDTH), HEIGHT, ENGLISH, kit, NAMES, WORDS,
            selected_claim=selected,
        )
    )  # fmt: skip
    image = QImage(WIDTH * scale, HEIGHT * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    chosen = frozenset() if selected is None else frozenset({data.index_of_claim[selected]})
    paint(painter, frame, data, Look(TimelineStyle.of(themes.load(theme)), kit, chosen=chosen))
    painter.end()
    return image


def coarse(image: QImage) -> npt.NDArray[np.int16]:
    """The picture at half its logical size: glyphs may fall on other fractions of a pixel."""
    small = image.scaled(
        WIDTH // 2,
        HEIGHT // 2,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(small.constBits(), np.uint8)
    return pixels.reshape(HEIGHT // 2, WIDTH // 2, 4)[:, :, :3].astype(np.int16)


def unlike(first: QImage, second: QImage) -> float:
    """The share of pixels that clearly differ."""
    apart = np.abs(coarse(first) - coarse(second)).max(axis=2)
    return float((apart > 40).mean())


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", list(VIEWS))
def test_it_looks_as_it_did(qapp: QApplication, view: str, theme: str, scale: int) -> None:
    if QFontInfo(TextKit().body_font).family() != FONT:
        pytest.skip(f"the pictures are set in {FONT}")
    path = FOLDER / f"{view}-{theme}-{scale}x.png"
    image = painted(view, theme, scale)
    if os.environ.get("CLAIMLINE_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        image.save(str(path), "PNG", 0)  # type: ignore[call-overload]
    kept = QImage(str(path))
    assert not kept.isNull()
    assert unlike(kept, image) < 0.006


def test_a_change_is_seen(qapp: QApplication) -> None:
    """The tolerance lets glyphs be set otherwise, not a mark be missing or in another colour."""
    image = painted("near", "light", 1)
    other = painted("near", "dark", 1)
    assert unlike(image, other) > 0.5
    changed = QImage(image)
    painter = QPainter(changed)
    painter.fillRect(200, 60, 60, 40, themes.load("light").dispute)
    painter.end()
    assert unlike(image, changed) > 0.006
