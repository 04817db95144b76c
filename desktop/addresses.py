"""Addresses of pages that a dossier keeps without their text, and what is shown of them."""

from __future__ import annotations

import ipaddress

from PySide6.QtCore import QCoreApplication, QUrl

from db.rows import ArticleRow

_LONGEST_HOST = 40
_ONLY_ADDRESS = "address-only:"


def address_of(article: ArticleRow) -> str:
    """The address of an article that is nothing else yet; empty for one that has a text."""
    found = (text for text in article.warnings if text.startswith(_ONLY_ADDRESS))
    return next(found, "").removeprefix(_ONLY_ADDRESS)


def host_of(address: str) -> str:
    """The host, with its port if that is unusual, letter by letter: no letter only looks right."""
    url = QUrl(address, QUrl.ParsingMode.TolerantMode)
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return f"{host}:{url.port()}" if url.port() != -1 else host


def fetch_in_words(address: str) -> str:
    """What the button says: that it goes to the network, and where to."""
    words = QCoreApplication.translate("Fetching", "Fetch from the network: {host}")
    host = host_of(address)
    # The end of a host says whose it is.
    return words.format(host=host if len(host) <= _LONGEST_HOST else f"…{host[-_LONGEST_HOST:]}")


def is_of_this_network(host: str) -> bool:
    """Whether a host names this machine or one of its own network outright."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".lan")):
        return True
    try:
        return not is_public(host.strip("[]"))
    except ValueError:
        return "." not in name


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet. Raises ``ValueError`` for no address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inside is not None:
            found = inside
    return found.is_global and not found.is_multicast


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
