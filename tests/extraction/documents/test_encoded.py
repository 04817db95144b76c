"""Packed bodies of pages: each packing is undone, within its bound, and damage is told."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from extraction.documents import documents_in, read_document
from extraction.documents.encoded import unpacked_body
from extraction.model import Document, UnreadableDocument
from tests.extraction.documents.test_warc import PAGE, record

PLENTY = 1 << 20


def raw_deflate(data: bytes) -> bytes:
    work = zlib.compressobj(wbits=-15)
    return work.compress(data) + work.flush()


PACKINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("GZIP", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", brotli.compress),
    ("zstd", zstandard.compress),
    ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
    ("identity", bytes),
    ("", bytes),
]


@pytest.mark.parametrize(("encoding", "pack"), PACKINGS)
def test_each_packing_is_undone(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    assert unpacked_body(pack(PAGE.encode()), encoding, "a", PLENTY) == PAGE.encode()


@given(st.binary(max_size=3000), st.sampled_from(PACKINGS))
def test_any_bytes_come_back(data: bytes, packing: tuple[str, Callable[[bytes], bytes]]) -> None:
    encoding, pack = packing
    assert unpacked_body(pack(data), encoding, "a", PLENTY) == data


@pytest.mark.parametrize(("encoding", "pack"), PACKINGS[:8])
def test_what_grows_too_much_is_cut_one_past_the_limit(
    encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    bomb = pack(b"\0" * (64 * 2**20))
    assert len(unpacked_body(bomb, encoding, "a", 5000)) == 5001


@pytest.mark.parametrize(("encoding", "pack"), PACKINGS[:8])
def test_what_was_unpacked_already_stays(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    assert unpacked_body(PAGE.encode(), encoding, "a", PLENTY) == PAGE.encode()


@pytest.mark.parametrize(("encoding", "pack"), [PACKINGS[0], *PACKINGS[3:6]])
def test_what_is_cut_off_is_broken(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(PAGE.encode() * 50)
    with pytest.raises(UnreadableDocument) as caught:
        unpacked_body(packed[: len(packed) // 2], encoding, "a", PLENTY)
    assert caught.value.reason == "broken"


def test_a_packing_that_nobody_knows_is_named() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        unpacked_body(b"\0\1\2", "sdch", "a", PLENTY)
    assert (caught.value.reason, caught.value.detail) == ("unsupported", "Content-Encoding: sdch")


@pytest.mark.parametrize("encoding", ["br", "zstd"])
def test_a_page_in_a_web_archive(tmp_path: Path, encoding: str) -> None:
    pack = dict(PACKINGS)[encoding]
    whole = record("https://example.org/f", "200 OK", "text/html", pack(PAGE.encode()), encoding)
    path = tmp_path / "a.warc"
    path.write_bytes(whole)
    (document,) = documents_in(path)
    assert isinstance(document, Document)
    assert read_document(document).title == "Ferry talks stall"
