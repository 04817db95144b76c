"""Articles that are records of a file: a row of a table, an entry of a list of references.

A record is found again by the bytes that it takes, so that it can be read without the rest.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import cache
from typing import BinaryIO

from extraction.documents.base import Parsed, TextBuilder
from extraction.documents.encoding import encoding_of
from extraction.documents.metadata import Head
from extraction.documents.plain import parse_text
from extraction.lexicon import load
from extraction.model import BlockKind, Published, UnreadableDocument

MAX_BYTES = 256 * 2**20
MAX_RECORD = 16 * 2**20

_WHOLE = "*"
_LONGEST_EXTRA = 500
# In these a byte below 128 is always the ASCII character, so that a part can be cut out anywhere.
_CUTTABLE = re.compile(r"utf_8|ascii|latin_?1|iso8859.*|cp125\d|cp437|cp85\d|cp866|koi8.*|mac_.*")


def source_of(file: BinaryIO, name: str) -> tuple[bytes, str]:
    """The bytes of a file of records, and how to cut a part out of it again (for ``cut``).

    Raises ``UnreadableDocument`` (``too-large binary encoding``).
    """
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(name, "too-large", str(len(data)))
    encoding = encoding_of(data, name)
    if _CUTTABLE.fullmatch(codecs.lookup(encoding).name.replace("-", "_")):
        return data, encoding
    return data.decode(encoding, "replace").encode("utf-8"), _WHOLE


def cut(file: BinaryIO, name: str, encoding: str, start: int, end: int) -> bytes:
    """A part of a file of records as UTF-8. Raises ``UnreadableDocument`` (``too-large``)."""
    if end - start > MAX_RECORD:
        raise UnreadableDocument(name, "too-large", str(end - start))
    if encoding == _WHOLE:
        return source_of(file, name)[0][start:end]
    file.seek(start)
    data = file.read(end - start)
    if encoding in ("utf-8", "utf-8-sig"):
        return data.removeprefix(codecs.BOM_UTF8)
    return data.decode(encoding, "replace").encode("utf-8")


def field_named(column: str) -> str:
    """The field that a column or key fills; empty where it is unknown."""
    return _columns().get(_words(column), "")


def article_of(
    fields: Mapping[str, tuple[str, str]],
    others: Mapping[str, str],
    published: Published | None = None,
) -> Parsed:
    """An article of (value, basis) by field; what fills no field is kept as lines of metadata."""
    head = Head()
    for name, (value, basis) in fields.items():
        if name not in ("text", "abstract"):
            head.take(name, " ".join(value.split()), basis)
    builder = TextBuilder()
    builder.add(head.get("title") or "", BlockKind.TITLE)
    text, abstract = (fields.get(name, ("", ""))[0] for name in ("text", "abstract"))
    for part in (abstract if abstract.strip() not in text else "", text):
        if part.strip():
            part = part.replace("\r\n", "\n").replace("\r", "\n").strip()
            builder.add_text(part, parse_text(part, in_head=False).blocks)
    for key, value in others.items():
        value = " ".join(value.split())
        if value and len(value) <= _LONGEST_EXTRA:
            builder.add(f"{key}: {value}", BlockKind.METADATA)
    whole, blocks = builder.build()
    return head.parsed(whole, blocks)


def sorted_out(
    record: Mapping[str, str], basis: str
) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """The fields of a record by what their names say, and the others."""
    fields: dict[str, tuple[str, str]] = {}
    others: dict[str, str] = {}
    for key, value in record.items():
        name = field_named(key)
        if name and name not in fields and value.strip():
            fields[name] = value, f"{basis} {key}"
        elif value.strip():
            others[key] = value
    return fields, others


@cache
def _columns() -> dict[str, str]:
    columns: dict[str, list[str]] = load("en", "documents")["columns"]
    return {name: field for field, names in columns.items() for name in names}


def _words(column: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column.lstrip("\ufeff"))
    return " ".join(re.split(r"[\W_]+", spaced.lower())).strip()
