"""Bodies of web pages as servers pack them (``Content-Encoding``), unpacked within a bound."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from extraction.model import UnreadableDocument

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_WIDEST_WINDOW = 128 * 2**20


def unpacked_body(data: bytes, encoding: str, name: str, limit: int) -> bytes:
    """A body without its packings, the last one first; at most one byte more than the limit.

    What a crawler unpacked already, as some do without saying so, is given back as it is. Raises
    ``UnreadableDocument`` (``broken unsupported``).
    """
    for one in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if one in ("identity", "none", "utf-8", "binary"):
            continue
        unpack = _UNPACKED.get(one.removeprefix("x-"))
        if unpack is None:
            raise UnreadableDocument(name, "unsupported", f"Content-Encoding: {one[:40]}")
        whole = unpack(data, limit + 1)
        if whole is None and _is_text(data):
            continue
        if whole is None:
            raise UnreadableDocument(name, "broken", f"its {one} packing is damaged or cut off")
        data = whole
    return data


def _is_text(data: bytes) -> bool:
    head = data[:4096]
    return b"\0" not in head and sum(byte < 9 or byte == 0x7F for byte in head) == 0


def _gzip(data: bytes, most: int) -> bytes | None:
    return _inflated(data, most, 31) if data.startswith(_GZIP) else None


def _deflate(data: bytes, most: int) -> bytes | None:
    # Half of the servers send it without the header that the standard asks for.
    whole = _inflated(data, most, 15)
    return _inflated(data, most, -15) if whole is None else whole


def _inflated(data: bytes, most: int, window: int) -> bytes | None:
    work = zlib.decompressobj(window)
    try:
        found = work.decompress(data, most)
    except zlib.error:
        return None
    return found if work.eof or len(found) >= most else None


def _brotli(data: bytes, most: int) -> bytes | None:
    import brotli

    work = brotli.Decompressor()
    parts, size = [], 0
    try:
        parts.append(work.process(data, output_buffer_limit=most))
        size = len(parts[0])
        while size < most and not work.is_finished():
            more = work.process(b"", output_buffer_limit=most - size)
            if not more:
                return None
            parts.append(more)
            size += len(more)
    except brotli.error:
        return None
    return b"".join(parts)[:most]


def _zstd(data: bytes, most: int) -> bytes | None:
    import zstandard

    if not data.startswith(_ZSTD):
        return None
    work = zstandard.ZstdDecompressor(max_window_size=_WIDEST_WINDOW)
    try:
        with work.stream_reader(io.BytesIO(data), read_across_frames=True) as stream:
            return bytes(stream.read(most))
    except zstandard.ZstdError:
        return None


_UNPACKED: dict[str, Callable[[bytes, int], bytes | None]] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
