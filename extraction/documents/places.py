"""Files that hold several documents: what is in them, and how to come to each.

A ``Place`` is a file on disk or a member of one, at any depth. ``look`` tells what stands there: a
document, members, or both (a mail with its attachments). Each member can be looked at by itself,
in another process and in any order, so that a bad one costs only itself. All of it is bounded:
depth, number of members, bytes of each, and the bytes that an archive claims to hold.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from extraction.documents import kinds
from extraction.documents.loading import (
    limit_of,
    make_document,
    opened,
    read_whole,
    sha256_of,
)
from extraction.model import Container, Document, UnreadableDocument

MAX_DEPTH = 4
"""Containers inside containers."""

MAX_MEMBERS = 200_000
"""Members of one container."""

MAX_NESTED_BYTES = 256 * 1024 * 1024
"""Bytes of a container that lies inside another one: it is held in memory."""

SEPARATOR = " › "
"""Between the names of a container and of its member."""


@dataclass(frozen=True, slots=True)
class Step:
    """The way from a container of a ``kind`` to a member: ``token`` is the container's own."""

    kind: str
    token: str
    container: Container


@dataclass(frozen=True, slots=True)
class Place:
    """A file on disk, or what the steps lead to inside it."""

    path: str
    steps: tuple[Step, ...] = ()

    @property
    def name(self) -> str:
        """The file's name with the names of the members on the way."""
        return SEPARATOR.join((Path(self.path).name, *(s.container.member for s in self.steps)))

    @property
    def whole(self) -> str:
        """The path with the names of the members on the way."""
        return SEPARATOR.join((self.path, *(s.container.member for s in self.steps)))


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands at a place; ``problems`` are members that are left out, with the reason."""

    document: Document | None = None
    members: tuple[Place, ...] = ()
    problems: tuple[UnreadableDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A part of a container: ``token`` finds it again, ``name`` is for people."""

    token: str
    name: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """The bytes of a member. ``mime`` is given where the container knows it; without a
    ``modified`` of its own it is as old as the file that holds it.

    ``single`` says that it is one record and is never looked into, whatever its kind.
    """

    data: bytes
    mime: str | None = None
    modified: datetime | None = None
    single: bool = False


class ContainerFormat(Protocol):
    """A module that can list and load the members of a kind of container.

    ``members`` yields members, and problems for those that cannot be had. ``load`` reads at most
    ``limit(name)`` bytes. Both raise ``UnreadableDocument``.
    """

    def members(self, file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]: ...

    def load(
        self, file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]
    ) -> Loaded: ...


_FORMATS = {
    kinds.ZIP: "archive",
    kinds.WACZ: "archive",
    kinds.MAILBOX: "mailbox",
    kinds.MAIL: "attachments",
    kinds.WARC: "warc",
    kinds.WARC_ZST: "warczst",
    kinds.CSV: "table",
    kinds.RIS: "ris",
    kinds.JSON: "json",
    kinds.ADDRESSES: "address",
    kinds.TNEF: "tnef",
}
_ALSO_DOCUMENTS = frozenset({kinds.MAIL})


def documents_in(path: str | Path) -> Iterator[Document | UnreadableDocument]:
    """All documents of a file, one after the other; what cannot be read is yielded as an error."""
    pending = [Place(str(path))]
    while pending:
        place = pending.pop()
        try:
            found = look(place)
        except UnreadableDocument as error:
            yield error
            continue
        if found.document is not None:
            yield found.document
        yield from found.problems
        pending += reversed(found.members)


def look(place: Place) -> Contents:
    """What stands at a place. Raises ``UnreadableDocument`` with the codes of ``load_document``,
    ``broken``, ``bomb``, ``nested``, ``locked`` (encrypted), ``no-columns`` or ``no-articles``.
    """
    if not place.steps:
        with opened(place.path) as file:
            kind = kinds.kind_of(file, Path(place.path).name)
            document = None
            if kind not in _FORMATS or kind in _ALSO_DOCUMENTS:
                document = read_whole(file, Path(place.path))
            if kind not in _FORMATS:
                return Contents(document)
            return _contents(place, file, kind, document)
    loaded = _load(place)
    stream = io.BytesIO(loaded.data)
    kind = loaded.mime or kinds.kind_of(stream, place.name)
    inside = kind in _FORMATS and not loaded.single
    document = None
    if not inside or kind in _ALSO_DOCUMENTS:
        document = _document(place, loaded, kind)
    return _contents(place, stream, kind, document) if inside else Contents(document)


