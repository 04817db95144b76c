"""What the file around a saved page knows of it."""

from __future__ import annotations

import re
from dataclasses import replace

from extraction.documents.base import Parsed
from extraction.documents.metadata import Head

_LONGEST_TITLE = 160

SAVED = "day when the page was"
"""How the ground of a date begins that only says when a page was saved or archived."""


def from_the_web(parsed: Parsed, head: Head, saved: str, origin: str) -> Parsed:
    """Add the address and the day of saving that the file around a page knows."""
    if parsed.url is None and head.get("url"):
        ground = ("url", head.fields["url"][1])
        parsed = replace(parsed, url=head.get("url"), grounds=(*parsed.grounds, ground))
    if parsed.title is None and parsed.url:
        ground = ("title", "address of the page, which names no title")
        parsed = replace(parsed, title=shown(parsed.url), grounds=(*parsed.grounds, ground))
    if parsed.made is None and saved:
        parsed = replace(parsed, made=saved, made_origin=origin)
    return parsed


def shown(address: str) -> str:
    """An address as a title: without what every address begins with and what only servers read."""
    bare = re.sub(r"^https?://(?:www\.)?", "", address, flags=re.IGNORECASE)
    return re.split(r"[?#]", bare)[0].rstrip("/")[:_LONGEST_TITLE]
