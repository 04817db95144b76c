"""The split view on many events: until it is painted, a frame of scrolling, a jump.

``pytest tests/benchmarks/test_comparison.py --benchmark-only -s`` prints milliseconds. Only how
the cost grows is asserted: what a machine takes says nothing about the program.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from desktop.comparison import ComparisonView
from desktop.comparison.listing import Listing
from desktop.session import Rows, Session
from extraction.model import FuzzyInterval, Precision, SideKey, SpeechAct
from tests.desktop.comparison.dispute import Dispute
from tests.growth import growth, seconds

SIZES = (1_000, 10_000, 100_000)
CLAIMS_EACH = 2


def many(events: int) -> Rows:
    """Events three hours apart, each with claims of both sides."""
    made = Dispute()
    made.add_article()
    made.add_claim(SideKey.A, "Norland", SpeechAct.ALLEGES, "x", made.add_event("", None))
    rows = made.rows()
    event, claim = rows.events[0], rows.claims[0]
    all_events, all_claims = [], []
    for number in range(events):
        start = datetime(1990, 1, 1) + timedelta(hours=3 * number)
        when = FuzzyInterval(start, start + timedelta(hours=2), Precision.DAY)
        first = number * CLAIMS_EACH + 1
        ids = tuple(range(first, first + CLAIMS_EACH))
        label = f"Event number {number}"
        all_events.append(replace(event, id=number + 1, label=label, when=when, claim_ids=ids))
        all_claims += [
            replace(
                claim,
                id=claim_id,
                event_id=number + 1,
                side=SideKey.B if claim_id % 2 else SideKey.A,
                content="the bridge was taken and given back " * (1 + claim_id % 4),
                when=when,
            )
            for claim_id in ids
        ]
    return replace(rows, events=tuple(all_events), claims=tuple(all_claims))


@pytest.fixture(scope="module")
def dossiers() -> dict[int, Rows]:
    return {}


def view_of(session: Session) -> ComparisonView:
    view = ComparisonView(session)
    view.resize(900, 800)
    view.show()
    return view


def timed(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    QApplication.processEvents()
    return (perf_counter() - begun) * 1000


def scrolled(view: ComparisonView, frames: int = 120) -> list[float]:
    bar = view.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    QApplication.processEvents()
    return [timed(lambda: bar.setValue(bar.value() + 37)) for _ in range(frames)]


@pytest.mark.slow
@pytest.mark.parametrize("count", SIZES)
def test_open_and_scroll(
    benchmark: Any, qapp: QApplication, dossiers: dict[int, Rows], count: int
) -> None:
    rows = dossiers.setdefault(count, many(count))
    times: list[float] = []

    def open_anew() -> None:
        # New look-ups each time, as for a dossier just opened.
        session = Session()
        view = view_of(session)
        times.append(timed(lambda: session.show_rows(replace(rows))))
        view.deleteLater()

    benchmark.pedantic(open_anew, rounds=3, iterations=1)
    session = Session()
    view = view_of(session)
    session.show_rows(rows)
    frames = scrolled(view)
    bar = view.canvas.verticalScrollBar()
    jumps = [timed(partial(bar.setValue, bar.maximum() * n // 23)) for n in range(1, 22)]
    view.deleteLater()
    median, late = np.percentile(frames, [50, 95])
    sys.stdout.write(
        f"\n{count:>9,} events: open {min(times):.0f} ms, scroll median {median:.1f} "
        f"p95 {late:.1f}, jump median {np.median(jumps):.1f} ms\n"
    )


def test_a_frame_costs_what_is_seen(qapp: QApplication) -> None:
    """A hundred times the events may not cost five times the frame."""
    spent = []
    for count in (300, 30_000):
        session = Session()
        view = view_of(session)
        session.show_rows(many(count))
        scrolled(view, 20)
        spent.append(seconds(partial(scrolled, view, 40)))
        view.deleteLater()
    assert spent[1] < 5 * spent[0]


@pytest.mark.slow
def test_the_list_grows_no_faster_than_the_events(qapp: QApplication) -> None:
    few, many_more = Session(), Session()
    few.show_rows(many(3_000))
    many_more.show_rows(many(30_000))
    assert growth(partial(Listing, few), partial(Listing, many_more)) < 30
