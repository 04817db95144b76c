"""Web archives packed with Zstandard, with and without a dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest
import zstandard

from extraction.documents import documents_in, make_document, read_document
from extraction.model import Document, UnreadableDocument
from tests.extraction.documents.test_warc import PAGE, record

RECORDS = [
    record(f"https://example.org/{n}", "200 OK", "text/html", PAGE.replace("Tuesday", n).encode())
    for n in ("Monday", "Friday", "Sunday")
]


def packed(records: list[bytes], *, dictionary: bool = False, wrapped: bool = False) -> bytes:
    if not dictionary:
        return b"".join(zstandard.compress(one) for one in records)
    # Raw content serves as a dictionary of its own.
    words = zstandard.ZstdCompressionDict(PAGE.encode() * 4)
    work = zstandard.ZstdCompressor(dict_data=words)
    inner = words.as_bytes()
    if wrapped:
        inner = zstandard.compress(inner)
    head = b"\x5d\x2a\x4d\x18" + len(inner).to_bytes(4, "little") + inner
    return head + b"".join(work.compress(one) for one in records)


@pytest.mark.parametrize(("dictionary", "wrapped"), [(False, False), (True, False), (True, True)])
def test_each_frame_is_a_page(tmp_path: Path, dictionary: bool, wrapped: bool) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(packed(RECORDS, dictionary=dictionary, wrapped=wrapped))
    found = list(documents_in(path))
    pages = [read_document(one) for one in found if isinstance(one, Document)]
    assert [page.url for page in pages] == [
        f"https://example.org/{day}" for day in ("Monday", "Friday", "Sunday")
    ]
    assert all("left the café on" in page.text for page in pages)
    kept = found[1]
    assert isinstance(kept, Document)
    assert read_document(make_document(kept.data, "x", mime=kept.mime)).text == pages[1].text


def test_what_stands_before_the_damage_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(packed(RECORDS)[:-40])
    found = list(documents_in(path))
    assert [one.reason for one in found if isinstance(one, UnreadableDocument)] == ["broken"]
    assert len([one for one in found if isinstance(one, Document)]) == 2


def test_a_frame_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(zstandard.compress(b"\0" * (300 * 2**20)))
    (found,) = documents_in(path)
    assert isinstance(found, UnreadableDocument)
    assert found.reason == "too-large"


def test_a_dictionary_of_great_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(b"\x5d\x2a\x4d\x18\xff\xff\xff\xff" + b"x" * 100)
    (found,) = documents_in(path)
    assert isinstance(found, UnreadableDocument)
    assert found.reason == "broken"
