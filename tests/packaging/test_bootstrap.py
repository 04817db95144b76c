"""Setting up: each system is told what it lacks, and nothing is installed that is there."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parents[2] / "packaging" / "bootstrap.py"
VERSION = (3, 12, 1, "final", 0)


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The module, with an environment of its own and no way to install anything."""
    monkeypatch.setenv("CLAIMLINE_VENV", str(tmp_path / "venv"))
    spec = importlib.util.spec_from_file_location("bootstrap", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def refuse(command: list[str], **_: object) -> int:
        raise AssertionError(f"ran {command}")

    monkeypatch.setattr(module.subprocess, "call", refuse)
    return module


def machine(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch, platform: str, *programs: str
) -> None:
    """Pretend to be on a system that has these programs."""
    monkeypatch.setattr(module.sys, "platform", platform)
    monkeypatch.setattr(
        module.shutil, "which", lambda name: f"/bin/{name}" if name in programs else None
    )


def records(module: ModuleType, monkeypatch: pytest.MonkeyPatch, *ends: int) -> list[list[str]]:
    """Programs that were called; each ends with the next of the numbers, then with 0."""
    called: list[list[str]] = []
    left = list(ends)

    def call(command: list[str], **_: object) -> int:
        called.append(command)
        return left.pop(0) if left else 0

    monkeypatch.setattr(module.subprocess, "call", call)
    return called


@pytest.mark.parametrize(
    ("platform", "programs", "words"),
    [
        ("darwin", (), "brew install python@3.12"),
        ("win32", (), "Microsoft Store"),
        ("linux", ("apt-get",), "apt-get install -y python3.11 python3.11-venv"),
        ("linux", ("dnf",), "python3.11 or newer"),
    ],
)
def test_an_old_python_says_how_to_come_by_a_newer_one(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    platform: str,
    programs: tuple[str, ...],
    words: str,
) -> None:
    machine(bootstrap, monkeypatch, platform, *programs)
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 10, 12))
    assert bootstrap.main(["open"]) == bootstrap.NEEDS_A_PERSON
    told = capsys.readouterr().err
    assert "3.10.12" in told
    assert words in told


def test_a_newer_python_beside_the_old_one_is_taken(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(bootstrap, monkeypatch, "linux", "python3.11", "python3.13")
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 10, 12))
    called = records(bootstrap, monkeypatch, 5)
    assert bootstrap.main(["run", "read", "a.txt"]) == 5
    assert called == [["/bin/python3.13", str(FILE.resolve()), "run", "read", "a.txt"]]


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_macos_and_windows_need_nothing_of_the_system(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    machine(bootstrap, monkeypatch, platform)
    monkeypatch.setattr(bootstrap, "loads", lambda _: False)
    bootstrap.install_system_packages()
    monkeypatch.setattr(bootstrap, "has_venv", lambda: False)
    with pytest.raises(bootstrap.PersonNeeded, match="complete Python"):
        bootstrap.install_system_packages()


def test_windows_keeps_its_programs_elsewhere(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = records(bootstrap, monkeypatch)
    monkeypatch.setattr(bootstrap, "works", lambda _: True)
    folder = bootstrap.VENV
    folder.mkdir()
    # pathlib takes os.name for its own questions, so only the module's own is another one
    monkeypatch.setattr(bootstrap, "os", type("Os", (), {"name": "nt", "environ": os.environ}))
    python = bootstrap.install_project(with_tests=False)
    assert python == folder / "Scripts" / "python.exe"
    assert called[-1][:4] == [str(python), "-m", "pip", "install"]


def test_what_is_missing_is_installed_as_root(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(bootstrap, monkeypatch, "linux", "apt-get")
    monkeypatch.setattr(bootstrap, "loads", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(bootstrap, "has_venv", lambda: True)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 0)
    called = records(bootstrap, monkeypatch)
    bootstrap.install_system_packages()
    assert called == [
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "--no-install-recommends", "libegl1"],
    ]


def test_who_may_not_install_is_given_the_line(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(bootstrap, monkeypatch, "linux", "apt-get", "sudo")
    monkeypatch.setattr(bootstrap, "loads", lambda name: "xcb" not in name)
    monkeypatch.setattr(bootstrap, "has_venv", lambda: False)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    records(bootstrap, monkeypatch, 1)
    with pytest.raises(bootstrap.PersonNeeded) as caught:
        bootstrap.install_system_packages()
    line = "sudo apt-get install -y --no-install-recommends python3-venv libxcb-cursor0 "
    assert line in str(caught.value)


@pytest.mark.parametrize(
    ("programs", "words"),
    [(("dnf",), "sudo dnf install 'libEGL.so.1()(64bit)'"), ((), "libEGL.so.1")],
)
def test_other_distributions_are_told_the_names(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    programs: tuple[str, ...],
    words: str,
) -> None:
    machine(bootstrap, monkeypatch, "linux", *programs)
    monkeypatch.setattr(bootstrap, "loads", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(bootstrap, "has_venv", lambda: True)
    with pytest.raises(bootstrap.PersonNeeded) as caught:
        bootstrap.install_system_packages()
    assert words in str(caught.value)


def test_the_venv_of_a_python_beside_the_systems_own(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(bootstrap, monkeypatch, "linux", "python3")
    monkeypatch.setattr(bootstrap.sys, "version_info", VERSION)
    monkeypatch.setattr(bootstrap.sys, "executable", "/opt/pythons/bin/python3.12")
    assert bootstrap.venv_package() == "python3.12-venv"
    monkeypatch.setattr(bootstrap.sys, "executable", "/bin/python3")
    assert bootstrap.venv_package() == "python3-venv"


def test_nothing_is_done_twice(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    called = records(bootstrap, monkeypatch)
    monkeypatch.setattr(bootstrap, "works", lambda _: True)
    python = bootstrap.VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    python.parent.mkdir(parents=True)
    python.touch()
    bootstrap.install_project(with_tests=False)
    assert len(called) == 1
    bootstrap.install_project(with_tests=False)
    assert len(called) == 1
    # The tests need more than the window does.
    bootstrap.install_project(with_tests=True)
    assert called[1][-1].endswith("[dev]")


def test_without_a_display_it_says_what_can_be_done(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    machine(bootstrap, monkeypatch, "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert bootstrap.open_window(Path("python"), []) == 0
    assert "xvfb-run" in capsys.readouterr().err
    machine(bootstrap, monkeypatch, "darwin")
    called = records(bootstrap, monkeypatch)
    bootstrap.open_window(Path("python"), ["a.txt"])
    assert called == [["python", "-m", "desktop", "a.txt"]]


def test_it_needs_the_standard_library_only() -> None:
    code = f"import runpy; runpy.run_path({str(FILE)!r}, run_name='x')"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
