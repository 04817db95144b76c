"""Fetches one page over the network. Nothing else in the program reaches out, and nobody but a
person who presses the button for this very address calls it.

Made with Qt's own network classes, because they bring no further library, take the certificates
and the proxy of the system, and let the connection be bound to an address that was looked at.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import shiboken6
from PySide6.QtCore import QByteArray, QEventLoop, QTimer, QUrl
from PySide6.QtNetwork import (
    QHostInfo,
    QNetworkAccessManager,
    QNetworkProxy,
    QNetworkProxyFactory,
    QNetworkProxyQuery,
    QNetworkReply,
    QNetworkRequest,
)

from desktop.addresses import is_of_this_network, is_public
from extraction.documents.fetched import Answer, archive_of, kind_of_answer, promises_text

MOST_BYTES = 32 * 2**20
MOST_REDIRECTS = 5
MOST_SECONDS = 90.0
MOST_SILENT = 20.0
"""Seconds in which nothing comes."""

AGENT = "Claimline/0.1 (desktop reader; fetched once, because a person asked for this page)"

_OPEN_PORTS = (80, 443)
_POLL = 50
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = {
    b"User-Agent": AGENT.encode(),
    b"Accept": b"text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.1",
    # Said outright, or Qt names the language and the country of the machine.
    b"Accept-Language": b"en, *;q=0.5",
    # The bytes are kept as they come.
    b"Accept-Encoding": b"identity",
}
_FAULTS = {
    QNetworkReply.NetworkError.HostNotFoundError: "not-found",
    QNetworkReply.NetworkError.ConnectionRefusedError: "refused",
    QNetworkReply.NetworkError.RemoteHostClosedError: "broken-off",
    QNetworkReply.NetworkError.TimeoutError: "slow",
    QNetworkReply.NetworkError.OperationCanceledError: "slow",
    QNetworkReply.NetworkError.SslHandshakeFailedError: "not-secure",
    QNetworkReply.NetworkError.TemporaryNetworkFailureError: "no-network",
    QNetworkReply.NetworkError.UnknownNetworkError: "no-network",
    QNetworkReply.NetworkError.NetworkSessionFailedError: "no-network",
}

Told = Callable[[int, int], None]
Resolve = Callable[[str], list[str]]


class FetchError(Exception):
    """``code`` as in ``desktop.messages``; ``detail`` is a number, a kind or an address."""

    def __init__(self, code: str, address: str, detail: str = "") -> None:
        super().__init__(code, address, detail)
        self.code, self.address, self.detail = code, address, detail


class Stopped(Exception):
    """A person changed his mind."""


@dataclass(frozen=True)
class Bounds:
    """What one fetch may take; ``at_home`` lets it go to this machine and its own network, as far
    as the address itself names them."""

    bytes: int = MOST_BYTES
    seconds: float = MOST_SECONDS
    silent: float = MOST_SILENT
    redirects: int = MOST_REDIRECTS
    at_home: bool = False


def fetch(
    address: str,
    *,
    bounds: Bounds = Bounds(),
    told: Told = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
    resolve: Resolve | None = None,
) -> bytes:
    """The web archive of a page. Blocks its thread, which must not be the GUI's.

    ``told`` hears of bytes come and expected (0 where unknown). Raises ``FetchError``, or
    ``Stopped`` within a tenth of a second after ``stop`` says so.
    """
    work = _Work(address, bounds, told, stop, resolve)
    try:
        return work.run()
    finally:
        work.end()


class _Work:
    """One fetch with its redirects."""

    def __init__(
        self,
        address: str,
        bounds: Bounds,
        told: Told,
        stop: Callable[[], bool],
        resolve: Resolve | None,
    ) -> None:
        self._address = address
        self._bounds = bounds
        self._told = told
        self._stop = stop
        self._resolve = resolve or self._look_up
        self._until = time.monotonic() + bounds.seconds
        self._manager = QNetworkAccessManager()

    def run(self) -> bytes:
        url = QUrl(self._address, QUrl.ParsingMode.TolerantMode)
        home = url.host() if self._bounds.at_home else None
        answers: list[Answer] = []
        for _ in range(self._bounds.redirects + 1):
            self._check(url)
            answer = self._ask(url, home)
            answers.append(answer)
            code = int(answer.status.partition(" ")[0])
            if code in _REDIRECTS and answer.header("location"):
                after = url.resolved(QUrl(answer.header("location")))
                if url.scheme() == "https" and after.scheme() == "http":
                    raise FetchError("unsafe", self._address, after.host())
                url = after
                continue
            if code != 200:
                raise FetchError(f"status-{code}", self._address, answer.status)
            if not answer.body.strip():
                raise FetchError("empty", self._address)
            if kind_of_answer(answer) is None:
                kind = answer.header("content-type").partition(";")[0].strip()
                raise FetchError("no-text", self._address, kind)
            return archive_of(answers, AGENT)
        raise FetchError("redirects", self._address, str(self._bounds.redirects))

    def end(self) -> None:
        """Close all connections, here: Qt's objects must go in the thread that made them."""
        shiboken6.delete(self._manager)

    def _check(self, url: QUrl) -> None:
        """Refuse what is no plain address of a page."""
        scheme = url.scheme().lower()
        if not url.isValid() or scheme not in ("http", "https") or not url.host():
            raise FetchError("scheme", self._address, scheme)
        if url.userInfo():
            raise FetchError("password", self._address)
        port = url.port()
        if port != -1 and port < 1024 and port not in _OPEN_PORTS:
            raise FetchError("port", self._address, str(port))

    def _ask(self, url: QUrl, home: str | None) -> Answer:
        """One request, bound to an address that was looked at before."""
        host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
        at_home = home is not None and url.host() == home
        if is_of_this_network(host) and not at_home:
            raise FetchError("private", self._address, host)
        proxy = None if at_home else _proxy_for(url)
        if proxy is not None:
            self._manager.setProxy(proxy)
            return self._request(url, None)
        found = self._resolve(host)
        if not found:
            raise FetchError("not-found", self._address, host)
        if not at_home and not all(is_public(one) for one in found):
            raise FetchError("private", self._address, host)
        # An address of the older kind first: more machines can reach it.
        for last, one in enumerate(sorted(found, key=lambda item: ":" in item)[:4], 1 - len(found)):
            try:
                return self._request(url, one)
            except FetchError as error:
                if error.code not in ("refused", "no-network") or last >= 0:
                    raise
        raise FetchError("refused", self._address, host)

    def _look_up(self, host: str) -> list[str]:
        bare = host.strip("[]")
        try:
            is_public(bare)
        except ValueError:
            found: list[QHostInfo] = []
            # It cannot be broken off, so nobody waits for it who was told to stop.
            work = threading.Thread(target=lambda: found.append(QHostInfo.fromName(host)))
            work.daemon = True
            work.start()
            self._wait(lambda: bool(found))
            return [item.toString() for item in found[0].addresses()]
        return [bare]

    def _request(self, url: QUrl, bound: str | None) -> Answer:
        request = QNetworkRequest(url)
        if bound is not None:
            at = QUrl(url)
            at.setHost(bound)
            request = QNetworkRequest(at)
            host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
            port = f":{url.port()}" if url.port() != -1 else ""
            request.setPeerVerifyName(host)
            request.setRawHeader(b"Host", f"{_bracketed(host)}{port}".encode())
        for name, value in _HEADERS.items():
            request.setRawHeader(name, value)
        attribute = QNetworkRequest.Attribute
        request.setAttribute(attribute.Http2AllowedAttribute, False)
        request.setAttribute(
            attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy
        )
        request.setTransferTimeout(int(self._bounds.silent * 1000))
        reply = self._manager.get(request)
        try:
            return self._taken(reply, url)
        finally:
            # It dies with the manager: to be deleted in the midst of a loop brings Qt down.
            reply.abort()

    def _taken(self, reply: QNetworkReply, url: QUrl) -> Answer:
        body = bytearray()
        refused: list[FetchError] = []

        def take() -> None:
            if reply.isOpen():
                body.extend(bytes(reply.readAll().data()))
            if refused:
                return
            expected = _length(reply)
            kind = _words(reply.rawHeader("Content-Type"))
            if max(len(body), expected) > self._bounds.bytes:
                size = str(max(len(body), expected))
                refused.append(FetchError("too-big", self._address, size))
            elif _status(reply) == 200 and not promises_text(kind):
                plain = kind.partition(";")[0].strip()
                refused.append(FetchError("no-text", self._address, plain))
            else:
                self._told(len(body), expected)

        reply.readyRead.connect(take)
        self._wait(lambda: reply.isFinished() or bool(refused))
        if not refused:
            take()
        if refused:
            raise refused[0]
        status = _status(reply)
        if not status:
            code = _FAULTS.get(reply.error(), "broken-off")
            raise FetchError(code, self._address, _detail(reply, url))
        if reply.error() == QNetworkReply.NetworkError.RemoteHostClosedError:
            raise FetchError("broken-off", self._address, url.host())
        if reply.error() == QNetworkReply.NetworkError.OperationCanceledError:
            raise FetchError("slow", self._address, url.host())
        words = str(reply.attribute(QNetworkRequest.Attribute.HttpReasonPhraseAttribute) or "")
        headers = tuple((_words(name), _words(value)) for name, value in reply.rawHeaderPairs())
        now = datetime.now(UTC).replace(microsecond=0)
        return Answer(
            url.toString(QUrl.ComponentFormattingOption.FullyEncoded),
            now,
            f"{status} {words}".strip(),
            headers,
            bytes(body),
        )

    def _wait(self, done: Callable[[], bool]) -> None:
        """Let the network work until something is done, a person stops it or time is up."""
        loop = QEventLoop()
        timer = QTimer()
        timer.setInterval(_POLL)
        timer.timeout.connect(
            lambda: loop.quit() if done() or self._stop() or self._late() else None
        )
        timer.start()
        if not done():
            loop.exec()
        for item in (timer, loop):
            shiboken6.delete(item)
        if done():
            return
        if self._stop():
            raise Stopped
        raise FetchError("slow", self._address, f"{self._bounds.seconds:.0f}")

    def _late(self) -> bool:
        return time.monotonic() > self._until


def _proxy_for(url: QUrl) -> QNetworkProxy | None:
    """The proxy that this system asks for, which then looks names up itself."""
    for proxy in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(url)):
        if proxy.type() in (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.Socks5Proxy):
            return proxy
    return None


def _status(reply: QNetworkReply) -> int:
    return int(reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute) or 0)


def _length(reply: QNetworkReply) -> int:
    told = _words(reply.rawHeader("Content-Length"))
    return int(told) if re.fullmatch("[0-9]{1,15}", told) else 0


def _words(raw: QByteArray) -> str:
    return bytes(raw.data()).decode("latin-1")


def _detail(reply: QNetworkReply, url: QUrl) -> str:
    secure = reply.error() == QNetworkReply.NetworkError.SslHandshakeFailedError
    return reply.errorString()[:120] if secure else url.host()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
