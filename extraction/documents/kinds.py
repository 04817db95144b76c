"""What kind of document some bytes are: by their content first, by their name second."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from pathlib import PurePath
from typing import BinaryIO

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MHTML = "multipart/related"
MAIL = "message/rfc822"
MAILBOX = "application/mbox"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
EPUB = "application/epub+zip"
JSON = "application/json"
CSV = "text/csv"
RIS = "application/x-research-info-systems"
ADDRESS = "application/internet-shortcut"
TNEF = "application/ms-tnef"
ADDRESSES = "text/uri-list"
WARC = "application/warc"
WARC_ZST = "application/warc+zstd"
WACZ = "application/wacz"
ZIP = "application/zip"
OLE = "application/msword"
IWORK = "application/vnd.apple.iwork"

_BY_SUFFIX = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".mhtml": MHTML,
    ".mht": MHTML,
    ".eml": MAIL,
    ".mbox": MAILBOX,
    ".pdf": PDF,
    ".docx": DOCX,
    ".odt": ODT,
    ".rtf": RTF,
    ".epub": EPUB,
    ".json": JSON,
    ".csv": CSV,
    ".tsv": CSV,
    ".ris": RIS,
    ".warc": WARC,
    ".warc.gz": WARC,
    ".warc.zst": WARC_ZST,
    ".wacz": WACZ,
    ".zip": ZIP,
    ".url": ADDRESS,
    ".webloc": ADDRESS,
}
SUFFIXES: tuple[str, ...] = tuple(_BY_SUFFIX)
"""Endings of files that a folder or an archive is searched for."""

HEAD = 4096
"""Bytes that are looked at."""

_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b", "application/gzip"),
    (b"WARC/", WARC),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"\x5d\x2a\x4d\x18", WARC_ZST),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"{\\rtf", RTF),
    (b"\xd0\xcf\x11\xe0", OLE),
    (b"\x7fELF", "application/x-executable"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")
_ADDRESS = rb"(?i:https?)://[^\s<>\"]{3,2000}"
_ONE_ADDRESS = re.compile(_ADDRESS)
_ADDRESS_LIST = re.compile(rb"(?:(?:#[^\r\n]*|%b)[ \t]*[\r\n]+){2,}" % _ADDRESS)
_SHORTCUT = re.compile(
    rb"^\[InternetShortcut\]|\A\[Desktop Entry\](?=(?s:.*)^Type=Link\b)", re.MULTILINE
)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t\r\n]")
# A text file may begin with "From:" or "Date:" lines of its own; these only a mail program writes.
_MAIL_ONLY = frozenset(
    {b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to"}
)
_APART = frozenset({PDF, ZIP, WACZ, WARC, WARC_ZST, MAILBOX, CSV, RIS, JSON})
# A page may bear the name of another text format and must still be read as one; these may not.
_BINARY_BY_NAME = frozenset({PDF, DOCX, ODT, EPUB, ZIP, WACZ, WARC, WARC_ZST, RTF})


def suffix_of(name: str) -> str:
    """The ending that tells the kind, in lower case: ``.warc.gz`` whole, else the last one."""
    lowered = name.lower()
    packed = next((suffix for suffix in (".warc.gz", ".warc.zst") if lowered.endswith(suffix)), "")
    return packed or PurePath(lowered).suffix


def may_hold_many(name: str) -> bool:
    """Whether a file of this name may hold many articles; a mailbox often has no ending."""
    suffix = suffix_of(name)
    return not suffix or _BY_SUFFIX.get(suffix) in _APART - {PDF}


def holds_many_or_may_crash(name: str) -> bool:
    """Whether a file of this name is better read in a process of its own.

    It may hold many documents, or is read by native code that a damaged file can bring down.
    """
    return _BY_SUFFIX.get(suffix_of(name)) in _APART


def kind_of(file: BinaryIO, name: str) -> str:
    """MIME type of an open file, which is left at its start; plain text where nothing tells."""
    file.seek(0)
    head = file.read(HEAD)
    kind = kind_of_head(head, name)
    if kind == ZIP:
        kind = _kind_of_zip(file)
    file.seek(0)
    return kind


def kind_of_head(head: bytes, name: str) -> str:
    """The same by the first bytes alone; a ZIP file is not looked into."""
    named = _BY_SUFFIX.get(suffix_of(name))
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            if kind == "application/gzip" and _holds_warc(head):
                return WARC
            if kind == "application/zstd" and named == WARC_ZST:
                return WARC_ZST
            # how Word stores a document that a password protects
            return DOCX if kind == OLE and named == DOCX else kind
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _is_html(start):
        return HTML
    if start.startswith(b"%PDF-") or (named == PDF and b"%PDF-" in head[:1024]):
        return PDF
    if re.match(rb"TY  ?- ", start):
        return RIS
    mail = _kind_of_mail(head, named)
    if mail:
        return mail
    addresses = _kind_of_addresses(start, named)
    if addresses:
        return addresses
    if named not in (TEXT, MARKDOWN, CSV) and re.match(rb"[\[{]\s*[\[{\"]", start):
        return JSON
    if named in _BINARY_BY_NAME and not _is_text(head):
        return str(named)
    return TEXT if named is None or named in _BINARY_BY_NAME else named


def _kind_of_addresses(start: bytes, named: str | None) -> str | None:
    """Nothing but an address, or lines of nothing else; what does not fit in is no address."""
    if named not in (None, TEXT, ADDRESS):
        return None
    if _ONE_ADDRESS.fullmatch(start.strip()):
        return ADDRESS
    whole = start + b"\n" if len(start) < HEAD - 8 else start[: start.rfind(b"\n") + 1]
    if _ADDRESS_LIST.fullmatch(whole) and _ONE_ADDRESS.search(whole):
        return ADDRESSES
    return ADDRESS if _SHORTCUT.search(start) else None


def _is_html(start: bytes) -> bool:
    start = start[:1024].lower()
    if start.startswith(b"<?xml"):
        start = start[start.find(b"?>") + 2 :].lstrip()
    while start.startswith(b"<!--"):
        end = start.find(b"-->")
        if end < 0:
            return False
        start = start[end + 3 :].lstrip()
    return start.startswith(_HTML_STARTS)


def _kind_of_mail(head: bytes, named: str | None) -> str | None:
    if head.startswith(b"From ") and _headers(head.partition(b"\n")[2]):
        return MAILBOX
    headers = _headers(head)
    if not headers:
        return None
    if b"multipart/related" in headers.get(b"content-type", b"").lower() and (
        named == MHTML or b"snapshot-content-location" in headers or b"from" not in headers
    ):
        return MHTML
    if named in (MAIL, MHTML):
        return named
    telling = _MAIL_ONLY & headers.keys()
    return MAIL if telling and headers.keys() & {b"from", b"subject", b"date"} else None


def _headers(head: bytes) -> dict[bytes, bytes]:
    """Header fields that the bytes begin with, names in lower case; empty where they are none."""
    fields: dict[bytes, bytes] = {}
    name = b""
    for line in head.splitlines():
        if not line.strip():
            break
        if line[:1] in b" \t":
            if name:
                fields[name] += b" " + line.strip()
            continue
        match = _HEADER.match(line + b"\n")
        if match is None:
            return {} if len(fields) < 2 else fields
        name = match[1].lower()
        fields.setdefault(name, line[match.end() - 1 :].strip())
    return fields


def _holds_warc(head: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(head, 5) == b"WARC/"
    except zlib.error:
        return False


def _is_text(head: bytes) -> bool:
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (
        b"\x00" not in head and sum(byte < 9 for byte in head) == 0
    )


def _kind_of_zip(file: BinaryIO) -> str:
    """What a ZIP file is by its members; a broken one is just a ZIP file."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                if declared in (ODT, EPUB) or declared.startswith("application/vnd.oasis."):
                    return declared
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return ZIP
    if "word/document.xml" in names:
        return DOCX
    if "META-INF/container.xml" in names:
        return EPUB
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        return WACZ
    if "Index/Document.iwa" in names:
        return IWORK
    return "application/vnd.openxmlformats" if "[Content_Types].xml" in names else ZIP
