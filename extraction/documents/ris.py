"""References in RIS, as libraries and news archives export them: a record is an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, BinaryIO

import rispy

from extraction.documents import kinds
from extraction.documents.base import Parsed
from extraction.documents.encoding import decode
from extraction.documents.packed import hostile
from extraction.documents.places import Loaded, Member
from extraction.documents.records import article_of, cut, source_of
from extraction.model import Document, UnreadableDocument

_BEGIN = re.compile(rb"^TY  ?- ", re.MULTILINE)
_FIELDS = (
    ("title", ("primary_title", "title", "short_title"), "TI"),
    ("outlet", ("journal_name", "secondary_title", "alternate_title3", "publisher"), "T2"),
    ("byline", ("authors", "first_authors"), "AU"),
    ("date", ("date", "year", "publication_year"), "DA"),
    ("text", ("abstract", "notes_abstract"), "AB"),
    ("language", ("language",), "LA"),
    ("url", ("urls", "link1", "url"), "UR"),
)


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """The records in order."""
    data, encoding = source_of(file, name)
    begins = [match.start() for match in _BEGIN.finditer(data)]
    for number, (start, end) in enumerate(pairwise([*begins, len(data)]), 1):
        yield Member(f"{encoding} {start} {end}", f"record {number}")


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """One record as it stands in the file."""
    encoding, start, end = token.split(" ")
    return Loaded(cut(file, name, encoding, int(start), int(end)), kinds.RIS, single=True)


def parse(document: Document) -> Parsed:
    """Read the first record. Raises ``UnreadableDocument`` (``broken``)."""
    text, _ = decode(document)
    if not re.search(r"^ER  ?-", text, re.MULTILINE):
        text += "\nER  - \n"
    with hostile(document.name):
        found = rispy.loads(text, skip_unknown_tags=False)
    if not found:
        raise UnreadableDocument(document.name, "broken", "there is no record in it")
    record = dict(found[0])
    fields: dict[str, tuple[str, str]] = {}
    for field, keys, tag in _FIELDS:
        for key in keys:
            told = record.pop(key, "")
            value = _words([_turned(name) for name in told] if field == "byline" else told)
            if value and field not in fields:
                fields[field] = value, f"RIS field {tag}"
    if "date" in fields:
        # 2021/03/03/Morning
        day = re.match(r"(\d{4})/(\d{1,2})/(\d{1,2})", fields["date"][0])
        if day:
            iso = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
            fields["date"] = iso, fields["date"][1]
    others = {key.replace("_", " "): _words(value) for key, value in record.items()}
    return article_of(fields, others)


def _turned(name: Any) -> str:
    """``Holt, Mira`` as she signs: Mira Holt."""
    last, comma, first = str(name).partition(", ")
    return f"{first} {last}" if comma and first and ", " not in first else str(name)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "" if isinstance(value, dict) else str(value)
