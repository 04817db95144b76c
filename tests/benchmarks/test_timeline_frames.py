"""Frame time of the timeline in zoom and pan: 1400 x 700, software rendering, all layers on.

``pytest tests/benchmarks/test_timeline_frames.py --benchmark-only -s`` prints median, 95th
percentile and worst frame, in wall time and in processor time (which other work on the machine
does not make longer by as much). ``--events FILE`` (or ``CLAIMLINE_EVENTS``) names a JSON file to
run instead of the made-up marks, so that other programs can be measured on the same data: a list
of objects with ``start`` and ``end`` in ISO 8601, ``side`` "A", "B" or other, ``label``.
``python -m tests.benchmarks.test_timeline_frames OUT.json COUNT`` writes such a file.
"""

from __future__ import annotations

import json
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.timeline.axis import ENGLISH
from desktop.timeline.calm import calm
from desktop.timeline.compose import Request, compose
from desktop.timeline.data import COLUMNS, TimelineData, Zone
from desktop.timeline.labelforms import LabelForms
from desktop.timeline.painter import Look, paint
from desktop.timeline.scale import TimeScale, to_datetime, to_days
from desktop.timeline.sprites import Sprites
from desktop.timeline.style import TextKit, TimelineStyle
from tests.desktop.timeline.samples import many

WIDTH, HEIGHT = 1400, 700
LARGEST_QUICK = 10_000
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
FRAMES = 120
NAMES = {Zone.ABOVE: "Tolmar", Zone.BELOW: "Veshny"}
ZONES = {"A": Zone.ABOVE, "B": Zone.BELOW}


def from_file(path: Path) -> TimelineData:
    events = json.loads(path.read_text(encoding="utf-8"))
    count = len(events)
    start = np.array([to_days(datetime.fromisoformat(event["start"])) for event in events])
    end = np.array([to_days(datetime.fromisoformat(event["end"])) for event in events])
    columns: dict[str, Any] = {name: np.zeros(count) for name in COLUMNS}
    columns |= {
        "start": start,
        "end": end,
        "core_start": start,
        "core_end": end,
        "zone": [ZONES.get(event["side"], Zone.BAND) for event in events],
        "claim_id": np.arange(1, count + 1),
    }
    return TimelineData.from_columns(columns, [event["label"] for event in events])


class Stage:
    """Paints frames into an image and keeps lanes from one to the next, as the window does."""

    def __init__(self, data: TimelineData) -> None:
        self.data = data
        self.kit, self.sprites = TextKit(), Sprites()
        self.labels = LabelForms(data, self.kit)
        self.style = TimelineStyle.of(theme.load("light"))
        self.image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        self.lanes: dict[int, int] = {}

    def frame(self, start: float, end: float) -> None:
        scale = TimeScale(start, end, WIDTH)
        frame = compose(
            Request(
                self.data, scale, HEIGHT, ENGLISH, self.kit, NAMES,
                selected_claim=1, previous=self.lanes, labels=self.labels,
            )
        )  # fmt: skip
        self.lanes = frame.lanes
        painter = QPainter(self.image)
        paint(painter, frame, self.data, Look(self.style, self.kit, self.sprites))
        painter.end()


