from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.importing.engine import Interrupted
from desktop.statusline import work_in_words
from desktop.tasks import Task, Tasks


@pytest.fixture
def tasks(app: object) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def test_the_result_comes_back_in_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[tuple[object, threading.Thread]] = []
    worked: list[threading.Thread] = []

    def work(_: Task) -> int:
        worked.append(threading.current_thread())
        return 7

    tasks.start("Work", work, done=lambda value: seen.append((value, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(7, threading.main_thread())]
    assert worked != [threading.main_thread()]
    assert tasks.running() == []


def test_writers_wait_for_each_other(tasks: Tasks, qtbot: QtBot) -> None:
    order: list[str] = []

    def slow(_: Task) -> None:
        time.sleep(0.1)
        order.append("first")

    tasks.start("First", slow)
    tasks.start("Second", lambda _: order.append("second"))
    assert [task.label for task in tasks.running()] == ["First", "Second"]
    qtbot.waitUntil(lambda: not tasks.running())
    assert order == ["first", "second"]


def test_a_failure_is_told_and_the_next_one_runs(tasks: Tasks, qtbot: QtBot) -> None:
    failed: list[Exception] = []
    done: list[object] = []

    def work(_: Task) -> None:
        raise OSError("no")

    tasks.start("Work", work, done=done.append, failed=failed.append)
    tasks.start("Next", lambda _: 1, done=done.append)
    qtbot.waitUntil(lambda: done == [1])
    assert [type(error) for error in failed] == [OSError]


def test_being_stopped_is_no_failure(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[object] = []

    def work(task: Task) -> None:
        while not task.stopped():
            time.sleep(0.01)
        raise Interrupted

    task = tasks.start("Work", work, done=told.append, failed=told.append)
    task.stop()
    qtbot.waitUntil(lambda: not tasks.running())
    assert told == []


def test_progress_in_words() -> None:
    task = Task("Reading")
    assert work_in_words(task) == "Reading"
    task.report(10, 100)
    task.started -= 5
    assert work_in_words(task) == "Reading 10 of 100 · about 45 s left"
    task.started -= 95
    assert work_in_words(task) == "Reading 10 of 100 · about 15 min left"
    task.stop()
    assert "stopping" in work_in_words(task)
