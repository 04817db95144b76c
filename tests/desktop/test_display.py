from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.display import display_problem

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="these systems always have a display"
)


def test_without_a_display_it_says_what_to_do() -> None:
    words = display_problem({})
    assert words is not None
    for needed in ("claimline read", "claimline export", "xvfb-run -a"):
        assert needed in words


def test_a_display_that_nobody_answers_at_is_no_display() -> None:
    words = display_problem({"DISPLAY": ":48213"})
    assert words is not None
    assert ":48213" in words
    assert display_problem({"DISPLAY": "nonsense"}) is not None


@pytest.mark.parametrize(
    "values",
    [
        {"QT_QPA_PLATFORM": "offscreen"},
        {"QT_QPA_PLATFORM": "minimal:size=1x1"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"DISPLAY": "elsewhere:0"},
    ],
)
def test_where_a_window_can_be_tried(values: dict[str, str]) -> None:
    assert display_problem(values) is None


@pytest.mark.skipif(sys.platform != "linux", reason="abstract sockets")
def test_a_local_server_is_found() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("\0/tmp/.X11-unix/X48214")
        server.listen()
        assert display_problem({"DISPLAY": ":48214.0"}) is None


@pytest.mark.parametrize("module", ["display", "messages", "places", "importing.engine"])
def test_what_the_command_line_uses_loads_no_qt(module: str) -> None:
    code = f"import sys, desktop.{module}; sys.exit('PySide6' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
