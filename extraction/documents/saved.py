"""What the file around a saved page knows of it."""

from __future__ import annotations

from dataclasses import replace

from extraction.documents.base import Parsed
from extraction.documents.metadata import Head

SAVED = "day when the page was"
"""How the ground of a date begins that only says when a page was saved or archived."""


def from_the_web(parsed: Parsed, head: Head, saved: str, origin: str) -> Parsed:
    """Add the address and the day of saving that the file around a page knows."""
    if parsed.url is None and head.get("url"):
        ground = ("url", head.fields["url"][1])
        parsed = replace(parsed, url=head.get("url"), grounds=(*parsed.grounds, ground))
    if parsed.made is None and saved:
        parsed = replace(parsed, made=saved, made_origin=origin)
    return parsed
