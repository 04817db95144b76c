"""The window while many files are read: how long its event loop is held at a time.

``pytest tests/benchmarks/test_fluid.py -s -m slow`` prints the longest gaps between two beats of
a timer, in wall time and in the processor time of the window's own thread (which other work on
the machine does not make longer by as much). ``CLAIMLINE_FILES`` sets how many files are read.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, thread_time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.importing import engine
from desktop.importing.workers import Pool
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window
from extraction.collector import settle

PLACES = ("Tarn", "Kessel", "Merrin", "Lowick", "Holm", "Brae", "Anholt", "Drava")
MONTHS = ("March", "April", "May", "June", "July")
FILES = int(os.environ.get("CLAIMLINE_FILES", "200"))
LONGEST = 0.2
"""Seconds of the thread's own time at a time. The aim is 0.05; what is left over it is one chain
of views that follow a write in the same turn."""


class Beat:
    """Counts how long nothing was heard of the event loop.

    What the thread waits for a processor is taken off where the system tells it (Linux): that is
    what other programs take, and the window waits for its own threads all the same.
    """

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float]] = []
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._last = self._now()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(2)

    def _beat(self) -> None:
        now = self._now()
        self.gaps.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    def _now(self) -> tuple[float, float]:
        queued = 0.0
        if self._schedule.exists():
            queued = int(self._schedule.read_text().split()[1]) / 1e9
        return perf_counter() - queued, thread_time()

    def worst(self) -> tuple[float, float]:
        return max(gap for gap, _ in self.gaps), max(own for _, own in self.gaps)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[Window]:
    theme.apply(qapp, theme.load("light"))
    pool = engine.make_pool()
    window = Window(Session(theme.load("light")), Settings(), pool=pool)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.start()
    gc.collect()  # what earlier tests have left is not the window's
    settle()
    yield window
    window.close()
    Pool.close(pool)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(FILES):
        place, month = PLACES[number % len(PLACES)], MONTHS[number % len(MONTHS)]
        day, year = number % 28 + 1, 2031 - number // 2_000
        (folder / f"{number:05}.txt").write_text(
            f"Shelling near {place}, report {number}\n\n"
            f"{place.upper()}, {month} {day}, {year} -- Velmark's Defense Ministry said that "
            f"Osterley's forces shelled {place}, killing at least {number % 40 + 2} people.\n"
            f"Osterley's government denied that its forces had fired on {place}.\n"
        )
    return folder


@pytest.mark.slow
def test_the_window_stays_fluid_while_many_files_are_read(
    window: Window, folder: Path, qtbot: QtBot
) -> None:
    beat, begun = Beat(), perf_counter()
    seen: set[int] = set()
    window.session.data_changed.connect(lambda _: seen.add(len(window.session.articles())))
    with qtbot.waitSignal(window.imports.finished, timeout=600_000):
        window.imports.take([folder])
    wall, own = beat.worst()
    late = [
        sum(gap > limit for gap in gaps)
        for gaps in zip(*beat.gaps, strict=True)
        for limit in (0.05, 0.1)
    ]
    rate = FILES / (perf_counter() - begun)
    sys.stdout.write(
        f"\n{FILES} files, {rate:.0f} a second, {len(seen)} steps: longest gap {wall:.3f} s, own "
        f"time {own:.3f} s; over 50 and 100 ms: {late[0]}, {late[1]}, of its own {late[2]}, "
        f"{late[3]}\n"
    )
    assert len(window.session.articles()) == FILES
    assert len(seen) > 2, "articles appear while others are read"
    assert own < LONGEST
