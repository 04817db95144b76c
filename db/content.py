"""Bytes kept by their hash: documents exactly as they were dropped, and readings as JSON.

Bytes are deflated where that saves at least a tenth (HTML and JSON shrink to a fifth, pictures
and PDF hardly) and come back bit for bit: each read checks the SHA-256.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

import msgspec

from db.database import Database
from db.errors import DossierError, DossierErrorKind
from db.models import Change, Content

OWNERS_OF_BYTES = ("document", "article_revision")
"""The tables whose rows refer to bytes."""

_RAW, _DEFLATED = "raw", "zlib"
_LEVEL = 6
# A hostile dossier may hold a few bytes that inflate without end.
_LARGEST = 1 << 30


def keep(database: Database, data: bytes) -> int:
    """Keep bytes, once; return their content id."""
    digest = hashlib.sha256(data).hexdigest()
    known = database.run(Content.select(Content.id).where(Content.sha256 == digest)).fetchone()
    if known is not None:
        return int(known[0])
    packed = zlib.compress(data, _LEVEL)
    small = len(packed) * 10 <= len(data) * 9
    cursor = database.driver.execute(
        "INSERT INTO content (sha256, codec, size, data) VALUES (?, ?, ?, ?)",
        (digest, _DEFLATED if small else _RAW, len(data), packed if small else data),
    )
    return int(cursor.lastrowid or 0)


def load(database: Database, content_id: int, path: Path) -> bytes:
    """The bytes as they were given to ``keep``.

    Raises ``DossierError`` (``truncated``) if they are not what the hash says.
    """
    row = database.run(
        Content.select(Content.sha256, Content.codec, Content.size, Content.data).where(
            Content.id == content_id
        )
    ).fetchone()
    if row is None:
        raise KeyError(content_id)
    return unpack(path, *row)


def unpack(path: Path, digest: str, codec: str, size: int, data: bytes) -> bytes:
    """Bring stored bytes back and check them. Raises ``DossierError`` (``truncated``)."""
    if codec == _DEFLATED and size <= _LARGEST:
        try:
            data = zlib.decompressobj().decompress(data, size + 1)
        except zlib.error as error:
            raise DossierError(DossierErrorKind.TRUNCATED, path, str(error)) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise DossierError(DossierErrorKind.TRUNCATED, path, f"content {digest[:12]} is damaged")
    return data


def collect_unused(database: Database) -> None:
    """Drop bytes that no row refers to, and no row that undo could bring back."""
    unused = {
        row[0]
        for row in database.sql(
            "SELECT id FROM content EXCEPT SELECT content_id FROM document"
            " EXCEPT SELECT reading_id FROM article_revision"
        )
    }
    if not unused:
        return
    logged = database.run(
        Change.select(Change.before, Change.after).where(Change.table_name.in_(OWNERS_OF_BYTES))
    )
    for before, after in logged:
        unused -= _contents_in(before) | _contents_in(after)
    database.driver.executemany(
        "DELETE FROM content WHERE id = ?", [(content_id,) for content_id in unused]
    )


def _contents_in(logged: str | None) -> set[int]:
    if logged is None:
        return set()
    rows = msgspec.json.decode(logged)
    return {
        row[name]
        for row in (rows if isinstance(rows, list) else [rows])
        for name in ("content_id", "reading_id")
        if name in row
    }
