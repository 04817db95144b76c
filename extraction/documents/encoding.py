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


def decode(document: Document, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Text of a document with line ends folded to ``\\n``, and warnings to show.

    Order: byte order mark, the encoding that the file declares, UTF-8, then what
    charset-normalizer finds. Raises ``UnreadableDocument`` with ``binary`` or ``encoding``.
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
    found = list(from_bytes(data[:_SAMPLE]))
    if not found:
        raise UnreadableDocument(document.name, "binary" if b"\x00" in data else "encoding")
    # among equals the commonest one on the web
    equal = [match for match in found if _rank(match) == _rank(found[0])]
    best = next((match for match in equal if match.encoding == "cp1252"), found[0])
    text = _try(data, best.encoding)
    warning = f"encoding-guessed:{best.encoding}"
    if text is None:
        text = data.decode(best.encoding, errors="replace")
        warning = f"encoding-damaged:{best.encoding}"
    return _clean(document, text), (warning,)


def _rank(match: CharsetMatch) -> tuple[float, float]:
    return match.chaos, match.coherence


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _clean(document: Document, text: str) -> str:
    """Fold line ends; refuse what is no text; show stray control marks instead of hiding them."""
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls > max(8, len(text[:_SAMPLE]) // 100):
        raise UnreadableDocument(document.name, "binary")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return _CONTROL.sub("�", text)
