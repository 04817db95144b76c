"""Files attached to a mail, and mails forwarded in it, as documents of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import PurePosixPath
from typing import BinaryIO

from extraction.documents import kinds
from extraction.documents.mail import (
    FAULTS,
    header,
    inner_of,
    is_attachment,
    message_of,
    moment_of,
    parts_of,
    payload,
)
from extraction.documents.packed import hostile
from extraction.documents.places import Loaded, Member
from extraction.model import UnreadableDocument

_KNOWN = {
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    kinds.DOCX: ".docx",
    kinds.ODT: ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/html": ".html",
    "text/plain": ".txt",
    "application/zip": ".zip",
}


_WRAPPED = frozenset({kinds.TNEF, "application/vnd.ms-tnef"})


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """Attachments of kinds that can be read; pictures and the like are no articles."""
    file.seek(0)
    message = message_of(file.read(), name)
    for number, part in enumerate(parts_of(message)):
        if part is message or not is_attachment(part):
            continue
        label = _name(part, number)
        if kinds.suffix_of(label) in kinds.SUFFIXES or part.get_content_type() in _WRAPPED:
            yield Member(str(number), label)


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """The decoded bytes of one attachment; it is as old as its mail."""
    file.seek(0)
    message = message_of(file.read(), name)
    sent = moment_of(message)
    for number, part in enumerate(parts_of(message)):
        if number == int(token):
            inner = inner_of(part)
            if inner:
                with hostile(name):
                    return Loaded(inner[0].as_bytes(), kinds.MAIL, sent)
            data = payload(part)
            if len(data) > limit(data[: kinds.HEAD]):
                raise UnreadableDocument(name, "too-large", str(len(data)))
            return Loaded(data, modified=sent)
    raise UnreadableDocument(name, "broken", "the attachment is not there any more")


def _name(part: Message, number: int) -> str:
    try:
        given = part.get_filename() or ""
    except FAULTS:
        given = ""
    kind = part.get_content_type()
    if not given and kind == "message/rfc822":
        inner = inner_of(part)
        if inner:
            given = header(inner[0], "Subject").replace("/", " ")[:80]
        return f"{given or f'mail {number}'}.eml"
    given = PurePosixPath(given.replace("\\", "/")).name
    given = given.encode("utf-8", "replace").decode("utf-8")
    if kinds.suffix_of(given) in kinds.SUFFIXES:
        return given
    return (given or f"part {number}") + _KNOWN.get(kind, "")
