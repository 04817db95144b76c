"""Earlier mails that stand under a mail: what was answered is marked, what was sent on is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from extraction.lexicon import load
from extraction.model import Block, BlockKind

_FEWEST_KEYS = 3
_MOST_KEYS = 8


def sorted_out(text: str, blocks: Sequence[Block], subject: str) -> tuple[Block, ...]:
    """The blocks of a mail, those marked that stand under the header of an earlier one.

    Mail programs write that header as lines ("From:", "Sent:", "To:", "Subject:"). Of a mail that
    was sent on the header is metadata and the rest its text; of one that was answered all is
    boilerplate.
    """
    words = _words()
    sent_on = (
        re.match(rf"(?:{'|'.join(words['forwards'])})\s*:", subject, re.IGNORECASE) is not None
    )
    answered = (
        re.match(rf"(?:{'|'.join(words['replies'])})\s*:", subject, re.IGNORECASE) is not None
    )
    result = list(blocks)
    at = 0
    while at < len(result):
        # The header of the mail itself is metadata already.
        is_new = result[at].kind not in (BlockKind.METADATA, BlockKind.TITLE)
        length = _header_at(text, result, at) if is_new else 0
        if not length:
            at += 1
            continue
        before = text[result[at - 1].start : result[at - 1].end] if at else ""
        forwarded = sent_on or _line(words["forwarded"]).fullmatch(before) is not None
        if answered and not forwarded:
            reason = "quoted from an earlier mail"
            earlier = [replace(b, kind=BlockKind.BOILERPLATE, reason=reason) for b in result[at:]]
            return (*result[:at], *earlier)
        if _line(words["forwarded"]).fullmatch(before):
            result[at - 1] = replace(result[at - 1], kind=BlockKind.METADATA)
        for place in range(at, at + length):
            result[place] = replace(result[place], kind=BlockKind.METADATA)
        at += length
    return tuple(result)


def _header_at(text: str, blocks: Sequence[Block], at: int) -> int:
    """How many blocks from here on are the header of an earlier mail; 0 where none is."""
    keys: set[str] = set()
    length = 0
    for block in blocks[at : at + _MOST_KEYS]:
        found = [_key().match(line) for line in text[block.start : block.end].split("\n")]
        if not all(found):
            break
        keys |= {match[1].lower() for match in found if match}
        length += 1
    return length if len(keys) >= _FEWEST_KEYS and "from" in keys else 0


@cache
def _words() -> dict[str, Any]:
    return dict(load("en", "documents")["mail"])


@cache
def _key() -> re.Pattern[str]:
    return re.compile(rf"\*?({'|'.join(_words()['keys'])})\s*:", re.IGNORECASE)


@cache
def _line(words: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{words})\W*", re.IGNORECASE)
