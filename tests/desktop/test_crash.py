from __future__ import annotations

import faulthandler
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from desktop.crash import CRASH, CrashLog

ROOT = Path(__file__).parents[2]


@pytest.fixture
def crash(tmp_path: Path) -> Iterator[CrashLog]:
    enabled = faulthandler.is_enabled()
    crash = CrashLog(tmp_path / "log")
    crash.install()
    yield crash
    crash.close()
    if enabled:
        faulthandler.enable()


def raise_uncaught() -> None:
    try:
        raise ValueError("on purpose")
    except ValueError:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]


def test_an_error_nobody_caught_is_logged_and_told_once(crash: CrashLog) -> None:
    told: list[BaseException] = []
    crash.tell = told.append
    raise_uncaught()
    raise_uncaught()
    assert [str(error) for error in told] == ["on purpose"]
    assert crash.log.read_text().count("ValueError: on purpose") == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_threads_are_logged_too(crash: CrashLog) -> None:
    def fail() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "in a thread" in crash.log.read_text()


def test_messages_of_qt_go_to_the_log(crash: CrashLog, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        qWarning("a word from Qt")
    assert "a word from Qt" in crash.log.read_text()


def test_a_run_that_went_well_leaves_no_crash(crash: CrashLog) -> None:
    crash.close()
    assert not (crash.folder / CRASH).exists()
    again = CrashLog(crash.folder)
    again.install()
    assert again.last_crash == ""
    again.close()


def test_a_native_crash_is_found_at_the_next_start(tmp_path: Path) -> None:
    code = (
        "import ctypes, sys; from pathlib import Path; from desktop.crash import CrashLog\n"
        f"CrashLog(Path({str(tmp_path)!r})).install(); ctypes.string_at(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode != 0
    crash = CrashLog(tmp_path)
    crash.install()
    assert "Segmentation fault" in crash.last_crash or "access violation" in crash.last_crash
    crash.close()


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    crash = CrashLog(tmp_path / "file" / "log")
    crash.install()
    crash.close()
