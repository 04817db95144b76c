"""Which blocks are no part of the story: marked, never deleted."""

from __future__ import annotations

import re
from functools import cache

from extraction.lexicon import load


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], int, str], ...]:
    return tuple(
        (re.compile(entry["match"], re.IGNORECASE), int(entry["limit"]), str(entry["reason"]))
        for entry in load("en", "boilerplate")["pattern"]
    )


@cache
def _any() -> re.Pattern[str]:
    """One pattern for all, for most blocks are none of them."""
    return re.compile("|".join(f"(?:{p.pattern})" for p, _, _ in _patterns()), re.IGNORECASE)


@cache
def _longest() -> int:
    return max(limit for _, limit, _ in _patterns())


def boilerplate_reason(block: str) -> str:
    """Why a block is boilerplate, in short words; empty where it is not."""
    if len(block) > _longest() or not _any().match(block):
        return ""
    for pattern, limit, reason in _patterns():
        if len(block) <= limit and pattern.match(block):
            return reason
    return ""
