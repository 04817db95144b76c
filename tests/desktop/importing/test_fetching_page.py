"""A page is fetched from a server of this machine, within its bounds; what goes wrong is told."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from desktop.importing.fetching_page import AGENT, Bounds, FetchError, Stopped, fetch
from extraction.documents import documents_in, read_document
from extraction.model import Document

PAGE = (
    "<html lang='en'><head><title>Mill</title></head><body><article><h1>Mill burns at Tårn</h1>"
    "<p>The mill at Tårn burned down on Tuesday, and the mayor said that nobody was hurt.</p>"
    "</article><img src='/picture.png'><script src='/script.js'></script></body></html>"
).encode()
HTML = ("Content-Type", "text/html; charset=utf-8")
AT_HOME = Bounds(at_home=True)

Answers = dict[str, Callable[[BaseHTTPRequestHandler], None]]


class Server(ThreadingHTTPServer):
    """Answers by path; notes what it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fields: list[dict[str, str]] = []
        self.answers: Answers = {}
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def give(
        self, path: str, body: bytes = PAGE, status: int = 200, *fields: tuple[str, str]
    ) -> str:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in fields or (HTML,):
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer
        return self.site + path


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.fields.append({k.lower(): v for k, v in self.headers.items()})
        answer = self.server.answers.get(self.path)
        if answer is None:
            self.send_error(404)
            return
        try:
            answer(self)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_proxy(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


def refusal(address: str, bounds: Bounds = AT_HOME, **more: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(address, bounds=bounds, **more)  # type: ignore[arg-type]
    return caught.value


def test_a_page_is_kept_with_its_address_the_time_and_its_bytes(
    server: Server, tmp_path: Path
) -> None:
    address = server.give("/mill?id=1")
    told: list[tuple[int, int]] = []
    data = fetch(address, bounds=AT_HOME, told=lambda *size: told.append(size))
    assert PAGE in data
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    (document,) = documents_in(path)
    assert isinstance(document, Document)
    article = read_document(document)
    assert (article.title, article.url) == ("Mill burns at Tårn", address)
    assert "nobody was hurt" in article.text
    assert document.modified is not None
    assert abs(document.modified.timestamp() - time.time()) < 86_400
    assert told[-1] == (len(PAGE), len(PAGE))
    # The page and nothing that belongs to it.
    assert server.asked == ["/mill?id=1"]


def test_the_program_says_who_it_is_and_nothing_of_the_machine(server: Server) -> None:
    fetch(server.give("/"), bounds=AT_HOME)
    fields = server.fields[0]
    assert fields["user-agent"] == AGENT
    assert fields["host"] == server.site.removeprefix("http://")
    assert fields["accept-language"] == "en, *;q=0.5"
    assert not {"cookie", "referer"} & fields.keys()


def test_a_name_is_looked_up_once_and_the_connection_bound_to_what_was_found(
    server: Server, tmp_path: Path
) -> None:
    server.give("/mill")
    port = server.server_address[1]
    address = f"http://paper.example:{port}/mill"
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    data = fetch(address, bounds=AT_HOME, resolve=resolve)
    assert asked == ["paper.example"]
    assert server.fields[0]["host"] == f"paper.example:{port}"
    (response,) = [r for r in ArchiveIterator(io.BytesIO(data)) if r.rec_type == "response"]
    assert response.rec_headers.get_header("WARC-Target-URI") == address


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_it_follows_where_it_is_sent_on_and_keeps_each_answer(server: Server, status: int) -> None:
    server.give("/new")
    data = fetch(server.give("/old", b"", status, ("Location", "/new")), bounds=AT_HOME)
    records = [r for r in ArchiveIterator(io.BytesIO(data)) if r.rec_type == "response"]
    found = [(r.rec_headers.get_header("WARC-Target-URI"), r.http_headers) for r in records]
    assert [(a, h.get_statuscode()) for a, h in found] == [
        (f"{server.site}/old", str(status)),
        (f"{server.site}/new", "200"),
    ]


def test_it_does_not_run_in_circles(server: Server) -> None:
    address = server.give("/a", b"", 302, ("Location", "/a"))
    assert refusal(address).code == "redirects"
    assert len(server.asked) == AT_HOME.redirects + 1


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("file:///etc/hostname", "scheme"),
        ("ftp://127.0.0.1/a", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("http://name:word@127.0.0.1/", "password"),
        ("http://127.0.0.1:25/", "port"),
        ("http://10.0.0.1/", "private"),
        ("http://printer.local/", "private"),
        ("http://[::1]/", "private"),
    ],
)
def test_it_is_sent_on_nowhere_but_to_pages_of_the_open_network(
    server: Server, location: str, code: str
) -> None:
    assert refusal(server.give("/a", b"", 302, ("Location", location))).code == code
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://10.1.2.3/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://224.0.0.1/",
        "http://0.0.0.0/",
        "http://intranet/",
    ],
)
def test_nothing_of_this_network_unless_a_person_named_it(address: str) -> None:
    assert refusal(address, Bounds(), resolve=lambda host: ["127.0.0.1"]).code == "private"


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"]])
def test_a_name_that_leads_home_is_refused(found: list[str]) -> None:
    error = refusal("http://paper.example/", Bounds(), resolve=lambda host: found)
    assert error.code == "private"


