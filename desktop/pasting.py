"""Text, a part of a web page or an address, dragged or pasted, as a document to be read."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData

from desktop import places

KEPT_DAYS = 7
"""Days that a pasted text stays as a file: an import that broke off may want it again."""

MOST = 20_000_000
"""Characters of a text that are taken; no article is so long."""

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def offers_text(mime: QMimeData | None) -> bool:
    """Whether there is something to read that is no file."""
    return mime is not None and bool(text_of(mime).strip())


def text_of(mime: QMimeData) -> str:
    """The plain words, or the address where there is nothing else."""
    if mime.hasText():
        return mime.text()[:MOST]
    if mime.hasHtml():
        return mime.html()[:MOST]
    return "\n".join(url.toString() for url in mime.urls() if url.scheme() in ("http", "https"))


def is_address(mime: QMimeData) -> bool:
    """Whether it is an address alone, as when a link is dragged."""
    return _ADDRESS.fullmatch(text_of(mime).strip()) is not None


def in_words(mime: QMimeData) -> str:
    """What a drop would read."""
    if is_address(mime):
        return QCoreApplication.translate("Pasting", "the address")
    return QCoreApplication.translate("Pasting", "this text")


def keep(mime: QMimeData, folder: Path | None = None) -> Path:
    """Write what is offered to a file of its own and give its path. Raises ``OSError``.

    Web pages stay pages, so that headings and links are told apart; an address is not fetched.
    """
    folder = folder or places.pasted_folder()
    folder.mkdir(parents=True, exist_ok=True)
    _forget_old(folder)
    text = text_of(mime)
    if is_address(mime):
        name, ending, text = QCoreApplication.translate("Pasting", "Address"), ".txt", text.strip()
    else:
        name, ending = QCoreApplication.translate("Pasting", "Pasted text"), ".txt"
        if mime.hasHtml():
            ending, text = ".html", _page(mime.html()[:MOST])
    path = _free(folder, f"{name}, {date.today().isoformat()}", ending)
    # The mark at the front outweighs what the page says of its encoding.
    path.write_text(text, "utf-8-sig", errors="replace", newline="")
    return path


def _page(html: str) -> str:
    if re.search(r"<body\b", html, re.IGNORECASE):
        return html
    return f"<!DOCTYPE html><html><head><title></title></head><body>{html}</body></html>"


def _free(folder: Path, stem: str, ending: str) -> Path:
    path, number = folder / f"{stem}{ending}", 2
    while path.exists():
        path = folder / f"{stem} {number}{ending}"
        number += 1
    return path


def _forget_old(folder: Path) -> None:
    latest = time.time() - KEPT_DAYS * 86_400
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_file() and path.stat().st_mtime < latest:
                path.unlink()
