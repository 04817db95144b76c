"""Bytes to text."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import CharsetMatch, from_bytes

from extraction.model import Document, UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SAMPLE = 256 * 1024
# Codecs of Python that no text is stored in; some take time that grows with the square.
_NO_CHARSETS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7"})
# How Python writes a byte that is no UTF-8.
_ONE_BY_ONE = "surrogateescape"
_ODD = re.compile("[\udc80-\udcff]")


def decode(document: Document, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Text of a document with line ends folded to ``\\n``, and warnings to show.

    Order: byte order mark, the encoding that the file declares, UTF-8, UTF-8 with bytes of
    Windows-1252 among it, then what charset-normalizer finds. Raises ``UnreadableDocument``
    with ``binary`` or ``encoding``.
    """
    data = document.data
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = _try(data, name)
            if text is None:
                raise UnreadableDocument(document.name, "encoding", name)
            return _clean(document, text), ()
    for name in filter(None, (declared, "utf-8")):
        text = _try(data, name)
        if text is not None:
            return _clean(document, text), ()
    mixed = _mixed(data)
    if mixed is not None:
        return _clean(document, mixed), ("encoding-mixed",)
    guessed = _guess(data, document.name)
    text = _try(data, guessed)
    warning = f"encoding-guessed:{guessed}"
    if text is None:
        text = data.decode(guessed, errors="replace")
        warning = f"encoding-damaged:{guessed}"
    return _clean(document, text), (warning,)


def encoding_of(data: bytes, name: str) -> str:
    """The encoding of a whole file by the same rules.

    Raises ``UnreadableDocument`` with ``binary`` or ``encoding``.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if _try(data, "utf-8") is not None:
        return "utf-8"
    return _guess(data, name)


def _guess(data: bytes, name: str) -> str:
    found = list(from_bytes(data[:_SAMPLE]))
    if not found:
        raise UnreadableDocument(name, "binary" if b"\x00" in data else "encoding")
    # among equals the commonest one on the web
    equal = [match for match in found if _rank(match) == _rank(found[0])]
    return next((match for match in equal if match.encoding == "cp1252"), found[0]).encoding


def _rank(match: CharsetMatch) -> tuple[float, float]:
    return match.chaos, match.coherence


def _try(data: bytes, encoding: str) -> str | None:
    try:
        if codecs.lookup(encoding).name in _NO_CHARSETS:
            return None
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _mixed(data: bytes) -> str | None:
    """Text that is mostly UTF-8, with the odd bytes read as Windows-1252; ``None`` for other."""
    text = data.decode("utf-8", _ONE_BY_ONE)
    odd = len(_ODD.findall(text))
    whole = sum(char > "\x7f" for char in text) - odd
    if odd == 0 or whole < max(3, odd):
        return None
    return _ODD.sub(lambda match: _windows(ord(match[0]) - 0xDC00), text)


def _windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")


def _clean(document: Document, text: str) -> str:
    """Fold line ends; refuse what is no text; show stray control marks instead of hiding them."""
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls > max(8, len(text[:_SAMPLE]) // 100):
        raise UnreadableDocument(document.name, "binary")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return _CONTROL.sub("�", text)
