"""ZIP archives and WACZ, which is one: members are read in place, nothing is ever unpacked to disk.

So a name with ``..`` or a leading slash is only a name. A member is found again by where its header
lies, without reading the directory anew.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import BinaryIO

from extraction.documents import kinds
from extraction.documents.places import Loaded, Member, read_bounded
from extraction.model import UnreadableDocument

MAX_TOTAL_BYTES = 16 * 2**30
"""Bytes that all members together may claim to unpack to."""

MAX_RATIO = 250
"""Times that a member may grow when unpacked, once it is large; text seldom grows 20 times."""

_LARGE = 4 * 2**20
_HEADER_SIZE = 30
_ENCRYPTED = 0x1
_UNIX_LINK = 0o120000
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def members(file: BinaryIO, name: str) -> Iterator[Member | UnreadableDocument]:
    """The members with a known ending, or with none; the others are counted."""
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except _FAULTS as error:
        raise UnreadableDocument(name, "broken", str(error)) from None
    if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        raise UnreadableDocument(name, "bomb")
    crawl = any(info.filename == "datapackage.json" for info in infos)
    skipped: Counter[str] = Counter()
    for info in infos:
        # A damaged entry may have no name.
        label = info.filename.replace("\\", "/") or f"member at {info.header_offset}"
        if label.endswith("/") or _hidden(label) or (crawl and not label.startswith("archive/")):
            continue
        suffix = kinds.suffix_of(label)
        whole = f"{name} › {label}"
        if suffix and suffix not in kinds.SUFFIXES:
            skipped[suffix] += 1
        elif info.external_attr >> 16 & 0o170000 == _UNIX_LINK:
            yield UnreadableDocument(whole, "link")
        elif info.flag_bits & _ENCRYPTED:
            yield UnreadableDocument(whole, "locked")
        elif info.file_size > _LARGE and info.file_size > MAX_RATIO * max(1, info.compress_size):
            yield UnreadableDocument(whole, "bomb")
        else:
            yield Member(_token(info), label)
    if skipped and not crawl:
        counted = ", ".join(f"{count} × {suffix}" for suffix, count in skipped.most_common())
        yield UnreadableDocument(name, "skipped", counted)


def load(file: BinaryIO, token: str, name: str, limit: Callable[[bytes], int]) -> Loaded:
    """Unpack one member, no further than it claims to go and no further than the limit."""
    info = _info(token)
    try:
        file.seek(info.header_offset)
        header = file.read(_HEADER_SIZE)
        if len(header) < _HEADER_SIZE or not header.startswith(b"PK\x03\x04"):
            raise UnreadableDocument(name, "broken", "a member is not where it should be")
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        file.seek(names, 1)
        with zipfile.ZipExtFile(file, "r", info) as stream:
            data = read_bounded(stream, name, limit)  # type: ignore[arg-type]
    except _FAULTS as error:
        raise UnreadableDocument(name, "broken", str(error)) from None
    return Loaded(data, modified=_modified(info))


def _hidden(label: str) -> bool:
    return any(part.startswith(".") and part.strip(".") for part in label.split("/")) or (
        label.startswith("__MACOSX/")
    )


def _token(info: zipfile.ZipInfo) -> str:
    when = datetime(*info.date_time).isoformat() if _is_date(info.date_time) else ""
    fields = (info.header_offset, info.compress_size, info.file_size, info.compress_type, info.CRC)
    return " ".join((*map(str, fields), when))


def _info(token: str) -> zipfile.ZipInfo:
    *numbers, when = token.split(" ")
    info = zipfile.ZipInfo("member")
    (
        info.header_offset,
        info.compress_size,
        info.file_size,
        info.compress_type,
        info.CRC,
    ) = map(int, numbers)
    info.date_time = datetime.fromisoformat(when).timetuple()[:6] if when else (0, 0, 0, 0, 0, 0)
    return info


def _is_date(fields: tuple[int, ...]) -> bool:
    try:
        # 1980 is what a ZIP file says that holds no dates
        return datetime(*fields[:3], *fields[3:]).year > 1980  # type: ignore[arg-type]
    except ValueError:
        return False


def _modified(info: zipfile.ZipInfo) -> datetime | None:
    return datetime(*info.date_time) if info.date_time[0] else None
