"""The program speaks to no network, but for the one page that a person asks for.

Two tests: nothing but the module that fetches can reach out by what it imports, and reading files
that try to make it do so opens no connection.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("desktop", "db", "extraction", "resources", "seeds")
FETCHING = "desktop/importing/fetching_page.py"
REACHES_OUT = frozenset(
    """PySide6.QtNetwork PySide6.QtWebSockets PySide6.QtWebEngineCore asyncio aiohttp ftplib
    http.client httpx imaplib poplib requests smtplib ssl socketserver telnetlib urllib.request
    urllib3 xmlrpc""".split()
)
# The X server's own socket, a path on this machine.
_LOCAL = {"desktop/display.py": {"socket"}}


def imported(path: Path) -> set[str]:
    """Names of all modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_one_module_can_reach_out_and_only_the_press_of_the_button_loads_it() -> None:
    loaders: list[str] = []
    for layer in LAYERS:
        for path in (ROOT / layer).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            modules = imported(path)
            if "desktop.importing.fetching_page" in modules:
                loaders.append(name)
            if name == FETCHING:
                assert "PySide6.QtNetwork" in modules
                continue
            assert not REACHES_OUT & modules, name
            assert "socket" not in modules - _LOCAL.get(name, set()), name
    assert loaders == ["desktop/importing/fetching.py"]


def test_a_window_has_no_network_until_it_is_asked_for() -> None:
    code = (
        "import sys, desktop.window, desktop.app\n"
        "assert 'PySide6.QtNetwork' not in sys.modules, 'loaded'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_POST = do_OPTIONS = do_GET

    def log_message(self, format: str, *args: object) -> None:
        return


AUDIT = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise SystemExit(f"reached out: {event} {arguments}")
sys.addaudithook(refuse)
from desktop.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_files_that_call_home_are_read_without_a_call(tmp_path: Path) -> None:
    server = _Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    home = f"http://127.0.0.1:{server.server_address[1]}"
    page = (
        f'<!DOCTYPE html SYSTEM "{home}/html.dtd"><html><head><base href="{home}/">'
        f'<link rel=stylesheet href="{home}/style"><meta http-equiv=refresh content="0;{home}/r">'
        f'<script src="{home}/script"></script></head><body><p>The mayor denied it on Monday.</p>'
        f'<img src="{home}/picture"><iframe src="{home}/frame"></iframe><object data="{home}/o">'
        f'</object><video src="{home}/film"></video></body></html>'
    )
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY % d SYSTEM "{home}/entity"> %d;]>'
        f'<?xml-stylesheet href="{home}/sheet"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        "<p>The mayor denied it on Monday.</p></body></html>"
    )
    mail = (
        f"From: a@b.example\nSubject: Fire\nMIME-Version: 1.0\nContent-Type: text/html\n"
        f"Message-ID: <1@b>\nX-Face: {home}/x\nDisposition-Notification-To: {home}/read\n\n{page}"
    )
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "b.xhtml").write_text(xml)
    (tmp_path / "c.eml").write_text(mail)
    (tmp_path / "d.md").write_text(f"# Fire\n\n![picture]({home}/md) The mayor denied it.\n")
    (tmp_path / "e.txt").write_text(f"{home}/address")
    (tmp_path / "f.url").write_text(f"[InternetShortcut]\nURL={home}/shortcut\nIconFile={home}/i")
    (tmp_path / "g.json").write_text(f'{{"$schema": "{home}/schema", "title": "Fire"}}')
    try:
        names = [str(path) for path in sorted(tmp_path.iterdir())]
        done = subprocess.run(
            [sys.executable, "-c", AUDIT, "read", *names],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert "reached out" not in done.stderr
    assert "mayor denies" in done.stdout, done.stderr
    assert server.asked == []
