#!/usr/bin/env python3
"""Set up Claimline in this checkout and run it: standard library only.

    python3 packaging/bootstrap.py open [FILE...]   the window; without files, a sample dossier
    python3 packaging/bootstrap.py test [ARGS...]   format, lint, types, import rules, then pytest
    python3 packaging/bootstrap.py run ARGS...      any `claimline` command line

The first run makes a virtual environment in `.venv` and installs the project into it; on Debian
and Ubuntu it installs the system packages that are missing, or, without the right to, prints the
one line that does. Later runs start at once while nothing has changed.

Environment: CLAIMLINE_VENV puts the virtual environment elsewhere.
Exit status: that of what was run; 3 where set-up needs something that a person has to do.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("CLAIMLINE_VENV") or ROOT / ".venv")
OLDEST = (3, 11)
NEEDS_A_PERSON = 3
MEASURED = "tests/benchmarks"

# Shared libraries that the Qt wheels expect from the system, with Debian's package for each.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
# What the xcb platform needs on top of them, for a window.
XCB_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class PersonNeeded(Exception):
    """Set-up cannot go on by itself; the message says what to do."""


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        newer = newer_python()
        if newer is None:
            say(old_python_hint())
            return NEEDS_A_PERSON
        say(f"This is Python {version_in_words()}; going on with {newer}")
        return subprocess.call([newer, str(Path(__file__).resolve()), *arguments])
    if not arguments or arguments[0] not in ("open", "test", "run"):
        say(__doc__ or "")
        return 2
    command, rest = arguments[0], arguments[1:]
    try:
        install_system_packages()
        python = install_project(with_tests=command == "test")
    except PersonNeeded as problem:
        say(str(problem))
        return NEEDS_A_PERSON
    if command == "test":
        return run_tests(python, rest)
    if command == "open":
        return open_window(python, rest)
    return subprocess.call([str(python), "-m", "desktop", *rest], cwd=ROOT)


# ----------------------------------------------------------------- the interpreter


def newer_python() -> str | None:
    """A Python on this machine that is new enough, beside the one that runs this."""
    for minor in range(OLDEST[1] + 6, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found is not None:
            return found
    return None


def version_in_words() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def old_python_hint() -> str:
    """How to come by a newer Python, in the words of the system that this is."""
    needed = f"Claimline needs Python 3.11 or newer; this is {version_in_words()}."
    if sys.platform == "darwin":
        how = "Install it from python.org, or with Homebrew: brew install python@3.12"
    elif sys.platform == "win32":
        how = "Install it from python.org or the Microsoft Store."
    elif shutil.which("apt-get"):
        # Ubuntu 22.04 has it beside its own older one.
        how = "Install it beside this one: sudo apt-get install -y python3.11 python3.11-venv"
    else:
        how = "Install it beside this one; your distribution has it as python3.11 or newer."
    return f"{needed}\n{how}\nThen run the same command again."


# ----------------------------------------------------------------- system packages


def install_system_packages() -> None:
    """Install what is missing from the system, or raise with the line that does."""
    if not sys.platform.startswith("linux"):
        if not has_venv():
            raise PersonNeeded("This Python lacks the venv module; install a complete Python.")
        return
    libraries = {**QT_LIBRARIES, **XCB_LIBRARIES}
    missing = [name for name in libraries if not loads(name)]
    packages = [libraries[name] for name in missing]
    if not has_venv():
        packages.insert(0, venv_package())
    if not packages:
        return
    if shutil.which("apt-get") is None:
        raise PersonNeeded(other_system_hint(missing))
    apt_get(packages)


def venv_package() -> str:
    """Debian's package of the venv module, for a Python that is not the system's own as well."""
    own = shutil.which("python3")
    if own is not None and Path(own).resolve() != Path(sys.executable).resolve():
        return f"python3.{sys.version_info[1]}-venv"
    return "python3-venv"


def has_venv() -> bool:
    """Debian parts ensurepip from the rest of venv; an environment needs both."""
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def apt_get(packages: list[str]) -> None:
    line = "apt-get install -y --no-install-recommends " + " ".join(packages)
    prefix: list[str] | None = None
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and not subprocess.call(
        ["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ):
        prefix = ["sudo", "-n"]
    if prefix is None:
        raise PersonNeeded(
            "Claimline needs system packages that are not here, and this account may not install "
            f"them. Run this line, then the same command again:\n\n    sudo {line}\n\n"
            f"(without sudo, as root: {line})"
        )
    say("Installing system packages: " + " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call([*prefix, "apt-get", "update", "-q"], env=environment, stdout=sys.stderr)
    if subprocess.call([*prefix, *line.split()], env=environment, stdout=sys.stderr):
        raise PersonNeeded(
            f"apt-get failed; its own words are above. Run this line by hand:\n\n    {line}"
        )


def other_system_hint(missing: list[str]) -> str:
    if shutil.which("dnf"):
        names = " ".join(f"'{name}()(64bit)'" for name in missing)
        return (
            "Install what is missing, then run the same command again:\n\n"
            f"    sudo dnf install {names}"
        )
    names = ", ".join(missing) or "Python's venv module with ensurepip"
    return (
        "Claimline needs these from the system, by the name they have on your distribution:\n\n"
        f"    {names}\n\nInstall them, then run the same command again."
    )


# ----------------------------------------------------------------- the project


def install_project(*, with_tests: bool) -> Path:
    """Make the virtual environment and install the project; does nothing when nothing changed."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = fingerprint()
    # an environment for the tests opens the window as well
    stamps = {"test": VENV / "claimline-test", "open": VENV / "claimline-open"}
    enough = ["test"] if with_tests else ["test", "open"]
    if python.exists() and any(stamp_of(stamps[name]) == wanted for name in enough):
        return python
    if not python.exists() or not works(python):
        say(f"Making a virtual environment in {VENV}")
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            raise PersonNeeded(f"No virtual environment could be made in {VENV}; see above.")
    say("Installing Claimline and the libraries it needs (once; about a minute)")
    target = f"{ROOT}[dev]" if with_tests else str(ROOT)
    started = time.monotonic()
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([*pip, "--editable", target], stdout=sys.stderr):
        raise PersonNeeded(
            "The libraries could not be installed; pip's own words are above. A network "
            "connection is needed this once. Then run the same command again."
        )
    say(f"Installed in {time.monotonic() - started:.0f} s")
    stamps["test" if with_tests else "open"].write_text(wanted)
    return python


