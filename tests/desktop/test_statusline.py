"""What runs can be paused, gone on with and stopped where it is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop import statusline
from desktop.session import Session
from desktop.statusline import StatusLine, work_in_words
from desktop.tasks import Task, Tasks


@pytest.fixture
def tasks(app: object) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def test_a_task_is_paused_and_goes_on(
    qtbot: Any, session: Session, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statusline, "PATIENCE", 0.0)
    line = StatusLine(session, tasks)
    qtbot.addWidget(line)
    line.show()

    def work(task: Task) -> None:
        task.report(3, 9)
        while not task.stopped():
            time.sleep(0.01)

    task = tasks.start("Reading", work, can_pause=True)
    qtbot.waitUntil(lambda: line._pause.isVisible() and task.done == 3)
    assert line._pause.text() == "Pause"
    qtbot.mouseClick(line._pause, Qt.MouseButton.LeftButton)
    assert task.paused()
    assert line._pause.text() == "Go on"
    assert line._work.text() == "Paused after 3 of 9"
    qtbot.mouseClick(line._pause, Qt.MouseButton.LeftButton)
    assert not task.paused()
    qtbot.mouseClick(line._stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not tasks.running())
    assert not line._running.isVisible()


def test_the_rate_is_told_once_it_says_something() -> None:
    task = Task("Reading", done=600, total=1200)
    task.started -= 20
    assert "30 a second" in work_in_words(task)
    assert "20 s left" in work_in_words(task)
    assert "a second" not in work_in_words(Task("Reading", done=4, total=9))


def test_a_pause_does_not_spoil_the_rate() -> None:
    task = Task("Reading", done=600, total=1200)
    task.started -= 20
    task.pause()
    before = task.seconds
    time.sleep(0.05)
    assert task.seconds == before
    task.pause(False)
    assert task.seconds == pytest.approx(before, abs=0.03)