def zooming(extent: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """From the whole span to a minute a pixel hundred, at one place, and back."""
    first, last = extent
    middle, span = first + (last - first) * 0.4, last - first
    for step in range(FRAMES):
        share = abs(1 - 2 * step / FRAMES)
        length = 0.1 * (span / 0.1) ** share
        yield middle - length * 0.4, middle + length * 0.6


def panning(extent: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """A tenth of the span, moved through the middle third by 12 pixels a frame."""
    first, last = extent
    length = (last - first) / 10
    for step in range(FRAMES):
        start = first + (last - first) / 3 + step * length * 12 / WIDTH
        yield start, start + length


def near(extent: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Three weeks, moved by 12 pixels a frame."""
    first, last = extent
    for step in range(FRAMES):
        start = first + (last - first) * 0.4 + step * 21 * 12 / WIDTH
        yield start, start + 21


MOVES: dict[str, Callable[[tuple[float, float]], Iterator[tuple[float, float]]]] = {
    "zoom": zooming,
    "pan": panning,
    "near": near,
}


@pytest.fixture(scope="module")
def stages() -> dict[Path | int, Stage]:
    return {}


def to_file(data: TimelineData, path: Path) -> None:
    """Write marks as ``from_file`` reads them."""
    sides = {zone: side for side, zone in ZONES.items()}
    events = [
        {
            "start": to_datetime(float(start)).isoformat(),
            "end": to_datetime(float(end)).isoformat(),
            "side": sides.get(Zone(zone), "third"),
            "label": label,
        }
        for start, end, zone, label in zip(
            data.start, data.end, data.zone.tolist(), data.labels, strict=True
        )
    ]
    path.write_text(json.dumps(events), encoding="utf-8")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One run on a file that is given, else on made-up marks of each size."""
    if "source" in metafunc.fixturenames:
        given = metafunc.config.getoption("--events", None) or os.environ.get("CLAIMLINE_EVENTS")
        sizes = [
            pytest.param(size, marks=pytest.mark.slow if size > LARGEST_QUICK else (), id=str(size))
            for size in SIZES
        ]
        metafunc.parametrize("source", [Path(given)] if given else sizes)


def marks_of(source: Path | int) -> TimelineData:
    return from_file(source) if isinstance(source, Path) else many(source)


@pytest.mark.parametrize("move", list(MOVES))
def test_frames(
    benchmark: Any,
    qapp: QApplication,
    stages: dict[Path | int, Stage],
    source: Path | int,
    move: str,
) -> None:
    if source not in stages:
        # One at a time: ten million marks take a gigabyte.
        stages.clear()
        stages[source] = Stage(marks_of(source))
    stage = stages[source]
    extent = stage.data.extent
    assert extent is not None
    for view in MOVES[move](extent):
        stage.frame(*view)
    times: list[tuple[float, float]] = []

    def run() -> None:
        calm.hold()
        for view in MOVES[move](extent):
            begun, worked = perf_counter(), thread_time()
            stage.frame(*view)
            times.append(((perf_counter() - begun) * 1000, (thread_time() - worked) * 1000))
        calm.rest()

    benchmark.pedantic(run, rounds=2, iterations=1)
    found = np.percentile(np.array(times), [50, 95, 100], axis=0)
    names = ("median_ms", "p95_ms", "worst_ms")
    benchmark.extra_info.update(
        events=len(stage.data), **{name: row[0] for name, row in zip(names, found, strict=True)}
    )
    wall, cpu = (" / ".join(f"{value:.1f}" for value in column) for column in found.T)
    sys.stdout.write(
        f"\n{len(stage.data):>10,} events {move:>4}: median / p95 / worst {wall} ms, "
        f"processor {cpu} ms\n"
    )


def look_ups(count: int) -> int:
    """Bytes for all that is made from the arrays of ``count`` marks up to the first frame."""
    data = many(count)
    tracemalloc.start()
    data.warm()
    stage = Stage(data)
    assert data.extent is not None
    stage.frame(*data.extent)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return used


@pytest.mark.parametrize("count", [100_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_memory_beyond_the_arrays(qapp: QApplication, count: int) -> None:
    """The look-ups take less than 100 bytes a mark beside the arrays that they are made from,
    aside from what any timeline takes.
    """
    look_ups(1_000)
    used = look_ups(count) - look_ups(1_000)
    sys.stdout.write(f"\n{count:>10,} events: {used / count:.0f} bytes each for look-ups\n")
    assert used / count < 100


def test_cost_follows_the_pixels(qapp: QApplication) -> None:
    """A thousand times the events may not cost ten times the frame, whatever the machine."""
    medians = []
    for count in (1_000, 1_000_000):
        stage = Stage(many(count))
        extent = stage.data.extent
        assert extent is not None
        views = [extent] * 12
        times = []
        for view in views:
            begun = perf_counter()
            stage.frame(*view)
            times.append(perf_counter() - begun)
        medians.append(sorted(times)[len(times) // 2])
    assert medians[1] < 10 * medians[0]


def test_a_file_of_events_is_read_as_it_was_written(tmp_path: Path) -> None:
    data = many(500)
    to_file(data, tmp_path / "events.json")
    again = from_file(tmp_path / "events.json")
    assert np.allclose(again.start, data.start, atol=1e-9)
    assert np.allclose(np.sort(again.end), np.sort(data.end), atol=1e-9)
    assert sorted(again.labels) == sorted(data.labels)
    assert np.bincount(again.zone).tolist() == np.bincount(data.zone).tolist()


if __name__ == "__main__":
    to_file(many(int(sys.argv[2])), Path(sys.argv[1]))
