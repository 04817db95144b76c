"""A page that a person had fetched, as the web archive (WARC) that is kept of it.

It holds what came over the network, byte by byte, with addresses, header fields and the time.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from extraction.documents import kinds, warc
from extraction.documents.loading import mime_of

_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
# The body is kept without the lengths that parted it on its way.
_OF_THE_WAY = frozenset({"transfer-encoding", "connection", "keep-alive"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: ``when`` in UTC, ``status`` as ``200 OK``."""

    address: str
    when: datetime
    status: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """A header field, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def promises_text(content_type: str) -> bool:
    """Whether a ``Content-Type`` is of something that can be read, or tells nothing."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind in _UNTOLD or kind in warc.READABLE


def kind_of_answer(answer: Answer) -> str | None:
    """MIME type of what came, by its header and its bytes; ``None`` where it cannot be read."""
    told = answer.header("content-type").partition(";")[0].strip().lower()
    found = mime_of(answer.body, "answer")
    if told in _UNTOLD or (told == "text/plain" and found != kinds.TEXT):
        return found if found in warc.READABLE else None
    return told if told in warc.READABLE else None


def archive_of(answers: Sequence[Answer], agent: str) -> bytes:
    """The web archive (ISO 28500) of one fetch: each answer on the way, the page last."""
    about = f"software: {agent}\r\nformat: WARC File Format 1.1\r\n".encode()
    first = answers[0].when if answers else datetime.now(UTC)
    records = [_record("warcinfo", first, {"Content-Type": "application/warc-fields"}, about)]
    for answer in answers:
        fields = {
            "WARC-Target-URI": answer.address,
            "Content-Type": "application/http; msgtype=response",
            "WARC-Payload-Digest": f"sha256:{hashlib.sha256(answer.body).hexdigest()}",
        }
        kind = kind_of_answer(answer)
        if kind is not None:
            fields["WARC-Identified-Payload-Type"] = kind
        kept = [pair for pair in answer.headers if pair[0].lower() not in _OF_THE_WAY]
        head = _lines(f"HTTP/1.1 {answer.status}", kept)
        records.append(_record("response", answer.when, fields, head + answer.body))
    return b"".join(records)


def _record(kind: str, when: datetime, fields: Mapping[str, str], block: bytes) -> bytes:
    head = {
        "WARC-Type": kind,
        "WARC-Date": when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        **fields,
        "Content-Length": str(len(block)),
    }
    return _lines("WARC/1.1", head.items()) + block + b"\r\n\r\n"


def _lines(first: str, fields: Iterable[tuple[str, str]]) -> bytes:
    """Header fields; what would end a line in the midst of one is written as a blank."""
    lines = [first, *(f"{name}: {value}" for name, value in fields)]
    return b"".join(re.sub(r"[\r\n]+", " ", line).encode() + b"\r\n" for line in lines) + b"\r\n"
