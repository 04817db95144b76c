"""An address alone, in a shortcut or in a list is kept as an address and as nothing else."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from extraction.documents import documents_in, kinds, read_document
from extraction.model import Article, BlockKind, DateBasis, Document, UnreadableDocument

PAGE = "https://example.org/2031/mill?id=7"


def read(path: Path, data: bytes) -> list[Article | str]:
    path.write_bytes(data)
    return [
        read_document(found) if isinstance(found, Document) else found.reason
        for found in documents_in(path)
    ]


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("a.txt", PAGE.encode(), "example.org/2031/mill"),
        ("a", f"\ufeff {PAGE}\r\n".encode(), "example.org/2031/mill"),
        ("Mill burns.url", f"[InternetShortcut]\r\nURL={PAGE}\r\n".encode(), "Mill burns"),
        (
            "Mill burns.url",
            f"[{{000214A0}}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nIDList=\r\nURL={PAGE}".encode(),
            "Mill burns",
        ),
        ("Mill.webloc", plistlib.dumps({"URL": PAGE}), "Mill"),
        ("Mill.webloc", plistlib.dumps({"URL": PAGE}, fmt=plistlib.FMT_BINARY), "Mill"),
        ("m.desktop", f"[Desktop Entry]\nType=Link\nURL={PAGE}\nName=x\n".encode(), "m"),
    ],
)
def test_an_address_is_an_article_without_a_text(
    tmp_path: Path, name: str, data: bytes, title: str
) -> None:
    (article,) = read(tmp_path / name, data)
    assert isinstance(article, Article)
    assert (article.mime, article.url, article.title) == (kinds.ADDRESS, PAGE, title)
    assert [block.kind for block in article.blocks] == [BlockKind.METADATA]
    assert article.published.basis is DateBasis.NONE
    assert article.warnings == (f"address-only:{PAGE}",)
    assert dict(article.grounds)["url"] == "the address that was kept"


def test_a_list_is_as_many_addresses(tmp_path: Path) -> None:
    lines = "# from the mail of Tuesday\n" + "\n".join(f"{PAGE}{n}" for n in range(300)) + "\n"
    found = read(tmp_path / "links.txt", lines.encode())
    assert [article.url for article in found if isinstance(article, Article)] == [
        f"{PAGE}{number}" for number in range(300)
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Read {PAGE} before Tuesday.",
        f"{PAGE}\n\nThe mill burned down on Tuesday.",
        "ftp://example.org/mill",
        "https://",
    ],
)
def test_a_text_with_an_address_stays_a_text(tmp_path: Path, text: str) -> None:
    (article,) = read(tmp_path / "a.txt", text.encode())
    assert isinstance(article, Article)
    assert article.mime == kinds.TEXT


@pytest.mark.parametrize(
    "data",
    [
        b"[InternetShortcut]\r\nURL=file:///etc/hostname\r\n",
        b"[InternetShortcut]\r\nURL=javascript:alert(1)\r\n",
        b"[InternetShortcut]\r\n",
    ],
)
def test_a_shortcut_to_no_page_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.url"
    path.write_bytes(data)
    (document,) = documents_in(path)
    assert isinstance(document, Document)
    with pytest.raises(UnreadableDocument) as caught:
        read_document(document)
    assert caught.value.reason == "unsupported"


def test_a_broken_shortcut_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.webloc"
    path.write_bytes(b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "b">]><plist>&a;</plist>')
    (document,) = documents_in(path)
    assert isinstance(document, Document)
    with pytest.raises(UnreadableDocument) as caught:
        read_document(document)
    assert caught.value.reason == "broken"
