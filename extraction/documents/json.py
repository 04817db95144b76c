"""JSON: references as CSL, articles as ``claimline/1``, and lists of records that name a text.

An item is found again by the bytes that it takes, so that it can be read without the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO

from extraction.documents import kinds
from extraction.documents.base import Parsed
from extraction.documents.encoding import decode
from extraction.documents.places import Loaded, Member
from extraction.documents.plain import parse_text
from extraction.documents.records import article_of, cut, sorted_out, source_of
from extraction.model import (
    BlockKind,
    DateBasis,
    Document,
    Precision,
    Published,
    UnreadableDocument,
)

_LIST = re.compile(r'(?<!\\)"(articles|items|references|results|data)"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_CSL = {
    "title": "title",
    "container-title": "outlet",
    "publisher": "outlet",
    "abstract": "text",
    "URL": "url",
    "language": "language",
}


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """The items that are articles."""
    data, encoding = source_of(file, name)
    # one character a byte, so that places in the text are places in the file
    text = data.decode("latin-1")
    for number, (start, end, item) in enumerate(_items(text, name), 1):
        if _is_article(item):
            yield Member(f"{encoding} {start} {end}", f"item {number}")


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """One item as it stands in the file."""
    encoding, start, end = token.split(" ")
    return Loaded(cut(file, name, encoding, int(start), int(end)), kinds.JSON, single=True)


def parse(document: Document) -> Parsed:
    """Read one item. Raises ``UnreadableDocument`` (``broken no-articles``)."""
    text, _ = decode(document)
    try:
        item = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(document.name, "broken", str(error)) from None
    if not _is_article(item):
        raise UnreadableDocument(document.name, "no-articles")
    if isinstance(item.get("text"), str) and isinstance(item.get("published"), dict):
        return _own(item)
    if any(key in item for key in ("issued", "container-title", "abstract")) or (
        isinstance(item.get("author"), list) and "type" in item
    ):
        return _reference(item)
    record = {key: _words(value) for key, value in item.items()}
    return article_of(*sorted_out(record, "key"))


def _items(text: str, name: str) -> Iterator[tuple[int, int, Any]]:
    """Items of the list that the file is or holds, or the one that it is."""
    decoder = json.JSONDecoder()
    begin = len(text) - len(text.removeprefix("ï»¿").lstrip())
    found = _LIST.search(text) if text.startswith("{", begin) else None
    many = found is not None or text.startswith("[", begin)
    at = found.end() if found else begin + many
    try:
        while True:
            at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
            if at >= len(text) or text[at] == "]":
                return
            item, end = decoder.raw_decode(text, at)
            yield at, end, item
            at = end
            if not many:
                return
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(name, "broken", str(error)[:200]) from None


def _is_article(item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    fields, _ = sorted_out({key: "x" for key, value in item.items() if value}, "key")
    return "text" in fields or "title" in fields


def _own(item: dict[str, Any]) -> Parsed:
    """An article that Claimline wrote: its text is taken as it is, blocks are found anew."""
    text = item["text"]
    parsed = parse_text(text)
    marked = [
        (span[0], span[1])
        for span in item.get("boilerplate") or ()
        if isinstance(span, list) and len(span) == 2 and all(isinstance(n, int) for n in span)
    ]
    blocks = tuple(
        replace(block, kind=BlockKind.BOILERPLATE, reason="marked in the file")
        if any(start <= block.start and block.end <= end for start, end in marked)
        else block
        for block in parsed.blocks
    )
    described = {
        name: item[name]
        for name in ("title", "outlet", "byline", "language", "url")
        if isinstance(item.get(name), str)
    }
    return Parsed(
        text=text,
        blocks=blocks,
        **described,
        published=_published(item["published"]),
        grounds=tuple((name, "claimline/1") for name in described),
    )


def _published(record: dict[str, Any]) -> Published | None:
    try:
        start = date.fromisoformat(record["start"])
        end = date.fromisoformat(record["end"])
        basis = DateBasis(record["basis"])
        precision = Precision(record["precision"])
        assumed = tuple(str(part) for part in record.get("assumed") or ())
        reasons = tuple(str(reason) for reason in record.get("reasons") or ())
    except (KeyError, TypeError, ValueError):
        return None
    midnight = datetime(end.year, end.month, end.day)
    return Published(
        datetime(start.year, start.month, start.day),
        midnight + timedelta(hours=23, minutes=59),
        precision,
        basis,
        assumed,
        reasons,
    )


def _reference(item: dict[str, Any]) -> Parsed:
    fields: dict[str, tuple[str, str]] = {}
    others: dict[str, str] = {}
    for key, value in item.items():
        words = _date(value) if key == "issued" else _words(value)
        field = {"issued": "date", "author": "byline"}.get(key) or _CSL.get(key, "")
        if field and field not in fields and words:
            fields[field] = words, f"CSL {key}"
        elif not field and words:
            others[key] = words
    return article_of(fields, others)


def _date(value: Any) -> str:
    """``{"date-parts": [[2021, 3, 3]]}`` as ISO 8601; other forms as they are written."""
    if not isinstance(value, dict):
        return _words(value)
    parts: Any = value.get("date-parts")
    try:
        numbers = [int(part) for part in parts[0]]
    except (TypeError, ValueError, IndexError, KeyError):
        return _words(value.get("raw") or value.get("literal") or "")
    return "-".join(f"{number:02}" for number in numbers[:3])


def _words(value: Any) -> str:
    """A value as text: lists joined, names of people in their order."""
    if isinstance(value, list):
        return ", ".join(word for word in (_words(item) for item in value[:50]) if word)
    if isinstance(value, dict):
        name = [value.get(key) for key in ("given", "non-dropping-particle", "family")]
        words = " ".join(part for part in name if isinstance(part, str))
        return words or _words(value.get("literal") or value.get("name") or "")
    return "" if value is None or isinstance(value, bool) else str(value)
