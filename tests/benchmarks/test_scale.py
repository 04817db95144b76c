"""A large dossier: opened, filtered, scrolled, corrected, searched.

``pytest tests/benchmarks/test_scale.py -m slow --benchmark-disable -s`` prints milliseconds of
processor time and of the clock; ``CLAIMLINE_CLAIMS`` says how many claims (50,000 without),
``CLAIMLINE_SCALE_FOLDER`` keeps the dossier for the next run. What is asserted is loose: what a
machine takes says nothing about the program, only a walk over all rows is caught.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import Dossier
from db.rows import ReviewState, Status
from desktop import theme
from desktop.comparison import ComparisonView
from desktop.importing import engine
from desktop.session import Filter, Selection, Session
from desktop.settings import Settings
from desktop.timeline.view import TimelineView
from desktop.window import Window
from extraction.model import EventType, FuzzyInterval, Precision, SideKey, SpeechAct
from tests.benchmarks.large import write

CLAIMS = int(os.environ.get("CLAIMLINE_CLAIMS", "50000"))
FILTERS = (
    Filter(sides=frozenset({SideKey.A})),
    Filter(statuses=frozenset({Status.DISPUTED})),
    Filter(one_side_silent=True),
    Filter(places=frozenset({"Ostrava"}), acts=frozenset({SpeechAct.DENIES})),
    Filter(event_types=frozenset({EventType.ASSAULT})),
    Filter(),
)
WORDS = (
    "granary", "gra", "orchard road", '"orchard road to"', "77", "ve", "velm", "velmark", "that",
    "patrol ostrava granary",
)  # fmt: skip

DAY = FuzzyInterval(datetime(2031, 5, 3), datetime(2031, 5, 3, 23, 59), Precision.DAY)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = os.environ.get("CLAIMLINE_SCALE_FOLDER")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("scale")
    path = folder / f"scale-{CLAIMS}.claimline"
    if not path.exists():
        write(path, claims=CLAIMS, events=max(CLAIMS // 10, 1))
        begun = perf_counter()
        with Dossier.open(path) as dossier:
            assert dossier.keep_columns(dossier.columns())
        tell("arrays made from all rows and kept", 0.0, perf_counter() - begun)
    return path


def tell(what: str, spent: float, taken: float) -> None:
    sys.stdout.write(f"\n{what:<52} {spent * 1000:8.1f} ms of processor, {taken * 1000:8.1f} ms")


def timed(what: str, act: Callable[[], object], best_of: int = 1) -> float:
    """Seconds of processor time of the best of some runs."""
    found = []
    for _ in range(best_of):
        begun, at = process_time(), perf_counter()
        act()
        QApplication.processEvents()
        found.append((process_time() - begun, perf_counter() - at))
    spent, taken = min(found)
    tell(what, spent, taken)
    return spent


def spread(what: str, act: Callable[[int], object], count: int) -> float:
    times = []
    for number in range(count):
        begun = process_time()
        act(number)
        QApplication.processEvents()
        times.append((process_time() - begun) * 1000)
    median, late = np.percentile(times, [50, 95])
    sys.stdout.write(f"\n{what:<52} median {median:.1f} p95 {late:.1f} worst {max(times):.1f} ms")
    return float(late)


@pytest.fixture
def dossier(path: Path) -> Iterator[Dossier]:
    with Dossier.open(path) as dossier:
        yield dossier


def test_split_view(qapp: QApplication, dossier: Dossier) -> None:
    session = Session()
    view = ComparisonView(session)
    view.resize(900, 800)
    view.show()
    QApplication.processEvents()
    opened = timed("split view, opened and painted", lambda: session.open(dossier))
    assert opened < 3
    bar = view.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    QApplication.processEvents()
    assert spread("a frame of scrolling", lambda _: bar.setValue(bar.value() + 37), 300) < 60
    spread("a jump", lambda n: bar.setValue(bar.maximum() * (n + 1) // 23), 20)
    for chosen in FILTERS:
        asked = ", ".join(name for name, value in vars(chosen).items() if value) or "nothing"

        def show(chosen: Filter = chosen) -> None:
            session.set_filter(chosen)
            view.canvas.reload()

        assert timed(f"split view filtered by {asked}", show) < 1
    claim = session.columns.claims.id[len(session.columns.claims) // 2]
    session.select(Selection(claim_id=int(claim)))
    QApplication.processEvents()
    dossier.set_review([int(claim)], ReviewState.ACCEPTED)
    for number, state in enumerate((ReviewState.REJECTED, ReviewState.ACCEPTED)):
        timed(
            f"a correction seen in the split view, {number + 1}",
            partial(dossier.set_review, [int(claim)], state),
        )
    timed("undone", dossier.undo)
    while dossier.undo_label is not None:
        dossier.undo()
    session.open(None)
    view.deleteLater()


def test_timeline(qapp: QApplication, dossier: Dossier) -> None:
    session = Session()
    view = TimelineView(session)
    view.resize(1400, 700)
    view.show()
    QApplication.processEvents()
    timed("timeline, opened and painted", lambda: session.open(dossier))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"\n{'memory at most':<52} {most:8d} MB")
    for chosen in FILTERS:
        asked = ", ".join(name for name, value in vars(chosen).items() if value) or "nothing"
        timed(f"timeline filtered by {asked}", partial(session.set_filter, chosen))
    session.open(None)
    view.deleteLater()


def test_a_correction_in_the_whole_window(
    qapp: QApplication, qtbot: QtBot, dossier: Dossier
) -> None:
    theme.apply(qapp, theme.load("light"))
    pool = engine.make_pool(1)
    window = Window(Session(theme.load("light")), Settings(), pool=pool)
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.show()
    QApplication.processEvents()
    session = window.session
    timed("whole window, opened and painted", lambda: session.open(dossier))
    qtbot.wait(1_000)
    claim = int(session.columns.claims.id[len(session.columns.claims) // 2])
    other = int(session.columns.events.id[len(session.columns.events) // 3])
    session.select(Selection(claim_id=claim))
    corrections: dict[str, Callable[[], object]] = {
        "accepted": lambda: dossier.set_review([claim], ReviewState.ACCEPTED),
        "rejected": lambda: dossier.set_review([claim], ReviewState.REJECTED),
        "suggested again": lambda: dossier.set_review([claim], ReviewState.SUGGESTED),
        "given another act": lambda: dossier.edit_claims([claim], act=SpeechAct.OFFERS),
        "given another side": lambda: dossier.edit_claims([claim], side=SideKey.THIRD),
        "dated": lambda: dossier.set_when([claim], DAY),
        "moved to another event": lambda: dossier.place_claims([claim], other),
        "given an event of its own": lambda: dossier.split_event([claim]),
        "as it was (undo)": dossier.undo,
    }
    for what, correct in corrections.items():
        qtbot.wait(500)
        assert timed(f"a claim {what}, seen everywhere", correct) < 3
    qtbot.wait(500)
    into = int(session.columns.events.id[session.columns.event_of_claim[-1]])
    assert timed("two events merged", lambda: dossier.merge_events([other, into], into)) < 3
    while dossier.undo_label is not None:
        dossier.undo()
    session.open(None)
    window.close()
    pool.close()


@pytest.mark.parametrize("words", WORDS)
def test_search(dossier: Dossier, words: str) -> None:
    first = timed(f"first hits of {words}", lambda: dossier.search(words, 50), 3)
    found: list[Any] = []
    timed(f"all hits of {words}", lambda: found.append(len(dossier.matching(words))), 3)
    sys.stdout.write(f", {found[0]:,} claims")
    assert first < 0.5