def fingerprint() -> str:
    """Changes when the dependencies or the interpreter do."""
    parts = [
        (ROOT / "pyproject.toml").read_bytes(),
        str(sys.version_info[:2]).encode(),
        str(ROOT).encode(),
    ]
    return hashlib.sha256(b"\x00".join(parts)).hexdigest()


def stamp_of(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def works(python: Path) -> bool:
    return subprocess.call([str(python), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


# ----------------------------------------------------------------- what is run


def open_window(python: Path, files: list[str]) -> int:
    """Open the window; with no display, say how to go on: set-up itself is done."""
    arguments = files or ["--sample"]
    if sys.platform.startswith("linux") and not has_display():
        own = f"python3 {Path(__file__).resolve().relative_to(ROOT)}"
        say(
            "Claimline is set up, but there is no display here to open a window on.\n\n"
            "Without a window, read articles or draw a timeline:\n"
            f"    {own} run read ARTICLE.txt\n"
            f"    {own} run export --sample timeline.png\n\n"
            "With a virtual screen (apt-get install -y xvfb xauth):\n"
            f"    xvfb-run -a {own} open\n"
        )
        return 0
    return subprocess.call([str(python), "-m", "desktop", *arguments], cwd=ROOT)


def has_display() -> bool:
    return bool(
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or os.environ.get("QT_QPA_PLATFORM")
    )


def run_tests(python: Path, arguments: list[str]) -> int:
    """Format, lint, types and import rules, then pytest; all are run, one failure fails."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    bin_folder = python.parent
    checks = [
        [str(bin_folder / "ruff"), "format", "--check", "."],
        [str(bin_folder / "ruff"), "check", "."],
        [str(python), "-m", "mypy"],
        [str(bin_folder / "lint-imports")],
    ]
    failed = [
        Path(check[0]).name for check in checks if subprocess.call(check, cwd=ROOT, env=environment)
    ]
    # everything in CI; by hand the slow ones wait to be asked for
    selection = [] if arguments or os.environ.get("CI") else ["-m", "not slow"]
    # two at a time; what is measured runs alone
    runs = [arguments] if arguments else [["-n", "2", f"--ignore={MEASURED}"], [MEASURED]]
    status = max(
        subprocess.call([str(python), "-m", "pytest", *selection, *run], cwd=ROOT, env=environment)
        for run in runs
    )
    if failed:
        say("These checks failed; their words are above: " + ", ".join(failed))
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
