"""Damaged files of every kind: each is read or refused, within bounds, and every span holds.

``CLAIMLINE_FUZZ_EXAMPLES`` sets how many files are tried.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extraction.documents import documents_in, read_document
from extraction.model import Article, UnreadableDocument
from tests.extraction.documents.samples import Change, damaged, damaged_inside, samples

EXAMPLES = int(os.environ.get("CLAIMLINE_FUZZ_EXAMPLES", "150"))
SECONDS = 20.0

_BITS = st.binary(min_size=1, max_size=8) | st.sampled_from(
    [
        b"\x00" * 4,
        b"\xff" * 4,
        b"<",
        b"&#0;",
        b"&#xD800;",
        b"\\ud800",
        b"{",
        b'"',
        b"\n\n",
        b"=?utf-8?b?",
        b"99999999999",
        b"-1",
        b"<div>" * 40,
        b"\xe2\x80\xae",
    ]
)
CHANGES: st.SearchStrategy[list[Change]] = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "drop", "twice", "cut"]),
        st.floats(0, 1, exclude_max=True),
        _BITS,
    ),
    max_size=6,
)


def is_sound(article: Article) -> None:
    """Blocks in order, every span inside, nothing that cannot be stored."""
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.text)
        assert article.text[block.start : block.end].strip()
        at = block.end
    for part in article.parts:
        assert 0 <= part.start < part.end <= len(article.text)
    for text in (article.text, article.title, article.outlet, article.byline, article.url):
        (text or "").encode("utf-8")
        assert "\0" not in (text or "")


def read_all(path: Path) -> int:
    """Read whatever a file holds; the number of articles."""
    start = time.process_time()
    count = 0
    for found in documents_in(path):
        if isinstance(found, UnreadableDocument):
            continue
        try:
            article = read_document(found)
        except UnreadableDocument:
            continue
        is_sound(article)
        count += 1
    assert time.process_time() - start < SECONDS
    return count


@pytest.mark.parametrize("name", samples())
def test_every_sample_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(samples()[name])
    assert read_all(path) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("name", samples())
def test_damaged_files(name: str, tmp_path: Path) -> None:
    path = tmp_path / name

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(CHANGES, st.booleans())
    def run(changes: list[Change], inside: bool) -> None:
        data = samples()[name]
        is_zip = data.startswith(b"PK")
        path.write_bytes((damaged_inside if inside and is_zip else damaged)(data, changes))
        read_all(path)

    run()


@pytest.mark.slow
@pytest.mark.parametrize("name", samples())
def test_any_bytes_under_any_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    start = samples()[name][:24]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.binary(max_size=600), st.booleans())
    def run(data: bytes, signed: bool) -> None:
        path.write_bytes(start + data if signed else data)
        read_all(path)

    run()
