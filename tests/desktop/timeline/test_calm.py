from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.timeline.calm import REST_MS, Calm


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_the_collector_waits_until_the_view_rests(qtbot: QtBot) -> None:
    calm = Calm()
    calm.moving()
    assert calm.held
    assert not gc.isenabled()
    qtbot.wait(REST_MS // 2)
    calm.moving()
    qtbot.wait(REST_MS * 3 // 4)
    assert not gc.isenabled()
    qtbot.waitUntil(gc.isenabled, timeout=5 * REST_MS)
    assert not calm.held


def test_a_collector_that_somebody_else_stopped_stays_so(qtbot: QtBot) -> None:
    gc.disable()
    calm = Calm()
    calm.moving()
    assert not calm.held
    qtbot.wait(REST_MS + 100)
    assert not gc.isenabled()
