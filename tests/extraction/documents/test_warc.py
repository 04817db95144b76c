from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path

import pytest

from extraction.documents import documents_in, make_document, read_document
from extraction.model import BlockKind, Document, UnreadableDocument
from tests.extraction.documents.pages import Paper
from tests.extraction.documents.test_archive import packed

PAGE = (
    "<html lang='en'><head><title>Ferry</title></head><body><article><h1>Ferry talks stall</h1>"
    "<p>The union left the café on Tuesday, and its leader said that the offer was no offer.</p>"
    "</article></body></html>"
)


def record(address: str, status: str, kind: str, data: bytes, encoding: str = "") -> bytes:
    packing = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{packing}"
    block = f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data
    return (
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
            "WARC-Date: 2021-03-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def archive(*, compress: bool = True, extra: bytes = b"") -> bytes:
    paper = Paper()
    paper.text(["The owners denied that they had made no offer to the union of Lorne."])
    site, latin = "https://example.org", "text/html; charset=latin-1"
    records = [
        record(f"{site}/ferry", "200 OK", latin, PAGE.encode("latin-1")),
        record(f"{site}/gone", "404 Not Found", "text/html", b"<p>No such page here."),
        record(f"{site}/a.png", "200 OK", "image/png", b"\x89PNG"),
        record(f"{site}/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
        record(f"{site}/offer.pdf", "200 OK", "application/pdf", paper.data()),
    ]
    if extra:
        records.append(record(f"{site}/bomb", "200 OK", "text/html", extra, "gzip"))
    return b"".join(gzip.compress(one) if compress else one for one in records)


def found_in(path: Path) -> tuple[list[Document], list[str]]:
    found = list(documents_in(path))
    documents = [item for item in found if isinstance(item, Document)]
    return documents, [item.reason for item in found if isinstance(item, UnreadableDocument)]


@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize("packing", ["plain", "wacz"])
def test_pages_of_an_archive(tmp_path: Path, compress: bool, packing: str) -> None:
    name = "all.warc.gz" if compress else "all.warc"
    data = archive(compress=compress)
    path = tmp_path / name
    if packing == "wacz":
        path = tmp_path / "all.wacz"
        data = packed({"datapackage.json": "{}", f"archive/{name}": data, "pages/p.jsonl": "{}"})
    path.write_bytes(data)
    documents, problems = found_in(path)
    assert problems == []
    assert [d.within[-1].member for d in documents] == [
        "https://example.org/ferry",
        "https://example.org/offer.pdf",
    ]
    assert len(documents[0].within) == (2 if packing == "wacz" else 1)
    page, pdf = (read_document(document) for document in documents)
    assert page.title == "Ferry talks stall"
    assert "café" in page.text
    assert page.url == "https://example.org/ferry"
    assert dict(page.grounds)["url"] == "address in the web archive"
    assert page.published.start == datetime(2021, 3, 3)
    assert "archived" in page.published.reasons[0]
    assert page.published.assumed == ("day",)
    assert any(block.kind is BlockKind.TITLE for block in page.blocks)
    assert "owners denied" in pdf.text
    assert pdf.url == "https://example.org/offer.pdf"
    # what is kept can be read again without the archive
    kept = documents[0]
    assert read_document(make_document(kept.data, "x", mime=kept.mime)).text == page.text


def test_a_page_that_unpacks_to_too_much_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(archive(extra=gzip.compress(b"<p>x</p>" * (8 * 2**20))))
    documents, _ = found_in(path)
    assert len(documents) == 3
    with pytest.raises(UnreadableDocument) as caught:
        read_document(documents[2])
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize("compress", [True, False])
def test_a_cut_record_is_broken(tmp_path: Path, compress: bool) -> None:
    whole = record("https://example.org/ferry", "200 OK", "text/html", PAGE.encode())
    path = tmp_path / "a.warc"
    path.write_bytes((gzip.compress(whole) if compress else whole)[:-60])
    documents, problems = found_in(path)
    for document in documents:
        with pytest.raises(UnreadableDocument) as caught:
            read_document(document)
        assert caught.value.reason == "broken"
    assert problems or documents


def test_what_stands_before_the_damage_is_kept(tmp_path: Path) -> None:
    whole = record("https://example.org/ferry", "200 OK", "text/html", PAGE.encode())
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(whole) * 3 + b"\x1f\x8b" + b"\xff" * 300)
    documents, problems = found_in(path)
    assert len(documents) == 3
    assert problems == ["broken"]
    assert read_document(documents[2]).title == "Ferry talks stall"


def test_an_archive_that_is_compressed_as_a_whole_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(archive(compress=False)))
    _, problems = found_in(path)
    assert problems == ["broken"]


def test_a_page_without_a_title_is_called_by_its_address(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    page = b"<p>The union left the table on Tuesday, its leader said.</p>"
    path.write_bytes(record("https://www.example.org/ferry/?id=1", "200 OK", "text/html", page))
    (document,), _ = found_in(path)
    article = read_document(document)
    assert article.title == "example.org/ferry"
    assert dict(article.grounds)["title"].startswith("address of the page")
