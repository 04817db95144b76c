"""Text, parts of pages and addresses become documents of their own."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QUrl

from desktop import pasting
from extraction.documents import read_document
from extraction.model import Document


def mime_of(text: str = "", html: str = "") -> QMimeData:
    mime = QMimeData()
    if text:
        mime.setText(text)
    if html:
        mime.setHtml(html)
    return mime


def words_in(path: Path) -> str:
    kind = "text/html" if path.suffix == ".html" else "text/plain"
    return read_document(Document(path.name, path.read_bytes(), "0" * 64, kind)).text


def test_plain_text_keeps_its_words_and_a_second_one_its_own_file(tmp_path: Path) -> None:
    first = pasting.keep(mime_of("The mill at Tårn burned down.\n\nNobody was hurt."), tmp_path)
    second = pasting.keep(mime_of("The ferry stopped."), tmp_path)
    assert first.name.startswith("Pasted text, ")
    assert (first.suffix, first != second) == (".txt", True)
    assert "Tårn burned down." in words_in(first)
    assert words_in(second).strip() == "The ferry stopped."


def test_a_part_of_a_page_stays_a_page_whatever_encoding_it_names(tmp_path: Path) -> None:
    html = '<meta charset="utf-16"><h1>Fire</h1><p>The mill at Tårn burned <b>down</b>.</p>'
    path = pasting.keep(mime_of("Fire The mill at Tårn burned down.", html), tmp_path)
    assert path.suffix == ".html"
    assert "The mill at Tårn burned down." in words_in(path)


def test_an_address_alone_is_kept_and_not_fetched(tmp_path: Path) -> None:
    mime = mime_of("https://example.org/mill", '<a href="https://example.org/mill">Mill</a>')
    assert pasting.is_address(mime)
    assert pasting.in_words(mime) == "the address"
    path = pasting.keep(mime, tmp_path)
    assert path.name.startswith("Address, ")
    assert "https://example.org/mill" in path.read_text("utf-8-sig")
    link = QMimeData()
    link.setUrls([QUrl("https://example.org/mill")])
    assert pasting.is_address(link)
    assert not pasting.is_address(mime_of("See https://example.org/mill for more"))


def test_nothing_is_nothing(tmp_path: Path) -> None:
    assert not pasting.offers_text(None)
    assert not pasting.offers_text(QMimeData())
    assert not pasting.offers_text(mime_of(" \n "))


def test_old_ones_are_forgotten(tmp_path: Path) -> None:
    old = pasting.keep(mime_of("Long ago."), tmp_path)
    os.utime(old, (0, 0))
    new = pasting.keep(mime_of("Now."), tmp_path)
    assert list(tmp_path.iterdir()) == [new]


@given(st.text(min_size=1))
def test_any_text_can_be_kept(tmp_path_factory: object, text: str) -> None:
    mime = mime_of(text)
    if pasting.offers_text(mime):
        folder = tmp_path_factory.mktemp("pasted")  # type: ignore[attr-defined]
        assert pasting.keep(mime, folder).stat().st_size > 0