def _contents(place: Place, file: BinaryIO, kind: str, document: Document | None) -> Contents:
    if file.seek(0, os.SEEK_END) == 0:
        raise UnreadableDocument(place.name, "empty")
    members: list[Member] = []
    problems: list[UnreadableDocument] = []
    try:
        for found in _format(kind).members(file, place.name):
            if isinstance(found, UnreadableDocument):
                problems.append(found)
            elif len(place.steps) >= MAX_DEPTH:
                problems.append(UnreadableDocument(place.name, "nested", str(MAX_DEPTH)))
                break
            elif len(members) == MAX_MEMBERS:
                problems.append(UnreadableDocument(place.name, "too-many", str(MAX_MEMBERS)))
                break
            else:
                members.append(found)
    except UnreadableDocument as error:
        # what stands before the damage is whole
        if not members and document is None:
            raise
        problems.append(error)
    if not members and not problems and document is None:
        raise UnreadableDocument(place.name, "no-articles")
    digest = document.sha256 if document else sha256_of(file) if members else ""
    name = place.steps[-1].container.member if place.steps else Path(place.path).name
    places = tuple(
        Place(
            place.path,
            (*place.steps, Step(kind, member.token, Container(name, digest, member.name))),
        )
        for member in members
    )
    return Contents(document, places, tuple(problems))


def _document(place: Place, loaded: Loaded, mime: str) -> Document:
    if not loaded.data.strip():
        raise UnreadableDocument(place.name, "empty")
    if len(loaded.data) > limit_of(mime):
        raise UnreadableDocument(place.name, "too-large", str(len(loaded.data)))
    return make_document(
        loaded.data,
        place.name,
        modified=loaded.modified or _time_stamp(place.path),
        path=place.path,
        mime=mime,
        within=tuple(step.container for step in place.steps),
    )


def _time_stamp(path: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(os.stat(path).st_mtime).replace(microsecond=0)
    except (OSError, OverflowError, ValueError):
        return None


def _format(kind: str) -> ContainerFormat:
    return cast(ContainerFormat, import_module(f"extraction.documents.{_FORMATS[kind]}"))


def _limit_of(place: Place) -> Callable[[bytes], int]:
    """How many bytes the member at a place may have, by its first bytes."""

    def limit(head: bytes) -> int:
        kind = kinds.kind_of_head(head, place.name)
        return MAX_NESTED_BYTES if kind in _FORMATS else limit_of(kind)

    return limit


def _load(place: Place) -> Loaded:
    step = place.steps[-1]
    with _container(replace(place, steps=place.steps[:-1])) as file:
        return _format(step.kind).load(file, step.token, place.name, _limit_of(place))


# The last container that had to be taken out of another one, for the member that comes next.
_held: dict[tuple[Place, tuple[int, ...]], bytes] = {}


@contextmanager
def _container(place: Place) -> Iterator[BinaryIO]:
    with opened(place.path) as file:
        if not place.steps:
            yield file
            return
        info = os.fstat(file.fileno())
    key = place, (info.st_dev, info.st_ino, info.st_mtime_ns, info.st_size)
    if key not in _held:
        _held.clear()
        _held[key] = _load(place).data
    yield io.BytesIO(_held[key])


def read_bounded(stream: BinaryIO, name: str, limit: Callable[[bytes], int]) -> bytes:
    """All bytes of a member. Raises ``UnreadableDocument`` (``too-large``) past its limit."""
    head = stream.read(kinds.HEAD)
    most = limit(head)
    parts, size = [head], len(head)
    while size <= most and (chunk := stream.read(min(1 << 20, most + 1 - size))):
        parts.append(chunk)
        size += len(chunk)
    if size > most:
        raise UnreadableDocument(name, "too-large", str(size))
    return b"".join(parts)
