"""The entries of a live blog, kept apart, with the time that each bears."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_FEWEST = 3
_FEWEST_OF_LIVE = 2
"""Entries of a page that calls itself a live blog."""

_MOST = 2000
_SHORTEST_STORY = 60
_NEVER = frozenset({"nav", "aside", "footer", "form", "li"})
_ASIDE = re.compile(r"comment|related|sidebar|promo|recommend|most-read|teaser", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """``node`` is its element; ``when`` the time it bears, as the page writes it, zone dropped."""

    node: Any
    when: datetime
    headline: str


def entries_of(tree: Any, *, live: bool = False) -> list[Entry]:
    """Elements side by side that each bear one time and tell something; none on other pages.

    ``live`` says that the page calls itself a live blog.
    """
    times = [node for node in tree.iter("time") if moment(node.get("datetime"))][:_MOST]
    fewest = _FEWEST_OF_LIVE if live else _FEWEST
    if len(times) < fewest:
        return []
    within: dict[Any, int] = {}
    for node in times:
        for parent in node.iterancestors():
            within[parent] = within.get(parent, 0) + 1
    groups: dict[Any, list[Entry]] = {}
    for node in times:
        entry = node
        while (parent := entry.getparent()) is not None and within[parent] == 1:
            entry = parent
        if parent is None or entry is node or not _tells(entry):
            continue
        when = moment(node.get("datetime"))
        assert when is not None
        groups.setdefault((parent, entry.tag), []).append(Entry(entry, when, _headline(entry)))
    largest = max(groups.values(), key=len, default=[])
    distinct = {entry.when for entry in largest}
    return largest if len(largest) >= fewest and len(distinct) >= fewest else []


def moment(written: str | None) -> datetime | None:
    """A machine-readable time without its zone; ``None`` for anything else, a bare day too."""
    if not written or "T" not in written.strip().replace(" ", "T", 1):
        return None
    try:
        return datetime.fromisoformat(written.strip()).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None


def _tells(entry: Any) -> bool:
    for node in (entry, *entry.iterancestors()):
        if node.tag in _NEVER and node is not entry:
            return False
        if _ASIDE.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return False
    return len("".join(entry.itertext()).strip()) >= _SHORTEST_STORY


def _headline(entry: Any) -> str:
    for node in entry.iter("h1", "h2", "h3", "h4", "h5"):
        words = " ".join("".join(node.itertext()).split())
        if words:
            return words[:200]
    return ""
