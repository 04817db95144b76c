"""Tables of articles (CSV, TSV): a row is an article, known by the names of its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from extraction.documents import kinds
from extraction.documents.base import Parsed
from extraction.documents.encoding import decode
from extraction.documents.places import Loaded, Member
from extraction.documents.records import (
    MAX_RECORD,
    article_of,
    cut,
    field_named,
    sorted_out,
    source_of,
)
from extraction.model import Document, UnreadableDocument

_DELIMITERS = ",;\t|"
_NOTHING: tuple[int, int, int, list[str]] = (0, 0, 0, [])
_TELLING = ("title", "text", "abstract")


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """The rows that hold something, by the bytes of the header and of the row."""
    data, encoding = source_of(file, name)
    # one character a byte, so that places in the text are places in the file
    rows = _rows(data.decode("latin-1"), name)
    _, begin, end, header = next(rows, _NOTHING)
    columns = [
        field_named(column.encode("latin-1").decode("utf-8", "replace")) for column in header
    ]
    if not set(columns) & set(_TELLING):
        raise UnreadableDocument(name, "no-columns", ", ".join(header)[:200])
    for number, first, last, row in rows:
        told = zip(columns, row, strict=False)
        if any(column in _TELLING and cell.strip() for column, cell in told):
            yield Member(f"{encoding} {begin} {end} {first} {last}", f"row {number}")


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """One row under the header of its table."""
    encoding, *numbers = token.split(" ")
    begin, end, first, last = map(int, numbers)
    header = cut(file, name, encoding, begin, end)
    row = cut(file, name, encoding, first, last)
    return Loaded(header.rstrip(b"\r\n") + b"\r\n" + row, kinds.CSV, single=True)


def parse(document: Document) -> Parsed:
    """Read the first row of a table. Raises ``UnreadableDocument`` (``empty broken``)."""
    text, _ = decode(document)
    rows = _rows(text, document.name)
    header = next(rows, _NOTHING)[-1]
    row = next(rows, _NOTHING)[-1]
    if not row:
        raise UnreadableDocument(document.name, "empty")
    record: dict[str, str] = {}
    for number, cell in enumerate(row):
        column = header[number].strip() if number < len(header) else ""
        record.setdefault(column or f"column {number + 1}", cell)
    return article_of(*sorted_out(record, "column"))


def _rows(text: str, name: str) -> Iterator[tuple[int, int, int, list[str]]]:
    """Rows that hold something, with their number and where each begins and ends."""
    at = 0

    def lines() -> Iterator[str]:
        nonlocal at
        for line in io.StringIO(text, newline=""):
            at += len(line)
            yield line

    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(MAX_RECORD)
    begin = 0
    try:
        for number, row in enumerate(csv.reader(lines(), delimiter=delimiter), 1):
            if any(cell.strip() for cell in row):
                yield number, begin, at, row
            begin = at
    except csv.Error as error:
        raise UnreadableDocument(name, "broken", str(error)) from None
