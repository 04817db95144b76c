"""Mails: who wrote, when and about what, then the body as plain text or as a page.

Header fields are read by hand rather than by ``email``'s own policy, whose parsers of broken fields
raise. Attachments are documents of their own (``attachments``).
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from extraction.documents.base import Parsed, TextBuilder
from extraction.documents.boilerplate import boilerplate_reason
from extraction.documents.encoding import decode
from extraction.documents.html import declared_charset
from extraction.documents.mailquotes import sorted_out
from extraction.documents.markup import pieces_of, tree_of
from extraction.documents.metadata import Head
from extraction.documents.plain import parse_text
from extraction.model import Block, BlockKind, Document, UnreadableDocument

MAX_PARTS = 2000

FAULTS = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
"""What ``email`` raises, one or the other, on fields that nobody should have written."""

_SHOWN = ("From", "To", "Cc", "Date")
_QUOTED = re.compile(r"(?:> ?)+")
_REPLY = re.compile(r"(?:On\b.{0,200}\bwrote:|-{3,}\s*Original Message\s*-{3,})\s*", re.DOTALL)
_LONGEST_SUBJECT = 1000


def parse(document: Document) -> Parsed:
    """Read a mail. Raises ``UnreadableDocument`` with ``broken`` where it has no text."""
    message = message_of(document.data, document.name)
    head = Head()
    subject = header(message, "Subject")[:_LONGEST_SUBJECT]
    sender = header(message, "From")
    for field, value, key in (
        ("title", subject, "Subject"),
        ("byline", person(sender), "From"),
        ("outlet", header(message, "Organization"), "Organization"),
        ("language", header(message, "Content-Language"), "Content-Language"),
        ("date", date_of(message), "Date"),
        ("url", header(message, "Archived-At").strip("<> "), "Archived-At"),
    ):
        if value:
            head.take(field, value, f"mail header {key}")
    builder = TextBuilder()
    for name in _SHOWN:
        value = header(message, name)
        if value:
            builder.add(f"{name}: {value[:_LONGEST_SUBJECT]}", BlockKind.METADATA)
    builder.add_labelled("Subject:", subject, BlockKind.TITLE)
    warnings = _body(message, document, builder)
    text, blocks = builder.build()
    return head.parsed(text, sorted_out(text, blocks, subject), warnings)


def message_of(data: bytes, name: str) -> Message:
    """Parse a mail. Raises ``UnreadableDocument`` with ``broken``."""
    try:
        return email.message_from_bytes(data)
    except FAULTS as error:
        raise UnreadableDocument(name, "broken", str(error)) from None


def parts_of(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order, to a bounded number."""
    pending, seen = [message], 0
    while pending and seen < MAX_PARTS:
        part = pending.pop()
        seen += 1
        inner = inner_of(part)
        forwarded = part.get_content_type() == "message/rfc822" and part is not message
        if inner is not None and not forwarded:
            pending += reversed(inner)
        else:
            yield part


def inner_of(part: Message) -> list[Message] | None:
    """The parts of a part; ``None`` where it holds bytes, which ``email`` may fail to decode."""
    if not part.is_multipart():
        return None
    return [item for item in part.get_payload() if isinstance(item, Message)]


def header(message: Message, name: str) -> str:
    """A header field as text in one line; empty where it is missing."""
    raw = message.get(name)
    if raw is None:
        return ""
    try:
        words = str(make_header(decode_header(str(raw))))
    except FAULTS:
        words = str(raw)
    # undecodable bytes stand as lone surrogates
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())


def person(address: str) -> str:
    """The name in an address, or the address."""
    try:
        found = getaddresses([address])
    except FAULTS:
        return address
    return ", ".join(name or mail for name, mail in found if name or mail)


def date_of(message: Message) -> str:
    """The day and time of a mail as ISO 8601, as the sender's clock showed it."""
    when = moment_of(message)
    return when.isoformat() if when else header(message, "Date")


def moment_of(message: Message) -> datetime | None:
    """The same as a time, the zone dropped; ``None`` where it cannot be made out."""
    try:
        return parsedate_to_datetime(header(message, "Date")).replace(tzinfo=None)
    except (*FAULTS, OverflowError):
        return None


def payload(part: Message) -> bytes:
    """The decoded bytes of a part; none where it is broken."""
    try:
        data = part.get_payload(decode=True)
    except FAULTS:
        return b""
    return data if isinstance(data, bytes) else b""


def charset_of(part: Message) -> str | None:
    """The encoding that a part declares."""
    try:
        return part.get_content_charset()
    except FAULTS:
        return None


def is_attachment(part: Message) -> bool:
    """Whether a part is a file sent along and no part of what was written."""
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    return disposition.startswith("attachment") or (
        part.get_content_type() not in ("text/plain", "text/html")
    )


def _body(message: Message, document: Document, builder: TextBuilder) -> tuple[str, ...]:
    """Add the body: the plain text, or the page where that is empty or a mere stub of it."""
    plain: list[tuple[str, tuple[str, ...]]] = []
    pages: list[tuple[str, tuple[str, ...]]] = []
    for part in parts_of(message):
        if is_attachment(part):
            continue
        data = payload(part)
        if not data.strip():
            continue
        page = part.get_content_type() == "text/html"
        declared = charset_of(part) or (declared_charset(data) if page else None)
        (pages if page else plain).append(decode(replace(document, data=data), declared))
    length = sum(len(text) for text, _ in plain)
    blocks = _pages(pages, document.name) if pages else []
    if pages and length * 3 < sum(len(text) for text, _ in blocks):
        for text, kind in blocks:
            reason = boilerplate_reason(text)
            builder.add(text, BlockKind.BOILERPLATE if reason else kind, reason)
        return _warnings(pages)
    for text, _ in plain:
        parsed = parse_text(text, in_head=False)
        builder.add_text(text.rstrip(), _sorted_out(text, parsed.blocks))
    return _warnings(plain)


def _pages(pages: list[tuple[str, tuple[str, ...]]], name: str) -> list[tuple[str, BlockKind]]:
    found = [piece for source, _ in pages for piece in pieces_of(tree_of(source, name))]
    return [(piece.text, piece.kind) for piece in found]


def _warnings(texts: list[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(warning for _, warnings in texts for warning in warnings))


def _sorted_out(text: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Marks what was quoted from an earlier mail, and the signature."""
    signature = re.search(r"^-- ?$", text, re.MULTILINE)
    for block in blocks:
        words = text[block.start : block.end]
        if signature and block.start >= signature.start():
            yield replace(block, kind=BlockKind.BOILERPLATE, reason="signature")
        elif _QUOTED.match(words) or _REPLY.fullmatch(words):
            yield replace(block, kind=BlockKind.BOILERPLATE, reason="quoted from an earlier mail")
        else:
            yield block
