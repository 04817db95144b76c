"""Records of JSON-LD in a web page: the story among them, and what it says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

_MOST_NODES = 5000
_ALSO_STORIES = frozenset({"report", "liveblogposting", "blogposting", "socialmediaposting"})
_NO_PAGES = frozenset({"videoobject", "imageobject", "audioobject", "comment", "review", "event"})
_OUTLETS = ("newsmediaorganization", "website", "organization")
# Marks that hide a script from programs older than scripts.
_OPENING = re.compile(r"^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?")
_CLOSING = re.compile(r"(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*$")
_MOST_UPDATES = 2000
_BREAK = re.compile(r"</(?:p|div|li|h\d)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_LAST_COMMA = re.compile(r",(?=\s*[}\]])")

Node = dict[str, Any]


def nodes_of(tree: Any) -> list[Node]:
    """All records in the scripts of a page, in order, those inside others too."""
    return list(_nodes(tree))


def fields_of(nodes: list[Node]) -> Iterator[tuple[str, str, str]]:
    """(field, value, name of the property) of the story that a page tells, the firmest first."""
    named = {n["@id"]: n for n in reversed(nodes) if isinstance(n.get("@id"), str) and len(n) > 1}
    story = _story(nodes)
    page = story.get("mainEntityOfPage")
    values = (
        ("title", "headline", _words(story.get("headline"))),
        ("outlet", "publisher", _names(story.get("publisher"), named)),
        ("outlet", "sourceOrganization", _names(story.get("sourceOrganization"), named)),
        ("outlet", "isPartOf", _names(story.get("isPartOf"), named)),
        ("byline", "author", _names(story.get("author"), named)),
        ("byline", "creator", _names(story.get("creator"), named)),
        ("date", "datePublished", _words(story.get("datePublished"))),
        ("date", "dateCreated", _words(story.get("dateCreated"))),
        ("changed", "dateModified", _words(story.get("dateModified"))),
        ("language", "inLanguage", _words(story.get("inLanguage"))),
        ("url", "url", _words(story.get("url"))),
        ("url", "mainEntityOfPage", _words(page.get("@id") if isinstance(page, dict) else page)),
        *_outlets(nodes, named),
    )
    for field, key, value in values:
        if value and (field != "url" or is_address(value)):
            yield field, value, key


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of a story that stands in the data of a page; a live blog has several."""

    headline: str
    text: str
    when: str = ""


def story_of(nodes: list[Node]) -> list[Told]:
    """The text of the story as the record holds it, which a page may show by a script only."""
    story = _story(nodes)
    updates = story.get("liveBlogUpdate")
    items = updates[:_MOST_UPDATES] if isinstance(updates, list) else []
    told = [
        Told(_words(item.get("headline")), _text(item.get("articleBody")), _when(item))
        for item in items
        if isinstance(item, dict)
    ]
    whole = _text(story.get("articleBody"))
    return [item for item in (Told("", whole), *told) if item.text]


def is_live(nodes: list[Node]) -> bool:
    """Whether a record calls the page a live blog."""
    return any("liveblogposting" in _kinds(node) for node in nodes)


def _when(node: Node) -> str:
    return _words(node.get("datePublished"))


def _text(value: Any) -> str:
    """A text in lines, without the tags that some programs leave in it."""
    if not isinstance(value, str):
        return ""
    bare = unescape(_TAG.sub("", _BREAK.sub("\n", value)))
    return "\n".join(filter(None, (" ".join(line.split()) for line in bare.splitlines())))


def is_address(value: Any) -> bool:
    """Whether a value is the address of a page."""
    return isinstance(value, str) and value.strip().lower().startswith(("http://", "https://"))


def _outlets(nodes: list[Node], named: Mapping[str, Node]) -> Iterator[tuple[str, str, str]]:
    """Whose page it is, where the story does not say."""
    for kind in _OUTLETS:
        for node in nodes:
            if kind in _kinds(node):
                yield "outlet", str(node["@type"])[:60], _names(node, named)


def _story(nodes: list[Node]) -> Node:
    """The record of the story: of a news type, else any page that has a date."""
    dated: Node = {}
    for node in nodes:
        kinds = _kinds(node)
        if any(kind.endswith("article") or kind in _ALSO_STORIES for kind in kinds):
            return node
        if not dated and not kinds & _NO_PAGES and isinstance(node.get("datePublished"), str):
            dated = node
    return dated


def _kinds(node: Node) -> set[str]:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return {re.split(r"[/:#]", name)[-1].lower() for name in names if isinstance(name, str)}


def _nodes(tree: Any) -> Iterator[Node]:
    seen = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].lower().strip() != "application/ld+json":
            continue
        pending: list[Any] = [_parsed(script.text or "")]
        while pending and seen < _MOST_NODES:
            item = pending.pop()
            seen += 1
            if isinstance(item, dict):
                yield item
                pending += reversed(list(item.values()))
            elif isinstance(item, list):
                pending += reversed(item)


def _parsed(script: str) -> Any:
    """What a script holds, also where it is written a little beside the rules."""
    bare = _CLOSING.sub("", _OPENING.sub("", script)).strip(" \ufeff\r\n\t;")
    for text in (bare, _LAST_COMMA.sub("", bare)):
        try:
            # Line ends within strings, as careless templates leave them.
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _words(value: Any) -> str:
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _names(value: Any, named: Mapping[str, Node]) -> str:
    items = value if isinstance(value, list) else [value]
    names = [_words(_name(item, named)) for item in items[:20]]
    return ", ".join(name for name in dict.fromkeys(names) if name and not is_address(name))


def _name(item: Any, named: Mapping[str, Node]) -> Any:
    if not isinstance(item, dict):
        return item
    name = item.get("name")
    if name is None and isinstance(item.get("@id"), str):
        name = named.get(item["@id"], {}).get("name")
    return name[0] if isinstance(name, list) and name else name
