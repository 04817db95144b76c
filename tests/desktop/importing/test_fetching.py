"""An address is kept, and its page comes when its button is pressed and not before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop import places
from desktop.addresses import address_of, fetch_in_words, host_of, is_of_this_network
from desktop.importing import engine, fetching
from desktop.importing.workers import Pool
from desktop.messages import Severity, of_fetch_problem
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window
from tests.desktop.importing.test_fetching_page import PAGE, Server
from tests.desktop.importing.test_fetching_page import server as server

Open = Callable[[str], Window]


class KeptPool(Pool):
    """Worker processes that stay for the next test."""

    def close(self) -> None:
        return


@pytest.fixture(scope="module")
def workers() -> Iterator[Pool]:
    pool = KeptPool(1)
    yield pool
    Pool.close(pool)


@pytest.fixture
def window(
    app: QApplication, qtbot: QtBot, workers: Pool, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(engine, "make_pool", lambda: workers)
    window = Window(Session(), Settings())
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


@pytest.fixture
def drop(window: Window, qtbot: QtBot, tmp_path: Path) -> Callable[[str], int]:
    """Import an address as it is kept when dropped; gives the article's id."""

    def drop(address: str) -> int:
        path = tmp_path / "address.txt"
        path.write_text(address, "utf-8")
        with qtbot.waitSignal(window.imports.finished, timeout=30_000) as told:
            window.imports.take([path])
        assert told.args
        return int(told.args[0].added[0])

    return drop


def button(window: Window) -> QPushButton:
    return window.workspace.reader.fetch_button


def agree(window: Window, qtbot: QtBot) -> None:
    """Press the button of the question whether to go into one's own network."""
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    box = window.findChildren(QMessageBox)[0]
    go = next(item for item in box.buttons() if item.text().startswith("Fetch"))
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)


def test_a_press_turns_the_address_into_the_article(
    window: Window, drop: Callable[[str], int], server: Server, qtbot: QtBot
) -> None:
    address = server.give("/mill")
    article_id = drop(address)
    row = window.session.article(article_id)
    assert (address_of(row), row.claim_count, row.version) == (address, 0, 1)
    assert row.published_start is None
    assert button(window).isVisible()
    assert button(window).text() == f"Fetch from the network: {host_of(address)}"
    assert server.asked == []
    with qtbot.waitSignal(window.imports.finished, timeout=30_000):
        qtbot.mouseClick(button(window), Qt.MouseButton.LeftButton)
        agree(window, qtbot)
    assert server.asked == ["/mill"]
    row = window.session.article(article_id)
    assert (row.title, row.version, address_of(row)) == ("Mill burns at Tårn", 2, "")
    assert not button(window).isVisible()
    dossier = window.session.dossier
    assert dossier is not None
    assert "nobody was hurt" in dossier.article_text(article_id)
    assert PAGE in dossier.document_bytes(row.document_id)
    assert len(window.session.articles()) == 1
    dossier.undo()
    assert address_of(window.session.article(article_id)) == address


def test_nothing_is_fetched_without_a_yes(
    window: Window, drop: Callable[[str], int], server: Server, qtbot: QtBot
) -> None:
    article_id = drop(server.give("/mill"))
    window.imports.fetches.fetch(article_id)
    (box,) = window.findChildren(QMessageBox)
    assert server.site.removeprefix("http://") in box.text()
    box.reject()
    qtbot.wait(200)
    assert server.asked == []


def test_what_goes_wrong_is_told_in_words_and_leaves_the_address(
    window: Window, drop: Callable[[str], int], server: Server, qtbot: QtBot
) -> None:
    article_id = drop(server.give("/gone", b"", 404))
    window.imports.fetches.fetch(article_id)
    agree(window, qtbot)
    qtbot.waitUntil(
        lambda: window.bar.message is not None and "404" in window.bar.message.text, timeout=5000
    )
    assert address_of(window.session.article(article_id))
    assert button(window).isVisible()
    # It may be pressed again.
    server.give("/gone")
    with qtbot.waitSignal(window.imports.finished, timeout=30_000):
        window.imports.fetches.fetch(article_id)
        agree(window, qtbot)
    assert window.session.article(article_id).version == 2


def test_the_import_report_and_the_library_offer_it_too(
    window: Window, drop: Callable[[str], int]
) -> None:
    article_id = drop("https://example.org/mill?utm_source=x")
    asked: list[int] = []
    window.imports.fetches.fetch = asked.append  # type: ignore[method-assign]
    (message,) = [window.bar.message]
    assert message is not None
    assert "was not fetched" in message.text
    window.imports.show_reports()
    reports = window.imports._reports
    assert reports is not None
    assert "Kept as an address only: 1 article" in reports.plain_text()
    assert "Fetch from the network: example.org" in reports.plain_text()
    menu = window.workspace.library.article_menu(article_id)
    assert menu.actions()[0].text() == "Fetch from the network: example.org"
    reports.close()


def test_the_page_is_named_by_host_and_time(tmp_path: Path) -> None:
    first = fetching.keep(b"1", "https://example.org:8080/a/../b", tmp_path)
    second = fetching.keep(b"2", "https://example.org:8080/", tmp_path)
    assert first.name.startswith("example.org-8080, ")
    assert (first.suffix, first != second, second.read_bytes()) == (".warc", True, b"2")
    assert first.parent == tmp_path
    assert places.pasted_folder() != tmp_path


def test_the_button_names_the_host_letter_by_letter() -> None:
    assert fetch_in_words("https://example.org/a") == "Fetch from the network: example.org"
    assert host_of("https://ex\u0430mple.org/") == "xn--exmple-4nf.org"
    assert host_of("http://user@example.org:8080/") == "example.org:8080"


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("localhost", True),
        ("printer", True),
        ("nas.local", True),
        ("192.168.0.1", True),
        ("[fd00::1]", True),
        ("::ffff:10.0.0.1", True),
        ("93.184.216.34", False),
        ("example.org", False),
    ],
)
def test_what_is_of_this_network(host: str, near: bool) -> None:
    assert is_of_this_network(host) is near


@pytest.mark.parametrize("code", ["status-503", "too-big", "no-network", "private", "no-text"])
def test_each_failure_has_words_and_a_remedy(code: str) -> None:
    message = of_fetch_problem(code, "example.org", "https://example.org/a", "70000000")
    assert message.severity is Severity.WARNING
    assert message.remedy
    assert "{" not in str(message)


def test_a_fetch_can_be_stopped_and_begun_again(
    window: Window, drop: Callable[[str], int], server: Server, qtbot: QtBot
) -> None:
    address = server.give("/mill")
    article_id = drop(address)
    answer = server.answers["/mill"]
    go = threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        go.wait(10)
        answer(handler)

    server.answers["/mill"] = slow
    window.imports.fetches.fetch(article_id)
    agree(window, qtbot)
    qtbot.waitUntil(lambda: server.asked == ["/mill"], timeout=5000)
    # A second press while it runs asks for nothing.
    window.imports.fetches.fetch(article_id)
    assert len(window.tasks.running()) == 1
    window.tasks.running()[0].stop()
    qtbot.waitUntil(lambda: not window.tasks.running(), timeout=3000)
    go.set()
    assert address_of(window.session.article(article_id)) == address
    with qtbot.waitSignal(window.imports.finished, timeout=30_000):
        window.imports.fetches.fetch(article_id)
        agree(window, qtbot)
    assert window.session.article(article_id).version == 2
