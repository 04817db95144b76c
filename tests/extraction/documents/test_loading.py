from __future__ import annotations

import os
from pathlib import Path

import pytest

from extraction.documents import MAX_BYTES, load_document, mime_of
from extraction.documents.kinds import holds_many_or_may_crash
from extraction.model import UnreadableDocument


def refused(path: Path) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        load_document(path)
    return caught.value


def test_keeps_the_bytes_and_their_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo \xff")
    document = load_document(path)
    assert document.data == b"one\r\ntwo \xff"
    assert document.sha256 == __import__("hashlib").sha256(document.data).hexdigest()
    assert (document.name, document.path) == ("a.txt", str(path))
    assert document.modified is not None


@pytest.mark.parametrize(
    ("data", "name", "mime"),
    [
        (b"Plain words.", "a.txt", "text/plain"),
        (b"Plain words.", "a.unknown", "text/plain"),
        (b"# Heading", "a.md", "text/markdown"),
        (b"<!DOCTYPE html><p>x", "a.txt", "text/html"),
        (b"\xef\xbb\xbf\n <HTML><p>x", "a.txt", "text/html"),
        (b"<?xml version='1.0'?><!-- a --><html>", "a.bin", "text/html"),
        (b"%PDF-1.7", "a.txt", "application/pdf"),
        (b"HTTP/1.1 200 OK\n\n%PDF-1.7", "a.pdf", "application/pdf"),
        (b"%PDF- is how such a file begins.", "a.md", "application/pdf"),
        (b"It begins with %PDF-.", "a.txt", "text/plain"),
        (b'{"a": 1}', "a.txt", "text/plain"),
        (b'[{"a": 1}]', "a.json", "application/json"),
        (b"TY  - NEWS\n", "a.txt", "application/x-research-info-systems"),
        (b"Date: 3 March 2021\nTitle: x\n\nText", "a.txt", "text/plain"),
        (b"title,text\n", "a.csv", "text/csv"),
        (b"\x1f\x8bxxx", "a.warc.gz", "application/gzip"),
        (b"PK\x03\x04rest", "a.html", "application/zip"),
    ],
)
def test_tells_the_kind_by_content_first(data: bytes, name: str, mime: str) -> None:
    assert mime_of(data, name) == mime


@pytest.mark.parametrize(
    ("name", "apart"),
    [("a.PDF", True), ("a.warc.gz", True), ("a.mbox", True), ("a.txt", False), ("a", False)],
)
def test_what_is_better_read_in_a_process_of_its_own(name: str, apart: bool) -> None:
    assert holds_many_or_may_crash(name) is apart


def test_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.txt").reason == "missing"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n"])
def test_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert refused(path).reason == "empty"


def test_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    problem = refused(path)
    assert (problem.reason, problem.detail) == ("too-large", str(MAX_BYTES + 1))


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    assert refused(tmp_path).reason == "unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_fifo_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert refused(path).reason == "unreadable"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    path.chmod(0)
    assert refused(path).reason == "unreadable"