@pytest.mark.parametrize("address", ["ftp://a.example/", "file:///etc/hostname", "http://", "mill"])
def test_only_addresses_of_pages(address: str) -> None:
    assert refusal(address).code == "scheme"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503])
def test_an_answer_that_is_no_page_is_told_by_its_number(server: Server, status: int) -> None:
    error = refusal(server.give("/gone", PAGE, status))
    assert error.code == f"status-{status}"


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/zip", "text/css"])
def test_what_is_no_text_is_not_even_taken(server: Server, kind: str) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b"x" * 1000)
            time.sleep(0.05)

    server.answers["/film"] = answer
    start = time.monotonic()
    error = refusal(server.site + "/film")
    assert (error.code, error.detail) == ("no-text", kind)
    assert time.monotonic() - start < 2


def test_without_a_kind_the_bytes_tell(server: Server, tmp_path: Path) -> None:
    octets = ("Content-Type", "application/octet-stream")
    data = fetch(server.give("/a", PAGE, 200, octets), bounds=AT_HOME)
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    (document,) = documents_in(path)
    assert isinstance(document, Document)
    assert read_document(document).title == "Mill burns at Tårn"
    assert refusal(server.give("/b", b"\x89PNG\r\n\0\0", 200, octets)).code == "no-text"
    assert refusal(server.give("/c", b" \n")).code == "empty"


def test_too_much_is_broken_off(server: Server) -> None:
    few = Bounds(at_home=True, bytes=5000)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header(*HTML)
        handler.end_headers()
        while True:
            handler.wfile.write(b"<p>more</p>" * 100)

    server.answers["/endless"] = endless
    assert refusal(server.site + "/endless", few).code == "too-big"
    assert refusal(server.give("/long", PAGE * 100), few).code == "too-big"


def test_what_is_slow_or_silent_is_broken_off(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header(*HTML)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"<p>")
            handler.wfile.flush()
            time.sleep(0.05)

    def silent(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(2)

    server.answers |= {"/drip": drip, "/silent": silent}
    for path, bounds in (
        ("/drip", Bounds(at_home=True, seconds=0.5)),
        ("/silent", Bounds(at_home=True, silent=0.5)),
    ):
        start = time.monotonic()
        assert refusal(server.site + path, bounds).code == "slow"
        assert time.monotonic() - start < 1.8


def test_an_answer_that_ends_too_soon_is_no_page(server: Server) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header(*HTML)
        handler.send_header("Content-Length", "99999")
        handler.end_headers()
        handler.wfile.write(PAGE)

    server.answers["/short"] = short
    assert refusal(server.site + "/short").code == "broken-off"


def test_nobody_there(server: Server) -> None:
    port = server.server_address[1]
    server.shutdown()
    server.server_close()
    assert refusal(f"http://127.0.0.1:{port}/").code == "refused"
    assert refusal("http://paper.example/", Bounds(), resolve=lambda host: []).code == "not-found"


def test_it_can_be_stopped(server: Server) -> None:
    begun = threading.Event()

    def wait(handler: BaseHTTPRequestHandler) -> None:
        begun.set()
        time.sleep(2)

    server.answers["/wait"] = wait
    start = time.monotonic()
    with pytest.raises(Stopped):
        fetch(server.site + "/wait", bounds=AT_HOME, stop=begun.is_set)
    assert time.monotonic() - start < 1.5
